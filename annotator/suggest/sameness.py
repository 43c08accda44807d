"""Whether two mentions in one article mean the same one, as far as their words tell."""

from functools import lru_cache
from typing import NamedTuple

from annotator.suggest import wording

_LETTERS = 8
"""Letters that an abbreviation may have."""


class Said(NamedTuple):
    """What is compared of a mention: the words of its name, and all its words but the determiner."""

    name: tuple[str, ...]
    words: tuple[str, ...]
    form: wording.Form
    gender: str
    is_plural: bool


@lru_cache(maxsize=4096)
def read(mention: str, *, is_plural: bool) -> Said:
    """Return what is compared of a mention that begins with a word for several, or not."""
    said = wording.read(mention)
    words = wording.bare(said.words)
    return Said(wording.plainly(said.name) or words, words, said.form, said.gender, is_plural)


def is_same(one: Said, other: Said) -> bool:
    """Tell whether the words of one mention begin or end those of another, or abbreviate them."""
    return _is_part(one.words, other.words) or _is_part(one.name, other.name)


def _is_part(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if not short:
        return not long
    if short[0] in (long[0], long[-len(short)]) and short in (
        long[: len(short)],
        long[-len(short) :],
    ):
        return True
    is_letters = len(short) == 1 and 1 < len(short[0]) <= _LETTERS and len(long) > 1
    return is_letters and short[0][0] == long[0][0] and short[0] in wording.initials(long)


def contradicts(pronoun: Said, other: Said) -> bool:
    """Tell whether a pronoun cannot stand for a mention: another gender, or one instead of several."""
    if pronoun.form != "pronoun":
        return False
    if pronoun.is_plural != other.is_plural:
        return True
    return bool(pronoun.gender and other.gender) and pronoun.gender != other.gender
