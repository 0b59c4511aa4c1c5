"""States of offices and governments in words, for the pages of this room: ``{% load oversight %}``."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from circulars.enums import DeliveryState
from oversight.briefing import government_words, service_words
from oversight.enums import Condition
from oversight.queries import UNADDRESSED
from portal.dates import digits, plain_date
from portal.templatetags.portal import meter_bars, meter_words, state_sign

register = template.Library()

# The components <c-state> and <c-meter> as they stand in templates/cotton, for the rows of long lists: a component costs as
# much as ten of these. tests/oversight/test_tags.py holds both to the same markup.


@register.simple_tag
def state(kind, word):
    return format_html(
        '<span class="state {}"><svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>{}</span>',
        kind,
        sprite(),
        state_sign(kind),
        word,
    )


@register.simple_tag
def meter(parts):
    bars = format_html_join(
        "",
        '<rect class="{}" x="{}" width="{}" height="8"/>',
        ((bar["kind"], bar["x"], bar["width"]) for bar in meter_bars(parts)),
    )
    return format_html(
        '<svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        meter_words(parts),
        bars,
    )


@cache
def sprite() -> str:
    return static("vendor/tabler/icons.svg")


# States in words --------------------------------------------------------------------------------------------------------------


@register.filter
def condition(office):
    """The Condition of an office that was read with ``oversight.queries.offices``."""
    return Condition(office.condition)


@register.filter
def matter(office):
    """What is the matter with an office, with its date; empty for one that is ready."""
    found = Condition(office.condition)
    if found is Condition.READY:
        return ""
    if found is Condition.CLOSED:
        return _("sejak %(date)s") % {"date": plain_date(office.closed_on)}
    if found is Condition.PLANNED:
        return _("mulai %(date)s") % {"date": plain_date(office.opened_on)}
    if found is Condition.ENDING and office.rostered_through is None:
        return _("jadwal piket belum ada")
    if found is Condition.ENDING:
        return _("jadwal piket sampai %(date)s") % {"date": plain_date(office.rostered_through)}
    return str(found.label)


@register.filter
def people(office):
    """How many people are on duty at an office on the day it was read for."""
    return 2 if office.is_full else 1 if office.is_staffed else 0


@register.simple_tag
def today_state(standing):
    """Kind and word of a government's offices today, from the ``standing`` of ``oversight.queries.governments``."""
    if standing is None:
        return {"kind": "none", "word": _("belum punya kantor")}
    serving, staffed = standing["serving"], standing["staffed"]
    if not serving:
        return {"kind": "none", "word": _("bukan hari layanan")}
    if not staffed:
        return {"kind": "bad", "word": _("tanpa petugas")}
    if staffed < serving:
        words = _("%(staffed)s dari %(serving)s dijaga") % {"staffed": digits(staffed), "serving": digits(serving)}
        return {"kind": "warn", "word": words}
    return {"kind": "ok", "word": _("dijaga")}


register.filter("why_unserved", service_words)
register.filter("governments", government_words)


@register.simple_tag
def standing_parts(standing):
    """The parts of a meter over a government's offices."""
    return [(kind, standing[kind]) for kind in ("ok", "warn", "bad", "none")] if standing else []


@register.simple_tag
def reply_state(reply):
    """Kind and word of what a government has done with a circular."""
    if reply == UNADDRESSED:
        return {"kind": "none", "word": _("tidak dituju")}
    state = DeliveryState(reply)
    return {"kind": state.kind, "word": state.label}
