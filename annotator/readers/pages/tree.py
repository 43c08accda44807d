"""A web page as a tree, whatever state it is in: no network, no entities of its own, nothing cut unsaid."""

import re
from html import unescape
from typing import Any

from annotator.core.errors import UserError
from annotator.language import _

LARGEST = 20_000_000
"""Code points: what is longer is no page of a newspaper."""

_XHTML = re.compile(r"\s*(?:<\?xml\b|<!DOCTYPE\s+html\s+PUBLIC\s+\S+XHTML)", re.IGNORECASE)
_SUBSET = re.compile(r"<!DOCTYPE[^>\[]{0,500}\[.*?\]\s*>", re.IGNORECASE | re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_CLOSED = re.compile(
    r"<(script|style|title|textarea|iframe|noscript|div|p|a|span|i|b|em|strong|h[1-6]|td|th|li|ul|ol"
    r"|section|article|aside|button|label|select)\b((?:[^<>\"']|\"[^<>\"]*\"|'[^<>']*')*)/>",
    re.IGNORECASE,
)
_CODE_PAGE = re.compile(r"&#(?:1[2-5][0-9]|x[89][0-9a-f]);?", re.IGNORECASE)


def parse_page(text: str) -> Any | None:
    """Return the root element of a page, None when there is none in it.

    Raises UserError when the page is too large, or the parser gave up on the way: the rest would be
    missing.
    """
    from lxml import etree, html

    if len(text) > LARGEST:
        raise UserError(_("It is too large for a web page."))
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    # One class for all elements: asking for that of each would take a quarter of the time.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        tree = html.document_fromstring(_repaired(text).encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise UserError(_("Its elements are nested too deeply to be read whole."))
    return tree


def _repaired(text: str) -> str:
    """Return a page as today's HTML, where it is XHTML or numbers characters by their code page."""
    if "<!ENTITY" in text:
        text = _SUBSET.sub("", text, count=1)
    if "&#" in text:
        text = _CODE_PAGE.sub(lambda reference: unescape(reference[0]), text)
    if _XHTML.match(text):
        text = _CDATA.sub(_as_text, _CLOSED.sub(r"<\1\2></\1>", text))
    return text


def _as_text(cdata: re.Match[str]) -> str:
    return cdata[1].replace("&", "&amp;").replace("<", "&lt;")
