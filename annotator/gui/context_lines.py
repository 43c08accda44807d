"""Places in articles as lines of a list: a tick, the words in one column, what stands around them."""

import re
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.marks import small_font
from annotator.gui.row_ground import is_selected, paint_ground
from annotator.gui.theme import Shades, Theme

Index = QModelIndex | QPersistentModelIndex
_BLANKS = re.compile(r"\s+")
_V = Qt.AlignmentFlag.AlignVCenter
_DASHES = [2.5, 2.0]


class LineDelegate(QStyledItemDelegate):
    """Paints the ground and the tick of a line; `paint_line` does the rest in the box that is left."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.height()
        return QSize(line * 20, line * 3 // 2)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Tick by a click on the box, and nowhere else in the row."""
        if event.type() != QEvent.Type.MouseButtonRelease or not isinstance(event, QMouseEvent):
            return False
        if event.position().x() > option.rect.left() + _tick_width(option.fontMetrics):
            return False
        return model.setData(index, None, Qt.ItemDataRole.CheckStateRole)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        metrics = option.fontMetrics
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option.rect, self.theme, option.state)
        box: QRect = option.rect.adjusted(0, 0, -metrics.height() // 2, 0)
        ticked = self.tick_of(index)
        if ticked is not None:
            self._paint_tick(painter, box, metrics, is_ticked=ticked)
        box.setLeft(box.left() + _tick_width(metrics))
        self.paint_line(painter, option, index, box)
        painter.restore()

    def tick_of(self, index: Index) -> bool | None:
        """Tell whether a row is ticked; None where there is nothing to tick."""
        raise NotImplementedError

    def paint_line(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRect
    ) -> None:
        """Paint what a row tells."""
        raise NotImplementedError

    def inks(self, option: QStyleOptionViewItem) -> tuple[QColor, QColor]:
        """Return what to write words and quieter words with."""
        if is_selected(option):
            return self.theme.selection_text, self.theme.selection_text
        return self.theme.text, self.theme.muted

    def _paint_tick(
        self, painter: QPainter, box: QRect, metrics: QFontMetrics, *, is_ticked: bool
    ) -> None:
        side = metrics.height() * 0.72
        left = box.left() + metrics.height() * 0.55
        square = QRectF(left, box.center().y() - side / 2 + 0.5, side, side)
        painter.setPen(QPen(self.theme.accent if is_ticked else self.theme.muted, 1.2))
        painter.setBrush(self.theme.accent if is_ticked else self.theme.field)
        painter.drawRoundedRect(square, 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if is_ticked:
            painter.setPen(QPen(self.theme.accent_text, side / 7))
            points = ((0.24, 0.52), (0.43, 0.72), (0.77, 0.3))
            x, y = square.left(), square.top()
            places = [QRectF(x + a * side, y + b * side, 0, 0).topLeft() for a, b in points]
            painter.drawPolyline(places)


def paint_mark(
    painter: QPainter, box: QRect, told: str, shades: Shades, quiet: QColor, *, is_filled: bool
) -> int:
    """Write at the right end what a place is, behind a swatch; return where that column begins."""
    metrics = painter.fontMetrics()
    width = min(metrics.averageCharWidth() * 19, box.width() // 4)
    column = QRect(box.right() - width, box.top(), width, box.height())
    if told:
        side = metrics.ascent() * 0.7
        dot = QRectF(column.left(), box.center().y() - side / 2 + 0.5, side, side)
        pen = QPen(shades.line, 1.2)
        painter.setPen(pen)
        painter.setBrush(shades.fill if is_filled else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(dot, 2, 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(quiet)
        words = column.adjusted(round(side * 1.7), 0, 0, 0)
        shown = metrics.elidedText(told, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _V, shown)
    return column.left()


def paint_column(painter: QPainter, box: QRect, told: str, quiet: QColor, *, letters: int) -> int:
    """Write something at the right end in so many letters of room; return where it begins."""
    metrics = painter.fontMetrics()
    width = min(metrics.averageCharWidth() * letters, box.width() // 4)
    column = QRect(box.right() - width, box.top(), width, box.height())
    painter.setPen(quiet)
    painter.drawText(column, _V, metrics.elidedText(told, Qt.TextElideMode.ElideRight, width))
    return column.left()


def paint_words(
    painter: QPainter,
    box: QRect,
    font: QFont,
    around: tuple[str, str, str],
    inks: tuple[QColor, QColor],
    *,
    fill: QColor | None,
    edge: QColor | None = None,
) -> None:
    """Write what is before, the words, and what is behind, so that the words of all lines stand in line.

    `fill` lies under the words, a dashed `edge` around them.
    """
    ink, quiet = inks
    before, words, behind = map(one_line, around)
    plain = QFontMetrics(font)
    strong = QFont(font)
    strong.setBold(True)
    bold = QFontMetrics(strong)
    middle = box.left() + box.width() * 2 // 5
    most = box.right() - middle
    words = bold.elidedText(words, Qt.TextElideMode.ElideMiddle, most * 3 // 4)
    width = bold.horizontalAdvance(words)
    _paint_chip(painter, QRectF(middle - 2, box.center().y(), width + 4, 0), bold, fill, edge)
    painter.setFont(font)
    painter.setPen(quiet)
    left = QRect(box.left(), box.top(), middle - 2 - box.left(), box.height())
    before = plain.elidedText(before, Qt.TextElideMode.ElideLeft, left.width())
    painter.drawText(
        left, _V | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute, before
    )
    right = QRect(middle + width + 2, box.top(), most - width - 2, box.height())
    behind = plain.elidedText(behind, Qt.TextElideMode.ElideRight, right.width())
    painter.drawText(
        right, _V | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute, behind
    )
    painter.setFont(strong)
    painter.setPen(ink)
    painter.drawText(QRect(middle, box.top(), most, box.height()), _V, words)


def paint_article(
    painter: QPainter,
    box: QRect,
    font: QFont,
    told: tuple[str, str],
    inks: tuple[QColor, QColor],
) -> None:
    """Write the title of an article that is meant as a whole, and how it begins."""
    strong = QFont(font)
    strong.setBold(True)
    bold = QFontMetrics(strong)
    most = box.width() * 3 // 5
    title = bold.elidedText(one_line(told[0]), Qt.TextElideMode.ElideRight, most)
    painter.setFont(strong)
    painter.setPen(inks[0])
    painter.drawText(box, _V, title)
    rest = box.adjusted(bold.horizontalAdvance(title) + bold.height() // 2, 0, 0, 0)
    painter.setFont(font)
    painter.setPen(inks[1])
    shown = QFontMetrics(font).elidedText(
        one_line(told[1]).strip(), Qt.TextElideMode.ElideRight, rest.width()
    )
    painter.drawText(rest, _V, shown)


def one_line(words: str) -> str:
    """Return words with every kind of blank as one space; those at the ends stay."""
    return _BLANKS.sub(" ", words)


def read_aloud(before: str, words: str, behind: str, *more: Any) -> str:
    """Return a line as a screen reader says it and a tool tip shows it."""
    said = one_line(f"{before[-40:]}{words}{behind[:40]}").strip()
    return "\n".join(filter(None, (said, *map(str, more))))


def small(option: QStyleOptionViewItem) -> QFont:
    """Return the font of the columns at the right end."""
    return small_font(option.font)


def _paint_chip(
    painter: QPainter, line: QRectF, bold: QFontMetrics, fill: QColor | None, edge: QColor | None
) -> None:
    if fill is None and edge is None:
        return
    chip = QRectF(line.left(), line.top() - bold.height() / 2, line.width(), bold.height() + 1)
    painter.setPen(Qt.PenStyle.NoPen)
    if edge is not None:
        pen = QPen(edge, 1)
        pen.setDashPattern(_DASHES)
        painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    painter.drawRoundedRect(chip, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _tick_width(metrics: QFontMetrics) -> int:
    return metrics.height() * 9 // 5
