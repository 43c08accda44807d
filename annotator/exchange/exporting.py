"""A project out as a corpus: say what cannot be held, write aside, read again, compare, put in place."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from annotator import __version__
from annotator.core.errors import UserError
from annotator.core.formats import BY_DEFAULT, Format, Kind, Loss, Writer, Writing
from annotator.core.model import Problem
from annotator.core.scheme_toml import scheme_to_toml
from annotator.exchange.card import card
from annotator.exchange.parts import Part, Splitting, parts_of, remember
from annotator.exchange.placing import (
    Place,
    aside_of,
    card_name,
    described,
    in_words,
    make_safe,
    place_of,
    put_in_place,
)
from annotator.exchange.registry import format_named
from annotator.exchange.report import KINDS, ExportReport, LossGroup, LossTable, PartCount, Tally
from annotator.exchange.sources import failed
from annotator.exchange.walking import Cancelled, Pace, Progress, Walk
from annotator.language import _, n_
from annotator.store import articles
from annotator.store import corpus as store
from annotator.store.precedents import with_precedents
from annotator.store.project import Project

__all__ = ["Cancelled", "ExportOptions", "ExportPlan", "Progress", "export", "plan_export"]

_MOST_DIFFERENCES = 100
_PLACES = 200
"""Losses of each group that a plan names: enough to look at them one by one."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What is exported as what. `licence` goes into the dataset card as it is."""

    format: str = "jsonl"
    articles: Literal["all", "done"] = "all"
    states: frozenset[str] = frozenset({"accepted"})
    how: Writing = BY_DEFAULT
    split: Splitting | None = None
    licence: str = ""

    @property
    def done_only(self) -> bool:
        """Whether articles that are not done stay behind."""
        return self.articles == "done"


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What an export will hold, and what it cannot: one line for each fate, and the groups behind.

    `parts` are those of a split, with what each will have.
    """

    articles: int
    annotations: int
    links: int
    losses: list[Problem]
    groups: list[LossGroup]
    parts: list[PartCount]


def plan_export(
    project: Project, options: ExportOptions, *, progress: Progress | None = None
) -> ExportPlan:
    """Return what would be exported and lost, without writing anything.

    Raises UserError when the format cannot be written, Cancelled when `progress` returns False.
    """
    with _plug_in_in_words(format_named(options.format)), store.snapshot(project):
        counts = store.counts(project, states=options.states, done_only=options.done_only)
        pace = Pace(counts["articles"], progress)
        tally = Tally(_PLACES)
        for loss in _cut_links(project, options):
            tally.add(loss)
        counted = []
        for part in parts_of(project, options.states, options.split, done_only=options.done_only):
            walk = _walk(project, options, part, pace)
            for loss in writer_of(format_named(options.format), walk, options.how).losses():
                tally.add(loss)
            count = walk.article_count if part.articles is None else len(part.articles)
            counted.append(PartCount(part.name, count, dict(walk.labels)))
        groups = _titled(project, tally)
    problems = [group.as_problem() for group in groups]
    return ExportPlan(
        counts["articles"], counts["annotations"], counts["links"], problems, groups, counted
    )


def export(
    project: Project, out: Path, options: ExportOptions, *, progress: Progress | None = None
) -> ExportReport:
    """Write a corpus to a folder, or to a file if the format is of one file, with a report beside.

    All is written aside, read again and compared before it takes the place of what stood there.
    Raises UserError when it cannot be written or does not come back the same, Cancelled when
    `progress` returns False; then whatever stood there before still stands.
    """
    format_ = format_named(options.format)
    with _plug_in_in_words(format_):
        return _export(project, out, options, format_, progress)


@contextmanager
def _plug_in_in_words(format_: Format) -> Iterator[None]:
    try:
        yield
    except (UserError, OSError):
        raise
    except Exception as error:
        if not format_.plug_in:
            raise
        raise UserError(failed(format_, error)) from error


def _export(
    project: Project,
    out: Path,
    options: ExportOptions,
    format_: Format,
    progress: Progress | None,
) -> ExportReport:
    place = place_of(out, format_, project.path.stem, is_split=options.split is not None)
    with in_words(place.folder), aside_of(place.folder) as aside, store.snapshot(project):
        parts = parts_of(project, options.states, options.split, done_only=options.done_only)
        count = store.article_count(project, done_only=options.done_only)
        written = _Written(aside, place, Pace(count, progress), with_text=options.how.text)
        with LossTable(aside / f"{place.prefix}losses.csv") as table:
            written.lose(_cut_links(project, options), table)
            written.counts["link"] += written.tally.sum("link", "left out")
            for part in parts:
                walk = _walk(project, options, part, written.pace)
                written.add(part, walk, writer_of(format_, walk, options.how), format_, table)
        report = _report(project, options, written, table)
        names = [name for name, _digest, _size in report.files]
        put_in_place(
            aside, place, names, {"report.txt": report.as_text(), "report.json": report.as_json()}
        )
    if options.split:
        remember(project, options.split, parts)
    return report


class _Written:
    """What an export has written so far, all parts together."""

    def __init__(self, aside: Path, place: Place, pace: Pace, *, with_text: bool) -> None:
        self.with_text = with_text
        self.aside = aside
        self.place = place
        self.pace = pace
        self.tally = Tally()
        self.counts: Counter[Kind] = Counter()
        self.settings: dict[str, str] = {}
        self.parts: list[PartCount] = []
        self.files: list[tuple[str, str, int]] = []
        (aside / "data").mkdir()

    def lose(self, losses: Iterable[Loss], table: LossTable) -> None:
        """Count losses, and write each of them down, without its words if texts stay behind."""
        for each in losses:
            loss = each if self.with_text else each._replace(text="")
            self.tally.add(loss)
            table.add(loss)

    def add(
        self, part: Part, walk: Walk, writer: Writer, format_: Format, table: LossTable
    ) -> None:
        """Write one part, read it again and compare. Raises UserError when it is not the same."""
        target = self.place.target(self.aside / "data", part.name, format_.extensions[0])
        if not format_.one_file:
            target.mkdir(exist_ok=True)
        self.pace.rounds = writer.walks
        before = {kind: self.tally.sum(kind, "left out") for kind in KINDS}
        self.lose(writer.write(target), table)
        counted = Counter(walk.counts)
        left_out = {kind: self.tally.sum(kind, "left out") - before[kind] for kind in KINDS}
        found = list(islice(writer.differences(target), _MOST_DIFFERENCES))
        for kind in KINDS:
            if writer.held[kind] != counted[kind] - left_out[kind]:
                told = f"{writer.held[kind]} ≠ {counted[kind]} - {left_out[kind]}"
                found.append(Problem(kind, told))
        if found:
            raise UserError(_came_back_changed(found))
        self.files += _on_disk(target, self.aside, writer)
        self.counts += counted
        self.settings.update(writer.settings)
        self.parts.append(_counted(part, walk))

    def fates(self) -> dict[str, dict[str, int]]:
        """Return how much of each kind went in and what became of it."""
        rows: dict[str, dict[str, int]] = {}
        for kind in KINDS:
            changed, left_out = self.tally.sum(kind, "changed"), self.tally.sum(kind, "left out")
            rows[kind] = {
                "in": self.counts[kind],
                "written": self.counts[kind] - changed - left_out,
                "changed": changed,
                "left_out": left_out,
            }
        return rows


def _walk(project: Project, options: ExportOptions, part: Part, pace: Pace) -> Walk:
    return Walk(project, options.states, pace, done_only=options.done_only, only=part.articles)


def writer_of(format_: Format, walk: Walk, how: Writing) -> Writer:
    """Return what writes a walk in a format. Raises UserError when it cannot be written so."""
    if format_.writer is None:
        raise UserError(
            _("The format “{name}” can be read, but not written.").format(name=format_.name)
        )
    if not how.text and not format_.can_omit_text:
        raise UserError(
            _("The format “{name}” cannot go out without texts; jsonl and csv can.").format(
                name=format_.name
            )
        )
    return format_.writer(walk.corpus(), how)


def _counted(part: Part, walk: Walk) -> PartCount:
    return PartCount(part.name, walk.article_count, dict(walk.labels))


def _cut_links(project: Project, options: ExportOptions) -> Iterator[Loss]:
    reason = _("A link leads to an annotation that is not exported.")
    for article, link, label, start, end in store.cut_links(
        project, states=options.states, done_only=options.done_only
    ):
        name = project.scheme.label(label).name
        yield Loss("link", "left out", reason, name, article, start, end, link.type, link.id)


def _titled(project: Project, tally: Tally) -> list[LossGroup]:
    """Return what was lost, each group with the title of the article that a person knows it by."""
    groups = tally.groups
    rows = articles.rows(project, [group.title for group in groups])
    titles = {row.id: row.title for row in rows if row.title}
    return [replace(group, title=titles.get(group.title, group.title)) for group in groups]


def _came_back_changed(found: Sequence[Problem]) -> str:
    return n_(
        "What was written did not come back the same ({first}); the export was given up "
        "and the old files still stand.",
        "What was written did not come back the same in {count} places (first {first}); "
        "the export was given up and the old files still stand.",
        len(found),
    ).format(first=found[0], count=len(found))


def _on_disk(target: Path, aside: Path, writer: Writer) -> list[tuple[str, str, int]]:
    """Return name, digest and size of the files of a part.

    Raises UserError when one is not what was handed to the disk, where the writer says what that was.
    """
    paths = sorted(path for path in target.rglob("*") if path.is_file())
    files = []
    is_safe = make_safe(paths)
    for path in paths if target.is_dir() else [target]:
        name, digest, _size = file = described(path, aside, is_safe=is_safe)
        files.append(file)
        if writer.digests.get(path.name, digest) != digest:
            raise UserError(
                _(
                    "What stands on the disk in {name} is not what was written; the export was "
                    "given up and the old files still stand. Try another disk."
                ).format(name=name)
            )
    return files


def _report(
    project: Project, options: ExportOptions, written: _Written, table: LossTable
) -> ExportReport:
    """Return the report, once scheme and dataset card stand beside the data."""
    aside, place = written.aside, written.place
    losses = [table.path] if table.path.exists() else []
    files = [*written.files, *(described(path, aside) for path in losses)]
    groups = _titled(project, written.tally)
    report = ExportReport(
        files,
        written.fates(),
        groups,
        [group.as_problem() for group in groups],
        about=_about(project, options, written, table.path.name if losses else ""),
        parts=written.parts,
        names={label.id: label.name for label in project.scheme.labels},
    )
    scheme = with_precedents(project)
    beside = {
        f"{place.prefix}scheme.toml": scheme_to_toml(scheme),
        card_name(place): card(scheme, report, options.licence, options.format),
    }
    for name, text in beside.items():
        (aside / name).write_text(text, "utf-8")
        report.files.append(described(aside / name, aside))
    return report


def _about(
    project: Project, options: ExportOptions, written: _Written, losses_file: str
) -> dict[str, Any]:
    chosen = {"articles": options.articles, "states": ", ".join(sorted(options.states))}
    how = options.how
    if how != BY_DEFAULT:
        chosen |= {"align": how.align, "overlap": how.overlap}
    if not how.text:
        chosen["text"] = "left out"
    if options.split:
        chosen |= options.split.as_options()
    return {
        "application": "annotator",
        "version": __version__,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "project": project.path.name,
        "format": options.format,
        "options": chosen,
        "settings": written.settings,
        "losses_file": losses_file,
    }
