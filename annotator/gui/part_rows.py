"""The attributes and slots of a label as rows to fill: one widget a row, "+" for another."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.scheme import Attribute, Label, Slot
from annotator.gui.label_words import kind_name
from annotator.language import _

KINDS = ("choice", "flag", "text")


class PartRow(QWidget):
    """What rows have in common: a name, a key, a button to take the row away."""

    edited = Signal()
    removed = Signal(QWidget)

    def __init__(self, name: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = _line(self, name, _("Name"))
        self.key = key_line(self, key.upper())
        self.remove = QToolButton(self)
        self.remove.setText("×")
        self.remove.setToolTip(_("Remove"))
        self.remove.setAccessibleName(_("Remove {name}").format(name=name))
        self.name.editingFinished.connect(self.edited)
        self.key.editingFinished.connect(self.edited)
        self.remove.clicked.connect(self._on_removed)

    def _on_removed(self) -> None:
        self.removed.emit(self)


class AttributeRow(PartRow):
    """Name, kind, values, value at the start, key."""

    def __init__(self, attribute: Attribute, labels: Sequence[Label], parent: QWidget) -> None:
        super().__init__(attribute.name, attribute.key, parent)
        self._made = attribute
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(_("Kind"))
        for kind in KINDS:
            self.kind.addItem(kind_name(kind), kind)
        self.kind.setCurrentIndex(KINDS.index(attribute.kind))
        self.values = _line(self, ", ".join(attribute.values), _("Values, parted by commas"))
        self.start = QComboBox(self)
        self.start.setAccessibleName(_("Value at the start"))
        self.start.setToolTip(_("Value at the start"))
        self._fill_start(attribute.default)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget, stretch in (
            (self.name, 2),
            (self.kind, 0),
            (self.values, 4),
            (self.start, 2),
            (self.key, 0),
            (self.remove, 0),
        ):
            layout.addWidget(widget, stretch)
        self._show_kind()
        self.kind.activated.connect(self._on_kind)
        self.values.editingFinished.connect(self._on_values)
        self.start.activated.connect(self.edited)

    def part(self) -> Attribute | None:
        """Return what the row says, None while it has no name."""
        kind = KINDS[self.kind.currentIndex()]
        values = self._typed() if kind == "choice" else ()
        default = self.start.currentData() or ""
        name = self.name.text().strip()
        if not name:
            return None
        return Attribute(
            name,
            kind,  # type: ignore[arg-type]
            values,
            default if default in values else "",
            self.key.text().casefold(),
        )

    def _typed(self) -> tuple[str, ...]:
        if self.values.text() == ", ".join(self._made.values):
            return self._made.values  # a value may hold a comma itself
        words = (word.strip() for word in self.values.text().split(","))
        return tuple(dict.fromkeys(word for word in words if word))

    def _fill_start(self, chosen: str) -> None:
        self.start.clear()
        self.start.addItem(_("none at first"), "")
        for value in self._typed():
            self.start.addItem(value, value)
        self.start.setCurrentIndex(max(0, self.start.findData(chosen)))

    def _show_kind(self) -> None:
        is_choice = self.kind.currentData() == "choice"
        self.values.setEnabled(is_choice)
        self.start.setEnabled(is_choice)

    def _on_kind(self) -> None:
        self._show_kind()
        self.edited.emit()

    def _on_values(self) -> None:
        self._fill_start(self.start.currentData() or "")
        self.edited.emit()


class SlotRow(PartRow):
    """Name, which labels may fill it, whether several may, key."""

    def __init__(self, slot: Slot, labels: Sequence[Label], parent: QWidget) -> None:
        super().__init__(slot.name, slot.key, parent)
        self._labels = labels
        self._chosen = set(slot.labels)
        self.fillers = QToolButton(self)
        self.fillers.setAccessibleName(_("Labels that may fill it"))
        self.fillers.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.fillers.setMenu(self._menu())
        self.fillers.setProperty("look", "choice")
        self.many = QCheckBox(_("several"), self)
        self.many.setChecked(slot.many)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget, stretch in (
            (self.name, 2),
            (self.fillers, 0),
            (self.many, 0),
            (self.key, 0),
            (self.remove, 0),
        ):
            layout.addWidget(widget, stretch)
        layout.insertStretch(2, 3)
        self._show_fillers()
        self.many.clicked.connect(self.edited)

    def part(self) -> Slot | None:
        """Return what the row says, None while it has no name."""
        name = self.name.text().strip()
        if not name:
            return None
        fillers = tuple(label.id for label in self._labels if label.id in self._chosen)
        return Slot(name, self.key.text().casefold(), fillers, self.many.isChecked())

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for label in self._labels:
            action = menu.addAction(label.name)
            action.setCheckable(True)
            action.setChecked(label.id in self._chosen)
            action.setData(label.id)
            action.triggered.connect(self._on_filler)
        return menu

    def _show_fillers(self) -> None:
        names = [label.name for label in self._labels if label.id in self._chosen]
        self.fillers.setText(", ".join(names) or _("any label"))

    def _on_filler(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._chosen ^= {action.data()}
            self._show_fillers()
            self.edited.emit()


class PartRows(QWidget):
    """A heading, the rows, a button for another row. `edited` comes when a row says something new."""

    edited = Signal()

    def __init__(
        self, heading: str, add: str, row: type[AttributeRow] | type[SlotRow], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._row = row
        self._labels: Sequence[Label] = ()
        self.rows: list[AttributeRow | SlotRow] = []
        title = QLabel(heading, self)
        title.setObjectName("heading")
        self.add = QPushButton(add, self)
        self.add.setProperty("look", "quiet")
        self._body = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(title)
        layout.addLayout(self._body)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.add.clicked.connect(self._on_add)

    def parts(self) -> tuple[Attribute | Slot, ...]:
        """Return what the rows say; rows without a name do not count yet."""
        found = (row.part() for row in self.rows)
        return tuple(part for part in found if part is not None)

    def show_parts(self, parts: Sequence[Attribute | Slot], labels: Sequence[Label]) -> None:
        """Show these parts, unless the rows say them already."""
        renamed = [(each.id, each.name) for each in labels] != [
            (each.id, each.name) for each in self._labels
        ]
        if tuple(parts) == self.parts() and not renamed:
            return
        self._labels = tuple(labels)
        for row in list(self.rows):
            self._drop(row)
        for part in parts:
            self._append(part)

    def _append(self, part: Attribute | Slot) -> None:
        row = self._row(part, self._labels, self)  # type: ignore[arg-type]
        row.edited.connect(self.edited)
        row.removed.connect(self._on_removed)
        self.rows.append(row)
        self._body.addWidget(row)

    def _drop(self, row: AttributeRow | SlotRow) -> None:
        self.rows.remove(row)
        self._body.removeWidget(row)
        row.blockSignals(True)
        row.hide()
        row.deleteLater()

    def _on_add(self) -> None:
        self._append(Attribute("") if self._row is AttributeRow else Slot(""))
        self.rows[-1].name.setFocus()

    def _on_removed(self, row: AttributeRow | SlotRow) -> None:
        self._drop(row)
        self.edited.emit()


class _OneLetter(QObject):
    """Selects the letter of a key field on a click or Tab, so that the next one takes its place."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.MouseButtonRelease):
            assert isinstance(watched, QLineEdit)
            watched.selectAll()
        return False


def key_line(parent: QWidget, key: str) -> QLineEdit:
    """Return a field for one letter."""
    line = _line(parent, key, _("Key"))
    line.setPlaceholderText("a–z")  # The word for a key is too long for the field.
    line.setMaxLength(1)
    line.setAlignment(Qt.AlignmentFlag.AlignCenter)
    line.setFixedWidth(line.fontMetrics().height() * 3)
    line.installEventFilter(_OneLetter(line))
    return line


def _line(parent: QWidget, text: str, name: str) -> QLineEdit:
    line = QLineEdit(text, parent)
    line.setAccessibleName(name)
    line.setPlaceholderText(name)
    line.setToolTip(name)
    line.setCursorPosition(0)
    return line
