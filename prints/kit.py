"""The two guides of a desk's kit (point 26), answered by what lies there: present when it is current and laminated."""

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from equipment.enums import KitPart
from equipment.kits import Answer, answer_with
from guides import queries as guides
from offices.models import Desk
from portal.dates import plain_date
from prints.enums import PrintKind
from prints.models import Posting
from prints.queries import GUIDE_OF

PARTS = {KitPart.EMAIL_GUIDE: PrintKind.EMAIL_GUIDE, KitPart.ACCOUNT_GUIDE: PrintKind.ACCOUNT_GUIDE}


def answers(kind: str, desks: list[Desk]) -> Mapping[uuid.UUID, Answer]:
    """For all desks in two queries."""
    current = guides.current_editions().get(GUIDE_OF[PrintKind(kind)])
    hanging = {each.desk_id: each for each in Posting.objects.filter(kind=kind, desk__in=desks, removed_on=None)}
    return {desk.pk: _answer(desk, hanging.get(desk.pk), current) for desk in desks}


def _answer(desk: Desk, posting: Posting | None, current) -> Answer:
    way: dict[str, Any] = {"link": reverse_lazy("prints:prints", args=[desk.room.office_id]), "link_words": _("Buka cetakan")}
    if posting is None:
        return Answer("bad", _("belum dipasang"), **way)
    detail = _("edisi %(edition)s, %(day)s") % {"edition": posting.edition, "day": plain_date(posting.posted_on)}
    if current is not None and posting.says.get("number") != current.number:
        return Answer("bad", _("usang"), _("%(detail)s; edisi baru sudah terbit") % {"detail": detail}, **way)
    if not posting.laminated:
        return Answer("bad", _("belum dilaminasi"), detail, **way)
    return Answer("ok", _("ada"), detail, **way)


def register() -> None:
    for part, kind in PARTS.items():
        answer_with(part, partial(answers, kind))
