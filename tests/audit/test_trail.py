import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Event, Head
from audit.operations import reason
from offices.models import Dinas
from tenants.context import acting, as_owner, as_public, mounted
from tests.committed import elsewhere, throwaway


def settle():
    """What a commit does with the deferred triggers."""
    connection.check_constraints()


def events(*fields):
    settle()
    return list(Event.objects.order_by("sequence").values_list(*fields))


@pytest.fixture
def bandung(kota_bandung):
    with mounted(kota_bandung):
        yield kota_bandung


def test_insert_update_and_delete_of_the_orm_are_recorded(bandung):
    dinas = Dinas.objects.create(name="Dinas Pisang")
    settle()
    dinas.name = "Dinas Durian"
    dinas.save()
    settle()
    key = str(dinas.pk)
    dinas.delete()

    assert events("table_name", "row_id", "action", "before__name", "after__name") == [
        ("offices_dinas", key, "I", None, "Dinas Pisang"),
        ("offices_dinas", key, "U", "Dinas Pisang", "Dinas Durian"),
        ("offices_dinas", key, "D", "Dinas Durian", None),
    ]


def test_bulk_changes_are_recorded_row_by_row(bandung):
    Dinas.objects.bulk_create([Dinas(name="Dinas A"), Dinas(name="Dinas B")])
    settle()
    Dinas.objects.update(sectors=["trade"])
    settle()
    Dinas.objects.all().delete()

    changes = sorted(events("action", "after__name", "after__sectors"), key=str)
    assert changes == [
        ("D", None, None),
        ("D", None, None),
        ("I", "Dinas A", []),
        ("I", "Dinas B", []),
        ("U", "Dinas A", ["trade"]),
        ("U", "Dinas B", ["trade"]),
    ]


def test_raw_sql_is_recorded(bandung):
    Dinas.objects.create(name="Dinas Pisang")
    settle()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE offices_dinas SET name = 'Dinas Gelap'")
        settle()
        cursor.execute("DELETE FROM offices_dinas")

    assert events("action", "after__name") == [("I", "Dinas Pisang"), ("U", "Dinas Gelap"), ("D", None)]


def test_saving_without_a_change_records_nothing(bandung):
    dinas = Dinas.objects.create(name="Dinas Pisang")
    settle()
    dinas.save()

    assert events("action") == [("I",)]


def test_event_says_who_as_what_why_and_from_which_request(bandung):
    with acting(id=17, name="Ibu Sari", role="dinas_head", request="r-1"):
        reason("salah ketik")
        Dinas.objects.create(name="Dinas Pisang")
        recorded = events("actor_id", "actor_name", "actor_role", "request_id", "reason")

    assert recorded == [(17, "Ibu Sari", "dinas_head", "r-1", "salah ketik")]


def test_actor_of_one_block_does_not_stay_for_the_next(bandung):
    with acting(id=17, name="Ibu Sari"):
        Dinas.objects.create(name="Dinas A")
        settle()
    Dinas.objects.create(name="Dinas B")

    assert events("after__name", "actor_id") == [("Dinas A", 17), ("Dinas B", None)]


def test_overlong_actor_is_cut_and_stops_no_write(bandung):
    with acting(id=1, name="x" * 500, role="y" * 500, request="z" * 500):
        Dinas.objects.create(name="Dinas A")
        settle()

    event = Event.objects.get()
    assert [len(event.actor_name), len(event.actor_role), len(event.request_id)] == [200, 64, 64]


def test_secrets_are_recorded_as_changed_but_not_shown(db):
    user = User.objects.create(email="sari@contoh.test", name="Sari", password="rahasia-lama")
    settle()
    with as_owner():
        before = Event.objects.count()
        User.objects.filter(pk=user.pk).update(password="rahasia-baru")
        settle()
        User.objects.filter(pk=user.pk).update(last_login=timezone.now())
        settle()
        recorded = list(Event.objects.order_by("sequence")[before:].values_list("before", "after"))

    assert [(old["password"], new["password"]) for old, new in recorded] == [("***", "*** (new)")]
    assert "rahasia" not in str(recorded)
    assert "last_login" not in str(recorded)


