"""What the head of a press text says of it: section, title, author, dates, e-mail, language.

Everything is a guess, made only where the line leaves little doubt, and nothing is cut from the text.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from annotator.readers.datelines import read_dateline
from annotator.readers.small_words import guess_language

_HEAD_LINES = 40
_PARAGRAPH = 200
"""Code points: a longer line is the article itself, and the head ends before it."""

_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_BYLINE = re.compile(
    r"^(?:(?:propos recueillis|un texte|texte|écrit|publié|written|story|posted)\s+)?"
    r"(?:par|by)\s*:?\s+(?P<who>.+)$|^(?:auteure?|author|texte)\s*:\s*(?P<whom>.+)$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:[^\W\d_a-zà-öø-ÿ][\w’'.-]*|de|du|des|la|le|van|von|der|da|di|et|and|&|d[’'][\w-]+)"
)
_SECTIONS = """
    actualité · actualités · à la une · affaires · arts · arts et spectacles · communauté · consommation ·
    culture · débats · divertissement · économie · éditorial · éducation · enquête · environnement ·
    faits divers · finances · international · justice · local · monde · national · opinion · opinions ·
    politique · régional · santé · science · sciences · société · sport · sports · techno · technologie ·
    vie · business · community · education · entertainment · environment · health · life · lifestyle ·
    local news · money · news · politics · technology · top stories · world ·
"""


@dataclass(frozen=True, slots=True)
class Head:
    """What was found; "" where nothing was. `published` is an ISO date; `meta` has the rest."""

    title: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)


def read_head(text: str) -> Head:
    """Return what the first lines of an article say about it."""
    language = guess_language(text)
    lines = list(_head_lines(text))
    found: dict[str, str] = {}
    plain: list[tuple[int, str]] = []
    for number, line in enumerate(lines):
        if line and not _read_line(line, found, language):
            plain.append((number, line))
    _name_above_its_address(plain, found)
    section, title = _section_and_title(lines, plain, is_press=bool(found))
    meta = {
        "section": section,
        "email": found.get("email", ""),
        "modified": found.get("modified", ""),
    }
    return Head(
        title,
        found.get("author", ""),
        found.get("published", ""),
        language,
        {name: value for name, value in meta.items() if value},
    )


def _head_lines(text: str) -> Iterator[str]:
    """Yield the first lines, stripped, up to the first that is a paragraph."""
    for line in text[: _HEAD_LINES * _PARAGRAPH].split("\n", _HEAD_LINES)[:_HEAD_LINES]:
        if len(line) > _PARAGRAPH:
            return
        yield line.strip()


def _read_line(line: str, found: dict[str, str], language: str) -> bool:
    """Keep what a line of the head says; False when it is no dateline, byline or address."""
    parts = [part.strip() for part in re.split(r"\s*[|•·]\s*|\s+[-–—]\s+", line)]
    read = [_read_part(part, found, language) for part in parts if part]
    return any(read)


def _read_part(part: str, found: dict[str, str], language: str) -> bool:
    email = _EMAIL.search(part)
    if email and len(part) < len(email[0]) + 40:
        found.setdefault("email", email[0])
        rest = part.replace(email[0], "").strip(" ()<>,:")
        return (
            not rest
            or _read_part(rest, found, language)
            or rest.lower().startswith(("courriel", "e-mail"))
        )
    author = _author(part)
    if author:
        found.setdefault("author", author)
        return True
    dateline = read_dateline(part, language)
    if dateline and dateline.is_change:
        found.setdefault("modified", dateline.day + dateline.clock)
    elif dateline:
        found.setdefault("published", dateline.day)
    return dateline is not None


def _author(part: str) -> str:
    """Return the name in a byline, without the paper behind the comma; "" when it is no byline."""
    match = _BYLINE.match(part)
    if not match:
        return ""
    name = (match["who"] or match["whom"]).split(",")[0].strip()
    words = name.split()
    is_name = (
        1 <= len(words) <= 7 and len(name) <= 60 and all(_NAME.fullmatch(word) for word in words)
    )
    return name if is_name and words[0][0].isupper() else ""


def _name_above_its_address(plain: list[tuple[int, str]], found: dict[str, str]) -> None:
    """Take a line for the author when the e-mail's own name holds its last word: Ann Roy, aroy@…"""
    local = _letters(found.get("email", "").split("@")[0])
    if "author" in found or not local:
        return
    for entry in plain:
        words = entry[1].split()
        is_name = 2 <= len(words) <= 4 and all(_NAME.fullmatch(word) for word in words)
        if is_name and len(words[-1]) > 2 and _letters(words[-1]) in local:
            found["author"] = entry[1]
            plain.remove(entry)
            return


def _section_and_title(
    lines: list[str], plain: list[tuple[int, str]], *, is_press: bool
) -> tuple[str, str]:
    """Return the first lines that are neither dateline nor byline, if they can be what they seem."""
    if not plain:
        return "", ""
    (number, first), *others = plain
    is_parted = number + 1 < len(lines) and not lines[number + 1]
    known = f" {first.casefold()} ·" in _SECTIONS
    short = len(first.split()) <= 3 and len(first) <= 30 and first[-1] not in ".!?…»”"
    if others and is_parted and (known or (is_press and short)) and _is_title(others[0][1]):
        longer = len(others[0][1].split()) > len(first.split())
        if known or longer:
            return first, others[0][1]
    return "", first if _is_title(first) and len(lines) > 1 else ""


def _is_title(line: str) -> bool:
    return line[-1] not in ".,;:" or line.endswith("...")


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if c.isalpha())
