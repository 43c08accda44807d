"""The bar that finds words in the open article, above it and out of the way of the text."""

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)

from annotator.gui.icons import icon
from annotator.gui.theme import Theme
from annotator.language import _, n_


class Searchable(Protocol):
    """What the bar needs of an article view."""

    def find(
        self, query: str, *, backwards: bool = False, case: bool = False, whole: bool = False
    ) -> int:
        """Go to the next match and return how many there are; an empty query forgets the last one."""

    def setFocus(self) -> None: ...


class FindBar(QFrame):
    """Words to find, how many there are, next and previous, capitals, whole words."""

    def __init__(self, view: Searchable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self._view = view
        self.query = QLineEdit(self)
        self.query.setPlaceholderText(_("Find in this article"))
        self.query.setAccessibleName(self.query.placeholderText())
        self.count = QLabel(self)
        self.count.setObjectName("quiet")
        self.previous = self._button(_("Previous match"))
        self.next = self._button(_("Next match"))
        self.case = QCheckBox(_("Match capitals and accents"), self)
        self.whole = QCheckBox(_("Whole words"), self)
        self._close = self._button(_("Close"))
        self._lay_out()
        self.set_theme(theme)
        self.hide()
        self.query.installEventFilter(self)
        self.query.textChanged.connect(self._on_changed)
        self.case.toggled.connect(self._on_changed)
        self.whole.toggled.connect(self._on_changed)
        self.previous.clicked.connect(self._on_previous_clicked)
        self.next.clicked.connect(self._on_next_clicked)
        self._close.clicked.connect(self.close_bar)

    def open_bar(self) -> None:
        """Show the bar with its words selected, ready for others."""
        self.show()
        self.query.setFocus()
        self.query.selectAll()
        self._on_changed()

    def close_bar(self) -> None:
        """Hide the bar, forget the matches, go back to the text."""
        self.hide()
        self._view.find("")
        self._view.setFocus()

    def again(self, *, backwards: bool = False) -> None:
        """Go to the next match, or the previous one; without words yet, ask for them."""
        if not self.query.text():
            self.open_bar()
        else:
            self._find(backwards=backwards)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours from now on."""
        for button, name in ((self.previous, "up"), (self.next, "down"), (self._close, "close")):
            button.setIcon(icon(name, theme))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # Esc closes the bar, even while it also stands for something else in the window.
            event.setAccepted(event.key() == Qt.Key.Key_Escape or event.isAccepted())
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._takes(event)
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._find(backwards=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            return False
        return True

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(name)
        button.setAccessibleName(name)
        return button

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(em, em // 3, em // 2, em // 3)
        layout.setSpacing(em // 2)
        layout.addWidget(self.query, 1)
        for widget in (self.count, self.previous, self.next, self.case, self.whole, self._close):
            layout.addWidget(widget)

    def _find(self, *, backwards: bool = False) -> None:
        count = self._view.find(
            self.query.text(),
            backwards=backwards,
            case=self.case.isChecked(),
            whole=self.whole.isChecked(),
        )
        self._show_count(count)

    def _show_count(self, count: int) -> None:
        if not self.query.text():
            self.count.clear()
        elif count:
            self.count.setText(n_("{n} match", "{n} matches", count).format(n=count))
        else:
            self.count.setText(_("Not in this article"))

    def _on_changed(self) -> None:
        self._find()

    def _on_previous_clicked(self) -> None:
        self._find(backwards=True)

    def _on_next_clicked(self) -> None:
        self._find()
