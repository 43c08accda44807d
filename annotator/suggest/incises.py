"""Incises: ", assure Mme X, porte-parole." in the middle of quoted words, cut out with cue and source."""

from dataclasses import dataclass

from annotator.suggest.forms import Form
from annotator.suggest.groups import Group
from annotator.suggest.inversion import inversion
from annotator.suggest.kinds import Phrase
from annotator.suggest.phrases import Phrases
from annotator.suggest.reading import Reading
from annotator.suggest.subjects import Subjects
from annotator.suggest.words import STOPS

_DASHES = frozenset("—–") | {"--"}
_COMMAS = frozenset(",;") | _DASHES
_BEFORE = _COMMAS | frozenset("?!…")
_PERSONS = frozenset("il elle on ils elles je".split())
_RELATIVES = frozenset("dont qui où lequel laquelle who whose".split())
_CLOSING = frozenset("»”›\"’'") | {"''", ">>"}
_FINITE = ("ra", "ront", "ait", "aient", "èrent", "irent")
_SHORTEST_FINITE = 4
_PARTICIPLE = {
    "fr": tuple("é ée és ées i ie is ies u ue us ues ant".split()),
    "en": ("ed", "ing"),
}


@dataclass(frozen=True, slots=True)
class Incise:
    """Words that report the words around them, from `first` to `last`.

    `before` is the last quoted word before it, `behind` the next one, None when nothing quoted follows.
    """

    before: int
    behind: int | None
    group: Group
    source: Phrase | None
    pattern: str


class Incises:
    """Finds the incises of one reading."""

    def __init__(self, reading: Reading, phrases: Phrases, subjects: Subjects) -> None:
        self._reading = reading
        self._phrases = phrases
        self._subjects = subjects
        self._words = reading.words

    def inside(
        self, first: int, last: int, *, in_dialogue: bool = False, is_asked: bool = False
    ) -> list[Incise]:
        """Return the incises in quoted words, in text order.

        In dialogue a dash beside an incise is a mark and stays with the words it closes or opens.
        When somebody who can see the incise has asked for it, verbs of any kind are taken.
        """
        found: list[Incise] = []
        for hit in self._reading.hits_between(first, last):
            if found and (found[-1].behind is None or hit < found[-1].behind):
                continue
            incise = self.at(hit, first, last, in_dialogue=in_dialogue, is_asked=is_asked)
            if incise:
                found.append(incise)
        return found

    def at(
        self, hit: int, first: int, last: int, *, in_dialogue: bool = False, is_asked: bool = False
    ) -> Incise | None:
        """Return the incise around a verb inside quoted words, None where it is a part of them."""
        words, group = self._words, self._reading.group(hit)
        if group is None or group.first - 1 <= first:
            return None
        if not is_asked and not group.takes("incise", "manner"):
            return None
        opening, source = group.first - 1, self._source(group, last)
        if in_dialogue and words.surface[opening] not in _BEFORE:
            source = self._subjects.before(group.first, first + 1)
            opening = source.first - 1 if source and group.form & Form.FINITE else first
        sign = words.surface[opening]
        if source is None or opening <= first or sign not in _BEFORE or words.breaks_after(opening):
            return None
        end = self._end(max(group.last, source.last), last, opening)
        behind = self._resumption(end, last)
        if behind == -1:
            return None
        is_mark = in_dialogue and sign not in ",;"
        if behind is not None and in_dialogue and words.surface[behind - 1] in _DASHES:
            behind -= 1
        before = opening - 1 if sign in _COMMAS and not is_mark else opening
        return Incise(before, behind, group, source, self._pattern(sign, group, source, end))

    def _source(self, group: Group, last: int) -> Phrase | None:
        words, lexicon = self._words, self._reading.lexicon
        if group.is_inverted:
            assert group.clitic is not None
            parts = inversion(words.lower[group.clitic])
            is_person = parts is not None and parts[1] in _PERSONS
            return Phrase(group.clitic, group.clitic) if is_person else None
        if not group.form & Form.FINITE:
            return None
        if lexicon.language == "en" and group.form & Form.INFINITIVE:
            return None  # "Eat slow, tell the truth": the form is no third person
        source = self._phrases.behind(group.last + 1, last)
        return None if source is None or words.lower[source.first] in lexicon.subjects else source

    def _end(self, end: int, last: int, opening: int) -> int:
        """Return the last word of an incise with what it says of when, where and how."""
        words = self._words
        while end < last:
            if words.surface[end + 1] == ",":
                segment = self._phrases.segment(end + 1, last)
                if segment is None or not self._belongs(segment, last, opening):
                    break
                end = segment.last
            elif words.is_word(end + 1) and not words.breaks_after(end):
                end += 1
            else:
                break
        return end

    def _belongs(self, segment: Phrase, last: int, opening: int) -> bool:
        """Tell whether words behind a comma go on with the incise rather than with what is quoted."""
        words, phrases, lexicon = self._words, self._phrases, self._reading.lexicon
        if phrases.is_manner(segment) or phrases.is_apposition(segment):
            return True
        if words.lower[segment.first] in _RELATIVES:
            return True
        if (
            words.lower[segment.first] in lexicon.resuming
            and words.lower[segment.first] not in lexicon.manner
        ):
            return False
        # Up to the end of the sentence and without a verb: what was quoted would have one.
        following = segment.last + 1
        inside = words.lower[segment.first : segment.last + 1]
        ends = following < last and words.surface[following] in STOPS
        has_verb = self._is_predicate(segment.first, opening) or any(
            word in lexicon.clausal for word in inside
        )
        return ends and not has_verb

    def _is_predicate(self, number: int, opening: int) -> bool:
        """Tell whether a word is the verb that the words before the incise still lack.

        "Le pont, assure Mme X, tiendra l'hiver." and not "Un scandale, lance Mme X, visiblement émue."
        """
        lower, lexicon = self._words.lower, self._reading.lexicon
        word = lower[number]
        if lexicon.language == "fr" and word.endswith(_FINITE) and len(word) > _SHORTEST_FINITE:
            return True
        start = self._reading.sentence_start(opening)
        if any(each in lexicon.clausal for each in lower[start:opening]):
            return False
        return not (
            lexicon.is_adverb(word)
            or word in lexicon.prepositions
            or word in lexicon.determiners
            or word.endswith(_PARTICIPLE[lexicon.language])
        )

    def _resumption(self, end: int, last: int) -> int | None:
        """Return the quoted word that follows the incise, None when none does, -1 if it does not end."""
        words = self._words
        closing = end + 1
        if closing > last or (closing == last and words.surface[closing] in _CLOSING):
            return None
        if words.breaks_after(end) or not words.is_word(closing):
            while closing <= last and words.surface[closing] in ".,!?…:;—–":
                closing += 1
            return (
                closing if closing < last or (closing == last and words.is_word(closing)) else None
            )
        return -1

    def _pattern(self, sign: str, group: Group, source: Phrase, end: int) -> str:
        if sign in "?!…":
            return "incise-question"
        if end > max(group.last, source.last):
            return "incise-manner"
        if group.is_inverted:
            return "incise-clitic"
        has_commas = "," in self._words.surface[source.first : source.last]
        return "incise-apposition" if has_commas else "incise-noun"
