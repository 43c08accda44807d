"""Draws links beside the words: along a trunk left of the brackets, and in the blank between lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from annotator.core.model import Link
from annotator.gui.article.scene import Scene

_FAINT = 0.5
"""Opacity of the links that are not those of the frame at work."""

_TRUNKS = 3
"""Trunks that stand side by side, `_APART` pixels apart, before one lies on another."""
_APART = 4.0

_RADIUS = 5.0
"""Pixels by which a link cuts its corners."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an annotation stands on one row in view, in pixels of the document.

    `y` is the blank above the row's tags. `left` and `right` are the edges of its words, None where
    it goes on in another row; `entry` is where links reach it, left of its tag, None on every row but
    its first. `hooks` are the places on its bracket that a trunk may spring from, at `bracket`.
    """

    y: float
    left: float | None
    right: float | None
    entry: float | None
    bracket: float | None = None
    hooks: tuple[float, ...] = ()


Stands = Mapping[str, Sequence[Stand]]
"""The stands of the annotations in view, from the top down."""


def paint_links(
    painter: QPainter, scene: Scene, stands: Stands, trunk: float, view: QRectF
) -> None:
    """Draw each link that is to be seen; one that leaves the view runs out of it along its trunk.

    `trunk` is where the trunk nearest to the brackets stands.
    """
    central = scene.links.of(scene.centre)
    rest = _others(scene, stands, central) if scene.shows_all_links else ()
    for links, opacity in ((rest, _FAINT), (central, 1.0)):
        painter.setOpacity(opacity)
        for number, (frame, parts) in enumerate(_by_frame(links).items()):
            x = max(view.left() + _APART, trunk - _APART * (number % _TRUNKS))
            _Tree(scene, stands, frame, x, view).paint(painter, parts)
    painter.setOpacity(1.0)


def _others(scene: Scene, stands: Stands, central: Sequence[Link]) -> Iterable[Link]:
    """Return the links of what is in view, each once, without those that stand out."""
    seen = {link.id: link for annotation in stands for link in scene.links.of(annotation)}
    return (link for link in seen.values() if link not in central)


def _by_frame(links: Iterable[Link]) -> dict[str, list[str]]:
    """Return what each annotation is linked to."""
    found: dict[str, list[str]] = {}
    for link in links:
        found.setdefault(link.from_id, []).append(link.to_id)
    return found


class _Tree:
    """The links that lead from one annotation to its parts."""

    def __init__(
        self, scene: Scene, stands: Stands, frame: str, trunk: float, view: QRectF
    ) -> None:
        self._scene = scene
        self._stands = stands
        self._frame = frame
        self._own = stands.get(frame, ())
        self._trunk = trunk
        self._view = view

    def paint(self, painter: QPainter, parts: Iterable[str]) -> None:
        """Draw a line to each part: straight to one on a row of the frame, else along the trunk."""
        lines: list[list[QPointF]] = []
        branches: list[list[QPointF]] = []
        entries = {part: self._entry(part) for part in parts}
        for part, entry in entries.items():
            if entry and (begin := self._beside(entry)):
                lines.append([*begin, entry])
            elif entry:
                branches.append([QPointF(self._trunk, entry.y()), entry])
            elif self._own:
                branches.append([QPointF(self._trunk, self._edge(part, self._frame))])
        seen = next((part for part, entry in entries.items() if entry), self._frame)
        root = self._root(branches, seen)
        for is_above in (True, False):
            side = [each for each in branches if (each[0].y() < root[-1].y()) == is_above]
            lines += _grown(root, sorted(side, key=_height, reverse=not is_above))
        self._stroke(painter, lines)
        _paint_arrows(painter, self._scene.theme.accent, filter(None, entries.values()))

    def _entry(self, part: str) -> QPointF | None:
        """Return where links reach a part, None when its beginning is out of view."""
        stands = self._stands.get(part, ())
        return next((QPointF(s.entry, s.y) for s in stands if s.entry is not None), None)

    def _beside(self, entry: QPointF) -> list[QPointF] | None:
        """Return where a line along the row of a part leaves the frame; None where it ends elsewhere."""
        for stand in self._own:
            if stand.y != entry.y():
                continue
            if stand.right is not None and stand.right <= entry.x() + _RADIUS:
                return _from_below(stand.right, stand.y, 11)
            if stand.left is not None and stand.entry is not None and entry.x() < stand.left:
                return _from_below(stand.entry, stand.y, 4)
        return None

    def _root(self, branches: Sequence[Sequence[QPointF]], part: str) -> list[QPointF]:
        """Return where the trunk springs from the frame: as near to its branches as may be."""
        if not self._own:
            return [QPointF(self._trunk, self._edge(self._frame, part))]
        heights = [branch[0].y() for branch in branches] or [0.0]
        low, high = min(heights), max(heights)
        hooks = [(y, stand) for stand in self._own for y in (stand.hooks or (stand.y,))]
        y, stand = min(hooks, key=lambda hook: max(low - hook[0], hook[0] - high, 0))
        if stand.bracket is not None:
            return [QPointF(stand.bracket, y), QPointF(self._trunk, y)]
        x = stand.entry if stand.entry is not None else self._trunk
        return [*_from_below(x, y, 4), QPointF(self._trunk, y)]

    def _edge(self, hidden: str, seen: str) -> float:
        """Return the edge of the view beyond which an annotation stands."""
        spans, others = self._scene.of(hidden), self._scene.of(seen)
        is_above = bool(spans and others and spans[0].start < others[0].start)
        return self._view.top() if is_above else self._view.bottom()

    def _stroke(self, painter: QPainter, lines: Iterable[Sequence[QPointF]]) -> None:
        path = QPainterPath()
        for corners in lines:
            path.addPath(_rounded(corners))
        colour = QColor(self._scene.theme.accent)
        colour.setAlphaF(0.75)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1))
        painter.drawPath(path)


def _grown(
    root: Sequence[QPointF], branches: Sequence[Sequence[QPointF]]
) -> Iterable[list[QPointF]]:
    """Return the lines to the branches at one side of a root, the farthest first: it is the trunk."""
    for number, branch in enumerate(branches):
        way = root[-1] - branch[0]
        begin = branch[0] + way * min(1.0, 2 * _RADIUS / max(1.0, abs(way.y())))
        yield [*(root if number == 0 else (begin,)), *branch]


def _height(branch: Sequence[QPointF]) -> float:
    return branch[0].y()


def _from_below(x: float, y: float, rise: float) -> list[QPointF]:
    return [QPointF(x, y + rise), QPointF(x, y)]


def _rounded(corners: Sequence[QPointF]) -> QPainterPath:
    """Return a line through these points whose corners are rounded off."""
    path = QPainterPath(corners[0])
    for before, corner, behind in zip(corners, corners[1:], corners[2:], strict=False):
        radius = min(_RADIUS, _length(corner - before) / 2, _length(behind - corner) / 2)
        path.lineTo(corner + _step(corner, before, radius))
        path.quadTo(corner, corner + _step(corner, behind, radius))
    path.lineTo(corners[-1])
    return path


def _step(corner: QPointF, other: QPointF, radius: float) -> QPointF:
    way = other - corner
    return way * (radius / _length(way)) if radius else QPointF()


def _length(way: QPointF) -> float:
    """Return how long a step along one axis is."""
    return abs(way.x()) + abs(way.y())


def _paint_arrows(painter: QPainter, colour: QColor, places: Iterable[QPointF]) -> None:
    """Draw where lines arrive, pointing down at the tag and the words."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for place in places:
        tip = place + QPointF(0, 8)
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-2.5, -6), tip + QPointF(2.5, -6)]))
