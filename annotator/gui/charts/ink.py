"""How charts are painted: colours by name, textures that tell parts apart without them, crisp lines."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPaintEngine,
    QPainter,
    QPen,
    QPixmap,
    QTransform,
)

from annotator.gui.charts.shapes import Part
from annotator.gui.theme import Theme

_ROLES = ("accent", "success", "warning", "danger", "muted", "border")
_GAP, _THIN = 6.0, 1.2
"""Between the lines of a texture, and how thick they are, in pixels."""

_CALM = 0.72
"""Of the strength of a colour that is not looked at, while another bar is."""

DASHES: tuple[tuple[float, ...], ...] = ((), (5, 3), (1.5, 2.5), (7, 2.5, 1.5, 2.5))
"""Of the lines of a chart, in turn."""


def solid(theme: Theme, colour: str) -> QColor:
    """Return the strong shade of a colour."""
    if colour in _ROLES:
        found: QColor = getattr(theme, colour)
        return found
    return theme.shades(colour).line


def pale(theme: Theme, colour: str) -> QColor:
    """Return the shade that stands out from the strong one."""
    return theme.panel if colour in _ROLES else theme.shades(colour).fill


def crisp(value: float) -> float:
    """Return the middle of a pixel: a thin line there is as thin as it can be."""
    return round(value) + 0.5


class Fill(NamedTuple):
    """How a piece is filled. Texture 0 is plain, others are hatched each in its way.

    A piece without a colour is hollow: what is not there yet. One that `is_calm` leaves the attention
    to another.
    """

    colour: str
    texture: int = 0
    is_calm: bool = False


def fill_pieces(painter: QPainter, theme: Theme, pieces: Iterable[tuple[Fill, QRectF]]) -> None:
    """Fill pieces of bars, those alike all in one go: work beside the window delays every call of Qt."""
    alike: dict[Fill, list[QRectF]] = {}
    for fill, box in pieces:
        alike.setdefault(fill, []).append(box)
    painter.save()
    # Upright edges are as sharp without, and many of them far quicker.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=is_drawing(painter))
    for fill, boxes in alike.items():
        _fill(painter, theme, fill, boxes)
    painter.restore()


def is_drawing(painter: QPainter) -> bool:
    """Tell whether lines are written down as lines, not as pixels."""
    return painter.paintEngine().type() == QPaintEngine.Type.SVG


def _fill(painter: QPainter, theme: Theme, fill: Fill, boxes: list[QRectF]) -> None:
    if not fill.colour:
        painter.setPen(QPen(theme.border if fill.is_calm else theme.muted, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRects([box.adjusted(0.5, 0.5, -0.5, -0.5) for box in boxes])
        return
    ground = QColor(solid(theme, fill.colour))
    ground.setAlphaF(_CALM if fill.is_calm else 1.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRects(boxes)
    if not fill.texture:
        return
    kind, ink = (fill.texture - 1) % 4, pale(theme, fill.colour)
    if is_drawing(painter):
        pen = QPen(ink, _THIN)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLines([line for box in boxes for line in _hatching(box, kind)])
    else:
        painter.setBrush(_hatched(kind, ink.rgba(), painter.device().devicePixelRatioF()))
        painter.drawRects(boxes)


def draw_words(
    painter: QPainter,
    box: QRectF,
    words: str,
    colour: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Write a line of words into a box, shortened where it is too long."""
    metrics = QFontMetricsF(painter.font())
    painter.setPen(colour)
    shown = metrics.elidedText(words, elide, box.width() + 1)
    painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def draw_legend(
    painter: QPainter, corner: QPointF, width: float, parts: Sequence[Part], theme: Theme
) -> None:
    """Name the parts with their colour and texture, in as many lines as they need."""
    for place, (part, box) in enumerate(legend_boxes(parts, painter.font(), width)):
        at = box.translated(corner)
        side = at.height() * 0.62
        swatch = QRectF(at.left(), at.center().y() - side / 2, side, side)
        fill_pieces(painter, theme, [(Fill(part.colour, place), swatch)])
        draw_words(painter, at.adjusted(side * 1.6, 0, 0, 0), part.name, theme.muted)


