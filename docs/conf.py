"""How the documentation is built: Sphinx, Markdown through MyST, the Furo theme."""

project = "Holdfast"
author = "The Holdfast maintainers"
copyright = "the Holdfast maintainers, AGPL-3.0-or-later"  # noqa: A001 - Sphinx's name
language = "en-GB"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
nitpicky = True
html_theme = "furo"
html_title = "Holdfast"
html_copy_source = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0f5c63", "color-brand-content": "#0f5c63"},
    "dark_css_variables": {"color-brand-primary": "#7fd0c4", "color-brand-content": "#7fd0c4"},
}
