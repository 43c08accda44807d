"""Buttons that more than one panel has: one that stays pressed, a small one with a sign on it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QWidget


class ChoiceButton(QToolButton):
    """A button that stays pressed; Enter presses it as Space does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setProperty("look", "choice")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def small_button(parent: QWidget, sign: str, name: str) -> QToolButton:
    """Return a flat button just wide enough for a sign; `name` says what it does."""
    button = QToolButton(parent)
    button.setText(sign)
    button.setAutoRaise(True)
    button.setFixedWidth(button.fontMetrics().height() * 3 // 2)
    button.setToolTip(name)
    button.setAccessibleName(name)
    return button
