"""The policy table, right by right and role by role, against the table that people read."""

import functools
import itertools

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.views import View
from rest_framework.views import APIView

from accounts import policy
from accounts.access import AccessMiddleware, mark_of
from accounts.enums import MINISTRY_ROLES, Role
from accounts.members import Member
from config.environment import BASE

DOCUMENT = BASE / "docs" / "developer" / "access.md"


def documented() -> dict[tuple[str, str], str]:
    """(right, role) -> "yes", "own dinas" or "–", as docs/developer/access.md says."""
    lines = DOCUMENT.read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("| right |"))
    roles = [cell.strip() for cell in lines[start].strip("| ").split("|")][1:]
    table = {}
    for line in itertools.takewhile(str.strip, lines[start + 2 :]):
        right, *cells = (cell.strip(" `") for cell in line.strip("| ").split("|"))
        table |= {(right, role): cell for role, cell in zip(roles, cells, strict=True)}
    return table


TABLE = documented()
CASES = [(right, role) for right in policy.RULES for role in Role]


def test_document_names_every_right_and_role_and_no_other():
    assert set(TABLE) == {(right, role.value) for right, role in CASES}


@pytest.mark.parametrize(("right", "role"), CASES, ids=lambda value: str(value))
def test_member_may_what_the_table_says(make_member, pusat, kota_bandung, right, role):
    said = TABLE[right, role.value]
    tenant = pusat if role in MINISTRY_ROLES else kota_bandung
    own = type("Dinas", (), {"pk": "11111111-1111-4111-8111-111111111111", "name": "Dinas Sendiri"})
    scoped = role in (Role.DINAS_HEAD, Role.OPERATOR)
    member = make_member(tenant, role, dinas=own if scoped else None)
    other = "22222222-2222-4222-8222-222222222222"

    assert member.may(right) == (said != "–")
    assert member.may(right, dinas=other) == (said == "yes")


@pytest.mark.parametrize("role", list(Role))
def test_member_without_membership_may_nothing(stranger, kota_bandung, role):
    assert [right for right in policy.RULES if Member(stranger, kota_bandung).may(right)] == []


def test_unknown_right_is_an_error(head):
    with pytest.raises(KeyError):
        head.may("offices.demolish")
    with pytest.raises(LookupError):
        policy.requires("offices.demolish")


def test_no_scope_of_a_key_reaches_people():
    assert {scope for scope in policy.API_SCOPES if scope.split(".")[0] in ("people", "keys", "mail")} == set()
    assert set(policy.API_SCOPES) <= set(policy.RULES)


# Marks ------------------------------------------------------------------------------------------------------------------------


def plain(request, *args, **kwargs):
    return HttpResponse()


class Page(View):
    access = "home.view"


class Bare(View):
    pass


class Endpoint(APIView):
    access = "offices.view"


def wrapped(view):
    @functools.wraps(view)
    def around(request):
        return view(request)

    return around


def unwrapped(view):
    return lambda request: view(request)


@pytest.mark.parametrize(
    ("view", "mark"),
    [
        (plain, None),
        (policy.open_to_all(plain), "open"),
        (policy.signed_in(plain), "signed-in"),
        (policy.requires("offices.edit")(plain), "offices.edit"),
        (wrapped(policy.requires("offices.edit")(plain)), "offices.edit"),
        (unwrapped(policy.requires("offices.edit")(plain)), None),
        (functools.partial(policy.requires("offices.edit")(plain), extra=1), "offices.edit"),
        (functools.partial(functools.partial(plain), extra=1), None),
        (Page.as_view(), "home.view"),
        (policy.signed_in(Page.as_view()), "signed-in"),
        (Bare.as_view(), None),
        (policy.open_to_all(Bare.as_view()), "open"),
        (Endpoint.as_view(), "offices.view"),
        (APIView.as_view(), None),
    ],
)
def test_mark_of_finds_the_mark_of_any_kind_of_view(view, mark):
    assert mark_of(view) == mark


def test_view_without_mark_is_an_error_in_tests_and_404_in_production(settings):
    request = RequestFactory().get("/")
    request.member = None
    middleware = AccessMiddleware(lambda request: HttpResponse())

    with pytest.raises(ImproperlyConfigured):
        middleware.process_view(request, functools.partial(plain), (), {})
    settings.TESTING = False
    with pytest.raises(Http404):
        middleware.process_view(request, plain, (), {})
