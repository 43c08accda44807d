"""Spans of dates and scores in a query: 2018-04..2018-06, >=2018, 0.5..0.8, >0.8."""

import re
from calendar import monthrange

from annotator.core.query.keys import Key
from annotator.core.query.tree import QueryError, Sign
from annotator.language import _

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?", re.ASCII)
_SPAN = re.compile(r"(?P<sign>[<>]=?|=)?(?P<low>[^<>=]*?)(?:(?P<dots>\.\.+|…)(?P<high>[^<>=]*))?")

Bound = tuple[Sign, str | float]


def bounds(key: Key, value: str, start: int, end: int) -> tuple[Bound, ...]:
    """Return what `date:` or `score:` asks for; a date is compared as text.

    Raises QueryError at `[start, end)`, the place of the value.
    """
    match = _SPAN.fullmatch(value.strip())
    if match is None or (match["dots"] and match["sign"]):
        raise _unclear(key, value, start, end)
    read = _date if key is Key.DATE else _score
    low = read(match["low"].strip(), start, end) if match["low"].strip() else None
    high = (
        read(match["high"].strip(), start, end) if match["high"] and match["high"].strip() else None
    )
    found: tuple[Bound, ...] = ()
    if match["dots"]:
        found = _within(key, low, high)
    elif low is not None:
        found = _against(key, match["sign"] or "=", low)
    if not found:
        raise _unclear(key, value, start, end)
    return found


Read = tuple[str | float, str | float]
"""The first value that is meant, and the first behind those that are; of a score both are the same."""


def _within(key: Key, low: Read | None, high: Read | None) -> tuple[Bound, ...]:
    found: list[Bound] = []
    if low is not None:
        found.append((">=", low[0]))
    if high is not None:
        found.append(("<", high[1]) if key is Key.DATE else ("<=", high[1]))
    return tuple(found)


def _against(key: Key, sign: str, read: Read) -> tuple[Bound, ...]:
    first, behind = read
    if sign == "=":
        return ((">=", first), ("<", behind) if key is Key.DATE else ("<=", behind))
    if sign == ">=":
        return ((">=", first),)
    if sign == ">":
        return ((">=", behind) if key is Key.DATE else (">", behind),)
    if sign == "<":
        return (("<", first),)
    return (("<", behind) if key is Key.DATE else ("<=", behind),)


def _date(value: str, start: int, end: int) -> Read:
    match = _DATE.fullmatch(value)
    if match is None:
        raise _unclear(Key.DATE, value, start, end)
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if match[2] and not 1 <= month <= 12:
        raise QueryError(_("There is no month {month}.").format(month=month), start, end)
    if match[3] and not 1 <= day <= monthrange(max(year, 1), month)[1]:
        raise QueryError(
            _("{year}-{month} has no day {day}.").format(
                year=f"{year:04}", month=f"{month:02}", day=day
            ),
            start,
            end,
        )
    if match[3]:
        first = f"{year:04}-{month:02}-{day:02}"
        return (
            first,
            f"{first}~",
        )  # An hour may stand behind the day, and the tilde behind any hour.
    if match[2]:
        return f"{year:04}-{month:02}", f"{year:04}-{month:02}~"
    return f"{year:04}", f"{year:04}~"


def _score(value: str, start: int, end: int) -> Read:
    if not _NUMBER.fullmatch(value):
        raise _unclear(Key.SCORE, value, start, end)
    number = float(value.replace(",", "."))
    return number, number


def _unclear(key: Key, value: str, start: int, end: int) -> QueryError:
    if key is Key.DATE:
        said = _(
            "“{value}” is no date: write 2018, 2018-04, 2018-04-25, 2018-04..2018-06 or >=2018."
        )
    else:
        said = _("“{value}” is no score: write >0.8, <=0.5 or 0.5..0.8.")
    return QueryError(said.format(value=value), start, end)
