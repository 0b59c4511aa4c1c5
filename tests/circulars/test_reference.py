import datetime

from circulars import sealing
from circulars.models import Circular, Delivery
from circulars.reference import load_se_560


def test_se_560_is_loaded_and_published_once(officer, now):
    first = load_se_560(by=officer, at=now, deadline_on=datetime.date(2026, 12, 1))
    second = load_se_560(by=officer, at=now)

    assert first == second
    assert Circular.objects.count() == 1
    assert Delivery.objects.filter(circular=first).count() == 7


def test_se_560_says_what_the_letter_says(officer, now):
    circular = load_se_560(by=officer, at=now)

    assert [point.number for point in circular.points.all()] == ["1", "1a", "1b", "2", "3", "4"]
    assert circular.copies.count() == 12
    assert (circular.dated, circular.dated_phrase) == ("April 2020", "bulan April 2020")
    assert sealing.circular_record(circular)["dated"] == "2020-04"
