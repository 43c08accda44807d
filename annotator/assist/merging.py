"""What several suggesters propose for the same words becomes one suggestion, with everybody who says so."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.assist.frames import Standing
from annotator.core.ids import new_id
from annotator.core.model import Annotation, AnnotationState, Article, Claim, Fragment
from annotator.core.scheme import Scheme
from annotator.language import _
from annotator.suggest.mention import Mention

LAST = 1_000
"""The rank of what lowers itself and of strangers: behind everybody else."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What one suggester proposes. The lowest `rank` is asked first."""

    origin: str
    rank: int
    mention: Mention


def merged(
    article: Article,
    offers: Iterable[Offer],
    decided: Iterable[Annotation],
    scheme: Scheme,
    annotator: str,
    title_of: Callable[[str], str],
) -> list[Annotation]:
    """Return what is suggested for an article, in text order, as new annotations.

    Nothing overlaps what somebody stands behind in the same group of labels, or has been turned down
    just so. Of overlapping proposals the longest is taken, of equally long ones the highest ranked,
    then the surest. For the same words with other labels the reason names who would say so.
    """
    groups = {label.id: label.group for label in scheme.labels if not label.slots}
    free = _free(offers, decided, groups, len(article.text))
    by_place = _by_place(free, groups)
    chosen: dict[str, list[Annotation]] = {}
    for group, places in by_place.items():
        taken = bytearray(len(article.text))
        kept: list[Annotation] = []
        for place in sorted(places, key=_preference):
            start, end = place[0].mention.start, place[0].mention.end
            if taken.find(1, start, end) < 0:
                kept.append(_annotation(article, place, annotator, scheme, title_of))
                taken[start:end] = b"\x01" * (end - start)
        chosen[group] = kept
    found = (each for kept in chosen.values() for each in kept)
    return sorted(found, key=lambda each: (each.start, -each.end))


def _free(
    offers: Iterable[Offer],
    decided: Iterable[Annotation],
    groups: Mapping[str, str],
    length: int,
) -> list[Offer]:
    """Return the offers that say nothing about what somebody has decided."""
    every = list(decided)
    standing: dict[str, Standing] = {}
    for group in set(groups.values()):
        standing[group] = Standing(
            each
            for each in every
            if each.state is AnnotationState.ACCEPTED and groups.get(each.label) == group
        )
    rejected = {
        (each.label, each.start, each.end)
        for each in every
        if each.state is AnnotationState.REJECTED and len(each.fragments) == 1
    }
    return [
        offer
        for offer in offers
        if (mention := offer.mention).label in groups
        and 0 <= mention.start < mention.end <= length
        and (mention.label, mention.start, mention.end) not in rejected
        and not _is_over(standing[groups[mention.label]], mention)
    ]


def _is_over(standing: Standing, mention: Mention) -> bool:
    """Tell whether an annotation of the group shares characters with a mention, gaps left out."""
    return any(
        fragment.start < mention.end and fragment.end > mention.start
        for each in standing.over(mention.start, mention.end)
        for fragment in each.fragments
    )


def _by_place(offers: Sequence[Offer], groups: Mapping[str, str]) -> dict[str, list[list[Offer]]]:
    """Return the offers for each place, the first to be asked first, by group of labels."""
    found: dict[tuple[str, int, int], list[Offer]] = {}
    for offer in offers:
        mention = offer.mention
        found.setdefault((groups[mention.label], mention.start, mention.end), []).append(offer)
    by_group: dict[str, list[list[Offer]]] = {}
    for (group, _start, _end), place in found.items():
        by_group.setdefault(group, []).append(
            sorted(place, key=lambda each: (each.rank, -each.mention.score))
        )
    return by_group


def _preference(place: Sequence[Offer]) -> tuple[int, int, float, int]:
    first = place[0]
    length = first.mention.end - first.mention.start
    # What lowers itself takes the place of nobody else, however long it is.
    is_last = first.rank >= LAST
    return int(is_last), -length, first.rank - first.mention.score, first.mention.start


def _annotation(
    article: Article,
    place: Sequence[Offer],
    annotator: str,
    scheme: Scheme,
    title_of: Callable[[str], str],
) -> Annotation:
    first, *others = place
    mention = first.mention
    agreeing: dict[str, Claim] = {}
    entity = mention.entity
    otherwise: dict[str, str] = {}
    for other in others:
        if other.mention.label == mention.label:
            entity = entity or other.mention.entity
            if other.origin != first.origin:
                claim = Claim(other.origin, other.mention.score, other.mention.reason)
                agreeing.setdefault(other.origin, claim)
        elif other.origin != first.origin:
            otherwise.setdefault(other.origin, scheme.label(other.mention.label).name)
    reason = mention.reason
    for origin, label in otherwise.items():
        said = _("{suggester}: {label}").format(suggester=title_of(origin), label=label)
        reason = f"{reason}; {said}" if reason else said
    start, end = mention.start, mention.end
    return Annotation(
        new_id(),
        article.id,
        mention.label,
        (Fragment(start, end, article.text[start:end]),),
        entity=entity,
        annotator=annotator,
        origin=first.origin,
        state=AnnotationState.SUGGESTED,
        score=round(mention.score, 4),
        reason=reason,
        also=tuple(agreeing.values()),
    )
