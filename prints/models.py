import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offices.models import Desk, Office, Room
from prints.enums import PrintKind


class Posting(models.Model):
    """
    A print that hangs or lies at its place: the door of a room, a desk, or the office as a whole.

    ``edition`` is the short code that is printed on it and ``says`` what it says; where the print would say something else
    today, the one at its place is out of date (prints.editions). ``changed_on`` is the day on which that was first seen, a word
    for the reader; the state itself is always derived. Putting up a new one takes the old one down.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, models.CASCADE, related_name="postings")
    room = models.ForeignKey(Room, models.CASCADE, related_name="postings", null=True, blank=True)
    desk = models.ForeignKey(Desk, models.CASCADE, related_name="postings", null=True, blank=True)
    kind = models.CharField(_("cetakan"), max_length=15, choices=PrintKind.choices)
    edition = models.CharField(_("edisi"), max_length=12)
    says = models.JSONField(default=dict)
    changed_on = models.DateField(null=True, blank=True)
    laminated = models.BooleanField(_("dilaminasi"), default=False)
    posted_on = models.DateField(_("dipasang pada"))
    posted_by_name = models.CharField(max_length=150)
    removed_on = models.DateField(_("diturunkan pada"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "posted_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PrintKind.values), name="prints_posting_kind"),
            models.CheckConstraint(condition=Q(desk=None) | Q(room__isnull=False), name="prints_posting_desk_in_room"),
            models.CheckConstraint(
                condition=Q(removed_on=None) | Q(removed_on__gte=models.F("posted_on")), name="prints_posting_period"
            ),
            # One of a kind at a place; NULLs count as equal.
            models.UniqueConstraint(
                fields=["office", "room", "desk", "kind"],
                condition=Q(removed_on=None),
                nulls_distinct=False,
                name="prints_posting_one_at_a_place",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.edition}"
