"""`annotator search`: lines in a terminal, JSON for programs, CSV for tables."""

import csv
from pathlib import Path

import pytest

from tests import ledgers
from tests.cli.conftest import Run


@pytest.fixture
def spoken(tmp_path: Path) -> Path:
    return ledgers.make(tmp_path / "spoken.annot")


def test_words_stand_below_one_another_in_their_context(run: Run, spoken: Path) -> None:
    said = run("search", spoken, "bruneau", "--width", "20")
    assert said.code == 0
    lines = said.out.splitlines()
    assert len({line.index("[Bruneau]") for line in lines}) == 1
    assert f"{len(lines)} results in" in said.err


def test_annotations_come_with_their_label_and_whom_they_mean(run: Run, spoken: Path) -> None:
    [first, *_rest] = run("search", spoken, "entity:Bruneau label:PER", "--json").json["results"]
    assert (first["label"], first["entity"]) == ("PER", "Geneviève Bruneau")
    assert first["end"] - first["start"] == len(first["words"])


def test_results_are_sorted_limited_and_counted(run: Run, spoken: Path) -> None:
    every = run("search", spoken, "label:PER", "--json", "--sort", "words").json["results"]
    words = [each["words"] for each in every]
    assert words == sorted(words, key=str.casefold)
    assert len(run("search", spoken, "label:PER", "--json", "--limit", "2").json["results"]) == 2
    assert run("search", spoken, "label:PER", "--count").out == f"{len(every)}\n"
    assert run("search", spoken, "label:PER", "--count", "--json").json["results"] == len(every)


def test_tables_tell_how_often_and_what_stands_near(run: Run, spoken: Path) -> None:
    counted = run("search", spoken, "label:PER", "--frequencies", "entity", "--json").json
    queries = {each["value"]: each["query"] for each in counted}
    assert queries["Geneviève Bruneau"] == 'entity:"Geneviève Bruneau"'
    assert sum(each["results"] for each in counted) == int(
        run("search", spoken, "label:PER", "--count").out
    )
    assert (
        run("search", spoken, "label:PER", "--frequencies", "label").out.splitlines()[1][:3]
        == "PER"
    )
    heads = run("search", spoken, "bruneau", "--collocates", "--csv").out.splitlines()[0]
    assert heads == "word,count,expected,log_likelihood,log_dice"


def test_csv_is_a_table_of_the_lines(run: Run, spoken: Path) -> None:
    rows = list(csv.DictReader(run("search", spoken, "label:PER", "--csv").out.splitlines()))
    assert rows
    assert {row["label"] for row in rows} == {"PER"}


@pytest.mark.parametrize(
    ("query", "mark", "sentence"),
    [
        ("climat labl:PER", "         ^^^^", "“label” may be meant"),
        ("label:PERS", "  ^^^^^^^^^^", "no label “PERS”"),
    ],
)
def test_a_mistake_is_shown_where_it_stands(
    run: Run, spoken: Path, query: str, mark: str, sentence: str
) -> None:
    said = run("search", spoken, query)
    assert said.code == 2
    shown, marked, told = said.err.splitlines()
    assert shown == f"  {query}"
    assert marked == mark
    assert sentence in told


def test_a_query_may_begin_by_excluding(run: Run, spoken: Path) -> None:
    assert run("search", spoken, "-zebra", "--count").code == 0
    assert run("search", spoken, "--count", "--", "-hello").code == 0


def test_what_excludes_one_another_is_refused(run: Run, spoken: Path) -> None:
    assert run("search", spoken, "a", "--count", "--collocates").code == 2
