"""Labelling all occurrences, in the real window: by key, menu and mouse, undone, over a restart."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.model import AnnotationState, ArticleState, Entity
from annotator.core.scheme import Label
from annotator.gui.occurrences_controls import Reach
from annotator.gui.occurrences_panel import OccurrencesPanel
from annotator.gui.window import MainWindow
from annotator.store import annotations, articles, entities, history, labels, occurrences
from annotator.store.occurrences import Standing
from annotator.store.project import Project
from tests.gui.office import Office
from tests.gui.test_quotes import project_of

Key, Mod, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton

FIRST = (
    "Bruneau parle. Mme Bruneau se tait, dit-on chez les Bruneau. L’Élysée attend, l'Elysée dort.\n\n"
    "« Bruneau viendra », assure Luc Roy. bruneau, Jean-Bruneau, Bruneaux."
)
SECOND = (
    "À Lyon, Bruneau \U0001f642 signe. La Ville\nde Lyon et Gene\u0301vie\u0300ve Bruneau saluent."
)
THIRD = "Rien ici."


class Sweeper(Office):
    """Somebody who labels all occurrences."""

    @property
    def panel(self) -> OccurrencesPanel:
        assert self.window.workspace is not None
        return self.window.workspace.occurrences

    def open(self, words: str) -> None:
        self.select(words)
        self.press(Key.Key_L, Mod.ControlModifier)
        assert self.panel.isVisible()

    def key(self, key: Key | str, modifiers: Mod = Mod.NoModifier) -> None:
        """Press a key in the list."""
        if isinstance(key, str):
            QTest.keyClicks(self.panel.list, key, modifiers)
        else:
            QTest.keyClick(self.panel.list, key, modifiers)

    @property
    def listed(self) -> list[str]:
        return [each.surface for each in self.panel.model.rows]

    @property
    def ticked(self) -> list[str]:
        return [each.surface for each in self.panel.model.ticked()]

    @property
    def standings(self) -> list[Standing]:
        return [each.standing for each in self.panel.model.rows]

    @property
    def marks(self) -> list[str]:
        """What stands at the right end of each row."""
        model = self.panel.model
        told = [
            model.data(model.index(n), Qt.ItemDataRole.AccessibleTextRole)
            for n in range(model.rowCount())
        ]
        return [each.split("\n")[1] if each.count("\n") > 1 else "" for each in told]

    @property
    def everything(self) -> list[tuple[str, str, str]]:
        """Article, label and text of every annotation of the project."""
        project = self.session.project
        return [
            (article, each.label, each.text)
            for article in articles.ids(project)
            for each in annotations.of_article(project, article)
        ]

    @property
    def ops(self) -> int:
        return len(history.ops(self.session.project))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return project_of(tmp_path / "names.annot", FIRST, SECOND, THIRD)


@pytest.fixture
def office(window: MainWindow, path: Path, qtbot: QtBot) -> Sweeper:
    window.open_project(path)
    found = Sweeper(window)
    qtbot.waitUntil(found.view.hasFocus)
    return found


# Two gestures -----------------------------------------------------------------------------------


def test_two_keys_label_every_occurrence_in_the_article(office: Sweeper) -> None:
    office.put_caret("Bruneau parle")
    office.press(Key.Key_L, Mod.ControlModifier)
    assert office.listed == ["Bruneau"] * 4
    office.key(Key.Key_Return)
    assert office.said == [("per", "Bruneau")] * 4
    assert not office.panel.isVisible()
    assert office.view.hasFocus()
    assert articles.article(office.session.project, "a0").state is ArticleState.IN_PROGRESS


def test_the_words_in_the_article_are_shown_before_they_are_labelled(office: Sweeper) -> None:
    office.open("Bruneau")
    office.key(Key.Key_Down)
    assert office.view.selection == (19, 26)
    assert office.everything == []
    assert office.panel.controls.heading.text() == "Label “Bruneau”"
    assert office.panel.counts.text() == "4 occurrences"
    around = office.panel.model.line(1)
    assert (around.before, around.words) == ("Bruneau parle. Mme ", "Bruneau")


def test_esc_leaves_everything_as_it_was(office: Sweeper) -> None:
    office.open("Bruneau")
    office.key(Key.Key_Down)
    office.key(Key.Key_Escape)
    assert not office.panel.isVisible()
    assert office.everything == []
    assert office.view.hasFocus()
    assert office.view.selection == (0, 7)


def test_all_articles_are_an_arrow_away(office: Sweeper) -> None:
    office.open("Bruneau")
    office.key(Key.Key_Right)
    assert len(office.listed) == 6
    assert office.panel.counts.text() == "6 occurrences · 2 articles"
    ops = office.ops
    office.key(Key.Key_Return)
    assert office.ops == ops + 1
    assert [each[0] for each in office.everything] == ["a0"] * 4 + ["a1"] * 2
    office.press(Key.Key_Z, Mod.ControlModifier)
    assert office.everything == []


def test_ctrl_l_again_looks_in_more_articles_and_begins_again(office: Sweeper) -> None:
    office.open("Bruneau")
    for reach in (Reach.CORPUS, Reach.ARTICLE):
        office.choose("occurrences.label")
        assert office.panel.controls.reach is reach
    office.key(Key.Key_Left)
    assert office.panel.controls.reach is Reach.ARTICLE


def test_what_the_list_shows_can_be_meant(office: Sweeper) -> None:
    assert office.window.workspace is not None
    listing = office.window.workspace.articles
    listing.search.setText("salue")
    listing.reload()
    office.open("Bruneau")
    office.key(Key.Key_Right)
    assert office.panel.controls.reach is Reach.LISTED
    assert [each.article for each in office.panel.model.rows] == ["a1", "a1"]


# Ticks ------------------------------------------------------------------------------------------


def test_ticks_by_key(office: Sweeper) -> None:
    office.open("Bruneau")
    office.key(Key.Key_Space)
    assert office.panel.accept.text() == "Label 3"
    office.key("n")
    assert office.ticked == []
    assert not office.panel.accept.isEnabled()
    office.key(Key.Key_Return)
    assert office.panel.isVisible()
    assert office.everything == []
    office.key("a")
    office.key(Key.Key_Down)
    office.key(Key.Key_Space)
    office.key(Key.Key_Return)
    assert [each.start for each in office.annotations] == [0, 52, 96]


def test_ticks_and_buttons_by_mouse(office: Sweeper) -> None:
    office.open("Bruneau")
    panel = office.panel
    viewport = panel.list.viewport()
    row = panel.list.visualRect(panel.model.index(2))
    where = QPoint(row.left() + panel.fontMetrics().height(), row.center().y())
    QTest.mouseClick(viewport, Button.LeftButton, Mod.NoModifier, where)
    assert panel.model.count == 3
    QTest.mouseClick(viewport, Button.LeftButton, Mod.NoModifier, row.center())
    assert panel.model.count == 3
    assert office.view.selection[0] == panel.model.rows[2].start
    panel.controls.case.click()
    assert len(office.listed) == 5
    assert panel.model.count == 4, "what was ticked by hand stays so"
    panel.accept.click()
    assert len(office.annotations) == 4


def test_by_menu(office: Sweeper) -> None:
    office.select("Bruneau")
    office.choose("occurrences.label")
    assert office.panel.isVisible()
    office.panel.cancel.click()
    menu = office.view.menu_at(0) if office.view.menu_at else None
    assert menu is not None
    assert any(a.text().startswith("Label all occurrences") for a in menu.actions())


# How words are alike ----------------------------------------------------------------------------


def test_choices_have_digits(office: Sweeper) -> None:
    office.open("Bruneau")
    office.key("2")
    assert office.listed == ["Bruneau"] * 4 + ["bruneau"]
    office.key("4")
    assert office.listed[-1] == "Bruneaux"
    office.key("1")
    assert len(office.listed) == 7
    unshifted = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Eacute, Mod.NoModifier, "é")
    QApplication.sendEvent(office.panel.list, unshifted)  # the 2 of an AZERTY keyboard
    assert office.panel.controls.case.isChecked()


def test_accents_and_elision(office: Sweeper) -> None:
    office.open("L’Élysée")
    assert office.listed == ["L’Élysée"]
    office.key("4")
    assert office.listed == ["Élysée", "Elysée"]
    office.key("3")
    assert office.listed == ["Élysée"]


def test_the_names_of_the_entity_are_found_and_it_is_given(office: Sweeper) -> None:
    person = Entity("e1", "Geneviève Bruneau", aliases=("Mme Bruneau",))
    chosen = office.select_new("per", "Bruneau")
    office.session.do("Entity", lambda deed: entities.give(deed, chosen, person))
    office.view.place(3, 3)
    office.session.select(chosen)
    office.press(Key.Key_L, Mod.ControlModifier)
    assert office.panel.controls.entity.text() == "→ Geneviève Bruneau"
    office.key(Key.Key_Right)
    assert "Mme Bruneau" in office.listed
    assert "Gene\u0301vie\u0300ve Bruneau" in office.listed
    office.key(Key.Key_Return)
    assert len(entities.mentions(office.session.project, "e1")) == 6
    office.view.place(3, 3)
    office.session.select(chosen)
    office.press(Key.Key_L, Mod.ControlModifier)
    office.key("5")
    assert set(office.listed) == {"Bruneau"}


def test_a_part_of_a_word_is_looked_for_in_words(office: Sweeper) -> None:
    office.open("runea")
    assert len(office.listed) == 7
    office.key(Key.Key_Escape)
    office.open("Bruneau")
    assert len(office.listed) == 4


def test_neither_a_blank_nor_a_long_passage_is_looked_for(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open_project(project_of(tmp_path / "long.annot", "Bruneau parle. " * 20))
    office = Sweeper(window)
    qtbot.waitUntil(office.view.hasFocus)
    said: list[str] = []
    office.session.told.connect(said.append)
    for end, told in ((300, "Select fewer words"), (8, "")):
        office.view.place(7 if end == 8 else 0, end)
        office.press(Key.Key_L, Mod.ControlModifier)
        assert told in said[-1]
        assert not office.panel.isVisible()


# Which label ------------------------------------------------------------------------------------


def test_the_label_is_the_annotations_own_else_the_last_one_given(office: Sweeper) -> None:
    office.select_new("org", "Élysée")
    office.open("Bruneau")
    assert office.panel.controls.label_id == "org"
    office.key("p")
    assert office.panel.controls.label_id == "per"
    office.key(Key.Key_Return)
    office.put_caret("Élysée", 2)
    office.press(Key.Key_L, Mod.ControlModifier)
    assert office.panel.controls.label_id == "org"
    assert office.standings == [Standing.LABELLED, Standing.FREE]


def test_a_letter_the_list_needs_gives_its_label_with_shift(office: Sweeper) -> None:
    office.open("Bruneau")
    QTest.keyClicks(office.panel.list, "l")
    assert office.panel.controls.label_id == "loc"
    QTest.keyClick(office.panel.list, Key.Key_P, Mod.ShiftModifier)
    assert office.panel.controls.label_id == "per"


def test_another_label_by_mouse(office: Sweeper) -> None:
    office.open("Bruneau")
    combo = office.panel.controls.label
    combo.setCurrentIndex(combo.findData("org"))
    combo.activated.emit(combo.currentIndex())
    office.key(Key.Key_Return)
    assert office.said == [("org", "Bruneau")] * 4


# What stands there already ----------------------------------------------------------------------


def test_an_overlap_is_never_made_by_accident(office: Sweeper) -> None:
    office.add("per", "Mme Bruneau")
    office.add("org", "Bruneau parle")
    office.add("loc", "chez les Bru")
    office.add("quote", "« Bruneau viendra »")
    office.open("Bruneau")
    assert office.panel.controls.label_id == "loc", "the last one that is no frame"
    office.key("p")
    assert office.standings == [
        Standing.INSIDE,
        Standing.INSIDE,
        Standing.CROSSING,
        Standing.FREE,
    ]
    assert office.panel.counts.text() == "4 occurrences · 3 overlapping"
    assert office.panel.model.count == 1, "a name in a quote is as it should be"
    office.key("a")
    assert office.panel.model.count == 1
    office.key(Key.Key_A, Mod.ControlModifier)
    assert office.panel.model.count == 4
    office.key("a")
    office.key(Key.Key_Return)
    assert office.said.count(("per", "Bruneau")) == 1


def test_reasons_are_told(office: Sweeper) -> None:
    office.add("per", "Mme Bruneau")
    office.add("org", "Bruneau")
    office.open("Bruneau")
    office.key("p")
    told = [
        office.panel.model.data(office.panel.model.index(n), Qt.ItemDataRole.ToolTipRole)
        for n in range(2)
    ]
    assert "is ORG" in told[0]
    assert "inside PER" in told[1]


def test_another_label_is_changed_only_when_it_is_ticked(office: Sweeper) -> None:
    other = office.add("org", "Bruneau")
    office.open("Bruneau")
    office.key("p")
    assert office.standings[0] is Standing.OTHERWISE
    assert office.panel.model.count == 3
    office.key(Key.Key_Home)
    office.key(Key.Key_Space)
    office.key(Key.Key_Return)
    assert office.said == [("per", "Bruneau")] * 4
    assert annotations.annotation(office.session.project, other).label == "per"
    office.press(Key.Key_Z, Mod.ControlModifier)
    assert office.said == [("org", "Bruneau")]


def test_what_is_labelled_so_cannot_be_ticked(office: Sweeper) -> None:
    office.add("per", "Bruneau")
    office.open("Bruneau")
    assert office.panel.counts.text() == "4 occurrences · 1 labelled so"
    office.key(Key.Key_Home)
    office.key(Key.Key_Space)
    office.key(Key.Key_A, Mod.ControlModifier)
    assert office.panel.model.count == 3
    office.key(Key.Key_Return)
    assert office.said == [("per", "Bruneau")] * 4


def test_a_suggestion_is_accepted_and_what_was_rejected_waits_to_be_ticked(office: Sweeper) -> None:
    proposed = office.add("per", "Bruneau", state=AnnotationState.SUGGESTED)
    article = office.session.article
    assert article is not None
    rejected = office.session.do(
        "Reject",
        lambda deed: annotations.add(
            deed, article, "per", [(52, 59)], state=AnnotationState.REJECTED
        ),
    )
    office.open("Bruneau")
    free = Standing.FREE
    assert office.standings == [Standing.PROPOSED, free, Standing.REJECTED, free]
    office.key(Key.Key_Return)
    assert len(office.annotations) == 3
    project = office.session.project
    assert annotations.annotation(project, proposed).settled == "unchanged"
    office.open("Bruneau")
    office.key(Key.Key_A, Mod.ControlModifier)
    office.key(Key.Key_Return)
    assert annotations.annotation(project, rejected or "").state == "accepted"
    assert len(office.annotations) == 4


# Backwards --------------------------------------------------------------------------------------


def test_the_label_is_removed_from_all_of_them(office: Sweeper) -> None:
    office.open("Bruneau")
    office.key(Key.Key_Right)
    office.key(Key.Key_Return)
    assert len(office.everything) == 6
    office.add("per", "Luc Roy")
    office.put_caret("Bruneau", 2)
    office.press(Key.Key_Backspace, Mod.ControlModifier)
    assert office.panel.controls.heading.text() == "Remove from “Bruneau”"
    office.key(Key.Key_Right)
    office.key(Key.Key_Home)
    office.key(Key.Key_Space)
    ops = office.ops
    office.key(Key.Key_Return)
    assert office.ops == ops + 1
    assert [each[2] for each in office.everything] == ["Bruneau", "Luc Roy"]
    office.press(Key.Key_Z, Mod.ControlModifier)
    assert len(office.everything) == 7


def test_backspace_in_the_list_turns_to_removing(office: Sweeper) -> None:
    office.add("per", "Bruneau")
    office.open("Bruneau")
    office.key(Key.Key_Backspace)
    assert office.listed == ["Bruneau"]
    assert office.panel.accept.text() == "Remove 1"
    office.key(Key.Key_Return)
    assert office.said == []


def test_links_go_and_come_back_with_the_label(office: Sweeper) -> None:
    quote = office.add("quote", "« Bruneau viendra »")
    name = office.add("per", "Luc Roy")
    office.session.do("Link", lambda deed: annotations.link(deed, "source", quote, name))
    office.open("Luc Roy")
    office.key(Key.Key_Delete)
    office.key(Key.Key_Return)
    assert office.session.links_at([quote]) == []
    office.press(Key.Key_Z, Mod.ControlModifier)
    assert [link.to_id for link in office.session.links_at([quote])] == [name]


# Undo, restart, other windows -------------------------------------------------------------------


def test_one_undo_takes_it_back_after_a_restart_too(office: Sweeper, qtbot: QtBot) -> None:
    office.open("Bruneau")
    office.key(Key.Key_Right)
    office.key(Key.Key_Return)
    after = office.everything
    path = office.session.project.path
    office.window.close_project()
    office.window.open_project(path)
    again = Sweeper(office.window)
    qtbot.waitUntil(again.view.hasFocus)
    assert again.everything == after
    again.press(Key.Key_Z, Mod.ControlModifier)
    assert again.everything == []
    states = {articles.article(again.session.project, each).state for each in ("a0", "a1")}
    assert states == {ArticleState.TODO}
    again.press(Key.Key_Y, Mod.ControlModifier)
    assert again.everything == after
    assert history.ops(again.session.project)[0].name == "Label 6 occurrences PER"


def test_a_label_that_is_gone_meanwhile_is_not_given(office: Sweeper) -> None:
    made = Label("new", "NEW", key="w")
    office.session.do("Add a label", lambda deed: labels.add(deed, made))
    office.open("Bruneau")
    office.key("w")
    assert office.panel.controls.label_id == "new"
    office.session.undo()
    assert office.panel.controls.label_id == "per"
    office.key("l")
    office.key(Key.Key_Return)
    assert {label for _article, label, _words in office.everything} == {"loc"}


def test_what_another_window_labelled_meanwhile_is_left_as_it_is(
    office: Sweeper, path: Path
) -> None:
    office.open("Bruneau")
    said: list[str] = []
    office.session.told.connect(said.append)
    with Project.open(path) as other:
        article = articles.article(other, "a0")
        other.do(
            "Label", lambda deed: annotations.add(deed, article, "org", [(0, 7)]), annotator="Bob"
        )
    office.key(Key.Key_Return)
    assert said[-1] == "3 occurrences labelled. 1 was changed meanwhile and left as it is."
    office.session.look_around()
    assert sorted(office.said) == [("org", "Bruneau"), *[("per", "Bruneau")] * 3]


def test_the_list_follows_what_another_window_does(
    office: Sweeper, path: Path, qtbot: QtBot
) -> None:
    office.open("Bruneau")
    with Project.open(path) as other:
        article = articles.article(other, "a0")
        other.do(
            "Label", lambda deed: annotations.add(deed, article, "per", [(0, 7)]), annotator="Bob"
        )
    office.session.look_around()
    qtbot.waitUntil(lambda: office.standings[0] is Standing.LABELLED)


def test_an_article_that_went_meanwhile_is_passed_over(office: Sweeper, path: Path) -> None:
    office.open("Bruneau")
    office.key(Key.Key_Right)
    with Project.open(path) as other:
        other.do("Remove", lambda deed: articles.remove(deed, "a1"), annotator="Bob")
    office.key(Key.Key_Return)
    assert len(office.everything) == 4


def test_a_read_only_project_offers_no_labelling(window: MainWindow, path: Path) -> None:
    path.chmod(0o444)
    window.open_project(path)
    assert not window.actions_["occurrences.label"].isEnabled()
    assert not window.actions_["occurrences.remove"].isEnabled()


# Many -------------------------------------------------------------------------------------------


def test_five_thousand_occurrences_in_one_step(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    texts = [f"Bruneau {n} dit oui. Bruneau dit non." for n in range(2_500)]
    window.open_project(project_of(tmp_path / "many.annot", *texts))
    office = Sweeper(window)
    qtbot.waitUntil(office.view.hasFocus)
    office.open("Bruneau")
    office.key(Key.Key_Right)
    qtbot.waitUntil(lambda: len(office.listed) == 5_000)
    office.panel.grab()
    office.key(Key.Key_Return)
    assert len(office.everything) == 5_000
    office.press(Key.Key_Z, Mod.ControlModifier)
    assert office.everything == []
    office.press(Key.Key_Y, Mod.ControlModifier)
    assert len(office.everything) == 5_000


def test_more_than_the_window_bears_is_written_beside_it(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.gui.bulk_writing.AT_ONCE", 3)
    window.open_project(project_of(tmp_path / "few.annot", FIRST, SECOND))
    office = Sweeper(window)
    qtbot.waitUntil(office.view.hasFocus)
    office.open("Bruneau")
    office.key(Key.Key_Return)
    qtbot.waitUntil(lambda: len(office.said) == 4)
    qtbot.waitUntil(lambda: len(office.view.scene.index) == 4)
    office.press(Key.Key_Z, Mod.ControlModifier)
    assert office.said == []


def test_shift_enter_opens_the_article_of_a_row(office: Sweeper) -> None:
    office.open("Bruneau")
    office.key(Key.Key_Right)
    office.key(Key.Key_End)
    office.key(Key.Key_Return, Mod.ShiftModifier)
    assert office.article == "a1"
    assert office.panel.isVisible()
    assert office.words == "Bruneau"
    office.key(Key.Key_Return)
    assert len(office.everything) == 6


def test_every_standing_has_words(office: Sweeper) -> None:
    from annotator.gui.occurrences_model import mark_of

    scheme = office.session.scheme
    for standing in Standing:
        each = occurrences.Occurrence("a0", 0, 1, "B", standing, "x", "per")
        assert bool(mark_of(scheme, each)) == (standing is not Standing.FREE)
