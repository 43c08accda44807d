"""A line in the window that says what happened and offers what to do about it; it never asks to be closed."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from annotator.gui.icons import icon, tinted_icon
from annotator.gui.theme import Theme
from annotator.language import _

Kind = Literal["information", "success", "warning", "error"]

_PASSING = 8_000
"""Milliseconds that good news stays; a warning or an error stays until it is closed."""


class MessageBar(QFrame):
    """One message at a time: a newer one takes the place of an older."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._theme = theme
        self._act: Callable[[], object] | None = None
        self._icon = QLabel(self)
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action = QPushButton(self)
        self._close = QToolButton(self)
        self._close.setAccessibleName(_("Close this message"))
        self._close.setToolTip(_("Close this message"))
        self._leave = QTimer(self, singleShot=True, interval=_PASSING)
        self._lay_out()
        self.set_theme(theme)
        self.hide()
        self.action.clicked.connect(self._on_action_clicked)
        self._close.clicked.connect(self.clear)
        self._leave.timeout.connect(self.clear)

    def say(
        self,
        text: str,
        kind: Kind = "information",
        *,
        offer: str = "",
        act: Callable[[], object] | None = None,
    ) -> None:
        """Show a sentence; `offer` is the text of the button that calls `act`."""
        self.setProperty("kind", kind)
        self.text.setText(text)
        self.text.setAccessibleName(text)
        self._act = act
        self.action.setText(offer)
        self.action.setVisible(bool(offer))
        self._show_kind()
        self.show()
        self._leave.stop()
        if kind in ("information", "success") and not offer:
            self._leave.start()

    def clear(self) -> None:
        """Take the message away."""
        self._leave.stop()
        self._act = None
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours from now on."""
        self._theme = theme
        self._close.setIcon(icon("close", theme))
        self._show_kind()

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 2
        layout = QHBoxLayout(self)
        layout.setContentsMargins(gap * 2, gap, gap, gap)
        layout.setSpacing(gap)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.action)
        layout.addWidget(self._close)

    def _show_kind(self) -> None:
        colours = {
            "information": ("details", self._theme.accent),
            "success": ("done", self._theme.success),
            "warning": ("warning", self._theme.warning),
            "error": ("error", self._theme.danger),
        }
        name, colour = colours[self.property("kind") or "information"]
        self._icon.setPixmap(
            tinted_icon(name, colour).pixmap(self._icon.fontMetrics().height() + 4)
        )
        # A style sheet looks at a property only when a widget is polished.
        self.style().unpolish(self)
        self.style().polish(self)

    def _on_action_clicked(self) -> None:
        act = self._act
        self.clear()
        if act is not None:
            act()
