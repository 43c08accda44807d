"""A real window over a real project, with preferences of its own; no file of the user is touched."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.corpus import LabelledArticle
from annotator.core.model import Article
from annotator.core.scheme import read_scheme
from annotator.gui.article.view import ArticleView
from annotator.gui.background import Background
from annotator.gui.inspector import Inspector
from annotator.gui.preferences import Preferences, Settings
from annotator.gui.proposing import SETTING
from annotator.gui.session import Session
from annotator.gui.status import StatusLine
from annotator.gui.style import dress
from annotator.gui.theme import load_theme
from annotator.gui.window import MainWindow
from annotator.language import use_language
from annotator.resources import resource
from annotator.store import bulk
from annotator.store.project import Project

TEXTS = {
    "a": "Mme Thérèse Lauzière a parlé à Québec.\n\n« C’est terminé », assure-t-elle.",
    "b": "La Ville de Lyon dit non. Étienne Brossoit aussi.",
    "c": "Nothing happened in Leeds 🙂 on Monday.",
}


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    use_language("en")


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    dress(qapp, load_theme("light"))
    return qapp


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    """A closed project with three articles, in the scheme for news."""
    path = tmp_path / "corpus.annot"
    with Project.create(path, read_scheme(resource("schemes", "news.toml"))) as project:
        articles = [
            LabelledArticle(Article(name, text, title=f"Article {name}"), [], [])
            for name, text in TEXTS.items()
        ]
        project.do(
            "Import",
            lambda deed: bulk.add_articles(deed, articles, {}, bulk.Added()),
            annotator="claire",
        )
        project.set_setting(SETTING, "off")
    return path


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """Preferences of somebody who has given a name."""
    kept = Preferences(tmp_path / "preferences.json")
    kept.keep(replace(Settings(), annotator="claire", theme="light"))
    return kept


@pytest.fixture
def window(app: QApplication, qtbot: QtBot, preferences: Preferences) -> Iterator[MainWindow]:
    """The window on its welcome page."""
    found = MainWindow(preferences)
    qtbot.addWidget(found)
    found.show()
    qtbot.waitExposed(found)
    yield found
    found.close()


@pytest.fixture
def working(window: MainWindow, project_path: Path) -> MainWindow:
    """The window with the project open on its first article."""
    window.open_project(project_path)
    return window


@pytest.fixture
def session(working: MainWindow) -> Session:
    assert working.session is not None
    return working.session


@pytest.fixture
def alone(app: QApplication, project_path: Path) -> Iterator[Session]:
    """A session on the project with no window around it, for a panel by itself."""
    found = Session(Project.open(project_path), "claire")
    yield found
    found.close()


def inspector_of(session: Session) -> Inspector:
    """Return the inspector of a session, with the article view whose frames it shows."""
    theme = load_theme("light")
    view = ArticleView(session, theme)
    panel = Inspector(session, theme, view)
    view.setParent(panel)
    view.hide()
    return panel


Trigger = Callable[[str], None]


@pytest.fixture
def trigger(window: MainWindow) -> Trigger:
    """Carry out a command as its menu does."""

    def run(command_id: str) -> None:
        action = window.actions_[command_id]
        assert action.isEnabled(), f"{command_id} cannot be used now"
        action.trigger()

    return run


@pytest.fixture
def background(session: Session, qtbot: QtBot) -> Iterator[Background]:
    """What works beside the window, for panels of a test that has a session."""
    status = StatusLine()
    qtbot.addWidget(status)
    found = Background(status, status)
    yield found
    found.stop()
