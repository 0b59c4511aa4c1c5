"""What the database itself refuses of guides, by raw SQL."""

import json

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from guides.models import CareContact, GuideVersion
from tenants.context import as_ministry, as_owner, as_public, mounted

INSERT = """
INSERT INTO guides_guideversion (id, guide, number, title, lead, steps, change, published_at, published_by_name, version)
VALUES (gen_random_uuid(), 'email', %s, 'Judul', '', %s, '', %s, '', 1)
"""
MOMENT = "2026-11-23 03:00+00"
ONE = json.dumps([{"title": "a", "text": ""}])


def run(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


@pytest.mark.parametrize(
    ("constraint", "rows"),
    [
        ("guides_guideversion_number_once", [(1, ONE, MOMENT), (1, ONE, MOMENT)]),
        ("guides_guideversion_one_draft", [(None, ONE, None), (None, ONE, None)]),
        ("guides_guideversion_published", [(1, ONE, None)]),
        ("guides_guideversion_published", [(None, ONE, MOMENT)]),
        ("guides_guideversion_steps", [(1, "[]", MOMENT)]),
        ("guides_guideversion_steps", [(None, '{"title": "a"}', None)]),
    ],
)
def test_edition_that_cannot_be_is_refused(db, constraint, rows):
    with as_ministry():
        for row in rows[:-1]:
            run(INSERT, *row)
        with pytest.raises(IntegrityError, match=constraint):
            run(INSERT, *rows[-1])


@pytest.mark.parametrize("sql", ["UPDATE guides_guideversion SET title = 'x'", "DELETE FROM guides_guideversion"])
@pytest.mark.parametrize("who", [as_ministry, as_owner])
def test_published_edition_is_fixed_whoever_asks(publish, sql, who):
    publish()

    with who(), pytest.raises(DatabaseError, match="a published edition is fixed"):
        run(sql)

    assert GuideVersion.objects.get().title == "Membuat akun"


@pytest.mark.parametrize("sql", ["UPDATE guides_carecontact SET phone = 'x'", "DELETE FROM guides_carecontact"])
def test_contact_is_never_rewritten(first_editions, sql):
    with as_owner(), pytest.raises(DatabaseError):
        run(sql)

    assert CareContact.objects.get().phone == "021-25541246"


def test_drafts_are_the_ministrys_alone(publish, write, kota_bandung):
    publish(title="Terbit")
    write(title="Rahasia")  # could leak

    with as_public():
        public = list(GuideVersion.objects.values_list("title", flat=True))
    with mounted(kota_bandung):
        government = list(GuideVersion.objects.values_list("title", flat=True))
        with pytest.raises(DatabaseError):
            run("UPDATE guides_guideversion SET title = 'x' WHERE number IS NULL")

    assert (public, government) == (["Terbit"], ["Terbit"])
