"""The table of speakers: how much each says, and where the voice is heard first and last."""

import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.core.ledger import QuoteRow, SpeakerLine, gender_name, kind_name, speaker_name
from annotator.gui.ledger_bar import GENDER_COLOURS, percent
from annotator.gui.row_ground import is_selected
from annotator.gui.table_cells import CellDelegate
from annotator.gui.theme import Theme
from annotator.language import _, n_

SPEAKER, SHARE, QUOTES, WORDS, FIRST, LAST = range(6)
LINE = int(Qt.ItemDataRole.UserRole)
_CUES = 5
_NUMBERS = (QUOTES, WORDS)
_LARGEST_FIRST = (SHARE, *_NUMBERS)
_NAME = 20
"""Characters that a name may count on: for them the last columns give way, and then the words."""

_MEASURED = 30
"""Rows looked at to find the width of a column: those that are seen first."""

_WIDEST = 16
"""Characters that a place may take; its tool tip has the rest."""

_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class SpeakerModel(QAbstractTableModel):
    """Speakers in the order asked for; `place` says where a quote stands, `brief` in a word."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.place: Callable[[QuoteRow], str] = lambda row: row.title
        self.brief: Callable[[QuoteRow], str] = self.place
        self.longest = 1.0
        self._lines: list[SpeakerLine] = []
        self._column, self._order = SHARE, Qt.SortOrder.DescendingOrder

    def set_lines(self, lines: Sequence[SpeakerLine]) -> None:
        """Show these; where the speakers stay as they stood, nothing moves on the screen."""
        before = [line.voice.key for line in self._lines]
        ordered = self._sorted(lines)
        self.longest = max((line.share for line in lines), default=0.0) or 1.0
        if ordered and before == [line.voice.key for line in ordered]:
            self._lines = ordered
            self.dataChanged.emit(self.index(0, 0), self.index(len(ordered) - 1, LAST))
            return
        self.beginResetModel()
        self._lines = ordered
        self.endResetModel()

    def line(self, row: int) -> SpeakerLine:
        return self._lines[row]

    def row_of(self, key: str) -> int:
        """Return the row of a voice, -1 when it is not shown."""
        found = (row for row, line in enumerate(self._lines) if line.voice.key == key)
        return next(found, -1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._order = column, order
        self.beginResetModel()
        self._lines = self._sorted(self._lines)
        self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, LAST)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_heads())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._head(section)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(section)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(line, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._told(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head = _heads()[index.column()]
            return f"{speaker_name(line.voice)}, {head}: {self._cell(line, index.column())}"
        return None

    def _head(self, column: int) -> str:
        """Return the head of a column, with an arrow beside the one that the rows are sorted by."""
        if column != self._column:
            return _heads()[column]
        arrow = "▾" if self._order is Qt.SortOrder.DescendingOrder else "▴"
        parts = (arrow, _heads()[column]) if _is_right(column) else (_heads()[column], arrow)
        return " ".join(parts)

    def _sorted(self, lines: Sequence[SpeakerLine]) -> list[SpeakerLine]:
        keys: dict[int, Callable[[SpeakerLine], Any]] = {
            SPEAKER: lambda line: _folded(speaker_name(line.voice)),
            SHARE: lambda line: line.words,
            QUOTES: lambda line: len(line.rows),
            WORDS: lambda line: line.words,
            FIRST: lambda line: (line.first.place, line.first.start),
            LAST: lambda line: (line.last.place, line.last.start),
        }
        is_down = self._order is Qt.SortOrder.DescendingOrder
        return sorted(lines, key=keys[self._column], reverse=is_down)

    def _cell(self, line: SpeakerLine, column: int) -> str:
        if column == SPEAKER:
            return speaker_name(line.voice)
        if column == SHARE:
            return percent(line.share)
        if column in _NUMBERS:
            return QLocale().toString(len(line.rows) if column == QUOTES else line.words)
        return self.brief(line.first if column == FIRST else line.last)

    def _told(self, line: SpeakerLine) -> str:
        """Return what the columns have no room for."""
        count = len(line.rows)
        cues = ", ".join(f"{cue} ({number})" for cue, number in line.cues[:_CUES])
        parts = [
            f"{speaker_name(line.voice)} · {gender_name(line.voice.gender)} · {kind_name(line.kind)}",
            n_("{n} quote, {words} words", "{n} quotes, {words} words", count).format(
                n=count, words=QLocale().toString(line.words)
            ),
            _("Cues: {cues}").format(cues=cues) if cues else "",
            _("First: {place}").format(place=self.place(line.first)),
            _("Last: {place}").format(place=self.place(line.last)),
        ]
        return "\n".join(filter(None, parts))


class SpeakerTable(QTableView):
    """The view: arrows choose a speaker, Enter goes on to the quotes, letters search for nothing."""

    entered_by_key = Signal()
    chosen = Signal()

    def __init__(self, model: SpeakerModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = _Delegate(theme, self)
        self.setObjectName("ledgerTable")
        self.setAccessibleName(_("Speakers"))
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setAutoFillBackground(False)
        self._size_rows()
        heads = self.horizontalHeader()
        heads.setSortIndicator(SHARE, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        heads.setSortIndicatorShown(
            False
        )  # It would lie on the words; they have an arrow of their own.
        self.selectionModel().selectionChanged.connect(self.chosen)
        model.modelReset.connect(self._fit_columns)

    @property
    def line(self) -> SpeakerLine | None:
        """The speaker that is chosen."""
        rows = self.selectionModel().selectedRows()
        return self._model.line(rows[0].row()) if rows else None

    def choose(self, key: str) -> None:
        """Choose a voice, if it is shown."""
        row = self._model.row_of(key) if key else -1
        if row >= 0:
            self.selectRow(row)
        else:
            self.clearSelection()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._delegate.theme = theme
        self.viewport().update()

    def sort_actions(self, parent: QObject) -> list[QAction]:
        """Return what puts the speakers in another order: the heads of the columns, for the keyboard."""
        actions = []
        for column, head in enumerate(_heads()):
            action = QAction(_("Sort by: {column}").format(column=head), parent)
            action.triggered.connect(partial(self._sort_anew, column))
            actions.append(action)
        return actions

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.selectRow(self.currentIndex().row())
                self.entered_by_key.emit()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters label."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _sort_anew(self, column: int) -> None:
        """Sort by a column, the largest or the first at the top; once more the other way round."""
        heads = self.horizontalHeader()
        order = (
            Qt.SortOrder.DescendingOrder
            if column in _LARGEST_FIRST
            else Qt.SortOrder.AscendingOrder
        )
        if (heads.sortIndicatorSection(), heads.sortIndicatorOrder()) == (column, order):
            order = Qt.SortOrder(1 - order.value)
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
        """Share out the width: names take what numbers and places leave."""
        em = self.fontMetrics().averageCharWidth()
        wide = self.viewport().width()
        widths = {column: self._width(column) for column in (*_NUMBERS, FIRST, LAST)}
        widths[SHARE] = max(em * 13, wide // 5)
        for columns in ((FIRST, LAST), (WORDS,)):
            is_narrow = wide - sum(widths.values()) < em * _NAME
            for column in columns:
                self.setColumnHidden(column, is_narrow)
                if is_narrow:
                    del widths[column]
        for column, width in {**widths, SPEAKER: wide - sum(widths.values())}.items():
            self.setColumnWidth(column, width)

    def _width(self, column: int) -> int:
        """Return the width that the head of a column and its topmost cells need."""
        rows = min(_MEASURED, self._model.rowCount())
        cells = [self._model.index(row, column).data() for row in range(rows)]
        metrics = self.fontMetrics()
        widest = max(map(metrics.horizontalAdvance, (f"{_heads()[column]} ▾", *cells)))
        return min(widest, metrics.averageCharWidth() * _WIDEST) + metrics.height() * 5 // 4


class _Delegate(CellDelegate):
    """Words and numbers; the share as a bar in the colour of the speaker's gender."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        metrics, selected = option.fontMetrics, is_selected(option)
        inner = self.paint_ground(painter, option, index)
        quiet = index.column() in (FIRST, LAST)
        if index.column() == SHARE:
            inner.setLeft(self._paint_bar(painter, inner, index, selected=selected))
        ink = self.theme.muted if quiet else self.theme.text
        painter.setPen(self.theme.selection_text if selected else ink)
        words = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _alignment(index.column()), words)
        painter.restore()

    def _paint_bar(self, painter: QPainter, inner: QRect, index: _Index, *, selected: bool) -> int:
        """Draw the bar at the left and return where the number begins."""
        line: SpeakerLine = index.data(LINE)
        model = index.model()
        assert isinstance(model, SpeakerModel)
        metrics = painter.fontMetrics()
        left = inner.right() - metrics.horizontalAdvance(percent(0.999)) - metrics.height() // 4
        room = left - inner.left() - metrics.height() // 2
        height = metrics.height() // 2
        bar = QRectF(inner.left(), inner.center().y() - height / 2 + 0.5, room, height)
        shades = self.theme.shades(GENDER_COLOURS.get(line.voice.gender, ""))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if not selected:
            painter.setBrush(self.theme.hover)
            painter.drawRoundedRect(bar, 2, 2)
        bar.setWidth(max(3.0, room * line.share / model.longest))
        painter.setBrush(shades.ink if selected else shades.line)
        painter.drawRoundedRect(bar, 2, 2)
        return left


def _heads() -> tuple[str, ...]:
    return (_("Speaker"), _("Share"), _("Quotes"), _("Words"), _("First"), _("Last"))


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if _is_right(column) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _is_right(column: int) -> bool:
    return column in (SHARE, *_NUMBERS)


def _folded(text: str) -> str:
    """Return a name as the alphabet has it: without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))
