"""Draws the links of the selected annotation beside the words: between lines and down the right margin."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from annotator.gui.article.scene import Scene


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a link may touch an annotation: the left of its first words, the foot of the line above."""

    x: float
    y: float


def paint_links(
    painter: QPainter, scene: Scene, anchors: Mapping[str, Anchor], column: QRectF
) -> None:
    """Draw each link of the selected annotation; one that leaves the view runs out of it in the margin.

    `anchors` are those in view; `column` is the reading column as far as it is in view.
    """
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, link in enumerate(scene.links):
        near, far = anchors.get(link.from_id), anchors.get(link.to_id)
        if near is None and far is None:
            continue
        margin = column.right() + 14 + 6 * (number % 5)
        _paint_link(
            painter, scene, near or _outside(scene, link.from_id, far, column), far, margin, column
        )


def _paint_link(
    painter: QPainter, scene: Scene, near: Anchor, far: Anchor | None, margin: float, column: QRectF
) -> None:
    end = far or Anchor(margin, column.bottom() if near.y < column.center().y() else column.top())
    painter.setPen(QPen(scene.theme.accent, 1.4))
    path = QPainterPath(QPointF(near.x, near.y + 4))
    path.lineTo(near.x, near.y)
    if abs(near.y - end.y) > 1:
        path.lineTo(margin, near.y)
        path.lineTo(margin, end.y)
    path.lineTo(end.x, end.y)
    painter.drawPath(path)
    if far:
        _arrow(painter, scene, far)


def _arrow(painter: QPainter, scene: Scene, far: Anchor) -> None:
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(scene.theme.accent)
    tip = QPointF(far.x, far.y + 7)
    painter.drawPolygon(QPolygonF([tip, tip + QPointF(-3.5, -6), tip + QPointF(3.5, -6)]))
    painter.restore()


def _outside(scene: Scene, annotation: str, seen: Anchor | None, column: QRectF) -> Anchor:
    """Return where a link enters the view that comes from an annotation outside it."""
    spans, other = scene.of(annotation), scene.of(scene.selected)
    is_above = bool(spans and other and spans[0].start < other[0].start)
    return Anchor(column.right(), column.top() if is_above and seen else column.bottom())
