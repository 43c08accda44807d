"""Changing the labels of a project while working with it, and the details of an article."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.core.scheme import read_scheme
from annotator.gui.article_details import ArticleDetails
from annotator.gui.scheme_editor import SchemeEditor
from annotator.gui.session import Session
from annotator.gui.theme import load_theme
from annotator.resources import resource
from annotator.store import annotations, articles, precedents

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def editor(alone: Session, qtbot: QtBot) -> SchemeEditor:
    found = SchemeEditor(alone, load_theme("light"), "loc")
    qtbot.addWidget(found)
    found.show()
    qtbot.waitExposed(found)
    return found


def write(qtbot: QtBot, line: object, text: str) -> None:
    line.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def order(session: Session) -> list[str]:
    return [label.id for label in session.scheme.labels]


def test_renaming_keeps_every_annotation(
    editor: SchemeEditor, alone: Session, qtbot: QtBot
) -> None:
    alone.open_article("a")
    article = alone.article
    assert article is not None
    made = alone.do("Label", lambda deed: annotations.add(deed, article, "loc", [(0, 3)]))
    write(qtbot, editor.form.name, "Place")
    assert alone.scheme.label("loc").name == "Place"
    assert alone.project.undo_name() == "Rename label LOC to Place"
    assert made is not None
    found = alone.annotation(made)
    assert found is not None
    assert found.label == "loc"
    alone.undo()
    assert editor.form.name.text() == "LOC"


def test_a_taken_key_or_name_is_refused_in_a_line(
    editor: SchemeEditor, alone: Session, qtbot: QtBot
) -> None:
    write(qtbot, editor.form.key, "p")
    assert "PER" in editor.line.text()
    assert alone.scheme.label("loc").key == "l"
    write(qtbot, editor.form.key, "g")
    assert alone.scheme.label("loc").key == "g"
    write(qtbot, editor.form.name, "per")
    assert "per" in editor.line.text()
    write(qtbot, editor.form.name, " ")
    assert editor.line.text() == "A label needs a name."
    assert alone.scheme.label("loc").name == "LOC"


def test_a_colour_is_one_click(editor: SchemeEditor, alone: Session, qtbot: QtBot) -> None:
    qtbot.mouseClick(editor.form._swatches["pink"], LEFT)
    assert alone.scheme.label("loc").colour == "pink"
    assert editor.form._swatches["pink"].isChecked()
    assert not editor.form._swatches["green"].isChecked()


def test_a_label_is_added_retired_and_restored(
    editor: SchemeEditor, alone: Session, qtbot: QtBot
) -> None:
    qtbot.mouseClick(editor.add, LEFT)
    write(qtbot, editor.form.name, "Party")
    label = alone.scheme.by_name("Party")
    assert label is not None
    qtbot.mouseClick(editor.retire, LEFT)
    assert alone.scheme.label(label.id).retired
    qtbot.mouseClick(editor.retire, LEFT)
    assert not alone.scheme.label(label.id).retired


def test_a_restored_label_gives_way_where_its_key_was_taken(
    editor: SchemeEditor, alone: Session, qtbot: QtBot
) -> None:
    qtbot.mouseClick(editor.retire, LEFT)
    editor.choose("per")
    write(qtbot, editor.form.key, "l")
    editor.choose("loc")
    qtbot.mouseClick(editor.retire, LEFT)
    assert not alone.scheme.label("loc").retired
    assert alone.scheme.label("loc").key == ""


def test_labels_are_moved_by_key(editor: SchemeEditor, alone: Session, qtbot: QtBot) -> None:
    qtbot.keyClick(editor.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert order(alone)[:3] == ["per", "loc", "org"]
    assert editor.list.current_id() == "loc"
    qtbot.keyClick(editor.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert order(alone)[:3] == ["per", "org", "loc"]


def test_attributes_and_slots_are_added_and_removed(
    editor: SchemeEditor, alone: Session, qtbot: QtBot
) -> None:
    attributes, slots = editor.form.attributes, editor.form.slots
    qtbot.mouseClick(attributes.add, LEFT)
    row = attributes.rows[0]
    write(qtbot, row.name, "kind")
    write(qtbot, row.values, "town, river")  # type: ignore[union-attr]
    (attribute,) = alone.scheme.label("loc").attributes
    assert (attribute.name, attribute.values) == ("kind", ("town", "river"))
    qtbot.mouseClick(slots.add, LEFT)
    write(qtbot, slots.rows[0].name, "inside")
    assert [slot.name for slot in alone.scheme.label("loc").slots] == ["inside"]
    qtbot.mouseClick(attributes.rows[0].remove, LEFT)
    assert alone.scheme.label("loc").attributes == ()


def test_a_template_adds_what_is_missing_as_one_deed(editor: SchemeEditor, alone: Session) -> None:
    before = alone.scheme
    editor.load_scheme(resource("schemes", "ontonotes18.toml"))
    assert len(alone.scheme.labels) > len(before.labels)
    assert alone.scheme.label("loc") == before.label("loc")
    alone.undo()
    assert alone.scheme == before


def test_decisions_of_a_scheme_file_find_our_labels_by_name(
    editor: SchemeEditor, alone: Session, tmp_path: Path
) -> None:
    path = tmp_path / "theirs.toml"
    path.write_text(
        "[[labels]]\nid='place'\nname='LOC'\n[[precedents]]\nwords='Lyon'\nlabel='place'\n", "utf-8"
    )
    editor.load_scheme(path)
    (decided,) = precedents.every(alone.project)
    assert (decided.words, decided.label) == ("Lyon", "loc")


def test_the_scheme_is_saved_as_a_file(
    editor: SchemeEditor, alone: Session, tmp_path: Path
) -> None:
    editor.save_scheme(tmp_path / "mine.toml")
    assert read_scheme(tmp_path / "mine.toml") == alone.scheme
    editor.save_scheme(tmp_path / "no" / "mine.toml")
    assert "cannot be written" in editor.line.text()


def test_what_was_typed_counts_when_the_window_closes(
    editor: SchemeEditor, alone: Session, qtbot: QtBot
) -> None:
    editor.form.description.clear()
    qtbot.keyClicks(editor.form.description, "A place")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert alone.scheme.label("loc").description == "A place"


def test_details_of_an_article_are_one_deed(alone: Session, qtbot: QtBot) -> None:
    alone.do("Meta", lambda deed: articles.set_metadata(deed, "a", {}, {"pages": 3, "part": "x"}))
    details = ArticleDetails(alone, load_theme("light"), "a")
    qtbot.addWidget(details)
    details.show()
    details.fields["author"].setText("Anne Le Goff")
    item = details.table.item(1, 1)
    assert item is not None
    item.setText("y")
    qtbot.mouseClick(details.save, LEFT)
    article = articles.article(alone.project, "a")
    assert article.author == "Anne Le Goff"
    assert article.meta == {"pages": 3, "part": "y"}
    assert alone.project.undo_name() == "Edit article details"
    alone.undo()
    assert articles.article(alone.project, "a").author == ""
