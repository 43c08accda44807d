"""Giving mentions to people, organisations and places, and keeping the register of them."""

from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.model import Annotation, AnnotationState, Entity
from annotator.gui.article.view import ArticleView
from annotator.gui.entity_book import book_of
from annotator.gui.entity_picker import EntityPicker
from annotator.gui.entity_register import EntityRegister
from annotator.gui.inspector import Inspector
from annotator.gui.session import Session
from annotator.gui.theme import load_theme
from annotator.gui.window import MainWindow
from annotator.store import annotations, entities, frames, labels
from annotator.store.deed import Deed
from annotator.store.project import Project
from tests.gui.conftest import inspector_of

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key

LAUZIERE = Entity("tl", "Thérèse Lauzière", "person", (), "female", "mairesse de Québec")
PAUL = Entity("pl", "Paul Lauzière", "person", (), "male")
LYON = Entity("ly", "Ville de Lyon", "organisation", (), "not applicable")


def fill(session: Session, *added: Entity) -> None:
    def write(deed: Deed) -> None:
        for entity in added:
            entities.add(deed, entity)

    session.do("Register", write)


def label(
    session: Session, words: str, label_id: str = "per", entity: str | None = None, **more: str
) -> str:
    article = session.article
    assert article is not None
    start = article.text.index(words)
    made = session.do(
        "Label",
        lambda deed: annotations.add(
            deed,
            article,
            label_id,
            [(start, start + len(words))],
            entity=entity,
            **more,  # type: ignore[arg-type]
        ),
    )
    assert made
    return made


def read(session: Session, annotation_id: str) -> Annotation:
    found = session.annotation(annotation_id)
    assert found is not None
    return found


def named(session: Session, annotation_id: str) -> str:
    """Return the name of whom an annotation refers to, "" for nobody."""
    entity_id = read(session, annotation_id).entity
    return entities.entity(session.project, entity_id).name if entity_id else ""


@pytest.fixture
def view(working: MainWindow, qtbot: QtBot) -> ArticleView:
    """The article of the whole window, with the keyboard in it."""
    found = working.article_view
    assert found is not None
    qtbot.waitUntil(found.hasFocus)
    return found


@pytest.fixture
def register(view: ArticleView, session: Session) -> Session:
    """The session of the window with two people and a town in the register; one of them was named."""
    fill(session, LAUZIERE, PAUL, LYON)
    label(session, "Thérèse Lauzière", entity="tl")
    return session


def picker(window: MainWindow) -> EntityPicker:
    found = window.findChild(EntityPicker)
    assert found is not None
    return found


def offered(window: MainWindow) -> list[str]:
    return [choice.text for choice in picker(window).model.rows]


def ask(view: ArticleView, annotation_id: str, qtbot: QtBot) -> None:
    view.session.select(annotation_id)
    qtbot.keyClicks(view, "r")


def press_sign(field: QWidget, sign: str, scan_code: int = 0) -> None:
    """Press the key that types a sign; the scan code says which one of the keyboard it is."""
    key = Key.Key_Eacute if sign == "é" else Key.Key_2
    plain = Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, plain, scan_code, 0, 0, sign)
    QApplication.sendEvent(field, event)


def test_two_keys_say_whom_a_pronoun_means(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot
) -> None:
    she = label(register, "elle", "source")
    ask(view, she, qtbot)
    field = working.focusWidget()
    assert field is picker(working).field
    qtbot.keyClick(field, Key.Key_Return)
    assert named(register, she) == "Thérèse Lauzière"
    assert view.hasFocus()
    assert picker(working).isHidden()
    assert register.project.undo_name() == "Refer to Thérèse Lauzière"
    register.undo()
    assert named(register, she) == ""


def test_a_name_that_nobody_has_joins_the_register_with_the_same_two_keys(
    working: MainWindow, view: ArticleView, session: Session, qtbot: QtBot
) -> None:
    made = label(session, "Mme Thérèse Lauzière")
    ask(view, made, qtbot)
    assert offered(working) == ["New: Thérèse Lauzière"]
    qtbot.keyClick(picker(working).field, Key.Key_Enter)
    (entity,) = entities.register(session.project)
    assert (entity.name, entity.kind, entity.gender) == ("Thérèse Lauzière", "person", "female")
    assert entity.aliases == ("Mme Thérèse Lauzière",)
    session.undo()
    assert entities.register(session.project) == []
    assert named(session, made) == ""


