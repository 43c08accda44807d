"""The window that takes the corpus out: as what, what that cannot hold, and what was written."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import ArticleState, Changes
from annotator.exchange.exporting import ExportOptions, export
from annotator.exchange.registry import format_named, formats
from annotator.exchange.report import ExportReport
from annotator.gui.export_choices import ExportChoices
from annotator.gui.export_plan import PlanView
from annotator.gui.format_choice import offer_formats
from annotator.gui.session import Session
from annotator.gui.task_pages import TaskPages
from annotator.gui.tasks import Progress
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.store import articles
from annotator.store.project import Project


class ExportDialog(QDialog):
    """Says what a format cannot hold before anything is written; both work beside the window."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setModal(False)
        self.setWindowTitle(_("Export"))
        choice = QWidget(self)
        self.format = QComboBox(choice)
        self._description = QLabel(choice, wordWrap=True)
        self._description.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.articles = QComboBox(choice)
        self.suggestions = QCheckBox(_("Suggestions too, marked as such"), choice)
        self.choices = ExportChoices(choice)
        self.out = QLineEdit(choice)
        self.choose = QPushButton(_("Choose…"), choice)
        self.plan = PlanView(session, theme, choice)
        self.pages = TaskPages(
            choice,
            theme,
            self,
            deed=_("Export"),
            cancelled=_("The export was cancelled; nothing was written."),
        )
        self.pages.working.setText(_("Writing, reading again, comparing…"))
        self.open_folder = QPushButton(_("Open the folder"), self)
        self.pages.report.add_button(self.open_folder)
        self._fill()
        self._lay_out(choice)
        self._connect()
        self.plan.look(self.options)

    @property
    def options(self) -> ExportOptions:
        """What the fields ask for."""
        states = {"accepted", "suggested"} if self.suggestions.isChecked() else {"accepted"}
        return ExportOptions(
            format=self.format.currentData(),
            articles=self.articles.currentData(),
            states=frozenset(states),
            how=self.choices.how,
            split=self.choices.splitting,
            licence=self.choices.licence.text().strip(),
        )

    def begin(self) -> None:
        """Write the corpus to the folder or file named."""
        if not self.pages.is_running and self.out.text().strip():
            self.plan.stop()
            path = self._session.project.path
            self.pages.run(_work(path, self._out(), self.options))

    def stop(self) -> None:
        """Give up and wait until the file is let go: for a window that closes."""
        self.plan.stop()
        self.pages.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)

    def reject(self) -> None:
        """Escape gives up what is running, else closes."""
        if not self.pages.cancel():
            self.plan.stop()
            super().reject()

    def _fill(self) -> None:
        offer_formats(self.format, (each for each in formats() if each.writes))
        counts = articles.counts(self._session.project)
        total, done = sum(counts.values()), counts[ArticleState.DONE]
        self.articles.addItem(_("All articles ({count})").format(count=total), "all")
        self.articles.addItem(_("Only those that are done ({count})").format(count=done), "done")
        self.articles.setAccessibleName(_("Articles"))
        self.out.setAccessibleName(_("Folder"))
        self.out.setText(str(self._proposed(self.format.currentData())))
        self.choose.setAutoDefault(False)
        self._show_format()

    def _proposed(self, name: str) -> Path:
        path = self._session.project.path
        return path.with_name(f"{path.stem}-{name}")

    def _out(self) -> Path:
        return Path(self.out.text().strip()).expanduser()

    def _lay_out(self, choice: QWidget) -> None:
        em = self.fontMetrics().height()
        page = QVBoxLayout(choice)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(em * 2 // 3)
        page.addLayout(self._form(choice, em))
        page.addWidget(self.plan, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        self.resize(em * 54, em * 44)

    def _form(self, choice: QWidget, em: int) -> QGridLayout:
        # No QFormLayout: it leaves words that wrap the height they would have in a narrow column.
        form = QGridLayout()
        form.setHorizontalSpacing(em)
        form.setVerticalSpacing(em // 2)
        form.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("&Format"), self.format),
            ("", self._description),
            (_("&Articles"), self.articles),
            ("", self.suggestions),
            ("", self.choices),
            (_("Fol&der"), self.out),
        )
        for row, (name, field) in enumerate(rows):
            label = QLabel(name, choice)
            label.setBuddy(field)
            form.addWidget(label, row, 0)
            if field is self.choices:
                form.addWidget(field, row, 0, 1, 3)
            else:
                form.addWidget(field, row, 1, 1, 1 if field is self.out else 2)
        form.addWidget(self.choose, len(rows) - 1, 2)
        return form

    def _connect(self) -> None:
        self.format.activated.connect(self._on_format)
        self.articles.activated.connect(self._on_options)
        self.suggestions.clicked.connect(self._on_options)
        self.choices.changed.connect(self._on_choices)
        self.choose.clicked.connect(self._on_choose)
        self.out.textChanged.connect(self._show_ready)
        self.open_folder.clicked.connect(self._on_open_folder)
        self.pages.started.connect(self.begin)
        self.pages.left.connect(self.reject)
        self.pages.finished.connect(self._on_finished)
        self.pages.given_up.connect(self._on_options)
        self._session.changed.connect(self._on_changed)
        self._session.closing.connect(self.close)

    def _show_format(self) -> None:
        """Say what the format is for, and where it can go."""
        format_ = format_named(self.format.currentData())
        self._description.setText(format_.description)
        self.choices.show_for(format_)
        told = _("A folder; it is made if it is missing.")
        if format_.one_file:
            ending = format_.extensions[0]
            told = _(
                "A folder, which is made if it is missing, or a file whose name ends in {ending}."
            ).format(ending=ending)
        self.out.setToolTip(told)

    def _on_format(self) -> None:
        proposals = {str(self._proposed(each.name)) for each in formats()}
        if self.out.text() in proposals:
            self.out.setText(str(self._proposed(self.format.currentData())))
        self._show_format()
        self._on_options()

    def _on_options(self) -> None:
        self.plan.look_later(self.options)

    def _on_choices(self) -> None:
        self.pages.say(self.choices.problem)
        self._show_ready()
        self._on_options()

    def _on_changed(self, _changes: Changes) -> None:
        if self.pages.is_choosing and self.isVisible():
            self._on_options()

    def _show_ready(self) -> None:
        is_ready = bool(self.out.text().strip()) and not self.choices.problem
        self.pages.start.setEnabled(is_ready)

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Export to a folder"), self.out.text())
        if chosen:
            self.out.setText(chosen)

    def _on_finished(self, report: ExportReport) -> None:
        files = "\n".join(name for name, _digest, _size in report.files)
        self.pages.show_report(
            f"{_told(report, self.out.text())}\n\n{files}",
            ((_("Not held as it is"), report.problems), (_("Differences"), report.differences)),
        )

    def _on_open_folder(self) -> None:
        out = self._out()
        folder = out if out.is_dir() else out.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


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


def _work(path: Path, out: Path, options: ExportOptions) -> Callable[[Progress], object]:
    """Return the work with plain values only: it opens the project in its own thread."""

    def work(progress: Progress) -> ExportReport:
        # A split is remembered with the project, so that later work moves no article.
        with Project.open(path, read_only=options.split is None) as project:
            return export(project, out, options, progress=progress)

    return work
