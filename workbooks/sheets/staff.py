"""Sheet Petugas: the people of the dinas who can be put on duty. NIP and telephone stay inside the government."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffing import operations
from staffing.models import Staff
from workbooks.columns import Code, Day, Line
from workbooks.drafts import Current
from workbooks.sheets.base import Sheet, duplicates

FACTS = ("name", "nip", "position", "phone", "serves_from", "serves_until")


class StaffSheet(Sheet):
    key = "staff"
    title = gettext_lazy("Petugas")
    intro = gettext_lazy("Petugas dinas ini yang dapat dijadwalkan piket.")
    right = "staff.edit"
    removal = gettext_lazy("mengakhiri masa tugas dengan hari ini sebagai hari terakhir.")
    model = Staff
    columns = (
        Line("name", gettext_lazy("Nama"), required=True, width=30),
        Code("nip", gettext_lazy("NIP"), gettext_lazy("18 angka, sebagai teks; kosongkan jika tidak punya."), width=22,
             max_length=30, digits=18),
        Line("position", gettext_lazy("Jabatan"), width=30),
        Code("phone", gettext_lazy("Telepon"), width=18, max_length=30),
        Day("serves_from", gettext_lazy("Bertugas sejak"), required=True, width=14),
        Day("serves_until", gettext_lazy("Bertugas sampai"), gettext_lazy("Hari terakhir; kosong jika belum berakhir."),
            width=14),
    )  # fmt: skip

    def current(self, scope):
        people = Staff.objects.filter(dinas=scope.dinas).order_by("name", "id")
        return [
            Current(person.pk, None, person.version, {name: getattr(person, name) for name in FACTS}, thing=person)
            for person in people
        ]

    def natural(self, values, office_id):
        if values.get("nip"):
            return values["nip"], values.get("serves_from")
        return (values["name"].casefold(), values.get("serves_from")) if values.get("name") else None

    def resolve(self, draft, book):
        values = draft.values
        begins, ends = values.get("serves_from"), values.get("serves_until")
        if begins and ends and ends < begins:
            draft.fault("serves_until", operations.TermBackwards.message)
        if draft.current is None and not draft.removing and not values.get("nip") and values.get("name"):
            same = [each for each in book.currents["staff"] if each.values["name"].casefold() == values["name"].casefold()]
            if same:
                draft.warn("name", _("sudah ada petugas dengan nama ini; periksa apakah orang yang sama."))

    def finish(self, drafts, book):
        for draft, first in duplicates(drafts, lambda draft: self.natural(draft.values, None)):
            key = "nip" if draft.values.get("nip") else "name"
            draft.fault(key, _("petugas ini sudah ada di baris %(line)s.") % {"line": first.line})

    def apply(self, rows, work):
        people = Staff.objects.in_bulk([row.target for row in rows])
        for row in rows:
            facts = {name: row.values[name] for name in FACTS}
            with work.on(row):
                if row.target in people:
                    operations.edit_staff(staff=people[row.target], version=None, by=work.by, at=work.at, **facts)
                else:
                    operations.add_staff(dinas=work.scope.dinas, by=work.by, at=work.at, **facts)

    def remove(self, rows, work):
        people = Staff.objects.in_bulk([row.target for row in rows])
        for row in rows:
            with work.on(row):
                operations.end_service(
                    staff=people[row.target],
                    serves_until=work.scope.today,
                    release_rest=False,
                    version=None,
                    by=work.by,
                    at=work.at,
                )
