"""Somebody who presses any key and clicks anywhere, very fast: the window stands it, the project is sound."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from annotator.gui.preferences import Preferences
from annotator.gui.style import dress
from annotator.gui.theme import load_theme
from annotator.gui.window import MainWindow
from annotator.language import use_language
from annotator.store.checks import check
from tests.gui.test_quotes import project_of
from tests.suggest import gold

Key, Mod = Qt.Key, Qt.KeyboardModifier
SECONDS = 30
STRANGE = (
    "« »",
    "a\u2028b « c\u00a0» dit-il",
    "e\u0301te\u0301 « 👩‍🚒 va », dit Zoe\u0308.",
    '« مرحبا بكم » قال الرجل\nשלום "עולם" אמר',
    "« " + "mot " * 3_000 + "», dit-il.",
)
NONE, SHIFT, CTRL, ALT = (
    Mod.NoModifier,
    Mod.ShiftModifier,
    Mod.ControlModifier,
    Mod.AltModifier,
)
MOVES = [
    *((key, NONE) for key in (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down)),
    *((key, NONE) for key in (Key.Key_Home, Key.Key_End, Key.Key_PageDown, Key.Key_Tab)),
    *((key, SHIFT) for key in (Key.Key_Left, Key.Key_Right, Key.Key_Backtab)),
]
DEEDS = [
    *((key, NONE) for key in (Key.Key_Return, Key.Key_Escape, Key.Key_Backspace, Key.Key_F8)),
    *((key, SHIFT) for key in (Key.Key_Return, Key.Key_Q, Key.Key_S, Key.Key_A, Key.Key_F8)),
    *((key, CTRL) for key in (Key.Key_Z, Key.Key_Y, Key.Key_Up, Key.Key_Down)),
    *((key, ALT) for key in (Key.Key_S, Key.Key_Backspace, Key.Key_F8)),
    (Key.Key_F5, NONE),
]
LETTERS = "qqqsscaaiinnxpolfumtvghkb12345+-,"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    use_language("en")
    dress(qapp, load_theme("light"))
    texts = [*[text.text for text in gold.texts()[:12]], *STRANGE]
    found = MainWindow(Preferences(tmp_path / "preferences.json"))
    qtbot.addWidget(found)
    found.resize(1300, 850)
    found.show()
    found.open_project(project_of(tmp_path / "any.annot", *texts, suggests="on"))
    yield found
    found.close()


@pytest.mark.parametrize("seed", range(4))
def test_any_key_anywhere(window: MainWindow, seed: int, qtbot: QtBot) -> None:
    dice, view = random.Random(seed), window.article_view
    assert view is not None and window.session is not None and window.workspace is not None
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        act(window, dice)
        QApplication.processEvents()
        panel = window.workspace.alike
        if panel.isVisible() and dice.random() < 0.5:
            keys = (Key.Key_Return, Key.Key_Escape, Key.Key_Space, Key.Key_Down)
            QTest.keyClick(panel.list, dice.choice(keys))
        for dialog in window.findChildren(QDialog):
            dialog.close()
        if dice.random() < 0.02:
            assert check(window.session.project) == []
    assert check(window.session.project) == []


def act(window: MainWindow, dice: random.Random) -> None:
    view, kind = window.article_view, dice.random()
    assert view is not None
    if kind < 0.35:
        QTest.keyClick(view, *dice.choice(MOVES))
    elif kind < 0.7:
        QTest.keyClicks(view, dice.choice(LETTERS))
    elif kind < 0.88:
        QTest.keyClick(view, *dice.choice(DEEDS))
    elif kind < 0.98:
        area = view.viewport()
        where = QPoint(dice.randrange(area.width()), dice.randrange(area.height()))
        held = dice.choice([NONE, NONE, NONE, CTRL, SHIFT])
        QTest.mouseClick(area, Qt.MouseButton.LeftButton, held, where)
    else:
        window.actions_[dice.choice(["view.ledger", "view.findings"])].trigger()
