import re

import pytest
from django.urls import reverse

from portal.listing import Column, Filter, Listing
from tenants.models import Tenant

ADDRESS = "/_/komponen/"
ALL = ["bali", "jawa-barat", "kab-badung", "kota-bandung", "kota-cimahi", "kota-jayapura", "papua"]

pytestmark = pytest.mark.django_db


def governments(request, **options):
    options = {
        "columns": [
            Column("slug", "Alamat", sort="slug"),
            Column("place", "Letak", sort=("level", "slug")),
            Column("zone", "Waktu"),
            Column("number", "Nomor", sort="id", numeric=True, shown=False),
        ],
        "search": ["name", "slug"],
        "filters": [
            Filter("tingkat", "Tingkat", [("kota", "Kota"), ("province", "Provinsi")], "level"),
            Filter("induk", "Induk", [("ya", "Ada")], lambda queryset, value: queryset.exclude(parent__level="nation")),
        ],
        "order": "slug",
        **options,
    }
    return Listing(request, Tenant.objects.governments(), **options)


@pytest.fixture
def listed(rf):
    """``listed("urut=-slug", …)`` -> the slugs that the list shows, in order."""

    def get(query="", **options):
        return [tenant.slug for tenant in governments(rf.get(f"/daftar/?{query}"), **options).rows]

    return get


def test_order_is_the_default_one(listed):
    assert listed() == ALL


def test_order_downwards(listed):
    assert listed("urut=-slug") == ALL[::-1]


def test_order_by_several_fields_of_one_column(listed):
    assert listed("urut=place") == ["kab-badung", "kota-bandung", "kota-cimahi", "kota-jayapura", "bali", "jawa-barat", "papua"]


@pytest.mark.parametrize("key", ["zone", "password", "-parent__state_detail", "slug--", "%00"])
def test_order_by_what_is_not_offered_is_ignored(listed, key):
    assert listed(f"urut={key}") == ALL


def test_search_wants_every_word_anywhere(listed):
    assert (listed("cari=kota"), listed("cari=KOTA+ban"), listed("cari=100%25")) == (
        ["kota-bandung", "kota-cimahi", "kota-jayapura"],
        ["kota-bandung"],
        [],
    )


def test_search_survives_a_null_character(listed):
    assert listed("cari=ban%00dung") == ["kota-bandung"]


def test_filters_by_lookup_and_by_function(listed):
    assert listed("tingkat=kota&induk=ya") == ["kota-bandung", "kota-cimahi", "kota-jayapura"]


def test_filter_with_a_value_outside_the_choices_is_ignored(listed):
    assert listed("tingkat=nation") == ALL


@pytest.mark.parametrize(("page", "slugs"), [("2", ALL[3:6]), ("3", ALL[6:]), ("99", ALL[6:]), ("0", ALL[6:]), ("x", ALL[:3])])
def test_pages(listed, page, slugs):
    assert listed(f"hal={page}", per_page=3) == slugs


@pytest.mark.parametrize(("given", "size"), [("50", 50), ("25", 25), ("7", 25), ("100000", 25), ("", 25)])
def test_page_size_is_one_of_those_offered(rf, given, size):
    assert governments(rf.get(f"/daftar/?per={given}")).size == size


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"slug", "place", "zone"}),
        ("kolom=number", {"slug", "number"}),
        ("kolom=slug", {"slug"}),
        ("kolom=slug&kolom=place&kolom=zone&kolom=number", {"slug", "place", "zone", "number"}),
    ],
)
def test_columns_are_chosen_and_the_first_one_stays(rf, query, shown):
    assert governments(rf.get(f"/daftar/?{query}")).shown == shown


def test_address_says_only_what_differs_and_keeps_what_is_not_its_own(rf):
    listing = governments(rf.get("/daftar/?lain=x&cari=kota&tingkat=&urut=slug&per=25&kolom=slug&kolom=place&kolom=zone&hal=2"))

    assert listing.current_url == "/daftar/?lain=x&cari=kota"


