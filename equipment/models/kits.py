import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from equipment.enums import KitPart
from offices.models import Desk


class KitAnswer(models.Model):
    """
    Whether a part of the kit lies on a desk (point 26), as somebody saw it on a day.

    Only for parts that nothing else answers; a device that stands on the desk in the inventory needs no answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    desk = models.ForeignKey(Desk, models.CASCADE, related_name="kit_answers")
    part = models.CharField(_("bagian"), max_length=15, choices=KitPart.choices)
    present = models.BooleanField(_("ada"))
    seen_at = models.DateTimeField()
    seen_by_name = models.CharField(max_length=150)

    class Meta:
        ordering = ["part"]
        constraints = [
            models.UniqueConstraint(fields=["desk", "part"], name="equipment_kitanswer_once"),
            models.CheckConstraint(condition=Q(part__in=KitPart.values), name="equipment_kitanswer_part"),
        ]

    def __str__(self):
        return f"{self.desk_id} {self.part}"
