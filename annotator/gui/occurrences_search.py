"""Looks for occurrences at once where that is quick, else beside the window; the newest question counts."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.core.occurrences import Finder, Likeness
from annotator.gui.background import Background
from annotator.gui.session import Session
from annotator.gui.tasks import Progress, Task
from annotator.language import _
from annotator.store import occurrences
from annotator.store.corpus import snapshot
from annotator.store.occurrences import Occurrence, Wanted
from annotator.store.project import Project

_AT_ONCE = 1_000
"""Articles to read up to which the window looks itself: more would be felt."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for and where; `articles` are ids, None for all."""

    phrases: tuple[str, ...]
    likeness: Likeness
    wanted: Wanted
    articles: tuple[str, ...] | None


class OccurrenceSearch(QObject):
    """`found` carries a list of occurrences, `given_up` says that the search was stopped or failed."""

    found = Signal(list)
    given_up = Signal()

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self._task: Task | None = None
        session.closing.connect(self.stop)

    @property
    def is_looking(self) -> bool:
        """Whether an answer is on its way."""
        return self._task is not None

    def ask(self, question: Question) -> None:
        """Look for occurrences; `found` follows, at once if there is little to read."""
        self.stop()
        project = self._session.project
        finder = Finder(question.phrases, question.likeness)
        if occurrences.reach(project, finder, question.articles) <= _AT_ONCE:
            self.found.emit(occurrences.find(project, finder, question.wanted, question.articles))
            return
        work = partial(look_beside, project.path, question)
        task = self._background.run(_("Looking for occurrences"), work)
        self._task = task
        task.finished.connect(partial(self._on_finished, task))
        task.failed.connect(partial(self._on_given_up, task))
        task.cancelled.connect(partial(self._on_given_up, task))

    def stop(self) -> None:
        """Let what is on its way go unheard."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _on_finished(self, task: Task, found: list[Occurrence]) -> None:
        if task is self._task:
            self._task = None
            self.found.emit(found)

    def _on_given_up(self, task: Task, _sentence: str = "") -> None:
        if task is self._task:
            self._task = None
            self.given_up.emit()


def look_beside(path: Path, question: Question, progress: Progress) -> list[Occurrence]:
    """Look on a connection of one's own."""
    finder = Finder(question.phrases, question.likeness)
    with Project.open(path, read_only=True) as project, snapshot(project):
        total = occurrences.reach(project, finder, question.articles)
        return occurrences.find(
            project,
            finder,
            question.wanted,
            question.articles,
            lambda done, _total: progress(done, max(done, total)),
        )
