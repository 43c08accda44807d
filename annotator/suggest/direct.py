"""Quotations between marks: cut at their incises, attributed to whoever the words around them name."""

from annotator.suggest.addressees import addressee
from annotator.suggest.behind import Behind
from annotator.suggest.draft import Draft
from annotator.suggest.incises import Incises
from annotator.suggest.leading import Leading
from annotator.suggest.marks import Quoted
from annotator.suggest.phrases import Phrases
from annotator.suggest.proposal import Range
from annotator.suggest.reading import Reading
from annotator.suggest.subjects import Subjects


class Direct:
    """Attributes the quotations of one reading.

    `used` are the verb groups that report them, by head; `cues` where their other cues begin.
    """

    def __init__(
        self, reading: Reading, phrases: Phrases, subjects: Subjects, incises: Incises
    ) -> None:
        self._reading = reading
        self._phrases = phrases
        self._incises = incises
        self.used: set[int] = set()
        self.cues: set[int] = set()
        self._behind = Behind(reading, phrases, subjects)
        self._leading = Leading(reading, phrases, subjects, self.used)

    def draft(self, quoted: Quoted, limit: int) -> Draft:
        """Return a quotation with the cue and the source that stand in it, before it or behind it.

        Nothing is looked for behind the word `limit`.
        """
        pattern = "multi-paragraph" if len(quoted.parts) > 1 else "no-source"
        draft = Draft(list(quoted.parts), "direct", pattern, 0.5, marks=quoted.kind)
        found = (
            self._cut(quoted, draft)
            or self._leading.colon(quoted, draft, with_verb=True)
            or self._behind.attribute(quoted, draft, limit)
            or self._leading.colon(quoted, draft, with_verb=False)
            or self._leading.according(quoted, draft)
            or self._leading.verb(quoted, draft)
        )
        if quoted.closed == "end":
            draft.score -= 0.2
            draft.pattern = draft.pattern if found else "unclosed"
        if draft.group:
            self.used.add(draft.group.head)
        elif draft.cue:
            self.cues.add(draft.cue[0])
        return draft

    def _cut(self, quoted: Quoted, draft: Draft) -> bool:
        """Cut the incises out of a quotation; cue and source come from the first."""
        parts: list[Range] = []
        for first, last in quoted.parts:
            begin: int | None = first
            for incise in self._incises.inside(first, last):
                if begin is None:
                    break
                if draft.group is None:
                    draft.group, draft.source = incise.group, incise.source
                    draft.pattern, draft.score = incise.pattern, 0.95
                self.used.add(incise.group.head)
                parts.append((begin, incise.before))
                begin = incise.behind
            if begin is not None and begin <= last:
                parts.append((begin, last))
        if draft.group is None:
            return False
        draft.parts = parts
        draft.addressee = addressee(self._reading, self._phrases, draft.group, draft.last)
        return True
