"""What may follow in a query, as a list below the caret: each with a word on what it means."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.gui.marks import small_font
from annotator.gui.row_ground import paint_ground
from annotator.gui.theme import Theme
from annotator.language import _

_ROWS = 9
"""Rows to be seen at once."""

_MOST = 60
_TOLD = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to write, and what it means."""

    text: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What may stand in the place of `[start, end)`, in code points of the query."""

    start: int = 0
    end: int = 0
    choices: tuple[Choice, ...] = ()


class OfferList(QListView):
    """Never has the keyboard: the box hands the keys on."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.offer = Offer()
        self._model = _Choices(self)
        self._delegate = _Delegate(theme, self)
        self.setObjectName("searchOffers")
        self.setAccessibleName(_("What may follow"))
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()

    @property
    def current(self) -> str | None:
        """What is chosen, None before an arrow was pressed."""
        index = self.currentIndex()
        return self._model.choices[index.row()].text if index.isValid() else None

    @property
    def first(self) -> str | None:
        """What stands at the top."""
        return self._model.choices[0].text if self._model.choices else None

    def show_offer(self, offer: Offer) -> None:
        """List other choices, none of them chosen."""
        self.offer = offer
        self._model.show(offer.choices[:_MOST])
        self.setCurrentIndex(_NOWHERE)
        self.scrollToTop()

    def step(self, step: int) -> None:
        """Choose the next one, or the one before; behind the last comes the first."""
        rows = self._model.rowCount()
        row = self.currentIndex().row()
        row = (row + step) % rows if row >= 0 or step > 0 else rows - 1
        self.setCurrentIndex(self._model.index(row, 0))

    def place(self, box: QWidget, left: int) -> None:
        """Stand below a box, so far from its left edge; above it where there is no room."""
        window = self.parentWidget()
        assert window is not None
        rows = min(_ROWS, self._model.rowCount())
        margins = self.fontMetrics().height()
        height = rows * self.sizeHintForRow(0) + margins
        width = min(self._model.width(self), window.width())
        below = box.mapTo(window, QPoint(left - self.fontMetrics().height(), box.height()))
        above = box.mapTo(window, QPoint(0, 0)).y() - height
        y = below.y() if below.y() + height <= window.height() or above < 0 else above
        x = max(0, min(below.x(), window.width() - width))
        self.setGeometry(x, y, width, height)
        self.show()
        self.raise_()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours from now on."""
        self._delegate.theme = theme


class _Choices(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.choices: tuple[Choice, ...] = ()

    def show(self, choices: tuple[Choice, ...]) -> None:
        self.beginResetModel()
        self.choices = choices
        self.endResetModel()

    def width(self, view: QListView) -> int:
        """Return how wide the list must be for its widest row."""
        plain, em = view.fontMetrics(), view.fontMetrics().height()
        rows = [
            plain.horizontalAdvance(each.text) + plain.horizontalAdvance(each.told)
            for each in self.choices
        ]
        return max(em * 14, min(em * 36, max(rows, default=0) + em * 4))

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        choice = self.choices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.text
        if role == _TOLD:
            return choice.told
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (choice.text, choice.told)))
        return None


class _Delegate(QStyledItemDelegate):
    """What to write at the left, what it means in small at the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, option.fontMetrics.height() * 3 // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        paint_ground(painter, option.rect, self.theme, option.state)
        em = option.fontMetrics.height()
        box: QRect = option.rect.adjusted(em // 2 + 2, 0, -em // 2 - 2, 0)
        text = option.fontMetrics.elidedText(
            index.data(), Qt.TextElideMode.ElideRight, box.width() * 3 // 4
        )
        painter.setPen(self.theme.selection_text if is_current else self.theme.text)
        painter.drawText(box, _LEFT, text)
        box.setLeft(box.left() + option.fontMetrics.horizontalAdvance(text) + em)
        painter.setFont(small_font(option.font))
        painter.setPen(self.theme.selection_text if is_current else self.theme.muted)
        told = painter.fontMetrics().elidedText(
            index.data(_TOLD), Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, _RIGHT, told)
        painter.restore()
