"""Writing and publishing guides; the customer care contact by day."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from guides import operations, queries
from guides.enums import GuideKey
from guides.models import CareContact, GuideVersion
from portal.errors import LostUpdate

ACCOUNT = GuideKey.ACCOUNT
CARE = {"phone": "021 555", "weekdays": [1, 2, 5], "opens": datetime.time(8), "closes": datetime.time(19)}


def test_writing_begins_a_draft_once(write):
    first = write(version=0)
    second = write(version=first.version, title="Judul lain")

    assert (second.pk, second.title, second.version) == (first.pk, "Judul lain", 2)
    assert GuideVersion.objects.filter(number=None).count() == 1


def test_second_of_two_who_begin_is_told_of_the_others_draft(write):
    write(version=0, title="Dari Siti")

    with pytest.raises(LostUpdate) as refused:
        write(version=0, title="Dari Budi")

    assert refused.value.current.title == "Dari Siti"


def test_edit_of_a_discarded_draft_is_a_lost_update(write, officer, now):
    draft = write()
    operations.discard(guide=ACCOUNT, version=draft.version, by=officer, at=now)

    with pytest.raises(LostUpdate):
        write(version=draft.version)

    assert queries.draft(ACCOUNT) is None


def test_empty_rows_are_left_out_and_words_are_tidied(write):
    draft = write(title="  Dua   kata ", steps=((" Satu ", " teks "), ("", ""), ("Dua", "")))

    assert draft.title == "Dua kata"
    assert draft.steps == [{"title": "Satu", "text": "teks"}, {"title": "Dua", "text": ""}]


@pytest.mark.parametrize(
    ("steps", "refusal"),
    [((("", "teks saja"),), operations.StepIncomplete), ((("a", ""),) * 31, operations.TooManySteps)],
    ids=["without a title", "too many"],
)
def test_steps_that_cannot_be_are_refused(write, steps, refusal):
    with pytest.raises(refusal):
        write(steps=steps)

    assert queries.draft(ACCOUNT) is None


def test_publishing_numbers_the_editions(publish):
    numbers = [publish(title=title).number for title in ("Satu", "Dua", "Tiga")]

    assert numbers == [1, 2, 3]
    assert queries.current(ACCOUNT).title == "Tiga"
    assert [edition.number for edition in queries.editions(ACCOUNT)] == [3, 2, 1]


@pytest.mark.parametrize(
    ("changes", "change", "sentence"),
    [
        ({"steps": ()}, "x", "Tulis paling sedikit satu langkah."),
        ({}, "x", "Isinya masih sama dengan edisi yang berlaku."),
        ({"title": "Lain"}, " ", "Tulis apa yang berubah; kantor membacanya sebelum mencetak ulang."),
    ],
    ids=["no steps", "nothing new", "no word of the change"],
)
def test_unfinished_draft_is_not_published(publish, write, changes, change, sentence):
    publish()

    with pytest.raises(operations.NotReady) as refused:
        publish(change=change, **changes)

    assert str(refused.value.message) == sentence
    assert queries.current(ACCOUNT).number == 1


def test_second_of_two_who_publish_is_refused(publish, officer, now):
    publish()

    with pytest.raises(operations.NoDraft):
        operations.publish(guide=ACCOUNT, change="x", version=None, by=officer, at=now)


def test_draft_changed_in_between_is_not_published_unseen(write, officer, now):
    seen = write()
    write(version=seen.version, title="Diubah diam-diam")

    with pytest.raises(LostUpdate):
        operations.publish(guide=ACCOUNT, change="", version=seen.version, by=officer, at=now)


@pytest.mark.parametrize("act", ["write", "publish", "discard", "set_contact"])
def test_observer_changes_nothing(act, write, text, observer, now):
    write()
    asked = {
        "write": {"guide": ACCOUNT, "text": text(), "version": None},
        "publish": {"guide": ACCOUNT, "change": "", "version": None},
        "discard": {"guide": ACCOUNT, "version": None},
        "set_contact": {"valid_from": now.date(), **CARE},
    }[act]

    with pytest.raises(PermissionDenied):
        getattr(operations, act)(**asked, by=observer, at=now)

    assert (GuideVersion.objects.count(), CareContact.objects.count()) == (1, 0)


def test_contact_counts_from_its_day_and_the_last_entry_of_a_day_wins(officer, now):
    day = datetime.date(2026, 11, 23)
    for valid_from, phone, minutes in ((day, "satu", 0), (day + datetime.timedelta(2), "nanti", 1), (day, "dua", 2)):
        at = now + datetime.timedelta(minutes=minutes)
        operations.set_contact(**{**CARE, "phone": phone}, valid_from=valid_from, by=officer, at=at)

    found = [queries.contact(day + datetime.timedelta(days)) for days in (-1, 0, 1, 2)]

    assert [contact and contact.phone for contact in found] == [None, "dua", "dua", "nanti"]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"phone": ""}, operations.Unreachable),
        ({"closes": datetime.time(8)}, operations.HoursReversed),
        ({"weekdays": []}, operations.NoWeekday),
    ],
)
def test_contact_nobody_can_use_is_refused(officer, now, changes, refusal):
    with pytest.raises(refusal):
        operations.set_contact(**(CARE | changes), valid_from=now.date(), by=officer, at=now)


def test_weekdays_are_said_as_people_say_them():
    said = [queries.weekday_words(days) for days in ([1, 2, 3, 4, 5], [1, 2, 4, 6, 7], [3], [])]

    assert said == ["Senin–Jumat", "Senin–Selasa, Kamis, Sabtu–Minggu", "Rabu", ""]


STEP = st.fixed_dictionaries({"title": st.sampled_from("abcd"), "text": st.sampled_from("xy")})


@given(st.lists(STEP, max_size=8), st.lists(STEP, max_size=8))
def test_comparison_tells_every_step_once(before, after):
    changes = queries.compare(before, after)

    assert [change.before for change in changes if change.number_before] == before
    assert [change.after for change in changes if change.number_after] == after
    assert all(change.before == change.after for change in changes if change.kind == "same")
    assert {change.kind for change in changes} <= {"same"} or before != after
