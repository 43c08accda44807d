"""Work beside the window: a thread that gets plain values, gives plain values back, and can be stopped."""

import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal, Slot

from annotator.core.errors import UserError

Progress = Callable[[int, int], bool]
"""Called by the work with done and total; False asks it to stop and leave nothing behind."""

_INTERVAL = 0.05
"""Seconds between two reports to the window."""


class Task(QObject):
    """One piece of long work. All its signals are sent in the thread of the window.

    `work` runs in another thread: it opens its own connection and touches no widget and no Session.
    Exactly one of `finished`, `failed` and `cancelled` is sent, unless the work fails by our fault:
    then the error rises as if it had happened here.
    """

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(str)
    cancelled = Signal()
    ended = Signal()

    def __init__(
        self, title: str, work: Callable[[Progress], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.title = title
        self._thread = _Thread(work, self)
        self._thread.progressed.connect(self.progressed)
        self._thread.finished.connect(self._on_thread_finished)

    @property
    def is_running(self) -> bool:
        return self._thread.isRunning()

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop at its next report; `cancelled` follows when it has."""
        self._thread.stop_asked.set()

    def stop(self) -> None:
        """Cancel and wait: for a window that closes."""
        self.cancel()
        self._thread.wait()

    @Slot()
    def _on_thread_finished(self) -> None:
        self.ended.emit()
        error = self._thread.error
        if self._thread.was_stopped:
            self.cancelled.emit()
        elif isinstance(error, UserError):
            self.failed.emit(str(error))
        elif error is not None:
            raise error
        else:
            self.finished.emit(self._thread.result)


class _Thread(QThread):
    progressed = Signal(int, int)

    def __init__(self, work: Callable[[Progress], object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._reported = 0.0
        self.stop_asked = threading.Event()
        self.was_stopped = False
        self.result: object = None
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self.result = self._work(self._report)
        except Exception as error:  # carried to the window's thread, where it is told apart
            self.error = error

    def _report(self, done: int, total: int) -> bool:
        if self.stop_asked.is_set():
            self.was_stopped = True
            return False
        now = time.monotonic()
        if done >= total or now - self._reported >= _INTERVAL:
            self._reported = now
            self.progressed.emit(done, total)
        return True
