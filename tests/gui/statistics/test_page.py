"""Seeing where the work stands, narrowing it down, following a bar, and taking it along."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from annotator.core.corpus import LabelledArticle
from annotator.core.model import Article, ArticleState, Entity
from annotator.core.query.parsing import parse
from annotator.core.scheme import read_scheme
from annotator.gui.charts.chart import Chart
from annotator.gui.entity_register import EntityRegister
from annotator.gui.proposing import SETTING
from annotator.gui.statistics.leads import Articles, Search, ToEntity, WorkedOn
from annotator.gui.statistics.page import StatisticsPage
from annotator.gui.window import MainWindow
from annotator.resources import resource
from annotator.store import annotations, articles, bulk, entities
from annotator.store.deed import Deed
from annotator.store.project import Project

TEXT = "Mme Bruneau parle à Nîmes, puis Bruneau se tait à Nîmes."
Key, Left, Plain = Qt.Key, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    """A closed project: three newspapers, two months, two annotators, one article done."""
    path = tmp_path / "corpus.annot"
    with Project.create(path, read_scheme(resource("schemes", "news.toml"))) as project:
        where = [
            ("Le Devoir", "2018-04-12"),
            ("Le Devoir", "2018-06-01"),
            ("La Presse", "2018-04-30"),
        ]
        made = [
            Article(
                f"a{n}",
                f"{TEXT} {'Encore. ' * n}",
                title=f"Article {n}",
                source=source,
                published=day,
            )
            for n, (source, day) in enumerate(where)
        ]
        labelled = [LabelledArticle(each, [], []) for each in made]
        project.do(
            "Import",
            lambda deed: bulk.add_articles(deed, labelled, {}, bulk.Added()),
            annotator="claire",
        )
        project.set_setting(SETTING, "off")
        for article, label, start, end, who in (
            (made[0], "per", 0, 11, "claire"),
            (made[0], "loc", 20, 25, "claire"),
            (made[1], "per", 32, 39, "claire"),
            (made[2], "per", 0, 11, "bruno"),
        ):
            project.do(
                "Label",
                lambda deed, a=article, n=label, r=(start, end): annotations.add(deed, a, n, [r]),
                annotator=who,
            )

        def finish(deed: Deed) -> None:
            first = annotations.of_article(project, "a0")[0]
            entities.give(deed, first.id, Entity("e", "Geneviève Bruneau"))
            articles.set_state(deed, "a0", ArticleState.DONE)

        project.do("Done", finish, annotator="claire")
    return path


@pytest.fixture
def page(working: MainWindow, qtbot: QtBot) -> StatisticsPage:
    """The page, opened with its key, all counted."""
    with qtbot.waitActive(working):
        working.activateWindow()
    QTest.keyClick(working, Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    found = working.findChild(StatisticsPage)
    assert found is not None
    found.move(working.frameGeometry().topRight())
    with qtbot.waitActive(found):
        found.activateWindow()
    wait(found, qtbot)
    return found


def wait(page: StatisticsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page._is_stale and not page.reader.is_reading, timeout=10_000)


def chart(page: StatisticsPage, name: str) -> Chart:
    return page.content.cards[name].chart


def rows(page: StatisticsPage, name: str) -> dict[object, object]:
    """Return the table of a chart of one part, by its first column."""
    return {row[0]: row[1] for row in chart(page, name).table().rows}


def keys(page: StatisticsPage, name: str) -> list[object]:
    return [mark.key for mark in chart(page, name).marks]


def choose(page: StatisticsPage, qtbot: QtBot, name: str, text: str) -> None:
    box = getattr(page.controls, name)
    box.setCurrentText(text)
    box.activated.emit(box.currentIndex())
    wait(page, qtbot)


def listed(window: MainWindow) -> list[str]:
    assert window.workspace is not None
    return list(window.workspace.articles.model.ids)


def click(chart_: Chart, place: int) -> None:
    QTest.mouseClick(chart_, Left, Plain, chart_.marks[place].box.center().toPoint())


def test_the_page_tells_in_large_numbers(page: StatisticsPage) -> None:
    figures = [(tile.value.text(), tile.caption.text()) for tile in page.content.summary.tiles]
    assert figures[0] == ("1 / 3", "articles done, 33%")
    assert figures[1] == ("4", "annotations")
    assert figures[2] == ("0", "quotes")
    assert figures[4][0] == "–" and "three articles" in figures[4][1]


def test_what_was_done_is_counted(page: StatisticsPage) -> None:
    assert rows(page, "states") == {"Done": 1, "In progress": 2, "Flagged": 0, "To do": 0}
    assert rows(page, "labels")["PER"] == 3
    assert rows(page, "people") == {"claire": 3, "bruno": 1}
    assert rows(page, "entities") == {"Geneviève Bruneau": 1}
    assert rows(page, "strings") == {"Bruneau": 1, "Mme Bruneau": 1}
    assert len(chart(page, "decided").table().rows) == 1
    assert chart(page, "months").table().rows[0][0] == "April 2018"
    assert chart(page, "fates").is_empty


def test_a_state_leads_to_its_articles_by_key(
    page: StatisticsPage, working: MainWindow, qtbot: QtBot
) -> None:
    states = chart(page, "states")
    page.controls.save.setFocus()
    while not states.hasFocus():
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert states.accessibleDescription() == "Done: 1  (33%)"
    QTest.keyClick(states, Key.Key_Down)
    QTest.keyClick(states, Key.Key_Return)
    assert listed(working) == ["a1", "a2"]
    assert working.workspace is not None
    assert working.workspace.articles.states.state is ArticleState.IN_PROGRESS


def test_a_newspaper_a_length_and_a_day_lead_to_their_articles(
    page: StatisticsPage, working: MainWindow
) -> None:
    papers = chart(page, "papers")
    place = keys(page, "papers").index(Articles("La Presse", "in_progress"))
    page.area.ensureWidgetVisible(papers)
    click(papers, place)
    assert listed(working) == ["a2"]
    lengths = chart(page, "lengths")
    click(lengths, len(lengths.marks) - 1)
    assert listed(working) == ["a2"]
    finished = keys(page, "finished")[0]
    assert isinstance(finished, WorkedOn) and finished.finished
    click(chart(page, "finished"), 0)
    assert listed(working) == ["a0"]


def test_all_articles_come_back(page: StatisticsPage, working: MainWindow) -> None:
    click(chart(page, "finished"), 0)
    assert working.workspace is not None
    working.workspace.articles.narrowed.click()
    assert len(listed(working)) == 3


def test_a_page_over_the_window_steps_aside_and_comes_back_as_it_was(
    page: StatisticsPage, working: MainWindow, qtbot: QtBot
) -> None:
    choose(page, qtbot, "annotator", "bruno")
    page.move(working.frameGeometry().topLeft())
    click(chart(page, "states"), 0)
    assert not page.isVisible() and listed(working) == ["a0"]
    working.actions_["view.statistics"].trigger()
    assert page.isVisible()
    assert page.controls.annotator.currentText() == "bruno"


def test_every_query_of_a_bar_is_one(page: StatisticsPage) -> None:
    for name, card in page.content.cards.items():
        for mark in card.chart.marks:
            if isinstance(mark.key, Search):
                parse(mark.key.query)
            elif name != "lengths":
                assert mark.key is not None, f"a bar of {name} leads nowhere"


@pytest.mark.parametrize(
    ("name", "place", "count"), [("labels", 0, 3), ("strings", 0, 1), ("people", 0, 3)]
)
def test_what_a_bar_counts_is_what_the_search_finds(
    page: StatisticsPage, working: MainWindow, qtbot: QtBot, name: str, place: int, count: int
) -> None:
    click(chart(page, name), place)
    assert working.workspace is not None
    search = working.workspace.search
    qtbot.waitUntil(lambda: search.results.model.rowCount() == count, timeout=8_000)
    assert search.isVisible()


def test_labels_and_words_lead_to_the_search(page: StatisticsPage) -> None:
    assert Search("label:PER state:accepted") in keys(page, "labels")
    assert Search("text:Bruneau missing:entity state:accepted") in keys(page, "strings")
    assert Search('label:PER source:"Le Devoir" state:accepted') in keys(page, "label_papers")
    assert Search("label:LOC date:2018-04 state:accepted") in keys(page, "months")
    assert Search("by:bruno state:accepted") in keys(page, "people")


def test_a_bar_keeps_to_the_annotator_that_is_counted(page: StatisticsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "annotator", "bruno")
    led: list[object] = []
    page.followed.connect(led.append)
    click(chart(page, "labels"), 0)
    assert led == [Search("label:PER state:accepted by:bruno")]


def test_an_entity_leads_to_the_register(page: StatisticsPage, working: MainWindow) -> None:
    assert keys(page, "entities") == [ToEntity("e")]
    page.area.ensureWidgetVisible(chart(page, "entities"))
    click(chart(page, "entities"), 0)
    assert working.findChild(EntityRegister) is not None


def test_annotator_label_and_period_narrow_the_page(page: StatisticsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "annotator", "bruno")
    assert rows(page, "labels")["PER"] == 1
    assert rows(page, "people") == {"bruno": 1}
    assert rows(page, "states")["In progress"] == 2, "articles are always counted all"
    choose(page, qtbot, "annotator", "Everybody")
    choose(page, qtbot, "label", "LOC")
    assert rows(page, "labels")["LOC"] == 1
    assert rows(page, "people") == {"claire": 1}
    choose(page, qtbot, "label", "All labels")
    choose(page, qtbot, "period", "Last 7 days")
    assert rows(page, "labels")["PER"] == 3


def test_the_page_follows_the_work(page: StatisticsPage, working: MainWindow, qtbot: QtBot) -> None:
    session = working.session
    assert session is not None
    article = articles.article(session.project, "a1")
    session.do("Label", lambda deed: annotations.add(deed, article, "org", [(20, 25)]))
    assert page._is_stale
    qtbot.waitUntil(lambda: rows(page, "labels")["ORG"] == 1, timeout=8_000)
    session.undo()
    qtbot.waitUntil(lambda: rows(page, "labels")["ORG"] == 0, timeout=8_000)


def test_nothing_is_counted_while_nobody_looks(
    page: StatisticsPage, working: MainWindow, qtbot: QtBot
) -> None:
    session = working.session
    assert session is not None
    page.hide()
    article = articles.article(session.project, "a1")
    session.do("Label", lambda deed: annotations.add(deed, article, "org", [(20, 25)]))
    assert not page._later.isActive() and not page.reader.is_reading
    page.show()
    qtbot.waitUntil(lambda: rows(page, "labels")["ORG"] == 1)


def test_a_chart_is_saved_as_picture_drawing_and_table(
    page: StatisticsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ending in (".png", ".svg", ".csv"):
        out = tmp_path / f"out{ending}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, o=out: (str(o), ""))
        menu = page.content.cards["labels"].menu()
        next(action for action in menu.actions() if action.data() == ending).trigger()
    assert QImage(str(tmp_path / "out.png")).width() > 100
    assert "PER" in (tmp_path / "out.svg").read_text("utf-8")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[:2] == [["label", "annotations"], ["PER", "3"]]


def test_the_page_is_saved_whole(
    page: StatisticsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for out, kind in ((tmp_path / "page", "Drawings (*.svg)"), (tmp_path / "page.png", "")):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, o=out, k=kind: (str(o), k))
        page.controls.picture_requested.emit()
    drawn = (tmp_path / "page.svg").read_text("utf-8")
    assert "Where the work stands" in drawn and "Geneviève Bruneau" in drawn
    image = QImage(str(tmp_path / "page.png"))
    assert image.height() > page.content.height()
    seen = {
        image.pixel(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)
    }
    assert len(seen) > 8


def test_all_tables_go_into_a_folder(page: StatisticsPage, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page._session.told):
        page.save_all_tables(tmp_path / "tables")
    names = sorted(path.name for path in (tmp_path / "tables").iterdir())
    assert "days.csv" in names and "suggestions.csv" in names and len(names) == 8


def test_a_place_that_cannot_be_written_to_is_a_sentence(
    page: StatisticsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    out = tmp_path / "nowhere" / "page.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(out), ""))
    with qtbot.waitSignal(page._session.failed) as failed:
        page.controls.picture_requested.emit()
    assert "cannot be written" in failed.args[0]


def test_an_empty_project_says_what_to_do(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "empty.annot"
    Project.create(path, read_scheme(resource("schemes", "news.toml"))).close()
    window.open_project(path)
    window.actions_["view.statistics"].trigger()
    page = window.findChild(StatisticsPage)
    assert page is not None
    wait(page, qtbot)
    assert all(card.chart.is_empty for card in page.content.cards.values())
    assert page.content.welcome.isVisible() and "Ctrl+I" in page.content.welcome.text()
    assert not any(section.isVisible() for section in page.content.sections)
    assert page.content.summary.tiles[4].value.text() == "–", "nothing was finished"
    session = window.session
    assert session is not None
    found = [LabelledArticle(Article("a", TEXT), [], [])]
    session.do("Import", lambda deed: bulk.add_articles(deed, found, {}, bulk.Added()))
    qtbot.waitUntil(lambda: rows(page, "states") != {} and not page.content.welcome.isVisible())


def test_closing_the_project_while_it_is_counted_is_no_trouble(
    working: MainWindow, qtbot: QtBot
) -> None:
    working.actions_["view.statistics"].trigger()
    QApplication.processEvents()
    working.close_project()
    assert (
        working.findChild(StatisticsPage) is None
        or not working.findChild(StatisticsPage).isVisible()
    )


def test_escape_puts_the_page_away_and_the_key_brings_it_back(
    page: StatisticsPage, working: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClick(chart(page, "labels"), Key.Key_Escape)
    qtbot.waitUntil(lambda: working.findChild(StatisticsPage) is None)
    working.actions_["view.statistics"].trigger()
    again = working.findChild(StatisticsPage)
    assert again is not None and again.isVisible()
    wait(again, qtbot)
    assert rows(again, "labels")["PER"] == 3


def test_the_page_is_there_once(page: StatisticsPage, working: MainWindow) -> None:
    working.actions_["view.statistics"].trigger()
    assert working.findChildren(StatisticsPage) == [page]


def test_night_falls_on_the_page_too(page: StatisticsPage, working: MainWindow) -> None:
    working.actions_["view.theme_dark"].trigger()
    assert page._theme.is_dark
    assert chart(page, "labels").theme.is_dark


def test_a_narrow_page_has_one_column(page: StatisticsPage, qtbot: QtBot) -> None:
    states, papers = page.content.cards["states"], page.content.cards["papers"]
    page.resize(1300, 800)
    qtbot.waitUntil(lambda: papers.x() > states.x())
    page.resize(700, 800)
    qtbot.waitUntil(lambda: papers.x() == states.x())
    assert papers.y() > states.y()
    assert QPoint(0, 0) == page.content.rect().topLeft()
