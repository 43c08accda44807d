"""Taking the corpus out through the window, and hearing first what a format cannot hold."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
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
    qtbot.waitUntil(lambda: not found.is_planning)
    return found


def choose(window: ExportDialog, name: str, qtbot: QtBot) -> None:
    window.format.setCurrentIndex(window.format.findData(name))
    window.format.activated.emit(window.format.currentIndex())
    qtbot.waitUntil(lambda: not window.is_planning)


def test_the_native_format_promises_to_hold_everything(window: ExportDialog) -> None:
    assert "2 annotations" in window.plan_line.text()
    assert "all of it exactly" in window.plan_line.text()
    assert not window.losses.isVisible()


def test_what_columns_cannot_hold_is_listed_before_anything_is_written(
    window: ExportDialog, alone: Session, qtbot: QtBot
) -> None:
    choose(window, "iob2", qtbot)
    rows = [window.losses.topLevelItem(n) for n in range(window.losses.topLevelItemCount())]
    assert any(row is not None and row.text(2) == "Quote" for row in rows)
    assert not list(alone.project.path.parent.glob("corpus-iob2*"))


def test_an_export_is_written_read_again_and_reported(
    window: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    window.out.setText(str(out))
    qtbot.mouseClick(window.start, LEFT)
    qtbot.waitUntil(window.report.isVisible)
    assert "2 exactly" in window.report.headline.text()
    assert "no differences" in window.report.headline.text()
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
    qtbot.mouseClick(window.start, LEFT)
    qtbot.waitUntil(lambda: bool(window.line.text()))
    assert "taken" in window.line.text()
    qtbot.waitUntil(lambda: not window.is_planning)


def test_escape_closes(window: ExportDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
