"""Bringing files in through the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from annotator.gui.import_dialog import ImportDialog
from annotator.gui.session import Session
from annotator.gui.theme import load_theme
from annotator.store import articles

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "in"
    found.mkdir()
    (found / "one.txt").write_text("Un texte de Nantes.", "utf-8")
    (found / "two.jsonl").write_text('{"text": "Deux", "spans": [[0, 4, "PER"]]}\nnope\n', "utf-8")
    return found


def dialog(session: Session, qtbot: QtBot, *paths: Path) -> ImportDialog:
    found = ImportDialog(session, load_theme("light"), paths)
    qtbot.addWidget(found)
    found.show()
    qtbot.waitExposed(found)
    return found


def test_a_folder_comes_in_and_the_report_names_each_problem(
    alone: Session, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    window = dialog(alone, qtbot, folder)
    with qtbot.waitSignal(alone.changed):
        qtbot.mouseClick(window.pages.start, LEFT)
    qtbot.waitUntil(window.pages.report.isVisible)
    assert len(articles.ids(alone.project)) == 5
    assert window.pages.report.headline.text().startswith("2 articles, 1 annotation came in.")
    assert "Ctrl+Z" in window.pages.report.headline.text()
    problems = window.pages.report.sections[0]
    assert problems.heading.text() == "Problems (1)"
    assert "two.jsonl:2" in problems.lines.toPlainText()
    qtbot.mouseClick(window.pages.report.copy, LEFT)
    assert "two.jsonl:2" in QGuiApplication.clipboard().text()
    window.pages.report.save(tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text("utf-8") == window.pages.report.text()
    alone.undo()
    assert len(articles.ids(alone.project)) == 3


def test_the_same_files_again_add_nothing_and_say_so(
    alone: Session, qtbot: QtBot, folder: Path
) -> None:
    for added in ("2 articles, 1 annotation came in.", "Nothing came in."):
        window = dialog(alone, qtbot, folder)
        qtbot.mouseClick(window.pages.start, LEFT)
        qtbot.waitUntil(window.pages.report.isVisible)
        assert window.pages.report.headline.text().startswith(added)
    assert "2 were there already" in window.pages.report.headline.text()


def test_all_or_nothing_brings_nothing_when_a_line_is_malformed(
    alone: Session, qtbot: QtBot, folder: Path
) -> None:
    window = dialog(alone, qtbot, folder)
    window.strict.click()
    qtbot.mouseClick(window.pages.start, LEFT)
    qtbot.waitUntil(window.pages.report.isVisible)
    assert len(articles.ids(alone.project)) == 3


def test_a_missing_file_is_told_in_a_line(alone: Session, qtbot: QtBot, tmp_path: Path) -> None:
    window = dialog(alone, qtbot, tmp_path / "gone.txt")
    window.begin()
    qtbot.waitUntil(lambda: not window.pages.is_running)
    assert "gone.txt" in window.pages.line.text()


def test_escape_gives_the_import_up(alone: Session, qtbot: QtBot, tmp_path: Path) -> None:
    big = tmp_path / "big.jsonl"
    big.write_text("".join(f'{{"text": "text number {n}"}}\n' for n in range(30000)), "utf-8")
    window = dialog(alone, qtbot, big)
    window.begin()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.pages.is_running, timeout=20000)
    assert "cancelled" in window.pages.line.text()
    assert len(articles.ids(alone.project)) == 3


def test_files_are_taken_off_the_list(alone: Session, qtbot: QtBot, folder: Path) -> None:
    window = dialog(alone, qtbot, folder, folder / "one.txt", folder)
    assert window.list.count() == 2
    window.list.selectAll()
    qtbot.mouseClick(window.remove, LEFT)
    assert window.list.count() == 0
    assert not window.pages.start.isEnabled()


def test_each_kind_of_finding_has_a_list_that_folds(
    alone: Session, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    (folder / "twin.txt").write_text("Un texte de Nantes.", "utf-8")
    lines = "".join("nope\n" for number in range(100))
    (folder / "bad.jsonl").write_text('{"text": "Trois"}\n' + lines, "utf-8")
    window = dialog(alone, qtbot, folder)
    qtbot.mouseClick(window.pages.start, LEFT)
    report = window.pages.report
    qtbot.waitUntil(report.isVisible)
    problems, duplicates = report.sections
    assert problems.heading.text() == "Problems (101)"
    assert duplicates.heading.text() == "Left out: the text is there already (1)"
    assert not problems.lines.isVisible()  # long, and another list has to be seen
    assert duplicates.lines.isVisible()
    problems.heading.setFocus()
    qtbot.keyClick(problems.heading, Qt.Key.Key_Space)
    assert problems.lines.isVisible()
    qtbot.mouseClick(duplicates.heading, LEFT)
    assert not duplicates.lines.isVisible()
    report.save(tmp_path / "report.txt")
    kept = (tmp_path / "report.txt").read_text("utf-8")
    assert "bad.jsonl:101" in kept
    assert "twin.txt" in kept


def test_closing_amid_an_import_gives_it_up(alone: Session, qtbot: QtBot, tmp_path: Path) -> None:
    big = tmp_path / "big.jsonl"
    big.write_text("".join(f'{{"text": "text number {n}"}}\n' for n in range(30000)), "utf-8")
    window = dialog(alone, qtbot, big)
    window.begin()
    window.close()
    assert not window.isVisible()
    assert len(articles.ids(alone.project)) == 3


def test_enter_imports_and_enter_closes_the_report(
    alone: Session, qtbot: QtBot, folder: Path
) -> None:
    window = dialog(alone, qtbot, folder)
    qtbot.keyClick(window.list, Qt.Key.Key_Return)
    qtbot.waitUntil(window.pages.report.isVisible)
    qtbot.keyClick(window.pages.shut, Qt.Key.Key_Return)
    assert not window.isVisible()


def looked(window: ImportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.preview.is_looking)


def test_what_would_come_in_is_shown_before_it_does(
    alone: Session, qtbot: QtBot, folder: Path
) -> None:
    window = dialog(alone, qtbot, folder)
    looked(window, qtbot)
    assert window.preview.line.text() == ("2 new articles, 1 annotation. Recognised as txt, jsonl.")
    assert window.preview.tabs.tabText(0) == "Articles (2)"
    assert "two.jsonl:2" in window.preview.problems.toPlainText()
    assert len(articles.ids(alone.project)) == 3
    window.preview.articles.selectRow(1)
    assert window.preview.text.toPlainText() == "Deux"


def test_what_is_there_already_or_nearly_is_marked(
    alone: Session, qtbot: QtBot, folder: Path
) -> None:
    story = " ".join(f"mot{n}" for n in range(60))
    (folder / "a.txt").write_text(f"La une\n\n{story}", "utf-8")
    (folder / "b.txt").write_text(f"Autre titre\n\n{story} Suite et fin.", "utf-8")
    window = dialog(alone, qtbot, folder / "a.txt", folder / "b.txt")
    looked(window, qtbot)
    assert "1 is nearly the same as another." in window.preview.line.text()
    assert not window.preview.articles.isColumnHidden(1)


def test_a_label_of_the_files_is_given_to_one_of_the_project_by_mouse(
    alone: Session, qtbot: QtBot, folder: Path
) -> None:
    (folder / "two.jsonl").write_text('{"text": "Deux", "spans": [[0, 4, "PERS"]]}\n', "utf-8")
    window = dialog(alone, qtbot, folder / "two.jsonl")
    looked(window, qtbot)
    box = window.preview.labels.box("PERS")
    assert box.currentText() == "a new label “PERS”"
    window.preview.tabs.setCurrentIndex(1)
    box.setCurrentIndex(box.findData("PER"))
    box.activated.emit(box.currentIndex())
    looked(window, qtbot)
    assert window.preview.labels.box("PERS").currentText() == "PER"
    qtbot.mouseClick(window.pages.start, LEFT)
    qtbot.waitUntil(window.pages.report.isVisible)
    assert "New label" not in window.pages.report.headline.text()
    again = dialog(alone, qtbot, folder / "two.jsonl")
    looked(again, qtbot)
    assert again.preview.labels.box("PERS").currentText() == "PER"


def test_the_encoding_can_be_switched(alone: Session, qtbot: QtBot, folder: Path) -> None:
    (folder / "old.txt").write_bytes("L’été à Nîmes".encode("mac_roman"))
    window = dialog(alone, qtbot, folder / "old.txt")
    looked(window, qtbot)
    window.encoding.setCurrentIndex(window.encoding.findData("mac_roman"))
    window.encoding.activated.emit(window.encoding.currentIndex())
    looked(window, qtbot)
    assert window.preview.text.toPlainText() == "L’été à Nîmes"


def test_a_column_is_told_to_be_the_text(alone: Session, qtbot: QtBot, folder: Path) -> None:
    (folder / "t.csv").write_text("machin,truc\nUn texte de Nantes.,Le titre\n", "utf-8")
    window = dialog(alone, qtbot, folder / "t.csv")
    looked(window, qtbot)
    assert "No column is known for a text" in window.preview.problems.toPlainText()
    for name, field in (("machin", "text"), ("truc", "title")):
        box = window.preview.columns.box(name)
        box.setCurrentIndex(box.findData(field))
        box.activated.emit(box.currentIndex())
        looked(window, qtbot)
    assert window.preview.line.text().startswith("1 new article.")
    qtbot.mouseClick(window.pages.start, LEFT)
    qtbot.waitUntil(window.pages.report.isVisible)
    titles = [row.title for row in articles.rows(alone.project, articles.ids(alone.project))]
    assert "Le titre" in titles
