"""Keys have the names that stand on the keyboard and in the help, in both languages."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from annotator.gui.key_names import KeyNames
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
    shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    assert shown == KEYS[language].get(key, key)


def test_qt_names_the_other_keys(language: str) -> None:
    assert QKeySequence("F6").toString(QKeySequence.SequenceFormat.NativeText) == "F6"
