"""Search as a workplace, in the real window: by key, menu and mouse, worked on in place, undone."""

import json
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from annotator.core.model import AnnotationState
from annotator.core.scheme import Attribute, Label, Scheme
from annotator.gui.article.view import ArticleView
from annotator.gui.search_controls import Shown
from annotator.gui.search_menu import attribute_menu
from annotator.gui.search_panel import SearchPanel
from annotator.gui.session import Session
from annotator.gui.theme import load_theme
from annotator.gui.window import MainWindow
from annotator.store import annotations, articles, history
from annotator.store.many import Value
from annotator.store.project import Project
from annotator.store.search.lines import Order
from tests.gui.office import Office
from tests.gui.test_quotes import project_of

Key, Mod, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton

FIRST = "Bruneau parle \U0001f642. Mme Bruneau se tait. L’Élysée attend Bruneau."
SECOND = "À Lyon, Bruneau signe. Étienne Brossoit aussi, dit Bruneau."
THIRD = "Rien ici."


class Searcher(Office):
    """Somebody who works in the search."""

    qtbot: QtBot

    @property
    def panel(self) -> SearchPanel:
        assert self.window.workspace is not None
        return self.window.workspace.search

    def search(self, query: str) -> None:
        """Open the search, type a query and press Enter."""
        self.press(Key.Key_F, Mod.ControlModifier | Mod.ShiftModifier)
        self.panel.box.selectAll()
        QTest.keyClicks(self.panel.box, query)
        self.panel.box.close_offers()
        QTest.keyClick(self.panel.box, Key.Key_Return)
        self.settle()

    def settle(self) -> None:
        """Wait until every answer is there."""
        self.qtbot.waitUntil(self._is_settled)

    def _is_settled(self) -> bool:
        panel = self.panel
        return not panel.reader.is_looking and not panel.is_waiting

    def go_to_list(self) -> None:
        QTest.keyClick(self.panel.box, Key.Key_Down)
        self.qtbot.waitUntil(self.panel.results.list.hasFocus)

    def key(self, key: Key | str, modifiers: Mod = Mod.NoModifier) -> None:
        """Press a key in the list and wait for what it changes to be listed."""
        if isinstance(key, str):
            QTest.keyClicks(self.panel.results.list, key, modifiers)
        else:
            QTest.keyClick(self.panel.results.list, key, modifiers)
        self.settle()

    @property
    def listed(self) -> list[str]:
        model = self.panel.results.model
        return [model.line(n)[0].words for n in range(model.rowCount())]

    @property
    def told(self) -> list[str]:
        """What a screen reader says of each line's label."""
        model = self.panel.results.model
        rows = [model.said(n, model.rows[n]).split("\n") for n in range(model.rowCount())]
        return [row[1] for row in rows]

    @property
    def everything(self) -> list[tuple[str, str]]:
        """Label and text of every annotation that stands."""
        project = self.session.project
        return [
            (each.label, each.text)
            for article in articles.ids(project)
            for each in annotations.of_article(project, article)
            if each.state is not AnnotationState.REJECTED
        ]

    @property
    def ops(self) -> int:
        return len(history.ops(self.session.project))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return project_of(tmp_path / "search.annot", FIRST, SECOND, THIRD)


@pytest.fixture
def office(window: MainWindow, path: Path, qtbot: QtBot) -> Searcher:
    window.open_project(path)
    found = Searcher(window)
    found.qtbot = qtbot
    qtbot.waitUntil(found.view.hasFocus)
    return found


# Asking -----------------------------------------------------------------------------------------


def test_the_selected_words_are_looked_for_at_once(office: Searcher) -> None:
    office.select("Bruneau")
    office.press(Key.Key_F, Mod.ControlModifier | Mod.ShiftModifier)
    office.settle()
    assert office.panel.box.hasFocus()
    assert office.panel.box.text() == "Bruneau"
    assert office.listed == ["Bruneau"] * 5
    assert office.panel.controls.said.text() == "5 results · 2 articles"


