"""Bars that stand: over days, over months, or over how long something is."""

from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QWidget

from annotator.gui.charts.axes import draw_grid, draw_names, frame_of
from annotator.gui.charts.chart import Mark, Plan
from annotator.gui.charts.ink import Fill, draw_legend, fill_pieces, legend_height
from annotator.gui.charts.numbers import rough
from annotator.gui.charts.scale import Scale, digits_of, round_ticks
from annotator.gui.charts.shapes import Words
from annotator.gui.charts.stacked import Stacked
from annotator.gui.marks import small_font
from annotator.gui.theme import Theme
from annotator.language import _

_GAP = 0.22
"""Of the room of a column for the gap beside it."""

_WIDEST = 3.5
"""Lines of the font that a column is wide at most: one alone is no wall."""


class Columns(Stacked):
    """Columns from left to right, stacked of parts where there are several.

    `is_histogram` lets them touch, for the bins of a quantity. `is_whole` says that there are no halves.
    """

    stands = True

    def __init__(
        self,
        title: str,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        words: Words = rough,
        of_what: str = "",
        is_histogram: bool = False,
        is_whole: bool = True,
    ) -> None:
        super().__init__(title, theme, parent, words=words, of_what=of_what)
        self._is_histogram = is_histogram
        self._is_whole = is_whole

    def said(self, mark: Mark) -> str:
        bar, part = self._bars[mark.column], -mark.row
        name = bar.said or bar.name
        if len(bar.values) == 1:
            return _("{name}: {value}").format(
                name=name, value=bar.note or self._words(bar.values[0])
            )
        words = _("{name}: {value}").format(
            name=self._parts[part].name, value=self._words(bar.values[part])
        )
        return f"{name}\n{words}"

    def plan(self, size: QSizeF, font: QFont) -> Plan:
        small = small_font(font)
        ticks = self._ticks()
        top = legend_height(self._parts, small, size.width())
        frame = frame_of(size, small, ticks, self._tick_words, top)
        scale = self._scale(frame)
        room = frame.width() / max(1, len(self._bars))
        gap = 1.0 if self._is_histogram else room * _GAP
        width = max(1.0, room - gap)
        if not self._is_histogram:
            width = min(width, self.fontMetrics().height() * _WIDEST)
        marks: list[Mark] = []
        for column, bar in enumerate(self._bars):
            middle = frame.left() + room * (column + 0.5)
            ends = [scale.at(value) for value in accumulate(bar.values, initial=0.0)]
            for part, value in enumerate(bar.values):
                if value <= 0 and len(bar.values) > 1:
                    continue
                high = min(ends[part + 1], ends[part] - (1.5 if value > 0 else 0))
                box = QRectF(middle - width / 2, high, width, ends[part] - high)
                area = QRectF(middle - room / 2, frame.top(), room, frame.height())
                if len(bar.values) > 1:
                    area = QRectF(middle - room / 2, high, room, ends[part] - high)
                marks.append(Mark(box, area, -part, column, bar.key_of(part)))
        return Plan(frame, tuple(marks))

    def paint(self, painter: QPainter, plan: Plan, looked_at: int = -1) -> None:
        theme, frame = self.theme, plan.frame
        if len(self._parts) > 1:
            draw_legend(painter, QPointF(0, 0), frame.right(), self._parts, theme)
        draw_grid(painter, frame, self._scale(frame), self._ticks(), self._tick_words, theme)
        pieces = []
        for place, mark in enumerate(plan.marks):
            colour = self._bars[mark.column].colour or self._parts[-mark.row].colour
            texture = -mark.row if len(self._parts) > 1 else 0
            pieces.append((Fill(colour, texture, looked_at not in (-1, place)), mark.box))
        fill_pieces(painter, theme, pieces)
        room = frame.width() / max(1, len(self._bars))
        middles = (frame.left() + room * (place + 0.5) for place in range(len(self._bars)))
        names = [(x, bar.name) for x, bar in zip(middles, self._bars, strict=True)]
        draw_names(painter, frame, names, theme)

    def _ticks(self) -> tuple[float, ...]:
        highest = max((bar.whole for bar in self._bars), default=0.0)
        return round_ticks(0.0, highest, 4, is_whole=self._is_whole)

    def _tick_words(self, value: float) -> str:
        return self._words(round(value, digits_of(self._ticks())))

    def _scale(self, frame: QRectF) -> Scale:
        ticks = self._ticks()
        return Scale(ticks[0], ticks[-1], frame.bottom(), frame.top())
