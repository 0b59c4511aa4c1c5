"""Tags and filters of every template; a builtin library, no {% load %} needed."""

import uuid

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from portal import dates, forms, preferences

register = template.Library()

for name in ("long_date", "plain_date", "short_date", "clock", "digits", "local_time"):
    register.filter(name, getattr(dates, name))

# One sign for each state, everywhere.
SIGNS = {"ok": "check", "bad": "x", "warn": "exclamation-mark", "none": "minus", "late": "clock"}
MESSAGE_SIGNS = {"ok": "circle-check", "bad": "circle-x", "warn": "alert-triangle", "late": "clock-exclamation"}
# What django.contrib.messages calls its levels.
LEVELS = {"success": "ok", "error": "bad", "warning": "warn", "info": "info", "debug": "info"}


@register.filter
def state_sign(kind):
    return SIGNS.get(kind, SIGNS["none"])


@register.filter
def message_kind(kind):
    return LEVELS.get(kind, kind)


@register.filter
def message_sign(kind):
    return MESSAGE_SIGNS.get(kind, "info-circle")


@register.simple_tag(takes_context=True)
def theme(context):
    """The chosen theme; error pages that are drawn without a request follow the device."""
    request = context.get("request")
    return preferences.theme_of(request) if request else "auto"


@register.simple_tag(takes_context=True)
def person(context):
    """Marks the document as somebody's: drafts of forms belong to one person (static/portal/forms.js)."""
    user = getattr(context.get("request"), "user", None)
    return format_html(' data-person="{}"', user.pk) if user is not None and user.is_authenticated else ""


@register.inclusion_tag("portal/breadcrumb.html", takes_context=True)
def breadcrumb(context):
    """
    The way to this page: the government, then ``crumbs`` of the view, pairs of label and address (None for the page itself).
    """
    crumbs, shell = list(context.get("crumbs") or ()), context.get("shell")
    if crumbs and shell and shell.government and crumbs[0][1] != shell.home_url:
        crumbs.insert(0, (shell.government.name, shell.home_url))
    return {"crumbs": crumbs}


@register.simple_tag
def cell(listing, key, classes=""):
    """
    The attributes of a cell: ``<td {% cell listing "name" %}>``.

    Names the cell for the card that a row becomes on a phone, sets figures to the right, hides a column that is not chosen.
    """
    column = next(column for column in listing.columns if column.key == key)
    classes = f"{classes} num".strip() if column.numeric else classes
    attributes = format_html('data-label="{}"', column.label)
    if classes:
        attributes += format_html(' class="{}"', classes)
    if key not in listing.shown:
        attributes += mark_safe(" hidden")
    return attributes


@register.simple_tag
def listing_name(listing, parameter):
    """The name of a parameter of this list, which differs where a page has several."""
    return listing.name(parameter)


@register.simple_tag
def form_groups(form):
    return list(forms.groups(form))


@register.simple_tag
def form_faults(form):
    return forms.faults(form) if form.is_bound else []


@register.simple_tag
def idempotency_key():
    """A fresh key: whatever is sent under it twice, by a second press or after a dropped line, happens once."""
    return str(uuid.uuid4())


@register.filter
def form_name(form):
    """What tells the drafts of two forms of one page apart."""
    return f"{type(form).__name__}{form.prefix or ''}"


@register.simple_tag
def meter_bars(parts, total=None):
    """
    The bars of a meter from pairs (kind, number): dicts with kind, x and width in hundredths of the whole.

    ``total`` is the whole where the parts do not add up to it.
    """
    counts = [(part[0], part[1]) for part in parts]
    whole = total or sum(number for _kind, number in counts)
    bars, x = [], 0.0
    for kind, number in counts:
        width = number * 100 / whole if whole else 0
        if width:
            bars.append({"kind": kind, "x": f"{x:.2f}", "width": f"{max(width - 0.6, 0.4):.2f}"})
        x += width
    return bars


@register.simple_tag
def meter_words(parts):
    """What a meter says aloud: "12 siap, 3 terhambat". A part is (kind, number) or (kind, number, word)."""
    usual = {
        "ok": _("siap"),
        "bad": _("terhambat"),
        "warn": _("perlu perhatian"),
        "none": _("belum ada data"),
        "late": _("terlambat"),
    }
    return ", ".join(f"{dates.digits(part[1])} {part[2] if len(part) > 2 else usual[part[0]]}" for part in parts)


TILE, STEP = 40, 44


@register.simple_tag
def placed_tiles(tiles):
    """Tiles (dicts with column, row, label, value, kind, url, title) with the coordinates at which they are drawn."""
    return [
        {**tile, "x": tile["column"] * STEP, "y": tile["row"] * STEP, "middle": tile["column"] * STEP + TILE // 2}
        for tile in tiles
    ]


@register.simple_tag
def tiles_box(tiles):
    """The viewBox around tiles."""
    if not tiles:
        return "0 0 0 0"
    width = max(tile["column"] for tile in tiles) * STEP + TILE
    height = max(tile["row"] for tile in tiles) * STEP + TILE
    return f"-4 -4 {width + 8} {height + 8}"
