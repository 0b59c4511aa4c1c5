import pytest
from django.core.management import CommandError, call_command

from accounts.enums import Role
from accounts.models import Invitation
from portal.models import Mail


def test_first_officer_is_invited_by_mail(db, pusat):
    call_command("invite_officer", "melati@contoh.test", "Melati", verbosity=0)

    assert list(Invitation.objects.values_list("email", "tenant_id", "role")) == [
        ("melati@contoh.test", pusat.pk, Role.MINISTRY_OFFICER)
    ]
    assert list(Mail.objects.values_list("to", flat=True)) == ["melati@contoh.test"]


def test_second_officer_is_invited_by_the_first(officer):
    with pytest.raises(CommandError, match="mintalah undangan kepadanya"):
        call_command("invite_officer", "melati@contoh.test", "Melati", verbosity=0)

    assert Invitation.objects.count() == 0
