"""A project from an older version: copied first, brought up to date, whole afterwards."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from annotator.core.errors import UserError
from annotator.store import articles, backup
from annotator.store.checks import check
from annotator.store.project import Project
from annotator.store.schema import migrations, triggers_kept
from tests.store.conftest import SMALL, TEXTS, label, put, surfaces


@pytest.fixture
def older(path: Path) -> Path:
    """A project made before the version that this test pretends to be."""
    with Project.create(path, SMALL) as project:
        label(project, put(project, TEXTS[0])[0], "per", (25, 36))
    return path


@pytest.fixture
def rating(older: Path) -> Iterator[None]:
    """A migration of tomorrow: it rebuilds the table of articles, as `transform` does."""

    @migrations(name="9999_rating")
    def add_rating(db: Database) -> None:
        with triggers_kept(db, "article"):
            db["article"].transform(defaults={"source": "unknown"})
            db["article"].add_column("rating", int)

    yield
    migrations.steps[:] = [each for each in migrations.steps if each.name != "9999_rating"]


def backups(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*.backup"))


@pytest.mark.usefixtures("rating")
def test_an_older_project_opens_with_everything(older: Path) -> None:
    with Project.open(older) as project:
        assert surfaces(project) == ["Mme Bruneau"]
        assert check(project) == []
        assert project.conn.execute("select rating from article").fetchall() == [(None,)]
        project.undo()
        assert surfaces(project) == []


@pytest.mark.usefixtures("rating")
def test_a_backup_is_kept_before_the_tables_change(older: Path) -> None:
    Project.open(older).close()
    (copy,) = backups(older)
    assert "9999_rating" in copy.name
    assert "rating" not in Database(copy)["article"].columns_dict
    assert Database(copy)["annotation"].count == 1
    assert backup.newest(older) == copy
    Project.open(older).close()
    assert backups(older) == [copy]


@pytest.mark.usefixtures("rating")
def test_triggers_survive_a_transform(older: Path) -> None:
    before = {trigger.name for trigger in Database(older)["article"].triggers}
    with Project.open(older) as project:
        assert {trigger.name for trigger in Database(project.conn)["article"].triggers} == before
        (article,) = put(project, "Une dépêche de Zanzibar.")
        assert articles.ids(project, query="zanzibar") == [article.id]
        assert len(articles.ids(project, query="ecologie")) == 1


@pytest.mark.usefixtures("rating")
def test_an_older_project_that_is_read_only_says_what_to_do(older: Path) -> None:
    older.chmod(0o444)
    with pytest.raises(UserError, match="older version"):
        Project.open(older, read_only=True)
    assert backups(older) == []


@pytest.mark.usefixtures("rating")
def test_a_command_that_only_reads_brings_an_older_project_up_to_date(older: Path) -> None:
    with Project.open(older, read_only=True) as project:
        assert project.is_read_only
        assert project.conn.execute("select rating from article").fetchall() == [(None,)]
    assert len(backups(older)) == 1
    assert [each for each in older.parent.iterdir() if each.suffix != ".backup"] == [older]


def test_a_migration_that_fails_changes_nothing(older: Path) -> None:
    @migrations(name="9999_broken")
    def broken(db: Database) -> None:
        db.conn.execute("create table half (a)")
        raise ZeroDivisionError

    try:
        with pytest.raises(ZeroDivisionError):
            Project.open(older)
    finally:
        migrations.steps.pop()
    assert len(backups(older)) == 1
    with Project.open(older) as project:
        assert surfaces(project) == ["Mme Bruneau"]
        assert not Database(project.conn)["half"].exists()


def test_one_copy_a_day_is_kept_and_not_for_ever(older: Path) -> None:
    copy = backup.keep_daily(older)
    for day in range(1, 10):
        (copy.parent / f"2001-01-0{day}.annot").write_bytes(b"old")
    with Project.open(older) as project:
        project.set_setting("afternoon", "more work")
    assert backup.keep_daily(older) == copy
    assert copy.read_bytes() == older.read_bytes()
    assert len(list(copy.parent.iterdir())) == backup.KEPT
    assert backup.newest(older) == copy


RELEASES = sorted((Path(__file__).parent / "releases").glob("*.sqlite"))


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_a_project_of_every_release_opens_and_its_history_goes_on(
    release: Path, path: Path
) -> None:
    shutil.copy(release, path)
    with Project.open(path) as project:
        assert check(project) == []
        assert surfaces(project) == ["«Le pont tiendra … Nous l’avons mesuré.»", "assure"]
        (quote,) = Database(project.conn)["quotes"].rows
        assert (quote["cue"], quote["settled"]) == ("assure", "")
        project.redo()
        assert "Mme Bruneau" in surfaces(project)
        while project.undo():
            pass
        assert surfaces(project) == []
    assert len(backups(path)) == 1
