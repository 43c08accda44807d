"""Small marks that every panel draws alike: a state's shape, a label's swatch, a key's cap."""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QIcon,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)

from annotator.core.model import ArticleState
from annotator.gui.theme import Theme
from annotator.language import _


def state_name(state: ArticleState) -> str:
    """Return what an article's state is called on the screen."""
    names = {
        ArticleState.TODO: _("To do"),
        ArticleState.IN_PROGRESS: _("In progress"),
        ArticleState.DONE: _("Done"),
        ArticleState.FLAGGED: _("Flagged"),
    }
    return names[state]


def draw_state(
    painter: QPainter, box: QRectF, theme: Theme, state: ArticleState, ink: QColor | None = None
) -> None:
    """Draw the shape of a state: empty ring, half ring, ticked disc or flag; colour comes on top.

    `ink` replaces the state's own colour, on a ground where that could not be seen.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = ink or _state_colour(theme, state)
    inner = box.adjusted(1, 1, -1, -1)
    if state is ArticleState.FLAGGED:
        _draw_flag(painter, inner, colour)
    else:
        painter.setPen(QPen(colour, max(1.2, box.width() / 10)))
        painter.drawEllipse(inner)
        if state is ArticleState.IN_PROGRESS:
            painter.setBrush(colour)
            painter.drawChord(inner, 90 * 16, 180 * 16)
        elif state is ArticleState.DONE:
            painter.setBrush(colour)
            painter.drawEllipse(inner)
            _draw_tick(painter, inner, theme.panel if ink is None else theme.selection)
    painter.restore()


def draw_swatch(painter: QPainter, box: QRectF, theme: Theme, colour: str) -> None:
    """Draw a label's colour as the article shows it: filled and edged."""
    shades = theme.shades(colour)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(shades.line, 1.4))
    painter.setBrush(shades.fill)
    radius = box.height() / 4
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def draw_key_cap(
    painter: QPainter, right: float, middle: float, theme: Theme, font: QFont, key: str
) -> float:
    """Draw a key as printed on the keyboard, its right edge at `right`; return its left edge."""
    if not key:
        return right
    metrics = QFontMetricsF(font)
    height = metrics.height() + 2
    width = max(height, metrics.horizontalAdvance(key.upper()) + metrics.height() / 2)
    box = QRectF(right - width, middle - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.border, 1))
    painter.setBrush(theme.field)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setFont(font)
    painter.setPen(theme.text)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key.upper())
    painter.restore()
    return box.left()


def draw_pin(painter: QPainter, box: QRectF, colour: QColor, *, filled: bool) -> None:
    """Draw a pin: a head, a collar and a needle; filled when it holds."""
    width, height = box.width(), box.height()
    left, top = box.left(), box.top()
    head = QPainterPath()
    head.addRoundedRect(QRectF(left + width * 0.3, top, width * 0.4, height * 0.5), 1.5, 1.5)
    head.addRoundedRect(
        QRectF(left + width * 0.16, top + height * 0.44, width * 0.68, height * 0.16), 1, 1
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.2))
    painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
    painter.drawPath(head.simplified())
    painter.drawLine(
        QPointF(left + width / 2, top + height * 0.6), QPointF(left + width / 2, top + height)
    )
    painter.restore()


def state_icon(theme: Theme, state: ArticleState, size: int) -> QIcon:
    """Return the shape of a state as an icon of `size` pixels."""
    return _icon(size, lambda painter, box: draw_state(painter, box, theme, state))


def swatch_icon(theme: Theme, colour: str, size: int) -> QIcon:
    """Return a label's colour as an icon of `size` pixels."""
    return _icon(size, lambda painter, box: draw_swatch(painter, box, theme, colour))


def small_font(font: QFont) -> QFont:
    """Return the font of second lines and tags: the same, a little smaller."""
    return _smaller(font.toString())


@cache
def _smaller(description: str) -> QFont:
    """Making a font costs a millisecond now and then, and a list asks twice for each row."""
    small = QFont()
    small.fromString(description)
    if small.pointSizeF() > 0:
        small.setPointSizeF(small.pointSizeF() * 0.88)
    else:
        small.setPixelSize(max(1, round(small.pixelSize() * 0.88)))
    return small


def _icon(size: int, draw: Callable[[QPainter, QRectF], None]) -> QIcon:
    ratio = QGuiApplication.instance().devicePixelRatio()  # type: ignore[union-attr]
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw(painter, QRectF(0, 0, size, size))
    painter.end()
    return QIcon(pixmap)


def _state_colour(theme: Theme, state: ArticleState) -> QColor:
    colours = {
        ArticleState.TODO: theme.muted,
        ArticleState.IN_PROGRESS: theme.accent,
        ArticleState.DONE: theme.success,
        ArticleState.FLAGGED: theme.warning,
    }
    return colours[state]


def _draw_flag(painter: QPainter, box: QRectF, colour: QColor) -> None:
    pole = box.left() + box.width() * 0.22
    painter.setPen(QPen(colour, max(1.2, box.width() / 9)))
    painter.drawLine(QPointF(pole, box.top()), QPointF(pole, box.bottom()))
    cloth = QPolygonF(
        [
            QPointF(pole, box.top()),
            QPointF(box.right(), box.top() + box.height() * 0.28),
            QPointF(pole, box.top() + box.height() * 0.58),
        ]
    )
    painter.setBrush(colour)
    painter.drawPolygon(cloth)


def _draw_tick(painter: QPainter, box: QRectF, colour: QColor) -> None:
    pen = QPen(colour, max(1.4, box.width() / 7))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    points = ((0.28, 0.52), (0.45, 0.68), (0.74, 0.34))
    painter.drawPolyline(
        QPolygonF(
            [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in points]
        )
    )
