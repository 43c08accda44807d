"""Looking at annotations and changing them in the inspector."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from annotator.core.corpus import LabelledArticle
from annotator.core.model import (
    Annotation,
    AnnotationState,
    Article,
    ArticleState,
    Claim,
    Fragment,
)
from annotator.gui.inspector import Inspector
from annotator.gui.session import Session
from annotator.store import annotations, bulk, suggestions
from annotator.store.project import Project
from annotator.store.suggestions import Suggested
from tests.gui.conftest import inspector_of

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(alone: Session, qtbot: QtBot) -> Inspector:
    alone.open_article("a")
    found = inspector_of(alone)
    qtbot.addWidget(found)
    found.resize(300, 700)
    found.show()
    qtbot.waitExposed(found)
    return found


def label(
    session: Session,
    label_id: str,
    *ranges: tuple[int, int],
    state: AnnotationState = AnnotationState.ACCEPTED,
) -> str:
    article = session.article
    assert article is not None
    made = session.do(
        "Label",
        lambda deed: annotations.add(
            deed, article, label_id, ranges, state=state, score=0.8, reason="a list of towns"
        ),
    )
    assert made is not None
    return made


def show(panel: Inspector, session: Session, annotation_id: str, qtbot: QtBot) -> None:
    session.select(annotation_id)
    qtbot.waitUntil(lambda: panel.form.annotation_id == annotation_id)


def read(session: Session, annotation_id: str) -> Annotation:
    found = session.annotation(annotation_id)
    assert found is not None
    return found


def button(panel: Inspector, text: str) -> QToolButton:
    return next(each for each in panel.form.findChildren(QToolButton) if each.text().endswith(text))


def test_a_note_is_written_when_the_selection_moves_on(
    panel: Inspector, alone: Session, qtbot: QtBot
) -> None:
    first, second = label(alone, "per", (0, 3)), label(alone, "per", (4, 11))
    show(panel, alone, first, qtbot)
    qtbot.keyClicks(panel.form.note, "who is this p")
    alone.select(second)
    assert read(alone, first).note == "who is this p"
    assert read(alone, first).label == "per"
    qtbot.waitUntil(lambda: panel.form.note.toPlainText() == "")
    alone.undo()
    assert read(alone, first).note == ""


def test_a_note_is_written_when_the_article_changes(
    panel: Inspector, alone: Session, qtbot: QtBot
) -> None:
    made = label(alone, "per", (0, 3))
    show(panel, alone, made, qtbot)
    qtbot.keyClicks(panel.form.note, "later")
    alone.open_article("b")
    assert read(alone, made).note == "later"


def test_a_note_is_written_when_the_project_closes(
    app: QApplication, project_path: Path, qtbot: QtBot
) -> None:
    session = Session(Project.open(project_path), "claire")
    session.open_article("a")
    panel = inspector_of(session)
    qtbot.addWidget(panel)
    made = label(session, "per", (0, 3))
    show(panel, session, made, qtbot)
    qtbot.keyClicks(panel.form.note, "last words")
    session.close()
    with Project.open(project_path) as project:
        assert annotations.annotation(project, made).note == "last words"


def test_words_being_typed_survive_a_change_from_elsewhere(
    panel: Inspector, alone: Session, qtbot: QtBot
) -> None:
    made = label(alone, "quote", (0, 3))
    show(panel, alone, made, qtbot)
    qtbot.keyClicks(panel.form.note, "half a")
    alone.do("Set", lambda deed: annotations.set_attribute(deed, made, "negated", True))
    qtbot.waitUntil(lambda: not panel._later.isActive())
    assert panel.form.note.toPlainText() == "half a"


def test_another_label_is_one_choice(panel: Inspector, alone: Session, qtbot: QtBot) -> None:
    made = label(alone, "per", (0, 3))
    show(panel, alone, made, qtbot)
    combo = panel.form.label
    combo.setCurrentIndex(combo.findData("org"))
    combo.activated.emit(combo.currentIndex())
    assert read(alone, made).label == "org"
    assert alone.project.undo_name() == "Relabel as ORG"


def test_attributes_are_pressed_ticked_and_taken_back(
    panel: Inspector, alone: Session, qtbot: QtBot
) -> None:
    made = label(alone, "quote", (0, 3))
    show(panel, alone, made, qtbot)
    qtbot.mouseClick(button(panel, "indirect"), LEFT)
    assert read(alone, made).attributes["type"] == "indirect"
    qtbot.waitUntil(lambda: button(panel, "indirect").isChecked())
    qtbot.mouseClick(button(panel, "indirect"), LEFT)
    assert "type" not in read(alone, made).attributes


def test_an_unknown_attribute_is_shown_and_can_be_corrected(
    panel: Inspector, alone: Session, qtbot: QtBot
) -> None:
    made = label(alone, "per", (0, 3))
    alone.do("Set", lambda deed: annotations.set_attribute(deed, made, "gender", "f"))
    show(panel, alone, made, qtbot)
    editors = panel.form._editors
    assert editors is not None
    line = editors._editors["gender"]._line  # type: ignore[attr-defined]
    assert line.text() == "f"
    line.selectAll()
    qtbot.keyClicks(line, "m")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert read(alone, made).attributes["gender"] == "m"


def test_fragments_lead_to_their_places(panel: Inspector, alone: Session, qtbot: QtBot) -> None:
    made = label(alone, "quote", (0, 3), (10, 14))
    show(panel, alone, made, qtbot)
    spy = QSignalSpy(panel.place_chosen)
    qtbot.mouseClick(panel.form._fragments.lines[1], LEFT)
    assert spy.at(0) == [10, 14]


def test_links_lead_to_the_other_end(panel: Inspector, alone: Session, qtbot: QtBot) -> None:
    speaker, quote = label(alone, "per", (0, 3)), label(alone, "quote", (10, 20))
    alone.do("Link", lambda deed: annotations.link(deed, "source", quote, speaker))
    show(panel, alone, quote, qtbot)
    qtbot.mouseClick(panel.form.frame.slots[0].lines[0], LEFT)
    assert alone.selected == speaker
    qtbot.waitUntil(lambda: panel.form.annotation_id == speaker)
    qtbot.mouseClick(panel.form._links.lines[0], LEFT)
    assert alone.selected == quote


def test_a_suggestion_says_why_and_is_accepted_or_rejected(
    panel: Inspector, alone: Session, qtbot: QtBot
) -> None:
    one = label(alone, "loc", (0, 3), state=AnnotationState.SUGGESTED)
    show(panel, alone, one, qtbot)
    assert "80%" in panel.form._reason.text()
    assert "a list of towns" in panel.form._reason.text()
    qtbot.mouseClick(panel.form.accept_button, LEFT)
    assert read(alone, one).state is AnnotationState.ACCEPTED
    two = label(alone, "org", (0, 3), state=AnnotationState.SUGGESTED)
    show(panel, alone, two, qtbot)
    qtbot.mouseClick(panel.form.reject_button, LEFT)
    assert read(alone, two).state is AnnotationState.REJECTED


def test_with_nothing_selected_the_annotations_are_listed_and_filtered(
    panel: Inspector, alone: Session, qtbot: QtBot
) -> None:
    label(alone, "per", (4, 11))
    made = label(alone, "loc", (30, 36))
    shown = panel.annotations
    qtbot.waitUntil(lambda: shown.model.rowCount() == 2)
    qtbot.keyClicks(shown.search, "therese")
    assert shown.model.rowCount() == 1
    shown.search.setText("loc")
    place = shown.view.visualRect(shown.model.index(0)).center()
    qtbot.mouseClick(shown.view.viewport(), LEFT, pos=place)
    assert alone.selected == made
    qtbot.waitUntil(panel.form.isVisible)
    qtbot.mouseClick(panel.form.back, LEFT)
    qtbot.waitUntil(shown.isVisible)


def test_a_list_still_of_the_article_before_selects_nothing(
    panel: Inspector, alone: Session, qtbot: QtBot
) -> None:
    label(alone, "per", (4, 11))
    shown = panel.annotations
    qtbot.waitUntil(lambda: shown.model.rowCount() == 1)
    alone.open_article("b")
    place = shown.view.visualRect(shown.model.index(0)).center()
    qtbot.mouseClick(shown.view.viewport(), LEFT, pos=place)
    assert alone.selected == ""
    qtbot.waitUntil(lambda: shown.model.rowCount() == 0)


def test_the_article_is_marked_from_the_summary(
    panel: Inspector, alone: Session, qtbot: QtBot
) -> None:
    qtbot.mouseClick(panel.summary.buttons[ArticleState.FLAGGED], LEFT)
    assert alone.article is not None
    assert alone.article.state is ArticleState.FLAGGED
    assert panel.summary.buttons[ArticleState.FLAGGED].isChecked()
    assert not panel.summary.buttons[ArticleState.TODO].isChecked()


def test_removing_the_selected_annotation_brings_the_list_back(
    panel: Inspector, alone: Session, qtbot: QtBot
) -> None:
    made = label(alone, "per", (0, 3))
    show(panel, alone, made, qtbot)
    alone.do("Remove", lambda deed: annotations.remove(deed, made))
    qtbot.waitUntil(panel.annotations.isVisible)


def test_a_word_without_end_leaves_the_panel_as_wide_as_it_was(
    panel: Inspector, alone: Session, qtbot: QtBot
) -> None:
    text = "Voir https://example.org/" + "x" * 5000
    with_text = [LabelledArticle(Article("long", text), [], [])]
    alone.do("Import", lambda deed: bulk.add_articles(deed, with_text, {}, bulk.Added()))
    alone.open_article("long")
    show(panel, alone, label(alone, "loc", (5, len(text))), qtbot)
    assert panel.form.label.geometry().right() < panel.form.viewport().width()


def test_everybody_who_suggests_the_same_has_a_line(
    panel: Inspector, alone: Session, qtbot: QtBot
) -> None:
    made = Annotation(
        "01",
        "a",
        "per",
        (Fragment(4, 20, "Thérèse Lauzière"),),
        annotator="claire",
        origin="names",
        state=AnnotationState.SUGGESTED,
        score=0.95,
        reason="PER 41 of 43",
        also=(Claim("model", 0.7, "surely"), Claim("a stranger")),
    )
    alone.announce(suggestions.write(alone.project, [Suggested("a", [made], ())]))
    show(panel, alone, "01", qtbot)
    assert panel.form._reason.text().splitlines() == [
        "Names · 95% · PER 41 of 43",
        "Model · 70% · surely",
        "a stranger",
    ]
