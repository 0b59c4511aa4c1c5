"""What reading and checking a workbook costs: queries that do not grow with its rows."""

import pytest

from equipment import operations as equipment
from tenants.context import mounted
from workbooks import planning, writing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [1, 30])
def test_export_and_plan_cost_the_same_for_many(
    number, furnished, place, dinas_head, kota_bandung, now, django_assert_num_queries
):
    with mounted(kota_bandung):
        equipment.add(office=furnished, kind="chair", name="Kursi", count=number, by=dinas_head, at=now)
        scope = place(furnished)
        with django_assert_num_queries(9):
            content = writing.workbook(scope, by=dinas_head, at=now)
        with django_assert_num_queries(9):
            planning.plan(content, scope, by=dinas_head)
