"""Annotations for an article that stands already: what it lacks is added, what it has is found."""

from collections.abc import Mapping
from typing import NamedTuple

from annotator.core.corpus import LabelledArticle, Span, by_annotation
from annotator.core.ids import new_id
from annotator.core.model import AnnotationState, Link
from annotator.store import annotations
from annotator.store.deed import Deed


class Grafted(NamedTuple):
    """How many annotations and links were added, and how many annotations stood there before."""

    annotations: int
    links: int
    standing: int


def graft(
    deed: Deed, article_id: str, labelled: LabelledArticle, labels: Mapping[str, str]
) -> Grafted:
    """Add the annotations and links of an article with the same text to the one that stands.

    One with the same label on the same fragments is the same: it stays as it is, but what was only
    suggested is accepted when somebody stands behind it here. `labels` gives the id for each label.
    """
    ids: dict[str, str] = {}
    added = standing = 0
    accepted = False
    for group in by_annotation(_identified(labelled.spans)):
        first = group[0]
        ranges = [(span.start, span.end) for span in group]
        label_id = labels[first.label]
        there = annotations.find(deed, article_id, label_id, ranges)
        if there:
            ids[first.annotation], state = there
            standing += 1
            if first.state == AnnotationState.ACCEPTED and state is AnnotationState.SUGGESTED:
                annotations.set_state(deed, there[0], AnnotationState.ACCEPTED)
        else:
            ids[first.annotation] = _add(deed, article_id, label_id, group)
            accepted = accepted or first.state == AnnotationState.ACCEPTED
            added += 1
    if accepted:
        annotations.start_work(deed, article_id)
    links = sum(_link(deed, link, ids) for link in labelled.links)
    return Grafted(added, links, standing)


def _identified(spans: list[Span]) -> list[Span]:
    """Return the spans with an id for each annotation: its file may have given none."""
    found: list[Span] = []
    for span in spans:
        id_ = span.annotation or (found[-1].annotation if span.n else new_id())
        found.append(span._replace(annotation=id_))
    return found


def _add(deed: Deed, article_id: str, label_id: str, group: list[Span]) -> str:
    first = group[0]
    id_ = new_id()
    annotator = first.annotator or deed.annotator
    deed.name_annotator(annotator)
    deed.insert(
        "annotation",
        {
            "id": id_,
            "article_id": article_id,
            "label_id": label_id,
            "start": first.start,
            "end": group[-1].end,
            "fragments": [[span.start, span.end, span.surface] for span in group],
            "state": first.state,
            "entity_id": first.entity,
            "attributes": first.attributes,
            "note": first.note,
            "annotator": annotator,
            "origin": first.origin,
            "score": first.score,
            "reason": first.reason,
            "created": first.created or deed.at,
            "updated": first.updated or first.created or deed.at,
            "settled": first.settled,
        },
    )
    return id_


def _link(deed: Deed, link: Link, ids: Mapping[str, str]) -> bool:
    """Join what the ends of a link have become; False when they are joined already."""
    source, target = ids[link.from_id], ids[link.to_id]
    if source == target or annotations.find_link(deed, link.type, source, target):
        return False
    annotator = link.annotator or deed.annotator
    deed.name_annotator(annotator)
    deed.insert(
        "link",
        {
            "id": new_id(),
            "type": link.type,
            "from_id": source,
            "to_id": target,
            "annotator": annotator,
            "created": link.created or deed.at,
        },
    )
    return True
