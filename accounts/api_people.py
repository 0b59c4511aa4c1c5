"""Endpoints of people: memberships and invitations of a government, and of the ministry with the heads everywhere."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts import access, operations, queries
from accounts.enums import DINAS_ROLES, Acting, InvitationState, Role, Standing
from accounts.gate import GovernmentEndpoint
from accounts.registers import dinas_choices
from portal.api import UnknownReference, page_of
from portal.api_fields import Choice, Day, Email, Entries, Line, Moment, Uuid
from portal.api_filters import Filters, OneOf, Search
from portal.errors import DomainError
from portal.openapi import example, operation
from tenants import directory

PERSON = {
    "id": "d3b07384-d9a0-4c3b-9d5e-0f1c2b3a4d5e", "name": "Dewi Lestari", "email": "dewi@bandung.example", "role": "dinas_head",
    "acting": "", "title": "Kepala Dinas Tenaga Kerja", "dinas": None, "dinas_name": "", "valid_from": "2026-01-01",
    "valid_until": None, "standing": "active",
}  # fmt: skip
INVITATION = {
    "name": "Dewi Lestari", "email": "dewi@bandung.example", "role": "dinas_head", "position": "Kepala Dinas Tenaga Kerja",
    "valid_from": "2026-12-01",
}  # fmt: skip
INVITED = {
    "id": "5b07384d-d9a0-4c3b-9d5e-0f1c2b3a4d5e", "government": "kota-bandung", "dinas": None, "dinas_name": "", "acting": "",
    **INVITATION, "title": "Kepala Dinas Tenaga Kerja", "valid_until": None, "invited_at": "2026-11-23T03:00:00Z",
    "invited_by": "Wali Kota", "expires_at": "2026-11-30T03:00:00Z", "state": "open",
}  # fmt: skip


class PersonSerializer(serializers.Serializer):
    """What a person is in a government, from one day to another."""

    id = serializers.UUIDField(help_text="Of the membership.")
    name = serializers.CharField(source="user.name")
    email = serializers.EmailField(source="user.email")
    role = serializers.ChoiceField(choices=Role.choices)
    acting = serializers.ChoiceField(choices=Acting.choices, allow_blank=True)
    title = serializers.CharField()
    dinas = serializers.UUIDField(source="dinas_id", allow_null=True)
    dinas_name = serializers.CharField(allow_blank=True)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True, help_text="The last day.")
    standing = serializers.ChoiceField(choices=Standing.choices)


class PeopleFilters(Filters):
    role = OneOf(field_name="role", choices=Role.choices, help_text="Only this role.")
    standing = OneOf(field_name="standing", choices=Standing.choices, help_text="Only memberships that stand so today.")
    q = Search(lookups=["user__name__icontains", "position__icontains"], help_text="In name and position.")


class People(GovernmentEndpoint):
    ministry = None
    rights = {"GET": "people.view"}
    filters = PeopleFilters
    orders = {"name": ("user__name", "pk"), "role": ("role", "user__name", "pk"), "valid_from": ("valid_from", "pk")}
    paged = True

    @operation(
        "listPeople",
        gives=page_of(PersonSerializer),
        examples=[example("One person", {"count": 1, "page": 1, "per_page": 25, "results": [PERSON]})],
    )
    def get(self, request, government):
        """
        List the people of a government

        One entry for each membership: in force, coming and ended.
        """
        return self.page(queries.people(request.tenant, day=request.today), PersonSerializer)


class EndingEntries(Entries):
    reason = Line(max_length=200)
    last_day = Day(allow_null=True, default=None, help_text="At once without.")


class Ending(GovernmentEndpoint):
    ministry = None
    rights = {"POST": "people.end"}

    @operation(
        "endMembership", takes=EndingEntries, gives=PersonSerializer,
        examples=[example("Transfer", {"reason": "Mutasi ke dinas lain."}, sent=True)],
    )  # fmt: skip
    def post(self, request, government, pk):
        """
        End a membership

        At once, or after its last day. By whoever may give that role, or by the person; the ministry also ends those of heads.
        """
        membership = access.get_membership(request.member, pk)
        ended = operations.end_membership(membership=membership, by=request.member, at=self.at, **self.read(EndingEntries))
        ended.standing = ended.standing_at(ended.tenant.today(self.at))
        return self.shown(ended, PersonSerializer)


# Invitations ------------------------------------------------------------------------------------------------------------------


class InvitationSerializer(serializers.Serializer):
    """An invitation by e-mail: its link works once, for seven days. The link itself is in the mail only."""

    id = serializers.UUIDField()
    government = serializers.SlugField(source="tenant.slug")
    name = serializers.CharField()
    email = serializers.EmailField()
    role = serializers.ChoiceField(choices=Role.choices)
    acting = serializers.ChoiceField(choices=Acting.choices, allow_blank=True)
    position = serializers.CharField()
    title = serializers.CharField()
    dinas = serializers.UUIDField(source="dinas_id", allow_null=True)
    dinas_name = serializers.CharField(allow_blank=True)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True)
    invited_at = Moment()
    invited_by = serializers.CharField(source="invited_by_name")
    expires_at = Moment()
    state = serializers.SerializerMethodField()

    def get_state(self, invitation) -> InvitationState:
        return invitation.state_at(self.context["view"].at)


class DinasNotFitting(DomainError):
    message = _("Peran ini berlaku untuk seluruh pemerintah daerah; kosongkan dinasnya.")
    field = "dinas"
    code = "dinas-not-fitting"


class InvitationEntries(Entries):
    name = Line(max_length=150)
    email = Email(max_length=254)
    role = Choice(choices=Role.choices)
    position = Line(max_length=150)
    acting = Choice(choices=Acting.choices, allow_blank=True, default="")
    dinas = Uuid(allow_null=True, default=None, help_text="For the roles of a dinas; empty for a head who is to record it.")
    valid_from = Day()
    valid_until = Day(allow_null=True, default=None, help_text="The last day.")
    government = Line(max_length=36, default="", allow_blank=True, help_text="Of a head whom the ministry invites: its slug.")


class InvitationFilters(Filters):
    state = OneOf(field_name="state", choices=InvitationState.choices, help_text="Only invitations in this state.")
    q = Search(lookups=["name__icontains", "email__icontains"], help_text="In name and e-mail address.")


class Invitations(GovernmentEndpoint):
    ministry = None
    rights = {"GET": "people.view", "POST": "people.invite"}
    filters = InvitationFilters
    orders = {"invited_at": ("invited_at", "pk"), "name": ("name", "pk"), "expires_at": ("expires_at", "pk")}
    order = "-invited_at"
    paged = True

    @operation(
        "listInvitations",
        gives=page_of(InvitationSerializer),
        examples=[example("One invitation", {"count": 1, "page": 1, "per_page": 25, "results": [INVITED]})],
    )
    def get(self, request, government):
        """List the invitations into a government"""
        return self.page(queries.invitations(request.tenant, at=self.at), InvitationSerializer)

    @operation(
        "invite", takes=InvitationEntries, gives=InvitationSerializer, status=201,
        examples=[example("A head of a dinas", INVITATION, sent=True)],
    )  # fmt: skip
    def post(self, request, government):
        """
        Invite somebody

        As one of the roles that the caller may give. The mail with the link leaves by the job queue. The ministry names the
        `government` whose head it invites.
        """
        entries = self.read(InvitationEntries)
        tenant = self.invited_into(entries.pop("government"))
        dinas_id = entries.pop("dinas")
        if dinas_id and entries["role"] not in DINAS_ROLES:
            raise DinasNotFitting()
        names = dict(dinas_choices(request.tenant)) if dinas_id else {}
        if dinas_id and dinas_id not in names:
            raise UnknownReference(field="dinas")
        invitation = operations.invite(
            tenant=tenant, dinas_id=dinas_id, dinas_name=str(names.get(dinas_id, "")), by=request.member, at=self.at, **entries
        )
        location = f"{request._request.path}/{invitation.pk}"
        return self.shown(invitation, InvitationSerializer, status=201, location=location)

    def invited_into(self, slug: str):
        if slug in ("", self.request.tenant.slug):
            return self.request.tenant
        found = directory.find(slug) if self.request.tenant.is_ministry else None
        if found is None:
            raise UnknownReference(field="government")
        return found


class HeadInvitations(GovernmentEndpoint):
    ministry = True
    rights = {"GET": "people.view"}
    filters = InvitationFilters
    orders = Invitations.orders
    order = "-invited_at"
    paged = True

    @operation("listHeadInvitations", gives=page_of(InvitationSerializer))
    def get(self, request, government):
        """List the invitations of heads into all governments"""
        return self.page(queries.invitations_of_heads(at=self.at), InvitationSerializer)


class Invitation(GovernmentEndpoint):
    ministry = None
    rights = {"GET": "people.invite", "DELETE": "people.invite"}

    @operation("getInvitation", gives=InvitationSerializer, examples=[example("An invitation", INVITED)])
    def get(self, request, government, pk):
        """Read an invitation"""
        return self.shown(access.get_invitation(request.member, pk), InvitationSerializer)

    @operation("withdrawInvitation", gives=InvitationSerializer)
    def delete(self, request, government, pk):
        """
        Withdraw an invitation

        Its link works no more. One that was accepted is 422: end the membership.
        """
        invitation = access.get_invitation(request.member, pk)
        return self.shown(operations.withdraw(invitation=invitation, by=request.member, at=self.at), InvitationSerializer)


class Sending(GovernmentEndpoint):
    ministry = None
    rights = {"POST": "people.invite"}

    @operation("resendInvitation", gives=InvitationSerializer)
    def post(self, request, government, pk):
        """
        Send an invitation again

        With a new link for seven days; the old one works no more.
        """
        self.read(Entries)
        invitation = access.get_invitation(request.member, pk)
        return self.shown(operations.resend(invitation=invitation, by=request.member, at=self.at), InvitationSerializer)
