"""Somebody's own word lists, found in one pass over a text however many words they have."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from annotator.core.word_lists import Entry, WordList
from annotator.suggest.folding import Folded, key, small
from annotator.suggest.names import fits


class Found(NamedTuple):
    """Words `[start, end)` of a text that a list has; offsets are code points."""

    start: int
    end: int
    word_list: WordList
    entry: Entry


class Lists:
    """The words of several lists as one automaton."""

    def __init__(self, lists: Iterable[tuple[WordList, Iterable[Entry]]]) -> None:
        self._entries: dict[str, list[tuple[WordList, Entry, str]]] = {}
        for word_list, entries in lists:
            for entry in entries:
                cased = key(entry.words)
                if cased and "\n" not in cased:
                    known = self._entries.setdefault(small(cased), [])
                    known.append((word_list, entry, cased))
        self._automaton: Any = None
        self._keys = list(self._entries)

    def find(self, folded: Folded) -> Iterator[Found]:
        """Yield every place of a text where words of a list stand; they may overlap."""
        if not self._keys:
            return
        if self._automaton is None:
            self._automaton = _automaton(self._keys)
        for number, start, end in self._automaton.find_matches_as_indexes(folded.lower, True):
            for word_list, entry, cased in self._entries[self._keys[number]]:
                if word_list.case_counts and not _is_so(folded, start, end, cased):
                    continue
                place = folded.range(start, end, whole=word_list.whole_words)
                if place:
                    yield Found(*place, word_list, entry)


def _is_so(folded: Folded, start: int, end: int, cased: str) -> bool:
    found = folded.cased[start:end]
    return found == cased or fits(found, cased, folded, start)


def _automaton(keys: list[str]) -> Any:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(keys, matchkind=MatchKind.Standard, store_patterns=False)
