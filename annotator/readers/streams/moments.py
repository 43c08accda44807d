"""A date and time as files write it: ISO 8601, as in e-mail, or as newspapers print it."""

import re
from datetime import date
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from annotator.readers.datelines import read_dateline

_ISO = re.compile(
    r"\s*(?P<y>\d{4})(?P<sep>[-/.]?)(?P<m>\d{2})(?P=sep)(?P<d>\d{2})(?!\d)"
    r"(?:[T ]\s*(?P<clock>\d{2}:?\d{2}(?::?\d{2}(?:\.\d+)?)?))?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)


class Moment(NamedTuple):
    """`day` is an ISO date, `whole` has the time with it; "" where it is not known."""

    day: str = ""
    whole: str = ""


def read_moment(text: str, language: str = "") -> Moment:
    """Return the day in a text that is a date and no more, as it is in the zone of the text."""
    iso = _ISO.match(text)
    if iso:
        return _moment(iso)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        dateline = read_dateline(text.strip(), language)
        if not dateline:
            return Moment()
        return Moment(dateline.day, dateline.day + dateline.clock if dateline.clock else "")
    return Moment(moment.date().isoformat(), moment.isoformat())


def _moment(iso: re.Match[str]) -> Moment:
    try:
        day = date(int(iso["y"]), int(iso["m"]), int(iso["d"])).isoformat()
    except ValueError:
        return Moment()
    if not iso["clock"]:
        return Moment(day)
    zone = (iso["zone"] or "").upper().replace("UTC", "Z").replace("GMT", "Z")
    return Moment(day, f"{day}T{iso['clock']}{zone}")
