"""What an import would bring, found out beside the window: articles, labels, problems, the text itself."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import Problem
from annotator.exchange.importing import ImportOptions
from annotator.exchange.previewing import ImportPreview, preview_import
from annotator.gui.choice_table import ChoiceTable
from annotator.gui.import_articles import ArticleTable
from annotator.gui.import_choices import column_rows, label_rows
from annotator.gui.looking import Look
from annotator.gui.tasks import Progress
from annotator.language import _, n_
from annotator.store.project import Project


class PreviewView(QWidget):
    """A line that sums up, and tabs: articles with the beginning of one, labels, columns, problems.

    `mapped` says that the user told what a column is: then the files are to be read anew.
    """

    mapped = Signal()

    def __init__(self, project: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._look = Look(_("Import"), self)
        self.line = QLabel(self, wordWrap=True)
        self.tabs = QTabWidget(self)
        self.articles = ArticleTable(self)
        self.text = QPlainTextEdit(self, readOnly=True)
        self.labels = ChoiceTable(
            _("Labels"), (_("In the files"), _("Annotations"), _("Becomes")), self
        )
        self.columns = ChoiceTable(_("Columns"), (_("Column"), _("Is")), self)
        self.problems = QPlainTextEdit(self, readOnly=True)
        self._lay_out()
        self.articles.chosen.connect(self.text.setPlainText)
        self.columns.chosen.connect(self.mapped)
        self._look.found.connect(self._on_found)
        self._look.failed.connect(self._on_failed)
        self.show_nothing()

    @property
    def is_looking(self) -> bool:
        """Whether it is still being found out."""
        return self._look.is_looking

    @property
    def label_choices(self) -> Mapping[str, str]:
        """What the user made of labels, by the name in the file; "" for none."""
        return self.labels.choices

    @property
    def column_choices(self) -> Mapping[str, str]:
        """What the user said that columns are; "" for one to leave out."""
        return self.columns.choices

    def look_later(self, paths: Sequence[Path], options: ImportOptions) -> None:
        """Find out what these files would bring, once all has been left alone for a moment."""
        self.stop()
        if not paths:
            self.show_nothing()
            return
        self.line.setText(_("Looking at what is in the files…"))
        self._look.later_at(_work(self._project, tuple(paths), options))

    def stop(self) -> None:
        """Give up and wait until the files are let go."""
        self._look.stop()

    def show_nothing(self) -> None:
        """Show that there is nothing to look at yet."""
        self.line.setText(_("Drop files or folders here, or add them above."))
        self.tabs.setVisible(False)

    def show_preview(self, preview: ImportPreview, project_labels: Sequence[str]) -> None:
        """Show what was found; `project_labels` are what labels of the files may become."""
        self.line.setText(summary(preview))
        self.articles.show_rows(preview.listed)
        self.labels.show_rows(list(label_rows(preview.labels, project_labels)))
        self.columns.show_rows(list(column_rows(preview.columns, self.columns.choices)))
        told = [*preview.problems, *preview.remarks]
        self.problems.setPlainText("\n".join(map(str, told)))
        for index, (title, count) in enumerate(_tabs(preview, told)):
            self.tabs.setTabText(index, title)
            self.tabs.setTabVisible(index, bool(count))
        self.tabs.setVisible(bool(preview.listed or told or preview.labels))

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        for field, name in (
            (self.text, _("Beginning of the text")),
            (self.problems, _("Problems")),
        ):
            field.setAccessibleName(name)
            field.setTabChangesFocus(True)
            field.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        halves = QSplitter(self)
        halves.addWidget(self.articles)
        halves.addWidget(self.text)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        halves.setChildrenCollapsible(False)
        self.tabs.setDocumentMode(True)
        for page in (halves, self.labels, self.columns, self.problems):
            self.tabs.addTab(page, "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(em // 2)
        layout.addWidget(self.line)
        layout.addWidget(self.tabs, 1)

    def _on_found(self, found: tuple[ImportPreview, Sequence[str]]) -> None:
        self.show_preview(*found)

    def _on_failed(self, sentence: str) -> None:
        self.line.setText(sentence)
        self.tabs.setVisible(False)


def summary(preview: ImportPreview) -> str:
    """Return what the files hold in a sentence or two."""
    new = preview.articles - preview.same
    parts = [n_("{count} new article", "{count} new articles", new).format(count=new)]
    if preview.annotations:
        count = preview.annotations
        parts.append(n_("{count} annotation", "{count} annotations", count).format(count=count))
    sentences = [", ".join(parts) + "."]
    readers = ", ".join(dict.fromkeys(file.format for file in preview.files if file.articles))
    if readers:
        sentences.append(_("Recognised as {readers}.").format(readers=readers))
    if preview.same:
        told = n_(
            "{count} text is there already.", "{count} texts are there already.", preview.same
        )
        sentences.append(told.format(count=preview.same))
    if preview.alike:
        told = n_(
            "{count} is nearly the same as another.",
            "{count} are nearly the same as another.",
            preview.alike,
        )
        sentences.append(told.format(count=preview.alike))
    return " ".join(sentences)


def _tabs(preview: ImportPreview, told: Sequence[Problem]) -> tuple[tuple[str, int], ...]:
    return tuple(
        (_("{heading} ({count})").format(heading=heading, count=count), count)
        for heading, count in (
            (_("Articles"), preview.articles),
            (_("Labels"), len(preview.labels)),
            (_("Columns"), len(preview.columns)),
            (_("Problems and remarks"), len(told)),
        )
    )


def _work(
    project: Path, paths: Sequence[Path], options: ImportOptions
) -> Callable[[Progress], object]:
    """Return the work with plain values only: it opens the project in its own thread."""

    def work(progress: Progress) -> tuple[ImportPreview, Sequence[str]]:
        with Project.open(project, read_only=True) as opened:
            preview = preview_import(opened, paths, options, progress=progress)
            return preview, [label.name for label in opened.scheme.active]

    return work