def test_a_namesake_of_somebody_can_be_made(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot
) -> None:
    made = label(register, "Mme Thérèse Lauzière")
    ask(view, made, qtbot)
    assert offered(working)[0] == "Thérèse Lauzière"
    assert offered(working)[-1] == "New: Thérèse Lauzière"
    qtbot.keyClick(picker(working).field, Key.Key_Up)
    for _row in offered(working):
        qtbot.keyClick(picker(working).field, Key.Key_Down)
    qtbot.keyClick(picker(working).field, Key.Key_Return)
    assert len(entities.register(register.project)) == 4
    assert read(register, made).entity != "tl"


def test_the_words_of_a_mention_are_learnt_as_an_alias(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot
) -> None:
    made = label(register, "Mme Thérèse Lauzière")
    ask(view, made, qtbot)
    qtbot.keyClick(picker(working).field, Key.Key_Return)
    assert entities.entity(register.project, "tl").aliases == ("Mme Thérèse Lauzière",)
    she = label(register, "elle", "source")
    ask(view, she, qtbot)
    qtbot.keyClick(picker(working).field, Key.Key_Return)
    assert entities.entity(register.project, "tl").aliases == ("Mme Thérèse Lauzière",)


def test_a_digit_takes_a_numbered_one(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot
) -> None:
    made = label(register, "Lauzière")
    ask(view, made, qtbot)
    assert offered(working)[:2] == ["Thérèse Lauzière", "Paul Lauzière"]
    qtbot.keyClicks(picker(working).field, "2")
    assert named(register, made) == "Paul Lauzière"


@pytest.mark.parametrize(("typed", "scan_code"), [("é", 11), ("é", 3), ("2", 0)])
def test_a_digit_needs_no_shift_on_azerty(
    working: MainWindow,
    view: ArticleView,
    register: Session,
    qtbot: QtBot,
    typed: str,
    scan_code: int,
) -> None:
    made = label(register, "Lauzière")
    ask(view, made, qtbot)
    press_sign(picker(working).field, typed, scan_code)
    assert named(register, made) == "Paul Lauzière"


def test_an_accented_letter_of_another_key_is_typed(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot
) -> None:
    fill(register, Entity("ea", "Émile Aubry", "person"))
    made = label(register, "Lauzière")
    ask(view, made, qtbot)
    press_sign(picker(working).field, "é")
    qtbot.keyClicks(picker(working).field, "mi")
    assert offered(working) == ["Émile Aubry", "New: émi"]
    qtbot.keyClick(picker(working).field, Key.Key_Return)
    assert named(register, made) == "Émile Aubry"


def test_typing_looks_through_the_whole_register(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot
) -> None:
    she = label(register, "elle", "source")
    ask(view, she, qtbot)
    assert "Ville de Lyon" not in offered(working)
    qtbot.keyClicks(picker(working).field, "lyo")
    assert offered(working) == ["Ville de Lyon", "New: lyo"]
    qtbot.keyClick(picker(working).field, Key.Key_Return)
    assert named(register, she) == "Ville de Lyon"


def test_somebody_new_is_typed_and_the_mention_still_tells_of_her(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot
) -> None:
    she = label(register, "elle", "source")
    ask(view, she, qtbot)
    qtbot.keyClicks(picker(working).field, "Anne Plourde")
    assert offered(working) == ["New: Anne Plourde"]
    qtbot.keyClick(picker(working).field, Key.Key_Return)
    new = book_of(register).get(read(register, she).entity or "")
    assert new is not None
    assert (new.name, new.kind, new.gender, new.aliases) == (
        *("Anne Plourde", "person", "female"),
        (),
    )


@pytest.mark.parametrize("key", [Key.Key_Backspace, Key.Key_Delete])
def test_backspace_in_the_empty_field_takes_the_reference_away(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot, key: Qt.Key
) -> None:
    she = label(register, "elle", "source", "tl")
    ask(view, she, qtbot)
    assert offered(working)[-1] == "Nobody"
    qtbot.keyClicks(picker(working).field, "x")
    qtbot.keyClick(picker(working).field, Key.Key_Backspace)
    assert named(register, she) == "Thérèse Lauzière"
    qtbot.keyClick(picker(working).field, key)
    assert named(register, she) == ""
    assert view.hasFocus()
    register.undo()
    assert named(register, she) == "Thérèse Lauzière"