def test_long_values_are_kept_as_their_digest(bandung):
    with as_owner(bandung.schema_name), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE big (id int PRIMARY KEY, note text, content bytea)")
        cursor.execute(
            "CREATE CONSTRAINT TRIGGER audit_record AFTER INSERT ON big DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION public.audit_record('id')"
        )
        cursor.execute("INSERT INTO big VALUES (1, 'catatan', decode(repeat('ab', 50000), 'hex'))")
        settle()
        after = Event.objects.get(table_name="big").after

    assert (after["id"], after["note"]) == (1, "catatan")
    assert after["content"].startswith("sha256:")
    assert len(after["content"]) == 71


def test_head_stands_at_the_end_of_the_chain_and_is_closed(bandung):
    Dinas.objects.bulk_create(Dinas(name=f"Dinas {number}") for number in range(50))
    settle()
    last = Event.objects.order_by("sequence").last()

    with as_owner():
        head = Head.objects.get(schema_name="kota_bandung")
    assert (head.sequence, head.digest, head.is_open) == (last.sequence, last.digest, False)


def test_tenants_role_reads_its_trail_and_cannot_write_it(bandung):
    Dinas.objects.create(name="Dinas Pisang")
    settle()
    for statement in (
        "INSERT INTO audit_event (sequence) VALUES (99)",
        "UPDATE audit_event SET actor_name = 'orang lain'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "UPDATE public.audit_head SET sequence = 0",
        "SELECT * FROM public.audit_head",
        "SELECT * FROM public.audit_event",
        "SELECT public.audit_digest('', 1, now(), '', '', '', NULL, NULL, 1, '', '', '', '')",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)

    assert Event.objects.count() == 1


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET reason = ''", "DELETE FROM audit_event", "TRUNCATE audit_event"])
def test_trail_is_append_only_even_for_the_owner(bandung, statement):
    Dinas.objects.create(name="Dinas Pisang")
    settle()

    refused = pytest.raises(DatabaseError, match=r"append-only|cannot be emptied")
    with as_owner(bandung.schema_name), refused, transaction.atomic():
        connection.cursor().execute(statement)


def test_audited_table_cannot_be_emptied_unseen(bandung):
    with as_owner(bandung.schema_name), pytest.raises(DatabaseError, match="cannot be emptied"), transaction.atomic():
        connection.cursor().execute("TRUNCATE offices_dinas CASCADE")


def test_public_role_cannot_forge_a_trail(db):
    with as_public(), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("INSERT INTO audit_event (sequence) VALUES (1)")


def test_broken_trail_saves_nothing(db):
    def sabotage(tenant):
        with as_owner(tenant.schema_name):
            connection.cursor().execute("ALTER TABLE audit_event ADD CONSTRAINT never CHECK (false) NOT VALID")

    def write(tenant):
        with mounted(tenant), transaction.atomic():
            Dinas.objects.create(name="Dinas Pisang")

    def count(tenant):
        with mounted(tenant):
            return Dinas.objects.count()

    with throwaway() as tenant:
        elsewhere(sabotage, tenant)

        with pytest.raises(DatabaseError, match="never"):
            elsewhere(write, tenant)

        assert elsewhere(count, tenant) == 0


def test_chain_stays_whole_when_two_write_at_once(db):
    barrier = threading.Barrier(2)

    def write(tenant, letter):
        with mounted(tenant):
            for number in range(20):
                barrier.wait(timeout=20)
                with transaction.atomic():
                    Dinas.objects.create(name=f"Dinas {letter}{number}")

    def sequences(tenant):
        with mounted(tenant):
            return list(Event.objects.values_list("sequence", flat=True))

    with throwaway() as tenant:
        threads = [threading.Thread(target=elsewhere, args=(write, tenant, letter)) for letter in "ab"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert elsewhere(sequences, tenant) == list(range(1, 41))
