"""Which texts are nearly the same: one wire story in several papers, retitled, cut or set anew.

A text is the set of its runs of three words. Of their hashes the smallest are kept (a bottom-k
sketch, Broder 1997), and those stand for all: what two sketches share within the range that both
cover is what the texts share. The very smallest of them are looked up in an index, so that each
text meets only those it has something in common with.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import xor
from typing import NamedTuple
from zlib import crc32

ALIKE = 0.5
"""The share of the shorter text that must stand in the longer one for the two to be alike."""

LEAST = 1 / 3
"""How long, measured by the longer text, the shorter must be at least to be compared with it."""

_SKETCH = 128
"""Hashes kept of a text: at a share of a half they tell it to about 5 points in 100."""

_SPARE = 40
"""Hashes that are sorted beyond those: what lies below a bound is not always as many as expected."""

_LOOKED_UP = 16
"""Of these, how many lead to other texts. Of pairs that share a half hardly any is missed so; one in 60
where, besides, one text is only a third of the other."""

_MOST = 50
"""How many texts one hash leads to: a line that stands in all articles of a paper tells nothing."""

_NO_HASH = 0xFFFF_FFFF
_WORD = re.compile(r"\w+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_MOST_WORDS = 50_000


class Alike(NamedTuple):
    """A text that is like another; `share` of the shorter of the two stands in the longer (0-1)."""

    id: str
    share: float


class Likeness:
    """Tells of each text which of those before it are like it.

    About 1 KB is kept of a text. The same texts give the same answers on every machine. What
    `add` returns is whole as long as no more than 50 texts are like one another; of a larger group it
    names at least some, which is enough to put a text into its group.
    """

    def __init__(self, threshold: float = ALIKE) -> None:
        self._threshold = threshold
        self._ids: list[str] = []
        self._sizes = array("I")
        self._sketches = array("I")
        self._ends = array("Q", [0])
        self._index = _Index()
        self._hashes = _WordHashes()

    def add(self, id: str, text: str) -> list[Alike]:
        """Take in a text and return those before it that are like it, the most alike first."""
        shingles = self._shingles(text)
        sketch = _smallest(shingles)
        kept = set(sketch)
        number, size = len(self._ids), len(shingles)
        found = [
            Alike(self._ids[other], share)
            for other in self._index.put(sketch[:_LOOKED_UP], number)
            if LEAST * size <= self._sizes[other] <= size / LEAST
            and (share := self._share(sketch, kept, other)) >= self._threshold
        ]
        self._ids.append(id)
        self._sizes.append(size)
        self._sketches.extend(sketch)
        self._ends.append(len(self._sketches))
        return sorted(found, key=lambda alike: -alike.share)

    def _shingles(self, text: str) -> set[int]:
        """Return the hashes of all runs of three words, whatever their case, spaces and signs."""
        words = _WORD.findall(_normal(text))
        if len(words) < 3:
            return {crc32(" ".join(words).encode())} if words else set()
        first, second, third = zip(*map(self._hashes.__getitem__, words), strict=True)
        return set(map(xor, map(xor, first, second[1:]), third[2:]))

    def _share(self, sketch: list[int], kept: set[int], other: int) -> float:
        """Return the share of the shorter text that stands in the longer, as two sketches tell it."""
        theirs = self._sketches[self._ends[other] : self._ends[other + 1]]
        common = len(kept.intersection(theirs))
        covered = min(_covered(sketch), _covered(theirs))
        return common / min(bisect_right(sketch, covered), bisect_right(theirs, covered))


def groups(articles: Iterable[tuple[str, str]], threshold: float = ALIKE) -> list[set[str]]:
    """Return the ids of texts that are like one another, in sets of two or more.

    `articles` are ids and texts. Texts that are like a third are in one set, like each other or not:
    what is parted by these sets shares nothing.
    """
    likeness = Likeness(threshold)
    heads: dict[str, str] = {}
    for id_, text in articles:
        for alike in likeness.add(id_, text):
            ours, theirs = _head(heads, id_), _head(heads, alike.id)
            heads[ours] = heads[theirs] = theirs
    found: dict[str, set[str]] = {}
    for id_ in heads:
        found.setdefault(_head(heads, id_), set()).add(id_)
    return list(found.values())


def _head(heads: dict[str, str], id: str) -> str:
    """Return the id that stands for the group of an id, and lead to it more shortly from now on."""
    while heads.setdefault(id, id) != id:
        heads[id] = id = heads[heads[id]]
    return id


def _normal(text: str) -> str:
    """Return a text whose words are spelled in one way: composed, lower case, without unseen signs."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    return text.lower()


def _smallest(hashes: set[int]) -> list[int]:
    """Return the smallest hashes in order; most of the others need not be sorted for that."""
    if len(hashes) > 2 * _SKETCH:
        bound = _NO_HASH // len(hashes) * (_SKETCH + _SPARE)
        few = sorted([each for each in hashes if each < bound])
        if len(few) >= _SKETCH:
            return few[:_SKETCH]
    return sorted(hashes)[:_SKETCH]


def _covered(sketch: Sequence[int]) -> int:
    """Return up to which hash a sketch knows all those of its text."""
    return sketch[-1] if len(sketch) == _SKETCH else _NO_HASH


class _WordHashes(dict[str, tuple[int, int, int]]):
    """Three hashes of each word, for its place in a run; kept, so that usual words cost nothing."""

    def __missing__(self, word: str) -> tuple[int, int, int]:
        if len(self) > _MOST_WORDS:
            self.clear()
        # Multiplied by odd numbers, so that "a b c" and "c b a" are two runs.
        first = crc32(word.encode("utf-8", "surrogatepass"))
        hashes = first, first * 0x9E3779B1 & _NO_HASH, first * 0x85EBCA77 & _NO_HASH
        self[word] = hashes
        return hashes


class _Index:
    """For a hash the texts that have it, as numbers; three flat arrays, since there are so many."""

    def __init__(self) -> None:
        self._firsts = array("I", bytes(4 * 1024))
        self._hashes = array("I", [0])
        self._texts = array("I", [0])
        self._nexts = array("I", [0])

    def put(self, hashes: list[int], text: int) -> list[int]:
        """Put a text under its hashes and return those that share one, in the order they came."""
        found: set[int] = set()
        for each in hashes:
            sharing = list(self._under(each))
            found.update(sharing)
            if len(sharing) < _MOST:
                self._hashes.append(each)
                self._texts.append(text)
                self._nexts.append(0)
                self._lead_to(len(self._hashes) - 1)
        if len(self._hashes) > len(self._firsts):
            self._widen()
        return sorted(found)

    def _under(self, hash: int) -> Iterator[int]:
        entry = self._firsts[hash % len(self._firsts)]
        while entry:
            if self._hashes[entry] == hash:
                yield self._texts[entry]
            entry = self._nexts[entry]

    def _lead_to(self, entry: int) -> None:
        place = self._hashes[entry] % len(self._firsts)
        self._nexts[entry] = self._firsts[place]
        self._firsts[place] = entry

    def _widen(self) -> None:
        self._firsts = array("I", bytes(4 * 2 * len(self._firsts)))
        for entry in range(1, len(self._hashes)):
            self._lead_to(entry)