def test_esc_leaves_and_nothing_is_done(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot
) -> None:
    before = register.project.undo_name()
    she = label(register, "elle", "source")
    ask(view, she, qtbot)
    qtbot.keyClicks(picker(working).field, "lyo")
    qtbot.keyClick(picker(working).field, Key.Key_Escape)
    assert view.hasFocus()
    assert picker(working).isHidden()
    assert register.selected == she
    register.undo()
    assert register.project.undo_name() == before


def test_whoever_goes_elsewhere_is_asked_no_longer(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot
) -> None:
    she = label(register, "elle", "source")
    ask(view, she, qtbot)
    working.workspace.articles.search.setFocus()  # type: ignore[union-attr]
    assert picker(working).isHidden()
    ask(view, she, qtbot)
    register.open_article("b")
    assert picker(working).isHidden()


def test_by_mouse_a_row_is_clicked(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot
) -> None:
    made = label(register, "Lauzière")
    register.select(made)
    working.actions_["entity.give"].trigger()
    rows = picker(working).list
    place = rows.visualRect(picker(working).model.index(1)).center()
    qtbot.mouseClick(rows.viewport(), LEFT, pos=place)
    assert named(register, made) == "Paul Lauzière"
    assert view.hasFocus()


def test_the_popup_stands_at_the_words_and_within_the_window(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot
) -> None:
    she = label(register, "elle", "source")
    for height in (800, 300):
        working.resize(700, height)
        qtbot.wait(1)
        ask(view, she, qtbot)
        shown = picker(working)
        assert working.workspace.rect().contains(shown.geometry())  # type: ignore[union-attr]
        words = view.rectangle(read(register, she).start)
        at = view.viewport().mapTo(shown.parentWidget(), words.center().toPoint())
        assert not shown.geometry().contains(at)
        qtbot.keyClick(shown.field, Key.Key_Escape)


def test_with_a_quote_selected_its_source_is_meant(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot
) -> None:
    quote, she = label(register, "« C’est terminé »", "quote"), label(register, "elle", "source")
    slot = register.scheme.label("quote").slots[0]
    told = QSignalSpy(register.told)
    ask(view, quote, qtbot)
    assert "no source yet" in told.at(0)[0]
    register.do("Fill", lambda deed: frames.fill(deed, quote, slot, she))
    ask(view, quote, qtbot)
    qtbot.keyClick(picker(working).field, Key.Key_Return)
    assert named(register, she) == "Thérèse Lauzière"
    assert read(register, quote).entity is None
    assert register.selected == quote


def test_a_suggested_mention_is_accepted_by_saying_whom_it_means(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot
) -> None:
    she = label(register, "elle", "source", state=AnnotationState.SUGGESTED, origin="rules")
    ask(view, she, qtbot)
    qtbot.keyClick(picker(working).field, Key.Key_Return)
    assert read(register, she).state is AnnotationState.ACCEPTED


def test_what_another_window_removed_is_offered_no_longer(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot
) -> None:
    made = label(register, "Lauzière")
    ask(view, made, qtbot)
    assert "Paul Lauzière" in offered(working)
    with Project.open(register.project.path) as other:
        other.do("Remove", lambda deed: entities.remove(deed, "pl"), annotator="Ada")
    register.look_around()
    assert "Paul Lauzière" not in offered(working)
    assert picker(working).isVisible()


def test_a_label_may_have_the_letter_and_ctrl_still_asks(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot
) -> None:
    made = label(register, "Lauzière")
    org = register.scheme.label("org")
    register.do("Key", lambda deed: labels.update(deed, replace(org, key="r")))
    register.select(made)
    qtbot.keyClick(view, Key.Key_R, CTRL)
    assert picker(working).isVisible()
    qtbot.keyClick(picker(working).field, Key.Key_Escape)
    qtbot.keyClicks(view, "r")
    assert read(register, made).label == "org"


