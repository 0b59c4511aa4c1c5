"""A government's keys to the REST interface."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access, keys, queries
from accounts.enums import KeyState
from accounts.forms import KeyForm
from accounts.policy import requires
from portal.editing import answer, hearing
from portal.errors import DomainError
from portal.listing import Column, Empty, Listing

# The new key waits in the session for the one page that shows it, so that no answer that is kept anywhere has it.
SHOWN_ONCE = "new_api_key"
KINDS = {KeyState.VALID: "ok", KeyState.EXPIRED: "late", KeyState.REVOKED: "none"}


def _crumbs(*more):
    return [(_("Kunci API"), reverse("accounts:keys") if more else None), *more]


@requires("keys.manage")
@require_safe
def key_list(request):
    now = timezone.now()
    listing = Listing(
        request,
        queries.api_keys(request.tenant),
        columns=[
            Column("name", _("Nama"), sort="name"),
            Column("prefix", _("Awalan")),
            Column("created", _("Dibuat"), sort="created_at"),
            Column("used", _("Terakhir dipakai"), sort="last_used_on"),
            Column("expires", _("Berlaku sampai"), sort="expires_at"),
            Column("state", _("Keadaan")),
        ],
        search=["name", "prefix", "created_by_name"],
        order="name",
        noun=_("kunci"),
        empty=Empty(
            _("Belum ada kunci"),
            _("Kunci membuka antarmuka REST bagi aplikasi pemerintah daerah Anda, sebatas yang Anda izinkan."),
            reverse("accounts:key_new"),
            _("Buat kunci"),
            "key",
        ),
    )
    for item in listing.rows:
        item.kind, item.word = state_of(item, now)
    valid = queries.api_keys(request.tenant).filter(revoked_at=None, expires_at__gt=now).count()
    return listing.respond("accounts/keys.html", {"crumbs": _crumbs(), "valid": valid})


def state_of(key, at) -> tuple[str, str]:
    state = key.state_at(at)
    return KINDS[state], state.label


@requires("keys.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    form = KeyForm(request.POST or None, tenant=request.tenant, today=request.today)
    if request.method == "POST" and form.is_valid():
        with hearing(form):
            key, secret = form.save(by=request.member, at=timezone.now())
            request.session[SHOWN_ONCE] = {"id": str(key.pk), "secret": secret}
            return redirect("accounts:key", key.pk)
    return answer(request, "accounts/key_form.html", form, {"crumbs": _crumbs((_("Buat kunci"), None))})


@requires("keys.manage")
@require_safe
@never_cache
def detail(request, pk):
    key = access.get_key(request.member, pk)
    fresh = request.session.get(SHOWN_ONCE, {})
    secret = fresh.get("secret", "") if fresh.get("id") == str(key.pk) else ""
    if secret:
        del request.session[SHOWN_ONCE]
    kind, word = state_of(key, timezone.now())
    labels = scopes_labels(key)
    context = {"crumbs": _crumbs((key.name, None)), "key": key, "secret": secret, "kind": kind, "word": word, "scopes": labels}
    return render(request, "accounts/key.html", context)


def scopes_labels(key) -> list[str]:
    meaning = keys.scopes_for(key.tenant)
    return [meaning.get(scope, scope) for scope in key.scopes]


@requires("keys.manage")
@require_POST
def revoke(request, pk):
    key = access.get_key(request.member, pk)
    try:
        keys.revoke(key=key, by=request.member, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(
            request, _("Kunci %(name)s dicabut. Aplikasi yang memakainya ditolak mulai sekarang.") % {"name": key.name}
        )
    return redirect("accounts:keys")
