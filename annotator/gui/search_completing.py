"""Tells the box what may follow in a query: the language, and the names that the project has."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.core.model import Changes
from annotator.core.query.completion import Vocabulary, complete
from annotator.gui.background import Background
from annotator.gui.search_offer import Choice, Offer
from annotator.gui.session import Session
from annotator.gui.tasks import Progress
from annotator.language import _
from annotator.store.project import Project
from annotator.store.search.vocabulary import vocabulary


class Completer(QObject):
    """Reads the names beside the window when somebody is about to type; until then it knows the labels.

    `learnt` says that there is more to offer than before.
    """

    learnt = Signal()

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self._vocabulary: Vocabulary | None = None
        self._is_stale = True
        session.changed.connect(self._on_changed)

    def offer(self, query: str, caret: int) -> Offer:
        """Return what may follow at the caret, in code points."""
        self.prepare()
        known = self._vocabulary or Vocabulary(
            labels=tuple(label.name for label in self._session.scheme.labels)
        )
        found = complete(query, caret, known)
        choices = tuple(Choice(each.text, each.told) for each in found.choices)
        return Offer(found.start, found.end, choices)

    def prepare(self) -> None:
        """Begin to read the names, unless they are as they were."""
        if self._is_stale and self._session.is_open:
            self._is_stale = False
            work = partial(_read, self._session.project.path)
            task = self._background.run(_("Reading names"), work, is_shown=False)
            task.finished.connect(self._on_read)

    def _on_read(self, found: Vocabulary) -> None:
        self._vocabulary = found
        self.learnt.emit()

    def _on_changed(self, changes: Changes) -> None:
        if changes.scheme or changes.entities or changes.corpus or changes.everything:
            self._is_stale = True


def _read(path: Path, _progress: Progress) -> Vocabulary:
    with Project.open(path, read_only=True) as project:
        return vocabulary(project)
