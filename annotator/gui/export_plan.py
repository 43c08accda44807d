"""What an export would hold and what not, found out beside the window before anything is written."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from annotator.core.formats import Loss
from annotator.exchange.article_preview import preview_article
from annotator.exchange.exporting import ExportOptions, ExportPlan, plan_export
from annotator.exchange.report import LossGroup
from annotator.gui.looking import Look
from annotator.gui.losses import LossList, go_to
from annotator.gui.session import Session
from annotator.gui.tasks import Progress
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.store.project import Project


class PlanView(QWidget):
    """A line that promises, and below it what the format cannot hold: its rows lead to the places."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._options = ExportOptions()
        self._look = Look(_("Export"), self)
        self.line = QLabel(self)
        self.line.setWordWrap(True)
        self.losses = LossList(session, theme, self)
        self._blank = QWidget(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.text = QPlainTextEdit(self, readOnly=True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("The article at hand as it will stand in the files"))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        found = QWidget(self)
        below = QVBoxLayout(found)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.losses, 1)
        below.addWidget(self._blank, 1)
        self.tabs.addTab(found, _("What it cannot hold"))
        self.tabs.addTab(self.text, _("The article at hand"))
        layout.addWidget(self.line)
        layout.addWidget(self.tabs, 1)
        self.losses.chosen.connect(self._on_chosen)
        self._look.begun.connect(self._on_begun)
        self._look.found.connect(self._on_found)
        self._look.failed.connect(self._on_failed)

    @property
    def is_looking(self) -> bool:
        """Whether it is still being found out."""
        return self._look.is_looking

    def look(self, options: ExportOptions) -> None:
        """Find out what these options come to."""
        self._options = options
        self._look.at(self._work())

    def look_later(self, options: ExportOptions) -> None:
        """Find it out once the options have been left alone for a moment."""
        self._options = options
        self._look.later_at(self._work())

    def stop(self) -> None:
        """Give up and wait until the file is let go."""
        self._look.stop()

    def _work(self) -> Callable[[Progress], object]:
        article = self._session.article.id if self._session.article else ""
        return _work(self._session.project.path, self._options, article)

    def _show(self, sentence: str, groups: list[LossGroup]) -> None:
        self.line.setText(sentence)
        self.losses.show_groups(groups)
        self.losses.setVisible(bool(groups))
        self._blank.setVisible(not groups)

    def _on_begun(self) -> None:
        self._show(_("Looking at what this format can hold…"), [])

    def _on_found(self, found: tuple[ExportPlan, str]) -> None:
        plan, text = found
        self._show(promise(plan), plan.groups)
        self.text.setPlainText(text)
        self.tabs.setTabEnabled(1, bool(text))

    def _on_failed(self, sentence: str) -> None:
        self._show(sentence, [])

    def _on_chosen(self, loss: Loss) -> None:
        if not go_to(self._session, loss):
            self.line.setText(_("That place is gone; the list is being made anew."))
            self.look_later(self._options)


def promise(plan: ExportPlan) -> str:
    """Return what an export will hold, and that it will hold all or not."""
    parts = (
        n_("{count} article", "{count} articles", plan.articles).format(count=plan.articles),
        n_("{count} annotation", "{count} annotations", plan.annotations).format(
            count=plan.annotations
        ),
        n_("{count} link", "{count} links", plan.links).format(count=plan.links),
    )
    verdict = (
        _("This format cannot hold all of it:")
        if plan.groups
        else _("This format holds all of it exactly.")
    )
    return " ".join((f"{', '.join(parts)}.", *_divided(plan), verdict))


def _divided(plan: ExportPlan) -> Iterator[str]:
    """Yield how a split divides the articles, if there is one."""
    parts = [f"{part.name} {part.articles}" for part in plan.parts if part.name]
    if parts:
        yield _("Divided into {parts}.").format(parts=", ".join(parts))


def _work(path: Path, options: ExportOptions, article: str) -> Callable[[Progress], object]:
    """Return the work with plain values only: it opens the project in its own thread."""

    def work(progress: Progress) -> tuple[ExportPlan, str]:
        with Project.open(path, read_only=True) as project:
            plan = plan_export(project, options, progress=progress)
            return plan, preview_article(project, article, options) if article else ""

    return work
