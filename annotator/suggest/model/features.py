"""What the model sees of a text: for each token of each sentence its features, as bytes.

Of each word the features are made once and kept: most tokens of a corpus are words seen before.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from annotator.core.sentences import sentences
from annotator.core.tokens import UNSEEN, Range, tokens
from annotator.suggest.lexicon import Lexicon, lexicon
from annotator.suggest.model.names import Known

VERSION = 1
"""Goes up with every change of the features: a model that was trained with others sees nothing."""

Sequence_ = list[list[bytes]]
"""The features of a sentence, token by token."""

_CLASSES = (
    *("female", "male", "neutral", "roles", "organisations", "groups", "documents", "titled"),
    *("determiners", "prepositions", "genitive", "coordinators", "subjects", "auxiliaries"),
    *("time", "objects", "subordinators", "adverbs"),
)
"""The sets of the lexicons whose members are told apart; both languages count together."""

_MOST = 200_000
_UNSEEN = re.compile(f"[{UNSEEN}]")
_ALIKE = str.maketrans("’ʼ‐‑", "''--")


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of a sentence as ranges of the article, and their words in small letters.

    `features` are those that stay the same whatever names are known.
    """

    ranges: list[Range]
    lower: list[str]
    features: Sequence_

    def with_names(self, known: Known) -> Sequence_:
        """Return the features, those of the names that are known with them."""
        flags = known.flags(self.lower)
        words = [known.word(word) for word in self.lower]
        found: Sequence_ = []
        for place, own in enumerate(self.features):
            more = own
            if (flag := flags[place]) or words[place]:
                more = [*own, _named(b"g=", flag), _named(b"v=", words[place])]
            if place and (flags[place - 1] or words[place - 1]):
                before = _named(b"-g=", flags[place - 1]), _named(b"-v=", words[place - 1])
                more = [*more, *before]
            if place + 1 < len(flags) and (flags[place + 1] or words[place + 1]):
                behind = _named(b"+g=", flags[place + 1]), _named(b"+v=", words[place + 1])
                more = [*more, *behind]
            found.append(more)
        return found


@dataclass(frozen=True, slots=True)
class _Word:
    """The features of a word itself, and those it gives to the words around it."""

    own: tuple[bytes, ...]
    one_before: tuple[bytes, ...]
    one_behind: tuple[bytes, ...]
    two_before: tuple[bytes, ...]
    two_behind: tuple[bytes, ...]


def read(text: str) -> list[Sentence]:
    """Return the sentences of a text with their features, in time linear in it."""
    cut = [tokens(text, start, end) for start, end in sentences(text)]
    small = {text[a:b] for ranges in cut for a, b in ranges if text[a].islower()}
    return [_sentence(text, ranges, small) for ranges in cut if ranges]


def _sentence(text: str, ranges: list[Range], small: set[str]) -> Sentence:
    surface = [text[start:end] for start, end in ranges]
    words = [_word(word) for word in surface]
    behind = [*words[1:], _END]
    behind_that = [*words[2:], _END, _END]
    before, before_that = _END, _END
    features: Sequence_ = []
    for place, (word, following, last) in enumerate(zip(words, behind, behind_that, strict=False)):
        found = [
            *word.own,
            *before.one_before,
            *following.one_behind,
            *before_that.two_before,
            *last.two_behind,
        ]
        features.append(found)
        if place == 0:
            found.append(b"first")
            # "Les" begins a sentence and stands small elsewhere; "Lyon" does not.
            if surface[0].lower() in small:
                found.append(b"small")
        before_that, before = before, word
    for place, (one, other) in enumerate(pairwise(ranges)):
        if one[1] == other[0]:
            features[place].append(b"glued")
    return Sentence(ranges, [word.lower() for word in surface], features)


_WORDS: dict[str, _Word] = {}


def _word(surface: str) -> _Word:
    found = _WORDS.get(surface)
    if found is None:
        if len(_WORDS) > _MOST:
            _WORDS.clear()
        found = _WORDS[surface] = _made(surface)
    return found


def _made(surface: str) -> _Word:
    plain = _UNSEEN.sub("", unicodedata.normalize("NFC", surface)).translate(_ALIKE)
    lower, shape = plain.lower(), _shape(plain)
    short = _shape_in_short(shape)
    kinds = [f"k={kind}" for kind in _kinds(lower)]
    own = [f"w={lower}", f"s={short}", *kinds]
    if lower.isalpha() or "-" in lower:
        own += [f"p{n}={lower[:n]}" for n in (2, 3) if len(lower) > n]
        own += [f"e{n}={lower[-n:]}" for n in (2, 3, 4) if len(lower) > n]
    if plain != lower:
        own.append(f"n={min(len(plain), 12)}")
        own += [f"part={part}" for part in lower.split("-") if "-" in lower and part]
    near = [f"w={lower}", f"s={short}", *kinds]
    far = [f"w={lower}", f"s={short[:2]}"]
    return _Word(
        _bytes("", own),
        _bytes("-", near),
        _bytes("+", near),
        _bytes("--", far),
        _bytes("++", far),
    )


def _bytes(prefix: str, features: Sequence[str]) -> tuple[bytes, ...]:
    return tuple(f"{prefix}{each}".encode("utf-8", "surrogatepass") for each in features)


def _named(prefix: bytes, name: str) -> bytes:
    return prefix + name.encode("utf-8", "surrogatepass")


def _shape(word: str) -> str:
    """Return X for each capital, x for each small letter, d for each digit, the signs as they are."""
    return "".join(
        "X" if char.isupper() else "x" if char.isalpha() else "d" if char.isdigit() else char
        for char in word[:20]
    )


def _shape_in_short(shape: str) -> str:
    """Return a shape with runs shortened: "Xx" for "Lyon", "XX" for "ONU", "Xx-x-Xx"."""
    return re.sub(r"(.)\1{2,}", r"\1\1", re.sub(r"x+", "x", shape))


def _kinds(lower: str) -> Iterator[str]:
    for kind, members in _sets().items():
        if lower in members or (lower[-1:] == "." and lower[:-1] in members):
            yield kind


@cache
def _sets() -> dict[str, frozenset[str]]:
    both: tuple[Lexicon, Lexicon] = lexicon("fr"), lexicon("en")
    return {name: getattr(both[0], name) | getattr(both[1], name) for name in _CLASSES}


_END = _Word((), (b"-w=\xff",), (b"+w=\xff",), (), ())
