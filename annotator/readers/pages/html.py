"""A web page becomes an article: the text of its body as it stands, without what the site adds to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.core.errors import UserError
from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.ids import new_id
from annotator.core.model import NOTHING, Article, Document, Problem, Remark
from annotator.core.text import readable
from annotator.language import _
from annotator.readers.pages.body import Body, page_body
from annotator.readers.pages.encoding import decode_page
from annotator.readers.pages.facts import PageFacts, page_facts
from annotator.readers.pages.flow import blocks
from annotator.readers.pages.tree import LARGEST, parse_page
from annotator.readers.press import Head, read_head
from annotator.readers.small_words import guess_language

SUFFIXES = (".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was got. `place` is how messages name it, `meta` what is known besides."""

    raw: bytes
    place: str
    url: str = ""
    served_as: str = ""
    meta: Mapping[str, str] = field(default_factory=lambda: NOTHING)


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Document | Problem]:
    """Yield the article in a page, and what a user should know about it. OSError rises as it is."""
    name = readable(path.name)
    if path.stat().st_size > 2 * LARGEST:
        yield Problem(name, _("It is too large for a web page."))
        return
    yield from read_page(Page(path.read_bytes(), name, meta={"file": name}), how)


def read_page(page: Page, how: Reading = AS_IT_IS) -> Iterator[Document | Problem]:
    """Yield the article in a page, and what a user should know about it."""
    try:
        decoded = decode_page(page.raw, how.encoding, page.served_as)
        if decoded.note:
            yield Remark(page.place, decoded.note)
        yield from _read_text(decoded.text, page, decoded.encoding)
    except UserError as refusal:
        yield Problem(page.place, str(refusal))


def _read_text(text: str, page: Page, encoding: str) -> Iterator[Document | Problem]:
    root = parse_page(text)
    if root is None:
        yield Problem(page.place, _("It holds no text."))
        return
    found = blocks(root, quotes_of(root))
    facts = page_facts(root, text, found, page.url)
    body = page_body(root, found, facts, text)
    if body is None:
        yield Problem(page.place, _no_article(is_empty=not found))
        return
    for remark in body.remarks:
        yield Remark(page.place, remark)
    yield Document(_article(facts, body, page, encoding), place=page.place)


def quotes_of(root: Any) -> tuple[str, str]:
    """Return the marks that a browser puts around <q>."""
    return (
        ("«\u00a0", "\u00a0»") if (root.get("lang") or "").lower().startswith("fr") else ("“", "”")
    )


def _no_article(*, is_empty: bool) -> str:
    if is_empty:
        return _(
            "It shows no text. If scripts load it, open the page in a browser and save it from there,"
            " complete."
        )
    return _("No article was found in it, only links and short lines.")


def _article(facts: PageFacts, body: Body, page: Page, encoding: str) -> Article:
    head = read_head(body.head) if body.head else Head()
    spoken = guess_language(body.text)
    # Many a French page says it is in English, as the template that it was made from did.
    is_declared = facts.language not in ("", "fr", "en")
    return Article(
        new_id(),
        body.text,
        title=facts.title,
        author=facts.author or head.author,
        published=facts.published or head.published,
        source=facts.source,
        url=facts.url,
        language=facts.language if is_declared or not spoken else spoken,
        meta={**head.meta, **facts.meta, **page.meta, "encoding": encoding},
    )


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "html",
            _("Web page"),
            _("One article a page, without menus and the like; what the page says of it is read."),
            SUFFIXES,
            read=read,
            is_document=True,
        ),
    )
