"""Guides, the customer care contact and prints through the REST interface."""

import pytest
from django.core.management import call_command

from accounts.enums import Role
from guides.models import GuideVersion
from prints.models import Posting
from tenants.context import mounted
from tests import world
from tests.api.conftest import Caller

PRINTS = f"kota-bandung/offices/{world.OFFICE}/prints"
DOOR, EMAIL = f"hours~{world.ROOM}", f"email-guide~{world.DESK}"
TEXT = {"title": "Membuat surel", "lead": "", "steps": [{"title": "Satu", "text": "Teks"}, {"title": "Dua"}]}
CONTACT = {"valid_from": "2026-11-01", "phone": "021 5550100", "weekdays": [1, 2], "opens": "08:00", "closes": "16:00"}


@pytest.fixture(autouse=True)
def worlds(kota_bandung, kota_cimahi):
    world.furnish(kota_bandung)
    world.furnish(kota_cimahi)
    call_command("load_guides", verbosity=0)


@pytest.fixture
def ministry(session, officer):
    return session(officer)


def states(response) -> dict[str, str]:
    return {each["sheet"]: each["state"] for each in response.json()["results"]}


# Prints -----------------------------------------------------------------------------------------------------------------------


def test_program_says_that_prints_hang_and_takes_one_down(program, kota_bandung):
    before = program.read(PRINTS)
    sent = program.send("POST", PRINTS, {"sheets": [DOOR, EMAIL], "laminated": True})
    posting = next(each["posting"] for each in sent.json()["results"] if each["sheet"] == EMAIL)
    down = program.send("DELETE", f"{PRINTS}/{posting['id']}")
    again = program.send("DELETE", f"{PRINTS}/{posting['id']}")

    assert (states(before)[DOOR], states(sent)[DOOR], states(sent)[EMAIL]) == ("missing", "current", "current")
    assert (posting["edition"], posting["laminated"]) == ("1", True)
    assert (sent.status_code, down.status_code, again.status_code) == (201, 204, 409)
    assert states(program.read(PRINTS))[EMAIL] == "missing"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"sheets": []}, 400, "invalid"),
        ({"sheets": ["poster"]}, 422, "unknown-place"),
        ({"sheets": [DOOR], "laminated": "ya"}, 400, "invalid"),
        ({"sheets": [DOOR], "lebih": 1}, 400, "invalid"),
        ({}, 400, "invalid"),
    ],
)
def test_wrong_sheets_are_refused(program, body, status, code):
    response = program.send("POST", PRINTS, body)

    assert (response.status_code, response.json()["code"]) == (status, code)


def test_pdf_has_a_tag_that_holds_until_something_changes(program, kota_bandung):
    first = program.read(f"{PRINTS}.pdf")
    same = program.read(f"{PRINTS}.pdf", headers={"if-none-match": first["ETag"]})
    program.send("POST", PRINTS, {"sheets": [DOOR]})
    other = program.read(f"{PRINTS}.pdf", headers={"if-none-match": first["ETag"]})

    assert (first["Content-Type"], first.content[:5]) == ("application/pdf", b"%PDF-")
    assert (same.status_code, other.status_code) == (304, 200)


@pytest.mark.parametrize("sheets", ["poster", ",", f"hours~{world.DESK}"])
def test_pdf_of_no_sheet_is_not_found(program, sheets):
    assert program.read(f"{PRINTS}.pdf", {"sheets": sheets}).status_code == 404


