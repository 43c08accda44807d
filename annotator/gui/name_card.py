"""Asks once who annotates: a line above the work, filled in with the login name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from annotator.language import _


class NameCard(QFrame):
    """A field for the annotator's name; nothing waits for it."""

    name_given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setProperty("kind", "information")
        question = QLabel(_("Under which name do you annotate?"), self)
        self.name = QLineEdit(self)
        self.name.setAccessibleName(question.text())
        self.name.setMaximumWidth(self.fontMetrics().averageCharWidth() * 32)
        question.setBuddy(self.name)
        why = QLabel(_("Every annotation keeps it; you can change it later."), self)
        why.setObjectName("quiet")
        self.keep = QPushButton(_("Keep this name"), self)
        self.keep.setProperty("look", "primary")
        gap = self.fontMetrics().height() // 2
        layout = QHBoxLayout(self)
        layout.setContentsMargins(gap * 2, gap, gap, gap)
        layout.setSpacing(gap)
        layout.addWidget(question)
        layout.addWidget(self.name)
        layout.addWidget(self.keep)
        layout.addWidget(why)
        layout.addStretch(1)
        self.hide()
        self.name.textChanged.connect(self._on_text_changed)
        self.name.returnPressed.connect(self._on_kept)
        self.keep.clicked.connect(self._on_kept)

    def ask(self, proposal: str) -> None:
        """Show the question with a name proposed."""
        self.name.setText(proposal)
        self.name.selectAll()
        self._on_text_changed()
        self.show()

    def _on_text_changed(self) -> None:
        self.keep.setEnabled(bool(self.name.text().strip()))

    def _on_kept(self) -> None:
        name = self.name.text().strip()
        if name:
            self.hide()
            self.name_given.emit(name)
