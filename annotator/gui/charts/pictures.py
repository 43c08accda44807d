"""Writes what is painted as a picture: PNG for slides and mails, SVG for print."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from annotator.core.errors import UserError
from annotator.language import _

SUFFIXES = (".png", ".svg")

_SHARPNESS = 2
"""Pixels of a PNG for each of the screen's: text stays legible in print."""


def save_picture(
    path: Path, size: QSizeF, title: str, ground: QColor, paint: Callable[[QPainter], None]
) -> None:
    """Paint a picture of this size into a file; its ending says how. Raises UserError."""
    whole = QSize(round(size.width()), round(size.height()))
    beside = path.with_name(f".{path.name}.part")
    try:
        if path.suffix.lower() == ".svg":
            _save_svg(beside, whole, title, ground, paint)
        else:
            _save_png(beside, whole, ground, paint)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UserError(
            _("The picture {path} cannot be written: {reason}.").format(
                path=path, reason=error.strerror
            )
        ) from error


def _save_png(path: Path, size: QSize, ground: QColor, paint: Callable[[QPainter], None]) -> None:
    image = QImage(size * _SHARPNESS, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(_SHARPNESS)
    image.fill(ground)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    path.write_bytes(written.data())


def _save_svg(
    path: Path, size: QSize, title: str, ground: QColor, paint: Callable[[QPainter], None]
) -> None:
    # Imported here: most days nobody asks for it.
    from PySide6.QtSvg import QSvgGenerator

    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), ground)
    paint(painter)
    painter.end()
    path.write_bytes(written.data())
