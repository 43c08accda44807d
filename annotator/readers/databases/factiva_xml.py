"""Factiva's XML: an <article> for each document, read one after the other."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.core.model import Problem
from annotator.core.text import readable
from annotator.language import _
from annotator.readers.databases.clippings import Clipping, part_copyright
from annotator.readers.databases.press_words import author_of, language_code
from annotator.readers.documents.packed import local

_META = {
    "sectionName": "section",
    "columnName": "column",
    "pages": "page",
    "page": "page",
    "edition": "edition",
    "volume": "issue",
    "sourceCode": "source_code",
    "copyright": "copyright",
    "credit": "credit",
    "publisherName": "publisher",
    "wordCount": "words",
}
_LISTS = {"company": "company", "industry": "industry", "newsSubject": "subject", "region": "place"}
_BLANKS = re.compile(r"[ \t\r\n]+")
_HEAD = 1 << 16
"""Bytes within which a file can declare anything."""

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def is_factiva_xml(head: bytes) -> bool:
    """Tell by the names of elements that only Factiva has."""
    return b"ppsarticle" in head.lower() or (b"<article" in head and b"accessionNo" in head)


def clippings_of_xml(path: Path) -> Iterator[Clipping | Problem]:
    """Yield the articles; a file that breaks off tells where. OSError rises as it is."""
    from lxml import etree

    name = readable(path.name)
    with path.open("rb") as file:
        if _ENTITY.search(file.read(_HEAD)):
            told = _("It declares entities of its own, which no document does. Save it again.")
            yield Problem(name, told)
            return
    steps = etree.iterparse(
        path,
        events=("end",),
        tag="{*}article",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _event, article in steps:
            if _is_document(article):
                yield _clipping(article)
                article.clear()
                while article.getprevious() is not None:
                    del article.getparent()[0]
    except etree.XMLSyntaxError as error:
        line = f"{name}:{error.lineno}" if error.lineno else name
        yield Problem(line, _("Not valid XML: {reason}").format(reason=error.msg))


def _is_document(article: Any) -> bool:
    return any(local(child) in ("headline", "accessionNo", "leadParagraph") for child in article)


def _clipping(article: Any) -> Clipping:
    parts: dict[str, list[Any]] = {}
    for child in article:
        parts.setdefault(local(child), []).append(child)
    paragraphs, rights = part_copyright(
        [*_paragraphs(parts, "leadParagraph"), *_paragraphs(parts, "tailParagraphs")]
    )
    meta: dict[str, Any] = {"id": _number(parts), "copyright": rights}
    meta |= {name: said for element, name in _META.items() if (said := _first(parts, element))}
    for element, name in _LISTS.items():
        meta[name] = [said for each in parts.get(element, ()) if (said := _named(each))]
    return Clipping(
        paragraphs,
        title=_first(parts, "headline"),
        author=author_of(_first(parts, "byline")),
        date=" ".join(filter(None, (_date(parts), _first(parts, "publicationTime")))),
        source=_first(parts, "sourceName"),
        language=language_code(_first(parts, "baseLanguage") or _first(parts, "language")),
        meta=meta,
    )


def _paragraphs(parts: dict[str, list[Any]], name: str) -> list[str]:
    found = [
        each
        for container in parts.get(name, ())
        for each in ([child for child in container if local(child) == "paragraph"] or [container])
    ]
    return [_said(each) for each in found]


def _number(parts: dict[str, list[Any]]) -> str:
    """Return the accession number, which older files give at the end of a reference."""
    return _first(parts, "accessionNo") or _first(parts, "reference").rpartition("/")[2]


def _date(parts: dict[str, list[Any]]) -> str:
    """Return the day and, in some files, the time, as ISO 8601."""
    return _first(parts, "publicationDate") or _first(parts, "publicationDateTime")


def _named(element: Any) -> str:
    """Return the name of a company, a subject …, else its code."""
    names = (_said(child) for child in element if local(child) == "name")
    return next(names, "") or _said(element) or str(element.get("code") or "")


def _first(parts: dict[str, list[Any]], name: str) -> str:
    return _said(parts[name][0]) if name in parts else ""


def _said(element: Any) -> str:
    return _BLANKS.sub(" ", "".join(element.itertext())).strip(" ")
