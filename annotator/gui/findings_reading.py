"""Checks beside the window: all articles, the open one, the next one with a finding; and repairs."""

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.assist.incises import incise_finder
from annotator.assist.knowledge import Knowledge
from annotator.core.checks import place_of
from annotator.core.findings import Finding, Kind
from annotator.core.model import Changes
from annotator.gui.background import Background
from annotator.gui.tasks import Progress, Task
from annotator.gui.tool_panel import touched_by
from annotator.language import _
from annotator.store import articles, findings
from annotator.store.corpus import snapshot
from annotator.store.project import Project

MOST = 20_000
"""Findings that are listed at once: nobody walks through more."""


class ProjectChecker(QObject):
    """Keeps what was found in the whole project, and knows which articles changed since.

    `findings` are in reading order, None before the first check. `found` says that there is a new
    list, `given_up` that the check was stopped or failed.
    """

    found = Signal()
    given_up = Signal()

    def __init__(self, path: Path, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._background = background
        self._task: Task | None = None
        self._touched: set[str] | None = None  # None: everything has to be checked
        self._is_wanted_again = False
        self.findings: list[Finding] | None = None

    @property
    def is_fresh(self) -> bool:
        """Whether `findings` is what a check would find now."""
        return self.findings is not None and self._task is None and self._touched == set()

    def note(self, changes: Changes) -> None:
        """Remember what has to be checked again."""
        is_whole = changes.everything or changes.scheme or changes.corpus
        self._touched = touched_by(self._touched, changes, is_whole=is_whole)

    def drop(self, gone: Collection[Finding]) -> None:
        """Forget findings that were just put right: the check that follows takes its time."""
        if self.findings is not None:
            repaired = set(gone)
            self.findings = [each for each in self.findings if each not in repaired]

    def check(self) -> None:
        """Bring the findings up to date; `found` follows."""
        if self._task is not None:
            self._is_wanted_again = True
            return
        self._is_wanted_again = False
        kept = self.findings or []
        work = partial(check_project, self._path, kept, self._touched)
        is_long = self._touched is None
        self._touched = set()
        self._task = self._background.run(_("Checking annotations"), work, is_shown=is_long)
        self._task.finished.connect(self._on_finished)
        self._task.failed.connect(self._on_given_up)
        self._task.cancelled.connect(self._on_given_up)

    def stop(self) -> None:
        """Check no more: the project is closing."""
        self._is_wanted_again = False
        if self._task is not None:
            self._task.cancel()

    def _on_finished(self, found: list[Finding]) -> None:
        self.findings = found
        self._task = None
        if self._is_wanted_again and self._touched != set():
            self.check()
        self.found.emit()

    def _on_given_up(self) -> None:
        self._task = None
        self._touched = None
        self.given_up.emit()


def check_project(
    path: Path, kept: Sequence[Finding], touched: Collection[str] | None, progress: Progress
) -> list[Finding]:
    """Return the findings on all articles; `touched` are those whose findings in `kept` are out of date."""
    with Project.open(path, read_only=True) as project, snapshot(project):
        ids = articles.ids(project)
        wanted = ids if touched is None else [each for each in ids if each in touched]
        fresh = list(islice(_findings(project, wanted, progress), MOST))
        if touched is None:
            return fresh
    order = {article_id: place for place, article_id in enumerate(ids)}
    rest = [each for each in kept if each.article_id in order and each.article_id not in touched]
    return sorted((*fresh, *rest), key=lambda each: (order[each.article_id], place_of(each)))


def check_article(path: Path, article_id: str, progress: Progress) -> list[Finding]:
    """Return the findings on one article, its strings compared with those of all; [] if it is gone."""
    with Project.open(path, read_only=True) as project, snapshot(project):
        if not progress(0, 0) or not articles.exists(project, article_id):
            return []
        return findings.of_article(project, article_id, incise_finder(Knowledge.of(project)))


def first_of(
    path: Path, article_ids: Sequence[str], kind: Kind | None, last: bool, progress: Progress
) -> Finding | None:
    """Return the first finding, or the `last` one, on the first of these articles that has any.

    How strings are labelled elsewhere is looked at only if that kind is asked for.
    """
    with Project.open(path, read_only=True) as project, snapshot(project):
        found = (
            each
            for each in _findings(project, article_ids, progress, with_labels=kind is Kind.LABELS)
            if kind is None or each.kind is kind
        )
        for _article_id, group in groupby(found, attrgetter("article_id")):
            return list(group)[-1 if last else 0]
    return None


def repair_beside(
    path: Path, annotator: str, name: str, wanted: Sequence[Finding], progress: Progress
) -> int:
    """Carry out many repairs as one deed on a connection of its own; return how many applied."""
    progress(0, 0)
    with Project.open(path) as project:
        count, _changes = project.do(
            name, lambda deed: findings.repair_all(deed, wanted), annotator=annotator
        )
    return count


def _findings(
    project: Project, article_ids: Sequence[str], progress: Progress, *, with_labels: bool = True
) -> Iterator[Finding]:
    incise = incise_finder(Knowledge.of(project))
    return findings.of_articles(project, article_ids, incise, progress, with_labels=with_labels)
