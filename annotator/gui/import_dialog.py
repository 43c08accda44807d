"""The window that brings files in: what, how, how far it is, and what came of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.exchange.importing import ImportOptions, ImportReport, import_paths
from annotator.exchange.registry import formats
from annotator.gui.report_view import ReportView
from annotator.gui.session import Session
from annotator.gui.tasks import Progress, Task
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.store.project import Project

_CHOICE, _WORK, _REPORT = range(3)


def choose_files(parent: QWidget) -> list[Path]:
    """Ask which files to bring in; none when the user thinks better of it."""
    suffixes = sorted(
        {f"*{suffix}" for each in formats() if each.reads for suffix in each.extensions}
    )
    known = _("Articles and corpora") + f" (*.txt {' '.join(suffixes)})"
    chosen, _kind = QFileDialog.getOpenFileNames(
        parent, _("Import files"), "", ";;".join((known, _("All files (*)")))
    )
    return [Path(path) for path in chosen]


def choose_folder(parent: QWidget) -> list[Path]:
    """Ask which folder to bring in; none when the user thinks better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, _("Import a folder"))
    return [Path(chosen)] if chosen else []


class ImportDialog(QDialog):
    """Works beside the window, on a connection of its own; the session hears of it at the end."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        paths: Sequence[Path] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._paths: list[Path] = []
        self._task: Task | None = None
        self.setModal(False)
        self.setAcceptDrops(True)
        self.setWindowTitle(_("Import"))
        self.list = QListWidget(self)
        self.files = QPushButton(_("Add files…"), self)
        self.folder = QPushButton(_("Add a folder…"), self)
        self.remove = QPushButton(_("Remove"), self)
        self.format = QComboBox(self)
        self.annotator = QLineEdit(session.annotator, self)
        self.strict = QCheckBox(_("All or nothing: one malformed line stops the import"), self)
        self.progress = QProgressBar(self)
        self.progress.setAccessibleName(_("Progress"))
        self.progress.setTextVisible(False)
        self.report = ReportView(self)
        self.line = QLabel(self)
        self.line.setWordWrap(True)
        palette = self.line.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.danger)
        self.line.setPalette(palette)
        self.start = QPushButton(_("Import"), self)
        self.start.setProperty("look", "primary")
        self.shut = QPushButton(self)
        self._pages = QStackedWidget(self)
        self._fill_formats()
        self._lay_out()
        self._connect()
        self.add_paths(paths)
        self._show_page(_CHOICE)

    @property
    def is_running(self) -> bool:
        """Whether files are coming in."""
        return self._task is not None

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Put files and folders on the list, each once."""
        for path in paths:
            if path not in self._paths:
                self._paths.append(path)
                self.list.addItem(f"{path}/" if path.is_dir() else str(path))
        self._show_ready()

    def begin(self) -> None:
        """Bring the files of the list in."""
        if self._task is not None or not self._paths:
            return
        name = self.annotator.text().strip() or self._session.annotator
        options = ImportOptions(
            annotator=name, format=self.format.currentData(), strict=self.strict.isChecked()
        )
        self.line.clear()
        self.progress.setRange(0, 0)
        task = Task(
            _("Import"), _work(self._session.project.path, tuple(self._paths), options), self
        )
        task.progressed.connect(self._on_progressed)
        task.finished.connect(self._on_finished)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._on_cancelled)
        self._task = task
        self._show_page(_WORK)
        task.start()

    def cancel(self) -> None:
        """Give the import up; nothing of it stays."""
        if self._task is not None:
            self._task.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)

    def reject(self) -> None:
        """Escape gives up what is running, else closes."""
        if self._task is not None:
            self.cancel()
        else:
            super().reject()

    def stop(self) -> None:
        """Give up and wait until the file is let go: for a window that closes."""
        if self._task is not None:
            self._task.stop()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self._pages.currentIndex() == _CHOICE:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_paths(
            [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        )

    def _fill_formats(self) -> None:
        self.format.addItem(_("By each file’s name"), None)
        for each in formats():
            if each.reads:
                self.format.addItem(each.title, each.name)
                self.format.setItemData(
                    self.format.count() - 1, each.description, Qt.ItemDataRole.ToolTipRole
                )

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        self._pages.addWidget(self._choice_page(em))
        self._pages.addWidget(self._work_page())
        self._pages.addWidget(self.report)
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
        for button in (self.files, self.folder, self.remove, self.shut):
            button.setAutoDefault(False)
        self.start.setDefault(True)
        self.resize(em * 42, em * 30)

    def _choice_page(self, em: int) -> QWidget:
        page = QWidget(self)
        self.list.setAccessibleName(_("Files and folders"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        row = QHBoxLayout()
        row.addWidget(self.files)
        row.addWidget(self.folder)
        row.addStretch(1)
        row.addWidget(self.remove)
        form = QFormLayout()
        form.setHorizontalSpacing(em)
        form.addRow(_("&Format"), self.format)
        form.addRow(_("&Annotator"), self.annotator)
        self.format.setAccessibleName(_("Format"))
        self.annotator.setAccessibleName(_("Annotator"))
        self.annotator.setToolTip(_("Stands behind annotations whose file names nobody"))
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(em * 2 // 3)
        layout.addWidget(QLabel(_("Files and folders, with all below them:"), page))
        layout.addWidget(self.list, 1)
        layout.addLayout(row)
        layout.addLayout(form)
        layout.addWidget(self.strict)
        return page

    def _work_page(self) -> QWidget:
        page = QWidget(self)
        self._working = QLabel(page)
        self._working.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(page)
        layout.addStretch(1)
        layout.addWidget(self._working)
        layout.addWidget(self.progress)
        layout.addStretch(1)
        return page

    def _connect(self) -> None:
        self.files.clicked.connect(self._on_files)
        self.folder.clicked.connect(self._on_folder)
        self.remove.clicked.connect(self._on_remove)
        self.list.itemSelectionChanged.connect(self._show_ready)
        self.start.clicked.connect(self.begin)
        self.shut.clicked.connect(self.reject)
        self._session.closing.connect(self._on_closing)

    def _show_page(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.start.setVisible(page == _CHOICE)
        self.shut.setText(_("Close") if page == _REPORT else _("Cancel"))
        self._working.setText(_("Reading…"))
        if page == _REPORT:
            self.shut.setFocus()

    def _show_ready(self) -> None:
        self.start.setEnabled(bool(self._paths) and not self._session.is_read_only)
        self.remove.setEnabled(bool(self.list.selectedItems()))
        if self._session.is_read_only:
            self.line.setText(_("The project is open for reading only; nothing can come in."))

    def _end(self) -> None:
        if self._task is not None:
            self._task.deleteLater()
            self._task = None

    def _on_files(self) -> None:
        self.add_paths(choose_files(self))

    def _on_folder(self) -> None:
        self.add_paths(choose_folder(self))

    def _on_remove(self) -> None:
        rows = sorted((self.list.row(item) for item in self.list.selectedItems()), reverse=True)
        for row in rows:
            self.list.takeItem(row)
            del self._paths[row]
        self._show_ready()

    def _on_progressed(self, done: int, total: int) -> None:
        # Sizes in bytes can pass what Qt's bar counts to.
        self.progress.setRange(0, 1000)
        self.progress.setValue(done * 1000 // max(1, total))

    def _on_finished(self, report: ImportReport) -> None:
        self._end()
        self._session.look_around()
        self.report.show_report(
            headline(report),
            (
                (_("Problems"), report.problems),
                (_("Left out: the text is there already"), report.duplicates),
                (_("Put right on the way"), report.remarks),
            ),
        )
        self._show_page(_REPORT)

    def _on_failed(self, sentence: str) -> None:
        self._end()
        self.line.setText(sentence)
        self._show_page(_CHOICE)

    def _on_cancelled(self) -> None:
        self._end()
        self.line.setText(_("The import was cancelled; nothing came in."))
        self._show_page(_CHOICE)

    def _on_closing(self) -> None:
        self.stop()
        self.close()


def headline(report: ImportReport) -> str:
    """Return what an import did in a sentence or two."""
    count = report.articles
    parts = [n_("{count} article added.", "{count} articles added.", count).format(count=count)]
    if report.annotations:
        count = report.annotations
        parts.append(
            n_("{count} annotation with it.", "{count} annotations with them.", count).format(
                count=count
            )
        )
    if report.labels_added:
        names = ", ".join(report.labels_added)
        parts.append(
            n_("New label: {names}.", "New labels: {names}.", len(report.labels_added)).format(
                names=names
            )
        )
    if report.duplicates:
        count = len(report.duplicates)
        parts.append(
            n_("{count} was there already.", "{count} were there already.", count).format(
                count=count
            )
        )
    if report.problems:
        count = len(report.problems)
        parts.append(n_("{count} problem.", "{count} problems.", count).format(count=count))
    return " ".join(parts)


def _work(
    path: Path, paths: Sequence[Path], options: ImportOptions
) -> Callable[[Progress], object]:
    """Return the work with plain values only: it opens the project in its own thread."""

    def work(progress: Progress) -> ImportReport:
        with Project.open(path) as project:
            return import_paths(project, paths, options, progress=progress)

    return work
