"""Tokens that give the whole text back: what stands between words are tokens too, but a blank is none."""

from collections.abc import Iterable
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
        self._text = text
        ranges = list(ranges)
        self._starts = {start for start, _end in ranges}
        self._ends = {end for _start, end in ranges}
        self._cuts = sorted(self._starts | self._ends)
        self._build()

    def _build(self) -> None:
        at = next_ = 0
        for start, end in (*tokens.tokens(self._text), (len(self._text),) * 2):
            for is_gap, low, high in ((True, at, start), (False, start, end)):
                while low < high:
                    while next_ < len(self._cuts) and self._cuts[next_] <= low:
                        next_ += 1
                    cut = self._cuts[next_] if next_ < len(self._cuts) else high
                    self._add(low, min(high, cut), is_gap=is_gap)
                    low = min(high, cut)  # noqa: PLW2901
            at = end

    def _add(self, start: int, end: int, *, is_gap: bool) -> None:
        if is_gap and self._is_between(start):
            self.rows[-1]["ws"] = True
            start += 1
        if start == end:
            return
        number = len(self.rows)
        self.first[start], self.last[end] = number, number
        word = self._text[start:end]
        self.rows.append({"text": word, "start": start, "end": end, "id": number, "ws": False})

    def _is_between(self, at: int) -> bool:
        """Tell whether a blank follows a token and neither begins nor ends a range."""
        return (
            self._text[at] == " "
            and bool(self.rows)
            and self.rows[-1]["end"] == at
            and not self.rows[-1]["ws"]
            and at not in self._starts
            and at + 1 not in self._ends
        )
