"""Reported speech without marks of its own: que, that, infinitives, questions, nominal complements."""

from bisect import bisect_left
from collections.abc import Sequence

from annotator.suggest.clauses import Clauses
from annotator.suggest.draft import Draft
from annotator.suggest.forms import Form
from annotator.suggest.groups import Group
from annotator.suggest.kinds import Phrase
from annotator.suggest.phrases import Phrases
from annotator.suggest.reading import Reading
from annotator.suggest.subjects import Subjects
from annotator.suggest.trailing import Trailing

_AHEAD = 30
"""Words that may stand between a verb and its que or that: an addressee, a time, a place."""

_SHORTEST = 4
"""Words that a clause without que or that must have."""

_NEAR = 10
"""Words that may stand between a verb and the marks of a phrase it calls something."""

_INFINITIVE = ("er", "ir", "oir", "re")
_BEFORE_INFINITIVE = frozenset(
    "ne n' pas plus jamais se s' y en lui leur l' le la les me nous vous rien tout bien mieux".split()
)
_DEFINITE = frozenset(
    "le la les l' un une des du de d' ce cette ces son sa ses leur leurs toute tout".split()
)
_SUBJECTS = frozenset("i he she we they".split())
"""English pronouns that are nothing but subjects: a verb follows."""

_DEEDS = ("ion", "ment", "age", "ance", "ence", "ure", "ise", "té", "isme", "aison", "ade")
"""Endings of French nouns that could be said as a sentence: "la fermeture", "une indemnité"."""

_ANY = frozenset("tout toute".split())
_SIDES = frozenset("part côté tour".split())
_JOINING = frozenset("et and but mais puis then or".split())


