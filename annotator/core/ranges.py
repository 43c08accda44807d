"""Ranges of an article: joined, cut, one within another, one across another; n log n in their number."""

from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush

Range = tuple[int, int]
"""A `[start, end)` in code points."""


def joined(ranges: Iterable[Range]) -> list[Range]:
    """Return ranges in text order, those that touch or overlap as one."""
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def without(whole: Range, cuts: Iterable[Range]) -> Iterator[Range]:
    """Yield what is left of a range between the cuts."""
    at, end = whole
    for low, high in sorted(cuts):
        if at < min(low, end):
            yield at, min(low, end)
        at = max(at, high)
    if at < end:
        yield at, end


def innermost(
    inner: Iterable[Range], owners: Sequence[Sequence[Range]]
) -> Iterator[tuple[Range, int]]:
    """Yield each inner range with the number of the owner one of whose ranges is the latest to hold it.

    A range that begins or ends with an owner's is held by it; one that nobody holds is left out.
    """
    starts = _by_start(owners)
    around: list[tuple[int, int]] = []
    place = 0
    for low, high in sorted(inner):
        while place < len(starts) and starts[place][0] <= low:
            start, minus_end, number = starts[place]
            _leave(around, start)
            around.append((-minus_end, number))
            place += 1
        _leave(around, low)
        holder = next((number for end, number in reversed(around) if high <= end), None)
        if holder is not None:
            yield (low, high), holder


def crossing(owners: Sequence[Sequence[Range]]) -> Iterator[tuple[int, int]]:
    """Yield, once for each, the owners with a range that begins within another's and ends behind it.

    With it comes that other owner. The ranges of one owner do not overlap.
    """
    open_: list[tuple[int, int]] = []
    told: set[int] = set()
    for start, minus_end, number in _by_start(owners):
        while open_ and open_[0][0] <= start:
            heappop(open_)
        if open_ and open_[0][0] < -minus_end and number not in told:
            told.add(number)
            yield number, open_[0][1]
        heappush(open_, (-minus_end, number))


def _by_start(owners: Sequence[Sequence[Range]]) -> list[tuple[int, int, int]]:
    """Return start, negative end and owner of each range, the longer of two that begin together first."""
    return sorted(
        (start, -end, number) for number, ranges in enumerate(owners) for start, end in ranges
    )


def _leave(around: list[tuple[int, int]], offset: int) -> None:
    while around and around[-1][0] <= offset:
        around.pop()
