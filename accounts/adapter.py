"""What allauth asks us: limits, sentences, mails, where to go, how to keep secrets."""

import base64
import hashlib
import uuid

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import attempts, devices, second_factor
from accounts.models import User
from accounts.queries import governments_of
from portal import mail

# Mails by which whoever reads them can enter: their text is not kept (portal.models.Mail).
SECRET = {"password_reset_key"}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Akun ini dinonaktifkan."),
        "email_password_mismatch": _("Alamat surel atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi."),
        "enter_current_password": _("Kata sandi sekarang tidak cocok."),
        "incorrect_password": _("Kata sandi tidak cocok."),
        "incorrect_code": _("Kode tidak cocok. Tunggu kode berikutnya di aplikasi, lalu coba lagi."),
        "invalid_login": _("Alamat surel atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi."),
        "invalid_password_reset": _("Tautan ini tidak berlaku lagi."),
        "too_many_login_attempts": _("Terlalu banyak percobaan. Coba lagi dalam 5 menit."),
        "rate_limited": _("Terlalu banyak percobaan. Coba lagi dalam 5 menit."),
    }

    def is_open_for_signup(self, request):
        """People come by invitation only."""
        return False

    # Guessing -----------------------------------------------------------------------------------------------------------------

    def pre_authenticate(self, request, **credentials):
        email = credentials.get("email", "")
        address = self.get_client_ip(request)
        device = devices.device_of(request, email)
        if device:
            limits = [(attempts.DEVICE, device)]
        else:
            limits = [(attempts.PAIR, f"{address} {email}"), (attempts.EMAIL, email), (attempts.ADDRESS, address)]
        try:
            self.attempt = attempts.count(*limits)
        except attempts.TooManyAttempts as error:
            raise ValidationError(error.message, code=error.code) from error

    def _rollback_login_failed_rl_usage(self):
        self.attempt.undo()

    def reauthenticate(self, user, password):
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app, **kwargs):
        """A sign-in of the last minutes is as good as giving the password again."""
        request = context.request
        records = get_authentication_records(request, request.user)
        recent = timezone.now().timestamp() - 300
        return not (did_recently_reauthenticate(request) or any(record["at"] > recent for record in records))

    # Where to go --------------------------------------------------------------------------------------------------------------

    def get_login_redirect_url(self, request):
        return home_of(request.user, at=timezone.now())

    def get_password_change_redirect_url(self, request):
        return "/akun/"

    # Mail ---------------------------------------------------------------------------------------------------------------------

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        about = {"at": timezone.now(), "browser": devices.spoken(self.get_http_user_agent(self.request))}
        self.send_mail(template_prefix, user.email, about | (context or {}) | {"user": user})

    def send_mail(self, template_prefix, email, context):
        """By the outbox, in the language of the person; the template has the name that allauth gives the mail."""
        name = template_prefix.rpartition("/")[2]
        user = context.get("user") or User.objects.filter(email=email.lower()).first()
        given = {key: value for key, value in context.items() if key not in ("request", "current_site", "user")}
        cause = hashlib.sha256(str(context.get("key") or uuid.uuid4()).encode()).hexdigest()[:32]
        mail.post(
            to=email,
            template=f"accounts/{name}",
            context=given | {"name": user.name if user else ""},
            key=f"accounts/{name}/{cause}",
            secret=name in SECRET,
            language=user.language if user else settings.LANGUAGE_CODE,
            by=user,
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Peran Anda mewajibkan faktor kedua, jadi faktor kedua tidak dapat dimatikan."),
        "cannot_generate_recovery_codes": _("Aktifkan faktor kedua dahulu, lalu buat kode pemulihan."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def can_delete_authenticator(self, authenticator):
        governments = governments_of(authenticator.user, timezone.now())
        roles = {membership.role for government in governments for membership in government.memberships}
        return not second_factor.is_required_of(roles)

    def encrypt(self, text):
        return _safe().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """What was encrypted under a key that is gone opens nothing: no code fits what comes back then."""
        try:
            return _safe().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return generate_totp_secret()

    def is_readable(self, encrypted_text) -> bool:
        try:
            return bool(_safe().decrypt(encrypted_text.encode()))
        except InvalidToken:
            return False


def home_of(user, *, at) -> str:
    """Where somebody goes after signing in: to the only government, or to the choice."""
    governments = governments_of(user, at)
    return f"/{governments[0].tenant.slug}/" if len(governments) == 1 else str(settings.LOGIN_REDIRECT_URL)


def _safe() -> MultiFernet:
    """Secrets of authenticators are kept encrypted under the installation's key; old keys still open."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"totp {key}".encode()).digest())) for key in keys])
