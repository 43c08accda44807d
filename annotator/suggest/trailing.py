"""Clauses that are reported behind their end: "…, the company said.", "…, a indiqué la préfecture."."""

from annotator.suggest.clauses import Clauses
from annotator.suggest.draft import Draft
from annotator.suggest.forms import Form
from annotator.suggest.groups import Group
from annotator.suggest.kinds import Phrase
from annotator.suggest.phrases import Phrases
from annotator.suggest.proposal import Range
from annotator.suggest.reading import Reading
from annotator.suggest.subjects import Subjects

_SHORTEST = 4
"""Words that a clause must have."""

_ASIDES = frozenset("who which whose qui dont où en lequel laquelle tout".split())
"""What follows a report and tells of whoever reports."""


class Trailing:
    """Finds the clauses of one reading whose report stands behind them, or in their middle."""

    def __init__(
        self, reading: Reading, phrases: Phrases, subjects: Subjects, clauses: Clauses
    ) -> None:
        self._reading = reading
        self._words = reading.words
        self._lexicon = reading.lexicon
        self._phrases = phrases
        self._subjects = subjects
        self._clauses = clauses

    def draft(self, group: Group, floor: int, end: int) -> Draft | None:
        """Return the clause that a verb reports behind a comma, None when it reports none."""
        if not (group.form & Form.FINITE or group.is_inverted) or group.is_negated:
            return None
        if not group.takes("incise", "zero") or group.takes("manner"):
            return None
        source = self._reporter(group, floor, end)
        comma = min(group.first, source.first) - 1 if source else floor
        if source is None or comma <= floor or self._words.surface[comma] != ",":
            return None
        parts = self._parts(floor, comma, max(group.last, source.last) + 1, end)
        if not parts:
            return None
        draft = Draft(parts, "indirect", "trailing", 0.75, group=group, source=source)
        draft.kind = self._phrases.kinds.of(source)
        return draft

    def _parts(self, floor: int, comma: int, behind: int, end: int) -> list[Range]:
        """Return the clause before the comma, with its rest behind the report if it goes on there."""
        clauses = self._clauses
        if self._reading.group_from(floor, floor + 2):
            return []  # "Asked whether …, she said"
        rest = self._rest(behind, end)
        is_plain = rest is not None and self._lexicon.language == "fr"
        head = (floor, comma - 1)
        if rest and all(self._is_connector(n) for n in range(floor, comma)):
            return [rest] if clauses.has_verb(rest[0], rest[1] + 1) else []
        if not self._is_main(head):
            return []  # "When the vote was over, she said"
        halves = [head, rest] if rest else [head]
        if not is_plain and not any(clauses.has_verb(a, b + 1) for a, b in halves):
            return []
        return halves if rest or comma - floor >= _SHORTEST else []

    def _is_main(self, head: Range) -> bool:
        """Tell whether words before a report are more than what leads it in."""
        lower = self._words.lower
        parts = [part for part in self._subjects.parts(*head) if part is not None]
        while parts and self._subjects.leads_in(parts[0]):
            parts.pop(0)
            # "When the vote, which took hours, was over": the same clause goes on.
            while parts and (
                lower[parts[0].first] in _ASIDES or lower[parts[0].first] in self._lexicon.clausal
            ):
                parts.pop(0)
        return bool(parts)

    def _rest(self, behind: int, end: int) -> Range | None:
        """Return how the reported clause goes on behind the report, None where it does not."""
        words, lexicon = self._words, self._lexicon
        comma = behind
        while comma < end and words.surface[comma] != ",":
            comma += 1
        first = comma + 1
        if first >= end - 1 or not words.is_word(first):
            return None
        word = words.lower[first]
        is_aside = word in _ASIDES or word.endswith("ing") or self._reading.group_from(first, end)
        if is_aside or self._phrases.is_manner(Phrase(first, end - 1)):
            return None
        if word in lexicon.coordinators and not self._clauses.has_verb(first, end):
            return None
        return first, self._clauses.end(first, end)

    def _is_connector(self, number: int) -> bool:
        lexicon, word = self._lexicon, self._words.lower[number]
        return word in lexicon.coordinators or lexicon.is_adverb(word)

    def _reporter(self, group: Group, floor: int, end: int) -> Phrase | None:
        """Return who reports: behind a French verb, before an English one."""
        if group.is_inverted:
            assert group.clitic is not None
            return Phrase(group.clitic, group.clitic)
        words = self._words
        if words.surface[group.first - 1] == ",":
            source = self._phrases.behind(group.last + 1, end)
            return source if source and self._phrases.kinds.of(source) != "thing" else None
        if self._lexicon.language == "fr":
            return None
        source = self._subjects.before(group.first, floor)
        return source if source and words.surface[source.first - 1] == "," else None
