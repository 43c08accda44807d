"""Who is named in the sentences before a quote: their subjects, and the full names in them."""

from collections.abc import Callable, Iterator

from annotator.suggest.kinds import Phrase
from annotator.suggest.openings import Openings
from annotator.suggest.phrases import Phrases
from annotator.suggest.reading import Reading
from annotator.suggest.words import CLOSING, STOPS

_SENTENCES = 12
"""Sentences before a quote in which somebody may have been named."""

_IN_PARAGRAPH = 6
"""Sentences behind which the beginning of a paragraph is far enough."""

_SPEAKING = frozenset(("person", "group", "anonymous", "organisation"))
_LOCAL = {
    "fr": frozenset("dans en sur sous chez vers derrière depuis jusqu'à près hors".split()),
    "en": frozenset("in on at near across along into onto over outside inside through".split()),
}
"""Prepositions behind which a name is that of a place."""

_DASHES = frozenset("—–-") | {"--"}
_NO_ONE = frozenset("aucun aucune ce nul nulle on personne rien it no nobody none nothing".split())
"""Words with which a phrase begins that means nobody, or nobody in particular."""

_PLACES = frozenset("street avenue road lane bridge square park river lake island highway".split())
"""Last words of the names of places."""

_UNFINISHED = frozenset(":;,—–")
"""Signs after which a line goes on in the next one."""


