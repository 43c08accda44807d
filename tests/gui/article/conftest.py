"""An article view over a real project: one article, the scheme for news, nothing labelled yet."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.core.corpus import LabelledArticle
from annotator.core.model import Article
from annotator.core.scheme import Scheme, read_scheme
from annotator.gui.article.view import ArticleView
from annotator.gui.proposing import SETTING
from annotator.gui.session import Session
from annotator.gui.theme import load_theme
from annotator.gui.window import MainWindow
from annotator.resources import resource
from annotator.store import articles, bulk
from annotator.store.project import Project
from tests.gui.article.desk import Desk

TEXT = (
    "Un soir à Laval\n\nGeneviève Bruneau, porte-parole à la Sûreté du Québec, a parlé hier soir.\n"
    "« Si la dame veut signaler une situation, assure Mme Bruneau, elle le peut. » "
    "La Ville de Montréal approuve. Laval aussi.\n\nFin 👩‍👩‍👧 de Zoe\u0308 à Lyon.\n"
)

NEWS = read_scheme(resource("schemes", "news.toml"))


@pytest.fixture
def open_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Open a view on a text."""
    sessions: list[Session] = []

    def make(text: str = TEXT, scheme: Scheme = NEWS) -> Desk:
        project = Project.create(tmp_path / f"{len(sessions)}.annot", scheme)
        session = Session(project, "claire")
        sessions.append(session)
        rows = [LabelledArticle(Article("a", text), [], [])]
        session.do("Import", lambda deed: bulk.add_articles(deed, rows, {}, bulk.Added()))
        view = ArticleView(session, load_theme("light"))
        qtbot.addWidget(view)
        view.resize(760, 700)
        session.open_article(articles.ids(project)[0])
        view.show()
        qtbot.waitExposed(view)
        view.setFocus()
        view.activateWindow()
        qtbot.waitUntil(view.hasFocus)
        return Desk(view, session)

    yield make
    for session in sessions:
        session.close()


@pytest.fixture
def office(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The whole window on the usual text, with the keyboard in the article."""
    path = tmp_path / "office.annot"
    with Project.create(path, NEWS) as project:
        rows = [LabelledArticle(Article("a", TEXT), [], [])]
        project.set_setting(SETTING, "off")
        project.do(
            "Import",
            lambda deed: bulk.add_articles(deed, rows, {}, bulk.Added()),
            annotator="claire",
        )
    window.open_project(path)
    assert window.article_view is not None
    qtbot.waitUntil(window.article_view.hasFocus)
    return window


@pytest.fixture
def desk_in_office(office: MainWindow) -> Desk:
    """The view of the whole window, where every key has its command."""
    assert office.article_view is not None and office.session is not None
    return Desk(office.article_view, office.session)


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    """A view on the usual text."""
    return open_desk(TEXT)
