"""The model in the window: trained in another process, and again as work goes on."""

import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.assist import model_files, modelling
from annotator.assist.model_files import Card
from annotator.core.errors import UserError
from annotator.core.model import ArticleState, Changes
from annotator.gui.background import Background
from annotator.gui.session import Session
from annotator.gui.tasks import Progress, Task
from annotator.language import _
from annotator.store import articles

SETTING = "model training"
"""Kept with the project: "off" where models are trained only when somebody asks."""

MORE = 10
"""Articles done since the last training from which on another is worth while …"""

SHARE = 5
"""… or one for so many that it was trained on, whichever is more."""

REST = 5_000
"""Milliseconds without a change before training begins by itself."""

PAUSE = 180.0
"""Seconds between the end of a training and one that begins by itself."""


class ModelTraining(QObject):
    """Trains, stops, forgets. `changed` is sent when a model came, went, or its training began or ended.

    `trouble` is why the last training failed, "" when it did not. What begins by itself fails in silence
    until it is worth while to try again.
    """

    changed = Signal()
    trained = Signal()
    progressed = Signal(int, int)

    def __init__(self, session: Session, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self._task: Task | None = None
        self._is_asked = False
        self._ended = -PAUSE
        self._tried_at = 0
        self.trouble = ""
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._on_rested)
        session.changed.connect(self._on_changed)
        session.closing.connect(self._later.stop)
        self._later.start(REST)

    @property
    def is_training(self) -> bool:
        """Whether a model is being trained."""
        return self._task is not None

    @property
    def is_automatic(self) -> bool:
        """Whether training begins by itself."""
        return self._session.project.setting(SETTING) != "off"

    @property
    def is_due(self) -> bool:
        """Whether enough has been done since the last training to train by itself."""
        session = self._session
        if not session.is_open or session.is_read_only or not self.is_automatic:
            return False
        done, card = self.done(), self.card()
        before = max(card.done if card else 0, self._tried_at)
        more = max(MORE, before // SHARE) if before else 0
        return done >= modelling.NEEDED and done - before >= more

    def set_automatic(self, *, on: bool) -> None:
        """Train by itself from now on, or only when asked; everybody who opens the project sees to it."""
        try:
            self._session.project.choose(SETTING, "on" if on else "off")
        except UserError as error:
            self._session.failed.emit(str(error))
        self.changed.emit()
        self._later.start(REST)

    def card(self) -> Card | None:
        """Return what there is to say of the model; None where there is none."""
        return model_files.card(self._session.project.path)

    def done(self) -> int:
        """Return how many articles are done."""
        return articles.counts(self._session.project).get(ArticleState.DONE, 0)

    def train(self) -> None:
        """Train on what is done now; a refusal is told at once."""
        try:
            modelling.refuse(modelling.groups(self._session.scheme), self.done())
        except UserError as error:
            self.trouble = str(error)
            self._session.failed.emit(self.trouble)
            self.changed.emit()
            return
        self._begin(is_asked=True)

    def cancel(self) -> None:
        """Stop training; the model before stays."""
        if self._task is not None:
            self._task.cancel()

    def forget(self) -> None:
        """Remove the model from the disk; it can be made again."""
        self.cancel()
        try:
            model_files.forget(self._session.project.path)
        except UserError as error:
            self._session.failed.emit(str(error))
        self.changed.emit()
        self.trained.emit()

    def _begin(self, *, is_asked: bool) -> None:
        if self._task is not None:
            return
        self._is_asked = is_asked
        self._tried_at = self.done()
        self.trouble = ""
        work = partial(_train, self._session.project.path)
        task = self._background.run(_("Training the model"), work, is_told=is_asked)
        self._task = task
        task.progressed.connect(self.progressed)
        task.finished.connect(self._on_finished)
        task.failed.connect(self._on_failed)
        task.ended.connect(self._on_ended)
        self.changed.emit()

    def _on_changed(self, changes: Changes) -> None:
        if changes.articles or changes.everything:
            self._later.start(REST)

    def _on_rested(self) -> None:
        if self._task is None and self.is_due:
            left = PAUSE - (time.monotonic() - self._ended)
            if left > 0:
                self._later.start(max(REST, round(left * 1000)))
            else:
                self._begin(is_asked=False)

    def _on_finished(self) -> None:
        if self._is_asked:
            card = self.card()
            f1 = card.evaluation.scores.micro.f1 if card else 0.0
            told = _("The model is trained: F1 {share}% on articles it had not seen.")
            self._session.told.emit(told.format(share=round(f1 * 100)))
        self.trained.emit()

    def _on_failed(self, sentence: str) -> None:
        self.trouble = sentence

    def _on_ended(self) -> None:
        self._task = None
        self._ended = time.monotonic()
        self.changed.emit()


def _train(path: Path, progress: Progress) -> None:
    """Train in another process and wait for it; may be called in any thread."""
    from annotator.assist import model_process

    model_process.run("train", path, progress)
