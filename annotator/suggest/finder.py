"""Puts the rules together: marks, dialogue, reported speech, sources; one pass over a text."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from annotator.suggest.according import According
from annotator.suggest.clauses import Clauses
from annotator.suggest.dialogue import Dialogue
from annotator.suggest.direct import Direct
from annotator.suggest.draft import Draft
from annotator.suggest.incises import Incises
from annotator.suggest.indirect import Indirect
from annotator.suggest.lexicon import Lexicon
from annotator.suggest.marks import Quoted, quotations
from annotator.suggest.openings import Openings
from annotator.suggest.phrases import Phrases
from annotator.suggest.quotation import FEW, Quotation
from annotator.suggest.reading import Reading
from annotator.suggest.speakers import Speakers
from annotator.suggest.subjects import Subjects
from annotator.suggest.words import STOPS, Words

_TITLE = 6
"""Words of a name between marks that a phrase may hold."""

_BETWEEN = 40
"""Words that may stand between two halves of one quote."""

_NESTED = 3
"""Levels of quotations inside quotations that are looked at."""

_END = 1 << 60


class Finder:
    """Finds the quotes of one text. `drafts` are in text order, an outer quote before an inner one."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self.words = words
        self.reading = Reading(words, lexicon)
        self._quoted = quotations(words)
        self._spans = [(quoted.first, quoted.last) for quoted in self._quoted]
        every = list(_every(self._quoted, _NESTED))
        self.phrases = Phrases(self.reading, _titles(words, every))
        closing = {quoted.last for quoted in every if quoted.closed == "mark"}
        clauses = Clauses(self.reading, closing)
        subjects = Subjects(self.reading, self.phrases)
        self.incises = Incises(self.reading, self.phrases, subjects)
        self._direct = Direct(self.reading, self.phrases, subjects, self.incises)
        self._quotation = Quotation(self.reading)
        self._indirect = Indirect(self.reading, self.phrases, subjects, clauses, self._spans)
        self._according = According(self.reading, self.phrases, clauses)
        openings = Openings(self.reading, self.phrases, subjects)
        self.drafts = self._find()
        self.speakers = Speakers(self.reading, self.phrases, openings, self.drafts)
        self.speakers.resolve()

    def _find(self) -> list[Draft]:
        spoken = list(Dialogue(self.reading, self.incises).drafts())
        self._direct.used.update(draft.group.head for draft in spoken if draft.group)
        halves = [
            (quoted, self._direct.draft(quoted, limit))
            for quoted, limit in _limits(self._quoted, len(self.words) - 1)
        ]
        whole = list(self._joined(halves))
        covered = sorted([*self._spans, *((draft.first, draft.last) for draft in spoken)])
        reported = sorted(self._reported(covered), key=_outer_first)
        found = [*spoken, *reported]
        starts = [draft.first for draft in reported]
        for quoted, draft in whole:
            host = _host(reported, starts, quoted)
            if host and (draft.cue_words is None or draft.pattern == "before-verb"):
                host.type = "mixed"
                if host.pattern != "mixed-phrase":
                    host.pattern = "mixed-clause"
            elif self._quotation.is_quotation(quoted, draft):
                found.append(draft)
                found += self._nested(quoted, draft)
        return _without_doubles(sorted(found, key=_outer_first))

    def _joined(self, halves: Sequence[tuple[Quoted, Draft]]) -> Iterator[tuple[Quoted, Draft]]:
        """Yield the quotations, those whose marks close and open again round an incise as one."""
        place = 0
        while place < len(halves):
            quoted, draft = halves[place]
            place += 1
            while place < len(halves) and self._goes_on(quoted, draft, *halves[place]):
                second, rest = halves[place]
                draft.parts = [*draft.parts, *rest.parts]
                draft.pattern = "split"
                quoted = Quoted(
                    quoted.kind,
                    [*quoted.parts, *second.parts],
                    second.closed,
                    [*quoted.inside, *second.inside],
                )
                place += 1
            yield quoted, draft

    def _goes_on(self, quoted: Quoted, draft: Draft, second: Quoted, rest: Draft) -> bool:
        """Tell whether a second quotation is the other half of one that is reported behind its marks."""
        words, cue = self.words, draft.cue_words
        if cue is None or cue[0] < quoted.last or second.first - quoted.last > _BETWEEN:
            return False
        if rest.cue_words is not None and rest.cue_words[0] != cue[0]:
            return False
        begins_small = words.surface[second.first + 1][:1].islower()
        if words.surface[second.first - 1] not in ",—–;" and not begins_small:
            return False
        between = range(quoted.last, second.first)
        return not any(words.ends_sentence(n) or words.breaks_after(n) for n in between)

    def _nested(self, outer: Quoted, draft: Draft, depth: int = 1) -> Iterator[Draft]:
        """Yield the quotes within the words of another."""
        if depth > _NESTED:
            return
        for quoted, limit in _limits(outer.inside, outer.last):
            if not draft.holds(quoted.first, quoted.last):
                continue
            inner = self._direct.draft(quoted, limit)
            if not self._quotation.is_quotation(quoted, inner):
                continue
            count = sum(self.words.is_word(n) for a, b in quoted.parts for n in range(a, b + 1))
            if inner.cue_words is not None or count >= FEW:
                inner.pattern = "nested-inner"
                yield inner
                yield from self._nested(quoted, inner, depth + 1)

    def _reported(self, covered: Sequence[tuple[int, int]]) -> Iterator[Draft]:
        """Yield what is reported without marks; inside quoted words nothing is looked for."""
        starts = [first for first, _last in covered]

        def is_covered(number: int) -> bool:
            place = bisect_right(starts, number) - 1
            return place >= 0 and covered[place][0] < number <= covered[place][1]

        for hit in self.reading.hits:
            if hit in self._direct.used or is_covered(hit):
                continue
            group = self.reading.group(hit)
            draft = self._indirect.draft(group, *self._bounds(hit)) if group else None
            if draft:
                yield draft
        for cue, source in self._according.places():
            if is_covered(cue[0]) or cue[0] in self._direct.cues:
                continue
            draft = self._according.draft(cue, source, *self._bounds(cue[0]))
            if draft:
                yield draft

    def _bounds(self, number: int) -> tuple[int, int]:
        """Return first word and last sign of the sentence around a word that stands outside marks."""
        start = self.reading.sentence_start(number)
        while True:
            place = bisect_right(self._spans, (start, _END)) - 1
            if place < 0 or not self._spans[place][0] < start <= self._spans[place][1]:
                break
            start = self.reading.sentence_start(self._spans[place][0])
        return self.reading.behind_dateline(start), self.reading.sentence_end(number)


