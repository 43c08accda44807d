"""A project out as a corpus: say what cannot be held, write aside, read again, compare, put in place."""

import errno
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from annotator import __version__
from annotator.core.corpus import Corpus, LabelledArticle, Span
from annotator.core.errors import UserError
from annotator.core.formats import BY_DEFAULT, Format, Kind, Loss, Writer, Writing
from annotator.core.model import Article, Problem
from annotator.exchange.registry import format_named
from annotator.exchange.report import KINDS, ExportReport, LossGroup, LossTable, Tally
from annotator.language import _, n_
from annotator.store import articles, entities
from annotator.store import corpus as store
from annotator.store.project import Project

Progress = Callable[[int, int], bool]

_ASIDE = ".annotator-export-"
_ABANDONED = 24 * 3600
"""Seconds after which a folder that an export wrote in can only be what a crash left."""

_METADATA = ("title", "author", "published", "source", "url", "language")
_MOST_DIFFERENCES = 100
_PLACES = 200
"""Losses of each group that a plan names: enough to look at them one by one."""


class Cancelled(UserError):
    """The user stopped an export; nothing was written."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What is exported as what."""

    format: str = "jsonl"
    articles: Literal["all", "done"] = "all"
    states: frozenset[str] = frozenset({"accepted"})
    how: Writing = BY_DEFAULT


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What an export will hold, and what it cannot: one line for each fate, and the groups behind."""

    articles: int
    annotations: int
    links: int
    losses: list[Problem]
    groups: list[LossGroup]


def plan_export(
    project: Project, options: ExportOptions, *, progress: Progress | None = None
) -> ExportPlan:
    """Return what would be exported and lost, without writing anything.

    Raises UserError when the format cannot be written, Cancelled when `progress` returns False.
    """
    with store.snapshot(project):
        counts = store.counts(project, **_selection(options))
        walk = _Walk(project, options, counts["articles"], progress)
        writer = _writer(format_named(options.format), walk, options.how)
        walk.rounds = 1
        tally = Tally(_PLACES)
        for loss in (*_cut_links(project, options), *writer.losses()):
            tally.add(loss)
        groups = _titled(project, tally)
    problems = [group.as_problem() for group in groups]
    return ExportPlan(counts["articles"], counts["annotations"], counts["links"], problems, groups)


def export(
    project: Project, out: Path, options: ExportOptions, *, progress: Progress | None = None
) -> ExportReport:
    """Write a corpus to a folder, or to a file if the format is of one file, with a report beside.

    All is written aside, read again and compared before it takes the place of what stood there.
    Raises UserError when it cannot be written or does not come back the same, Cancelled when
    `progress` returns False; then whatever stood there before still stands.
    """
    format_ = format_named(options.format)
    place = _place(out, format_, project)
    with _in_words(place.folder), _aside(place.folder) as aside, store.snapshot(project):
        count = store.article_count(project, done_only=options.articles == "done")
        walk = _Walk(project, options, count, progress)
        writer = _writer(format_, walk, options.how)
        walk.rounds = writer.walks
        tally, losses_file = _write(writer, walk, aside, place, _cut_links(project, options))
        _refuse_differences(writer, walk, aside, place, tally)
        files = [_described(path, aside) for path in sorted(_files(aside, losses_file))]
        _refuse_if_altered(files, writer)
        groups = _titled(project, tally)
        report = ExportReport(
            files,
            _counts(walk, tally),
            groups,
            [group.as_problem() for group in groups],
            about=_about(project, options, writer, losses_file),
        )
        _put_in_place(aside, place, report)
    return report


def _titled(project: Project, tally: Tally) -> list[LossGroup]:
    """Return what was lost, each group with the title of the article that a person knows it by."""
    groups = tally.groups
    rows = articles.rows(project, [group.title for group in groups])
    titles = {row.id: row.title for row in rows if row.title}
    return [replace(group, title=titles.get(group.title, group.title)) for group in groups]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an export goes: `name` is empty for a format of several files."""

    folder: Path
    name: str
    prefix: str


