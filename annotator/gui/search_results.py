"""The results of a search: lines to work on, a table of them, or a sentence where there are none."""

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.garbage import without_garbage_collection
from annotator.gui import search_menu
from annotator.gui.article.view import ArticleView
from annotator.gui.background import Background
from annotator.gui.long_list import LongList
from annotator.gui.search_controls import WorkBar
from annotator.gui.search_model import HitDelegate, HitModel
from annotator.gui.search_reading import Answer
from annotator.gui.search_table import Table
from annotator.gui.search_tables import Content
from annotator.gui.search_work import SearchWork
from annotator.gui.theme import Theme
from annotator.language import _


class SearchResults(QWidget):
    """Keeps its place while what it lists changes. `passed` gives the keyboard to what is above."""

    passed = Signal()

    def __init__(
        self, view: ArticleView, theme: Theme, background: Background, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = view.session
        self._answer: Answer | None = None
        self._is_moving = False
        self._is_untouched = True
        self.model = HitModel(view.session.project, self)
        self.list = LongList(_("Results"), self)
        self._delegate = HitDelegate(theme, view.session.scheme, self)
        self.table = Table(_("Numbers of the results"), theme, self)
        self.empty = QLabel(self)
        self.pages = QStackedWidget(self)
        self.bar = WorkBar(self)
        self.work = SearchWork(view, self.list, self.model, theme, background, self)
        self._lay_out()
        self._connect()

    def show_answer(self, answer: Answer | None) -> None:
        """List what was found; the row that was current stays so, as does what is ticked."""
        current = self.model.row(self.list.currentIndex())
        row, top = self.list.currentIndex().row(), self.list.verticalScrollBar().value()
        before, self._answer = self._answer, answer
        hits = answer.hits if answer else ()
        is_same = bool(before and answer and before.query is answer.query)
        self._is_untouched = self._is_untouched or not is_same
        self._delegate.scheme = self._session.scheme
        with without_garbage_collection():
            self.model.show(hits)
        place = self.model.place_of(current) if current and is_same else -1
        if place < 0:
            place = min(max(row, 0), len(hits) - 1) if is_same else 0
        self._is_moving = True
        self.list.setCurrentIndex(self.model.index(place) if hits else QModelIndex())
        self._is_moving = False
        if is_same:
            self.list.verticalScrollBar().setValue(top)
        self.offer()

    def show_page(self, *, is_table: bool, sentence: str) -> None:
        """Show lines or the table, or the sentence where there is nothing to list."""
        page: QWidget = self.table if is_table else self.list
        is_empty = self._answer is None or not self._answer.hits
        self.empty.setText(sentence if is_empty else "")
        self.pages.setCurrentWidget(self.empty if is_empty else page)
        self.bar.setVisible(not is_empty and not is_table)

    def show_table(self, content: Content, sentence: str) -> None:
        """Show other rows in the table, or the sentence where there is none."""
        self.table.show_rows(*content)
        if self.pages.currentWidget() is self.list:
            return
        self.empty.setText(sentence)
        had_keyboard = self.table.hasFocus()
        self.pages.setCurrentWidget(self.table if self.table.rows.rows else self.empty)
        if had_keyboard and not self.table.rows.rows:
            self.passed.emit()

    def step(self, step: int) -> bool:
        """Go to the next line, or the one before, and open the article there; False at the end.

        The first step after a search goes to its first result.
        """
        rows = len(self.model.rows)
        row = self.list.currentIndex().row() + (0 if self._is_untouched and step > 0 else step)
        if not 0 <= row < rows:
            return False
        self._is_moving = True
        self.list.setCurrentIndex(self.model.index(row))
        self._is_moving = False
        self.work.open()
        return True

    def is_at(self, article_id: str, start: int, end: int) -> bool:
        """Tell whether the current line is of this place."""
        hit = self.model.row(self.list.currentIndex())
        return hit is not None and (hit.article, hit.start, hit.end) == (article_id, start, end)

    def take_keyboard(self) -> bool:
        """Give the keyboard to what is listed; False where nothing is."""
        page = self.pages.currentWidget()
        if page is None or page is self.empty:
            return False
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def offer(self) -> None:
        """Offer in the buttons what can be done to what is ticked or chosen."""
        self.bar.show_ticks(self.model.count, len(self.model.rows))
        is_any = self.model.count > 0 or self.list.currentIndex().isValid()
        # A query finds annotations, words or articles, never two of them.
        first = self.model.rows[0] if is_any and not self._session.is_read_only else None
        self.bar.allow(
            on_words=bool(first and first.end), on_annotations=bool(first and first.annotation)
        )

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._delegate.theme = self.work.theme = theme
        self.table.set_theme(theme)
        self.list.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or watched is not self.list:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(self.work.is_ours(event) or event.isAccepted())
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Up and self.list.currentIndex().row() <= 0:
            self.passed.emit()
            return True
        return self.work.press(event)

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 3
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        for page in (self.empty, self.list, self.table):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.bar)

    def _connect(self) -> None:
        bar, work = self.bar, self.work
        self.list.installEventFilter(self)
        bar.label_requested.connect(partial(work.ask_label, bar.label))
        bar.accept_requested.connect(work.accept)
        bar.reject_requested.connect(work.reject)
        bar.remove_requested.connect(work.remove)
        bar.attribute_requested.connect(partial(work.ask_attribute, bar.attribute))
        bar.entity_requested.connect(work.ask_entity)
        bar.ticks_requested.connect(self._on_ticks_requested)
        self.list.doubleClicked.connect(work.open)
        work.opened.connect(self._on_opened)
        self.list.customContextMenuRequested.connect(self._on_menu_requested)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.model.dataChanged.connect(self.offer)
        self.table.passed.connect(self.passed)
        self.table.customContextMenuRequested.connect(self._on_table_menu_requested)

    def _on_opened(self) -> None:
        self._is_untouched = False

    def _on_current(self, index: QModelIndex) -> None:
        """Show in the article where the chosen line is, if that is the open one."""
        self._is_untouched = self._is_untouched and self._is_moving
        hit, article = self.model.row(index), self._session.article
        if hit and article and hit.article == article.id and not self._is_moving:
            self.work.show_place(hit)
        self.offer()

    def _on_menu_requested(self, where: QPoint) -> None:
        if self.list.indexAt(where).isValid():
            self.work.context_menu().popup(self.list.viewport().mapToGlobal(where))

    def _on_ticks_requested(self) -> None:
        if self.model.count == len(self.model.rows):
            self.model.tick_none()
        else:
            self.model.tick_all()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_table_menu_requested(self, where: QPoint) -> None:
        index = self.table.indexAt(where)
        if index.isValid():
            row = self.table.rows.rows[index.row()]
            menu = QMenu(self.table)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            narrow = partial(self.table.entered.emit, row)
            is_narrower = bool(row.query)
            search_menu.add(menu, _("Only these"), "Return", narrow, is_enabled=is_narrower)
            menu.popup(self.table.viewport().mapToGlobal(where))
