"""How right a model is: precision, recall and F1 of exact spans, by label and over all."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from annotator.suggest.model.examples import Span


@dataclass(frozen=True, slots=True)
class Score:
    """How many spans were wanted, proposed, and right: same start, same end, same label."""

    wanted: int = 0
    proposed: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """The share of what was proposed that is right: right / proposed, 0 where nothing was."""
        return self.right / self.proposed if self.proposed else 0.0

    @property
    def recall(self) -> float:
        """The share of what was wanted that was found: right / wanted, 0 where nothing was."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both: 2 · right / (wanted + proposed), 0 where there is neither."""
        both = self.wanted + self.proposed
        return 2 * self.right / both if both else 0.0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.wanted + other.wanted, self.proposed + other.proposed, self.right + other.right
        )


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores by label's id; `micro` counts all spans alike, whatever their label."""

    by_label: Mapping[str, Score] = field(default_factory=dict)

    @property
    def micro(self) -> Score:
        """The score over all labels (micro average: the counts are added, not the figures)."""
        return sum(self.by_label.values(), Score())

    @classmethod
    def of(cls, pairs: Iterable[tuple[Iterable[Span], Iterable[Span]]]) -> Self:
        """Return the scores of articles, each given as what was wanted and what was proposed."""
        wanted, proposed, right = Counter[str](), Counter[str](), Counter[str]()
        for one, other in pairs:
            here, there = set(one), set(other)
            wanted.update(span.label for span in here)
            proposed.update(span.label for span in there)
            right.update(span.label for span in here & there)
        labels = sorted(wanted.keys() | proposed.keys(), key=lambda each: (-wanted[each], each))
        return cls({each: Score(wanted[each], proposed[each], right[each]) for each in labels})

    def to_dict(self) -> dict[str, Any]:
        """Return the counts and the figures as plain values."""
        return {"micro": _row(self.micro), "labels": {k: _row(v) for k, v in self.by_label.items()}}

    @classmethod
    def from_dict(cls, table: Mapping[str, Any]) -> Self:
        """Return the scores that `to_dict` wrote."""
        return cls(
            {
                label: Score(row["wanted"], row["proposed"], row["right"])
                for label, row in table["labels"].items()
            }
        )


def _row(score: Score) -> dict[str, Any]:
    return {
        "wanted": score.wanted,
        "proposed": score.proposed,
        "right": score.right,
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
    }
