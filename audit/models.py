from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    INSERT = "I", _("dibuat")
    UPDATE = "U", _("diubah")
    DELETE = "D", _("dihapus")


class Event(models.Model):
    """
    One change of one row, written by the trigger ``audit_record`` and by nothing else.

    The table stands in ``public`` and in every tenant schema. ``before`` and ``after`` hold the whole row as JSON, without the
    columns that ``audit.sql`` names. ``digest`` chains each event to the one before it in the same schema.
    """

    id = models.BigAutoField(primary_key=True)
    sequence = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    table_name = models.CharField(max_length=63)
    row_id = models.CharField(max_length=64)
    action = models.CharField(max_length=1, choices=Action.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    actor_role = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["table_name", "row_id"], name="audit_event_row")]

    def __str__(self):
        return f"{self.sequence} {self.table_name} {self.action}"


class Head(models.Model):
    """
    The end of a schema's chain, kept apart from it (in ``public`` only): a cut tail shows.

    ``is_open`` holds inside a transaction that is writing events, and in no other moment.
    """

    schema_name = models.CharField(max_length=63, primary_key=True)
    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")
    is_open = models.BooleanField(default=False)

    def __str__(self):
        return f"{self.schema_name} {self.sequence}"
