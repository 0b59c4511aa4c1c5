"""Sheet Jam layanan: the weekly schedules of the offices, regular and seasonal, a day a column."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offices import operations_hours
from offices.enums import ScheduleKind, Weekday
from offices.hours import Span, day_text
from offices.models import Office, Schedule
from workbooks.columns import Choice, Day, Line
from workbooks.columns_service import DayHours
from workbooks.drafts import Current
from workbooks.sheets.base import OFFICE, Sheet, duplicates

HOURS = gettext_lazy("Seperti 08.00-12.00, 13.00-15.30; atau tutup.")
DAYS = tuple(
    DayHours(f"day_{weekday.value}", weekday.label, HOURS, weekday=weekday.value)  # type: ignore[arg-type]
    for weekday in Weekday
)


class HoursSheet(Sheet):
    """Their version is the office's ``hours_version``: who changes anything about its hours, changes that."""

    key = "hours"
    title = gettext_lazy("Jam layanan")
    intro = gettext_lazy("Jadwal mingguan setiap kantor. Jadwal musiman (Ramadan) berlaku di atas jadwal biasa.")
    right = "offices.edit"
    removal = gettext_lazy("menghapus jadwal; harinya kembali ke jadwal lain.")
    model = Schedule
    columns = (
        OFFICE,
        Choice("kind", gettext_lazy("Jadwal"), gettext_lazy("Pilih dari daftar."), required=True, width=18,
               choices=ScheduleKind.choices),
        Line("name", gettext_lazy("Nama jadwal"), gettext_lazy("Untuk jadwal musiman, misalnya Ramadan 1448 H."), width=24,
             max_length=80),
        Day("valid_from", gettext_lazy("Berlaku sejak"), width=14),
        Day("valid_until", gettext_lazy("Berlaku sampai"), gettext_lazy("Untuk jadwal musiman."), width=14),
        *DAYS,
    )  # fmt: skip

    def title_of(self, values):
        label = dict(ScheduleKind.choices).get(values.get("kind"), "")
        return str(values.get("name") or label or _("(tanpa nama)"))

    def current(self, scope):
        schedules = Schedule.objects.filter(office__in=scope.office_ids).select_related("office").prefetch_related("hours")
        ordered = schedules.order_by("office__name", "office_id", "kind", "valid_from", "id")
        found = [self._shown(schedule, scope) for schedule in ordered]
        regular = {each.office_id for each in found if each.values["kind"] == ScheduleKind.REGULAR}
        waiting = [self._offered(office) for office in scope.offices if office.pk not in regular]
        return waiting + found

    @staticmethod
    def _shown(schedule, scope) -> Current:
        week = [Span(span.weekday, span.opens, span.closes) for span in schedule.hours.all()]
        return Current(
            schedule.pk,
            schedule.office_id,
            schedule.office.hours_version,
            {
                "office": str(schedule.office_id),
                "kind": schedule.kind,
                "name": schedule.name,
                "valid_from": schedule.valid_from,
                "valid_until": schedule.valid_until,
                **{column.key: day_text(week, column.weekday) for column in DAYS},
            },
            {"office": scope.office_name(schedule.office_id)},
        )

    @staticmethod
    def _offered(office) -> Current:
        """The regular schedule that an office without one is asked for."""
        values = {"office": str(office.pk), "kind": ScheduleKind.REGULAR.value, "name": "", "valid_from": None}
        values |= {"valid_until": None, **{column.key: "" for column in DAYS}}
        return Current(None, office.pk, None, values, {"office": office.name})

    def natural(self, values, office_id):
        kind, begins = values.get("kind"), values.get("valid_from")
        return (office_id, kind, begins) if office_id and kind else None

    def resolve(self, draft, book):
        values, before = draft.values, draft.current.values if draft.current else {}
        if before.get("kind") and values.get("kind") != before["kind"]:
            draft.fault("kind", _("jenis jadwal tidak diganti; hapus baris ini, lalu tambahkan jadwal baru."))
        begins, ends = values.get("valid_from"), values.get("valid_until")
        if values.get("kind") == ScheduleKind.REGULAR:
            if values.get("name") and values["name"] != before.get("name"):
                draft.fault("name", _("jadwal biasa tidak bernama."))
            if ends != before.get("valid_until"):
                draft.fault("valid_until", _("jadwal biasa berakhir saat jadwal biasa berikutnya mulai; kosongkan sel ini."))
        elif values.get("kind") == ScheduleKind.SEASONAL and not (values.get("name") and begins and ends and begins <= ends):
            missing = next((key for key in ("name", "valid_from", "valid_until") if not values.get(key)), "valid_until")
            draft.fault(missing, operations_hours.SeasonUnclear.message)

    def finish(self, drafts, book):
        for draft, first in duplicates(drafts, lambda draft: self.natural(draft.values, draft.office_id)):
            draft.fault("valid_from", _("sudah ada jadwal yang mulai pada hari itu di baris %(line)s.") % {"line": first.line})

    def locked_versions(self, ids):
        schedules = dict(Schedule.objects.filter(pk__in=list(ids)).values_list("pk", "office_id"))
        offices = Office.objects.select_for_update(no_key=True).filter(pk__in=set(schedules.values())).order_by("pk")
        versions = dict(offices.values_list("pk", "hours_version"))
        return {pk: versions[office] for pk, office in schedules.items()}

    def apply(self, rows, work):
        schedules = Schedule.objects.select_related("office").in_bulk([row.target for row in rows])
        ordered = sorted(rows, key=lambda row: (row.values["valid_from"] is not None, row.number))
        for row in ordered:
            with work.on(row):
                self._write(row, schedules.get(row.target), work)

    @staticmethod
    def _write(row, schedule, work) -> None:
        values = row.values
        week = [span for column in DAYS for span in column.spans(values[column.key])]
        given = {"week": week, "version": None, "by": work.by, "at": work.at}
        season = {name: values[name] for name in ("name", "valid_from", "valid_until")}
        if schedule is not None and values["kind"] == ScheduleKind.SEASONAL:
            operations_hours.edit_season(schedule=schedule, **season, **given)
        elif schedule is not None:
            operations_hours.edit_regular(schedule=schedule, valid_from=values["valid_from"], **given)
        else:
            office = Office.objects.get(pk=work.real(row.office_id))
            if values["kind"] == ScheduleKind.SEASONAL:
                operations_hours.add_season(office=office, **season, **given)
            elif values["valid_from"] is None:
                operations_hours.set_hours(office=office, **given)
            else:
                operations_hours.add_regular(office=office, valid_from=values["valid_from"], **given)

    def remove(self, rows, work):
        schedules = Schedule.objects.select_related("office").in_bulk([row.target for row in rows])
        for row in rows:
            with work.on(row):
                operations_hours.remove_schedule(schedule=schedules[row.target], version=None, by=work.by, at=work.at)
