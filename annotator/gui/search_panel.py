"""Search as a workplace: a query over the corpus, what it finds as lines to work on, and tables of it."""

import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.core.model import Changes
from annotator.core.query.parsing import parse
from annotator.core.query.tree import Query, QueryError
from annotator.gui.article.view import ArticleView
from annotator.gui.background import Background
from annotator.gui.search_completing import Completer
from annotator.gui.search_controls import Controls, Shown
from annotator.gui.search_history import History
from annotator.gui.search_reading import Answer, SearchReader
from annotator.gui.search_results import SearchResults
from annotator.gui.search_saving import SearchSaving, ask_path
from annotator.gui.search_table import TableRow
from annotator.gui.search_tables import collocate_table, frequency_table
from annotator.gui.search_words import (
    counted,
    emptiness,
    narrowed_query,
    nothing_counted,
    progress_told,
    quoted,
)
from annotator.gui.theme import Theme
from annotator.language import _
from annotator.store.search.collocates import Collocate
from annotator.store.search.frequencies import Frequency

_REST = 60
"""Milliseconds after a change before the results are looked at again."""

_FEW = 5_000
"""Articles up to which reading them again is quicker than a search."""

_CHEAP = 2.0
"""Seconds a search may have taken for it to be done again by itself after a change."""


