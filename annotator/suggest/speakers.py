"""Who speaks where a quote names nobody; and, for any quote, who else may have spoken."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from annotator.language import _
from annotator.suggest.draft import Draft, phrase_range
from annotator.suggest.kinds import Phrase
from annotator.suggest.nearby import Nearby
from annotator.suggest.openings import Openings
from annotator.suggest.phrases import Phrases
from annotator.suggest.proposal import SPEAKERS
from annotator.suggest.reading import Reading
from annotator.suggest.sameness import Said, contradicts, is_same, read

_SPEAKING = frozenset(("person", "pronoun", "group", "anonymous", "organisation"))
_NO_ONE = frozenset("on it ce c' ça cela".split())
_EARLIER = 12
"""Earlier quotes whose speakers are still thought of."""


class Candidate(NamedTuple):
    """A phrase that may name the speaker, and why."""

    phrase: Phrase
    reason: str


class Speakers:
    """Resolves and ranks the speakers of the quotes of one reading."""

    def __init__(
        self, reading: Reading, phrases: Phrases, openings: Openings, drafts: Sequence[Draft]
    ) -> None:
        self._reading = reading
        self._words = reading.words
        self._phrases = phrases
        self._openings = openings
        self._nearby = Nearby(reading, phrases, openings)
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
            subject = self._openings.subject(start, end)
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
        """Return up to five candidates, the likeliest first, nobody twice.

        Where the verb has a pronoun, those of another gender or number come last.
        """
        said = self._said_as(draft.source) if draft.source else None
        found: list[Candidate] = []
        others: list[Candidate] = []
        known: list[Said] = []
        for candidate in self._candidates(draft):
            this = self._said_as(candidate.phrase)
            if any(is_same(this, each) for each in known):
                continue
            known.append(this)
            is_other = said is not None and found and contradicts(said, this)
            (others if is_other else found).append(candidate)
            if len(found) == SPEAKERS:
                break
        return [*found, *others][:SPEAKERS]

    def _said_as(self, phrase: Phrase) -> Said:
        start, end = phrase_range(self._words, phrase)
        mention = self._words.text[start:end]
        begins_with = mention.split(maxsplit=1)[0].casefold()
        return read(mention, is_plural=begins_with in self._reading.lexicon.plural)

    def _candidates(self, draft: Draft) -> Iterator[Candidate]:
        if draft.source is not None:
            yield Candidate(draft.source, self._reason(draft))
        place = self._places[id(draft)]
        others = self._drafts[max(0, place - _EARLIER) : place][::-1]
        last = next((each for each in others if each.source), None)
        if last and last.source and self._nearby.speaks(last.source):
            yield Candidate(last.source, _("spoke last"))
        following = self._drafts[place + 1] if place + 1 < len(self._drafts) else None
        for phrase in self._nearby.before(draft.first, _within(others)):
            if not any(each.addressee and _overlap(each.addressee, phrase) for each in others):
                yield Candidate(self._source_at(phrase, others), _("named just before"))
        if following and following.source and following.source.first > draft.last:
            if self._nearby.speaks(following.source):
                yield Candidate(following.source, _("speaks next"))
        for each in others:
            if each.source and self._nearby.speaks(each.source):
                yield Candidate(each.source, _("spoke before"))

    def _source_at(self, phrase: Phrase, drafts: Sequence[Draft]) -> Phrase:
        """Return the source of a quote that a phrase is a part of: its rule knows better where it ends."""
        for draft in drafts:
            if draft.source and _overlap(draft.source, phrase):
                return draft.source
        return phrase

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


def _within(drafts: Sequence[Draft]) -> Callable[[int], bool]:
    """Return what tells whether a word lies in what some quotes say between marks."""
    direct = [draft for draft in drafts if draft.type == "direct"]
    return lambda number: any(draft.holds(number, number) for draft in direct)


def _overlap(one: Phrase, other: Phrase) -> bool:
    return one.first <= other.last and other.first <= one.last
