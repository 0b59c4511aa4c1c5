"""
What the roll-up adds to one write: somebody put on duty and taken off again, with and without the listener, in turn.

At an office with a year of duties, through the operations of the roster: locks, constraints, audit trail and commit included.
"""

import datetime
import time

from bench import country, table

TIMES = 300
SLUG = "kota-bandung"


def writes() -> dict[bool, list[float]]:
    """Seconds per write, by whether the roll-up listened; the two take turns, so that both meet the same machine."""
    from django.utils import timezone

    from accounts.members import Member
    from accounts.models import User
    from offices import events
    from offices.models import Office
    from staffing import operations
    from staffing.models import Duty, Staff
    from tenants.context import acting, as_owner, mounted
    from tenants.models import Tenant

    with as_owner():
        tenant = Tenant.objects.get(slug=SLUG)
        user = User.objects.get_or_create(email="penulis@contoh.test", defaults={"name": "Penulis", "password": "!"})[0]
    by, at, listeners = Member(user=user, tenant=tenant), timezone.now(), list(events._listeners)
    taken: dict[bool, list[float]] = {True: [], False: []}
    with mounted(tenant), acting(id=user.pk, name=user.name):
        office, staff = Office.objects.first(), Staff.objects.first()
        last = Duty.objects.order_by("-on").values_list("on", flat=True).first()
        for number in range(2 * TIMES):
            listening = number % 2 == 0
            events._listeners[:] = listeners if listening else []
            on = last + datetime.timedelta(days=1 + number % 7)
            start = time.perf_counter()
            duty = operations.assign(office=office, staff=staff, on=on, by=by, at=at)
            operations.release(duty=duty, by=by, at=at)
            taken[listening].append((time.perf_counter() - start) / 2)
    events._listeners[:] = listeners
    return taken


def main() -> None:
    options = country.options(__doc__)
    with country.country(options.keep, only=() if options.keep else (SLUG,)):
        writes()  # warm
        taken = writes()
    (with_50, with_95), (without_50, without_95) = table.percentiles(taken[True]), table.percentiles(taken[False])
    rows = [
        table.Row(f"one write, {name}", f"{ours:.2f} ms", f"{peer:.2f} ms", f"{ours / peer:.2f}")
        for name, ours, peer in (("p50", with_50, without_50), ("p95", with_95, without_95))
    ]
    rows.append(table.Row("added to one write, p50", f"{with_50 - without_50:.2f} ms"))
    table.show("The roll-up beside one write (peer: the same without it)", rows)


if __name__ == "__main__":
    main()
