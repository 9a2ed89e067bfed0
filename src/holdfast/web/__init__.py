"""Page shell, components, styles, the form of a route, and error pages."""
