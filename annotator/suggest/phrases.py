"""Noun phrases: where they begin and end, as far as words, capitals and commas tell without a parser."""

from collections.abc import Mapping

from annotator.suggest.kinds import Kinds, Phrase
from annotator.suggest.reading import Reading

LONGEST = 40
"""Words a phrase may have."""

ENDS = frozenset(';:()—–―«“„‹[]»”"') | {"--", "``", "''", "<<", ">>"}
"""Signs that no phrase goes beyond."""

_APPOSITIONS = 4
_JOINING = {
    "fr": frozenset("à au aux en chez auprès pour contre près".split()),
    "en": frozenset("for at with in from to on".split()),
}
_ASIDE = frozenset("adresse attention encontre endroit intention propos sujet".split())
"""Nouns behind which stands whom or what something is said to: "à l'adresse du maire"."""

_PARTICLES = frozenset(
    "de du des d' la le les l' van von der den al el bin ben di da of the and et &".split()
)
_WHOLE = frozenset(
    "one both some several many few others all plusieurs certains certaines tous toutes deux".split()
)


class Phrases:
    """Finds noun phrases in one reading.

    `titles` leads from each mark round a short name to its partner, both ways, so that a phrase goes
    on behind it: le comité « Larguez les amarres », Ricky “Sticks” Bellamy.
    """

    def __init__(self, reading: Reading, titles: Mapping[int, int]) -> None:
        self._reading = reading
        self._words = reading.words
        self._lexicon = reading.lexicon
        self._joining = _JOINING[reading.lexicon.language]
        self.titles = titles
        self.kinds = Kinds(reading.words, reading.lexicon)

    def begins(self, number: int) -> bool:
        """Tell whether a noun phrase may begin with this word."""
        words, lexicon = self._words, self._lexicon
        word = words.lower[number]
        return words.is_word(number) and (
            words.is_capital(number)
            or word in lexicon.determiners
            or word in lexicon.honorifics
            or word in lexicon.groups
            or word in lexicon.anonymous
            or word[:1].isdigit()
            or word.endswith(("celui-ci", "celle-ci", "ceux-ci", "celles-ci"))
        )

    def is_decimal(self, number: int) -> bool:
        """Tell whether a sign stands in a number: "1,8", "4.3"."""
        words = self._words
        return (
            number > 0
            and words.is_glued(number - 1)
            and words.is_glued(number)
            and words.surface[number - 1][-1:].isdigit()
            and words.surface[number + 1][:1].isdigit()
        )

    def is_pronoun(self, number: int) -> bool:
        """Tell whether a word is a pronoun that may be a subject."""
        return number < len(self._words) and self._words.lower[number] in self._lexicon.subjects

    def at(self, number: int, limit: int) -> Phrase | None:
        """Return the noun phrase that begins with a word, without appositions, up to `limit` at most."""
        words, lexicon = self._words, self._lexicon
        last, head, place = None, None, number
        limit = min(limit, number + LONGEST, len(words) - 1)
        while place <= limit:
            word = words.lower[place]
            if place in self.titles and place < self.titles[place] <= limit:
                place = last = self.titles[place]
                head = last if head is None else head
            elif not words.is_word(place):
                if not self._belongs(place):
                    break
            elif self._stops(place, number, head):
                break
            elif not (self.kinds.is_link(word) or word in lexicon.determiners):
                last = place
                if head is None or self.kinds.is_role(word) or word in lexicon.organisations:
                    head = place
            if words.breaks_after(place):
                break
            place += 1
        if last is None:
            last = number if words.lower[number] in _WHOLE else None
        return None if last is None else Phrase(number, last)

    def _stops(self, place: int, first: int, head: int | None) -> bool:
        """Tell whether a phrase that began at `first`, with its noun at `head`, ends before a word."""
        word, lexicon = self._words.lower[place], self._lexicon
        if place > first and (word in lexicon.clausal or word in lexicon.subordinators):
            return True
        return head is not None and self._ends_before(place, head)

    def _ends_before(self, place: int, head: int) -> bool:
        """Tell whether a phrase that has its noun ends before this word."""
        words, lexicon = self._words, self._lexicon
        word = words.lower[place]
        if words.is_capital(place):
            return word in lexicon.time
        if word in lexicon.genitive:
            return False
        if word in lexicon.prepositions:
            return not self._joins(place, head)
        if word in lexicon.coordinators:
            return not self._coordinates(place)
        if word in lexicon.time or word in lexicon.subjects or lexicon.is_adverb(word):
            return True
        return word in lexicon.objects and word not in lexicon.determiners

    def _joins(self, place: int, head: int) -> bool:
        """Tell whether a preposition goes on with an office ("porte-parole à la SQ"), not with a venue."""
        words, lexicon = self._words, self._lexicon
        noun = words.lower[head]
        if words.lower[place] not in self._joining:
            return False
        if not (self.kinds.is_role(noun) or noun in lexicon.organisations):
            return False
        if words.lower[place] == "to" and not words.is_capital(min(place + 1, len(words) - 1)):
            return False
        ahead = words.lower[place + 1 : place + 4]
        if not _ASIDE.isdisjoint(ahead):
            return False
        return not any(word in lexicon.venues or word in lexicon.time for word in ahead)

    def _coordinates(self, place: int) -> bool:
        """Tell whether "et" joins two names or nouns rather than two sentences."""
        words, following = self._words, place + 1
        if words.lower[place] not in ("et", "ou", "and", "or") or following >= len(words):
            return False
        if not (self.begins(following) or self.kinds.is_role(words.lower[following])):
            return False
        if self._reading.group_from(following, following + 4):
            return False
        ahead = words.lower[following : following + 4]
        return not any(word in self._lexicon.clausal for word in ahead)

    def _belongs(self, place: int) -> bool:
        """Tell whether a sign is part of a name: a stop behind "M", an ampersand, an apostrophe."""
        words = self._words
        sign = words.surface[place]
        if sign == ".":
            return place > 0 and words.is_glued(place - 1) and not words.ends_sentence(place)
        if sign == ",":
            return self.is_decimal(place)
        return sign in "&/’'-·@#%$€£"

    def with_appositions(self, phrase: Phrase, limit: int) -> Phrase:
        """Return a phrase with the appositions behind it that say who is meant."""
        last = phrase.last
        for _number in range(_APPOSITIONS):
            segment = self.segment(last + 1, limit)
            if segment is None or not self.is_apposition(segment):
                break
            last = segment.last
        return Phrase(phrase.first, last)

    def segment(self, comma: int, limit: int) -> Phrase | None:
        """Return the words between a comma and the next one, or what else ends them; None without comma."""
        words = self._words
        if comma >= limit or words.surface[comma] != "," or not words.is_word(comma + 1):
            return None
        place = comma + 1
        while place < min(limit, comma + LONGEST):
            following = place + 1
            if following in self.titles and following < self.titles[following] <= limit:
                place = self.titles[following]
                continue
            sign = words.surface[following]
            if sign == "," or sign in ENDS or words.breaks_after(place):
                break
            if not words.is_word(following) and (words.ends_sentence(following) or sign in "!?…"):
                break
            place = following
        while place > comma + 1 and not words.is_word(place) and place not in self.titles:
            place -= 1
        return Phrase(comma + 1, place)

    def is_apposition(self, segment: Phrase) -> bool:
        """Tell whether words between commas name the same one again: an office, an age, a body."""
        words, lexicon = self._words, self._lexicon
        inside = words.lower[segment.first : segment.last + 1]
        first = inside[0]
        if any(word in lexicon.clausal for word in inside):
            return first in lexicon.determiners and self._has_relative(inside)
        if first[0].isdigit():
            return len(inside) <= 3
        if first in lexicon.resuming or (first in lexicon.time and not self.kinds.is_role(first)):
            return False
        if first in lexicon.prepositions and first not in lexicon.genitive:
            return False
        ahead = (
            inside[:6] if first in lexicon.determiners or first in lexicon.genitive else inside[:4]
        )
        if any(self.kinds.is_speaker(word) for word in ahead):
            return True
        names = [n for n in range(segment.first, segment.last + 1) if words.is_capital(n)]
        if first in lexicon.genitive:
            return bool(names) and names[0] <= segment.first + 3
        return bool(names) and names[0] == segment.first and self._is_name(segment)

    def _has_relative(self, inside: list[str]) -> bool:
        """Tell whether an office comes before the verb, as in "la femme qui a tout vu"."""
        verb = next(n for n, word in enumerate(inside) if word in self._lexicon.clausal)
        before = inside[:verb]
        return any(self.kinds.is_speaker(word) for word in before[:4]) and any(
            word in ("qui", "dont", "où", "que", "qu'", "who", "whose", "that", "which")
            for word in before
        )

    def _is_name(self, segment: Phrase) -> bool:
        """Tell whether capitals name a body or another person: no verb stands among them."""
        words, lexicon = self._words, self._lexicon
        for place in range(segment.first, segment.last + 1):
            word = words.lower[place]
            if words.is_capital(place) or word in _PARTICLES or not word[0].isalpha():
                continue
            if word.endswith(("ed", "ait", "aient", "èrent")) or lexicon.verbs.has(word):
                return False
        return True

    def is_manner(self, segment: Phrase) -> bool:
        """Tell whether words between commas say when or where something was said."""
        words, lexicon = self._words, self._lexicon
        inside = words.lower[segment.first : segment.last + 1]
        if inside[0] in lexicon.time:
            return True
        if inside[0] not in lexicon.manner or any(word in lexicon.clausal for word in inside):
            return False
        return any(word in lexicon.venues or word in lexicon.time for word in inside[1:8])

    def behind(self, number: int, limit: int) -> Phrase | None:
        """Return the subject that follows a verb ("assure hier à l'AFP Mme X"), appositions included."""
        place = self.skip_to_phrase(number, limit)
        phrase = self.at(place, limit) if place is not None else None
        return self.with_appositions(phrase, limit) if phrase else None

    def skip_to_phrase(self, number: int, limit: int) -> int | None:
        """Return where the next noun phrase begins behind adverbs, times and "à l'AFP"; None without one."""
        words, lexicon = self._words, self._lexicon
        place = number
        while place <= min(limit, number + 16):
            word = words.lower[place]
            if words.surface[place] == ",":
                inner = self.segment(place, limit)
                if inner is None or inner.last - inner.first > 8 or inner.last + 2 > limit:
                    return None
                if words.surface[inner.last + 1] != ",":
                    return None
                place = inner.last + 2
            elif not words.is_word(place):
                return None
            elif word in lexicon.time or (
                lexicon.is_adverb(word) and word not in lexicon.determiners
            ):
                place += 1
            elif self._leads_aside(place):
                place = self._behind_preposition(place + 1, limit)
            elif self.begins(place) or self.kinds.is_speaker(word):
                return place
            else:
                return None
        return None

    def _leads_aside(self, place: int) -> bool:
        """Tell whether a preposition begins "à l'AFP", "de son côté", "pour sa part"."""
        lower, lexicon = self._words.lower, self._lexicon
        if lower[place] in lexicon.genitive:
            return place + 1 < len(lower) and lower[place + 1] in (
                "son",
                "sa",
                "leur",
                "concert",
                "un",
                "une",
            )
        return lower[place] in lexicon.prepositions

    def _behind_preposition(self, place: int, limit: int) -> int:
        lower, lexicon = self._words.lower, self._lexicon
        while place <= limit and lower[place] in lexicon.determiners:
            place += 1
        place += 1
        while place <= limit and lower[place] in lexicon.genitive:
            place += 1
            while place <= limit and lower[place] in lexicon.determiners:
                place += 1
            place += 1
        return place
