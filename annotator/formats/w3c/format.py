"""W3C Web Annotations in JSON-LD: one page an article, its text among the annotations.

After the Web Annotation Data Model, a Recommendation of 23 February 2017.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from annotator.core.corpus import Found, LabelledArticle, Span, by_annotation
from annotator.core.formats import Format, Part
from annotator.core.metadata import metadata
from annotator.core.model import Article, Entity, Link
from annotator.formats.folder_writer import FolderWriter
from annotator.formats.register import as_row, mentioned
from annotator.formats.values import to_text
from annotator.formats.w3c.reading import beside_of, read_w3c, recognises
from annotator.formats.w3c.words import CONTEXT, OWN, OWN_SPACE, iri, own
from annotator.language import _

_CONTEXT = 32
"""Characters before and behind a quote that help to find it again."""

_DUBLIN_CORE = {
    "title": "dcterms:title",
    "author": "dcterms:creator",
    "published": "dcterms:date",
    "source": "dcterms:source",
    "language": "dcterms:language",
    "url": "foaf:page",
}
_TYPES = {"person": "Person", "organisation": "Organization"}


class W3cWriter(FolderWriter):
    """Writes an AnnotationPage an article. Fragments are several targets, links are annotations."""

    ending = ".jsonld"
    holds: tuple[Part, ...] = (
        *("overlaps", "fragments", "links", "attributes", "notes"),
        *("entities", "annotators", "states", "metadata"),
    )

    def file(self, labelled: LabelledArticle) -> bytes:
        """Return the page of an article."""
        article = labelled.article
        source = iri("article", article.id)
        entities = {entity.id: entity for entity in mentioned(labelled, self.corpus.entities)}
        page: dict[str, Any] = {
            "@context": [CONTEXT, {OWN: OWN_SPACE}],
            "id": f"{source}#annotations",
            "type": "AnnotationPage",
            "items": [
                _text(article, source),
                *(
                    self._annotation(group, article.text, source, entities)
                    for group in by_annotation(labelled.spans)
                ),
                *(_link(link) for link in labelled.links),
            ],
        }
        if entities:
            page[own("entities")] = [_own_row(as_row(each)) for each in entities.values()]
        return orjson.dumps(page, option=orjson.OPT_INDENT_2)

    def read(self, path: Path) -> Iterator[Found]:
        """Read a page."""
        return read_w3c(path)

    def _annotation(
        self, group: list[Span], text: str, source: str, entities: Mapping[str, Entity]
    ) -> dict[str, Any]:
        head = group[0]
        targets = [_target(span, text, source) for span in group]
        row: dict[str, Any] = {
            "id": iri("annotation", head.annotation),
            "type": "Annotation",
            "motivation": "tagging",
            **_made(head.annotator, head.created),
            "body": list(self._bodies(head, entities)),
            "target": targets if len(targets) > 1 else targets[0],
        }
        if head.updated and head.updated != head.created:
            row["modified"] = head.updated
        if head.state != "accepted":
            row[own("state")] = head.state
        return row

    def _bodies(self, span: Span, entities: Mapping[str, Entity]) -> Iterator[dict[str, Any]]:
        yield _textual("tagging", self.names[span.label])
        if span.attributes != "{}":
            for name, value in json.loads(span.attributes).items():
                yield _textual("classifying", to_text(value)) | {own("attribute"): name}
        if span.note:
            yield _textual("commenting", span.note)
        if span.entity is not None:
            known = entities.get(span.entity)
            source = {"id": iri("entity", span.entity)}
            if known:
                source |= {"name": known.name}
                if known.kind in _TYPES:
                    source["type"] = _TYPES[known.kind]
            yield {"type": "SpecificResource", "purpose": "identifying", "source": source}


def _textual(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _made(annotator: str, created: str) -> dict[str, Any]:
    row: dict[str, Any] = {}
    if annotator:
        row["creator"] = {"type": "Person", "name": annotator}
    if created:
        row["created"] = created
    return row


def _text(article: Article, source: str) -> dict[str, Any]:
    """Return the text as an annotation that describes its article, so that it can come back."""
    known = metadata(article)
    target: dict[str, Any] = {"id": source, "type": "Text"}
    target |= {key: known[name] for name, key in _DUBLIN_CORE.items() if name in known}
    target[own("metadata")] = [
        {own("name"): name, own("value"): to_text(value)} for name, value in known.items()
    ]
    body = _textual("describing", article.text)
    if article.language:
        body["language"] = article.language
    return {
        "id": f"{source}#text",
        "type": "Annotation",
        "motivation": "describing",
        "body": body,
        "target": target,
    }


def _target(span: Span, text: str, source: str) -> dict[str, Any]:
    quoted = {
        "type": "TextQuoteSelector",
        "exact": span.surface,
        "prefix": text[max(0, span.start - _CONTEXT) : span.start],
        "suffix": text[span.end : span.end + _CONTEXT],
    }
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {"type": "SpecificResource", "source": source, "selector": [position, quoted]}


def _link(link: Link) -> dict[str, Any]:
    """Return a link: what is linked from is the target, what is linked to the body."""
    return {
        "id": iri("link", link.id),
        "type": "Annotation",
        "motivation": "linking",
        **_made(link.annotator, link.created),
        "body": [_textual("tagging", link.type), iri("annotation", link.to_id)],
        "target": iri("annotation", link.from_id),
    }


def _own_row(row: Mapping[str, str]) -> dict[str, str]:
    return {own(name): text for name, text in row.items()}


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "w3c",
            _("W3C Web Annotations"),
            _(
                "JSON-LD, one page an article, with the text. Annotations of other tools come in with "
                "a .txt file beside; where positions do not fit, the quote is looked for."
            ),
            (".jsonld", ".json"),
            read=read_w3c,
            writer=W3cWriter,
            holds={
                "overlaps": _("as they are"),
                "fragments": _("several targets"),
                "links": _("annotations of the motivation “linking”"),
                "attributes": _("bodies of the purpose “classifying”"),
                "notes": _("bodies of the purpose “commenting”"),
                "entities": _("bodies of the purpose “identifying”, and a property of our own"),
                "annotators": _("creator"),
                "states": _("a property of our own"),
                "metadata": _("Dublin Core, and exactly in a property of our own"),
            },
            recognises=recognises,
            beside=beside_of,
        ),
    )
