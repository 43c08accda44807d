"""A table of words or groups with their numbers, the first of them drawn as bars; any column sorts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.gui.row_ground import is_selected
from annotator.gui.table_cells import CellDelegate
from annotator.gui.theme import Theme

NUMBER = int(Qt.ItemDataRole.UserRole)
SHARE = NUMBER + 1
COLOUR = NUMBER + 2
_WORDS, _COUNT = 0, 1
_DECIMALS = 1
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_V = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class TableRow:
    """A word or a group: what is shown, its numbers, and the query that finds it alone ("": none does).

    `colour` is the name of a label colour, "" where the row is no label's.
    """

    words: str
    numbers: tuple[float, ...]
    query: str = ""
    colour: str = ""


class TableModel(QAbstractTableModel):
    """Rows under headings; the column of words first, then numbers, the largest at the top."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[TableRow] = []
        self.headings: tuple[str, ...] = ()
        self.tips: tuple[str, ...] = ()
        self.sorted_by = (_COUNT, Qt.SortOrder.DescendingOrder)
        self._most = 0.0

    def show(
        self, headings: tuple[str, ...], tips: tuple[str, ...], rows: Sequence[TableRow]
    ) -> None:
        """Show other rows in the order they come in; `tips` say what the headings mean."""
        self.beginResetModel()
        self.headings, self.tips, self.rows = headings, tips, list(rows)
        self._most = max((row.numbers[0] for row in rows), default=0.0)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.words if column == _WORDS else _shown(row.numbers[column - 1])
        if role == Qt.ItemDataRole.ToolTipRole and column == _WORDS:
            return row.words
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == SHARE and column == _COUNT:
            return row.numbers[0] / self._most if self._most else 0.0
        if role == COLOUR:
            return row.colour
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.headings):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = "▴" if self.sorted_by[1] is Qt.SortOrder.AscendingOrder else "▾"
            is_sorted = section == self.sorted_by[0]
            return f"{self.headings[section]} {arrow}" if is_sorted else self.headings[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tips[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.headings):
            return
        self.sorted_by = (column, order)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.headings) - 1)
        self.layoutAboutToBeChanged.emit()
        is_reversed = order is Qt.SortOrder.DescendingOrder
        if column == _WORDS:
            self.rows.sort(key=lambda row: row.words.casefold(), reverse=is_reversed)
        else:
            self.rows.sort(key=lambda row: row.numbers[column - 1], reverse=is_reversed)
        self.layoutChanged.emit()


class Table(QTableView):
    """`entered` carries the row that Enter or a double click chose; Up on the first row gives `passed`."""

    entered = Signal(object)
    passed = Signal()

    def __init__(self, name: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = TableModel(self)
        self._delegate = _Delegate(theme, self)
        self.setAccessibleName(name)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setObjectName("ledgerTable")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.viewport().setAutoFillBackground(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSortingEnabled(True)
        # Qt's arrow would lie on the words; they have one of their own.
        self.horizontalHeader().setSortIndicatorShown(False)
        self._size_rows()
        self.doubleClicked.connect(self._on_double_clicked)

    def show_rows(
        self,
        headings: tuple[str, ...],
        tips: tuple[str, ...],
        rows: Sequence[TableRow],
        column: int = _COUNT,
    ) -> None:
        """Show a table, the largest of a column at the top; one of the same kind stays sorted as it was."""
        is_same = headings == self.rows.headings
        self.rows.show(headings, tips, rows)
        heads = self.horizontalHeader()
        if not is_same:
            with QSignalBlocker(heads):
                heads.setSortIndicator(column, Qt.SortOrder.DescendingOrder)
        self.rows.sort(heads.sortIndicatorSection(), heads.sortIndicatorOrder())
        if rows:
            self.selectRow(0)
            self.scrollToTop()
        self._fit_columns()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._delegate.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if row >= 0:
                self.entered.emit(self.rows.rows[row])
        elif event.key() == Qt.Key.Key_Up and row <= 0:
            self.passed.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._sort_beside(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters label."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _sort_beside(self, step: int) -> None:
        """Sort by the column beside the one that sorts."""
        heads = self.horizontalHeader()
        columns = len(self.rows.headings)
        if columns:
            column = (heads.sortIndicatorSection() + step) % columns
            is_words = column == _WORDS
            order = Qt.SortOrder.AscendingOrder if is_words else Qt.SortOrder.DescendingOrder
            self.sortByColumn(column, order)

    def _size_rows(self) -> None:
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(self.fontMetrics().height() * 3 // 2)
        heads = self.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(1)

    def _fit_columns(self) -> None:
        """Share out the width: words take what the numbers leave."""
        em = self.fontMetrics().averageCharWidth()
        columns = len(self.rows.headings)
        if not columns:
            return
        wide = self.viewport().width()
        widths = {
            column: max(em * 9, self.fontMetrics().horizontalAdvance(heading) + em * 4)
            for column, heading in enumerate(self.rows.headings)
            if column > _COUNT
        }
        widths[_COUNT] = max(em * 16, wide // 4)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.setColumnWidth(_WORDS, max(em * 12, wide - sum(widths.values())))

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.entered.emit(self.rows.rows[index.row()])


class _Delegate(CellDelegate):
    """Words behind the swatch of their label, numbers, and the first number as a bar as well."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        metrics, selected = option.fontMetrics, is_selected(option)
        inner = self.paint_ground(painter, option, index)
        if index.column() == _WORDS and index.data(COLOUR):
            inner.setLeft(self._paint_swatch(painter, inner, index.data(COLOUR)))
        share = index.data(SHARE)
        if share is not None:
            self._paint_bar(painter, inner, metrics.averageCharWidth() * 7, share)
        painter.setPen(self.theme.selection_text if selected else self.theme.text)
        words = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _alignment(index.column()), words)
        painter.restore()

    def _paint_swatch(self, painter: QPainter, inner: QRect, colour: str) -> int:
        """Draw a label's colour and return where the words begin."""
        side = inner.height() * 0.42
        shades = self.theme.shades(colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(shades.line, 1.2))
        painter.setBrush(shades.fill)
        top = inner.center().y() - side / 2 + 0.5
        painter.drawRoundedRect(QRectF(inner.left(), top, side, side), 2, 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        return round(inner.left() + side * 1.6)

    def _paint_bar(self, painter: QPainter, inner: QRect, room: int, share: float) -> None:
        """Draw a bar that leaves room for the number at the right."""
        height = inner.height() * 0.42
        width = (inner.width() - room) * share
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.accent)
        painter.setOpacity(0.55)
        top = inner.center().y() - height / 2 + 0.5
        painter.drawRoundedRect(QRectF(inner.left(), top, max(2.0, width), height), 2, 2)
        painter.setOpacity(1)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _alignment(column: int) -> Qt.AlignmentFlag:
    return _V | (Qt.AlignmentFlag.AlignLeft if column == _WORDS else Qt.AlignmentFlag.AlignRight)


def _shown(number: float) -> str:
    """Return a number as the user's language writes it; whole ones without decimals."""
    if isinstance(number, int):
        return QLocale().toString(number)
    return QLocale().toString(float(number), "f", _DECIMALS)