def test_twenty_thousand_entities_are_offered_at_once(
    working: MainWindow, view: ArticleView, register: Session, qtbot: QtBot
) -> None:
    fill(register, *(Entity(f"e{n}", f"Marie Roy {n}", "person") for n in range(20_000)))
    book_of(register).likely(read(register, label(register, "Mme")))
    made = label(register, "Lauzière")
    register.select(made)
    begin = perf_counter()
    qtbot.keyClicks(view, "r")
    assert perf_counter() - begin < 0.3
    begin = perf_counter()
    qtbot.keyClicks(picker(working).field, "m")
    assert perf_counter() - begin < 0.3
    assert len(offered(working)) < 200
    assert "type on" in picker(working).line.text()


def test_the_register_is_made_ready_in_moments_of_rest(alone: Session, qtbot: QtBot) -> None:
    fill(alone, *(Entity(f"e{n}", f"Marie Roy {n}", "person") for n in range(3_000)))
    book = book_of(alone)
    qtbot.waitUntil(lambda: len(book._register) == 3_000)
    alone.do("Remove", lambda deed: entities.remove(deed, "e7"))
    assert book.register.get("e7") is None
    assert len(book.register) == 2_999


@pytest.fixture
def panel(alone: Session, qtbot: QtBot) -> Inspector:
    fill(alone, LAUZIERE, PAUL, LYON)
    alone.open_article("a")
    found = inspector_of(alone)
    qtbot.addWidget(found)
    found.resize(300, 700)
    found.show()
    qtbot.waitExposed(found)
    return found


def show(panel: Inspector, session: Session, annotation_id: str, qtbot: QtBot) -> None:
    session.select(annotation_id)
    qtbot.waitUntil(lambda: panel.form.annotation_id == annotation_id)


def test_the_inspector_names_whom_a_mention_means_and_leads_to_the_register(
    panel: Inspector, alone: Session, qtbot: QtBot
) -> None:
    made = label(alone, "Lauzière", entity="tl")
    show(panel, alone, made, qtbot)
    line = panel.form.entity
    assert line.name is not None
    assert line.name.text() == "Thérèse Lauzière"
    chosen, asked = QSignalSpy(panel.form.entity_chosen), QSignalSpy(panel.form.entity_asked)
    qtbot.mouseClick(line.name, LEFT)
    assert chosen.at(0) == ["tl"]
    qtbot.mouseClick(line.change, LEFT)
    assert asked.count() == 1
    qtbot.mouseClick(line.remove, LEFT)
    assert read(alone, made).entity is None
    qtbot.waitUntil(line.ask.isVisible)
    qtbot.mouseClick(line.ask, LEFT)
    assert asked.count() == 2


def test_the_inspector_follows_a_new_name(panel: Inspector, alone: Session, qtbot: QtBot) -> None:
    made = label(alone, "Lauzière", entity="tl")
    show(panel, alone, made, qtbot)
    alone.do("Rename", lambda deed: entities.update(deed, replace(LAUZIERE, name="T. Lauzière")))
    line = panel.form.entity
    qtbot.waitUntil(lambda: line.name is not None and line.name.text() == "T. Lauzière")


def test_a_quote_is_no_mention(panel: Inspector, alone: Session, qtbot: QtBot) -> None:
    show(panel, alone, label(alone, "« C’est terminé »", "quote"), qtbot)
    assert panel.form.entity.isHidden()


@pytest.fixture
def book(alone: Session, qtbot: QtBot) -> EntityRegister:
    """The window of the register by itself: three entities, five mentions in two articles."""
    fill(alone, LAUZIERE, PAUL, LYON)
    alone.open_article("a")
    label(alone, "Thérèse Lauzière", entity="tl")
    label(alone, "elle", "source", "tl")
    label(alone, "Québec", "loc", "tl")
    alone.open_article("b")
    label(alone, "Ville de Lyon", "org", "ly")
    label(alone, "Étienne Brossoit", entity="pl")
    return opened(alone, qtbot)


def opened(session: Session, qtbot: QtBot) -> EntityRegister:
    found = EntityRegister(session, load_theme("light"))
    qtbot.addWidget(found)
    found.show()
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow)
    return found


def listed(book: EntityRegister) -> list[str]:
    model = book.list.model
    return [model.entity(row).name for row in range(model.rowCount())]


def mentioned(book: EntityRegister) -> list[str]:
    model = book.mentions.mentions
    return [model.index(row).data() for row in range(model.rowCount())]


