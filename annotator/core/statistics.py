"""Where the work stands, reckoned: days of work, pace, time to finish, and how long things are."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

PAUSE = 300
"""Seconds between two deeds of one annotator above which the time between them was a pause."""

RECENT = 14
"""Days of work, the last ones, that say how fast it goes on."""

_FEW = 3
"""Days of work, or finished articles, below which nothing is foretold."""

_QUARTER = 900
"""Seconds for which the day here is the same: clocks differ by quarters of an hour."""

_WEEKS_FROM, _MONTHS_FROM, _YEARS_FROM = 63, 400, 40 * 31
"""Days of a stretch from which it is shown by week, by month, by year."""


class Moment(NamedTuple):
    """A deed: when, in seconds since 1970, who, and how much it decided.

    `annotations` were made by hand or accepted; `articles` were finished.
    """

    at: int
    annotator: str
    annotations: int = 0
    articles: int = 0


@dataclass(slots=True)
class Day:
    """What one annotator did on one day of their own clock.

    `seconds` are those between deeds, pauses left out; `timed` are the annotations of the deeds that
    ended them: the first deed after a pause took nobody knows how long.
    """

    day: date
    annotator: str
    annotations: int = 0
    articles: int = 0
    timed: int = 0
    seconds: int = 0


class Quartiles(NamedTuple):
    """The middle of some figures, and what a quarter of them is below and above."""

    low: float
    middle: float
    high: float


class Pace(NamedTuple):
    """Annotations and articles an hour of work, and the hours they were counted over."""

    annotations: float
    articles: float
    hours: float


class Bin(NamedTuple):
    """A stretch of lengths, half-open, and how many are in it."""

    start: int
    end: int
    number: int


class Stretch(NamedTuple):
    """A stretch of days, half-open: a day, a week from its Monday, a month or a year."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True)
