"""What between marks is a quotation: not a title, a nickname, or a word that somebody doubts."""

from collections.abc import Iterable

from annotator.suggest.draft import Draft
from annotator.suggest.inversion import inversion
from annotator.suggest.marks import Quoted
from annotator.suggest.reading import Reading
from annotator.suggest.words import CLOSING, STOPS

FEW = 4
"""Fewer words between marks are a quote only when somebody is said to say them."""

_MANY = 8
"""So many words are no title, even without a verb among them."""


class Quotation:
    """Tells quotations from the other uses of marks in one reading."""

    def __init__(self, reading: Reading) -> None:
        self._words = reading.words
        self._lexicon = reading.lexicon

    def is_quotation(self, quoted: Quoted, draft: Draft) -> bool:
        """Tell whether marks hold words that somebody said, not a title, a nickname or a doubt."""
        words = self._words
        inside = [n for a, b in quoted.parts for n in range(a, b + 1) if words.is_word(n)]
        if not inside:
            return False
        if draft.cue_words is not None and draft.pattern != "colon-noun":
            return True
        if self._is_title(quoted, inside):
            return False
        if self._is_sentence(quoted):
            return len(inside) > 1 or draft.cue_words is not None
        if draft.cue_words is not None or quoted.closed == "end":
            return len(inside) >= FEW
        return len(inside) >= _MANY or (len(inside) >= FEW and self._has_clause(inside))

    def _is_title(self, quoted: Quoted, inside: list[int]) -> bool:
        """Tell whether the words before the marks, or capitals throughout, announce a name."""
        words, lexicon = self._words, self._lexicon
        before = quoted.first - 1
        if before >= 0 and not words.breaks_after(before) and words.is_word(before):
            near = words.lower[max(0, before - 1) : before + 1]
            if near[-1] in lexicon.titled:
                return True
            if (
                near[0] in lexicon.titled
                and len(inside) < _MANY
                and near[-1] not in lexicon.prepositions
            ):
                return True
        if lexicon.language == "en" and 1 < len(inside) <= _MANY:
            ends = words.surface[quoted.last - 1] in STOPS
            big = [n for n in inside if len(words.surface[n]) > 3]
            return bool(big) and all(map(words.is_capital, (*big, inside[-1]))) and not ends
        return False

    def _is_sentence(self, quoted: Quoted) -> bool:
        """Tell whether the marks hold a whole sentence that stands by itself."""
        words, first = self._words, quoted.first
        begins = (
            first == 0
            or words.breaks_after(first - 1)
            or words.surface[first - 1] in CLOSING
            or words.surface[first - 1] == ":"
            or words.ends_sentence(first - 1)
        )
        last = quoted.last - 1 if quoted.closed == "mark" else quoted.last
        behind = quoted.last + 1
        ends = words.surface[last] in STOPS or (
            behind < len(words) and words.surface[behind] in STOPS
        )
        return begins and ends and not words.surface[first + 1][:1].islower()

    def _has_clause(self, inside: Iterable[int]) -> bool:
        """Tell whether a verb or a subject pronoun stands among words, as titles seldom have."""
        lower, lexicon = self._words.lower, self._lexicon
        return any(
            lower[n] in lexicon.clausal
            or lower[n] in lexicon.subjects
            or ("-" in lower[n] and inversion(lower[n]))
            for n in inside
        )
