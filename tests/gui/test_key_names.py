"""Keys have the names that stand on the keyboard and in the help, in both languages."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from annotator.gui.commands import every_command
from annotator.gui.key_names import KeyNames, key_sequence, shown_key
from annotator.language import use_language
from tests.keys_page import KEYS


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    use_language(request.param)
    names = KeyNames(qapp)
    qapp.installTranslator(names)
    yield request.param
    qapp.removeTranslator(names)
    use_language("en")


@pytest.mark.parametrize("key", ["Return", "Enter", "Backspace", "Del", "Up", "Down"])
def test_a_key_is_called_what_the_help_calls_it(key: str, language: str) -> None:
    assert shown_key(key) == KEYS[language].get(key, key)


def test_qt_names_the_other_keys(language: str) -> None:
    assert shown_key("F6") == "F6"


def test_a_key_stays_the_same_key_whatever_it_is_called(language: str) -> None:
    """Both Enter keys are called Enter: read back by that name, they would be one key twice."""
    for command in every_command():
        for key in command.keys:
            assert key_sequence(key).toString() == key
    assert key_sequence("Ctrl+Enter") != key_sequence("Ctrl+Return")
