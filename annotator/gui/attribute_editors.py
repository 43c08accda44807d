"""The attributes of a label as widgets: values to press, boxes to tick, lines to fill."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.scheme import Attribute
from annotator.gui.flow_layout import FlowLayout
from annotator.language import _

BUTTONS = 8
"""A choice of more values than this becomes a list to open."""


class AttributeEditors(QWidget):
    """Shows the attributes of one annotation and says which one the annotator wants changed.

    It changes nothing by itself: what is shown is what `show_values` was last told. The values of the
    first choice have digits, if digits are for them.
    """

    value_chosen = Signal(str, object)

    def __init__(
        self,
        attributes: tuple[Attribute, ...],
        parent: QWidget | None = None,
        *,
        is_numbered: bool = True,
    ) -> None:
        super().__init__(parent)
        self._editors: dict[str, _Editor] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.fontMetrics().height() // 2)
        flags = QWidget(self)
        flow = FlowLayout(flags, gap=self.fontMetrics().height())
        numbered = not is_numbered
        for attribute in attributes:
            editor = _editor(attribute, numbered=not numbered and attribute.kind == "choice")
            numbered = numbered or attribute.kind == "choice"
            editor.chosen.connect(self._on_chosen)
            self._editors[attribute.name] = editor
            if attribute.kind == "flag":
                flow.addWidget(editor)
            else:
                layout.addWidget(editor)
        flags.setVisible(flow.count() > 0)
        layout.addWidget(flags)

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show what an annotation says of each attribute."""
        for name, editor in self._editors.items():
            editor.show_value(values.get(name))

    def flush(self) -> None:
        """Say now what was typed into a line and not yet entered."""
        for editor in self._editors.values():
            editor.flush()

    def _on_chosen(self, name: str, value: object) -> None:
        self.value_chosen.emit(name, value)


class _Editor(QWidget):
    """What all kinds have in common: a name, and a wish for a value (None takes it away)."""

    chosen = Signal(str, object)

    def __init__(self, attribute: Attribute) -> None:
        super().__init__()
        self.attribute = attribute
        self.setSizePolicy(self.sizePolicy().Policy.Preferred, self.sizePolicy().Policy.Minimum)

    def show_value(self, value: Any) -> None:
        raise NotImplementedError

    def flush(self) -> None:
        """Most kinds hold nothing back."""

    def _title(self) -> str:
        key = self.attribute.key.upper()
        return f"{self.attribute.name} ({key})" if key else self.attribute.name

    def _lay_out(self, *widgets: QWidget) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        title = QLabel(self._title(), self)
        title.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        layout.addWidget(title)
        for widget in widgets:
            widget.setAccessibleName(self.attribute.name)
            layout.addWidget(widget)


class _Choice(_Editor):
    """A few values as buttons; pressing the one that is down takes the value away."""

    def __init__(self, attribute: Attribute, *, numbered: bool) -> None:
        super().__init__(attribute)
        row = QWidget(self)
        flow = FlowLayout(row)
        self._buttons: dict[str, QToolButton] = {}
        for number, value in enumerate(attribute.values, 1):
            button = QToolButton(row)
            button.setCheckable(True)
            button.setProperty("look", "choice")
            button.setText(f"{number}  {value}" if numbered else value)
            button.setAccessibleName(f"{attribute.name}: {value}")
            button.setProperty("value", value)
            button.clicked.connect(self._on_clicked)
            self._buttons[value] = button
            flow.addWidget(button)
        self._shown: Any = None
        self._lay_out(row)

    def show_value(self, value: Any) -> None:
        self._shown = value
        for each, button in self._buttons.items():
            button.setChecked(each == value)

    def _wish(self, value: str) -> None:
        self.chosen.emit(self.attribute.name, None if value == self._shown else value)
        self.show_value(self._shown)

    def _on_clicked(self) -> None:
        button = self.sender()
        if button is not None:
            self._wish(button.property("value"))


class _LongChoice(_Editor):
    """Many values as a list to open, the first entry being none."""

    def __init__(self, attribute: Attribute) -> None:
        super().__init__(attribute)
        self._combo = QComboBox(self)
        self._combo.addItem(_("none"), None)
        for value in attribute.values:
            self._combo.addItem(value, value)
        self._combo.activated.connect(self._on_activated)
        self._shown: Any = None
        self._lay_out(self._combo)

    def show_value(self, value: Any) -> None:
        self._shown = value
        self._combo.setCurrentIndex(max(0, self._combo.findData(value)))

    def _on_activated(self) -> None:
        value = self._combo.currentData()
        if value != self._shown:
            self.chosen.emit(self.attribute.name, value)
            self.show_value(self._shown)


class _Flag(_Editor):
    """A box to tick."""

    def __init__(self, attribute: Attribute) -> None:
        super().__init__(attribute)
        self._box = QCheckBox(self._title(), self)
        self._box.clicked.connect(self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)
        self._shown = False

    def show_value(self, value: Any) -> None:
        self._shown = value is True
        self._box.setChecked(self._shown)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.attribute.name, None if self._shown else True)
        self._box.setChecked(self._shown)


class _Text(_Editor):
    """A line to fill; it is entered with Enter or when the focus leaves."""

    def __init__(self, attribute: Attribute) -> None:
        super().__init__(attribute)
        self._line = QLineEdit(self)
        self._line.editingFinished.connect(self.flush)
        self._shown: Any = None
        self._lay_out(self._line)

    def show_value(self, value: Any) -> None:
        unsaved = self._line.isModified() and self._line.hasFocus() and value == self._shown
        self._shown = value
        if not unsaved:
            self._line.setText("" if value is None else str(value))

    def flush(self) -> None:
        text = self._line.text()
        if self._line.isModified() and text != ("" if self._shown is None else str(self._shown)):
            self._line.setModified(False)
            self.chosen.emit(self.attribute.name, text or None)


def _editor(attribute: Attribute, *, numbered: bool) -> _Editor:
    if attribute.kind == "flag":
        return _Flag(attribute)
    if attribute.kind == "text":
        return _Text(attribute)
    if len(attribute.values) > BUTTONS:
        return _LongChoice(attribute)
    return _Choice(attribute, numbered=numbered)
