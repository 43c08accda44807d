"""Spans as tags of tokens and back: B- opens a span, I- goes on with it, O is outside (Ramshaw 1995)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from annotator.core.tokens import Range
from annotator.suggest.model.examples import Span

OUTSIDE = "O"


def tags(ranges: Sequence[Range], spans: Sequence[Span]) -> list[str]:
    """Return the tag of each token of a sentence; `spans` do not overlap one another.

    A token of which a part is labelled counts as labelled; a span that leaves the sentence is
    tagged as far as it lies in it.
    """
    found = [OUTSIDE] * len(ranges)
    starts = [start for start, _end in ranges]
    ends = [end for _start, end in ranges]
    for span in spans:
        first, behind = bisect_right(ends, span.start), bisect_left(starts, span.end)
        for place in range(first, behind):
            if found[place] == OUTSIDE:
                found[place] = f"{'B' if place == first else 'I'}-{span.label}"
    return found


def spans(found: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield first token, token behind the last, and label of each span; an I- without its B- opens one."""
    first, label = 0, ""
    for place, tag in enumerate((*found, OUTSIDE)):
        if label and tag != f"I-{label}":
            yield first, place, label
            label = ""
        if tag != OUTSIDE and not label:
            first, label = place, tag[2:]
