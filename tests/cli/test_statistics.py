"""`annotator stats`: where the work stands, for people, for programs, and as tables."""

import csv
import os
from pathlib import Path

import pytest

from annotator.store.project import Project
from tests import ledgers
from tests.cli.conftest import Run


@pytest.fixture
def spoken(tmp_path: Path) -> Path:
    return ledgers.make(tmp_path / "spoken.annot")


def test_the_page_is_readable_in_a_terminal(run: Run, spoken: Path) -> None:
    said = run("stats", spoken)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "Articles"
    assert any(line.split()[:1] == ["Quote"] for line in lines)
    assert "To finish" in lines
    assert any("Geneviève Bruneau" in line for line in lines)


def test_programs_get_it_as_json(run: Run, spoken: Path) -> None:
    found = run("stats", spoken, "--json").json
    assert set(found) == {
        *("articles", "annotations", "days", "pace", "to_finish"),
        *("active_seconds", "entities", "suggestions"),
    }
    with Project.open(spoken, read_only=True) as project:
        (accepted,) = project.conn.execute(
            "select count(*) from annotation where state = 'accepted'"
        ).fetchone()
        (count,) = project.conn.execute("select count(*) from article").fetchone()
    assert sum(found["annotations"].values()) == accepted
    assert sum(found["articles"].values()) == count


def test_one_annotator_one_label_some_days(run: Run, spoken: Path) -> None:
    assert set(run("stats", spoken, "--label", "quote", "--json").json["annotations"]) <= {"Quote"}
    assert run("stats", spoken, "--since", "2999-01-01", "--json").json["annotations"] == {}
    for words in (("--by", "nobody"), ("--label", "Nothing"), ("--since", "soon")):
        said = run("stats", spoken, *words)
        assert said.code == 2 and words[0] in said.err


def test_tables_are_written_into_a_folder(run: Run, spoken: Path, tmp_path: Path) -> None:
    said = run("stats", spoken, "--csv", tmp_path / "tables")
    assert (said.code, said.out) == (0, "")
    assert "8 tables written" in said.err
    with (tmp_path / "tables" / "labels.csv").open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = list(csv.reader(file))
    assert heads == ["label", "annotations"] and rows


def test_a_folder_that_takes_no_tables_is_a_sentence(
    run: Run, spoken: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    said = run("stats", spoken, "--csv", tmp_path / "file")
    assert said.code == 2 and "cannot be made" in said.err
    if os.geteuid():
        (tmp_path / "shut").mkdir(mode=0o500)
        assert "cannot be written" in run("stats", spoken, "--csv", tmp_path / "shut").err


def test_an_empty_project_has_a_page_too(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "empty.annot"
    assert run("new", path).code == 0
    said = run("stats", path)
    assert said.code == 0 and "no article is left to do" in said.out
