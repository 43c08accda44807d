"""Whom an annotation refers to, as a line of the inspector: go to the register, ask anew, let go."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.core.model import Entity
from annotator.gui.buttons import small_button
from annotator.gui.entity_words import described
from annotator.gui.line_button import LineButton
from annotator.gui.theme import Theme
from annotator.language import _


class EntityLine(QWidget):
    """The name with two small buttons, or one button that asks for somebody; it changes nothing itself."""

    shown = Signal()
    asked = Signal()
    let_go = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name: LineButton | None = None
        self.ask = QPushButton(_("Refers to…"), self)
        self.ask.setProperty("look", "quiet")
        self.ask.setToolTip(_("Say who or what these words mean"))
        self.change = small_button(self, "…", _("Refers to…"))
        self.remove = small_button(self, "×", _("Refers to nobody"))
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        for widget in (self.ask, self.change, self.remove):
            self._layout.addWidget(widget)
        self._layout.addStretch()
        self.ask.clicked.connect(self.asked)
        self.change.clicked.connect(self.asked)
        self.remove.clicked.connect(self.let_go)

    def show_entity(self, entity: Entity | None, theme: Theme, *, is_writable: bool) -> None:
        """Show an entity, or that there is none."""
        if self.name:
            self.name.hide()
            self.name.deleteLater()
            self.name = None
        if entity:
            self.name = LineButton(theme, _("Refers to"), entity.name, self)
            self.name.setToolTip("\n".join(filter(None, (entity.name, described(entity)))))
            self.name.clicked.connect(self.shown)
            self._layout.insertWidget(0, self.name, 1)
        self.ask.setVisible(entity is None)
        self.change.setVisible(entity is not None and is_writable)
        self.remove.setVisible(entity is not None and is_writable)
