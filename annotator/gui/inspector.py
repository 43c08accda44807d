"""The panel at the right: the selected annotation, or else the article and all it carries."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from annotator.core.model import Changes
from annotator.gui.annotation_form import AnnotationForm
from annotator.gui.annotation_list import AnnotationList
from annotator.gui.article.view import ArticleView
from annotator.gui.article_summary import ArticleSummary
from annotator.gui.session import Session
from annotator.gui.theme import Theme

_DELAY = 25
"""Milliseconds the form waits, so that walking through annotations never waits for the form."""


class Inspector(QWidget):
    """Follows the selection a moment later; what is being typed belongs to what is shown."""

    place_chosen = Signal(int, int)
    details_requested = Signal(str)

    def __init__(
        self, session: Session, theme: Theme, view: ArticleView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.form = AnnotationForm(session, theme, view, self)
        self.summary = ArticleSummary(session, theme, self)
        self.annotations = AnnotationList(session, theme, self)
        overview = QWidget(self)
        layout = QVBoxLayout(overview)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.summary)
        layout.addWidget(self.annotations, 1)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(overview)
        self._pages.addWidget(self.form)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_DELAY)
        self._later.timeout.connect(self._show_selected)
        self.form.place_chosen.connect(self.place_chosen)
        self.summary.details_requested.connect(self.details_requested)
        session.selection_changed.connect(self._on_selection_changed)
        session.changed.connect(self._on_changed)
        session.closing.connect(self._on_closing)
        self._show_selected()

    def flush(self) -> None:
        """Write what was typed and not yet written."""
        self.form.flush()

    def edit_note(self) -> None:
        """Put the caret into the note of the selected annotation."""
        if self._session.selected:
            self._show_selected()
            self.form.note.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        for part in (self.form, self.summary, self.annotations):
            part.set_theme(theme)

    def _show_selected(self) -> None:
        self._later.stop()
        annotation = (
            self._session.annotation(self._session.selected) if self._session.selected else None
        )
        if annotation is None:
            self.form.flush()
            self.form.forget()
        else:
            self.form.show_annotation(annotation)
        self._pages.setCurrentIndex(0 if annotation is None else 1)

    def _on_selection_changed(self) -> None:
        if self.form.annotation_id != self._session.selected:
            self.form.flush()
        self._later.start()

    def _on_changed(self, changes: Changes) -> None:
        selected = self._session.selected
        touched = changes.annotations | (
            {selected} if changes.entities or changes.scheme else set()
        )
        linked = self._session.article is not None and self._session.article.id in changes.articles
        if changes.everything or selected in touched or (selected and linked):
            self._later.start()

    def _on_closing(self) -> None:
        """Write what is unwritten; nothing can be read once the project is closed."""
        self._session.changed.disconnect(self._on_changed)
        self._later.stop()
        self.flush()
