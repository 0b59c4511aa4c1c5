"""What stands in the offices of the demonstration, in states that differ; brands are left out on purpose."""

import datetime
from itertools import count

from accounts.members import Member
from equipment import labelling, queries
from equipment.enums import CheckKind, Condition, ItemKind, category_of
from equipment.models import Check, Item
from offices.enums import OfficeKind, RoomPurpose
from offices.models import Desk, Office, Room
from oversight.demo.correspondence import chance
from oversight.demo.places import EXEMPLARY, TOLD

BARE = "Loket UKM Kiaracondong"
WORN = "Loket Gedebage"
STALE = "Loket Wisata Braga"
SLOW = "Loket Keliling Selatan"
DAY = datetime.timedelta(days=1)
LINE = {"down": 18.4, "up": 6.2, "latency": 42}
POOR_LINE = {"down": 1.1, "up": 0.4, "latency": 380}
POOR = "unduh 1,1 Mbit/s, perlu 2; unggah 0,4 Mbit/s, perlu 0,5; jeda 380 ms, paling lama 300"
BROWSER = {"browser": "chrome", "major": 157}
CODES = {
    ItemKind.LAPTOP: "3.10.01.02.002",
    ItemKind.DESKTOP: "3.10.01.02.001",
    ItemKind.TABLET: "3.10.01.02.009",
    ItemKind.CHAIR: "3.05.02.01.003",
    ItemKind.DESK: "3.05.02.01.002",
    ItemKind.PRINTER: "3.10.02.03.003",
}


class Stock:
    """Collects the things of one office; labels and register numbers are counted on through the whole government."""

    def __init__(self, office: Office, numbers):
        self.office, self.numbers = office, numbers
        self.items: list[Item] = []

    def put(self, kind: str, name: str, *, times: int = 1, desks=(), **facts) -> None:
        for turn in range(times):
            number = next(self.numbers)
            desk = desks[turn] if turn < len(desks) else None
            place = {"desk": desk, "room": desk.room} if desk else {}
            code = CODES.get(ItemKind(kind), "")
            item = Item(
                office=self.office, label=label(number), category=category_of(kind), kind=kind, name=name, item_code=code,
                register_number=f"{number:06}" if code else "", year=2021 + number % 5, **(facts | place),
            )  # fmt: skip
            self.items.append(item)


def label(number: int) -> str:
    """The labels of the demonstration, spread so that neighbours do not look alike."""
    base, rest = len(labelling.ALPHABET), number * 1_234_577 % len(labelling.ALPHABET) ** labelling.SIGNS
    signs = ""
    for _sign in range(labelling.SIGNS):
        rest, place = divmod(rest, base)
        signs += labelling.ALPHABET[place]
    return labelling.completed(signs)


def furnish(office: Office, *, by: Member, at: datetime.datetime, numbers: count) -> None:
    """The inventory of one office and the checks of its devices; ``numbers`` counts through the government."""
    if office.name == BARE or _is_empty(office, by.tenant):
        return
    rooms = {room.purpose: room for room in Room.objects.filter(office=office)}
    stock = Stock(office, numbers)
    if rooms:
        _registration(stock, rooms[RoomPurpose.REGISTRATION])
        if RoomPurpose.TRAINING in rooms:
            _training(stock, rooms[RoomPurpose.TRAINING])
    else:
        stock.put("laptop", "Laptop 14 inci", times=2, purpose=RoomPurpose.REGISTRATION, has_camera=True)
        if office.kind != OfficeKind.PHONE:
            stock.put("thermometer", "Termometer inframerah tanpa sentuh")
            stock.put("washbasin", "Wastafel portabel 20 liter")
    Item.objects.bulk_create(stock.items)
    devices = [item for item in stock.items if item.category == "device"]
    Check.objects.bulk_create(check for item in devices for check in _checks(item, by, at))


def _is_empty(office: Office, tenant) -> bool:
    """Here and there nobody has entered anything yet, but not where all is as it should be, and not where a story is told."""
    province = tenant if tenant.is_province else tenant.parent
    told = tenant.slug in TOLD or province.slug in EXEMPLARY
    return not told and _draw(office, "bare") >= 90


