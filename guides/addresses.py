"""Guides in addresses: /panduan/surel/. The words are printed on paper, so they stay."""

from django.urls import register_converter

from guides.enums import ADDRESSES, GuideKey

KEYS = {word: key for key, word in ADDRESSES.items()}


class Guide:
    """A path converter: ``<guide:guide>`` gives a GuideKey."""

    regex = "|".join(KEYS)

    def to_python(self, value: str) -> GuideKey:
        return KEYS[value]

    def to_url(self, value: str) -> str:
        return ADDRESSES[GuideKey(value)]


register_converter(Guide, "guide")
