"""What sort of speaker a phrase names: a person, a body, a group, a document, nobody in particular."""

from typing import Literal, NamedTuple

from annotator.suggest.inversion import stem
from annotator.suggest.lexicon import Lexicon
from annotator.suggest.words import Words

Kind = Literal["person", "organisation", "group", "document", "anonymous", "pronoun", "thing"]

_LAST_NAMED = frozenset("dernier dernière derniers dernières".split())


class Phrase(NamedTuple):
    """A noun phrase from word `first` to word `last`, both included."""

    first: int
    last: int


class Kinds:
    """Tells the kinds of phrases of one text."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self._words = words
        self._lexicon = lexicon

    def is_speaker(self, word: str) -> bool:
        """Tell whether a word names an office, a trade, a body or a group."""
        lexicon = self._lexicon
        return self.is_role(word) or word in lexicon.organisations or word in lexicon.groups

    def is_role(self, word: str) -> bool:
        """Tell whether a word is an office or a trade, be it "ex-", "vice-" or joined by hyphens."""
        roles = self._lexicon.roles
        return word in roles or (
            "-" in word and any(part in roles for part in word.split("-") if len(part) > 2)
        )

    def of(self, phrase: Phrase) -> Kind:
        """Return what sort of speaker a phrase names, as far as its words tell."""
        words, lexicon = self._words, self._lexicon
        first, last = phrase
        inside = words.lower[first : last + 1]
        if first == last and (inside[0] in lexicon.subjects or stem(inside[0]) != inside[0]):
            return "pronoun"
        if len(inside) == 2 and inside[1] in _LAST_NAMED:
            return "pronoun"
        if inside[0] in lexicon.honorifics or self._is_known(phrase):
            return "person"
        if "anonymat" in inside or "anonymity" in inside:
            return "anonymous"
        is_plural = inside[0] in lexicon.plural
        for place, word in enumerate(inside[:8], first):
            if words.is_capital(place) and place > first:
                break
            if word in lexicon.anonymous and place - first < 3:
                return "anonymous"
            if self.is_role(word):
                return "group" if is_plural else "person"
            if word in lexicon.organisations:
                return "organisation"
            if word in lexicon.groups:
                return "group"
            if word in lexicon.documents:
                return "document"
        return self._kind_of_name(phrase)

    def _kind_of_name(self, phrase: Phrase) -> Kind:
        words = self._words
        names = [
            n
            for n in range(phrase.first, phrase.last + 1)
            if words.is_capital(n) and words.lower[n] not in self._lexicon.determiners
        ]
        if not names:
            return "thing"
        name = words.surface[names[0]]
        if name.isupper() and len(name) > 1:
            return "organisation"
        has_article = words.lower[phrase.first] in self._lexicon.determiners
        return "organisation" if has_article else "person"

    def _is_known(self, phrase: Phrase) -> bool:
        names = self._lexicon.names
        return bool(names) and any(
            self._words.surface[n] in names for n in range(phrase.first, phrase.last + 1)
        )
