"""spaCy's JSON lines: `Example.from_dict` takes each line as it is and finds exactly our spans."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from annotator.core.corpus import Found, LabelledArticle
from annotator.core.formats import BY_DEFAULT, Overlap, Writing
from annotator.core.model import Article, Link
from annotator.formats.spacy.json_lines import SpacyLinesWriter, formats, read, recognises
from tests.formats.marked import (
    NAMES,
    TEXT,
    any_folder,
    article_of,
    articles,
    at,
    corpus,
    problems,
    proved,
    reasons,
    remarks,
    rich,
    shapes,
    spans,
)


def exported(folder: Path, labelled: LabelledArticle, how: Writing = BY_DEFAULT) -> Any:
    """Export an article and return what was lost and its line."""
    told = proved(SpacyLinesWriter, corpus(labelled), folder, how, name="out.jsonl")
    return told, json.loads((folder / "out.jsonl").read_bytes())


def lines(folder: Path, *rows: Any) -> list[Found]:
    (folder / "x.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return list(read(folder / "x.jsonl"))


def nested() -> LabelledArticle:
    person = at("la préfète de l'Écologie Anne N'Guyen")
    rows = [
        spans(TEXT, "p", "per", person),
        spans(TEXT, "o", "org", at("Écologie")),
        spans(TEXT, "x", "per", (at("Anne")[0], at("Brest")[1])),
        spans(TEXT, "l", "loc", at("Brest")),
        spans(TEXT, "m", "loc", at("Brest")),
    ]
    article = Article("a", TEXT, title="La mer", meta={"page": 3})
    return LabelledArticle(article, [s for row in rows for s in row], [Link("k", "cue", "p", "l")])


@pytest.mark.parametrize(
    ("overlap", "entities", "groups"),
    [
        ("layers", ["PER", "LOC"], {"sc": ["ORG", "PER"]}),
        ("outermost", ["PER", "LOC"], {}),
        ("innermost", ["ORG", "LOC"], {}),
        ("per-label", [], {"PER": ["PER", "PER"], "ORG": ["ORG"], "LOC": ["LOC"]}),
    ],
)
def test_entities_do_not_overlap_and_the_rest_meets_the_chosen_fate(
    tmp_path: Path, overlap: Overlap, entities: list[str], groups: dict[str, list[str]]
) -> None:
    told, line = exported(tmp_path, nested(), Writing(overlap=overlap))
    assert [label for _start, _end, label in line["entities"]] == entities
    assert {key: [row[2] for row in rows] for key, rows in line.get("spans", {}).items()} == groups
    assert (line["text"], line["meta"]) == (TEXT, {"title": "La mer", "page": 3})
    left = {(loss.id, loss.outcome) for loss in told}
    assert left >= {("m", "left out"), ("k", "left out")}
    assert len(left) == 2 + (overlap == "outermost") * 2 + (overlap == "innermost") * 2


def test_blanks_at_edges_are_trimmed_and_told(tmp_path: Path) -> None:
    text = "«\u00a0Oui\u202f! » \n dit-il"
    rows = [spans(text, "q", "quote", (1, 7)), spans(text, "b", "per", (9, 12), note="x")]
    labelled = LabelledArticle(Article("a", text), [s for row in rows for s in row], [])
    told, line = exported(tmp_path, labelled)
    assert line["entities"] == [[2, 7, "Quote"]]
    assert reasons(told) == {
        ("annotation", "changed", "Blanks at its edges were trimmed."),
        ("annotation", "left out", "There is nothing in it but blanks."),
        ("note", "left out", "The format has no place for notes."),
    }


@pytest.fixture(scope="module")
def blank() -> Any:
    return pytest.importorskip("spacy").blank("fr")


def test_spacy_finds_exactly_our_spans(tmp_path: Path, blank: Any) -> None:
    from spacy.training import Example

    article = rich()
    whole = [s for s in article.spans if s.annotation not in ("x1", "q2", "p2")]
    _told, line = exported(tmp_path, article._replace(spans=whole, links=[]))
    groups = {key: [tuple(row) for row in rows] for key, rows in line["spans"].items()}
    given = {"entities": [tuple(row) for row in line["entities"]], "spans": groups}
    example = Example.from_dict(blank.make_doc(line["text"]), given)
    reference = example.reference
    found = Counter((e.label_, e.start_char, e.end_char) for e in reference.ents)
    found += Counter((s.label_, s.start_char, s.end_char) for s in reference.spans["sc"])
    assert found == Counter((NAMES[s.label], s.start, s.end) for s in whole)


@any_folder(50)
@given(labelled=articles())
def test_any_article_comes_back(
    tmp_path_factory: pytest.TempPathFactory, labelled: LabelledArticle
) -> None:
    folder = tmp_path_factory.mktemp("any")
    _told, line = exported(folder, labelled)
    text = labelled.article.text
    ends = [0]
    for start, end, _label in line["entities"]:
        assert ends[-1] <= start < end
        assert text[start:end] == text[start:end].strip() != ""
        ends.append(end)
    found = list(read(folder / "out.jsonl"))
    assert problems(found) == remarks(found) == []
    back = article_of(found)
    assert back.article.text == text
    assert set(shapes(back)) == {
        (NAMES[s.label], (s.end - len(s.surface.lstrip()), s.start + len(s.surface.rstrip())))
        for s in labelled.spans
        if s.surface.strip()
    }


def test_lines_of_every_kind_come_in(tmp_path: Path) -> None:
    start, end = at("Brest")
    found = lines(
        tmp_path,
        {"text": TEXT, "entities": [[start, end, "LOC"]], "meta": {"source": "Le Ponant"}},
        [TEXT + "2", {"entities": [[start, end, "LOC", "Q12193"]]}],
        {"text": TEXT + "3", "spans": {"sc": [[start, end, "LOC"]], "b": [[start, end, "LOC"]]}},
        {"text": TEXT + "4", "spans": [{"start": start, "end": end, "label": "LOC"}]},
        {"text": TEXT + "5", "entities": []},
    )
    assert problems(found) == []
    back = [each for each in found if isinstance(each, LabelledArticle)]
    assert [sum(shapes(each).values()) for each in back] == [1, 1, 1, 1, 0]
    assert back[0].article.source == "Le Ponant"


@pytest.mark.parametrize(
    ("row", "count"),
    [
        ([TEXT], 0),
        ([5, {"entities": []}], 0),
        ({"text": " ", "entities": []}, 0),
        ({"entities": []}, 0),
        ({"text": TEXT, "entities": [[5, 5, "X"], [0, 9_999, "X"], [1, 2, ""], 7]}, 1),
    ],
)
def test_bad_lines_are_told_and_the_rest_comes_in(tmp_path: Path, row: Any, count: int) -> None:
    found = lines(tmp_path, {"text": "un", "entities": []}, row)
    back = [each for each in found if isinstance(each, LabelledArticle)]
    assert len(back) == 1 + count
    assert all(not each.spans for each in back)
    assert problems(found)
    assert all(told.startswith("x.jsonl:2: ") for told in problems(found))


def test_a_file_is_recognised_by_its_entities(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    for row, ours in (
        ({"text": "a", "entities": [[0, 1, "X"]]}, True),
        ({"text": "a", "entities": []}, True),
        ({"text": "a", "entities": [{"start": 0, "end": 1, "label": "X"}]}, False),
        ({"text": "a", "entities": [], "relations": []}, False),
        ({"text": "a", "spans": [[0, 1, "X"]]}, False),
    ):
        file.write_text(json.dumps(row) + "\n", "utf-8")
        assert recognises(file, file.read_bytes()) is ours


def test_the_format_says_what_it_holds() -> None:
    (format,) = formats()
    assert set(format.holds) == set(SpacyLinesWriter.holds)
