"""Word lists and patterns of somebody's own, in the real window: made, tried, suggested, undone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from annotator.core.model import AnnotationState
from annotator.core.word_lists import Entry
from annotator.gui.suggesters_dialog import SuggestersDialog
from annotator.gui.window import MainWindow
from annotator.gui.word_lists_page import WordListsPage
from annotator.store import history, word_lists
from tests.gui.office import Office
from tests.gui.test_quotes import project_of

Key, Mod = Qt.Key, Qt.KeyboardModifier

TEXT = "La zorille dort. Une Zorille mange, dossier AB-1234 et AB-99, puis la zorille part.\n"


class Collector(Office):
    """Somebody who keeps word lists."""

    @property
    def page(self) -> WordListsPage:
        found = self.window.findChild(SuggestersDialog)
        assert found is not None
        return found.lists

    @property
    def waiting(self) -> list[str]:
        return [each.text for each in self.annotations if each.state is AnnotationState.SUGGESTED]

    @property
    def named(self) -> list[str]:
        return [each.name for each in word_lists.every(self.session.project)]

    @property
    def ops(self) -> int:
        return len(history.ops(self.session.project))

    def write(self, words: str) -> None:
        """Write entries into the list that is shown, and go elsewhere."""
        form = self.page.form
        form.entries.setFocus()
        form.entries.setPlainText(words)
        form.flush()


@pytest.fixture
def office(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Collector:
    window.open_project(project_of(tmp_path / "lists.annot", TEXT, suggests="on"))
    found = Collector(window)
    qtbot.waitUntil(found.view.hasFocus)
    found.press(Key.Key_F5, Mod.ShiftModifier)
    dialog = found.window.findChild(SuggestersDialog)
    assert dialog is not None
    dialog.tabs.setCurrentWidget(found.page)
    return found


def test_words_of_a_list_are_suggested_at_once(office: Collector, qtbot: QtBot) -> None:
    assert office.page.empty.isVisible()
    office.page.words.click()
    assert office.page.form.name.hasFocus()
    QTest.keyClicks(office.page.form.name, "Fauna")
    QTest.keyClick(office.page.form.name, Key.Key_Return)
    assert office.named == ["Fauna"]
    office.write("zorille\nserval\n")
    qtbot.waitUntil(lambda: office.waiting == ["zorille", "zorille"])
    qtbot.waitUntil(lambda: office.page.form.test.text().startswith("2 places in this article"))
    assert office.page.list.item(0).text() == "Fauna (2 entries)"
    office.page.form.case.click()
    qtbot.waitUntil(lambda: len(office.waiting) == 3)


def test_a_list_is_switched_off_removed_and_brought_back(office: Collector, qtbot: QtBot) -> None:
    office.page.words.click()
    office.write("zorille")
    qtbot.waitUntil(lambda: len(office.waiting) == 2)
    QTest.keyClick(office.page.list, Key.Key_Space)
    qtbot.waitUntil(lambda: office.waiting == [])
    QTest.keyClick(office.page.list, Key.Key_Space)
    qtbot.waitUntil(lambda: len(office.waiting) == 2)
    office.page.remove.click()
    qtbot.waitUntil(lambda: office.waiting == [])
    assert office.page.list.count() == 0
    office.choose("edit.undo")
    assert office.page.list.count() == 1
    qtbot.waitUntil(lambda: len(office.waiting) == 2)


def test_a_pattern_is_tried_while_it_is_written(office: Collector, qtbot: QtBot) -> None:
    office.page.pattern.click()
    form = office.page.form
    form.pattern.setFocus()
    QTest.keyClicks(form.pattern, r"AB-\d{4}")
    qtbot.waitUntil(lambda: form.test.text() == "1 place in this article: “AB-1234”.")
    QTest.keyClick(form.pattern, Key.Key_Return)
    qtbot.waitUntil(lambda: office.waiting == ["AB-1234"])
    form.pattern.clear()
    QTest.keyClicks(form.pattern, "(a+)+$")
    qtbot.waitUntil(lambda: "may take forever" in form.test.text())
    assert form.test.objectName() == "warning"


def test_lists_come_from_files(
    office: Collector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "animaux.csv"
    path.write_bytes("mot;entité\nzorille;La zorille\nloup;\n".encode("cp1252"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    before = office.ops
    office.page.bring.click()
    assert office.ops == before + 1
    [made] = word_lists.every(office.session.project)
    assert made.name == "animaux"
    assert word_lists.entries(office.session.project, made.id) == [
        Entry("zorille", "La zorille"),
        Entry("loup"),
    ]
    assert office.page.form.entries.toPlainText() == "zorille = La zorille\nloup"


def test_a_ready_made_list_is_one_click_away(office: Collector, qtbot: QtBot) -> None:
    office.page.menu.aboutToShow.emit()
    chosen = next(
        each for each in office.page.menu.actions() if each.text().startswith("Regions and cities")
    )
    before = office.ops
    chosen.trigger()
    assert office.ops == before + 1
    [made] = word_lists.every(office.session.project)
    assert made.label == "loc"
    assert len(word_lists.entries(office.session.project, made.id)) > 10
    assert office.page.list.count() == 1


def test_what_was_typed_counts_when_the_window_closes(office: Collector, qtbot: QtBot) -> None:
    office.page.words.click()
    office.page.form.entries.setPlainText("zorille")
    QTest.keyClick(office.page.window(), Key.Key_Escape)
    [made] = word_lists.every(office.session.project)
    assert word_lists.entries(office.session.project, made.id) == [Entry("zorille")]


def test_each_change_is_one_step(office: Collector, qtbot: QtBot) -> None:
    office.page.words.click()
    office.write("zorille")
    office.page.form.label.setCurrentIndex(office.page.form.label.findData("org"))
    office.page.form.label.activated.emit(office.page.form.label.currentIndex())
    [made] = word_lists.every(office.session.project)
    assert made.label == "org"
    for _each in range(3):
        office.choose("edit.undo")
    assert office.named == []
