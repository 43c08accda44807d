"""What sort of speaker a phrase names: a person, a body, a group, a document, nobody in particular."""

from typing import Literal, NamedTuple

from annotator.suggest.inversion import stem
from annotator.suggest.lexicon import Lexicon
from annotator.suggest.words import Words

Kind = Literal["person", "organisation", "group", "document", "anonymous", "pronoun", "thing"]

_LAST_NAMED = frozenset(
    "dernier dernière derniers dernières premier première premiers premières".split()
)
_ADJECTIVES = frozenset(
    """
    ancien ancienne anciens aîné aînée chief critique head jeune jeunes leading local premier première
    prime principal principale professionnel professionnelle rival rivale scientifique star
    """.split()
)
"""Roles that are adjectives as often: "la première fois", "the local weather"."""
_AMOUNTS = frozenset(
    """
    un une l'un l'une part partie plupart majorité moitié nombre quart tiers millier milliers million millions
    couple poignée foule ensemble beaucoup all both couple dozens few half handful hundreds majority many most
    number one pair several some thousands two three
    """.split()
)
"""Words behind which "de" or "of" leads to those who are meant."""


class Phrase(NamedTuple):
    """A noun phrase from word `first` to word `last`, both included."""

    first: int
    last: int


class Kinds:
    """Tells the kinds of phrases of one text."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self._words = words
        self._lexicon = lexicon
        self._links = lexicon.genitive | lexicon.prepositions | lexicon.coordinators

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
            if self.is_role(word) and not self._describes(place, last):
                return "group" if is_plural else "person"
            if word in lexicon.organisations:
                return "organisation"
            if word in lexicon.groups:
                return "group"
            if word in lexicon.documents:
                return "document"
        return self._kind_of_name(phrase)

    def is_headed(self, phrase: Phrase) -> bool:
        """Tell whether the noun of a phrase can speak, rather than one behind it: "l'eau de la ville".

        A name behind a comma makes up for a noun that no list has: "l'échevine des Fêtes, Anne Roy".
        """
        words, lexicon = self._words, self._lexicon
        comma = next((n for n in range(*phrase) if words.surface[n] == ","), phrase.last + 1)
        if comma < phrase.last and words.is_capital(comma + 1):
            return True
        begin = next(
            (n + 1 for n in range(comma - 2, phrase.first, -1) if words.lower[n] == "'s"), 0
        )
        for place in range(max(begin, phrase.first), comma):
            word = words.lower[place]
            if place > phrase.first and self.is_link(word):
                before = words.lower[place - 1]
                if before not in _AMOUNTS and not before.endswith("aine"):
                    return False
            elif word in lexicon.determiners or word in lexicon.genitive:
                continue
            elif words.is_capital(place) or self._speaks(place, phrase.last):
                return True
        return False

    def _speaks(self, place: int, last: int) -> bool:
        """Tell whether a word of a phrase that ends at `last` names somebody by itself."""
        word, lexicon = self._words.lower[place], self._lexicon
        if word in lexicon.honorifics or word in lexicon.anonymous:
            return True
        return self.is_speaker(word) and not self._describes(place, last)

    def _describes(self, place: int, last: int) -> bool:
        """Tell whether a word that may be a role is the adjective of the noun behind it."""
        words = self._words
        if words.lower[place] not in _ADJECTIVES or place == last:
            return False
        following = words.lower[place + 1]
        is_noun = following.isalpha() and not words.is_capital(place + 1)
        return is_noun and not self.is_link(following)

    def _kind_of_name(self, phrase: Phrase) -> Kind:
        """Return the kind of a phrase with a noun that no list has, by where its capitals stand.

        "La Ville" and "la conserverie Bihan" are bodies, "l'horlogère Anne Roy" is a person; "la
        fermeture du Golfe" is a thing, as is any noun whose only name is that of what it belongs to.
        """
        words, lexicon = self._words, self._lexicon
        names = [
            n
            for n in range(phrase.first, phrase.last + 1)
            if words.is_capital(n) and words.lower[n] not in lexicon.determiners
        ]
        if not names:
            return "thing"
        first = names[0]
        has_article = words.lower[phrase.first] in lexicon.determiners
        if has_article and first > phrase.first + 1:
            before = words.lower[first - 1]
            if before in lexicon.determiners and not words.is_capital(first - 1):
                before = words.lower[first - 2]
            if self.is_link(before) or words.lower[phrase.first + 1] in lexicon.titled:
                return "thing"
            if words.is_capital(first + 1) and first < phrase.last:
                return "person"
        if not has_article and self._is_no_name(first, phrase.last):
            return "thing"
        name = words.surface[first]
        if name.isupper() and len(name) > 1:
            return "organisation"
        return "organisation" if has_article else "person"

    def _is_no_name(self, first: int, last: int) -> bool:
        """Tell whether a capital is only that of a sentence: "Démonter les pièces", "Mill fire"."""
        words, lexicon = self._words, self._lexicon
        following = words.lower[first + 1]
        if first == last or words.is_capital(first + 1):
            return False
        if following in lexicon.determiners and following not in lexicon.genitive:
            return first + 2 <= last and not words.is_capital(first + 2)
        return False

    def is_link(self, word: str) -> bool:
        """Tell whether a word leads from one noun to another: "de", "à", "et"."""
        return word in self._links

    def _is_known(self, phrase: Phrase) -> bool:
        names = self._lexicon.names
        return bool(names) and any(
            self._words.surface[n] in names for n in range(phrase.first, phrase.last + 1)
        )
