"""What a TEI file says of its text: metadata, categories, people, organisations and places."""

import re
from collections.abc import Mapping
from typing import Any

from annotator.core.ids import new_id
from annotator.core.metadata import known_article
from annotator.core.model import Article, Entity
from annotator.formats import register
from annotator.formats.safe_xml import Element, local
from annotator.formats.tei.words import ID, LANGUAGE
from annotator.formats.values import from_text, text_from

_BLANKS = re.compile(r"[ \t\r\n]+")
_KINDS = {"person": "person", "org": "organisation", "place": "place"}


class Header:
    """What stands around the text of one file; `is_ours` tells that this program wrote it."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._header = next((each for each in root if _named(each, "teiHeader")), None)
        programs = self._all("application")
        self.is_ours = any(each.get("ident") == "annotator" for each in programs)
        self._exactly: Mapping[str, Any] = self._exact()
        self.controls = self._exactly.get("controls")
        self.categories = {
            each.get(ID): each for each in self._all("category") if each.get(ID) is not None
        }
        self.people = {
            each.get(ID): each
            for each in root.iter()
            if _named(each, *_KINDS) and each.get(ID) is not None
        }
        self.annotators = {
            each.get(ID): text_from("".join(_texts(each, "name")[:1]))
            for each in self._all("respStmt")
            if each.get(ID) is not None
        }

    def _all(self, *names: str) -> list[Element]:
        if self._header is None:
            return []
        return [each for each in self._header.iter() if _named(each, *names)]

    def _exact(self) -> Mapping[str, Any]:
        if not self.is_ours:
            return {}
        for each in self._all("xenoData"):
            value = from_text("".join(each.itertext()))
            if isinstance(value, dict):
                return value
        return {}

    def article(self, text: str) -> Article:
        """Return the text with its metadata: exactly as we wrote it, else what any header says."""
        given = self._exactly.get("metadata")
        if isinstance(given, dict):
            return known_article(str(self._exactly.get("id") or new_id()), text, given)
        return Article(new_id(), text, **self._said())

    def _said(self) -> dict[str, Any]:
        """Return what a header usually says."""
        description = self._all("titleStmt")
        found = {
            "title": _first(description, "title"),
            "author": ", ".join(filter(None, (_plain(each) for each in self._authors()))),
            "published": self._date(),
            "source": self._source(),
            "url": self._address(),
            "language": self._language(),
        }
        return {name: text for name, text in found.items() if text}

    def _authors(self) -> list[Element]:
        (title, *_rest) = [*self._all("titleStmt"), None]
        if title is None:
            return []
        return [each for each in title if _named(each, "author")]

    def _date(self) -> str:
        for place in ("sourceDesc", "publicationStmt", "creation"):
            for part in self._all(place):
                for date in part.iter():
                    if _named(date, "date"):
                        return str(date.get("when") or _plain(date))
        return ""

    def _source(self) -> str:
        for part in self._all("sourceDesc"):
            for each in part.iter():
                if _named(each, "title") and each.get("level") in ("j", "s", "m", None):
                    return _plain(each)
        return _first(self._all("publicationStmt"), "publisher")

    def _address(self) -> str:
        for part in self._all("sourceDesc", "publicationStmt"):
            for each in part.iter():
                if _named(each, "ref", "ptr") and "://" in str(each.get("target")):
                    return str(each.get("target"))
        return ""

    def _language(self) -> str:
        named = [each.get("ident") for each in self._all("language") if each.get("ident")]
        texts = [each for each in self._root if _named(each, "text")]
        marked = [each.get(LANGUAGE) for each in (*texts, self._root) if each.get(LANGUAGE)]
        return str(next(iter((*named, *marked)), ""))

    def label(self, pointer: str) -> str:
        """Return the label that a pointer leads to, "" for none."""
        category = self.categories.get(pointer)
        if category is None or not _is_of(category, "labels", self.is_ours):
            return ""
        return self._told(category)

    def attribute(self, pointer: str) -> tuple[str, Any] | None:
        """Return the attribute and value that a pointer leads to."""
        category = self.categories.get(pointer)
        if category is None or not _is_of(category, "attributes", self.is_ours):
            return None
        return category.get("n", ""), from_text(self._told(category))

    def state(self, pointer: str) -> str:
        """Return the state that a pointer leads to, "" for none."""
        category = self.categories.get(pointer)
        known = category is not None and _is_of(category, "states", self.is_ours)
        return self._told(category) if known else ""

    def _told(self, category: Element) -> str:
        for each in category:
            if _named(each, "catDesc", "desc", "gloss"):
                return "".join(each.itertext()) if self.is_ours else _plain(each)
        return str(category.get(ID))

    def entities(self) -> list[Entity]:
        """Return the people, organisations and places that the file describes."""
        found = [self.entity(id_) for id_ in self.people]
        return [entity for entity in found if entity]

    def entity(self, pointer: str) -> Entity | None:
        """Return the entity that a pointer leads to."""
        element = self.people.get(pointer)
        if element is None:
            return None
        names = [_exactly(each) for each in element if local(each).endswith("Name")]
        own = [each for each in element if _named(each, "idno")]
        notes = {each.get("type", ""): _exactly(each) for each in element if _named(each, "note")}
        row = {
            "id": next((_exactly(e) for e in own if e.get("type") == "register"), pointer),
            "name": next(iter(names), "") or _plain(element),
            "kind": notes.get("kind", "" if self.is_ours else _KINDS[local(element)]),
            "gender": notes.get("gender", ""),
            "role": notes.get("role", ""),
            "external_id": next((_exactly(e) for e in own if e.get("type") != "register"), ""),
            "note": notes.get("", ""),
        }
        entity = register.from_row(row)
        if entity is None:
            return None
        return Entity(
            entity.id,
            entity.name,
            entity.kind,
            tuple(names[1:]),
            entity.gender,
            entity.role,
            entity.external_id,
            entity.note,
        )


def _is_of(category: Element, taxonomy: str, is_ours: bool) -> bool:
    """Tell in which of our taxonomies a category is; in others', every category is a label."""
    parent = category.getparent()
    while parent is not None and not _named(parent, "taxonomy"):
        parent = parent.getparent()
    if not is_ours:
        return taxonomy == "labels"
    return parent is not None and parent.get(ID) == taxonomy


def _named(element: Element, *names: str) -> bool:
    return isinstance(element.tag, str) and local(element) in names


def _texts(element: Element, name: str) -> list[str]:
    return ["".join(each.itertext()) for each in element.iter() if _named(each, name)]


def _first(elements: list[Element], name: str) -> str:
    for element in elements:
        for each in element.iter():
            if _named(each, name) and _plain(each):
                return _plain(each)
    return ""


def _exactly(element: Element) -> str:
    return "".join(element.itertext())


def _plain(element: Element) -> str:
    """Return the text of an element on one line."""
    return _BLANKS.sub(" ", "".join(element.itertext())).strip(" ")
