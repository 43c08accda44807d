"""Names that are learnt while one labels, in the real window: proposed at once, and never in the way."""

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.assist import looking, settings
from annotator.core.model import AnnotationState
from annotator.gui.window import MainWindow
from annotator.store import annotations
from tests.gui.office import Office
from tests.gui.test_quotes import project_of

Key, Mod, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton

FIRST = (
    "Un soir à l’Élysée\n\n"
    "Personne ne sort. Derrière les grilles, on attend ; rien ne filtre. Sur le parvis de l’Élysée "
    "une foule. Devant l’Élysée, des cars.\n"
)
SECOND = "Demain, une réunion se tient à l’Élysée, sans témoins."


class Learner(Office):
    """Somebody whose labels teach."""

    @property
    def waiting(self) -> list[tuple[str, str]]:
        return [
            (each.label, each.text)
            for each in self.annotations
            if each.state is AnnotationState.SUGGESTED
        ]

    def label_first(self) -> None:
        """Label the name in the title."""
        self.select("Élysée")
        self.press("l")


@pytest.fixture
def office(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Learner:
    path = project_of(tmp_path / "learning.annot", FIRST, SECOND, "Rien ici.", suggests="on")
    window.open_project(path)
    found = Learner(window)
    qtbot.waitUntil(found.view.hasFocus)
    return found


def test_what_is_labelled_once_is_proposed_where_it_comes_again(
    office: Learner, qtbot: QtBot
) -> None:
    office.label_first()
    office.put_caret("foule")
    caret = office.view.caret
    qtbot.waitUntil(lambda: len(office.waiting) == 2)
    assert office.waiting == [("loc", "Élysée")] * 2
    assert office.view.caret == caret
    office.press(Key.Key_Down, Mod.ControlModifier)
    qtbot.waitUntil(lambda: office.waiting == [("loc", "Élysée")])


def test_a_long_article_gets_the_same_suggestions(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    calm = "Rien ne bouge ce soir.\n\n" * 1_000
    assert len(calm) > looking.LONG
    text = f"{FIRST}\n{calm}« Rien ne filtre », dit Mme Bruneau.\n"
    window.open_project(project_of(tmp_path / "long.annot", text, suggests="on"))
    office = Learner(window)
    qtbot.waitUntil(lambda: ("per", "Mme Bruneau") in office.waiting, timeout=20_000)
    assert ("quote", "Rien ne filtre") in [
        (each[0], each[1].strip("« »")) for each in office.waiting
    ]
    office.label_first()
    qtbot.waitUntil(lambda: office.waiting.count(("loc", "Élysée")) == 2, timeout=20_000)


def test_a_window_that_closes_does_not_wait_for_a_long_look(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    text = "Rien ne bouge ce soir, dit-il.\n\n" * 4_000
    window.open_project(project_of(tmp_path / "long.annot", text, suggests="on"))
    office = Learner(window)
    office.press(Key.Key_F5)
    window.close_project()
    assert window.session is None


def test_words_that_are_selected_stay_so_while_names_are_proposed(
    office: Learner, qtbot: QtBot
) -> None:
    office.label_first()
    office.select("une foule")
    qtbot.waitUntil(lambda: len(office.waiting) == 2)
    assert office.words == "une foule"


def test_one_undo_takes_the_label_back_and_not_the_suggestions(
    office: Learner, qtbot: QtBot
) -> None:
    office.label_first()
    qtbot.waitUntil(lambda: len(office.waiting) == 2)
    assert office.window.actions_["edit.undo"].text() == "Undo “Label LOC”"
    office.press(Key.Key_Z, Mod.ControlModifier)
    assert ("loc", "Élysée") not in [
        (each.label, each.text)
        for each in office.annotations
        if each.state is AnnotationState.ACCEPTED
    ]


def test_the_suggestion_at_hand_stays_under_the_keys(office: Learner, qtbot: QtBot) -> None:
    office.label_first()
    qtbot.waitUntil(lambda: len(office.waiting) == 2)
    office.press("n")
    at_hand = office.session.selected
    project, article = office.session.project, office.session.article
    assert article is not None
    first = next(each for each in office.annotations if each.state is AnnotationState.ACCEPTED)
    office.session.do("Elsewhere", lambda deed: annotations.remove(deed, first.id))
    qtbot.wait(600)
    assert office.session.selected == at_hand
    office.press(Key.Key_Return)
    assert annotations.annotation(project, at_hand).state is AnnotationState.ACCEPTED


def test_nothing_is_proposed_while_the_mouse_is_down(office: Learner, qtbot: QtBot) -> None:
    office.label_first()
    where = office.point("foule")
    QTest.mousePress(office.view.viewport(), Button.LeftButton, pos=where)
    qtbot.wait(500)
    is_held = office.waiting == []
    QTest.mouseRelease(office.view.viewport(), Button.LeftButton, pos=where)
    qtbot.waitUntil(lambda: len(office.waiting) == 2)
    assert is_held


def test_what_was_rejected_stays_away_in_this_article(office: Learner, qtbot: QtBot) -> None:
    office.label_first()
    qtbot.waitUntil(lambda: len(office.waiting) == 2)
    office.press("n")
    office.press("x")
    office.press("x")
    assert office.waiting == []
    office.press(Key.Key_F5)
    qtbot.wait(500)
    assert office.waiting == []


def test_where_suggesting_is_switched_off_labels_propose_nothing(
    office: Learner, qtbot: QtBot
) -> None:
    office.choose("suggest.automatic")
    office.label_first()
    qtbot.wait(500)
    assert office.waiting == []
    office.press(Key.Key_F5)
    qtbot.waitUntil(lambda: len(office.waiting) == 2)
    office.choose("suggest.clear")
    assert office.waiting == []
    assert ("loc", "Élysée") in office.said


def test_the_inspector_says_who_suggests_how_sure_and_why(office: Learner, qtbot: QtBot) -> None:
    office.label_first()
    qtbot.waitUntil(lambda: len(office.waiting) == 2)
    office.press("n")
    assert office.window.workspace is not None
    form = office.window.workspace.inspector.form
    qtbot.waitUntil(lambda: form.annotation_id == office.session.selected)
    [line] = form._reason.text().splitlines()
    assert line.startswith("Names · ")
    assert "%" in line
    assert line.count(" · ") >= 2


def test_a_quote_at_hand_keeps_its_parts_when_it_is_suggested_no_longer(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    text = "« Le pont tombera avant la neige », assure Nora Lam.\n"
    window.open_project(project_of(tmp_path / "quote.annot", text, suggests="on"))
    office = Learner(window)
    qtbot.waitUntil(lambda: len(office.waiting) >= 3)
    office.press("n")
    quote, before = office.session.selected, office.session.links_at([office.session.selected])
    assert len(before) == 2
    project = office.session.project
    settings.write(project, settings.read(project).from_score("quotes", 1.0))
    office.press(Key.Key_F5)
    qtbot.wait(500)
    assert office.session.selected == quote
    assert {link.id for link in office.session.links_at([quote])} == {link.id for link in before}


def test_while_somebody_else_writes_nothing_is_said_and_it_is_tried_again(
    office: Learner, qtbot: QtBot
) -> None:
    office.label_first()
    qtbot.waitUntil(lambda: len(office.waiting) == 2)
    other = sqlite3.connect(office.session.project.path)
    other.execute("begin immediate")
    office.press(Key.Key_Down, Mod.ControlModifier)
    qtbot.wait(700)
    assert office.waiting == []
    assert not office.window.message_bar.isVisible()
    other.rollback()
    other.close()
    qtbot.waitUntil(lambda: office.waiting == [("loc", "Élysée")])
