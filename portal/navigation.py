"""
What the shell of a page offers: a register that every room fills.

A room lists its entries in its own ``navigation.py``, which is read at start-up:

    from portal.navigation import Entry, register

    register(Entry(20, _("Kantor"), "offices:list", "building-store", right="offices.view"))

An entry is shown to members who have its right; the pages themselves check again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Mount = Literal["government", "province", "ministry", "account"]


@dataclass(frozen=True)
class Entry:
    """
    One line of the navigation.

    ``mount``: "government" (every province, kabupaten and kota), "province" (provinces only), "ministry" (/pusat/), "account"
    (the menu of the signed-in person; its ``url_name`` is one of the root). ``right`` is a right of the policy, empty for
    everyone who is in. The four entries with the lowest ``order`` stand in the bottom bar of a phone. ``count(request)`` gives
    the number of things that wait there; it may cost one query and is asked on every page. ``pages`` names views that belong
    to the entry though their addresses lie elsewhere, such as the roster below an office.
    """

    order: int
    label: str
    url_name: str
    icon: str
    right: str = ""
    mount: Mount = "government"
    count: Callable | None = None
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """A government that the signed-in person may enter, as the switcher shows it."""

    name: str
    kind: str
    url: str
    ministry: bool = False


_entries: list[Entry] = []
_places: list[Callable] = []


def register(*entries: Entry) -> None:
    _entries.extend(entry for entry in entries if entry not in _entries)


def register_places(function: Callable) -> Callable:
    """Name the function ``(request) -> iterable of Place`` that knows the governments of a person. The last one counts."""
    _places[:] = [function]
    return function


def mounts_of(tenant) -> set[str]:
    if tenant.is_ministry:
        return {"ministry"}
    return {"government", "province"} if tenant.is_province else {"government"}


def entries_for(request) -> list[Entry]:
    """The entries of this request's government that its member may use, in order."""
    if request.tenant is None or request.member is None:
        return []
    mounts = mounts_of(request.tenant)
    allowed = [entry for entry in _entries if entry.mount in mounts and (not entry.right or request.member.may(entry.right))]
    return sorted(allowed, key=lambda entry: entry.order)


def account_entries() -> list[Entry]:
    return sorted((entry for entry in _entries if entry.mount == "account"), key=lambda entry: entry.order)


def places_for(request) -> Iterable[Place]:
    return list(_places[0](request)) if _places else []