class Indirect:
    """Finds the clauses that the verbs of one reading report.

    `quoted` are first and last word of the quotations between marks, in text order.
    """

    def __init__(
        self,
        reading: Reading,
        phrases: Phrases,
        subjects: Subjects,
        clauses: Clauses,
        quoted: Sequence[tuple[int, int]],
    ) -> None:
        self._reading = reading
        self._words = reading.words
        self._lexicon = reading.lexicon
        self._phrases = phrases
        self._subjects = subjects
        self._clauses = clauses
        self._quoted = quoted
        self._trailing = Trailing(reading, phrases, subjects, clauses)

    def draft(self, group: Group, floor: int, end: int) -> Draft | None:
        """Return what a verb reports between the start and the end of its sentence, if anything."""
        if group.takes("belief") and not self._lexicon.with_beliefs:
            return None
        if self._is_asked(group, floor):
            return self._question(group, end)
        return self._following(group, floor, end) or self._trailing.draft(group, floor, end)

    def _following(self, group: Group, floor: int, end: int) -> Draft | None:
        """Return what stands behind a verb that has a subject before it, or shares one."""
        draft = self._complement(group, end) if not group.is_inverted else None
        if draft is None:
            return None
        draft.group = group
        draft.source = self._subject(group, floor)
        draft.continues = draft.source is None
        if draft.source is None:
            return draft if self._may_lack_subject(group, floor) else None
        draft.kind = self._phrases.kinds.of(draft.source)
        if draft.kind == "thing":
            if draft.pattern == "nominal":
                return None  # "Ce métier demande de la patience"
            draft.score -= 0.2
        return draft

    def _is_asked(self, group: Group, floor: int) -> bool:
        """Tell whether a sentence begins with "Asked whether": nobody is named who asks."""
        return group.first == group.head == floor and bool(group.takes("whether"))

    def _question(self, group: Group, end: int) -> Draft | None:
        first = group.last + 1
        word, lexicon = self._words.lower[first], self._lexicon
        if word not in lexicon.interrogatives and word not in lexicon.whether:
            return None
        comma = next((n for n in range(first, end) if self._words.surface[n] == ","), end)
        return Draft([(first, comma - 1)], "indirect", "question", 0.7, group=group)

    def _subject(self, group: Group, floor: int) -> Phrase | None:
        return None if group.form & Form.GERUND else self._subjects.before(group.first, floor)

    def _may_lack_subject(self, group: Group, floor: int) -> bool:
        """Tell whether the verb shares the subject of another: "ajoutant que", "et a promis", "and said"."""
        if group.form & Form.GERUND:
            return True
        if not group.form & Form.FINITE:
            return False
        before = group.first - 1
        return before > floor and self._words.lower[before] in _JOINING

    def _complement(self, group: Group, end: int) -> Draft | None:
        if group.last + 1 >= end:
            return None
        if self._lexicon.language == "fr":
            return self._french(group, end) or self._called(group, end)
        return self._english(group, end) or self._called(group, end)

    def _french(self, group: Group, end: int) -> Draft | None:
        words, lexicon = self._words, self._lexicon
        number, first = group.last + 1, group.last + 1
        while number < min(end, first + _AHEAD):
            word = words.lower[number]
            if word in lexicon.complementisers:
                return self._clause(number, end, "que", 0.85) if group.takes("que") else None
            if group.takes("si"):
                if word in lexicon.whether and number <= first + 4:
                    return self._clause(number, end, "question", 0.75)
                if word in lexicon.interrogatives and number <= first + 1:
                    return self._clause(number, end, "question", 0.7)
                if word in ("ce", "ceux", "celui") and words.lower[number + 1] in (
                    "que",
                    "qu'",
                    "qui",
                    "dont",
                ):
                    return self._clause(number, end, "question", 0.65)
            if group.takes("de") and word in ("de", "d'") and self._is_infinitive(number + 1):
                return self._clause(number, end, "infinitive", 0.7)
            if group.takes("a") and word == "à" and self._is_infinitive(number + 1):
                return self._clause(number, end, "infinitive", 0.7)
            if group.takes("inf") and number <= first + 2 and self._is_infinitive(number):
                return self._clause(number, end, "infinitive", 0.65)
            number = self._passed(number, end, group)
            if number < 0:
                break
        return self._nominal(group, first, end)

    def _passed(self, number: int, end: int, group: Group) -> int:
        """Return where to go on behind a time, "à l'AFP" or words between commas; -1 where nothing is."""
        words, lexicon = self._words, self._lexicon
        word = words.lower[number]
        if words.surface[number] == ",":
            segment = self._phrases.segment(number, end)
            is_closed = segment is not None and words.surface[segment.last + 1] == ","
            return segment.last + 2 if segment and is_closed else -1
        if not words.is_word(number):
            return -1
        if word in lexicon.time or (lexicon.is_adverb(word) and word not in lexicon.determiners):
            return number + 1
        if word in lexicon.prepositions:
            phrase = self._phrases.at(number + 1, end) if number + 1 < end else None
            return phrase.last + 1 if phrase else -1
        if group.takes("addressee:direct", "a", "de") and self._phrases.begins(number):
            phrase = self._phrases.at(number, end)
            return self._behind_addressee(phrase, group) if phrase else -1
        return -1

    def _behind_addressee(self, phrase: Phrase, group: Group) -> int:
        """Return where "de" leads to an infinitive in a phrase: "presse le maire de venir", or its end."""
        if group.takes("addressee:direct") and self._lexicon.language == "fr":
            leading = [
                *(["de", "d'"] if group.takes("de") else []),
                *(["à"] if group.takes("a") else []),
            ]
            for place in range(phrase.first + 1, phrase.last):
                if self._words.lower[place] in leading and self._is_infinitive(place + 1):
                    return place
        return phrase.last + 1

    def _is_infinitive(self, number: int) -> bool:
        words = self._words
        for place in range(number, min(number + 6, len(words))):
            word = words.lower[place]
            if word in _BEFORE_INFINITIVE:
                continue
            is_noun = self._phrases.kinds.is_speaker(word) or word in self._lexicon.determiners
            return (
                word.endswith(_INFINITIVE)
                and len(word) > 3
                and not words.is_capital(place)
                and not is_noun
            )
        return False

    def _nominal(self, group: Group, place: int, end: int) -> Draft | None:
        """Return a noun that could be said as a sentence: "l'importance de former les jeunes"."""
        words, lexicon = self._words, self._lexicon
        while place < end and (
            self._reading.is_adverb(place) or words.lower[place] in lexicon.time
        ):
            place += 1
        if words.lower[place] in lexicon.prepositions and words.lower[place + 2] in _SIDES:
            place += 3  # "pour sa part", "à son tour"
        if place + 2 > end or words.lower[place] not in _DEFINITE:
            return None
        noun = words.lower[place + 1]
        if noun in lexicon.determiners or noun in ("plus", "très", "trop"):
            noun = words.lower[min(place + 2, end)]
        if group.takes("abstract", "np") and noun in lexicon.abstract:
            return self._clause(place, end, "nominal", 0.7)
        if not group.takes("np"):
            return None
        draft = self._clause(place, end, "nominal", 0.5)
        is_deed = noun.removesuffix("s").endswith(_DEEDS) or words.lower[place] in _ANY
        return draft if is_deed or self._has_marks(draft) else None

    def _has_marks(self, draft: Draft) -> bool:
        """Tell whether some of what is reported stands between marks."""
        place = bisect_left(self._quoted, (draft.first, 0))
        return place < len(self._quoted) and draft.holds(*self._quoted[place])

    def _english(self, group: Group, end: int) -> Draft | None:
        words, lexicon = self._words, self._lexicon
        place = group.last + 1
        addressee = None
        if group.takes("addressee:direct", "call"):
            if words.lower[place] in lexicon.objects:
                addressee = Phrase(place, place)
            elif self._phrases.begins(place):
                addressee = self._phrases.at(place, end)
            elif words.lower[place + 1] == "to" and self._is_bare_plural(place):
                addressee = Phrase(place, place)
        if addressee and addressee.last < end:
            found = self._led(group, addressee.last + 1, end) or self._zero(
                group, addressee.last + 1, end
            )
            if found:
                found.addressee = addressee
                return found
        return (
            self._led(group, place, end)
            or self._zero(group, place, end)
            or self._np(group, place, end)
        )

    def _led(self, group: Group, first: int, end: int) -> Draft | None:
        """Return a clause that "that", "whether" or "to" leads in."""
        words, lexicon = self._words, self._lexicon
        number = self._charge(first, end) if group.takes("call") else first
        while number < min(end, first + _AHEAD):
            word = words.lower[number]
            if word == "that" and group.takes("that", "zero"):
                return self._clause(number, end, "that", 0.85)
            is_asking = word in lexicon.interrogatives or word in lexicon.whether
            if group.takes("whether") and is_asking and number <= first + 1:
                return self._clause(number, end, "question", 0.75)
            if group.takes("call") and word in ("of", "for") and number > group.last + 1:
                return self._clause(number, end, "infinitive", 0.65)
            if group.takes("to") and word == "to" and number <= first + 1:
                return self._clause(number, end, "infinitive", 0.7)
            number = self._passed(number, end, group)
            if number < 0:
                break
        return None

    def _charge(self, first: int, end: int) -> int:
        """Return where "of looting" begins behind whoever is accused, else the first word."""
        words = self._words
        for place in range(first, min(end, first + _NEAR)):
            if not words.is_word(place):
                break
            is_deed = words.lower[place + 1].endswith("ing") and not words.is_capital(place + 1)
            if place > first and words.lower[place] in ("of", "for") and is_deed:
                return place
        return first

    def _is_bare_plural(self, place: int) -> bool:
        """Tell whether an English noun stands for several without a determiner: "campers", "profits"."""
        word, lexicon = self._words.lower[place], self._lexicon
        is_small = self._phrases.kinds.is_link(word) or lexicon.is_adverb(word)
        return (
            len(word) > _SHORTEST
            and word.isalpha()
            and self._words.is_word(place + 1)
            and word.endswith("s")
            and not word.endswith("ss")
            and not is_small
            and word not in lexicon.time
            and word not in lexicon.clausal
        )

    def _zero(self, group: Group, place: int, end: int) -> Draft | None:
        """Return a clause that follows "said" without "that"."""
        words, lexicon = self._words, self._lexicon
        if not group.takes("zero"):
            return None
        while place < end and (
            words.lower[place] in lexicon.time or self._reading.is_adverb(place)
        ):
            if words.lower[place] == "there" and words.lower[place + 1] in lexicon.clausal:
                break
            place += 1
        word = words.lower[place]
        is_clause = (
            self._phrases.begins(place)
            or word in lexicon.subjects
            or word in ("there", "what")
            or self._is_bare_plural(place)
        )
        least = _SHORTEST if not self._phrases.is_pronoun(place) else 2
        if not is_clause or end - place < least:
            return None
        if word not in _SUBJECTS and not self._clauses.has_verb(place + 1, end):
            return None
        return self._clause(place, end, "zero-that", 0.72)

    def _np(self, group: Group, place: int, end: int) -> Draft | None:
        words, lexicon = self._words, self._lexicon
        if not group.takes("np", "abstract") or not words.is_word(place):
            return None
        if any(word in lexicon.abstract for word in words.lower[place : place + 4]):
            return self._clause(place, end, "nominal", 0.7)
        word = words.lower[place]
        if not group.takes("np") or word in lexicon.subordinators or word in lexicon.prepositions:
            return None
        return self._clause(place, end, "nominal", 0.5)

    def _called(self, group: Group, end: int) -> Draft | None:
        """Return what something is called between marks: "parle d'un « … »", "called it a “…”"."""
        if not group.takes("juge", "call"):
            return None
        first = group.last + 1
        marks = next((q for q in self._quoted if q[0] >= first), None)
        if marks is None or marks[0] - first > _NEAR or marks[1] > end + 1:
            return None
        if marks[0] == first and group.takes("call"):
            return None  # a bird called “Admiral”
        if any(self._words.surface[n] in ",;:" for n in range(first, marks[0])):
            return None
        last = self._clauses.end(first, end)
        comma = next((n for n in range(marks[1] + 1, last) if self._words.surface[n] == ","), None)
        last = last if comma is None else comma - 1
        return Draft([(first, max(last, marks[1]))], "mixed", "mixed-phrase", 0.7)

    def _clause(self, first: int, end: int, pattern: str, score: float) -> Draft:
        last = self._clauses.end(first, end)
        return Draft([(first, last)], "indirect", pattern, score)
