"""The axes of charts that stand: round numbers at the left with fine lines, names below."""

import math
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QLineF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from annotator.gui.charts.ink import crisp, draw_words
from annotator.gui.charts.scale import Scale
from annotator.gui.charts.shapes import Words
from annotator.gui.theme import Theme


def frame_of(size: QSizeF, font: QFont, ticks: Sequence[float], words: Words, top: float) -> QRectF:
    """Return what the axes enclose: room is left for the numbers and for a line of names."""
    metrics = QFontMetricsF(font)
    left = max(map(metrics.horizontalAdvance, map(words, ticks))) + metrics.height() * 0.6
    above = top + metrics.height() * 0.6
    bottom = size.height() - metrics.height() * 1.5
    right = size.width() - metrics.height() * 0.8
    return QRectF(left, above, max(1.0, right - left), max(1.0, bottom - above))


def draw_grid(
    painter: QPainter,
    frame: QRectF,
    scale: Scale,
    ticks: Sequence[float],
    words: Words,
    theme: Theme,
) -> None:
    """Draw a fine line for each round number, the number at its left."""
    height = QFontMetricsF(painter.font()).height()
    for tick in ticks:
        y = crisp(scale.at(tick))
        painter.setPen(QPen(theme.muted if tick == 0 else theme.border, 1))
        painter.drawLine(QLineF(frame.left(), y, frame.right(), y))
        room = QRectF(0, y - height / 2, frame.left() - height * 0.4, height)
        draw_words(painter, room, words(tick), theme.muted, Qt.AlignmentFlag.AlignRight)


def draw_names(
    painter: QPainter, frame: QRectF, names: Sequence[tuple[float, str]], theme: Theme
) -> None:
    """Write names below the axis where they belong, as many as there is room for, evenly."""
    metrics = QFontMetricsF(painter.font())
    for x, name in _with_room(names, metrics):
        width = metrics.horizontalAdvance(name) + 2
        left = min(max(0.0, x - width / 2), frame.right() + metrics.height() * 0.8 - width)
        room = QRectF(left, frame.bottom() + metrics.height() * 0.25, width, metrics.height())
        draw_words(painter, room, name, theme.muted, Qt.AlignmentFlag.AlignHCenter)


def _with_room(
    names: Sequence[tuple[float, str]], metrics: QFontMetricsF
) -> Iterator[tuple[float, str]]:
    """Yield names from the left, each as far from the last as the widest needs."""
    apart = max((metrics.horizontalAdvance(name) for _x, name in names), default=0.0)
    taken = -math.inf
    for x, name in names:
        if x - taken >= apart + metrics.height():
            taken = x
            yield x, name
