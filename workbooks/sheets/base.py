"""
What a sheet of the workbook is: its columns, what stands in it now, and how its rows are made true.

Export, checking, applying, CSV and the page of instructions all read it here.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workbooks.columns import Column, Ref
from workbooks.drafts import Current, Draft, Row
from workbooks.scope import Scope

if TYPE_CHECKING:
    from workbooks.applying import Work
    from workbooks.planning import Book

REMOVE = gettext_lazy("hapus")
OFFICE = Ref(
    "office", gettext_lazy("Kantor"), gettext_lazy("Pilih dari daftar."), required=True, width=26, only_for_dinas=True,
    sheet="offices",
)  # fmt: skip


class Sheet:
    """
    ``right`` is what changing its rows needs. ``removal`` says what "hapus" in the column Tindakan does; empty where rows are
    never removed. ``addable``: new rows may be added (``addable_in_dinas``: only in the workbook of a dinas).
    """

    key: ClassVar[str]
    title: ClassVar[str]
    intro: ClassVar[str]
    right: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    removal: ClassVar[str] = ""
    addable: ClassVar[bool] = True
    model: ClassVar[type]

    # Describing ---------------------------------------------------------------------------------------------------------------

    def columns_for(self, scope: Scope) -> list[Column]:
        return [column for column in self.columns if scope.office is None or not column.only_for_dinas]

    def may_add(self, scope: Scope) -> bool:
        return self.addable

    def title_of(self, values: Mapping[str, Any]) -> str:
        """What a row is called on the page."""
        return str(values.get("name") or _("(tanpa nama)"))

    # Reading ------------------------------------------------------------------------------------------------------------------

    def current(self, scope: Scope) -> list[Current]:
        """What the sheet shows, in order; a fixed number of queries."""
        raise NotImplementedError

    def natural(self, values: Mapping[str, Any], office_id: uuid.UUID | None) -> object:
        """What a row without an id is known by, if it is there already; None where nothing tells."""
        return None

    def resolve(self, draft: Draft, book: "Book") -> None:
        """Make ids of names, and say what does not fit together; after all cells were read."""

    def finish(self, drafts: Sequence[Draft], book: "Book") -> None:
        """Look at all rows together, and tell the book what the sheets after this one may name."""

    # Writing ------------------------------------------------------------------------------------------------------------------

    def locked_versions(self, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
        """The versions as they are now, by the ids of rows, which stay locked until the transaction ends."""
        rows = self.model._default_manager.select_for_update(no_key=True, of=("self",)).filter(pk__in=list(ids))  # type: ignore[attr-defined]
        return dict(rows.order_by("pk").values_list("pk", "version"))

    def apply(self, rows: Sequence[Row], work: "Work") -> None:
        """Make new and changed rows true; what goes wrong with one is said to ``work``."""
        raise NotImplementedError

    def remove(self, rows: Sequence[Row], work: "Work") -> None:
        """Do what "hapus" means; called after all sheets have been applied, from the last sheet to the first."""
        raise NotImplementedError


def office_of(draft: Draft, book: "Book") -> uuid.UUID | None:
    """
    The office that a row belongs to: the only one, or the one named in it. Existing rows stay where they are.
    """
    if book.scope.office:
        return book.scope.office.pk
    named = draft.typed.get("office", "")
    found = book.named("offices", None, named)
    if found is None:
        if named:
            draft.fault("office", book.unknown(OFFICE, None, named))
        return None
    if draft.current is not None and draft.current.office_id is not None and found != draft.current.office_id:
        draft.fault("office", _("baris ini milik kantor lain; barang tidak dipindahkan antarkantor lewat buku kerja."))
        return draft.current.office_id
    return found


def duplicates(drafts: Iterable[Draft], key) -> Iterable[tuple[Draft, Draft]]:
    """
    Pairs of rows with the same ``key(draft)`` (None counts for nothing): the one to blame and the first. Rows that change
    something are to blame rather than those that stand in the database as they are.
    """
    seen: dict[object, Draft] = {}
    for draft in sorted(drafts, key=lambda draft: (draft.touched, draft.line)):
        mark = key(draft)
        if mark is None or draft.removing:
            continue
        if mark in seen:
            yield draft, seen[mark]
        else:
            seen[mark] = draft
