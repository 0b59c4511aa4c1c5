import datetime
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circulars import operations, sealing
from circulars.models import Acknowledgement, Circular

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
RECEIPT = {
    "government": TEXT,
    "circular_number": TEXT,
    "circular_subject": TEXT,
    "circular_version": st.integers(1, 99),
    "circular_sha256": TEXT,
    "statement": TEXT,
    "tenant_id": st.integers(1, 999),
    "user_id": st.integers(1, 999),
    "name": TEXT,
    "position": TEXT,
    "acknowledged_at": st.datetimes(min_value=datetime.datetime(2020, 1, 1), timezones=st.just(datetime.UTC)),  # noqa: DTZ001
    "local_time": TEXT,
    "code": TEXT,
    "id": st.uuids(),
    "delivery_id": st.uuids(),
}


def test_the_seal_covers_every_field_of_a_receipt():
    stored = {field.attname for field in Acknowledgement._meta.concrete_fields}

    assert set(RECEIPT) == stored - {"seal"}


@settings(deadline=None)
@given(first=st.fixed_dictionaries(RECEIPT), data=st.data())
def test_any_change_of_any_field_changes_the_seal(first, data):
    name = data.draw(st.sampled_from(sorted(RECEIPT)))
    other = data.draw(RECEIPT[name].filter(lambda value: value != first[name]))

    seals = [
        sealing.seal_of(sealing.acknowledgement_record(Acknowledgement(**fields))) for fields in (first, first | {name: other})
    ]

    assert seals[0] != seals[1]


@settings(deadline=None)
@given(st.fixed_dictionaries(RECEIPT))
def test_the_canonical_form_can_be_read_back(fields):
    record = sealing.acknowledgement_record(Acknowledgement(**fields))

    assert json.loads(sealing.canonical(record)) == record


def test_the_canonical_form_is_the_documented_one():
    record = {"nama": "Ny. Déwi", "b": None, "a": ["1a", "\u2028"]}

    assert sealing.canonical(record) == '{"a":["1a","\u2028"],"b":null,"nama":"Ny. Déwi"}'.encode()
    assert sealing.seal_of({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "101/1/SJ"},
        {"dated_on": datetime.date(2026, 11, 19)},
        {"dated_on": datetime.date(2026, 11, 1), "day_known": False},
        {"subject": "Lain"},
        {"opening": "Lain."},
        {"signatory": "Sekretaris Jenderal"},
        {"deadline_on": None},
        {"audience": "provinces"},
        {"audience": "chosen"},
        {"points": (("1", "Membuka loket."),)},
        {"points": (("1", "Membuka loket."), ("1b", "Menyediakan perangkat."))},
        {"points": (("1a", "Menyediakan perangkat."), ("1", "Membuka loket."))},
        {"copies": ()},
    ],
)
def test_any_change_of_the_text_changes_the_seal(draft, letter, officer, now, changes):
    circular = draft()
    before = sealing.seal_of(sealing.circular_record(circular))

    operations.edit(circular=circular, letter=letter(**changes), version=None, by=officer, at=now)

    assert sealing.seal_of(sealing.circular_record(Circular.objects.get(pk=circular.pk))) != before


def test_the_seal_knows_the_chosen_and_the_attachment(draft, officer, now, kota_bandung, kota_cimahi):
    circular, seals = draft(audience="chosen"), set()

    def note():
        seals.add(sealing.seal_of(sealing.circular_record(Circular.objects.get(pk=circular.pk))))

    note()
    for tenant in (kota_bandung, kota_cimahi):
        operations.choose(circular=circular, governments=[tenant.pk], version=None, by=officer, at=now)
        note()
    operations.attach(circular=circular, name="a.pdf", content=b"%PDF-1.7\n%%EOF", version=None, by=officer, at=now)
    note()

    assert len(seals) == 4
