"""Text as names are looked up in it: without accents and kinds of blank, with a way back to its places."""

import re
import unicodedata
from itertools import chain
from typing import NamedTuple

from annotator.core.occurrences import is_whole
from annotator.core.tokens import UNSEEN, marks

_ALIKE = {
    **dict.fromkeys("'’‘ʼ`´′", "'"),
    **dict.fromkeys("-‐‑‒–", "-"),
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
}
_UNSEEN = re.compile(f"[{UNSEEN}]")
_MARK = re.compile(f"[{marks()}]")
_LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028"
_PARAGRAPH = "\u2029"
_BLANKS = re.compile(r"[ \n]{2,}|\n")


class Folded(NamedTuple):
    """A text as it is compared. `cased` keeps capitals, `lower` has none; both have the same length.

    `offsets[n]` is the code point of the text from which sign n comes; one more says where it ends.
    """

    text: str
    cased: str
    lower: str
    offsets: list[int]

    def range(self, start: int, end: int, *, whole: bool = True) -> tuple[int, int] | None:
        """Return the range of the text that a range of signs comes from.

        None where it begins or ends within a sign, such as œ, or, with `whole`, within a word.
        """
        offsets = self.offsets
        if (start and offsets[start] == offsets[start - 1]) or offsets[end] == offsets[end - 1]:
            return None
        first, behind = offsets[start], offsets[end]
        while first < behind and _is_edge(self.text[first]):
            first += 1
        while behind > first and _is_edge(self.text[behind - 1]):
            behind -= 1
        if first == behind or (whole and not _is_apart(self.text, first, behind)):
            return None
        return first, behind


class _Signs(dict[str, str]):
    """What each character is compared as; worked out when it is met first."""

    def __missing__(self, char: str) -> str:
        found = _sign(char)
        self[char] = found
        return found


def _sign(char: str) -> str:
    if char in _ALIKE:
        return _ALIKE[char]
    if char == _PARAGRAPH:
        return "\n\n"
    if char in _LINE_ENDS:
        return "\n"
    if char.isspace():
        return " "
    if _UNSEEN.match(char) or _MARK.match(char):
        return ""
    base = unicodedata.normalize("NFD", char)[:1]
    return base if base.isascii() else char


class _Lower(dict[str, str]):
    """Each sign in small letters, if that is one sign too."""

    def __missing__(self, char: str) -> str:
        small = char.lower()
        self[char] = small if len(small) == 1 else char
        return self[char]


_SIGNS, _LOWER = _Signs(), _Lower()


def fold(text: str) -> Folded:
    """Return a text as names are looked up in it, in time linear in it.

    An empty line stays a line end, which no name has; every other run of blanks is one blank.
    """
    parts = list(map(_SIGNS.__getitem__, text))
    cased = "".join(parts)
    lengths = list(map(len, parts))
    if len(cased) == len(text) and max(lengths, default=1) == 1:
        offsets = list(range(len(text) + 1))
    else:
        offsets = list(chain.from_iterable([n] * length for n, length in enumerate(lengths)))
        offsets.append(len(text))
    cased, offsets = _joined(cased, offsets)
    lower = cased.lower()
    if len(lower) != len(cased):
        lower = "".join(map(_LOWER.__getitem__, cased))
    return Folded(text, cased, lower, offsets)


def key(name: str) -> str:
    """Return a name as it is compared, capitals kept."""
    if name.isascii() and name.isprintable() and "  " not in name and "`" not in name:
        return name.strip()
    cased = "".join(map(_SIGNS.__getitem__, name))
    return _BLANKS.sub(_one_blank, cased).strip()


def _one_blank(match: re.Match[str]) -> str:
    return "\n" if match[0].count("\n") > 1 else " "


def small(cased: str) -> str:
    """Return a key in small letters, sign for sign."""
    lower = cased.lower()
    return lower if len(lower) == len(cased) else "".join(map(_LOWER.__getitem__, cased))


def _joined(cased: str, offsets: list[int]) -> tuple[str, list[int]]:
    """Make every run of blanks one blank, or one line end where a line is empty."""
    pieces: list[str] = []
    kept: list[list[int]] = []
    at = 0
    for match in _BLANKS.finditer(cased):
        start, end = match.span()
        pieces += (cased[at:start], _one_blank(match))
        kept += (offsets[at:start], offsets[start : start + 1])
        at = end
    if not pieces:
        return cased, offsets
    pieces.append(cased[at:])
    kept.append(offsets[at:])
    return "".join(pieces), list(chain.from_iterable(kept))


def _is_edge(char: str) -> bool:
    """Tell whether a mention never begins or ends with this character."""
    return char.isspace() or _UNSEEN.match(char) is not None


def _is_apart(text: str, start: int, end: int) -> bool:
    """Tell whether a range is whole words."""
    if start and _is_of_word(text[start - 1]) and _is_of_word(text[start]):
        return False
    if end < len(text) and _is_of_word(text[end - 1]) and _is_of_word(text[end]):
        return False
    return is_whole(text, start, end)


def _is_of_word(char: str) -> bool:
    return char.isalnum() or char == "_" or _MARK.match(char) is not None
