"""
The list of browser versions that comes with Loket: what the ministry's list begins with, and keeps up from there.

Facts of @mdn/browser-compat-data 8.1.9 (CC0) of 12 November 2026: versions that were out by then, of the last year.
"""

import datetime

from almanac.enums import Browser

RELEASES: dict[Browser, dict[int, str]] = {
    Browser.CHROME: {
        143: "2025-12-02", 144: "2026-01-13", 145: "2026-02-10", 146: "2026-03-10", 147: "2026-04-07", 148: "2026-05-05",
        149: "2026-06-02", 150: "2026-06-30", 151: "2026-07-28", 152: "2026-08-25", 153: "2026-09-08", 154: "2026-09-22",
        155: "2026-10-06", 156: "2026-10-20", 157: "2026-11-03",
    },  # fmt: skip
    Browser.EDGE: {
        143: "2025-12-05", 144: "2026-01-21", 145: "2026-02-14", 146: "2026-03-13", 147: "2026-04-10", 148: "2026-05-07",
        149: "2026-06-04", 150: "2026-07-02", 151: "2026-07-31", 152: "2026-08-28", 153: "2026-09-11", 154: "2026-09-24",
        155: "2026-10-08", 156: "2026-10-22", 157: "2026-11-05",
    },  # fmt: skip
    Browser.FIREFOX: {
        145: "2025-11-11", 146: "2025-12-09", 147: "2026-01-13", 148: "2026-02-24", 149: "2026-03-24", 150: "2026-04-21",
        151: "2026-05-19", 152: "2026-06-16", 153: "2026-07-21", 154: "2026-08-18", 155: "2026-09-01", 156: "2026-09-15",
        157: "2026-09-29", 158: "2026-10-13", 159: "2026-10-27", 160: "2026-11-10",
    },  # fmt: skip
    Browser.SAFARI: {
        18: "2024-09-16", 26: "2025-09-15", 27: "2026-09-14",
    },  # fmt: skip
    Browser.SAMSUNG: {
        29: "2025-10-25", 30: "2026-05-11",
    },  # fmt: skip
    Browser.OPERA: {
        124: "2025-11-13", 125: "2025-12-04", 126: "2026-01-08", 127: "2026-02-02", 128: "2026-02-26", 129: "2026-03-18",
        130: "2026-04-08", 131: "2026-04-29", 132: "2026-05-28", 133: "2026-06-29", 134: "2026-08-06", 135: "2026-08-20",
        136: "2026-09-17", 137: "2026-10-07", 138: "2026-10-20", 139: "2026-10-27", 140: "2026-11-10",
    },  # fmt: skip
}


def releases() -> list[tuple[Browser, int, datetime.date]]:
    """Every version of the list with the day it came out."""
    read = datetime.date.fromisoformat
    return [(browser, major, read(day)) for browser, known in RELEASES.items() for major, day in known.items()]
