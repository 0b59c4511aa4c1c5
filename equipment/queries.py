"""Reads of the inventory."""

from django.urls import reverse

from equipment.models import Item
from offices.contents import Content


def items():
    """All things that have not been written off, with their places."""
    return Item.objects.kept().select_related("office__dinas", "room", "desk")


def contents(*, desks=None, rooms=None) -> list[Content]:
    """What stands on some desks, or in some rooms (offices.contents)."""
    place = {"desk__in": desks} if desks is not None else {"room__in": rooms}
    standing = Item.objects.kept().filter(**place).order_by("kind", "name", "label")
    return [
        Content(str(item), reverse("equipment:item", args=[item.pk]), item.room_id, item.desk_id, item.purpose)
        for item in standing
    ]
