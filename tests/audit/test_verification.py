import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit import verification
from audit.models import Event
from offices.models import Dinas
from tenants.context import as_owner, mounted

FIELDS = "at, table_name, row_id, action, before, after, actor_id, actor_name, actor_role, request_id, reason"


def tamper(schema, *statements):
    """Change the trail as somebody who runs the database can: with the triggers switched off."""
    with as_owner(schema), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER append_only")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER append_only")


def faults(schema, known=None):
    return next(verification.verify([schema], known=known)).faults


@pytest.fixture
def bandung(kota_bandung):
    """Kota Bandung with six events."""
    with mounted(kota_bandung):
        for name in ("A", "B", "C", "D", "E", "F"):
            Dinas.objects.create(name=f"Dinas {name}")
            connection.check_constraints()
    return kota_bandung.schema_name


def test_untouched_trail_is_whole(bandung):
    finding = next(verification.verify([bandung]))

    assert (finding.events, finding.faults) == (6, [])


def test_changed_event_is_found(bandung):
    tamper(bandung, "UPDATE audit_event SET actor_name = 'orang lain' WHERE sequence = 3")

    assert faults(bandung) == ["peristiwa 3 diubah"]


def test_changed_event_with_a_new_digest_is_found(bandung):
    tamper(
        bandung,
        "UPDATE audit_event SET actor_name = 'orang lain' WHERE sequence = 3",
        f"UPDATE audit_event SET digest = public.audit_digest(previous, sequence, {FIELDS}) WHERE sequence = 3",
    )

    assert faults(bandung) == ["peristiwa 4 tidak menyambung dengan yang sebelumnya (disisipkan atau dipindahkan)"]


def test_removed_event_is_found(bandung):
    tamper(bandung, "DELETE FROM audit_event WHERE sequence = 3")

    assert faults(bandung) == ["peristiwa sebelum 4 hilang"]


def test_inserted_event_is_found(bandung):
    columns = f"{FIELDS}, previous, digest"
    tamper(
        bandung,
        "UPDATE audit_event SET sequence = sequence + 100 WHERE sequence > 3",
        "UPDATE audit_event SET sequence = sequence - 99 WHERE sequence > 100",
        f"INSERT INTO audit_event (sequence, {columns}) SELECT 4, {columns} FROM audit_event WHERE sequence = 3",
    )

    assert faults(bandung)[0] == "peristiwa 4 diubah"


def test_events_in_another_order_are_found(bandung):
    tamper(
        bandung,
        "UPDATE audit_event SET sequence = 1000 WHERE sequence = 3",
        "UPDATE audit_event SET sequence = 3 WHERE sequence = 4",
        "UPDATE audit_event SET sequence = 4 WHERE sequence = 1000",
    )

    assert faults(bandung)[:2] == ["peristiwa 3 diubah", "peristiwa 4 diubah"]


def test_cut_tail_is_found_also_after_further_events(bandung, kota_bandung):
    tamper(bandung, "DELETE FROM audit_event WHERE sequence > 4")

    assert faults(bandung) == ["2 peristiwa terakhir dipotong"]

    with mounted(kota_bandung):
        Dinas.objects.create(name="Dinas Sesudahnya")
        connection.check_constraints()

    assert faults(bandung) == ["peristiwa sebelum 7 hilang"]


def test_emptied_trail_is_found(bandung):
    tamper(bandung, "DELETE FROM audit_event")

    assert faults(bandung) == ["6 peristiwa terakhir dipotong"]


def test_event_written_past_the_trigger_is_found(bandung):
    tamper(
        bandung,
        f"INSERT INTO audit_event (sequence, {FIELDS}, previous, digest) SELECT 7, {FIELDS}, digest, "
        f"public.audit_digest(digest, 7, {FIELDS}) FROM audit_event WHERE sequence = 6",
    )

    assert faults(bandung) == ["1 peristiwa terakhir tidak ditulis oleh pemicu"]


def test_trail_that_is_gone_is_found(bandung):
    with as_owner(bandung):
        connection.cursor().execute("DROP TABLE audit_event")

    assert faults(bandung) == ["jejak audit skema ini hilang seluruhnya"]


def test_rewritten_chain_is_found_by_heads_kept_elsewhere(bandung):
    known = verification.heads()[bandung]
    tamper(bandung, "DELETE FROM audit_event")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_head SET sequence = 0, digest = '' WHERE schema_name = %s", [bandung])

    assert faults(bandung) == []
    assert faults(bandung, {bandung: known}) == ["peristiwa 6 bukan lagi yang tercatat pada daftar kepala rantai"]