class Forecast:
    """How long the articles that are left may take, None where too little is known.

    `hours` is the active time that finished articles took, times those left; `days` are working days
    at the pace of the last ones. Each with its range: the middle half of what was seen.
    """

    left: int
    hours: Quartiles | None = None
    days: Quartiles | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """The days of work, oldest first, a row for each annotator of a day."""

    days: tuple[Day, ...] = ()
    articles_a_day: tuple[int, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        finished: dict[date, int] = {}
        for each in self.days:
            finished[each.day] = finished.get(each.day, 0) + each.articles
        counts = tuple(count for _day, count in sorted(finished.items()) if count)
        object.__setattr__(self, "articles_a_day", counts[-RECENT:])

    def since(self, first: date) -> tuple[Day, ...]:
        """Return the days from this one on."""
        return tuple(each for each in self.days if each.day >= first)


def work_of(moments: Iterable[Moment]) -> Work:
    """Return the days of work that deeds make, which come in the order of time.

    A day is one of the clock here, whatever the zone the deeds were written in.
    """
    days: dict[tuple[date, str], Day] = {}
    last: dict[str, int] = {}
    known: dict[int, date] = {}
    for at, annotator, annotations, articles in moments:
        quarter = at // _QUARTER
        if quarter not in known:
            known[quarter] = local_day(at)
        key = known[quarter], annotator
        day = days.get(key) or days.setdefault(key, Day(*key))
        since = at - last.get(annotator, -math.inf)
        if 0 <= since <= PAUSE:
            day.seconds += int(since)
            day.timed += annotations
        last[annotator] = at
        day.annotations += annotations
        day.articles += articles
    worked = (each for each in days.values() if each.annotations or each.articles or each.seconds)
    return Work(tuple(sorted(worked, key=lambda each: (each.day, each.annotator))))


def local_day(at: int) -> date:
    """Return the day here at a moment, in seconds since 1970."""
    return datetime.fromtimestamp(at, UTC).astimezone().date()


def today() -> date:
    """Return the day here now."""
    return datetime.now(UTC).astimezone().date()


def pace(days: Iterable[Day]) -> Pace | None:
    """Return how much was done an hour, None where no time is known."""
    days = tuple(days)
    hours = sum(day.seconds for day in days) / 3600
    if not hours:
        return None
    annotations = sum(day.timed for day in days)
    return Pace(annotations / hours, sum(day.articles for day in days) / hours, hours)


def quartiles(values: Sequence[float]) -> Quartiles:
    """Return the quartiles of some values, at least one, by linear interpolation.

    This is definition 7 of Hyndman and Fan, “Sample Quantiles in Statistical Packages” (1996).
    """
    ordered = sorted(values)

    def at(part: float) -> float:
        place = part * (len(ordered) - 1)
        below = math.floor(place)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (place - below) * (ordered[above] - ordered[below])

    return Quartiles(at(0.25), at(0.5), at(0.75))


def forecast(left: int, seconds: Sequence[float], articles_a_day: Sequence[int]) -> Forecast:
    """Return how long `left` articles may take.

    `seconds` are those that finished articles took, each with all its annotators; `articles_a_day`
    how many were finished on each of the last working days.
    """
    hours = days = None
    if left and len(seconds) >= _FEW:
        hours = Quartiles(*(left * each / 3600 for each in quartiles(seconds)))
    if left and len(articles_a_day) >= _FEW:
        slow, usual, fast = quartiles(articles_a_day)
        days = Quartiles(*(math.ceil(left / each) for each in (fast, usual, slow)))
    return Forecast(left, hours, days)


def bins(counts: Mapping[int, int], wanted: int = 24) -> tuple[Bin, ...]:
    """Return lengths in about so many bins of one round width, empty ones between them too.

    The few longest, beyond three times what nine of ten stay under, share the last bin, which then
    ends where the longest does.
    """
    if not counts:
        return ()
    ordered = sorted(counts)
    longest, cut = ordered[-1], min(ordered[-1], 3 * _reached(counts, ordered, 0.9))
    width = _round_width((cut - ordered[0] + 1) / wanted)
    first = ordered[0] // width
    last = cut // width
    found = [0] * (last - first + 1)
    for length, count in counts.items():
        found[min(length // width, last) - first] += count
    made = [
        Bin((first + place) * width, (first + place + 1) * width, count)
        for place, count in enumerate(found)
    ]
    made[-1] = made[-1]._replace(end=max(made[-1].end, longest + 1))
    return tuple(made)


def stretches(first: date, last: date) -> tuple[Stretch, ...]:
    """Return the stretches from the first to the last day, as long as suits how far apart they are."""
    reach = (last - first).days + 1
    if reach > _YEARS_FROM:
        return _stepped(date(first.year, 1, 1), last, lambda day: date(day.year + 1, 1, 1))
    if reach > _MONTHS_FROM:
        return months(first, last)
    if reach > _WEEKS_FROM:
        return _stepped(first - timedelta(first.weekday()), last, lambda day: day + timedelta(7))
    return _stepped(first, last, lambda day: day + timedelta(1))


def months(first: date, last: date) -> tuple[Stretch, ...]:
    """Return the months, or where there are too many the years, from the first to the last day."""
    if (last - first).days > _YEARS_FROM:
        return _stepped(date(first.year, 1, 1), last, lambda day: date(day.year + 1, 1, 1))
    return _stepped(first.replace(day=1), last, lambda day: (day + timedelta(31)).replace(day=1))


def parts_of(
    counts: Mapping[str, int], most: int, rest: str
) -> tuple[tuple[tuple[str, ...], str, int], ...]:
    """Return the names with the highest counts, each alone, and all others together as `rest`."""
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    shown = ordered if len(ordered) <= most + 1 else ordered[:most]
    others = tuple(ordered[len(shown) :])
    found: list[tuple[tuple[str, ...], str, int]] = [
        ((name,), name, counts[name]) for name in shown
    ]
    if others:
        found.append((others, rest, sum(counts[name] for name in others)))
    return tuple(found)


def _stepped(start: date, last: date, following: Callable[[date], date]) -> tuple[Stretch, ...]:
    found = []
    while start <= last:
        end = following(start)
        found.append(Stretch(start, end))
        start = end
    return tuple(found)


def _reached(counts: Mapping[int, int], ordered: Sequence[int], part: float) -> int:
    """Return the length that this part of all stays at or under."""
    wanted, seen = part * sum(counts.values()), 0
    for length in ordered:
        seen += counts[length]
        if seen >= wanted:
            return length
    return ordered[-1]


def _round_width(least: float) -> int:
    """Return the first of 1, 2, 5, 10, 20, 50 … that is not less."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power >= least:
                return digit * power
        power *= 10