class _Walk:
    """Walks over what is exported, counting it, checking its surfaces and telling how far it is."""

    def __init__(
        self, project: Project, options: ExportOptions, articles: int, progress: Progress | None
    ) -> None:
        self._project = project
        self._options = options
        self._articles = articles
        self._progress = progress
        self._done = 0
        self.rounds = 1
        self.counts: Counter[Kind] = Counter()

    def corpus(self) -> Corpus:
        register = {entity.id: entity for entity in entities.register(self._project)}
        return Corpus(self._project.scheme, self.articles, register)

    def articles(self) -> Iterator[LabelledArticle]:
        self.counts = Counter()
        for labelled in store.stream(self._project, **_selection(self._options)):
            self._count(labelled)
            self._tell()
            yield labelled

    def _count(self, labelled: LabelledArticle) -> None:
        text, counts = labelled.article.text, self.counts
        for span in labelled.spans:
            if text[span[3] : span[4]] != span[5]:
                raise UserError(_not_in_the_text(labelled.article, span))
        counts["annotation"] += len(labelled.spans)
        if labelled.spans:
            # Column by column: nearly all articles have no more to count than that.
            columns = list(zip(*labelled.spans, strict=True))
            if columns[2].count(0) < len(labelled.spans) or not _are_bare(columns):
                self._count_parts(labelled)
        counts["link"] += len(labelled.links)
        article = labelled.article
        known = {name for name in _METADATA if getattr(article, name)}
        counts["metadata"] += len(known.union(article.meta))

    def _count_parts(self, labelled: LabelledArticle) -> None:
        for span in labelled.spans:
            if span.n:
                self.counts["annotation"] -= 1
                continue
            self.counts["attribute"] += len(json.loads(span.attributes))
            self.counts["note"] += span.note != ""
            self.counts["entity"] += span.entity is not None

    def _tell(self) -> None:
        self._done += 1
        total = self._articles * self.rounds
        if self._progress and not self._progress(min(self._done, total), total):
            raise Cancelled(_("The export was cancelled; nothing was written."))


def _are_bare(columns: Sequence[Sequence[Any]]) -> bool:
    """Tell whether no span has attributes, a note or an entity."""
    count = len(columns[0])
    return (columns[6].count("{}"), columns[7].count(""), columns[8].count(None)) == (count,) * 3


def _not_in_the_text(article: Article, span: Span) -> str:
    return _(
        "In “{title}”, an annotation says “{surface}” where the text has “{found}”. "
        "Nothing was exported; run “annotator check” on the project."
    ).format(
        title=article.title or article.id,
        surface=span.surface,
        found=article.text[span.start : span.end],
    )


def _selection(options: ExportOptions) -> dict[str, Any]:
    return {"states": options.states, "done_only": options.articles == "done"}


def _writer(format_: Format, walk: _Walk, how: Writing) -> Writer:
    if format_.writer is None:
        raise UserError(
            _("The format “{name}” can be read, but not written.").format(name=format_.name)
        )
    return format_.writer(walk.corpus(), how)


def _cut_links(project: Project, options: ExportOptions) -> Iterator[Loss]:
    reason = _("A link leads to an annotation that is not exported.")
    for article, link, label, start, end in store.cut_links(project, **_selection(options)):
        name = project.scheme.label(label).name
        yield Loss("link", "left out", reason, name, article, start, end, link.type, link.id)


def _write(
    writer: Writer, walk: _Walk, aside: Path, place: _Place, cut_links: Iterable[Loss]
) -> tuple[Tally, str]:
    """Write data and losses, and return what was lost and the name of the file that lists it."""
    tally = Tally()
    target = aside / "data" / place.name if place.name else aside / "data"
    (aside / "data").mkdir()
    cut = list(cut_links)
    with LossTable(aside / f"{place.prefix}losses.csv") as table:
        for losses in (writer.write(target), cut):
            for loss in losses:
                tally.add(loss)
                table.add(loss)
    walk.counts["link"] += len(cut)
    return tally, table.path.name if table.path.exists() else ""


def _refuse_differences(
    writer: Writer, walk: _Walk, aside: Path, place: _Place, tally: Tally
) -> None:
    counted = Counter(walk.counts)
    target = aside / "data" / place.name if place.name else aside / "data"
    found = list(islice(writer.differences(target), _MOST_DIFFERENCES))
    walk.counts = counted
    for kind in KINDS:
        expected = counted[kind] - tally.sum(kind, "left out")
        if writer.held[kind] != expected:
            found.append(
                Problem(kind, f"{writer.held[kind]} ≠ {counted[kind]} - {counted[kind] - expected}")
            )
    if found:
        raise UserError(
            n_(
                "What was written did not come back the same ({first}); the export was given up "
                "and the old files still stand.",
                "What was written did not come back the same in {count} places (first {first}); "
                "the export was given up and the old files still stand.",
                len(found),
            ).format(first=found[0], count=len(found))
        )


