"""How gunicorn serves Loket; read by config.run (``gunicorn -c python:config.gunicorn``)."""

import os
import signal

from config import environment, logs
from portal.supervised import end_with

bind = f"{environment.BIND}:{environment.PORT}"
worker_class = "gthread"
workers = environment.number("LOKET_WEB_PROCESSES", max(2, os.cpu_count() or 1) if environment.PRODUCTION else 2)
threads = environment.number("LOKET_WEB_THREADS", 4)
# A database connection keeps 0.4 MB for each government that it has touched: processes are renewed.
max_requests, max_requests_jitter = 4000, 1000
timeout, graceful_timeout, keepalive = 60, 10, 15
# The address line of a filtered list is long; forms come in the body.
limit_request_line = 8190
certfile = environment.text("LOKET_TLS_CERT") or None
keyfile = environment.text("LOKET_TLS_KEY") or None
accesslog = None
logconfig_dict = logs.configuration(json=environment.PRODUCTION)
proc_name = "loket"
control_socket_disable = True


def when_ready(server):
    _leave_interrupt()
    end_with(environment.number("LOKET_SUPERVISOR", 0))


def post_worker_init(worker):
    _leave_interrupt()


def child_exit(server, worker):
    from prometheus_client import multiprocess

    if environment.text("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.mark_process_dead(worker.pid)


def _leave_interrupt():
    """Ctrl-C reaches the whole process group; below the supervisor, it is the one to act on it."""
    if environment.number("LOKET_SUPERVISOR", 0):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
