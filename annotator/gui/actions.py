"""Turns the commands into Qt's actions: their keys, when they can be used, where those keys work."""

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction

from annotator.gui.commands import Command, Fact, Scope, every_command
from annotator.gui.key_names import key_sequence, shown_key
from annotator.language import _

if TYPE_CHECKING:  # The window owns the actions, and what they do is done by the window.
    from annotator.gui.article.view import ArticleView
    from annotator.gui.window import MainWindow

Keys = Mapping[str, tuple[str, ...]]


class Actions(QObject):
    """One action per command, by command id. The window has them all, so that keys work without menus."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.commands = {command.id: command for command in every_command()}
        self._actions = {command.id: self._action(command) for command in self.commands.values()}

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def get(self, command_id: str) -> QAction | None:
        """Return the action of a command, None when there is no such command."""
        return self._actions.get(command_id)

    def set_keys(self, changed: Keys) -> None:
        """Give every command its keys: those the user chose, else the usual ones."""
        for command_id, keys in keys_in_use(self.commands, changed).items():
            self._actions[command_id].setShortcuts([key_sequence(key) for key in keys])

    def serve(self, article_view: "ArticleView") -> None:
        """Let the keys that belong to the article work in this view."""
        article_view.ask_commands = self.press
        article_view.key_of = self.key_of
        for command in self.commands.values():
            if command.scope is Scope.ARTICLE:
                article_view.addAction(self._actions[command.id])

    def press(self, keys: Iterable[str]) -> bool:
        """Do what a key of the article is for, or tell why it cannot be done now; False when it is free."""
        wanted = set(keys)
        found = [
            action
            for action in self.of_article()
            if wanted & {sequence.toString() for sequence in action.shortcuts()}
        ]
        if not found:
            return False
        usable = next((action for action in found if action.isEnabled()), None)
        if usable:
            usable.trigger()
        elif self._window.session:
            self._window.session.told.emit(self._why_not(found[0]))
        return True

    def key_of(self, command_id: str) -> str:
        """Return the key of a command as printed on the keyboard, "" when it has none."""
        return next(iter(shown_keys(self[command_id])), "")

    def of_article(self) -> list[QAction]:
        """Return the actions whose keys work in the article only."""
        return [
            self._actions[command.id]
            for command in self.commands.values()
            if command.scope is Scope.ARTICLE
        ]

    def letters(self) -> dict[str, str]:
        """Return the plain letters that commands have in the article, lower case, with the command's text."""
        return {
            sequence.toString().casefold(): action.text()
            for action in self.of_article()
            for sequence in action.shortcuts()
            if len(sequence.toString()) == 1
        }

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

    def _why_not(self, action: QAction) -> str:
        """Return what is missing for an action that cannot be used now, and the key that helps."""
        when = self.commands[action.objectName()].when
        if self._window.session and self._window.session.is_read_only:
            return _("This project is open for reading only.")
        is_suggestion = Fact.SUGGESTION in when
        sentence = (
            _("No suggestion is selected.") if is_suggestion else _("No annotation is selected.")
        )
        keys = shown_keys(self["suggestion.next" if is_suggestion else "annotate.next"])
        remedy = _("{key} goes to the next one.").format(key=keys[0]) if keys else ""
        return f"{sentence} {remedy}".strip()

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


def shown_keys(action: QAction) -> list[str]:
    """Return the keys of an action as printed; the two Enter keys count as one."""
    enter, other = shown_key("Enter"), shown_key("Return")
    keys = (shown_key(sequence.toString()) for sequence in action.shortcuts())
    return list(dict.fromkeys(key.replace(other, enter) for key in keys))


def conflicts(commands: Mapping[str, Command], keys: Keys) -> dict[str, list[str]]:
    """Return the keys that several commands share, with the ids of these commands.

    Two that can never be used at the same moment may share one, as Enter accepts or else selects.
    """
    users: dict[str, list[str]] = {}
    for command_id, its_keys in keys.items():
        for key in dict.fromkeys(key_sequence(key).toString() for key in its_keys):
            users.setdefault(key, []).append(command_id)
    return {
        key: ids
        for key, ids in users.items()
        if any(_may_meet(commands[one], commands[other]) for one, other in combinations(ids, 2))
    }


def _may_meet(one: Command, other: Command) -> bool:
    return not {Fact.ANNOTATION, Fact.NO_ANNOTATION} <= one.when | other.when
