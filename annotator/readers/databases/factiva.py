"""Factiva: its HTML, XML and RTF, each with many articles."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.model import Document, Problem, Remark
from annotator.core.text import readable
from annotator.language import _
from annotator.readers.databases.clippings import Clipping, documents, documents_of_page
from annotator.readers.databases.factiva_fields import ALL_CODES, NUMBER, of_codes, of_lines
from annotator.readers.databases.factiva_xml import clippings_of_xml, is_factiva_xml
from annotator.readers.documents.rtf_file import rtf_of
from annotator.readers.documents.rtf_text import is_rtf, read_rtf
from annotator.readers.pages.classes import by_class, empty, line_of
from annotator.readers.pages.flow import blocks
from annotator.readers.pages.stream import PageStream, first_bytes
from annotator.readers.paragraphs import BLANKS

_WITHIN = 1 << 19
"""Bytes in which the first article of a file begins, and in an RTF file ends."""

_ARTICLE = re.compile(rb"class=[\"'](?:article )?([a-z]{2})Article\b")
_LANGUAGE = re.compile(r"\b([a-z]{2})Article\b")
_PARAGRAPH = re.compile(r"\barticleParagraph\b|articleParagraph\b")
_CODED = re.compile(r"([A-Z]{2,3})(?:[\t|][\s|]*(.*))?", re.DOTALL)
_CODE = re.compile(r"([A-Z]{2,3})(?=[\t\n|]|$)")


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Document | Problem]:
    """Yield the articles of a file, and what a user should know about it. OSError rises as it is."""
    with path.open("rb") as file:
        head = file.read(_WITHIN)
    if is_rtf(head):
        yield from documents(path, _of_rtf(path), {})
    elif is_factiva_xml(head):
        yield from documents(path, clippings_of_xml(path), {})
    else:
        yield from documents_of_page(path, how, _clippings)


def recognises(path: Path, head: bytes) -> bool:
    """Tell a file of Factiva: HTML by classes, XML by elements, RTF by the line that ends an article."""
    raw = first_bytes(path, _WITHIN)
    if is_rtf(head):
        return any(map(NUMBER.fullmatch, _lines_of_rtf(raw)))
    if path.name.lower().endswith(".xml"):
        return is_factiva_xml(raw)
    return bool(_ARTICLE.search(raw)) and (b"articleParagraph" in raw or b">HD<" in raw)


def _clippings(page: PageStream) -> Iterator[Clipping]:
    for article in page.elements("div", _is_article):
        yield _of_codes(article) or _of_head(article)


def _is_article(element: Any) -> bool:
    """Tell the division of an article: its class is “article frArticle”, for one in French."""
    names = (element.get("class") or "").split()
    return "article" in names and any(map(_LANGUAGE.fullmatch, names))


def _of_codes(article: Any) -> Clipping | None:
    """Return an article that is a table of codes; None for any other."""
    said: dict[str, str] = {}
    paragraphs: list[str] = []
    for row in article.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        code = line_of(cells[0]).strip(" \u00a0") if len(cells) > 1 else ""
        if code in ("LP", "TD"):
            paragraphs += (block.text for block in blocks(cells[1]))
        elif code in ALL_CODES:
            said.setdefault(code, line_of(cells[1]).strip(" \u00a0"))
    return of_codes(said, paragraphs, _language(article)) if said else None


def _of_head(article: Any) -> Clipping:
    """Return an article without codes: the lines of its head in their order, then paragraphs."""
    found = by_class(article)
    title = next((line_of(found[name][0]) for name in found if name.endswith("Headline")), "")
    paragraphs: list[str] = []
    for each in [p for name in found if _PARAGRAPH.search(name) for p in found[name]]:
        if not NUMBER.fullmatch(line_of(each)):
            paragraphs += (block.text for block in blocks(each))
            empty(each)
    lines = [block.text for block in blocks(article)]
    number = next((match[1] for line in lines if (match := NUMBER.fullmatch(line))), "")
    language = _language(article)
    clipping = of_lines(lines, paragraphs, title, language)
    return clipping or Clipping(tuple(paragraphs), title, language=language, meta={"id": number})


def _language(article: Any) -> str:
    match = _LANGUAGE.search(article.get("class") or "")
    return match[1] if match else ""


def _of_rtf(path: Path) -> Iterator[Clipping | Problem]:
    """Yield the articles of an RTF file, each of which ends with its number."""
    rtf = yield from rtf_of(path)
    if rtf is None:
        return
    lines: list[str] = []
    for line in _split(rtf.body.finish()):
        lines.append(line)
        if NUMBER.fullmatch(line):
            yield _of_lines(lines)
            lines = []
    if lines:
        told = _("What stands behind the last article was passed over: {line}…")
        yield Remark(readable(path.name), told.format(line=lines[0][:60]))


def _lines_of_rtf(raw: bytes) -> Iterator[str]:
    return _split(read_rtf(raw).body.finish())


def _split(paragraphs: list[str]) -> Iterator[str]:
    """Yield the lines that say something; a table of codes is one paragraph of many lines."""
    for paragraph in paragraphs:
        code = _CODE.match(paragraph)
        parts = paragraph.split("\n") if code and code[1] in ALL_CODES else [paragraph]
        yield from (part.strip(BLANKS) for part in parts if part.strip(f"{BLANKS}\u00a0"))


def _of_lines(lines: list[str]) -> Clipping:
    """Return an article that is coded or not; one of unknown shape is all text, below its headline."""
    said: dict[str, str] = {}
    paragraphs: list[str] = []
    code = ""
    for line in lines:
        match = _CODED.fullmatch(line)
        value = line
        if match and match[1] in ALL_CODES:
            code, value = match[1], match[2] or ""
        if code in ("LP", "TD") and value and not NUMBER.fullmatch(value):
            paragraphs.append(value)
        elif code and value:
            said[code] = f"{said[code]} {value}" if code in said else value
    if "HD" in said:
        last = NUMBER.fullmatch(lines[-1])
        return of_codes({"AN": last[0] if last else "", **said}, paragraphs, "")
    clipping = of_lines(lines)
    return clipping or Clipping(tuple(lines[1:-1]), lines[0], meta={"id": lines[-1]})


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "factiva",
            _("Factiva"),
            _("HTML, XML and RTF of Factiva: all articles of a file, with what it says of them."),
            (".html", ".htm", ".xml", ".rtf"),
            read=read,
            recognises=recognises,
            is_document=True,
        ),
    )
