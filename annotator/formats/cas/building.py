"""An article as UIMA structures: tokens, sentences, spans, relations, metadata, entities."""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import chain, count, pairwise
from typing import Any

from annotator.core import sentences, tokens
from annotator.core.corpus import LabelledArticle, Span, by_annotation
from annotator.core.metadata import metadata
from annotator.core.model import Entity
from annotator.core.scheme import Scheme
from annotator.core.text import Utf16
from annotator.formats.cas.layers import (
    ATTRIBUTE,
    CONTINUES,
    ENTITY,
    FIELD,
    METADATA,
    OWN_FEATURES,
    RELATION,
    SENTENCE,
    SPAN,
    STRING,
    TOKEN,
    TYPES,
    Cas,
    Feature,
    Structure,
    Type,
)
from annotator.formats.register import as_row, mentioned
from annotator.formats.values import to_text

_TAKEN = frozenset((*OWN_FEATURES, "begin", "end", "sofa", "self", "xmiID"))


class AttributeFeatures:
    """The features that stand for attributes: names that UIMA, Java and XML can spell, none twice."""

    def __init__(self, scheme: Scheme) -> None:
        self._names: dict[str, str] = {}
        for label in scheme.labels:
            for attribute in label.attributes:
                self.name(attribute.name)

    def name(self, attribute: str) -> str:
        """Return the feature of an attribute, always the same."""
        if attribute not in self._names:
            plain = _identifier(attribute)
            taken = {*self._names.values(), *_TAKEN}
            wanted = chain((plain,), (f"{plain}_{number}" for number in count(2)))
            self._names[attribute] = next(name for name in wanted if name not in taken)
        return self._names[attribute]

    def types(self) -> Mapping[str, Type]:
        """Return the types of our files with the attributes met so far, described by their names."""
        features = {
            feature: Feature(STRING, f"{ATTRIBUTE}{attribute}")
            for attribute, feature in self._names.items()
        }
        span = TYPES[SPAN]
        return {**TYPES, SPAN: Type(span.above, {**span.features, **features})}


def _identifier(name: str) -> str:
    parted = unicodedata.normalize("NFKD", name)
    letters = [char for char in parted if not unicodedata.combining(char)]
    plain = "".join(char if char.isascii() and char.isalnum() else "_" for char in letters)
    plain = plain.strip("_")
    return plain if plain[:1].isalpha() else f"attribute_{plain}".strip("_")


class Building:
    """Makes the structures of one article, numbered from 2: the text itself is 1."""

    def __init__(
        self,
        labelled: LabelledArticle,
        names: Mapping[str, str],
        register: Mapping[str, Entity],
        features: AttributeFeatures,
    ) -> None:
        self._labelled = labelled
        self._names = names
        self._register = register
        self._features = features
        self._to_utf16 = Utf16(labelled.article.text).to_qt
        self._ids = count(2)
        self._places: dict[str, Structure] = {}

    def cas(self) -> Cas:
        """Return the article as a CAS of UTF-16 offsets."""
        text = self._labelled.article.text
        structures = [
            self._document(),
            *(self._at(TOKEN, *each) for each in tokens.tokens(text)),
            *(self._at(SENTENCE, *each) for each in sentences.sentences(text)),
            *self._spans(),
            *self._relations(),
            *self._fields(),
            *self._entities(),
        ]
        return Cas(text, structures, self._features.types())

    def _at(self, type_: str, start: int, end: int) -> Structure:
        return Structure(next(self._ids), type_, self._to_utf16(start), self._to_utf16(end), sofa=1)

    def _document(self) -> Structure:
        article = self._labelled.article
        made = self._at(METADATA, 0, len(article.text))
        given = {
            "language": article.language or "x-unspecified",
            "documentTitle": article.title,
            "documentId": article.id,
            "documentUri": article.url,
        }
        made.values = {name: value for name, value in given.items() if value}
        return made

    def _spans(self) -> Iterator[Structure]:
        for group in by_annotation(self._labelled.spans):
            made = [self._span(span) for span in group]
            self._places[group[0].annotation] = made[0]
            yield from made
            for one, next_ in pairwise(made):
                yield self._relation(one, next_, {"label": CONTINUES})

    def _span(self, span: Span) -> Structure:
        made = self._at(SPAN, span.start, span.end)
        made.values = {"label": self._names[span.label]} | self._own(span)
        if span.n == 0 and span.attributes != "{}":
            for name, value in json.loads(span.attributes).items():
                made.values[self._features.name(name)] = to_text(value)
        return made

    def _own(self, span: Span) -> dict[str, str]:
        """Return what a span says besides its attributes; a further fragment has only the id."""
        own = {"id": span.annotation}
        if span.n:
            return own
        entity = self._register.get(span.entity or "")
        given = {
            "note": to_text(span.note) if span.note else "",
            "entity": span.entity or "",
            "entityName": to_text(entity.name) if entity else "",
            "annotator": to_text(span.annotator) if span.annotator else "",
            "origin": span.origin,
            "state": "" if span.state == "accepted" else span.state,
            "score": "" if span.score is None else repr(span.score),
            "reason": to_text(span.reason) if span.reason else "",
            "created": span.created,
            "updated": span.updated,
            "settled": span.settled,
        }
        return own | {name: text for name, text in given.items() if text}

    def _relations(self) -> Iterator[Structure]:
        for link in self._labelled.links:
            values = {"label": to_text(link.type), "id": link.id}
            extra = {"annotator": link.annotator, "created": link.created}
            values |= {name: to_text(text) for name, text in extra.items() if text}
            yield self._relation(self._places[link.from_id], self._places[link.to_id], values)

    def _relation(self, source: Structure, target: Structure, values: dict[str, str]) -> Structure:
        refs: dict[str, tuple[int, ...]] = {"Governor": (source.id,), "Dependent": (target.id,)}
        place = target.begin, target.end
        return Structure(next(self._ids), RELATION, *place, dict(values), refs, sofa=1)

    def _fields(self) -> Iterator[Structure]:
        for name, value in metadata(self._labelled.article).items():
            values = {"name": to_text(name), "value": to_text(value)}
            yield Structure(next(self._ids), FIELD, values=dict(values), sofa=1)

    def _entities(self) -> Iterator[Structure]:
        for entity in mentioned(self._labelled, self._register):
            row: dict[str, Any] = dict(as_row(entity))
            yield Structure(next(self._ids), ENTITY, values=row, sofa=1)
