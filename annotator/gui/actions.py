"""Turns the commands into Qt's actions: their keys, when they can be used, where those keys work."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.gui.commands import Command, Fact, Scope, every_command
from annotator.language import _

if TYPE_CHECKING:  # The window owns the actions, and what they do is done by the window.
    from annotator.gui.window import MainWindow

Keys = Mapping[str, tuple[str, ...]]


class Actions(QObject):
    """One action per command, by command id. The window has them all, so that keys work without menus."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.commands = {command.id: command for command in every_command()}
        self._actions = {command.id: self._action(command) for command in self.commands.values()}
        self._article_view: QWidget | None = None

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def set_keys(self, changed: Keys) -> None:
        """Give every command its keys: those the user chose, else the usual ones."""
        for command_id, keys in keys_in_use(self.commands, changed).items():
            self._actions[command_id].setShortcuts([QKeySequence(key) for key in keys])

    def serve(self, article_view: QWidget) -> None:
        """Let the keys that belong to the article work in this view."""
        for command in self.commands.values():
            if command.scope is Scope.ARTICLE:
                article_view.addAction(self._actions[command.id])

    def refresh(self, facts: frozenset[Fact]) -> None:
        """Enable what makes sense now and tick what is on."""
        for command in self.commands.values():
            action = self._actions[command.id]
            action.setEnabled(command.when <= facts)
            if command.shown is not None:
                action.setChecked(command.shown(self._window))

    def name_steps(self, undo: str, redo: str) -> None:
        """Say what undo and redo would step over; "" for nothing."""
        self["edit.undo"].setText(_("Undo “{name}”").format(name=undo) if undo else _("Undo"))
        self["edit.redo"].setText(_("Redo “{name}”").format(name=redo) if redo else _("Redo"))

    def _action(self, command: Command) -> QAction:
        action = QAction(command.text, self._window)
        action.setObjectName(command.id)
        action.setCheckable(command.shown is not None)
        # Without this, a name such as “Preferences…” moves to another menu on macOS, and out of ours.
        action.setMenuRole(_ROLES.get(command.id, QAction.MenuRole.NoRole))
        action.triggered.connect(partial(self._run, command))
        if command.scope is Scope.ARTICLE:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        else:
            self._window.addAction(action)
        return action

    def _run(self, command: Command, _checked: bool = False) -> None:
        command.run(self._window)
        if command.shown is not None:
            self._actions[command.id].setChecked(command.shown(self._window))


_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "preferences": QAction.MenuRole.PreferencesRole,
    "help.about": QAction.MenuRole.AboutRole,
}


def keys_in_use(commands: Mapping[str, Command], changed: Keys) -> dict[str, tuple[str, ...]]:
    """Return the keys of every command, the user's own first asked."""
    return {name: changed.get(name, command.keys) for name, command in commands.items()}


def shown_key(key: str) -> str:
    """Return a key as it is printed on the keyboard and in the system's menus."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def shown_keys(action: QAction) -> list[str]:
    """Return the keys of an action as printed; the two Enter keys count as one."""
    enter, other = shown_key("Enter"), shown_key("Return")
    keys = (shown_key(sequence.toString()) for sequence in action.shortcuts())
    return list(dict.fromkeys(key.replace(other, enter) for key in keys))


def conflicts(keys: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Return the keys that several commands share, with the ids of these commands."""
    users: dict[str, list[str]] = {}
    for command_id, its_keys in keys.items():
        for key in dict.fromkeys(QKeySequence(key).toString() for key in its_keys):
            users.setdefault(key, []).append(command_id)
    return {key: ids for key, ids in users.items() if len(ids) > 1}
