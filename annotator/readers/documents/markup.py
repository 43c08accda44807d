"""The text in the markup of a page: paragraphs where its blocks end, blanks as a browser shows them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from typing import Any

from annotator.core.encoding import decode
from annotator.core.errors import UserError
from annotator.language import _
from annotator.readers.documents.leavings import Leaving
from annotator.readers.documents.packed import BadPart, attribute, local, parse_xml
from annotator.readers.paragraphs import table

_SKIPPED = frozenset(
    "head script style template noscript nav svg iframe object audio video canvas map rt rp"
    " select textarea button".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main ol p pre section summary"
    " ul".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_XML_OWN = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]*;)")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def parse_xhtml(raw: bytes, part: str) -> tuple[Any, bool]:
    """Return the root of a page, and whether it is well-formed; one that is not is read as HTML.

    Raises BadPart when nothing can be made of it.
    """
    try:
        return parse_xml(_NAMED.sub(_numbered, _DOCTYPE.sub(b"", raw, count=1)), part), True
    except BadPart:
        if b"<!ENTITY" in raw:
            raise
        return _parse_html(raw, part), False


def _numbered(match: re.Match[bytes]) -> bytes:
    """Return a named entity of HTML by its number: XML knows only five by name."""
    name = match[1].decode("ascii")
    if name in _XML_OWN or name not in html5:
        return match[0]
    return "".join(f"&#{ord(char)};" for char in html5[name]).encode("ascii")


def _parse_html(raw: bytes, part: str) -> Any:
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(decode(raw).text.encode(), parser)
    except (etree.LxmlError, ValueError, UserError) as error:
        raise BadPart(_("This part is damaged: it is no page of text."), part) from error
    if any(error.level_name == "FATAL" for error in parser.error_log):
        # It gave up in the middle, as with elements nested a thousand deep, and says so only here.
        raise BadPart(_("This part is damaged: it cannot be read to its end."), part)
    return root


@dataclass(slots=True)
class _Page:
    """What is met on the way; `pieces` are those of the paragraph that is open."""

    counts: Counter[Leaving]
    pieces: list[str] = field(default_factory=list)

    def say(self, text: str | None, *, is_exact: bool) -> None:
        if not is_exact:
            text = _BLANKS.sub(" ", text or "")
            if not self.pieces or self.pieces[-1][-1] in " \n":
                text = text.removeprefix(" ")
        if text:
            self.pieces.append(text)

    def close(self) -> str:
        paragraph = "".join(self.pieces)
        self.pieces.clear()
        return paragraph


def paragraphs(element: Any, counts: Counter[Leaving]) -> Iterator[str]:
    """Yield the paragraphs of an element of a page; what was left out is counted."""
    page = _Page(counts)
    yield from _walk(element, page, is_exact=False)
    yield page.close()


def _walk(element: Any, page: _Page, *, is_exact: bool) -> Iterator[str]:
    name = local(element)
    if name in _SKIPPED or _is_left_out(element, page):
        return
    if name == "br":
        page.pieces.append("\n")
    elif name == "table":
        yield page.close()
        yield from table(_rows(element, page))
    else:
        is_block = name in _BLOCKS
        if is_block:
            yield page.close()
        page.counts["numbers"] += name == "li"
        yield from _inside(element, page, is_exact=is_exact or name == "pre")
        if is_block:
            yield page.close()


def _inside(element: Any, page: _Page, *, is_exact: bool) -> Iterator[str]:
    page.say(element.text, is_exact=is_exact)
    for child in element:
        yield from _walk(child, page, is_exact=is_exact)
        page.say(child.tail, is_exact=is_exact)


def _is_left_out(element: Any, page: _Page) -> bool:
    """Tell, and count, what is hidden and the mark of a note, which would stick to the word before."""
    if "noteref" in attribute(element, "type") or "noteref" in attribute(element, "role"):
        page.counts["marks"] += 1
        return True
    if "hidden" in element.attrib:
        page.counts["hidden"] += 1
        return True
    return False


def _rows(element: Any, page: _Page) -> Iterator[list[list[str]]]:
    for child in element:
        name = local(child)
        if name == "tr":
            yield [list(_cell(cell, page)) for cell in child]
        elif name == "caption":
            yield [list(_cell(child, page))]
        else:
            yield from _rows(child, page)


def _cell(element: Any, page: _Page) -> Iterator[str]:
    inner = _Page(page.counts)
    for paragraph in (*_inside(element, inner, is_exact=False), inner.close()):
        if paragraph:
            yield paragraph


def first_heading(root: Any) -> str:
    """Return the first heading of a page on one line, "" when it has none."""
    for element in root.iter():
        if local(element) in _HEADINGS:
            heading = _BLANKS.sub(" ", "".join(paragraphs(element, Counter()))).strip(" ")
            if heading:
                return heading
    return ""
