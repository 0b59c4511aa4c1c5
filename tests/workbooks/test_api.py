"""The workbook through the REST interface and the command: the same operations."""

import datetime
import io
import uuid

import pytest
from django.core.management import CommandError, call_command

from accounts import keys
from equipment.models import Item
from tenants.context import as_owner, mounted
from workbooks import jobs
from workbooks.writing import MEDIA_TYPE

pytestmark = pytest.mark.django_db
SCOPES = ["workbooks.export", "workbooks.import", "offices.edit", "layout.edit", "equipment.edit"]


@pytest.fixture
def call(client, kota_bandung, head, now, time_machine):
    """``call(method, path, **given)`` as a program of Kota Bandung whose key reaches as far as SCOPES."""
    time_machine.move_to(now)
    expires = now + datetime.timedelta(days=90)
    with as_owner():
        _key, secret = keys.issue(tenant=kota_bandung, name="Sinkronisasi", scopes=SCOPES, expires_at=expires, by=head, at=now)

    def act(method, path, **given):
        return getattr(client, method)(f"/api/v1/kota-bandung/{path}", headers={"authorization": f"Bearer {secret}"}, **given)

    return act


def test_program_brings_looks_and_applies(call, furnished, fill, kota_bandung, now):
    got = call("get", f"offices/{furnished.pk}/workbook")
    book = fill(got.content).set("Inventaris", 3, Keterangan="dari program")

    made = call("post", f"offices/{furnished.pk}/workbook?name=b.xlsx", data=book.bytes(), content_type=MEDIA_TYPE)
    run = made.json()
    assert (got.status_code, made.status_code, run["state"]) == (200, 201, "received")
    assert jobs.checked(kota_bandung, pk_of(made), at=now) == "checked"
    rows = call("get", f"imports/{run['id']}/rows?action=change").json()
    answer = call("post", f"imports/{run['id']}/application")
    assert jobs.applied(kota_bandung, pk_of(made), at=now) == "applied"

    assert [row["changes"] for row in rows["results"]] == [
        [{"heading": "Keterangan", "before": "kosong", "after": "dari program"}]
    ]
    assert (answer.json()["state"], call("get", f"imports/{run['id']}").json()["state"]) == ("applying", "applied")
    with mounted(kota_bandung):
        assert Item.objects.filter(note="dari program").count() == 1


def pk_of(response):
    return uuid.UUID(response.json()["id"])


def test_key_gets_the_sheets_of_its_scopes(call, furnished, fill):
    book = fill(call("get", f"offices/{furnished.pk}/workbook").content)

    assert book.book.sheetnames == [
        "Petunjuk", "Kantor", "Jam layanan", "Hari khusus", "Ruang", "Meja", "Inventaris", "_pilihan", "_loket",
    ]  # fmt: skip


def test_wrong_file_and_wrong_type_are_problems(call, furnished):
    path = f"offices/{furnished.pk}/workbook"

    found = [
        call("post", f"{path}?name=b.xlsx", data=b"Nama;Alamat", content_type=MEDIA_TYPE),
        call("post", path, data=b"x", content_type=MEDIA_TYPE),
        call("post", f"{path}?name=b.xlsx", data=b"{}", content_type="application/json"),
    ]

    assert [(each.status_code, each.json()["code"]) for each in found] == [
        (422, "not-a-workbook"), (400, "invalid"), (415, "unsupported-media-type"),
    ]  # fmt: skip


def test_command_says_and_then_does(furnished, kota_bandung, dinas_head, tmp_path, fill):
    file, who = tmp_path / "b.xlsx", {"government": "kota-bandung", "office": str(furnished.pk), "email": dinas_head.user.email}
    call_command("workbook", "export", str(file), stdout=io.StringIO(), **who)
    file.write_bytes(fill(file.read_bytes()).set("Inventaris", 3, Keterangan="dari perintah").bytes())

    tried, done = io.StringIO(), io.StringIO()
    call_command("workbook", "import", str(file), dry_run=True, stdout=tried, **who)
    with mounted(kota_bandung):
        before = Item.objects.filter(note="dari perintah").count()
    call_command("workbook", "import", str(file), stdout=done, **who)

    assert "Inventaris: 0 baru, 1 berubah, 0 dihapus, 0 salah, 2 tetap" in tried.getvalue()
    assert "Diterapkan: 1 perubahan." in done.getvalue()
    with mounted(kota_bandung):
        assert (before, Item.objects.filter(note="dari perintah").count()) == (0, 1)


def test_command_refuses_who_may_not(furnished, other_head, tmp_path):
    with pytest.raises(CommandError, match="tidak berwenang"):
        call_command(
            "workbook", "export", str(tmp_path / "b.xlsx"), government="kota-bandung", office=str(furnished.pk),
            email=other_head.user.email,
        )  # fmt: skip
