"""From one format to another without a project of one's own, and what an import would bring."""

import csv
import json
from pathlib import Path

from tests.cli.conftest import Run


def test_a_corpus_becomes_tables(run: Run, articles: Path, tmp_path: Path) -> None:
    said = run("convert", articles, tmp_path / "out", "--to", "csv")
    assert (said.code, said.out) == (0, "")
    with (tmp_path / "out" / "annotations.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 3


def test_what_cannot_be_held_is_said_and_strict_then_writes_nothing(
    run: Run, articles: Path, tmp_path: Path
) -> None:
    row = {"text": "Anne à Lille", "spans": [{"start": 0, "end": 4, "label": "PER", "note": "?"}]}
    articles.write_text(json.dumps(row), "utf-8")
    said = run("convert", articles, tmp_path / "out", "--to", "iob2", "--strict")
    assert said.code == 2
    assert "notes" in said.err
    assert not (tmp_path / "out").exists()
    assert run("convert", articles, tmp_path / "out", "--to", "iob2").code == 1
    assert "Anne\tB-PER" in (tmp_path / "out" / "entities.iob2").read_text("utf-8")


def test_nothing_to_convert_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    said = run("convert", tmp_path / "empty.txt", tmp_path / "out", "--to", "csv")
    assert said.code == 2
    assert "Nothing could be read" in said.err


def test_a_dry_run_says_what_would_come_in_and_writes_nothing(
    run: Run, empty: Path, articles: Path, tmp_path: Path
) -> None:
    before = empty.read_bytes()
    said = run("import", empty, articles, "--dry-run", "--report", tmp_path / "r.json")
    assert said.code == 0
    assert "articles.jsonl" in said.out
    assert "Would come in: articles 3, annotations 3." in said.err
    assert empty.read_bytes() == before
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert (report["articles"], report["files"][0]["format"]) == (3, "jsonl")


def test_a_dry_run_finds_the_same_and_the_nearly_same(
    run: Run, empty: Path, tmp_path: Path
) -> None:
    story = " ".join(f"mot{n}" for n in range(80))
    (tmp_path / "a.txt").write_text(f"Le vent\n\n{story}", "utf-8")
    run("import", empty, tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(f"La tempête\n\n{story} Et la suite.", "utf-8")
    said = run("import", empty, tmp_path / "a.txt", tmp_path / "b.txt", "--dry-run")
    assert "articles 1" in said.err
    assert "There already: 1. Nearly the same as another: 1." in said.err
    assert "the same as “Le vent”" in said.out
    assert "% like “Le vent”" in said.out


def test_a_dry_run_says_what_labels_become(run: Run, project: Path, articles: Path) -> None:
    said = run(
        "import", project, articles, "--dry-run", "--label", "PER=Personne", "--label", "LOC="
    )
    assert "becomes" in said.err or "a new label" in said.err
    wrong = run("import", project, articles, "--label", "PER")
    assert wrong.code == 2
    assert "NAME=VALUE" in wrong.err


def test_a_column_is_what_the_user_says(run: Run, empty: Path, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("machin,truc\nUn texte.,Le titre\n", "utf-8")
    assert run("import", empty, tmp_path / "t.csv").code == 2
    said = run(
        "import", empty, tmp_path / "t.csv", "--column", "machin=text", "--column", "truc=title"
    )
    assert said.code == 0


def test_a_dry_run_of_an_export_writes_nothing(run: Run, project: Path, tmp_path: Path) -> None:
    said = run("export", project, tmp_path / "out", "--as", "iob2", "--dry-run")
    assert "Would go out" in said.err
    assert not (tmp_path / "out").exists()


def test_a_split_goes_to_three_files(run: Run, project: Path, tmp_path: Path) -> None:
    said = run("export", project, tmp_path / "out", "--as", "jsonl", "--split", "34/33/33")
    assert said.code == 0
    names = {path.name for path in (tmp_path / "out").glob("*.jsonl")}
    assert names == {"train.jsonl", "dev.jsonl", "test.jsonl"}
    assert run("export", project, tmp_path / "x.jsonl", "--split", "80/20").code == 2


def test_formats_say_what_they_cannot_hold(run: Run) -> None:
    rows = {row["name"]: row for row in run("formats", "--json").json}
    assert rows["jsonl"]["cannot_hold"] == []
    assert "links" in rows["iob2"]["cannot_hold"]
    assert rows["txt"]["cannot_hold"] == []
