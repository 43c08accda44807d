"""A text as the rules read it: its words, its language, its sentences, its verbs of saying."""

from bisect import bisect_left, bisect_right

from annotator.suggest.grouping import group_at
from annotator.suggest.groups import Group
from annotator.suggest.inversion import stem
from annotator.suggest.lexicon import Lexicon
from annotator.suggest.words import CLOSING, Words

SENTENCE = 160
"""Words a sentence may have: what is longer is a list, and nothing is looked for beyond."""


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

    def _behind_closing(self, place: int, limit: int) -> int:
        words = self.words
        while place < limit and words.surface[place] in CLOSING and not words.breaks_after(place):
            place += 1
        return place
