"""The components of the interface: typed functions, so that a wrong argument fails when the template compiles."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from holdfast.web.days import city_of, hours
from holdfast.web.language import kept_in_links
from holdfast.web.navigation import Link, language_choice, links_for
from holdfast.web.pathway import Step, winding

register = template.Library()
Parts = dict[str, object]


class Tone(StrEnum):
    """What a colour stands for; a word always says it too."""

    PLAIN = "plain"
    INFO = "info"
    WAITING = "waiting"
    DONE = "done"
    RESTORES = "restores"
    DRAINS = "drains"
    HEART = "heart"


class Weight(StrEnum):
    """How loud a button is: one main button per view, the others quiet, or plain like a link."""

    MAIN = "main"
    QUIET = "quiet"
    PLAIN = "plain"


def _block(name: str, parts: Parts) -> SafeString:
    return SafeString(get_template(f"ui/{name}.html").render(parts))


# --- words with a meaning ---


@register.simple_tag
def status(*, label: str, tone: str = Tone.PLAIN) -> SafeString:
    """Show a word with a tone; the mark and the word carry the meaning, never colour alone."""
    return _status(conditional_escape(label), Tone(tone))


@lru_cache(maxsize=1024)
def _status(escaped: SafeString, tone: Tone) -> SafeString:
    return _block("status", {"label": escaped, "tone": tone})


@register.simple_tag
def minutes(count: int) -> str:
    """Write a number of minutes: `12 minutes`."""
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}


@register.simple_tag
def when(value: datetime, zone: str = "", *, until: datetime | None = None) -> SafeString:
    """Write a moment with weekday and zone: `Thursday 12 March, 15:30 (Chicago)`.

    zone: name such as `America/Chicago`, of the site; the zone of the installation if empty. until: the end, same day.
    """
    there = ZoneInfo(zone or settings.TIME_ZONE)
    local = value.astimezone(there)
    return _when(local.isoformat(), there, until and until.astimezone(there).isoformat(), _shape(local), get_language())


@lru_cache(maxsize=2048)
def _when(iso: str, there: ZoneInfo, until: str | None, shape: str, _language: str | None) -> SafeString:
    local = datetime.fromisoformat(iso).astimezone(there)
    time = date_format(local, "H:i") if until is None else hours(local, datetime.fromisoformat(until), there)
    said = {"day": date_format(local, shape), "time": time, "city": city_of(there)}
    words = _("%(day)s, %(time)s (%(city)s)") % said
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)


@register.simple_tag
def day(value: date) -> SafeString:
    """Write a date with its weekday: `Thursday 12 March`, with the year when it is not this one."""
    return _day(value.isoformat(), _shape(value), get_language())


@lru_cache(maxsize=1024)
def _day(iso: str, shape: str, _language: str | None) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', iso, date_format(date.fromisoformat(iso[:10]), shape))


def _shape(value: date) -> str:
    # Translators: a date with its weekday, in the format language of Django: Thursday 12 March.
    return _("l j F") if value.year == timezone.localdate().year else _("l j F Y")


# --- languages ---


@register.inclusion_tag("ui/languages.html", takes_context=True)
def languages(context: Context) -> Parts:
    """Offer the languages: to whoever is signed in where their choice is kept, to others as links to this page.

    Others get none on a page that answers a form: coming back to its address would lose what was typed.
    """
    request = context.get("request")
    person = getattr(request, "user", None)
    choice = language_choice() if person is not None and person.is_authenticated else ""
    here = request is None or request.method in {"GET", "HEAD"}
    return {"offered": settings.LANGUAGES if choice or here else (), "now": get_language(), "choice": choice}


@register.simple_tag
def language_in_links() -> str:
    """Write what a link on a page without sign-in carries on, `?language=es`, or nothing."""
    return kept_in_links()


# --- boxes ---


@register.simple_block_tag
def opening(content: str, *, title: str, above: str = "") -> SafeString:
    """Open a page: its one first-level heading, and in the block what matters now in one sentence."""
    return _block("opening", {"content": content, "title": title, "above": above})


@register.simple_block_tag
def card(
    content: str,
    *,
    title: str = "",
    kicker: str = "",
    tone: str = Tone.PLAIN,
    aside: str = "",
    level: int = 2,
    key: str = "",
) -> SafeString:
    """Raise some content from the page.

    kicker: a small word above the title. aside: a quiet word beside it. key: its id.
    """
    parts = {"title": title, "kicker": kicker, "tone": Tone(tone), "aside": aside, "level": level, "key": key}
    return _block("card", {**parts, "content": content})


@register.simple_block_tag
def cards(content: str) -> SafeString:
    """Stand cards side by side where there is room, the first a little wider."""
    return format_html('<div class="cards">{}</div>', content)


@register.simple_block_tag
def notice(content: str, *, tone: str = Tone.INFO, title: str = "") -> SafeString:
    """Say something that should not be missed, in a washed box."""
    return _block("notice", {"content": content, "tone": Tone(tone), "title": title})


@register.simple_block_tag
def empty(content: str, *, title: str = "") -> SafeString:
    """Say that there is nothing here yet, and what would bring something."""
    return _block("empty", {"content": content, "title": title})


@register.simple_block_tag
def table(content: str, *, caption: str, caption_hidden: bool = False, stacked: bool = False) -> SafeString:
    """Wrap `thead` and `tbody`; a wide table scrolls in its own frame, reachable by keyboard.

    stacked: on a phone each row becomes a small paragraph, and a cell says what it is with `data-label`.
    """
    parts: Parts = {"content": content, "caption": caption, "caption_hidden": caption_hidden, "stacked": stacked}
    return _block("table", parts)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """List facts, each a term and what is so; holds `fact` blocks."""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_block_tag
def fact(content: str, *, term: str) -> SafeString:
    """Give one fact inside `facts`."""
    return format_html('<div class="facts__pair"><dt>{}</dt><dd>{}</dd></div>', term, content)


@register.inclusion_tag("ui/path.html")
def path(*, steps: Sequence[Step], label: str = "") -> Parts:
    """Draw the sections as a strip: done, now, ahead."""
    return {"steps": steps, "label": label or _("Sections")}


@register.inclusion_tag("ui/winding.html")
def winding_path(*, steps: Sequence[Step], label: str) -> Parts:
    """Draw the sections as a winding path, once for wide pages and once for phones; its table stands beneath."""
    return {"drawings": [("wide", winding(steps, across=6)), ("narrow", winding(steps, across=3))], "label": label}


@register.inclusion_tag("ui/help_card.html")
def help_card(*, text: str = "", checked_on: date | None = None, danger_contact: str = "", title: str = "") -> Parts:
    """Show whom to call: the site's own words first, then what holds everywhere."""
    return {"text": text, "checked_on": checked_on, "danger_contact": danger_contact, "title": title}


