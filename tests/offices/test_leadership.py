import datetime
import threading
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.members import Member
from accounts.models import Membership, User
from offices import leadership
from offices import operations_heads as operations
from offices.models import Dinas, DinasHead
from portal.errors import LostUpdate
from tenants.context import mounted
from tests.committed import elsewhere

TODAY = datetime.date(2026, 11, 20)
EARLIER = datetime.date(2024, 1, 2)
FACTS = {"name": "Siti Rahma", "standing": "definitive", "serves_from": EARLIER, "serves_until": None}
FORM = FACTS | {"serves_from": "2024-01-02", "serves_until": ""}


@pytest.fixture
def record(dinas, dinas_head, now):
    """``record(name="…", of=dinas, **facts)`` -> a head as the operations record one."""

    def act(name="Siti Rahma", *, of=None, succeeds=False, **facts):
        with mounted(dinas_head.tenant):
            return operations.record_head(
                dinas=of or dinas, by=dinas_head, at=now, succeeds=succeeds, **(FACTS | {"name": name} | facts)
            )

    return act


def sentence(dinas, day=TODAY):
    return leadership.on(dinas.heads.all(), day).sentence


# Rules ------------------------------------------------------------------------------------------------------------------------


def test_who_leads_is_said_for_each_day(dinas, record, here):
    record("Siti Rahma", serves_until=datetime.date(2026, 10, 31))
    record("Budi Santoso", standing="plt", serves_from=datetime.date(2026, 11, 1))
    record("Dewi Lestari", serves_from=datetime.date(2027, 1, 4))

    said = [sentence(dinas, day) for day in (datetime.date(2026, 10, 31), TODAY, datetime.date(2027, 1, 4))]
    assert said == [
        "Dipimpin Siti Rahma sejak 2 Januari 2024.",
        "Dipimpin Plt. kepala Budi Santoso sejak 1 November 2026.",
        "Dipimpin Plt. kepala Budi Santoso sejak 1 November 2026, mewakili Dewi Lestari.",
    ]
    assert sentence(dinas, datetime.date(2023, 1, 1)) == "Hari ini tidak ada yang tercatat memimpin dinas ini."


@pytest.mark.parametrize(
    ("standing", "refusal"), [("definitive", operations.TwoHeads), ("plt", operations.TwoActing), ("plh", operations.TwoActing)]
)
def test_no_two_lead_at_a_time(record, standing, refusal):
    record(standing="plt" if standing != "definitive" else "definitive")

    with pytest.raises(refusal):
        record("Dewi Lestari", standing=standing, serves_from=TODAY)


def test_a_successor_ends_the_time_of_the_one_before(dinas, record, here):
    record("Siti Rahma")
    record("Budi Santoso", standing="plh", serves_from=TODAY)
    record("Dewi Lestari", serves_from=datetime.date(2026, 12, 1), succeeds=True)

    assert list(dinas.heads.order_by("name").values_list("name", "serves_until")) == [
        ("Budi Santoso", None),
        ("Dewi Lestari", None),
        ("Siti Rahma", datetime.date(2026, 11, 30)),
    ]


def test_a_successor_does_not_begin_before_the_predecessor(record):
    record("Siti Rahma", serves_from=TODAY)

    with pytest.raises(operations.StartsTooEarly) as refusal:
        record("Dewi Lestari", serves_from=TODAY, succeeds=True)

    assert str(refusal.value.message).startswith("Siti Rahma menjabat sejak 20 November 2026.")


def test_a_time_that_ends_before_it_begins_is_refused(record):
    with pytest.raises(operations.PeriodReversed):
        record(serves_until=datetime.date(2023, 12, 31))


def test_an_older_version_is_refused(record, dinas_head, now, here):
    head = record()
    operations.edit_head(head=head, version=1, by=dinas_head, at=now, **(FACTS | {"name": "Siti R."}))

    with pytest.raises(LostUpdate):
        operations.edit_head(head=head, version=1, by=dinas_head, at=now, **(FACTS | {"name": "Siti Rahma, S.H."}))
    with pytest.raises(LostUpdate):
        operations.remove_head(head=head, version=1, by=dinas_head, at=now)


