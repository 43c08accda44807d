"""Icons by name: line drawings from resources, in the colours of the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator.gui.theme import Theme
from annotator.resources import resource

SIZE = 20
"""Pixels of an icon on a screen of ordinary density."""


def icon(name: str, theme: Theme) -> QIcon:
    """Return an icon in the colour of the text, paler where it is disabled."""
    return _icon(name, theme.text.name(), theme.border.name())


def tinted_icon(name: str, colour: QColor) -> QIcon:
    """Return an icon in one colour, whatever its state."""
    return _icon(name, colour.name(), colour.name())


@cache
def application_icon() -> QIcon:
    """Return the icon of the window in the sizes that systems ask for."""
    found = QIcon()
    for size in (16, 32, 64, 128):
        found.addPixmap(_drawn(_source("annotator"), QSize(size, size), 1.0))
    return found


@cache
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    found = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        source = _source(name).replace(b"currentColor", ink.encode())
        found.addPixmap(_drawn(source, QSize(SIZE, SIZE), _density()), mode)
    return found


def _source(name: str) -> bytes:
    return resource("icons", f"{name}.svg").read_bytes()


def _density() -> float:
    screen = QGuiApplication.primaryScreen()
    return max(1.0, screen.devicePixelRatio()) if screen else 1.0


def _drawn(source: bytes, size: QSize, density: float) -> QPixmap:
    pixmap = QPixmap(size * density)
    pixmap.setDevicePixelRatio(density)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return pixmap
