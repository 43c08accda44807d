"""One label of the scheme as a form: name, key, colour, group, description, attributes, slots."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.scheme import COLOURS, Label, Scheme
from annotator.gui.flow_layout import Column, FlowLayout
from annotator.gui.label_words import colour_name
from annotator.gui.marks import swatch_icon
from annotator.gui.part_rows import AttributeRow, PartRows, SlotRow, key_line
from annotator.gui.theme import Theme
from annotator.language import _


class LabelForm(QScrollArea):
    """Says which label the annotator wants instead of the one shown; `refused` says why not."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scheme = Scheme()
        self._label: Label | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.viewport().setAutoFillBackground(False)
        self.body = body = Column(self)
        body.setAutoFillBackground(False)
        self.name = QLineEdit(body)
        self.key = key_line(body, "")
        self.colours = QWidget(body)
        self._swatches: dict[str, QToolButton] = {}
        self.group = QComboBox(body)
        self.group.setEditable(True)
        self.description = QLineEdit(body)
        self.attributes = PartRows(_("Attributes"), _("Add an attribute"), AttributeRow, body)
        self.slots = PartRows(_("Slots"), _("Add a slot"), SlotRow, body)
        self._build_swatches()
        self._lay_out(body)
        self.setWidget(body)
        self._connect()

    def show_label(self, label: Label | None, scheme: Scheme) -> None:
        """Show a label as the scheme has it; None empties the form."""
        same = self._label is not None and label is not None and self._label.id == label.id
        before, self._label, self._scheme = self._label, label, scheme
        self.body.setVisible(label is not None)
        if label is None:
            return
        _set(
            self.name, label.name, unless=same and before is not None and before.name == label.name
        )
        _set(self.key, label.key.upper(), unless=False)
        _set(
            self.description,
            label.description,
            unless=same and before is not None and before.description == label.description,
        )
        self._show_groups(label)
        for colour, button in self._swatches.items():
            button.setChecked(colour == label.colour)
        if not same or (before and before.attributes != label.attributes):
            self.attributes.show_parts(label.attributes, scheme.labels)
        if not same or (before and before.slots != label.slots):
            self.slots.show_parts(label.slots, scheme.labels)

    def flush(self) -> None:
        """Say now what was typed and not yet entered."""
        self._submit()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        for colour, button in self._swatches.items():
            button.setIcon(swatch_icon(theme, colour, button.iconSize().width()))

    def _build_swatches(self) -> None:
        flow = FlowLayout(self.colours, gap=2)
        size = self.fontMetrics().height() * 5 // 4
        for colour in COLOURS:
            button = QToolButton(self.colours)
            button.setIconSize(QSize(size, size))
            button.setIcon(swatch_icon(self._theme, colour, size))
            button.setCheckable(True)
            button.setToolTip(colour_name(colour))
            button.setAccessibleName(colour_name(colour))
            button.setProperty("colour", colour)
            button.clicked.connect(self._on_colour)
            self._swatches[colour] = button
            flow.addWidget(button)

    def _lay_out(self, body: QWidget) -> None:
        gap = self.fontMetrics().height() // 2
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setHorizontalSpacing(gap * 2)
        form.setVerticalSpacing(gap)
        form.addRow(_("&Name"), self.name)
        form.addRow(_("&Key"), self.key)
        form.addRow(_("Colour"), self.colours)
        form.addRow(_("&Description"), self.description)
        form.addRow(_("&Group"), self.group)
        self.group.setToolTip(_("Labels of one group share a file in column formats"))
        for widget, name in (
            (self.name, _("Name")),
            (self.description, _("Description")),
            (self.group, _("Group")),
        ):
            widget.setAccessibleName(name)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(gap * 2, 0, gap, gap)
        layout.setSpacing(gap * 2)
        layout.addLayout(form)
        layout.addWidget(self.attributes)
        layout.addWidget(self.slots)
        layout.addStretch(1)

    def _connect(self) -> None:
        for line in (self.name, self.key, self.description):
            line.editingFinished.connect(self._submit)
        group = self.group.lineEdit()
        assert group is not None
        group.editingFinished.connect(self._submit)
        self.group.activated.connect(self._submit)
        self.attributes.edited.connect(self._submit)
        self.slots.edited.connect(self._submit)

    def _show_groups(self, label: Label) -> None:
        groups = sorted({each.group for each in self._scheme.labels})
        self.group.blockSignals(True)
        self.group.clear()
        self.group.addItems(groups)
        self.group.setCurrentText(label.group)
        self.group.blockSignals(False)

    def _submit(self) -> None:
        """Say the label that the form describes, or why it cannot be."""
        if self._label is None:
            return
        wanted = replace(
            self._label,
            name=self.name.text().strip(),
            key=self.key.text().casefold().strip(),
            description=self.description.text().strip(),
            group=self.group.currentText().strip() or self._label.group,
            attributes=self.attributes.parts(),  # type: ignore[arg-type]
            slots=self.slots.parts(),  # type: ignore[arg-type]
        )
        reason = objection(self._scheme, wanted)
        self.refused.emit(reason)
        if not reason and wanted != self._label:
            self.edited.emit(wanted)

    def _on_colour(self) -> None:
        button = self.sender()
        if self._label is not None and isinstance(button, QToolButton):
            colour = button.property("colour")
            for each, swatch in self._swatches.items():
                swatch.setChecked(each == self._label.colour)
            if colour != self._label.colour:
                self.edited.emit(replace(self._label, colour=colour))


def objection(scheme: Scheme, label: Label) -> str:
    """Return why a label cannot stand in the scheme as it is, "" when it can."""
    others = [each for each in scheme.labels if each.id != label.id]
    if not label.name:
        return _("A label needs a name.")
    if any(each.name.casefold() == label.name.casefold() for each in others):
        return _("There is a label “{name}” already.").format(name=label.name)
    if label.key and not label.key.isalpha():
        return _("A key is a letter; “{key}” is not.").format(key=label.key)
    holder = next(
        (each for each in others if label.key and each.key == label.key and not each.retired), None
    )
    if holder and not label.retired:
        return _("The key “{key}” belongs to {name}.").format(
            key=label.key.upper(), name=holder.name
        )
    return _repeated(
        [*(each.name for each in label.attributes), *(each.name for each in label.slots)]
    )


def warning(label: Label, letters: Mapping[str, str]) -> str:
    """Return what is worth knowing about a label that may stand all the same.

    `letters` are those that commands have in the article, with the command's text.
    """
    if label.key in letters and not label.retired:
        return _("{key} gives this label now; “{command}” needs another key.").format(
            key=label.key.upper(), command=letters[label.key]
        )
    return ""


def _repeated(names: list[str]) -> str:
    twice = next((name for name in names if names.count(name) > 1), "")
    return (
        _("“{name}” stands twice among attributes and slots.").format(name=twice) if twice else ""
    )


def _set(line: QLineEdit, text: str, *, unless: bool) -> None:
    """Show a text, but leave a caret where it is and typed words alone when nothing is new."""
    if not unless and line.text() != text:
        line.setText(text)
        line.setCursorPosition(0)