def test_the_query_stays_when_its_result_is_what_is_selected(office: Searcher) -> None:
    office.search("Bruneau OR Lyon")
    office.go_to_list()
    office.key(Key.Key_Return)
    assert office.view.hasFocus()
    office.press(Key.Key_F, Mod.ControlModifier | Mod.ShiftModifier)
    assert office.panel.box.selectedText() == "Bruneau OR Lyon"
    assert len(office.listed) == 6


def test_words_are_found_with_what_stands_around_them(office: Searcher) -> None:
    office.search("bruneau")
    line = office.panel.results.model.line(1)[0]
    assert line.before.endswith("\U0001f642. Mme ")
    assert (line.words, line.behind[:8]) == ("Bruneau", " se tait")


def test_a_mistake_is_underlined_and_told_below_the_box(office: Searcher) -> None:
    office.search("Bruneau")
    office.search("Bruneau lable:PER")
    assert office.panel.box._mistake == (8, 13)
    assert "lable" in office.panel.controls.said.text()
    assert office.panel.controls.said.property("kind") == "mistake"
    assert office.panel.box.accessibleDescription() == office.panel.controls.said.text()
    assert len(office.listed) == 5
    QTest.keyClicks(office.panel.box, "x")
    assert office.panel.box._mistake is None


def test_after_a_mistake_nobody_waits_for_results(office: Searcher) -> None:
    office.search("label:NOPE")
    assert office.panel.results.empty.text().startswith("Words find words")


def test_lines_follow_changes_while_a_mistake_stands_in_the_box(office: Searcher) -> None:
    office.search("Bruneau")
    office.search("label:NOPE")
    office.session.open_article("a1")
    office.add("per", "Bruneau")
    office.settle()
    assert office.told == ["Untitled"] * 3 + ["PER", "Untitled"]
    assert office.panel.box.text() == "label:NOPE"


def test_what_may_follow_is_offered_and_taken_with_tab(office: Searcher) -> None:
    office.press(Key.Key_F, Mod.ControlModifier | Mod.ShiftModifier)
    box = office.panel.box
    QTest.keyClicks(box, "lab")
    assert box.is_offering
    QTest.keyClick(box, Key.Key_Tab)
    assert box.text() == "label:"
    assert box.is_offering
    QTest.keyClicks(box, "PE")
    QTest.keyClick(box, Key.Key_Down)
    QTest.keyClick(box, Key.Key_Return)
    assert box.text().strip() == "label:PER"
    assert not box.is_offering
    assert box.hasFocus()


def test_esc_closes_the_offers_first_and_then_goes_to_the_text(office: Searcher) -> None:
    office.press(Key.Key_F, Mod.ControlModifier | Mod.ShiftModifier)
    QTest.keyClicks(office.panel.box, "lab")
    QTest.keyClick(office.panel.box, Key.Key_Escape)
    assert not office.panel.box.is_offering
    assert office.panel.box.hasFocus()
    QTest.keyClick(office.panel.box, Key.Key_Escape)
    assert office.view.hasFocus()


def test_an_offer_is_taken_by_a_click(office: Searcher) -> None:
    office.press(Key.Key_F, Mod.ControlModifier | Mod.ShiftModifier)
    box = office.panel.box
    QTest.keyClicks(box, "lab")
    offers = box.offers
    where = offers.visualRect(offers.model().index(0, 0)).center()
    QTest.mouseClick(offers.viewport(), Button.LeftButton, Mod.NoModifier, where)
    assert box.text() == "label:"
    assert box.hasFocus()


def test_old_queries_come_back_even_tomorrow(
    office: Searcher, window: MainWindow, path: Path
) -> None:
    office.search("Bruneau")
    office.search("Lyon")
    kept = json.loads(office.session.project.setting("searches"))
    assert kept == ["Lyon", "Bruneau"]
    window.open_project(path)
    again = Searcher(window)
    again.press(Key.Key_F, Mod.ControlModifier | Mod.ShiftModifier)
    box = again.panel.box
    QTest.keyClicks(box, "ici")
    box.close_offers()
    QTest.keyClick(box, Key.Key_Up)
    assert box.text() == "Lyon"
    QTest.keyClick(box, Key.Key_Up)
    assert box.text() == "Bruneau"
    QTest.keyClick(box, Key.Key_Up)
    QTest.keyClick(box, Key.Key_Down)
    QTest.keyClick(box, Key.Key_Down)
    assert box.text() == "ici"


