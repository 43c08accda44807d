"""Reading the history and going back in it."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.core.model import ArticleState
from annotator.gui.history_model import BENEATH, OP, PAGE
from annotator.gui.history_panel import HistoryPanel
from annotator.gui.session import Session
from annotator.gui.theme import load_theme
from annotator.store import annotations, articles


@pytest.fixture
def panel(alone: Session, qtbot: QtBot) -> HistoryPanel:
    found = HistoryPanel(alone, load_theme("light"))
    qtbot.addWidget(found)
    found.resize(300, 400)
    found.show()
    qtbot.waitExposed(found)
    return found


def label(session: Session, article_id: str, count: int) -> None:
    session.open_article(article_id)
    article = session.article
    assert article is not None
    for start in range(count):
        session.do(
            f"Label {start}",
            lambda deed, at=start: annotations.add(deed, article, "per", [(at, at + 1)]),
        )


def names(panel: HistoryPanel) -> list[str]:
    return [panel.model.index(row).data(OP).name for row in range(panel.model.rowCount())]


def test_the_newest_deed_comes_first_with_who_and_where(
    panel: HistoryPanel, alone: Session, qtbot: QtBot
) -> None:
    label(alone, "b", 2)
    qtbot.waitUntil(lambda: names(panel) == ["Label 1", "Label 0", "Import"])
    beneath = panel.model.index(0).data(BENEATH)
    assert "claire" in beneath
    assert "Article b" in beneath


def test_undo_to_here_takes_back_everything_since(
    panel: HistoryPanel, alone: Session, qtbot: QtBot
) -> None:
    label(alone, "a", 4)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 5)
    panel.view.setCurrentIndex(panel.model.index(2))
    assert "3" in panel.back.text()
    qtbot.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    assert len(annotations.of_article(alone.project, "a")) == 1
    assert [panel.model.index(row).data(OP).state for row in range(4)] == ["undone"] * 3 + ["done"]
    assert "undone" in panel.model.index(0).data(BENEATH)
    panel.view.setCurrentIndex(panel.model.index(1))
    assert "Redo" in panel.back.text()
    panel.context_menu().actions()[0].trigger()
    assert len(annotations.of_article(alone.project, "a")) == 3


def test_a_click_goes_to_the_article(panel: HistoryPanel, alone: Session, qtbot: QtBot) -> None:
    label(alone, "b", 1)
    alone.open_article("c")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
    place = panel.view.visualRect(panel.model.index(0)).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert alone.article is not None
    assert alone.article.id == "b"


def test_a_long_history_comes_page_by_page(
    panel: HistoryPanel, alone: Session, qtbot: QtBot
) -> None:
    for turn in range(PAGE + 50):
        state = ArticleState.DONE if turn % 2 else ArticleState.TODO
        alone.do("Mark", lambda deed, to=state: articles.set_state(deed, "a", to))
    alone.do("Flag", lambda deed: articles.set_state(deed, "a", ArticleState.FLAGGED))
    qtbot.waitUntil(lambda: panel.model.rowCount() >= PAGE)
    while panel.model.canFetchMore():
        panel.model.fetchMore()
    assert names(panel)[-1] == "Import"


def test_a_hidden_history_is_not_read(panel: HistoryPanel, alone: Session, qtbot: QtBot) -> None:
    panel.hide()
    label(alone, "a", 1)
    panel.reload()
    assert panel.model.rowCount() == 1
    panel.show()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
