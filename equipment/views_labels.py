"""Label sheets and the inventory card of a room: PDFs to print."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.policy import requires
from equipment import access_stocktakes, inventory_card, label_sheets, queries
from equipment import operations_labels as operations
from equipment.forms_labels import LabelsForm
from offices import leadership
from offices.access import get_office
from offices.models import Room
from offices.views import crumbs_to
from portal.documents import pdf_response
from portal.editing import UNPROCESSABLE

NEW = "baru"


@requires("equipment.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def labels(request, office):
    """Choose things, a size and the first label that is left; a POST gives the sheet and remembers what was printed."""
    place = get_office(request.member, office, right="equipment.edit")
    rooms = list(Room.objects.filter(office=place).order_by("name", "id"))
    asked = request.GET.get("ruang", "")
    room = next((each for each in rooms if str(each.pk) == asked), None)
    only_new = request.GET.get("hanya", NEW) == NEW
    found = queries.items().filter(office=place).select_related("label_print").order_by("room__name", "kind", "name", "label")
    found = found.filter(room=room) if room else found
    offered = list(found.filter(label_print=None) if only_new else found)
    form = LabelsForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        at, chosen = timezone.now(), form.chosen
        size = label_sheets.SIZES[form.cleaned_data["size"]]
        content = label_sheets.pdf(chosen, size=size, start=form.cleaned_data["start"], tenant=request.tenant, at=at)
        operations.note_printed(items=chosen, by=request.member, at=at)
        return pdf_response(content, f"label-{request.today:%Y-%m-%d}.pdf")
    context = {
        "crumbs": crumbs_to(
            place, (_("Inventaris"), reverse("equipment:office_items", args=[place.pk])), (_("Cetak label"), None)
        ),
        "office": place,
        "rooms": rooms,
        "room": room,
        "only_new": only_new,
        "new": NEW,
        "form": form,
        "marked": form.marked,
    }
    return render(request, "equipment/labels.html", context, status=UNPROCESSABLE if form.errors else 200)


@requires("equipment.view")
@require_safe
def inventory_card_pdf(request, office, room):
    place = access_stocktakes.get_room(request.member, office, room)
    leader = leadership.on(place.office.dinas.heads.all(), request.today).leader
    content = inventory_card.pdf(place, tenant=request.tenant, leader=leader, at=timezone.now())
    return pdf_response(content, inventory_card.file_name(place))
