"""Where reported clauses end: at the sentence's end, or before words that report something else."""

from collections.abc import Collection

from annotator.suggest.forms import Form
from annotator.suggest.groups import Group
from annotator.suggest.reading import Reading

_CONJUNCTIONS = frozenset("et mais puis and but then".split())
_LOOKED_AT = 40
"""Words among which a clause has its verb."""

_ENDINGS = {"en": ("ed",), "fr": ("ait", "aient", "era", "eront", "èrent", "ira", "iront", "dra")}
"""Endings that few words have but verbs."""

_PASTS = frozenset(
    """
    ate began bought broke brought built caught chose drew drove fell felt flew fought found froze gave
    grew held hid kept knew laid led lent lost met paid ran rang rose sang sank sat saw sent shook shot
    slept sold spent spoke stole stood struck sought swam swore taught threw thought tore understood
    wept withdrew woke won wore wrote
    """.split()
)
"""Past tenses without an ending."""

_OF_NUMBERS = "%$€£°"


class Clauses:
    """Finds the ends of clauses in one reading. `closing` are the marks that close a quotation."""

    def __init__(self, reading: Reading, closing: Collection[int]) -> None:
        self._reading = reading
        self._words = reading.words
        self._lexicon = reading.lexicon
        self._closing = closing

    def end(self, first: int, sentence_end: int) -> int:
        """Return the last word of a reported clause that begins with `first`.

        The full stop stays outside. A comma or a conjunction behind which something else is reported
        ends the clause: ", a-t-il ajouté", ", selon X", ", ajoutant que", "et a promis de".
        """
        words = self._words
        for place in range(first + 1, sentence_end):
            sign = words.surface[place]
            if sign == ";" or (sign in ",—–" and self.breaks_off(place, sentence_end)):
                return self.trimmed(first, place - 1)
            if words.lower[place] in _CONJUNCTIONS and self._reports_on(place, sentence_end):
                return self.trimmed(first, place - 1)
        last = sentence_end
        while last + 1 in self._closing and first < last:
            last += 1
        return self.trimmed(first, last)

    def trimmed(self, first: int, last: int) -> int:
        """Return the last word that is no sign; what closes a quotation or belongs to a number stays."""
        words = self._words
        while last > first and not words.is_word(last):
            if last in self._closing or words.surface[last] in _OF_NUMBERS:
                break
            if words.surface[last] == ")" and "(" in words.surface[first:last]:
                break
            last -= 1
        return last

    def breaks_off(self, comma: int, sentence_end: int) -> bool:
        """Tell whether behind a comma stands who reports, or another report."""
        following = comma + 1
        if following >= sentence_end:
            return False
        if self.is_according(following):
            return True
        group = self._group_near(following, 3)
        if group is None:
            return False
        if group.is_inverted or group.form & Form.GERUND:
            return True
        return self._lexicon.language == "fr" and self._is_inverted(group, sentence_end)

    def _is_inverted(self, group: Group, sentence_end: int) -> bool:
        """Tell whether a French verb stands before its subject: ", a indiqué la préfecture"."""
        behind = group.last + 1
        if not group.form & Form.FINITE or not group.takes("incise") or behind > sentence_end:
            return False
        word = self._words.lower[behind]
        return (
            self._words.is_capital(behind)
            or word in self._lexicon.honorifics
            or word in ("le", "la", "l'", "les", "un", "une", "son", "sa")
        )

    def has_verb(self, first: int, last: int) -> bool:
        """Tell whether a finite verb seems to stand among words."""
        words, lexicon = self._words, self._lexicon
        for number in range(first, min(last, first + _LOOKED_AT)):
            word = words.lower[number]
            if word in lexicon.clausal or word.endswith(_ENDINGS[lexicon.language]):
                return True
            is_noun = words.is_capital(number) or (
                number > first and words.lower[number - 1] in lexicon.determiners
            )
            if not is_noun and (word in _PASTS or lexicon.verbs.has(word)):
                return True
            if word == "'s" and number > first and words.lower[number - 1] in lexicon.subjects:
                return True
        return False

    def is_according(self, place: int) -> bool:
        """Tell whether "selon", "d'après" or the like begins here."""
        return self._lexicon.according_at(self._words.lower, place) is not None

    def _reports_on(self, conjunction: int, sentence_end: int) -> bool:
        """Tell whether the same subject reports something else behind "et" or "and"."""
        group = self._group_near(conjunction + 1, 1)
        if group is None or group.last >= sentence_end or group.form & Form.INFINITIVE:
            return False
        if self._lexicon.language == "en":
            return True
        behind = self._words.lower[group.last + 1 : group.last + 3]
        return any(word in ("que", "qu'", "de", "d'", "à", "si") for word in behind) or (
            group.takes("np", "abstract") and behind[0] in self._lexicon.determiners
        )

    def _group_near(self, place: int, reach: int) -> Group | None:
        """Return the verb group that begins with a word or a few words later."""
        for hit in self._reading.hits_between(place, place + reach + 4):
            group = self._reading.group(hit)
            if group and place <= group.first <= place + reach:
                return group
        return None
