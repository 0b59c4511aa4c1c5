"""Sheet Ruang: the rooms of the offices, each with one purpose."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offices import operations_layout
from offices.enums import RoomPurpose
from offices.models import Office, Room
from workbooks.columns import Choice, Line, Whole
from workbooks.drafts import Current
from workbooks.sheets.base import OFFICE, Sheet, duplicates

FLOOR = gettext_lazy("Dalam sentimeter; lebar dan panjang keduanya, atau kosongkan keduanya.")


class RoomsSheet(Sheet):
    key = "rooms"
    title = gettext_lazy("Ruang")
    intro = gettext_lazy("Ruang setiap kantor. Satu ruang satu kegunaan: pendaftaran atau pelatihan.")
    right = "layout.edit"
    removal = gettext_lazy("menghapus ruang yang sudah kosong.")
    model = Room
    columns = (
        OFFICE,
        Line("name", gettext_lazy("Nama ruang"), required=True, width=28, max_length=80),
        Choice(
            "purpose", gettext_lazy("Kegunaan"), gettext_lazy("pendaftaran atau pelatihan"), required=True, width=16,
            choices=RoomPurpose.choices,
        ),
        Whole("width", gettext_lazy("Lebar (cm)"), FLOOR, width=12, least=100, most=10_000),
        Whole("depth", gettext_lazy("Panjang (cm)"), FLOOR, width=12, least=100, most=10_000),
        Line("note", gettext_lazy("Keterangan"), width=36, max_length=200),
    )  # fmt: skip

    def current(self, scope):
        return [
            Current(
                room.pk,
                room.office_id,
                room.version,
                {
                    "office": str(room.office_id),
                    "name": room.name,
                    "purpose": room.purpose,
                    "width": room.width,
                    "depth": room.depth,
                    "note": room.note,
                },
                {"office": scope.office_name(room.office_id)},
            )
            for room in Room.objects.filter(office__in=scope.office_ids).order_by("office__name", "office_id", "name", "id")
        ]

    def natural(self, values, office_id):
        name = values.get("name", "").casefold()
        return (office_id, name) if name and office_id else None

    def resolve(self, draft, book):
        values = draft.values
        if (values.get("width") is None) != (values.get("depth") is None):
            draft.fault("width" if values.get("width") is None else "depth", operations_layout.RoomFloorWrong.message)

    def finish(self, drafts, book):
        for draft, first in duplicates(drafts, lambda draft: self.natural(draft.values, draft.office_id)):
            draft.fault("name", _("nama ini sudah dipakai di baris %(line)s.") % {"line": first.line})
        for draft in drafts:
            if draft.target and not draft.removing:
                book.publish("rooms", [(draft.office_id, draft.values.get("name", ""), draft.target)])
                book.purposes[str(draft.target)] = draft.values.get("purpose", "")
        for current in book.currents["rooms"]:
            book.publish("rooms", [(current.office_id, current.values["name"], current.id)])
            book.purposes.setdefault(str(current.id), current.values["purpose"])

    def apply(self, rows, work):
        rooms = Room.objects.in_bulk([row.target for row in rows])
        for row in rows:
            facts = {name: row.values[name] for name in ("name", "purpose", "width", "depth", "note")}
            with work.on(row):
                if row.target in rooms:
                    operations_layout.edit_room(room=rooms[row.target], version=None, by=work.by, at=work.at, **facts)
                else:
                    office = Office.objects.get(pk=work.real(row.office_id))
                    room = operations_layout.add_room(office=office, by=work.by, at=work.at, **facts)
                    work.made[str(row.target)] = room.pk

    def remove(self, rows, work):
        rooms = Room.objects.in_bulk([row.target for row in rows])
        for row in rows:
            with work.on(row):
                operations_layout.remove_room(room=rooms[row.target], version=None, by=work.by, at=work.at)
