"""Subjects before a verb: "Le maire, élu en 2020, a dit", and what "qui" stands for."""

from annotator.suggest.forms import Form
from annotator.suggest.inversion import stem
from annotator.suggest.kinds import Phrase
from annotator.suggest.phrases import ENDS, LONGEST, Phrases
from annotator.suggest.reading import Reading

_RELATIVES = frozenset("qui dont où que qu' who whose that which whom".split())
_TIMES = frozenset("fois jour jours moment temps époque instant day time moment decade".split())
_SHORT = 5
"""Words of a time that leads in a sentence."""


class Subjects:
    """Finds the subjects of verbs in one reading."""

    def __init__(self, reading: Reading, phrases: Phrases) -> None:
        self._reading = reading
        self._words = reading.words
        self._lexicon = reading.lexicon
        self._phrases = phrases

    def before(self, number: int, floor: int) -> Phrase | None:
        """Return the subject before the verb group that begins with this word, not farther than `floor`."""
        parts = self.parts(self._clause_start(number, floor), number - 1)
        if not parts:
            return None
        if parts[-1] is not None:
            return self._subject_in(parts[-1], parts[-2] if len(parts) > 1 else None)
        named = [part for part in parts[:-1] if part is not None]
        if len(named) < 2:
            return None  # one comma parts a verb from what it reports, not from its subject
        while len(named) > 1 and self.leads_in(named[0]):
            named.pop(0)
        if not named:
            return None
        head = self._subject_in(named[0], None)
        if head is None:
            return None
        last = head.last
        for part in named[1:]:
            if not self._phrases.is_apposition(part):
                break
            last = part.last
        return Phrase(head.first, last)

    def _clause_start(self, number: int, floor: int) -> int:
        """Return the first word of the clause that leads up to a word."""
        words = self._words
        place = number
        while place > floor and number - place < 2 * LONGEST:
            before = place - 1
            if before in self._phrases.titles and floor <= self._phrases.titles[before] < before:
                place = self._phrases.titles[before]
                continue
            if not words.is_word(before):
                if words.surface[before] in ENDS or words.ends_sentence(before):
                    break
            place = before
        return place

    def parts(self, first: int, last: int) -> list[Phrase | None]:
        """Return the stretches between commas; None for an empty one, as before a comma at the end."""
        parts: list[Phrase | None] = []
        begin, surface = first, self._words.surface
        for place in range(first, last + 2):
            if place > last or (surface[place] == "," and not self._phrases.is_decimal(place)):
                parts.append(Phrase(begin, place - 1) if begin < place else None)
                begin = place + 1
        return parts

    def leads_in(self, part: Phrase) -> bool:
        """Tell whether words before the subject only say when, where or how."""
        lexicon = self._lexicon
        first = self._words.lower[part.first]
        if first in lexicon.prepositions or first in lexicon.time or first in lexicon.subordinators:
            return True
        if first in lexicon.determiners and part.last - part.first < _SHORT:
            last = self._words.lower[part.last]
            if last in lexicon.time or last in _TIMES:
                return True  # "L'an dernier, …", "La première fois, …"
        if lexicon.is_adverb(first) or first in lexicon.coordinators:
            return not (part.first < part.last and self._phrases.begins(part.first + 1))
        if not first.endswith(("é", "ée", "és", "ées", "ant", "ing", "asked", "pressed")):
            return False
        # "René Roy, maire de Laval" is a name, "Le député" a trade.
        is_name = part.first < part.last and self._words.is_capital(part.first + 1)
        return not is_name and not self._phrases.kinds.is_speaker(first)

    def _subject_in(self, part: Phrase, before: Phrase | None) -> Phrase | None:
        """Return the subject at the end of words without a comma."""
        words, lexicon = self._words, self._lexicon
        first, last = part
        for place in range(last, first - 1, -1):
            word = words.lower[place]
            if word not in lexicon.subordinators or word in lexicon.determiners:
                continue
            if word in ("qui", "who") and place == last:
                return self._antecedent(place, part, before)
            if place < last and (
                self._phrases.begins(place + 1) or self._phrases.is_pronoun(place + 1)
            ):
                if word not in ("qui", "dont", "où", "who", "whose", "whom", "which"):
                    first = place + 1
                    break
        found = self.trimmed(Phrase(first, last))
        if found.first < found.last and words.lower[found.first] in lexicon.prepositions:
            found = self._last_phrase(found)
        is_shared = words.lower[last] in lexicon.coordinators
        found = self._beside_verb(found, is_shared=is_shared)
        return found if self._is_subject(found) else None

    def _beside_verb(self, phrase: Phrase, *, is_shared: bool) -> Phrase:
        """Return the subject among words that hold another verb of saying.

        "Roy urged people to obey and" said: Roy, whose verb is the other one as well. "Roy said the
        company" was told: the company.
        """
        words = self._words
        for hit in self._reading.hits_between(phrase.first + 1, phrase.last - 1):
            group = self._reading.group(hit)
            if group is None or not group.form & Form.FINITE or group.first <= phrase.first:
                continue
            if not _RELATIVES.isdisjoint(words.lower[phrase.first : group.first]):
                break
            if is_shared:
                return self.trimmed(Phrase(phrase.first, group.first - 1))
            if self._phrases.begins(group.last + 1) and group.last < phrase.last:
                return Phrase(group.last + 1, phrase.last)
            break
        return phrase

    def trimmed(self, part: Phrase) -> Phrase:
        """Return a phrase without conjunctions before it and adverbs round it."""
        words, lexicon = self._words, self._lexicon
        first, last = part
        while first < last and (
            words.lower[first] in lexicon.coordinators
            or words.lower[first] in lexicon.time
            or (
                lexicon.is_adverb(words.lower[first])
                and words.lower[first] not in lexicon.determiners
            )
        ):
            first += 1
        while last > first and (
            (not words.is_word(last) and last not in self._phrases.titles)
            or words.lower[last] in lexicon.time
            or (lexicon.is_adverb(words.lower[last]) and not words.is_capital(last))
            or stem(words.lower[last]) in lexicon.auxiliaries
            or (words.lower[last] in lexicon.prepositions and not words.is_capital(last))
        ):
            last -= 1
        return Phrase(first, last)

    def _antecedent(self, relative: int, part: Phrase, before: Phrase | None) -> Phrase | None:
        """Return what "qui" stands for: the words before it, or before its comma."""
        found = Phrase(part.first, relative - 1) if part.first < relative else before
        if found is None:
            return None
        found = self._last_phrase(self.trimmed(found))
        return found if self._is_subject(found) else None

    def _last_phrase(self, part: Phrase) -> Phrase:
        """Return the last noun phrase in a stretch that begins with something else."""
        words, lexicon = self._words, self._lexicon
        for place in range(part.last, part.first - 1, -1):
            if not (self._phrases.begins(place) or self._phrases.is_pronoun(place)):
                continue
            before = words.lower[place - 1] if place > part.first else ""
            if before in lexicon.genitive or before in lexicon.prepositions:
                continue
            if before in lexicon.determiners or before in lexicon.honorifics:
                continue
            if words.is_capital(place) and place > part.first and words.is_capital(place - 1):
                if before not in lexicon.time:
                    continue
            return Phrase(place, part.last)
        return part

    def _is_subject(self, phrase: Phrase) -> bool:
        words, lexicon = self._words, self._lexicon
        first, last = phrase
        word = words.lower[first]
        if word in lexicon.impersonal and (first == last or not self._phrases.begins(first)):
            return False
        inside = words.lower[first : last + 1]
        verb = next((n for n, each in enumerate(inside) if each in lexicon.clausal), None)
        if verb is not None and not any(each in _RELATIVES for each in inside[:verb]):
            return False
        if (
            self._phrases.is_pronoun(first)
            or self._phrases.begins(first)
            or self._phrases.kinds.is_speaker(word)
        ):
            return True
        # "drummer Ricky Bellamy": a trade we do not know, and a name.
        is_link = (
            self._phrases.kinds.is_link(word)
            or word in lexicon.subordinators
            or lexicon.is_adverb(word)
        )
        return not is_link and any(
            words.is_capital(n) for n in range(first + 1, min(first + 4, last + 1))
        )
