"""
The test database and the cast.

One embedded PostgreSQL below LOKET_HOME serves all processes of a run; each has its own database, in which the schemas of the
governments below are built once. Every test rolls back inside them.
"""

import datetime
import os

import pytest
from django.db import connections
from django.utils import timezone

from accounts.enums import Role
from accounts.members import Member, load
from accounts.models import Membership, User
from config import embedded, environment
from tenants import directory, provisioning, regions
from tenants.context import as_owner, mounted
from tenants.models import Tenant
from tests.strict import StrictClient

# Playwright's loop goes on in the process that ran the browser tests; the tests after them use the database all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SLUGS = ("jawa-barat", "kota-bandung", "kota-cimahi", "bali", "kab-badung", "papua", "kota-jayapura")
CLUSTER = environment.HOME / "test"
OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
# A Monday on which all three zones have the same date from 00.00 to 21.59 UTC, at ten in the morning in WIB.
NOW = datetime.datetime(2026, 11, 23, 3, 0, tzinfo=datetime.UTC)


def pytest_unconfigure(config):
    if not environment.text("DATABASE_URL") and not hasattr(config, "workerinput"):
        embedded.stop(CLUSTER)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    if not environment.text("DATABASE_URL"):
        connections["default"].settings_dict["HOST"] = embedded.start(CLUSTER, for_tests=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), as_owner():
        regions.load(set(SLUGS))
        outcome = provisioning.provision(provisioning.wanting(), jobs=1)
        assert not outcome.failed, outcome.failed
    yield
    with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
        # A thread of a test may keep its connection for as long as the process lives; the database is dropped all the same.
        cursor.execute(OTHERS)


@pytest.fixture(autouse=True)
def directory_at_hand(request):
    """The governments by slug are known from the start, as in a server that runs: no test's count depends on the clock."""
    if "db" in request.fixturenames:
        request.getfixturevalue("db")
        directory.forget()
        directory.find("pusat")


@pytest.fixture
def client():
    return StrictClient()


@pytest.fixture
def now():
    return NOW


def _tenant(slug):
    @pytest.fixture(name=slug.replace("-", "_"))
    def fixture(db):
        return Tenant.objects.select_related("parent").get(slug=slug)

    return fixture


pusat = _tenant("pusat")
jawa_barat = _tenant("jawa-barat")
kota_bandung = _tenant("kota-bandung")
kota_cimahi = _tenant("kota-cimahi")
bali = _tenant("bali")
kab_badung = _tenant("kab-badung")
papua = _tenant("papua")
kota_jayapura = _tenant("kota-jayapura")


@pytest.fixture
def make_member(db):
    """``make_member(tenant, role, name="…", dinas=None, **membership)`` -> Member of that government from 2020 on."""

    def make(tenant, role, name="", dinas=None, **fields) -> Member:
        name = name or f"{Role(role).label} {tenant.name}"
        email = f"{role}.{tenant.slug}.{User.objects.count()}@contoh.test".replace("_", "-")
        user = User.objects.create(email=email, name=name, password="!")
        Membership.objects.create(
            user=user,
            tenant=tenant,
            role=role,
            position=fields.pop("position", str(Role(role).label)),
            dinas_id=getattr(dinas, "pk", None),
            dinas_name=getattr(dinas, "name", ""),
            valid_from=datetime.date(2020, 1, 1),
            **fields,
        )
        return load(user, tenant, at=timezone.now())

    return make


@pytest.fixture
def officer(make_member, pusat):
    return make_member(pusat, Role.MINISTRY_OFFICER)


@pytest.fixture
def observer(make_member, pusat):
    return make_member(pusat, Role.OBSERVER)


@pytest.fixture
def governor_staff(make_member, jawa_barat):
    return make_member(jawa_barat, Role.PROVINCE_STAFF)


@pytest.fixture
def head(make_member, kota_bandung):
    """The head of the government of Kota Bandung."""
    return make_member(kota_bandung, Role.GOVERNMENT_HEAD, position="Wali Kota Bandung")


@pytest.fixture
def stranger(db):
    return User.objects.create(email="orang.luar@contoh.test", name="Orang Luar", password="!")


@pytest.fixture
def inside():
    """``with inside(tenant): …`` acts as that tenant's role, as its pages do."""
    return mounted
