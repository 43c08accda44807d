"""Bars that lie: names at the left, values behind, stacked of parts where there are several."""

from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from annotator.gui.charts.chart import Mark, Plan
from annotator.gui.charts.ink import (
    Fill,
    crisp,
    draw_legend,
    draw_words,
    fill_pieces,
    legend_height,
)
from annotator.gui.charts.numbers import rough
from annotator.gui.charts.scale import Scale
from annotator.gui.charts.shapes import Bar, Words
from annotator.gui.charts.stacked import Stacked
from annotator.gui.marks import small_font
from annotator.gui.theme import Theme
from annotator.language import _

_ROW, _THICK = 1.65, 1.0
"""Height of a row and of the bar in it, in lines of the font."""

_NAMES = 0.34
"""Of the width at most for the names."""

_LEAST = 1.5
"""Pixels of what is more than nothing."""


class Bars(Stacked):
    """One bar below the other. With `is_share` all are equally long and show what they are made of."""

    def __init__(
        self,
        title: str,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        words: Words = rough,
        of_what: str = "",
        is_share: bool = False,
    ) -> None:
        super().__init__(title, theme, parent, words=words, of_what=of_what)
        self._is_share = is_share

    def sizeHint(self) -> QSize:
        if self.is_empty:
            return super().sizeHint()
        line = self.fontMetrics().height()
        legend = legend_height(self._parts, self.small_font(), max(self.width(), line * 20))
        rows = len(self._bars) * _ROW * line
        return QSize(line * 26, round(legend + rows + line * 0.5))

    def said(self, mark: Mark) -> str:
        bar, column = self._bars[mark.row], mark.column
        name = bar.said or bar.name
        if len(bar.values) == 1:
            return _("{name}: {value}").format(name=name, value=self._behind(bar))
        part = _("{name}: {value}").format(
            name=self._parts[column].name, value=self._words(bar.values[column])
        )
        return f"{name}\n{part}"

    def plan(self, size: QSizeF, font: QFont) -> Plan:
        small = small_font(font)
        metrics = QFontMetricsF(small)
        line = QFontMetricsF(font).height()
        longest = max((bar.whole for bar in self._bars), default=0.0)
        top = legend_height(self._parts, small, size.width())
        names = max((metrics.horizontalAdvance(bar.name) for bar in self._bars), default=0.0)
        left = min(names, size.width() * _NAMES) + line * 0.7
        behind = max((metrics.horizontalAdvance(self._behind(b)) for b in self._bars), default=0.0)
        right = max(left + line * 2, size.width() - behind - line)
        frame = QRectF(left, top, right - left, len(self._bars) * _ROW * line)
        marks: list[Mark] = []
        for row, bar in enumerate(self._bars):
            whole = bar.whole if self._is_share else longest
            scale = Scale(0.0, whole or 1.0, frame.left(), frame.right())
            at = QRectF(0, top + row * _ROW * line, size.width(), _ROW * line)
            marks += self._marks_of(bar, row, scale, at, line * _THICK)
        return Plan(frame, tuple(marks))

    def paint(self, painter: QPainter, plan: Plan, looked_at: int = -1) -> None:
        theme, line = self.theme, QFontMetricsF(self.font()).height()
        if len(self._parts) > 1:
            draw_legend(painter, QPointF(0, 0), plan.frame.right(), self._parts, theme)
        painter.setPen(QPen(theme.border, 1))
        left = crisp(plan.frame.left()) - 1
        painter.drawLine(QPointF(left, plan.frame.top()), QPointF(left, plan.frame.bottom()))
        pieces = []
        for place, mark in enumerate(plan.marks):
            colour = self._bars[mark.row].colour or self._parts[mark.column].colour
            texture = mark.column if len(self._parts) > 1 else 0
            pieces.append((Fill(colour, texture, looked_at not in (-1, place)), mark.box))
        fill_pieces(painter, theme, pieces)
        ends = {mark.row: mark.box.right() for mark in plan.marks}
        looked = plan.marks[looked_at].row if looked_at >= 0 else -1
        for row, bar in enumerate(self._bars):
            top = plan.frame.top() + row * _ROW * line
            name = QRectF(0, top, plan.frame.left() - line * 0.6, _ROW * line)
            ink = theme.accent if row == looked and bar.key_of(0) else theme.text
            draw_words(painter, name, bar.name, ink, Qt.AlignmentFlag.AlignRight)
            end = ends.get(row, plan.frame.left()) + line * 0.4
            width = QFontMetricsF(painter.font()).horizontalAdvance(self._behind(bar)) + 2
            draw_words(
                painter, QRectF(end, top, width, _ROW * line), self._behind(bar), theme.muted
            )

    def _behind(self, bar: Bar) -> str:
        return bar.note or self._words(bar.whole)

    def _marks_of(self, bar: Bar, row: int, scale: Scale, at: QRectF, thick: float) -> list[Mark]:
        """Return the pieces of a bar; a value above 0 is never too little to be seen."""
        ends = [scale.at(value) for value in accumulate(bar.values, initial=0.0)]
        found = []
        for column, value in enumerate(bar.values):
            if value <= 0 and len(bar.values) > 1:
                continue
            left = ends[column]
            right = max(ends[column + 1], left + (_LEAST if value > 0 else 0))
            box = QRectF(left, at.center().y() - thick / 2, right - left, thick)
            area = at if len(bar.values) == 1 else QRectF(left, at.top(), right - left, at.height())
            found.append(Mark(box, area, row, column, bar.key_of(column)))
        return found
