"""`annotator import`."""

import getpass
import json
from pathlib import Path

import platformdirs
import pytest

from tests.cli.conftest import Run


def test_articles_come_in_with_their_annotations(run: Run, empty: Path, articles: Path) -> None:
    said = run("import", empty, articles)
    assert (said.code, said.out) == (0, "")
    assert "3 articles" in said.err
    info = run("info", empty, "--json").json
    assert (info["articles"], info["annotations"]) == (3, 3)


def test_importing_twice_adds_nothing_and_says_so(run: Run, project: Path, articles: Path) -> None:
    said = run("import", project, articles)
    assert said.code == 0
    assert "3 articles were there already" in said.err
    assert run("info", project, "--json").json["articles"] == 3


def test_annotations_of_a_text_that_is_there_already_go_to_it(
    run: Run, project: Path, articles: Path
) -> None:
    rows = [json.loads(line) for line in articles.read_text("utf-8").splitlines()]
    for row in rows:
        row["spans"] = [[0, 2, "NEW"]]
    articles.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    said = run("import", project, articles)
    assert said.code == 0
    assert "1 annotation went to it." in said.err
    assert run("info", project, "--json").json["annotations"] == 6


def test_an_import_is_one_deed(run: Run, project: Path) -> None:
    assert len(run("history", project, "--json").json) == 1


def test_a_malformed_line_is_named_and_the_rest_comes_in(
    run: Run, empty: Path, articles: Path
) -> None:
    articles.write_text(articles.read_text("utf-8") + "{not json\n", "utf-8")
    said = run("import", empty, articles)
    assert said.code == 1
    assert "articles.jsonl:4" in said.err
    assert run("info", empty, "--json").json["articles"] == 3


def test_strict_brings_in_nothing_of_a_malformed_file(
    run: Run, empty: Path, articles: Path
) -> None:
    articles.write_text(articles.read_text("utf-8") + "{not json\n", "utf-8")
    said = run("import", empty, articles, "--strict")
    assert said.code == 2
    assert "articles.jsonl:4" in said.err
    assert run("info", empty, "--json").json["articles"] == 0


def test_the_report_counts_what_came_in(
    run: Run, empty: Path, articles: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    assert run("import", empty, articles, "--report", report).code == 0
    told = json.loads(report.read_text("utf-8"))
    assert (told["articles"], told["annotations"], told["problems"]) == (3, 3, [])


def test_a_report_that_cannot_be_written_stops_the_import_before_it_begins(
    run: Run, empty: Path, articles: Path, tmp_path: Path
) -> None:
    said = run("import", empty, articles, "--report", tmp_path / "nowhere" / "report.json")
    assert said.code == 2
    assert run("info", empty, "--json").json["articles"] == 0


def test_annotations_are_by_who_is_named(run: Run, project: Path) -> None:
    assert run("info", project, "--json").json["by_annotator"] == {"Ada": 3}


def test_annotations_are_by_who_is_logged_in(run: Run, empty: Path, articles: Path) -> None:
    run("import", empty, articles)
    assert run("info", empty, "--json").json["by_annotator"] == {getpass.getuser(): 3}


def test_annotations_are_by_who_works_in_the_window(run: Run, empty: Path, articles: Path) -> None:
    preferences = (
        Path(platformdirs.user_config_dir("annotator", appauthor=False)) / "preferences.json"
    )
    preferences.parent.mkdir(parents=True)
    preferences.write_text('{"annotator": "Éloïse"}', "utf-8")
    run("import", empty, articles)
    assert run("info", empty, "--json").json["by_annotator"] == {"Éloïse": 3}


@pytest.mark.parametrize("missing", ["project", "paths"])
def test_what_is_not_there_is_refused_in_one_line(
    run: Run, empty: Path, articles: Path, tmp_path: Path, missing: str
) -> None:
    nowhere = tmp_path / "nowhere"
    said = (
        run("import", nowhere, articles) if missing == "project" else run("import", empty, nowhere)
    )
    assert said.code == 2
    assert "nowhere" in said.err


def test_an_unknown_format_lists_those_there_are(run: Run, empty: Path, articles: Path) -> None:
    said = run("import", empty, articles, "--as", "wordperfect")
    assert said.code == 2
    assert "jsonl" in said.err


def test_something_that_is_no_project_is_refused(run: Run, articles: Path) -> None:
    said = run("import", articles, articles)
    assert said.code == 2
    assert said.err.count("\n") == 1


def test_a_message_is_one_line_whatever_it_quotes(run: Run, empty: Path, articles: Path) -> None:
    row = {"text": "Anne", "spans": [{"start": 0, "end": 2, "label": "A\nB", "text": "Roy"}]}
    articles.write_text(json.dumps(row), "utf-8")
    said = run("import", empty, articles)
    assert said.code == 1
    assert said.err.splitlines()[0].startswith("articles.jsonl:1: Span [0, 2, A B]: ")