@pytest.mark.parametrize(
    ("statement", "trigger", "table"),
    [
        ("ALTER TABLE offices_dinas DISABLE TRIGGER audit_record", "audit_record", "offices_dinas"),
        ("DROP TRIGGER append_only ON audit_event", "append_only", "audit_event"),
    ],
)
def test_disabled_trigger_is_found(bandung, statement, trigger, table):
    with as_owner(bandung):
        connection.cursor().execute(statement)

    assert faults(bandung) == [f"pemicu {trigger} pada tabel {table} tidak ada atau dimatikan"]


def test_command_counts_and_passes_when_all_is_whole(bandung, capsys):
    call_command("audit", "verify")

    assert capsys.readouterr().out.endswith("skema diperiksa; semuanya utuh.\n")


def test_command_names_the_fault_and_fails(bandung, capsys):
    tamper(bandung, "UPDATE audit_event SET actor_name = 'orang lain' WHERE sequence = 3")

    with pytest.raises(CommandError, match=r"^6 peristiwa dalam 1 skema diperiksa; 1 skema bermasalah") as failure:
        call_command("audit", "verify", "--schema", bandung)

    assert failure.value.returncode == 1
    assert capsys.readouterr().err == "kota_bandung: peristiwa 3 diubah\n"


def test_command_takes_the_heads_of_an_earlier_day(bandung, tmp_path, capsys):
    call_command("audit", "heads")
    kept = capsys.readouterr().out
    file = tmp_path / "heads.json"
    file.write_text(json.dumps(json.loads(kept) | {bandung: [6, "0" * 64]}))

    with pytest.raises(CommandError, match="1 skema bermasalah"):
        call_command("audit", "verify", "--schema", bandung, "--heads", str(file))

    assert capsys.readouterr().err == "kota_bandung: peristiwa 6 bukan lagi yang tercatat pada daftar kepala rantai\n"


def test_command_refuses_a_schema_it_does_not_know(db):
    with pytest.raises(CommandError, match="Skema tidak dikenal: kota_atlantis"):
        call_command("audit", "verify", "--schema", "kota_atlantis")


# A schema from a backup ------------------------------------------------------------------------------------------------------


@pytest.fixture
def restored(bandung):
    """As after a restore: the last two events are not there, the head is."""
    tamper(bandung, "DELETE FROM audit_event WHERE sequence > 4")
    return bandung


def test_trail_of_a_restored_schema_goes_on_and_says_so(restored, kota_bandung, capsys):
    head = verification.heads()[restored]
    call_command("audit", "restored", restored, "--reason", "Cadangan 21 November, berita acara 12")
    with mounted(kota_bandung):
        Dinas.objects.create(name="Dinas Sesudahnya")
        connection.check_constraints()
        event = Event.objects.get(table_name="audit_head")

    assert capsys.readouterr().out == (
        "Jejak audit kota_bandung berlanjut dari cadangan; 2 peristiwa setelahnya tidak ada lagi.\n"
    )
    assert next(verification.verify([restored])).faults == []
    assert (event.sequence, event.reason) == (5, "Cadangan 21 November, berita acara 12")
    assert event.before == {"schema_name": restored, "sequence": head.sequence, "digest": head.digest}
    assert event.after["sequence"] == 4


def test_heads_kept_elsewhere_still_tell_of_the_restore(restored):
    known = verification.heads()
    call_command("audit", "restored", restored, "--reason", "-")

    assert faults(restored, known) == ["peristiwa 6 bukan lagi yang tercatat pada daftar kepala rantai"]


def test_whole_trail_has_nothing_to_accept(bandung):
    with pytest.raises(CommandError, match="tidak berakhir lebih awal"):
        call_command("audit", "restored", bandung, "--reason", "-")


def test_broken_trail_is_not_accepted_as_restored(restored):
    tamper(restored, "UPDATE audit_event SET actor_name = 'orang lain' WHERE sequence = 2")

    with pytest.raises(CommandError, match="rusak di tempat lain"):
        call_command("audit", "restored", restored, "--reason", "-")

    assert len(faults(restored)) == 2


def test_schema_that_was_put_aside_is_nobodys_trail(bandung):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA kota_bandung_lama")
        cursor.execute("CREATE TABLE kota_bandung_lama.audit_event AS TABLE kota_bandung.audit_event")

        assert "kota_bandung_lama" not in verification.schemas()
