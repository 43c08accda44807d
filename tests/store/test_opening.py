"""Making, opening and refusing project files."""

import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.store import annotations, articles, backup, connection
from annotator.store.project import Damaged, Project
from annotator.store.schema import APPLICATION_ID
from tests.store.conftest import SMALL, TEXTS, label, put, surfaces


@pytest.fixture
def closed(path: Path) -> Path:
    """A project that somebody worked in and closed."""
    with Project.create(path, SMALL, annotator="Ada") as project:
        label(project, put(project, TEXTS[0])[0], "per", (25, 36))
    return path


@pytest.fixture
def locked_up(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "folder"
    folder.mkdir()
    yield folder
    folder.chmod(0o755)


def test_a_new_project_knows_its_scheme_and_annotator(path: Path) -> None:
    with Project.create(path, SMALL, annotator="Ada") as project:
        assert project.scheme == SMALL
        assert not project.is_read_only
        assert project.conn.execute("select name from annotator").fetchall() == [("Ada",)]
    with Project.open(path) as project:
        assert project.scheme == SMALL


def test_the_file_is_known_by_its_header(closed: Path) -> None:
    header = closed.read_bytes()[:72]
    assert header.startswith(b"SQLite format 3\0")
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID


def test_one_single_file_is_left_behind(closed: Path) -> None:
    with Project.open(closed) as project:
        put(project, "More.")
        assert len(list(closed.parent.iterdir())) > 1
    assert list(closed.parent.iterdir()) == [closed]


def test_reading_after_a_crash_leaves_a_single_file(path: Path, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with Project.create(path, SMALL) as project:
        put(project, "Lyon dort.")
        for file in path.parent.glob(f"{path.name}*"):
            shutil.copy(file, crashed)
    assert len(list(crashed.iterdir())) > 1
    with Project.open(crashed / path.name, read_only=True) as project:
        assert len(articles.ids(project)) == 1
    assert [file.name for file in crashed.iterdir()] == [path.name]


def test_what_was_done_is_there_another_day(closed: Path) -> None:
    with Project.open(closed) as project:
        assert surfaces(project) == ["Mme Bruneau"]


def test_a_file_that_exists_is_never_replaced(closed: Path) -> None:
    before = closed.read_bytes()
    with pytest.raises(UserError, match="exists already"):
        Project.create(closed, SMALL)
    assert closed.read_bytes() == before


def test_a_project_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        Project.create(tmp_path / "nowhere" / "a.annot", SMALL)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_refused(path: Path) -> None:
    with pytest.raises(UserError, match="no file"):
        Project.open(path)
    assert not path.exists()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        Project.open(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"\0" * 5000, b"SQLite format 3\0", b"SQLite format 3\0" + b"\xff" * 9000],
)
def test_what_is_no_project_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(UserError):
        Project.open(path)
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


def test_another_programs_database_is_refused_and_left_alone(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("create table t (a)")
    conn.close()
    before = path.read_bytes()
    with pytest.raises(UserError, match="not an Annotator project"):
        Project.open(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("spoiled", [0.2, 0.5, 0.9])
def test_a_damaged_project_is_refused_with_its_newest_backup(closed: Path, spoiled: float) -> None:
    copy = backup.keep_daily(closed)
    pages = bytearray(closed.read_bytes())
    at = int(len(pages) * spoiled) // 4096 * 4096
    pages[at : at + 8192] = b"\xff" * 8192
    closed.write_bytes(pages)
    with pytest.raises(Damaged, match="damaged") as refusal:
        Project.open(closed)
    assert refusal.value.backup == copy
    assert str(copy) in str(refusal.value)


def test_a_truncated_project_is_refused(closed: Path) -> None:
    closed.write_bytes(closed.read_bytes()[: closed.stat().st_size // 2])
    with pytest.raises(Damaged):
        Project.open(closed)


def test_a_surface_that_left_its_text_is_seen_on_opening(closed: Path) -> None:
    conn = sqlite3.connect(closed)
    conn.execute("update fragment set surface = 'Mme Brunot!'")
    conn.commit()
    conn.close()
    from annotator.store.checks import check

    with Project.open(closed) as project:
        (problem,) = check(project)
    assert "Mme Brunot!" in problem.message
    assert "Mme Bruneau" in problem.message


@pytest.mark.parametrize(
    "spoil",
    [
        "update label set name = cast(x'ff' as text) where id = 'per'",
        "update label set slots = '[{\"nom\": 1}]'",
    ],
)
def test_damage_met_while_working_is_told_as_damage(closed: Path, spoil: str) -> None:
    with sqlite3.connect(closed) as conn:
        conn.execute(spoil)
    conn.close()
    with pytest.raises(Damaged, match="damaged"), Project.open(closed) as project:
        assert project.scheme


def test_a_newer_project_is_refused(closed: Path) -> None:
    conn = sqlite3.connect(closed)
    conn.execute(
        "insert into _sqlite_migrations (migration_set, name, applied_at) values ('annotator', '9999', '')"
    )
    conn.commit()
    conn.close()
    before = closed.read_bytes()
    with pytest.raises(UserError, match="newer version"):
        Project.open(closed)
    assert closed.read_bytes() == before


def test_a_locked_project_is_refused(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(closed)
    other.execute("begin exclusive")
    with pytest.raises(UserError, match="in use"):
        Project.open(closed)
    other.rollback()
    other.close()
    with Project.open(closed) as project:
        assert surfaces(project) == ["Mme Bruneau"]


def test_a_project_locked_while_one_works_refuses_the_deed_and_goes_on(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    with Project.open(closed) as project:
        article = articles.article(project, articles.ids(project)[0])
        other = sqlite3.connect(closed, isolation_level=None)
        other.execute("begin immediate")
        with pytest.raises(UserError, match="in use"):
            label(project, article, "loc", (39, 44))
        other.rollback()
        other.close()
        label(project, article, "loc", (39, 44))
        assert surfaces(project) == ["Mme Bruneau", "Nîmes"]


def test_a_project_waits_for_others_as_long_as_it_was_told(closed: Path) -> None:
    with Project.open(closed) as project:
        project.wait_for_others(0.1)
        article = articles.article(project, articles.ids(project)[0])
        other = sqlite3.connect(closed, isolation_level=None)
        other.execute("begin immediate")
        start = time.monotonic()
        with pytest.raises(UserError, match="in use"):
            label(project, article, "loc", (39, 44))
        assert 0.1 <= time.monotonic() - start < 1
        other.close()


@pytest.mark.parametrize("what", ["file", "folder", "both", "asked"])
def test_a_read_only_project_opens_for_reading(locked_up: Path, closed: Path, what: str) -> None:
    path = locked_up / closed.name
    closed.rename(path)
    if what in ("file", "both"):
        path.chmod(0o444)
    if what in ("folder", "both"):
        locked_up.chmod(0o555)
    with Project.open(path, read_only=what == "asked") as project:
        assert project.is_read_only
        assert surfaces(project) == ["Mme Bruneau"]
        article = articles.article(project, articles.ids(project)[0])
        for deed in (
            lambda: label(project, article, "loc", (39, 44)),
            project.undo,
            project.redo,
        ):
            with pytest.raises(UserError, match="reading only"):
                deed()
    assert [each.name for each in locked_up.iterdir()] == [path.name]


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="needs a file one may not read"
)
def test_a_file_one_may_not_read_is_refused(closed: Path) -> None:
    closed.chmod(0)
    with pytest.raises(UserError):
        Project.open(closed)


def test_a_deed_that_fails_leaves_no_trace(closed: Path) -> None:
    with Project.open(closed) as project:
        article = articles.article(project, articles.ids(project)[0])

        def write(deed: object) -> None:
            annotations.add(deed, article, "loc", [(39, 44)])  # type: ignore[arg-type]
            raise ValueError("a fault of ours")

        before = list(project.conn.iterdump())
        with pytest.raises(ValueError, match="a fault of ours"):
            project.do("Half", write, annotator="Nobody")
        assert list(project.conn.iterdump()) == before
