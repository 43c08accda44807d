"""Closing, whenever it comes: in the middle of an import, twice, from outside; a backup is kept."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui import asides, projects
from annotator.gui.import_dialog import ImportDialog
from annotator.gui.session import Session
from annotator.gui.window import MainWindow
from annotator.store import articles, backup
from annotator.store.project import Project
from tests.gui.conftest import Trigger


def files_beside(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.glob(f"{path.name}*"))


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder with enough articles to keep an import busy."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.txt").write_text(f"Article {number}.\n\n" + "De Laval à Lyon. " * 300)
    return folder


@pytest.mark.parametrize("progress", ["begun", "finished but not heard"])
def test_the_window_closes_amid_an_import(
    working: MainWindow, project_path: Path, many: Path, qtbot: QtBot, progress: str
) -> None:
    asides.import_paths(working, [many])
    dialog = working.findChild(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    dialog.begin()
    if progress != "begun":
        task = dialog.pages._task
        assert task is not None
        task._thread.wait()
    working.close()
    assert working.session is None
    assert files_beside(project_path) == ["corpus.annot"]
    QTest.qWait(50)  # what the import still sent is delivered, and nobody asks a closed project
    with Project.open(project_path) as project:
        assert len(articles.ids(project)) == (3 if progress == "begun" else 403)


def test_a_closed_session_does_nothing_more(alone: Session) -> None:
    alone.open_article("a")
    alone.close()
    alone.close()
    alone.look_around()
    alone.undo()
    alone.open_article("b")
    assert alone.do("Nothing", lambda deed: 1) is None
    assert alone.annotation("x") is None


def test_closing_twice_is_closing_once(working: MainWindow, project_path: Path) -> None:
    working.close_project()
    working.close_project()
    working.close()
    assert files_beside(project_path) == ["corpus.annot"]


def test_a_check_gives_way_to_closing(working: MainWindow, trigger: Trigger, qtbot: QtBot) -> None:
    trigger("project.check")
    working.close()
    QTest.qWait(20)
    assert working.session is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_program_properly(
    project_path: Path, tmp_path: Path, number: signal.Signals, qtbot: QtBot
) -> None:
    command = [sys.executable, "-m", "annotator", str(project_path)]
    root = Path(__file__).parent.parent.parent
    with subprocess.Popen(command, env=os.environ, cwd=root, stderr=subprocess.PIPE) as process:
        preferences = Path(os.environ["XDG_CONFIG_HOME"]) / "annotator" / "preferences.json"
        try:
            qtbot.waitUntil(preferences.exists, timeout=15_000)
            process.send_signal(number)
            assert process.wait(2) == 0
        finally:
            process.kill()
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
    assert files_beside(project_path) == ["corpus.annot"]


def test_a_project_that_was_worked_on_is_backed_up(
    working: MainWindow, project_path: Path, trigger: Trigger
) -> None:
    trigger("article.flag")
    trigger("project.close")
    copy = backup.newest(project_path)
    assert copy is not None
    assert copy.is_relative_to(os.environ["XDG_DATA_HOME"])
    content = bytearray(project_path.read_bytes())
    content[4096:] = b"\x55" * (len(content) - 4096)
    project_path.write_bytes(content)
    working.open_project(project_path)
    working.message_bar.action.click()
    assert working.session is not None
    assert working.session.project.undo_name()


def test_a_project_that_was_only_read_is_not_copied(
    working: MainWindow, project_path: Path, trigger: Trigger
) -> None:
    trigger("article.next")
    trigger("project.close")
    assert backup.newest(project_path) is None


def test_a_backup_that_cannot_be_made_disturbs_nobody(
    working: MainWindow, project_path: Path, trigger: Trigger
) -> None:
    Path(os.environ["XDG_DATA_HOME"]).parent.mkdir(parents=True, exist_ok=True)
    Path(os.environ["XDG_DATA_HOME"]).write_text("in the way")
    trigger("article.flag")
    trigger("project.close")
    assert working.session is None
    projects.keep_backup(project_path.with_name("gone.annot"))
