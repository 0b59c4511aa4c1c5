"""
A small world for tests of access: two governments with the same ids for everything and one word each that occurs nowhere else.

What one of them shows of the other is found by its word.
"""

import datetime
import hashlib
import uuid

from accounts.enums import Role
from accounts.models import ApiKey, Invitation, Membership, User
from circulars.models import Acknowledgement, Circular, Copy, Delivery, Point
from equipment.models import Check, Item, Movement, StockTake, StockTakeLine, Supply
from offices.models import (
    Desk,
    Dinas,
    DinasHead,
    LocalDay,
    Office,
    OfficePhoto,
    Room,
    Schedule,
    ServiceHours,
    SpecialDays,
)
from oversight.models import OfficeStatus
from portal.models import Mail
from prints.models import Posting
from staffing.models import Duty, Staff
from tenants.context import as_owner, mounted
from workbooks.models import ImportFile, ImportRow, ImportRun

WORDS = {"kota-bandung": "rambutan", "kota-cimahi": "kecapi", "jawa-barat": "belimbing", "kota-jayapura": "matoa"}
DINAS = uuid.UUID("11111111-1111-4111-8111-111111111111")
OFFICE = uuid.UUID("22222222-2222-4222-8222-222222222222")
STAFF = uuid.UUID("33333333-3333-4333-8333-333333333333")
DUTY = uuid.UUID("44444444-4444-4444-8444-444444444444")
CIRCULAR = uuid.UUID("55555555-5555-4555-8555-555555555555")
DRAFT = uuid.UUID("66666666-6666-4666-8666-666666666666")
ROOM = uuid.UUID("77777777-7777-4777-8777-777777777771")
DESK = uuid.UUID("77777777-7777-4777-8777-777777777772")
POSTING = uuid.UUID("77777777-7777-4777-8777-777777777779")
SCHEDULE = uuid.UUID("88888888-8888-4888-8888-888888888881")
SPECIAL = uuid.UUID("88888888-8888-4888-8888-888888888882")
LOCAL_DAY = uuid.UUID("88888888-8888-4888-8888-888888888883")
SUPPLY = uuid.UUID("77777777-7777-4777-8777-777777777778")
ITEM = uuid.UUID("77777777-7777-4777-8777-777777777773")
RUN = uuid.UUID("77777777-7777-4777-8777-777777777779")
ROUND = uuid.UUID("99999999-9999-4999-8999-999999999991")
LINE = uuid.UUID("99999999-9999-4999-8999-999999999992")
HEAD = uuid.UUID("77777777-0055-4777-8777-777777777777")
DAY = datetime.date(2026, 11, 23)
AT = datetime.datetime(2026, 11, 20, 2, 0, tzinfo=datetime.UTC)


def furnish(tenant) -> None:
    """One of every noun of a tenant's own schema and of its rows in ``public``, with the same ids in each tenant."""
    word = WORDS[tenant.slug]
    with mounted(tenant):
        office = _office(word)
        _things(office, word)
        _people_and_imports(office, word)
    with as_owner():
        _above(tenant, word)


def _office(word: str) -> Office:
    dinas = Dinas.objects.create(id=DINAS, name=f"Dinas {word}", sectors=["manpower"])
    office = Office.objects.create(
        id=OFFICE, dinas=dinas, name=f"Loket {word}", address=f"Jl. Contoh {word}", opened_on=datetime.date(2026, 1, 5)
    )
    DinasHead.objects.create(id=HEAD, dinas=dinas, name=f"Kepala {word}", serves_from=datetime.date(2026, 1, 5))
    photo = f"foto {word}".encode()
    OfficePhoto.objects.create(
        office=office, content=photo, sha256=hashlib.sha256(photo).hexdigest(), width=1, height=1, added_at=AT
    )
    schedule = Schedule.objects.create(office=office)
    for weekday in range(1, 6):
        ServiceHours.objects.create(schedule=schedule, weekday=weekday, opens=datetime.time(8), closes=datetime.time(15))
    february, march = datetime.date(2027, 2, 8), datetime.date(2027, 3, 9)
    Schedule.objects.create(
        id=SCHEDULE, office=office, kind="seasonal", name=f"Ramadan {word}", valid_from=february, valid_until=march
    )
    wednesday = datetime.date(2027, 1, 20)
    SpecialDays.objects.create(id=SPECIAL, office=office, first_on=wednesday, last_on=wednesday, reason=f"Rapat {word}")
    LocalDay.objects.create(id=LOCAL_DAY, on=datetime.date(2027, 1, 21), name=f"Hari Jadi {word}")
    return office


def _things(office: Office, word: str) -> None:
    room = Room.objects.create(id=ROOM, office=office, name=f"Ruang {word}", purpose="registration", width=800, depth=600)
    Desk.objects.create(id=DESK, room=room, name=f"Meja {word}", x=100, y=100)
    Posting.objects.create(
        id=POSTING, office=office, kind="queue-sign", edition=word[:12], posted_on=DAY, posted_by_name=f"Pemasang {word}"
    )
    laptop = Item.objects.create(
        id=ITEM, office=office, room=room, label="1111-11", category="device", kind="laptop", name=f"Laptop {word}",
        purpose="registration",
    )  # fmt: skip
    supply = Supply.objects.create(id=SUPPLY, office=office, kind="paper", name=f"Kertas {word}", unit="rim", minimum=2)
    Movement.objects.create(
        id=SUPPLY, supply=supply, kind="in", quantity=5, on=DAY, recorded_at=AT, recorded_by_name=f"Petugas {word}"
    )
    Check.objects.create(
        item=laptop, kind="camera", ok=False, note=f"Buram {word}", checked_on=DAY, checked_at=AT, checked_by_name=word
    )
    taken = StockTake.objects.create(id=ROUND, room=room, expected=[ITEM], started_at=AT, started_by_name=f"Petugas {word}")
    StockTakeLine.objects.create(
        id=LINE, stock_take=taken, label="1111-11", item=laptop, outcome="confirmed", read_at=AT, read_by_name=word
    )


