"""Which lane each of a set of overlapping spans takes, so that all stay readable."""

from collections.abc import Callable, Sequence

from annotator.gui.article.spans import Span

LANES = 3
"""Lanes there is room for below a line; spans beyond share the last."""
REACH = 4_000
"""Code points to either side within which a chain of overlapping spans is followed."""


def lanes(spans: Sequence[Span]) -> dict[Span, int]:
    """Return the lane of each span: the shorter lie nearer to the words, overlapping ones never share.

    Spans must be in reading order.
    """
    lane_of: dict[Span, int] = {}
    for cluster in clusters(spans):
        placed: list[Span] = []
        for span in sorted(cluster, key=_shortest_first):
            taken = {
                lane_of[other]
                for other in placed
                if other.start < span.end and span.start < other.end
            }
            # A span lies outside everything it covers, even where an inner lane happens to be free.
            lane_of[span] = min(LANES - 1, max(taken) + 1) if taken else 0
            placed.append(span)
    return lane_of


def clusters(spans: Sequence[Span]) -> list[list[Span]]:
    """Return the spans in groups; those of different groups share no character."""
    groups: list[list[Span]] = []
    end = -1
    for span in spans:
        if span.start >= end:
            groups.append([])
        groups[-1].append(span)
        end = max(end, span.end)
    return groups


def whole_clusters(find: Callable[[int, int], list[Span]], start: int, end: int) -> list[Span]:
    """Return the spans of `[start, end)` with all that overlap them in turn, so that lanes do not change
    as the text is scrolled. `find` lists the spans of a stretch in reading order.
    """
    low, high = start - REACH, end + REACH
    while True:
        spans = find(start, end)
        first = max(low, min((span.start for span in spans), default=start))
        last = min(high, max((span.end for span in spans), default=end))
        if first >= start and last <= end:
            return spans
        start, end = min(first, start), max(last, end)


def _shortest_first(span: Span) -> tuple[int, int, str]:
    return (span.end - span.start, span.start, span.annotation)
