"""
The log: structlog over Python's logging, one line for each request and event, on standard output.

In production each line is a JSON object; in the demonstration it is for reading. Bound to a request's lines: ``request_id``,
``tenant`` (slug) and ``user_id``. No names, addresses, query strings or forms: a log is kept by others than the data.
"""

from typing import Any

import structlog

MOMENT = structlog.processors.TimeStamper(fmt="iso", utc=True)
SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    MOMENT,
]
# In the order in which they are read; the rest follows as key=value.
REQUEST = ("method", "path", "code", "milliseconds", "tenant", "user_id")
LEFT_OUT = ("timestamp", "level", "logger", "event", "exception", "request_id", "route", *REQUEST)


def readable(_logger, _method, entry: dict) -> str:
    """One line for the eyes of who tries Loket out; the trace of a fault below it."""
    level = entry.get("level", "info")
    if entry.get("event") == "request_finished":
        said = f"{entry['method']} {entry['path']} {entry['code']} {entry['milliseconds']} ms"
    else:
        said = str(entry.get("event", ""))
    rest = " ".join(f"{key}={value}" for key, value in entry.items() if key not in LEFT_OUT and not key.startswith("_"))
    line = " ".join(part for part in ("" if level == "info" else level.upper(), said, rest) if part)
    return f"{line}\n{entry['exception']}" if entry.get("exception") else line


def configuration(*, json: bool) -> dict:
    """A ``logging`` configuration: for Django's LOGGING and for gunicorn's."""
    faults: Any
    drawn: Any
    if json:
        faults = structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))
        drawn = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        faults, drawn = structlog.processors.format_exc_info, readable
    line = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, faults, drawn],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": line},
        "handlers": {"log": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"}},
        "root": {"handlers": ["log"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # Our own line for each request says the same, with the fault's trace (portal.requestlog).
            "django.request": {"handlers": [], "level": "CRITICAL", "propagate": True},
            "django.tasks": {"level": "WARNING"},
            "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
            "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "fontTools": {"level": "WARNING"},
        },
    }


def configure_structlog() -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
