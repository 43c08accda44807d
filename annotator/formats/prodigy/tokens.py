"""Tokens that give the whole text back: what stands between words are tokens too, but a blank is none."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from annotator.core import tokens
from annotator.core.tokens import Range


class Tokens:
    """The tokens of a text, cut where ranges begin and end.

    `rows` are Prodigy's: each with its text, its number, and `ws`: whether a blank follows that is
    in no token. `first` gives the token that begins at the start of a range, `last` the one that
    ends at its end.
    """

    def __init__(self, text: str, ranges: Iterable[Range]) -> None:
        self.rows: list[dict[str, Any]] = []
        self.first: dict[int, int] = {}
        self.last: dict[int, int] = {}
        ranges = list(ranges)
        self._text = text
        self._starts = {start for start, _end in ranges}
        self._ends = {end for _start, end in ranges}
        self._cuts = [*sorted(self._starts | self._ends), len(text)]
        self._build()

    def _build(self) -> None:
        text, cuts = self._text, self._cuts
        at = next_ = 0
        for start, end in (*tokens.tokens(text), (len(text),) * 2):
            if at + 1 == start and text[at] == " " and self._is_between(at):
                self.rows[-1]["ws"] = True
            elif at < start:
                self._add_gap(at, start)
            while cuts[next_] <= start < len(text):
                next_ += 1
            if cuts[next_] >= end > start:
                self._add(start, end)
            else:
                for low, high in self._pieces(start, end):
                    self._add(low, high)
            at = end

    def _pieces(self, start: int, end: int) -> Iterator[Range]:
        """Yield a stretch cut where ranges begin and end."""
        first = bisect_right(self._cuts, start)
        inner = self._cuts[first : bisect_left(self._cuts, end)]
        yield from ((low, high) for low, high in pairwise((start, *inner, end)) if low < high)

    def _add_gap(self, start: int, end: int) -> None:
        """Add what stands between two words; a blank behind a token may belong to it."""
        for low, high in self._pieces(start, end):
            if self._text[low] == " " and self._is_between(low):
                self.rows[-1]["ws"] = True
                low += 1  # noqa: PLW2901
            if low < high:
                self._add(low, high)

    def _add(self, start: int, end: int) -> None:
        number = len(self.rows)
        self.first[start], self.last[end] = number, number
        word = self._text[start:end]
        self.rows.append({"text": word, "start": start, "end": end, "id": number, "ws": False})

    def _is_between(self, at: int) -> bool:
        """Tell whether a token ends there, and no range begins there or ends one sign behind."""
        return (
            at not in self._starts
            and at + 1 not in self._ends
            and bool(self.rows)
            and self.rows[-1]["end"] == at
            and not self.rows[-1]["ws"]
        )
