"""The page behind the link of an invitation: for a new person, for one who has an account, for one who should not be here."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import operations
from accounts.forms import NewPersonForm
from accounts.models import User
from accounts.policy import open_to_all
from portal.editing import answer, hearing
from portal.errors import DomainError
from tenants.context import acting


@open_to_all
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    try:
        found = operations.open_invitation(token, at=timezone.now())
    except operations.LinkUsed as error:
        # Whoever accepted it has pressed twice.
        if request.user.is_authenticated and error.invitation.accepted_by_id == request.user.pk:
            return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
        return closed(request, error)
    except DomainError as error:
        return closed(request, error)
    if request.user.is_authenticated:
        return for_somebody(request, token, found)
    if User.objects.filter(email=found.email.lower()).exists():
        sign_in = f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}"
        return render(request, "accounts/invitation.html", {"invitation": found, "step": "sign-in", "sign_in_url": sign_in})
    return for_new_person(request, token, found)


def closed(request, error: DomainError):
    """A link that opens nothing: unknown, used, withdrawn, expired."""
    context = {"sentence": error.message, "code": error.code, "invitation": getattr(error, "invitation", None)}
    return render(request, "accounts/invitation_closed.html", context, status=error.status)


def for_somebody(request, token, found):
    if request.user.email.lower() != found.email.lower():
        context = {"invitation": found, "step": "other", "masked": masked(found.email)}
        return render(request, "accounts/invitation.html", context, status=403)
    refusal = ""
    if request.method == "POST":
        try:
            membership = operations.accept(token=token, user=request.user, at=timezone.now())
        except DomainError as error:
            refusal = error.message
        else:
            messages.success(
                request, _("Undangan diterima. Selamat bekerja di %(government)s.") % {"government": membership.tenant.name}
            )
            return HttpResponseRedirect(landing(membership))
    context = {"invitation": found, "step": "confirm", "refusal": refusal}
    return render(request, "accounts/invitation.html", context, status=409 if refusal else 200)


def for_new_person(request, token, found):
    form = NewPersonForm(request.POST or None, invitation=found)
    if request.method == "POST" and form.is_valid():
        name, password = form.cleaned_data["name"], form.cleaned_data["password"]
        with hearing(form):
            with acting(name=name, role="undangan", request=str(getattr(request, "id", ""))):
                membership = operations.accept(token=token, name=name, password=password, at=timezone.now())
            record_authentication(request, membership.user, method="password", email=membership.user.email)
            return perform_login(request, membership.user, email_verification="none", redirect_url=landing(membership))
    return answer(request, "accounts/invitation.html", form, {"invitation": found, "step": "new"})


def landing(membership) -> str:
    """Into the government, when the membership holds already; else to the list that says from when."""
    tenant = membership.tenant
    return f"/{tenant.slug}/" if membership.holds_on(tenant.today(timezone.now())) else str(settings.LOGIN_REDIRECT_URL)


def masked(email: str) -> str:
    """An address as somebody may see it to whom it does not belong: ``b•••@bandung.go.id``."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}•••@{host}"
