"""Sheet Inventaris: devices, furniture and the rest. The one sheet with thousands of rows, so it is written in bulk."""

import json
import uuid
from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from equipment import labelling, operations, places
from equipment.enums import DEVICES, Condition, ItemKind, category_of
from equipment.models import Item
from offices.enums import RoomPurpose
from offices.models import Room
from portal.errors import explain_integrity
from workbooks.columns import Choice, Code, Line, Ref, Whole, YesNo
from workbooks.drafts import Current
from workbooks.sheets.base import OFFICE, Sheet, duplicates

LIST = gettext_lazy("Pilih dari daftar.")
FACTS = ("kind", "name", "purpose", "has_camera", "item_code", "register_number", "year", "note")
BATCH = 2_000


class ItemsSheet(Sheet):
    key = "items"
    title = gettext_lazy("Inventaris")
    intro = gettext_lazy("Perangkat, mebel, dan perlengkapan lain, satu baris satu barang.")
    right = "equipment.edit"
    removal = gettext_lazy("menghapus barang dari inventaris mulai hari ini; isi Alasan. Riwayatnya tetap ada.")
    model = Item
    columns = (
        OFFICE,
        Line("label", gettext_lazy("Label"), gettext_lazy("Diberikan Loket; biarkan kosong pada baris baru."), width=12,
             read_only=True),
        Choice("kind", gettext_lazy("Jenis"), LIST, required=True, width=22, choices=ItemKind.choices),
        Line("name", gettext_lazy("Merek dan tipe"), required=True, width=32),
        Choice(
            "purpose", gettext_lazy("Kegunaan"),
            gettext_lazy("Untuk komputer, tablet, dan ponsel: pendaftaran atau pelatihan, tidak keduanya."), width=16,
            choices=RoomPurpose.choices,
        ),
        Ref("room", gettext_lazy("Ruang"), gettext_lazy("Nama ruang dari lembar Ruang."), width=24, sheet="rooms"),
        Ref("desk", gettext_lazy("Meja"), gettext_lazy("Nama meja di ruang itu, dari lembar Meja."), width=20, sheet="desks"),
        Choice("condition", gettext_lazy("Kondisi"), LIST, required=True, width=14, choices=Condition.choices),
        Line("condition_reason", gettext_lazy("Sebab kondisi"),
             gettext_lazy("Wajib jika kondisinya bukan Baik."), width=26, max_length=200),
        YesNo("has_camera", gettext_lazy("Berkamera"), gettext_lazy("ya atau tidak"), width=12),
        Code("item_code", gettext_lazy("Kode barang"), width=20, max_length=30),
        Code("register_number", gettext_lazy("NUP"), gettext_lazy("Nomor register."), width=12, max_length=20),
        Whole("year", gettext_lazy("Tahun perolehan"), width=12, least=1950, most=2100),
        Line("note", gettext_lazy("Keterangan"), width=36, max_length=300),
        Line("reason", gettext_lazy("Alasan penghapusan"), gettext_lazy("Hanya untuk Tindakan: hapus."), width=26,
             max_length=200),
    )  # fmt: skip

    def current(self, scope):
        items = Item.objects.kept().filter(office__in=scope.office_ids).select_related("room", "desk")
        return [
            Current(
                item.pk,
                item.office_id,
                item.version,
                {
                    "office": str(item.office_id),
                    "label": item.label,
                    "room": str(item.room_id or ""),
                    "desk": str(item.desk_id or ""),
                    "condition": item.condition,
                    "condition_reason": item.condition_reason,
                    "reason": "",
                    **{name: getattr(item, name) for name in FACTS},
                },
                {
                    "office": scope.office_name(item.office_id),
                    "room": item.room.name if item.room else "",
                    "desk": item.desk.name if item.desk else "",
                },
                item,
            )
            for item in items.order_by("office__name", "office_id", "kind", "name", "label")
        ]

    def title_of(self, values):
        name = values.get("name") or _("(tanpa nama)")
        return f"{name} ({values['label']})" if values.get("label") else str(name)

    # Checking -----------------------------------------------------------------------------------------------------------------

    def resolve(self, draft, book):
        values = draft.values
        values["room"] = book.refer(draft, "room", draft.office_id)
        values["desk"] = book.refer(draft, "desk", values["room"]) if values["room"] else ""
        if draft.typed.get("desk") and not draft.typed.get("room"):
            draft.fault("desk", places.DeskWithoutRoom.message)
        device = values.get("kind") in DEVICES
        room_purpose = book.purposes.get(values["room"], "")
        if device and not values.get("purpose"):
            values["purpose"] = room_purpose
        if device and not values.get("purpose"):
            draft.fault("purpose", operations.PurposeMissing.message)
        if not device and values.get("has_camera"):
            draft.fault("has_camera", _("hanya komputer, tablet, dan ponsel yang dicatat berkamera."))
        if values.get("purpose") and room_purpose and values["purpose"] != room_purpose:
            labels = dict(RoomPurpose.choices)
            draft.fault("room", places.WrongPurpose.message % {
                "item": values.get("name", ""), "purpose": labels[values["purpose"]], "room": draft.typed.get("room", ""),
                "room_purpose": labels[room_purpose],
            })  # fmt: skip
        graded = values.get("condition") not in (None, "", Condition.GOOD) and self._graded_anew(draft)
        if graded and not values.get("condition_reason"):
            draft.fault("condition_reason", _("tulis sebabnya: kondisi yang bukan Baik dibaca lagi saat inventaris diperiksa."))
        if draft.removing and not values.get("reason"):
            draft.fault("reason", operations.ReasonMissing.message)
        if not draft.removing and values.get("reason"):
            draft.warn("reason", _("alasan dibaca hanya jika kolom Tindakan berisi “hapus”."))
            values["reason"] = ""

    @staticmethod
    def _graded_anew(draft) -> bool:
        return draft.current is None or draft.values.get("condition") != draft.current.values["condition"]

    def finish(self, drafts, book):
        self._name_new_ones(drafts, book)
        numbered = [draft for draft in drafts if draft.values.get("item_code") and draft.values.get("register_number")]
        for draft, first in duplicates(numbered, self._register):
            draft.fault("register_number", _("kode barang dan NUP ini sudah dipakai di baris %(line)s.") % {"line": first.line})
        wanted = {self._register(draft) for draft in numbered if draft.current is None or self._register_changed(draft)}
        if not wanted:
            return
        taken = {
            (code, number): (pk, f"{name} ({label})")
            for pk, code, number, name, label in Item.objects.filter(
                item_code__in={code for code, _number in wanted}, register_number__in={number for _code, number in wanted}
            ).values_list("pk", "item_code", "register_number", "name", "label")
        }  # fmt: skip
        own = {draft.target for draft in drafts}
        for draft in numbered:
            pk, title = taken.get(self._register(draft), (None, ""))
            if pk is not None and pk != draft.target and pk not in own:
                draft.fault("register_number", _("kode barang dan NUP ini sudah dipakai %(item)s.") % {"item": title})

    @staticmethod
    def _register(draft):
        return draft.values["item_code"], draft.values["register_number"]

    def _register_changed(self, draft) -> bool:
        before = draft.current.values
        return self._register(draft) != (before["item_code"], before["register_number"])

    def _name_new_ones(self, drafts, book) -> None:
        """
        A new thing gets an id that follows from the workbook and from what is written: the same file again finds it made.
        """
        seen: Counter[str] = Counter()
        known = {current.id: current for current in book.currents["items"]}
        for draft in drafts:
            if draft.current is not None or draft.removing:
                continue
            written = json.dumps([str(draft.office_id), *(draft.values.get(name) for name in (*FACTS, "condition"))])
            written += json.dumps([draft.typed.get("room", ""), draft.typed.get("desk", "")])
            seen[written] += 1
            draft.target = uuid.uuid5(uuid.UUID(book.passport.workbook), f"items {written} {seen[written]}")
            if draft.target in known:
                draft.current = known[draft.target]
                draft.values["condition_reason"] = draft.values.get("condition_reason") or ""

    # Writing ------------------------------------------------------------------------------------------------------------------

    def apply(self, rows, work):
        places_wanted = {work.real(row.values["room"]) for row in rows if row.values["room"]}
        list(Room.objects.select_for_update(no_key=True).filter(pk__in=places_wanted).order_by("pk"))
        present = Item.objects.in_bulk([row.target for row in rows])
        new, changed = [], []
        for row in rows:
            item = present.get(row.target)
            (changed if item else new).append(self._filled(item or Item(id=row.target, label=labelling.make()), row, work))
            work.touched.add(work.real(row.office_id))
        with work.on_all(rows), explain_integrity(operations.REASONS):
            Item.objects.bulk_create(new, batch_size=BATCH)
            if changed:
                fields = [*FACTS, "category", "room", "desk", "condition", "condition_on", "condition_reason", "version"]
                Item.objects.bulk_create(
                    changed, update_conflicts=True, unique_fields=["id"], update_fields=fields, batch_size=BATCH
                )
        work.step(len(rows))

    def _filled(self, item, row, work):
        values = row.values
        for name in FACTS:
            setattr(item, name, values[name])
        graded = (values["condition"], values["condition_reason"])
        if graded != (item.condition, item.condition_reason):
            item.condition_on = work.scope.today
        item.condition, item.condition_reason = graded
        item.category = category_of(values["kind"])
        item.room_id = work.real(values["room"]) if values["room"] else None
        item.desk_id = work.real(values["desk"]) if values["desk"] else None
        if item._state.adding:
            item.office_id = work.real(row.office_id)
        else:
            item.version += 1
        return item

    def remove(self, rows, work):
        items = Item.objects.in_bulk([row.target for row in rows])
        for reason in sorted({row.values["reason"] for row in rows}):
            group = [row for row in rows if row.values["reason"] == reason]
            with work.on(group[0]):
                operations.write_off(
                    items=[items[row.target] for row in group], on=work.scope.today, reason=reason, by=work.by, at=work.at
                )
