"""What the roster shows on the pages of an office."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from offices.panels import Panel
from offices.panels import register as register_panel
from portal.dates import plain_date
from staffing import queries
from staffing.models import Staff

SHOWN_DAYS = 5


def office_duties(request, office) -> dict:
    """Today's duty and the next days, with what is most in need of being done as ``action``."""
    outlook = queries.outlook(office, request.today)
    may_edit = request.member.may("duties.edit", dinas=office.dinas_id)
    action: tuple | None = None
    if may_edit and not Staff.objects.filter(dinas=office.dinas_id).exists():
        action = (_("Daftarkan petugas"), f"{reverse('staffing:staff_new')}?dinas={office.dinas_id}")
    elif may_edit and outlook.gap:
        label = _("Isi jadwal %(day)s") % {"day": plain_date(outlook.gap.on)}
        action = (label, reverse("staffing:day", args=[office.pk, outlook.gap.on]))
    return {
        "office": office,
        "today": outlook.today,
        "coming": outlook.coming[:SHOWN_DAYS],
        "month": request.today,
        "may_edit": may_edit,
        "action": action,
    }


def lost_duties(request, office) -> dict | None:
    """What closing the office takes out of the roster."""
    days = list(office.duties.filter(on__gte=request.today).order_by("on").values_list("on", flat=True))
    return {"count": len(days), "last": days[-1]} if days else None


def register() -> None:
    register_panel(Panel("detail", 10, "staffing/office_panel.html", office_duties, right="duties.view"))
    register_panel(Panel("closing", 10, "staffing/closing_panel.html", lost_duties))
