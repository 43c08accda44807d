"""Verbs no list has, taken where only a verb of saying can stand: "s'étrangle-t-il", "deadpans Smith"."""

from annotator.suggest.draft import Draft
from annotator.suggest.inversion import inversion
from annotator.suggest.kinds import Phrase
from annotator.suggest.phrases import Phrases
from annotator.suggest.reading import Reading

_FRENCH_ENDINGS = ("e", "ent", "a", "èrent", "it", "irent", "ait", "aient")


class UnknownVerbs:
    """Looks for verbs of saying by their place and their endings in one reading."""

    def __init__(self, reading: Reading, phrases: Phrases) -> None:
        self._reading = reading
        self._words = reading.words
        self._lexicon = reading.lexicon
        self._phrases = phrases

    def attribute(self, place: int, end: int, draft: Draft) -> bool:
        """Take a verb the lexicon lacks where only a verb of saying can stand."""
        if self._lexicon.language == "fr":
            return self._inverted(place, end, draft) or self._before_noun(place, end, draft)
        return self._after_noun(place, end, draft)

    def _inverted(self, place: int, end: int, draft: Draft) -> bool:
        """Take "s'étrangle-t-il" and "a-t-elle vitupéré"."""
        lower, lexicon = self._words.lower, self._lexicon
        for number in range(place, min(end, place + 3) + 1):
            parts = inversion(lower[number])
            if parts and parts[1] in lexicon.inverted:
                last = number
                if parts[0] in lexicon.auxiliaries and number < end:
                    last += 1
                    while last < end and self._reading.is_adverb(last):
                        last += 1
                draft.cue, draft.source = (place, last), Phrase(number, number)
                draft.pattern, draft.score = "after-clitic", 0.85
                return True
            if lower[number] not in lexicon.objects:
                return False
        return False

    def _before_noun(self, place: int, end: int, draft: Draft) -> bool:
        """Take ", grince le patron", where the word looks like a verb and somebody follows."""
        words, lexicon = self._words, self._lexicon
        start = place
        while place < end and words.lower[place] in lexicon.objects:
            place += 1
        word = words.lower[place]
        if (
            place >= end
            or not word.endswith(_FRENCH_ENDINGS)
            or len(word) < 4
            or words.is_capital(place)
        ):
            return False
        if (
            word in lexicon.prepositions
            or word in lexicon.adverbs
            or self._phrases.kinds.is_speaker(word)
        ):
            return False
        if not self._phrases.begins(place + 1):
            return False
        source = self._phrases.behind(place + 1, end)
        if source is None or self._phrases.kinds.of(source) not in (
            "person",
            "organisation",
            "group",
            "anonymous",
        ):
            return False
        draft.cue, draft.source = (start, place), source
        draft.pattern, draft.score = "after-noun", 0.75
        return True

    def _after_noun(self, place: int, end: int, draft: Draft) -> bool:
        """Take ", Smith deadpanned." and ", deadpans Smith"."""
        words = self._words
        if words.lower[place].endswith(("ed", "s")) and not words.is_capital(place) and place < end:
            source = (
                self._phrases.behind(place + 1, end) if self._phrases.begins(place + 1) else None
            )
            if source and self._phrases.kinds.of(source) == "person":
                draft.cue, draft.source = (place, place), source
                draft.pattern, draft.score = "after-noun", 0.75
                return True
        phrase = self._phrases.at(place, end)
        if phrase is None and self._phrases.is_pronoun(place):
            phrase = Phrase(place, place)
        if phrase is None or (
            phrase.last - phrase.first < 1 and not self._phrases.is_pronoun(place)
        ):
            return False
        verb = phrase.last
        is_verb = (
            words.lower[verb].endswith("ed") and not words.is_capital(verb) and verb > phrase.first
        )
        if is_verb and verb + 1 <= end and words.surface[verb + 1] in ".,":
            source = Phrase(phrase.first, verb - 1)
            if self._phrases.kinds.of(source) in ("person", "organisation", "group", "pronoun"):
                draft.cue, draft.source = (verb, verb), source
                draft.pattern, draft.score = "after-subject", 0.7
                return True
        return False
