"""The panel of articles: find one, see how far it is, open it."""

from collections.abc import Collection

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import ArticleState, Changes
from annotator.gui.article_list_delegate import ArticleDelegate
from annotator.gui.article_list_model import ArticleModel
from annotator.gui.article_list_parts import NoArticles, add_states
from annotator.gui.article_queue import ArticleQueue
from annotator.gui.icons import icon
from annotator.gui.long_list import LongList
from annotator.gui.session import Session
from annotator.gui.session import state_name as state_word
from annotator.gui.state_filter import StateFilter
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.store import articles
from annotator.store.deed import Deed

SEARCH_DELAY = 120
REFRESH_DELAY = 40
OPEN_DELAY = 150
_MANY = 500


class ArticleList(QWidget):
    """Articles of the project, filtered by words and state; the open one is current.

    A click or Enter opens at once; moving with the arrows opens when the hand rests. `released` asks
    to list all articles again where only those of a search are listed.
    """

    details_requested = Signal(str)
    released = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("Find in titles and texts"))
        self.search.setAccessibleName(_("Find in titles and texts"))
        self.search.setClearButtonEnabled(True)
        self.states = StateFilter(theme, self)
        self.order = QToolButton(self)
        self.order_line = QLabel(self)
        self.narrowed = QPushButton(f"{_('Only these articles')}  ✕", self)
        self._among: frozenset[str] | None = None
        self.model = ArticleModel(session.project, self)
        self.view = LongList(_("Articles"), self)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setModel(self.model)
        self._delegate = ArticleDelegate(theme, self)
        self.view.setItemDelegate(self._delegate)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.view)
        self._nothing = NoArticles(self)
        self._pages.addWidget(self._nothing)
        self._search_later = self._timer(SEARCH_DELAY, self.reload)
        self._open_later = self._timer(OPEN_DELAY, self._open_current)
        self._reload_later = self._timer(0, self.reload)
        self._count_later = self._timer(0, self._show_counts)
        self._refresh_later = self._timer(REFRESH_DELAY, self._refresh)
        self._touched: set[str] = set()
        self._queue: ArticleQueue | None = None
        self._build_order()
        self.setFocusProxy(self.view)
        self._lay_out()
        self._connect()
        self.reload()

    def reload(self) -> None:
        """Ask the project again which articles there are; place and selection stay."""
        self._search_later.stop()
        self._reload_later.stop()
        self._count_later.stop()
        self._show_counts()
        ids = self._in_order(
            articles.ids(
                self._session.project, state=self.states.state, query=self.search.text().strip()
            )
        )
        if self._among is not None:
            ids = [each for each in ids if each in self._among]
        if list(self.model.ids) != ids or not ids:
            self._replace(ids)
        else:
            self.model.set_rows_stale()
        self._show_emptiness()

    def follow(self, queue: ArticleQueue) -> None:
        """Show the articles in the order of a queue while it is on; the button switches it."""
        self._queue = queue
        queue.changed.connect(self._on_order_changed)
        self.order.clicked.connect(self._on_order_clicked)
        self._on_order_changed()

    def narrow(self, article_ids: Collection[str] | None) -> None:
        """List some articles only, as far as they pass the filter; None lists all again."""
        self._among = None if article_ids is None else frozenset(article_ids)
        self.narrowed.setVisible(article_ids is not None)
        self.reload()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self.order.setIcon(icon("order", theme))
        self._theme = theme
        self._delegate.theme = theme
        self.states.set_theme(theme)
        self.view.viewport().update()

    def focus_search(self) -> None:
        """Put the caret into the search box and select what stands there."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def selected_ids(self) -> list[str]:
        """Return the selected articles in reading order."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self.model.ids[row] for row in rows]

    def listed_ids(self) -> list[str] | None:
        """Return the articles that pass the filter, in reading order; None while there is none."""
        return list(self.model.ids) if self._is_filtered else None

    def set_state(self, state: ArticleState) -> None:
        """Put the selected articles into a state, all in one op."""
        chosen = self.selected_ids()

        def write(deed: Deed) -> None:
            for article_id in chosen:
                articles.set_state(deed, article_id, state)

        if chosen:
            name = n_("Mark as {state}", "Mark {count} articles as {state}", len(chosen))
            self._session.do(name.format(state=state_word(state), count=len(chosen)), write)

    def remove(self) -> None:
        """Take the selected articles out of the project, with all they carry; an undo brings them back."""
        chosen = self.selected_ids()

        def write(deed: Deed) -> None:
            for article_id in chosen:
                articles.remove(deed, article_id)

        if chosen:
            name = n_("Remove an article", "Remove {count} articles", len(chosen))
            self._session.do(name.format(count=len(chosen)), write)

    def context_menu(self) -> QMenu:
        """Return the menu of the selected articles."""
        chosen = self.selected_ids()
        is_writable = bool(chosen) and not self._session.is_read_only
        menu = QMenu(self)
        add_states(menu, self._theme, self.set_state, is_enabled=is_writable)
        menu.addSeparator()
        details = menu.addAction(_("Details…"))
        details.setEnabled(len(chosen) == 1)
        details.triggered.connect(self._on_details_triggered)
        removal = menu.addAction(_("Remove from the project"))
        removal.setEnabled(is_writable)
        removal.triggered.connect(self.remove)
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Down walk from the search box into the list, and Escape empty the box."""
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            if event.key() == Qt.Key.Key_Down:
                self.view.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _timer(self, milliseconds: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    def _build_order(self) -> None:
        """Prepare the button that switches the order, and the line that says which one it is."""
        self.order.setCheckable(True)
        self.order.setIcon(icon("order", self._theme))
        self.order.setAccessibleName(_("What teaches most first"))
        self.order.setToolTip(_("Let those articles come first that would teach the model most"))
        self.order_line.setText(_("What teaches most first"))
        self.order_line.setObjectName("quiet")
        self.order_line.hide()

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 3
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, gap, 0, 0)
        layout.setSpacing(gap)
        top = QVBoxLayout()
        top.setContentsMargins(gap * 2, 0, gap * 2, 0)
        top.setSpacing(gap)
        line = QHBoxLayout()
        line.setSpacing(gap)
        line.addWidget(self.search, 1)
        line.addWidget(self.order)
        top.addLayout(line)
        top.addWidget(self.states)
        top.addWidget(self.order_line)
        top.addWidget(self.narrowed)
        layout.addLayout(top)
        layout.addWidget(self._pages, 1)
        self.narrowed.setToolTip(_("List all articles again"))
        self.narrowed.hide()

    @property
    def _is_filtered(self) -> bool:
        is_narrow = self._among is not None
        return bool(is_narrow or self.search.text().strip() or self.states.state)

    def _connect(self) -> None:
        self.narrowed.clicked.connect(self.released)
        self.search.textChanged.connect(self._on_search_changed)
        self.search.returnPressed.connect(self._on_search_entered)
        self.search.installEventFilter(self)
        self.states.chosen.connect(self._on_state_chosen)
        self._nothing.show_all.clicked.connect(self._on_show_all)
        self.view.clicked.connect(self._on_clicked)
        self.view.entered.connect(self._open_current)
        self.view.customContextMenuRequested.connect(self._on_menu_requested)
        self.view.moved_by_key.connect(self._on_moved)
        self._session.changed.connect(self._on_changed)
        self._session.article_opened.connect(self._on_article_opened)
        self._session.closing.connect(self._on_closing)

    def _replace(self, ids: list[str]) -> None:
        chosen = set(self.selected_ids()) if self.view.selectionModel().hasSelection() else set()
        top = self.view.indexAt(QPoint(1, 1))
        anchor = self.model.ids[top.row()] if top.isValid() else ""
        self.model.set_ids(ids)
        self._mark_open()
        self._select_again(chosen)
        if (place := self.model.place(anchor)) >= 0:
            self.view.scrollTo(self.model.index(place), QAbstractItemView.ScrollHint.PositionAtTop)

    def _select_again(self, chosen: set[str]) -> None:
        selection = QItemSelection()
        for article_id in chosen:
            if (place := self.model.place(article_id)) >= 0:
                index = self.model.index(place)
                selection.select(index, index)
        self.view.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)

    def _mark_open(self) -> None:
        """Make the open article current without opening it again."""
        article = self._session.article
        place = self.model.place(article.id) if article else -1
        if place >= 0 and place != self.view.currentIndex().row():
            # The view's own way would look at the keyboard: Ctrl, held for Ctrl+Down, adds a row.
            self.view.selectionModel().setCurrentIndex(
                self.model.index(place), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def _show_emptiness(self) -> None:
        empty = not self.model.ids
        self._nothing.say(
            self.search.text().strip(),
            is_narrowed=self._among is not None,
            is_filtered=self._is_filtered,
        )
        self._pages.setCurrentIndex(int(empty))

    def _open_current(self) -> None:
        self._open_later.stop()
        index = self.view.currentIndex()
        if index.isValid():
            self._open(self.model.ids[index.row()])

    def _open(self, article_id: str) -> None:
        article = self._session.article
        if article is None or article.id != article_id:
            self._session.open_article(article_id)

    def _in_order(self, ids: list[str]) -> list[str]:
        return self._queue.sorted(ids) if self._queue else ids

    def _on_order_changed(self) -> None:
        is_on = self._queue is not None and self._queue.is_on
        self.order.setChecked(is_on)
        self.order_line.setVisible(is_on)
        if self._queue is not None:
            self.reload()
            if is_on:
                self.view.scrollToTop()
            else:
                self.view.scrollTo(self.view.currentIndex())

    def _on_order_clicked(self, is_wanted: bool) -> None:
        # The button is down when the order is there, not when it is asked for.
        self.order.setChecked(self._queue is not None and self._queue.is_on)
        if self._queue is not None:
            self._queue.switch(on=is_wanted)

    def _on_search_changed(self) -> None:
        self._search_later.start()

    def _on_search_entered(self) -> None:
        self.reload()
        if self.model.ids:
            if not self.view.currentIndex().isValid():
                self.view.setCurrentIndex(self.model.index(0))
            self._open_current()

    def _on_state_chosen(self) -> None:
        self.reload()

    def _on_show_all(self) -> None:
        self.search.clear()
        if self._among is not None:
            self.released.emit()
        self.states.choose(None)

    def _on_clicked(self, index: QModelIndex) -> None:
        if len(self.view.selectionModel().selectedRows()) == 1:
            self._open_later.stop()
            self._open(self.model.ids[index.row()])

    def _on_moved(self) -> None:
        self._open_later.start()

    def _on_closing(self) -> None:
        self._session.changed.disconnect(self._on_changed)
        for timer in self.findChildren(QTimer):
            timer.stop()

    def _on_article_opened(self, article_id: str) -> None:
        self._open_later.stop()
        if self.model.place(article_id) < 0:
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())
        self._mark_open()

    def _on_changed(self, changes: Changes) -> None:
        if changes.corpus or changes.everything:
            self._reload_later.start()
        elif len(changes.articles) > _MANY:
            self._show_many_changed()
        elif changes.articles:
            # What an article holds is counted when the gesture is on the screen already.
            self._touched |= changes.articles
            self._refresh_later.start()

    def _show_many_changed(self) -> None:
        """Read anew only what is looked at, unless a filter may let other articles pass now."""
        if self.listed_ids() is None:
            self.model.set_rows_stale()
            self._count_later.start()
        else:
            self._reload_later.start()

    def _refresh(self) -> None:
        """Show the rows of the touched articles anew."""
        touched, self._touched = self._touched, set()
        if self.model.refresh(touched):
            # Without this filter the ids stay the same, and reading 100,000 of them takes a while.
            (self._reload_later if self.states.state else self._count_later).start()

    def _show_counts(self) -> None:
        self.states.set_counts(articles.counts(self._session.project))

    def _on_menu_requested(self, position: QPoint) -> None:
        self.context_menu().popup(self.view.viewport().mapToGlobal(position))

    def _on_details_triggered(self) -> None:
        self.details_requested.emit(self.selected_ids()[0])
