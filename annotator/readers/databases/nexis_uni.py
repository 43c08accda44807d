"""Articles of Nexis Uni and Lexis+, paragraph by paragraph: head, body, classification, end."""

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
from annotator.readers.small_words import words

# Lines that part an article, as English and French call them.
_END = words("end-of-document fin-de-document fin-du-document")
_BODY = words("body corps corps-de-l'article")
_REST = words(
    "classification graphic graphique load-date date-de-chargement notes notes-de-l'article"
)
_PARTS = words("classification graphic graphique")
_COVER = re.compile(
    r"(?:User Name|Date and Time|Job Number|Documents? \(\d+\)|Client/Matter|Search Terms|Search Type"
    r"|Nom d'utilisateur|Date et heure|Numéro de tâche|Termes de recherche|Type de recherche)",
    re.IGNORECASE,
)
_MOST_DATE = 120
"""Code points: a line that holds a date and is longer is no dateline."""


def is_end(line: str) -> bool:
    """Tell the line that ends an article."""
    return _word(line) in _END


def clippings_of_uni(lines: Iterable[str]) -> Iterator[Clipping]:
    """Yield the articles of lines that say something; what stands behind the last end is none."""
    article: list[str] = []
    for line in lines:
        if is_end(line):
            if article:
                yield _clipping(article)
            article = []
        else:
            article.append(line)
    if article and any(_word(line) in _BODY for line in article):
        # The last end is missing: the file was cut.
        yield _clipping(article)


def _clipping(lines: Sequence[str]) -> Clipping:
    head, body, rest = _parted(lines)
    said, plain = _fields(head)
    placed = _placed(plain)
    more, graphic = _fields(rest)
    said = {**more, **said}
    language = language_code(said.pop("language", ""))
    paragraphs, rights = part_copyright(body)
    count = WORDS.search(said.pop("length", ""))
    section = said.pop("section", "")
    meta: dict[str, Any] = {
        **said,
        "words": digits(count[1]) if count else "",
        "section": re.split(r"\s*;\s*", section)[0] if section and not _is_page(section) else "",
        "page": said.get("page") or page_of(section),
        "copyright": placed.pop("copyright", "") or rights,
        "graphic": said.get("graphic", "") or " ".join(_without_words(graphic)),
    }
    meta.pop("author", None)
    return Clipping(
        paragraphs,
        title=placed["title"] or said.get("title", ""),
        author=author_of(said.get("author", "")),
        date=placed["date"] or said.get("load_date", ""),
        source=placed["source"],
        language=language,
        meta=meta,
    )


def _parted(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Return head, body and the rest; without the word Body, the body begins behind the last field."""
    starts = [n for n, line in enumerate(lines) if _word(line) in _BODY]
    if starts:
        head, body = lines[: starts[0]], lines[starts[0] + 1 :]
    else:
        fields = [n for n, line in enumerate(lines[:20]) if field_of(line)]
        behind = fields[-1] + 1 if fields else min(3, len(lines))
        head, body = lines[:behind], lines[behind:]
    end = _end(body)
    return head, body[:end], body[end:]


def _end(body: Sequence[str]) -> int:
    """Return where the text ends: at the last of these words, else before the last lines of fields."""
    last = {_word(line): n for n, line in enumerate(body) if _word(line) in _PARTS}
    if last:
        return min(last.values())
    end = len(body)
    while end and _is_rest(body[end - 1]):
        end -= 1
    return end


def _is_rest(line: str) -> bool:
    return _word(line) in _REST or field_of(line) is not None


def _fields(lines: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return what the lines with a field say, and the lines without one."""
    said: dict[str, str] = {}
    plain: list[str] = []
    for line in lines:
        field = field_of(line)
        if field:
            said.setdefault(field.name, field.value)
        else:
            plain.append(line)
    return said, plain


def _placed(lines: Sequence[str]) -> dict[str, str]:
    """Tell headline, source, date and copyright by their order; a cover page may stand before them."""
    covered = [n for n, line in enumerate(lines) if _COVER.match(line)]
    lines = lines[covered[-1] + 1 :] if covered else lines
    rights = [line for line in lines if COPYRIGHT.match(line)]
    lines = [line for line in lines if line not in rights]
    dated = [n for n, line in enumerate(lines) if len(line) <= _MOST_DATE and find_date(line, "fr")]
    at = (
        (dated[-1] if covered else next((n for n in dated if n > 1), dated[0]))
        if dated
        else len(lines)
    )
    heading = lines[:at]
    if covered:
        heading = heading[-2:]
    return {
        "title": " ".join(heading[:-1]) if len(heading) > 1 else "".join(heading),
        "source": heading[-1] if len(heading) > 1 else "",
        "date": lines[at] if at < len(lines) else "",
        "copyright": " ".join(rights),
    }


def _without_words(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if _word(line) not in _REST]


def _is_page(section: str) -> bool:
    return bool(page_of(section)) and not re.search(r";|[^\W\d_]{4}", section)


def _word(line: str) -> str:
    """Return a line as these tables spell it."""
    return re.sub(r"[ \u00a0]+", "-", line.strip(" \u00a0\t\n:").casefold().replace("’", "'"))
