"""The page before a project is open."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui import opening
from annotator.gui.fuzzy import rank
from annotator.gui.preferences import Preferences
from annotator.gui.window import MainWindow
from annotator.store import articles


def test_the_sample_is_one_click_away(window: MainWindow, qtbot: QtBot) -> None:
    window.welcome.sample.click()
    qtbot.waitUntil(lambda: window.session is not None, timeout=10_000)
    assert window.session is not None
    assert sum(articles.counts(window.session.project).values()) >= 8


def test_a_new_project_is_made_and_opened(window: MainWindow, tmp_path: Path) -> None:
    project = opening.make(tmp_path / "new.annot", "claire")
    project.close()
    window.open_project(tmp_path / "new.annot")
    assert window.session is not None
    assert window.session.article is None
    assert window.preferences.settings.recent[0].endswith("new.annot")


def test_recent_projects_are_listed_and_can_be_left_out(
    window: MainWindow, project_path: Path
) -> None:
    window.preferences.remember_project(project_path)
    (row,) = window.welcome._rows
    row.open.click()
    assert window.session is not None
    window.close_project()
    window.welcome._rows[0].forget.click()
    assert window.welcome._rows == []
    assert project_path.exists()


def test_a_recent_project_that_is_gone_is_told_and_forgotten(
    window: MainWindow, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.annot"
    window.preferences.remember_project(gone)
    window.open_project(gone)
    assert "gone.annot" in window.message_bar.text.text()
    assert window.preferences.settings.recent == ()


def test_the_name_is_asked_once(app: QApplication, qtbot: QtBot, preferences: Preferences) -> None:
    preferences.keep(replace(preferences.settings, annotator=""))
    first = MainWindow(preferences)
    qtbot.addWidget(first)
    first.show()
    assert first.name_card.isVisible()
    first.name_card.name.setText("Noé")
    first.name_card.keep.click()
    assert not first.name_card.isVisible()
    second = MainWindow(preferences)
    qtbot.addWidget(second)
    second.show()
    assert not second.name_card.isVisible()


def test_an_ending_is_added_once() -> None:
    assert opening.with_suffix(Path("/a/corpus")).name == "corpus.annot"
    assert opening.with_suffix(Path("/a/corpus.annot")).name == "corpus.annot"
    assert opening.with_suffix(Path("/a/mai.2024")).name == "mai.2024.annot"


def test_beginnings_of_words_count_most() -> None:
    names = [
        "Previous article",
        "Next article",
        "Next annotation",
        "Article details…",
        "Thème foncé",
    ]
    assert rank("na", names, str)[:2] == ["Next article", "Next annotation"]
    assert rank("theme", names, str) == ["Thème foncé"]
    assert rank("", names, str) == names
    assert rank("xyz", names, str) == []
