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
        """Those that the sentence names; one more than usual rather than "and 1 more"."""
        return self.blockers if len(self.blockers) <= MOST + 1 else self.blockers[:MOST]

    @property
    def rest(self) -> tuple[tuple[str, str], ...]:
        return self.blockers[len(self.first) :]


def _blockers(panel) -> Iterable:
    return panel.get("blockers") or () if isinstance(panel, dict) else getattr(panel, "blockers", ())


def next_action(shown: Iterable[Shown]) -> tuple | None:
    """What the cards ask for, as (label, address): first those in whose field something blocks, else in their order."""
    panels = [each.panel for each in shown if isinstance(each.panel, dict) and each.panel.get("action")]
    offered = [(not _blockers(panel), panel["action"]) for panel in panels]
    return min(offered, key=lambda each: each[0])[1] if offered else None


def headline(shown: Iterable[Shown]) -> Headline:
    """What the cards of the page say blocks, each thing once."""
    found: dict[tuple[str, str], None] = {}
    for each in shown:
        found.update(dict.fromkeys((str(sentence), str(url)) for sentence, url in _blockers(each.panel)))
    return Headline(tuple(found))
