from types import SimpleNamespace

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import operations
from accounts.enums import Role
from accounts.members import Member
from accounts.models import Membership
from portal.errors import DomainError
from tenants.context import as_owner
from tenants.enums import Level
from tenants.models import Tenant


class Command(BaseCommand):
    help = (
        "Invites the first ministry officer of a new installation by mail; the officer invites everybody else from the page "
        "“Orang”. Refused as soon as there is one, so that nobody comes in past those who are responsible."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--position", default="Petugas pusat")

    def handle(self, *args, email, name, position, **options):
        at = timezone.now()
        with as_owner():
            ministry = Tenant.objects.get(level=Level.NATION)
            if Membership.objects.filter(tenant=ministry, role=Role.MINISTRY_OFFICER).on(ministry.today(at)).exists():
                raise CommandError("Sudah ada petugas pusat; mintalah undangan kepadanya.")
            operator = SimpleNamespace(pk=0, name="Pengelola sistem", language="id")
            right = Membership(
                tenant=ministry, role=Role.MINISTRY_OFFICER, position=operator.name, valid_from=ministry.today(at)
            )
            try:
                operations.invite(
                    tenant=ministry,
                    email=email,
                    name=name,
                    role=Role.MINISTRY_OFFICER,
                    position=position,
                    valid_from=ministry.today(at),
                    by=Member(user=operator, tenant=ministry, memberships=(right,)),
                    at=at,
                )
            except DomainError as refusal:
                raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Undangan untuk {email} masuk antrean surel.")