def _people_and_imports(office: Office, word: str) -> None:
    dinas = office.dinas
    staff = Staff.objects.create(id=STAFF, dinas=dinas, name=f"Petugas {word}", serves_from=datetime.date(2026, 1, 5))
    Duty.objects.create(id=DUTY, office=office, staff=staff, on=DAY, slot=1)
    run = ImportRun.objects.create(
        id=RUN, dinas=dinas, office=office, file_name=f"{word}.xlsx", digest="0" * 64, size=1, state="checked", by_id=1,
        by_name=f"Orang {word}", received_at=AT, checked_at=AT, counts={"rooms": {"change": 1}},
    )  # fmt: skip
    ImportFile.objects.create(run=run)
    ImportRow.objects.create(run=run, number=1, sheet="rooms", line=3, action="change", title=f"Ruang {word}")


def _above(tenant, word: str) -> None:
    OfficeStatus.objects.update_or_create(
        tenant=tenant,
        office_id=OFFICE,
        defaults={
            "dinas_id": DINAS,
            "dinas_name": f"Dinas {word}",
            "name": f"Loket {word}",
            "kind": "counter",
            "address": f"Jl. Contoh {word}",
            "opened_on": datetime.date(2026, 1, 5),
            "service_weekdays": [1, 2, 3, 4, 5],
            "staffed_days": [(DAY, DAY + datetime.timedelta(days=1))],
            "full_days": [],
            "changed_at": AT,
        },
    )
    person = User.objects.create(email=f"{word}@contoh.test", name=f"Orang {word}", password="!")
    Membership.objects.create(
        user=person, tenant=tenant, role=Role.OPERATOR, dinas_id=DINAS, dinas_name=f"Dinas {word}",
        position=f"Staf {word}", valid_from=datetime.date(2026, 1, 1),
    )  # fmt: skip
    Invitation.objects.create(
        token_digest=word, email=f"undangan.{word}@contoh.test", name=f"Undangan {word}", tenant=tenant, role=Role.OPERATOR,
        position="Staf", valid_from=DAY, invited_by_id=person.pk, invited_by_name=person.name, invited_at=AT,
        expires_at=AT + datetime.timedelta(days=7),
    )  # fmt: skip
    ApiKey.objects.create(
        tenant=tenant, name=f"Kunci {word}", prefix=word[:12], key_digest="0" * 64, scopes=["offices.view"],
        expires_at=AT + datetime.timedelta(days=90), created_by_id=person.pk, created_by_name=person.name, created_at=AT,
    )  # fmt: skip
    Mail.objects.create(
        key=word, tenant=tenant, to=f"surel.{word}@contoh.test", subject=f"Surel {word}", text="…", posted_at=AT, due_at=AT
    )


def circular(*, id=CIRCULAR, number="1/TEST/2026", published=True) -> Circular:
    """A circular with two points and two copies; published unless said otherwise."""
    state = {"state": "published", "sha256": "a" * 64, "published_at": AT} if published else {}
    draft = Circular.objects.create(
        id=id, number=number, dated_on=datetime.date(2026, 11, 19), subject="Pelayanan percobaan", opening="Isi.",
        deadline_on=datetime.date(2026, 11, 30),
    )  # fmt: skip
    for order, number in enumerate(("1", "1a"), start=1):
        Point.objects.create(circular=draft, order=order, number=number, text=f"Butir {number}")
    Copy.objects.create(circular=draft, order=1, office="Sekretariat Percobaan")
    if published:
        Circular.objects.filter(pk=draft.pk).update(**state)
        draft.refresh_from_db()
    return draft


def deliver(to, letter: Circular, *, acknowledged=False) -> Delivery:
    """``letter`` at the government ``to``, on request with an acknowledgement that carries its word."""
    word = WORDS[to.slug]
    opened = {"opened_at": AT, "opened_by_id": 1, "opened_by_name": f"Pembuka {word}"} if acknowledged else {}
    delivery = Delivery.objects.create(
        circular=letter, tenant=to, delivered_at=AT, acknowledged_at=AT if acknowledged else None, **opened
    )
    if acknowledged:
        Acknowledgement.objects.create(
            delivery=delivery, tenant=to, government=to.name, circular_number=letter.number, circular_subject=letter.subject,
            circular_version=letter.version, circular_sha256=letter.sha256, statement=f"Diterima {word}", user_id=1,
            name=f"Pejabat {word}", position="Wali Kota", acknowledged_at=AT, local_time="20 November 2026 09.00 WIB",
            code=f"kode-{word}", seal="b" * 64,
        )  # fmt: skip
    return delivery
