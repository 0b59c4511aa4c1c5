"""allauth's forms in the words of the portal; what they do is allauth's."""

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from django.utils.translation import gettext_lazy as _

NEW_PASSWORD = _("Kata sandi baru")
AGAIN = _("Ulangi kata sandi baru")
# Django's list of the rules names three; one sentence says what to do.
PASSWORD_HELP = _("Paling sedikit 15 karakter. Kalimat pendek yang hanya Anda ketahui mudah diingat dan aman.")
DIFFERENT = _("Kedua kata sandi tidak sama. Ketik ulang.")


def say(form, **labels) -> None:
    """Give fields the portal's labels; no placeholders, no markup in the help."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.help_text = PASSWORD_HELP if name == "password1" else ""
        field.label = labels.get(name, field.label)


class SamePasswordMixin:
    """Two entries of a new password that must agree; said in the portal's words."""

    def clean(self):
        cleaned = super(account.PasswordVerificationMixin, self).clean()
        if cleaned.get("password1") and cleaned.get("password2") and cleaned["password1"] != cleaned["password2"]:
            self.add_error("password2", DIFFERENT)
        return cleaned


class LoginForm(account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(self, login=_("Alamat surel"), password=_("Kata sandi"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(self, password=_("Kata sandi"))


class ChangePasswordForm(SamePasswordMixin, account.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(self, oldpassword=_("Kata sandi sekarang"), password1=NEW_PASSWORD, password2=AGAIN)


class ResetPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(self, email=_("Alamat surel"))


class ResetPasswordKeyForm(SamePasswordMixin, account.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(self, password1=NEW_PASSWORD, password2=AGAIN)


class CodeForm(factor.AuthenticateForm):
    """The second step of signing in: a code of the app, or one of the recovery codes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_code(self, _("Enam angka di aplikasi autentikator, atau salah satu kode pemulihan."))


class CodeAgainForm(factor.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_code(self, _("Enam angka di aplikasi autentikator, atau salah satu kode pemulihan."))


class ActivateForm(totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_code(self, _("Enam angka yang kini tampil di aplikasi."))


def say_code(form, help_text) -> None:
    say(form, code=_("Kode"))
    form.fields["code"].help_text = help_text
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "12"}
