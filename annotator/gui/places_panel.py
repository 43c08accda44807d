"""J: how the words at hand are labelled everywhere, below the article, and one label for all of them."""

from PySide6.QtWidgets import QWidget

from annotator.core.consistency import compared
from annotator.core.spelling import key_of
from annotator.gui.article.view import ArticleView
from annotator.gui.background import Background
from annotator.gui.occurrences_at_hand import annotation_at_hand, label_at_hand, words_at_hand
from annotator.gui.places import Matter, Places
from annotator.gui.radar import Radar
from annotator.gui.theme import Theme
from annotator.language import _
from annotator.store import precedents

_LINES = 8
"""Lines of the list that are seen at once."""


class PlacesPanel(Places):
    """The list of places for the words at hand; it goes away once they are settled."""

    def __init__(
        self, radar: Radar, view: ArticleView, theme: Theme, background: Background, parent: QWidget
    ) -> None:
        super().__init__(view.session, theme, background, parent)
        self._radar = radar
        self.setObjectName("alikePanel")
        self._view = view
        self._came_from = (0, 0, "")
        self._is_moving = False
        self.hide()
        self.listed.connect(self.fit)
        self.left.connect(self.close_panel)
        self.settled.connect(self._put_away)
        self.place_chosen.connect(self._on_place_chosen)
        self._session.article_opened.connect(self._on_article_opened)

    def open_panel(self, *, is_decision: bool = False) -> None:
        """Show how the words at hand are labelled; `is_decision` goes on to pin a decision about them."""
        view, session, article = self._view, self._session, self._session.article
        annotation = annotation_at_hand(view)
        words = words_at_hand(view, annotation)
        if article is None or not words:
            session.told.emit(_("There is no word here to look for."))
            return
        if not key_of(words):
            session.told.emit(_("Only words of 2 to 80 characters are compared."))
            return
        self._came_from = (view.anchor, view.caret, session.selected)
        labels = self._radar.labels(words)
        self.show()
        self.ask(Matter((words,), self._proposed(words, labels), self._place(), counts=labels))
        if is_decision:
            self.precedent.open_editor()
        else:
            self.list.setFocus()

    def fit(self) -> None:
        """Be as high as the list is long, up to some lines."""
        lines = max(3, min(_LINES, len(self.model.rows)))
        self.list.setFixedHeight(self.fontMetrics().height() * 3 // 2 * lines + 4)

    def close_panel(self) -> None:
        """Hide the list and go back to where the words were; nothing was written."""
        self._put_away()
        anchor, caret, selected = self._came_from
        if max(anchor, caret) <= len(self._view.text):
            self._view.place(anchor, caret)
        if selected in self._view.scene.index:
            self._session.select(selected)

    def _proposed(self, words: str, labels: dict[str, int]) -> str:
        """Return what was decided, else the usual label, else the one at hand."""
        active = {label.id for label in self._session.scheme.active}
        decided = precedents.about(self._session.project, words)
        wanted = [each.label for each in decided if each.label] + list(labels)
        usual = next((each for each in wanted if each in active), "")
        return usual or label_at_hand(self._view, annotation_at_hand(self._view))

    def _place(self) -> tuple[str, int, int] | None:
        """Return the words at hand as a place, to be ticked whatever stands there."""
        article, view = self._session.article, self._view
        annotation = annotation_at_hand(view)
        start, end = view.selection
        if start == end and annotation and annotation.label in compared(self._session.scheme):
            start, end = annotation.start, annotation.end
        elif start == end:
            start, end = view.token_at_caret() or (start, end)
        return (article.id, start, end) if article else None

    def _put_away(self) -> None:
        self.stop()
        self.hide()
        self._view.setFocus()

    def _on_place_chosen(self, article_id: str, start: int, end: int) -> None:
        was_open = self._session.article
        self._is_moving = True
        self._session.open_article(article_id)
        self._is_moving = False
        self._view.place(start, end)
        if self.list.hasFocus() and was_open is not None and was_open.id == article_id:
            return
        self._came_from = (start, end, "")

    def _on_article_opened(self) -> None:
        if not self._is_moving and self.isVisible():
            self.stop()
            self.hide()
