"""
What every endpoint of the REST interface stands in: who may, how often, what may be sent, how the answer looks.

An endpoint declares; the parent classes act. Those in ``accounts.gate`` say who the caller is and mount the government.

    class Offices(GovernmentEndpoint):
        rights = {"GET": "offices.view", "POST": "offices.edit"}
        filters = OfficeFilters
        orders = {"name": ("name", "id")}

        def get(self, request, government):
            return self.page(queries.offices(request.member), OfficeSerializer)
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from portal import etags, idempotency, json_body
from portal.api_filters import LAST_PAGE, MOST_PER_PAGE, PER_PAGE, Filters, narrowed, number, ordered, refuse_unknown
from portal.errors import DomainError
from portal.throttling import Spent

SAFE = ("GET", "HEAD")
PAGING = ("page", "per_page")


class Endpoint(APIView):
    """
    Base of all endpoints. ``access`` is the mark that AccessMiddleware asks for; see accounts.gate for ``rights``.

    ``filters`` and ``orders`` make a GET a list with parameters (``order`` is the one it has without), ``parameters`` names
    others by method; ``edits`` are the methods that need If-Match; ``body_bytes`` is the largest body, where not the usual.
    """

    access = ""
    http_method_names: tuple[str, ...] = ("get", "head", "post", "put", "delete")
    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    parser_classes = (json_body.StrictJSONParser,)
    renderer_classes: tuple[type[BaseRenderer], ...] = (JSONRenderer,)
    metadata_class = None
    filters: type[Filters] | None = None
    orders: Mapping[str, tuple[str, ...]] = {}
    order = ""
    paged = False
    parameters: Mapping[str, tuple] = {}
    body_bytes = 0
    edits: tuple[str, ...] = ()
    spent: Spent | None = None
    shown_version: int | None = None

    # The way of a request -----------------------------------------------------------------------------------------------------

    def dispatch(self, request, *args, **kwargs):
        self.args, self.kwargs = args, kwargs
        self.at = timezone.now()
        self.request = self.initialize_request(request, *args, **kwargs)
        self.request.user = request.user
        self.headers = self.default_response_headers
        with ExitStack() as self.held:
            try:
                if request.method.lower() not in self.http_method_names or not hasattr(self, request.method.lower()):
                    self.http_method_not_allowed(self.request)
                if request.method not in SAFE:  # before anything can read it as a form
                    json_body.read(request, most=self.body_bytes or settings.API_BODY_BYTES)
                self.enter(request)
                self.initial(self.request, *args, **kwargs)
                if request.method == "POST":
                    act = lambda: self.act(request)  # noqa: E731
                    response = idempotency.call_once(request, act, scope=self.scope, tenant=request.tenant, at=self.at)
                else:
                    response = self.act(request)
            except Exception as error:
                response = self.finished(self.handle_exception(error))
        return etags.unless_known(request, response) if request.method in SAFE and response.status_code == 200 else response

    def enter(self, request) -> None:
        """Say who calls, count the call, mount the government; raise where the caller may not."""
        raise NotImplementedError

    @property
    def scope(self) -> str:
        """Whose idempotency keys these are."""
        raise NotImplementedError

    def initial(self, request, *args, **kwargs):
        self.format_kwarg = None
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(request)
        refuse_unknown(request._request.GET, self.known_parameters(request.method))
        if request.method in self.edits:
            self.version = etags.expected_version(request)

    def act(self, http_request) -> HttpResponse:
        try:
            response = getattr(self, http_request.method.lower())(self.request, *self.args, **self.kwargs)
        except Exception as error:
            response = self.handle_exception(error)
        return self.finished(response)

    def finished(self, response) -> HttpResponse:
        """The answer with all its headers, rendered while the government is still mounted."""
        response = self.finalize_response(self.request, response, *self.args, **self.kwargs)
        if isinstance(response, Response):
            response.render()
        if response.status_code < 300 and response.content:
            etags.stamp(response, self.shown_version)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ["Accept-Language", "Authorization", "Cookie"])
        if self.spent is not None:
            self.spent.tell(response)
        return response

    # What endpoints call ------------------------------------------------------------------------------------------------------

    @classmethod
    def known_parameters(cls, method: str) -> list[str]:
        method = "GET" if method == "HEAD" else method
        names = [parameter.name for parameter in cls.parameters.get(method, ())]
        if method != "GET":
            return names
        if cls.filters is not None:
            names += cls.filters.parameters()
        return [*names, *(["order"] if cls.orders else []), *(PAGING if cls.paged else ())]

    @classmethod
    def default_order(cls) -> str:
        return cls.order or next(iter(cls.orders), "")

    def read(self, entries: type[serializers.Serializer]) -> dict:
        """What was sent, checked. Raises ``invalid`` with the errors by field."""
        bound = entries(data=self.request.data, context={"view": self, "request": self.request})
        bound.is_valid(raise_exception=True)
        return bound.validated_data

    def shown(self, thing, serializer: type[serializers.Serializer], *, status: int = 200, location: str = "") -> Response:
        """One thing as the answer; its ``version`` goes into the ETag."""
        data = serializer(thing, context={"view": self, "request": self.request}).data
        response = Response(data, status=status, headers={"Location": location} if location else None)
        self.shown_version = getattr(thing, "version", None)
        return response

    def present(self, thing):
        """How ``thing`` is shown as ``current`` in a lost update; endpoints with ``edits`` name their ``serializer``."""
        return self.serializer(thing, context={"view": self, "request": self.request}).data

    def page(self, queryset, serializer: type[serializers.Serializer]) -> Response:
        """One page of ``queryset``, filtered and ordered as the parameters say, with links to the others (RFC 8288)."""
        params = self.request.query_params
        rows = ordered(self.orders, self.default_order(), params, narrowed(self.filters, self.request._request, queryset))
        page, per_page = number(params, "page", 1, LAST_PAGE), number(params, "per_page", PER_PAGE, MOST_PER_PAGE)
        count = rows.count()
        start = (page - 1) * per_page
        found = list(rows[start : start + per_page]) if start < count else []
        results = serializer(found, many=True, context={"view": self, "request": self.request}).data
        response = Response({"count": count, "page": page, "per_page": per_page, "results": results})
        response["Link"] = self.links(page, max(1, -(-count // per_page)))
        return response

    def links(self, page: int, last: int) -> str:
        targets = {
            "first": 1,
            "prev": page - 1 if 1 < page <= last else 0,
            "next": page + 1 if page < last else 0,
            "last": last,
        }
        http_request = self.request._request
        params = http_request.GET.dict()
        return ", ".join(
            f'<{http_request.build_absolute_uri(http_request.path)}?{urlencode(params | {"page": number})}>; rel="{name}"'
            for name, number in targets.items()
            if number
        )


class PdfRenderer(BaseRenderer):
    """Names the media type; the endpoint gives the bytes itself."""

    media_type = "application/pdf"
    format = "pdf"
    charset = None

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return data


class UnknownReference(DomainError):
    """Something named in the body that the government does not have."""

    message = _("Yang disebut di sini tidak ada pada pemerintah daerah ini.")
    code = "unknown-reference"


@contextmanager
def named(field: str) -> Iterator[None]:
    """Looking up what ``field`` of the body names: what is not found there is no address that does not exist."""
    try:
        yield
    except Http404:
        raise UnknownReference(field=field) from None


_pages: dict[type, type] = {}


def page_of(item: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The serializer of one page of ``item``, for the document."""
    if item not in _pages:
        name = f"{item.__name__.removesuffix('Serializer')}Page"
        fields = {
            "count": serializers.IntegerField(min_value=0, help_text="How many there are on all pages."),
            "page": serializers.IntegerField(min_value=1),
            "per_page": serializers.IntegerField(min_value=1, max_value=MOST_PER_PAGE),
            "results": item(many=True),
        }
        _pages[item] = type(name, (serializers.Serializer,), fields)
    return _pages[item]
