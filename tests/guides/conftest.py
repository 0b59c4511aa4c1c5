import pytest

from guides import operations, reference
from guides.enums import GuideKey
from guides.operations import Text
from tenants.context import as_owner

STEPS = (("Buka situs", "Ketik alamatnya."), ("Daftar", ""))


@pytest.fixture
def text():
    """``text(**changes)``: a complete text of a guide."""
    return lambda **changes: Text(**({"title": "Membuat akun", "lead": "Siapkan KTP.", "steps": STEPS} | changes))


@pytest.fixture
def write(text, officer, now):
    """``write(version=…, **changes)``: the draft of the account guide."""
    return lambda *, version=None, guide=GuideKey.ACCOUNT, **changes: operations.write(
        guide=guide, text=text(**changes), version=version, by=officer, at=now
    )


@pytest.fixture
def publish(write, officer, now):
    """``publish(change=…, **changes)``: the next edition of the account guide."""

    def make(*, change="Diperbarui.", guide=GuideKey.ACCOUNT, **changes):
        draft = write(guide=guide, **changes)
        return operations.publish(guide=guide, change=change, version=draft.version, by=officer, at=now)

    return make


@pytest.fixture
def first_editions(db, now):
    """What every installation begins with."""
    with as_owner():
        return reference.load(at=now)
