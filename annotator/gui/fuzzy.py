"""Ranks names by a few letters typed: words' beginnings count most, accents and capitals do not count."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def rank(letters: str, things: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """Return the things whose names have the letters in this order, the best first; all for no letters."""
    wanted = plain(letters).replace(" ", "")
    if not wanted:
        return list(things)
    scored = [(score(wanted, plain(name(thing))), thing) for thing in things]
    found = [(points, thing) for points, thing in scored if points is not None]
    return [thing for _points, thing in sorted(found, key=lambda pair: -pair[0])]


def score(wanted: str, name: str) -> float | None:
    """Return how well the letters fit a name, None when they do not stand in it in this order."""
    best: float | None = None
    for start, char in enumerate(name):
        if char == wanted[0]:
            for leaps in (False, True):
                points = _from(wanted, name, start, leaps=leaps)
                if points is not None and (best is None or points > best):
                    best = points
    return best


def plain(text: str) -> str:
    """Return the text in lower case without accents."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _from(wanted: str, name: str, start: int, *, leaps: bool) -> float | None:
    """Follow the letters from `start`; each is worth more at the beginning of a word or behind another.

    With `leaps`, a letter that does not follow at once is looked for where a word begins.
    """
    points, place = 0.0, start - 1
    for char in wanted:
        found = name.find(char, place + 1)
        if found < 0:
            return None
        if leaps and found != place + 1:
            begins = _word_beginning(char, name, place + 1)
            found = begins if begins >= 0 else found
        points += 3 if found == place + 1 else 0
        points += 2 if found == 0 or not name[found - 1].isalnum() else 0
        points -= (found - place - 1) * 0.05
        place = found
    return points - len(name) * 0.01


def _word_beginning(char: str, name: str, start: int) -> int:
    for place in range(start, len(name)):
        if name[place] == char and (place == 0 or not name[place - 1].isalnum()):
            return place
    return -1
