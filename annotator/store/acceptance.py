"""What became of suggestions: how often people stood behind what each suggester proposed, by label."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.store.annotations import claims_from_json
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Rate:
    """How many suggestions were accepted as they were, accepted with changes, and rejected."""

    unchanged: int = 0
    changed: int = 0
    rejected: int = 0

    @property
    def decided(self) -> int:
        """All that somebody has decided about."""
        return self.unchanged + self.changed + self.rejected

    @property
    def accepted(self) -> int:
        """All that somebody stands behind, with changes or without."""
        return self.unchanged + self.changed

    @property
    def share(self) -> float:
        """The part that was accepted, from 0 to 1; 1 while nothing is decided."""
        return self.accepted / self.decided if self.decided else 1.0


Rates = Mapping[tuple[str, str], Rate]
"""By origin and label id."""


def rates(project: Project) -> Rates:
    """Return what became of all suggestions that were decided about.

    Everybody who suggested the same shares in it. What was given another label counts as changed for
    the label that it has now. Read from one index, however many annotations people made themselves.
    """
    found: dict[tuple[str, str], list[int]] = {}
    for origin, label_id, state, settled, also, count in project.conn.execute(
        """
        select origin, label_id, state, settled, also, count(*) from annotation
        where origin not in ('hand', 'slot', 'import') and state <> 'suggested'
        group by origin, label_id, state, settled, also
        """
    ):
        column = 2 if state == "rejected" else 1 if settled == "changed" else 0
        for each in (origin, *(claim.origin for claim in claims_from_json(also))):
            found.setdefault((each, label_id), [0, 0, 0])[column] += count
    return {key: Rate(*numbers) for key, numbers in found.items()}
