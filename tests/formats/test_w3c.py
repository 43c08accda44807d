"""Web Annotations: pages come back whole, and what other tools wrote finds its place again."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from annotator.core.corpus import Found, LabelledArticle
from annotator.formats.quoting import Quoted, find
from annotator.formats.w3c.format import W3cWriter
from annotator.formats.w3c.reading import beside_of, read_w3c, recognises
from tests.formats.marked import (
    ANNE,
    NAMES,
    TEXT,
    any_folder,
    article_of,
    articles,
    at,
    check_rich_by_its_ids,
    corpus,
    entities_of,
    problems,
    proved,
    remarks,
    rich,
    shapes,
)


def only(folder: Path) -> Path:
    (file,) = folder.glob("*.jsonld")
    return file


def test_everything_survives(tmp_path: Path) -> None:
    assert proved(W3cWriter, corpus(rich()), tmp_path) == []
    found = list(read_w3c(only(tmp_path)))
    assert problems(found) == remarks(found) == []
    article = article_of(found)
    check_rich_by_its_ids(article)
    assert {(k.id, k.type, k.from_id, k.to_id) for k in article.links} == {
        (k.id, k.type, k.from_id, k.to_id) for k in rich().links
    }
    assert entities_of(found)[0] == ANNE


@any_folder(30)
@given(labelled=articles())
def test_any_article_comes_back(tmp_path_factory: Any, labelled: LabelledArticle) -> None:
    folder = tmp_path_factory.mktemp("out")
    proved(W3cWriter, corpus(labelled), folder)
    found = list(read_w3c(only(folder)))
    assert problems(found) == []
    assert article_of(found).article.text == labelled.article.text
    assert shapes(article_of(found)) == shapes(labelled, NAMES)


def test_positions_count_characters_and_quotes_stand_there(tmp_path: Path) -> None:
    """As the Recommendation says; json alone reads it here."""
    proved(W3cWriter, corpus(rich()), tmp_path)
    page = json.loads(only(tmp_path).read_text("utf-8"))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (page["type"], page["items"][0]["motivation"]) == ("AnnotationPage", "describing")
    text = page["items"][0]["body"]["value"]
    found: Counter[str] = Counter()
    for item in page["items"]:
        if item["motivation"] != "tagging":
            continue
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for position, quote in (target["selector"] for target in targets):
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
            found[quote["exact"]] += 1
    assert found == Counter(span.surface for span in rich().spans)
    ids = {item["id"] for item in page["items"]}
    for item in page["items"]:
        if item["motivation"] == "linking":
            assert {item["target"], item["body"][1]} <= ids


# Somebody else's


def page(
    tmp_path: Path, *items: dict[str, Any], text: str | None = TEXT, **more: Any
) -> list[Found]:
    file = tmp_path / "doc.jsonld"
    value = {"@context": "http://www.w3.org/ns/anno.jsonld", "items": items, **more}
    file.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    if text is not None:
        file.with_suffix(".txt").write_bytes(text.encode())
    return list(read_w3c(file))


def item(label: str, *selectors: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"type": "TextualBody", "purpose": "tagging", "value": label}
    return {"type": "Annotation", "body": body, "target": {"selector": list(selectors)}, **more}


def position(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def quote(exact: str, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def got(found: list[Found]) -> list[tuple[str, str]]:
    return [(span.label, span.surface) for span in article_of(found).spans]


def test_a_text_beside_is_what_annotations_are_about(tmp_path: Path) -> None:
    start, end = at("Brest")
    found = page(tmp_path, item("LOC", position(start, end)))
    assert got(found) == [("LOC", "Brest")]
    assert beside_of(tmp_path / "doc.jsonld") == (tmp_path / "doc.txt",)


def test_without_its_text_a_file_says_what_to_do(tmp_path: Path) -> None:
    found = page(tmp_path, item("LOC", position(1, 2)), text=None)
    assert problems(found) == ["doc.jsonld: It does not hold the text; put it beside as “doc.txt”."]


def test_positions_in_utf_16_are_found_out_by_their_quotes(tmp_path: Path) -> None:
    start, end = at("Brest")
    found = page(
        tmp_path,
        item("LOC", position(start + 1, end + 1), quote("Brest")),
        item("X", position(15, 17)),
    )
    assert got(found) == [("X", "🌊"), ("LOC", "Brest")]
    assert "UTF-16" in remarks(found)[0]


def test_a_quote_is_found_where_its_position_does_not_fit(tmp_path: Path) -> None:
    found = page(
        tmp_path,
        item("ORG", position(3, 6), quote("AFP")),
        item("Quote", quote("dès 10 000 cas")),
        item("N", quote("a", "l’", " lu")),
        item("Lost", quote("jamais")),
        item("Twice", quote("a")),
        item("Out", position(5, 9_999)),
    )
    assert got(found) == [("ORG", "AFP"), ("N", "a"), ("Quote", "dès 10\u202f000\u00a0cas")]
    assert len(problems(found)) == 3
    assert "1 position did not fit" in remarks(found)[0]


def test_tags_comments_creators_and_links_of_other_tools(tmp_path: Path) -> None:
    start, end = at("Il faut agir")
    one = item("Quote", position(start, end), id="#a", creator={"id": "x:1", "nickname": "bob"})
    one["body"] = [
        {"type": "TextualBody", "value": "à voir"},
        {"type": "TextualBody", "value": "Quote", "purpose": "tagging"},
        {"type": "TextualBody", "value": "direct", "purpose": "classifying"},
        {"source": "http://www.wikidata.org/entity/Q1", "purpose": "identifying"},
    ]
    other = item("PER", position(*at("elle")), id="#b")
    plain = {"type": "Annotation", "motivation": "highlighting", "target": "doc.txt#char=2,8"}
    link = {"type": "Annotation", "motivation": "linking", "body": ["#b", "#gone"], "target": "#a"}
    reply = {"type": "Annotation", "motivation": "replying", "bodyValue": "oui", "target": "#a"}
    found = page(tmp_path, one, other, plain, link, reply)
    article = article_of(found)
    assert got(found) == [("highlighting", "La mer"), ("Quote", "Il faut agir"), ("PER", "elle")]
    span = article.spans[1]
    assert (span.note, span.annotator) == ("à voir", "bob")
    assert json.loads(span.attributes) == {
        "tags": ["direct"],
        "ref": "http://www.wikidata.org/entity/Q1",
    }
    assert [(k.type, k.from_id, k.to_id) for k in article.links] == [
        ("linking", span.annotation, article.spans[2].annotation)
    ]
    assert sum("joins nothing" in each for each in problems(found)) == 1
    assert "1 annotation is about another annotation" in remarks(found)[-1]


def test_several_texts_in_one_file(tmp_path: Path) -> None:
    def text(id_: str, value: str) -> dict[str, Any]:
        return {"motivation": "describing", "body": {"value": value}, "target": {"id": id_}}

    def on(source: str) -> dict[str, Any]:
        return item("X", position(0, 2)) | {
            "target": {"source": source, "selector": position(0, 2)}
        }

    found = page(
        tmp_path, text("urn:1", "Un."), text("urn:2", "Deux."), on("urn:2"), on("urn:9"), text=None
    )
    got_ = [
        (each.place, each.article.text, len(each.spans))
        for each in found
        if isinstance(each, LabelledArticle)
    ]
    assert got_ == [("doc.jsonld, item 1", "Un.", 0), ("doc.jsonld, item 2", "Deux.", 1)]
    assert "is about another text" in problems(found)[0]


def test_crlf_in_the_text_beside(tmp_path: Path) -> None:
    found = page(tmp_path, item("X", position(4, 6), quote("du")), text="Un\r\ndu\r\n")
    assert article_of(found).article.text == "Un\ndu\n"
    assert got(found) == [("X", "du")]


def test_a_list_a_collection_and_a_single_annotation(tmp_path: Path) -> None:
    one = item("X", position(0, 1))
    for value in ([one], {"first": {"items": [one]}}, {"@graph": [one]}, one):
        file = tmp_path / "doc.jsonld"
        file.write_text(json.dumps(value), "utf-8")
        file.with_suffix(".txt").write_text(TEXT, "utf-8")
        assert got(list(read_w3c(file))) == [("X", "«")]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"null",
        b"{}",
        b'{"items": 3}',
        b'[{"type": "Annotation"}]',
        b'{"first": "http://127.0.0.1:9/page"}',
        '{"items": [{"target": "é'.encode("cp1252"),
    ],
)
def test_a_broken_file_is_one_problem(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "doc.jsonld"
    file.write_bytes(raw)
    file.with_suffix(".txt").write_text(TEXT, "utf-8")
    (problem,) = problems(read_w3c(file))
    assert problem.startswith("doc.jsonld")


@pytest.mark.parametrize(
    "target",
    [
        3,
        None,
        {},
        {"selector": 5},
        {"selector": {"start": "2", "end": 3}},
        {"selector": {"start": -2, "end": 3}},
        {"selector": {"start": 3, "end": 3}},
        {"selector": [{"type": "XPathSelector", "value": "/p"}]},
        {"selector": {"exact": ""}},
    ],
)
def test_odd_targets_never_stop_the_rest(tmp_path: Path, target: Any) -> None:
    found = page(tmp_path, item("X", position(0, 1)), {"body": [None, 4], "target": target})
    assert got(found) == [("X", "«")]


def test_annotations_are_told_from_other_json() -> None:
    assert recognises(Path("a.jsonld"), b"[]")
    assert recognises(Path("a.json"), b'{"@context": "http://www.w3.org/ns/anno.jsonld"')
    assert not recognises(Path("a.json"), b'{"@context": "https://schema.org"')


@pytest.mark.parametrize(
    ("quoted", "place"),
    [
        (Quoted("le"), None),
        (Quoted("le", "", " chat"), (0, 2)),
        (Quoted("le", "dit "), (12, 14)),
        (Quoted("le", near=11), (12, 14)),
        (Quoted("chat dit"), (3, 11)),
        (Quoted("rien"), None),
        (Quoted(" "), None),
    ],
)
def test_a_quote_stands_where_its_context_is(quoted: Quoted, place: tuple[int, int] | None) -> None:
    assert find("le chat\u00a0dit le oui", quoted) == place
