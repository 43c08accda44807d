"""Finding and opening articles in the list, by key and by mouse."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.corpus import LabelledArticle
from annotator.core.model import Article, ArticleState
from annotator.gui.article_list import ArticleList
from annotator.gui.article_list_model import PAGE, ROW
from annotator.gui.session import Session
from annotator.gui.theme import load_theme
from annotator.gui.window import MainWindow
from annotator.store import annotations, articles, bulk

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(alone: Session, qtbot: QtBot) -> ArticleList:
    found = ArticleList(alone, load_theme("light"))
    qtbot.addWidget(found)
    found.resize(300, 500)
    found.show()
    qtbot.waitExposed(found)
    return found


@pytest.fixture
def opened(alone: Session) -> Callable[[], str]:
    return lambda: alone.article.id if alone.article else ""


def middle(panel: ArticleList, row: int) -> QPoint:
    box: QRect = panel.view.visualRect(panel.model.index(row))
    return box.center()


def choose(panel: ArticleList, text: str) -> None:
    """Choose an entry of the menu that a right click opens."""
    menu = panel.context_menu()
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_a_click_opens_an_article(
    panel: ArticleList, qtbot: QtBot, opened: Callable[[], str]
) -> None:
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=middle(panel, 1))
    assert opened() == "b"


def test_enter_opens_at_once_and_arrows_when_the_hand_rests(
    panel: ArticleList, alone: Session, qtbot: QtBot, opened: Callable[[], str]
) -> None:
    alone.open_article("a")
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    assert opened() == "a"
    qtbot.waitUntil(lambda: opened() == "b")
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert opened() == "c"


def test_the_current_row_follows_the_open_article(panel: ArticleList, alone: Session) -> None:
    alone.open_article("c")
    assert panel.view.currentIndex().row() == 2
    alone.open_article("a")
    assert panel.view.currentIndex().row() == 0


def test_words_are_found_without_accents(
    panel: ArticleList, qtbot: QtBot, opened: Callable[[], str]
) -> None:
    qtbot.keyClicks(panel.search, "etienne")
    qtbot.waitUntil(lambda: list(panel.model.ids) == ["b"])
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert opened() == "b"
    qtbot.keyClick(panel.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: list(panel.model.ids) == ["a", "b", "c"])


def test_down_leads_from_the_search_box_into_the_list(panel: ArticleList, qtbot: QtBot) -> None:
    panel.focus_search()
    qtbot.keyClick(panel.search, Qt.Key.Key_Down)
    qtbot.waitUntil(panel.view.hasFocus)


def test_nothing_found_says_so_and_offers_all_again(panel: ArticleList, qtbot: QtBot) -> None:
    panel.search.setText("zzz")
    qtbot.waitUntil(lambda: not panel.model.ids)
    assert "zzz" in panel._nothing.sentence.text()
    qtbot.mouseClick(panel._nothing.show_all, LEFT)
    qtbot.waitUntil(lambda: len(panel.model.ids) == 3)


def test_an_empty_project_says_what_to_do(panel: ArticleList, alone: Session, qtbot: QtBot) -> None:
    alone.undo()
    qtbot.waitUntil(lambda: not panel.model.ids)
    assert "Ctrl+I" in panel._nothing.sentence.text()
    assert panel._nothing.sentence.isVisible()


def test_states_are_counted_and_filter(panel: ArticleList, alone: Session, qtbot: QtBot) -> None:
    alone.open_article("b")
    alone.set_state(ArticleState.DONE)
    qtbot.waitUntil(lambda: panel.states._buttons["done"].text() == "1")
    panel.states.choose(ArticleState.DONE)
    assert list(panel.model.ids) == ["b"]
    panel.states.choose(None)
    assert list(panel.model.ids) == ["a", "b", "c"]


def test_several_articles_are_marked_as_one_deed(panel: ArticleList, alone: Session) -> None:
    panel.view.selectAll()
    menu = panel.context_menu()
    next(action for action in menu.actions() if action.text() == "Flagged").trigger()
    assert articles.counts(alone.project)[ArticleState.FLAGGED] == 3
    alone.undo()
    assert articles.counts(alone.project)[ArticleState.TODO] == 3


def test_the_menu_asks_for_the_details_of_one_article(panel: ArticleList) -> None:
    panel.view.setCurrentIndex(panel.model.index(2))
    spy = QSignalSpy(panel.details_requested)
    choose(panel, "Details…")
    assert spy.count() == 1
    assert spy.at(0) == ["c"]


def test_a_label_changes_the_count_of_its_row_alone(
    panel: ArticleList, alone: Session, qtbot: QtBot
) -> None:
    alone.open_article("a")
    article = alone.article
    assert article is not None
    alone.do("Label", lambda deed: annotations.add(deed, article, "per", [(0, 3)]))
    qtbot.waitUntil(lambda: panel.model.index(0).data(ROW).annotations == 1)
    assert panel.model.index(0).data(ROW).state is ArticleState.IN_PROGRESS


class _Painted(QObject):
    """Keeps the boxes that a widget was asked to paint."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.boxes: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.boxes.append(event.rect())
        return False


