"""The consistency radar and the decisions, in the real window: by key, menu and mouse, undone, restarted."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.consistency import Kind
from annotator.core.model import AnnotationState, Entity
from annotator.core.scheme import read_scheme
from annotator.gui import consistency_reading
from annotator.gui.consistency_panel import ConsistencyPanel
from annotator.gui.places import Places
from annotator.gui.radar import Radar
from annotator.gui.window import MainWindow
from annotator.resources import resource
from annotator.store import (
    annotations,
    articles,
    consistency,
    entities,
    history,
    labels,
    precedents,
)
from annotator.store.checks import check
from annotator.store.project import Project
from tests.gui.office import Office
from tests.gui.test_quotes import project_of

Key, Mod, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton

FIRST = "À l’Élysée, on attend. L'Élysée parle, dit Mme Bruneau. Bruneau se tait à Lyon."
SECOND = "L’Élysée 🙂 décide. Bruneau va à l’Élysée."
THIRD = "L’Élysée, encore. Rien de Bruneau."


class Keeper(Office):
    """Somebody who keeps labels consistent."""

    @property
    def radar(self) -> Radar:
        assert self.window.workspace is not None
        return self.window.workspace.radar

    @property
    def places(self) -> Places:
        assert self.window.workspace is not None
        return self.window.workspace.places

    def key(self, key: Key | str, modifiers: Mod = Mod.NoModifier) -> None:
        """Press a key in the list of places."""
        if isinstance(key, str):
            QTest.keyClicks(self.places.list, key, modifiers)
        else:
            QTest.keyClick(self.places.list, key, modifiers)

    def label_in(self, article: str, label: str, words: str, nth: int = 0) -> None:
        project = self.session.project
        found = articles.article(project, article)
        at = -1
        for _turn in range(nth + 1):
            at = found.text.index(words, at + 1)
        place = [(at, at + len(words))]
        self.session.do("Label", lambda deed: annotations.add(deed, found, label, place))

    @property
    def counts(self) -> dict[str, int]:
        return self.radar.told.counts if self.radar.told else {}

    @property
    def everywhere(self) -> list[tuple[str, str]]:
        project = self.session.project
        return [
            (each.label, each.text)
            for article in articles.ids(project)
            for each in annotations.of_article(project, article)
        ]

    @property
    def ticked(self) -> list[str]:
        return [each.surface for each in self.places.model.ticked()]

    @property
    def ops(self) -> int:
        return len(history.ops(self.session.project))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return project_of(tmp_path / "names.annot", FIRST, SECOND, THIRD)


@pytest.fixture
def office(window: MainWindow, path: Path, qtbot: QtBot) -> Keeper:
    """Élysée: LOC twice, ORG once in another article; once more unlabelled there."""
    window.open_project(path)
    found = Keeper(window)
    qtbot.waitUntil(found.view.hasFocus)
    found.label_in("a0", "loc", "l’Élysée")
    found.label_in("a0", "loc", "L'Élysée")
    found.label_in("a1", "org", "L’Élysée")
    return found


# Beside the selection -----------------------------------------------------------------------------


def test_a_conflict_is_seen_beside_the_selection(office: Keeper, qtbot: QtBot) -> None:
    office.put_caret("l’Élysée", 4)
    qtbot.waitUntil(lambda: office.radar.told is not None)
    told = office.radar.told
    assert told
    assert told.words == "l’Élysée"
    assert told.counts == {"loc": 2, "org": 1}
    assert not told.is_missing
    assert "LOC 2 ×, ORG 1 ×" in office.radar.accessibleName()


def test_what_is_labelled_elsewhere_but_not_here_is_told(office: Keeper, qtbot: QtBot) -> None:
    office.label_in("a0", "per", "Bruneau", 1)
    office.session.open_article("a1")
    office.put_caret("Bruneau")
    qtbot.waitUntil(lambda: office.radar.told is not None)
    assert office.radar.told
    assert (office.radar.told.counts, office.radar.told.is_missing) == ({"per": 1}, True)


def test_nothing_is_said_where_there_is_nothing_to_say(office: Keeper, qtbot: QtBot) -> None:
    height = office.radar.height()
    office.put_caret("l’Élysée", 4)
    qtbot.waitUntil(lambda: office.radar.told is not None)
    office.put_caret("attend")
    qtbot.waitUntil(lambda: office.radar.told is None)
    assert office.radar.height() == height


def test_the_line_follows_a_deed_and_its_undo(office: Keeper, qtbot: QtBot) -> None:
    office.put_caret("l’Élysée", 4)
    qtbot.waitUntil(lambda: office.radar.told is not None)
    office.label_in("a2", "org", "L’Élysée")
    qtbot.waitUntil(lambda: office.counts == {"loc": 2, "org": 2})
    office.session.undo()
    office.session.open_article("a0")
    office.put_caret("l’Élysée", 4)
    qtbot.waitUntil(lambda: office.counts == {"loc": 2, "org": 1})


# See them all and settle --------------------------------------------------------------------------


def test_one_key_a_letter_and_enter_settle_a_conflict(office: Keeper, qtbot: QtBot) -> None:
    office.put_caret("l’Élysée", 4)
    qtbot.waitUntil(lambda: office.radar.told is not None)
    before = office.ops
    office.press("j")
    assert office.places.isVisible()
    assert office.places.list.hasFocus()
    assert [each.surface for each in office.places.model.rows] == [
        *("l’Élysée", "L'Élysée", "L’Élysée", "l’Élysée")[:3],
        "Élysée",
    ]
    office.key("o")
    assert office.ticked == ["l’Élysée", "L'Élysée"]
    office.key(Key.Key_Return)
    assert office.everywhere == [("org", "l’Élysée"), ("org", "L'Élysée"), ("org", "L’Élysée")]
    assert office.ops == before + 1
    assert not office.places.isVisible()
    assert office.view.hasFocus()
    qtbot.waitUntil(lambda: office.radar.told is None)
    office.session.undo()
    assert sorted(label for label, _words in office.everywhere) == ["loc", "loc", "org"]


def test_the_usual_label_is_proposed_and_the_rest_ticked(office: Keeper) -> None:
    office.put_caret("l’Élysée", 4)
    office.press("j")
    assert office.places.label_id == "loc"
    assert office.ticked == ["L’Élysée"]
    assert office.places.accept.text() == "Make 1 LOC"
    office.key("a")
    assert office.ticked == ["L’Élysée", "Élysée"]
    office.key("n")
    assert office.ticked == []


def test_unlabelled_words_at_hand_are_ticked(office: Keeper) -> None:
    office.session.open_article("a2")
    office.put_caret("L’Élysée", 4)
    office.press("j")
    assert [each.article for each in office.places.model.ticked()] == ["a1", "a2"]
    office.key(Key.Key_Return)
    assert office.everywhere[-1] == ("loc", "Élysée")


def test_labels_are_taken_away_with_one_key(office: Keeper) -> None:
    office.put_caret("l’Élysée", 4)
    office.press("j")
    before = office.ops
    office.key(Key.Key_Delete)
    assert office.everywhere == [("loc", "l’Élysée"), ("loc", "L'Élysée")]
    assert office.ops == before + 1
    office.session.undo()
    assert len(office.everywhere) == 3


def test_esc_leaves_all_as_it_is(office: Keeper) -> None:
    office.put_caret("l’Élysée", 4)
    office.press("j")
    office.key("o")
    office.key(Key.Key_Escape)
    assert not office.places.isVisible()
    assert office.view.hasFocus()
    assert office.view.caret == FIRST.index("l’Élysée") + 4
    assert [label for label, _words in office.everywhere] == ["loc", "loc", "org"]


def test_menu_and_mouse_do_the_same(office: Keeper, qtbot: QtBot) -> None:
    office.put_caret("l’Élysée", 4)
    qtbot.waitUntil(lambda: office.radar.told is not None)
    where = QPoint(40, office.radar.height() // 2)
    QTest.mouseClick(office.radar, Button.LeftButton, Mod.NoModifier, where)
    assert office.places.isVisible()
    QTest.mouseClick(office.places.cancel, Button.LeftButton)
    assert not office.places.isVisible()
    office.choose("consistency.words")
    QTest.mouseClick(office.places.accept, Button.LeftButton)
    assert {label for label, _words in office.everywhere} == {"loc"}


def test_a_place_in_another_article_is_opened(office: Keeper) -> None:
    office.put_caret("l’Élysée", 4)
    office.press("j")
    for _turn in range(2):
        office.key(Key.Key_Down)
    office.key(Key.Key_Return, Mod.ShiftModifier)
    assert office.article == "a1"
    assert office.places.isVisible()
    assert office.view.selection == (0, 8)


def test_words_of_one_letter_are_not_compared(office: Keeper, qtbot: QtBot) -> None:
    office.put_caret("À l’", 0)
    with qtbot.waitSignal(office.session.told) as told:
        office.press("j")
    assert "2 to 80" in told.args[0]


def test_keys_go_on_in_the_list_while_it_is_read_only(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    path.chmod(0o444)
    window.open_project(path)
    office = Keeper(window)
    qtbot.waitUntil(office.view.hasFocus)
    office.put_caret("l’Élysée", 4)
    office.press("j")
    assert not office.places.accept.isEnabled()
    assert not office.places.precedent.edit.isVisible()


def test_esc_stays_where_a_place_was_opened(office: Keeper) -> None:
    office.put_caret("l’Élysée", 4)
    office.press("j")
    for _turn in range(2):
        office.key(Key.Key_Down)
    office.key(Key.Key_Return, Mod.ShiftModifier)
    office.key(Key.Key_Escape)
    assert office.article == "a1"
    assert office.words == "L’Élysée"


def test_a_label_retired_meanwhile_is_not_offered_any_more(office: Keeper, qtbot: QtBot) -> None:
    office.put_caret("l’Élysée", 4)
    office.press("j")
    office.key("o")
    retired = replace(office.session.scheme.label("org"), retired=True)
    office.session.do("Retire", lambda deed: labels.update(deed, retired))
    assert office.places.label.findData("org") < 0
    office.key("l")
    qtbot.waitUntil(lambda: office.ticked == ["L’Élysée"])
    office.key(Key.Key_Return)
    assert {label for label, _words in office.everywhere} == {"loc"}


def test_only_labels_that_are_compared_are_offered(office: Keeper) -> None:
    office.put_caret("l’Élysée", 4)
    office.press("j")
    offered = [office.places.label.itemData(n) for n in range(office.places.label.count())]
    assert offered == ["per", "org", "loc", "func"]
    office.key("u")
    assert office.places.label_id == "loc"


def test_a_suggestion_is_neither_counted_nor_settled_nor_unlabelled(
    office: Keeper, qtbot: QtBot
) -> None:
    office.session.open_article("a1")
    at = SECOND.rindex("Élysée")
    article = office.session.article
    assert article
    office.session.do(
        "Suggest",
        lambda deed: annotations.add(
            deed, article, "loc", [(at, at + 6)], state=AnnotationState.SUGGESTED
        ),
    )
    office.put_caret("L’Élysée", 4)
    office.press("j")
    office.key("o")
    assert office.ticked == ["l’Élysée", "L'Élysée"]
    assert office.places.counts.text() == "3 places · 2 articles"
    office.key("l")
    office.key("a")
    assert office.ticked == ["L’Élysée", "Élysée"]
    with qtbot.waitSignal(office.session.told) as told:
        office.key(Key.Key_Delete)
    assert told.args == ["1 label removed."]
    assert ("loc", "Élysée") in office.everywhere


# Decisions ----------------------------------------------------------------------------------------


def decide(office: Keeper, reason: str) -> None:
    office.put_caret("l’Élysée", 4)
    office.press("j", Mod.ShiftModifier)
    line = office.places.precedent
    assert line.reason.hasFocus()
    QTest.keyClicks(line.reason, reason)
    QTest.keyClick(line.reason, Key.Key_Return)


def test_a_decision_is_pinned_and_shown_in_every_spelling(office: Keeper, qtbot: QtBot) -> None:
    decide(office, "palace")
    (kept,) = precedents.every(office.session.project)
    assert (kept.words, kept.label, kept.reason, kept.annotator) == (
        *("l’Élysée", "loc", "palace"),
        "claire",
    )
    assert office.places.list.hasFocus()
    assert office.places.precedent.said.text() == "LOC – palace"
    office.key(Key.Key_Escape)
    office.session.open_article("a2")
    office.put_caret("L’Élysée", 4)
    qtbot.waitUntil(lambda: office.radar.told is not None and bool(office.radar.told.precedents))
    assert "decided by claire: LOC – palace" in office.radar.accessibleName()


def test_a_decision_survives_a_restart_and_an_undo(office: Keeper, path: Path) -> None:
    decide(office, "palace")
    office.window.close_project()
    with Project.open(path) as project:
        assert len(precedents.every(project)) == 1
    office.window.open_project(path)
    assert office.window.session is not None
    office.window.session.undo()
    assert precedents.every(office.window.session.project) == []
    office.window.session.redo()
    assert len(precedents.every(office.window.session.project)) == 1


def test_a_decision_is_edited_where_it_is_read_and_unpinned(office: Keeper) -> None:
    decide(office, "palace")
    line = office.places.precedent
    QTest.mouseClick(line.edit, Button.LeftButton)
    line.label.setCurrentIndex(0)
    line.reason.setText("ORG when it acts, LOC when it is the place")
    QTest.keyClick(line.reason, Key.Key_Return)
    (kept,) = precedents.every(office.session.project)
    assert (kept.label, kept.reason) == (None, "ORG when it acts, LOC when it is the place")
    line.open_editor()
    QTest.keyClick(line.reason, Key.Key_Escape)
    assert office.places.isVisible()
    assert office.places.list.hasFocus()
    QTest.mouseClick(line.forget, Button.LeftButton)
    assert precedents.every(office.session.project) == []
    office.session.undo()
    assert len(precedents.every(office.session.project)) == 1


def test_a_decision_is_told_where_all_occurrences_are_labelled(office: Keeper) -> None:
    decide(office, "palace")
    office.key(Key.Key_Escape)
    office.put_caret("l’Élysée", 4)
    office.press(Key.Key_L, Mod.ControlModifier)
    assert office.window.workspace
    assert office.window.workspace.occurrences.decided.isVisible()
    assert office.window.workspace.occurrences.decided.text() == "Decided: LOC – palace"


def test_what_was_decided_is_proposed(office: Keeper) -> None:
    office.put_caret("l’Élysée", 4)
    office.press("j", Mod.ShiftModifier)
    line = office.places.precedent
    line.label.setCurrentIndex(line.label.findData("org"))
    QTest.keyClick(line.reason, Key.Key_Return)
    office.key(Key.Key_Escape)
    office.put_caret("l’Élysée", 4)
    office.press("j")
    assert office.places.label_id == "org"
    QApplication.processEvents()


def test_a_decision_on_a_label_that_is_retired_keeps_it(office: Keeper) -> None:
    decide(office, "palace")
    retired = replace(office.session.scheme.label("loc"), retired=True)
    office.session.do("Retire", lambda deed: labels.update(deed, retired))
    line = office.places.precedent
    line.open_editor()
    QTest.keyClicks(line.reason, "a palace")
    QTest.keyClick(line.reason, Key.Key_Return)
    (kept,) = precedents.every(office.session.project)
    assert (kept.label, kept.reason) == ("loc", "a palace")


def test_what_is_written_about_some_words_is_not_decided_about_others(office: Keeper) -> None:
    office.put_caret("l’Élysée", 4)
    office.press("j", Mod.ShiftModifier)
    QTest.keyClicks(office.places.precedent.reason, "palace")
    office.view.setFocus()
    office.put_caret("Lyon")
    office.press("j")
    assert not office.places.precedent.reason.isVisible()
    assert precedents.every(office.session.project) == []


# The whole project --------------------------------------------------------------------------------


class Overseer(Keeper):
    """Somebody who looks through the whole project."""

    @property
    def panel(self) -> ConsistencyPanel:
        assert self.window.workspace is not None
        return self.window.workspace.consistency

    @property
    def places(self) -> Places:
        return self.panel.places

    def open(self, qtbot: QtBot) -> None:
        self.press(Key.Key_J, Mod.ControlModifier)
        assert self.panel.isVisible()
        qtbot.waitUntil(lambda: self.panel.reader.is_read)
        self.wait_for_places(qtbot)

    def wait_for_places(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: not self.panel.is_behind)

    def look_at(self, kind: Kind, qtbot: QtBot) -> None:
        QTest.mouseClick(self.panel.controls.kinds[kind], Button.LeftButton)
        qtbot.waitUntil(lambda: not self.panel.reader.is_looking)
        self.wait_for_places(qtbot)

    def type(self, key: Key | str, modifiers: Mod = Mod.NoModifier) -> None:
        """Press a key in the list of lines."""
        if isinstance(key, str):
            QTest.keyClicks(self.panel.list, key, modifiers)
        else:
            QTest.keyClick(self.panel.list, key, modifiers)

    @property
    def lines(self) -> list[tuple[str, ...]]:
        return [line.words for line in self.panel.model.lines]


@pytest.fixture
def overseer(office: Keeper, qtbot: QtBot) -> Overseer:
    found = Overseer(office.window)
    found.label_in("a0", "per", "Mme Bruneau")
    found.label_in("a0", "per", "Bruneau", 1)
    found.label_in("a1", "per", "Bruneau")
    found.label_in("a2", "loc", "L’Élysée")
    found.session.do("Add", lambda d: entities.add(d, Entity("e1", "Geneviève Bruneau")))
    found.session.do("Add", lambda d: entities.add(d, Entity("e2", "G. Bruneau")))
    return found


def test_a_letter_and_enter_settle_a_string_of_the_whole_project(
    overseer: Overseer, qtbot: QtBot
) -> None:
    overseer.open(qtbot)
    assert overseer.panel.list.hasFocus()
    assert overseer.lines == [("l’Élysée",)] or overseer.lines == [("L’Élysée",)]
    before = overseer.ops
    overseer.type("o")
    assert overseer.places.list.hasFocus()
    assert len(overseer.ticked) == 3
    overseer.key(Key.Key_Return)
    assert overseer.ops == before + 1
    assert overseer.panel.list.hasFocus()
    qtbot.waitUntil(lambda: overseer.lines == [])
    assert overseer.panel.empty.text() == "Every string has one label everywhere."
    overseer.session.undo()
    qtbot.waitUntil(lambda: len(overseer.lines) == 1)


def test_every_kind_is_counted_and_listed(overseer: Overseer, qtbot: QtBot) -> None:
    overseer.open(qtbot)
    texts = [button.text() for button in overseer.panel.controls.kinds.values()]
    assert texts[0] == "Several labels 1"
    assert texts[2:] == ["Boundaries 1", "Labels of one string 2", "Same entity? 1", "Decisions 0"]
    overseer.look_at(Kind.BOUNDARIES, qtbot)
    assert overseer.lines == [("Mme Bruneau", "Bruneau")]
    overseer.look_at(Kind.PRECEDENTS, qtbot)
    assert "Shift+J" in overseer.panel.empty.text()


def test_known_names_left_unlabelled_are_found_and_labelled(
    overseer: Overseer, qtbot: QtBot
) -> None:
    overseer.open(qtbot)
    overseer.look_at(Kind.UNLABELLED, qtbot)
    qtbot.waitUntil(lambda: overseer.panel.reader.is_searched and bool(overseer.lines))
    overseer.wait_for_places(qtbot)
    assert [each.article for each in overseer.places.model.ticked()] == ["a1"]
    overseer.type(Key.Key_Return)
    overseer.key(Key.Key_Return)
    qtbot.waitUntil(lambda: overseer.lines == [])
    assert ("loc", "Élysée") in overseer.everywhere


def test_a_title_is_left_out_or_taken_in_everywhere(overseer: Overseer, qtbot: QtBot) -> None:
    overseer.open(qtbot)
    overseer.look_at(Kind.BOUNDARIES, qtbot)
    overseer.type("-")
    assert ("per", "Mme Bruneau") not in overseer.everywhere
    qtbot.waitUntil(lambda: overseer.lines == [])
    overseer.session.undo()
    qtbot.waitUntil(lambda: overseer.lines == [("Mme Bruneau", "Bruneau")])
    assert ("per", "Mme Bruneau") in overseer.everywhere


def test_entities_that_are_the_same_are_merged_by_key_and_mouse(
    overseer: Overseer, qtbot: QtBot
) -> None:
    overseer.open(qtbot)
    overseer.look_at(Kind.ENTITIES, qtbot)
    assert overseer.lines == [("Geneviève Bruneau", "G. Bruneau")]
    overseer.type("m")
    (kept,) = entities.register(overseer.session.project)
    assert (kept.name, kept.aliases) == ("Geneviève Bruneau", ("G. Bruneau",))
    qtbot.waitUntil(lambda: overseer.lines == [])
    overseer.session.undo()
    qtbot.waitUntil(lambda: len(overseer.lines) == 1)
    overseer.wait_for_places(qtbot)
    QTest.mouseClick(overseer.panel.pair.merge, Button.LeftButton)
    assert len(entities.register(overseer.session.project)) == 1


def test_labels_are_taken_away_from_the_list(overseer: Overseer, qtbot: QtBot) -> None:
    overseer.open(qtbot)
    overseer.type(Key.Key_Delete)
    assert ("org", "L’Élysée") not in overseer.everywhere
    qtbot.waitUntil(lambda: overseer.lines == [])


def test_a_decision_is_pinned_from_the_list_and_listed(overseer: Overseer, qtbot: QtBot) -> None:
    overseer.open(qtbot)
    overseer.type("j", Mod.ShiftModifier)
    line = overseer.places.precedent
    QTest.keyClicks(line.reason, "palace")
    QTest.keyClick(line.reason, Key.Key_Return)
    overseer.look_at(Kind.PRECEDENTS, qtbot)
    qtbot.waitUntil(lambda: len(overseer.lines) == 1)
    index = overseer.panel.model.index(0)
    assert "LOC – palace" in overseer.panel.model.data(index, Qt.ItemDataRole.ToolTipRole)


def test_the_menu_opens_the_tab_and_a_place_its_article(overseer: Overseer, qtbot: QtBot) -> None:
    overseer.choose("view.consistency")
    qtbot.waitUntil(lambda: bool(overseer.lines))
    overseer.wait_for_places(qtbot)
    last = overseer.places.model.index(len(overseer.places.model.rows) - 1)
    overseer.places.list.setCurrentIndex(last)
    QTest.keyClick(overseer.places.list, Key.Key_Return, Mod.ShiftModifier)
    assert overseer.article == "a2"
    assert overseer.words == "L’Élysée"
    overseer.choose("view.consistency")
    assert not overseer.panel.isVisible()


def test_only_what_a_deed_changed_is_counted_again(
    overseer: Overseer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    overseer.open(qtbot)
    monkeypatch.setattr(consistency, "read_on", None)  # all would be counted by this
    overseer.label_in("a0", "org", "Lyon")
    overseer.label_in("a1", "loc", "l’Élysée")
    qtbot.waitUntil(lambda: dict(overseer.panel.model.lines[0].counts[0]) == {"loc": 4, "org": 1})


def test_closing_while_all_is_read_loses_nothing(overseer: Overseer, path: Path) -> None:
    overseer.press(Key.Key_J, Mod.ControlModifier)
    overseer.window.close_project()
    with Project.open(path) as project:
        assert check(project) == []


def test_a_scheme_without_names_has_nothing_to_compare(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    scheme = read_scheme(resource("schemes", "fracas.toml"))
    window.open_project(project_of(tmp_path / "f.annot", FIRST, scheme=scheme))
    found = Overseer(window)
    qtbot.waitUntil(found.view.hasFocus)
    found.put_caret("Lyon")
    found.press("j")
    found.press(Key.Key_Escape)
    found.open(qtbot)
    assert found.lines == []


def test_after_a_deed_on_many_strings_all_are_read_again(
    overseer: Overseer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    overseer.open(qtbot)
    monkeypatch.setattr(consistency_reading, "_FEW_STRINGS", 0)
    monkeypatch.setattr(consistency, "recount", lambda *_rest: None)
    overseer.label_in("a0", "org", "Lyon")
    overseer.label_in("a1", "loc", "l’Élysée")
    qtbot.waitUntil(lambda: dict(overseer.panel.model.lines[0].counts[0]) == {"loc": 4, "org": 1})
