"""The text in the XML of a Word document: paragraphs, tables, text boxes, tracked changes, notes."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from annotator.readers.documents.leavings import Leaving
from annotator.readers.documents.packed import attribute, local
from annotator.readers.paragraphs import BLANKS, table

_SKIPPED = frozenset(
    "pPr rPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr sectPr instrText delInstrText Fallback rt".split()
)
_SAID = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_GONE: dict[str, Leaving] = {
    "del": "deleted",
    "moveFrom": "deleted",
    "commentReference": "comments",
}
_NOTES = ("footnoteReference", "endnoteReference")
_LIST_STYLE = re.compile(r"list(?:bullet|number|epuces|enum)", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")


@dataclass(slots=True)
class Story:
    """What is met on the way through a document.

    `notes` are the foot- and endnotes referred to, as (element of the reference, id); `embedded`
    counts parts in another format. `fields` tells, for each open field, whether we are in its code.
    """

    counts: Counter[Leaving] = field(default_factory=Counter)
    notes: list[tuple[str, str]] = field(default_factory=list)
    embedded: int = 0
    fields: list[bool] = field(default_factory=list)


def paragraphs(parent: Any, story: Story) -> Iterator[str]:
    """Yield the paragraphs below an element, tables and text boxes among them in their order."""
    open_text = ""
    for block in _blocks(parent):
        name = local(block)
        if name == "p":
            boxes: list[str] = []
            text = open_text + "".join(_words(block, story, boxes))
            open_text = text if _is_joined(block) else ""
            if not open_text:
                yield text
            yield from boxes
        elif name == "tbl":
            yield from table(_rows(block, story))
        elif name == "altChunk":
            story.embedded += 1
    yield open_text


def _blocks(parent: Any) -> Iterator[Any]:
    """Yield paragraphs, tables and embedded parts, also those in content controls and changes."""
    for child in parent:
        name = local(child)
        if name in ("p", "tbl", "altChunk"):
            yield child
        elif name not in _SKIPPED and name not in _GONE:
            yield from _blocks(child)


def _rows(tbl: Any, story: Story) -> Iterator[list[list[str]]]:
    for row in _nearest(tbl, "tr"):
        yield [list(paragraphs(cell, story)) for cell in _nearest(row, "tc")]


def _nearest(parent: Any, wanted: str) -> Iterator[Any]:
    """Yield the elements of a name below another, but none inside one of them."""
    for child in parent:
        if local(child) == wanted:
            yield child
        elif local(child) not in _SKIPPED:
            yield from _nearest(child, wanted)


def _words(parent: Any, story: Story, boxes: list[str]) -> Iterator[str]:
    """Yield the text of a paragraph piece by piece; text boxes in it go to `boxes`."""
    for child in parent:
        name = local(child)
        if name in _SKIPPED:
            continue
        if name == "t":
            if not any(story.fields):
                yield re.sub(r"[\t\n\r]", " ", child.text or "")
        elif name in _SAID:
            yield _SAID[name]
        elif name in _GONE:
            story.counts[_GONE[name]] += 1
        elif name in _NOTES:
            story.notes.append((name, attribute(child, "id")))
        elif name == "r" and _is_hidden(child):
            story.counts["hidden"] += any(local(each) == "t" for each in child)
        elif name == "sym":
            yield _symbol(child, story)
        elif name == "fldChar":
            _enter_field(attribute(child, "fldCharType"), story)
        elif name == "txbxContent":
            boxes += paragraphs(child, story)
        else:
            story.counts["inserted"] += name in ("ins", "moveTo")
            yield from _words(child, story, boxes)


def _enter_field(edge: str, story: Story) -> None:
    """Follow a field such as a cross-reference: its code is no text, its result is."""
    if edge == "begin":
        story.fields.append(True)
    elif edge == "separate" and story.fields:
        story.fields[-1] = False
    elif edge == "end" and story.fields:
        story.fields.pop()


def _is_joined(paragraph: Any) -> bool:
    """Tell whether the end of a paragraph is a tracked deletion: then the next one goes on with it."""
    marks = _properties(_properties(paragraph, "pPr"), "rPr")
    return _properties(marks, "del") is not None


def _is_hidden(run: Any) -> bool:
    vanish = _properties(_properties(run, "rPr"), "vanish")
    return vanish is not None and attribute(vanish, "val") not in _OFF


def _properties(element: Any, name: str) -> Any:
    found = (child for child in (element if element is not None else ()) if local(child) == name)
    return next(found, None)


def _symbol(element: Any, story: Story) -> str:
    """Return the character of a `w:sym`; a place in a symbol font, F000 to F0FF, has none."""
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        code = 0xF000
    if 0x20 <= code < 0xD800 or 0xF900 <= code < 0x110000:
        return chr(code)
    story.counts["symbols"] += 1
    return "�"


def count_numbers(body: Any) -> int:
    """Return how many paragraphs have a number or bullet that Word makes itself."""
    return sum(_is_item(each) for each in body.iter("{*}pPr"))


def _is_item(properties: Any) -> bool:
    number = _properties(_properties(properties, "numPr"), "numId")
    style = _properties(properties, "pStyle")
    if number is not None:
        return attribute(number, "val") != "0"
    return style is not None and bool(_LIST_STYLE.match(attribute(style, "val")))


def notes_of(root: Any, story: Story) -> dict[str, str]:
    """Return the notes in the part of foot- or endnotes, by id; those that draw a line are left out."""
    return {
        attribute(note, "id"): "\n".join(p.strip(BLANKS) for p in paragraphs(note, story))
        for note in root
        if not attribute(note, "type") or attribute(note, "type") == "normal"
    }
