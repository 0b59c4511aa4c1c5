"""Default deny: a view without an access mark (accounts.policy) is not served. And who may get which person or key."""

import functools

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts import policy, second_factor
from accounts.enums import MINISTRY_ROLES, Role, roles_at
from accounts.models import ApiKey, Invitation, Membership
from accounts.sessions import whole_page
from tenants.urls import root_url

# Views of libraries that are routed without a mark of ours (those of allauth get theirs in accounts.urls_signin).
LIBRARY_VIEWS = {
    "django.contrib.staticfiles.views": "open",
}

NO_DINAS = _("Catat dinas Anda lebih dahulu; setelah itu Anda dapat mengundang operatornya.")
NOT_YOURS = _("Peran ini tidak dapat Anda akhiri. Yang mengundang peran ini juga yang mengakhirinya.")


def mark_of(view) -> str | None:
    """
    The access mark of a view: a right, ``signed-in``, ``open``, or None where it carries none.

    Looks at the function itself, at the class behind it (Django's and REST framework's), and through partials. A decorator
    written with ``functools.wraps`` carries the mark along; one that is not makes its view unmarked, which refuses it.
    """
    while isinstance(view, functools.partial) and not hasattr(view, "access"):
        view = view.func
    for candidate in (view, getattr(view, "view_class", None), getattr(view, "cls", None)):
        mark = getattr(candidate, "access", None)
        if isinstance(mark, str):
            return mark
    module = getattr(view, "__module__", "") or ""
    return LIBRARY_VIEWS.get(module)


class AccessMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if mark_of(view) is None:
            if settings.TESTING:
                raise ImproperlyConfigured(f"{view!r} carries no access mark")
            raise Http404
        if request.member is not None and second_factor.is_missing(request, request.member):
            target = request.get_full_path() if request.method == "GET" and not request.htmx else f"/{request.tenant.slug}/"
            return whole_page(request, f"{root_url('accounts:second_factor_required')}?{urlencode({'next': target})}")
        return None


# Who may get what -------------------------------------------------------------------------------------------------------------


def invitable_roles(by, tenant) -> list[Role]:
    """The roles that ``by`` may give in ``tenant``: in the own government, and for the ministry in all of them."""
    if tenant.pk != by.tenant.pk and not by.tenant.is_ministry:
        return []
    given = frozenset().union(*(policy.MAY_INVITE.get(role, frozenset()) for role in by.roles))
    fitting = roles_at(tenant.level)
    return [role for role in Role if role in given and role in fitting]


def may_give(by, *, tenant, role, dinas_id) -> bool:
    """Whether ``by`` may invite somebody as ``role`` for this dinas (None: for all of them), and end such a membership."""
    if role not in invitable_roles(by, tenant) or not by.may("people.invite"):
        return False
    own = by.dinas_ids("people.invite")
    return own is None or dinas_id in own


def get_membership(by, pk) -> Membership:
    """A membership of the own government; for the ministry also of heads elsewhere. 403 where ``by`` may not end it."""
    found = Membership.objects.select_related("user", "tenant")
    membership = get_object_or_404(found, **_within(by), pk=pk)
    own = membership.user_id == by.user.pk and by.may("people.end")
    if not own and not may_give(by, tenant=membership.tenant, role=membership.role, dinas_id=membership.dinas_id):
        raise PermissionDenied(NOT_YOURS)
    return membership


def get_invitation(by, pk) -> Invitation:
    """An invitation into the own government; for the ministry also of heads elsewhere. 403 where ``by`` may not send it."""
    invitation = get_object_or_404(Invitation.objects.select_related("tenant"), **_within(by), pk=pk)
    if not may_give(by, tenant=invitation.tenant, role=invitation.role, dinas_id=invitation.dinas_id):
        raise PermissionDenied(policy.REFUSED)
    return invitation


def _within(by) -> dict:
    """The ministry sees its own people and the heads of governments; everybody else the people of the own government."""
    if by.tenant.is_ministry:
        return {"role__in": [*MINISTRY_ROLES, Role.GOVERNMENT_HEAD]}
    return {"tenant": by.tenant}


def get_key(by, pk) -> ApiKey:
    return get_object_or_404(ApiKey, tenant=by.tenant, pk=pk)
