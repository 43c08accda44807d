"""With whom a sentence begins: whoever it says something of, and so may speak in the next one."""

from itertools import takewhile

from annotator.suggest.forms import Form
from annotator.suggest.kinds import Phrase
from annotator.suggest.phrases import Phrases
from annotator.suggest.reading import Reading
from annotator.suggest.subjects import Subjects

_FINITE = ("aient", "èrent", "eront", "iront", "era", "ira")
"""Endings that in French only verbs have."""


class Openings:
    """Finds the subjects of whole sentences of one reading."""

    def __init__(self, reading: Reading, phrases: Phrases, subjects: Subjects) -> None:
        self._reading = reading
        self._words = reading.words
        self._lexicon = reading.lexicon
        self._phrases = phrases
        self._kinds = phrases.kinds
        self._subjects = subjects

    def subject(self, first: int, limit: int) -> Phrase | None:
        """Return the phrase with which a sentence begins, behind what only leads it in.

        None where none does: the first word has its capital whatever it is. The phrase ends before
        the verb, if that is one of saying.
        """
        parts = [part for part in self._subjects.parts(first, limit - 1) if part is not None]
        while parts and self._subjects.leads_in(parts[0]):
            parts.pop(0)
        if not parts:
            return None
        start = self._subjects.trimmed(parts[0]).first
        if self._phrases.is_pronoun(start):
            return Phrase(start, start)
        if not self._names_somebody(start, is_first=start == first):
            return None
        end = self._before_verb(start, limit - 1)
        if end < start:
            return None
        phrase = self._phrases.at(start, min(end, parts[0].last))
        if phrase is None:
            return None
        subject = self._without_verb(phrase)
        is_whole = subject.last == phrase.last
        return self._phrases.with_appositions(phrase, end) if is_whole else subject

    def _before_verb(self, start: int, last: int) -> int:
        """Return the last word before the verb of saying among words, `last` without one."""
        for hit in self._reading.hits_between(start, last):
            group = self._reading.group(hit)
            if group and group.form & Form.FINITE and not group.is_inverted:
                return group.first - 1
        return last

    def _names_somebody(self, number: int, *, is_first: bool) -> bool:
        """Tell whether a noun phrase begins with a word, be it the first of a sentence.

        There a capital says nothing, unless another follows it or the text has it elsewhere too.
        """
        words, lexicon = self._words, self._lexicon
        if self._kinds.is_speaker(words.lower[number]):
            return True
        if not self._phrases.begins(number) or not (is_first and words.is_capital(number)):
            return self._phrases.begins(number)
        word = words.lower[number]
        if word in lexicon.determiners or word in lexicon.honorifics or word in lexicon.anonymous:
            return True
        if self._kinds.is_link(word) or word in lexicon.subordinators or lexicon.is_adverb(word):
            return False
        if words.is_capital(number + 1) and words.is_word(number + 1):
            following = words.lower[number + 1]
            return not (self._kinds.is_link(following) or following in lexicon.determiners)
        return words.surface[number] in self._reading.capitals or self._is_said_to_speak(number)

    def _is_said_to_speak(self, number: int) -> bool:
        """Tell whether a verb of saying follows a word at once: "Boucher affirme", "Police said"."""
        return self._reading.group_from(number + 1, number + 8) is not None

    def _without_verb(self, phrase: Phrase) -> Phrase:
        """Return what stands before a verb that no list has, as far as the words around it tell.

        A small word right before an article is no noun: "le registre compte 11 208 noms".
        """
        words, kinds = self._words, self._phrases.kinds
        for place in range(phrase.first + 1, phrase.last + 1):
            word, before = words.lower[place], words.lower[place - 1]
            if not word.isalpha() or words.is_capital(place) or kinds.is_link(word):
                continue
            if before in self._lexicon.determiners or kinds.is_link(before):
                continue
            if place < phrase.last and self._is_article(place + 1):
                is_verb = word not in self._lexicon.determiners
            else:
                is_verb = self._ends_as_verb(place, phrase)
            if is_verb:
                return Phrase(phrase.first, place - 1)
        return phrase

    def _is_article(self, number: int) -> bool:
        """Tell whether a word is a determiner and nothing else, or a number."""
        word, lexicon = self._words.lower[number], self._lexicon
        return word[0].isdigit() or (word in lexicon.determiners and word not in lexicon.genitive)

    def _ends_as_verb(self, place: int, phrase: Phrase) -> bool:
        """Tell whether a word behind a noun has the ending of a verb: "les habitants descendent"."""
        words, lexicon = self._words, self._lexicon
        word, before = words.lower[place], words.lower[place - 1]
        if lexicon.language == "fr":
            is_plural = words.lower[phrase.first] in lexicon.plural
            endings = ("ent", *_FINITE) if is_plural else _FINITE
            return len(word) > 4 and word.endswith(endings)
        # English adjectives stand before their noun, so that nothing but a verb follows it.
        is_name = words.is_capital(place - 1) and words.is_capital(phrase.first)
        is_noun = self._kinds.is_speaker(before) or (is_name and not self._is_article(phrase.first))
        rest = takewhile(
            lambda n: not self._kinds.is_link(words.lower[n]), range(place, phrase.last + 1)
        )
        return is_noun and not any(
            words.is_capital(n) or self._kinds.is_speaker(words.lower[n]) for n in rest
        )
