"""The fields of a Factiva article: by two-letter codes, or by the place of their lines in its head."""

import re
from collections.abc import Mapping, Sequence

from annotator.readers.databases.clippings import Clipping, part_copyright
from annotator.readers.databases.press_words import (
    COPYRIGHT,
    WORDS,
    author_of,
    digits,
    language_code,
    page_of,
)
from annotator.readers.datelines import find_date

CODES: Mapping[str, str] = {
    "SE": "section",
    "CLM": "column",
    "PG": "page",
    "ED": "edition",
    "VOL": "issue",
    "SC": "source_code",
    "CY": "copyright",
    "CR": "credit",
    "ART": "caption",
    "CO": "company",
    "IN": "industry",
    "NS": "subject",
    "RE": "place",
    "IPC": "codes",
    "IPD": "descriptors",
    "PUB": "publisher",
    "CT": "contact",
    "RF": "reference",
}
"""What the codes that have no place of their own in an article become in its metadata."""

ALL_CODES = frozenset((*CODES, "HD", "BY", "WC", "PD", "ET", "SN", "LA", "LP", "TD", "AN"))
NUMBER = re.compile(r"(?:AN[\t|\s]*)?Document[\s\u00a0]+([A-Z][A-Za-z0-9]{9,})")
"""The line that ends an article; in all languages of Factiva it is written so."""

_SOURCE_CODE = re.compile(r"[A-Z0-9]{2,12}")
_CLOCK = re.compile(r"\d{1,2}[:h]\d{2}(?:\s*[AP]M)?(?:\s*[A-Z]{3,4})?", re.IGNORECASE)
_HEAD = 12
"""Lines within which the number of words stands."""


def of_codes(said: Mapping[str, str], paragraphs: Sequence[str], language: str) -> Clipping:
    """Return the article that codes describe; `paragraphs` are those of LP and TD."""
    number = NUMBER.search(said.get("AN", ""))
    words = WORDS.search(said.get("WC", ""))
    text, rights = part_copyright(paragraphs)
    meta = {name: said[code] for code, name in CODES.items() if said.get(code)}
    return Clipping(
        text,
        title=said.get("HD", ""),
        author=author_of(said.get("BY", "")),
        date=" ".join(filter(None, (said.get("PD", ""), said.get("ET", "")))),
        source=said.get("SN", ""),
        language=language_code(said.get("LA", "")) or language,
        meta={
            "id": number[1] if number else said.get("AN", ""),
            "words": digits(words[1]) if words else digits(said.get("WC", "")),
            **({"copyright": rights} if rights else {}),
            **meta,
            "page": page_of(f"p. {meta['page']}") if "page" in meta else "",
        },
    )


def of_lines(
    lines: Sequence[str],
    paragraphs: Sequence[str] | None = None,
    title: str = "",
    language: str = "",
) -> Clipping | None:
    """Return the article whose fields stand line by line, in an order that is always the same.

    Headline, author, words, date, time, source, its code, page, language, copyright; some may be
    missing. Then comes the text, unless its paragraphs are given. None when there is no such head.
    """
    at = next((n for n, line in enumerate(lines[:_HEAD]) if WORDS.fullmatch(line.strip())), None)
    if at is None:
        return None
    rest = [line.strip() for line in lines[at + 1 :]]
    date = rest.pop(0) if rest and find_date(rest[0], "fr") else ""
    clock = rest.pop(0) if rest and _CLOCK.fullmatch(rest[0]) else ""
    source = rest.pop(0) if rest else ""
    meta = _placed(rest)
    spoken = language_code(rest[0]) if rest else ""
    if spoken:
        rest.pop(0)
    if rest and (COPYRIGHT.match(rest[0]) or _is_rights(rest[0])):
        meta["copyright"] = rest.pop(0)
    head = _heading([line.strip() for line in lines[:at]], title)
    words = WORDS.search(lines[at])
    number = next((match[1] for line in reversed(rest) if (match := NUMBER.fullmatch(line))), "")
    text = (
        [line for line in rest if not NUMBER.fullmatch(line)] if paragraphs is None else paragraphs
    )
    kept, rights = part_copyright(text)
    meta |= {
        "id": number,
        "words": digits(words[1]) if words else "",
        "section": head.pop("section"),
    }
    meta.setdefault("copyright", rights)
    return Clipping(
        kept,
        date=f"{date} {clock}".strip(),
        source=source,
        language=spoken or language,
        meta=meta,
        **head,
    )


def _placed(rest: list[str]) -> dict[str, str]:
    """Take the lines between source and language: the code of the source, a page, an edition."""
    meta: dict[str, str] = {}
    if rest and _SOURCE_CODE.fullmatch(rest[0]):
        meta["source_code"] = rest.pop(0)
    ends = next((n for n, line in enumerate(rest[:4]) if language_code(line)), None)
    for line in rest[:ends] if ends else ():
        meta["page" if re.match(r"[A-Z]{0,4}\d", line) else "edition"] = line
    del rest[: ends or 0]
    return meta


def _heading(lines: list[str], title: str) -> dict[str, str]:
    """Tell section, headline and author apart: one line is the headline, a name behind it the author."""
    lines = [line for line in lines if line]
    if title in lines:
        at = lines.index(title)
    else:
        at = int(len(lines) > 2 or (len(lines) == 2 and not _is_name(lines[1], lines[0])))
    below = lines[at + 1 : at + 2] if lines else []
    return {
        "section": lines[at - 1] if at else "",
        "title": title or (lines[at] if lines else ""),
        "author": author_of(below[0]) if below else "",
    }


def _is_name(line: str, headline: str) -> bool:
    words = line.split()
    if re.match(r"(?:by|par)\s", line, re.IGNORECASE):
        return True
    capital = sum(word[0].isupper() for word in words)
    return len(words) <= 8 and len(line) < len(headline) and 2 * capital > len(words) > 1


def _is_rights(line: str) -> bool:
    return len(line) < 300 and bool(
        re.search(r"©|\(c\)|copyright|droits|rights", line, re.IGNORECASE)
    )
