"""`annotator info`, `check`, `history` and `formats`."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_info_counts_everything(run: Run, project: Path) -> None:
    said = run("info", project, "--json")
    assert (said.code, said.err) == (0, "")
    info = said.json
    counts = {
        name: info[name] for name in ("articles", "annotations", "links", "entities", "annotators")
    }
    assert counts == {"articles": 3, "annotations": 3, "links": 0, "entities": 0, "annotators": 1}
    assert info["states"] == {"todo": 3, "in_progress": 0, "done": 0, "flagged": 0}
    assert info["annotation_states"] == {"accepted": 3, "suggested": 0, "rejected": 0}
    assert (info["labels"]["LOC"], info["labels"]["PER"]) == (2, 1)


def test_info_for_people_has_the_same_counts(run: Run, project: Path) -> None:
    said = run("info", project)
    assert said.code == 0
    assert ["articles", "3"] in [line.split() for line in said.out.splitlines()]


def test_info_changes_nothing(run: Run, project: Path) -> None:
    before = project.read_bytes()
    run("info", project)
    assert project.read_bytes() == before


def test_a_sound_project_has_no_findings(run: Run, project: Path) -> None:
    said = run("check", project, "--json")
    assert said.code == 0
    assert said.json == {
        "project": str(project),
        "sound": True,
        "problems": [],
        "findings": [],
    }


def test_a_surface_that_left_its_text_is_found(run: Run, project: Path, tmp_path: Path) -> None:
    _shift_a_fragment(project)
    said = run("check", project, "--json", "--report", tmp_path / "findings.json")
    assert said.code == 1
    assert len(said.json["problems"]) == 1
    assert said.json == json.loads((tmp_path / "findings.json").read_text("utf-8"))
    plain = run("check", project)
    assert plain.code == 1
    assert plain.out.count("\n") == 1


def test_history_is_newest_first(run: Run, project: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.txt"
    more.write_text("One more.", "utf-8")
    assert run("import", project, more, "--annotator", "Zoë").code == 0
    ops = run("history", project, "--json").json
    assert [op["annotator"] for op in ops] == ["Zoë", "Ada"]
    assert ops[0]["seq"] > ops[1]["seq"]
    assert run("history", project, "--json", "--limit", "1").json == ops[:1]
    assert run("history", project).out.count("\n") == 2


def test_formats_tell_what_is_read_and_written(run: Run) -> None:
    said = run("formats", "--json")
    assert said.code == 0
    by_name = {format["name"]: format for format in said.json}
    assert {"jsonl", "csv", "iob2"} <= {
        name for name, format in by_name.items() if format["writes"]
    }
    assert run("formats").out.count("\n") == len(by_name)


@pytest.mark.parametrize("command", ["info", "check", "history"])
@pytest.mark.parametrize("content", [None, b"", b"hello", b"SQLite format 3\0" + bytes(2000)])
def test_what_is_no_project_is_refused_in_one_line(
    run: Run, tmp_path: Path, command: str, content: bytes | None
) -> None:
    path = tmp_path / "not.annot"
    if content is not None:
        path.write_bytes(content)
    for options in ([], ["--json"]) if command != "formats" else ([],):
        said = run(command, path, *options)
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("annotator: ")
        assert said.err.count("\n") == 1


def test_a_damaged_project_is_refused(run: Run, project: Path) -> None:
    pages = bytearray(project.read_bytes())
    pages[4096:] = b"\xff" * (len(pages) - 4096)
    project.write_bytes(pages)
    said = run("check", project)
    assert said.code == 2
    assert said.err.count("\n") == 1


def _shift_a_fragment(project: Path) -> None:
    conn = sqlite3.connect(project)
    with conn:
        conn.execute(
            """
            update fragment set start = start + 1, "end" = "end" + 1
            where annotation_id = (select min(id) from annotation)
            """
        )
    conn.close()
