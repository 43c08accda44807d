"""Prodigy's JSON lines: all of an article survives, and spaCy's Doc of the tokens has exactly our spans."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from annotator.core.corpus import Found, LabelledArticle
from annotator.core.model import Article
from annotator.formats.prodigy.format import ProdigyWriter, formats, read, recognises
from tests.formats.marked import (
    NAMES,
    TEXT,
    any_folder,
    article_of,
    articles,
    at,
    check_rich_by_its_words,
    corpus,
    problems,
    proved,
    remarks,
    rich,
    shapes,
    spans,
)


def exported(folder: Path, *labelled: LabelledArticle) -> tuple[Path, list[dict[str, Any]]]:
    proved(ProdigyWriter, corpus(*labelled), folder, name="out.jsonl")
    file = folder / "out.jsonl"
    return file, [json.loads(line) for line in file.read_bytes().split(b"\n") if line]


def tasks(folder: Path, *rows: Any) -> list[Found]:
    file = folder / "x.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return list(read(file))


def check_tokens(task: dict[str, Any]) -> None:
    """See that the tokens give the text back, and that spans and relations lie on them."""
    tokens = task["tokens"]
    assert "".join(t["text"] + " " * t["ws"] for t in tokens) == task["text"]
    for number, token in enumerate(tokens):
        assert token["id"] == number
        assert task["text"][token["start"] : token["end"]] == token["text"] != ""
    for span in task["spans"]:
        assert tokens[span["token_start"]]["start"] == span["start"]
        assert tokens[span["token_end"]]["end"] == span["end"]
    for relation in task.get("relations", []):
        assert relation["head"] == relation["head_span"]["token_end"]
        assert relation["child"] == relation["child_span"]["token_end"]


def test_a_rich_article_comes_back_whole(tmp_path: Path) -> None:
    assert proved(ProdigyWriter, corpus(rich()), tmp_path, name="out.jsonl") == []
    file = tmp_path / "out.jsonl"
    assert recognises(file, file.read_bytes()[:4096])
    found = list(read(file))
    assert problems(found) == remarks(found) == []
    check_rich_by_its_words(found)


def test_tokens_are_cut_where_annotations_begin_and_end(tmp_path: Path) -> None:
    text = "Marie  dit : 10\u202f000\u00a0fois, a-t-elle dit.\n"
    labelled = LabelledArticle(
        Article("a", text),
        [
            *spans(text, "b", "loc", (5, 7)),
            *spans(text, "a", "per", at("-elle dit", text)[:1] + (text.index(" dit."),)),
            *spans(text, "c", "org", (text.index("elle"), text.index("elle") + 4)),
        ],
        [],
    )
    _file, (task,) = exported(tmp_path, labelled)
    check_tokens(task)
    words = [token["text"] for token in task["tokens"]]
    assert words[:4] == ["Marie", "  ", "dit", ":"]
    assert [word for word in words if "0" in word] == ["10\u202f000"]
    assert words[words.index("a") :] == ["a", "-t", "-", "elle", "dit", ".", "\n"]


@pytest.fixture(scope="module")
def vocab() -> Any:
    return pytest.importorskip("spacy").vocab.Vocab()


@any_folder(50)
@given(labelled=articles())
def test_any_article_comes_back_and_spacy_finds_exactly_our_spans(
    tmp_path_factory: pytest.TempPathFactory, vocab: Any, labelled: LabelledArticle
) -> None:
    folder = tmp_path_factory.mktemp("any")
    file, (task,) = exported(folder, labelled)
    check_tokens(task)
    found = list(read(file))
    assert problems(found) == []
    back = article_of(found)
    assert back.article.text == labelled.article.text
    assert shapes(back) == shapes(labelled, NAMES)
    from spacy.tokens import Doc

    tokens = task["tokens"]
    doc = Doc(vocab, [t["text"] for t in tokens], [t["ws"] for t in tokens])
    assert doc.text == labelled.article.text
    theirs = Counter()
    for span in task["spans"]:
        place = doc[span["token_start"] : span["token_end"] + 1]
        theirs[span["label"], place.start_char, place.end_char] += 1
    assert theirs == Counter((NAMES[s.label], s.start, s.end) for s in labelled.spans)


def test_only_what_was_accepted_comes_in(tmp_path: Path) -> None:
    row = {"text": TEXT, "tokens": [], "spans": [{"start": 2, "end": 4, "label": "X"}]}
    answers = ("accept", "reject", "ignore", "accept")
    found = tasks(tmp_path, *({**row, "answer": answer} for answer in answers), row)
    assert sum(isinstance(each, LabelledArticle) for each in found) == 3
    assert remarks(found) == ["x.jsonl: 2 tasks were rejected or ignored and stay out."]


def test_what_prodigy_writes_comes_in(tmp_path: Path) -> None:
    quote = {"start": 2, "end": 4, "token_start": 1, "token_end": 1, "label": "QUOTE"}
    person = {"start": at("Anne")[0], "end": at("Anne")[1], "token_start": 12, "token_end": 12}
    person |= {"label": "PERSON", "text": "Anne", "source": "fr_core_news", "pattern": 7}
    task = {
        "text": TEXT,
        "meta": {"source": "Le Ponant", "page": 3},
        "tokens": [],
        "spans": [quote, person | {"confidence": 0.7}],
        "relations": [
            {"head": 1, "child": 12, "label": "SPEAKER"},
            {"head": 12, "child": 1, "head_span": person, "child_span": quote, "label": "SAYS"},
            {"head": 1, "child": 99, "label": "NONE"},
        ],
        "answer": "accept",
        "_input_hash": 1,
        "_task_hash": 2,
        "_view_id": "relations",
        "_annotator_id": "press-ada",
    }
    found = tasks(tmp_path, task)
    file = tmp_path / "x.jsonl"
    assert recognises(file, file.read_bytes()[:4096])
    assert problems(found) == [
        "x.jsonl:1: A relation does not join two different spans of this text."
    ]
    assert remarks(found) == ["x.jsonl: “confidence” of 1 span was not taken over."]
    back = article_of(found)
    assert shapes(back) == {("QUOTE", (2, 4)): 1, ("PERSON", at("Anne")): 1}
    assert {span.annotator for span in back.spans} == {"press-ada"}
    labels = {span.annotation: span.label for span in back.spans}
    assert {(k.type, labels[k.from_id], labels[k.to_id]) for k in back.links} == {
        ("SPEAKER", "QUOTE", "PERSON"),
        ("SAYS", "PERSON", "QUOTE"),
    }
    assert (back.article.source, back.article.meta["page"]) == ("Le Ponant", 3)
    assert "_input_hash" not in back.article.meta


@pytest.mark.parametrize(
    "bad",
    [
        {"start": 5, "end": 5, "label": "X"},
        {"start": 5, "end": 9_999, "label": "X"},
        {"start": [5], "end": 6, "label": "X"},
        {"start": 5, "end": 6, "label": ["X", "Y"]},
        {"token_start": 1, "token_end": 1, "label": "X"},
        {"start": 5, "end": 8, "label": "X", "text": "Luc"},
        7,
        None,
    ],
)
def test_a_bad_span_is_told_with_its_line_and_the_rest_comes_in(tmp_path: Path, bad: Any) -> None:
    good = {"start": 2, "end": 4, "label": ["Y"], "token_end": {}}
    found = tasks(
        tmp_path,
        {"text": "un", "spans": []},
        {"text": TEXT, "spans": [bad, good], "relations": [bad, {"head": [1], "child": 1}]},
    )
    back = [each for each in found if isinstance(each, LabelledArticle)]
    assert shapes(back[1]) == {("Y", (2, 4)): 1}
    assert problems(found)
    assert all(told.startswith("x.jsonl:2: ") for told in problems(found))


def test_broken_lines_are_told(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text('{"text": "un", "spans": [\n7\n{"text": 5}\n{"text": " "}\n', "utf-8")
    assert [told.partition(": ")[0] for told in problems(read(file))] == [
        f"x.jsonl:{number}" for number in (1, 2, 3, 4)
    ]


def test_other_lines_are_not_taken_for_prodigys(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    for row in ({"text": "a", "spans": [[0, 1, "x"]]}, {"tokens": [], "spans": []}, [1]):
        file.write_text(json.dumps(row) + "\n", "utf-8")
        assert not recognises(file, file.read_bytes())


def test_the_format_says_what_it_holds() -> None:
    (format,) = formats()
    assert set(format.holds) == set(ProdigyWriter.holds)
