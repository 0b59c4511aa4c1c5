"""The photograph of an office: kept small, served once and for all, nobody else's."""

import datetime
import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from PIL import Image

from audit.models import Event
from offices import operations, operations_photo
from offices.models import Office, OfficePhoto
from tenants.context import mounted
from tests.offices.conftest import OPENED

TODAY = datetime.date(2026, 11, 20)


def picture(colour=(200, 30, 30), kind="JPEG"):
    target = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(target, kind)
    return target.getvalue()


def upload(content=None, name="depan.jpg"):
    return {"photo": SimpleUploadedFile(name, picture() if content is None else content)}


@pytest.fixture
def signed_in(client, dinas_head):
    client.force_login(dinas_head.user)
    return client


def kept(tenant):
    with mounted(tenant):
        return OfficePhoto.objects.first()


def test_a_photograph_is_kept_shown_and_taken_away(signed_in, kota_bandung, office):
    address = kota_bandung.url("offices:photo", office.pk)

    assert signed_in.post(address, upload()).status_code == 302
    photo = kept(kota_bandung)
    file = kota_bandung.url("offices:photo_file", office.pk, photo.sha256)
    assert file in signed_in.get(kota_bandung.url("offices:detail", office.pk)).content.decode()
    signed_in.post(kota_bandung.url("offices:photo_remove", office.pk))

    assert photo.sha256 == hashlib.sha256(bytes(photo.content)).hexdigest()
    assert kept(kota_bandung) is None
    assert signed_in.get(file).status_code == 404


def test_the_file_is_served_once_and_for_all(signed_in, kota_bandung, office):
    signed_in.post(kota_bandung.url("offices:photo", office.pk), upload())
    sha256 = kept(kota_bandung).sha256

    response = signed_in.get(kota_bandung.url("offices:photo_file", office.pk, sha256))
    known = signed_in.get(
        kota_bandung.url("offices:photo_file", office.pk, sha256), headers={"If-None-Match": response["ETag"]}
    )

    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response["ETag"] == f'"{sha256}"'
    assert (known.status_code, known.content) == (304, b"")
    assert signed_in.get(kota_bandung.url("offices:photo_file", office.pk, "0" * 64)).status_code == 404


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "Pilih dahulu fotonya."),
        (upload(b""), "Berkas ini kosong. Pilih foto yang lain."),
        (upload(b"%PDF-1.7"), "Berkas ini bukan foto yang dapat dibaca."),
        (upload(b"\0\0\0\x18ftypheic\0\0\0\0"), "Foto HEIC dari iPhone belum dapat dibaca."),
        (upload(picture()[:300]), "Foto ini rusak atau terpotong"),
        (upload(b"\0" * (8 * 1024 * 1024 + 1)), "Berkas foto lebih besar dari 8 MB."),
    ],
)
def test_a_bad_photograph_is_refused_in_words(signed_in, kota_bandung, office, files, said):
    response = signed_in.post(kota_bandung.url("offices:photo", office.pk), files)

    assert (response.status_code, kept(kota_bandung)) == (422, None)
    assert response.context["form"].errors["photo"][0].startswith(said)


def test_the_same_photograph_again_changes_nothing(office, dinas_head, now, here):
    first = operations_photo.set_photo(office=office, content=picture(), by=dinas_head, at=now)
    again = operations_photo.set_photo(office=office, content=picture(), by=dinas_head, at=now + datetime.timedelta(days=1))
    other = operations_photo.set_photo(office=office, content=picture((0, 0, 9)), by=dinas_head, at=now)

    assert (first.added_at, again.sha256) == (again.added_at, first.sha256)
    assert other.sha256 != first.sha256
    assert OfficePhoto.objects.count() == 1


def test_a_closed_office_gets_no_new_photograph(office, dinas_head, now, here):
    operations.close_office(office=office, closed_on=TODAY, closed_reason="Pindah", version=1, by=dinas_head, at=now)

    with pytest.raises(operations.OfficeClosed):
        operations_photo.set_photo(office=office, content=picture(), by=dinas_head, at=now)


@pytest.mark.parametrize(
    ("constraint", "content", "digest"),
    [
        ("offices_officephoto_is_its_hash", b"x", "0" * 64),
        ("offices_officephoto_size", b"x" * (200 * 1024 + 1), hashlib.sha256(b"x" * (200 * 1024 + 1)).hexdigest()),
    ],
)
def test_the_database_keeps_no_other_photograph(office, here, constraint, content, digest):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO offices_officephoto (office_id, content, sha256, width, height, added_at) "
            "VALUES (%s, %s, %s, 1, 1, now())",
            [office.pk, content, digest],
        )


def test_pictures_are_not_in_the_trail(office, dinas_head, now, here):
    noise = Image.effect_noise((1000, 700), 90)
    target = io.BytesIO()
    noise.save(target, "JPEG")
    operations_photo.set_photo(office=office, content=target.getvalue(), by=dinas_head, at=now)
    connection.check_constraints()

    (event,) = Event.objects.filter(table_name="offices_officephoto")
    assert event.after["content"].startswith("sha256:")


def test_others_see_the_photograph_and_do_not_change_it(client, kota_bandung, office, dinas_head, other_head, now):
    with mounted(kota_bandung):
        photo = operations_photo.set_photo(office=office, content=picture(), by=dinas_head, at=now)
    client.force_login(other_head.user)

    assert client.get(kota_bandung.url("offices:photo_file", office.pk, photo.sha256)).status_code == 200
    assert client.post(kota_bandung.url("offices:photo", office.pk), upload()).status_code == 403
    assert client.post(kota_bandung.url("offices:photo_remove", office.pk)).status_code == 403
    assert kept(kota_bandung) is not None


def test_another_governments_photograph_is_not_reached(client, kota_bandung, kota_cimahi, office, head, make_member, now):
    there = make_member(kota_cimahi, "government_head")
    with mounted(kota_cimahi):
        dinas = office.dinas.__class__.objects.create(name="Dinas Kecapi")
        twin = Office.objects.create(pk=office.pk, dinas=dinas, name="Loket Kecapi", address="x", opened_on=OPENED)
        photo = operations_photo.set_photo(office=twin, content=picture(), by=there, at=now)
    client.force_login(head.user)

    assert client.get(kota_bandung.url("offices:photo_file", office.pk, photo.sha256)).status_code == 404
