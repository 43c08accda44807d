"""What the two kinds of TEI have in common: header, categories, people, links and notes."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from annotator import __version__
from annotator.core.corpus import LabelledArticle, Span, by_annotation
from annotator.core.metadata import metadata
from annotator.core.model import Entity
from annotator.formats.register import mentioned
from annotator.formats.safe_xml import Element, blanked, controls
from annotator.formats.tei.words import ID, NAMESPACE, SPACE, tag, word
from annotator.formats.values import to_text

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_VERSION = re.compile(r"\d+(?:\.\d+){0,2}")
_NAMES = {"person": "persName", "organisation": "orgName", "place": "placeName"}
_LISTS = {"persName": ("listPerson", "person"), "orgName": ("listOrg", "org")}


def add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """Add an element with its text; an attribute that is empty is left away."""
    from lxml import etree

    made = etree.SubElement(parent, tag(name))
    for key, value in attributes.items():
        if value:
            made.set(ID if key == "id_" else key.rstrip("_"), blanked(value))
    if text:
        made.text = blanked(text)
    return made


@dataclass(slots=True)
class Categories:
    """What annotations point to by `ana`: labels, values of attributes, states; and who made them."""

    labels: dict[str, str] = field(default_factory=dict)
    attributes: dict[tuple[str, str], str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    annotators: dict[str, str] = field(default_factory=dict)

    def of(self, span: Span, label: str) -> str:
        """Return the pointers for an annotation, making categories as they are met."""
        found = [self.labels.setdefault(label, f"label-{len(self.labels) + 1}")]
        given = json.loads(span.attributes) if span.attributes != "{}" else {}
        for name, value in given.items():
            key = name, to_text(value)
            found.append(self.attributes.setdefault(key, f"attribute-{len(self.attributes) + 1}"))
        if span.state != "accepted":
            found.append(self.states.setdefault(span.state, f"state-{span.state}"))
        return " ".join(f"#{each}" for each in found)

    def resp(self, span: Span) -> str:
        """Return the pointer to who made an annotation, "" for nobody."""
        if not span.annotator:
            return ""
        number = len(self.annotators) + 1
        return "#" + self.annotators.setdefault(span.annotator, f"annotator-{number}")


class Sheet:
    """One article on its way into TEI: its ids, its categories, and the head of the file."""

    def __init__(
        self,
        labelled: LabelledArticle,
        names: Mapping[str, str],
        register: Mapping[str, Entity],
    ) -> None:
        self.labelled = labelled
        self.names = names
        self.categories = Categories()
        self._entities = list(mentioned(labelled, register))
        self.entities = {entity.id: f"entity-{n}" for n, entity in enumerate(self._entities, 1)}
        self.ids = _ids(labelled)

    def entity(self, span: Span) -> str:
        """Return the pointer to the entity of an annotation, "" for none."""
        if span.entity is None:
            return ""
        return f"#{self.entities.get(span.entity, span.entity)}"

    def root(self, text: Element, *groups: Element) -> bytes:
        """Return the file: header, what stands off the text, and the text."""
        from lxml import etree

        root = etree.Element(tag("TEI"), nsmap={None: NAMESPACE})
        self._header(root)
        stand_off = etree.Element(tag("standOff"))
        self._lists(stand_off)
        stand_off.extend(groups)
        self._links(stand_off)
        self._notes(stand_off)
        if len(stand_off):
            root.append(stand_off)
        root.append(text)
        _lay_out(root, text)
        raw: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
        return raw

    def _header(self, root: Element) -> None:
        article = self.labelled.article
        header = add(root, "teiHeader")
        described = add(header, "fileDesc")
        title = add(described, "titleStmt")
        add(title, "title", article.title)
        if article.author:
            add(title, "author", article.author)
        for name, id_ in self.categories.annotators.items():
            stated = add(title, "respStmt", id_=id_)
            add(stated, "resp", "annotation")
            add(stated, "name", to_text(name))
        self._publication(described)
        encoding = add(header, "encodingDesc")
        program = add(add(encoding, "appInfo"), "application", ident="annotator")
        version = _VERSION.match(__version__)
        program.set("version", version[0] if version else "0")
        add(program, "label", "Annotator")
        self._classes(encoding)
        if article.language:
            profile = add(header, "profileDesc")
            add(add(profile, "langUsage"), "language", ident=word(article.language))
        add(header, "xenoData", self._exactly())

    def _publication(self, described: Element) -> None:
        article = self.labelled.article
        publication = add(described, "publicationStmt")
        if article.source:
            add(publication, "publisher", article.source)
            when = article.published if _DATE.fullmatch(article.published) else ""
            if article.published:
                add(publication, "date", article.published, when=when)
        else:
            add(publication, "p", article.published)
        source = add(described, "sourceDesc")
        if article.url:
            add(add(source, "bibl"), "ref", article.url, target=word(article.url))
        else:
            add(source, "p")

    def _exactly(self) -> str:
        """Return as JSON what a header has no exact place for."""
        article = self.labelled.article
        given: dict[str, Any] = {"id": article.id, "metadata": metadata(article)}
        if found := controls(article.text):
            given["controls"] = json.loads(found)
        return to_text(given)

    def _classes(self, encoding: Element) -> None:
        known = self.categories
        given = {
            "labels": [(id_, "", name) for name, id_ in known.labels.items()],
            "attributes": [(id_, *pair) for pair, id_ in known.attributes.items()],
            "states": [(id_, "", state) for state, id_ in known.states.items()],
        }
        if not any(given.values()):
            return
        classes = add(encoding, "classDecl")
        for name, rows in given.items():
            if rows:
                taxonomy = add(classes, "taxonomy", id_=name)
                for id_, about, told in rows:
                    category = add(taxonomy, "category", id_=id_, n=about)
                    add(category, "catDesc", told)

    def _lists(self, stand_off: Element) -> None:
        lists: dict[str, Element] = {}
        for entity in self._entities:
            name = _NAMES.get(entity.kind, "persName")
            list_, item = _LISTS.get(name, ("listPlace", "place"))
            if list_ not in lists:
                lists[list_] = add(stand_off, list_)
            self._entity(add(lists[list_], item, id_=self.entities[entity.id]), name, entity)

    def _entity(self, row: Element, name: str, entity: Entity) -> None:
        add(row, name, entity.name)
        for alias in entity.aliases:
            add(row, name, alias, type="alias")
        add(row, "idno", entity.id, type="register")
        if entity.external_id:
            add(row, "idno", entity.external_id)
        texts = {"kind": entity.kind, "gender": entity.gender, "role": entity.role}
        for type_, text in texts.items():
            if text and text != "unknown":
                add(row, "note", text, type=type_)
        if entity.note:
            add(row, "note", entity.note)

    def _links(self, stand_off: Element) -> None:
        if not self.labelled.links:
            return
        group = add(stand_off, "linkGrp", type="links")
        for link in self.labelled.links:
            target = f"#{self.ids[link.from_id]} #{self.ids[link.to_id]}"
            add(group, "link", n=to_text(link.type), type=word(blanked(link.type)), target=target)

    def _notes(self, stand_off: Element) -> None:
        noted = [span for span in self.labelled.spans if span.note and span.n == 0]
        if not noted:
            return
        group = add(stand_off, "spanGrp", type="notes")
        for span in noted:
            add(group, "span", to_text(span.note), target=f"#{self.ids[span.annotation]}")


def _ids(labelled: LabelledArticle) -> dict[str, str]:
    """Return an xml:id for each annotation: its own where XML can spell it, else a number."""
    numbers = count(1)
    return {
        group[0].annotation: (
            f"a-{group[0].annotation}"
            if _NAME.fullmatch(group[0].annotation)
            else f"a{next(numbers)}"
        )
        for group in by_annotation(labelled.spans)
    }


def _lay_out(root: Element, text: Element) -> None:
    """Put elements on lines of their own, but for those that hold words."""
    for element in _before(root, text):
        if len(element) and not (element.text or "").strip():
            element.text = "\n"
            for child in element:
                child.tail = "\n"


def _before(root: Element, text: Element) -> Iterator[Element]:
    yield root
    for child in root:
        if child is not text:
            yield from child.iter()


def text_element() -> tuple[Element, Element]:
    """Return an empty text and its body, in which every blank counts."""
    from lxml import etree

    text = etree.Element(tag("text"))
    body = add(text, "body")
    body.set(SPACE, "preserve")
    return text, body
