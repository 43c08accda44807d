"""A text cut into words and signs, as parallel lists: what every rule reads, made in one pass."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Container, Sequence
from itertools import accumulate, compress, pairwise, repeat
from operator import contains

from annotator.core.tokens import UNSEEN, is_abbreviation

_MARKS = "\u0300-\u036f"
_INSIDE = rf"[\w{_MARKS}{UNSEEN}]"
_CONTRACTED = r"['’ʼ](?:s|d|ll|ve|re|m|t)(?!\w)"
_PIECE = re.compile(
    rf"{_CONTRACTED}\s*+"
    rf"|{_INSIDE}+(?:[-‐‑]{_INSIDE}+)*+(?:(?={_CONTRACTED})|['’ʼ](?={_INSIDE}))?\s*+"
    r"|(?:``|''|<<|>>|,,|--)\s*+|[^\w\s]\s*+"
)
_FIRST = re.compile(r"\S")
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
_LINE_END = re.compile(f"[{_LINE_ENDS}]")
_ALIKE = (("’", "'"), ("ʼ", "'"), ("‐", "-"), ("‑", "-"))
_UNSEEN = re.compile(f"[{UNSEEN}]")
_MARKED = re.compile(f"[{_MARKS}{UNSEEN}]")

STOPS = frozenset(".!?…")
CLOSING = frozenset("»”›’\"')]") | {"''", ">>"}
OPENING = frozenset("«“„‟‹‘‚\"'([—–―-") | {"``", "<<", ",,", "--"}
NOTHING = "\0"
"""What stands before the first word and behind the last: neither a word nor a sign."""

_PADDING = 8
_CLOSINGS = 4
"""As many closing signs as can stand behind a full stop: more of them are no text."""

_WRAPPED_SHARE = 0.6
"""Above this share of lines that break off in mid-sentence, single line ends are no paragraph ends."""


class Words:
    """Words and signs, by number. Offsets are code points of `text`; ends leave out the blanks behind.

    A word keeps its elision ("l'"), its hyphens and its accents; English contractions are parted
    ("he", "'s"). `lower` has it in small letters, composed, with one kind of apostrophe and hyphen.
    Signs stand alone. The numbers -1 and a few from `len` on may be looked up: NOTHING is there.
    """

    __slots__ = (
        *("_count", "_firsts", "_glued", "_stops", "ends", "lower", "paragraphs", "starts"),
        *("surface", "text"),
    )

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        stop = len(text) if end is None else end
        self.text = text
        first = _FIRST.search(text, start, stop)
        begin = first.start() if first else stop
        pieces = _PIECE.findall(text, begin, stop)
        starts = list(accumulate(map(len, pieces), initial=begin))
        self._count = len(pieces)
        self.surface: list[str] = list(map(str.rstrip, pieces))
        self.starts = starts
        self.ends = list(map(int.__add__, starts, map(len, self.surface)))
        self.lower = _lowered(self.surface)
        # Whether the next piece follows without a blank: what tells an opening mark from a closing one.
        self._glued = list(map(int.__eq__, self.ends, starts[1:]))
        self.paragraphs = _paragraphs(text, pieces, self.surface)
        self._firsts = {first for first, _end in self.paragraphs} | {len(pieces)}
        self._pad(starts[-1])
        self._stops = {n for n in self.where(STOPS, self.surface) if self._is_end(n)}

    def _pad(self, end: int) -> None:
        """Let what lies a few words outside be looked at: nothing is there."""
        self.surface += [NOTHING] * _PADDING
        self.lower += [NOTHING] * _PADDING
        self.starts += [end] * (_PADDING - 1)
        self.ends += [end] * _PADDING
        self._glued = [*self._glued[:-1], *[False] * (_PADDING + 1)]

    def __len__(self) -> int:
        return self._count

    def is_glued(self, number: int) -> bool:
        """Tell whether the next word or sign follows this one without a blank."""
        return self._glued[number]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where the words from `first` to `last`, both included, stand in the text."""
        return self.starts[first], self.ends[last]

    def is_capital(self, number: int) -> bool:
        """Tell whether a word begins with a capital letter."""
        return self.surface[number][:1].isupper()

    def is_word(self, number: int) -> bool:
        """Tell whether it is a word or a number rather than a sign."""
        word = self.surface[number]
        return word[0].isalnum() or (len(word) > 1 and word[1].isalpha())

    def ends_sentence(self, number: int) -> bool:
        """Tell whether a sentence ends at this sign; marks that close behind it belong to it."""
        return number in self._stops

    def sentence_ends(self) -> list[int]:
        """Return the signs that end a sentence and the last words of paragraphs, in order."""
        return sorted(self._stops.union(number - 1 for number in self._firsts if number))

    def where(self, wanted: Container[str], among: Sequence[str]) -> list[int]:
        """Return the places of the words that are wanted, in `lower` or in `surface`."""
        return list(compress(range(self._count), map(wanted.__contains__, among)))

    def hyphenated(self) -> list[int]:
        """Return the places of the words that have a hyphen."""
        return _with_char("-", self.lower[: self._count])

    def _is_end(self, number: int) -> bool:
        if self.is_glued(number) and self.surface[number + 1][:1].isalnum():
            return False  # 4.3, J.K.
        following = number + 1
        while following < self._count and self.surface[following] in CLOSING:
            if following - number > _CLOSINGS:
                break
            following += 1
        if following >= self._count or self.breaks_after(following - 1):
            return True
        if not self.is_capital(following) and not self._begins(following):
            return False
        return self.surface[number] != "." or not self._is_abbreviated(number)

    def breaks_after(self, number: int) -> bool:
        """Tell whether a paragraph ends behind this word."""
        return number + 1 in self._firsts

    def end_of_paragraph(self, number: int) -> int:
        """Return the last word of the paragraph that holds this one."""
        place = bisect_right(self.paragraphs, (number, self._count)) - 1
        return self.paragraphs[place][1] - 1

    def _begins(self, number: int) -> bool:
        return self.surface[number] in OPENING or self.surface[number][:1].isdigit()

    def _is_abbreviated(self, stop: int) -> bool:
        """Tell whether a full stop belongs to the word before it, as in "M." and "J."."""
        if stop == 0 or not self.is_glued(stop - 1):
            return False
        word = self.surface[stop - 1]
        return is_abbreviation(word) or (len(word) == 1 and word.isupper() and word.isalpha())


