"""The annotations of the open article as spans, found by place and by annotation without a walk over all."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import NamedTuple

LONG = 400
"""Spans longer than this, in code points, are kept apart, so that the others are found near their start."""


class Span(NamedTuple):
    """One fragment of an annotation, as the store lists it; `number` counts its fragments from 0."""

    start: int
    end: int
    annotation: str
    label: str
    state: str
    number: int


Row = tuple[int, int, str, str, str, int]
"""A span as the store lists it."""


def reading_order(span: Span) -> tuple[int, int]:
    """Sort key: by start, the longer first."""
    return (span.start, -span.end)


class SpanIndex:
    """All spans of one article in reading order; answers for a stretch cost what the stretch holds."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.reset(rows)

    def reset(self, rows: Iterable[Row]) -> None:
        """Forget everything and hold these, which are in reading order."""
        # As Span._make would, four times as fast: it is half of what opening a long article takes.
        self._spans: list[Span] = list(map(tuple.__new__, repeat(Span), rows))
        self._long = [span for span in self._spans if span[1] - span[0] > LONG]
        self._fragmented = {span[2] for span in self._spans if span[5]}
        self._known: dict[str, list[Span]] | None = None

    @property
    def _by_annotation(self) -> dict[str, list[Span]]:
        """The spans of each annotation in text order, gathered when first asked for."""
        if self._known is None:
            self._known = {}
            for span in self._spans:
                self._known.setdefault(span.annotation, []).append(span)
        return self._known

    def __len__(self) -> int:
        return len(self._spans)

    def __contains__(self, annotation: str) -> bool:
        return annotation in self._by_annotation

    def of(self, annotation: str) -> Sequence[Span]:
        """Return the spans of an annotation in text order, none when it is not in the article."""
        return self._by_annotation.get(annotation, ())

    def is_last(self, span: Span) -> bool:
        """Whether no further fragment of its annotation follows a span."""
        return (
            span.annotation not in self._fragmented
            or self.of(span.annotation)[-1].number == span.number
        )

    def between(self, start: int, end: int) -> list[Span]:
        """Return the spans that share a character with `[start, end)`, in reading order."""
        near = self._spans[
            bisect_left(self._spans, (start - LONG,)) : bisect_left(self._spans, (end,))
        ]
        found = [span for span in near if span.end > start and span.end - span.start <= LONG]
        found += [span for span in self._long if span.start < end and span.end > start]
        found.sort(key=reading_order)
        return found

    def at(self, offset: int) -> list[Span]:
        """Return the spans over the character at `offset`, the innermost first."""
        return sorted(self.between(offset, offset + 1), key=_length)

    def replace(self, annotations: Iterable[str], rows: Iterable[Row]) -> None:
        """Put `rows` in the place of all spans of these annotations."""
        by_annotation = self._by_annotation
        for annotation in annotations:
            for span in by_annotation.pop(annotation, ()):
                del self._spans[self._place(self._spans, span)]
                if span.end - span.start > LONG:
                    del self._long[self._place(self._long, span)]
        for span in sorted(map(Span._make, rows), key=reading_order):
            if span.number:
                self._fragmented.add(span.annotation)
            insort(self._spans, span, key=reading_order)
            by_annotation.setdefault(span.annotation, []).append(span)
            if span.end - span.start > LONG:
                insort(self._long, span, key=reading_order)

    def step(
        self,
        offset: int,
        annotation: str = "",
        *,
        backwards: bool = False,
        passes: Callable[[Span], bool] | None = None,
    ) -> Span | None:
        """Return the first span of the next annotation in reading order, from `annotation` if it is here.

        From an offset, an annotation that begins there counts as next. None when there is none left
        that `passes`.
        """
        own = self.of(annotation)
        place = self._place(self._spans, own[0]) if own else bisect_left(self._spans, (offset,))
        if backwards:
            places: Iterable[int] = range(place - 1, -1, -1)
        else:
            places = range(place + bool(own), len(self._spans))
        for index in places:
            span = self._spans[index]
            is_first = span is self._by_annotation[span.annotation][0]
            if is_first and (passes is None or passes(span)):
                return span
        return None

    @staticmethod
    def _place(spans: list[Span], span: Span) -> int:
        place = bisect_left(spans, reading_order(span), key=reading_order)
        return spans.index(span, place)


def _length(span: Span) -> int:
    return span.end - span.start
