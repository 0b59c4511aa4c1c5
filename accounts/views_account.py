"""One's own account: the governments one may enter, name and language, sessions."""

import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as page
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import queries, second_factor
from accounts.devices import spoken
from accounts.enums import Standing
from accounts.forms import ProfileForm
from accounts.policy import signed_in
from accounts.sessions import SEEN, open_sessions
from accounts.signin import set_language
from accounts.views_people import STANDING_KINDS
from accounts.views_signin import crumbs
from portal.editing import answer
from portal.idempotency import once
from tenants.models import Tenant

SEARCH_FROM = 9


@signed_in
@require_safe
def governments(request):
    """The governments one may enter, with what one is there; what is still to come below."""
    now = timezone.now()
    found = queries.governments_of(request.user, now)
    wanted = request.GET.get("cari", "").replace("\x00", "").strip()[:100]
    shown = [each for each in found if all(word in each.tenant.name.casefold() for word in wanted.casefold().split())]
    coming = [entry for entry in queries.history_of(request.user, at=now) if entry.standing == Standing.COMING]
    context = {
        "crumbs": [(_("Pemerintahan Anda"), None)],
        "governments": shown,
        "count": len(found),
        "coming": coming,
        "searchable": len(found) >= SEARCH_FROM,
        "wanted": wanted,
    }
    return page(request, "accounts/governments.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def profile(request):
    initial = {"name": request.user.name, "language": request.user.language}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        user = form.save(request.user)
        messages.success(request, _("Nama dan bahasa tersimpan."))
        response = redirect("accounts:profile")
        set_language(request, response, user.language)
        return response
    memberships = queries.history_of(request.user, at=timezone.now())
    for entry in memberships:
        entry.kind, entry.word = STANDING_KINDS[entry.standing], entry.standing.label
    context = {
        "crumbs": [(_("Akun"), None)],
        "memberships": memberships,
        "factor": second_factor.is_active(request.user),
        "required": second_factor.is_required_of({entry.role for entry in memberships if entry.standing == Standing.ACTIVE}),
        "sessions": len(open_sessions(request.user, now=timezone.now())),
    }
    return answer(request, "accounts/profile.html", form, context)


@signed_in
@require_safe
def sessions(request):
    entries = []
    for entry, data in open_sessions(request.user, now=timezone.now()):
        browser, system = spoken(entry.user_agent)
        seen = datetime.datetime.fromtimestamp(data[SEEN], tz=datetime.UTC) if SEEN in data else entry.created_at
        current = entry.session_key == request.session.session_key
        entries.append({"entry": entry, "browser": browser, "system": system, "seen": seen, "current": current})
    context = {
        "crumbs": crumbs((_("Sesi"), None)),
        "entries": entries,
        "zone": Tenant(timezone=settings.TIME_ZONE),
        "others": sum(not each["current"] for each in entries),
    }
    return page(request, "accounts/sessions.html", context)


@signed_in
@require_POST
def end_session(request, pk):
    entry = get_object_or_404(UserSession, user=request.user, pk=pk)
    if entry.session_key == request.session.session_key:
        logout(request)
        return redirect("accounts:login")
    entry.end()
    messages.success(request, _("Sesi itu berakhir."))
    return redirect("accounts:sessions")


@signed_in
@require_POST
def end_other_sessions(request):
    for entry in UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key):
        entry.end()
    messages.success(request, _("Semua sesi lain berakhir."))
    return redirect("accounts:sessions")
