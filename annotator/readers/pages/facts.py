"""What a web page says of its article: in its data, in meta elements and links, and in its body."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.readers.pages.addresses import absolute, day_in, host
from annotator.readers.pages.data import Data, article_data, clean, name_in, names_in, text_in
from annotator.readers.pages.flow import Block
from annotator.readers.streams.moments import Moment, read_moment

_BY = re.compile(
    r"^(?:(?:propos recueillis|publié|écrit|posté|texte|un texte|written|posted|story|published)\s+)?"
    r"(?:par|by)\s*:?\s+|^(?:auteure?|author)\s*:\s*",
    re.IGNORECASE,
)
_BEHIND_NAME = re.compile(
    r"\s*(?:[|•·–—\n]|\s-\s|,\s*(?:le|publié|mis)\b|\b(?:publié|le \d)).*", re.DOTALL
)
_SAVED_FROM = re.compile(
    r"<!--[^>]{0,80}?(?:saved from url=\(\d+\)|\burl:)\s*(https?://[^\s>]+)", re.IGNORECASE
)
_WORD = re.compile(r"\w{3,}")

_PUBLISHED = (
    "article:published_time article.published datepublished og:published_time date.published"
    " publish-date publish_date publication_date publicationdate pubdate parsely-pub-date"
    " sailthru.date cxenseparse:recs:publishtime dc.date.issued dcterms.issued dcterms.created"
    " dc.date.created dc.date dcterms.date date_published bt:pubdate date"
).split()
_MODIFIED = (
    "article:modified_time datemodified og:updated_time dcterms.modified last-modified".split()
)
_AUTHOR = (
    "author article:author og:article:author dc.creator dcterms.creator parsely-author sailthru.author"
    " byl citation_author"
).split()
_SECTION = "article:section og:article:section section parsely-section cse-section".split()
_SOURCE = "og:site_name dc.publisher dcterms.publisher publisher application-name".split()
_DESCRIPTION = "og:description description twitter:description dc.description".split()
_AUTHOR_PATHS = (
    ".//*[@rel='author' or @itemprop='author' or @itemprop='author name']",
    ".//*[self::a or self::span or self::div or self::p or self::address or self::li]["
    "contains(@class,'author') or contains(@class,'byline') or contains(@class,'auteur')"
    " or contains(@class,'signature')]",
)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What was found; "" where nothing was. `published` is an ISO day; `meta` has the rest.

    `body` is the text that the page carries as data, for programs.
    """

    title: str = ""
    author: str = ""
    published: str = ""
    source: str = ""
    url: str = ""
    language: str = ""
    body: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)


def page_facts(root: Any, page: str, found: Iterable[Block], url: str = "") -> PageFacts:
    """Return what a page says, given its tree, its source and its blocks; `url` is where it was got."""
    said = _meta_elements(root)
    data = article_data(root)
    language = _language(root, said)
    address = _url(root, said, data, page) or url
    named = _first(said, _SOURCE) or name_in(data.get("publisher"))
    source = host(named) or named or host(address)
    published = _published(root, said, data, address, language)
    modified = read_moment(text_in(data.get("dateModified")) or _first(said, _MODIFIED), language)
    meta = {
        "published_at": published.whole,
        "modified": modified.whole or modified.day,
        "section": text_in(data.get("articleSection")) or _first(said, _SECTION),
        "description": _first(said, _DESCRIPTION) or text_in(data.get("description")),
    }
    return PageFacts(
        title=_title(root, said, data, found, source),
        author=_author(root, said, data),
        published=published.day,
        source=source,
        url=address,
        language=language,
        body=text_in(data.get("articleBody"), is_long=True),
        meta={name: value for name, value in meta.items() if value},
    )


