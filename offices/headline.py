"""What stands in the way of an office's service, told in one sentence at the head of its page."""

from collections.abc import Iterable
from dataclasses import dataclass

from offices.panels import Shown

MOST = 3


@dataclass(frozen=True)
class Headline:
    """Everything that blocks, as pairs (sentence, address of where it is put right), in the order of the cards."""

    blockers: tuple[tuple[str, str], ...]

    @property
    def first(self) -> tuple[tuple[str, str], ...]:
        return self.blockers[:MOST]

    @property
    def rest(self) -> tuple[tuple[str, str], ...]:
        return self.blockers[MOST:]


def headline(shown: Iterable[Shown]) -> Headline:
    """What the cards of the page say blocks, each thing once."""
    found: dict[tuple[str, str], None] = {}
    for each in shown:
        panel = each.panel
        blockers = panel.get("blockers", ()) if isinstance(panel, dict) else getattr(panel, "blockers", ())
        found.update(dict.fromkeys((str(sentence), str(url)) for sentence, url in blockers))
    return Headline(tuple(found))