def test_address_of_an_order_starts_at_the_first_page_and_keeps_the_filters(rf):
    listing = governments(rf.get("/daftar/?tingkat=kota&hal=1"))

    assert [head.url for head in listing.heads] == ["/daftar/?tingkat=kota&urut=-slug", "/daftar/?tingkat=kota&urut=place", ""]


def test_two_lists_on_one_page_do_not_hear_each_other(rf):
    request = rf.get("/daftar/?a-cari=kota&b-cari=bali")

    found = {key: [tenant.slug for tenant in governments(request, key=key).rows] for key in ("a", "b", "")}

    assert found == {"a": ["kota-bandung", "kota-cimahi", "kota-jayapura"], "b": ["bali"], "": ALL}


def test_grouped_rows_keep_their_groups(rf):
    grouped = Tenant.objects.governments().values("level").distinct()
    listing = Listing(rf.get("/"), grouped, columns=[Column("level", "Tingkat", sort="level")], order="-level")

    assert listing.rows == [{"level": "province"}, {"level": "kota"}, {"level": "kabupaten"}]


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_costs_two_queries(rf, django_assert_num_queries, size):
    listing = governments(rf.get("/daftar/"), per_page=size)
    Tenant.objects.exists()  # the connection takes its role and schema with the first query

    with django_assert_num_queries(2):
        assert (len(listing.rows), listing.total) == (size, 7)


# On a page


def row_names(response):
    return re.findall(r'<tr id="wilayah-\d+"><th[^>]*><a[^>]*>([^<]+)', response.content.decode())


def test_page_shows_the_rows_asked_for(client):
    response = client.get(ADDRESS, {"wilayah-urut": "-name", "wilayah-tingkat": "kota"})

    assert row_names(response) == ["Kota Jayapura", "Kota Cimahi", "Kota Bandung"]


def test_htmx_gets_the_same_list_alone(client):
    query = {"wilayah-cari": "kota"}
    whole = client.get(ADDRESS, query)
    part = client.get(ADDRESS, query, headers={"HX-Request": "true", "HX-Target": "section#daftar-wilayah"})

    body = part.content.decode().strip()

    assert (body.startswith("<section"), body.endswith("</section>"), "<html" in body) == (True, True, False)
    assert body in whole.content.decode()
    assert part["HX-Push-Url"] == f"{ADDRESS}?wilayah-cari=kota"


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true"},
        {"HX-Request": "true", "HX-Target": "body"},
        {"HX-Request": "true", "HX-Target": "section#daftar"},
    ],
)
def test_a_request_for_something_else_gets_the_page(client, headers):
    response = client.get(ADDRESS, headers=headers)

    assert "<html" in response.content.decode()
    assert {"HX-Request", "HX-Target"} <= {each.strip() for each in response["Vary"].split(",")}


def test_no_match_offers_to_clear_the_filters(client):
    body = client.get(ADDRESS, {"wilayah-cari": "tidakada", "wilayah-urut": "level"}).content.decode()

    assert f'href="{ADDRESS}?wilayah-urut=level" hx-get="{ADDRESS}?wilayah-urut=level">Hapus saringan' in body


def test_hidden_column_is_named_and_hidden(client):
    body = client.get(ADDRESS, {"wilayah-kolom": ["name", "slug"]}).content.decode()

    cells = re.search(r'<tr id="wilayah-\d+">(.*?)</tr>', body, re.DOTALL)[1]

    assert re.findall(r'data-label="([\w ]+)"( class="num")?( hidden)?', cells) == [
        ("Pemerintah daerah", "", ""),
        ("Tingkat", "", " hidden"),
        ("Provinsi", "", " hidden"),
        ("Waktu", "", " hidden"),
        ("Nomor", ' class="num"', " hidden"),
        ("Alamat", "", ""),
    ]


def test_what_is_searched_for_is_escaped(client):
    body = client.get(ADDRESS, {"wilayah-cari": '"><script>x</script>'}).content.decode()

    assert "<script>x" not in body


def test_page_of_components_has_a_name():
    assert reverse("portal:components") == ADDRESS