INSERT = (
    "INSERT INTO offices_dinashead (id, dinas_id, name, standing, serves_from, serves_until, version) "
    "VALUES (gen_random_uuid(), %s, 'x', %s, %s, %s, 1)"
)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("offices_dinashead_one_head", ("definitive", "2026-01-01", None)),
        ("offices_dinashead_one_acting", ("plh", "2026-01-01", "2026-01-01")),
        ("offices_dinashead_period", ("plt", "2020-01-02", "2020-01-01")),
        ("offices_dinashead_standing", ("raja", "2020-01-01", "2020-01-02")),
    ],
)
def test_the_database_refuses(dinas, record, constraint, values, here):
    record()
    record("Budi", standing="plt")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [dinas.pk, *values])


# Accounts ---------------------------------------------------------------------------------------------------------------------


def test_accounts_of_heads_are_offered_until_they_are_recorded(dinas, other_dinas, other_head, dinas_head, record, here):
    before = [
        (each.membership.user.name, each.standing) for each in leadership.suggestions(dinas_head, dinas, TODAY)
    ]  # other_head could leak
    record("SITI RAHMA")

    assert before == [("Siti Rahma", "definitive")]
    assert leadership.suggestions(dinas_head, dinas, TODAY) == []


def test_one_press_records_the_account(client, kota_bandung, dinas, dinas_head):
    entry = Membership.objects.get(user=dinas_head.user)
    client.force_login(dinas_head.user)
    page = client.get(kota_bandung.url("offices:dinas_heads", dinas.pk)).content.decode()

    response = client.post(kota_bandung.url("offices:dinas_head_take", dinas.pk), {"membership": entry.pk})

    assert "<b>Siti Rahma</b> adalah kepala sejak 1 Januari 2020" in page
    assert response.status_code == 302
    with mounted(kota_bandung):
        assert list(DinasHead.objects.values_list("name", "standing", "serves_from")) == [
            ("Siti Rahma", "definitive", datetime.date(2020, 1, 1))
        ]


def test_only_accounts_that_were_offered_are_recorded(client, kota_bandung, dinas, dinas_head, other_head):
    client.force_login(dinas_head.user)
    stranger = Membership.objects.get(user=other_head.user)

    client.post(kota_bandung.url("offices:dinas_head_take", dinas.pk), {"membership": stranger.pk})

    with mounted(kota_bandung):
        assert not DinasHead.objects.exists()


# Sectors ----------------------------------------------------------------------------------------------------------------------


def test_sectors_without_and_with_several_dinas_are_found(dinas, other_dinas, here):
    Dinas.objects.create(name="Dinas Kembar", sectors=["manpower", "trade"])

    found = leadership.holdings()

    assert [holding.sector for holding in leadership.vacant(found)] == ["industry", "cooperatives"]
    assert [(holding.sector, [each.name for each in holding.dinas]) for holding in leadership.shared(found)] == [
        ("manpower", ["Dinas Kembar", "Dinas Tenaga Kerja"])
    ]


def test_list_of_dinas_names_the_sectors_without_one(client, kota_bandung, dinas, other_dinas, head):
    client.force_login(head.user)

    text = client.get(kota_bandung.url("offices:dinas_list")).content.decode()

    assert "3 dari lima bidang surat edaran belum dipegang dinas mana pun:" in text
    assert "perdagangan, perindustrian, koperasi dan UKM." in text
    assert "belum tercatat" in text


# Pages ------------------------------------------------------------------------------------------------------------------------


