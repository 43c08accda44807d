"""An EPUB becomes an article for each document of its spine: a chapter, or a paper's article.

The ways from container to package to spine are those of EPUB 3.3, which also reads 2.0.
"""

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.model import Document, Problem, Remark
from annotator.language import _, n_
from annotator.readers.documents.leavings import Leaving, leavings
from annotator.readers.documents.markup import first_heading, paragraphs, parse_xhtml
from annotator.readers.documents.packed import BadPart, Packed, attribute, local, place, read_packed
from annotator.readers.documents.properties import (
    Properties,
    article_of,
    day_of,
    language_of,
    one_line,
)
from annotator.readers.paragraphs import text_of

_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "")
_OF_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways of hiding fonts, which leave the text as it is."""


@dataclass(frozen=True, slots=True)
class _Book:
    """What an EPUB says of itself; `pages` are its documents in reading order, `titles` by document.

    `pictures` counts the places in that order where a picture stands alone.
    """

    title: str
    author: str
    published: str
    language: str
    meta: dict[str, str]
    pages: tuple[str, ...]
    titles: dict[str, str]
    pictures: int


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Document | Problem]:
    """Yield the articles in an EPUB, and what a user should know about it.

    OSError rises as it is.
    """
    yield from read_packed(path, _read)


def _read(packed: Packed) -> Iterator[Document | Problem]:
    package = _package(packed)
    book = _book(packed, package, packed.xml(package))
    locked = _locked(packed)
    protected = sum(page.lower() in locked for page in book.pages)
    if protected:
        yield Problem(packed.name, _protected(protected))
    counts: Counter[Leaving] = Counter()
    bare = book.pictures
    for number, page in enumerate(book.pages, start=1):
        if page.lower() in locked:
            continue
        try:
            found = list(_chapter(packed, book, page, number, counts))
        except BadPart as refusal:
            found = [refusal.problem(packed.name)]
        bare += not found
        yield from found
    yield from leavings(counts, packed.name)
    if bare == len(book.pages) + book.pictures:
        yield Problem(packed.name, _("It holds no text."))
    elif bare:
        yield Remark(packed.name, _bare(bare))


def _protected(count: int) -> str:
    return n_(
        "{count} chapter is protected by its seller (DRM) and cannot be read."
        " Ask for a copy without protection.",
        "{count} chapters are protected by their seller (DRM) and cannot be read."
        " Ask for a copy without protection.",
        count,
    ).format(count=count)


def _bare(count: int) -> str:
    return n_(
        "{count} page holds pictures and no text; it was left out.",
        "{count} pages hold pictures and no text; they were left out.",
        count,
    ).format(count=count)


def _package(packed: Packed) -> str:
    """Return the part that lists all others."""
    for rootfile in packed.xml("META-INF/container.xml").iter("{*}rootfile"):
        if attribute(rootfile, "media-type") in ("application/oebps-package+xml", ""):
            return attribute(rootfile, "full-path")
    raise BadPart(_("It does not name the list of its parts."), "META-INF/container.xml")


def _locked(packed: Packed) -> set[str]:
    """Return the parts that are encrypted, in lower case."""
    part = "META-INF/encryption.xml"
    found = set()
    for each in packed.xml(part).iter("{*}EncryptedData") if part in packed else ():
        methods = {attribute(method, "Algorithm") for method in each.iter("{*}EncryptionMethod")}
        if not methods <= set(_OF_FONTS):
            found |= {
                unquote(attribute(to, "URI")).lower() for to in each.iter("{*}CipherReference")
            }
    return found


def _book(packed: Packed, package: str, root: Any) -> _Book:
    said: dict[str, list[str]] = {}
    for each in root.iterfind("{*}metadata//{http://purl.org/dc/elements/1.1/}*"):
        if one_line(each.text or "") and attribute(each, "event") not in (
            "modification",
            "creation",
        ):
            said.setdefault(local(each), []).append(one_line(each.text))
    items = {attribute(item, "id"): item for item in root.iterfind("{*}manifest/{*}item")}
    spine = [attribute(each, "idref") for each in root.iterfind("{*}spine/{*}itemref")]
    pages = [_page(package, id, items.get(id)) for id in spine if not _is_contents(items.get(id))]
    date = said.get("date", [""])[0]
    return _Book(
        said.get("title", [""])[0],
        ", ".join(said.get("creator", ())),
        day_of(date),
        language_of(said.get("language", [""])[0]),
        {
            "date": "" if day_of(date) else date,
            "publisher": ", ".join(said.get("publisher", ())),
            "identifier": said.get("identifier", [""])[0],
        },
        tuple(page for page in pages if page),
        dict(_titles(packed, package, items.values())),
        pages.count(""),
    )


def _is_contents(item: Any) -> bool:
    return item is not None and "nav" in attribute(item, "properties").split(" ")


def _page(package: str, id: str, item: Any) -> str:
    """Return the part that a place in the order names, "" for a picture.

    One that is not listed goes by its id, so that it is told as missing.
    """
    if item is None:
        return id
    is_page = attribute(item, "media-type") in _PAGES
    return _target(package, attribute(item, "href")) if is_page else ""


def _target(part: str, href: str) -> str:
    """Return the part that a reference in another part means."""
    path = unquote(href.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), path)).lstrip("/")


def _titles(packed: Packed, package: str, items: Any) -> Iterator[tuple[str, str]]:
    """Yield document and title as the table of contents has them, the first of a document last."""
    contents = [
        _target(package, attribute(item, "href"))
        for item in items
        if attribute(item, "media-type") == "application/x-dtbncx+xml" or _is_contents(item)
    ]
    for part in contents:
        try:
            root, _is_well_formed = parse_xhtml(packed.read(part), part)
        except BadPart:
            # The headings of the chapters say the same.
            continue
        yield from reversed(list(_entries(root, part)))


def _entries(root: Any, part: str) -> Iterator[tuple[str, str]]:
    for link in root.iter("{*}a"):
        yield _target(part, attribute(link, "href")), one_line("".join(link.itertext()))
    for point in root.iter("{*}navPoint"):
        label, content = point.find("{*}navLabel"), point.find("{*}content")
        if label is not None and content is not None:
            yield _target(part, attribute(content, "src")), one_line("".join(label.itertext()))


def _chapter(
    packed: Packed, book: _Book, page: str, number: int, counts: Counter[Leaving]
) -> Iterator[Document | Problem]:
    root, is_well_formed = parse_xhtml(packed.read(page), page)
    text = text_of(paragraphs(root, counts))
    if not text:
        return
    where = place(packed.name, page)
    if not is_well_formed:
        yield Remark(where, _("Its markup has mistakes; it was read as a browser would."))
    title = book.titles.get(page) or first_heading(root) or f"{book.title} {number}".strip()
    said = Properties(title, book.author, book.language, "", {**book.meta, "chapter": number})
    found = article_of(packed.path, text, said, where)
    article = replace(
        found.article,
        title=title,
        source=book.title,
        published=book.published or found.article.published,
        language=book.language or found.article.language,
    )
    yield replace(found, article=article)


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "epub",
            _("EPUB"),
            _("One article a chapter; author, date and language are those of the book."),
            (".epub",),
            read=read,
            is_document=True,
        ),
    )
