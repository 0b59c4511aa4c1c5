"""Counts and times of this installation, in the words of Prometheus."""

from django.db import connection
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.values import ValueClass

# Served pages take milliseconds; PDF and imports take seconds.
BUCKETS = (0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5, 5, 10, 30)

own = CollectorRegistry()
requests = Counter("loket_requests", "Requests answered", ["route", "method", "code"], registry=own)
seconds = Histogram("loket_request_seconds", "Time taken to answer", ["route"], buckets=BUCKETS, registry=own)

STATES = {
    "loket_mail": ("Messages in the outbox", "SELECT state, count(*) FROM portal_mail GROUP BY 1"),
    "loket_jobs": ("Jobs of the queue", "SELECT lower(status), count(*) FROM django_tasks_database_dbtaskresult GROUP BY 1"),
    "loket_governments": ("Governments by the state of their schema", "SELECT state, count(*) FROM tenants_tenant GROUP BY 1"),
}


def observe(request, response, taken: float) -> None:
    """Count one answered request under the name of its address; addresses that are none are counted together."""
    match = getattr(request, "resolver_match", None)
    route = (match.view_name or "unnamed") if match else "none"
    requests.labels(route, request.method if request.method in ("GET", "POST", "HEAD") else "other", response.status_code).inc()
    seconds.labels(route).observe(taken)


class FromDatabase:
    """What the database knows, asked when Prometheus asks."""

    def collect(self):
        for name, (text, sql) in STATES.items():
            family = GaugeMetricFamily(name, text, labels=["state"])
            with connection.cursor() as cursor:
                cursor.execute(sql)
                for state, count in cursor.fetchall():
                    family.add_metric([state], count)
            yield family


def exposition(*, database: bool) -> bytes:
    """Everything as text; of all worker processes where they share a folder (PROMETHEUS_MULTIPROC_DIR)."""
    requests_of_all = own
    if ValueClass.__name__ == "MmapedValue":
        requests_of_all = CollectorRegistry()
        multiprocess.MultiProcessCollector(requests_of_all)
    text = generate_latest(requests_of_all)
    if database:
        from_database = CollectorRegistry()
        from_database.register(FromDatabase())
        text += generate_latest(from_database)
    return text
