"""Every command with its keys in a table; each can be changed, and conflicts are shown as they arise."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.scheme import Scheme
from annotator.gui.actions import conflicts, keys_in_use
from annotator.gui.commands import Command, Scope
from annotator.gui.fuzzy import plain
from annotator.gui.key_names import key_sequence, shown_key
from annotator.language import _

_ID = int(Qt.ItemDataRole.UserRole)


class Shortcuts(QWidget):
    """A table of commands; below it the keys of the one that is chosen. `changed` follows every change."""

    changed = Signal()

    def __init__(
        self,
        commands: Mapping[str, Command],
        keys: Mapping[str, tuple[str, ...]],
        scheme: Scheme | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._scheme = scheme
        self.keys = dict(keys)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("Find a command"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.table = QTableWidget(len(commands), 2, self)
        self.warning = QLabel(self)
        self.warning.setWordWrap(True)
        self.editors = [QKeySequenceEdit(self), QKeySequenceEdit(self)]
        self.usual = QPushButton(_("Usual keys"), self)
        self.none = QPushButton(_("No key"), self)
        self._lay_out()
        self._fill()
        self.search.textChanged.connect(self._on_search_changed)
        self.table.currentCellChanged.connect(self._on_current_changed)
        self.usual.clicked.connect(self._on_usual_clicked)
        self.none.clicked.connect(self._on_none_clicked)
        for editor in self.editors:
            editor.editingFinished.connect(self._on_edited)
        self.table.setCurrentCell(0, 0)

    def choose(self, command_id: str) -> None:
        """Choose a command in the table."""
        self.table.setCurrentCell(list(self._commands).index(command_id), 0)

    def set_keys(self, command_id: str, keys: tuple[str, ...]) -> None:
        """Give a command these keys; the usual ones are not written down."""
        if keys == self._commands[command_id].keys:
            self.keys.pop(command_id, None)
        else:
            self.keys[command_id] = keys
        self._show_keys()
        self.changed.emit()

    def clashes(self) -> list[str]:
        """Return a sentence for each key that several commands, or a command and a label, share."""
        in_use = keys_in_use(self._commands, self.keys)
        found = [
            _("{key} stands for “{one}” and “{other}”.").format(
                key=shown_key(key),
                one=self._commands[ids[0]].text,
                other=self._commands[ids[1]].text,
            )
            for key, ids in conflicts(self._commands, in_use).items()
        ]
        for label in self._scheme.active if self._scheme else ():
            found += [
                _("{key} gives the label “{label}”; “{command}” needs another key.").format(
                    key=label.key.upper(), command=command.text, label=label.name
                )
                for command in self._commands.values()
                if command.scope is Scope.ARTICLE
                and label.key
                and label.key.upper() in in_use[command.id]
            ]
        return found

    def _lay_out(self) -> None:
        self.table.setHorizontalHeaderLabels([_("Command"), _("Keys")])
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setSectionResizeMode(
            1, QHeaderView.ResizeMode.ResizeToContents
        )
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setAccessibleName(_("Commands and their keys"))
        row = QHBoxLayout()
        row.addWidget(QLabel(_("Press the new keys:"), self))
        for number, editor in enumerate(self.editors, start=1):
            editor.setMaximumSequenceLength(1)
            editor.setClearButtonEnabled(True)
            editor.setAccessibleName(_("Key {n}").format(n=number))
            row.addWidget(editor, 1)
        row.addWidget(self.usual)
        row.addWidget(self.none)
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        column.addWidget(self.warning)

    def _fill(self) -> None:
        for row, command in enumerate(self._commands.values()):
            name = QTableWidgetItem(command.text)
            name.setData(_ID, command.id)
            self.table.setItem(row, 0, name)
            self.table.setItem(row, 1, QTableWidgetItem())
        self._show_keys()

    def _show_keys(self) -> None:
        in_use = keys_in_use(self._commands, self.keys)
        for row, command_id in enumerate(self._commands):
            item = self.table.item(row, 1)
            if item is not None:
                item.setText(", ".join(dict.fromkeys(shown_key(key) for key in in_use[command_id])))
                font = item.font()
                font.setBold(command_id in self.keys)
                item.setFont(font)
        sentences = self.clashes()
        self.warning.setText("\n".join(f"⚠ {sentence}" for sentence in sentences))
        self.warning.setVisible(bool(sentences))

    def _current(self) -> str:
        item = self.table.item(self.table.currentRow(), 0)
        return str(item.data(_ID)) if item is not None else ""

    def _on_search_changed(self, text: str) -> None:
        for row, command in enumerate(self._commands.values()):
            self.table.setRowHidden(row, plain(text) not in plain(command.text))

    def _on_current_changed(self, *_cells: int) -> None:
        command_id = self._current()
        if command_id:
            keys = keys_in_use(self._commands, self.keys)[command_id]
            for place, editor in enumerate(self.editors):
                editor.setKeySequence(key_sequence(keys[place] if place < len(keys) else ""))

    def _on_edited(self) -> None:
        written = [editor.keySequence().toString() for editor in self.editors]
        command_id = self._current()
        # A command may have more keys than there are fields: those stay.
        rest = keys_in_use(self._commands, self.keys)[command_id][len(self.editors) :]
        self.set_keys(command_id, (*(key for key in written if key), *rest))

    def _on_usual_clicked(self) -> None:
        self.set_keys(self._current(), self._commands[self._current()].keys)
        self._on_current_changed()

    def _on_none_clicked(self) -> None:
        self.set_keys(self._current(), ())
        self._on_current_changed()
