"""Files into a project: one deed, which one undo takes back, and a report of all that happened."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson

from annotator.core.corpus import Foundation, LabelledArticle, Textless, labelled
from annotator.core.formats import AS_IT_IS, Reading
from annotator.core.garbage import without_garbage_collection
from annotator.core.model import NOTHING, Changes, Document, Problem, Remark
from annotator.exchange.adopting import Adoption
from annotator.exchange.sources import Source, sources
from annotator.language import _, n_
from annotator.store import bulk, entities
from annotator.store.deed import Deed
from annotator.store.project import Project

Progress = Callable[[int, int], bool]
"""Told how much is done of how much; returns False to give up."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """`annotator` stands behind annotations that name nobody; `format` None: by each file's name.

    `labels` says which label of the project a label of the files becomes, "" for none; what is not
    in it becomes the label of its name. It is remembered with the project for the next import.
    """

    annotator: str
    format: str | None = None
    strict: bool = False
    how: Reading = AS_IT_IS
    labels: Mapping[str, str] = field(default_factory=lambda: NOTHING)


@dataclass(slots=True)
class ImportReport:
    """What came in and what did not. Articles whose text was there already are `duplicates`.

    What they carry went to the article that was there: `grafted` annotations, `standing` of which
    it had before.
    `remarks` tell what was put right on the way. `articles` is 0 after giving up, and after a
    strict import that found problems: then nothing was written.
    """

    articles: int = 0
    annotations: int = 0
    links: int = 0
    duplicates: list[Problem] = field(default_factory=list)
    grafted: int = 0
    standing: int = 0
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    labels_added: list[str] = field(default_factory=list)
    files: int = 0
    cancelled: bool = False
    changes: Changes = field(default_factory=Changes)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain values for JSON, without `changes`."""
        row = asdict(replace(self, changes=Changes()))
        del row["changes"]
        return row


_LABELS = "labels of imports"
"""The setting of a project that keeps what the labels of files became."""


class _NothingComesIn(Exception):
    """Takes the transaction back: the import was cancelled, or is strict and met a problem."""


def import_paths(
    project: Project,
    paths: Sequence[Path],
    options: ImportOptions,
    *,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring files, and folders with all below them, into a project.

    A problem never keeps the rest from coming in, unless `options.strict`. Raises UserError when a
    path does not exist or the project cannot be written to.
    """
    report = ImportReport()
    found = sources(paths, options.format, report.problems, report.remarks, options.how)
    report.files = len(found)
    if options.strict and report.problems:
        return report
    try:
        with without_garbage_collection():
            _added, report.changes = project.do(
                _("Import"),
                lambda deed: _import(deed, project, found, options, report, progress),
                annotator=options.annotator,
            )
    except _NothingComesIn:
        report.articles = report.annotations = report.links = 0
        report.labels_added = []
    else:
        _remember_labels(project, options.labels)
    return report


def remembered_labels(project: Project) -> dict[str, str]:
    """Return what the labels of files became in the imports before, by the name in the file."""
    kept = project.setting(_LABELS)
    return dict(orjson.loads(kept)) if kept else {}


def _remember_labels(project: Project, labels: Mapping[str, str]) -> None:
    if labels:
        together = {**remembered_labels(project), **labels}
        project.set_setting(_LABELS, orjson.dumps(together).decode())


def _import(
    deed: Deed,
    project: Project,
    found: Sequence[Source],
    options: ImportOptions,
    report: ImportReport,
    progress: Progress | None,
) -> None:
    names = {**remembered_labels(project), **options.labels}
    adoption = Adoption(deed, project.scheme, entities.register(project), names)
    added = bulk.Added()
    waiting: list[Textless] = []
    bulk.add_articles(
        deed, _articles(found, adoption, report, progress, waiting), adoption.ids, added
    )
    restored = _restored(deed, waiting, adoption, report)
    bulk.add_articles(deed, restored, adoption.ids, added)
    report.problems += adoption.problems
    report.remarks += adoption.remarks
    report.remarks += _skipped(adoption.skipped)
    report.labels_added = adoption.labels_added
    report.articles, report.annotations, report.links = (
        added.articles,
        added.annotations,
        added.links,
    )
    report.duplicates = [_duplicate(twin) for twin in added.twins]
    report.grafted = sum(twin.grafted.annotations for twin in added.twins)
    report.standing = sum(twin.grafted.standing for twin in added.twins)
    deed.name = _named(added)
    if options.strict and report.problems:
        raise _NothingComesIn


def _skipped(labels: Mapping[str, int]) -> Iterator[Remark]:
    for name, count in labels.items():
        told = n_(
            "{count} annotation stayed behind: its label is skipped.",
            "{count} annotations stayed behind: their label is skipped.",
            count,
        )
        yield Remark(name, told.format(count=count))


def _named(added: bulk.Added) -> str:
    """Return what the undo menu says of an import."""
    if added.annotations and not added.articles:
        count = added.annotations
        return n_("Import {count} annotation", "Import {count} annotations", count).format(
            count=count
        )
    count = added.articles
    return n_("Import {count} article", "Import {count} articles", count).format(count=count)


def _restored(
    deed: Deed, waiting: Sequence[Textless], adoption: Adoption, report: ImportReport
) -> Iterator[LabelledArticle]:
    """Yield the articles that came without a text, once all texts of the import are there."""
    for textless in waiting:
        text = bulk.text_of(deed, textless.sha256)
        if text is None:
            told = _(
                "It came without its text, and no article here has it (SHA-256 {digest}…). "
                "Import the text first."
            )
            problem = Problem(textless.place, told.format(digest=textless.sha256[:12]))
            report.problems.append(problem)
            continue
        for each in textless.restore(text):
            if isinstance(each, Problem):
                report.problems.append(each)
            else:
                yield adoption.adopt(labelled(each) if isinstance(each, Document) else each)


def _articles(
    found: Sequence[Source],
    adoption: Adoption,
    report: ImportReport,
    progress: Progress | None,
    waiting: list[Textless],
) -> Iterator[LabelledArticle]:
    """Yield the articles of all files once their labels exist; the rest goes into the report.

    Those without a text go to `waiting`.
    """
    total = sum(source.size for source in found) if progress else 0
    step = max(1, total // 500)
    done = 0
    for source in found:
        end = done + source.size
        for each in source.read():
            if isinstance(each, Remark):
                report.remarks.append(each)
            elif isinstance(each, Problem):
                report.problems.append(each)
            elif isinstance(each, Foundation):
                adoption.found(each)
            elif isinstance(each, Textless):
                waiting.append(each)
            else:
                yield adoption.adopt(labelled(each) if isinstance(each, Document) else each)
            if progress:
                done = min(done + 1, end)
                if done % step == 0 and not progress(done, total):
                    report.cancelled = True
                    raise _NothingComesIn
        done = end


def _duplicate(twin: bulk.Twin) -> Problem:
    told = _("The same text is there already, as “{title}”.").format(title=twin.title)
    count = twin.grafted.annotations
    if count:
        went = n_(
            "{count} annotation went to it.", "{count} annotations went to it.", count
        ).format(count=count)
        told = f"{told} {went}"
    return Problem(twin.place, told)
