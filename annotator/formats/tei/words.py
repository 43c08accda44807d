"""TEI's own names: which element stands for which label, what is a block, what is not the text."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
ID = f"{{{XML}}}id"
SPACE = f"{{{XML}}}space"
LANGUAGE = f"{{{XML}}}lang"

_LABELS = {
    "persName": ("per", "pers", "person", "personne"),
    "orgName": ("org", "organisation", "organization"),
    "placeName": ("loc", "location", "place", "gpe", "lieu"),
    "date": ("date",),
    "time": ("time", "heure"),
    "roleName": ("func", "function", "fonction", "role"),
    "title": ("work", "title", "œuvre", "titre"),
    "said": ("quote", "quotation", "citation", "said"),
}
ELEMENTS: Mapping[str, str] = MappingProxyType(
    {label: element for element, labels in _LABELS.items() for label in labels}
)
"""The element for a label, by its name in lower case; every other label is a `seg` of its type."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "persName": "PER",
        "orgName": "ORG",
        **dict.fromkeys(("placeName", "geogName", "country", "region", "settlement"), "LOC"),
        "date": "DATE",
        "time": "TIME",
        "roleName": "FUNC",
        "title": "WORK",
        "eventName": "EVENT",
        **dict.fromkeys(("said", "quote", "q"), "Quote"),
    }
)
"""The label for an element of somebody else's."""

TYPED = frozenset(("seg", "name", "rs", "term", "phr"))
"""Elements that are what their type says."""

PHRASES = frozenset(("persName", "orgName", "placeName", "date", "time", "roleName"))
"""Elements in which TEI allows no `said`."""

REFERRING = frozenset(("persName", "orgName", "placeName", "roleName", "title"))
"""Elements that may point to an entity by `ref`; for the others it is `corresp`."""

BLOCKS = frozenset(
    "p ab head l lg item list u sp speaker stage byline dateline salute signed opener closer trailer "
    "div div1 div2 div3 div4 div5 row cell table figure cit epigraph argument docTitle titlePart "
    "docAuthor docDate docImprint titlePage text front body back group floatingText postscript".split()
)
"""Elements that stand on lines of their own."""

LINES = frozenset(("p", "ab", "head", "l", "item", "u", "speaker", "stage", "cell", "byline"))
"""Blocks that hold text itself: white space outside them is only layout."""

UNREAD = frozenset(
    "teiHeader standOff note fw figDesc corr reg expan del facsimile sourceDoc desc".split()
)
"""Elements that are not what stood in the article: the editor's hand, or somebody's apparatus."""


class Kind(NamedTuple):
    """An element with the `type` it needs, "" for none."""

    element: str
    type: str = ""


def kind_of(label: str) -> Kind:
    """Return the element for a label."""
    name = label.strip().casefold()
    element = ELEMENTS.get(name) or ("said" if name.endswith((" quotation", " quote")) else "")
    return Kind(element) if element else Kind("seg", word(label))


def word(text: str) -> str:
    """Return a text as TEI wants it where it classifies: without blanks."""
    return re.sub(r"\s+", "_", text.strip()) or "_"


def tag(name: str) -> str:
    """Return the name of an element with TEI's namespace."""
    return f"{{{NAMESPACE}}}{name}"
