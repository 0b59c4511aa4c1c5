import datetime
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import set_urlconf
from django.utils import translation

from accounts.enums import Role
from accounts.models import Invitation
from offices.models import Dinas
from oversight import home
from portal.models import Mail
from tenants.context import mounted
from tests.conftest import NOW
from tests.oversight.conftest import MONDAY, days, links, words

TOMORROW = MONDAY + datetime.timedelta(1)


@pytest.mark.parametrize(
    ("hour", "word"), [(3, "malam"), (4, "pagi"), (10, "pagi"), (11, "siang"), (14, "siang"), (15, "sore"), (18, "malam")]
)
def test_greeting_follows_the_local_hour(hour, word):
    with translation.override("id"):
        assert home.greeting(datetime.datetime(2026, 11, 23, hour), "Siti") == f"Selamat {word}, Siti"  # noqa: DTZ001


def test_counters_of_today_with_names_and_hours(look, head, kota_bandung, make_office, rostered):
    make_office(kota_bandung, name="Loket Siap", duties=rostered(2))
    make_office(kota_bandung, name="Loket Kosong")
    make_office(kota_bandung, name="Loket Tutup", closed_on=MONDAY, closed_reason="pindah")

    page = words(look(head))

    assert page.startswith("Selamat pagi, Pimpinan daerah Kota Bandung 1 dari 2 kantor yang melayani hari ini dijaga petugas.")
    assert "1 terhambat." in page
    table = page.split("Kantor Jam Piket Keadaan ")[1]
    assert table.startswith(
        "Loket Kosong Jl. Contoh 12 Buka sampai 15.00 WIB kosong terhambat tidak ada petugas hari ini "
        "Loket Siap Jl. Contoh 12 Buka sampai 15.00 WIB Petugas 1 · Petugas 2 siap"
    )
    assert "Loket Tutup" not in page


def test_people_of_a_dinas_see_their_own_counters(look, kota_bandung, make_member, make_office):
    make_office(kota_bandung, name="Loket Kerja", dinas="Dinas Tenaga Kerja")
    make_office(kota_bandung, name="Loket Dagang", dinas="Dinas Perdagangan")
    with mounted(kota_bandung):
        dinas = Dinas.objects.get(name="Dinas Perdagangan")

    seen = {
        role: [
            name for name in ("Loket Kerja", "Loket Dagang") if name in words(look(make_member(kota_bandung, role, dinas=own)))
        ]
        for role, own in ((Role.GOVERNMENT_HEAD, None), (Role.DINAS_HEAD, dinas), (Role.OPERATOR, dinas))
    }

    assert seen == {
        Role.GOVERNMENT_HEAD: ["Loket Kerja", "Loket Dagang"],
        Role.DINAS_HEAD: ["Loket Dagang"],
        Role.OPERATOR: ["Loket Dagang"],
    }


@contextmanager
def urlconf(name):
    set_urlconf(name)
    try:
        yield
    finally:
        set_urlconf(None)


# What waits -------------------------------------------------------------------------------------------------------------------


def waiting(member, *, at=NOW):
    with mounted(member.tenant), translation.override("id"), urlconf("config.urls_government"):
        found = home.offices(member, home.Days.at(at))
        return [(str(each.label), each.kind, each.word, each.hint) for each in home.waiting(member, found, {}, at=at)]


@pytest.mark.parametrize(
    ("deadline", "kind", "word"),
    [
        (MONDAY - datetime.timedelta(3), "late", "terlambat 3 hari"),
        (MONDAY, "late", "hari ini"),
        (MONDAY + datetime.timedelta(2), "late", "2 hari lagi"),
        (MONDAY + datetime.timedelta(9), "warn", "9 hari lagi"),
    ],
)
def test_circular_waits_for_its_head_with_the_deadline(deadline, kind, word, head, kota_bandung, make_circular):
    make_circular(to=(kota_bandung,), opened=(kota_bandung,), deadline_on=deadline)

    ((label, found_kind, found_word, hint),) = waiting(head)

    assert (label, found_kind, found_word) == ("Akui SE 560/2821/SJ", kind, word)
    assert hint.startswith("tenggat ")
    assert hint.endswith(", akhir hari WIB")


