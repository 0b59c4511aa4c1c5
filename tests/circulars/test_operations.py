import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from circulars import operations, queries, sealing
from circulars.enums import Audience
from circulars.models import LARGEST_ATTACHMENT, Attachment, Circular, Delivery
from portal.errors import LostUpdate
from tenants.enums import Level
from tenants.models import Tenant
from tests.circulars.conftest import PDF


def test_draft_keeps_points_and_copies_in_order(draft):
    circular = draft(points=(("1", "Satu"), (" ", " "), ("1a", "Satu a"), ("2", " Dua ")), copies=("Menko", " ", "Kemenkeu"))

    assert list(circular.points.values_list("order", "number", "text")) == [
        (1, "1", "Satu"),
        (2, "1a", "Satu a"),
        (3, "2", "Dua"),
    ]
    assert circular.copy_lines == "Menko\nKemenkeu"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"points": (("1", "a"), ("1", "b"))}, operations.PointTwice),
        ({"points": (("1", ""),)}, operations.PointIncomplete),
        ({"deadline_on": datetime.date(2026, 11, 19)}, operations.DeadlineTooEarly),
        ({"number": "7/TERPAKAI"}, operations.NumberTaken),
    ],
)
def test_draft_refuses_what_does_not_fit(draft, changes, error):
    draft(number="7/TERPAKAI")

    with pytest.raises(error):
        draft(**changes)


def test_draft_is_for_those_who_draft(letter, observer, now):
    with pytest.raises(PermissionDenied):
        operations.draft(letter=letter(), by=observer, at=now)


def test_edit_replaces_the_text_and_counts(draft, letter, officer, now):
    circular = draft()

    operations.edit(circular=circular, letter=letter(subject="Baru", points=(("1", "Lain"),)), version=1, by=officer, at=now)

    circular.refresh_from_db()
    assert (circular.subject, circular.version) == ("Baru", 2)
    assert [point.text for point in circular.points.all()] == ["Lain"]


def test_edit_of_an_older_version_is_refused_with_both(draft, letter, officer, now):
    circular = draft()
    operations.edit(circular=circular, letter=letter(subject="Pertama"), version=1, by=officer, at=now)

    with pytest.raises(LostUpdate) as caught:
        operations.edit(circular=circular, letter=letter(subject="Kedua"), version=1, by=officer, at=now)

    assert (caught.value.current.subject, caught.value.submitted["subject"]) == ("Pertama", "Kedua")
    circular.refresh_from_db()
    assert circular.subject == "Pertama"


def test_choose_takes_governments_only(draft, officer, now, pusat, kota_bandung):
    circular = draft()

    with pytest.raises(operations.UnknownGovernment):
        operations.choose(circular=circular, governments=[kota_bandung.pk, pusat.pk], version=1, by=officer, at=now)
    operations.choose(circular=circular, governments=[kota_bandung.pk], version=1, by=officer, at=now)

    circular.refresh_from_db()
    assert circular.audience == Audience.CHOSEN
    assert [tenant.slug for tenant in queries.addressed(circular)] == ["kota-bandung"]


def test_attach_keeps_the_bytes_apart(draft, officer, now):
    circular = operations.attach(circular=draft(), name="..\\Naskah <1>.PDF", content=PDF, version=1, by=officer, at=now)

    assert (circular.attachment_name, circular.attachment_size) == ("Naskah 1.pdf", len(PDF))
    assert bytes(Attachment.objects.get(circular=circular).content) == PDF


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", operations.NotPdf),
        (b"<html>%PDF-1.7 %%EOF", operations.NotPdf),
        (b"%PDF-1.7 cut off", operations.NotPdf),
        (PDF + b" " * LARGEST_ATTACHMENT, operations.TooLarge),
    ],
)
def test_attach_refuses_what_is_no_pdf(draft, officer, now, content, error):
    with pytest.raises(error):
        operations.attach(circular=draft(), name="a.pdf", content=content, version=1, by=officer, at=now)


def test_detach_and_discard(draft, officer, now):
    circular = operations.attach(circular=draft(), name="a.pdf", content=PDF, version=1, by=officer, at=now)

    operations.detach(circular=circular, version=2, by=officer, at=now)
    assert Attachment.objects.count() == 0
    operations.discard(circular=circular, version=3, by=officer, at=now)

    assert Circular.objects.count() == 0


def test_publish_reaches_every_addressed_government_once(publish):
    circular = publish()

    reached = sorted(Delivery.objects.filter(circular=circular).values_list("tenant__slug", flat=True))
    assert reached == sorted(Tenant.objects.governments().values_list("slug", flat=True))
    assert sealing.circular_holds(Circular.objects.get(pk=circular.pk))


@pytest.mark.parametrize(
    ("audience", "levels"),
    [(Audience.PROVINCES, {Level.PROVINCE}), (Audience.DISTRICTS, {Level.KABUPATEN, Level.KOTA})],
)
def test_publish_to_one_level(publish, audience, levels):
    circular = publish(audience=audience)

    assert set(Delivery.objects.filter(circular=circular).values_list("tenant__level", flat=True)) == levels


def test_publish_takes_the_same_queries_for_one_and_for_all(draft, officer, now, kota_bandung):
    one = draft(number="1")
    operations.choose(circular=one, governments=[kota_bandung.pk], version=None, by=officer, at=now)
    every = draft(number="2")

    counts = []
    for circular in (one, every):
        with CaptureQueriesContext(connection) as captured:
            operations.publish(circular=circular, by=officer, at=now)
        counts.append(len(captured))

    assert counts == [12, 11]  # the chosen are one more: they are part of the seal


@pytest.mark.parametrize(
    "changes", [{"points": ()}, {"audience": Audience.CHOSEN}, {"deadline_on": datetime.date(2026, 11, 22)}]
)
def test_publish_refuses_what_is_not_ready(draft, officer, now, changes):
    circular = draft(**changes)

    with pytest.raises(operations.NotReady):
        operations.publish(circular=circular, by=officer, at=now)

    assert Delivery.objects.count() == 0


def test_publish_refuses_another_version_than_was_checked(draft, letter, officer, now):
    circular = draft()
    operations.edit(circular=circular, letter=letter(subject="Diubah"), version=1, by=officer, at=now)

    with pytest.raises(LostUpdate):
        operations.publish(circular=circular, version=1, by=officer, at=now)


def test_published_circular_is_refused_to_all_operations(publish, letter, officer, now):
    circular = publish()
    asked = {"circular": circular, "by": officer, "at": now}

    for call in (
        lambda: operations.edit(letter=letter(), version=None, **asked),
        lambda: operations.choose(governments=[], version=None, **asked),
        lambda: operations.attach(name="a.pdf", content=PDF, version=None, **asked),
        lambda: operations.detach(version=None, **asked),
        lambda: operations.discard(version=None, **asked),
        lambda: operations.publish(**asked),
    ):
        with pytest.raises(operations.AlreadyPublished):
            call()


def test_publish_is_for_those_who_publish(draft, observer, now):
    with pytest.raises(PermissionDenied):
        operations.publish(circular=draft(), by=observer, at=now)
