"""The window that takes the corpus out: as what, what that cannot hold, and what was written."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import ArticleState, Changes
from annotator.exchange.exporting import ExportOptions, ExportPlan, export, plan_export
from annotator.exchange.registry import formats
from annotator.exchange.report import ExportReport, LossGroup
from annotator.gui.report_view import ReportView
from annotator.gui.session import Session
from annotator.gui.tasks import Progress, Task
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.store import articles
from annotator.store.project import Project

_CHOICE, _WORK, _REPORT = range(3)
_PLAN_DELAY = 150


class ExportDialog(QDialog):
    """Says what a format cannot hold before anything is written; both work beside the window."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._planning: Task | None = None
        self._task: Task | None = None
        self.setModal(False)
        self.setWindowTitle(_("Export"))
        self.format = QComboBox(self)
        self._description = QLabel(self)
        self._description.setWordWrap(True)
        self._description.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.articles = QComboBox(self)
        self.suggestions = QCheckBox(_("Suggestions too, marked as such"), self)
        self.out = QLineEdit(self)
        self.choose = QPushButton(_("Choose…"), self)
        self.plan_line = QLabel(self)
        self.plan_line.setWordWrap(True)
        self.losses = QTreeWidget(self)
        self.progress = QProgressBar(self)
        self.progress.setAccessibleName(_("Progress"))
        self.progress.setTextVisible(False)
        self.report = ReportView(self)
        self.line = QLabel(self)
        self.line.setWordWrap(True)
        palette = self.line.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.danger)
        self.line.setPalette(palette)
        self.start = QPushButton(_("Export"), self)
        self.start.setProperty("look", "primary")
        self.open_folder = QPushButton(_("Open the folder"), self)
        self.shut = QPushButton(self)
        self._pages = QStackedWidget(self)
        self._plan_later = QTimer(self)
        self._plan_later.setSingleShot(True)
        self._plan_later.setInterval(_PLAN_DELAY)
        self._fill()
        self._lay_out()
        self._connect()
        self._show_page(_CHOICE)
        self._plan()

    @property
    def options(self) -> ExportOptions:
        """What the fields ask for."""
        states = {"accepted", "suggested"} if self.suggestions.isChecked() else {"accepted"}
        return ExportOptions(
            format=self.format.currentData(),
            articles=self.articles.currentData(),
            states=frozenset(states),
        )

    @property
    def is_planning(self) -> bool:
        """Whether it is still being found out what the format cannot hold."""
        return self._planning is not None or self._plan_later.isActive()

    def begin(self) -> None:
        """Write the corpus to the folder named."""
        if self._task is not None or not self.out.text().strip():
            return
        self._stop_planning()
        self.line.clear()
        self.progress.setRange(0, 0)
        out = Path(self.out.text().strip()).expanduser()
        task = Task(_("Export"), _work(self._session.project.path, out, self.options), self)
        task.progressed.connect(self._on_progressed)
        task.finished.connect(self._on_finished)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._on_cancelled)
        self._task = task
        self._show_page(_WORK)
        task.start()

    def cancel(self) -> None:
        """Give the export up; the old files still stand."""
        if self._task is not None:
            self._task.cancel()

    def stop(self) -> None:
        """Give up and wait until the file is let go: for a window that closes."""
        self._stop_planning()
        if self._task is not None:
            self._task.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)

    def reject(self) -> None:
        """Escape gives up what is running, else closes."""
        if self._task is not None:
            self.cancel()
        else:
            self._stop_planning()
            super().reject()

    def _fill(self) -> None:
        for each in formats():
            if each.writes:
                self.format.addItem(each.title, each.name)
                self.format.setItemData(
                    self.format.count() - 1, each.description, Qt.ItemDataRole.ToolTipRole
                )
        counts = articles.counts(self._session.project)
        total, done = sum(counts.values()), counts[ArticleState.DONE]
        self.articles.addItem(_("All articles ({count})").format(count=total), "all")
        self.articles.addItem(_("Only those that are done ({count})").format(count=done), "done")
        self.out.setText(str(self._proposed()))
        self._show_description()

    def _proposed(self) -> Path:
        path = self._session.project.path
        return path.with_name(f"{path.stem}-{self.format.currentData()}")

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        self._pages.addWidget(self._choice_page(em))
        self._pages.addWidget(self._work_page())
        self._pages.addWidget(self.report)
        below = QHBoxLayout()
        below.addWidget(self.open_folder)
        below.addStretch(1)
        below.addWidget(self.start)
        below.addWidget(self.shut)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.setSpacing(em)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.line)
        layout.addLayout(below)
        for button in (self.choose, self.open_folder, self.shut):
            button.setAutoDefault(False)
        self.start.setDefault(True)
        self.resize(em * 48, em * 36)

    def _choice_page(self, em: int) -> QWidget:
        page = QWidget(self)
        self._description.setParent(page)
        row = QHBoxLayout()
        row.addWidget(self.out, 1)
        row.addWidget(self.choose)
        form = QFormLayout()
        form.setHorizontalSpacing(em)
        form.setVerticalSpacing(em // 2)
        form.addRow(_("&Format"), self.format)
        form.addRow("", self._description)
        form.addRow(_("&Articles"), self.articles)
        form.addRow("", self.suggestions)
        form.addRow(_("Fol&der"), row)
        names = (
            (self.format, _("Format")),
            (self.articles, _("Articles")),
            (self.out, _("Folder")),
        )
        for widget, name in names:
            widget.setAccessibleName(name)
        label = form.labelForField(row)
        if isinstance(label, QLabel):
            label.setBuddy(self.out)
        self.losses.setAccessibleName(_("What the format cannot hold"))
        self.losses.setHeaderLabels([_("Count"), _("Becomes"), _("Label"), _("Why")])
        self.losses.setRootIsDecorated(False)
        self.losses.setUniformRowHeights(True)
        header = self.losses.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(em * 2 // 3)
        layout.addLayout(form)
        layout.addWidget(self.plan_line)
        layout.addWidget(self.losses, 1)
        self._blank = QWidget(page)
        layout.addWidget(self._blank, 1)
        return page

    def _work_page(self) -> QWidget:
        page = QWidget(self)
        working = QLabel(_("Writing, reading again, comparing…"), page)
        working.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(page)
        layout.addStretch(1)
        layout.addWidget(working)
        layout.addWidget(self.progress)
        layout.addStretch(1)
        return page

    def _connect(self) -> None:
        self.format.activated.connect(self._on_format)
        self.articles.activated.connect(self._on_options)
        self.suggestions.clicked.connect(self._on_options)
        self.choose.clicked.connect(self._on_choose)
        self.out.textChanged.connect(self._show_ready)
        self.start.clicked.connect(self.begin)
        self.open_folder.clicked.connect(self._on_open_folder)
        self.shut.clicked.connect(self.reject)
        self._plan_later.timeout.connect(self._plan)
        self._session.changed.connect(self._on_changed)
        self._session.closing.connect(self._on_closing)

    def _show_page(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.start.setVisible(page == _CHOICE)
        self.open_folder.setVisible(page == _REPORT)
        self.shut.setText(_("Close") if page == _REPORT else _("Cancel"))
        self._show_ready()
        if page == _REPORT:
            self.shut.setFocus()

    def _show_ready(self) -> None:
        self.start.setEnabled(bool(self.out.text().strip()))

    def _show_description(self) -> None:
        name = self.format.currentData()
        self._description.setText(next(each.description for each in formats() if each.name == name))

    def _plan(self) -> None:
        """Find out beside the window what the format cannot hold."""
        self._stop_planning()
        self.plan_line.setText(_("Looking at what this format can hold…"))
        self._show_groups([])
        task = Task(_("Export"), _planning(self._session.project.path, self.options), self)
        task.finished.connect(self._on_planned)
        task.failed.connect(self._on_plan_failed)
        self._planning = task
        task.start()

    def _stop_planning(self) -> None:
        self._plan_later.stop()
        if self._planning is not None:
            task, self._planning = self._planning, None
            task.blockSignals(True)
            task.stop()
            task.deleteLater()

    def _show_groups(self, groups: list[LossGroup]) -> None:
        self.losses.clear()
        self.losses.setVisible(bool(groups))
        self._blank.setVisible(not groups)
        for group in groups:
            cells = [f"{group.count}", _outcome(group.outcome), group.label, group.reason]
            item = QTreeWidgetItem(self.losses, cells)
            item.setTextAlignment(0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(3, str(group.as_problem()))
            item.setForeground(
                1, self._theme.danger if group.outcome == "left out" else self._theme.warning
            )

    def _end(self) -> None:
        if self._task is not None:
            self._task.deleteLater()
            self._task = None

    def _on_format(self) -> None:
        proposals = {
            str(
                self._session.project.path.with_name(
                    f"{self._session.project.path.stem}-{each.name}"
                )
            )
            for each in formats()
        }
        if self.out.text() in proposals:
            self.out.setText(str(self._proposed()))
        self._show_description()
        self._on_options()

    def _on_options(self) -> None:
        self._stop_planning()
        self._plan_later.start()

    def _on_changed(self, _changes: Changes) -> None:
        if self._pages.currentIndex() == _CHOICE and self.isVisible():
            self._on_options()

    def _on_planned(self, plan: ExportPlan) -> None:
        self._planning = None
        self._show_groups(plan.groups)
        self.plan_line.setText(_promise(plan))

    def _on_plan_failed(self, sentence: str) -> None:
        self._planning = None
        self.plan_line.setText(sentence)

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Export to a folder"), self.out.text())
        if chosen:
            self.out.setText(chosen)

    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, 1000)
        self.progress.setValue(done * 1000 // max(1, total))

    def _on_finished(self, report: ExportReport) -> None:
        self._end()
        files = "\n".join(name for name, _digest, _size in report.files)
        self.report.show_report(
            f"{_told(report, self.out.text())}\n\n{files}",
            ((_("Not held as it is"), report.problems), (_("Differences"), report.differences)),
        )
        self._show_page(_REPORT)

    def _on_failed(self, sentence: str) -> None:
        self._end()
        self.line.setText(sentence)
        self._show_page(_CHOICE)
        self._plan()

    def _on_cancelled(self) -> None:
        self._on_failed(_("The export was cancelled; nothing was written."))

    def _on_open_folder(self) -> None:
        out = Path(self.out.text().strip()).expanduser()
        folder = out if out.is_dir() else out.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _on_closing(self) -> None:
        self.stop()
        self.close()


def _promise(plan: ExportPlan) -> str:
    """Return what an export will hold, and that it will hold all or not."""
    parts = (
        n_("{count} article", "{count} articles", plan.articles).format(count=plan.articles),
        n_("{count} annotation", "{count} annotations", plan.annotations).format(
            count=plan.annotations
        ),
        n_("{count} link", "{count} links", plan.links).format(count=plan.links),
    )
    counted = ", ".join(parts) + "."
    verdict = (
        _("This format cannot hold all of it:")
        if plan.groups
        else _("This format holds all of it exactly.")
    )
    return f"{counted} {verdict}"


def _told(report: ExportReport, out: str) -> str:
    sentence = _(
        "Written to {out}. Annotations: {written} exactly, {changed} changed, {left_out} left out."
    ).format(out=out, written=report.written, changed=report.changed, left_out=report.left_out)
    count = len(report.differences)
    compared = (
        n_(
            "The files were read again and compared: {count} difference.",
            "The files were read again and compared: {count} differences.",
            count,
        ).format(count=count)
        if count
        else _("The files were read again and compared: no differences.")
    )
    return f"{sentence} {compared}"


def _outcome(outcome: str) -> str:
    return {"left out": _("left out"), "changed": _("changed")}.get(outcome, outcome)


def _work(path: Path, out: Path, options: ExportOptions) -> Callable[[Progress], object]:
    """Return the work with plain values only: it opens the project in its own thread."""

    def work(progress: Progress) -> ExportReport:
        with Project.open(path, read_only=True) as project:
            return export(project, out, options, progress=progress)

    return work


def _planning(path: Path, options: ExportOptions) -> Callable[[Progress], object]:
    def work(progress: Progress) -> ExportPlan:
        with Project.open(path, read_only=True) as project:
            return plan_export(project, options, progress=progress)

    return work
