"""The queue: unfinished articles by what labelling them would teach the model, found out beside the work."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.assist import model_files, modelling
from annotator.core.errors import UserError
from annotator.core.model import Changes
from annotator.gui.article_order import ReadingOrder
from annotator.gui.background import Background
from annotator.gui.session import Session
from annotator.gui.tasks import Progress, Task
from annotator.language import _
from annotator.store import articles

SETTING = "article order"
"""Kept with the project: "queue" where those come first that teach most."""


class ArticleQueue(QObject):
    """An order of articles that can be switched on and off. `changed` says that the order is another.

    Articles the model was not asked about, such as the finished ones, follow in reading order. While
    the model is being asked, the order stays as it was.
    """

    changed = Signal()

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self._task: Task | None = None
        self._reading = ReadingOrder(session.project)
        self._doubts: dict[str, float] = {}
        self._order: list[str] = []
        self._places: dict[str, int] = {}
        self.is_on = False
        session.changed.connect(self._on_changed)
        if session.project.setting(SETTING) == "queue" and self._kept_doubts():
            self._take_up()

    @property
    def is_reckoning(self) -> bool:
        """Whether the model is being asked."""
        return self._task is not None

    def switch(self, *, on: bool) -> None:
        """Let those come first that teach most, or go back to the reading order."""
        if on == self.is_on and not self.is_reckoning:
            return
        if on:
            self.renew(is_asked=True)
            return
        if self._task is not None:
            self._task.cancel()
        self.is_on = False
        self._session.order = self._reading
        self._keep("")
        self.changed.emit()

    def renew(self, *, is_asked: bool = False) -> None:
        """Ask the model that there is now about what waits, if the queue is on or asked for."""
        if (not self.is_on and not is_asked) or self._task is not None:
            return
        if model_files.card(self._session.project.path) is None:
            if is_asked:
                self._session.failed.emit(
                    _("There is no model to ask yet: 20 done articles are needed (Ctrl+F5).")
                )
            elif self.is_on:
                self.switch(on=False)
            return
        work = partial(_reckon, self._session.project.path)
        self._task = self._background.run(_("Asking the model"), work, is_told=is_asked)
        self._task.finished.connect(self._on_reckoned)
        self._task.ended.connect(self._on_ended)

    def sorted(self, ids: Sequence[str]) -> list[str]:
        """Return articles in this order."""
        if not self.is_on:
            return list(ids)
        last = len(self._places)
        return sorted(ids, key=lambda id_: self._places.get(id_, last))

    def unfinished(self, article_id: str) -> str | None:
        """Return the unfinished article that teaches most, but not this one."""
        return articles.first_unfinished(self._session.project, self._order, article_id)

    def beside(self, article_id: str, *, backwards: bool) -> str | None:
        """Return the article behind this one in the queue, or before it."""
        place = self._places.get(article_id, -1) + (-1 if backwards else 1)
        return self._order[place] if 0 <= place < len(self._order) else None

    def _kept_doubts(self) -> bool:
        """Read what was found out before; tell whether there is anything."""
        path = self._session.project.path
        card = model_files.card(path)
        self._doubts = model_files.queue(path, card.digest) if card else {}
        return bool(self._doubts)

    def _take_up(self) -> None:
        """Go by what is known now."""
        self._order = modelling.in_order(articles.ids(self._session.project), self._doubts)
        self._places = {id_: place for place, id_ in enumerate(self._order)}
        self.is_on = True
        self._session.order = self

    def _keep(self, order: str) -> None:
        try:
            self._session.project.set_setting(SETTING, order)
        except UserError as error:
            self._session.failed.emit(str(error))

    def _on_reckoned(self) -> None:
        if not self._session.is_open:
            return
        was_on = self.is_on
        self._kept_doubts()
        self._take_up()
        if not was_on:
            self._keep("queue")
        self.changed.emit()

    def _on_ended(self) -> None:
        self._task = None

    def _on_changed(self, changes: Changes) -> None:
        if self.is_on and (changes.corpus or changes.everything):
            self._take_up()


def _reckon(path: Path, progress: Progress) -> None:
    """Ask the model in another process and wait for it; may be called in any thread."""
    from annotator.assist import model_process

    model_process.run("queue", path, progress)
