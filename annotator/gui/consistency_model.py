"""What is inconsistent as a list: the words, a bar of their labels, and the numbers."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QLocale, QObject, QRect, QRectF, QSize, QStringListModel, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.core.consistency import Counts, Kind, Line
from annotator.core.scheme import Scheme
from annotator.gui.article.scene import label_of
from annotator.gui.context_lines import Index
from annotator.gui.marks import small_font
from annotator.gui.row_ground import paint_ground
from annotator.gui.theme import Theme
from annotator.gui.uses import paint_uses, told_uses
from annotator.language import _, n_

LINE = int(Qt.ItemDataRole.UserRole)
_V = Qt.AlignmentFlag.AlignVCenter
_NARROW = 32
"""Characters of width under which the numbers have the line for themselves."""


class LineModel(QStringListModel):
    """Lines in the order given. Rows are strings of Qt's own: a thousand of them ask nothing of Python."""

    def __init__(self, scheme: Scheme, parent: QObject) -> None:
        super().__init__(parent)
        self.scheme = scheme
        self.lines: Sequence[Line] = ()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these; where the rows stay the same, only those whose numbers changed are painted."""
        before, self.lines = self.lines, lines
        if [each.id for each in lines] != [each.id for each in before]:
            self.setStringList([each.id for each in lines])
            return
        for row, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))

    def line(self, index: Index) -> Line | None:
        """Return the line of a row, None where there is no such row."""
        return self.lines[index.row()] if 0 <= index.row() < len(self.lines) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = LINE) -> Any:
        line = self.line(index)
        if line is None:
            return None
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return " / ".join(line.words)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return "\n".join(filter(None, (_told(self.scheme, line), remark(line))))
        return None


class LineDelegate(QStyledItemDelegate):
    """Words at the left, then a bar with the share of each label, then labels with numbers, then a remark."""

    def __init__(self, theme: Theme, scheme: Scheme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self.scheme = scheme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.height()
        small = QFontMetrics(small_font(option.font)).height()
        return QSize(line * 14, line + small + line * 2 // 3)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line | None = index.data(LINE)
        if line is None:
            return
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = self.theme.selection_text if is_selected else self.theme.text
        quiet = self.theme.selection_text if is_selected else self.theme.muted
        font = option.font
        metrics = QFontMetrics(font)
        small = QFontMetrics(small_font(font))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option.rect, self.theme, option.state)
        gap = metrics.height() * 2 // 3
        box: QRect = option.rect.adjusted(gap, metrics.height() // 3, -gap, -metrics.height() // 3)
        first = QRect(box.left(), box.top(), box.width(), metrics.height())
        second = QRect(box.left(), first.bottom() + 1, box.width(), small.height())
        said = remark(line)
        painter.setFont(small_font(font))
        painter.setPen(quiet)
        shown = small.elidedText(said, Qt.TextElideMode.ElideRight, box.width() // 2)
        painter.drawText(first, _V | Qt.AlignmentFlag.AlignRight, shown)
        first.setRight(first.right() - small.horizontalAdvance(shown) - gap)
        self._paint_words(painter, first, line, font, ink)
        painter.setFont(small_font(font))
        if line.kind is Kind.ENTITIES:
            painter.setPen(quiet)
            told = small.elidedText(_mentions(line), Qt.TextElideMode.ElideRight, second.width())
            painter.drawText(second, _V, told)
        else:
            self._paint_counts(painter, second, line, (ink, quiet))
        painter.restore()

    def _paint_words(
        self, painter: QPainter, box: QRect, line: Line, font: QFont, ink: Any
    ) -> None:
        metrics = QFontMetrics(font)
        sign = " = " if line.kind is Kind.ENTITIES else " / "
        words = metrics.elidedText(sign.join(line.words), Qt.TextElideMode.ElideMiddle, box.width())
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(box, _V, words)

    def _paint_counts(
        self, painter: QPainter, box: QRect, line: Line, inks: tuple[Any, Any]
    ) -> None:
        room = box.width() // max(1, len(line.counts))
        is_narrow = room < painter.fontMetrics().averageCharWidth() * _NARROW
        for n, counts in enumerate(line.counts):
            part = QRect(box.left() + n * room, box.top(), room - box.height() // 2, box.height())
            bar = 0 if is_narrow and len(counts) > 1 else min(room // 3, box.height() * 6)
            if bar:
                place = QRect(part.left(), part.top(), bar, part.height())
                self._paint_bar(painter, place, counts)
                part.setLeft(part.left() + bar + box.height() // 2)
            paint_uses(painter, part, self.theme, self.scheme, counts, inks)

    def _paint_bar(self, painter: QPainter, box: QRect, counts: Counts) -> None:
        """Paint the share of each label, edged in its colour so that neighbours are told apart."""
        whole = sum(counts.values())
        x, height = float(box.left()), box.height() * 0.55
        top = box.center().y() - height / 2 + 0.5
        for label_id, count in counts.items():
            width = max(3.0, box.width() * count / whole)
            shades = self.theme.shades(label_of(self.scheme, label_id).colour)
            painter.fillRect(QRectF(x, top, width - 1, height), shades.line)
            x += width


def remark(line: Line) -> str:
    """Return what the kind counts, in words."""
    number = QLocale().toString(line.count)
    if line.kind is Kind.CONTESTED:
        whole = sum(line.counts[0].values()) or 1
        return _("{share}% otherwise").format(share=round(100 * line.count / whole))
    if line.kind is Kind.UNLABELLED:
        return n_("{n} unlabelled", "{n} unlabelled", line.count).format(n=number)
    return line.note


def _told(scheme: Scheme, line: Line) -> str:
    if line.kind is Kind.ENTITIES:
        return f"{' = '.join(line.words)} ({_mentions(line)})"
    parts = zip(line.words, line.counts, strict=False)
    return "; ".join(f"{words}: {told_uses(scheme, counts)}" for words, counts in parts)


def _mentions(line: Line) -> str:
    counts = [counts.get("", 0) for counts in line.counts]
    return " / ".join(
        n_("{n} mention", "{n} mentions", count).format(n=QLocale().toString(count))
        for count in counts
    )
