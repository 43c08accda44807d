"""Clippings: articles as press databases hand them out, many in one file, each becoming a document."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.core.errors import UserError
from annotator.core.formats import Reading
from annotator.core.ids import new_id
from annotator.core.model import Article, Document, Problem, Remark
from annotator.core.text import LineEnds, readable
from annotator.language import _
from annotator.readers.databases.press_words import COPYRIGHT
from annotator.readers.datelines import find_date
from annotator.readers.documents.properties import one_line
from annotator.readers.pages.stream import PageStream
from annotator.readers.paragraphs import BLANKS, sound
from annotator.readers.small_words import guess_language

_LONGEST_RIGHTS = 400
"""Code points: what is longer is no line of copyright, whatever it begins with."""


@dataclass(frozen=True, slots=True)
class Clipping:
    """One article of a database; what it does not say is "". `date` is as printed.

    `paragraphs` are its text, without headline and the lines that the database adds. `meta` has
    what else is said: id, page, section, copyright, words, subjects …
    """

    paragraphs: tuple[str, ...]
    title: str = ""
    author: str = ""
    date: str = ""
    source: str = ""
    language: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)


def documents(
    path: Path, clippings: Iterable[Clipping | Problem], origin: Mapping[str, str]
) -> Iterator[Document | Problem]:
    """Yield each clipping as a document with its number; one without a text is told.

    `origin` is the metadata that all of them get besides the name of the file.
    """
    name = readable(path.name)
    number = 0
    for clipping in clippings:
        if isinstance(clipping, Problem):
            yield clipping
            continue
        number += 1
        place = _("{file}, article {number}").format(file=name, number=number)
        text = _text(clipping.paragraphs)
        if text:
            yield Document(_article(clipping, text, {"file": name, **origin}), place=place)
        else:
            yield Problem(place, _bare(clipping))
    if not number:
        yield Problem(name, _("No article was found in it."))


def documents_of_page(
    path: Path, how: Reading, clippings: Callable[[PageStream], Iterator[Clipping]]
) -> Iterator[Document | Problem]:
    """Yield the clippings of a page as documents, and what is to be told of the file.

    OSError rises as it is.
    """
    name = readable(path.name)
    try:
        page = PageStream(path, how.encoding)
    except UserError as refusal:
        yield Problem(name, str(refusal))
        return
    if page.note:
        yield Remark(name, page.note)
    found = _up_to_a_fault(clippings(page), name)
    yield from documents(path, found, {"encoding": page.encoding})


def _up_to_a_fault(clippings: Iterator[Clipping], name: str) -> Iterator[Clipping | Problem]:
    try:
        yield from clippings
    except UserError as refusal:
        yield Problem(name, str(refusal))


def part_copyright(paragraphs: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return paragraphs without the lines of copyright around them, and these lines."""
    kept = [each.strip(BLANKS) for each in paragraphs]
    kept = [each for each in kept if each]
    found: list[str] = []
    while kept and COPYRIGHT.match(kept[-1]) and len(kept[-1]) <= _LONGEST_RIGHTS:
        found.insert(0, kept.pop())
    while kept and COPYRIGHT.match(kept[0]) and len(kept[0]) <= _LONGEST_RIGHTS:
        found.append(kept.pop(0))
    return tuple(kept), " ".join(found)


def _text(paragraphs: Iterable[str]) -> str:
    kept = (paragraph.strip(BLANKS) for paragraph in paragraphs)
    text = sound(LineEnds("\n\n".join(each for each in kept if each)).text)
    return text if text.strip() else ""


def _bare(clipping: Clipping) -> str:
    told = _("“{title}” has no text in this file, only its headline; export it with its full text.")
    return told.format(title=clipping.title or clipping.source or "…")


def _article(clipping: Clipping, text: str, origin: Mapping[str, str]) -> Article:
    language = clipping.language or guess_language(text)
    date = find_date(clipping.date, language)
    meta = {
        **clipping.meta,
        "published_at": date.day + date.clock if date and date.clock else "",
        "published_as_given": "" if date else clipping.date,
    }
    return Article(
        new_id(),
        text,
        title=one_line(clipping.title),
        author=one_line(clipping.author),
        published=date.day if date else "",
        source=one_line(clipping.source),
        url=str(clipping.meta.get("url", "")),
        language=language,
        meta={**{key: value for key, value in meta.items() if value and key != "url"}, **origin},
    )
