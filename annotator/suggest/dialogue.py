"""Dialogue without marks: a dash before each speech, or the speaker's name in capitals and a colon."""

from collections.abc import Iterable, Iterator

from annotator.suggest.draft import Draft
from annotator.suggest.incises import Incises
from annotator.suggest.kinds import Phrase
from annotator.suggest.proposal import Range
from annotator.suggest.reading import Reading
from annotator.suggest.words import STOPS

_DASHES = frozenset("—–―-") | {"--"}
_TALK = frozenset(
    "je j' tu vous nous me m' te t' toi moi mon ma ton ta votre notre i you we me us my your our".split()
)
_LABEL = 5
"""Words that a speaker's name before a colon may have."""


class Dialogue:
    """Finds the speeches of one reading that wear a dash or a name."""

    def __init__(self, reading: Reading, incises: Incises) -> None:
        self._reading = reading
        self._words = reading.words
        self._incises = incises

    def drafts(self) -> Iterator[Draft]:
        """Yield a draft for each speech, with cue and source where an incise names them."""
        for run in self._runs():
            speeches = [self._speech(first, last) for first, last in run]
            if any(map(self._is_talk, speeches)):
                yield from speeches
        labelled = [self._labelled(first, end - 1) for first, end in self._words.paragraphs]
        answers = [draft for draft in labelled if draft]
        if len(answers) > 1:  # one alone is the place from where an agency writes
            yield from answers

    def _runs(self) -> Iterator[list[Range]]:
        """Yield the paragraphs that begin with a dash, those that follow one another together."""
        words = self._words
        run: list[Range] = []
        for first, end in words.paragraphs:
            if words.surface[first] in _DASHES and end - first > 1 and words.is_capital(first + 1):
                run.append((first, end - 1))
            elif run:
                yield run
                run = []
        if run:
            yield run

    def _speech(self, first: int, last: int) -> Draft:
        draft = Draft([(first, last)], "direct", "dialogue", 0.6, marks="—")
        parts: list[Range] = []
        begin: int | None = first
        for incise in self._incises.inside(first, last, in_dialogue=True):
            if begin is None:
                break
            if draft.group is None:
                draft.group, draft.source, draft.score = incise.group, incise.source, 0.9
            parts.append((begin, incise.before))
            begin = incise.behind
        if begin is not None:
            parts.append((begin, last))
        draft.parts = parts
        if self._words.surface[parts[0][1]] in _DASHES:
            draft.pattern = "dash-closed"
        return draft

    def _is_talk(self, draft: Draft) -> bool:
        """Tell whether somebody speaks here: an incise says so, a question, an I or a you."""
        words = self._words
        if draft.group is not None or words.surface[draft.last] in "?!":
            return True
        lower = words.lower[draft.first : draft.last + 1]
        return words.surface[draft.last] in STOPS and not _TALK.isdisjoint(lower)

    def _labelled(self, first: int, last: int) -> Draft | None:
        """Return the speech behind a name in capitals and a colon, as transcripts have it."""
        words = self._words
        colon = self._colon(range(first, min(first + _LABEL + 1, last)))
        if colon is None or colon == first or colon + 2 > last:
            return None
        name = [n for n in range(first, colon) if words.is_word(n)]
        if not name or not all(
            words.surface[n].isupper() and words.surface[n].isalpha() for n in name
        ):
            return None
        if sum(len(words.surface[n]) for n in name) < 4:
            return None
        source = Phrase(first, colon - 1)
        draft = Draft([(colon + 1, last)], "direct", "dialogue", 0.75, source=source)
        draft.cue = (colon, colon)
        return draft

    def _colon(self, places: Iterable[int]) -> int | None:
        return next((n for n in places if self._words.surface[n] == ":"), None)
