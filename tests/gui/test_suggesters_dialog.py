"""Where suggestions come from: switched, ranked and asked in the real window, by key and mouse, at once."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from annotator.assist import settings
from annotator.core.model import AnnotationState
from annotator.gui.suggesters_dialog import SuggestersDialog
from annotator.gui.window import MainWindow
from annotator.store import articles
from annotator.store.many import reject
from annotator.store.project import Project
from tests.gui.office import Office
from tests.gui.test_quotes import project_of
from tests.gui.test_walking import suggest

Key, Mod, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton

TEXT = "Luc Roy parle à Lyon. « Le pont tombera avant la neige », assure Nora Lam.\n"
NAMES = [f"Nom{n:02}" for n in range(25)]
REJECTED = "Voici " + " et ".join(NAMES) + "."


class Lead(Office):
    """Somebody who says where suggestions come from."""

    @property
    def dialog(self) -> SuggestersDialog:
        found = self.window.findChild(SuggestersDialog)
        assert found is not None
        return found

    def open(self, qtbot: QtBot) -> SuggestersDialog:
        self.press(Key.Key_F5, Mod.ShiftModifier)
        qtbot.waitUntil(lambda: self.dialog.list.count() > 1)
        return self.dialog

    def choose_suggester(self, suggester_id: str) -> None:
        self.dialog.list.setCurrentRow(self.dialog.list.ids.index(suggester_id))

    @property
    def waiting(self) -> set[str]:
        """Who says what waits."""
        return {each.origin for each in self.annotations if each.state is AnnotationState.SUGGESTED}


@pytest.fixture
def office(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Lead:
    path = project_of(tmp_path / "lead.annot", TEXT, REJECTED)
    with Project.open(path) as project:
        first = articles.article(project, "a0")
        suggest(project, first, ("per", "Luc Roy", 0.95, "names"), ("loc", "Lyon", 0.8, "names"))
    window.open_project(path)
    found = Lead(window)
    qtbot.waitUntil(found.view.hasFocus)
    return found


def rejected(office: Lead) -> None:
    """Have twenty-five names of the second article suggested as organisations, and all turned down."""
    project = office.session.project
    article = articles.article(project, "a1")
    suggest(project, article, *(("org", name, 0.9, "names") for name in NAMES))
    ids = [
        id_ for (id_,) in project.conn.execute("select id from annotation where article_id = 'a1'")
    ]
    office.session.do("Reject all", lambda deed: reject(deed, ids))


def test_the_dialog_is_opened_by_key_and_menu_and_only_once(office: Lead, qtbot: QtBot) -> None:
    dialog = office.open(qtbot)
    office.choose("suggest.show")
    assert office.window.findChildren(SuggestersDialog) == [dialog]
    assert dialog.list.ids[:2] == ["quotes", "names"]
    assert "quoted" in dialog.page.description.text()
    QTest.keyClick(dialog, Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_switching_one_off_takes_only_its_open_suggestions(office: Lead, qtbot: QtBot) -> None:
    office.press("n")
    office.press(Key.Key_Return)
    office.press(Key.Key_F5)
    qtbot.waitUntil(lambda: office.waiting == {"names", "quote rules"})
    dialog = office.open(qtbot)
    office.choose_suggester("names")
    QTest.keyClick(dialog.list, Key.Key_Space)
    qtbot.waitUntil(lambda: office.waiting == {"quote rules"})
    assert ("per", "Luc Roy") in office.said
    assert not settings.read(office.session.project).on["names"]


def test_they_are_ranked_by_key_and_by_button(office: Lead, qtbot: QtBot) -> None:
    dialog = office.open(qtbot)
    office.choose_suggester("names")
    QTest.keyClick(dialog.list, Key.Key_Up, Mod.ControlModifier)
    assert dialog.list.ids[:2] == ["names", "quotes"]
    assert settings.read(office.session.project).order[:2] == ("names", "quotes")
    assert dialog.list.current_id == "names"
    dialog.later.click()
    assert settings.read(office.session.project).order[:2] == ("quotes", "names")


def test_the_least_score_of_one_is_kept_at_once(office: Lead, qtbot: QtBot) -> None:
    dialog = office.open(qtbot)
    office.choose_suggester("names")
    dialog.page.least.setFocus()
    before = dialog.page.least.value()
    QTest.keyClick(dialog.page.least, Key.Key_Right)
    assert settings.read(office.session.project).least["names"] == (before + 5) / 100
    assert dialog.page.score.text() == f"{before + 5}%"


def test_what_became_of_suggestions_is_shown_label_by_label(office: Lead, qtbot: QtBot) -> None:
    office.press("n")
    office.press(Key.Key_Return)
    dialog = office.open(qtbot)
    office.choose_suggester("names")
    told = [each.text() for each in dialog.page.bars.lines if isinstance(each, QLabel)]
    assert "100%, 1 of 1 accepted" in told
    assert "1 waits" in told


def test_who_is_mostly_rejected_says_so_once_and_can_be_asked_again(
    office: Lead, qtbot: QtBot
) -> None:
    office.choose("suggest.article")
    qtbot.waitUntil(lambda: "quote rules" in office.waiting)
    rejected(office)
    office.choose("suggest.article")
    bar = office.window.message_bar
    qtbot.waitUntil(bar.isVisible)
    assert bar.text.text() == "Names, ORG: 0 of 25 accepted; no longer shown."
    bar.action.click()
    dialog = office.dialog
    qtbot.waitUntil(lambda: dialog.list.count() > 1)
    assert not bar.isVisible()
    office.choose_suggester("names")
    choices = [each for each in dialog.page.bars.lines if isinstance(each, QCheckBox)]
    assert [each.text() for each in choices] == ["Suggest ORG all the same"]
    choices[0].click()
    assert settings.read(office.session.project).asked == {("names", "org")}
    office.choose("suggest.article")
    qtbot.wait(300)
    assert not bar.isVisible()


def test_a_kind_gets_another_label_or_none(office: Lead, qtbot: QtBot) -> None:
    dialog = office.open(qtbot)
    dialog.tabs.setCurrentIndex(1)
    box = dialog.kinds.box("people")
    assert box.currentData() == "per"
    box.setCurrentIndex(box.findData(""))
    box.activated.emit(box.currentIndex())
    assert settings.read(office.session.project).labels == {"person": ""}
