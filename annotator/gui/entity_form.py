"""One entity of the register as a form: name, kind, aliases, gender, role, external id, note."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QLineEdit, QToolButton, QWidget

from annotator.core.ledger import GENDERS, gender_name
from annotator.core.model import Entity
from annotator.gui.entity_words import KINDS, kind_name
from annotator.gui.flow_layout import FlowLayout
from annotator.gui.note_edit import NoteEdit
from annotator.language import _


class EntityForm(QWidget):
    """Says what the annotator wants instead of the entity shown; `refused` says why that cannot be."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entity: Entity | None = None
        self.name = QLineEdit(self)
        self.kind = ChoiceRow(_("Kind"), KINDS, kind_name, self)
        self.gender = ChoiceRow(_("Gender"), GENDERS, gender_name, self)
        self.aliases = NoteEdit(self)
        self.role = QLineEdit(self)
        self.external = QLineEdit(self)
        self.note = NoteEdit(self)
        self._lay_out()
        for line in (self.name, self.role, self.external):
            line.editingFinished.connect(self._submit)
        for row in (self.kind, self.gender):
            row.chosen.connect(self._submit)
        for edit in (self.aliases, self.note):
            edit.written.connect(self._submit)
            edit.left.connect(self.name.setFocus)

    def show_entity(self, entity: Entity | None) -> None:
        """Show an entity as the register has it; words being typed into it stay. None empties the form."""
        before, self._entity = self._entity, entity
        self.setEnabled(entity is not None)
        shown = entity or Entity("", "")
        same = before is not None and before.id == shown.id
        for line, field in (
            (self.name, "name"),
            (self.role, "role"),
            (self.external, "external_id"),
        ):
            text = getattr(shown, field)
            if not same or getattr(before, field) != text:
                line.setText(text)
                line.setCursorPosition(0)
        self.kind.choose(shown.kind)
        self.gender.choose(shown.gender)
        self._show_aliases(shown.aliases, before.aliases if same and before else None)
        self.note.show_note(shown.note, same=same)

    def flush(self) -> None:
        """Say now what was typed and not yet entered."""
        self._submit()

    def _show_aliases(self, aliases: tuple[str, ...], before: tuple[str, ...] | None) -> None:
        """Show aliases one a line; lines that are being typed stay, and so do empty ones among them."""
        is_typed = before is not None and tuple(_lines(self.aliases.toPlainText())) != before
        if aliases != before:
            self.aliases.show_note("\n".join(aliases), same=is_typed)

    def _lay_out(self) -> None:
        gap = self.fontMetrics().height() // 2
        self.role.setPlaceholderText(_("mayor of Laval, spokesperson …"))
        self.external.setPlaceholderText(_("an identifier elsewhere, such as Q937"))
        self.aliases.setPlaceholderText(_("Other names, one a line"))
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        layout.setHorizontalSpacing(gap * 2)
        layout.setVerticalSpacing(gap)
        for edit in (self.aliases, self.note):
            edit.setFixedHeight(gap * 8)
        for title, name, widget in (
            (_("&Name"), _("Name"), self.name),
            (_("&Kind"), _("Kind"), self.kind),
            (_("&Gender"), _("Gender"), self.gender),
            (_("R&ole"), _("Role"), self.role),
            (_("&Aliases"), _("Aliases"), self.aliases),
            (_("E&xternal id"), _("External id"), self.external),
            (_("No&te"), _("Note"), self.note),
        ):
            layout.addRow(title, widget)
            widget.setAccessibleName(name)

    def _submit(self) -> None:
        """Say the entity that the form describes, or why it cannot be."""
        if self._entity is None:
            return
        wanted = replace(
            self._entity,
            name=" ".join(self.name.text().split()),
            kind=self.kind.value,
            aliases=tuple(_lines(self.aliases.toPlainText())),
            gender=self.gender.value,
            role=self.role.text().strip(),
            external_id=self.external.text().strip(),
            note=self.note.toPlainText(),
        )
        if not wanted.name:
            self.refused.emit(_("An entity needs a name."))
        elif wanted != self._entity:
            self._entity = wanted  # Said once: what comes of it is shown by whoever hears it.
            self.edited.emit(wanted)


class ChoiceRow(QWidget):
    """A few values as buttons, one of them down: Tab comes here, arrows go along, Space presses."""

    chosen = Signal()

    def __init__(
        self, name: str, values: Iterable[str], word: Callable[[str], str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.value = ""
        self.buttons: dict[str, QToolButton] = {}
        flow = FlowLayout(self)
        for value in values:
            button = QToolButton(self)
            button.setCheckable(True)
            button.setProperty("look", "choice")
            button.setText(word(value))
            button.setAccessibleName(f"{name}: {word(value)}")
            button.clicked.connect(partial(self._on_clicked, value))
            button.installEventFilter(self)
            self.buttons[value] = button
            flow.addWidget(button)
        self.choose("")

    def choose(self, value: str) -> None:
        """Press the button of a value; one that has none, such as an imported kind, is kept all the same."""
        self.value = value
        down = self.buttons.get(value)
        for button in self.buttons.values():
            button.setChecked(button is down)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        first = down or next(iter(self.buttons.values()))
        first.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(first)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step:
            buttons = list(self.buttons.values())
            here = next(n for n, button in enumerate(buttons) if button is watched)
            buttons[(here + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        return step is not None

    def _on_clicked(self, value: str, _checked: bool = False) -> None:
        self.choose(value)
        self.chosen.emit()


def _lines(text: str) -> list[str]:
    """Return the lines of a text that say something, each once."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(filter(None, lines)))
