"""Sheet Kantor: facts, contact and place of the offices."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offices import operations
from offices.enums import OfficeKind
from offices.models import Office
from workbooks.columns import Choice, Day, Line, Paragraph
from workbooks.columns_service import Email, Place, Telephone
from workbooks.drafts import Current
from workbooks.sheets.base import Sheet, duplicates

KIND = gettext_lazy("Pilih dari daftar.")


class OfficesSheet(Sheet):
    key = "offices"
    title = gettext_lazy("Kantor")
    intro = gettext_lazy("Nama, alamat, letak dan kontak, seperti dibaca warga.")
    right = "offices.edit"
    removal = gettext_lazy("menutup kantor mulai hari ini; isi Alasan. Riwayatnya tetap ada.")
    model = Office
    columns = (
        Line("name", gettext_lazy("Nama kantor"), gettext_lazy("Seperti tertulis di pintu."), required=True, width=30),
        Choice("kind", gettext_lazy("Jenis"), KIND, required=True, width=18, choices=OfficeKind.choices),
        Paragraph("address", gettext_lazy("Alamat"), required=True, width=40, max_length=300),
        Place(
            "coordinates", gettext_lazy("Koordinat"),
            gettext_lazy("Lintang, bujur seperti -6.914744, 107.609810; atau tautan panjang dari peta."), width=26,
        ),
        Telephone("phone", gettext_lazy("Telepon")),
        Telephone("whatsapp", gettext_lazy("WhatsApp"), gettext_lazy("Nomor lengkap, atau tautan wa.me."), whatsapp=True),
        Email("email", gettext_lazy("Surel"), width=28, max_length=254),
        Paragraph("bring", gettext_lazy("Yang perlu dibawa"), width=34, max_length=500),
        Day("opened_on", gettext_lazy("Melayani sejak"), required=True, width=14),
        Line("reason", gettext_lazy("Alasan penutupan"), gettext_lazy("Hanya untuk Tindakan: hapus."), width=26,
             max_length=200),
    )  # fmt: skip

    def may_add(self, scope):
        return scope.office is None

    def current(self, scope):
        return [
            Current(
                office.pk,
                office.pk,
                office.version,
                {column.key: getattr(office, column.key) for column in self.columns if column.key != "reason"} | {"reason": ""},
                thing=office,
            )
            for office in scope.offices
        ]

    def natural(self, values, office_id):
        return values.get("name", "").casefold() or None

    def resolve(self, draft, book):
        draft.office_id = draft.current.id if draft.current else None
        if draft.values.get("kind") == OfficeKind.PHONE and not (draft.values.get("phone") or draft.values.get("whatsapp")):
            draft.fault("phone", operations.PhoneMissing.message)
        if draft.removing and not draft.values.get("reason"):
            draft.fault("reason", operations.ReasonMissing.message)
        if draft.removing and not book.by.may("offices.close", dinas=book.scope.dinas.pk):
            draft.fault("action", _("menutup kantor dilakukan oleh kepala dinas atau pimpinan daerah."))
        if not draft.removing and draft.values.get("reason"):
            draft.warn("reason", _("alasan dibaca hanya jika kolom Tindakan berisi “hapus”."))
            draft.values["reason"] = ""

    def finish(self, drafts, book):
        for draft, first in duplicates(drafts, lambda draft: draft.values.get("name", "").casefold() or None):
            draft.fault("name", _("nama ini sudah dipakai di baris %(line)s.") % {"line": first.line})
        book.publish("offices", [(None, draft.values.get("name", ""), draft.target) for draft in drafts])
        for office in book.scope.offices:
            book.publish("offices", [(None, office.name, office.pk)])

    def facts(self, values):
        coordinates = next(column for column in self.columns if column.key == "coordinates")
        latitude, longitude = coordinates.pair(values["coordinates"])
        facts = {name: value for name, value in values.items() if name not in ("coordinates", "reason", "office")}
        return facts | {"latitude": latitude, "longitude": longitude}

    def apply(self, rows, work):
        offices = Office.objects.in_bulk([row.target for row in rows])
        for row in rows:
            with work.on(row):
                facts = self.facts(row.values)
                if row.target in offices:
                    operations.edit_office(office=offices[row.target], version=None, by=work.by, at=work.at, **facts)
                else:
                    made = operations.create_office(dinas=work.scope.dinas, by=work.by, at=work.at, **facts)
                    work.made[str(row.target)] = made.pk

    def remove(self, rows, work):
        offices = Office.objects.in_bulk([row.target for row in rows])
        for row in rows:
            with work.on(row):
                operations.close_office(
                    office=offices[row.target],
                    closed_on=work.scope.today,
                    closed_reason=row.values["reason"],
                    version=None,
                    by=work.by,
                    at=work.at,
                )
