"""The quotes of a speaker as a list: what was said, and beneath it by whom, how, and where."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.core.ledger import QuoteRow, speaker_names
from annotator.core.model import AnnotationState
from annotator.gui.marks import small_font
from annotator.gui.row_ground import paint_ground
from annotator.gui.theme import Theme
from annotator.language import _

ROW = int(Qt.ItemDataRole.UserRole)
BENEATH = ROW + 1
_SHOWN = 240
"""Characters put on a line and read aloud: a quote may have 15,000."""

_Index = QModelIndex | QPersistentModelIndex


class QuoteModel(QStringListModel):
    """Quotes in reading order; `place` says in a word or two where one stands.

    The ids are strings of Qt's own: laying out 100,000 rows asks nothing of Python.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.place: Callable[[QuoteRow], str] = lambda row: row.title
        self._rows: Sequence[QuoteRow] = ()
        self._names_speakers = True

    def set_rows(self, rows: Sequence[QuoteRow], *, names_speakers: bool) -> None:
        """Show these; of one speaker alone the name need not stand on each line.

        Where the quotes are the same, nothing moves on the screen.
        """
        before, ids = [row.id for row in self._rows], [row.id for row in rows]
        self._rows = rows
        self._names_speakers = names_speakers
        if before != ids:
            self.setStringList(ids)
        elif ids:
            self.dataChanged.emit(self.index(0), self.index(len(ids) - 1))

    def row(self, index: _Index) -> QuoteRow:
        return self._rows[index.row()]

    def row_of(self, annotation_id: str) -> int:
        """Return the row of a quote, -1 when it is not shown."""
        found = (place for place, row in enumerate(self._rows) if row.id == annotation_id)
        return next(found, -1)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = ROW) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return _shown(row)
        if role == BENEATH:
            return self._beneath(row)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{_shown(row)}\n{self._beneath(row)}"
        return None

    def _beneath(self, row: QuoteRow) -> str:
        parts = (
            row.cue or _("no cue"),
            (speaker_names(row) or _("no speaker")) if self._names_speakers else "",
            self.place(row),
            _("suggestion") if row.state == AnnotationState.SUGGESTED else "",
        )
        return " · ".join(filter(None, parts))


class QuoteDelegate(QStyledItemDelegate):
    """A bracket as in the article's margin, dashed for a suggestion; the words, and a quieter line."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self.colour = "purple"

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = option.fontMetrics.height()
        under = QFontMetrics(small_font(option.font)).height()
        return QSize(line * 8, line + under + line // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        font, small = option.font, small_font(option.font)
        line, under = QFontMetrics(font).height(), QFontMetrics(small).height()
        painter.save()
        paint_ground(painter, option.rect, self.theme, option.state)
        box: QRect = option.rect.adjusted(line * 3 // 4, 0, -line // 2, 0)
        top = box.top() + (box.height() - line - under) // 2
        self._paint_bracket(painter, QRect(box.left(), top, 0, line + under), index)
        words = QRect(box.left() + line // 2, top, box.width() - line // 2, line)
        self._write(painter, words, index.data(), is_quiet=False, selected=selected)
        painter.setFont(small)
        beneath = QRect(words.left(), top + line, words.width(), under)
        self._write(painter, beneath, index.data(BENEATH), is_quiet=True, selected=selected)
        painter.restore()

    def _paint_bracket(self, painter: QPainter, box: QRect, index: _Index) -> None:
        row: QuoteRow = index.data(ROW)
        pen = QPen(self.theme.shades(self.colour).line, 2)
        if row.state == AnnotationState.SUGGESTED:
            pen.setDashPattern([2, 1.5])
        painter.setPen(pen)
        painter.drawLine(QPointF(box.left(), box.top() + 2), QPointF(box.left(), box.bottom()))

    def _write(
        self, painter: QPainter, box: QRect, words: str, *, is_quiet: bool, selected: bool
    ) -> None:
        ink = self.theme.muted if is_quiet else self.theme.text
        painter.setPen(self.theme.selection_text if selected else ink)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)


def _shown(row: QuoteRow) -> str:
    """Return the beginning of what was said, on one line; where only marks are, those."""
    words = " ".join((row.plain or row.text)[: _SHOWN * 2].split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