def test_the_page_records_corrects_and_removes(client, kota_bandung, dinas, dinas_head):
    client.force_login(dinas_head.user)
    heads = kota_bandung.url("offices:dinas_heads", dinas.pk)

    client.post(heads, FORM)
    with mounted(kota_bandung):
        head = DinasHead.objects.get()
    one = kota_bandung.url("offices:dinas_head_edit", dinas.pk, head.pk)
    client.post(one, FORM | {"serves_until": "31-12-2026", "version": 1})
    with mounted(kota_bandung):
        assert DinasHead.objects.get().serves_until == datetime.date(2026, 12, 31)
    client.post(kota_bandung.url("offices:dinas_head_remove", dinas.pk, head.pk), {"version": 2})

    with mounted(kota_bandung):
        assert not DinasHead.objects.exists()


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"name": ""}, "name"),
        ({"standing": "raja"}, "standing"),
        ({"serves_from": "kemarin"}, "serves_from"),
        ({"serves_until": "2023-01-01"}, "serves_until"),
    ],
)
def test_what_is_wrong_is_said_and_typed_values_stay(client, kota_bandung, dinas, dinas_head, entry, field):
    client.force_login(dinas_head.user)

    response = client.post(kota_bandung.url("offices:dinas_heads", dinas.pk), FORM | {"name": "Nama Ketik"} | entry)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert field == "name" or "Nama Ketik" in response.content.decode()


def test_others_look_and_do_not_change(client, kota_bandung, dinas, other_head, operator):
    statuses = {}
    for name, member in (("other", other_head), ("operator", operator)):
        client.force_login(member.user)
        address = kota_bandung.url("offices:dinas_heads", dinas.pk)
        statuses[name] = (client.get(address).status_code, client.post(address, FORM).status_code)

    assert statuses == {"other": (200, 403), "operator": (200, 403)}


def test_a_head_of_another_dinas_is_not_reached_through_this_one(client, kota_bandung, dinas, other_dinas, head, record):
    there = record("Milik Lain", of=other_dinas)
    client.force_login(head.user)

    assert client.get(kota_bandung.url("offices:dinas_head_edit", dinas.pk, there.pk)).status_code == 404


def test_another_governments_heads_are_not_shown(client, kota_bandung, kota_cimahi, dinas, head):
    with mounted(kota_cimahi):
        twin = Dinas.objects.create(pk=dinas.pk, name="Dinas Kembar")
        DinasHead.objects.create(dinas=twin, name="Kepala Kecapi", serves_from=EARLIER)  # could leak
    client.force_login(head.user)

    for name in ("dinas_heads", "dinas_history", "dinas_detail"):
        assert "Kecapi" not in client.get(kota_bandung.url(f"offices:{name}", dinas.pk)).content.decode()


def test_history_of_a_dinas_tells_its_heads(client, kota_bandung, dinas, dinas_head, record):
    with mounted(kota_bandung):
        record()
        connection.check_constraints()
    client.force_login(dinas_head.user)

    text = client.get(kota_bandung.url("offices:dinas_history", dinas.pk)).content.decode()

    assert "Siti Rahma" in text
    assert "2 Januari 2024" in text


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_heads_costs_the_same_for_each_length(client, kota_bandung, dinas, dinas_head, record, query_count, count):
    for year in range(count):
        record(serves_from=datetime.date(2020 + year, 1, 1), serves_until=datetime.date(2020 + year, 12, 31))
    client.force_login(dinas_head.user)

    with query_count(11):
        client.get(kota_bandung.url("offices:dinas_heads", dinas.pk))


# A race -----------------------------------------------------------------------------------------------------------------------


def test_of_two_heads_at_once_one_is_recorded(kota_cimahi, make_member, now):
    def committed(work):
        with mounted(kota_cimahi):
            return work()

    made = elsewhere(committed, lambda: Dinas.objects.create(name=f"Dinas {uuid.uuid4()}"))
    member = Member(user=User(pk=1, name="Siti"), tenant=kota_cimahi)
    barrier, outcomes = threading.Barrier(2), []

    def attempt(name):
        barrier.wait(timeout=10)
        try:
            committed(lambda: operations.record_head(dinas=made, by=member, at=now, **(FACTS | {"name": name})))
        except operations.TwoHeads:
            outcomes.append("refused")
        else:
            outcomes.append("recorded")

    threads = [threading.Thread(target=elsewhere, args=(attempt, name)) for name in "AB"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    elsewhere(committed, lambda: made.delete())

    assert sorted(outcomes) == ["recorded", "refused"]
