"""`annotator export`."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import ARTICLES, Run


def test_native_lines_hold_the_exact_surface(run: Run, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    said = run("export", project, out)
    assert (said.code, said.out) == (0, "")
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [row["text"] for row in rows] == [article["text"] for article in ARTICLES]
    for row in rows:
        for annotation in row["annotations"]:
            ((start, end),) = annotation["fragments"]
            assert row["text"][start:end] == annotation["text"]


@pytest.mark.parametrize("name", ["jsonl", "csv", "iob2"])
def test_each_format_fills_a_folder(run: Run, project: Path, tmp_path: Path, name: str) -> None:
    said = run("export", project, tmp_path / name, "--as", name)
    assert said.code == 0, said.err
    assert any(path.stat().st_size for path in (tmp_path / name).iterdir())


def test_an_export_comes_back_as_it_went(run: Run, project: Path, tmp_path: Path) -> None:
    first, second, again = tmp_path / "1.jsonl", tmp_path / "2.jsonl", tmp_path / "again.annot"
    assert run("export", project, first).code == 0
    assert run("new", again).code == 0
    assert run("import", again, first, "--annotator", "Somebody Else").code == 0
    assert run("export", again, second).code == 0
    assert first.read_bytes() == second.read_bytes()


def test_only_articles_that_are_done(run: Run, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert run("export", project, out, "--articles", "done").code == 0
    assert not [line for line in out.read_text("utf-8").splitlines() if "text" in json.loads(line)]


def test_the_report_has_a_digest_of_each_file(run: Run, project: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert run("export", project, tmp_path / "out", "--report", report).code == 0
    told = json.loads(report.read_text("utf-8"))
    assert told["written"] == 3
    assert told["files"]


@pytest.mark.parametrize("states", ["", "accepted,maybe", "all"])
def test_states_that_do_not_exist_are_refused(
    run: Run, project: Path, tmp_path: Path, states: str
) -> None:
    said = run("export", project, tmp_path / "out", "--states", states)
    assert said.code == 2
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_is_refused(run: Run, project: Path, tmp_path: Path) -> None:
    said = run("export", project, tmp_path / "out", "--as", "txt")
    assert said.code == 2
    assert "iob2" in said.err


def test_a_folder_that_is_a_file_is_refused(run: Run, project: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", "utf-8")
    said = run("export", project, tmp_path / "out", "--as", "csv")
    assert said.code == 2
    assert (tmp_path / "out").read_text("utf-8") == "mine"


def test_a_file_name_cannot_hold_several_tables(run: Run, project: Path, tmp_path: Path) -> None:
    said = run("export", project, tmp_path / "out.csv")
    assert said.code == 2
    assert "--as csv" in said.err
    assert not (tmp_path / "out.csv").exists()


def test_what_a_format_cannot_hold_is_said_and_ends_with_1(
    run: Run, project: Path, tmp_path: Path
) -> None:
    within = tmp_path / "within.jsonl"
    row = {"text": "Rue du Général Leclerc.", "spans": [[16, 18, "PER"]]}
    within.write_text(json.dumps(row), "utf-8")
    assert run("import", project, within).code == 0
    said = run("export", project, tmp_path / "columns", "--as", "iob2")
    assert said.code == 1
    assert said.err
    assert any((tmp_path / "columns").iterdir())
