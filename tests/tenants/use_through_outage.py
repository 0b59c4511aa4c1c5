"""Run by test_installation in a process of its own: requests before, while and after the database is away."""

import os
import signal

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.enums import Role  # noqa: E402
from accounts.models import Membership  # noqa: E402
from config import embedded, environment  # noqa: E402
from tenants.models import Tenant  # noqa: E402

django.conf.settings.GOVERNMENT_URLCONF = "tests.tenants.probe"
PAGE = "/kota-bandung/di-mana/"
HOME = environment.HOME

tenant = Tenant.objects.get(slug="kota-bandung")
user, _ = get_user_model().objects.get_or_create(email="sari@contoh.test", defaults={"name": "Sari", "password": "!"})
Membership.objects.get_or_create(user=user, tenant=tenant, role=Role.OPERATOR, position="-", valid_from=timezone.now().date())
client = Client(raise_request_exception=False)
client.force_login(user)


def visit(path=PAGE, **headers):
    return client.get(path, headers={"Host": "127.0.0.1"} | headers)


def expect(response, status):
    assert response.status_code == status, (response.status_code, response.content[:400])
    return response


def ways_to_go():
    yield "stopped", lambda: embedded.stop(HOME)
    yield "killed", lambda: os.kill(embedded.postmaster(HOME), signal.SIGKILL)


for word, go in ways_to_go():
    expect(visit(), 200)
    go()

    page = expect(visit(), 503)
    text = page.content.decode()
    assert page["Retry-After"] == "10", page.headers
    assert "Loket sebentar lagi kembali" in text, text
    assert "Traceback" not in text
    assert "psycopg" not in text
    expect(visit("/pemerintah/"), 503)
    expect(visit("/kota-bandung/salah-basis-data/"), 503)

    problem = expect(visit("/api/v1/saya"), 503)
    assert problem["Content-Type"].startswith("application/problem+json"), problem.headers
    assert problem.json()["status"] == 503
    assert problem["Retry-After"] == "10"

    embedded.start(HOME, for_tests=True)
    assert expect(visit(), 200).json()["role"] == "loket_t_kota_bandung"
    print(word, "and back")

# Cut off in the middle of a request: the backend of this very connection is ended between two statements.
expect(visit("/kota-bandung/terputus/"), 503)
assert expect(visit(), 200).json()["role"] == "loket_t_kota_bandung"
print("done")
