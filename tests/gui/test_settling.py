"""Settling many suggestions at once, in the real window: by key, menu and mouse, undone in one step."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.model import AnnotationState
from annotator.gui.occurrences_controls import Reach
from annotator.gui.settle_panel import SettlePanel
from annotator.gui.window import MainWindow
from annotator.store import annotations, articles, history
from annotator.store.project import Project
from tests.gui.office import Office
from tests.gui.test_quotes import project_of
from tests.gui.test_walking import suggest

Key, Mod, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton

FIRST = "Luc Roy parle à Lyon. La Ville approuve, le 3 mai."
SECOND = "À Lyon, Luc Roy signe. Nora Lam se tait."


class Settler(Office):
    """Somebody who settles many at once."""

    @property
    def panel(self) -> SettlePanel:
        assert self.window.workspace is not None
        return self.window.workspace.settling

    def key(self, key: Key | str, modifiers: Mod = Mod.NoModifier) -> None:
        """Press a key in the list."""
        if isinstance(key, str):
            QTest.keyClicks(self.panel.list, key, modifiers)
        else:
            QTest.keyClick(self.panel.list, key, modifiers)

    def open(self, qtbot: QtBot) -> None:
        self.press(Key.Key_Return, Mod.ControlModifier | Mod.ShiftModifier)
        assert self.panel.isVisible()
        qtbot.waitUntil(self.panel.list.hasFocus)

    @property
    def listed(self) -> list[str]:
        model = self.panel.model
        return [model.line(row).words for row in range(model.rowCount())]

    @property
    def states(self) -> dict[str, str]:
        """What became of every suggestion, by its first article and words."""
        project = self.session.project
        return {
            f"{article} {each.text}": str(each.state)
            for article in articles.ids(project)
            for each in annotations.of_article(project, article, [*AnnotationState])
        }

    @property
    def ops(self) -> int:
        return len(history.ops(self.session.project))


@pytest.fixture
def office(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Settler:
    path = project_of(tmp_path / "many.annot", FIRST, SECOND, "Rien ici.")
    with Project.open(path) as project:
        first, second = (articles.article(project, each) for each in ("a0", "a1"))
        suggest(
            project,
            first,
            ("per", "Luc Roy", 0.95, "names"),
            ("loc", "Lyon", 0.85, "names"),
            ("org", "La Ville", 0.4, "model"),
            ("date", "3 mai", 0.9, "patterns"),
        )
        suggest(
            project,
            second,
            ("loc", "Lyon", 0.6, "names"),
            ("per", "Luc Roy", 0.95, "names"),
            ("per", "Nora Lam", 0.3, "model"),
        )
    window.open_project(path)
    found = Settler(window)
    qtbot.waitUntil(found.view.hasFocus)
    return found


def listed(office: Settler, *words: str) -> bool:
    return office.listed == list(words)


def test_what_is_sure_is_accepted_in_one_step_and_taken_back_in_one(
    office: Settler, qtbot: QtBot
) -> None:
    office.open(qtbot)
    assert office.listed == ["Luc Roy", "Lyon", "3 mai"]
    assert office.panel.accept.text() == "Accept 3"
    assert office.panel.counts.text() == "3 of 4 pass"
    ops = office.ops
    office.key(Key.Key_Return)
    assert office.ops == ops + 1
    assert list(office.states.values()).count("accepted") == 3
    qtbot.waitUntil(lambda: office.panel.counts.text() == "Nothing passes; 1 waits.")
    office.panel.close_panel()
    office.press(Key.Key_Z, Mod.ControlModifier)
    assert set(office.states.values()) == {"suggested"}
    office.press(Key.Key_Y, Mod.ControlModifier)
    assert list(office.states.values()).count("accepted") == 3


def test_the_least_score_is_moved_by_key_and_mouse(office: Settler, qtbot: QtBot) -> None:
    office.open(qtbot)
    office.key(Key.Key_Right)
    qtbot.waitUntil(lambda: listed(office, "Luc Roy", "Lyon", "3 mai"))
    office.key(Key.Key_Right)
    qtbot.waitUntil(lambda: listed(office, "Luc Roy", "3 mai"))
    assert office.panel.controls.score.text() == "from 90%"
    slider = office.panel.controls.slider
    QTest.mouseClick(slider, Button.LeftButton, pos=QPoint(2, slider.height() // 2))
    qtbot.waitUntil(lambda: len(office.listed) == 4)
    assert office.panel.controls.score.text() == "any score"


def test_what_is_left_out_stays_undecided(office: Settler, qtbot: QtBot) -> None:
    office.open(qtbot)
    office.key(Key.Key_Down)
    office.key(Key.Key_Space)
    assert office.panel.accept.text() == "Accept 2"
    office.key(Key.Key_Left)
    qtbot.wait(60)
    assert office.panel.accept.text() == "Accept 2"
    office.panel.accept.click()
    assert office.states["a0 Lyon"] == "suggested"
    assert office.states["a0 Luc Roy"] == "accepted"


def test_all_of_one_suggester_are_rejected(office: Settler, qtbot: QtBot) -> None:
    office.open(qtbot)
    office.key(Key.Key_Return, Mod.ControlModifier | Mod.ShiftModifier)
    office.key("3")
    qtbot.waitUntil(lambda: office.panel.controls.origin.count() == 4)
    origin = office.panel.controls.origin
    while origin.currentData() != "model":
        office.key("s")
    QTest.keyClick(office.panel.controls.slider, Key.Key_Home)
    qtbot.waitUntil(lambda: listed(office, "La Ville", "Nora Lam"))
    ops = office.ops
    office.key("x")
    assert office.ops == ops + 1
    assert [name for name, state in office.states.items() if state == "rejected"] == [
        "a0 La Ville",
        "a1 Nora Lam",
    ]
    assert office.window.actions_["edit.undo"].text() == "Undo “Reject 2 suggestions”"


def test_a_letter_asks_for_its_label_alone(office: Settler, qtbot: QtBot) -> None:
    office.open(qtbot)
    office.key("p")
    qtbot.waitUntil(lambda: listed(office, "Luc Roy"))
    assert office.panel.controls.heading.text() == "PER, 80% and more"
    office.key("p")
    qtbot.waitUntil(lambda: len(office.listed) == 3)


def test_the_same_words_are_accepted_in_all_articles(office: Settler, qtbot: QtBot) -> None:
    office.press("n")
    office.press(Key.Key_Return, Mod.ShiftModifier)
    assert office.panel.controls.heading.text() == "PER “Luc Roy”"
    assert office.listed == ["Luc Roy"]
    office.panel.controls.reaches[Reach.CORPUS].click()
    qtbot.waitUntil(lambda: listed(office, "Luc Roy", "Luc Roy"))
    assert office.panel.counts.text() == "2 of 7 pass, in 2 articles"
    office.key(Key.Key_Return)
    assert not office.panel.isVisible()
    assert office.view.hasFocus()
    assert office.states["a1 Luc Roy"] == "accepted"


def test_the_list_leads_to_the_words_and_esc_back_to_the_text(
    office: Settler, qtbot: QtBot
) -> None:
    office.open(qtbot)
    office.key(Key.Key_Down)
    assert office.selected_words == "Lyon"
    office.key("3")
    qtbot.waitUntil(lambda: len(office.listed) == 4)
    office.key(Key.Key_End)
    office.key(Key.Key_Return, Mod.ShiftModifier)
    assert office.article == "a1"
    assert office.panel.isVisible()
    office.key(Key.Key_Escape)
    assert not office.panel.isVisible()
    assert office.view.hasFocus()
    assert set(office.states.values()) == {"suggested"}


def test_many_are_settled_beside_the_window(
    office: Settler, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.gui.bulk_writing.AT_ONCE", 2)
    office.open(qtbot)
    office.choose("suggestion.settle_many")
    qtbot.waitUntil(lambda: len(office.listed) == 4)
    office.panel.accept.click()
    qtbot.waitUntil(lambda: list(office.states.values()).count("accepted") == 4)
    office.panel.close_panel()
    office.press(Key.Key_Z, Mod.ControlModifier)
    assert set(office.states.values()) == {"suggested"}
