"""A Word file (.docx) becomes one article: its text, its notes, what its properties say.

Read part by part as ECMA-376 lays them out, since python-docx passes over tracked insertions,
content controls, text boxes and notes.
"""

import posixpath
from collections.abc import Iterator
from pathlib import Path

from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.model import Document, Problem
from annotator.core.text import readable
from annotator.language import _, n_
from annotator.readers.documents.docx_text import Story, count_numbers, notes_of, paragraphs
from annotator.readers.documents.leavings import leavings
from annotator.readers.documents.packed import BadPart, Packed, attribute, local, read_packed
from annotator.readers.documents.properties import Properties, article_of
from annotator.readers.paragraphs import text_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Word's files before 2007 begin, and all that are protected by a password."""

_META = ("subject", "keywords", "description")


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Document | Problem]:
    """Yield the article in a Word file, and what a user should know about it.

    OSError rises as it is.
    """
    with path.open("rb") as file:
        is_ole = file.read(len(OLE)) == OLE
    if is_ole:
        yield Problem(readable(path.name), _old_or_locked())
    else:
        yield from read_packed(path, _read)


def _old_or_locked() -> str:
    return _(
        "It is protected by a password, or an old Word file under a new name."
        " Open it in Word or LibreOffice and save it as .docx, without a password."
    )


def _read(packed: Packed) -> Iterator[Document | Problem]:
    parts = _related(packed, "")
    main = parts.get("officeDocument", ["word/document.xml"])[0]
    body = packed.xml(main)
    story = Story()
    problems: list[Problem] = []
    found = list(paragraphs(body, story))
    related = _related(packed, main)
    text = text_of(found, _notes(packed, related, story, problems))
    properties = _properties(packed, parts, problems)
    if story.embedded:
        problems.append(Problem(packed.name, _embedded(story.embedded)))
    if not text:
        problems.append(Problem(packed.name, _("It holds no text.")))
    yield from problems
    if text:
        story.counts["numbers"] += count_numbers(body)
        story.counts["margins"] += _margins(packed, related)
        yield from leavings(story.counts, packed.name)
        yield article_of(packed.path, text, properties)


def _embedded(count: int) -> str:
    return n_(
        "{count} part is embedded in another format and was not read. Save the file anew in Word.",
        "{count} parts are embedded in another format and were not read. Save the file anew in Word.",
        count,
    ).format(count=count)


def _related(packed: Packed, part: str) -> dict[str, list[str]]:
    """Return the parts that belong to a part, by the last word of their kind of relation."""
    folder, name = posixpath.split(part)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    related: dict[str, list[str]] = {}
    for each in packed.xml(listing) if listing in packed else ():
        if attribute(each, "TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attribute(each, "Target")))
            kind = attribute(each, "Type").rpartition("/")[2]
            related.setdefault(kind, []).append(target.lstrip("/"))
    return related


def _notes(
    packed: Packed, related: dict[str, list[str]], story: Story, problems: list[Problem]
) -> list[str]:
    """Return the notes in the order of their references; a part that cannot be read is told."""
    texts: dict[tuple[str, str], str] = {}
    for kind in ("footnotes", "endnotes"):
        for part in related.get(kind, ()):
            try:
                notes = notes_of(packed.xml(part), story)
            except BadPart as refusal:
                problems.append(refusal.problem(packed.name))
            else:
                texts |= {(f"{kind[:-1]}Reference", id): text for id, text in notes.items()}
    found = [texts[note] for note in dict.fromkeys(story.notes) if texts.get(note)]
    story.counts["notes"] += len(found)
    return found


def _margins(packed: Packed, related: dict[str, list[str]]) -> int:
    """Count the headers and footers that say something."""
    return sum(
        _says_something(packed, part)
        for part in (*related.get("header", ()), *related.get("footer", ()))
    )


def _says_something(packed: Packed, part: str) -> bool:
    try:
        return bool(text_of(paragraphs(packed.xml(part), Story())))
    except BadPart:
        return False


def _properties(packed: Packed, parts: dict[str, list[str]], problems: list[Problem]) -> Properties:
    found: dict[str, str] = {}
    for part in parts.get("core-properties", ()):
        try:
            found |= {local(each): (each.text or "").strip() for each in packed.xml(part)}
        except BadPart as refusal:
            problems.append(refusal.problem(packed.name))
    return Properties(
        found.get("title", ""),
        found.get("creator", ""),
        found.get("language", ""),
        found.get("created", ""),
        {name: found.get(name, "") for name in _META},
    )


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "docx",
            _("Word"),
            _("One article a file, with its tables and notes; tracked changes as if accepted."),
            (".docx", ".docm"),
            read=read,
            is_document=True,
        ),
    )