def test_acknowledged_circular_waits_for_nobody(head, kota_bandung, make_circular):
    make_circular(to=(kota_bandung,), acknowledged=(kota_bandung,), deadline_on=MONDAY)

    assert waiting(head) == []


def test_who_may_not_acknowledge_is_told_who_must(make_member, kota_bandung, make_circular):
    make_circular(to=(kota_bandung,))

    assert waiting(make_member(kota_bandung, Role.OPERATOR)) == [
        ("SE 560/2821/SJ menunggu pengakuan pimpinan", "warn", "baru", "Pelayanan Pendaftaran Kartu Prakerja")
    ]


def test_empty_days_of_the_next_week_wait(head, kota_bandung, make_office):
    make_office(kota_bandung, name="Loket Esok", duties=dict.fromkeys((MONDAY, *days(MONDAY + datetime.timedelta(2), 3)), 1))
    make_office(kota_bandung, name="Loket Kosong")
    make_office(kota_bandung, name="Loket Penuh", duties=dict.fromkeys(days(MONDAY, 7), 1))
    make_office(kota_bandung, name="Loket Tanpa Jam", weekdays=())

    assert waiting(head) == [
        ("Isi jadwal piket Loket Kosong", "bad", "5 hari kosong", "hari ini tanpa petugas"),
        ("Isi jadwal piket Loket Esok", "bad", "1 hari kosong", "mulai 24 November 2026"),
        ("Isi jam layanan Loket Tanpa Jam", "bad", "kosong", ""),
    ]


def test_many_empty_rosters_are_summed_up(head, kota_bandung, make_office):
    for number in range(7):
        make_office(kota_bandung, name=f"Loket {number}")

    found = waiting(head)

    assert len(found) == 6
    assert ("2 kantor lain", "warn", "jadwal kosong", "") in found


def invite(tenant, expires_at):
    Invitation.objects.create(
        token_digest=f"{tenant}{expires_at}", email=f"{expires_at:%d}@contoh.test", name="Undangan", tenant=tenant,
        role=Role.OPERATOR, position="Staf", valid_from=MONDAY, invited_by_id=1, invited_by_name="Rudi", invited_at=NOW,
        expires_at=expires_at,
    )  # fmt: skip


def mail(tenant, state):
    sent = {"to": "a@contoh.test", "subject": "Surel", "text": "…", "posted_at": NOW, "due_at": NOW}
    Mail.objects.create(key=f"{tenant}{state}", tenant=tenant, state=state, **sent)


def test_invitations_and_failed_mail_wait(head, kota_bandung, kota_cimahi):
    invite(kota_bandung, NOW + home.ONE_DAY)
    invite(kota_bandung, NOW - home.ONE_DAY)
    invite(kota_cimahi, NOW + home.ONE_DAY)  # could leak
    mail(kota_bandung, "failed")
    mail(kota_bandung, "sent")
    mail(kota_cimahi, "failed")

    assert waiting(head) == [
        ("1 surel tidak terkirim", "bad", "periksa", ""),
        ("1 undangan kedaluwarsa", "warn", "undang lagi", ""),
        ("1 undangan belum diterima", "none", "menunggu", ""),
    ]


def test_most_pressing_thing_is_the_button(look, head, kota_bandung, make_circular, make_office):
    make_office(kota_bandung)
    circular = make_circular(to=(kota_bandung,), deadline_on=MONDAY)
    delivery = circular.deliveries.get()

    assert links(look(head))["Akui surat edaran"] == f"/kota-bandung/surat/{delivery.pk}/"


def test_first_day_is_a_task_list(look, head):
    page = words(look(head))

    assert "Beberapa langkah lagi sampai kantor pertama Anda melayani." in page
    assert "0 dari 5 langkah selesai." in page


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_home_do_not_grow(count, look, head, kota_bandung, make_office, make_circular, client):
    for number in range(count):
        make_circular(number=str(number), to=(kota_bandung,))
        make_office(kota_bandung, name=f"Loket {number}", duties={MONDAY: 2})
    look(head)

    with CaptureQueriesContext(connection) as queries:
        client.get("/kota-bandung/")

    assert len(queries) == 12, [query["sql"][:100] for query in queries]