def click_row(qtbot: QtBot, rows: QWidget, row: int, *modifiers: Qt.KeyboardModifier) -> None:
    index = rows.model().index(row, 0)  # type: ignore[attr-defined]
    place: QPoint = rows.visualRect(index).center()  # type: ignore[attr-defined]
    qtbot.mouseClick(rows.viewport(), LEFT, *modifiers, pos=place)  # type: ignore[attr-defined]


def write(qtbot: QtBot, line: QWidget, text: str) -> None:
    line.selectAll()  # type: ignore[attr-defined]
    line.insert(text)  # type: ignore[attr-defined]
    qtbot.keyClick(line, Key.Key_Return)


def test_the_register_lists_everybody_with_their_mentions(book: EntityRegister) -> None:
    assert listed(book) == ["Paul Lauzière", "Thérèse Lauzière", "Ville de Lyon"]
    counts = [book.list.model.index(row).data(Qt.ItemDataRole.UserRole + 1) for row in range(3)]
    assert counts == [1, 3, 1]
    book.choose("tl")
    assert book.form.name.text() == "Thérèse Lauzière"
    assert book.form.gender.value == "female"
    assert mentioned(book) == ["Thérèse Lauzière", "Québec", "elle"]
    assert book.heading.text() == "3 mentions"


def test_the_register_is_looked_through(book: EntityRegister, qtbot: QtBot) -> None:
    qtbot.keyClicks(book.list.search, "lauziere")
    assert listed(book) == ["Paul Lauzière", "Thérèse Lauzière"]
    book.list.search.clear()
    book.list.kind.setCurrentIndex(book.list.kind.findText("Organisation"))
    book.list.kind.activated.emit(0)
    assert listed(book) == ["Ville de Lyon"]
    qtbot.keyClicks(book.list.search, "x")
    assert book.list.empty.text() == "Nobody of this name or kind is in the register."
    book.choose("tl")
    assert len(listed(book)) == 3
    book.list.order.setCurrentIndex(1)
    book.list.order.activated.emit(1)
    assert listed(book)[0] == "Thérèse Lauzière"


def test_a_new_name_is_a_deed_and_the_old_one_an_alias(
    book: EntityRegister, alone: Session, qtbot: QtBot
) -> None:
    book.choose("tl")
    write(qtbot, book.form.name, "Thérèse Lauzière-Roy")
    found = entities.entity(alone.project, "tl")
    assert (found.name, found.aliases) == ("Thérèse Lauzière-Roy", ("Thérèse Lauzière",))
    assert alone.project.undo_name() == "Rename Thérèse Lauzière to Thérèse Lauzière-Roy"
    assert book.form.aliases.toPlainText() == "Thérèse Lauzière"
    click_row(qtbot, book.list.view, 0)
    assert entities.entity(alone.project, "tl") == found
    qtbot.keyClick(book.list.view, Key.Key_Z, CTRL)
    assert entities.entity(alone.project, "tl") == LAUZIERE


def test_every_field_is_a_deed_at_once(book: EntityRegister, alone: Session, qtbot: QtBot) -> None:
    book.choose("ly")
    qtbot.mouseClick(book.form.kind.buttons["place"], LEFT)
    qtbot.mouseClick(book.form.gender.buttons["unknown"], LEFT)
    write(qtbot, book.form.role, "métropole")
    write(qtbot, book.form.external, "Q456")
    book.form.aliases.setFocus()
    book.form.aliases.insertPlainText("Lyon\nla Ville\n\nLyon")
    book.form.note.setFocus()
    qtbot.keyClicks(book.form.note, "Rhone")
    book.form.name.setFocus()
    assert entities.entity(alone.project, "ly") == Entity(
        *("ly", "Ville de Lyon", "place", ("Lyon", "la Ville"), "unknown", "métropole"),
        *("Q456", "Rhone"),
    )
    for _step in range(6):
        alone.undo()
    assert entities.entity(alone.project, "ly") == LYON
    assert book.form.role.text() == ""
    assert book.form.aliases.toPlainText() == ""


