from django.db import models
from django.utils.translation import gettext_lazy as _


class Condition(models.TextChoices):
    """
    What an office is like on a day, derived from dated facts: the first that applies, in this order (oversight.states).

    ``kind`` is the colour and sign of the state it belongs to, ``word`` the state's one word, the label what is the matter.
    """

    CLOSED = "closed", _("ditutup")
    PLANNED = "planned", _("belum mulai melayani")
    EMPTY = "empty", _("jam layanan dan jadwal piket belum diisi")
    NO_HOURS = "no_hours", _("jam layanan belum diisi")
    NOBODY = "nobody", _("tidak ada petugas hari ini")
    CROWDED = "crowded", _("jarak antarmeja kurang dari satu meter")
    ALONE = "alone", _("hanya satu petugas hari ini")
    ENDING = "ending", _("jadwal piket habis dalam 7 hari")
    READY = "ready", _("siap")

    @property
    def kind(self) -> str:
        return KINDS[self]

    @property
    def word(self) -> str:
        return {"ok": _("siap"), "warn": _("perlu perhatian"), "bad": _("terhambat")}.get(self.kind) or QUIET[self]


KINDS = {
    Condition.CLOSED: "none",
    Condition.PLANNED: "none",
    Condition.EMPTY: "none",
    Condition.NO_HOURS: "bad",
    Condition.NOBODY: "bad",
    Condition.CROWDED: "bad",
    Condition.ALONE: "warn",
    Condition.ENDING: "warn",
    Condition.READY: "ok",
}
QUIET = {Condition.CLOSED: _("ditutup"), Condition.PLANNED: _("belum dibuka"), Condition.EMPTY: _("belum ada data")}
# Those of an office in service: what a government has, and what is counted.
IN_SERVICE = [each for each in Condition if each not in (Condition.CLOSED, Condition.PLANNED)]


class CheckKind(models.TextChoices):
    ROLLUP = "rollup", _("rekap kantor sama dengan data daerah")
    SCHEMAS = "schemas", _("skema daerah mutakhir")
