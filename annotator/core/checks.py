"""The checker: what is wrong with the accepted annotations of an article, and what to do about it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from annotator.core import quote_checks, slot_checks
from annotator.core.findings import (
    Finding,
    Kind,
    Rank,
    Relabel,
    Remove,
    Reshape,
    found,
    reshaped,
)
from annotator.core.frames import frames_of
from annotator.core.incise_checks import Incise, inside
from annotator.core.model import Annotation, AnnotationState, Article, Link
from annotator.core.scheme import Label, Scheme
from annotator.core.slot_checks import ENTITIES
from annotator.core.tokens import UNSEEN
from annotator.language import _, n_

_FEWEST = 2
"""Letters that a string must have to be compared with others."""

_ORDER = tuple(Rank)
_LOOSE = re.compile(rf"[\s{UNSEEN},]")

Counts = Mapping[str, int]
"""How often something has each label, by label id."""


def check_article(
    article: Article,
    annotations: Iterable[Annotation],
    links: Iterable[Link],
    scheme: Scheme,
    incise: Incise | None = None,
) -> list[Finding]:
    """Return the findings on an article in text order; suggestions and rejected ones are not looked at.

    `incise` knows what an incise looks like; without it none is looked for. Takes n log n in the
    number of annotations.
    """
    standing = list(annotations)
    accepted = [each for each in standing if each.state is AnnotationState.ACCEPTED]
    links = list(links)
    frames = frames_of(standing, links, scheme)
    marks = list(quote_checks.unbalanced(article, frames))
    taken_in = {
        (each.annotation_id, offset)
        for each in marks
        if isinstance(each.repair, Reshape)
        for place in each.repair.add
        for offset in place
    }
    return sorted(
        chain(
            marks,
            inside(article, frames, incise),
            _edges(article, accepted, scheme, taken_in),
            slot_checks.wrong_fillers(article, frames, scheme),
            slot_checks.crowded(article, frames),
            slot_checks.unused(article, accepted, links, scheme),
            quote_checks.unsaid(article, frames),
            quote_checks.unreported(article, frames),
            quote_checks.overlapping(article, frames),
        ),
        key=place_of,
    )


def place_of(finding: Finding) -> tuple[int, int, int, str, str]:
    """Return by what findings of one article are put in order."""
    weight = _ORDER.index(finding.rank)
    return finding.start, finding.end, weight, finding.kind, finding.annotation_id


def labelled_differently(
    article: Article,
    annotations: Iterable[Annotation],
    counts: Mapping[str, Counts],
    scheme: Scheme,
) -> Iterator[Finding]:
    """Yield the annotations whose words have another label more often.

    `counts` tells of strings as `comparable` returns them; those that have one label only may be left
    out. Of labels that are equally frequent the scheme's first is taken for the usual one.
    """
    order = [label.id for label in scheme.labels if label.group == ENTITIES]
    accepted = [each for each in annotations if each.state is AnnotationState.ACCEPTED]
    standing = {(each.label, each.start, each.end) for each in accepted}
    for each in accepted:
        of_words = counts.get(comparable(each.text), {})
        labels = sorted(of_words, key=lambda label: (-of_words[label], order.index(label)))
        if len(labels) < 2 or each.label not in labels[1:]:
            continue
        usual = scheme.label(labels[0])
        has_both = (usual.id, each.start, each.end) in standing
        remedy = (
            _("{label} stands there as well: remove one of the two, if the same is meant.")
            if has_both
            else _("Relabel it as {label}, if the same is meant.")
        )
        yield found(
            article,
            each,
            Kind.LABELS,
            _("{label} here; in all articles {counts}.").format(
                label=scheme.label(each.label).name,
                counts=", ".join(_times(scheme.label(id_), of_words[id_]) for id_ in labels),
            ),
            remedy.format(label=usual.name),
            repair=None if has_both else Relabel(each.id, usual.id),
        )


def comparable(text: str) -> str:
    """Return text as strings are compared: without case, its blanks alike; "" when it is too short."""
    words = " ".join(text.casefold().split())
    return words if sum(map(str.isalpha, words)) >= _FEWEST else ""


def _times(label: Label, count: int) -> str:
    return n_("{label} {n} time", "{label} {n} times", count).format(label=label.name, n=count)


def _edges(
    article: Article, annotations: Iterable[Annotation], scheme: Scheme, kept: set[tuple[str, int]]
) -> Iterator[Finding]:
    """Yield annotations with blanks or commas at an edge, unless that edge will move outwards."""
    for each in annotations:
        loose = [
            place
            for fragment in each.fragments
            for place in _loose(fragment.surface, fragment.start)
            if not kept or kept.isdisjoint((each.id, offset) for offset in place)
        ]
        if loose:
            trim = Reshape(each.id, cut=tuple(loose))
            ranges = [(fragment.start, fragment.end) for fragment in each.fragments]
            is_empty = not reshaped(article.text, ranges, trim)
            yield found(
                article,
                each,
                Kind.EDGE,
                _loose_message(article, loose).format(label=scheme.label(each.label).name),
                _("Remove it.") if is_empty else _("Trim it; that belongs outside."),
                place=loose[0],
                repair=Remove(each.id) if is_empty else trim,
            )


def _loose(surface: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where blanks and commas stand at the edges of a fragment."""
    if not (_LOOSE.match(surface[0]) or _LOOSE.match(surface[-1])):
        return
    low, high = 0, len(surface)
    while low < high and _LOOSE.match(surface, low):
        low += 1
    while high > low and _LOOSE.match(surface, high - 1):
        high -= 1
    if low:
        yield start, start + low
    if high < len(surface):
        yield start + high, start + len(surface)


def _loose_message(article: Article, loose: Sequence[tuple[int, int]]) -> str:
    has_comma = any("," in article.text[slice(*place)] for place in loose)
    has_blank = any(article.text[slice(*place)].strip(",") for place in loose)
    if has_comma and has_blank:
        return _("Blanks and commas stand at the edge of this {label}.")
    if has_comma:
        return _("A comma stands at the edge of this {label}.")
    return _("A blank stands at the edge of this {label}.")
