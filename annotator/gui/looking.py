"""A look at something long beside the window: begun once all has been left alone, one at a time."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.gui.tasks import Progress, Task

_DELAY = 150
"""Milliseconds without a further wish after which to look."""


class Look(QObject):
    """Does the work wished for last: `begun`, then `found` with what it returned or `failed` with a sentence.

    After `stop`, or when something else is wished for, what was on its way is not heard.
    """

    begun = Signal()
    found = Signal(object)
    failed = Signal(str)

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self._title = title
        self._work: Callable[[Progress], object] | None = None
        self._task: Task | None = None
        self._later = QTimer(self, singleShot=True, interval=_DELAY)
        self._later.timeout.connect(self._begin)

    @property
    def is_looking(self) -> bool:
        """Whether it is still being found out."""
        return self._task is not None or self._later.isActive()

    def at(self, work: Callable[[Progress], object]) -> None:
        """Begin the work now."""
        self.stop()
        self._work = work
        self._begin()

    def later_at(self, work: Callable[[Progress], object]) -> None:
        """Begin the work once nothing else has been wished for during a moment."""
        self.stop()
        self._work = work
        self._later.start()

    def stop(self) -> None:
        """Give up and wait until the files are let go."""
        self._later.stop()
        task, self._task = self._task, None
        if task is not None:
            task.blockSignals(True)
            task.stop()
            task.deleteLater()

    def _begin(self) -> None:
        assert self._work is not None
        self.begun.emit()
        self._task = Task(self._title, self._work, self)
        self._task.finished.connect(self._on_finished)
        self._task.failed.connect(self._on_failed)
        self._task.start()

    def _on_finished(self, result: object) -> None:
        self.stop()
        self.found.emit(result)

    def _on_failed(self, sentence: str) -> None:
        self.stop()
        self.failed.emit(sentence)
