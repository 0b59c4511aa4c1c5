from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    """
    How far an import has come.

    RECEIVED -> CHECKING -> CHECKED -> APPLYING -> APPLIED. A file that cannot be read at all ends REFUSED; who thinks again
    ends CANCELLED. What was refused while it was applied (somebody else had saved in between) is CHECKED again, with a reason.
    """

    RECEIVED = "received", _("menunggu giliran")
    CHECKING = "checking", _("sedang diperiksa")
    CHECKED = "checked", _("siap diterapkan")
    APPLYING = "applying", _("sedang diterapkan")
    APPLIED = "applied", _("sudah diterapkan")
    REFUSED = "refused", _("ditolak")
    CANCELLED = "cancelled", _("dibatalkan")


WAITING = (RunState.RECEIVED, RunState.CHECKING, RunState.APPLYING)
OPEN = (RunState.RECEIVED, RunState.CHECKING, RunState.CHECKED)


class Action(models.TextChoices):
    """What a row of a workbook does. Rows that change nothing are counted, not kept."""

    NEW = "new", _("baru")
    CHANGE = "change", _("berubah")
    REMOVE = "remove", _("dihapus")
    FAULT = "fault", _("salah")
    SAME = "same", _("tetap")
