"""The panel of what was done: who, when, where; click to go there, or go back to any point of it."""

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import Changes
from annotator.gui.history_model import BENEATH, OP, HistoryModel
from annotator.gui.long_list import LongList
from annotator.gui.marks import small_font
from annotator.gui.row_ground import paint_ground
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.language import _, n_
from annotator.store.history import Op

_DELAY = 60


class HistoryPanel(QWidget):
    """Reads the history only while it is seen. Undone deeds stay in the list, struck out."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_stale = True
        self.model = HistoryModel(session.project, self)
        self.view = LongList(_("History"), self)
        self._delegate = _Delegate(theme, self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.back = QPushButton(self)
        self._empty = QLabel(
            _("Nothing was done yet. Every step will stand here, and can be undone."), self
        )
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._empty.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._pages = QStackedWidget(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_DELAY)
        self.setFocusProxy(self.view)
        self._lay_out()
        self._later.timeout.connect(self.reload)
        self.back.clicked.connect(self.go_back_here)
        self.view.clicked.connect(self._on_clicked)
        self.view.entered.connect(self._on_entered)
        self.view.selectionModel().currentChanged.connect(self._show_step)
        self.view.customContextMenuRequested.connect(self._on_menu_requested)
        session.changed.connect(self._on_changed)
        session.closing.connect(self._on_closing)
        self._show_step()

    def reload(self) -> None:
        """Read the history again, if anybody can see it."""
        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        self.model.reload()
        self._pages.setCurrentIndex(int(self.model.rowCount() == 0))
        self._show_step()

    def go_back_here(self) -> None:
        """Undo the chosen deed with all behind it, or redo up to and with it if it is undone."""
        index = self.view.currentIndex()
        steps = self.model.steps_to(index) if index.isValid() else 0
        step = self._session.undo if steps > 0 else self._session.redo
        for _step in range(abs(steps)):
            step()
        self.reload()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._delegate.theme = theme
        self.view.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    def context_menu(self) -> QMenu:
        """Return the menu of the chosen deed."""
        menu = QMenu(self)
        action = menu.addAction(self.back.text())
        action.setEnabled(self.back.isEnabled())
        action.triggered.connect(self.go_back_here)
        return menu

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 3
        self._empty.setContentsMargins(gap * 2, gap * 4, gap * 2, 0)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, gap, 0, gap * 2)
        layout.setSpacing(gap)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.back, 0, Qt.AlignmentFlag.AlignHCenter)

    def _show_step(self) -> None:
        index = self.view.currentIndex()
        steps = self.model.steps_to(index) if index.isValid() else 0
        if steps < 0:
            text = n_("Redo to here ({count} step)", "Redo to here ({count} steps)", -steps)
        else:
            text = n_("Undo to here ({count} step)", "Undo to here ({count} steps)", steps)
        self.back.setText(text.format(count=abs(steps)) if steps else _("Undo to here"))
        self.back.setEnabled(steps != 0 and not self._session.is_read_only)

    def _open(self, index: QModelIndex) -> None:
        op = self.model.op(index)
        if op.article:
            self._session.open_article(op.article)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._open(index)

    def _on_entered(self) -> None:
        if self.view.currentIndex().isValid():
            self._open(self.view.currentIndex())

    def _on_menu_requested(self, place: QPoint) -> None:
        if self.view.indexAt(place).isValid():
            self.view.setCurrentIndex(self.view.indexAt(place))
            self.context_menu().popup(self.view.viewport().mapToGlobal(place))

    def _on_changed(self, _changes: Changes) -> None:
        self._is_stale = True
        self._later.start()

    def _on_closing(self) -> None:
        self._session.changed.disconnect(self._on_changed)
        self._later.stop()


class _Delegate(QStyledItemDelegate):
    """The deed's name, and a quieter line of who, when and where; undone ones are struck out."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        line = QFontMetrics(option.font).height()
        return QSize(
            line * 8, line + QFontMetrics(small_font(option.font)).height() + line * 3 // 4
        )

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        op: Op = index.data(OP)
        font, small = option.font, small_font(option.font)
        line, under = QFontMetrics(font).height(), QFontMetrics(small).height()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        paint_ground(painter, option.rect, self.theme, option.state)
        box: QRect = option.rect.adjusted(line, 0, -line, 0)
        top = box.top() + (box.height() - line - under) // 2
        gone = op.state != "done"
        font.setStrikeOut(gone)
        ink = (
            self.theme.selection_text if selected else self.theme.muted if gone else self.theme.text
        )
        painter.setPen(ink)
        self._write(painter, QRect(box.left(), top, box.width(), line), font, op.name)
        painter.setPen(self.theme.selection_text if selected else self.theme.muted)
        beneath = QRect(box.left(), top + line, box.width(), under)
        self._write(painter, beneath, small, index.data(BENEATH))
        painter.restore()

    def _write(self, painter: QPainter, box: QRect, font: QFont, words: str) -> None:
        painter.setFont(font)
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
