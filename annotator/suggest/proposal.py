"""What is proposed: a quote with its parts, how sure and why, and who else may have said it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Range = tuple[int, int]
"""A `[start, end)` in code points."""

Type = Literal["direct", "indirect", "mixed"]

SPEAKERS = 5
"""Candidates at most: as many as there are digits under one hand."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who may have said a quote: words of the article, or one whom it does not name.

    `kind` is "mention", "anonymous" or "author"; only a mention has a range.
    """

    kind: Literal["mention", "anonymous", "author"]
    range: Range | None
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A quote as a rule sees it; every range lies within the text, without blanks at its edges.

    `fragments` are in text order and never touch. `pattern` names the rule. `score` is between 0
    and 1; `reason` says in the user's language what speaks for it.
    """

    fragments: tuple[Range, ...]
    type: Type
    pattern: str
    score: float
    reason: str
    cue: tuple[Range, ...] = ()
    source: Range | None = None
    addressee: Range | None = None
    medium: str = ""
    source_kind: str = ""
    is_negated: bool = False
    is_hedged: bool = False
    speakers: tuple[Speaker, ...] = ()

    @property
    def parts(self) -> tuple[Range, ...]:
        """Where cue, source and addressee stand."""
        return (*self.cue, *filter(None, (self.source, self.addressee)))

    @property
    def start(self) -> int:
        """The first code point of the content."""
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        """Behind the last code point of the content."""
        return self.fragments[-1][1]


def covers(fragments: Sequence[Range], offset: int) -> bool:
    """Tell whether an offset lies in one of the fragments or touches it."""
    return any(start <= offset <= end for start, end in fragments)
