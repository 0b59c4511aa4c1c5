"""Two threads, two governments, every step at the same moment."""

import json
import threading
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from offices.models import Dinas
from tenants import roles
from tenants.context import acting, as_ministry, as_owner, as_public, mounted
from tenants.mount import MountMiddleware, PublicRoleMiddleware
from tests.committed import elsewhere
from tests.tenants.probe import standing

ROUNDS = 25


def at_once(*works):
    """Each of ``works`` in a thread of its own with a connection of its own; their results, or the first exception."""
    results, errors = [None] * len(works), []

    def run(number):
        try:
            results[number] = elsewhere(works[number])
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results


def broken_statement():
    connection.cursor().execute("SELECT * FROM there_is_no_such_table")


@pytest.mark.parametrize("disturbance", ["none", "exception", "rolled back", "savepoint", "closed"])
def test_two_governments_at_once_never_meet(kota_bandung, kota_cimahi, disturbance):
    barrier = threading.Barrier(2, timeout=30)

    def disturb():
        if disturbance == "exception":
            with pytest.raises(RuntimeError), mounted(kota_bandung), as_public():
                raise RuntimeError
        elif disturbance == "rolled back":
            with pytest.raises(DatabaseError), transaction.atomic():
                broken_statement()
        elif disturbance == "savepoint":
            with transaction.atomic():
                with pytest.raises(DatabaseError), transaction.atomic():
                    broken_statement()
                standing()
        elif disturbance == "closed":
            connection.close()

    def work(tenant):
        def rounds():
            seen = set()
            with as_public():
                for _ in range(ROUNDS):
                    barrier.wait()
                    with acting(id=tenant.pk), mounted(tenant):
                        barrier.wait()
                        disturb()
                        barrier.wait()
                        found = standing()
                        seen.add((found["role"], found["search_path"], json.loads(found["actor"])["id"]))
                    barrier.wait()
                    seen.add((standing()["role"], standing()["search_path"], standing()["actor"]))
            return seen

        return rounds

    bandung, cimahi = at_once(work(kota_bandung), work(kota_cimahi))

    outside = ("loket_app", '"public"', "")
    assert bandung == {("loket_t_kota_bandung", '"kota_bandung","public"', kota_bandung.pk), outside}
    assert cimahi == {("loket_t_kota_cimahi", '"kota_cimahi","public"', kota_cimahi.pk), outside}


def test_two_requests_at_once_each_stay_in_their_government(kota_bandung, kota_cimahi, settings):
    settings.MEMBER_LOADER = "tests.tenants.test_threads.anybody"
    barrier = threading.Barrier(2, timeout=30)

    def page(request):
        barrier.wait()
        found = standing()
        barrier.wait()
        if request.path.endswith("salah/"):
            raise RuntimeError
        return HttpResponse(f"{found['role']} {json.loads(found['actor'])['name']}")

    stack = PublicRoleMiddleware(MountMiddleware(page))

    def visits(slug):
        def work():
            answers = set()
            for number in range(ROUNDS):
                request = RequestFactory().get(f"/{slug}/{'salah' if number % 3 == 0 else 'benar'}/")
                request.user, request.id = SimpleNamespace(is_authenticated=True, pk=1, name=f"Petugas {slug}"), "r"
                try:
                    answers.add(stack(request).content.decode())
                except RuntimeError:
                    answers.add("salah")
            return answers, connection.role

        return work

    assert at_once(visits("kota-bandung"), visits("kota-cimahi")) == [
        ({"loket_t_kota_bandung Petugas kota-bandung", "salah"}, roles.OWNER),
        ({"loket_t_kota_cimahi Petugas kota-cimahi", "salah"}, roles.OWNER),
    ]


def anybody(user, tenant, *, at):
    return SimpleNamespace(user=user, tenant=tenant, roles=frozenset({"operator"}))


# One connection --------------------------------------------------------------------------------------------------------------


def test_contexts_nest_and_come_back(kota_bandung, kota_cimahi):
    taken = []
    with mounted(kota_bandung):
        taken.append(standing()["role"])
        with mounted(kota_cimahi):
            taken.append(standing()["role"])
            with as_public():
                taken.append(standing()["role"])
            with pytest.raises(ZeroDivisionError), as_owner():
                1 / 0  # noqa: B018
            taken.append(standing()["role"])
        taken.append(standing()["role"])

    assert taken == ["loket_t_kota_bandung", "loket_t_kota_cimahi", "loket_app", "loket_t_kota_cimahi", "loket_t_kota_bandung"]


def test_same_place_twice_sends_nothing(kota_bandung, django_assert_num_queries):
    with mounted(kota_bandung):
        list(Dinas.objects.all())
        with django_assert_num_queries(1), mounted(kota_bandung):
            list(Dinas.objects.all())


def test_ministry_without_its_mount_has_no_tenant(pusat):
    with mounted(pusat):
        with as_ministry():
            assert not hasattr(connection.tenant, "slug")
        assert connection.tenant is pusat


def test_role_holds_after_an_error_in_the_transaction(kota_bandung):
    with mounted(kota_bandung):
        with pytest.raises(DatabaseError), transaction.atomic():
            broken_statement()

        assert standing()["role"] == "loket_t_kota_bandung"


def test_place_taken_inside_a_failed_block_is_left_with_it(kota_bandung, kota_cimahi):
    with mounted(kota_bandung):
        with pytest.raises(DatabaseError), transaction.atomic(), mounted(kota_cimahi):
            broken_statement()

        assert standing()["role"] == "loket_t_kota_bandung"


def test_swallowed_error_is_not_reported_as_saved(kota_bandung):
    def work():
        with mounted(kota_bandung), transaction.atomic():
            Dinas.objects.create(name="Dinas Pisang")
            with pytest.raises(DatabaseError):
                broken_statement()

    def after():
        with as_public():
            with pytest.raises(DatabaseError, match="nothing of it was saved"):
                work()
            role = standing()["role"]
        with mounted(kota_bandung):
            return role, Dinas.objects.count()

    assert elsewhere(after) == ("loket_app", 0)


def test_new_connection_stands_where_the_old_one_did(kota_bandung):
    def work():
        with mounted(kota_bandung):
            standing()
            connection.close()
            return standing()["role"]

    assert elsewhere(work) == "loket_t_kota_bandung"


def test_connection_cut_by_the_server_stands_where_it_did(kota_bandung):
    def cut(pid):
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    def work():
        with mounted(kota_bandung):
            standing()
            elsewhere(cut, connection.connection.info.backend_pid)
            with pytest.raises(DatabaseError):
                standing()
            connection.close_if_unusable_or_obsolete()
            return standing()["role"]

    assert elsewhere(work) == "loket_t_kota_bandung"


def test_role_that_is_not_there_is_an_error(kota_bandung):
    def work():
        kota_bandung.schema_name = "kota_atlantis"
        with mounted(kota_bandung):
            standing()

    with pytest.raises(DatabaseError, match="loket_t_kota_atlantis"):
        elsewhere(work)