def _refuse_if_altered(files: Iterable[tuple[str, str, int]], writer: Writer) -> None:
    for name, digest, _size in files:
        if writer.digests.get(name, digest) != digest:
            raise UserError(
                _(
                    "What stands on the disk in {name} is not what was written; the export was "
                    "given up and the old files still stand. Try another disk."
                ).format(name=name)
            )


def _counts(walk: _Walk, tally: Tally) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for kind in KINDS:
        changed, left_out = tally.sum(kind, "changed"), tally.sum(kind, "left out")
        counts[kind] = {
            "in": walk.counts[kind],
            "written": walk.counts[kind] - changed - left_out,
            "changed": changed,
            "left_out": left_out,
        }
    return counts


def _about(
    project: Project, options: ExportOptions, writer: Writer, losses_file: str
) -> dict[str, Any]:
    return {
        "application": "annotator",
        "version": __version__,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "project": project.path.name,
        "format": options.format,
        "options": {"articles": options.articles, "states": ", ".join(sorted(options.states))},
        "settings": dict(writer.settings),
        "losses_file": losses_file,
    }


def _place(out: Path, format_: Format, project: Project) -> _Place:
    """Return where the export goes. Raises UserError when a file stands where a folder should."""
    is_file = format_.one_file and out.suffix.lower() in format_.extensions and not out.is_dir()
    if is_file:
        return _Place(out.parent, out.name, f"{out.stem}.")
    if out.exists() and not out.is_dir():
        raise UserError(
            _("{path} is a file, and this export needs a folder; choose another name.").format(
                path=out
            )
        )
    name = f"{project.path.stem}{format_.extensions[0]}" if format_.one_file else ""
    return _Place(out, name, "")


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """Make a folder to write in, within the folder the files go to, and leave nothing of it."""
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    try:
        aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder))
        try:
            yield aside
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    finally:
        for path in made:
            with _ignored():
                path.rmdir()


def _sweep(folder: Path) -> None:
    """Remove what exports that were killed left behind, once none of them can still be running."""
    for path in folder.glob(f"{_ASIDE}*"):
        if path.is_dir() and time.time() - path.stat().st_mtime > _ABANDONED:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _ignored() -> Iterator[None]:
    try:
        yield
    except OSError:
        # Not empty: the export went well, or somebody put something there.
        pass


@contextmanager
def _in_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(_sentence(error, folder)) from error


def _sentence(error: OSError, folder: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _(
            "The disk is full: nothing was exported. Make room, or choose a folder on another disk."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _("{folder} cannot be written to; choose another folder.").format(folder=folder)
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return _("{folder} is not a folder; choose another name.").format(folder=folder)
    return _("{folder} cannot be written to ({reason}); nothing was exported.").format(
        folder=folder, reason=error.strerror or error
    )


def _files(aside: Path, losses_file: str) -> list[Path]:
    data = [path for path in (aside / "data").rglob("*") if path.is_file()]
    return [*data, aside / losses_file] if losses_file else data


def _described(path: Path, aside: Path) -> tuple[str, str, int]:
    """Return name, SHA-256 and bytes of a file, once it is on the disk."""
    with path.open("rb+") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
        size = file.seek(0, os.SEEK_END)
    data = aside / "data"
    name = path.relative_to(data) if path.is_relative_to(data) else path.relative_to(aside)
    return name.as_posix(), digest, size


def _put_in_place(aside: Path, place: _Place, report: ExportReport) -> None:
    """Rename the data, then the reports, over what stood there; drop what an older export left."""
    stale = _listed(place.folder / f"{place.prefix}report.json")
    for name, text in (("report.txt", report.as_text()), ("report.json", report.as_json())):
        path = aside / f"{place.prefix}{name}"
        path.write_text(text, "utf-8")
    for name, _digest, _size in report.files:
        source = aside / "data" / name
        target = place.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(source if source.exists() else aside / name, target)
    for name in ("report.txt", "report.json"):
        os.replace(aside / f"{place.prefix}{name}", place.folder / f"{place.prefix}{name}")
    for name, digest in stale.items():
        if name not in {file[0] for file in report.files}:
            _drop_unaltered(place.folder / name, digest)


def _listed(report: Path) -> dict[str, str]:
    """Return the files an older export says it wrote here, with their digests."""
    try:
        files = json.loads(report.read_text("utf-8"))["files"]
        return {Path(row["name"]).name: row["sha256"] for row in files}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _drop_unaltered(path: Path, digest: str) -> None:
    """Remove a file of an older export, unless somebody has changed it since."""
    with _ignored():
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == digest
        if same:
            path.unlink()
