"""Lines over a quantity or over time, each with its dash and its mark, and with a band where one is known."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from annotator.gui.charts.axes import draw_grid, draw_names, frame_of
from annotator.gui.charts.chart import Chart, Mark, Plan
from annotator.gui.charts.ink import DASHES, draw_words, solid
from annotator.gui.charts.numbers import rough
from annotator.gui.charts.scale import Scale, digits_of, round_ticks
from annotator.gui.charts.shapes import Line, Point, Table, Words
from annotator.gui.marks import small_font
from annotator.gui.theme import Theme
from annotator.language import _

_BAND = 0.18
"""Of the strength of a line's colour in the band around it."""

_REACH = 14.0
"""Pixels around a point in which it is meant."""

_FEW = 60
"""Points of a line up to which each is marked."""


class Lines(Chart):
    """Lines from left to right; `x_words` and `y_words` say how values are written.

    `highest` is the top of the scale where it is known, such as 1 of a share; `is_area` fills what
    lies below the first line.
    """

    def __init__(
        self,
        title: str,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        x_words: Words = rough,
        y_words: Words = rough,
        of_what: str = "",
        highest: float | None = None,
        is_area: bool = False,
    ) -> None:
        super().__init__(title, theme, parent)
        self._x_words, self._y_words = x_words, y_words
        self._of_what = of_what
        self._highest = highest
        self._is_area = is_area
        self._lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these from now on."""
        self._lines = tuple(line for line in lines if line.points)
        self.renew()

    def table(self) -> Table:
        xs = sorted({point.x for line in self._lines for point in line.points})
        found = [{point.x: point.y for point in line.points} for line in self._lines]
        rows = tuple((self._x_words(x), *(each.get(x, "") for each in found)) for x in xs)
        return Table((self._of_what or self.title, *(line.name for line in self._lines)), rows)

    @property
    def is_empty(self) -> bool:
        return not self._lines

    def said(self, mark: Mark) -> str:
        line = self._lines[mark.row]
        point = line.points[mark.column]
        said = _("{name}: {value}").format(
            name=self._x_words(point.x), value=self._y_words(point.y)
        )
        if point.low is not None and point.high is not None:
            said += "\n" + _("between {low} and {high}").format(
                low=self._y_words(point.low), high=self._y_words(point.high)
            )
        return f"{line.name}, {said}" if len(self._lines) > 1 else said

    def plan(self, size: QSizeF, font: QFont) -> Plan:
        small = small_font(font)
        top = QFontMetricsF(small).height() * 1.5 if len(self._lines) > 1 else 0.0
        frame = frame_of(size, small, self._ticks(), self._tick_words, top)
        marks = []
        for row, line in enumerate(self._lines):
            for column, point in enumerate(line.points):
                at = self._place(frame, point)
                box = QRectF(at.x() - 4, at.y() - 4, 8, 8)
                area = box.adjusted(-_REACH, -_REACH, _REACH, _REACH)
                if len(self._lines) == 1:
                    area.setTop(frame.top())
                    area.setBottom(frame.bottom())
                marks.append(Mark(box, area, row, column, point.key))
        return Plan(frame, tuple(marks))

    def paint(self, painter: QPainter, plan: Plan, looked_at: int = -1) -> None:
        theme, frame = self.theme, plan.frame
        scale = self._y_scale(frame)
        draw_grid(painter, frame, scale, self._ticks(), self._tick_words, theme)
        draw_names(painter, frame, self._x_names(frame), theme)
        for place, line in enumerate(self._lines):
            self._paint_band(painter, frame, line)
            if self._is_area and place == 0:
                self._paint_area(painter, frame, line)
        for place, line in enumerate(self._lines):
            self._paint_line(painter, frame, line, place)
        if len(self._lines) > 1:
            self._paint_legend(painter, frame)
        if looked_at >= 0:
            mark = plan.marks[looked_at]
            painter.setPen(QPen(theme.panel, 1.5))
            painter.setBrush(solid(theme, self._lines[mark.row].colour))
            painter.drawEllipse(mark.box.center(), 5, 5)

    def _paint_line(self, painter: QPainter, frame: QRectF, line: Line, place: int) -> None:
        colour = solid(self.theme, line.colour)
        points = [self._place(frame, point) for point in line.points]
        pen = QPen(colour, 2)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dash := DASHES[place % len(DASHES)]:
            pen.setDashPattern(list(dash))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        if len(points) <= _FEW:
            for point in points:
                _draw_mark(painter, point, colour, place)

    def _paint_band(self, painter: QPainter, frame: QRectF, line: Line) -> None:
        banded = [p for p in line.points if p.low is not None and p.high is not None]
        if len(banded) < 2:
            return
        above = [self._place(frame, p._replace(y=p.high or 0.0)) for p in banded]
        below = [self._place(frame, p._replace(y=p.low or 0.0)) for p in reversed(banded)]
        self._paint_ground(painter, [*above, *below], line)

    def _paint_area(self, painter: QPainter, frame: QRectF, line: Line) -> None:
        points = [self._place(frame, point) for point in line.points]
        ends = [QPointF(points[-1].x(), frame.bottom()), QPointF(points[0].x(), frame.bottom())]
        self._paint_ground(painter, [*points, *ends], line)

    def _paint_ground(self, painter: QPainter, outline: list[QPointF], line: Line) -> None:
        ground = QColor(solid(self.theme, line.colour))
        ground.setAlphaF(_BAND)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawPolygon(QPolygonF(outline))

    def _paint_legend(self, painter: QPainter, frame: QRectF) -> None:
        metrics = QFontMetricsF(painter.font())
        left, height = 0.0, metrics.height()
        for place, line in enumerate(self._lines):
            colour = solid(self.theme, line.colour)
            pen = QPen(colour, 2)
            if dash := DASHES[place % len(DASHES)]:
                pen.setDashPattern(list(dash))
            painter.setPen(pen)
            painter.drawLine(QPointF(left, height / 2), QPointF(left + height * 1.6, height / 2))
            _draw_mark(painter, QPointF(left + height * 0.8, height / 2), colour, place)
            width = metrics.horizontalAdvance(line.name) + 2
            room = QRectF(left + height * 2, 0, width, height)
            draw_words(painter, room, line.name, self.theme.muted)
            left += height * 3.2 + width

    def _place(self, frame: QRectF, point: Point) -> QPointF:
        return QPointF(self._x_scale(frame).at(point.x), self._y_scale(frame).at(point.y))

    def _x_scale(self, frame: QRectF) -> Scale:
        xs = [point.x for line in self._lines for point in line.points]
        low, high = min(xs, default=0.0), max(xs, default=1.0)
        if low == high:
            low, high = low - 0.5, high + 0.5
        inset = min(8.0, frame.width() / 10)
        return Scale(low, high, frame.left() + inset, frame.right() - inset)

    def _y_scale(self, frame: QRectF) -> Scale:
        ticks = self._ticks()
        return Scale(ticks[0], ticks[-1], frame.bottom(), frame.top())

    def _ticks(self) -> tuple[float, ...]:
        tops = [max(p.y, p.high or p.y) for line in self._lines for p in line.points]
        highest = self._highest if self._highest is not None else max(tops, default=1.0)
        return round_ticks(0.0, highest, 5)

    def _tick_words(self, value: float) -> str:
        return self._y_words(round(value, digits_of(self._ticks()) + 2))

    def _x_names(self, frame: QRectF) -> list[tuple[float, str]]:
        xs = sorted({point.x for line in self._lines for point in line.points})
        scale = self._x_scale(frame)
        return [(scale.at(x), self._x_words(x)) for x in xs]


def _draw_mark(painter: QPainter, at: QPointF, colour: QColor, place: int) -> None:
    """Draw a point of a line in a shape of its own: disc, square, diamond, triangle."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    x, y, r = at.x(), at.y(), 3.2
    shape = place % 4
    if shape == 0:
        painter.drawEllipse(at, r, r)
    elif shape == 1:
        painter.drawRect(QRectF(x - r, y - r, 2 * r, 2 * r))
    elif shape == 2:
        corners = [(x, y - r * 1.3), (x + r * 1.3, y), (x, y + r * 1.3), (x - r * 1.3, y)]
        painter.drawPolygon(QPolygonF([QPointF(*each) for each in corners]))
    else:
        corners = [(x, y - r * 1.3), (x + r * 1.2, y + r), (x - r * 1.2, y + r)]
        painter.drawPolygon(QPolygonF([QPointF(*each) for each in corners]))
