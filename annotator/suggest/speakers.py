"""Who speaks where a quote names nobody; and, for any quote, who else may have spoken."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.language import _
from annotator.suggest.draft import Draft
from annotator.suggest.kinds import Phrase
from annotator.suggest.phrases import Phrases
from annotator.suggest.proposal import SPEAKERS
from annotator.suggest.reading import Reading
from annotator.suggest.subjects import Subjects

_SPEAKING = frozenset(("person", "pronoun", "group", "anonymous", "organisation"))
_NO_ONE = frozenset("on it ce c' ça cela".split())
_EARLIER = 12
"""Earlier quotes whose speakers are still thought of."""

_SENTENCES = 12
"""Sentences before a quote in which somebody may have been named."""


class Candidate(NamedTuple):
    """A phrase that may name the speaker, and why."""

    phrase: Phrase
    reason: str


class Speakers:
    """Resolves and ranks the speakers of the quotes of one reading."""

    def __init__(
        self, reading: Reading, phrases: Phrases, subjects: Subjects, drafts: Sequence[Draft]
    ) -> None:
        self._reading = reading
        self._words = reading.words
        self._phrases = phrases
        self._subjects = subjects
        self._drafts = drafts
        self._places = {id(draft): number for number, draft in enumerate(drafts)}

    def placed(self, draft: Draft) -> Draft:
        """Return a draft as one of those of the text: it gets its place among them."""
        place = bisect_right([each.first for each in self._drafts], draft.first)
        self._drafts = [*self._drafts[:place], draft, *self._drafts[place:]]
        self._places = {id(each): number for number, each in enumerate(self._drafts)}
        return draft

    def resolve(self) -> None:
        """Give the quotes that name no speaker the sentence's subject, or who spoke last."""
        last: Draft | None = None
        for draft in self._drafts:
            if draft.source is None and (draft.cue_words is None or draft.continues):
                draft.source = self._continued(draft, last)
                if draft.source and draft.cue_words is None and draft.pattern == "no-source":
                    draft.pattern = self._floating(draft)
            if draft.source is not None and draft.pattern != "nested-inner":
                last = draft

    def _floating(self, draft: Draft) -> str:
        first = draft.first
        begins = first == 0 or self._words.breaks_after(first - 1)
        return "floating-paragraph" if begins else "floating"

    def _continued(self, draft: Draft, last: Draft | None) -> Phrase | None:
        """Return the subject of the sentence that leads to a quote if it speaks, else the last speaker."""
        start, end = self._lead(draft)
        if start < end and (last is None or start > last.hull_end):
            subject = self._subjects.sentence_subject(start, end)
            if subject and self._speaks(subject):
                return subject
        return last.source if last else None

    def _lead(self, draft: Draft) -> tuple[int, int]:
        """Return the words of the sentence before a quote, or before its cue."""
        end = draft.cue_words[0] if draft.cue_words else draft.first
        if end == 0 or self._words.breaks_after(end - 1):
            return end, end
        return self._reading.sentence_start(end if draft.cue_words else end - 1), end

    def _speaks(self, phrase: Phrase) -> bool:
        if self._words.lower[phrase.first] in _NO_ONE:
            return False
        return self._phrases.kinds.of(phrase) in _SPEAKING

    def ranked(self, draft: Draft) -> list[Candidate]:
        """Return up to five candidates, the likeliest first, nobody twice."""
        found: list[Candidate] = []
        seen: set[str] = set()
        for candidate in self._candidates(draft):
            name = self._name(candidate.phrase)
            if name and name not in seen:
                seen.add(name)
                found.append(candidate)
            if len(found) == SPEAKERS:
                break
        return found

    def _candidates(self, draft: Draft) -> Iterator[Candidate]:
        if draft.source is not None:
            yield Candidate(draft.source, self._reason(draft))
        place = self._places[id(draft)]
        others = self._drafts[max(0, place - _EARLIER) : place][::-1]
        last = next((each for each in others if each.source), None)
        if last and last.source:
            yield Candidate(last.source, _("spoke last"))
        following = self._drafts[place + 1] if place + 1 < len(self._drafts) else None
        yield from self._named_near(draft)
        if following and following.source and following.source.first > draft.last:
            yield Candidate(following.source, _("speaks next"))
        for each in others:
            if each.source:
                yield Candidate(each.source, _("spoke before"))

    def _reason(self, draft: Draft) -> str:
        if draft.group is not None and not draft.continues:
            return _("subject of “{verb}”").format(
                verb=self._said(draft.group.first, draft.group.last)
            )
        if draft.cue is not None and not draft.continues:
            return _("beside “{cue}”").format(cue=self._said(*draft.cue))
        return _("nearest speaker")

    def _said(self, first: int, last: int) -> str:
        start, end = self._words.span(first, last)
        return self._words.text[start:end]

    def _named_near(self, draft: Draft) -> Iterator[Candidate]:
        """Yield the subjects of the sentences before a quote, and the names in them, the nearest first."""
        words = self._words
        end = draft.first
        for _number in range(_SENTENCES):
            if end <= 0:
                return
            start = self._reading.sentence_start(end - 1)
            subject = self._subjects.sentence_subject(start, end)
            if subject and self._speaks(subject):
                yield Candidate(subject, _("named just before"))
            for phrase in self._names(start, end):
                yield Candidate(phrase, _("named just before"))
            end = start if start < end else end - 1
            if words.breaks_after(end - 1) and _number >= 6:
                return

    def _names(self, start: int, end: int) -> Iterator[Phrase]:
        """Yield full names and titled names among words, the last first."""
        words, lexicon = self._words, self._reading.lexicon
        place = end - 1
        while place >= start:
            if not (words.is_word(place) and words.is_capital(place)):
                place -= 1
                continue
            last = place
            while place > start and self._goes_before(place):
                place -= 1
            has_title = words.lower[place] in lexicon.honorifics
            if last > place or has_title or words.surface[place] in lexicon.names:
                yield Phrase(place, last)
            place -= 1

    def _goes_before(self, place: int) -> bool:
        """Tell whether the word before a part of a name belongs to it as well."""
        words, before = self._words, place - 1
        if words.breaks_after(before):
            return False
        if words.surface[before] == ".":
            return before > 0 and words.is_glued(before - 1) and not words.ends_sentence(before)
        return words.is_word(before) and (
            words.is_capital(before) or words.lower[before] in self._reading.lexicon.honorifics
        )

    def _name(self, phrase: Phrase) -> str:
        """Return what makes two mentions one: the last name in them, else the words."""
        words, lexicon = self._words, self._reading.lexicon
        names = [
            words.lower[n]
            for n in range(phrase.first, min(phrase.last + 1, phrase.first + 6))
            if words.is_capital(n) and words.lower[n] not in lexicon.honorifics
        ]
        if names and self._phrases.kinds.of(phrase) == "person":
            return names[-1]
        start, end = words.span(*phrase)
        return words.text[start:end].casefold()
