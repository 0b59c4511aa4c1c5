"""Whatever text, date and number stands in the database: written and read back, it plans nothing."""

import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from equipment.models import Item
from offices.models import Office, Room
from staffing.models import Staff
from tenants.context import mounted
from workbooks import planning, writing

pytestmark = pytest.mark.django_db
BEGINNINGS = some.sampled_from(
    ["", "=", "+", "-", "@", "\t", "\r", "'", "=cmd|' /C calc'!A0", "_x000D_", " ", "0", "1e5", "\x01"]
)
ANY = some.text(some.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=40)
TEXT = some.builds(lambda begin, rest: (begin + rest)[:80], BEGINNINGS, ANY)
NAME = TEXT.filter(lambda text: planning.one_line(text))
DAY = some.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31))


class Undone(Exception):
    pass


@settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(name=NAME, note=TEXT, address=NAME, bring=TEXT, code=TEXT, phone=TEXT, day=DAY, year=some.integers(1950, 2100))
def test_whatever_stands_there_comes_back_unchanged(
    furnished, place, dinas_head, kota_bandung, now, name, note, address, bring, code, phone, day, year
):
    with mounted(kota_bandung):
        try:
            with transaction.atomic():
                Office.objects.filter(pk=furnished.pk).update(name=name, address=address, bring=bring, opened_on=day)
                Room.objects.filter(name="Ruang Belajar").update(name=f"R {note}"[:80], note=note)
                Item.objects.filter(name="Acer A5").update(
                    name=name, note=note, item_code=code[:30], register_number=phone[:20], year=year
                )
                Staff.objects.update(name=name, position=note, phone=phone[:30], serves_from=day)
                scope = place(Office.objects.get(pk=furnished.pk))
                content = writing.workbook(scope, by=dinas_head, at=now)

                found = planning.plan(content, scope, by=dinas_head)

                assert [(each.row.sheet, each.changes, each.faults) for each in found.rows] == []
                raise Undone
        except Undone:
            pass
