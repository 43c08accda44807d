"""`annotator train` and `annotator queue`: figures on stdout, sentences on stderr, the file untouched."""

import json
from pathlib import Path

import pytest

from annotator.assist import model_files
from tests.assist.newsroom_project import newsroom
from tests.assist.pipelines import rules
from tests.cli.conftest import Run


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return newsroom(tmp_path_factory.mktemp("press") / "press.annot", 24, 20)


def test_figures_by_label_and_the_curve_are_printed(run: Run, press: Path) -> None:
    before = press.read_bytes()
    said = run("train", press, "--curve")
    assert said.code == 0
    heads = said.out.splitlines()[0].split()
    assert heads == ["label", "precision", "recall", "F1", "wanted", "proposed", "right"]
    assert {line.split()[0] for line in said.out.splitlines()[1:5]} == {"PER", "ORG", "LOC", "all"}
    assert said.out.splitlines()[6].split() == ["articles", "F1"]
    assert [line.split()[0] for line in said.out.splitlines()[7:]] == ["10", "16"]
    assert "Learnt from 20 articles" in said.err and "judged on 20 articles." in said.err
    assert press.read_bytes() == before


def test_figures_come_as_json(run: Run, press: Path) -> None:
    said = run("train", press, "--json")
    table = json.loads(said.out)
    assert table["done"] == 20
    assert table["names"] == {"per": "PER", "org": "ORG", "loc": "LOC"}
    assert set(table["evaluation"]["micro"]) == {
        "wanted", "proposed", "right", "precision", "recall", "f1",
    }  # fmt: skip
    assert table["digest"] == next(model_files.folder(press).glob("*.model")).stem


def test_what_would_teach_most_comes_first(run: Run, press: Path) -> None:
    run("train", press)
    rows = json.loads(run("queue", press, "--json").out)
    assert sorted(row["article"] for row in rows) == ["n20", "n21", "n22", "n23"]
    doubts = [row["doubt"] for row in rows]
    assert doubts == sorted(doubts, reverse=True)
    said = run("queue", press, "--limit", "2")
    assert said.code == 0
    assert said.out.splitlines()[0].split() == ["doubt", "article", "title"]
    assert [line.split()[1] for line in said.out.splitlines()[1:]] == [
        row["article"] for row in rows[:2]
    ]


def test_too_little_to_learn_from_is_refused_in_a_sentence(run: Run, tmp_path: Path) -> None:
    path = newsroom(tmp_path / "small.annot", 4, 3, sentences=4)
    said = run("train", path)
    assert (said.code, said.out) == (2, "")
    assert said.err == "annotator: 20 done articles are needed; 3 are done.\n"
    assert run("train", path, "--least", "3").code == 0


def test_a_queue_without_a_model_is_refused(run: Run, tmp_path: Path) -> None:
    path = newsroom(tmp_path / "small.annot", 2, 0, sentences=3)
    said = run("queue", path)
    assert said.code == 2
    assert said.err.startswith("annotator: There is no model yet")


def test_the_command_line_chooses_a_pipeline(run: Run, tmp_path: Path) -> None:
    ruler = rules(tmp_path / "ruler")
    project = newsroom(tmp_path / "press.annot", 1, 0, sentences=2)
    said = run("spacy", project, "--pipeline", ruler, "--label", "MISC=FUNC", "--label", "WHEN=")
    assert said.code == 0
    assert dict(line.split(maxsplit=1) for line in said.out.splitlines() if " " in line.strip()) == {
        "spaCy": "label", "GPE": "LOC", "MISC": "FUNC", "ORG": "ORG", "PERSON": "PER",
    }  # fmt: skip
    assert json.loads(run("spacy", project, "--json").out)["labels"]["WHEN"] == ""
    refused = run("spacy", project, "--label", "MISC=NOSUCH")
    assert refused.code == 2 and "NAME=LABEL" in refused.err
    refused = run("spacy", project, "--pipeline", "fr_core_nowhere")
    assert refused.code == 2 and "spacy download fr_core_nowhere" in refused.err
    assert "No pipeline of spaCy is used." in run("spacy", project, "--pipeline", "none").err


def test_a_base_that_is_not_there_is_refused(run: Run, tmp_path: Path) -> None:
    path = newsroom(tmp_path / "press.annot", 3, 3, sentences=3)
    said = run("train", path, "--spacy", "fr_core_nowhere", "--least", "2")
    assert said.code == 2
    assert "spaCy cannot begin with “fr_core_nowhere”" in said.err