def test_a_label_paints_its_row_alone(panel: ArticleList, alone: Session, qtbot: QtBot) -> None:
    alone.open_article("a")
    article = alone.article
    assert article is not None
    alone.set_state(ArticleState.IN_PROGRESS)
    panel.view.grab()
    QApplication.processEvents()
    painted = _Painted(panel.view.viewport())
    alone.do("Label", lambda deed: annotations.add(deed, article, "per", [(0, 3)]))
    qtbot.waitUntil(lambda: bool(painted.boxes))
    row = panel.view.visualRect(panel.model.index(0))
    assert all(row.contains(box) for box in painted.boxes)


def test_rows_are_read_only_where_somebody_looks(alone: Session, qtbot: QtBot) -> None:
    many = [
        LabelledArticle(Article(f"n{n}", f"text {n}", title=f"T {n}"), [], []) for n in range(5000)
    ]
    alone.do("Import", lambda deed: bulk.add_articles(deed, many, {}, bulk.Added()))
    panel = ArticleList(alone, load_theme("dark"))
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    assert panel.model.rowCount() == 5003
    panel.view.grab()
    assert len(panel.model._pages) == 1
    panel.view.scrollToBottom()
    panel.view.grab()
    assert set(panel.model._pages) <= {0, 5002 // PAGE - 1, 5002 // PAGE}


def test_the_place_in_the_list_stays_when_articles_come_in(
    panel: ArticleList, alone: Session, qtbot: QtBot
) -> None:
    def bring(prefix: str) -> None:
        many = [
            LabelledArticle(Article(f"{prefix}{n}", f"{prefix} {n}", title=f"{prefix} {n}"), [], [])
            for n in range(200)
        ]
        alone.do("Import", lambda deed: bulk.add_articles(deed, many, {}, bulk.Added()))

    bring("x")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 203)
    panel.view.scrollTo(panel.model.index(100), panel.view.ScrollHint.PositionAtTop)
    bring("y")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 403)
    assert panel.view.indexAt(QPoint(5, 5)).row() == 100


def test_articles_are_removed_and_brought_back_by_one_undo(
    panel: ArticleList, alone: Session, qtbot: QtBot
) -> None:
    opened = panel.model.ids[1]
    alone.open_article(opened)
    panel.view.selectAll()
    choose(panel, "Remove from the project")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0)
    assert alone.article is None
    alone.undo()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 3)
    assert panel.model.ids[1] == opened


def test_the_next_article_by_key_leaves_one_row_selected(
    window: MainWindow, project_path: Path, qtbot: QtBot
) -> None:
    window.open_project(project_path)
    assert window.workspace is not None
    QTest.keyPress(window.workspace.article_view, Qt.Key.Key_Control)
    for _turn in range(2):
        QTest.keyClick(
            window.workspace.article_view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier
        )
    assert window.workspace.articles.selected_ids() == ["c"]
