"""What the rules know in one project: the lexicons, taught by the cues and names people have accepted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Self

from annotator.core.model import Article
from annotator.store import learnt
from annotator.store.project import Project
from annotator.suggest.language import guess
from annotator.suggest.lexicon import Language, Lexicon, lexicon

_OF = frozenset("de du des à au aux en of in at for".split())
_INITIAL = 2
"""Letters that an initial or a title like "M." has at most."""

_LANGUAGES: tuple[Language, ...] = ("fr", "en")


@dataclass(slots=True)
class Knowledge:
    """The lexicons of a project. What is learnt takes part at once, in this project only.

    `cues` are lemmas of cue verbs that no list has, `names` words of names as written.
    """

    cues: Mapping[Language, frozenset[str]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    with_beliefs: bool = False
    _taught: dict[Language, Lexicon] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project, *, with_beliefs: bool = False) -> Self:
        """Return what a project has taught so far."""
        found = cls(with_beliefs=with_beliefs)
        found.learn(learnt.cues(project), learnt.names(project))
        return found

    def lexicon(self, language: Language) -> Lexicon:
        """Return the lexicon of a language with all that was learnt."""
        if language not in self._taught:
            taught = lexicon(language).taught(self.cues.get(language, ()), self.names)
            self._taught[language] = taught.believing() if self.with_beliefs else taught
        return self._taught[language]

    def learn(self, cues: Iterable[tuple[str, str]], names: Iterable[str]) -> None:
        """Take in cues, each with the language of its article ("" when unknown), and names."""
        heard = list(cues)
        for language in _LANGUAGES:
            known = lexicon(language)
            fresh = {
                lemma
                for words, spoken in heard
                if spoken in ("", language) and (lemma := known.new_lemma(words))
            }
            if not fresh <= self.cues.get(language, frozenset()):
                self.cues = {**self.cues, language: self.cues.get(language, frozenset()) | fresh}
                self._taught.pop(language, None)
        fresh_names = {word for name in names for word in _words_of(name)}
        if not fresh_names <= self.names:
            self.names |= fresh_names
            self._taught.clear()


def _words_of(name: str) -> Iterator[str]:
    """Yield the words that name somebody: not the office behind the comma, nor the town it is in."""
    words = name.partition(",")[0].split()
    for before, word in pairwise(["", *words]):
        if word[:1].isupper() and len(word) > _INITIAL and before not in _OF:
            yield word


def language_of(article: Article) -> Language:
    """Return the language of an article: what its metadata says, else what its words look like."""
    said = article.language[:2].casefold()
    if said in _LANGUAGES:
        return "fr" if said == "fr" else "en"
    return guess(article.text)
