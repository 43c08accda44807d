"""What a format can hold of an article: the article without the rest, and the rest as losses."""

import json
from collections import Counter
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from annotator.core.corpus import LabelledArticle, Span
from annotator.core.formats import Kind, Loss, Outcome, Part
from annotator.core.metadata import metadata
from annotator.core.model import Article
from annotator.core.scheme import Label
from annotator.language import _


class Kept(NamedTuple):
    """An article as a format holds it, and what is lost of it.

    `labelled` has label ids; the fragments of an annotation that had to be parted are annotations
    of their own there, with ids of their own.
    """

    labelled: LabelledArticle
    losses: list[Loss]


def keep(labelled: LabelledArticle, labels: Mapping[str, Label], holds: Container[Part]) -> Kept:
    """Return what a format with a place for these parts can hold of an article.

    Overlaps are left to the format: it alone knows which of two to keep.
    """
    losses: list[Loss] = []
    spans = labelled.spans
    if not is_bare(spans):
        losses += _lost_parts(labelled, labels, holds)
        spans = [_without(span, holds) for span in spans]
        if "fragments" not in holds and any(span.n for span in spans):
            losses += _parted(labelled, labels)
            spans = list(_apart(spans))
    links = labelled.links
    if links and "links" not in holds:
        losses += _lost_links(labelled, labels)
        links = []
    elif links and spans is not labelled.spans:
        whole = {span.annotation for span in spans}
        links = [link for link in links if {link.from_id, link.to_id} <= whole]
    article = labelled.article
    if "metadata" not in holds and metadata(article):
        losses += _lost_metadata(article)
        article = Article(article.id, article.text, state=article.state)
    return Kept(labelled._replace(article=article, spans=spans, links=links), losses)


def loss(
    labelled: LabelledArticle,
    span: Span,
    label: Label,
    outcome: Outcome,
    reason: str,
    *,
    kind: Kind = "annotation",
    thing: str = "",
) -> Loss:
    """Return that a format cannot hold a span, or a `thing` of it, as it is."""
    place = labelled.article.id, span.start, span.end, span.surface
    return Loss(kind, outcome, reason, label.name, *place, thing or span.annotation)


def metadata_loss(article: Article, name: str, outcome: Outcome, reason: str) -> Loss:
    """Return that a format cannot hold something that is known of an article as it is."""
    return Loss("metadata", outcome, reason, "", article.id, 0, 0, name, name)


def held(labelled: LabelledArticle, losses: Collection[Loss]) -> Counter[Kind]:
    """Return how much of each kind is left of an article, once what is left out is out."""
    spans = labelled.spans
    counts: Counter[Kind] = Counter()
    counts["annotation"] = len(spans)
    counts["link"] = len(labelled.links)
    counts["metadata"] = len(metadata(labelled.article))
    if not is_bare(spans):
        first = [span for span in spans if span.n == 0]
        counts["annotation"] = len(first)
        counts["attribute"] = sum(
            len(json.loads(span.attributes)) for span in first if span.attributes != "{}"
        )
        counts["note"] = sum(span.note != "" for span in first)
        counts["entity"] = sum(span.entity is not None for span in first)
    if losses:
        out = {(each.kind, each.id) for each in losses if each.outcome == "left out"}
        counts.subtract(Counter(kind for kind, _id in out))
    return counts


def leave_out(kept: Kept, reasons: Mapping[str, str], labels: Mapping[str, Label]) -> Kept:
    """Return what is kept without some annotations, and all that goes with them, told as lost.

    `reasons` says for the id of each annotation why it cannot be held.
    """
    labelled = kept.labelled
    losses = [*kept.losses, *_left_out(labelled, reasons, labels)]
    return Kept(without(labelled, reasons), losses)


def without(labelled: LabelledArticle, ids: Container[str]) -> LabelledArticle:
    """Return an article without some annotations, nor the links from and to them."""
    return labelled._replace(
        spans=[span for span in labelled.spans if span.annotation not in ids],
        links=[
            link for link in labelled.links if link.from_id not in ids and link.to_id not in ids
        ],
    )


