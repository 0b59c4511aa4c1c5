from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from accounts import second_factor
from accounts.models import User
from tenants.context import as_public


class Command(BaseCommand):
    help = (
        "Takes the second factor off the account of somebody who has lost phone and recovery codes, and ends the sessions. "
        "Make sure first that it is this person who asks: call back, or let the superior confirm."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", nargs="?")
        parser.add_argument(
            "--unreadable", action="store_true", help="All whose second factor was kept under a secret key that is gone."
        )

    def handle(self, *args, email, unreadable, **options):
        if unreadable == bool(email):
            raise CommandError("Sebutkan satu alamat surel, atau --unreadable.")
        with as_public():
            for user in self.unreadable() if unreadable else [self.one(email)]:
                second_factor.release(user)
                self.stdout.write(f"Faktor kedua {user.email} dilepas; semua sesinya berakhir.")

    @staticmethod
    def one(email: str) -> User:
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            raise CommandError(f"Tidak ada akun dengan alamat surel {email}.")
        if not Authenticator.objects.filter(user=user).exists():
            raise CommandError(f"Akun {email} tidak memakai faktor kedua.")
        return user

    @staticmethod
    def unreadable() -> list[User]:
        held = Authenticator.objects.filter(type=Authenticator.Type.TOTP).select_related("user").order_by("user__email")
        return [entry.user for entry in held if not second_factor.is_readable(entry)]
