"""What the rules know of a language: its verbs of saying, and sets of words by what they do."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Literal

from annotator.resources import resource
from annotator.suggest import english_verbs, french_verbs, verbs
from annotator.suggest.inversion import stem
from annotator.suggest.verbs import VerbIndex

Language = Literal["fr", "en"]

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language. The sets hold words in small letters, as `Words.lower` has them.

    `according` are the phrases that lead in a source without a verb, as sequences of words. `names`
    are those a project has learnt: words of the names of its people and organisations, as written.
    `with_beliefs` lets what people think be reported as what they say is.
    """

    language: Language
    verbs: VerbIndex
    according: tuple[tuple[str, ...], ...]
    subjects: Words
    inverted: Words
    objects: Words
    reflexive: Words
    impersonal: Words
    auxiliaries: Words
    conditional: Words
    negation: Words
    determiners: Words
    masculine: Words
    feminine: Words
    plural: Words
    prepositions: Words
    genitive: Words
    coordinators: Words
    subordinators: Words
    complementisers: Words
    whether: Words
    interrogatives: Words
    adverbs: Words
    time: Words
    clausal: Words
    resuming: Words
    manner: Words
    modals: Words
    venues: Words
    female: Words
    male: Words
    neutral: Words
    roles: Words
    organisations: Words
    groups: Words
    documents: Words
    anonymous: Words
    titled: Words
    abstract: Words
    honorifics: Words
    names: Words = frozenset()
    with_beliefs: bool = False

    def is_adverb(self, word: str) -> bool:
        """Tell whether a word may stand in a verb group or beside it without changing what it says."""
        if word in self.adverbs or word in self.negation:
            return True
        ending = "ment" if self.language == "fr" else "ly"
        return word.endswith(ending) and len(word) > 5 and not self.verbs.has(word)

    def new_lemma(self, cue: str) -> str | None:
        """Return the lemma of the verb in a cue if no list has it yet; None when there is none to learn."""
        words = cue.replace("’", "'").replace("'", "' ").casefold().split()
        heads = [stem(word) for word in words]
        if not heads or any(self.verbs.has(head) for head in heads):
            return None
        if any(set(words) & set(phrase) for phrase in self.according):
            return None
        known = self.auxiliaries | self.objects | self.adverbs | self.subjects | self.prepositions
        unknown = [head for head in heads if head.isalpha() and head not in known]
        guess = french_verbs.guess_lemma if self.language == "fr" else english_verbs.guess_lemma
        return guess(unknown[-1]) if unknown else None

    def believing(self) -> "Lexicon":
        """Return the lexicon for projects that annotate what people think as well as what they say."""
        return replace(self, with_beliefs=True)

    def according_at(self, lower: Sequence[str], place: int) -> tuple[str, ...] | None:
        """Return the phrase like "selon" or "de l'avis de" that begins at a word, None without one."""
        for phrase in _by_first_word(self.according).get(lower[place], ()):
            if tuple(lower[place : place + len(phrase)]) == phrase:
                return phrase
        return None

    def taught(self, cues: Iterable[str], names: Iterable[str]) -> "Lexicon":
        """Return the lexicon with what a project has learnt: lemmas of further cue verbs, and names."""
        return replace(self, verbs=self.verbs.with_lemmas(cues), names=frozenset(names))


@cache
def lexicon(language: Language) -> Lexicon:
    """Return what is known of a language; read once."""
    path = resource("lexicons", f"words.{language}.toml")
    table: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    sets = {name: frozenset(words.split()) for name, words in _word_lists(table)}
    sets["honorifics"] = sets["female"] | sets["male"] | sets["neutral"]
    known = {field.name for field in fields(Lexicon)}
    return Lexicon(
        language=language,
        verbs=verbs.french() if language == "fr" else verbs.english(),
        according=tuple(_in_words(each) for each in table["phrases"]["according"]),
        **{name: words for name, words in sets.items() if name in known},  # type: ignore[arg-type]
    )


def _word_lists(table: dict[str, Any]) -> Iterable[tuple[str, str]]:
    for section in ("grammar", "honorifics", "nouns"):
        yield from table[section].items()


def _in_words(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase, an elision being a word: "d'", "après"."""
    return tuple(phrase.replace("'", "' ").split())


@cache
def _by_first_word(
    phrases: tuple[tuple[str, ...], ...],
) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return phrases by their first word, the longer before the shorter."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found[phrase[0]] = (*found.get(phrase[0], ()), phrase)
    return found
