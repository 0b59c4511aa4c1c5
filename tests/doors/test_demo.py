"""The demonstration, loaded into the governments of the test database."""

import datetime

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import Membership, User
from circulars.models import Acknowledgement, Circular, Delivery
from offices.models import Dinas, Office
from oversight import rollup
from oversight.demo import cast, loading, places
from oversight.models import OfficeStatus
from portal.models import Mail
from staffing.models import Duty
from tenants import regions
from tenants.context import as_owner, mounted
from tenants.models import Tenant
from tests.conftest import NOW


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Loaded once for all tests of this module, which take back what they change themselves."""
    with django_db_blocker.unblock(), transaction.atomic():
        with as_owner():
            # The governments of the cast; schemas have those that the test database has.
            regions.load({seat.slug for account in cast.ACCOUNTS for seat in account.seats})
        loading.load(at=NOW, tell=lambda text: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def bandung(demo):
    return Tenant.objects.select_related("parent").get(slug="kota-bandung")


def load_again(later: datetime.timedelta) -> None:
    loading.load(at=NOW + later, tell=lambda text: None)


def test_everybody_of_the_cast_can_sign_in(demo):
    users = {user.email: user for user in User.objects.all()}

    assert {account.email for account in cast.ACCOUNTS} <= set(users)
    assert check_password(cast.PASSWORD, users["walikota@bandung.contoh.test"].password)
    assert len(cast.PASSWORD) >= 15


def test_roles_of_a_dinas_speak_for_their_dinas(bandung):
    with mounted(bandung):
        dinas = Dinas.objects.get(name=cast.MANPOWER)

    found = Membership.objects.filter(tenant=bandung, role="operator").values_list("dinas_id", "dinas_name")

    assert list(found) == [(dinas.pk, cast.MANPOWER)]


def test_circular_has_the_points_and_copies_of_the_letter(demo):
    circular = Circular.objects.get()

    assert [point.number for point in circular.points.all()] == ["1", "1a", "1b", "2", "3", "4"]
    assert (circular.number, circular.copies.count(), circular.is_published) == ("560/2821/SJ", 12, True)
    assert Delivery.objects.count() == Tenant.objects.governments().count()


def test_stories_are_told(demo):
    states = {
        delivery.tenant.slug: (delivery.opened_at is not None, delivery.acknowledged_at is not None)
        for delivery in Delivery.objects.select_related("tenant")
    }

    assert states["kota-bandung"] == (True, True)
    assert states["kota-cimahi"] == states["kab-badung"] == (True, False)
    assert states["kota-jayapura"] == (False, False)
    assert {entry.tenant.slug for entry in Acknowledgement.objects.select_related("tenant")} >= {"kota-bandung", "bali"}


def test_offices_stand_as_planned_and_rollup_has_no_drift(bandung):
    planned = {plan.name for agency in places.TOLD["kota-bandung"] for plan in agency.offices}

    with mounted(bandung):
        assert set(Office.objects.values_list("name", flat=True)) == planned
        assert Duty.objects.filter(office__name="Loket Gedebage", on=bandung.today(NOW)).count() == 0
        assert Duty.objects.filter(office__name="Loket Cikutra", on=bandung.today(NOW)).count() == 2
    for tenant in Tenant.objects.governments().served():
        with as_owner(tenant.schema_name):
            assert rollup.drift(tenant, at=NOW) == []


def test_second_loading_changes_nothing(demo):
    def counts():
        return [model.objects.count() for model in (User, Membership, Delivery, Acknowledgement, OfficeStatus, Mail)]

    before = counts()
    load_again(datetime.timedelta(minutes=5))

    assert counts() == before


def test_loading_weeks_later_carries_the_rosters_on(bandung):
    later = datetime.timedelta(days=60)
    with transaction.atomic():
        load_again(later)
        with mounted(bandung):
            on_duty = Duty.objects.filter(office__name="Loket Cikutra", on=bandung.today(NOW + later)).count()
        transaction.set_rollback(True)

    assert on_duty == 2


def test_demonstration_is_refused_in_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError):
        call_command("load_demo")
