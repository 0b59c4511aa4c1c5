"""
What a higher room tells accounts at start-up.

A membership may hold for one dinas. The dinas stand in the tenants' own schemas and belong to the room ``offices``, so it
names the function that lists them:

    from accounts import registers

    def ready(self):
        registers.offer_dinas(lambda tenant: Dinas.objects.values_list("pk", "name"))
"""

import uuid
from collections.abc import Callable, Iterable

DinasChoices = Callable[..., Iterable[tuple[uuid.UUID, str]]]

_dinas: list[DinasChoices] = []


def offer_dinas(function: DinasChoices) -> DinasChoices:
    """Name the function ``(tenant) -> pairs of id and name`` that lists the dinas of a mounted tenant. The last one counts."""
    _dinas[:] = [function]
    return function


def dinas_choices(tenant) -> list[tuple[uuid.UUID, str]]:
    """The dinas of ``tenant``, which must be mounted; none for the ministry."""
    if not _dinas or tenant.is_ministry:
        return []
    return list(_dinas[0](tenant))
