"""Taking the corpus out through the window, and hearing first what a format cannot hold."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from annotator.gui.export_dialog import ExportDialog
from annotator.gui.session import Session
from annotator.gui.theme import load_theme
from annotator.store import annotations

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(alone: Session, qtbot: QtBot) -> ExportDialog:
    alone.open_article("a")
    article = alone.article
    assert article is not None
    alone.do("Label", lambda deed: annotations.add(deed, article, "per", [(0, 3)]))
    alone.do("Label", lambda deed: annotations.add(deed, article, "quote", [(4, 8), (10, 14)]))
    found = ExportDialog(alone, load_theme("light"))
    qtbot.addWidget(found)
    found.show()
    qtbot.waitExposed(found)
    qtbot.waitUntil(lambda: not found.plan.is_looking)
    return found


def choose(window: ExportDialog, name: str, qtbot: QtBot) -> None:
    window.format.setCurrentIndex(window.format.findData(name))
    window.format.activated.emit(window.format.currentIndex())
    qtbot.waitUntil(lambda: not window.plan.is_looking)


def rows(window: ExportDialog) -> list[QTreeWidgetItem]:
    return children(window.plan.losses.invisibleRootItem())


def children(row: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = [row.child(n) for n in range(row.childCount())]
    return [child for child in found if child is not None]


def test_the_native_format_promises_to_hold_everything(window: ExportDialog) -> None:
    assert "2 annotations" in window.plan.line.text()
    assert "all of it exactly" in window.plan.line.text()
    assert not window.plan.losses.isVisible()


def test_what_columns_cannot_hold_is_listed_before_anything_is_written(
    window: ExportDialog, alone: Session, qtbot: QtBot
) -> None:
    choose(window, "iob2", qtbot)
    assert any(each.text(2) == "Quote" for each in rows(window))
    assert not list(alone.project.path.parent.glob("corpus-iob2*"))


def test_an_export_is_written_read_again_and_reported(
    window: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    window.out.setText(str(out))
    qtbot.mouseClick(window.pages.start, LEFT)
    qtbot.waitUntil(window.pages.report.isVisible)
    assert "2 exactly" in window.pages.report.headline.text()
    assert "no differences" in window.pages.report.headline.text()
    assert (out / "corpus.jsonl").exists()
    assert window.open_folder.isVisible()


def test_the_folder_proposed_follows_the_format_until_it_is_chosen(
    window: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(window, "csv", qtbot)
    assert Path(window.out.text()).name == "corpus-csv"
    window.out.setText(str(tmp_path / "mine"))
    choose(window, "iob2", qtbot)
    assert window.out.text() == str(tmp_path / "mine")


def test_a_refusal_is_told_in_a_line(window: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    choose(window, "iob2", qtbot)
    (tmp_path / "taken").write_text("a file", "utf-8")
    window.out.setText(str(tmp_path / "taken"))
    qtbot.mouseClick(window.pages.start, LEFT)
    qtbot.waitUntil(lambda: bool(window.pages.line.text()))
    assert "taken" in window.pages.line.text()
    qtbot.waitUntil(lambda: not window.plan.is_looking)


def test_escape_closes(window: ExportDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_a_row_of_losses_leads_to_its_first_place(
    window: ExportDialog, alone: Session, qtbot: QtBot
) -> None:
    choose(window, "iob2", qtbot)
    alone.open_article("c")
    losses = window.plan.losses
    losses.setCurrentItem(rows(window)[0])
    qtbot.keyClick(losses, Qt.Key.Key_Return)
    assert window.pages.is_choosing  # Enter on a row is not Enter on the button
    assert window.isVisible()
    assert alone.article is not None and alone.article.id == "a"
    selected = alone.annotation(alone.selected)
    assert selected is not None
    assert selected.start == 4
    alone.open_article("b")
    place = losses.visualItemRect(rows(window)[0]).center()
    qtbot.mouseClick(losses.viewport(), LEFT, pos=place)
    assert alone.article.id == "b"  # a click alone only marks the row
    qtbot.mouseDClick(losses.viewport(), LEFT, pos=place)
    assert alone.selected == selected.id


def test_a_row_unfolds_into_places_to_click(
    window: ExportDialog, alone: Session, qtbot: QtBot
) -> None:
    alone.open_article("b")
    article = alone.article
    assert article is not None
    alone.do("Label", lambda deed: annotations.add(deed, article, "quote", [(0, 2), (3, 4)]))
    alone.do("Label", lambda deed: annotations.add(deed, article, "quote", [(5, 7), (8, 9)]))
    choose(window, "iob2", qtbot)
    alone.open_article("")
    losses = window.plan.losses
    losses.setCurrentItem(rows(window)[0])
    qtbot.keyClick(losses, Qt.Key.Key_Right)
    assert rows(window)[0].text(0) == "3"
    places = children(rows(window)[0])
    assert [place.text(0) for place in places] == [
        "“Thér” in Article a, 4–8",
        "“La” in Article b, 0–2",
        "“ll” in Article b, 5–7",
    ]
    qtbot.mouseClick(losses.viewport(), LEFT, pos=losses.visualItemRect(places[2]).center())
    selected = alone.annotation(alone.selected)
    assert selected is not None
    assert (selected.article, selected.start) == ("b", 5)


def test_a_lost_link_leads_to_the_annotation_it_leaves(
    window: ExportDialog, alone: Session, qtbot: QtBot
) -> None:
    person, quote = (each.id for each in annotations.of_article(alone.project, "a"))
    alone.do("Link", lambda deed: annotations.link(deed, "says", person, quote))
    choose(window, "iob2", qtbot)
    link = next(each for each in rows(window) if "links" in each.text(3))
    window.plan.losses.itemActivated.emit(link, 0)
    assert alone.selected == person


def test_a_place_that_is_gone_is_not_gone_to(
    window: ExportDialog, alone: Session, qtbot: QtBot
) -> None:
    choose(window, "iob2", qtbot)
    known = rows(window)[0]
    quote = annotations.of_article(alone.project, "a")[1].id
    with qtbot.waitSignal(alone.changed):
        alone.do("Remove", lambda deed: annotations.remove(deed, quote))
    window.plan.losses.itemActivated.emit(known, 0)
    assert alone.selected == ""
    qtbot.waitUntil(lambda: not window.plan.is_looking)
    assert "all of it exactly" in window.plan.line.text()


def test_a_file_name_with_the_ending_of_the_format_is_taken(
    window: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    assert ".jsonl" in window.out.toolTip()
    window.out.setText(str(tmp_path / "mine.jsonl"))
    qtbot.mouseClick(window.pages.start, LEFT)
    qtbot.waitUntil(window.pages.report.isVisible)
    assert (tmp_path / "mine.jsonl").is_file()
    assert (tmp_path / "mine.report.txt").is_file()
    choose(window, "csv", qtbot)
    assert "ends in" not in window.out.toolTip()


def test_closing_amid_an_export_closes(window: ExportDialog, tmp_path: Path) -> None:
    window.out.setText(str(tmp_path / "out"))
    window.begin()
    window.close()
    assert not window.isVisible()
    assert not window.pages.is_running


def test_a_split_is_chosen_shown_and_remembered(
    window: ExportDialog, alone: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    window.choices.split.setCurrentText("34/33/33")
    qtbot.waitUntil(lambda: not window.plan.is_looking)
    assert "Divided into train 1, dev 1, test 1." in window.plan.line.text()
    window.out.setText(str(tmp_path / "out"))
    qtbot.mouseClick(window.pages.start, LEFT)
    qtbot.waitUntil(window.pages.report.isVisible)
    assert (tmp_path / "out" / "dev.jsonl").exists()
    window.close()
    assert "test" in alone.project.setting("split 34/33/33 0")


def test_what_is_no_split_is_told_and_cannot_be_exported(
    window: ExportDialog, qtbot: QtBot
) -> None:
    window.choices.split.setCurrentText("80 percent")
    assert "no split" in window.pages.line.text()
    assert not window.pages.start.isEnabled()
    window.choices.split.setCurrentIndex(0)
    assert window.pages.start.isEnabled()


def test_the_article_at_hand_is_shown_as_it_will_stand_in_the_files(
    window: ExportDialog, qtbot: QtBot
) -> None:
    choose(window, "iob2", qtbot)
    assert "── entities.iob2 ──" in window.plan.text.toPlainText()
    assert "\tB-PER" in window.plan.text.toPlainText()


def test_edges_and_overlaps_are_asked_for_formats_of_words_alone(
    window: ExportDialog, qtbot: QtBot
) -> None:
    assert not window.choices.align.isVisible()
    assert window.choices.text.isVisible()
    choose(window, "iob2", qtbot)
    assert window.choices.align.isVisible()
    assert not window.choices.text.isVisible()
    window.choices.align.setCurrentIndex(window.choices.align.findData("drop"))
    assert window.options.how.align == "drop"
