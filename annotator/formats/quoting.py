"""Places in a text by what is quoted there: exactly, else with other blanks; the context decides."""

import re
from typing import NamedTuple


class Quoted(NamedTuple):
    """What a file says of a place: the words, those before and after, and where it thinks they are."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    near: int = -1


def find(text: str, quoted: Quoted) -> tuple[int, int] | None:
    """Return where the words stand, None where they do not, or in several places equally well.

    White space of any kind stands for white space of any kind, if they are not there exactly.
    """
    found = _exactly(text, quoted.exact) or _loosely(text, quoted.exact)
    if len(found) < 2:
        return found[0] if found else None
    ranked = sorted(found, key=lambda place: _rank(text, place, quoted))
    best, second = ranked[:2]
    return None if _rank(text, best, quoted) == _rank(text, second, quoted) else best


def _exactly(text: str, exact: str) -> list[tuple[int, int]]:
    found = []
    at = text.find(exact)
    while exact and at >= 0:
        found.append((at, at + len(exact)))
        at = text.find(exact, at + 1)
    return found


def _loosely(text: str, exact: str) -> list[tuple[int, int]]:
    words = exact.split()
    if not words:
        return []
    pattern = r"\s+".join(map(re.escape, words))
    return [match.span() for match in re.finditer(pattern, text)]


def _rank(text: str, place: tuple[int, int], quoted: Quoted) -> tuple[int, int]:
    """Return the less the better a place fits: by its context, then by how far it is."""
    start, end = place
    before = _alike(text[:start][::-1], quoted.prefix[::-1])
    after = _alike(text[end:], quoted.suffix)
    return -(before + after), abs(start - quoted.near) if quoted.near >= 0 else 0


def _alike(text: str, other: str) -> int:
    count = 0
    for one, two in zip(text, other, strict=False):
        if one != two and not (one.isspace() and two.isspace()):
            break
        count += 1
    return count