def _meta_elements(root: Any) -> dict[str, str]:
    """Return the contents of meta elements by lower-case name; the first of a name counts."""
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        content = clean(meta.get("content") or "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(attribute) or "").strip().lower()
            if name and content:
                said.setdefault(name, content)
    return said


def _title(
    root: Any, said: Mapping[str, str], data: Data, found: Iterable[Block], source: str
) -> str:
    """Return the heading that readers see if it is what the page calls itself, else that name."""
    element = root.find(".//title")
    titles = [
        text_in(data.get("headline")),
        _without_site(said.get("og:title", ""), source),
        _without_site(clean(element.text or "") if element is not None else "", source),
        said.get("twitter:title", ""),
    ]
    words = set(_WORD.findall(" ".join(titles).casefold()))
    headings = [clean(block.text) for block in found if block.tag == "h1"]
    # A paper's own name may be the first heading.
    likest = max(headings, key=lambda heading: len(_own(heading) & words), default="")
    if likest != source and 2 * len(_own(likest) & words) > len(_own(likest)):
        return likest
    alone = headings[0] if len(headings) == 1 and not words else ""
    return alone or next(filter(None, titles), "")


def _own(heading: str) -> set[str]:
    return set(_WORD.findall(heading.casefold()))


def _without_site(title: str, source: str) -> str:
    """Return a title without the name of the paper behind it: "… | Le Devoir"."""
    match = re.fullmatch(r"(.{8,}?)\s+[|•·–—-]\s+([^|•·–—]{2,40})", title, re.DOTALL)
    if not match:
        return title
    behind, site = (_letters(part) for part in (match[2], source))
    return match[1] if site and (behind in site or site in behind) else title


def _author(root: Any, said: Mapping[str, str], data: Data) -> str:
    names = [name for name in names_in(data.get("author")) if not name.startswith("http")]
    if not names:
        names = [said[name] for name in _AUTHOR if not said.get(name, "http").startswith("http")][
            :1
        ]
    if not names:
        names = list(_bylines(root))
    cleaned = [_BY.sub("", name) for name in names]
    return ", ".join(dict.fromkeys(name for name in cleaned if name))


def _bylines(root: Any) -> Iterator[str]:
    """Yield the names in the first elements that say they name an author."""
    for path in _AUTHOR_PATHS:
        for element in root.xpath(path):
            text = clean(element.text_content())
            name = _BEHIND_NAME.sub("", _BY.sub("", text)).strip(" ,.")
            if 3 < len(name) <= 60 and len(name.split()) <= 7 and not re.search(r"[\d@:*]", name):
                yield name
                return


def _published(root: Any, said: Mapping[str, str], data: Data, url: str, language: str) -> Moment:
    stated = [text_in(data.get("datePublished")), *(said.get(name, "") for name in _PUBLISHED)]
    marked = (
        element.get("datetime") or element.get("content") or element.text or ""
        for path in (".//*[@itemprop='datePublished']", ".//time[@pubdate]", ".//time[@datetime]")
        for element in root.iterfind(path)
    )
    for source in (stated, marked):
        for value in source:
            moment = read_moment(value, language)
            if moment.day:
                return moment
    return read_moment(day_in(url))


def _url(root: Any, said: Mapping[str, str], data: Data, page: str) -> str:
    links = (link for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower())
    canonical = next((link.get("href") or "" for link in links), "").strip()
    og = said.get("og:url", "")
    saved = _SAVED_FROM.search(page[:4096])
    main = data.get("mainEntityOfPage")
    candidates = (
        absolute(og, canonical),
        og,
        text_in(data.get("url")),
        text_in(main.get("@id") if isinstance(main, dict) else main),
        saved[1] if saved else "",
    )
    return next((each for each in candidates if host(each)), "")


def _language(root: Any, said: Mapping[str, str]) -> str:
    spoken = root.get("lang") or root.get("xml:lang") or said.get("og:locale", "")
    spoken = spoken or said.get("content-language", "") or said.get("dc.language", "")
    match = re.match(r"\s*([a-zA-Z]{2,3})(?![a-zA-Z])", spoken)
    return match[1].lower() if match else ""


def _first(said: Mapping[str, str], names: Iterable[str]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())
