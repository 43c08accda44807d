"""The long work beside the window: started here, followed by the status line, stopped when it closes."""

import sys
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from annotator.gui.status import StatusLine
from annotator.gui.tasks import Progress, Task

_TURN = 0.001
"""Seconds a thread works before another one gets its turn; Python's own figure is five times that."""


class Background(QObject):
    """The tasks of one window. `failed` carries the sentence of a task that could not be done."""

    failed = Signal(str)

    def __init__(self, status: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        # Python lets one thread work at a time: the window asks for its turn sooner than usual.
        sys.setswitchinterval(_TURN)
        self._status = status
        self._tasks: list[Task] = []

    def run(
        self,
        title: str,
        work: Callable[[Progress], object],
        *,
        is_shown: bool = True,
        is_told: bool = True,
    ) -> Task:
        """Begin long work; the status line follows it if it `is_shown`, a failure is sent if it `is_told`."""
        task = Task(title, work, self)
        self._tasks.append(task)
        if is_told:
            task.failed.connect(self.failed)
        task.ended.connect(partial(self._on_ended, task))
        if is_shown:
            self._status.follow(task)
        task.start()
        return task

    def stop(self) -> None:
        """Stop everything and wait until it has."""
        for task in tuple(self._tasks):
            task.stop()

    def _on_ended(self, task: Task) -> None:
        self._tasks.remove(task)
        task.deleteLater()