def _lowered(surface: list[str]) -> list[str]:
    # All words at once: a hundred calls cost more than one.
    joined = "\n".join(surface).lower()
    for unlike, alike in _ALIKE:
        joined = joined.replace(unlike, alike)
    lower = joined.split("\n")
    if not _MARKED.search(joined):
        return lower
    plain = [_UNSEEN.sub("", word) or word for word in lower]
    return [unicodedata.normalize("NFC", word) for word in plain]


def _paragraphs(text: str, pieces: list[str], surface: list[str]) -> list[tuple[int, int]]:
    """Return the paragraphs as half-open ranges of words; lines of a wrapped text make one together."""
    if not _LINE_END.search(text):
        ends = _with_char("\n", pieces)
    else:
        ends = [n for n, piece in enumerate(pieces) if any(c in piece for c in "\n" + _LINE_ENDS)]
    single = [number for number in ends if piece_breaks(pieces[number]) == 1]
    if len(single) > 3 and _are_wrapped(single, surface):
        ends = [number for number in ends if piece_breaks(pieces[number]) > 1]
    bounds = [0, *(number + 1 for number in ends), len(pieces)]
    return [(a, b) for a, b in pairwise(bounds) if a < b]


def _with_char(char: str, pieces: Sequence[str]) -> list[int]:
    return list(compress(range(len(pieces)), map(contains, pieces, repeat(char))))


def piece_breaks(piece: str) -> int:
    """Return how many line ends stand behind a word."""
    return piece.count("\n") + sum(piece.count(char) for char in _LINE_ENDS)


def _are_wrapped(line_ends: list[int], surface: list[str]) -> bool:
    """Tell whether lines break off where the column ends rather than where a thought does."""
    broken = sum(
        surface[number][-1:] not in STOPS
        and number + 1 < len(surface)
        and not surface[number + 1][:1].isupper()
        and surface[number + 1][:1].isalnum()
        for number in line_ends
    )
    return broken >= len(line_ends) * _WRAPPED_SHARE
