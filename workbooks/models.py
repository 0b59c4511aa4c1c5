"""
An import of a workbook: the file as long as it is needed, what each row would do, and what came of it.

Three tables, because they live differently: the run stays, in the audit trail; the file goes once it was applied, or after a
day; the rows go with the runs that nobody needs any more.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offices.models import Dinas, Office
from workbooks.enums import Action, RunState


class ImportRun(models.Model):
    """
    One uploaded workbook of an office, or of all offices of a dinas (``office`` is None).

    ``counts``: for each sheet how many rows of each ``Action``, and ``warnings``. ``reason`` says why it was refused.
    ``key_id`` is the key to the REST interface by which it came, if it was one, ``applied_key_id`` the one that applied it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dinas = models.ForeignKey(Dinas, models.PROTECT, related_name="import_runs")
    office = models.ForeignKey(Office, models.PROTECT, related_name="import_runs", null=True, blank=True)
    file_name = models.CharField(_("berkas"), max_length=150)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    state = models.CharField(_("keadaan"), max_length=10, choices=RunState.choices, default=RunState.RECEIVED)
    counts = models.JSONField(default=dict)
    notices = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=150)
    key_id = models.UUIDField(null=True, blank=True)
    received_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by_id = models.BigIntegerField(null=True, blank=True)
    applied_by_name = models.CharField(max_length=150, blank=True)
    applied_key_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="workbooks_importrun_state"),
            models.CheckConstraint(
                condition=Q(state=RunState.APPLIED, applied_at__isnull=False) | ~Q(state=RunState.APPLIED) & Q(applied_at=None),
                name="workbooks_importrun_applied",
            ),
            models.CheckConstraint(condition=~Q(state=RunState.REFUSED) | ~Q(reason=""), name="workbooks_importrun_reason"),
        ]
        indexes = [models.Index(fields=["dinas", "-received_at"], name="workbooks_importrun_recent")]

    def __str__(self):
        return self.file_name

    def total(self, action: str) -> int:
        return sum(each.get(action, 0) for each in self.counts.values())

    @property
    def changes(self) -> int:
        return sum(self.total(action) for action in (Action.NEW, Action.CHANGE, Action.REMOVE))

    @property
    def faults(self) -> int:
        return self.total(Action.FAULT)


class ImportFile(models.Model):
    """The bytes of a run and how far its job has come; not in the audit trail, and gone when nobody needs them."""

    run = models.OneToOneField(ImportRun, models.CASCADE, primary_key=True, related_name="file")
    content = models.BinaryField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    def __str__(self):
        return str(self.run_id)


class ImportRow(models.Model):
    """
    What one row of the workbook would do.

    ``target`` is the key of the thing that it changes or makes, ``version`` the one on which the change was made, ``values``
    what stands in its cells (packed by the sheet's columns). ``changes``: heading, before, after. ``faults`` and ``warnings``
    name the cell and what is wrong with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    sheet = models.CharField(_("lembar"), max_length=20)
    line = models.PositiveIntegerField(_("baris"))
    action = models.CharField(_("tindakan"), max_length=6, choices=Action.choices)
    title = models.CharField(max_length=300)
    target = models.UUIDField(null=True)
    office_id = models.UUIDField(null=True)
    version = models.PositiveIntegerField(null=True)
    values = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    warnings = models.JSONField(default=list)

    class Meta:
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="workbooks_importrow_once"),
            models.CheckConstraint(condition=Q(action__in=Action.values), name="workbooks_importrow_action"),
        ]

    def __str__(self):
        return f"{self.sheet} {self.line}"
