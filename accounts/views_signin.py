"""Pages of sign-in that differ from allauth's: the second factor, required and voluntary, and its recovery codes."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import second_factor as factor
from accounts.policy import signed_in
from accounts.queries import governments_of


def crumbs(*more):
    return [(_("Akun"), reverse("accounts:profile")), *more]


def roles_of(user) -> set[str]:
    return {entry.role for government in governments_of(user, timezone.now()) for entry in government.memberships}


@require_safe
def second_factor(request):
    """How the second factor stands, and what can be done about it."""
    held = {entry.type: entry for entry in Authenticator.objects.filter(user=request.user)}
    codes = held.get(Authenticator.Type.RECOVERY_CODES)
    context = {
        "crumbs": crumbs((_("Faktor kedua"), None)),
        "totp": held.get(Authenticator.Type.TOTP),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "required": factor.is_required_of(roles_of(request.user)),
    }
    return render(request, "mfa/index.html", context)


@signed_in
@require_safe
def second_factor_required(request):
    """Where somebody is led whose role needs a second factor: to set one up, or to give the code of the one there is."""
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        target = str(settings.LOGIN_REDIRECT_URL)
    if factor.is_active(request.user):
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': target})}")
    request.session[factor.TARGET] = target
    return render(request, "mfa/required.html", {"crumbs": crumbs((_("Faktor kedua"), None))})


class Activate(ActivateTOTPView):
    """Setting up an authenticator; who has just shown its code has passed the second factor."""

    def form_valid(self, form):
        response = super().form_valid(form)
        factor.pass_it(self.request)
        return response


activate = Activate.as_view()


class RecoveryCodes(ViewRecoveryCodesView):
    """The codes, with the way on to where the person was going when the second factor was asked for."""

    def get_context_data(self, **kwargs):
        target = self.request.session.get(factor.TARGET)
        return super().get_context_data(**kwargs) | {
            "crumbs": crumbs((_("Faktor kedua"), reverse("mfa_index")), (_("Kode pemulihan"), None)),
            "target": target or reverse("accounts:profile"),
        }


recovery_codes = RecoveryCodes.as_view()


@require_safe
def password_set(request):
    """Somebody without a password of their own gets one by the link of the reset."""
    return redirect("account_reset_password")
