"""The layout of the article: blocks are laid out when they come into view, the others are estimated."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QTextBlock,
    QTextDocument,
    QTextFrame,
    QTextLine,
    QTextOption,
)

from annotator.gui.article.heights import Heights
from annotator.gui.article.measures import Measures
from annotator.gui.article.shown import Shown

KEPT = 120_000
"""Characters whose lines stay in memory; beyond, the blocks longest out of use forget theirs."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line in view. `top` and `left` are where its place begins, in pixels of the document.

    `block` is where its block begins, on the screen and in Qt's count; `position` and `end_position`
    are Qt's too, the end of a block left out.
    """

    line: QTextLine
    left: float
    top: float
    block_top: float
    block_position: int
    position: int
    end_position: int
    ends_block: bool
    is_rtl: bool


class ArticleLayout(QAbstractTextDocumentLayout):
    """Lays out the blocks of one article, and no more of them than somebody asks for."""

    moved = Signal(float, float)
    """A block that began at the first height grew by the second: what lies below has moved."""

    def __init__(
        self, document: QTextDocument, content: Shown, measures: Measures, width: float
    ) -> None:
        super().__init__(document)
        self._document = document
        self._content = content
        self._laid: dict[int, int] = {}
        self._kept = 0
        self.measures, self.column = measures, 0.0
        self.resize(measures, width)

    def resize(self, measures: Measures, width: float) -> None:
        """Lay out for a view `width` pixels wide; other lines mean that every height is estimated anew."""
        room = max(measures.average * 12, width - 2 * measures.gutter(width))
        column = min(measures.column, room)
        is_same = (measures, column) == (self.measures, self.column)
        self.measures, self.column, self.width = measures, column, width
        self.left = round(max(0.0, (width - column) / 2))
        if not is_same:
            self._estimate()

    def _estimate(self) -> None:
        measures = self.measures
        for block in self._laid:
            self._document.findBlockByNumber(block).clearLayout()
        self._laid.clear()
        self._kept = 0
        per_line = self.column / measures.average * 0.97
        empty, pitch = self._empty_height(), measures.pitch
        heights = [
            ceil(n / per_line) * pitch + measures.gap if n else empty for n in self._content.lengths
        ]
        for block in self._content.joined:
            heights[block] -= measures.gap
        self.heights = Heights(heights)
        self._document.setDefaultFont(measures.font)

    def block_top(self, number: int) -> float:
        """Return where a block begins, in pixels of the document."""
        return self.measures.strip + self.heights.top(number)

    def lines(self, top: float, bottom: float) -> Iterator[Line]:
        """Yield the lines that show between two heights, laying their blocks out."""
        number = self.heights.at(top - self.measures.strip)
        block = self._document.findBlockByNumber(number)
        y = self.block_top(number)
        while block.isValid() and y < bottom:
            self.lay_out(block)
            yield from self._lines_of(block, y, top, bottom)
            y += self.heights[block.blockNumber()]
            block = block.next()

    def _lines_of(self, block: QTextBlock, y: float, top: float, bottom: float) -> Iterator[Line]:
        layout, pitch = block.layout(), self.measures.pitch
        count, start = layout.lineCount(), block.position()
        lift = 0 if block.length() > 1 else self.measures.strip
        is_rtl = block.textDirection() == Qt.LayoutDirection.RightToLeft
        first = max(0, int((top - y) // pitch))
        last = min(count, int((bottom - y) // pitch) + 1)
        for number in range(first, last):
            line = layout.lineAt(number)
            position = start + line.textStart()
            yield Line(
                line,
                self.left,
                y + number * pitch - lift,
                y,
                start,
                position,
                position + line.textLength(),
                number == count - 1,
                is_rtl,
            )

    def line_at(self, position: int) -> Line:
        """Return the line that holds a position of Qt's, laying its block out."""
        block = self._document.findBlock(position)
        self.lay_out(block)
        line = block.layout().lineForTextPosition(position - block.position())
        number = line.lineNumber()
        y = self.block_top(block.blockNumber()) + number * self.measures.pitch
        lines = self._lines_of(block, y - number * self.measures.pitch, y + 1, y + 1)
        return next(lines)

    def lay_out(self, block: QTextBlock) -> None:
        """Give a block its lines unless it has them; say so when that moves what is below."""
        number = block.blockNumber()
        if number in self._laid:
            return
        count = self._break_lines(block)
        self._laid[number] = block.length()
        self._kept += block.length()
        measures = self.measures
        height = count * measures.pitch + (0 if number in self._content.joined else measures.gap)
        grown = self.heights.set(number, height if block.length() > 1 else self._empty_height())
        if grown:
            self.moved.emit(self.block_top(number), grown)

    def _break_lines(self, block: QTextBlock) -> int:
        measures, layout = self.measures, block.layout()
        option = QTextOption()
        option.setTextDirection(block.textDirection())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTabStopDistance(4 * measures.average)
        layout.setTextOption(option)
        baseline = measures.baseline if block.length() > 1 else measures.ascent
        layout.beginLayout()
        count = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.column)
            line.setPosition(QPointF(0, count * measures.pitch + baseline - line.ascent()))
            count += 1
        layout.endLayout()
        return count

    def forget_unused(self, top: float, bottom: float) -> None:
        """Free the lines longest unused when too many are kept, except those in view."""
        if self._kept <= KEPT:
            return
        seen = range(self.heights.at(top - self.measures.pitch), self.heights.at(bottom) + 1)
        for number in list(self._laid):
            if self._kept <= KEPT // 2:
                break
            if number not in seen:
                self._kept -= self._laid.pop(number)
                self._document.findBlockByNumber(number).clearLayout()

    def _empty_height(self) -> float:
        return round((self.measures.ascent + self.measures.descent) * 0.75)

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        """Leave painting to the view, which knows the annotations."""

    def hitTest(self, point: QPointF | object, accuracy: Qt.HitTestAccuracy) -> int:
        assert isinstance(point, QPointF)
        y = max(self.measures.strip, point.y())
        number = self.heights.at(y - self.measures.strip)
        block = self._document.findBlockByNumber(number)
        self.lay_out(block)
        layout = block.layout()
        row = int((y - self.block_top(number)) // self.measures.pitch)
        line = layout.lineAt(max(0, min(row, layout.lineCount() - 1)))
        x = point.x() - self.left
        if accuracy == Qt.HitTestAccuracy.ExactHit:
            if not 0 <= x - line.x() <= line.width() or line.naturalTextRect().right() < x:
                return -1
        return block.position() + line.xToCursor(x)

    def pageCount(self) -> int:
        return 1

    def documentSize(self) -> QSizeF:
        return QSizeF(self.width, self.heights.total + 2 * self.measures.pitch)

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:
        return QRectF(QPointF(0, 0), self.documentSize())

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        if not block.isValid():
            return QRectF()
        self.lay_out(block)
        number = block.blockNumber()
        return QRectF(self.left, self.block_top(number), self.column, self.heights[number])

    def documentChanged(self, position: int, removed: int, added: int) -> None:
        """Do nothing: an article does not change, and a wider window is told by `resize`."""
