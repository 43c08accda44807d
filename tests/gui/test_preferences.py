"""What somebody prefers is there the next day, and a broken file does not stop the window."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.commands import every_command
from annotator.gui.preferences import RECENT, Preferences, Settings, read, write
from annotator.gui.preferences_dialog import PreferencesDialog
from annotator.gui.shortcuts import Shortcuts
from annotator.gui.window import MainWindow

COMMANDS = {command.id: command for command in every_command()}


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    settings = Settings(
        annotator="Noé",
        language="fr",
        theme="dark",
        text_size=3,
        recent=("/a.annot",),
        hidden=("labels",),
        keys={"export": ("Ctrl+Alt+E",)},
        layout={"window": "AAAA"},
    )
    assert write(tmp_path / "there" / "preferences.json", settings)
    assert read(tmp_path / "there" / "preferences.json") == settings


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1, 2]", b'{"theme": 7, "text_size": "big", "keys": []}']
)
def test_a_broken_file_is_as_on_the_first_day(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(content)
    assert read(path) == Settings()


def test_values_out_of_bounds_are_brought_back(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_text('{"theme": "mauve", "text_size": 900}')
    assert read(path).theme == "system"
    assert read(path).text_size == 12


def test_a_disk_that_refuses_does_not_stop_the_window(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    preferences = Preferences(tmp_path / "file" / "preferences.json")
    preferences.keep(Settings(theme="dark"))
    assert preferences.settings.theme == "dark"


def test_the_project_opened_last_comes_first_and_the_list_stays_short(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "preferences.json")
    for number in range(RECENT + 3):
        preferences.remember_project(tmp_path / f"{number}.annot")
    preferences.remember_project(tmp_path / "5.annot")
    recent = preferences.settings.recent
    assert recent[0].endswith("5.annot")
    assert len(recent) == RECENT == len(set(recent))


def test_the_dialog_takes_effect_at_once(window: MainWindow, qtbot: QtBot) -> None:
    dialog = PreferencesDialog(window.preferences, COMMANDS, None, window)
    dialog.annotator.setText("Maude")
    dialog.annotator.editingFinished.emit()
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.theme.activated.emit(dialog.theme.currentIndex())
    dialog.text_size.setValue(2)
    settings = window.preferences.settings
    assert (settings.annotator, settings.theme, settings.text_size) == ("Maude", "dark", 2)
    assert window.palette().window().color().lightness() < 60


def test_a_key_can_be_changed_and_put_back(window: MainWindow) -> None:
    shortcuts = Shortcuts(COMMANDS, {}, None, window)
    shortcuts.choose("export")
    shortcuts.editors[0].setKeySequence("Ctrl+Alt+E")
    shortcuts.editors[0].editingFinished.emit()
    assert shortcuts.keys == {"export": ("Ctrl+Alt+E",)}
    window.preferences.keep(replace(window.preferences.settings, keys=shortcuts.keys))
    assert window.actions_["export"].shortcut().toString() == "Ctrl+Alt+E"
    shortcuts.usual.click()
    assert shortcuts.keys == {}


def test_a_key_can_be_taken_away(window: MainWindow) -> None:
    shortcuts = Shortcuts(COMMANDS, {}, None, window)
    shortcuts.choose("export")
    shortcuts.none.click()
    window.preferences.keep(replace(window.preferences.settings, keys=shortcuts.keys))
    assert window.actions_["export"].shortcuts() == []


def test_two_commands_on_one_key_are_shown(window: MainWindow) -> None:
    shortcuts = Shortcuts(COMMANDS, {}, None, window)
    assert shortcuts.clashes() == []
    shortcuts.set_keys("export", ("Ctrl+N",))
    (sentence,) = shortcuts.clashes()
    assert "Ctrl+N" in sentence
    assert "Export" in sentence
    assert sentence in shortcuts.warning.text()


def test_the_list_of_keys_can_be_searched(window: MainWindow) -> None:
    shortcuts = Shortcuts(COMMANDS, {}, None, window)
    shortcuts.search.setText("expo")
    seen = [
        row for row in range(shortcuts.table.rowCount()) if not shortcuts.table.isRowHidden(row)
    ]
    assert [shortcuts.table.item(row, 0).text() for row in seen] == ["Export…"]
