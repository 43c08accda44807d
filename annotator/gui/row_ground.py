"""What lies under a row of a list, and whether it is painted as the chosen one."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from annotator.gui.theme import Theme


def paint_ground(painter: QPainter, box: QRect, theme: Theme, flags: QStyle.StateFlag) -> None:
    """Draw what lies under a row: selected, under the mouse, or in focus."""
    selected = bool(flags & QStyle.StateFlag.State_Selected)
    hovered = bool(flags & QStyle.StateFlag.State_MouseOver)
    focused = bool(flags & QStyle.StateFlag.State_HasFocus)
    if not (selected or hovered or focused):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.focus, 1.5) if focused else Qt.PenStyle.NoPen)
    colour = theme.selection if selected else theme.hover
    painter.setBrush(colour if selected or hovered else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box).adjusted(4, 1, -4, -1), 5, 5)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def is_selected(option: QStyleOptionViewItem) -> bool:
    """Tell whether a row is painted as the chosen one."""
    return bool(option.state & QStyle.StateFlag.State_Selected)