def test_kind_and_gender_are_given_by_key(
    book: EntityRegister, alone: Session, qtbot: QtBot
) -> None:
    book.choose("tl")
    book.form.name.setFocus()
    qtbot.keyClick(book.form.name, Key.Key_Tab)
    qtbot.keyClick(book.focusWidget(), Key.Key_Tab)
    assert book.focusWidget() is book.form.gender.buttons["female"]
    for _step in range(2):
        qtbot.keyClick(book.focusWidget(), Key.Key_Right)
    assert book.form.gender.value == "female"
    qtbot.keyClick(book.focusWidget(), Key.Key_Space)
    assert entities.entity(alone.project, "tl").gender == "other"
    alone.undo()
    assert entities.entity(alone.project, "tl") == LAUZIERE
    assert book.form.gender.value == "female"


def test_what_was_typed_is_written_when_another_is_shown_or_the_window_closes(
    book: EntityRegister, alone: Session, qtbot: QtBot
) -> None:
    book.choose("tl")
    qtbot.keyClicks(book.form.note, "one")
    book.choose("pl")
    assert entities.entity(alone.project, "tl").note == "one"
    assert book.form.note.toPlainText() == ""
    qtbot.keyClicks(book.form.note, "two")
    qtbot.keyClick(book, Key.Key_Escape)
    assert entities.entity(alone.project, "pl").note == "two"


def test_a_name_cannot_be_emptied(book: EntityRegister, alone: Session, qtbot: QtBot) -> None:
    book.choose("tl")
    write(qtbot, book.form.name, " ")
    assert book.line.text() == "An entity needs a name."
    assert entities.entity(alone.project, "tl") == LAUZIERE


def test_those_that_are_the_same_are_merged_into_the_one_with_most_mentions(
    book: EntityRegister, alone: Session, qtbot: QtBot
) -> None:
    before = entities.register(alone.project)
    click_row(qtbot, book.list.view, 0)
    click_row(qtbot, book.list.view, 1, CTRL)
    assert book.merge.text() == "&Merge into Thérèse Lauzière"
    qtbot.mouseClick(book.merge, LEFT)
    assert listed(book) == ["Thérèse Lauzière", "Ville de Lyon"]
    assert entities.entity(alone.project, "tl").aliases == ("Paul Lauzière",)
    assert len(mentioned(book)) == 4
    assert alone.project.undo_name() == "Merge 1 entity into Thérèse Lauzière"
    alone.undo()
    assert entities.register(alone.project) == before
    qtbot.waitUntil(lambda: len(listed(book)) == 3)


