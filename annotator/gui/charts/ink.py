"""How charts are painted: colours by name, textures that tell parts apart without them, crisp lines."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotator.gui.charts.shapes import Part
from annotator.gui.theme import Theme

_ROLES = ("accent", "success", "warning", "danger", "muted", "border")
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


def fill_piece(
    painter: QPainter, box: QRectF, theme: Theme, colour: str, texture: int, *, is_calm: bool
) -> None:
    """Fill a piece of a bar. Texture 0 is plain, others are hatched each in its way.

    A piece without a colour is hollow: what is not there yet.
    """
    if not colour:
        painter.setPen(QPen(theme.border if is_calm else theme.muted, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        return
    ground = QColor(solid(theme, colour))
    ground.setAlphaF(_CALM if is_calm else 1.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRect(box)
    if texture:
        pen = QPen(pale(theme, colour), 1.2)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLines(_hatching(box, (texture - 1) % 4))


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
    for part, box in legend_boxes(parts, painter.font(), width):
        at = box.translated(corner)
        side = at.height() * 0.62
        swatch = QRectF(at.left(), at.center().y() - side / 2, side, side)
        fill_piece(painter, swatch, theme, part.colour, parts.index(part), is_calm=False)
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


def _hatching(box: QRectF, kind: int) -> list[QLineF]:
    """Return the lines of a texture, cut where the box ends: a vector picture knows no clipping."""
    gap = 6.0
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