class SearchPanel(QWidget):
    """Shows what a query finds; the list follows what changes, and keeps its place.

    `left` says that the keyboard belongs to the article, `narrowed` carries the articles to list at
    the left (None for all), `help_requested` asks for the page on queries.
    """

    left = Signal()
    narrowed = Signal(object)
    help_requested = Signal()

    def __init__(
        self,
        view: ArticleView,
        theme: Theme,
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._session = view.session
        self._background = background
        self._query: Query | None = None
        self._answer: Answer | None = None
        self._asked = 0.0
        self._took = 0.0
        self._is_stale = False
        self._touched: set[str] | None = set()
        self._narrowed: set[str] | None = None
        self._frequencies: Sequence[Frequency] = ()
        self._collocates: Sequence[Collocate] = ()
        self._saving = SearchSaving(view.session, background)
        self._history = History(view.session.project)
        self.reader = SearchReader(view.session, background, self)
        self.controls = Controls(theme, self)
        self.box = self.controls.box
        self.results = SearchResults(view, theme, background, self)
        self._later = QTimer(self, singleShot=True, interval=_REST)
        self._lay_out()
        self._connect()
        self._completer = Completer(view.session, background, self)
        self.box.complete = self._completer.offer
        self._completer.learnt.connect(self.box.offer_more)
        self.box.history = self._history.queries
        self._show_page()

    @property
    def is_waiting(self) -> bool:
        """Whether the results are about to be looked at again."""
        return self._later.isActive()

    def open_panel(self) -> None:
        """Put the caret into the box, with the words that are selected in the article, and look for them.

        Where only a result was opened, the query stays.
        """
        self._completer.prepare()
        words = self._words_at_hand()
        if words:
            self.box.set_query(quoted(words))
            self.search()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def search(self) -> None:
        """Look for what stands in the box; what is wrong with it is said below it."""
        self._later.stop()
        text = self.box.text().strip()
        self.box.forget_mistake()
        if not text:
            self._forget()
            return
        try:
            query = parse(self.box.text())
        except QueryError as error:
            self._show_mistake(error)
            return
        self._query = query
        self._history.keep(text)
        self.box.history = self._history.queries
        self._ask()

    def look_again(self) -> None:
        """Look for the same once more; the lines stay where they are as far as they are still found."""
        self._later.stop()
        if self._query is None or not self._session.is_open:
            return
        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        touched, self._touched = self._touched, set()
        order, answer = self.controls.wanted_order, self._answer
        is_same = answer is not None and answer.query is self._query
        if answer is not None and is_same and touched is not None:
            self.reader.ask_among(answer, touched, order)
        else:
            self._asked = time.monotonic()
            self.reader.ask_whole(self._query, order)

    def release(self) -> None:
        """Let the list of articles show all of them again."""
        if self.controls.narrow.isChecked():
            self.controls.narrow.setChecked(False)
        self._on_narrowing_changed(False)

    def step(self, *, backwards: bool = False) -> None:
        """Go to the next result in its article, or to the one before."""
        if not self.results.step(-1 if backwards else 1):
            self._session.told.emit(
                _("This is the first result.") if backwards else _("This is the last result.")
            )

    def save(self, path: Path) -> None:
        """Write what is shown as CSV: lines or a table, all of it."""
        view = self.controls.view
        if view is Shown.FREQUENCIES:
            self._saving.frequencies(self._frequencies, path)
        elif view is Shown.COLLOCATES:
            self._saving.collocates(self._collocates, path)
        elif self._answer is not None:
            self._saving.lines(self._answer.hits, path)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self.controls.set_theme(theme)
        self.results.set_theme(theme)

    def minimumSizeHint(self) -> QSize:
        """Return the least that is of use: some lines between what stands above and below them."""
        line = self.fontMetrics().height()
        return QSize(line * 20, line * 14)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._later.start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the keyboard to the results, or to the box where there are none."""
        if not self.results.take_keyboard():
            self.box.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _words_at_hand(self) -> str:
        """Return what is selected in the article, "" if that is only the result that was opened."""
        (start, end), article = self._view.selection, self._session.article
        words = self._view.text[start:end].strip()
        if not self._view.hasFocus() or "\n" in words or article is None:
            return ""
        return "" if self.results.is_at(article.id, start, end) else words

    def _ask(self) -> None:
        assert self._query is not None
        self._asked = time.monotonic()
        self._is_stale = False
        self._touched = set()
        self.reader.ask(self._query, self.controls.wanted_order)
        self.controls.set_busy(is_busy=True)
        self.controls.say(_("Searching…"))

    def _forget(self) -> None:
        """Show nothing: there is no query any more."""
        self.reader.stop()
        self._query = self._answer = None
        self.controls.set_busy(is_busy=False)
        self.results.show_answer(None)
        self.release()
        self._show_page()
        self.controls.say("")

    def _show_mistake(self, error: QueryError) -> None:
        """Say what is wrong with the query, and underline where; what was found before stays."""
        self._go_by_answer()
        self.controls.set_busy(is_busy=False)
        self.box.show_mistake(error.start, error.end, str(error))
        self.controls.say(str(error), is_mistake=True)
        self._show_page()

    def _go_by_answer(self) -> None:
        """Let the query be the one whose results are listed: that is what changes are looked up for."""
        self._query = self._answer.query if self._answer else None

    def _show_page(self) -> None:
        """Show lines, a table, or a sentence in their place."""
        answer = self._answer
        sentence = emptiness(answer, is_asked=self._query is not None)
        is_table = self.controls.view is not Shown.LINES
        self.results.show_page(is_table=is_table, sentence=sentence)
        is_known = answer is not None and bool(answer.hits)
        self.controls.narrow.setEnabled(is_known or self.controls.narrow.isChecked())
        self.controls.save.setEnabled(is_known)

    def _tabulate(self) -> None:
        """Have the results counted, if a table of them is to be seen."""
        answer, view = self._answer, self.controls.view
        if answer is None or not answer.is_settled or not answer.hits or view is Shown.LINES:
            return
        self.controls.set_busy(is_busy=True)
        if view is Shown.FREQUENCIES:
            self.reader.count(answer.hits, self.controls.wanted_group)
        else:
            self.reader.collocate(answer.hits)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.fontMetrics().height() // 3)
        layout.addWidget(self.controls)
        layout.addWidget(self.results, 1)

    def _connect(self) -> None:
        session, controls, results = self._session, self.controls, self.results
        self._later.timeout.connect(self.look_again)
        self.box.entered.connect(self._on_entered)
        self.box.left.connect(self.left)
        self.box.passed.connect(self._on_passed)
        self.reader.found.connect(self._on_found)
        self.reader.counted.connect(self._on_counted)
        self.reader.collocated.connect(self._on_collocated)
        self.reader.progressed.connect(self._on_progressed)
        self.reader.given_up.connect(self._on_given_up)
        controls.shown_changed.connect(self._on_shown_changed)
        controls.order_changed.connect(self._on_order_changed)
        controls.group_changed.connect(self._tabulate)
        controls.stop_requested.connect(self._on_stop_requested)
        controls.help_requested.connect(self.help_requested)
        controls.narrowing_changed.connect(self._on_narrowing_changed)
        controls.save_requested.connect(self._on_save_requested)
        results.passed.connect(self.box.setFocus)
        results.work.opened.connect(self.left)
        results.work.order_stepped.connect(controls.step_order)
        results.table.entered.connect(self._on_row_entered)
        session.changed.connect(self._on_changed)
        session.closing.connect(self._on_closing)

    def _on_entered(self) -> None:
        self.search()

    def _on_passed(self) -> None:
        self.results.take_keyboard()

    def _on_found(self, answer: Answer) -> None:
        self._took = time.monotonic() - self._asked
        if answer.mistake is not None:
            self._show_mistake(answer.mistake)
            return
        self.controls.set_busy(is_busy=not answer.is_settled)
        self._answer = answer
        self.results.show_answer(answer)
        self._show_page()
        self.controls.say(counted(answer))
        self._tabulate()
        if self.controls.narrow.isChecked() and answer.is_settled:
            self._narrow()

    def _on_counted(self, found: Sequence[Frequency]) -> None:
        self.controls.set_busy(is_busy=False)
        self._frequencies, group = found, self.controls.wanted_group
        content = frequency_table(self._session.scheme, group, found)
        hits = self._answer.hits if self._answer else ()
        is_of_annotations = bool(hits and hits[0].annotation)
        self.results.show_table(content, nothing_counted(is_of_annotations=is_of_annotations))

    def _on_collocated(self, found: Sequence[Collocate]) -> None:
        self.controls.set_busy(is_busy=False)
        self._collocates = found
        self.results.show_table(
            collocate_table(found), _("No word stands near these more than once.")
        )

    def _on_progressed(self, done: int, total: int) -> None:
        is_new = self._answer is None or self._answer.query is not self._query
        if is_new and total > 1:
            self.controls.say(progress_told(done, total))

    def _on_given_up(self, sentence: str) -> None:
        self._go_by_answer()
        self.controls.set_busy(is_busy=False)
        self.controls.say(sentence or _("The search was stopped."), is_mistake=bool(sentence))
        self._show_page()

    def _on_stop_requested(self) -> None:
        self.reader.stop()
        self._on_given_up("")

    def _on_shown_changed(self) -> None:
        self._show_page()
        self._tabulate()
        if not self.results.take_keyboard():
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_order_changed(self) -> None:
        answer, order = self._answer, self.controls.wanted_order
        if self._query is None:
            return
        if answer is not None and answer.query is self._query and answer.is_settled:
            self.controls.set_busy(is_busy=True)
            self.reader.arrange(answer, order)
        else:
            self._ask()
        self.results.take_keyboard()

    def _on_row_entered(self, row: TableRow) -> None:
        """Look for what a row of a table counts."""
        if row.query and self._query is not None:
            self.box.set_query(narrowed_query(self.box.text(), row.query))
            self.controls.show_view(Shown.LINES)
            self.search()

    def _on_narrowing_changed(self, is_wanted: bool) -> None:
        if is_wanted:
            self._narrow()
        else:
            self._narrowed = None
            self.narrowed.emit(None)

    def _narrow(self) -> None:
        """List the articles of the results, unless they are listed already."""
        found = {hit.article for hit in self._answer.hits} if self._answer else set()
        if found != self._narrowed:
            self._narrowed = found
            self.narrowed.emit(found)

    def _on_save_requested(self) -> None:
        path = ask_path(self, self._session.project.path, self.controls.view)
        if path is not None:
            self.save(path)

    def _on_changed(self, changes: Changes) -> None:
        if self._query is None:
            return
        self.results.model.forget_pages()
        is_whole = changes.everything or changes.corpus or changes.scheme or changes.entities
        if is_whole or self._touched is None or len(self._touched | changes.articles) > _FEW:
            self._touched = None
        else:
            self._touched |= changes.articles
        if self.reader.is_looking and self._answer is None:
            return  # the answer that is on its way will know
        if self._touched is None and self._took > _CHEAP and self.isVisible():
            self.controls.say(_("Changed meanwhile: Enter in the box searches again."))
        elif self._touched is None or self._touched:
            self._is_stale = True
            self._later.start()

    def _on_closing(self) -> None:
        self._session.changed.disconnect(self._on_changed)
        self._later.stop()
        self.reader.stop()
