"""Europresse: the HTML that its baskets are saved as, with an <article> for each document."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.model import Document, Problem
from annotator.language import _
from annotator.readers.databases.clippings import (
    Clipping,
    documents_of_page,
    part_copyright,
)
from annotator.readers.databases.press_words import WORDS, author_of, digits, page_of
from annotator.readers.datelines import before_date, find_date
from annotator.readers.pages.classes import Classes, by_class, empty, line_of, said
from annotator.readers.pages.flow import blocks
from annotator.readers.pages.stream import PageStream, first_bytes

_RECOGNISED_WITHIN = 1 << 19
"""Bytes in which the first article begins; styles stand before it."""

# The classes of elements, newest layout first.
_SOURCE = ("rdp__DocPublicationName", "DocPublicationName")
_HEADER = ("DocHeader",)
_TITLE = ("rdp__articletitle", "titreArticleVisu", "titreArticle", "grandTitre")
_SUBTITLE = ("rdp__subtitle", "sousTitreArticle")
_AUTHOR = ("docAuthors",)
_TEXT = ("docOcurrContainer", "DocText")
_NUMBER = ("publiC-lblNodoc",)
_RIGHTS = ("Doc-LegalInfo",)
_SMALL = "sm-margin-bottomNews"
_NOT_TEXT = (
    *_HEADER,
    *_TITLE,
    *_AUTHOR,
    *_NUMBER,
    *_RIGHTS,
    "DocPublicationName",
    "apd-sources-date",
)

_ISSUE = re.compile(r",?\s+n[o°]\.?\s*(\d[\w \u00a0-]*)\s*$", re.IGNORECASE)
_DAY_IN_NUMBER = re.compile(r"·(\d{4})(\d{2})(\d{2})·")


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Document | Problem]:
    """Yield the articles of a file, and what a user should know about it. OSError rises as it is."""
    return documents_of_page(path, how, _clippings)


def recognises(path: Path, head: bytes) -> bool:
    """Tell a file of Europresse by the classes that only it has."""
    if b"<" not in head[:1024]:
        return False
    raw = first_bytes(path, _RECOGNISED_WITHIN)
    return b"<article" in raw and (
        b"DocPublicationName" in raw or (b"titreArticle" in raw and b"DocText" in raw)
    )


def _clippings(page: PageStream) -> Iterator[Clipping]:
    return map(_clipping, page.elements("article", lambda element: True))


def _clipping(article: Any) -> Clipping:
    found = by_class(article)
    header = said(found, _HEADER) or _below_heading(found)
    number, source = said(found, _NUMBER), said(found, _SOURCE)
    issue = _ISSUE.search(source)
    words = WORDS.search(header)
    paragraphs, rights = part_copyright(_paragraphs(found))
    meta = {
        "id": number,
        "issue": issue[1] if issue else "",
        "section": before_date(header),
        "page": page_of(header),
        "words": digits(words[1]) if words else "",
        "overline": _overline(found),
        "subtitle": said(found, _SUBTITLE),
        "copyright": said(found, _RIGHTS) or rights,
    }
    return Clipping(
        paragraphs,
        title=said(found, _TITLE),
        author=author_of(_author(found)),
        date=_date(header, number),
        source=source[: issue.start()] if issue else source,
        meta=meta,
    )


def _date(header: str, number: str) -> str:
    """Return the header, or the day that the number of the document tells where they differ."""
    day = _DAY_IN_NUMBER.search(number)
    iso = "-".join(day.groups()) if day else ""
    date = find_date(header, "fr")
    return iso if iso and not (date and date.day == iso) else header


def _below_heading(found: Classes) -> str:
    """Return the date of a document that comes from the web: it stands beside its section's name."""
    for heading in found.get("DocTitreSousSection", ()):
        beside = heading.getnext()
        if beside is not None:
            return line_of(beside)
    return ""


def _overline(found: Classes) -> str:
    inside = (each for each in found.get(_SMALL, ()) if _is_below(each, "titreArticle"))
    return next((line for line in map(line_of, inside) if line), "")


def _author(found: Classes) -> str:
    """Return the byline: it has an element of its own, or stands in small print below the headline."""
    small = (each for each in found.get(_SMALL, ()) if not _is_below(each, "titreArticle", *_TEXT))
    return said(found, _AUTHOR) or next((line for line in map(line_of, small) if line), "")


def _is_below(element: Any, *names: str) -> bool:
    return any(
        name in (parent.get("class") or "").split()
        for parent in element.iterancestors()
        for name in names
    )


def _paragraphs(found: Classes) -> list[str]:
    body = next((found[name][0] for name in _TEXT if name in found), None)
    if body is None:
        return []
    for name in _NOT_TEXT:
        for each in found.get(name, ()):
            if body in each.iterancestors():
                empty(each)
    return [block.text for block in blocks(body)]


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "europresse",
            _("Europresse"),
            _("The HTML that Europresse saves: all articles of a file, with what it says of them."),
            (".html", ".htm"),
            read=read,
            recognises=recognises,
            is_document=True,
        ),
    )
