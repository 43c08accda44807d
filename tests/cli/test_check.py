"""`annotator check`: the file, the annotations, or both; for people and for programs."""

import json
import sqlite3
from pathlib import Path

import pytest

from annotator.core.corpus import LabelledArticle
from annotator.core.model import Article
from annotator.core.scheme import read_scheme
from annotator.resources import resource
from annotator.store import annotations, bulk, frames
from annotator.store.deed import Deed
from annotator.store.project import Project
from tests.cli.conftest import Run

NEWS = read_scheme(resource("schemes", "news.toml"))
SLOTS = {slot.name: slot for slot in NEWS.label("quote").slots}
CANAL = Article(
    "canal",
    "« On ira, assure Mme Roy. C’est dit. » Et Lyon, ici.",
    title="Le canal\nrouvre",
    language="fr",
)
LAKE = Article("lake", "“We won’t go, said Mr. Jones. It is late.” Lyon waits.", language="en")


def annotate(deed: Deed) -> None:
    for article, content, cue, source in (
        (CANAL, "« On ira, assure Mme Roy. C’est dit. »", "assure", "Mme Roy"),
        (LAKE, "“We won’t go, said Mr. Jones. It is late.”", "said", "Mr. Jones"),
    ):
        quote = annotations.add(
            deed, article, "quote", [_place(article, content)], attributes={"type": "direct"}
        )
        for slot, label, words in (("cue", "cue", cue), ("source", "per", source)):
            filling = NEWS.label(label)
            frames.fill_with(deed, article, quote, SLOTS[slot], filling, [_place(article, words)])
    annotations.add(deed, CANAL, "loc", [_place(CANAL, "Lyon,")])


def _place(article: Article, words: str) -> tuple[int, int]:
    start = article.text.index(words)
    return start, start + len(words)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Two articles, each with an incise left inside a quote; the first with a comma at an edge."""
    path = tmp_path / "faulty.annot"
    pages = [LabelledArticle(each, [], []) for each in (CANAL, LAKE)]
    with Project.create(path, NEWS) as project:
        project.do(
            "Import",
            lambda deed: bulk.add_articles(deed, pages, {}, bulk.Added()),
            annotator="Ada",
        )
        project.do("Annotate", annotate, annotator="Ada")
    return path


def shift(path: Path) -> None:
    """Move one fragment away from its words, as no program of ours does."""
    conn = sqlite3.connect(path)
    with conn:
        conn.execute(
            """
            update fragment set start = start + 1, "end" = "end" + 1
            where annotation_id = (select max(id) from annotation)
            """
        )
    conn.close()


def test_each_finding_says_where_and_what_to_do(run: Run, faulty: Path) -> None:
    said = run("check", faulty)
    assert said.code == 1
    assert said.out.splitlines() == [
        "Le canal rouvre: « On ira, assure Mme Roy. C’est dit. »: The incise “assure Mme Roy” "
        "stands inside the Quote. (Cut it out of the content: it says who speaks.)",
        "Le canal rouvre: Lyon,: A comma stands at the edge of this LOC. "
        "(Trim it; that belongs outside.)",
        "Untitled: “We won’t go, said Mr. Jones. It is late.”: The incise “said Mr. Jones” "
        "stands inside the Quote. (Cut it out of the content: it says who speaks.)",
    ]
    assert said.err == f"3 findings in {faulty}.\n"


def test_programs_get_the_same_as_json(run: Run, faulty: Path, tmp_path: Path) -> None:
    report = tmp_path / "findings.json"
    said = run("check", faulty, "--json", "--report", report)
    assert said.code == 1
    assert said.json == json.loads(report.read_text("utf-8"))
    assert (said.json["sound"], said.json["problems"]) == (True, [])
    incise, edge, english = said.json["findings"]
    assert (incise["kind"], edge["kind"]) == ("incise inside", "loose edge")
    assert (edge["article"], edge["start"], edge["end"]) == ("canal", 46, 47)
    assert edge["text"] == "Lyon,"
    assert edge["repairable"] is True
    assert english["article"] == "lake"
    assert {"annotation", "message", "remedy", "rank", "title"} <= incise.keys()


def test_a_report_holds_what_is_printed_for_people(run: Run, faulty: Path, tmp_path: Path) -> None:
    report = tmp_path / "findings.json"
    said = run("check", faulty, "--report", report)
    assert said.out.count("\n") == len(json.loads(report.read_text("utf-8"))["findings"]) == 3


def test_the_file_alone_is_sound(run: Run, faulty: Path) -> None:
    said = run("check", faulty, "--only", "file", "--json")
    assert said.code == 0
    assert said.json == {
        "project": str(faulty),
        "sound": True,
        "problems": [],
        "findings": [],
    }


def test_the_annotations_alone_say_nothing_of_the_file(run: Run, faulty: Path) -> None:
    shift(faulty)
    both = run("check", faulty, "--json").json
    assert both["sound"] is False
    assert len(both["problems"]) == 1
    alone = run("check", faulty, "--only", "annotations", "--json")
    assert alone.code == 1
    assert (alone.json["sound"], alone.json["problems"]) == (None, [])
    assert len(alone.json["findings"]) >= 2
    assert run("check", faulty).out.count("\n") == 1 + len(both["findings"])


def test_annotations_without_fault_exit_with_0(run: Run, project: Path) -> None:
    said = run("check", project, "--only", "annotations")
    assert (said.code, said.out) == (0, "")


def test_anything_else_is_refused(run: Run, project: Path) -> None:
    said = run("check", project, "--only", "quotes")
    assert (said.code, said.out) == (2, "")
    assert "--only" in said.err


def test_checking_changes_nothing(run: Run, faulty: Path) -> None:
    before = faulty.read_bytes()
    run("check", faulty)
    assert faulty.read_bytes() == before


def test_the_sample_is_without_fault(run: Run, empty: Path) -> None:
    sample = resource("sample", "sample.jsonl")
    assert run("import", empty, sample, "--annotator", "Ada").code == 0
    assert run("check", empty, "--only", "file").code == 0
    kinds = {each["kind"] for each in run("check", empty, "--json").json["findings"]}
    assert kinds <= {"labelled differently"}
