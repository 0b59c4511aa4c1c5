"""The HTML edge of checks: by hand, and measured by the device itself."""

import datetime
from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from equipment import measuring, operations_checks
from equipment.enums import CheckKind
from equipment.models import Check, Item
from equipment.operations_checks import Answer

GOOD, BAD = "baik", "tidak"
QUESTIONS = {
    CheckKind.CAMERA: (_("Kamera"), _("Nyala dan gambarnya jelas.")),
    CheckKind.INTERNET: (_("Internet"), _("Halaman program terbuka tanpa putus-putus.")),
    CheckKind.BROWSER: (_("Peramban"), _("Sudah versi terbaru; lihat Bantuan lalu Tentang di menu perambannya.")),
}
ANSWERS = [("", _("tidak diperiksa")), (GOOD, _("baik")), (BAD, _("tidak baik"))]


class CheckForm(forms.Form):
    """One look by a person: each of the three is good, bad (and what is bad) or was not looked at."""

    on = forms.DateField(label=_("Diperiksa pada"))

    def __init__(self, data=None, *, today: datetime.date):
        super().__init__(data, initial={"on": today})
        for kind, (label, hint) in QUESTIONS.items():
            self.fields[kind.value] = forms.ChoiceField(
                label=label, choices=ANSWERS, widget=forms.RadioSelect, required=False, help_text=hint
            )
            self.fields[f"{kind.value}_note"] = forms.CharField(
                label=_("%(what)s: yang tidak baik") % {"what": label}, max_length=200, required=False
            )
        self.order_fields(["camera", "camera_note", "internet", "internet_note", "browser", "browser_note", "on"])

    def save(self, item: Item, *, by: Member, at: datetime.datetime) -> list[Check]:
        values = self.cleaned_data
        answers: dict[str, Answer] = {
            kind: Answer(ok=values[kind.value] == GOOD, note=values[f"{kind.value}_note"] if values[kind.value] == BAD else "")
            for kind in QUESTIONS
            if values[kind.value]
        }
        return operations_checks.record(item=item, answers=answers, on=values["on"], by=by, at=at)


class Speed(forms.FloatField):
    """A measured figure; Indonesian commas are read, too."""

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_value=100_000, required=False, localize=False, **kwargs)
        self.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class SelfTestForm(forms.Form):
    """What the device found of itself. The page's own script fills it in; without it, somebody types what a speed test says."""

    down = Speed(label=_("Unduh (Mbit/s)"))
    up = Speed(label=_("Unggah (Mbit/s)"))
    latency = Speed(label=_("Jeda (ms)"))
    camera = forms.ChoiceField(
        label=_("Kamera"), required=False, widget=forms.RadioSelect,
        choices=[("", _("tidak diperiksa")), (GOOD, _("gambarnya jelas")), (BAD, _("gelap, buram, atau tidak menyala"))],
    )  # fmt: skip
    measured = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self):
        values = super().clean()
        given = [name for name in ("down", "up", "latency") if values.get(name) is not None]
        if given and len(given) < 3:
            missing = next(name for name in ("down", "up", "latency") if values.get(name) is None)
            self.add_error(missing, _("Isi ketiga angka internet, atau kosongkan ketiganya."))
        return values

    def answers(self, agent: measuring.Agent, on: datetime.date) -> Mapping[str, Answer]:
        """What follows from the figures; the browser is the one that sent them."""
        values = self.cleaned_data
        verdict = measuring.browser(agent, on)
        found: dict[str, Answer] = {CheckKind.BROWSER: Answer(verdict.ok, verdict.note, verdict.result)}
        if values["down"] is not None:
            line = measuring.internet(down=values["down"], up=values["up"], latency=values["latency"])
            found[CheckKind.INTERNET] = Answer(line.ok, line.note, line.result)
        if values["camera"]:
            good = values["camera"] == GOOD
            found[CheckKind.CAMERA] = Answer(good, "" if good else str(_("gelap, buram, atau tidak menyala")))
        return found
