"""Finds the help card of whoever looks at a page."""

from django import template
from django.http import HttpRequest
from django.template.context import Context

from holdfast.people.models import Person, Site
from holdfast.people.queries import help_site_of

register = template.Library()


@register.simple_tag(takes_context=True)
def help_site(context: Context) -> Site | None:
    """Return the place whose help card to show, or None for somebody who is not signed in."""
    request = context.get("request")
    person = getattr(request, "user", None) if isinstance(request, HttpRequest) else None
    return help_site_of(person) if isinstance(person, Person) else None
