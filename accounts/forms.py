"""The HTML edge of inviting, ending, keys and one's own account: each form checks and calls one operation."""

import datetime
import uuid

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from accounts import keys, operations
from accounts.access import invitable_roles
from accounts.enums import DINAS_ROLES, DUTIES, Acting, Role
from accounts.forms_signin import AGAIN, DIFFERENT, PASSWORD_HELP
from accounts.models import User
from accounts.registers import dinas_choices
from tenants.models import Tenant

SUGGESTED_DAYS = 90


class InviteForm(forms.Form):
    """Invite somebody into the government of ``by``, as one of the roles that ``by`` may give."""

    name = forms.CharField(label=_("Nama"), max_length=150, help_text=_("Dengan gelar, seperti pada surat resmi."))
    email = forms.EmailField(
        label=_("Alamat surel"), help_text=_("Tautan undangan dikirim ke alamat ini dan berlaku tujuh hari.")
    )
    role = forms.ChoiceField(label=_("Peran"), widget=forms.RadioSelect)
    dinas = forms.ChoiceField(label=_("Dinas"), required=False, help_text=_("Untuk kepala dinas dan operator dinas."))
    position = forms.CharField(label=_("Jabatan"), max_length=150, help_text=_("Seperti tertulis di bawah tanda tangan."))
    acting = forms.ChoiceField(label=_("Status jabatan"), choices=Acting.choices, required=False)
    valid_from = forms.DateField(label=_("Hari pertama"), widget=forms.DateInput)
    valid_until = forms.DateField(
        label=_("Hari terakhir"), widget=forms.DateInput, required=False, help_text=_("Kosongkan jika belum diketahui.")
    )

    groups = [
        (_("Siapa"), "", ["name", "email"]),
        (_("Sebagai apa"), "", ["role", "dinas", "position", "acting"]),
        (_("Sejak kapan"), "", ["valid_from", "valid_until"]),
    ]

    def __init__(self, *args, by, tenant, today: datetime.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.tenant = by, tenant
        roles = invitable_roles(by, tenant)
        offered = [(role.value, f"{role.label}: {DUTIES[role]}") for role in roles]
        self.fields["role"].choices = offered  # type: ignore[attr-defined]
        if len(roles) == 1:
            self.fields["role"].initial = roles[0].value
        self.fields["valid_from"].initial = today
        if DINAS_ROLES & set(roles):
            self.offer_dinas(by.dinas_ids("people.invite"))
        else:
            self.dinas_names: dict[uuid.UUID, str] = {}
            self.needs_dinas = False
            del self.fields["dinas"]

    def offer_dinas(self, own: set | None):
        """The dinas that may be chosen; who invites for all of them may invite a head before the dinas is recorded."""
        self.dinas_names = {key: name for key, name in dinas_choices(self.tenant) if own is None or key in own}
        self.needs_dinas = own is not None
        nothing = _("Pilih …") if self.needs_dinas else _("Belum tercatat: kepala dinas mencatatnya sendiri")
        offered = [("", nothing), *((str(key), name) for key, name in self.dinas_names.items())]
        self.fields["dinas"].choices = offered  # type: ignore[attr-defined]

    def clean(self):
        cleaned = super().clean()
        role = cleaned.get("role")
        chosen = cleaned.get("dinas") if role in DINAS_ROLES else ""
        cleaned["dinas_id"] = uuid.UUID(chosen) if chosen else None
        cleaned["dinas_name"] = str(self.dinas_names.get(cleaned["dinas_id"], ""))
        if role in DINAS_ROLES and not chosen and self.needs_dinas:
            self.add_error("dinas", operations.DinasMissing.message)
        return cleaned

    def save(self, *, by, at):
        given = {key: value for key, value in self.cleaned_data.items() if key not in ("dinas", "government")}
        return operations.invite(tenant=self.tenant, by=by, at=at, **given)


class DatalistInput(forms.TextInput):
    """A line of text with suggestions of the browser's own: finds one of many without any script."""

    template_name = "accounts/widgets/datalist.html"

    def __init__(self, attrs=None, options=()):
        super().__init__(attrs)
        self.options = options

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        listed = f"{context['widget']['attrs'].get('id', name)}_pilihan"
        context["widget"]["attrs"] |= {"list": listed, "autocomplete": "off"}
        return context | {"listed": listed, "options": self.options}


class InviteHeadForm(InviteForm):
    """The ministry invites the head of any government, named as it is in the list."""

    government = forms.CharField(
        label=_("Pemerintah daerah"), max_length=100, help_text=_("Ketik sebagian nama, lalu pilih dari daftar: Kota Bandung.")
    )

    groups = [(_("Di mana"), "", ["government"]), *InviteForm.groups]

    def __init__(self, *args, by, today, **kwargs):
        self.governments = {tenant.name.casefold(): tenant for tenant in Tenant.objects.governments().order_by("name")}
        some = next(iter(self.governments.values()))
        super().__init__(*args, by=by, tenant=some, today=today, **kwargs)
        names = [tenant.name for tenant in self.governments.values()]
        self.fields["government"].widget = DatalistInput({"maxlength": 100}, names)
        self.fields["role"].widget, self.fields["role"].initial = forms.HiddenInput(), Role.GOVERNMENT_HEAD.value

    def clean_government(self):
        tenant = self.governments.get(" ".join(self.cleaned_data["government"].split()).casefold())
        if tenant is None:
            raise forms.ValidationError(_("Tidak ada pemerintah daerah dengan nama ini. Pilih dari daftar."))
        self.tenant = tenant
        return tenant


class EndForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan"), max_length=200, help_text=_("Misalnya: mutasi ke dinas lain, pensiun, masa jabatan selesai.")
    )
    last_day = forms.DateField(
        label=_("Hari terakhir"),
        required=False,
        widget=forms.DateInput,
        help_text=_("Kosongkan untuk mengakhiri sekarang juga."),
    )

    def save(self, *, membership, by, at):
        return operations.end_membership(membership=membership, by=by, at=at, **self.cleaned_data)


