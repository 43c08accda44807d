"""The items of an RSS or Atom file become articles, each with what the feed says of it."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.core.errors import UserError
from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.ids import new_id
from annotator.core.model import Article, Document, Problem, Remark
from annotator.core.text import LineEnds, readable
from annotator.language import _, n_
from annotator.readers.pages.addresses import absolute
from annotator.readers.pages.data import clean
from annotator.readers.pages.encoding import decode_page
from annotator.readers.pages.flow import blocks, joined
from annotator.readers.pages.tree import LARGEST, parse_page
from annotator.readers.paragraphs import sound
from annotator.readers.small_words import guess_language
from annotator.readers.streams.moments import read_moment

SUFFIXES = (".rss", ".atom", ".xml")

_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed)\b|<rdf:RDF\b.*purl\.org/rss/", re.DOTALL)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_SHORT = 600
"""Code points: a text as short as this may be the beginning only, if the feed has no other."""


def recognises(path: Path, head: bytes) -> bool:
    """Tell a feed from other XML by its first element."""
    return path.suffix.lower() != ".xml" or bool(_ROOT.search(head.replace(b"\0", b"")))


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Document | Problem]:
    """Yield the articles of a feed. OSError rises as it is."""
    name = readable(path.name)
    try:
        if path.stat().st_size > 2 * LARGEST:
            raise UserError(_("It is too large for a feed."))
        decoded = decode_page(path.read_bytes(), how.encoding)
        feed = _parsed(decoded.text)
    except UserError as refusal:
        yield Problem(name, str(refusal))
        return
    if decoded.note:
        yield Remark(name, decoded.note)
    if not feed.entries and not feed.get("version"):
        yield Problem(name, _("It is no feed that can be read; fetch it again."))
        return
    if feed.bozo:
        yield _flaw(name, feed.get("bozo_exception"))
    elif not feed.entries:
        yield Problem(name, _("The feed holds no items."))
    yield from _articles(feed, name, {"file": name, "encoding": decoded.encoding})


def _parsed(text: str) -> Any:
    import feedparser

    # From a stream: a string could be taken for an address, and fetched.
    source = io.BytesIO(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"))
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(
            source, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # Somebody else's code, which stumbles over some broken feeds.
        raise UserError(_("It is damaged: it cannot be read as a feed. Fetch it again.")) from error


def _flaw(name: str, reason: object) -> Problem:
    """Return that the XML is broken; a name of HTML in it, such as &nbsp;, is understood all the same."""
    told = str(getattr(reason, "getMessage", lambda: reason)())
    if "undefined entity" in told:
        return Remark(name, _("It uses names of HTML that XML does not know; they were read."))
    line = getattr(reason, "getLineNumber", lambda: None)()
    place = f"{name}:{line}" if line else name
    told = _("It is not well-formed ({reason}); items may be missing.").format(reason=told)
    return Problem(place, told)


def _articles(feed: Any, name: str, known: dict[str, str]) -> Iterator[Document | Problem]:
    short = 0
    for number, entry in enumerate(feed.entries, start=1):
        place = _("{file}, item {number}").format(file=name, number=number)
        try:
            content = [_text(each) for each in entry.get("content", ())]
            text = "\n\n".join(filter(None, content)) or _text(entry.get("summary_detail") or {})
        except UserError as refusal:
            yield Problem(place, str(refusal))
            continue
        if not text.strip():
            yield Problem(place, _("It holds no text."))
            continue
        short += not any(content) and len(text) <= _SHORT
        yield Document(_article(entry, text, feed.feed, known), place=place)
    if short:
        told = n_(
            "{count} item is short: the feed may give only its beginning.",
            "{count} items are short: the feed may give only their beginnings.",
            short,
        )
        yield Remark(name, told.format(count=short))


def _text(detail: Any) -> str:
    """Return the text of a part of an item, which is HTML or plain."""
    value = sound(detail.get("value") or "")
    if detail.get("type") == "text/plain":
        return LineEnds(value).text.strip(" \t\n")
    root = parse_page(value) if value else None
    return joined(blocks(root)) if root is not None else ""


def _line(detail: Any) -> str:
    return clean(_text(detail or {}).replace("\n", " "))


def _article(entry: Any, text: str, feed: Any, known: dict[str, str]) -> Article:
    spoken = (entry.get("language") or feed.get("language") or "")[:2].lower()
    # feedparser's own `get` gives the day of publication for the other, with a warning.
    changed = dict.get(entry, "updated") or ""
    moment = read_moment(entry.get("published") or changed, spoken)
    modified = read_moment(changed, spoken)
    source = entry.get("source") or {}
    authors = (each.get("name") or "" for each in entry.get("authors", ()))
    tags = (each.get("term") or "" for each in entry.get("tags", ()))
    meta = {
        "published_at": moment.whole,
        "modified": modified.whole if modified != moment else "",
        "section": clean(", ".join(filter(None, tags))),
        "description": _line(entry.get("summary_detail")) if entry.get("content") else "",
        "id": entry.get("id") or "",
    }
    return Article(
        new_id(),
        text,
        title=_line(entry.get("title_detail")),
        author=clean(", ".join(filter(None, authors))),
        published=moment.day,
        source=_line(source.get("title_detail")) or _line(feed.get("title_detail")),
        url=absolute(feed.get("link") or "", entry.get("link") or ""),
        language=guess_language(text) or spoken,
        meta={**{name: value for name, value in meta.items() if value}, **known},
    )


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "rss",
            _("RSS or Atom feed"),
            _("One article an item, with its title, author, date and address."),
            SUFFIXES,
            read=read,
            recognises=recognises,
            is_document=True,
        ),
    )
