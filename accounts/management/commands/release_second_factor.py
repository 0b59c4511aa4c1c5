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
        parser.add_argument("email")

    def handle(self, *args, email, **options):
        with as_public():
            user = User.objects.filter(email=email.lower()).first()
            if user is None:
                raise CommandError(f"Tidak ada akun dengan alamat surel {email}.")
            if not second_factor.release(user):
                raise CommandError(f"Akun {email} tidak memakai faktor kedua.")
        self.stdout.write(f"Faktor kedua {email} dilepas; semua sesinya berakhir.")
