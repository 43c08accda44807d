"""A line that can be clicked: a quiet word in front, the words themselves, cut to the width there is."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from annotator.gui.marks import small_font
from annotator.gui.row_ground import paint_ground
from annotator.gui.theme import Theme


class LineButton(QAbstractButton):
    """Acts as a button and looks like a line of text; says the whole line in its tool tip."""

    def __init__(self, theme: Theme, lead: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lead = lead
        shown = " ".join(text.split())
        self.setText(shown)
        self.setToolTip(f"{lead} {shown}")
        self.setAccessibleName(f"{lead} {shown}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(height * 8, height * 3 // 2)

    def minimumSizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(height * 4, height * 3 // 2)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        flags = QStyle.StateFlag.State_Enabled
        if self.underMouse():
            flags |= QStyle.StateFlag.State_MouseOver
        if self.hasFocus():
            flags |= QStyle.StateFlag.State_HasFocus
        paint_ground(painter, self.rect(), self._theme, flags)
        gap = self.fontMetrics().height() // 2
        box = self.rect().adjusted(gap, 0, -gap, 0)
        box.setLeft(self._paint_lead(painter, box))
        painter.setFont(self.font())
        painter.setPen(self._theme.text)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_lead(self, painter: QPainter, box: QRect) -> int:
        """Draw the quiet word and return where the others begin."""
        font = small_font(self.font())
        painter.setFont(font)
        painter.setPen(self._theme.muted)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._lead)
        width = QFontMetrics(font).horizontalAdvance(self._lead)
        return box.left() + width + self.fontMetrics().height() // 2
