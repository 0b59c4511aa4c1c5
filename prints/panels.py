"""What the prints show on the page of an office, and which of them keep it from being ready."""

from django.urls import reverse
from django.utils.translation import ngettext

from offices.panels import Panel
from offices.panels import register as register_panel
from prints import queries
from prints.queries import Board


def office_prints(request, office) -> dict:
    board = queries.board(office, request.today)
    return {"office": office, "board": board, "blockers": blockers(board)}


def blockers(board: Board) -> list[tuple[str, str]]:
    """Sentences with the page where each is mended: prints that are out of date, and required ones that hang nowhere."""
    url, found = reverse("prints:prints", args=[board.office.pk]), []
    if board.stale:
        names = ", ".join(f"{each.slot.kind.label} ({each.slot.place.name})" for each in board.stale[:2])
        count = len(board.stale)
        sentence = ngettext("%(count)s cetakan usang: %(names)s", "%(count)s cetakan usang: %(names)s", count)
        found.append((sentence % {"count": count, "names": names + (" …" if count > 2 else "")}, url))
    missing = [each for each in board.missing if each.edition]
    if missing:
        sentence = ngettext("%(count)s cetakan belum dipasang", "%(count)s cetakan belum dipasang", len(missing))
        found.append((sentence % {"count": len(missing)}, url))
    return found


def register() -> None:
    register_panel(Panel("detail", 60, "prints/office_panel.html", office_prints, right="prints.view"))
