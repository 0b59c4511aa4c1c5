"""The public page behind the QR code."""

import re

import pytest
from django.db import connection

from tenants.urls import root_url


@pytest.fixture
def entry(publish, acknowledged, head):
    return acknowledged(publish(), head)


def page_of(client, code):
    return client.get(root_url("circulars:confirm", code))


def said(response) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", response.content.decode())


def test_confirms_what_the_receipt_says_and_nothing_else(client, entry):
    response = page_of(client, entry.code)

    page = response.content.decode()
    values = [" ".join(re.sub(r"<[^>]+>", " ", value).split()) for value in re.findall(r"<dd>(.*?)</dd>", page, re.DOTALL)]
    assert values == [
        "Kota Bandung",
        "100/1/SJ",
        "Pelayanan percobaan",
        "1",
        entry.circular_sha256,
        entry.name,
        "Wali Kota Bandung",
        "23 November 2026 10.00 WIB",
        "23 November 2026 03.00 UTC",
        "cocok",
    ]
    assert set(re.findall(r'<a [^>]*href="([^"]*)"', page)) == {"#isi", "/"}
    for secret in (str(entry.pk), str(entry.delivery_id), entry.seal, head_email(entry)):
        assert secret not in page


def head_email(entry):
    from accounts.models import User

    return User.objects.get(pk=entry.user_id).email


def test_is_not_for_search_engines(client, entry):
    response = page_of(client, entry.code)

    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "change",
    [
        "name = 'Orang Lain'",
        "government = 'Kota Cimahi'",
        "acknowledged_at = now()",
        "statement = ''",
        "seal = repeat('0', 64)",
    ],
)
def test_tampered_row_does_not_match(client, entry, change):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"UPDATE circulars_acknowledgement SET {change} WHERE id = %s", [entry.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")

    text = said(page_of(client, entry.code))

    assert "Tidak cocok" in text
    assert "Orang Lain" not in text
    assert "Tanda terima ini benar" not in text


@pytest.mark.parametrize("code", ["tidak-ada", "x" * 43, "<script>", "%00", "' OR 1=1 --", "é" * 43, "x" * 5000])
def test_unknown_code_is_not_found_with_a_sentence(client, entry, code):
    response = page_of(client, code)

    assert response.status_code == 404
    assert "Tidak ada tanda terima dengan alamat ini." in said(response)
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_too_many_questions_are_sent_away(client, entry, settings):
    settings.API_RATES = {**settings.API_RATES, "address": 2}

    statuses = [page_of(client, entry.code).status_code for _ in range(3)]

    assert statuses == [200, 200, 429]
