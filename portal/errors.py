"""Refusals of the domain: each carries the sentence that the civil servant reads. Forms and the REST interface show it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """
    Something that must not happen was asked for.

    ``message`` says what to do instead; ``field`` names the form field it belongs to, empty for the whole form; ``status`` is
    the HTTP status of the REST interface; ``code`` is short and stable.
    """

    message = _("Permintaan ini tidak dapat dijalankan.")
    field = ""
    status = 422
    code = "refused"

    def __init__(self, message=None, *, field=None, **params):
        self.message = message or self.message
        if params:
            self.message = self.message % params
        self.field = field if field is not None else self.field
        super().__init__(str(self.message))


class LostUpdate(DomainError):
    """Somebody else saved in between. ``current`` is the object as it stands now, ``submitted`` what was typed."""

    message = _("Data ini sudah diubah orang lain sejak Anda membukanya. Bandingkan kedua versi, lalu simpan lagi.")
    status = 409
    code = "lost-update"

    def __init__(self, *, current, submitted: Mapping):
        self.current, self.submitted = current, submitted
        super().__init__()


def check_version(current, version: int | None, submitted: Mapping) -> None:
    """Refuse a change that was made on an older version of ``current`` (locked by the caller)."""
    if version is not None and version != current.version:
        raise LostUpdate(current=current, submitted=submitted)


@contextmanager
def explain_integrity(reasons: Mapping[str, DomainError | type[DomainError]]) -> Iterator[None]:
    """Turn a violated constraint into the sentence that belongs to its name; other violations pass through."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name is not None and name in reasons:
            reason = reasons[name]
            raise (reason() if isinstance(reason, type) else reason) from error
        raise
