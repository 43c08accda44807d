"""Articles of the old LexisNexis, in text or HTML: each begins with “1 of 3 DOCUMENTS”."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotator.readers.databases.clippings import Clipping, part_copyright
from annotator.readers.databases.press_words import (
    COPYRIGHT,
    WORDS,
    author_of,
    digits,
    field_of,
    language_code,
    page_of,
)
from annotator.readers.datelines import find_date

START = re.compile(r"\s*(?:\d+ of \d+ DOCUMENTS?|Document \d+ de \d+|DOCUMENT \d+ DE \d+)\s*")
_CAPITALS = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý\u00a0 -]*[ \u00a0]?:")
_MOST_DATE = 200
_HEAD = 8
"""Paragraphs within which source and date stand."""


def paragraphs_of_text(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text file, whose lines were broken after 75 characters or so."""
    for part in re.split(r"\n[ \t]*\n\s*", text.replace("\f", "\n\n")):
        lines = [line.strip(" \t") for line in part.split("\n")]
        if any(lines):
            yield " ".join(line for line in lines if line)


def clippings_of_old(paragraphs: Iterable[str]) -> Iterator[Clipping]:
    """Yield the articles; what stands before the first is none."""
    article: list[str] | None = None
    for paragraph in paragraphs:
        if START.fullmatch(paragraph):
            if article:
                yield _clipping(article)
            article = []
        elif article is not None:
            article.append(paragraph)
    if article:
        yield _clipping(article)


def _clipping(paragraphs: Sequence[str]) -> Clipping:
    dated = [n for n, each in enumerate(paragraphs[:_HEAD]) if _is_date(each)]
    at = dated[0] if dated else 0
    source = [each for each in paragraphs[:at] if not COPYRIGHT.match(each)]
    rights = [each for each in paragraphs[:at] if COPYRIGHT.match(each)]
    said, title, body = _below(paragraphs[at + 1 :] if dated else paragraphs)
    text, more = part_copyright(body)
    count = WORDS.search(said.pop("length", ""))
    section = said.pop("section", "")
    meta: dict[str, Any] = {
        **said,
        "words": digits(count[1]) if count else "",
        "section": re.split(r"\s*;\s*", section)[0] if re.search(r"[^\W\d_]{4}", section) else "",
        "page": said.get("page") or page_of(section),
        "copyright": " ".join([*rights, more]).strip(),
    }
    language = language_code(str(meta.pop("language", "")))
    author = author_of(str(meta.pop("author", "")))
    date = paragraphs[at] if dated else said.get("load_date", "")
    return Clipping(text, title, author, date, source[-1] if source else "", language, meta)


def _below(paragraphs: Sequence[str]) -> tuple[dict[str, str], str, list[str]]:
    """Return what fields above and below the text say, the headline, and the paragraphs of the text."""
    fields = [_field(each) for each in paragraphs]
    first = next((n for n, field in enumerate(fields) if field), 0)
    above = first
    while above < len(fields) and fields[above]:
        above += 1
    below = len(fields)
    while below > above and (fields[below - 1] or COPYRIGHT.match(paragraphs[below - 1])):
        below -= 1
    rights = [p for p in paragraphs[below:] if COPYRIGHT.match(p)]
    said: dict[str, str] = {}
    for field in (*fields[first:above], *fields[below:]):
        if field:
            said.setdefault(field[0], field[1])
    title = " ".join(paragraphs[:first])
    return said, title, [*paragraphs[above:below], *rights]


def _field(paragraph: str) -> tuple[str, str] | None:
    """Return a field; here their names are in capitals."""
    field = field_of(paragraph)
    return (field.name, field.value) if field and _CAPITALS.match(paragraph) else None


def _is_date(paragraph: str) -> bool:
    return (
        len(paragraph) <= _MOST_DATE
        and find_date(paragraph, "fr") is not None
        and not _field(paragraph)
    )
