"""An OpenDocument text (.odt) becomes one article: its text, its notes, what its properties say.

Read from `content.xml` as OpenDocument 1.3 lays it out, part 3, sections 4 to 7.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.model import Document, Problem
from annotator.language import _
from annotator.readers.documents.leavings import Leaving, leavings
from annotator.readers.documents.packed import BadPart, Packed, attribute, local, read_packed
from annotator.readers.documents.properties import Properties, article_of
from annotator.readers.paragraphs import BLANKS, table, text_of

_SKIPPED = frozenset(
    "tracked-changes forms sequence-decls variable-decls user-field-decls dde-connection-decls"
    " note-citation ruby-text annotation-end".split()
)
_DRAWING = "opendocument:xmlns:drawing"
_SAID = {"tab": "\t", "line-break": "\n"}
_MOST_SPACES = 1000
"""What one `text:s` may stand for; a larger number is a mistake or a trap."""


@dataclass(slots=True)
class _Story:
    """What is met on the way: notes in their order, things left out, whether a blank would be the second."""

    counts: Counter[Leaving] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    after_blank: bool = True


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Document | Problem]:
    """Yield the article in an OpenDocument text, and what a user should know about it.

    OSError rises as it is.
    """
    yield from read_packed(path, _read)


def _read(packed: Packed) -> Iterator[Document | Problem]:
    if _is_encrypted(packed):
        raise BadPart(_("It is protected by a password. Save it without one."))
    story = _Story()
    root = packed.xml("content.xml")
    body = root.find(".//{*}body/{*}text")
    if body is None:
        raise BadPart(_("It is no text document: tables and slides are not read."), "content.xml")
    text = text_of(_paragraphs(body, story), story.notes)
    if not text:
        raise BadPart(_("It holds no text."))
    _count_changes(root, story)
    try:
        properties = _properties(packed)
    except BadPart as refusal:
        yield refusal.problem(packed.name)
        properties = Properties()
    yield from leavings(story.counts, packed.name)
    yield article_of(packed.path, text, properties)


def _is_encrypted(packed: Packed) -> bool:
    part = "META-INF/manifest.xml"
    return part in packed and next(packed.xml(part).iter("{*}encryption-data"), None) is not None


def _count_changes(root: Any, story: _Story) -> None:
    for change in root.iter("{*}changed-region"):
        kinds = {local(each) for each in change}
        story.counts["inserted"] += "insertion" in kinds
        story.counts["deleted"] += "deletion" in kinds


def _paragraphs(parent: Any, story: _Story) -> Iterator[str]:
    """Yield the paragraphs below an element; what floats beside one comes behind it."""
    for child in parent:
        name = local(child)
        if name in ("p", "h"):
            story.after_blank = True
            floating: list[str] = []
            yield "".join(_words(child, story, floating))
            yield from floating
        elif name == "table":
            yield from table(_rows(child, story))
        elif name not in _SKIPPED:
            story.counts["numbers"] += name == "list-item"
            yield from _paragraphs(child, story)


def _rows(parent: Any, story: _Story) -> Iterator[list[list[str]]]:
    for child in parent:
        if local(child) == "table-row":
            yield [list(_paragraphs(cell, story)) for cell in child if local(cell) == "table-cell"]
        elif local(child) not in _SKIPPED:
            yield from _rows(child, story)


def _words(parent: Any, story: _Story, floating: list[str]) -> Iterator[str]:
    """Yield the text of a paragraph piece by piece; notes go to the story, frames to `floating`."""
    yield _collapsed(parent.text, story)
    for child in parent:
        yield from _piece(child, story, floating)
        yield _collapsed(child.tail, story)


def _piece(element: Any, story: _Story, floating: list[str]) -> Iterator[str]:
    name = local(element)
    if name == "s":
        story.after_blank = False
        yield " " * _spaces(element)
    elif name in _SAID:
        story.after_blank = False
        yield _SAID[name]
    elif name == "note":
        story.counts["notes"] += 1
        story.notes.append(_aside(element, story))
    elif name == "annotation":
        story.counts["comments"] += 1
    elif _DRAWING in str(element.tag) and name != "a":
        floating += _kept_apart(element, story)
    elif name in ("hidden-text", "hidden-paragraph"):
        story.counts["hidden"] += 1
    elif name not in _SKIPPED:
        yield from _words(element, story, floating)


def _aside(note: Any, story: _Story) -> str:
    return "\n".join(p.strip(BLANKS) for p in _kept_apart(note, story))


def _kept_apart(element: Any, story: _Story) -> list[str]:
    """Return the paragraphs of something inside a paragraph, which goes on behind it as before."""
    after_blank = story.after_blank
    found = list(_paragraphs(element, story))
    story.after_blank = after_blank
    return found


def _spaces(element: Any) -> int:
    count = attribute(element, "c")
    return min(int(count), _MOST_SPACES) if count.isascii() and count.isdigit() else 1


def _collapsed(text: str | None, story: _Story) -> str:
    """Return a text with each run of blanks as one space, none at the start or after another blank."""
    if not text:
        return ""
    one = re.sub(r"[ \t\r\n]+", " ", text)
    if story.after_blank:
        one = one.removeprefix(" ")
    if one:
        story.after_blank = one.endswith(" ")
    return one


def _properties(packed: Packed) -> Properties:
    if "meta.xml" not in packed:
        return Properties()
    found: dict[str, list[str]] = {}
    for each in packed.xml("meta.xml").iter("{*}*"):
        if (each.text or "").strip():
            found.setdefault(local(each), []).append(each.text.strip())
    first = {name: values[0] for name, values in found.items()}
    return Properties(
        first.get("title", ""),
        first.get("initial-creator", "") or first.get("creator", ""),
        first.get("language", ""),
        first.get("creation-date", ""),
        {
            "subject": first.get("subject", ""),
            "keywords": ", ".join(found.get("keyword", ())),
            "description": first.get("description", ""),
        },
    )


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "odt",
            _("OpenDocument text"),
            _("One article a file, with its tables and notes; tracked changes as if accepted."),
            (".odt", ".ott"),
            read=read,
            is_document=True,
        ),
    )