def test_a_search_goes_on_while_somebody_else_writes(office: Searcher, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    office.search("Lyon")
    assert office.listed == ["Lyon"]
    other.execute("rollback")
    other.close()
    office.search("Bruneau")
    assert json.loads(office.session.project.setting("searches")) == ["Bruneau", "Lyon"]


def test_nothing_found_is_said_plainly(office: Searcher) -> None:
    office.search("hippopotame")
    assert office.panel.results.pages.currentWidget() is office.panel.results.empty
    assert office.panel.results.empty.text().startswith("Nothing is found.")
    assert office.panel.controls.said.text() == "0 results"


def test_a_project_for_reading_only_is_searched_and_left_as_it_is(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    path.chmod(0o444)
    session = Session(Project.open(path, read_only=True), "claire")
    view = ArticleView(session, load_theme("light"))
    qtbot.addWidget(view)
    panel = SearchPanel(view, load_theme("light"), window.background, view)
    panel.box.setText("Bruneau")
    panel.search()
    qtbot.waitUntil(lambda: len(panel.results.model.rows) == 5)
    assert not panel.results.bar.label.isEnabled()
    with qtbot.waitSignal(session.told) as said:
        panel.results.work.label(session.scheme.label("per"))
    assert said.args == ["This project is open for reading only."]
    every: list[str] = []
    session.told.connect(every.append)
    panel.results.work.ask_attribute()
    panel.results.work.ask_entity()
    assert every == ["This project is open for reading only."] * 2
    session.close()


# Going ------------------------------------------------------------------------------------------


def test_moving_in_the_list_shows_the_place_in_the_open_article(office: Searcher) -> None:
    office.search("Bruneau")
    office.go_to_list()
    office.key(Key.Key_Down)
    start = FIRST.index("Mme Bruneau") + 4
    assert office.view.selection == (start, start + 7)
    assert office.panel.results.list.hasFocus()
    for _ in range(2):
        office.key(Key.Key_Down)
    assert office.article == "a0"


def test_enter_opens_the_article_there(office: Searcher) -> None:
    office.search("signe")
    office.go_to_list()
    office.key(Key.Key_Return)
    assert office.article == "a1"
    assert office.view.hasFocus()
    start = SECOND.index("signe")
    assert office.view.selection == (start, start + 5)


def test_f12_walks_from_result_to_result_through_the_articles(
    office: Searcher, qtbot: QtBot
) -> None:
    office.search("Bruneau")
    office.press(Key.Key_F12)
    assert office.view.selection == (0, 7)
    for _ in range(3):
        office.press(Key.Key_F12)
    assert office.article == "a1"
    start = SECOND.index("Bruneau")
    assert office.view.selection == (start, start + 7)
    assert office.view.hasFocus()
    office.press(Key.Key_F12, Mod.ShiftModifier)
    assert office.article == "a0"
    for _ in range(2):
        office.press(Key.Key_F12)
    with qtbot.waitSignal(office.session.told) as said:
        office.press(Key.Key_F12)
    assert said.args == ["This is the last result."]


def test_f12_without_a_result_asks_for_one(office: Searcher) -> None:
    office.press(Key.Key_F12)
    assert office.panel.box.hasFocus()


def test_an_annotation_that_is_opened_is_selected(office: Searcher) -> None:
    added = office.add("per", "Bruneau")
    office.search("label:PER")
    office.go_to_list()
    office.key(Key.Key_Return)
    assert office.session.selected == added


def test_esc_goes_back_to_the_text_from_lines_and_tables(office: Searcher) -> None:
    office.search("Bruneau")
    office.go_to_list()
    QTest.keyClick(office.panel.results.list, Key.Key_Escape)
    assert office.view.hasFocus()
    office.panel.controls.show_view(Shown.FREQUENCIES)
    office.settle()
    QTest.keyClick(office.panel.results.table, Key.Key_Escape)
    assert office.view.hasFocus()


def test_up_on_the_first_line_goes_back_to_the_box(office: Searcher) -> None:
    office.search("Bruneau")
    office.go_to_list()
    office.key(Key.Key_Up)
    assert office.panel.box.hasFocus()


# Working ----------------------------------------------------------------------------------------


def test_ticked_words_are_labelled_in_one_op_and_undone_in_one(office: Searcher) -> None:
    office.search("Bruneau")
    office.go_to_list()
    office.key(Key.Key_Space)
    office.key(Key.Key_Down)
    office.key(Key.Key_Space)
    assert office.panel.results.bar.ticks.text() == "2 ticked"
    ops = office.ops
    office.key("p")
    assert office.everything == [("per", "Bruneau")] * 2
    assert office.ops == ops + 1
    assert office.told[:2] == ["PER", "PER"]
    office.press(Key.Key_Z, Mod.ControlModifier)
    office.settle()
    assert office.everything == []
    assert "PER" not in office.told


def test_all_are_relabelled_and_the_list_follows(office: Searcher) -> None:
    office.add("per", "Bruneau")
    office.add("per", "Élysée")
    office.search("label:PER")
    office.go_to_list()
    office.key(Key.Key_A, Mod.ControlModifier)
    office.key("o")
    assert office.everything == [("org", "Bruneau"), ("org", "Élysée")]
    assert office.listed == []
    office.press(Key.Key_Z, Mod.ControlModifier)
    office.settle()
    assert office.listed == ["Bruneau", "Élysée"]


def test_the_chosen_line_is_worked_on_where_nothing_is_ticked(office: Searcher) -> None:
    office.add("per", "Bruneau")
    office.add("per", "Élysée")
    office.search("label:PER")
    office.go_to_list()
    office.key(Key.Key_Down)
    office.key(Key.Key_Delete)
    assert office.everything == [("per", "Bruneau")]
    assert office.listed == ["Bruneau"]


def test_suggestions_are_accepted_and_rejected(office: Searcher) -> None:
    state = AnnotationState.SUGGESTED
    made = [
        office.add("per", words, state=state) for words in ("Bruneau parle", "Élysée", "attend")
    ]
    office.search("state:suggested")
    office.go_to_list()
    office.key("a")
    assert office.listed == ["Élysée", "attend"]
    office.key("x")
    assert office.listed == ["attend"]
    found = [annotations.annotation(office.session.project, each) for each in made]
    assert [str(each.state) for each in found] == ["accepted", "rejected", "suggested"]


@pytest.mark.qt_log_ignore("does not support")
def test_an_attribute_is_set_in_the_menu(office: Searcher) -> None:
    office.add("quote", "Bruneau parle")
    office.search("label:Quote")
    office.go_to_list()
    QTest.keyClick(office.panel.results.list, Key.Key_S)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    values = next(iter(action.menu() for action in menu.actions() if action.menu()))
    assert isinstance(values, QMenu)
    wanted = values.actions()[1]
    value = wanted.text()
    wanted.trigger()
    menu.close()
    office.settle()
    found = annotations.of_article(office.session.project, "a0")[0]
    assert value in found.attributes.values()


def test_an_attribute_of_any_text_is_typed_in_the_menu(office: Searcher) -> None:
    label = Label("x", "X", attributes=(Attribute("place", "text"),))
    taken: list[tuple[str, Value]] = []
    menu = attribute_menu(
        office.panel, Scheme(labels=(label,)), ["x"], lambda *each: taken.append(each)
    )
    field = menu.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "Lyon ")
    QTest.keyClick(field, Key.Key_Return)
    assert taken == [("place", "Lyon")]


def test_mentions_are_given_to_somebody_new(office: Searcher) -> None:
    office.add("per", "Bruneau parle"[:7])
    office.add("per", "Élysée")
    office.search("label:PER")
    office.go_to_list()
    office.key(Key.Key_A, Mod.ControlModifier)
    QTest.keyClick(office.panel.results.list, Key.Key_R)
    field = QApplication.focusWidget()
    assert field is not None and field is not office.panel.results.list
    QTest.keyClicks(field, "Anne Bruneau")
    ops = office.ops
    QTest.keyClick(field, Key.Key_Return)
    office.settle()
    found = annotations.of_article(office.session.project, "a0")
    assert len({each.entity for each in found}) == 1 and found[0].entity
    assert office.ops == ops + 1
    assert office.panel.results.list.hasFocus()


def test_words_that_are_no_annotation_cannot_be_accepted(office: Searcher, qtbot: QtBot) -> None:
    office.search("Bruneau")
    office.go_to_list()
    with qtbot.waitSignal(office.session.told) as said:
        office.key("a")
    assert said.args == ["No annotation is among these: label the words first."]
    assert not office.panel.results.bar.accept.isEnabled()
    assert office.panel.results.bar.label.isEnabled()


def test_the_menu_and_the_buttons_do_the_same(office: Searcher) -> None:
    office.add("per", "Bruneau")
    office.search("label:PER")
    office.go_to_list()
    menu = office.panel.results.work.context_menu()
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert texts[:3] == ["Open here", "Label", "Accept"]
    next(each for each in menu.actions() if each.text().startswith("Remove")).trigger()
    office.settle()
    assert office.everything == []
    office.press(Key.Key_Z, Mod.ControlModifier)
    office.settle()
    QTest.mouseClick(office.panel.results.bar.remove, Button.LeftButton)
    office.settle()
    assert office.everything == []


def test_many_are_written_beside_the_window(
    office: Searcher, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("annotator.gui.bulk_writing.AT_ONCE", 3)
    office.search("Bruneau")
    QTest.mouseClick(office.panel.results.bar.all, Button.LeftButton)
    assert office.panel.results.bar.ticks.text() == "5 ticked"
    assert office.panel.results.list.hasFocus()
    ops = office.ops
    with qtbot.waitSignal(office.session.told) as said:
        office.key("p")
    office.settle()
    assert said.args == ["5 changed."]
    assert office.ops == ops + 1
    assert set(office.told) == {"PER"}


def test_whole_articles_cannot_be_labelled(office: Searcher, qtbot: QtBot) -> None:
    office.search("state:todo")
    assert len(office.listed) == 3
    office.go_to_list()
    with qtbot.waitSignal(office.session.told) as said:
        office.key("p")
    assert said.args == ["These are whole articles: search for words to label them."]


def test_a_click_on_the_box_ticks_a_line(office: Searcher) -> None:
    office.search("Bruneau")
    where = office.panel.results.list.visualRect(
        office.panel.results.model.index(1)
    ).topLeft() + QPoint(14, 10)
    QTest.mouseClick(office.panel.results.list.viewport(), Button.LeftButton, Mod.NoModifier, where)
    assert [office.panel.results.model.is_ticked(n) for n in range(3)] == [False, True, False]


def test_a_label_made_in_the_article_shows_in_the_list(office: Searcher) -> None:
    office.search("Bruneau")
    office.go_to_list()
    office.key(Key.Key_Space)
    office.add("org", "Bruneau")
    office.settle()
    assert office.told[0] == "ORG"
    assert office.panel.results.model.is_ticked(0)


# Views ------------------------------------------------------------------------------------------


def test_lines_are_put_in_another_order(office: Searcher) -> None:
    office.search("Bruneau")
    office.go_to_list()
    office.key(Key.Key_Right)
    assert office.panel.controls.wanted_order is Order.LEFT
    office.key(Key.Key_Right)
    behind = [office.panel.results.model.line(n)[0].behind for n in range(5)]
    assert [each.strip(" .\U0001f642")[:5] for each in behind] == [
        "",
        "",
        "parle",
        "se ta",
        "signe",
    ]


def test_frequencies_narrow_the_query(office: Searcher) -> None:
    office.add("per", "Bruneau")
    office.add("per", "Élysée")
    office.search("label:PER")
    QTest.keyClick(office.panel.box, Key.Key_2, Mod.AltModifier)
    office.settle()
    table = office.panel.results.table
    assert office.panel.results.pages.currentWidget() is table
    assert sorted(row.words for row in table.rows.rows) == ["Bruneau", "Élysée"]
    table.entered.emit(next(row for row in table.rows.rows if row.words == "Élysée"))
    office.settle()
    assert office.panel.controls.view is Shown.LINES
    assert office.listed == ["Élysée"]


def test_words_have_no_label_to_be_counted_by(office: Searcher) -> None:
    office.search("Bruneau")
    office.panel.controls.group.setCurrentIndex(1)
    office.panel.controls.show_view(Shown.FREQUENCIES)
    office.settle()
    assert office.panel.results.pages.currentWidget() is office.panel.results.empty
    assert "these are words" in office.panel.results.empty.text()
    office.panel.controls.show_view(Shown.LINES)
    assert office.panel.results.pages.currentWidget() is office.panel.results.list


def test_collocates_are_listed(office: Searcher) -> None:
    office.search("Bruneau")
    office.panel.controls.show_view(Shown.COLLOCATES)
    office.settle()
    assert "signe" in [row.words for row in office.panel.results.table.rows.rows]


def test_only_the_articles_of_the_result_are_listed(office: Searcher) -> None:
    assert office.window.workspace is not None
    shown = office.window.workspace.articles
    office.search("signe")
    QTest.mouseClick(office.panel.controls.narrow, Button.LeftButton)
    assert list(shown.model.ids) == ["a1"]
    assert shown.listed_ids() == ["a1"]
    QTest.mouseClick(shown.narrowed, Button.LeftButton)
    assert len(shown.model.ids) == 3
    assert not office.panel.controls.narrow.isChecked()


def test_lines_and_tables_are_written_as_csv(
    office: Searcher, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.search("Bruneau")
    out = tmp_path / "lines.csv"
    monkeypatch.setattr(
        "annotator.gui.search_saving.QFileDialog.getSaveFileName",
        lambda *_args: (str(tmp_path / "lines"), ""),
    )
    with qtbot.waitSignal(office.session.told) as said:
        QTest.mouseClick(office.panel.controls.save, Button.LeftButton)
    assert said.args == ["5 rows written as CSV."]
    assert len(out.read_text("utf-8-sig").splitlines()) == 6
    office.panel.controls.show_view(Shown.FREQUENCIES)
    office.settle()
    with qtbot.waitSignal(office.session.told):
        office.panel.save(tmp_path / "counts.csv")
    assert "Bruneau" in (tmp_path / "counts.csv").read_text("utf-8-sig")


# Size -------------------------------------------------------------------------------------------


@pytest.fixture
def large(tmp_path: Path) -> Path:
    texts = [f"{n}. " + "Bruneau parle. " * 100 for n in range(50)]
    return project_of(tmp_path / "large.annot", *texts)


def test_five_thousand_lines_are_labelled_in_one_op(
    window: MainWindow, large: Path, qtbot: QtBot
) -> None:
    window.open_project(large)
    office = Searcher(window)
    office.qtbot = qtbot
    qtbot.waitUntil(office.view.hasFocus)
    office.search("Bruneau")
    assert office.panel.results.model.rowCount() == 5_000
    assert len(office.panel.results.model._pages) <= 3
    office.go_to_list()
    office.key(Key.Key_End)
    assert office.panel.results.list.currentIndex().row() == 4_999
    office.key(Key.Key_A, Mod.ControlModifier)
    ops = office.ops
    office.key("p")
    assert office.ops == ops + 1
    assert office.told[4_999] == "PER"
    assert office.panel.results.list.currentIndex().row() == 4_999


# The keyboard -----------------------------------------------------------------------------------


def test_ctrl_shift_f_again_selects_the_query(office: Searcher) -> None:
    office.search("Bruneau")
    QTest.keyClick(office.panel.box, Key.Key_F, Mod.ControlModifier | Mod.ShiftModifier)
    assert office.panel.box.selectedText() == "Bruneau"


def test_the_filter_of_the_list_has_its_own_key(office: Searcher) -> None:
    assert office.window.workspace is not None
    office.press(Key.Key_F, Mod.ControlModifier | Mod.AltModifier)
    assert office.window.workspace.articles.search.hasFocus()


def test_f1_in_the_box_tells_how_to_search(office: Searcher) -> None:
    office.press(Key.Key_F, Mod.ControlModifier | Mod.ShiftModifier)
    QTest.keyClick(office.panel.box, Key.Key_F1)
    assert office.window.help_window is not None
    assert office.window.help_window.browser.source().fileName() == "search.md"
