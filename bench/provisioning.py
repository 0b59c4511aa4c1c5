"""
Making the schemas of the 552 governments: ours (captured SQL, with role, privileges, policies and triggers) against
django-tenants' own way (all migrations in each schema), on the same cluster in the same run.

The peer takes several minutes. ``--peer 100`` stops it after so many governments and says that the total is an estimate.
"""

import argparse
import sys
import time

from bench import fleet, table

SINGLES = 20
GOAL_RATIO, GOAL_TOTAL = 12, 45.0


def ours() -> None:
    """One by one for the first few, the others together, as ``manage.py provision`` does it."""
    from tenants import provisioning
    from tenants.context import as_owner
    from tenants.models import Tenant

    with as_owner():
        tenants = list(Tenant.objects.governments())
        began = time.perf_counter()
        provisioning.provision(tenants[:1], progress=False)  # captures the script
        first, singles = time.perf_counter() - began, []
        for tenant in tenants[1 : SINGLES + 1]:
            start = time.perf_counter()
            provisioning.provision([tenant], progress=False)
            singles.append(time.perf_counter() - start)
        outcome = provisioning.provision(tenants[SINGLES + 1 :])
        total = time.perf_counter() - began
    assert len(outcome.done) == len(tenants) - SINGLES - 1, outcome.failed
    fleet.report(first=first, single=fleet.median(singles), total=total, number=len(tenants))


def peer(number: int) -> None:
    """``Tenant.create_schema``: every migration in every schema."""
    from tenants.models import Tenant

    tenants = list(Tenant.objects.governments())[:number]
    taken = []
    for tenant in fleet.counted(tenants, "django-tenants"):
        start = time.perf_counter()
        tenant.create_schema(check_if_exists=True, verbosity=0)
        taken.append(time.perf_counter() - start)
    fleet.report(
        single=fleet.median(taken[:SINGLES]), total=sum(taken), number=len(tenants), late=fleet.median(taken[-SINGLES:])
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", type=int, default=552, help="how many governments the peer makes (default: all)")
    number = parser.parse_args().peer
    with fleet.cluster() as cluster:
        for database in ("ours", "peer"):
            cluster.sql(f"CREATE DATABASE {database}")
            cluster.run(database, "manage.py", "migrate", "--verbosity", "0")
            cluster.run(database, "-m", "bench.provisioning", "regions")
        us = cluster.run("ours", "-m", "bench.provisioning", "ours")
        them = cluster.run("peer", "-m", "bench.provisioning", "peer", str(number), settings="bench.stock_settings")
    show(us, them)


def show(us: dict, them: dict) -> None:
    whole = them["total"] * us["number"] / them["number"]
    estimate = "" if them["number"] == us["number"] else f" (estimated from {them['number']})"
    table.show(
        f"Provisioning {us['number']} governments",
        [
            table.Row(
                "one, p50 of the first 20", f"{us['single'] * 1000:.0f} ms", f"{them['single'] * 1000:.0f} ms",
                f"{them['single'] / us['single']:.1f} times quicker (goal {GOAL_RATIO})",
            ),
            table.Row("one, p50 of the peer's last 20", "", f"{them['late'] * 1000:.0f} ms"),
            table.Row("the very first, with the capture", f"{us['first']:.2f} s"),
            table.Row(
                f"all{estimate}", f"{us['total']:.1f} s", f"{whole:.0f} s",
                f"{whole / us['total']:.1f} times quicker (ours below {GOAL_TOTAL:.0f} s wanted)",
            ),
            table.Row("peak memory of the process", f"{us['peak']:.0f} MB", f"{them['peak']:.0f} MB"),
        ],
    )  # fmt: skip


def side(name: str, *arguments: str) -> None:
    import django

    django.setup()
    if name == "regions":
        from tenants import regions

        regions.load()
    elif name == "ours":
        ours()
    else:
        peer(int(arguments[0]))


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in ("regions", "ours", "peer"):
        side(*sys.argv[1:])
    else:
        main()
