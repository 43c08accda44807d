"""What was decided about some words: read above their places, pinned and edited in the same line."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from annotator.core.precedents import Precedent
from annotator.gui.marks import draw_pin, small_font, swatch_icon
from annotator.gui.radar import decision
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.language import _
from annotator.store import precedents


class PrecedentLine(QWidget):
    """Shows the first decision about some words, or offers to pin one; `left` gives the keyboard back."""

    left = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._words = ""
        self._label = ""
        self.precedent: Precedent | None = None
        self._pin = QLabel(self)
        self.said = QLabel(self)
        self.label = QComboBox(self)
        self.reason = QLineEdit(self)
        self.edit = QPushButton(self)
        self.forget = QPushButton(_("Unpin"), self)
        self._lay_out()
        self.edit.clicked.connect(self.open_editor)
        self.forget.clicked.connect(self.unpin)
        self.reason.returnPressed.connect(self.keep)

    def show_words(self, words: str, label_id: str) -> None:
        """Show what was decided about these words; `label_id` is proposed for a new decision.

        What is being written about other words is left: it must not become a decision about these.
        """
        if words != self._words and not self.reason.isHidden():
            self._close_editor()
        self._words, self._label = words, label_id
        self.reload()

    def reload(self) -> None:
        """Read it anew."""
        if not self._session.is_open:
            return
        found = precedents.about(self._session.project, self._words) if self._words else []
        self.precedent = found[0] if found else None
        if not self.reason.isVisible():
            self._show()

    def open_editor(self) -> None:
        """Let the decision be written: Enter keeps it, Esc leaves it."""
        if self._session.is_read_only or not self._words:
            return
        scheme, present = self._session.scheme, self.precedent
        with QSignalBlocker(self.label):
            self.label.clear()
            self.label.addItem(_("as the reason says"), "")
            size = self.fontMetrics().height()
            for each in scheme.labels:
                is_decided = present is not None and present.label == each.id
                if is_decided or not (each.slots or each.retired):
                    self.label.addItem(
                        swatch_icon(self._theme, each.colour, size), each.name, each.id
                    )
            chosen = (present.label or "") if present else self._label
            self.label.setCurrentIndex(max(0, self.label.findData(chosen)))
        self.reason.setText(present.reason if present else "")
        self._show(is_edited=True)
        self.reason.setFocus()
        self.reason.selectAll()

    def keep(self) -> None:
        """Pin the decision, as one deed."""
        label = str(self.label.currentData() or "") or None
        reason = self.reason.text().strip()
        if label is None and not reason:
            self._session.told.emit(_("Choose a label or write the reason."))
            return
        pinned = replace(self.precedent or Precedent("", self._words), label=label, reason=reason)
        self._close_editor()
        name = _("Decide “{words}”").format(words=self._words)
        self._session.do(name, lambda deed: precedents.pin(deed, pinned))
        self.left.emit()

    def unpin(self) -> None:
        """Forget the decision, as one deed."""
        present = self.precedent
        if present is not None:
            name = _("Unpin “{words}”").format(words=present.words)
            self._session.do(name, lambda deed: precedents.unpin(deed, present.id))
            self.left.emit()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self._show(is_edited=self.reason.isVisible())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.reason.isHidden():
            self._close_editor()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _close_editor(self) -> None:
        self._show(is_edited=False)

    def _show(self, *, is_edited: bool = False) -> None:
        present = self.precedent
        said = decision(present, self._session.scheme) if present else ""
        self.said.setText(said)
        self.said.setToolTip(
            _("Decided by {annotator}, {date}").format(
                annotator=present.annotator, date=present.created[:10]
            )
            if present
            else ""
        )
        size = self.fontMetrics().ascent()
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        colour = self._theme.accent if present else self._theme.muted
        draw_pin(painter, pixmap.rect().toRectF(), colour, filled=present is not None)
        painter.end()
        self._pin.setPixmap(pixmap)
        is_writable = not self._session.is_read_only
        self.edit.setText(_("Edit") if present else _("Pin a decision"))
        self._pin.setVisible(present is not None or is_edited)
        self.said.setVisible(not is_edited)
        self.label.setVisible(is_edited)
        self.reason.setVisible(is_edited)
        self.edit.setVisible(is_writable and not is_edited)
        self.forget.setVisible(is_writable and present is not None and not is_edited)

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 3
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.label.setAccessibleName(_("Label decided on"))
        self.reason.setPlaceholderText(_("Why, or when which: Enter keeps it, Esc leaves it"))
        self.reason.setAccessibleName(_("Reason of the decision"))
        for button in (self.edit, self.forget):
            button.setProperty("look", "quiet")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setFont(small_font(self.font()))
        self.edit.setToolTip(_("Keep how these words are to be labelled, with the reason"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap)
        layout.addWidget(self._pin)
        layout.addWidget(self.said, 1)
        layout.addWidget(self.label)
        layout.addWidget(self.reason, 1)
        layout.addWidget(self.edit)
        layout.addWidget(self.forget)
        self._show()
