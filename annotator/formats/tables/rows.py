"""What the tables of an export say: a row an article, a fragment, a link, an entity, joined by ids."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from annotator.core.corpus import Corpus, LabelledArticle, Span
from annotator.core.formats import Kind
from annotator.core.metadata import FIELDS
from annotator.core.model import Entity, Link
from annotator.core.text import digest
from annotator.formats.register import as_row
from annotator.formats.tables.cells import Column, Row, filled, guard_all, needs_json

ARTICLE = ("article", *FIELDS, "state", "text")
TEXTLESS = (*ARTICLE[:-1], "sha256")
ANNOTATION = (
    *("annotation", "article", "title", "label", "fragment", "fragments", "start", "end", "text"),
    *("note", "entity", "entity_id", "annotator", "origin", "state", "score", "reason"),
    *("created", "updated", "settled"),
)
LINK = ("link", "article", "type", "from", "from_text", "to", "to_text", "annotator", "created")
ENTITY = ("id", "name", "kind", "aliases", "gender", "role", "external_id", "note")
_BEFORE_ATTRIBUTES = ANNOTATION.index("note")

NAMES = ("articles", "annotations", "links", "entities")
"""The tables, in the order in which they are written."""


class TableRows:
    """Makes the rows of a corpus, once it has looked at all of it for the columns it needs.

    Rows are guarded (see `cells`). An annotation of several fragments has as many rows, numbered
    from 1. Attributes are columns `attr.NAME`, free metadata `meta.NAME`.
    """

    def __init__(self, corpus: Corpus, *, with_text: bool = True) -> None:
        self._corpus = corpus
        self._labels = {label.id: label.name for label in corpus.scheme.labels}
        self._with_text = with_text
        self._attributes: dict[str, Column] = {
            attribute.name: Column("attr", attribute.name, needs_json(attribute.name, "-"))
            for label in corpus.scheme.labels
            for attribute in label.attributes
        }
        self._meta: dict[str, Column] = {}

    def look_at(self, labelled: LabelledArticle) -> bool:
        """Take note of the attributes and metadata of an article; tell whether there are new columns."""
        is_new = _note(self._meta, "meta", labelled.article.meta)
        for span in labelled.spans:
            if span[6] != "{}" and _note(self._attributes, "attr", json.loads(span[6])):
                is_new = True
        return is_new

    def headers(self) -> dict[str, list[str]]:
        """Return the headings of each table; one of entities is there if the register has any."""
        meta = [column.heading for column in self._meta.values()]
        attributes = [column.heading for column in self._attributes.values()]
        article = ARTICLE if self._with_text else TEXTLESS
        found = {
            "articles": [*article[:-1], *meta, article[-1]],
            "annotations": [
                *ANNOTATION[:_BEFORE_ATTRIBUTES],
                *attributes,
                *ANNOTATION[_BEFORE_ATTRIBUTES:],
            ],
            "links": list(LINK),
        }
        return {**found, "entities": list(ENTITY)} if self._corpus.entities else found

    def entities(self) -> list[Row]:
        """Return the rows of the register."""
        return guard_all([_entity(entity) for entity in self._corpus.entities.values()])

    def rows(self, labelled: LabelledArticle) -> tuple[list[Row], list[Row], list[Row]]:
        """Return the rows of an article in articles, annotations and links."""
        return (
            guard_all([self._article(labelled)]),
            guard_all(self._annotations(labelled)),
            guard_all(self._links(labelled)),
        )

    def held(self, articles: Sequence[Row], annotations: Sequence[Row]) -> Counter[Kind]:
        """Return how much the rows of articles and annotations hold, by kind."""
        held: Counter[Kind] = Counter()
        names = [*("", *FIELDS, ""), *self._meta, ""]
        for row in articles:
            held["metadata"] += len(
                {name for name, cell in zip(names, row, strict=True) if cell} - {""}
            )
        columns = list(zip(*annotations, strict=True))
        if not columns:
            return held
        firsts = columns[4].count("1")
        if firsts < len(annotations):
            columns = list(zip(*(row for row in annotations if row[4] == "1"), strict=True))
        held["annotation"] = firsts
        note = _BEFORE_ATTRIBUTES + len(self._attributes)
        held["attribute"] = sum(filled(column) for column in columns[_BEFORE_ATTRIBUTES:note])
        held["note"], held["entity"] = filled(columns[note]), filled(columns[note + 2])
        return held

    def _article(self, labelled: LabelledArticle) -> Row:
        article = labelled.article
        meta = article.meta
        return [
            article.id,
            *(getattr(article, name) for name in FIELDS),
            article.state.value,
            *(
                column.cell(meta[name]) if name in meta else ""
                for name, column in self._meta.items()
            ),
            article.text if self._with_text else digest(article.text),
        ]

    def _annotations(self, labelled: LabelledArticle) -> list[Row]:
        spans = labelled.spans
        counts: Mapping[str, int] = {}
        if any(span[2] for span in spans):
            counts = Counter(span[0] for span in spans)
        article, title, labels = labelled.article.id, labelled.article.title, self._labels
        no_attributes = [""] * len(self._attributes)
        rows = []
        # Unpacked at once: there are hundreds of thousands.
        for span in spans:
            (
                id_, label, n, start, end, surface, attributes, note,
                entity, annotator, origin, state, score, reason, created, updated, settled,
            ) = span  # fmt: skip
            rows.append(
                [
                    *(id_, article, title, labels[label], str(n + 1), str(counts.get(id_, 1))),
                    *(str(start), str(end), surface if self._with_text else ""),
                    *(no_attributes if attributes == "{}" else self._attribute_cells(attributes)),
                    *(note, self._entity_name(entity) if entity else "", entity or ""),
                    *(annotator, origin, state, "" if score is None else repr(score), reason),
                    *(created, updated, settled),
                ]
            )
        return rows

    def _attribute_cells(self, attributes: str) -> Iterator[str]:
        values = json.loads(attributes)
        for name, column in self._attributes.items():
            yield column.cell(values[name]) if name in values else ""

    def _entity_name(self, id: str) -> str:
        entity = self._corpus.entities.get(id)
        return entity.name if entity else ""

    def _links(self, labelled: LabelledArticle) -> list[Row]:
        if not labelled.links:
            return []
        texts = _texts(labelled.spans) if self._with_text else {}
        return [_link(link, labelled.article.id, texts) for link in labelled.links]


def _note(columns: dict[str, Column], kind: str, values: Mapping[str, object]) -> bool:
    is_new = False
    for name, value in values.items():
        known = columns.get(name)
        if known is None or (not known.is_json and needs_json(name, value)):
            columns[name] = Column(kind, name, known is not None or needs_json(name, value))
            is_new = True
    return is_new


def _texts(spans: list[Span]) -> dict[str, str]:
    return {
        id_: " … ".join(span.surface for span in group)
        for id_, group in groupby(spans, lambda span: span.annotation)
    }


def _link(link: Link, article: str, texts: Mapping[str, str]) -> Row:
    return [
        *(link.id, article, link.type),
        *(link.from_id, texts.get(link.from_id, "")),
        *(link.to_id, texts.get(link.to_id, "")),
        *(link.annotator, link.created),
    ]


def _entity(entity: Entity) -> Row:
    row = as_row(entity)
    return [row.get(name, "") for name in ENTITY]
