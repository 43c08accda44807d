"""`annotator ledger`: who speaks, for people, for programs, and as a table."""

import csv
from pathlib import Path

import pytest

from annotator.language import use_language
from tests import ledgers
from tests.cli.conftest import Run


@pytest.fixture
def spoken(tmp_path: Path) -> Path:
    return ledgers.make(tmp_path / "spoken.annot")


def test_speakers_come_with_what_they_say(run: Run, spoken: Path) -> None:
    said = run("ledger", spoken)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].split()[:3] == ["speaker", "quotes", "words"]
    assert lines[1].split()[:4] == ["Geneviève", "Bruneau", "3", "8"]
    assert "assure (1)" in lines[1]
    assert len(lines) == 6
    assert "8 quotes, 22 words; 1 without speaker, 1 without cue." in said.err


@pytest.mark.parametrize(("language", "share"), [("en", "33.3%"), ("fr", "33,3\u202f%")])
def test_shares_are_written_as_the_language_writes_numbers(
    run: Run, spoken: Path, language: str, share: str
) -> None:
    use_language(language)
    assert f"  {share}  " in run("ledger", spoken).out.splitlines()[1]


def test_programs_get_the_same_as_json(run: Run, spoken: Path) -> None:
    found = run("ledger", spoken, "--json").json
    assert (found["quotes"], found["words"]) == (8, 22)
    assert len(found["without_speaker"]) == len(found["without_cue"]) == 1
    bruneau = found["speakers"][0]
    assert (bruneau["name"], bruneau["gender"], bruneau["kind"]) == (
        "Geneviève Bruneau",
        "female",
        "person",
    )
    assert (bruneau["first"]["article"], bruneau["last"]["article"]) == ("vote", "walk")
    assert {share["name"] for share in found["by_gender"]} >= {"female", "unknown"}


def test_one_article_and_suggestions(run: Run, spoken: Path) -> None:
    walk = ("ledger", spoken, "--article", "walk", "--json")
    assert run(*walk).json["quotes"] == 2
    assert run(*walk, "--states", "accepted,suggested").json["quotes"] == 3


def test_a_table_is_written_and_told_of(run: Run, spoken: Path, tmp_path: Path) -> None:
    out = tmp_path / "quotes.csv"
    said = run("ledger", spoken, out)
    assert (said.code, said.out) == (0, "")
    assert said.err == f"8 quotes written to {out}.\n"
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 8
    assert run("ledger", spoken, out, "--json").json["quotes"] == 8


def test_a_corpus_in_which_nobody_speaks(run: Run, project: Path, tmp_path: Path) -> None:
    said = run("ledger", project)
    assert (said.code, said.out) == (0, "")
    assert said.err.startswith("0 quotes")
    assert run("ledger", project, tmp_path / "none.csv").code == 0
    assert (tmp_path / "none.csv").read_text("utf-8-sig").startswith("article,")


@pytest.mark.parametrize(
    "options", [("--article", "nowhere"), ("--states", "liked"), ("--states", ",")]
)
def test_what_is_not_there_is_refused(run: Run, spoken: Path, options: tuple[str, ...]) -> None:
    said = run("ledger", spoken, *options)
    assert (said.code, said.out) == (2, "")
    assert options[0] in said.err


def test_a_table_in_no_folder_is_refused_in_one_line(
    run: Run, spoken: Path, tmp_path: Path
) -> None:
    said = run("ledger", spoken, tmp_path / "missing" / "quotes.csv")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("annotator: ")
    assert said.err.count("\n") == 1


def test_the_ledger_changes_nothing(run: Run, spoken: Path) -> None:
    before = spoken.read_bytes()
    run("ledger", spoken)
    assert spoken.read_bytes() == before