def _every(quoted: Sequence[Quoted], depth: int) -> Iterator[Quoted]:
    for each in quoted:
        yield each
        if depth:
            yield from _every(each.inside, depth - 1)


def _titles(words: Words, quoted: Sequence[Quoted]) -> dict[int, int]:
    """Return the marks round short names, each leading to its partner."""
    partners: dict[int, int] = {}
    for each in quoted:
        before = words.surface[each.last - 1]
        is_short = each.last - each.first <= _TITLE and len(each.parts) == 1
        if each.closed == "mark" and is_short and before not in STOPS and before != ",":
            partners[each.first] = each.last
            partners[each.last] = each.first
    return partners


def _limits(quoted: Sequence[Quoted], last: int) -> Iterator[tuple[Quoted, int]]:
    """Yield each quotation with the last word before the next one."""
    for number, each in enumerate(quoted):
        is_last = number + 1 == len(quoted)
        yield each, last if is_last else quoted[number + 1].first - 1


def _host(reported: Sequence[Draft], starts: Sequence[int], quoted: Quoted) -> Draft | None:
    """Return the reported clause that a quotation is a part of."""
    place = bisect_right(starts, quoted.first) - 1
    for draft in reported[max(0, place - 3) : place + 1][::-1]:
        if draft.holds(quoted.first, quoted.last):
            return draft
    return None


def _without_doubles(drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts in their order, of those with the same words only the likeliest."""
    best: dict[tuple[tuple[int, int], ...], Draft] = {}
    for draft in drafts:
        shape = tuple(draft.parts)
        if shape not in best or best[shape].score < draft.score:
            best[shape] = draft
    return [draft for draft in drafts if best[tuple(draft.parts)] is draft]


def _outer_first(draft: Draft) -> tuple[int, int]:
    return (draft.first, -draft.last)
