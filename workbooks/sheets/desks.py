"""Sheet Meja: the desks of the rooms and where they stand on the plan."""

from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offices import operations_layout
from offices.models import Desk, Room
from offices.operations_layout import Placed
from workbooks.columns import Line, Ref, Whole
from workbooks.drafts import Current
from workbooks.sheets.base import OFFICE, Sheet, duplicates

FACTS = ("name", "x", "y", "width", "depth")
PLACE = gettext_lazy("Jarak dari sudut kiri atas ruang, dalam sentimeter; keduanya, atau kosongkan keduanya.")
SIZE = gettext_lazy("Dalam sentimeter, 20 sampai 500.")


class DesksSheet(Sheet):
    """
    A plan is one thing with its room: the version of a desk is that of its room, and desks are put down room by room.
    """

    key = "desks"
    title = gettext_lazy("Meja")
    intro = gettext_lazy("Meja di setiap ruang dan letaknya pada denah; jarak antarmeja dihitung dari sini.")
    right = "layout.edit"
    removal = gettext_lazy("menghapus meja yang sudah kosong.")
    model = Desk
    columns = (
        OFFICE,
        Ref("room", gettext_lazy("Ruang"), gettext_lazy("Dari lembar Ruang."), required=True, width=28, sheet="rooms"),
        Line("name", gettext_lazy("Nama meja"), required=True, width=24, max_length=40),
        Whole("x", gettext_lazy("Dari kiri (cm)"), PLACE, width=13, most=10_000),
        Whole("y", gettext_lazy("Dari atas (cm)"), PLACE, width=13, most=10_000),
        Whole("width", gettext_lazy("Lebar meja (cm)"), SIZE, required=True, width=13, least=20, most=500),
        Whole("depth", gettext_lazy("Panjang meja (cm)"), SIZE, required=True, width=13, least=20, most=500),
    )

    def current(self, scope):
        desks = Desk.objects.filter(room__office__in=scope.office_ids).select_related("room")
        return [
            Current(
                desk.pk,
                desk.room.office_id,
                desk.room.version,
                {
                    "office": str(desk.room.office_id),
                    "room": str(desk.room_id),
                    **{name: getattr(desk, name) for name in FACTS},
                },
                {"office": scope.office_name(desk.room.office_id), "room": desk.room.name},
            )
            for desk in desks.order_by("room__office__name", "room__office_id", "room__name", "room_id", "name", "id")
        ]

    def natural(self, values, office_id):
        return (values["room"], values["name"].casefold()) if values.get("room") and values.get("name") else None

    def resolve(self, draft, book):
        values = draft.values
        values["room"] = book.refer(draft, "room", draft.office_id)
        if (values.get("x") is None) != (values.get("y") is None):
            draft.fault("x" if values.get("x") is None else "y", operations_layout.DeskPlaceWrong.message)

    def finish(self, drafts, book):
        for draft in drafts:
            if draft.current and draft.values.get("room") and draft.values["room"] != draft.current.values["room"]:
                draft.fault("room", _("meja tidak dipindah antarruang: hapus baris ini, lalu tambahkan meja di ruang itu."))
        for draft, first in duplicates(drafts, lambda draft: self.natural(draft.values, draft.office_id)):
            draft.fault("name", _("di ruang ini nama itu sudah dipakai di baris %(line)s.") % {"line": first.line})
        for draft in drafts:
            if draft.target and not draft.removing:
                book.publish("desks", [(draft.values.get("room"), draft.values.get("name", ""), draft.target)])
        for current in book.currents["desks"]:
            book.publish("desks", [(current.values["room"], current.values["name"], current.id)])

    def locked_versions(self, ids):
        desks = Desk.objects.filter(pk__in=list(ids)).values_list("pk", "room_id")
        rooms = Room.objects.select_for_update(no_key=True).filter(pk__in={room for _desk, room in desks})
        versions = dict(rooms.order_by("pk").values_list("pk", "version"))
        return {desk: versions[room] for desk, room in desks}

    def apply(self, rows, work):
        for room_id, group in self._by_room(rows):
            members = list(group)
            with work.on(members[0]):
                room = Room.objects.get(pk=work.real(room_id))
                present = {desk.pk: desk for desk in room.desks.all()}
                wanted = {pk: Placed(id=pk, **{name: getattr(desk, name) for name in FACTS}) for pk, desk in present.items()}
                for row in members:
                    known = row.target if row.target in present else None
                    wanted[row.target] = Placed(id=known, **{name: row.values[name] for name in FACTS})
                operations_layout.lay_out(room=room, desks=wanted.values(), version=None, by=work.by, at=work.at)
                by_name = dict(room.desks.values_list("name", "pk"))
                work.made |= {str(row.target): by_name[row.values["name"]] for row in members if row.target not in present}

    def remove(self, rows, work):
        for room_id, group in self._by_room(rows):
            members = list(group)
            with work.on(members[0]):
                room = Room.objects.get(pk=room_id)
                gone = {row.target for row in members}
                kept = [
                    Placed(id=desk.pk, **{name: getattr(desk, name) for name in FACTS})
                    for desk in room.desks.all()
                    if desk.pk not in gone
                ]
                operations_layout.lay_out(room=room, desks=kept, version=None, by=work.by, at=work.at)

    @staticmethod
    def _by_room(rows):
        ordered = sorted(rows, key=lambda row: (row.values["room"], row.number))
        return groupby(ordered, key=lambda row: row.values["room"])
