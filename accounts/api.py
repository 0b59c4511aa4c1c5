"""Endpoints outside the governments: who calls, and the tree of governments."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from accounts import policy, queries
from accounts.enums import Acting, Role
from accounts.gate import SLUG, Program, SignedInEndpoint
from accounts.keys import holder
from accounts.members import Member
from accounts.models import ApiKey, User
from portal.api import page_of
from portal.api_fields import Moment
from portal.api_filters import Filters, OneOf, Search, Slug
from portal.openapi import example, operation
from tenants.enums import Level

BANDUNG = {
    "slug": "kota-bandung", "name": "Kota Bandung", "level": "kota", "code": "32.73", "parent": "jawa-barat",
    "timezone": "Asia/Jakarta", "zone": "WIB", "autonomous": True,
}  # fmt: skip


class GovernmentSerializer(serializers.Serializer):
    """A government, or the ministry at the top of the tree."""

    slug = serializers.SlugField(help_text="Stands for the government in every address.")
    name = serializers.CharField()
    level = serializers.ChoiceField(choices=Level.choices)
    code = serializers.CharField(allow_blank=True, help_text="The Kemendagri code of today: text, `11.10` is not `11.1`.")
    parent = serializers.SlugField(source="parent.slug", allow_null=True, default=None)  # type: ignore[assignment]
    timezone = serializers.CharField()
    zone = serializers.CharField(source="zone_abbr", help_text="WIB, WITA or WIT.")
    autonomous = serializers.BooleanField(
        help_text="False for the six administrative ones of Jakarta: no government of their own."
    )


class OwnRoleSerializer(serializers.Serializer):
    role = serializers.ChoiceField(choices=Role.choices)
    title = serializers.CharField(help_text="The position as it stands under a letter, with Plt. or Plh.")
    acting = serializers.ChoiceField(choices=Acting.choices, allow_blank=True)
    dinas = serializers.UUIDField(source="dinas_id", allow_null=True)
    dinas_name = serializers.CharField(allow_blank=True)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True, help_text="The last day.")


class OwnGovernmentSerializer(serializers.Serializer):
    slug = serializers.SlugField()
    name = serializers.CharField()
    today = serializers.DateField(help_text="The local day there.")
    roles = OwnRoleSerializer(many=True)
    rights = serializers.ListField(child=serializers.CharField(), help_text="What the caller may do there.")


class MeSerializer(serializers.Serializer):
    """Who calls: a person with roles, or a key with scopes."""

    kind = serializers.ChoiceField(choices=[("person", "person"), ("key", "key")])
    name = serializers.CharField()
    email = serializers.EmailField(allow_null=True)
    expires_at = Moment(allow_null=True, help_text="When the key ends; null for a person.")
    governments = OwnGovernmentSerializer(many=True)


class Me(SignedInEndpoint):
    @operation(
        "getMe",
        gives=MeSerializer,
        examples=[
            example(
                "A key",
                {
                    "kind": "key", "name": "SIMPEG", "email": None, "expires_at": "2027-06-30T17:00:00Z",
                    "governments": [
                        {
                            "slug": "kota-bandung", "name": "Kota Bandung", "today": "2026-11-23", "roles": [],
                            "rights": ["duties.view", "offices.view"],
                        }
                    ],
                },
            )
        ],
    )  # fmt: skip
    def get(self, request):
        """
        Who am I, where, with which rights

        A person's governments are those with a role in force on their local day today.
        """
        caller = self.caller
        shown = self.as_key(caller.key) if isinstance(caller, Program) else self.as_person(caller.user)
        return self.shown(shown, MeSerializer)

    def as_person(self, user: User) -> dict:
        places = [
            self.place(Member(user=user, tenant=government.tenant, memberships=government.memberships))
            for government in queries.governments_of(user, self.at)
        ]
        return {"kind": "person", "name": user.name, "email": user.email, "expires_at": None, "governments": places}

    def as_key(self, key: ApiKey) -> dict:
        places = [self.place(holder(key))]
        return {"kind": "key", "name": key.name, "email": None, "expires_at": key.expires_at, "governments": places}

    def place(self, member: Member) -> dict:
        return {
            "slug": member.tenant.slug,
            "name": member.tenant.name,
            "today": member.tenant.today(self.at),
            "roles": member.memberships,
            "rights": sorted(right for right in policy.RULES if member.may(right)),
        }


class GovernmentFilters(Filters):
    level = OneOf(field_name="level", choices=Level.choices, help_text="Only governments of this level.")
    parent = Slug(field_name="parent__slug", help_text="Only governments right below this one.")
    q = Search(lookups=["name__icontains", "slug__icontains"], help_text="Part of the name.")


class Governments(SignedInEndpoint):
    filters = GovernmentFilters
    orders = {"slug": ("slug",), "name": ("name", "slug"), "code": ("code", "slug")}
    paged = True

    @operation(
        "listGovernments",
        gives=page_of(GovernmentSerializer),
        examples=[example("One", {"count": 1, "page": 1, "per_page": 25, "results": [BANDUNG]})],
    )
    def get(self, request):
        """
        List the governments

        The ministry, 38 provinces, 514 kabupaten and kota; `parent` walks down the tree.
        """
        return self.page(queries.tree(at=self.at), GovernmentSerializer)


class Government(SignedInEndpoint):
    @classmethod
    def parameters_in_path(cls):
        return [OpenApiParameter("slug", SLUG | {"example": "kota-bandung"}, OpenApiParameter.PATH)]

    @operation("getGovernment", gives=GovernmentSerializer, examples=[example("Kota Bandung", BANDUNG)])
    def get(self, request, slug):
        """
        Get one government

        Names, levels and codes are public; what a government does is behind its own addresses.
        """
        return self.shown(get_object_or_404(queries.tree(at=self.at), slug=slug), GovernmentSerializer)
