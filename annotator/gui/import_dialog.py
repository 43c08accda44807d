"""The window that brings files in: what, how, how far it is, and what came of it."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.encoding import CODE_PAGES
from annotator.core.formats import Reading
from annotator.exchange.importing import ImportOptions, ImportReport, import_paths
from annotator.exchange.registry import formats
from annotator.gui.format_choice import offer_formats
from annotator.gui.import_preview import PreviewView
from annotator.gui.session import Session
from annotator.gui.task_pages import TaskPages
from annotator.gui.tasks import Progress
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.store.project import Project


def choose_files(parent: QWidget) -> list[Path]:
    """Ask which files to bring in; none when the user thinks better of it."""
    suffixes = sorted(
        {f"*{suffix}" for each in formats() if each.reads for suffix in each.extensions}
    )
    known = _("Articles and corpora") + f" ({' '.join(suffixes)})"
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
        self.setModal(False)
        self.setAcceptDrops(True)
        self.setWindowTitle(_("Import"))
        choice = QWidget(self)
        self.list = QListWidget(choice)
        self.files = QPushButton(_("Add files…"), choice)
        self.folder = QPushButton(_("Add a folder…"), choice)
        self.remove = QPushButton(_("Remove"), choice)
        self.format = QComboBox(choice)
        self.annotator = QLineEdit(session.annotator, choice)
        self.encoding = QComboBox(choice)
        self.preview = PreviewView(session.project.path, choice)
        self.strict = QCheckBox(_("All or nothing if anything is malformed"), choice)
        self.pages = TaskPages(
            choice,
            theme,
            self,
            deed=_("Import"),
            cancelled=_("The import was cancelled; nothing came in."),
        )
        self.pages.working.setText(_("Reading…"))
        self._fill()
        self._lay_out(choice)
        self._connect()
        self.add_paths(paths)

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Put files and folders on the list, each once."""
        for path in paths:
            if path not in self._paths:
                self._paths.append(path)
                self.list.addItem(f"{path}/" if path.is_dir() else str(path))
                self.list.item(self.list.count() - 1).setToolTip(str(path))
        self._look()
        self._show_ready()

    def begin(self) -> None:
        """Bring the files of the list in."""
        if self.pages.is_running or not self._paths:
            return
        self.preview.stop()
        self.pages.run(_work(self._session.project.path, tuple(self._paths), self.options))

    @property
    def options(self) -> ImportOptions:
        """What the fields ask for."""
        return ImportOptions(
            annotator=self.annotator.text().strip() or self._session.annotator,
            format=self.format.currentData(),
            strict=self.strict.isChecked(),
            how=Reading(
                encoding=self.encoding.currentData(), columns=dict(self.preview.column_choices)
            ),
            labels=dict(self.preview.label_choices),
        )

    def stop(self) -> None:
        """Give up and wait until the file is let go: for a window that closes."""
        self.preview.stop()
        self.pages.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)

    def reject(self) -> None:
        """Escape gives up what is running, else closes."""
        if not self.pages.cancel():
            self.preview.stop()
            super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self.pages.is_choosing:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_paths(
            [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        )

    def _fill(self) -> None:
        self.format.addItem(_("By each file’s name"), None)
        offer_formats(self.format, (each for each in formats() if each.reads))
        self.encoding.addItem(_("Found out by what is in them"), "")
        for name in CODE_PAGES:
            self.encoding.addItem(name, name)
        self.encoding.setAccessibleName(_("Encoding"))
        self.list.setAccessibleName(_("Files and folders"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.annotator.setAccessibleName(_("Annotator"))
        self.annotator.setToolTip(_("Stands behind annotations whose file names nobody"))
        for button in (self.files, self.folder, self.remove):
            button.setAutoDefault(False)

    def _lay_out(self, choice: QWidget) -> None:
        em = self.fontMetrics().height()
        row = QHBoxLayout()
        row.addWidget(self.files)
        row.addWidget(self.folder)
        row.addStretch(1)
        row.addWidget(self.remove)
        form = QGridLayout()
        form.setHorizontalSpacing(em)
        fields: tuple[tuple[str, QWidget, int, int], ...] = (
            (_("&Format"), self.format, 0, 0),
            (_("&Encoding"), self.encoding, 0, 2),
            (_("&Annotator"), self.annotator, 1, 0),
        )
        for name, field, line, column in fields:
            label = QLabel(name, choice)
            label.setBuddy(field)
            form.addWidget(label, line, column)
            form.addWidget(field, line, column + 1)
        form.addWidget(self.strict, 1, 2, 1, 2)
        form.setColumnStretch(1, 1)
        form.setColumnStretch(3, 1)
        page = QVBoxLayout(choice)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(em * 2 // 3)
        page.addWidget(QLabel(_("Files and folders, with all below them:"), choice))
        self.list.setMaximumHeight(em * 5)
        page.addWidget(self.list)
        page.addLayout(row)
        page.addLayout(form)
        page.addWidget(self.preview, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        self.resize(em * 60, em * 42)

    def _connect(self) -> None:
        self.files.clicked.connect(self._on_files)
        self.folder.clicked.connect(self._on_folder)
        self.remove.clicked.connect(self._on_remove)
        self.list.itemSelectionChanged.connect(self._show_ready)
        self.format.activated.connect(self._look)
        self.encoding.activated.connect(self._look)
        self.preview.mapped.connect(self._look)
        self.pages.given_up.connect(self._look)
        self.pages.started.connect(self.begin)
        self.pages.left.connect(self.reject)
        self.pages.finished.connect(self._on_finished)
        self._session.closing.connect(self.close)

    def _look(self) -> None:
        """Find out what the import would bring as things are chosen now."""
        self.preview.look_later(self._paths, self.options)

    def _show_ready(self) -> None:
        self.pages.start.setEnabled(bool(self._paths) and not self._session.is_read_only)
        self.remove.setEnabled(bool(self.list.selectedItems()))
        if self._session.is_read_only:
            self.pages.say(_("The project is open for reading only; nothing can come in."))

    def _on_files(self) -> None:
        self.add_paths(choose_files(self))

    def _on_folder(self) -> None:
        self.add_paths(choose_folder(self))

    def _on_remove(self) -> None:
        rows = sorted((self.list.row(item) for item in self.list.selectedItems()), reverse=True)
        for row in rows:
            self.list.takeItem(row)
            del self._paths[row]
        self._look()
        self._show_ready()

    def _on_finished(self, report: ImportReport) -> None:
        self._session.look_around()
        self.pages.show_report(
            headline(report),
            (
                (_("Problems"), report.problems),
                (_("Left out: the text is there already"), report.duplicates),
                (_("Put right on the way"), report.remarks),
            ),
        )


def headline(report: ImportReport) -> str:
    """Return what an import did in a sentence or two, and how to take it back."""
    return " ".join(_sentences(report))


def _sentences(report: ImportReport) -> Iterator[str]:
    yield _came_in(report)
    if report.labels_added:
        names = ", ".join(report.labels_added)
        yield n_("New label: {names}.", "New labels: {names}.", len(report.labels_added)).format(
            names=names
        )
    if report.duplicates:
        count = len(report.duplicates)
        yield n_("{count} was there already.", "{count} were there already.", count).format(
            count=count
        )
    if report.problems:
        count = len(report.problems)
        yield n_("{count} problem.", "{count} problems.", count).format(count=count)
    if report.articles or report.labels_added:
        keys = QKeySequence("Ctrl+Z").toString(QKeySequence.SequenceFormat.NativeText)
        yield _("To undo this import, close this window and press {keys}.").format(keys=keys)


def _came_in(report: ImportReport) -> str:
    if not report.articles:
        return _("Nothing came in.")
    parts = [
        n_("{count} article", "{count} articles", report.articles).format(count=report.articles)
    ]
    if report.annotations:
        count = report.annotations
        parts.append(n_("{count} annotation", "{count} annotations", count).format(count=count))
    if report.links:
        parts.append(n_("{count} link", "{count} links", report.links).format(count=report.links))
    return _("{what} came in.").format(what=", ".join(parts))


def _work(
    path: Path, paths: Sequence[Path], options: ImportOptions
) -> Callable[[Progress], object]:
    """Return the work with plain values only: it opens the project in its own thread."""

    def work(progress: Progress) -> ImportReport:
        with Project.open(path) as project:
            return import_paths(project, paths, options, progress=progress)

    return work
