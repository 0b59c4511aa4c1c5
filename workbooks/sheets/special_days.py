"""Sheet Hari khusus: days on which an office serves otherwise than its schedule says, or not at all."""

from contextlib import contextmanager

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offices import operations_days
from offices.hours import Span, day_text
from offices.models import Office, SpecialDays
from portal.errors import DomainError
from workbooks.columns import Day, Line
from workbooks.columns_service import DayHours
from workbooks.drafts import Current
from workbooks.sheets.base import OFFICE, Sheet, duplicates

HOURS = DayHours("hours", gettext_lazy("Jam"), gettext_lazy("tutup, atau seperti 08.00-11.30."), required=True)


class SpecialDaysSheet(Sheet):
    """Their version is the office's ``hours_version``."""

    key = "special_days"
    title = gettext_lazy("Hari khusus")
    intro = gettext_lazy("Hari tutup atau buka dengan jam lain, di luar jadwal mingguan dan hari libur nasional.")
    right = "offices.edit"
    removal = gettext_lazy("menghapus hari khusus; jadwal mingguan berlaku lagi.")
    model = SpecialDays
    columns = (
        OFFICE,
        Day("first_on", gettext_lazy("Dari tanggal"), required=True, width=14),
        Day("last_on", gettext_lazy("Sampai tanggal"), required=True, width=14),
        HOURS,
        Line("reason", gettext_lazy("Keterangan"), gettext_lazy("Dibaca warga, misalnya: pelatihan petugas."), required=True,
             width=40, max_length=200),
    )  # fmt: skip

    def title_of(self, values):
        return str(values.get("reason") or _("(tanpa nama)"))

    def current(self, scope):
        days = SpecialDays.objects.filter(office__in=scope.office_ids).select_related("office").prefetch_related("hours")
        return [
            Current(
                each.pk,
                each.office_id,
                each.office.hours_version,
                {
                    "office": str(each.office_id),
                    "first_on": each.first_on,
                    "last_on": each.last_on,
                    "hours": day_text([Span(1, span.opens, span.closes) for span in each.hours.all()], 1),
                    "reason": each.reason,
                },
                {"office": scope.office_name(each.office_id)},
            )
            for each in days.order_by("office__name", "office_id", "first_on", "id")
        ]

    def natural(self, values, office_id):
        return (office_id, values["first_on"]) if values.get("first_on") and office_id else None

    def resolve(self, draft, book):
        first, last = draft.values.get("first_on"), draft.values.get("last_on")
        if first and last and last < first:
            draft.fault("last_on", _("hari terakhir mendahului hari pertama."))

    def finish(self, drafts, book):
        for draft, first in duplicates(drafts, lambda draft: self.natural(draft.values, draft.office_id)):
            draft.fault("first_on", _("sudah ada hari khusus mulai tanggal itu di baris %(line)s.") % {"line": first.line})

    def locked_versions(self, ids):
        days = dict(SpecialDays.objects.filter(pk__in=list(ids)).values_list("pk", "office_id"))
        offices = Office.objects.select_for_update(no_key=True).filter(pk__in=set(days.values())).order_by("pk")
        versions = dict(offices.values_list("pk", "hours_version"))
        return {pk: versions[office] for pk, office in days.items()}

    def apply(self, rows, work):
        present = SpecialDays.objects.select_related("office").in_bulk([row.target for row in rows])
        for row in rows:
            values = row.values
            facts = {name: values[name] for name in ("first_on", "last_on", "reason")}
            facts["hours"] = [(span.opens, span.closes) for span in HOURS.spans(values["hours"])]
            with work.on(row), _without_the_past():
                if row.target in present:
                    operations_days.edit_special_days(
                        special=present[row.target], version=None, by=work.by, at=work.at, **facts
                    )
                else:
                    office = Office.objects.get(pk=work.real(row.office_id))
                    operations_days.add_special_days(offices=[office], by=work.by, at=work.at, **facts)

    def remove(self, rows, work):
        present = SpecialDays.objects.select_related("office").in_bulk([row.target for row in rows])
        for row in rows:
            with work.on(row), _without_the_past():
                operations_days.remove_special_days(special=present[row.target], version=None, by=work.by, at=work.at)


class Passed(DomainError):
    message = gettext_lazy("Sebagian harinya sudah lewat. Riwayat diubah di halaman kantor, bukan lewat buku kerja.")
    field, status, code = "first_on", 409, "past-days"


@contextmanager
def _without_the_past():
    try:
        yield
    except operations_days.PastDays as error:
        raise Passed from error
