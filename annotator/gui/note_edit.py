"""The note of an annotation: kept while it is typed, written when the hand rests or the focus leaves."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from annotator.language import _

PAUSE = 2000
"""Milliseconds without a key after which a note is written."""


class NoteEdit(QPlainTextEdit):
    """Says `written` with the text once per stretch of typing, however that stretch ends; `left` on Esc."""

    written = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "field")
        self.setAccessibleName(_("Note"))
        self.setPlaceholderText(_("Note"))
        self.setTabChangesFocus(True)
        self._stored = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.flush)
        self.textChanged.connect(self._on_text_changed)

    @property
    def is_unwritten(self) -> bool:
        """Whether something stands here that the project does not have yet."""
        return self.toPlainText() != self._stored

    def show_note(self, note: str, *, same: bool) -> None:
        """Show what the project has; words being typed into the `same` annotation are left alone."""
        if same and self.is_unwritten:
            self._stored = note
            return
        self._stored = note
        if note != self.toPlainText():
            self.setPlainText(note)
        self._pause.stop()

    def flush(self) -> None:
        """Have the text written now, if it is not."""
        self._pause.stop()
        if self.is_unwritten:
            self.written.emit(self.toPlainText())

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        return QSize(line * 8, line * 5)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        return QSize(line * 4, line * 3)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.flush()
        super().focusOutEvent(event)

    def _on_text_changed(self) -> None:
        if self.is_unwritten:
            self._pause.start()
