"""A REFI-QDA project read again, source by source, to prove what was written."""

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from annotator.core.corpus import Found, LabelledArticle, Span
from annotator.core.metadata import known_article
from annotator.core.model import Link
from annotator.formats.fragments import Pieces
from annotator.formats.refi.codes import goes_on
from annotator.formats.safe_xml import SAFE, Element
from annotator.formats.values import from_text, text_from

NAMESPACE = "urn:QDA-XML:project:1.0"
PROJECT = "project.qde"
CONTINUES = "continues"


class Meanings(NamedTuple):
    """What codes stand for that are no labels, by their ids: values of attributes, and entities."""

    values: Mapping[str, tuple[str, str]]
    entities: Mapping[str, str]


@dataclass(slots=True)
class _Book:
    """What the head of a project says, by ids."""

    meanings: Meanings
    users: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)


def read_project(path: Path, meanings: Meanings) -> Iterator[Found]:
    """Yield the articles of a project in the order of its sources."""
    with zipfile.ZipFile(path) as archive:
        book = _Book(meanings)
        links = _Links(_elements(archive, "Link"))
        for element in _elements(archive, "User", "Code", "Variable", "TextSource"):
            name = _name(element)
            if name == "User":
                book.users[element.get("guid")] = element.get("name")
            elif name == "Code":
                book.codes[element.get("guid")] = element.get("name")
            elif name == "Variable":
                book.variables[element.get("guid")] = text_from(element.get("name"))
            else:
                yield _article(element, archive, book, links)


def _elements(archive: zipfile.ZipFile, *names: str) -> Iterator[Element]:
    """Yield elements as they end, and free them; sources, which are large, even when not asked for."""
    from lxml import etree

    tags = [f"{{{NAMESPACE}}}{name}" for name in {*names, "TextSource"}]
    with archive.open(PROJECT) as file:
        for _event, element in etree.iterparse(file, tag=tags, **SAFE):
            if _name(element) in names:
                yield element
            if _name(element) in ("TextSource", "Link"):
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]


class _Link(NamedTuple):
    id: str
    name: str
    origin: str
    target: str


class _Links:
    """The links of a project, handed out source by source: they stand in the same order."""

    def __init__(self, elements: Iterator[Element]) -> None:
        self._rows = (
            _Link(e.get("guid"), e.get("name"), e.get("originGUID"), e.get("targetGUID"))
            for e in elements
        )
        self._next = next(self._rows, None)

    def of(self, selections: Mapping[str, Any]) -> Iterator[_Link]:
        """Yield the links from selections of the next source."""
        while self._next is not None and self._next.origin in selections:
            yield self._next
            self._next = next(self._rows, None)


def _article(
    source: Element, archive: zipfile.ZipFile, book: _Book, links: _Links
) -> LabelledArticle:
    path = source.get("plainTextPath").replace("internal://", "sources/")
    text = archive.read(path).decode("utf-8")
    pieces = Pieces(text)
    selections = {}
    for element in source.iterchildren(f"{{{NAMESPACE}}}PlainTextSelection"):
        selections[element.get("guid")] = _span(element, text, book)
    for name, span in selections.items():
        pieces.add(name, span)
    given = []
    for id_, name, one, other in links.of(selections):
        if id_ == goes_on(other):
            pieces.join(one, other)
        else:
            given.append((text_from(name), one, other))
    spans, names = pieces.spans()
    joined = [Link("", kind, names[one], names[other]) for kind, one, other in given]
    article = known_article(source.get("guid"), text, dict(_variables(source, book)))
    return LabelledArticle(article, spans, joined)


def _span(element: Element, text: str, book: _Book) -> Span:
    start, end = int(element.get("startPosition")), int(element.get("endPosition"))
    values, entities = book.meanings
    label, entity, attributes = "", None, {}
    for code in element.iter(f"{{{NAMESPACE}}}CodeRef"):
        id_ = code.get("targetGUID")
        if id_ in values:
            name, value = values[id_]
            attributes[name] = from_text(value)
        elif id_ in entities:
            entity = entities[id_]
        else:
            label = book.codes[id_]
    note = element.findtext(f"{{{NAMESPACE}}}Description") or ""
    return Span(
        "",
        label,
        0,
        start,
        end,
        text[start:end],
        json.dumps(attributes, ensure_ascii=False) if attributes else "{}",
        text_from(note),
        entity,
        book.users.get(element.get("creatingUser"), ""),
    )


def _variables(source: Element, book: _Book) -> Iterator[tuple[str, Any]]:
    for row in source.iterchildren(f"{{{NAMESPACE}}}VariableValue"):
        reference, value = row
        name = book.variables[reference.get("targetGUID")]
        text = value.text or ""
        yield name, text if _name(value) == "DateValue" else from_text(text)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
