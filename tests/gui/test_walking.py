"""Twenty suggestions in twenty keys: accepted, rejected, given another label, in the order of the text."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.core.ids import new_id
from annotator.core.model import Annotation, AnnotationState, Article, Fragment
from annotator.gui.window import MainWindow
from annotator.store import annotations, articles, suggestions
from annotator.store.project import Project
from annotator.store.suggestions import Suggested
from tests.gui.office import Office
from tests.gui.test_quotes import project_of

Key, Mod = Qt.Key, Qt.KeyboardModifier

NAMES = [f"Nom{n:02}" for n in range(20)]
TEXT = "Qui vient ?\n\n" + " puis ".join(NAMES) + ".\n"


def suggest(project: Project, article: Article, *named: tuple[str, str, float, str]) -> None:
    """Write suggestions: label, words, score and who says so."""
    found = []
    for label, words, score, origin in named:
        start = article.text.index(words)
        fragment = Fragment(start, start + len(words), words)
        found.append(
            Annotation(
                new_id(),
                article.id,
                label,
                (fragment,),
                annotator="claire",
                origin=origin,
                state=AnnotationState.SUGGESTED,
                score=score,
                reason=f"{label.upper()} 41 of 43",
            )
        )
    suggestions.write(project, [Suggested(article.id, found, ())], ["names"])


@pytest.fixture
def office(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Office:
    """An article in which twenty names are suggested as people, and one in which none is."""
    path = project_of(tmp_path / "twenty.annot", TEXT, "Rien ici.")
    with Project.open(path) as project:
        article = articles.article(project, "a0")
        suggest(project, article, *(("per", name, 0.9, "names") for name in NAMES))
    window.open_project(path)
    found = Office(window)
    qtbot.waitUntil(found.view.hasFocus)
    return found


def states(office: Office) -> list[str]:
    found = annotations.of_article(office.session.project, "a0", [*AnnotationState])
    return [f"{each.label} {each.state} {each.settled}".strip() for each in found]


def test_twenty_suggestions_are_settled_by_twenty_keys(office: Office) -> None:
    told: list[str] = []
    office.session.told.connect(told.append)
    office.press("n")
    for number, name in enumerate(NAMES):
        assert office.selected_words == name
        if number % 5 == 1:
            office.press("x")
        elif number % 5 == 2:
            office.press("o")
        elif number % 5 == 3:
            office.press("p")
        else:
            office.press(Key.Key_Return)
    accepted, rejected = "per accepted unchanged", "per rejected"
    assert states(office) == [accepted, rejected, "org accepted changed", accepted, accepted] * 4
    assert told[-1].startswith("Every suggestion in this article is settled. Ctrl+Enter: done")
    office.press(Key.Key_Return, Mod.ControlModifier)
    assert office.article == "a1"


def test_each_of_the_twenty_keys_can_be_taken_back(office: Office) -> None:
    office.press("n")
    office.press(Key.Key_Return)
    office.press("x")
    office.press("o")
    assert office.selected_words == NAMES[3]
    for _each in range(3):
        office.press(Key.Key_Z, Mod.ControlModifier)
    assert states(office) == ["per suggested"] * 20


def test_the_last_one_says_what_was_passed_over_and_goes_there(office: Office) -> None:
    told: list[str] = []
    office.session.told.connect(told.append)
    office.press("nnn")
    for _each in NAMES[2:]:
        office.press(Key.Key_Return)
    assert told[-1] == "That was the last one; 2 before it are left, and the first is selected."
    assert office.selected_words == NAMES[0]


def test_the_walk_goes_both_ways_and_round(office: Office) -> None:
    office.press("n", Mod.ShiftModifier)
    assert office.selected_words == NAMES[-1]
    office.press("n")
    assert office.selected_words == NAMES[0]
    office.press("N", Mod.ShiftModifier)
    assert office.selected_words == NAMES[-1]


def test_the_letter_of_its_own_label_accepts_a_suggestion(office: Office) -> None:
    office.press("n")
    office.press("p")
    assert states(office)[0] == "per accepted unchanged"
    assert office.selected_words == NAMES[1]