# --- things to press ---


@register.inclusion_tag("ui/button.html")
def button(*, label: str, weight: str = Weight.QUIET, name: str = "", value: str = "") -> Parts:
    """Send the form it stands in."""
    return {"label": label, "weight": Weight(weight), "name": name, "value": value}


@register.inclusion_tag("ui/link_button.html")
def link_button(*, label: str, href: str, weight: str = Weight.QUIET) -> Parts:
    """Go somewhere, looking like a button."""
    return {"label": label, "href": href, "weight": Weight(weight)}


@register.inclusion_tag("ui/act.html", takes_context=True)
def act(
    context: Context, *, label: str, url: str, weight: str = Weight.QUIET, fields: Mapping[str, object] | None = None
) -> Parts:
    """Change something with one press: a form of its own. fields: hidden values sent along."""
    return {"label": label, "url": url, "weight": Weight(weight), "fields": fields or {}, "csrf_token": _token(context)}


@register.inclusion_tag("ui/confirm.html", takes_context=True)
def confirm(
    context: Context, *, label: str, url: str, question: str, yes: str, fields: Mapping[str, object] | None = None
) -> Parts:
    """Change something after a second press: the first opens the question. Works without JavaScript."""
    parts: Parts = {"label": label, "url": url, "question": question, "yes": yes, "fields": fields or {}}
    return {**parts, "csrf_token": _token(context)}


def _token(context: Context) -> object:
    return context.get("csrf_token", "")


# --- forms ---


@register.inclusion_tag("ui/field.html", name="field")
def field_(*, bound: BoundField, seen_by: str = "", hint: str = "") -> Parts:
    """Ask one thing: label, hint, who will see it, errors, then the box.

    seen_by: said before the box is filled; else the form's own `seen_by[name]`.
    """
    seen_by = seen_by or str(getattr(bound.form, "seen_by", {}).get(bound.name, ""))
    hint = hint or str(bound.help_text)
    key = bound.auto_id or bound.html_name
    ids = [f"{key}_{part}" for part, there in (("hint", hint), ("seen", seen_by), ("error", bound.errors)) if there]
    attributes: dict[str, str | bool] = {"aria-describedby": " ".join(ids)} if ids and not bound.use_fieldset else {}
    control = bound.as_widget(attrs=attributes)
    kind = getattr(bound.field.widget, "input_type", "")
    parts: Parts = {"bound": bound, "key": key, "hint": hint, "seen_by": seen_by, "control": control}
    return {**parts, "described_by": " ".join(ids), "ticked": kind == "checkbox" and not bound.use_fieldset}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*, form: BaseForm) -> Parts:
    """List what has to be changed before the form can be saved, each linked to its box."""
    return {"form": form, "wrong": [bound for bound in form if bound.errors]}


@register.inclusion_tag("ui/form.html")
def form_fields(*, form: BaseForm) -> Parts:
    """Draw all fields of a form, its error summary first."""
    return {"form": form}


@register.inclusion_tag("ui/whole_form.html", takes_context=True)
def form(
    context: Context, *, form: BaseForm, submit: str, action: str = "", weight: str = Weight.MAIN, back: str = ""
) -> Parts:
    """Draw a whole form with its button.

    action: empty sends it to the page it stands on. back: where `Cancel` goes.
    """
    parts: Parts = {"form": form, "submit": submit, "action": action, "weight": Weight(weight), "back": back}
    return {**parts, "csrf_token": _token(context)}


# --- the shell ---


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[Link]:
    """Return the entries of the navigation, for `{% navigation as places %}`."""
    request = context.get("request")
    return links_for(request) if isinstance(request, HttpRequest) else []
