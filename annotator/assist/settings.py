"""Which suggesters a project wants, in which order, and what they may propose; kept in the project."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from annotator.assist import labels
from annotator.core.scheme import Scheme
from annotator.store.project import Project

SETTING = "suggesters"

LEAST = 0.5
"""The score from which names, patterns and models are shown, unless somebody has said otherwise."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What somebody has chosen; whatever nobody has chosen is as the suggester itself would have it.

    `on`, `order` (the highest first) and `least` (scores, 0 to 1) are by id of suggester, `labels` by
    kind: the id of a label, "" for none. `asked` are origins with ids of labels that are to be proposed
    although they were mostly rejected.
    """

    on: Mapping[str, bool] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    least: Mapping[str, float] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    asked: frozenset[tuple[str, str]] = frozenset()

    def switched(self, suggester: str, *, on: bool) -> "Settings":
        """Return these with a suggester on or off."""
        return replace(self, on={**self.on, suggester: on})

    def ranked(self, suggesters: Iterable[str]) -> "Settings":
        """Return these with another order, the highest ranked first."""
        return replace(self, order=tuple(dict.fromkeys(suggesters)))

    def from_score(self, suggester: str, score: float) -> "Settings":
        """Return these with the score from which a suggester is shown."""
        return replace(self, least={**self.least, suggester: min(1.0, max(0.0, score))})

    def labelling(self, kind: str, label_id: str) -> "Settings":
        """Return these with the label for a kind, "" for none."""
        return replace(self, labels={**self.labels, kind: label_id})

    def asking(self, origin: str, label_id: str, *, asks: bool = True) -> "Settings":
        """Return these with something that is to be proposed although it was mostly rejected, or not."""
        pair = frozenset({(origin, label_id)})
        return replace(self, asked=self.asked | pair if asks else self.asked - pair)

    def label_of(self, kind: str, scheme: Scheme) -> str:
        """Return the id of the label for a kind, "" when there is none in use."""
        chosen = self.labels.get(kind)
        in_use = {label.id for label in labels.plain(scheme)}
        if chosen is not None:
            return chosen if chosen in in_use else ""
        return labels.usual(scheme)[kind]


def read(project: Project) -> Settings:
    """Return the settings of a project; what cannot be understood is as if nobody had chosen."""
    try:
        table = orjson.loads(project.setting(SETTING) or "{}")
    except orjson.JSONDecodeError:
        return Settings()
    return _settings(table) if isinstance(table, dict) else Settings()


def write(project: Project, settings: Settings) -> None:
    """Keep settings with the project; no deed. Raises UserError when it cannot be written to."""
    table = {
        "on": dict(settings.on),
        "order": list(settings.order),
        "least": dict(settings.least),
        "labels": dict(settings.labels),
        "asked": sorted(map(list, settings.asked)),
    }
    project.choose(SETTING, orjson.dumps(table).decode())


def _settings(table: dict[str, Any]) -> Settings:
    on, order, least = table.get("on"), table.get("order"), table.get("least")
    chosen, asked = table.get("labels"), table.get("asked")
    return Settings(
        on={k: bool(v) for k, v in on.items()} if isinstance(on, dict) else {},
        order=tuple(filter(_is_text, order)) if isinstance(order, list) else (),
        least=_numbers(least) if isinstance(least, dict) else {},
        labels={k: v for k, v in chosen.items() if _is_text(v)} if isinstance(chosen, dict) else {},
        asked=frozenset(
            (each[0], each[1])
            for each in (asked if isinstance(asked, list) else ())
            if isinstance(each, list) and len(each) == 2 and all(map(_is_text, each))
        ),
    )


def _numbers(table: dict[str, Any]) -> dict[str, float]:
    return {
        k: min(1.0, max(0.0, float(v))) for k, v in table.items() if isinstance(v, (int, float))
    }


def _is_text(value: object) -> bool:
    return isinstance(value, str)
