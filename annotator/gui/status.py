"""The status line: whose work this is, that it is saved, how far it has come, and what runs beside it."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from annotator.core.model import ArticleState, Changes
from annotator.gui.session import Session
from annotator.gui.tasks import Task
from annotator.language import _, n_
from annotator.store import annotations, articles

_PASSING = 6_000
"""Milliseconds that a told line stays."""


_REST = 200
"""Milliseconds of rest before counting: a label must never wait for a number."""


class StatusLine(QFrame):
    """Project, annotator, what was just told, progress of a task, "saved", articles done."""

    annotator_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self._session: Session | None = None
        self._task: Task | None = None
        self.project = QLabel(self)
        self.annotator = QPushButton(self)
        self.told = QLabel(self)
        self.task = _TaskProgress(self)
        self.suggestions = QLabel(self)
        self.saved = QLabel(self)
        self.progress = QLabel(self)
        self.share = QProgressBar(self)
        self._forget_told = QTimer(self, singleShot=True, interval=_PASSING)
        self._count_later = QTimer(self, singleShot=True, interval=_REST)
        self._build()
        self.annotator.clicked.connect(self.annotator_clicked)
        self._forget_told.timeout.connect(self.told.clear)
        self._count_later.timeout.connect(self._count)

    def set_session(self, session: Session | None) -> None:
        """Follow a session; None when no project is open."""
        self._session = session
        self.told.clear()
        self.setVisible(session is not None)
        for widget in (self.project, self.annotator, self.saved, self.progress, self.share):
            widget.setVisible(session is not None)
        self.suggestions.setVisible(False)
        if session is not None:
            self._show_project(session)
            session.changed.connect(self._on_changed)
            session.article_opened.connect(self._count_later.start)
            session.annotator_changed.connect(self._on_annotator_changed)
            session.told.connect(self.tell)
            self._count()

    def tell(self, line: str) -> None:
        """Say something that needs no answer; it goes by itself."""
        self.told.setText(line)
        self._forget_told.start()

    def follow(self, task: Task) -> None:
        """Show how far a task is, with a way to stop it, until it ends."""
        self.task.follow(task)
        self.show()

    def _build(self) -> None:
        gap = self.fontMetrics().height() // 2
        self.annotator.setProperty("look", "quiet")
        self.annotator.setToolTip(_("Who annotates? Click to change it."))
        self.annotator.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.saved.setText(_("✓ saved"))
        self.saved.setToolTip(_("Everything is on the disk as soon as you see it."))
        self.share.setTextVisible(False)
        self.share.setFixedWidth(self.fontMetrics().averageCharWidth() * 14)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(gap * 2, gap // 2, gap * 2, gap // 2)
        layout.setSpacing(gap * 2)
        layout.addWidget(self.project)
        layout.addWidget(self.annotator)
        layout.addWidget(self.told, 1)
        for widget in (self.task, self.suggestions, self.saved, self.progress, self.share):
            layout.addWidget(widget)
        self.set_session(None)

    def _show_project(self, session: Session) -> None:
        self.project.setText(session.project.path.stem)
        self.project.setToolTip(str(session.project.path))
        self.saved.setText(_("read-only") if session.is_read_only else _("✓ saved"))
        self._on_annotator_changed(session.annotator)

    def _on_annotator_changed(self, annotator: str) -> None:
        self.annotator.setText(annotator or _("no name"))

    def _on_changed(self, changes: Changes) -> None:
        if changes.articles or changes.corpus or changes.everything:
            self._count_later.start()

    def _count(self) -> None:
        if self._session is None:
            return
        counts = articles.counts(self._session.project)
        done, total = counts.get(ArticleState.DONE, 0), sum(counts.values())
        self.progress.setText(_("{done} / {total} done").format(done=done, total=total))
        self.share.setMaximum(max(1, total))
        self.share.setValue(done)
        self._show_suggestions(self._session)

    def _show_suggestions(self, session: Session) -> None:
        article = session.article
        left = annotations.count_suggestions(session.project, article.id) if article else 0
        text = n_("{n} suggestion left", "{n} suggestions left", left).format(n=left)
        self.suggestions.setText(text)
        self.suggestions.setVisible(left > 0)


class _TaskProgress(QWidget):
    """The name of a task, a bar and a button to stop it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self.title = QLabel(self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(self.fontMetrics().averageCharWidth() * 18)
        self.cancel = QPushButton(_("Cancel"), self)
        self.cancel.setProperty("look", "quiet")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.title, self.bar, self.cancel):
            layout.addWidget(widget)
        self.hide()
        self.cancel.clicked.connect(self._on_cancel_clicked)

    def follow(self, task: Task) -> None:
        self._task = task
        self.title.setText(task.title)
        self.bar.setRange(0, 0)
        task.progressed.connect(self._on_progressed)
        task.ended.connect(self._on_ended)
        self.show()

    def _on_progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)

    def _on_ended(self) -> None:
        self._task = None
        self.hide()

    def _on_cancel_clicked(self) -> None:
        if self._task is not None:
            self._task.cancel()
