"""Reads the quotes of the corpus beside the window; after a change only those of the articles touched."""

from collections.abc import Collection, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.core.ledger import Ledger, QuoteRow, reckon
from annotator.core.model import Changes
from annotator.gui.background import Background
from annotator.gui.tasks import Progress, Task
from annotator.gui.tool_panel import touched_by
from annotator.language import _
from annotator.store.corpus import snapshot
from annotator.store.ledger import quotes
from annotator.store.project import Project

_STEP = 500
"""Quotes between two looks at whether they are still wanted."""


class CorpusReader(QObject):
    """Keeps the `ledger` it has read and knows what of it is out of date.

    `found` says that there is a new one; `given_up` that it could not be read.
    """

    found = Signal()
    given_up = Signal()

    def __init__(self, path: Path, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._background = background
        self._task: Task | None = None
        self.ledger: Ledger | None = None
        self._states: frozenset[str] = frozenset()
        self._states_read = self._states
        self._touched: set[str] | None = None  # None: everything has to be read
        self._is_wanted_again = False

    def is_fresh(self, states: Collection[str]) -> bool:
        """Tell whether `ledger` is what `read` would find now."""
        is_whole = self.ledger is not None and self._task is None
        return is_whole and self._touched == set() and self._states == frozenset(states)

    def note(self, changes: Changes) -> None:
        """Remember what has to be read again."""
        is_whole = changes.everything or changes.scheme or changes.entities or changes.corpus
        self._touched = touched_by(self._touched, changes, is_whole=is_whole)

    def read(self, states: Collection[str]) -> None:
        """Bring what was read up to date; `found` follows. What is read for other states is dropped."""
        if frozenset(states) != self._states:
            self._states = frozenset(states)
            self._touched, self.ledger = None, None
            if self._task is not None:
                self._task.cancel()
        if self._task is not None:
            self._is_wanted_again = True
            return
        self._is_wanted_again = False
        kept = self.ledger.rows if self.ledger else ()
        work = partial(_read, self._path, self._states, kept, self._touched)
        self._touched, self._states_read = set(), self._states
        self._task = self._background.run(_("Counting who speaks"), work, is_shown=False)
        self._task.finished.connect(self._on_finished)
        self._task.failed.connect(self._on_failed)
        self._task.cancelled.connect(self._on_cancelled)

    def stop(self) -> None:
        """Read no more: the project is closing."""
        self._is_wanted_again = False
        if self._task is not None:
            self._task.cancel()

    def _on_finished(self, ledger: Ledger) -> None:
        if self._states_read == self._states:
            self.ledger = ledger
        if not self._goes_on():
            self.found.emit()

    def _on_failed(self) -> None:
        self._touched = None
        if not self._goes_on():
            self.given_up.emit()

    def _on_cancelled(self) -> None:
        self._touched = None
        self._goes_on()

    def _goes_on(self) -> bool:
        """Read again if that was asked for meanwhile."""
        self._task = None
        if self._is_wanted_again:
            self.read(self._states)
        return self._task is not None


def _read(
    path: Path,
    states: frozenset[str],
    kept: Sequence[QuoteRow],
    touched: Collection[str] | None,
    progress: Progress,
) -> Ledger:
    """Return the ledger of the corpus; `touched` are the articles whose rows in `kept` are out of date."""
    with Project.open(path, read_only=True) as project, snapshot(project):
        if touched is None:
            found = quotes(project, states=states)
            kept = ()
        else:
            found = chain.from_iterable(
                quotes(project, article_id=each, states=states) for each in touched
            )
        fresh = []
        for count, row in enumerate(found, 1):
            fresh.append(row)
            if count % _STEP == 1 and not progress(count, 0):
                return Ledger()
    rows = [*fresh, *(row for row in kept if row.article not in (touched or ()))]
    rows.sort(key=lambda row: (row.place, row.start, -row.end, row.id))
    return reckon(rows)
