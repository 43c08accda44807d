"""Draws links beside the words, between lines and down the right margin; those not selected faintly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from annotator.core.model import Link
from annotator.gui.article.scene import Scene

_FAINT = 0.5
"""Opacity of the links that are not the selected annotation's."""

_RADIUS = 6.0
"""Pixels by which a link cuts its corners."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a link may touch an annotation: the left of its first words, the foot of the line above."""

    x: float
    y: float


def paint_links(
    painter: QPainter, scene: Scene, anchors: Mapping[str, Anchor], column: QRectF
) -> None:
    """Draw each link that is to be seen; one that leaves the view runs out of it in the margin.

    `anchors` are those in view; `column` is the reading column as far as it is in view.
    """
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rest = [link for link in scene.all_links if link not in scene.links]
    for number, link in enumerate((*rest, *scene.links)):
        near, far = anchors.get(link.from_id), anchors.get(link.to_id)
        if near is None and far is None:
            continue
        margin = column.right() + 14 + 6 * (number % 5)
        begin = near or _outside(scene, link, far, column)
        painter.setOpacity(_FAINT if number < len(rest) else 1.0)
        _paint_link(painter, scene, begin, far, margin, column)
    painter.setOpacity(1.0)


def _paint_link(
    painter: QPainter, scene: Scene, near: Anchor, far: Anchor | None, margin: float, column: QRectF
) -> None:
    end = far or Anchor(margin, column.bottom() if near.y < column.center().y() else column.top())
    quiet = QColor(scene.theme.accent)
    quiet.setAlphaF(0.55)
    painter.setPen(QPen(quiet, 1))
    corners = [QPointF(near.x, near.y + 4), QPointF(near.x, near.y)]
    if abs(near.y - end.y) > 1:
        corners += [QPointF(margin, near.y), QPointF(margin, end.y)]
    painter.drawPath(_rounded([*corners, QPointF(end.x, end.y)]))
    if far:
        _arrow(painter, scene, far)


def _rounded(corners: Sequence[QPointF]) -> QPainterPath:
    """Return a line through these points whose corners are rounded off."""
    path = QPainterPath(corners[0])
    for before, corner, behind in zip(corners, corners[1:], corners[2:], strict=False):
        path.lineTo(corner + _towards(corner, before))
        path.quadTo(corner, corner + _towards(corner, behind))
    path.lineTo(corners[-1])
    return path


def _towards(corner: QPointF, other: QPointF) -> QPointF:
    """Return the step from a corner to where its rounding begins, at most half way to the other."""
    way = other - corner
    length = abs(way.x()) + abs(way.y())
    return way * (min(_RADIUS, length / 2) / length) if length else way


def _arrow(painter: QPainter, scene: Scene, far: Anchor) -> None:
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(scene.theme.accent)
    tip = QPointF(far.x, far.y + 7)
    painter.drawPolygon(QPolygonF([tip, tip + QPointF(-3.5, -6), tip + QPointF(3.5, -6)]))
    painter.restore()


def _outside(scene: Scene, link: Link, seen: Anchor | None, column: QRectF) -> Anchor:
    """Return where a link enters the view that comes from an annotation outside it."""
    spans, other = scene.of(link.from_id), scene.of(link.to_id)
    is_above = bool(spans and other and spans[0].start < other[0].start)
    return Anchor(column.right(), column.top() if is_above and seen else column.bottom())
