"""Counts beside the window, one picture after the other, and says each as soon as it is known."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from annotator.core.statistics import Forecast, Work, quartiles, work_of
from annotator.exchange.statistics import outlook
from annotator.gui.background import Background
from annotator.gui.tasks import Progress, Task
from annotator.language import _
from annotator.store import statistics
from annotator.store.corpus import snapshot
from annotator.store.project import Project
from annotator.store.statistics import Lengths, Scope
from annotator.store.work import moments

_STEPS = 10_000
"""Instructions of SQLite between two looks at whether the count is still wanted."""


@dataclass(frozen=True, slots=True)
class Labour:
    """The days of work, how long the rest may take, and active seconds as the window measured them."""

    work: Work
    outlook: Forecast
    seconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """Lengths, and the middle one of all articles in code points; None where there is no article."""

    lengths: Lengths
    middle: float | None
    articles: int


class Reader(QObject):
    """Reads for one scope at a time. `known` carries the name of a picture and what was counted for it.

    `ended` says that there is no more to come. What is counted for an older scope is not heard.
    """

    known = Signal(str, object)
    ended = Signal()

    def __init__(self, path: Path, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self.took = 0.0
        self._path = path
        self._background = background
        self._task: Task | None = None
        self._run = 0

    @property
    def is_reading(self) -> bool:
        """Whether more is to come."""
        return self._task is not None

    def read(self, scope: Scope) -> None:
        """Count everything for a scope."""
        self.stop()
        self._run += 1
        wire = _Wire()
        wire.counted.connect(self._on_counted)
        work = partial(_count, self._path, scope, wire, self._run)
        self._task = self._background.run(_("Counting the work"), work, is_shown=False)
        self._task.finished.connect(self._on_finished)
        self._task.failed.connect(self._on_given_up)
        self._task.cancelled.connect(self._on_given_up)

    def stop(self) -> None:
        """Hear no more of what is being counted."""
        task, self._task = self._task, None
        self._run += 1
        if task is not None:
            task.cancel()

    @Slot(int, str, object)
    def _on_counted(self, run: int, name: str, found: object) -> None:
        if run == self._run:
            self.known.emit(name, found)

    def _on_finished(self, took: float) -> None:
        if self.sender() is self._task:
            self.took = took
            self._on_given_up()

    def _on_given_up(self) -> None:
        if self.sender() is self._task:
            self._task = None
            self.ended.emit()


class _Wire(QObject):
    """Carries what was counted from the thread of the work to that of the window.

    The work holds it, so that a page that was closed meanwhile is no trouble.
    """

    counted = Signal(int, str, object)


def _count(path: Path, scope: Scope, wire: _Wire, run: int, progress: Progress) -> float:
    """Tell of one picture after the other; return the seconds that it took."""

    def is_unwanted() -> bool:
        return not progress(0, 1)

    began = time.monotonic()
    with Project.open(path, read_only=True) as project, snapshot(project):
        # A count that is no longer wanted ends amid a query: whoever closes the window does not wait.
        project.conn.set_progress_handler(is_unwanted, _STEPS)
        pictures = _pictures(project, scope)
        for done, (name, count) in enumerate(pictures):
            if not progress(done, len(pictures)):
                break
            wire.counted.emit(run, name, count())
    return time.monotonic() - began


def _pictures(project: Project, scope: Scope) -> list[tuple[str, Callable[[], object]]]:
    """Return how each picture is counted, the quick ones first."""
    return [
        ("states", partial(statistics.states, project)),
        ("labels", partial(statistics.labels, project, scope)),
        ("labour", partial(_labour, project, scope)),
        ("fates", partial(statistics.fates, project, scope)),
        ("entities", partial(statistics.entities, project, scope)),
        ("spread", partial(statistics.spread, project, scope)),
        ("lengths", partial(_lengths, project)),
        ("strings", partial(statistics.strings, project, scope)),
    ]


def _labour(project: Project, scope: Scope) -> Labour:
    work = work_of(moments(project, label=scope.label))
    return Labour(work, outlook(project, work), statistics.seconds(project))


def _lengths(project: Project) -> Measured:
    """Sort the lengths here, where it keeps nobody waiting."""
    found = statistics.lengths(project)
    every = [length for length, count in found.characters.items() for _time in range(count)]
    return Measured(found, quartiles(every).middle if every else None, len(every))
