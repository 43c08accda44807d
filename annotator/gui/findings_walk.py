"""Looks beside the window for the next article on which there is something to find fault with."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from annotator.core.findings import Finding, Kind
from annotator.gui.background import Background
from annotator.gui.findings_reading import first_of
from annotator.gui.session import Session
from annotator.gui.tasks import Task
from annotator.language import _
from annotator.store import articles


class Walk(QObject):
    """`arrived` carries the finding that comes next; `ended` says whether none came before or behind."""

    arrived = Signal(object)
    ended = Signal(bool)

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self._task: Task | None = None

    def search(self, kind: Kind | None, *, backwards: bool) -> None:
        """Look at the articles behind the open one, or before it; of the first with a finding take that."""
        self.stop()
        ids = articles.ids(self._session.project)
        here = self._session.article.id if self._session.article else ""
        place = ids.index(here) if here in ids else -1
        following = ids[:place][::-1] if backwards and place > 0 else []
        if not backwards:
            following = ids[place + 1 :]
        if not following:
            self.ended.emit(backwards)
            return
        work = partial(first_of, self._session.project.path, following, kind, backwards)
        task = self._background.run(_("Checking annotations"), work)
        task.finished.connect(partial(self._on_finished, here, backwards))
        task.ended.connect(partial(self._on_ended, task))
        self._task = task

    def stop(self) -> None:
        """Look no further."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _on_finished(self, here: str, backwards: bool, found: Finding | None) -> None:
        session = self._session
        if not session.is_open or (session.article.id if session.article else "") != here:
            return  # somebody has gone elsewhere meanwhile
        if found is None:
            self.ended.emit(backwards)
        else:
            self.arrived.emit(found)

    def _on_ended(self, task: Task) -> None:
        if task is self._task:
            self._task = None
