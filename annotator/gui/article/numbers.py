"""The digits over the words they would take: the likely speakers of the frame at work."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from annotator.gui.article.measures import Measures
from annotator.gui.article.pieces import Row, runs_of
from annotator.gui.article.scene import Numbered, Scene


def paint_numbers(painter: QPainter, scene: Scene, measures: Measures, rows: Sequence[Row]) -> None:
    """Paint each digit in a small disc at the end of its words, where no tag begins."""
    if not scene.numbered:
        return
    metrics = QFontMetricsF(measures.tag_font)
    painter.setFont(measures.tag_font)
    for numbered in scene.numbered:
        place = _place(numbered, scene, measures, rows)
        if place is not None:
            _paint_number(painter, scene, metrics, str(numbered.number), place)


def _place(
    numbered: Numbered, scene: Scene, measures: Measures, rows: Sequence[Row]
) -> QPointF | None:
    """Return the centre of the disc, None when the end of the words is out of view."""
    for row in rows:
        if row.start < numbered.end <= row.end:
            runs = runs_of(row, numbered.start, numbered.end, scene.utf16)
            if runs:
                x = runs[0][0] if row.line.is_rtl else runs[-1][1]
                return QPointF(x, row.line.top + measures.strip - 1)
    return None


def _paint_number(
    painter: QPainter, scene: Scene, metrics: QFontMetricsF, digit: str, centre: QPointF
) -> None:
    radius = metrics.height() * 0.5
    disc = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(scene.theme.accent)
    painter.drawEllipse(disc)
    painter.setPen(scene.theme.paper)
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, digit)
