"""What a spaCy Doc is given of an article: entities, spans that may overlap, and the rest as user data.

`doc.ents` has the layer of entities, `doc.spans["sc"]` every annotation: one span for each fragment,
all under the id of the annotation. `doc.user_data` has what spaCy has no place for, edges inside
tokens among it.
"""

import json
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

from annotator.core.corpus import LabelledArticle, Span, by_annotation
from annotator.core.metadata import metadata
from annotator.core.model import Entity, Link
from annotator.core.tokens import Range
from annotator.formats import register
from annotator.formats.spacy.placing import Placing

VERSION = "annotator-spacy/1"
GROUP = "sc"
"""The group of spans that spaCy's span categoriser learns from unless told otherwise."""

TEXTS = (
    *("note", "entity", "annotator", "origin", "state"),
    *("reason", "created", "updated", "settled"),
)
"""The columns of a span that are texts beside where and what it is; their keys are the same."""

USUAL = Span("", "", 0, 0, 0, "")
"""What is not said of an annotation is as it is here."""

_texts = attrgetter(*TEXTS)


def dress(
    doc: Any,
    placing: Placing,
    places: Sequence[int],
    names: Mapping[str, str],
    known: Mapping[str, Entity],
) -> None:
    """Give a Doc all that is known of its article; `places` says which of its tokens are counted.

    `names` are those of the labels by id, `known` the entities of the register.
    """
    from spacy.tokens import Span as DocSpan

    external = _external(placing.labelled, known)
    spans = {
        each: DocSpan(
            doc,
            places[each.first],
            places[each.last] + 1,
            label=names[each.label],
            kb_id=external.get(each.annotation, ""),
            span_id=each.annotation,
        )
        for each in placing.stretches
    }
    unknown = [doc[places[at] : places[at] + 1] for at in sorted(placing.unknown)]
    doc.set_ents([spans[each] for each in placing.entities], missing=unknown, default="outside")
    doc.spans[GROUP] = list(spans.values())
    doc.user_data.update(_user_data(placing, known))


def strings(
    labelled: LabelledArticle, names: Mapping[str, str], known: Mapping[str, Entity]
) -> set[str]:
    """Return what the spans of a Doc are named by, apart from the ids of annotations."""
    labels = {names[span.label] for span in labelled.spans}
    return labels.union(_external(labelled, known).values()) - {""}


def _external(labelled: LabelledArticle, known: Mapping[str, Entity]) -> dict[str, str]:
    """Return for annotations the id that their entity has elsewhere, as in Wikidata."""
    return {
        span.annotation: known[span.entity].external_id
        for span in labelled.spans
        if span.entity is not None and span.entity in known
    }


def _user_data(placing: Placing, known: Mapping[str, Entity]) -> dict[str, Any]:
    labelled = placing.labelled
    article = labelled.article
    said = {
        group[0].annotation: _said(group[0]) | _edges(group, placing.ranges)
        for group in by_annotation(labelled.spans)
    }
    data = {
        "format": VERSION,
        "id": article.id,
        "state": article.state.value,
        "meta": metadata(article),
        "annotations": {id_: row for id_, row in said.items() if row},
        "links": [_link(link) for link in labelled.links],
        "entities": [register.as_row(entity) for entity in register.mentioned(labelled, known)],
    }
    return {key: value for key, value in data.items() if value or key == "meta"}


def _said(span: Span) -> dict[str, Any]:
    """Return what is said of an annotation beyond where and what it is."""
    row: dict[str, Any] = {}
    if span.attributes != "{}":
        row["attributes"] = json.loads(span.attributes)
    if span.score is not None:
        row["score"] = span.score
    texts = zip(TEXTS, _texts(span), _texts(USUAL), strict=True)
    return row | {key: text for key, text, usual in texts if text != usual}


def _edges(group: list[Span], ranges: Mapping[str, list[Range]]) -> dict[str, Any]:
    """Return where an annotation is and what its tokens have of it, if these are not the same."""
    exact = [(span.start, span.end) for span in group]
    placed = ranges[group[0].annotation]
    return {"fragments": exact, "tokens": placed} if exact != placed else {}


def _link(link: Link) -> dict[str, str]:
    row = {"id": link.id, "type": link.type, "from": link.from_id, "to": link.to_id}
    more = {"annotator": link.annotator, "created": link.created}
    return row | {key: text for key, text in more.items() if text}
