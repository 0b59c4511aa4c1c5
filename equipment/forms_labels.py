"""The HTML edge of label sheets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from equipment.label_sheets import SIZES
from equipment.models import Item
from equipment.operations_labels import MOST, NothingChosen, TooMany


class LabelsForm(forms.Form):
    """Which labels on which sheet; the things to choose from are ``offered``."""

    size = forms.ChoiceField(
        label=_("Ukuran lembar label"),
        choices=[(size.key, size.words) for size in SIZES.values()],
        help_text=_("Kolom × baris. Cetak pada skala 100 %, tanpa “sesuaikan halaman”."),
    )
    start = forms.IntegerField(
        label=_("Mulai dari label ke"),
        initial=1,
        min_value=1,
        help_text=_("1 untuk lembar baru. Lembar yang sudah terpakai: hitung dari kiri atas, baris demi baris."),
    )

    def __init__(self, data=None, *, offered: list[Item]):
        self.offered = offered
        super().__init__(data, initial={"size": next(iter(SIZES))})

    def clean(self):
        cleaned = super().clean()
        size, start = SIZES.get(cleaned.get("size", "")), cleaned.get("start")
        if size and start and start > size.count:
            self.add_error("start", _("Lembar ini hanya memuat %(count)s label.") % {"count": size.count})
        if self.is_bound and not self.chosen:
            self.add_error(None, str(NothingChosen.message))
        if len(self.chosen) > MOST:
            self.add_error(None, str(TooMany.message % {"most": MOST}))
        return cleaned

    @property
    def marked(self) -> set[str]:
        """The ids whose boxes are ticked; all of them before anything was sent."""
        data: Any = self.data
        return set(data.getlist("items")) if self.is_bound else {str(item.pk) for item in self.offered}

    @property
    def chosen(self) -> list[Item]:
        marked = self.marked
        return [item for item in self.offered if str(item.pk) in marked]
