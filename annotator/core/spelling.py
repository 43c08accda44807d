"""Spellings of one string: written differently in articles, the same to whoever labels it."""

import re
import unicodedata
from itertools import product

_APOSTROPHES = "'’‘ʼ`´′"
_ALIKE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_WRITTEN = ("'", "’")
"""The apostrophes that newspapers print; others are known when they are met, but not looked up."""

_BLANKS = (" ", "\u00a0", "\u202f", "\n")
_ELIDED = re.compile(r"[ldLD]'(?=\w)")
_POSSESSIVE = re.compile(r"(?<=\w)'[sS]$")
_OPEN = frozenset("aeiouyhœæ")
"""Letters before which an article is elided, without their accents."""

_FEWEST = 2
"""Letters that a string must have to be compared with others."""

LONGEST = 80
"""Code points of the strings that are compared: what the index of labelled words holds."""


def key_of(words: str) -> str:
    """Return what all spellings of a string have in common; "" when it is too short, or too long, to compare.

    Composed and decomposed letters are the same, and so are kinds of apostrophe and of blank. The case of
    the first letter, an elided article before it (l’, d’) and a possessive behind it ('s) do not count.
    """
    if len(words) > LONGEST:
        return ""
    bare = _bare(words)
    if sum(map(str.isalpha, bare)) < _FEWEST:
        return ""
    return _small(bare[0]) + bare[1:]


def spellings(words: str) -> tuple[str, ...]:
    """Return the spellings of a string that an index is asked for, the string itself first.

    They are those that newspapers print, all apostrophes of a string of one kind and all its blanks, too:
    some hundreds at the most.
    """
    bare = _bare(words)
    found = [words.strip(), bare]
    if bare:
        found += [
            unicodedata.normalize(form, f"{head}{first}{rest}{tail}")
            for first in _cased(bare[0])
            for rest in _rests(bare[1:])
            for head, tail in _ends(bare[0])
            for form in ("NFC", "NFD")
        ]
    return tuple(dict.fromkeys(each for each in found if 0 < len(each) <= LONGEST))


def _bare(words: str) -> str:
    """Return words composed, their apostrophes and blanks alike, without article and possessive."""
    if words.isascii():
        plain = " ".join(words.split())
    else:
        plain = " ".join(unicodedata.normalize("NFC", words).translate(_ALIKE).split())
    if "'" not in plain:
        return plain
    bare = _POSSESSIVE.sub("", plain)
    return bare[2:] if _ELIDED.match(bare) else bare


def _rests(rest: str) -> list[str]:
    apostrophes = _WRITTEN if "'" in rest else ("'",)
    blanks = _BLANKS if " " in rest else (" ",)
    return [
        rest.replace("'", sign).replace(" ", blank) for sign, blank in product(apostrophes, blanks)
    ]


def _ends(first: str) -> list[tuple[str, str]]:
    """Return what may stand before and behind a string: nothing, an article or a possessive."""
    ends = [("", ""), *(("", f"{sign}s") for sign in _WRITTEN)]
    if unicodedata.normalize("NFD", first)[0].lower() in _OPEN:
        ends += [(f"{letter}{sign}", "") for letter in "lLdD" for sign in _WRITTEN]
    return ends


def _cased(sign: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys((sign, _small(sign), sign.upper() if len(sign.upper()) == 1 else sign))
    )


def _small(sign: str) -> str:
    """Return a letter small, if that is one letter too: İ is not."""
    small = sign.lower()
    return small if len(small) == 1 else sign