def test_merging_by_key(book: EntityRegister, alone: Session, qtbot: QtBot) -> None:
    book.list.view.setFocus()
    book.choose("pl")
    qtbot.keyClick(book.list.view, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(book, Key.Key_M, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: listed(book) == ["Thérèse Lauzière", "Ville de Lyon"])


def test_mentions_of_somebody_else_are_split_off(
    book: EntityRegister, alone: Session, qtbot: QtBot
) -> None:
    book.choose("tl")
    assert not book.split.isEnabled()
    click_row(qtbot, book.mentions, 1)
    qtbot.mouseClick(book.split, LEFT)
    assert mentioned(book) == ["Québec"]
    assert book.form.name.text() == "Québec"
    assert book.form.kind.value == "place"
    assert book.form.name.hasFocus()
    assert book.form.name.selectedText() == "Québec"
    book.choose("tl")
    assert mentioned(book) == ["Thérèse Lauzière", "elle"]
    click_row(qtbot, book.mentions, 1)
    qtbot.keyClick(book, Key.Key_S, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: book.form.name.text() == "Thérèse Lauzière (2)")
    assert book.form.gender.value == "female"
    alone.undo()
    alone.undo()
    assert len(entities.mentions(alone.project, "tl")) == 3


def test_an_entity_is_added_and_removed(book: EntityRegister, alone: Session, qtbot: QtBot) -> None:
    qtbot.keyClick(book, Key.Key_W, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(book.form.name.hasFocus)
    write(qtbot, book.form.name, "Anne Plourde")
    assert "Anne Plourde" in listed(book)
    book.choose("pl")
    qtbot.keyClick(book.list.view, Key.Key_Delete)
    assert "Paul Lauzière" not in listed(book)
    assert alone.project.undo_name() == "Remove entity Paul Lauzière"
    assert book.list.current is not None
    assert book.list.current.id == "tl"
    book.list.view.selectAll()
    qtbot.mouseClick(book.remove, LEFT)
    assert listed(book) == []
    assert "press R" in book.list.empty.text()
    assert not book.form.isEnabled()
    alone.undo()
    alone.undo()
    assert "Paul Lauzière" in listed(book)


def test_what_was_looked_for_in_vain_becomes_the_name_of_the_new_one(
    book: EntityRegister, qtbot: QtBot
) -> None:
    book.list.search.insert("Mme Zoé Roy")
    qtbot.mouseClick(book.add, LEFT)
    assert book.form.name.text() == "Zoé Roy"
    assert book.form.aliases.toPlainText() == "Mme Zoé Roy"
    assert book.form.gender.value == "female"


def test_a_mention_leads_to_its_article(book: EntityRegister, alone: Session, qtbot: QtBot) -> None:
    book.choose("tl")
    click_row(qtbot, book.mentions, 2)
    assert alone.article is not None
    assert alone.article.id == "a"
    assert read(alone, alone.selected).text == "elle"
    qtbot.keyClick(book.mentions, Key.Key_Up)
    qtbot.keyClick(book.mentions, Key.Key_Return)
    assert read(alone, alone.selected).text == "Québec"
    book.choose("ly")
    click_row(qtbot, book.mentions, 0)
    assert alone.article.id == "b"


def test_the_register_follows_what_is_done_in_the_article(
    book: EntityRegister, alone: Session, qtbot: QtBot
) -> None:
    book.choose("tl")
    she = next(each for each in entities.mentions(alone.project, "tl") if each.text == "elle")
    alone.do("Refer", lambda deed: annotations.set_entity(deed, she.id, None))
    qtbot.waitUntil(lambda: mentioned(book) == ["Thérèse Lauzière", "Québec"])
    assert book.heading.text() == "2 mentions"
    row = book.list.model.place("tl")
    assert book.list.model.index(row).data(Qt.ItemDataRole.UserRole + 1) == 2


def test_words_being_typed_survive_a_change_from_elsewhere(
    book: EntityRegister, alone: Session, qtbot: QtBot
) -> None:
    book.choose("tl")
    qtbot.keyClicks(book.form.note, "half a sen")
    book.form.role.selectAll()
    qtbot.keyClicks(book.form.role, "mai")
    current = entities.entity(alone.project, "tl")
    alone.do("Kind", lambda deed: entities.update(deed, replace(current, kind="organisation")))
    qtbot.waitUntil(lambda: book.form.kind.value == "organisation")
    assert book.form.role.text() == "mai"
    assert book.form.note.toPlainText() == "half a sen"


def test_in_a_project_for_reading_the_register_is_only_read(
    app: QApplication, alone: Session, project_path: Path, qtbot: QtBot
) -> None:
    fill(alone, LAUZIERE)
    alone.close()
    session = Session(Project.open(project_path, read_only=True), "claire")
    book = opened(session, qtbot)
    book.choose("tl")
    assert book.form.name.text() == "Thérèse Lauzière"
    assert not book.form.isEnabled()
    for button in (book.add, book.merge, book.remove, book.split):
        assert not button.isEnabled()
    qtbot.keyClick(book.list.view, Key.Key_Delete)
    assert len(entities.register(session.project)) == 1
    session.close()
    assert book.isHidden()


@pytest.fixture
def big(alone: Session, qtbot: QtBot) -> EntityRegister:
    fill(alone, *(Entity(f"e{n:05}", f"Marie Roy {n}", "person") for n in range(20_000)))
    book_of(alone).register.search()
    return opened(alone, qtbot)


def test_twenty_thousand_entities_are_listed_without_a_pause(
    big: EntityRegister, alone: Session, qtbot: QtBot
) -> None:
    for act in (big.list.reload, lambda: big.list.search.setText("roy 1"), big.list.search.clear):
        begin = perf_counter()
        act()
        QApplication.processEvents()
        assert perf_counter() - begin < 0.3
    begin = perf_counter()
    big.list.view.selectionModel().select(
        big.list.model.index(3), QItemSelectionModel.SelectionFlag.Select
    )
    assert perf_counter() - begin < 0.1


def test_the_commands_open_the_register_once(
    working: MainWindow, register: Session, qtbot: QtBot
) -> None:
    from annotator.gui import asides

    working.actions_["entities.show"].trigger()
    asides.show_entities(working, "ly")
    (book,) = working.findChildren(EntityRegister)
    assert book.form.name.text() == "Ville de Lyon"
    working.close_project()
    assert book.isHidden()
