"""Counts the seconds somebody works on an article; a minute without key or mouse is a pause."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer

from annotator.core.errors import UserError
from annotator.gui.session import Session
from annotator.store import articles

IDLE = 60.0
"""Seconds after the last key or mouse move during which somebody is still thought to be reading."""

_FLUSH = 30_000
"""Milliseconds between two times of writing it down."""

_GESTURES = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel}
)


class Stopwatch:
    """Adds up active seconds from the moments of gestures; `clock` counts seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: float | None = None
        self._since: float | None = None
        self._active = 0.0

    def gesture(self) -> None:
        """Note that somebody is there."""
        now = self._clock()
        self._settle(now)
        self._last = now
        self._since = now if self._since is None else self._since

    def take(self) -> float:
        """Return the active seconds since they were last taken, and start anew."""
        self._settle(self._clock())
        active, self._active = self._active, 0.0
        return active

    def give_back(self, seconds: float) -> None:
        """Keep seconds that were taken and could not be written."""
        self._active += seconds

    def _settle(self, now: float) -> None:
        if self._since is None or self._last is None:
            return
        until = min(now, self._last + IDLE)
        self._active += max(0.0, until - self._since)
        self._since = until if until == now else None


class Activity(QObject):
    """Watches a window of the system for gestures and gives the time to the article that is open."""

    def __init__(self, session: Session, watched: QObject) -> None:
        super().__init__(session)
        self._session = session
        self._article = session.article.id if session.article else ""
        self.stopwatch = Stopwatch()
        self._timer = QTimer(self, interval=_FLUSH)
        self._timer.timeout.connect(self.flush)
        self._timer.start()
        watched.installEventFilter(self)
        session.article_opened.connect(self._on_article_opened)
        session.closing.connect(self._on_closing)

    def flush(self) -> None:
        """Write the seconds down; a project that is busy gets them the next time."""
        seconds = self.stopwatch.take()
        is_open = self._session.is_open and not self._session.is_read_only
        if not self._article or seconds <= 0 or not is_open:
            return
        try:
            articles.add_seconds(
                self._session.project, self._article, self._session.annotator, seconds
            )
        except UserError:
            self.stopwatch.give_back(seconds)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _GESTURES:
            self.stopwatch.gesture()
        return False

    def _on_closing(self) -> None:
        self._timer.stop()
        self.flush()

    def _on_article_opened(self, article_id: str) -> None:
        self.flush()
        self._article = article_id
        self.stopwatch.gesture()
