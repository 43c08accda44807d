"""Where the words of a query occur in a text, exact to the code point."""

import unicodedata
from collections.abc import Iterable, Iterator

from annotator.core.names import folded
from annotator.core.occurrences import Finder, Likeness, Range
from annotator.core.query.tree import Words

ALIKE = Likeness(whole=True, case=False)
"""Whole words, whatever their case and accents."""

_BEGINNING = Likeness(whole=False, case=False)


def finder(words: Words) -> Finder:
    """Return what finds a word or a phrase, or the beginning of one."""
    return Finder([words.text], _BEGINNING if words.is_prefix else ALIKE)


class WordMatcher:
    """Finds one word, one phrase or one beginning of a word."""

    def __init__(self, words: Words) -> None:
        self._finder = finder(words)
        self._is_prefix = words.is_prefix

    def ranges(self, text: str) -> Iterator[Range]:
        """Yield where the words occur, `[start, end)` in code points, in text order."""
        if not self._is_prefix:
            yield from self._finder.ranges(text)
            return
        behind = 0
        for start, end in self._finder.ranges(text):
            if start < behind or (
                _is_of_word(text[start]) and start and _is_of_word(text[start - 1])
            ):
                continue
            behind = end
            while behind < len(text) and _is_of_word(text[behind]):
                behind += 1
            yield start, behind

    def is_in(self, text: str) -> bool:
        """Tell whether the words occur."""
        return next(self.ranges(text), None) is not None


class WholeMatcher:
    """Tells whether a text says these words and nothing else; of a beginning, whether it begins so."""

    def __init__(self, words: Words) -> None:
        self._matcher = WordMatcher(words)
        self._is_prefix = words.is_prefix

    def is_in(self, text: str) -> bool:
        """Tell whether the text is these words."""
        bare = text.strip()
        start, end = next(self._matcher.ranges(bare), (-1, -1))
        return start == 0 and (self._is_prefix or end == len(bare))


class PartMatcher:
    """Tells whether a text has these signs in it, words or not; of an address, say."""

    def __init__(self, words: Words) -> None:
        self._part = folded(words.text)

    def is_in(self, text: str) -> bool:
        """Tell whether the signs are there."""
        return self._part in folded(text)


class LanguageMatcher:
    """Tells whether a language is the one asked for, whatever the country behind it: fr is fr-CA too."""

    def __init__(self, words: Words) -> None:
        self._code = folded(words.text)

    def is_in(self, text: str) -> bool:
        """Tell whether the language is this one."""
        code = folded(text).replace("_", "-")
        return code == self._code or code.startswith(f"{self._code}-")


_SPELLED = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})


def compared(text: str) -> str:
    """Return words as they are sorted and counted: without case and accents, œ as oe."""
    return folded(text.translate(_SPELLED))


def merged(ranges: Iterable[Range]) -> list[Range]:
    """Return ranges in text order, the longer first, each once."""
    return sorted(set(ranges), key=lambda each: (each[0], -each[1]))


def _is_of_word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M"
