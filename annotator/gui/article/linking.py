"""Draws links beside the words, between lines and down the right margin; all but one frame's faintly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from annotator.core.model import Link
from annotator.gui.article.scene import Scene

_FAINT = 0.5
"""Opacity of the links that are not those of the frame at work."""

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
    central = scene.links.of(scene.centre)
    rest = list(_others(scene, anchors, central)) if scene.shows_all_links else []
    for number, link in enumerate((*rest, *central)):
        near, far = anchors.get(link.from_id), anchors.get(link.to_id)
        if near is None and far is None:
            continue
        margin = column.right() + 14 + 6 * (number % 5)
        begin = near or _outside(scene, link.from_id, link.to_id, margin, column)
        end = far or _outside(scene, link.to_id, link.from_id, margin, column)
        painter.setOpacity(_FAINT if number < len(rest) else 1.0)
        _paint_link(painter, scene, begin, end, margin, is_seen=far is not None)
    painter.setOpacity(1.0)


def _others(scene: Scene, anchors: Mapping[str, Anchor], central: Sequence[Link]) -> Iterable[Link]:
    """Return the links of what is in view, each once, without those that stand out."""
    seen = {link.id: link for annotation in anchors for link in scene.links.of(annotation)}
    return (link for link in seen.values() if link not in central)


def _paint_link(
    painter: QPainter, scene: Scene, near: Anchor, end: Anchor, margin: float, *, is_seen: bool
) -> None:
    quiet = QColor(scene.theme.accent)
    quiet.setAlphaF(0.55)
    painter.setPen(QPen(quiet, 1))
    corners = [QPointF(near.x, near.y + 4), QPointF(near.x, near.y)]
    if abs(near.y - end.y) > 1:
        corners += [QPointF(margin, near.y), QPointF(margin, end.y)]
    painter.drawPath(_rounded([*corners, QPointF(end.x, end.y)]))
    if is_seen:
        _arrow(painter, scene, end)


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


def _outside(scene: Scene, hidden: str, seen: str, margin: float, column: QRectF) -> Anchor:
    """Return where a link leaves the view towards an annotation above or below it."""
    spans, others = scene.of(hidden), scene.of(seen)
    is_above = bool(spans and others and spans[0].start < others[0].start)
    return Anchor(margin, column.top() if is_above else column.bottom())