def _left_out(
    labelled: LabelledArticle, reasons: Mapping[str, str], labels: Mapping[str, Label]
) -> Iterator[Loss]:
    gone = _("It belongs to an annotation that is left out.")
    first = {span.annotation: span for span in labelled.spans if span.n == 0}
    for id_, reason in reasons.items():
        span = first[id_]
        label = labels[span.label]
        yield loss(labelled, span, label, "left out", reason)
        for name in json.loads(span.attributes):
            thing = f"{id_} {name}"
            yield loss(labelled, span, label, "left out", gone, kind="attribute", thing=thing)
        if span.note:
            yield loss(labelled, span, label, "left out", gone, kind="note")
        if span.entity is not None:
            yield loss(labelled, span, label, "left out", gone, kind="entity")
    for link in labelled.links:
        if link.from_id in reasons or link.to_id in reasons:
            span = first[link.from_id]
            label = labels[span.label]
            yield loss(labelled, span, label, "left out", gone, kind="link", thing=link.id)


def is_bare(spans: Sequence[Span]) -> bool:
    """Tell, column by column, whether no annotation is more than one accepted stretch with a label."""
    if not spans:
        return True
    columns = list(zip(*spans, strict=True))
    count = len(spans)
    return (
        columns[2].count(0) == columns[6].count("{}") == columns[7].count("") == count
        and columns[8].count(None) == columns[11].count("accepted") == count
    )


def _without(span: Span, holds: Container[Part]) -> Span:
    return span._replace(
        attributes=span.attributes if "attributes" in holds else "{}",
        note=span.note if "notes" in holds else "",
        entity=span.entity if "entities" in holds else None,
    )


def _lost_parts(
    labelled: LabelledArticle, labels: Mapping[str, Label], holds: Container[Part]
) -> Iterator[Loss]:
    for span in labelled.spans:
        if span.n:
            continue
        label = labels[span.label]
        if span.attributes != "{}" and "attributes" not in holds:
            for name in json.loads(span.attributes):
                reason = _("The format has no place for attributes.")
                thing = f"{span.annotation} {name}"
                yield loss(labelled, span, label, "left out", reason, kind="attribute", thing=thing)
        if span.note and "notes" not in holds:
            reason = _("The format has no place for notes.")
            yield loss(labelled, span, label, "left out", reason, kind="note")
        if span.entity is not None and "entities" not in holds:
            reason = _("The format has no place for references to entities.")
            yield loss(labelled, span, label, "left out", reason, kind="entity")
        if span.state != "accepted" and "states" not in holds:
            reason = _("Nothing in the file tells it from an annotation that was accepted.")
            yield loss(labelled, span, label, "changed", reason)


def _parted(labelled: LabelledArticle, labels: Mapping[str, Label]) -> Iterator[Loss]:
    reason = _("It is in several fragments; each goes out as an annotation of its own.")
    for span in labelled.spans:
        if span.n == 1:
            yield loss(labelled, span, labels[span.label], "changed", reason)


def _apart(spans: list[Span]) -> Iterator[Span]:
    """Yield every fragment as an annotation of its own, the first one under the old id."""
    for span in spans:
        yield span._replace(annotation=f"{span.annotation}.{span.n}", n=0) if span.n else span


def _lost_links(labelled: LabelledArticle, labels: Mapping[str, Label]) -> Iterator[Loss]:
    starts = {span.annotation: span for span in reversed(labelled.spans)}
    reason = _("The format has no place for links.")
    for link in labelled.links:
        source = starts[link.from_id]
        label = labels[source.label]
        yield loss(labelled, source, label, "left out", reason, kind="link", thing=link.id)


def _lost_metadata(article: Article) -> Iterator[Loss]:
    reason = _("The format has no place for metadata.")
    for name in metadata(article):
        yield metadata_loss(article, name, "left out", reason)