class KeyForm(forms.Form):
    """A key of the government; the scopes are those that a key of this government can have."""

    name = forms.CharField(
        label=_("Nama kunci"), max_length=100, help_text=_("Aplikasi yang akan memakainya, misalnya: SIMPEG.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("Boleh apa"), widget=forms.CheckboxSelectMultiple, error_messages={"required": keys.ScopeUnknown.message}
    )
    expires_on = forms.DateField(label=_("Hari terakhir"), widget=forms.DateInput, help_text=_("Paling lama satu tahun."))

    def __init__(self, *args, tenant, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.tenant = tenant
        self.fields["scopes"].choices = list(keys.scopes_for(tenant).items())
        self.fields["expires_on"].initial = today + datetime.timedelta(days=SUGGESTED_DAYS)

    def save(self, *, by, at):
        """The key and its secret."""
        expires_at = keys.end_of(self.cleaned_data["expires_on"], self.tenant)
        name, scopes = self.cleaned_data["name"], self.cleaned_data["scopes"]
        return keys.issue(tenant=self.tenant, name=name, scopes=scopes, expires_at=expires_at, by=by, at=at)


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Nama"), max_length=150, help_text=_("Dengan gelar, seperti pada surat resmi."))
    language = forms.ChoiceField(label=_("Bahasa"), choices=settings.LANGUAGES, help_text=_("Untuk halaman dan surel."))

    def save(self, user):
        return operations.change_profile(user=user, **self.cleaned_data)


class NewPersonForm(forms.Form):
    """Somebody without an account accepts an invitation: a name and a password."""

    name = forms.CharField(label=_("Nama"), max_length=150, help_text=_("Dengan gelar, seperti pada surat resmi."))
    password = forms.CharField(
        label=_("Kata sandi"),
        strip=False,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(label=AGAIN, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, *args, invitation, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = invitation.email
        self.fields["name"].initial = invitation.name

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("password"):
            try:
                password_validation.validate_password(cleaned["password"], User(email=self.email, name=cleaned.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", DIFFERENT)
        return cleaned
