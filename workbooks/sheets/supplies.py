"""Sheet Persediaan: consumables with unit and minimum; a count becomes a correction of the stock."""

from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from equipment import operations_supplies as operations
from equipment.enums import SupplyKind
from equipment.models import Supply
from offices.models import Office
from workbooks.columns import Choice, Line, Whole
from workbooks.drafts import Current
from workbooks.sheets.base import OFFICE, Sheet, duplicates

FACTS = ("kind", "name", "unit", "minimum")


class SuppliesSheet(Sheet):
    key = "supplies"
    title = gettext_lazy("Persediaan")
    intro = gettext_lazy("Barang habis pakai. Isi Hitung fisik dengan jumlah yang benar-benar ada; selisihnya dicatat.")
    right = "supplies.edit"
    removal = gettext_lazy("tidak dipakai lagi; persediaannya harus sudah nol.")
    model = Supply
    columns = (
        OFFICE,
        Choice("kind", gettext_lazy("Jenis"), gettext_lazy("Pilih dari daftar."), required=True, width=20,
               choices=SupplyKind.choices),
        Line("name", gettext_lazy("Nama barang"), required=True, width=30, max_length=100),
        Line("unit", gettext_lazy("Satuan"), gettext_lazy("Misalnya rim, botol, kotak."), required=True, width=12,
             max_length=20),
        Whole("minimum", gettext_lazy("Persediaan minimum"), required=True, width=12),
        Whole("on_hand", gettext_lazy("Tercatat"), gettext_lazy("Persediaan menurut Loket saat berkas ini dibuat."), width=12,
              read_only=True),
        Whole("counted", gettext_lazy("Hitung fisik"), gettext_lazy("Kosongkan jika tidak dihitung."), width=12),
        Line("reason", gettext_lazy("Alasan koreksi"), gettext_lazy("Kosong berarti hasil hitung fisik."), width=30,
             max_length=200),
    )  # fmt: skip

    def current(self, scope):
        supplies = Supply.objects.filter(office__in=scope.office_ids, retired_on=None).select_related("office")
        return [
            Current(
                supply.pk,
                supply.office_id,
                supply.version,
                {
                    "office": str(supply.office_id),
                    **{name: getattr(supply, name) for name in FACTS},
                    "on_hand": supply.on_hand,
                    "counted": None,
                    "reason": "",
                },
                {"office": scope.office_name(supply.office_id)},
            )
            for supply in supplies.order_by("office__name", "office_id", "kind", "name", "id")
        ]

    def natural(self, values, office_id):
        return (office_id, values["name"].casefold()) if values.get("name") and office_id else None

    def resolve(self, draft, book):
        """
        A count is of a moment: where the stock moved after the file was made, nobody knows whether before or after it.
        """
        values = draft.values
        counted, recorded = values.get("counted"), values.get("on_hand")
        now = draft.current.values["on_hand"] if draft.current else 0
        if counted is None or counted == now:
            values["counted"], values["reason"] = None, ""
        elif draft.current is not None and recorded is not None and recorded != now:
            draft.fault(
                "counted",
                _("persediaan berubah dari %(before)s menjadi %(now)s sejak berkas dibuat; unduh yang baru, lalu hitung lagi.")
                % {"before": recorded, "now": now},
            )

    def finish(self, drafts, book):
        for draft, first in duplicates(drafts, lambda draft: self.natural(draft.values, draft.office_id)):
            draft.fault("name", _("barang ini sudah ada di baris %(line)s.") % {"line": first.line})

    def apply(self, rows, work):
        supplies = Supply.objects.in_bulk([row.target for row in rows])
        offices = Office.objects.in_bulk({work.real(row.office_id) for row in rows})
        for row in rows:
            facts = {name: row.values[name] for name in FACTS}
            with work.on(row):
                office = offices[work.real(row.office_id)]
                if row.target in supplies:
                    operations.edit_supply(supply=supplies[row.target], version=None, by=work.by, at=work.at, **facts)
                else:
                    counted = row.values["counted"] or 0
                    operations.add_supply(office=office, on_hand=counted, by=work.by, at=work.at, **facts)
        counts = [row for row in rows if row.target in supplies and row.values["counted"] is not None]
        self._count(counts, offices, work)

    @staticmethod
    def _count(rows, offices, work) -> None:
        ordered = sorted(rows, key=lambda row: (str(row.office_id), row.values["reason"], row.number))
        for (office_id, reason), group in groupby(ordered, key=lambda row: (row.office_id, row.values["reason"])):
            members = list(group)
            counted = {row.target: row.values["counted"] for row in members}
            with work.on(members[0]):
                operations.count(office=offices[office_id], counted=counted, reason=reason, by=work.by, at=work.at)

    def remove(self, rows, work):
        supplies = Supply.objects.in_bulk([row.target for row in rows])
        for row in rows:
            with work.on(row):
                operations.retire(supply=supplies[row.target], version=None, by=work.by, at=work.at)
