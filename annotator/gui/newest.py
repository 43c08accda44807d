"""Questions asked beside the window one after the other: only the newest answer is heard, nobody waits."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from annotator.gui.background import Background
from annotator.gui.tasks import Progress, Task

Work = Callable[[Progress], object]


class Newest(QObject):
    """`found` carries what the last question led to; the ones passed over end by themselves."""

    found = Signal(object)

    def __init__(self, title: str, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._title = title
        self._background = background
        self._task: Task | None = None

    @property
    def is_looking(self) -> bool:
        """Whether an answer is on its way."""
        return self._task is not None

    def at(self, work: Work) -> None:
        """Ask now."""
        self.stop()
        task = self._background.run(self._title, work, is_shown=False)
        self._task = task
        task.finished.connect(partial(self._on_finished, task))
        task.failed.connect(partial(self._on_failed, task))

    def stop(self) -> None:
        """Hear nothing of what is on its way."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _on_finished(self, task: Task, result: object) -> None:
        if task is self._task:
            self._task = None
            self.found.emit(result)

    def _on_failed(self, task: Task, _sentence: str) -> None:
        if task is self._task:
            self._task = None
