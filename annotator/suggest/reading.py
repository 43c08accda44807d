"""A text as the rules read it: its words, its language, its sentences, its verbs of saying."""

from bisect import bisect_left, bisect_right
from functools import cached_property

from annotator.suggest.grouping import group_at
from annotator.suggest.groups import Group
from annotator.suggest.inversion import stem
from annotator.suggest.lexicon import Lexicon
from annotator.suggest.words import CLOSING, Words

SENTENCE = 160
"""Words a sentence may have: what is longer is a list, and nothing is looked for beyond."""

_DATELINE = 14
"""Words within which an article may say from where it is written."""

_DASHES = frozenset("—–-") | {"--"}


class Reading:
    """The words of one text with the verbs of saying among them. `hits` are their places, in order."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self.words = words
        self.lexicon = lexicon
        forms = lexicon.verbs.by_form
        inverted = [n for n in words.hyphenated() if stem(words.lower[n]) in forms]
        self.hits = sorted({*words.where(forms, words.lower), *inverted})
        self._ends = words.sentence_ends()
        self._groups: dict[int, Group | None] = {}

    def group(self, hit: int) -> Group | None:
        """Return the verb group around a hit, None where it reports nothing: a noun, a passive."""
        if hit not in self._groups:
            self._groups[hit] = group_at(self.words.lower, self.lexicon, hit)
        return self._groups[hit]

    def hits_between(self, first: int, last: int) -> list[int]:
        """Return the hits from one word to another, both included."""
        return self.hits[bisect_left(self.hits, first) : bisect_right(self.hits, last)]

    def group_from(self, first: int, end: int) -> Group | None:
        """Return the verb group that begins with a word."""
        for hit in self.hits_between(first, min(end, first + 7)):
            group = self.group(hit)
            if group and group.first >= first:
                return group if group.first == first else None
        return None

    def is_adverb(self, number: int) -> bool:
        """Tell whether a word may stand in a verb group or beside it without changing what it says."""
        return self.lexicon.is_adverb(self.words.lower[number])

    def sentence_start(self, number: int) -> int:
        """Return the first word of the sentence around a word."""
        words = self.words
        before = bisect_left(self._ends, number) - 1
        first = self._ends[before] + 1 if before >= 0 else 0
        if first < number - SENTENCE:
            return number - SENTENCE
        is_stop = first > 0 and not words.breaks_after(first - 1)
        return self._behind_closing(first, number) if is_stop else first

    def sentence_end(self, number: int) -> int:
        """Return the sign that ends the sentence around a word, else the last word of its paragraph."""
        words = self.words
        behind = bisect_left(self._ends, number)
        end = self._ends[behind] if behind < len(self._ends) else len(words) - 1
        return min(end, number + SENTENCE)

    def behind_dateline(self, start: int) -> int:
        """Return where a sentence begins behind "MONTRÉAL —" or "BOSTON (AP) —"."""
        words, lexicon = self.words, self.lexicon
        if start and not words.breaks_after(start - 1):
            return start
        for place in range(start + 1, min(start + _DATELINE, len(words) - 1)):
            if words.surface[place] in _DASHES:
                head = [n for n in range(start, place) if words.is_word(n)]
                is_place = all(
                    words.is_capital(n)
                    or words.surface[n][0].isdigit()
                    or words.lower[n] in lexicon.time
                    or words.lower[n] in lexicon.genitive
                    for n in head
                )
                return place + 1 if head and is_place else start
            if words.ends_sentence(place):
                break
        return start

    @cached_property
    def capitals(self) -> frozenset[str]:
        """The words that have a capital in the middle of a sentence, and the names a project has learnt."""
        surface, words = self.words.surface, self.words
        return self.lexicon.names.union(
            surface[n]
            for n in range(1, len(words))
            if surface[n][:1].isupper()
            and surface[n - 1][-1:].isalnum()
            and not words.breaks_after(n - 1)
        )

    def _behind_closing(self, place: int, limit: int) -> int:
        words = self.words
        while place < limit and words.surface[place] in CLOSING and not words.breaks_after(place):
            place += 1
        return place
