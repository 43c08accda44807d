"""doccano's JSON lines: lists of spans while they suffice, ids and relations where something is joined."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from annotator.core.corpus import Found, LabelledArticle
from annotator.core.model import Article, Link
from annotator.formats.doccano import DoccanoWriter, formats, read, recognises
from tests.formats.marked import (
    NAMES,
    SCHEME,
    TEXT,
    any_folder,
    article_of,
    articles,
    at,
    check_rich_links,
    corpus,
    problems,
    proved,
    reasons,
    rich,
    shapes,
    spans,
)


def exported(folder: Path, *labelled: LabelledArticle) -> tuple[Path, list[dict[str, Any]]]:
    """Export articles and return the file with its lines, read by nothing of ours."""
    proved(DoccanoWriter, corpus(*labelled), folder, name="out.jsonl")
    raw = (folder / "out.jsonl").read_bytes()
    assert raw.isascii()
    assert [path.name for path in folder.iterdir()] == ["out.jsonl"]
    return folder / "out.jsonl", [json.loads(line) for line in raw.splitlines()]


def alone(
    *rows: Any, links: tuple[Link, ...] = (), text: str = TEXT, id_: str = "a", **more: Any
) -> LabelledArticle:
    return LabelledArticle(Article(id_, text, **more), [s for g in rows for s in g], [*links])


def lines(folder: Path, *rows: Any) -> list[Found]:
    file = folder / "x.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    assert recognises(file, file.read_bytes()[:4096])
    return list(read(file))


def test_articles_without_links_are_lists_of_spans(tmp_path: Path) -> None:
    nested = alone(
        spans(TEXT, "p", "per", at("la préfète de l'Écologie Anne N'Guyen")),
        spans(TEXT, "o", "org", at("Écologie")),
        title="La mer",
        meta={"page": 3},
    )
    _file, (line,) = exported(tmp_path, nested)
    assert line == {
        "text": TEXT,
        "label": [
            [*at("la préfète de l'Écologie Anne N'Guyen"), "PER"],
            [*at("Écologie"), "ORG"],
        ],
        "title": "La mer",
        "page": 3,
    }


def test_a_rich_article_comes_back_but_for_what_is_told(tmp_path: Path) -> None:
    told = proved(DoccanoWriter, corpus(rich()), tmp_path, name="out.jsonl")
    assert {(kind, reason) for kind, _outcome, reason in reasons(told)} == {
        ("attribute", "The format has no place for attributes."),
        ("note", "The format has no place for notes."),
        ("entity", "The format has no place for references to entities."),
    }
    found = list(read(tmp_path / "out.jsonl"))
    assert problems(found) == []
    back = article_of(found)
    assert shapes(back) == shapes(rich(), NAMES)
    assert (back.article.title, back.article.meta["tags"]) == (
        "La mer monte : « vite »",
        ["mer", "été"],
    )
    check_rich_links(back)


def test_ids_in_one_line_mean_ids_in_all_lines(tmp_path: Path) -> None:
    first = alone(spans(TEXT, "l", "loc", at("Brest")), title="Un")
    text = f"{TEXT} Fin."
    second = alone(
        spans(text, "q", "quote", at("Il faut agir"), at("dès")), text=text, id_="b", title="Deux"
    )
    third = alone(text="Rien.", id_="c")
    file, rows = exported(tmp_path, first, second, third)
    assert [sorted(row) for row in rows] == [
        ["entities", "relations", "text", "title"],
        ["entities", "relations", "text", "title"],
        ["entities", "relations", "text"],
    ]
    assert rows[0]["entities"] == [
        {"id": 1, "start_offset": at("Brest")[0], "end_offset": at("Brest")[1], "label": "LOC"}
    ]
    assert rows[1]["relations"] == [{"id": 1, "from_id": 1, "to_id": 2, "type": "continues"}]
    back = [each for each in read(file) if isinstance(each, LabelledArticle)]
    assert [shapes(each) for each in back] == [
        shapes(each, NAMES) for each in (first, second, third)
    ]


@any_folder(60)
@given(labelled=articles())
def test_any_article_comes_back(
    tmp_path_factory: pytest.TempPathFactory, labelled: LabelledArticle
) -> None:
    folder = tmp_path_factory.mktemp("any")
    file, (row,) = exported(folder, labelled)
    text = labelled.article.text
    assert row["text"] == text
    theirs = (
        [(e["start_offset"], e["end_offset"], e["label"]) for e in row["entities"]]
        if "entities" in row
        else [tuple(each) for each in row["label"]]
    )
    assert Counter(theirs) == Counter((s.start, s.end, NAMES[s.label]) for s in labelled.spans)
    found = list(read(file))
    assert problems(found) == []
    assert article_of(found).article.text == text
    assert shapes(article_of(found)) == shapes(labelled, NAMES)


def test_a_link_of_ones_own_that_is_called_continues_joins_nothing(tmp_path: Path) -> None:
    labelled = alone(
        spans(TEXT, "p", "per", at("Anne")),
        spans(TEXT, "q", "per", at("elle")),
        links=(Link("k", "continues", "p", "q"),),
    )
    told = proved(DoccanoWriter, corpus(labelled), tmp_path, name="out.jsonl")
    assert [(loss.kind, loss.outcome) for loss in told] == [("link", "changed")]
    back = article_of(read(tmp_path / "out.jsonl"))
    assert (len(back.spans), back.links[0].type) == (2, "continues_")


def test_metadata_that_doccano_would_take_for_something_else(tmp_path: Path) -> None:
    labelled = alone(
        title=" Titre ",
        meta={"label": "x", "filename": "a.html", "journal": "Le X", "leer": "", "n": 1},
    )
    told = proved(DoccanoWriter, corpus(labelled), tmp_path, name="out.jsonl")
    assert {(loss.id, loss.outcome) for loss in told} == {
        ("label", "changed"),
        ("filename", "changed"),
        ("title", "changed"),
        ("leer", "left out"),
        ("journal", "changed"),
    }
    row = json.loads((tmp_path / "out.jsonl").read_bytes())
    assert (row["label"], row["label_"], row["filename_"]) == ([], "x", "a.html")


def test_what_doccano_exports_comes_in(tmp_path: Path) -> None:
    start, end = at("Brest")
    relation = {"id": 7, "from_id": 31, "to_id": 30, "type": "lives in"}
    entities = [
        {"id": 30, "label": "LOC", "start_offset": start, "end_offset": end},
        {"id": 31, "label": "PER", "start_offset": at("Anne")[0], "end_offset": at("Anne")[1]},
    ]
    found = lines(
        tmp_path,
        {
            "id": 5,
            "text": TEXT,
            "url": "https://exemple.fr",
            "Comments": [],
            "entities": entities,
            "relations": [relation],
        },
        {"id": 6, "text": "Rien.", "Comments": ["revoir"], "entities": [], "relations": []},
    )
    assert problems(found) == []
    one, other = (each for each in found if isinstance(each, LabelledArticle))
    assert shapes(one) == {("LOC", (start, end)): 1, ("PER", at("Anne")): 1}
    assert [link.type for link in one.links] == ["lives in"]
    assert one.article.url == "https://exemple.fr"
    assert (other.article.meta["Comments"], "entities" in other.article.meta) == (["revoir"], False)


def test_relations_to_nothing_and_in_a_circle_are_told(tmp_path: Path) -> None:
    entities = [
        {"id": n, "label": "PER", "start_offset": n, "end_offset": n + 1} for n in range(3, 6)
    ]
    found = lines(
        tmp_path,
        {
            "text": TEXT,
            "entities": entities,
            "relations": [
                {"from_id": 3, "to_id": 99, "type": "x"},
                {"from_id": 3, "to_id": 3, "type": "x"},
                {"from_id": 3, "to_id": 5, "type": "continues"},
                {"from_id": 5, "to_id": 3, "type": "continues"},
            ],
        },
    )
    assert [told.partition(":")[0] for told in problems(found)] == ["x.jsonl"] * 2
    back = article_of(found)
    assert shapes(back) == {("PER", (3, 4), (5, 6)): 1, ("PER", (4, 5)): 1}


def test_other_lines_are_not_taken_for_doccanos(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    for row in (
        {"format": "annotator-jsonl/1", "text": "a", "label": []},
        {"text": "a", "spans": [[0, 1, "x"]]},
        {"text": "a", "label": "economy"},
        {"text": "a", "label": ["x", "y"]},
        {"text": "a", "entities": [[0, 1, "PER"]]},
        {"texte": "a", "label": []},
    ):
        file.write_text(json.dumps(row) + "\n", "utf-8")
        assert not recognises(file, file.read_bytes())
    file.write_text("[1]\n{", "utf-8")
    assert not recognises(file, file.read_bytes())
    long = {"text": "é" * 5_000, "label": [[0, 1, "X"]]}
    file.write_text(json.dumps(long) + "\n" + json.dumps(long), "utf-8")
    assert recognises(file, file.read_bytes()[:4096])


def test_the_format_says_what_it_holds() -> None:
    (format,) = formats()
    assert set(format.holds) == set(DoccanoWriter.holds)
    assert {label.name for label in SCHEME.labels} == set(
        DoccanoWriter(corpus()).spelled(SCHEME).values()
    )
