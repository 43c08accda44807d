"""`annotator suggest`: from the command line, again and again."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.core.corpus import LabelledArticle
from annotator.core.model import Article
from annotator.core.scheme import read_scheme
from annotator.resources import resource
from annotator.store import bulk
from annotator.store.project import Project
from tests.cli.conftest import Run

PONT = "« Le pont, assure Mme Lafond, tiendra l’hiver. » Luc Roy promet de le réparer dès demain."


@pytest.fixture
def quoted(tmp_path: Path) -> Path:
    path = tmp_path / "quoted.annot"
    texts = {
        "pont": PONT,
        "hold": "“The bridge will hold,” said Jane Roy.",
        "none": "Nothing was built that year.",
    }
    with Project.create(path, read_scheme(resource("schemes", "news.toml"))) as made:
        articles = [LabelledArticle(Article(id_, text), [], []) for id_, text in texts.items()]
        made.do(
            "Import",
            lambda deed: bulk.add_articles(deed, articles, {}, bulk.Added()),
            annotator="Ada",
        )
    return path


def test_what_was_found_is_told(run: Run, quoted: Path) -> None:
    said = run("suggest", quoted)
    assert (said.code, said.out) == (0, "")
    assert "Looked at 3 articles: 3 suggestions wait, 0 accepted.\n" in said.err
    assert said.err.endswith("quotes 3, names 0\n"), "names that are parts of quotes wait with them"
    assert "no label for dates" in said.err
    again = run("suggest", quoted, "--only", "quotes")
    assert "3 suggestions wait, 0 accepted.\nquotes 3\n" in again.err


def test_suggestions_are_exported_when_asked_for(run: Run, quoted: Path, tmp_path: Path) -> None:
    run("suggest", quoted, "--only", "quotes")
    plain, with_suggested = tmp_path / "plain.jsonl", tmp_path / "all.jsonl"
    assert run("export", quoted, plain).code == 0
    said = run("export", quoted, with_suggested, "--states", "accepted,suggested")
    assert said.code == 0

    assert rows_of(plain, "pont")["annotations"] == []
    pont = rows_of(with_suggested, "pont")
    by_id = {each["id"]: each for each in pont["annotations"]}
    quotes = [each for each in by_id.values() if each["label"] == "Quote"]
    assert [part[:2] for part in quotes[0]["fragments"]] == [[0, 9], [30, 48]]
    assert {(link["type"], by_id[link["to"]]["label"]) for link in pont["links"]} == {
        ("source", "Source"),
        ("cue", "Cue"),
    }


def rows_of(file: Path, article: str) -> dict[str, Any]:
    rows = map(json.loads, file.read_text("utf-8").splitlines())
    return next(each for each in rows if each.get("id") == article)


def test_sure_ones_are_accepted_at_once(run: Run, quoted: Path) -> None:
    walk = ("suggest", quoted, "--only", "quotes", "--accept", "0.9")
    said = run(*walk, "--annotator", "Ben")
    assert "1 suggestion waits, 2 accepted.\n" in said.err
    assert "1 suggestion waits, 0 accepted.\n" in run(*walk).err
    assert "Accept suggestions from 90%" in run("history", quoted).out


def test_some_articles_only(run: Run, quoted: Path) -> None:
    assert "Looked at 1 article:" in run("suggest", quoted, "--articles", "hold").err
    assert "Looked at 2 articles:" in run("suggest", quoted, "--articles", "hold,none").err
    assert "Looked at 2 articles:" in run("suggest", quoted, "--articles", "hold", "pont").err


def test_programs_get_every_quote_with_its_speakers(run: Run, quoted: Path) -> None:
    found = run("suggest", quoted, "--articles", "pont", "--language", "fr", "--json").json
    assert [each["article"] for each in found] == ["pont"] * 4
    assert [each["text"] for each in found if each.get("suggester") == "names"] == [
        "Mme Lafond",
        "Luc Roy",
    ]
    assert found[0]["cue"] == [[11, 17]]
    assert found[0]["speakers"][0]["reason"] == "subject of “assure”"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--articles", "nowhere"), "no article nowhere"),
        (("--only", "people"), "“people” is not one of quotes"),
        (("--accept", "2"), "0<=x<=1"),
        (("--language", "de"), "fr"),
    ],
)
def test_a_mistake_is_named(run: Run, quoted: Path, words: tuple[str, ...], told: str) -> None:
    said = run("suggest", quoted, *words)
    assert said.code != 0
    assert told in said.err


def test_a_scheme_without_quotes(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "people.annot"
    assert run("new", path, "--scheme", "conll4").code == 0
    said = run("suggest", path, "--only", "quotes")
    assert said.code == 2
    assert "no label “Quote” with slots" in said.err
    assert run("suggest", path).code == 0, "names can be suggested there"
