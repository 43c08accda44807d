"""Days of work, pace and the time to finish, reckoned from deeds."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.statistics import (
    PAUSE,
    Moment,
    bins,
    forecast,
    months,
    pace,
    parts_of,
    quartiles,
    stretches,
    work_of,
)

NINE = int(datetime(2025, 11, 3, 9, tzinfo=UTC).timestamp())


@contextmanager
def clock_of(zone: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def deeds(*minutes: float, annotator: str = "Ada") -> list[Moment]:
    return [Moment(NINE + round(minute * 60), annotator, 1) for minute in minutes]


def test_idle_time_is_left_out() -> None:
    (day,) = work_of(deeds(0, 1, 3, 60, 62)).days
    assert (day.annotations, day.seconds) == (5, 5 * 60)
    found = pace([day])
    assert found is not None
    # Three deeds ended stretches that are known; the two after a pause took nobody knows how long.
    assert found.annotations == pytest.approx(3 / (5 / 60))


def test_a_pause_begins_after_five_minutes() -> None:
    assert work_of(deeds(0, PAUSE / 60)).days[0].seconds == PAUSE
    assert work_of(deeds(0, PAUSE / 60 + 1)).days[0].seconds == 0


def test_two_annotators_at_once_have_each_their_time() -> None:
    moments = sorted(deeds(0, 4, 8) + deeds(1, 2, annotator="Bruno"))
    assert {day.annotator: day.seconds for day in work_of(moments).days} == {
        "Ada": 480,
        "Bruno": 60,
    }


def test_a_day_is_one_of_the_clock_here() -> None:
    late = [Moment(int(datetime(2025, 11, 3, 23, 30, tzinfo=UTC).timestamp()), "Ada", 1)]
    days = {}
    for zone in ("UTC", "Europe/Paris", "America/Montreal", "Asia/Kolkata"):
        with clock_of(zone):
            days[zone] = work_of(late).days[0].day.day
    assert days == {"UTC": 3, "Europe/Paris": 4, "America/Montreal": 3, "Asia/Kolkata": 4}


def test_nobody_worked_on_a_day_of_an_import_alone() -> None:
    assert work_of([Moment(NINE, "Ada")]).days == ()


def test_a_clock_that_was_set_back_takes_no_time() -> None:
    (day,) = work_of([Moment(NINE, "Ada", 1), Moment(NINE - 900, "Ada", 1)]).days
    assert (day.seconds, day.annotations) == (0, 2)


def test_nothing_is_foretold_from_too_little() -> None:
    assert forecast(10, [60.0, 60.0], [5, 5]).hours is None
    assert forecast(10, [60.0, 60.0], [5, 5]).days is None
    assert forecast(0, [60.0] * 9, [5] * 9).days is None


def test_the_time_to_finish_has_a_range() -> None:
    found = forecast(100, [1800.0, 3600.0, 5400.0], [5, 10, 20])
    assert found.hours == (75, 100, 125)
    assert found.days == (7, 10, 14)


def test_only_the_last_days_of_work_say_how_fast_it_goes_on() -> None:
    day = 24 * 3600
    slow = [Moment(NINE + n * day, "Ada", 0, 1) for n in range(10)]
    fast = [Moment(NINE + n * day, "Ada", 0, 9) for n in range(30, 44)]
    assert set(work_of(slow + fast).articles_a_day) == {9}


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_quartiles_part_values_in_four(values: list[float]) -> None:
    low, middle, high = quartiles(values)
    assert min(values) <= low <= middle <= high <= max(values)
    assert sum(value <= middle for value in values) * 2 >= len(values)
    assert sum(value >= middle for value in values) * 2 >= len(values)


@given(st.dictionaries(st.integers(0, 200_000), st.integers(1, 50), max_size=40))
def test_every_length_is_in_a_bin(counts: dict[int, int]) -> None:
    found = bins(counts)
    assert sum(each.number for each in found) == sum(counts.values())
    assert len(found) <= 60
    for before, after in pairwise(found):
        assert before.end == after.start
    for length, count in counts.items():
        home = next(each for each in found if each.start <= length < each.end)
        assert home.number >= count


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 9000))
def test_stretches_leave_no_day_out(first: date, reach: int) -> None:
    last = date.fromordinal(first.toordinal() + reach)
    for found in (stretches(first, last), months(first, last)):
        assert found[0].start <= first and found[-1].start <= last < found[-1].end
        assert all(a.end == b.start for a, b in pairwise(found))
    assert len(stretches(first, last)) <= 64


def test_what_comes_seldom_is_shown_together() -> None:
    counts = {"a": 1, "b": 5, "c": 3, "d": 2}
    assert parts_of(counts, 2, "others") == (
        (("b",), "b", 5),
        (("c",), "c", 3),
        (("d", "a"), "others", 3),
    )
    assert len(parts_of(counts, 3, "others")) == 4, "one alone needs no other name"
