"""Paints annotations round the words: chips, tinted blocks, underlines, brackets, handles."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from annotator.gui.article.measures import Measures
from annotator.gui.article.pieces import Piece, Run
from annotator.gui.article.scene import Scene
from annotator.gui.theme import Shades

RADIUS = 4.0
BRACKET = 7.0
UNDERLINES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DashDotDotLine,
)
"""How labels are underlined in turn, so that colour is not the only way to tell them apart."""


class ChipPainter:
    """Paints the pieces of one frame; made anew for each."""

    def __init__(self, painter: QPainter, scene: Scene, measures: Measures) -> None:
        self._painter = painter
        self._scene = scene
        self._measures = measures
        self._related = scene.related

    def fill(self, piece: Piece) -> None:
        """Lay the colour of a label under its words."""
        shades, steps_back = self._shades(piece), self._steps_back(piece)
        colour = QColor(shades.fill)
        if piece.span.state == "suggested":
            colour.setAlphaF(0.45)
        elif steps_back:
            colour.setAlphaF(0.55)
        painter = self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for number, run in enumerate(piece.runs):
            painter.drawPath(self._outline(piece, run, number))

    def tint(self, piece: Piece) -> None:
        """Lay a light tint under a block; it runs to the column's edge and from line to line."""
        line, measures = piece.row.line, self._measures
        top = line.top + (measures.strip - 2 if piece.opens else 0)
        words = line.top + measures.strip + measures.ascent + measures.descent
        bottom = words + 2 if piece.closes or line.ends_block else line.top + measures.pitch
        colour = QColor(self._shades(piece).fill)
        is_near = self._is_selected(piece) or piece.span.annotation == self._scene.hovered
        colour.setAlphaF(0.85 if is_near else 0.3 if self._steps_back(piece) else 0.5)
        painter = self._painter
        for x0, x1 in piece.runs:
            painter.fillRect(QRectF(x0 - 2, top, x1 - x0 + 4, bottom - top), colour)

    def edge(self, piece: Piece) -> None:
        """Draw the underline of a chip, the dashes of a suggestion, the outline of the selected one."""
        painter, shades = self._painter, self._shades(piece)
        is_selected = self._is_selected(piece)
        if self._steps_back(piece):
            painter.setOpacity(0.6)
        if (
            is_selected
            or piece.span.state == "suggested"
            or piece.span.annotation == self._scene.hovered
        ):
            pen = QPen(shades.ink if is_selected else shades.line, 1.8 if is_selected else 1.1)
            if piece.span.state == "suggested":
                pen.setStyle(Qt.PenStyle.CustomDashLine)
                pen.setDashPattern([3, 2.5])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for number, run in enumerate(piece.runs):
                painter.drawPath(self._outline(piece, run, number, is_stroke=True))
        if piece.span.state != "suggested":
            self._underline(piece, shades)
        painter.setOpacity(1)

    def corners(self, piece: Piece) -> None:
        """Mark where a block opens and closes among the words, as its bracket does in the margin."""
        line = piece.row.line
        top, bottom = self._words(piece)
        is_selected = self._is_selected(piece)
        pen = QPen(self._shades(piece).line, 2.2 if is_selected else 1.6)
        if piece.span.state == "suggested":
            pen.setStyle(Qt.PenStyle.DashLine)
        self._painter.setPen(pen)
        first, last = (-1, 0) if line.is_rtl else (0, -1)
        if piece.opens:
            self._corner(
                piece.runs[first][1 if line.is_rtl else 0], top, bottom, -1 if line.is_rtl else 1
            )
        if piece.closes:
            self._corner(
                piece.runs[last][0 if line.is_rtl else 1], top, bottom, 1 if line.is_rtl else -1
            )
        if is_selected or piece.span.annotation == self._scene.hovered:
            for x0, x1 in piece.runs:
                self._painter.drawLine(QPointF(x0, bottom + 1), QPointF(x1, bottom + 1))

    def bracket(self, piece: Piece, lane: int) -> None:
        """Draw the part of a block's bracket that stands in the margin beside its row."""
        line, measures = piece.row.line, self._measures
        x = self.bracket_x(piece.row.line.left, lane)
        top = self.bracket_start(piece) if piece.opens else line.top
        bottom = line.top + measures.pitch + (measures.gap if line.ends_block else 0)
        if piece.closes:
            bottom = self.bracket_end(piece)
        pen = QPen(self._shades(piece).line, 3 if self._is_selected(piece) else 2)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if piece.span.state == "suggested":
            pen.setStyle(Qt.PenStyle.DashLine)
        self._painter.setPen(pen)
        self._painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        if piece.opens:
            self._painter.drawLine(QPointF(x, top + 1), QPointF(x + 5, top + 1))
        if piece.closes:
            self._painter.drawLine(QPointF(x, bottom - 1), QPointF(x + 5, bottom - 1))

    def bracket_start(self, piece: Piece) -> float:
        """Return where the bracket of a piece that opens begins."""
        return piece.row.line.top + self._measures.strip

    def bracket_end(self, piece: Piece) -> float:
        """Return where the bracket of a piece that closes ends."""
        return self._words(piece)[1]

    def join(self, piece: Piece, lane: int, top: float, bottom: float) -> None:
        """Lead a bracket on, dotted, from one fragment of its block to the next."""
        if bottom - top < 4:
            return
        x = self.bracket_x(piece.row.line.left, lane)
        self._painter.setPen(QPen(self._shades(piece).line, 1.6, Qt.PenStyle.DotLine))
        self._painter.drawLine(QPointF(x, top + 2), QPointF(x, bottom - 2))

    def bracket_x(self, left: float, lane: int) -> float:
        """Return where the brackets of a lane stand beside a column that begins at `left`."""
        return left - 10 - lane * BRACKET

    def gap(self, piece: Piece, other: Run | None) -> None:
        """Draw the dotted line below the words that leads from a fragment to the next of its annotation.

        `other` is where the next one begins on the same row; without it the line runs out as a mark.
        """
        y = self._words(piece)[1] + 1 + piece.lane * self._measures.lane
        x = piece.runs[-1][1] + 2
        to = other[0] - 2 if other and other[0] > x else x + 2 * self._measures.average
        pen = QPen(self._shades(piece).line, 1.6, Qt.PenStyle.DotLine)
        self._painter.setPen(pen)
        self._painter.drawLine(QPointF(x, y), QPointF(to, y))

    def handles(self, piece: Piece) -> None:
        """Draw what a selected annotation's boundaries are dragged by."""
        top, bottom = self._words(piece)
        shades, painter = self._shades(piece), self._painter
        painter.setPen(QPen(self._scene.theme.paper, 1.2))
        painter.setBrush(shades.ink)
        is_rtl = piece.row.line.is_rtl
        if piece.opens:
            painter.drawEllipse(
                QPointF(piece.runs[-1][1] if is_rtl else piece.runs[0][0], top), 4, 4
            )
        if piece.closes:
            painter.drawEllipse(
                QPointF(piece.runs[0][0] if is_rtl else piece.runs[-1][1], bottom), 4, 4
            )

    def _underline(self, piece: Piece, shades: Shades) -> None:
        bottom = self._words(piece)[1] + piece.lane * self._measures.lane
        style = UNDERLINES[self._scene.style(piece.span.label) % len(UNDERLINES)]
        pen = QPen(shades.line, 1.8, style)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._painter.setPen(pen)
        for x0, x1 in piece.runs:
            self._painter.drawLine(QPointF(x0 + 1, bottom), QPointF(x1 - 1, bottom))

    def _corner(self, x: float, top: float, bottom: float, way: int) -> None:
        path = QPainterPath(QPointF(x + 4 * way, top))
        path.lineTo(x, top)
        path.lineTo(x, bottom)
        path.lineTo(x + 4 * way, bottom)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPath(path)

    def _outline(
        self, piece: Piece, run: Run, number: int, *, is_stroke: bool = False
    ) -> QPainterPath:
        """Return the outline of a chip on one run: round where the span ends, cut off where it goes on."""
        top, bottom = self._words(piece)
        grown = piece.lane * self._measures.lane
        rect = QRectF(
            run[0] - 2, top - min(piece.lane, 2), run[1] - run[0] + 4, bottom - top + grown + 1
        )
        opens_here = piece.opens and (
            number == (len(piece.runs) - 1 if piece.row.line.is_rtl else 0)
        )
        closes_here = piece.closes and (
            number == (0 if piece.row.line.is_rtl else len(piece.runs) - 1)
        )
        path = QPainterPath()
        if (opens_here and closes_here) or (not is_stroke and (opens_here or closes_here)):
            path.addRoundedRect(rect, RADIUS, RADIUS)
        elif not is_stroke:
            path.addRect(rect)
        else:
            is_rtl = piece.row.line.is_rtl
            _open_outline(path, rect, opens=opens_here, closes=closes_here, is_rtl=is_rtl)
        return path

    def _words(self, piece: Piece) -> tuple[float, float]:
        measures = self._measures
        top = piece.row.line.top + measures.strip
        return top, top + measures.ascent + measures.descent

    def _shades(self, piece: Piece) -> Shades:
        return self._scene.theme.shades(self._scene.label(piece.span.label).colour)

    def _is_selected(self, piece: Piece) -> bool:
        return bool(piece.span.annotation == self._scene.selected)

    def steps_back(self, annotation: str) -> bool:
        """Whether an annotation has nothing to do with the one at the centre, if that is linked at all."""
        is_central = annotation in (self._scene.centre, self._scene.selected)
        return bool(self._related) and not is_central and annotation not in self._related

    def _steps_back(self, piece: Piece) -> bool:
        return self.steps_back(piece.span.annotation)


def _open_outline(
    path: QPainterPath, rect: QRectF, *, opens: bool, closes: bool, is_rtl: bool
) -> None:
    path.moveTo(rect.topLeft())
    path.lineTo(rect.topRight())
    path.moveTo(rect.bottomLeft())
    path.lineTo(rect.bottomRight())
    left, right = (closes, opens) if is_rtl else (opens, closes)
    if left:
        path.moveTo(rect.topLeft())
        path.lineTo(rect.bottomLeft())
    if right:
        path.moveTo(rect.topRight())
        path.lineTo(rect.bottomRight())
