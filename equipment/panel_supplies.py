"""What the supplies show on the page of an office."""

from django.urls import reverse
from django.utils.translation import gettext as _

from equipment import queries_supplies as queries
from equipment import words_supplies
from equipment.enums import SupplyKind
from offices.panels import Panel, register

SHOWN = 5
# Why there is no service without it (obligations of the Kemnaker procedure).
POINTS = {SupplyKind.PAPER: "7, 15", SupplyKind.PEN: "7, 15", SupplyKind.SANITIZER: "16"}


def office_supplies(request, office) -> dict:
    """What runs out, the worst first, and as ``blockers`` that of which nothing is left although the procedure asks for it."""
    stock, url = queries.office_stock(office, request.today), reverse("equipment:supplies", args=[office.pk])
    warned = sorted(stock.warned, key=lambda row: (row.forecast.days is None, row.forecast.days or 0))
    lines = [(row.supply, *words_supplies.state(row.forecast), words_supplies.sentence(row.forecast)) for row in warned[:SHOWN]]
    sentence = _("%(what)s habis (butir %(points)s).")
    return {
        "office": office,
        "count": len(stock.rows),
        "lines": lines,
        "more": max(0, len(warned) - SHOWN),
        "unlisted": [kind.label for kind in stock.unlisted],
        "may_edit": request.member.may("supplies.edit", dinas=office.dinas_id),
        "blockers": [(sentence % {"what": kind.label.capitalize(), "points": POINTS[kind]}, url) for kind in stock.lacking],
    }


def show() -> None:
    register(Panel("detail", 40, "equipment/supplies_panel.html", office_supplies, right="supplies.view"))
