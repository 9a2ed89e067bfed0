"""Draws every form of Django and of its apps with the components."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Named in the settings: `{{ form }}` and `{{ form.name.as_field_group }}` look like everything else."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/form_field.html"
