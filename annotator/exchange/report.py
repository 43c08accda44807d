"""What became of everything in an export: counted, listed, and written beside the data."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, TextIO, get_args

from annotator.core.formats import Kind, Loss, Outcome
from annotator.core.model import Problem
from annotator.language import _, n_

VERSION = "annotator-export/1"
KINDS: tuple[Kind, ...] = get_args(Kind)
_EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class LossGroup:
    """All losses of one fate: how many, and where the first of them are.

    `title` is that of the first one's article, its id when nobody knows better.
    """

    kind: Kind
    outcome: Outcome
    reason: str
    label: str
    count: int
    examples: tuple[Loss, ...]
    title: str

    def rank(self) -> tuple[bool, int, str, str, str]:
        """Return the key to sort by: left out before changed, then the most frequent first."""
        return self.outcome == "changed", -self.count, self.kind, self.reason, self.label

    def as_problem(self) -> Problem:
        """Return it as one line for a list."""
        first = self.examples[0]
        place = self.label or self.title
        return Problem(
            place,
            n_(
                "{reason} ({count} time: {article} at {start}–{end}, “{text}”)",
                "{reason} ({count} times, first: {article} at {start}–{end}, “{text}”)",
                self.count,
            ).format(
                reason=self.reason,
                count=self.count,
                article=self.title,
                start=first.start,
                end=first.end,
                text=_short(first.text),
            ),
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "kind": self.kind,
            "outcome": self.outcome,
            "reason": self.reason,
            "label": self.label,
            "count": self.count,
            "examples": [
                {"article": each.article, "start": each.start, "end": each.end, "text": each.text}
                for each in self.examples
            ],
        }


class Tally:
    """Counts losses as they come, article by article: groups for the list, things for the sums.

    A thing that is lost for two reasons is one thing; left out outweighs changed. Of each group the
    first `examples` are kept.
    """

    def __init__(self, examples: int = _EXAMPLES) -> None:
        self._most = examples
        self._counts: Counter[tuple[Kind, Outcome, str, str]] = Counter()
        self._examples: dict[tuple[Kind, Outcome, str, str], list[Loss]] = {}
        self._sums: Counter[tuple[Kind, Outcome]] = Counter()
        self._article = ""
        self._things: dict[tuple[Kind, str], Outcome] = {}

    def add(self, loss: Loss) -> None:
        """Count one loss."""
        key = loss.kind, loss.outcome, loss.reason, loss.label
        self._counts[key] += 1
        examples = self._examples.setdefault(key, [])
        if len(examples) < self._most:
            examples.append(loss)
        if loss.article != self._article:
            self._settle()
            self._article = loss.article
        thing = loss.kind, loss.id
        if self._things.get(thing) != "left out":
            self._things[thing] = loss.outcome

    def sum(self, kind: Kind, outcome: Outcome) -> int:
        """Return how many things of a kind met this fate."""
        self._settle()
        return self._sums[kind, outcome]

    @property
    def groups(self) -> list[LossGroup]:
        """What was lost, the gravest first."""
        groups = [
            LossGroup(*key, count, tuple(self._examples[key]), self._examples[key][0].article)
            for key, count in self._counts.items()
        ]
        return sorted(groups, key=LossGroup.rank)

    def _settle(self) -> None:
        self._sums.update((kind, outcome) for (kind, _id), outcome in self._things.items())
        self._things.clear()


class LossTable(AbstractContextManager["LossTable"]):
    """Writes every single loss into a CSV file, which is made with the first of them."""

    COLUMNS = ("kind", "outcome", "reason", "label", "article", "start", "end", "text", "id")

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: TextIO | None = None
        self._rows: Any = None

    def add(self, loss: Loss) -> None:
        """Write one loss."""
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            self._rows = csv.writer(self._file)
            self._rows.writerow(self.COLUMNS)
        self._rows.writerow(guarded(str(value)) for value in loss)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r'" and cell else cell


class PartCount(NamedTuple):
    """What is in one part of an export, "" the whole: articles, and annotations by label id."""

    name: str
    articles: int
    labels: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ExportReport:
    """How an export went. `files` are (name, SHA-256, bytes) of the data. `names` are those of labels.

    `counts` gives, for each kind of thing, how many went in, were written as they are, changed or
    left out. `written`, `changed` and `left_out` are those of annotations.
    """

    files: list[tuple[str, str, int]]
    counts: Mapping[str, Mapping[str, int]]
    losses: list[LossGroup]
    problems: list[Problem]
    differences: list[Problem] = field(default_factory=list)
    parts: list[PartCount] = field(default_factory=list)
    about: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def written(self) -> int:
        """Annotations that stand in the files exactly as in the project."""
        return self.counts["annotation"]["written"]

    @property
    def changed(self) -> int:
        """Annotations that stand in the files, but not exactly as in the project."""
        return self.counts["annotation"]["changed"]

    @property
    def left_out(self) -> int:
        """Annotations that do not stand in the files."""
        return self.counts["annotation"]["left_out"]

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain values, as `report.json` holds it."""
        return {
            "report": VERSION,
            **self.about,
            "written": self.written,
            "changed": self.changed,
            "left_out": self.left_out,
            "counts": {kind: dict(row) for kind, row in self.counts.items()},
            "files": [
                {"name": name, "sha256": digest, "bytes": size} for name, digest, size in self.files
            ],
            "parts": [
                {"name": part.name, "articles": part.articles, "labels": self._named(part)}
                for part in self.parts
            ],
            "losses": [group.as_dict() for group in self.losses],
            "differences": [str(problem) for problem in self.differences],
        }

    def _named(self, part: PartCount) -> dict[str, int]:
        counts = {self.names[label]: count for label, count in part.labels.items() if count}
        return dict(sorted(counts.items()))

    def as_json(self) -> str:
        """Return the text of `report.json`."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def as_text(self) -> str:
        """Return the report for a reader."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        about = self.about
        yield _("Export of {project} as {format}, {date}").format(
            project=about["project"], format=about["format"], date=about["date"]
        )
        yield _("Written by Annotator {version}.").format(version=about["version"])
        settings = {**about["options"], **about["settings"]}
        yield "; ".join(f"{name}: {value}" for name, value in settings.items())
        yield ""
        for kind, row in self.counts.items():
            if row["in"]:
                yield _(
                    "{kind}: {total} = {written} written + {changed} changed + {left_out} left out"
                ).format(kind=_kind(kind), total=row["in"], **{k: row[k] for k in _FATES})
        yield ""
        for part in self.parts:
            if part.name:
                labels = ", ".join(f"{name} {count}" for name, count in self._named(part).items())
                told = n_(
                    "{part}: {count} article; {labels}",
                    "{part}: {count} articles; {labels}",
                    part.articles,
                )
                yield told.format(part=part.name, count=part.articles, labels=labels)
        for group in self.losses:
            yield f"- {group.as_problem()}"
        if self.losses:
            yield _("Each of them stands in {file}.").format(file=about["losses_file"])
            yield ""
        for name, digest, size in self.files:
            yield f"{digest}  {size:>12}  {name}"
        yield _("The files were read again and compared: no differences.")


_FATES = ("written", "changed", "left_out")


def _kind(kind: str) -> str:
    return {
        "annotation": _("Annotations"),
        "link": _("Links"),
        "attribute": _("Attributes"),
        "note": _("Notes"),
        "entity": _("References to entities"),
        "metadata": _("Metadata of articles"),
    }[kind]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
