"""What suggesters of names propose: a label for a stretch of words, how sure, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A span `[start, end)` in code points that should carry a label, without blanks at its edges.

    `label` is a label's id. `score` is between 0 and 1; `reason` says in the user's language what
    speaks for it. `entity` is the id of whom it means in the register, where that is known.
    """

    label: str
    start: int
    end: int
    score: float
    reason: str
    entity: str | None = None
