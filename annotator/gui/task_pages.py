"""Long work in a dialog: what is wanted, how far it is, what came of it, and the buttons below."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.report_view import ReportView, Section
from annotator.gui.tasks import Progress, Task
from annotator.gui.theme import Theme
from annotator.language import _

_CHOICE, _WORK, _REPORT = range(3)
_STEPS = 1000
"""Steps of the bar: bytes can pass what Qt's bar counts to."""


class TaskPages(QWidget):
    """Three pages, the first of them the dialog's own, and one task at a time.

    `started` and `left` tell of the two buttons. After `run` comes either `finished`, with what the
    work returned, or `given_up`, when it failed or was cancelled: then a line has said why and the
    first page is shown again. After `stop` comes neither.
    """

    started = Signal()
    left = Signal()
    finished = Signal(object)
    given_up = Signal()

    def __init__(
        self, choice: QWidget, theme: Theme, parent: QWidget, *, deed: str, cancelled: str
    ) -> None:
        super().__init__(parent)
        self._deed = deed
        self._cancelled = cancelled
        self._task: Task | None = None
        self.working = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.progress = QProgressBar(self)
        self.report = ReportView(self)
        self.line = QLabel(self, wordWrap=True)
        palette = self.line.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.danger)
        self.line.setPalette(palette)
        self.start = QPushButton(deed, self)
        self.shut = QPushButton(self)
        self._pages = QStackedWidget(self)
        self._lay_out(choice)
        self.start.clicked.connect(self.started)
        self.shut.clicked.connect(self.left)
        self.say("")
        self._show_page(_CHOICE)

    @property
    def is_running(self) -> bool:
        """Whether work is under way."""
        return self._task is not None

    @property
    def is_choosing(self) -> bool:
        """Whether the first page is shown."""
        return self._pages.currentIndex() == _CHOICE

    def run(self, work: Callable[[Progress], object]) -> None:
        """Begin the work and show how far it is."""
        self.say("")
        self.progress.setRange(0, 0)
        task = Task(self._deed, work, self)
        task.progressed.connect(self._on_progressed)
        task.finished.connect(self._on_finished)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._on_cancelled)
        self._task = task
        self._show_page(_WORK)
        task.start()

    def cancel(self) -> bool:
        """Ask the work to give up, and return whether there is any."""
        if self._task is not None:
            self._task.cancel()
        return self.is_running

    def stop(self) -> None:
        """Give up and wait until the file is let go; what the task still sends is not heard."""
        task, self._task = self._task, None
        if task is not None:
            task.blockSignals(True)
            task.stop()
            task.deleteLater()

    def say(self, sentence: str) -> None:
        """Show a line above the buttons; "" takes it away."""
        self.line.setText(sentence)
        self.line.setVisible(bool(sentence))

    def show_report(self, headline: str, sections: Iterable[Section]) -> None:
        """Show what came of the work."""
        self.report.show_report(headline, sections)
        self._show_page(_REPORT)

    def _lay_out(self, choice: QWidget) -> None:
        em = self.fontMetrics().height()
        self.progress.setAccessibleName(_("Progress"))
        self.progress.setTextVisible(False)
        self.start.setProperty("look", "primary")
        self.shut.setAutoDefault(False)
        for page in (choice, self._work_page(), self.report):
            self._pages.addWidget(page)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.start)
        below.addWidget(self.shut)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.setSpacing(em)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.line)
        layout.addLayout(below)

    def _work_page(self) -> QWidget:
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.addStretch(1)
        layout.addWidget(self.working)
        layout.addWidget(self.progress)
        layout.addStretch(1)
        return page

    def _show_page(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.start.setVisible(page == _CHOICE)
        self.shut.setText(_("Close") if page == _REPORT else _("Cancel"))
        (self.shut if page == _REPORT else self.start).setDefault(True)
        if page == _REPORT:
            self.shut.setFocus()

    def _drop(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.deleteLater()

    def _give_up(self, sentence: str) -> None:
        self._drop()
        self.say(sentence)
        self._show_page(_CHOICE)
        self.given_up.emit()

    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, _STEPS)
        self.progress.setValue(done * _STEPS // max(1, total))

    def _on_finished(self, result: object) -> None:
        self._drop()
        self.finished.emit(result)

    def _on_failed(self, sentence: str) -> None:
        self._give_up(sentence)

    def _on_cancelled(self) -> None:
        self._give_up(self._cancelled)
