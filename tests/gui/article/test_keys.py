"""Labelling by key: what each key does, in the annotator's words."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from annotator.core.model import AnnotationState
from annotator.core.scheme import Attribute, Label, Scheme
from annotator.gui.window import MainWindow
from annotator.store import labels
from tests.gui.article.desk import Desk

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def desk(desk_in_office: Desk) -> Desk:
    return desk_in_office


def test_a_letter_labels_the_token_under_the_caret(desk: Desk) -> None:
    desk.put_caret("Laval")
    desk.press("l")
    assert desk.said == [("loc", "Laval")]
    assert desk.session.selected == desk.annotations[0].id


def test_a_letter_labels_the_word_the_caret_stands_behind(desk: Desk) -> None:
    desk.put_caret("Bruneau,", 7)
    desk.press("p")
    assert desk.said == [("per", "Bruneau")]


def test_a_letter_labels_the_selected_words(desk: Desk) -> None:
    desk.select("Geneviève Bruneau")
    desk.press("p")
    assert desk.said == [("per", "Geneviève Bruneau")]
    assert desk.words == ""


def test_a_letter_works_with_caps_lock(desk: Desk) -> None:
    desk.put_caret("Laval")
    QApplication.sendEvent(
        desk.view, QKeyEvent(QEvent.Type.KeyPress, Key.Key_L, Mod.NoModifier, "L")
    )
    assert desk.said == [("loc", "Laval")]


def test_a_letter_with_ctrl_labels_nothing(desk: Desk) -> None:
    desk.put_caret("Laval")
    desk.press(Key.Key_L, Mod.ControlModifier)
    assert desk.said == []


def test_a_letter_changes_the_label_of_the_selected_annotation(desk: Desk) -> None:
    desk.put_caret("Laval")
    desk.press("l")
    desk.press("o")
    assert desk.said == [("org", "Laval")]


def test_the_same_letter_again_says_so_and_changes_nothing(desk: Desk) -> None:
    told: list[str] = []
    desk.session.told.connect(told.append)
    desk.put_caret("Laval")
    desk.press("ll")
    assert desk.said == [("loc", "Laval")]
    assert told == ["This is labelled LOC already."]


def test_words_selected_by_key_are_labelled_though_an_annotation_is_selected(desk: Desk) -> None:
    desk.put_caret("Laval")
    desk.press("l")
    desk.select("Sûreté du Québec")
    desk.press("o")
    assert desk.said == [("loc", "Laval"), ("org", "Sûreté du Québec")]


def test_after_the_caret_has_moved_a_letter_labels_the_next_word(desk: Desk) -> None:
    desk.put_caret("Geneviève")
    desk.press("p")
    desk.press(Key.Key_Right)
    desk.press("o")
    assert [label for label, _text in desk.said] == ["per", "org"]


def test_the_arrows_go_by_token(desk: Desk) -> None:
    desk.put_caret("Geneviève", 0)
    desk.press(Key.Key_Right)
    assert desk.view.text[desk.view.caret :].startswith("Bruneau,")
    desk.press(Key.Key_Right)
    assert desk.view.text[desk.view.caret :].startswith(", porte")
    desk.press(Key.Key_Left)
    assert desk.view.text[desk.view.caret :].startswith("Bruneau,")


def test_alt_and_an_arrow_go_by_character(desk: Desk) -> None:
    desk.put_caret("Geneviève", 0)
    before = desk.view.caret
    desk.press(Key.Key_Right, Mod.AltModifier)
    assert desk.view.caret == before + 1
    desk.press(Key.Key_Left, Mod.AltModifier)
    desk.press(Key.Key_Right, Mod.AltModifier | Mod.ShiftModifier)
    assert desk.words == "G"


def test_shift_and_an_arrow_extend_by_token(desk: Desk) -> None:
    desk.put_caret("Geneviève", 0)
    desk.press(Key.Key_Right, Mod.ShiftModifier)
    assert desk.words == "Geneviève"
    desk.press(Key.Key_Right, Mod.ShiftModifier)
    assert desk.words == "Geneviève Bruneau"
    desk.press(Key.Key_Left, Mod.ShiftModifier)
    assert desk.words == "Geneviève "


def test_lines_and_ends_are_reached_as_in_any_text(desk: Desk) -> None:
    desk.put_caret("Geneviève", 4)
    start = desk.view.caret - 4
    desk.press(Key.Key_Home)
    assert desk.view.caret == start
    desk.press(Key.Key_Down)
    assert desk.view.caret > start + 20
    desk.press(Key.Key_Up)
    assert desk.view.caret == start
    desk.press(Key.Key_End)
    assert desk.view.caret > start + 20


def test_plus_grows_the_words_and_minus_shrinks_them(desk: Desk) -> None:
    desk.put_caret("Bruneau,")
    desk.press("+")
    assert desk.words == "Bruneau"
    desk.press("+")
    assert desk.words == "Geneviève Bruneau"
    desk.press("-")
    assert desk.words == "Geneviève"


def test_plus_grows_the_selected_annotation(desk: Desk) -> None:
    desk.put_caret("Bruneau,")
    desk.press("p")
    desk.press("+")
    assert desk.said == [("per", "Geneviève Bruneau")]
    desk.session.undo()
    assert desk.said == [("per", "Bruneau")]


def test_tab_goes_through_the_annotations_in_order(desk: Desk) -> None:
    first, second = desk.add("org", "Sûreté du Québec"), desk.add("loc", "Québec")
    desk.view.place(0, 0)
    desk.press(Key.Key_Tab)
    assert desk.session.selected == first
    desk.press(Key.Key_Tab)
    assert desk.session.selected == second
    desk.press(Key.Key_Tab)
    assert desk.session.selected == second
    desk.press(Key.Key_Backtab, Mod.ShiftModifier)
    assert desk.session.selected == first


def test_two_annotations_of_the_same_words_are_both_reached(desk: Desk) -> None:
    both = {desk.add("org", "Ville de Montréal"), desk.add("loc", "Ville de Montréal")}
    desk.view.place(0, 0)
    reached = set()
    for _time in range(2):
        desk.press(Key.Key_Tab)
        reached.add(desk.session.selected)
    assert reached == both


def test_suggestions_are_walked_through_accepted_and_rejected(desk: Desk) -> None:
    desk.add("per", "Geneviève Bruneau")
    one = desk.add("loc", "Québec", state=AnnotationState.SUGGESTED)
    two = desk.add("loc", "Montréal", state=AnnotationState.SUGGESTED)
    desk.view.place(0, 0)
    desk.press("n")
    assert desk.session.selected == one
    desk.press(Key.Key_Return)
    accepted = desk.session.annotation(one)
    assert accepted and accepted.state == AnnotationState.ACCEPTED
    desk.press("n")
    assert desk.session.selected == two
    desk.press("x")
    rejected = desk.session.annotation(two)
    assert rejected and rejected.state == AnnotationState.REJECTED
    assert two not in desk.view.scene.index
    desk.session.undo()
    assert two in desk.view.scene.index


def test_enter_selects_what_the_caret_is_in(desk: Desk) -> None:
    wanted = desk.add("per", "Geneviève Bruneau")
    desk.put_caret("Bruneau,")
    desk.press(Key.Key_Return)
    assert desk.session.selected == wanted


@pytest.mark.parametrize("key", [Key.Key_Backspace, Key.Key_Delete])
def test_backspace_and_delete_remove_the_selected_annotation(desk: Desk, key: Key) -> None:
    desk.put_caret("Laval")
    desk.press("l")
    desk.press(key)
    assert desk.said == []
    desk.session.undo()
    assert desk.said == [("loc", "Laval")]


def test_escape_drops_the_words_then_the_annotation(desk: Desk) -> None:
    desk.put_caret("Laval")
    desk.press("l")
    desk.select("Québec")
    desk.press(Key.Key_Escape)
    assert (desk.words, bool(desk.session.selected)) == ("", True)
    desk.press(Key.Key_Escape)
    assert desk.session.selected == ""


@pytest.mark.parametrize(
    ("typed", "number"), [("2", 2), ("&", 1), ("é", 2), ('"', 3), ("'", 4), ("(", 5)]
)
def test_a_digit_chooses_a_value_of_the_selected_annotation(
    open_desk: Callable[..., Desk], typed: str, number: int
) -> None:
    choice = Attribute("gender", values=("female", "male", "other", "unknown", "none"))
    desk = open_desk(
        scheme=Scheme("People", labels=(Label("per", "PER", "p", attributes=(choice,)),))
    )
    person = desk.add("per", "Mme Bruneau")
    desk.session.select(person)
    QApplication.sendEvent(
        desk.view, QKeyEvent(QEvent.Type.KeyPress, Key.Key_unknown, Mod.NoModifier, typed)
    )
    annotation = desk.session.annotation(person)
    assert annotation and annotation.attributes[choice.name] == choice.values[number - 1]


def test_a_fragment_is_added_by_key(desk: Desk) -> None:
    quote = desk.add("quote", "« Si la dame veut signaler une situation")
    desk.session.select(quote)
    desk.select("elle le peut. »")
    desk.press(",")
    assert desk.said == [("quote", "« Si la dame veut signaler une situation … elle le peut. »")]


def test_the_words_for_a_fragment_may_be_looked_for_after_the_key(desk: Desk) -> None:
    desk.session.select(desk.add("per", "Geneviève"))
    desk.press(",")
    desk.put_caret("Mme Bruneau", 0)
    desk.press(Key.Key_Right)
    assert desk.session.selected == ""
    desk.press(",")
    assert desk.said == [("per", "Geneviève … Bruneau")]


def test_alt_backspace_removes_only_the_fragment_under_the_caret(desk: Desk) -> None:
    desk.session.select(desk.add("per", "Geneviève", "Bruneau", "Mme Bruneau"))
    desk.put_caret("Bruneau,")
    desk.press(Key.Key_Backspace, Mod.AltModifier)
    assert desk.said == [("per", "Geneviève … Mme Bruneau")]


def test_copying_gives_the_articles_own_characters(desk: Desk) -> None:
    desk.select("Fin 👩‍👩‍👧 de Zoe\u0308")
    desk.press(Key.Key_C, Mod.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Fin 👩‍👩‍👧 de Zoe\u0308"


def test_typing_never_changes_the_text(desk: Desk) -> None:
    before = desk.view.document().toPlainText()
    desk.put_caret("Laval")
    desk.press("bdghjkmruvwyz0;:!")
    desk.press(Key.Key_Space)
    desk.press(Key.Key_V, Mod.ControlModifier)
    assert desk.view.document().toPlainText() == before


AZERTY = [
    ("&", Key.Key_Ampersand, 10),
    ("é", Key.Key_Eacute, 11),
    ('"', Key.Key_QuoteDbl, 12),
    ("'", Key.Key_Apostrophe, 13),
    ("(", Key.Key_ParenLeft, 14),
    ("-", Key.Key_Minus, 15),
    ("è", Key.Key_Egrave, 16),
    ("_", Key.Key_Underscore, 17),
    ("ç", Key.Key_Ccedilla, 18),
    ("à", Key.Key_Agrave, 19),
]
"""What the upper row of a French keyboard types without Shift, with the scan codes of Linux."""


def strike(
    desk: Desk, typed: str, key: Key, scan_code: int, modifiers: Mod = Mod.NoModifier
) -> None:
    """Press a key as the system sends it: the article may take it before it is a shortcut."""
    asked, pressed = (
        QKeyEvent(kind, key, modifiers, scan_code, 0, 0, typed)
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
    )
    asked.setAccepted(False)
    QApplication.sendEvent(desk.view, asked)
    if asked.isAccepted():
        desk.view.keyPressEvent(pressed)
    else:
        QApplication.sendEvent(desk.view, pressed)


@pytest.fixture
def of_ten(desk: Desk) -> str:
    """An annotation whose label has a choice of ten values."""
    rating = Attribute("rating", values=tuple(f"v{n}" for n in range(1, 11)))
    label = replace(desk.session.scheme.label("loc"), attributes=(rating,))
    desk.session.do("Change", lambda deed: labels.update(deed, label))
    annotation_id = desk.add("loc", "Laval")
    desk.session.select(annotation_id)
    return annotation_id


@pytest.mark.parametrize(("number", "struck"), [*enumerate(AZERTY, start=1)])
def test_the_digits_of_azerty_choose_unshifted(
    desk: Desk, of_ten: str, number: int, struck: tuple[str, Key, int]
) -> None:
    strike(desk, *struck)
    annotation = desk.session.annotation(of_ten)
    assert annotation and annotation.attributes == {"rating": f"v{number}"}
    assert annotation.text == "Laval"


@pytest.mark.parametrize("number", range(1, 11))
@pytest.mark.parametrize("modifiers", [Mod.NoModifier, Mod.ShiftModifier, Mod.KeypadModifier])
def test_digits_choose_shifted_unshifted_and_from_the_number_pad(
    desk: Desk, of_ten: str, number: int, modifiers: Mod
) -> None:
    strike(desk, str(number % 10), Key(Key.Key_0 + number % 10), 0, modifiers)
    annotation = desk.session.annotation(of_ten)
    assert annotation and annotation.attributes == {"rating": f"v{number}"}


def test_a_minus_of_its_own_still_shrinks(desk: Desk, of_ten: str) -> None:
    desk.press("+")
    grown = desk.session.annotation(of_ten)
    desk.press("-")
    shrunk = desk.session.annotation(of_ten)
    assert grown and shrunk and len(shrunk.text) < len(grown.text)
    assert shrunk.attributes == {}


def test_a_key_that_was_moved_away_does_nothing_more(office: MainWindow, desk: Desk) -> None:
    moved = {"annotate.grow": ("B",), "suggestion.next": ("Y",), "annotate.remove": ("Z",)}
    office.preferences.keep(replace(office.preferences.settings, keys=moved))
    kept = desk.add("loc", "Laval")
    suggested = desk.add("org", "Sûreté du Québec", state=AnnotationState.SUGGESTED)
    desk.session.select("")
    desk.put_caret("Bruneau,")
    desk.press("+")
    assert desk.words == ""
    desk.press("b")
    assert desk.words == "Bruneau"
    desk.press("n")
    assert desk.session.selected == ""
    desk.press("y")
    assert desk.session.selected == suggested
    desk.session.select(kept)
    desk.press(Key.Key_Backspace)
    assert ("loc", "Laval") in desk.said
    desk.press("z")
    assert ("loc", "Laval") not in desk.said


@pytest.mark.parametrize("letter", ["n", "x"])
def test_the_letter_of_a_label_comes_before_a_command(desk: Desk, letter: str) -> None:
    label = replace(desk.session.scheme.label("loc"), key=letter)
    desk.session.do("Change", lambda deed: labels.update(deed, label))
    suggested = desk.add("org", "Sûreté du Québec", state=AnnotationState.SUGGESTED)
    desk.put_caret("Laval")
    desk.press(letter)
    assert ("loc", "Laval") in desk.said
    annotation = desk.session.annotation(suggested)
    assert annotation and annotation.state is AnnotationState.SUGGESTED


def test_a_key_that_cannot_be_used_says_why(desk: Desk) -> None:
    told: list[str] = []
    desk.session.told.connect(told.append)
    desk.put_caret("porte-parole")
    desk.press("x")
    desk.press(Key.Key_Backspace)
    assert told == [
        "No suggestion is selected. N goes to the next one.",
        "No annotation is selected. Tab goes to the next one.",
    ]


def test_a_sign_is_heard_however_it_is_typed(desk: Desk) -> None:
    desk.put_caret("Bruneau,")
    strike(desk, "+", Key.Key_Plus, 21, Mod.ShiftModifier)
    assert desk.words == "Bruneau"
    desk.press("=")
    assert desk.words == "Geneviève Bruneau"


def test_tab_leaves_an_article_without_annotations(office: MainWindow, desk: Desk) -> None:
    desk.press(Key.Key_Tab)
    assert not desk.view.hasFocus()


def test_a_selected_annotation_is_copied(desk: Desk) -> None:
    desk.session.select(desk.add("per", "Geneviève Bruneau"))
    desk.press(Key.Key_C, Mod.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Geneviève Bruneau"


@pytest.mark.parametrize("key", [Key.Key_Home, Key.Key_End, Key.Key_Left, Key.Key_Right])
def test_a_caret_that_leaves_by_ctrl_lets_go_of_the_annotation(desk: Desk, key: Qt.Key) -> None:
    desk.session.select(desk.add("loc", "Laval"))
    desk.press(key, Mod.ControlModifier)
    assert desk.session.selected == ""
    desk.press(Key.Key_Delete)
    assert desk.said == [("loc", "Laval")]
