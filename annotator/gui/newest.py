"""Questions asked beside the window one after the other: only the newest answer is heard, nobody waits."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.gui.background import Background
from annotator.gui.tasks import Progress, Task

_DELAY = 150
"""Milliseconds without a further question after which to ask."""

Work = Callable[[Progress], object]


class Newest(QObject):
    """`found` carries what the last question led to; the ones passed over end by themselves."""

    found = Signal(object)

    def __init__(self, title: str, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._title = title
        self._background = background
        self._task: Task | None = None
        self._work: Work | None = None
        self._later = QTimer(self, singleShot=True, interval=_DELAY)
        self._later.timeout.connect(self._ask)

    @property
    def is_looking(self) -> bool:
        """Whether an answer is on its way."""
        return self._task is not None or self._later.isActive()

    def at(self, work: Work) -> None:
        """Ask now."""
        self.stop()
        self._work = work
        self._ask()

    def later_at(self, work: Work) -> None:
        """Ask once nothing else has been asked for a moment."""
        self.stop()
        self._work = work
        self._later.start()

    def stop(self) -> None:
        """Hear nothing of what is on its way."""
        self._later.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _ask(self) -> None:
        assert self._work is not None
        task = self._background.run(self._title, self._work, is_shown=False)
        self._task = task
        task.finished.connect(partial(self._on_finished, task))
        task.failed.connect(partial(self._on_failed, task))

    def _on_finished(self, task: Task, result: object) -> None:
        if task is self._task:
            self._task = None
            self.found.emit(result)

    def _on_failed(self, task: Task, _sentence: str) -> None:
        if task is self._task:
            self._task = None
