"""What of the ledger is shown: by gender, by kind of source, or what is left to do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from annotator.core.ledger import NOBODY, Ledger, QuoteRow, SpeakerLine, kind_of

Lack = Literal["", "speaker", "cue"]


@dataclass(frozen=True, slots=True)
class Filter:
    """A gender and a kind of source go together (None: any); what is lacking goes alone."""

    gender: str | None = None
    kind: str | None = None
    lack: Lack = ""

    @property
    def is_open(self) -> bool:
        """Whether everything passes."""
        return self == Filter()

    def with_gender(self, gender: str | None) -> "Filter":
        """Return the filter with another gender."""
        return replace(self, gender=gender, lack="")

    def with_kind(self, kind: str | None) -> "Filter":
        """Return the filter with another kind."""
        return replace(self, kind=kind, lack="")

    def lines(self, ledger: Ledger) -> Sequence[SpeakerLine]:
        """Return the speakers that pass; all of them stay while quotes without a cue are looked for."""
        if self.lack == "speaker":
            return ()
        return [
            line
            for line in ledger.speakers
            if self.gender in (None, line.voice.gender)
            and (self.kind is None or self.kind in line.kinds)
        ]

    def rows(self, ledger: Ledger, line: SpeakerLine | None) -> Sequence[QuoteRow]:
        """Return the quotes that pass, of one speaker or of all, in reading order."""
        if self.lack == "speaker":
            return ledger.without_speaker
        if self.lack == "cue":
            return [row for row in (line.rows if line else ledger.without_cue) if not row.cue]
        rows = line.rows if line else ledger.rows
        return rows if self.is_open else [row for row in rows if self._passes(row, line)]

    def _passes(self, row: QuoteRow, line: SpeakerLine | None) -> bool:
        gender, kind = self.gender, self.kind
        if not row.voices:
            return gender in (None, NOBODY) and kind in (None, NOBODY)
        for voice in row.voices:
            is_meant = line is None or voice.key == line.voice.key
            if is_meant and (gender is None or voice.gender == gender):
                if kind is None or kind_of(row, voice) == kind:
                    return True
        return False
