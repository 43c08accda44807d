"""Everything stands once among the commands, can be reached, and keeps to its key."""

import pytest
from PySide6.QtGui import QKeySequence

from annotator.gui.actions import conflicts, keys_in_use
from annotator.gui.command_palette import entries
from annotator.gui.commands import Command, Scope, every_command, menus
from annotator.gui.window import MainWindow
from annotator.language import use_language
from annotator.resources import resource

_ALTGR_ON_AZERTY = set("[]{}\\@#|~^`")


def _commands() -> dict[str, Command]:
    return {command.id: command for command in every_command()}


def test_every_command_has_an_id_a_name_and_a_menu() -> None:
    assert len(_commands()) == len(every_command())
    for command in every_command():
        assert command.text
        assert command.menu in menus()


def test_no_two_commands_have_the_same_name() -> None:
    names = [command.text for command in every_command()]
    assert len(names) == len(set(names))


def test_no_two_commands_share_a_key() -> None:
    assert conflicts(_commands(), keys_in_use(_commands(), {})) == {}


def test_every_key_is_a_key() -> None:
    for command in every_command():
        for key in command.keys:
            assert QKeySequence(key).toString(), (command.id, key)


def test_no_key_needs_altgr_on_azerty() -> None:
    for command in every_command():
        for key in command.keys:
            assert not _ALTGR_ON_AZERTY & {key.rsplit("+", 1)[-1] or "+"}, (command.id, key)


def test_keys_that_are_letters_work_only_in_the_article() -> None:
    for command in every_command():
        for key in command.keys:
            plain = key.removeprefix("Shift+")
            if len(plain) == 1 and plain != "?":
                assert command.scope is Scope.ARTICLE, command.id


def test_every_icon_is_shipped() -> None:
    for command in every_command():
        assert not command.icon or resource("icons", f"{command.icon}.svg").exists(), command.icon


@pytest.mark.parametrize("language", ["en", "fr"])
def test_menus_have_letters_of_their_own(language: str) -> None:
    use_language(language)
    letters = [title[title.index("&") + 1].casefold() for title in menus().values()]
    assert len(letters) == len(set(letters))


def test_every_command_is_in_a_menu_and_in_the_palette(window: MainWindow) -> None:
    listed = {
        action.objectName() for menu in window.menus.menus.values() for action in menu.actions()
    }
    assert set(_commands()) <= listed
    found = {entry.action.objectName() for entry in entries(window.actions_)}
    assert set(_commands()) - found == {"help.commands"}


def test_without_a_project_only_what_makes_sense_can_be_used(window: MainWindow) -> None:
    usable = {name for name in _commands() if window.actions_[name].isEnabled()}
    assert {
        "project.new",
        "project.open",
        "project.sample",
        "preferences",
        "help",
        "quit",
    } <= usable
    assert not {"export", "import.files", "annotate.grow", "edit.undo", "find.article"} & usable


def test_icons_and_texts_of_help_pages_come_with_every_language() -> None:
    english = {path.name for path in resource("help", "en").glob("*.md")}
    french = {path.name for path in resource("help", "fr").glob("*.md")}
    assert english == french
