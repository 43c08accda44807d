"""Each gesture of the day in the real window: by key, by menu, and by mouse where it has a way."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.core.corpus import LabelledArticle
from annotator.core.model import AnnotationState, Article, ArticleState
from annotator.core.scheme import read_scheme
from annotator.gui import asides
from annotator.gui.preferences import Preferences
from annotator.gui.proposing import SETTING
from annotator.gui.scheme_editor import SchemeEditor
from annotator.gui.shortcuts import Shortcuts
from annotator.gui.window import MainWindow
from annotator.resources import resource
from annotator.store import annotations, articles, bulk
from annotator.store.project import Project
from tests.gui.office import Office

Key, Mod, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton

TEXT = (
    "Un soir à Laval\n\nGeneviève Bruneau, porte-parole à la Sûreté du Québec, a parlé hier soir.\n"
    "« Si la dame veut signaler une situation, assure Mme Bruneau, elle le peut. » "
    "La Ville de Montréal approuve. Laval aussi.\n"
)


@pytest.fixture
def office(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Office:
    path = tmp_path / "office.annot"
    with Project.create(path, read_scheme(resource("schemes", "news.toml"))) as project:
        rows = [LabelledArticle(Article(name, TEXT + name), [], []) for name in "abc"]
        project.set_setting(SETTING, "off")
        project.do(
            "Import",
            lambda deed: bulk.add_articles(deed, rows, {}, bulk.Added()),
            annotator="claire",
        )
    window.open_project(path)
    found = Office(window)
    qtbot.waitUntil(found.view.hasFocus)
    return found


@dataclass(frozen=True)
class Gesture:
    """What comes first, the ways to do it, and what is so afterwards."""

    before: Callable[[Office], object]
    ways: dict[str, Callable[[Office], object]]
    after: Callable[[Office], bool]


def two(office: Office) -> None:
    """Two annotations, none of them selected, the caret at the top."""
    office.add("loc", "Laval")
    office.add("org", "Sûreté du Québec")
    office.session.select("")
    office.view.place(0, 0)


def fragment_by(office: Office, add: Callable[[], object]) -> None:
    office.select("Mme Bruneau")
    add()


def state(office: Office) -> ArticleState:
    return articles.article(office.session.project, "a").state


def flagged(office: Office) -> bool:
    return state(office) is ArticleState.FLAGGED


GESTURES = {
    "label": Gesture(
        lambda o: o.put_caret("Laval"),
        {
            "key": lambda o: o.press("l"),
            "menu": lambda o: o.choose_label("loc"),
            "palette": lambda o: o.click_label("loc"),
            "double-click and letter": lambda o: (o.double_click("Laval"), o.press("l")),
        },
        lambda o: o.said == [("loc", "Laval")],
    ),
    "label several words": Gesture(
        lambda o: o.put_caret("Bruneau,"),
        {
            "key": lambda o: o.press("++p"),
            "drag and letter": lambda o: (
                o.drag(o.point("Geneviève", 2), o.point("Bruneau,", 4)),
                o.press("p"),
            ),
            "sticky label and drag": lambda o: (
                o.click_label("per", twice=True),
                o.drag(o.point("Geneviève", 2), o.point("Bruneau,", 4)),
            ),
        },
        lambda o: o.said == [("per", "Geneviève Bruneau")],
    ),
    "relabel": Gesture(
        lambda o: o.select_new("loc", "Laval"),
        {
            "key": lambda o: o.press("o"),
            "menu": lambda o: o.choose_label("org"),
            "palette": lambda o: o.click_label("org"),
        },
        lambda o: o.said == [("org", "Laval")],
    ),
    "remove": Gesture(
        lambda o: o.select_new("loc", "Laval"),
        {
            "key": lambda o: o.press(Key.Key_Backspace),
            "other key": lambda o: o.press(Key.Key_Delete),
            "menu": lambda o: o.choose("annotate.remove"),
        },
        lambda o: o.said == [],
    ),
    "grow": Gesture(
        lambda o: (o.select_new("per", "Bruneau"), o.put_caret("Bruneau,")),
        {
            "key": lambda o: o.press("+"),
            "menu": lambda o: o.choose("annotate.grow"),
            "edge": lambda o: o.drag(
                o.point("Bruneau,", 0) - QPoint(3, 0), o.point("Geneviève", 2)
            ),
        },
        lambda o: o.said == [("per", "Geneviève Bruneau")],
    ),
    "shrink": Gesture(
        lambda o: (o.select_new("per", "Geneviève Bruneau"), o.put_caret("Geneviève")),
        {
            "key": lambda o: o.press("-"),
            "menu": lambda o: o.choose("annotate.shrink"),
            "edge": lambda o: o.drag(
                o.point("Bruneau,", 7) - QPoint(2, 0), o.point("Geneviève", 6)
            ),
        },
        lambda o: o.said == [("per", "Geneviève")],
    ),
    "add a fragment": Gesture(
        lambda o: o.select_new("per", "Geneviève"),
        {
            "key": lambda o: fragment_by(o, lambda: o.press(",")),
            "menu": lambda o: fragment_by(o, lambda: o.choose("annotate.fragment")),
            "Ctrl and drag": lambda o: o.drag(
                o.point("Mme Bruneau", 0), o.point("Mme Bruneau", 8), Mod.ControlModifier
            ),
        },
        lambda o: o.said == [("per", "Geneviève … Mme Bruneau")],
    ),
    "remove a fragment": Gesture(
        lambda o: (o.select_new("per", "Geneviève", "Mme Bruneau"), o.put_caret("Mme Bruneau")),
        {
            "key": lambda o: o.press(Key.Key_Backspace, Mod.AltModifier),
            "menu": lambda o: o.choose("annotate.remove_fragment"),
        },
        lambda o: o.said == [("per", "Geneviève")],
    ),
    "accept": Gesture(
        lambda o: o.select_new("loc", "Laval", suggested=True),
        {
            "key": lambda o: o.press(Key.Key_Return),
            "number pad": lambda o: o.press(Key.Key_Enter, Mod.KeypadModifier),
            "menu": lambda o: o.choose("suggestion.accept"),
        },
        lambda o: o.annotations[0].state is AnnotationState.ACCEPTED,
    ),
    "reject": Gesture(
        lambda o: o.select_new("loc", "Laval", suggested=True),
        {
            "key": lambda o: o.press("x"),
            "menu": lambda o: o.choose("suggestion.reject"),
        },
        lambda o: o.said == [],
    ),
    "select at the caret": Gesture(
        lambda o: (two(o), o.put_caret("Sûreté")),
        {
            "key": lambda o: o.press(Key.Key_Return),
            "menu": lambda o: o.choose("annotate.select"),
            "click": lambda o: o.click("Sûreté"),
        },
        lambda o: o.selected_words == "Sûreté du Québec",
    ),
    "next annotation": Gesture(
        two,
        {
            "key": lambda o: (o.press(Key.Key_Tab), o.press(Key.Key_Tab)),
            "menu": lambda o: (o.choose("annotate.next"), o.choose("annotate.next")),
            "click": lambda o: o.click("Sûreté"),
        },
        lambda o: o.selected_words == "Sûreté du Québec",
    ),
    "previous annotation": Gesture(
        lambda o: (two(o), o.put_caret("parlé")),
        {
            "key": lambda o: [o.press(Key.Key_Backtab, Mod.ShiftModifier) for _time in "12"],
            "menu": lambda o: [o.choose("annotate.previous") for _time in "12"],
        },
        lambda o: o.selected_words == "Laval",
    ),
    "next suggestion": Gesture(
        lambda o: (two(o), o.add("loc", "Montréal", state=AnnotationState.SUGGESTED)),
        {"key": lambda o: o.press("n"), "menu": lambda o: o.choose("suggestion.next")},
        lambda o: o.selected_words == "Montréal",
    ),
    "previous suggestion": Gesture(
        lambda o: (
            two(o),
            o.add("loc", "Montréal", state=AnnotationState.SUGGESTED),
            o.view.place(len(o.view.text), len(o.view.text)),
        ),
        {
            "key": lambda o: o.press("N", Mod.ShiftModifier),
            "menu": lambda o: o.choose("suggestion.previous"),
        },
        lambda o: o.selected_words == "Montréal",
    ),
    "the one underneath": Gesture(
        lambda o: (
            o.add("org", "Ville de Montréal"),
            o.select_new("loc", "Montréal"),
            o.put_caret("Montréal"),
        ),
        {"menu": lambda o: o.choose("annotate.under"), "click": lambda o: o.click("Montréal")},
        lambda o: o.selected_words == "Ville de Montréal",
    ),
    "undo": Gesture(
        lambda o: (o.put_caret("Laval"), o.press("l")),
        {
            "key": lambda o: o.press(Key.Key_Z, Mod.ControlModifier),
            "menu": lambda o: o.choose("edit.undo"),
        },
        lambda o: o.said == [],
    ),
    "redo": Gesture(
        lambda o: (o.put_caret("Laval"), o.press("l"), o.session.undo()),
        {
            "key": lambda o: o.press(Key.Key_Z, Mod.ControlModifier | Mod.ShiftModifier),
            "other key": lambda o: o.press(Key.Key_Y, Mod.ControlModifier),
            "menu": lambda o: o.choose("edit.redo"),
        },
        lambda o: o.said == [("loc", "Laval")],
    ),
    "done and next": Gesture(
        lambda o: None,
        {
            "key": lambda o: o.press(Key.Key_Return, Mod.ControlModifier),
            "menu": lambda o: o.choose("article.finish"),
        },
        lambda o: o.article == "b" and state(o) is ArticleState.DONE,
    ),
    "flag": Gesture(
        lambda o: None,
        {
            "key": lambda o: o.press(Key.Key_M, Mod.ControlModifier),
            "menu": lambda o: o.choose("article.flag"),
        },
        flagged,
    ),
    "to do": Gesture(
        lambda o: o.session.set_state(ArticleState.DONE),
        {"menu": lambda o: o.choose("article.todo")},
        lambda o: state(o) is ArticleState.TODO,
    ),
    "in progress": Gesture(
        lambda o: None,
        {"menu": lambda o: o.choose("article.in_progress")},
        lambda o: state(o) is ArticleState.IN_PROGRESS,
    ),
    "done": Gesture(
        lambda o: None,
        {"menu": lambda o: o.choose("article.done")},
        lambda o: state(o) is ArticleState.DONE and o.article == "a",
    ),
    "next article": Gesture(
        lambda o: None,
        {
            "key": lambda o: o.press(Key.Key_Down, Mod.ControlModifier),
            "menu": lambda o: o.choose("article.next"),
        },
        lambda o: o.article == "b",
    ),
    "previous article": Gesture(
        lambda o: o.session.open_article("c"),
        {
            "key": lambda o: o.press(Key.Key_Up, Mod.ControlModifier),
            "menu": lambda o: o.choose("article.previous"),
        },
        lambda o: o.article == "b",
    ),
    "note": Gesture(
        lambda o: o.select_new("loc", "Laval"),
        {"key": lambda o: o.press(Key.Key_F2), "menu": lambda o: o.choose("annotate.note")},
        lambda o: isinstance(o.window.focusWidget(), QPlainTextEdit),
    ),
    "attribute": Gesture(
        lambda o: o.select_new("quote", "« Si la dame veut signaler une situation"),
        {
            "key": lambda o: o.press("tt"),
            "right button": lambda o: menu_line(o, 1).trigger(),
        },
        lambda o: (
            o.annotations[0].attributes.get("type")
            == o.session.scheme.label("quote").attributes[0].values[1]
        ),
    ),
    "copy": Gesture(
        lambda o: (QGuiApplication.clipboard().clear(), o.select("Ville de Montréal")),
        {
            "key": lambda o: o.press(Key.Key_C, Mod.ControlModifier),
            "menu": lambda o: o.choose("edit.copy"),
        },
        lambda o: QGuiApplication.clipboard().text() == "Ville de Montréal",
    ),
}
CASES = [
    pytest.param(gesture, way, id=f"{name} by {by}")
    for name, gesture in GESTURES.items()
    for by, way in gesture.ways.items()
]


def menu_of(office: Office) -> QMenu:
    assert office.view.menu_at is not None
    menu = office.view.menu_at(office.view.caret)
    assert menu is not None
    return menu


def menu_line(office: Office, place: int):  # type: ignore[no-untyped-def]
    """Return a value of the first choice in the menu under the right button."""
    attributes = next(a.menu() for a in menu_of(office).actions() if a.text() == "Attributes")
    choice = attributes.actions()[0].menu()
    return choice.actions()[place]


@pytest.mark.parametrize(("gesture", "way"), CASES)
def test_a_gesture_does_what_it_is_for(
    office: Office, gesture: Gesture, way: Callable[[Office], object]
) -> None:
    gesture.before(office)
    assert not gesture.after(office), "it is so beforehand"
    way(office)
    assert gesture.after(office)


def test_the_first_letter_labels_as_soon_as_a_project_is_open(office: Office) -> None:
    focus = office.window.focusWidget()
    assert focus is office.view
    QTest.keyClicks(focus, "p")
    assert len(office.said) == 1


def test_a_first_day_begins_with_the_name_and_enter_goes_on(
    app: QApplication, tmp_path: Path, project_path: Path, qtbot: QtBot
) -> None:
    window = MainWindow(Preferences(tmp_path / "fresh.json"))
    qtbot.addWidget(window)
    window.show()
    window.open_project(project_path)
    qtbot.waitUntil(window.name_card.name.hasFocus)
    QTest.keyClicks(window.name_card.name, "Maude")
    QTest.keyClick(window.name_card.name, Key.Key_Return)
    assert window.preferences.settings.annotator == "Maude"
    assert not window.name_card.isVisible()
    assert window.focusWidget() is window.article_view
    window.close()


def test_the_caret_is_where_it_was(office: Office) -> None:
    office.session.open_article("b")
    office.put_caret("Sûreté", 3)
    caret = office.view.caret
    path = office.session.project.path
    office.window.close_project()
    office.window.open_project(path)
    again = Office(office.window)
    assert (again.article, again.view.caret) == ("b", caret)


def text_fields(window: QWidget) -> list[QWidget]:
    """Return every field that text can be typed into now; the article is for reading."""
    kinds = (QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)
    return [
        field
        for field in window.findChildren(QWidget)
        if isinstance(field, kinds)
        and not (isinstance(field, (QTextEdit, QPlainTextEdit, QLineEdit)) and field.isReadOnly())
        and not (isinstance(field, QComboBox) and not field.isEditable())
        and field.isVisible()
        and field.isEnabled()
    ]


@pytest.mark.parametrize("aside", ["", "scheme.edit", "article.details", "preferences", "help"])
def test_what_is_typed_into_a_field_moves_nothing(office: Office, aside: str, qtbot: QtBot) -> None:
    office.select_new("quote", "« Si la dame veut signaler une situation")
    office.choose("find.article")
    office.window.ask_name()
    if aside:
        office.choose(aside)
    # The list of annotations is read a moment after the article was opened.
    qtbot.waitUntil(lambda: len(text_fields(office.window)) >= 4)
    before = (office.said, office.session.selected, office.article, state(office))
    dialogs = len(office.window.findChildren(QDialog))
    fields = text_fields(office.window)
    for field in fields:
        field.window().activateWindow()
        field.setFocus()
        QTest.keyClicks(field, "plnx+-,=?1")
        QTest.keyClick(field, Key.Key_Backspace)
        QTest.keyClick(field, Key.Key_Delete)
        now = (office.said, office.session.selected, office.article, state(office))
        assert now == before, field.accessibleName() or field.objectName()
        assert len(office.window.findChildren(QDialog)) == dialogs


def test_the_right_button_offers_what_fits(office: Office) -> None:
    def offered() -> set[str]:
        return {a.text() for a in menu_of(office).actions() if not a.isSeparator()}

    office.view.place(0, 0)
    assert offered() == {"Copy", "Find in the article"}
    office.select("Laval")
    assert {"LOC\tL", "PER\tP", "Copy"} <= offered()
    office.select_new("loc", "Laval", suggested=True)
    office.put_caret("Laval")
    assert {
        "Accept the suggestion",
        "Change the label",
        "Note…",
        "Remove",
        "Remove the fragment at the caret",
        "Select the annotation underneath",
    } <= offered()
    assert "Attributes" not in offered()
    labels_menu = next(
        a.menu() for a in menu_of(office).actions() if a.text() == "Change the label"
    )
    next(a for a in labels_menu.actions() if a.data() == "org").trigger()
    assert office.said == [("org", "Laval")]


def test_all_links_are_drawn_when_asked_for_and_so_remembered(office: Office) -> None:
    quote = office.add("quote", "« Si la dame veut signaler une situation")
    source = office.add("source", "Mme Bruneau")
    office.session.do("Link", lambda deed: annotations.link(deed, "source", quote, source))
    office.session.select("")
    assert not office.view.scene.shows_all_links
    without = office.view.grab().toImage()
    office.choose("view.links")
    assert office.view.scene.shows_all_links
    assert office.view.grab().toImage() != without
    path = office.session.project.path
    office.window.close_project()
    office.window.open_project(path)
    assert Office(office.window).view.scene.shows_all_links


def test_a_label_that_takes_the_key_of_a_command_is_told(office: Office) -> None:
    asides.edit_scheme(office.window, "loc")
    editor = office.window.findChild(SchemeEditor)
    assert isinstance(editor, SchemeEditor)
    editor.form.key.setText("n")
    editor.form.flush()
    assert "Next suggestion" in editor.line.text()
    editor.close()
    shortcuts = Shortcuts(office.window.actions_.commands, {}, office.session.scheme)
    assert shortcuts.clashes() == ["N gives the label “LOC”; “Next suggestion” needs another key."]