def legend_height(parts: Sequence[Part], font: QFont, width: float) -> float:
    """Return how much room the names of the parts need; one part needs no name."""
    boxes = legend_boxes(parts, font, width)
    return boxes[-1][1].bottom() + QFontMetricsF(font).height() * 0.5 if len(parts) > 1 else 0.0


def legend_boxes(parts: Sequence[Part], font: QFont, width: float) -> list[tuple[Part, QRectF]]:
    """Return where each part is named, from the corner at 0, 0."""
    metrics = QFontMetricsF(font)
    line, left, top = metrics.height(), 0.0, 0.0
    boxes: list[tuple[Part, QRectF]] = []
    for part in parts:
        wide = line + metrics.horizontalAdvance(part.name) + 2
        if left and left + wide > width:
            left, top = 0.0, top + line * 1.2
        boxes.append((part, QRectF(left, top, min(wide, width), line)))
        left += wide + line
    return boxes


def draw_callout(painter: QPainter, at: QRectF, words: str, within: QRectF, theme: Theme) -> None:
    """Say something beside a box: above it where there is room, else below."""
    metrics = QFontMetricsF(painter.font())
    lines = words.split("\n")
    pad = metrics.height() * 0.35
    width = min(within.width(), max(map(metrics.horizontalAdvance, lines)) + pad * 3)
    height = metrics.height() * len(lines) + pad * 2
    left = min(max(within.left(), at.center().x() - width / 2), within.right() - width)
    top = at.top() - height - pad
    if top < within.top():
        top = min(at.bottom() + pad, within.bottom() - height)
    box = QRectF(crisp(left), crisp(max(within.top(), top)), round(width) - 1, round(height) - 1)
    painter.setPen(QPen(theme.muted, 1))
    painter.setBrush(theme.field)
    painter.drawRoundedRect(box, 4, 4)
    for number, line in enumerate(lines):
        room = QRectF(box.left() + pad * 1.5, box.top() + pad + number * metrics.height(), 0, 0)
        room.setSize(box.adjusted(0, 0, -pad * 2, 0).size())
        room.setHeight(metrics.height())
        draw_words(painter, room, line, theme.text if number == 0 else theme.muted)


@cache
def _hatched(kind: int, ink: int, ratio: float) -> QBrush:
    """Return a brush of one tile of a texture, sharp on a screen of this pixel ratio."""
    side = round(_GAP * ratio)
    tile = QPixmap(side, side)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor.fromRgba(ink), _THIN * ratio))
    whole = QRectF(0, 0, side, side)
    # Beyond the corners too, where the lines of the neighbouring tiles reach in.
    for shift in (-side, 0, side):
        if kind in (0, 3):
            painter.drawLine(QLineF(whole.bottomLeft(), whole.topRight()).translated(shift, 0))
        if kind in (1, 3):
            painter.drawLine(QLineF(whole.topLeft(), whole.bottomRight()).translated(shift, 0))
    if kind == 2:
        painter.drawLine(QLineF(0, side / 2, side, side / 2))
    painter.end()
    brush = QBrush(tile)
    brush.setTransform(QTransform.fromScale(_GAP / side, _GAP / side))
    return brush


def _hatching(box: QRectF, kind: int) -> list[QLineF]:
    """Return the lines of a texture, cut where the box ends: a vector picture knows no clipping."""
    gap = _GAP
    if kind == 2:
        rows = int(box.height() / gap) + 1
        tops = [box.top() + gap * (row + 0.5) for row in range(rows)]
        return [QLineF(box.left(), y, box.right(), y) for y in tops if y < box.bottom()]
    rising = _slanted(box, gap) if kind in (0, 3) else []
    falling = _slanted(box, gap) if kind in (1, 3) else []
    middle = box.left() + box.right()
    flipped = [
        QLineF(middle - each.x1(), each.y1(), middle - each.x2(), each.y2()) for each in falling
    ]
    return [*rising, *flipped]


def _slanted(box: QRectF, gap: float) -> list[QLineF]:
    """Return lines that rise to the right, one to one."""
    found = []
    count = int((box.width() + box.height()) / gap)
    for number in range(1, count + 1):
        reach = number * gap
        left, right = max(0.0, reach - box.height()), min(reach, box.width())
        if right > left:
            found.append(
                QLineF(
                    box.left() + left,
                    box.top() + reach - left,
                    box.left() + right,
                    box.top() + reach - right,
                )
            )
    return found
