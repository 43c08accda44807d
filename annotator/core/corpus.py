"""A corpus on its way out or in: rows that stream between store and formats; tuples, being many."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from annotator.core.model import (
    NOTHING,
    Annotation,
    AnnotationState,
    Article,
    Document,
    Entity,
    Fragment,
    Link,
    Problem,
)
from annotator.core.scheme import Scheme


class Span(NamedTuple):
    """One fragment with the columns of its annotation, as the store reads it.

    `annotation` and `label` are ids, `attributes` is JSON text, `n` counts the fragments from 0.
    """

    annotation: str
    label: str
    n: int
    start: int
    end: int
    surface: str
    attributes: str = "{}"
    note: str = ""
    entity: str | None = None
    annotator: str = ""
    origin: str = "hand"
    state: str = "accepted"
    score: float | None = None
    reason: str = ""
    created: str = ""
    updated: str = ""
    settled: str = ""


class LabelledArticle(NamedTuple):
    """An article with what is exported of it.

    Annotations stand in text order (start, then the longer first, then id), the fragments of
    one annotation next to each other. Both ends of every link are among them. On the way in, a
    label is still a name, an annotation without id gets a new one, and `place` names file and line.
    """

    article: Article
    spans: list[Span]
    links: list[Link]
    seconds: Mapping[str, float] = NOTHING
    place: str = ""


class Foundation(NamedTuple):
    """What a corpus has besides articles: its scheme and its register of entities."""

    scheme: Scheme
    entities: tuple[Entity, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is exported: walked over as often as a format needs, never held in memory.

    `entities` are by id.
    """

    scheme: Scheme
    articles: Callable[[], Iterator[LabelledArticle]]
    entities: Mapping[str, Entity] = field(default_factory=dict)

    def __iter__(self) -> Iterator[LabelledArticle]:
        return self.articles()


class Textless(NamedTuple):
    """An article that went out without its text; whoever has the text can have it whole again.

    `sha256` is the digest of the text, `restore` yields what there is to it once the text is given.
    """

    sha256: str
    restore: "Callable[[str], Iterator[Document | LabelledArticle | Problem]]"
    place: str


Found = Document | LabelledArticle | Foundation | Textless | Problem
"""What reading a file yields, one thing after another; a problem never stops the rest."""


def by_annotation(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Yield the fragments of each annotation together; it need not have an id yet."""
    group: list[Span] = []
    for span in spans:
        if group and span.n == 0:
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def document(labelled: LabelledArticle) -> Document:
    """Return the article as objects, where their cost does not matter; labels stay ids."""
    article = labelled.article
    annotations = tuple(_annotation(article.id, group) for group in by_annotation(labelled.spans))
    return Document(article, annotations, tuple(labelled.links), seconds=labelled.seconds)


def labelled(document: Document) -> LabelledArticle:
    """Return a document as rows, in text order: the inverse of `document`."""
    ordered = sorted(document.annotations, key=lambda a: (a.start, -a.end, a.id))
    spans = [span for annotation in ordered for span in _spans(annotation)]
    return LabelledArticle(
        document.article, spans, list(document.links), document.seconds, document.place
    )


def _annotation(article: str, group: list[Span]) -> Annotation:
    first = group[0]
    return Annotation(
        first.annotation,
        article,
        first.label,
        tuple(Fragment(span.start, span.end, span.surface) for span in group),
        attributes=json.loads(first.attributes),
        note=first.note,
        entity=first.entity,
        annotator=first.annotator,
        origin=first.origin,
        state=AnnotationState(first.state),
        score=first.score,
        reason=first.reason,
        created=first.created,
        updated=first.updated,
        settled=first.settled,
    )


def _spans(annotation: Annotation) -> Iterator[Span]:
    attributes = json.dumps(dict(annotation.attributes), ensure_ascii=False)
    for n, fragment in enumerate(annotation.fragments):
        yield Span(
            annotation.id,
            annotation.label,
            n,
            fragment.start,
            fragment.end,
            fragment.surface,
            attributes,
            annotation.note,
            annotation.entity,
            annotation.annotator,
            annotation.origin,
            annotation.state.value,
            annotation.score,
            annotation.reason,
            annotation.created,
            annotation.updated,
            annotation.settled,
        )