def _draw(office: Office, about: str) -> int:
    return chance(f"{office.name}/{office.address}/{about}")


def _registration(stock: Stock, room: Room) -> None:
    desks = list(Desk.objects.filter(room=room).select_related("room").order_by("name"))
    worn, mobile = stock.office.name == WORN, stock.office.kind == OfficeKind.MOBILE
    use = RoomPurpose.REGISTRATION
    if mobile:
        stock.put("tablet", "Tablet 10 inci", desks=desks[:1], purpose=use, has_camera=True)
        stock.put("smartphone", "Ponsel 6,5 inci", desks=desks[1:2], purpose=use, has_camera=True)
    else:
        stock.put("laptop", "Laptop 14 inci", times=3, desks=desks[:3], purpose=use, has_camera=True)
        stock.put("desktop", "Komputer meja 22 inci", desks=desks[3:4], purpose=use, has_camera=True)
        if worn:
            stock.items[1].condition, stock.items[1].condition_reason = Condition.BROKEN, "Layar pecah."
    stock.put("desk", "Meja kerja 120 cm", times=len(desks), desks=desks)
    stock.put("chair", "Kursi lipat", times=2 * len(desks), room=room)
    stock.put("printer", "Pencetak laser A4", condition=Condition.FAIR, condition_reason="Tinta bergaris.", room=room)
    stock.put("socket", "Stopkontak 6 lubang", times=2, room=room)
    stock.put("cable-reel", "Gulungan kabel 10 m", condition=Condition.BROKEN if worn else Condition.GOOD, room=room)
    stock.put("router", "Router internet seluler", room=room)
    stock.put("thermometer", "Termometer inframerah", condition=Condition.BROKEN if worn else Condition.GOOD, room=room)
    if stock.office.name != SLOW:
        stock.put("washbasin", "Wastafel portabel 20 liter")


def _training(stock: Stock, room: Room) -> None:
    desks = list(Desk.objects.filter(room=room).select_related("room").order_by("name"))
    stock.put("desktop", "Komputer meja 22 inci", times=2, desks=desks[:2], purpose=RoomPurpose.TRAINING, has_camera=True)
    stock.put("desk", "Meja kerja 120 cm", times=len(desks), desks=desks)
    stock.put("chair", "Kursi kuliah", times=4 * len(desks), room=room)
    stock.put("lamp", "Lampu meja", times=2, room=room)
    stock.put("cabinet", "Lemari arsip 2 pintu", room=room)


def _checks(item: Item, by: Member, at: datetime.datetime) -> list[Check]:
    """One look at a device a few days ago: nearly all of them good, one too old, one on a poor line."""
    today = by.tenant.today(at)
    ago = 40 if item.office.name == STALE else _draw(item.office, item.label) % 7
    on = today - ago * DAY
    slow = item.office.name == SLOW and item.kind == ItemKind.SMARTPHONE
    found = {
        CheckKind.CAMERA: (True, "", {}),
        CheckKind.INTERNET: (False, POOR, POOR_LINE) if slow else (True, "", LINE),
        CheckKind.BROWSER: (True, "", BROWSER),
    }
    return [
        Check(
            item=item, kind=kind, ok=ok, note=note, result=result, measured=True, checked_on=on, checked_at=at - ago * DAY,
            checked_by_id=by.user.pk, checked_by_name=by.name,
        )
        for kind, (ok, note, result) in found.items()
    ]  # fmt: skip


def renew(office: Office, *, on: datetime.date, at: datetime.datetime) -> None:
    """Look again at the devices whose checks were good, where an earlier loading has left them behind."""
    for each in queries.registration_devices(office, on):
        old = [(one.kind, one.check) for one in each.standings if one.check and one.check.ok and one.is_due]
        if office.name != STALE:
            Check.objects.bulk_create(
                Check(
                    item=each.item, kind=kind, ok=True, result=check.result, measured=True, checked_on=on,
                    checked_at=at, checked_by_id=check.checked_by_id, checked_by_name=check.checked_by_name,
                )
                for kind, check in old
            )  # fmt: skip