def test_pdfs_are_counted(program, settings):
    settings.API_RATES = settings.API_RATES | {"pdf": 1}

    answers = [program.read(f"{PRINTS}.pdf", {"sheets": "queue-sign"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]


def test_prints_of_another_government_are_not_reached(program, kota_bandung, kota_cimahi):
    with mounted(kota_cimahi):
        before = Posting.objects.count()  # the same ids: could leak

    answers = [
        program.read(PRINTS.replace("bandung", "cimahi")),
        program.send("POST", PRINTS.replace("bandung", "cimahi"), {"sheets": [DOOR]}),
        program.send("DELETE", f"{PRINTS.replace('bandung', 'cimahi')}/{world.POSTING}"),
    ]
    program.send("DELETE", f"{PRINTS}/{world.POSTING}")

    assert [answer.status_code for answer in answers] == [404] * 3
    with mounted(kota_cimahi):
        assert (Posting.objects.count(), Posting.objects.get().removed_on) == (before, None)


def test_who_may_not_post_reads_only(make_key, kota_bandung):
    reader = Caller(make_key(kota_bandung, "prints.view")[1])

    answers = [reader.read(PRINTS), reader.send("POST", PRINTS, {"sheets": [DOOR]})]

    assert [answer.status_code for answer in answers] == [200, 403]


# Guides -----------------------------------------------------------------------------------------------------------------------


def test_everybody_reads_what_is_published(client):
    listed = client.get("/api/v1/guides").json()["results"]
    one = client.get("/api/v1/guides/email")
    contact = client.get("/api/v1/care-contact").json()

    assert [(each["guide"], each["number"]) for each in listed] == [("email", 1), ("account", 1), ("service", 1)]
    assert (one.status_code, one["Cache-Control"]) == (200, "public, max-age=60")
    assert (contact["phone"], contact["confirmed"], contact["opens"]) == ("021-25541246", False, "08:00")
    assert client.get("/api/v1/guides/lain").status_code == 404


def test_ministry_writes_publishes_and_everybody_reads(ministry, client):
    begun = ministry.send("PUT", "pusat/guides/email/draft", TEXT, headers={"if-match": "*"})
    secret = client.get("/api/v1/guides/email").json()["title"]
    done = ministry.send(
        "POST", "pusat/guides/email/editions", {"change": "Lebih singkat."}, headers={"if-match": begun["ETag"]}
    )
    read = client.get("/api/v1/guides/email").json()

    assert (begun.status_code, done.status_code) == (200, 201)
    assert secret != "Membuat surel"
    assert (read["number"], read["title"], read["change"], len(read["steps"])) == (2, "Membuat surel", "Lebih singkat.", 2)
    assert [each["number"] for each in ministry.read("pusat/guides/email/editions").json()["results"]] == [2, 1]


def test_draft_of_an_older_version_is_refused_with_the_one_that_stands(ministry):
    old = ministry.send("PUT", "pusat/guides/email/draft", TEXT, headers={"if-match": "*"})
    ministry.send("PUT", "pusat/guides/email/draft", TEXT | {"title": "Orang lain"}, headers={"if-match": old["ETag"]})

    response = ministry.send("PUT", "pusat/guides/email/draft", TEXT, headers={"if-match": old["ETag"]})

    assert (response.status_code, response.json()["current"]["title"]) == (412, "Orang lain")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (TEXT | {"title": ""}, 400),
        (TEXT | {"steps": [{"text": "tanpa judul"}]}, 400),
        (TEXT | {"steps": [{"title": "x"}] * 31}, 400),
        (TEXT | {"steps": "satu"}, 400),
    ],
)
def test_wrong_text_is_refused(ministry, body, status):
    assert ministry.send("PUT", "pusat/guides/email/draft", body, headers={"if-match": "*"}).status_code == status
    assert GuideVersion.objects.filter(number=None).count() == 0


def test_draft_is_discarded_once(ministry):
    ministry.send("PUT", "pusat/guides/email/draft", TEXT, headers={"if-match": "*"})

    statuses = [ministry.send("DELETE", "pusat/guides/email/draft", headers={"if-match": "*"}).status_code for _ in range(2)]

    assert statuses == [204, 404]


def test_observer_and_governments_write_nothing(session, observer, make_member, kota_bandung):
    head = make_member(kota_bandung, Role.GOVERNMENT_HEAD)

    statuses = [
        session(member).send("PUT", "pusat/guides/email/draft", TEXT, headers={"if-match": "*"}).status_code
        for member in (observer, head)
    ]

    assert statuses == [403, 404]


def test_contact_is_entered_from_a_day_on(ministry, client):
    sent = ministry.send("POST", "pusat/care-contacts", CONTACT)
    wrong = ministry.send("POST", "pusat/care-contacts", CONTACT | {"phone": ""})

    assert (sent.status_code, wrong.status_code, wrong.json()["code"]) == (201, 422, "unreachable")
    assert client.get("/api/v1/care-contact").json()["phone"] == "021 5550100"
    assert [each["phone"] for each in ministry.read("pusat/care-contacts").json()["results"]] == ["021 5550100", "021-25541246"]
