"""A text that is longer than a model can take, divided: at paragraphs and beside annotations if it can be."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence

from annotator.core.corpus import LabelledArticle, by_annotation
from annotator.core.model import Article
from annotator.core.sentences import LINE_ENDS, sentences
from annotator.core.tokens import Range, tokens

MOST_TOKENS = 6_000
"""Tokens of ours that one example may have: with its answer it then fits into most models."""


def parts(labelled: LabelledArticle, most: int = MOST_TOKENS) -> list[Range]:
    """Return the parts of a text, one behind the other, each of at most so many tokens.

    A part ends before a paragraph, else before a sentence, else before a word, that begins inside no
    annotation; where an annotation is longer than a part may be, inside it.
    """
    text = labelled.article.text
    if len(text) <= most:
        return [(0, len(text))]
    starts = [start for start, _end in tokens(text)]
    if len(starts) <= most:
        return [(0, len(text))]
    hulls = _hulls(labelled)
    levels = [_free(cuts, hulls) for cuts in (_paragraphs(text), _sentences(text), starts)]
    found: list[Range] = []
    start = first = 0
    while first + most < len(starts):
        # A part has a token at least: blanks before the first one are no example by themselves.
        least, limit = starts[first], starts[first + most]
        lasts = (cuts[bisect_right(cuts, limit) - 1] for cuts in levels if cuts)
        end = next((last for last in lasts if least < last <= limit), limit)
        found.append((start, end))
        start, first = end, bisect_left(starts, end)
    return [*found, (start, len(text))]


def part_of(labelled: LabelledArticle, part: Range) -> LabelledArticle:
    """Return what an article has within a part of its text, counted from the beginning of the part."""
    start, end = part
    text = labelled.article.text
    if part == (0, len(text)):
        return labelled
    spans = [
        span._replace(start=span.start - start, end=span.end - start)
        for span in labelled.spans
        if start <= span.start and span.end <= end
    ]
    ids = {span.annotation for span in spans}
    links = [link for link in labelled.links if link.from_id in ids and link.to_id in ids]
    article = Article(labelled.article.id, text[start:end], language=labelled.article.language)
    return LabelledArticle(article, spans, links)


def crossing(
    labelled: LabelledArticle, found: Sequence[Range]
) -> tuple[list[str], Collection[str]]:
    """Return the ids of the annotations that lie in two parts, and of the links that join two."""
    ends = [end for _start, end in found]
    place: dict[str, int] = {}
    across: list[str] = []
    for group in by_annotation(labelled.spans):
        first = bisect_right(ends, group[0].start)
        place[group[0].annotation] = first
        if group[-1].end > ends[first]:
            across.append(group[0].annotation)
    links = {link.id for link in labelled.links if place[link.from_id] != place[link.to_id]}
    return across, links


def _hulls(labelled: LabelledArticle) -> list[Range]:
    """Return what annotations lie on, first fragment to last, those that overlap as one."""
    hulls: list[Range] = []
    for group in by_annotation(labelled.spans):
        start, end = group[0].start, group[-1].end
        if hulls and start < hulls[-1][1]:
            hulls[-1] = hulls[-1][0], max(end, hulls[-1][1])
        else:
            hulls.append((start, end))
    return hulls


def _free(cuts: list[int], hulls: list[Range]) -> list[int]:
    """Return the cuts that go through no hull."""
    starts = [start for start, _end in hulls]
    free = []
    for cut in cuts:
        at = bisect_left(starts, cut) - 1
        if at < 0 or hulls[at][1] <= cut:
            free.append(cut)
    return free


def _paragraphs(text: str) -> list[int]:
    """Return where lines begin that are not blank."""
    return [
        start
        for start in _sentences(text)
        if start and any(sign in LINE_ENDS for sign in text[_blank_before(text, start) : start])
    ]


def _blank_before(text: str, at: int) -> int:
    while at and text[at - 1].isspace():
        at -= 1
    return at


def _sentences(text: str) -> list[int]:
    return [start for start, _end in sentences(text)]