class Nearby:
    """Finds who is named near the quotes of one reading."""

    def __init__(self, reading: Reading, phrases: Phrases, openings: Openings) -> None:
        self._reading = reading
        self._words = reading.words
        self._lexicon = reading.lexicon
        self._phrases = phrases
        self._openings = openings
        self._sentences: dict[tuple[int, int], tuple[Phrase | None, list[Phrase]]] = {}

    def before(self, number: int, is_quoted: Callable[[int], bool]) -> Iterator[Phrase]:
        """Yield who is named before a word, the nearest sentence first, its subject before other names.

        Of a sentence that `is_quoted` the subject is left out: it is what somebody talks of.
        """
        end = number
        for count in range(_SENTENCES):
            if end <= 0:
                return
            start = self._reading.sentence_start(end - 1)
            is_lead = end == number and not self._is_end(end - 1)
            if is_lead or self._is_sentence(end - 1):
                first = self._reading.behind_dateline(start)
                yield from self._named(first, end, is_quoted, is_lead=is_lead)
            end = start if start < end else end - 1
            if count >= _IN_PARAGRAPH and self._words.breaks_after(end - 1):
                return

    def _named(
        self, start: int, end: int, is_quoted: Callable[[int], bool], *, is_lead: bool
    ) -> Iterator[Phrase]:
        key = (start, end)
        if key not in self._sentences:
            self._sentences[key] = self._in_sentence(start, end)
        subject, names = self._sentences[key]
        # "Nous l'écrivions hier :" may lead to the quote, "il" in an earlier sentence says nothing.
        is_told = is_lead or not (subject and self._phrases.is_pronoun(subject.first))
        if subject and is_told and not is_quoted(start):
            yield subject
        yield from names

    def _in_sentence(self, start: int, end: int) -> tuple[Phrase | None, list[Phrase]]:
        """Return who a sentence says something of, and the names beside."""
        subject = self._openings.subject(start, end)
        first, last = subject or (end, end)
        names = [name for name in self._names(start, end) if not first <= name.first <= last]
        if subject and not (self._is_somebody(subject.first) or self.speaks(subject)):
            subject = None
        return subject, names

    def _is_somebody(self, number: int) -> bool:
        return self._phrases.is_pronoun(number) and self._words.lower[number] not in _NO_ONE

    def speaks(self, phrase: Phrase) -> bool:
        """Tell whether a phrase names somebody who can speak, by more than a pronoun."""
        kinds = self._phrases.kinds
        if self._words.lower[phrase.first] in _NO_ONE:
            return False
        return kinds.of(phrase) in _SPEAKING and kinds.is_headed(phrase)

    def _is_end(self, number: int) -> bool:
        words = self._words
        return words.breaks_after(number) or words.surface[number] in STOPS | CLOSING

    def _is_sentence(self, last: int) -> bool:
        """Tell whether words up to a word are a sentence, not a headline, a byline or a date."""
        words = self._words
        sign = words.surface[last]
        if words.surface[last + 1] in _DASHES:
            return False  # PORT GRANBY, Ont. —
        return (
            not words.breaks_after(last) or sign in STOPS or sign in CLOSING or sign in _UNFINISHED
        )

    def _names(self, start: int, end: int) -> Iterator[Phrase]:
        """Yield full names and titled names among words, the last first."""
        surface = self._words.surface
        place = end - 1
        while place >= start:
            if surface[place][0].isupper():
                last = place
                while place > start and self._goes_before(place):
                    place -= 1
                name = self._name(place, last, is_first=place == start)
                if name:
                    yield name
            place -= 1

    def _goes_before(self, place: int) -> bool:
        """Tell whether the word before a part of a name belongs to it as well."""
        words, before = self._words, place - 1
        if words.breaks_after(before) or words.lower[before] in self._lexicon.time:
            return False
        if words.surface[before] == ".":
            return before > 0 and words.is_glued(before - 1) and not words.ends_sentence(before)
        return words.is_word(before) and (
            words.is_capital(before) or words.lower[before] in self._lexicon.honorifics
        )

    def _name(self, first: int, last: int, *, is_first: bool) -> Phrase | None:
        """Return the full or titled name among words with capitals, None where they are no speaker's."""
        words, lexicon = self._words, self._lexicon
        while first < last and self._leads_to_name(first, is_first=is_first):
            first += 1
        while first < last and self._phrases.kinds.is_link(words.lower[last]):
            last -= 1
        while first < last and words.is_glued(last) and words.surface[last][-1] in "'’ʼ":
            last += 1  # Pennanec’h
        parts = [n for n in range(first, last + 1) if words.is_word(n)]
        named = [n for n in parts if words.lower[n] not in lexicon.honorifics]
        if not named or words.lower[named[-1]] in _PLACES:
            return None
        is_titled = len(named) < len(parts)
        is_known = words.surface[named[-1]] in lexicon.names
        if is_titled or is_known:
            return Phrase(first, last)
        is_full = len(named) > 1 and not self._is_elsewhere(first)
        return Phrase(first, last) if is_full else None

    def _leads_to_name(self, number: int, *, is_first: bool) -> bool:
        """Tell whether a word with a capital is none of a name: "Selon Luc Roy", "Le Regroupement"."""
        word, lexicon = self._words.lower[number], self._lexicon
        if word in lexicon.determiners or word in lexicon.genitive or word in lexicon.subjects:
            return True
        is_small = (
            self._phrases.kinds.is_link(word)
            or word in lexicon.subordinators
            or word in lexicon.time
            or lexicon.is_adverb(word)
        )
        return is_small and is_first

    def _is_body(self, first: int) -> bool:
        """Tell whether a name that begins with a word is that of a body: "le Parti Libéral"."""
        words = self._words
        place = first
        while words.is_word(place) and words.is_capital(place):
            if words.lower[place] in self._lexicon.organisations:
                return True
            place += 1
        return False

    def _is_elsewhere(self, first: int) -> bool:
        """Tell whether a name is that of a place, or of what somebody or something belongs to."""
        lower, lexicon = self._words.lower, self._lexicon
        before = lower[first - 1] if first else ""
        beyond = lower[first - 2] if first > 1 else ""
        if before in lexicon.determiners and (
            beyond in lexicon.genitive or not self._is_body(first)
        ):
            return True
        if lower[first] in lexicon.organisations and "à" in (before, beyond):
            return True
        is_named_after = before in lexicon.titled and not self._phrases.kinds.is_speaker(before)
        is_part = before in ("du", "des", "of") or before in _LOCAL[lexicon.language]
        return is_part or is_named_after
