"""Finds where a phrase occurs in a text: exact to the code point, in time linear in the text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from annotator.core.tokens import iterate

Range = tuple[int, int]

_APOSTROPHES = "'’‘ʼ`´′"
_HYPHENS = "-‐‑‒–"
_JOINING = frozenset(_APOSTROPHES + _HYPHENS)
_LIGATURES = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"}
_ELISION = re.compile(
    rf"(?:[cçdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)[{_APOSTROPHES}](?=\w)", re.IGNORECASE
)
_POSSESSIVE = re.compile(rf"(?<=\w)(?:[{_APOSTROPHES}]s|(?<=s)[{_APOSTROPHES}])$", re.IGNORECASE)
_BLANK = re.compile(r"\s+")
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f"
"""Marks that belong to the sign before them. Not all there are: a pattern has this class many times."""

_MARK = re.compile(f"[{_MARKS}]")

_LONGEST_RUN = 80
"""Code points to either side that are looked at to tell what a hyphen or an apostrophe joins."""

_SHORTEST_INFLECTED = 3

_MOST_APOSTROPHES = 4
"""Apostrophes of a phrase up to which each may be of a kind of its own."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a phrase an occurrence must be; by default in whole words, capitals alike.

    Without `accents`, é is e and œ is oe. `inflected` takes a plural for the singular and the other
    way round, and an elision before the phrase (l’) or a possessive behind it ('s) for no part of it.
    Blanks of every kind, line ends too, are one blank; so are all kinds of apostrophe and of hyphen;
    composed and decomposed letters are the same.
    """

    whole: bool = True
    case: bool = True
    accents: bool = False
    inflected: bool = False


class Finder:
    """Finds several phrases at once. `phrases` are those that are looked for, the longest first."""

    def __init__(self, phrases: Iterable[str], likeness: Likeness) -> None:
        self.likeness = likeness
        bare = (_without_ends(each) if likeness.inflected else each.strip() for each in phrases)
        self.phrases = tuple(sorted(dict.fromkeys(filter(None, bare)), key=len, reverse=True))
        firsts = sorted({first for each in self.phrases for first in _firsts(each, likeness)})
        full = "|".join(_pattern(each, likeness) for each in self.phrases)
        # A class of first signs is searched for far more quickly than a choice of patterns.
        self._pattern = re.compile(
            f"{_one_of(firsts)}(?<=(?=({full}))[\\s\\S])" if full else "(?!)"
        )

    def ranges(self, text: str) -> Iterator[Range]:
        """Yield where the phrases occur, in text order; none overlaps another."""
        at = 0
        while match := self._pattern.search(text, at):
            start, end = match.span(1)
            if not self.likeness.whole or is_whole(text, start, end):
                yield start, end
                at = end
            else:
                at = start + 1


def variants(phrase: str, likeness: Likeness) -> list[tuple[tuple[str, ...], ...]]:
    """Return what a word index is to be asked for, so that no text with the phrase is missed.

    The outer list is a choice; each choice is words that must all be there, each of them in one of its
    forms. Words are runs of letters and digits; case is the index's business. Of a phrase without any
    the index knows nothing: the list is empty.
    """
    composed = unicodedata.normalize("NFC", phrase)
    spelled = (
        {composed, unicodedata.normalize("NFD", composed)} if _is_foreign(composed) else {composed}
    )
    if not likeness.accents:
        spelled |= {_spelled_out(each) for each in spelled} | {_drawn(each) for each in spelled}
    spelled = {other for each in spelled for other in _with_apostrophes(each)}
    found = {_words_of(each, likeness) for each in spelled}
    return sorted(found) if all(found) else []


def _with_apostrophes(phrase: str) -> Iterator[str]:
    """Yield a phrase with each kind of apostrophe: one of them is a letter to Unicode and to the index."""
    parts = re.split(f"[{_APOSTROPHES}]", phrase)
    if len(parts) > _MOST_APOSTROPHES + 1:
        yield from (sign.join(parts) for sign in "'ʼ")
        return
    for signs in product("'ʼ", repeat=len(parts) - 1):
        yield "".join(map("".join, zip(parts, (*signs, ""), strict=True)))


def _is_foreign(phrase: str) -> bool:
    """Tell whether there are letters whose accents an index may not know to be accents."""
    return any(
        not char.isascii() for char in unicodedata.normalize("NFD", phrase) if char.isalpha()
    )


def _words_of(phrase: str, likeness: Likeness) -> tuple[tuple[str, ...], ...]:
    # An underscore is no letter to the index: a word of nothing else is not in it.
    words = [each for each in re.findall(rf"[\w{_MARKS}]+", phrase) if each.strip("_")]
    return tuple(_forms(word) if likeness.inflected else (word,) for word in words)


def _without_ends(phrase: str) -> str:
    """Return a phrase without the elision before it and the possessive behind it."""
    bare = phrase.strip()
    return _POSSESSIVE.sub("", _ELISION.sub("", bare, count=1) if _ELISION.match(bare) else bare)


def _pattern(phrase: str, likeness: Likeness) -> str:
    """Return a pattern for a phrase, with its boundaries if whole words are wanted."""
    composed = unicodedata.normalize("NFC", phrase)
    parts = []
    for part in re.findall(rf"\s+|[\w{_MARKS}]+|[^\w\s]", composed):
        if _BLANK.match(part):
            parts.append(r"\s++")
        elif part[0].isalnum() or part[0] == "_":
            parts.append(_word_pattern(part, likeness))
        else:
            parts.append(_letters(part, likeness))
    inner = "".join(parts)
    if not likeness.whole:
        return f"{inner}(?![{_MARKS}])"
    before = rf"(?<![\w{_MARKS}])" if _is_of_word(composed[0]) else ""
    behind = rf"(?![\w{_MARKS}])" if _is_of_word(composed[-1]) else f"(?![{_MARKS}])"
    return before + inner + behind


def _word_pattern(word: str, likeness: Likeness) -> str:
    if not likeness.inflected:
        return _letters(word, likeness)
    forms = sorted(_forms(word), key=len, reverse=True)
    return "(?:" + "|".join(_letters(form, likeness) for form in forms) + ")"


def _forms(word: str) -> tuple[str, ...]:
    """Return a word with its likely plurals and singulars, itself first."""
    if len(word) < _SHORTEST_INFLECTED or not word[-1].isalpha():
        return (word,)
    found = [word]
    small = word.lower()
    if small[-1] not in "sxz":
        found += [word + "s", word + "x"]
    elif small[-1] != "z" and len(word) > _SHORTEST_INFLECTED:
        found += [word[:-1], word[:-1] + ("x" if small[-1] == "s" else "s")]
    if small.endswith("al"):
        found.append(word[:-1] + "ux")
    elif small.endswith("aux") and len(word) > _SHORTEST_INFLECTED + 1:
        found.append(word[:-2] + "l")
    return tuple(each.upper() if word.isupper() else each for each in found)


def _letters(word: str, likeness: Likeness) -> str:
    """Return a pattern for signs one after another."""
    parts = []
    at = 0
    while at < len(word):
        end = at + 1
        while end < len(word) and _is_mark(word[end]):
            end += 1
        if not likeness.accents and (pair := _ligature(word[at : at + 2])):
            parts.append(_ligature_pattern(word[at : at + 2], pair, likeness))
            at += 2
            continue
        parts.append(_cluster(word[at:end], likeness))
        at = end
    return "".join(parts)


def _cluster(cluster: str, likeness: Likeness) -> str:
    """Return a pattern for one sign with the marks that belong to it."""
    first = cluster[0]
    if first in _APOSTROPHES:
        return f"[{re.escape(_APOSTROPHES)}]"
    if first in _HYPHENS:
        return f"[{re.escape(_HYPHENS)}]"
    if not likeness.accents and (signs := _accented(first, case=likeness.case)):
        ligature = _LIGATURES.get(first)
        one = _ligature_pattern(first, first, likeness) if ligature else _one_of(signs)
        return f"{one}[{_MARKS}]*+"
    written = sorted(
        {
            unicodedata.normalize(form, sign + cluster[1:])
            for sign in _cased(first, case=likeness.case)
            for form in ("NFC", "NFD")
        },
        key=lambda each: (-len(each), each),
    )
    return f"(?:{'|'.join(map(re.escape, written))})(?![{_MARKS}])"


def _ligature(pair: str) -> str:
    """Return the ligature of two letters, "" when they have none."""
    if len(pair) < 2:
        return ""
    drawn = {"oe": "œ", "ae": "æ"}.get(pair.lower(), "")
    return drawn.upper() if drawn and pair[0].isupper() else drawn


def _ligature_pattern(written: str, sign: str, likeness: Likeness) -> str:
    """Return a pattern for œ and oe, whichever of them is looked for."""
    spelled = _LIGATURES[sign]
    options = {written, sign, spelled, spelled[0] + spelled[1].lower()}
    if not likeness.case:
        options |= {sign.lower(), sign.upper()}
        options |= {one + other for one in _cased(spelled[0]) for other in _cased(spelled[1])}
    choice = sorted(options, key=lambda each: (-len(each), each))
    return f"(?:{'|'.join(choice)})[{_MARKS}]*+"


def _firsts(phrase: str, likeness: Likeness) -> Iterator[str]:
    """Yield every sign with which an occurrence of a phrase may begin."""
    composed = unicodedata.normalize("NFC", phrase)
    first = composed[0]
    for kind in (_APOSTROPHES, _HYPHENS):
        if first in kind:
            yield from kind
    if first in _LIGATURES or _ligature(composed[:2]):
        for sign in (first, _LIGATURES.get(first, first)[0], _ligature(composed[:2])):
            yield from _cased(sign) if sign else ()
    if not likeness.accents:
        yield from _accented(first, case=likeness.case)
    for sign in _cased(first, case=likeness.case):
        yield sign
        yield unicodedata.normalize("NFD", sign)[0]


def _cased(sign: str, *, case: bool = False) -> tuple[str, ...]:
    """Return a sign as it may be written: small and large, unless the case counts."""
    if case:
        return (sign,)
    found = {sign, sign.lower(), sign.upper(), sign.title()}
    return tuple(sorted(each for each in found if len(each) == 1))


def _accented(sign: str, *, case: bool) -> tuple[str, ...]:
    """Return a Latin letter with every accent it may carry; nothing for other signs."""
    if sign in _LIGATURES:
        return _cased(sign, case=case)
    base = unicodedata.normalize("NFD", sign)[0]
    by_base = _latin()
    return tuple(each for one in _cased(base, case=case) for each in by_base.get(one, ()))


@cache
def _latin() -> dict[str, tuple[str, ...]]:
    """Return the Latin letters that are a letter of ASCII with accents, by that letter."""
    found = {chr(code): [chr(code)] for code in (*range(65, 91), *range(97, 123))}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base, *rest = list(unicodedata.normalize("NFD", chr(code)))
        if rest and base in found:
            found[base].append(chr(code))
    return {base: tuple(signs) for base, signs in found.items()}


def _spelled_out(phrase: str) -> str:
    return "".join(_LIGATURES.get(char, char) for char in phrase)


def _drawn(phrase: str) -> str:
    return re.sub("[oO][eE]", "œ", re.sub("[aA][eE]", "æ", phrase))


def _one_of(signs: Sequence[str]) -> str:
    return f"[{''.join(map(re.escape, signs))}]"


def _is_mark(char: str) -> bool:
    return _MARK.match(char) is not None


def _is_of_word(char: str) -> bool:
    return char.isalnum() or char == "_" or _is_mark(char)


def is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a range is whole words where a hyphen or an apostrophe touches it.

    Our own tokens say so: Jean is no word of Saint-Jean, Élysée is one of l’Élysée.
    """
    left, right = start, end
    joins_before = start > 0 and text[start - 1] in _JOINING and _is_of_word(text[start])
    joins_behind = end < len(text) and text[end] in _JOINING and _is_of_word(text[end - 1])
    if joins_before:
        lowest = max(0, start - _LONGEST_RUN)
        while left > lowest and _runs_on(text[left - 1]):
            left -= 1
    if joins_behind:
        highest = min(len(text), end + _LONGEST_RUN)
        while right < highest and _runs_on(text[right]):
            right += 1
    if (left, right) == (start, end):
        return True
    tokens = list(iterate(text, left, right))
    begins = not joins_before or any(each[0] == start for each in tokens)
    return begins and (not joins_behind or any(each[1] == end for each in tokens))


def _runs_on(char: str) -> bool:
    return char in _JOINING or _is_of_word(char)
