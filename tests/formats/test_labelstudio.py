"""Label Studio's JSON: all of an article survives, as regions, answers, relations and predictions."""

import io
import json
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core.corpus import Found, LabelledArticle
from annotator.core.model import Article, Link, Problem
from annotator.formats.json_items import Item, items
from annotator.formats.labelstudio.format import formats, read, recognises
from annotator.formats.labelstudio.writer import LabelStudioWriter
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
    reasons,
    remarks,
    rich,
    shapes,
    spans,
)


def exported(folder: Path, *labelled: LabelledArticle) -> tuple[list[Any], ElementTree.Element]:
    """Export articles, and return tasks and configuration, read by nothing of ours."""
    proved(LabelStudioWriter, corpus(*labelled), folder)
    tasks = json.loads((folder / "tasks.json").read_text("utf-8"))
    return tasks, ElementTree.parse(folder / "config.xml").getroot()


def check_against_configuration(tasks: list[Any], config: ElementTree.Element) -> None:
    """See that every answer is one that the configuration asks for, as Label Studio wants it."""
    controls = {each.get("name"): each for each in config if each.get("toName") == "text"}
    assert len(controls) == sum(each.get("toName") == "text" for each in config)
    relations = {each.get("value") for each in config.iter("Relation")} | {
        "continues",
        "continues_",
    }
    tags = {"labels": "Labels", "choices": "Choices", "textarea": "TextArea"}
    for task in tasks:
        for answered in (*task["annotations"], *task["predictions"]):
            assert "completed_by" not in answered
            regions = {row["id"] for row in answered["result"] if row["type"] == "labels"}
            for row in answered["result"]:
                if row["type"] == "relation":
                    assert {row["from_id"], row["to_id"]} <= regions
                    assert set(row["labels"]) <= relations
                    continue
                control = controls[row["from_name"]]
                assert (control.tag, row["to_name"]) == (tags[row["type"]], "text")
                assert row["id"] in regions
                offered = {each.get("value") for each in control}
                value = row["value"]
                if row["type"] != "textarea":
                    assert set(value[row["type"]]) <= offered
                if row["type"] == "labels":
                    text = task["data"]["text"]
                    assert "".join([*text][value["start"] : value["end"]]) == value["text"]


def tasks_in(folder: Path, *tasks: Any, indent: int | None = None) -> list[Found]:
    file = folder / "x.json"
    file.write_text(json.dumps(tasks, indent=indent), "utf-8")
    return list(read(file))


def region(id_: str, place: tuple[int, int], *labels: str, **more: Any) -> dict[str, Any]:
    start, end = place
    value = {"start": start, "end": end, "text": TEXT[start:end], "labels": list(labels)}
    row = {"id": id_, "from_name": "label", "to_name": "text", "type": "labels", "value": value}
    return row | more


def answer(id_: str, kind: str, name: str, given: Any) -> dict[str, Any]:
    return {"id": id_, "from_name": name, "to_name": "text", "type": kind, "value": {kind: given}}


def test_a_rich_article_comes_back_whole(tmp_path: Path) -> None:
    assert proved(LabelStudioWriter, corpus(rich()), tmp_path) == []
    file = tmp_path / "tasks.json"
    assert recognises(file, file.read_bytes()[:4096])
    found = list(read(file))
    assert problems(found) == remarks(found) == []
    check_rich_by_its_words(found)


def test_the_configuration_asks_for_what_the_tasks_answer(tmp_path: Path) -> None:
    tasks, config = exported(tmp_path, rich())
    check_against_configuration(tasks, config)
    (type_,) = (each for each in config.iter("Choices") if each.get("name") == "type")
    assert [each.get("value") for each in type_] == ["direct", "indirect"]
    assert type_.attrib.items() >= {"perRegion": "true", "whenLabelValue": "Quote"}.items()
    labels = {each.get("value"): each.attrib for each in config.iter("Label")}
    assert labels["ORG"]["background"] == "orange"
    assert {each.get("value") for each in config.iter("Relation")} >= {"source", "cue", "refers"}
    text = config.find("Text")
    assert text is not None and text.attrib == {
        "name": "text",
        "value": "$text",
        "granularity": "symbol",
    }


@any_folder(60)
@given(labelled=articles())
def test_any_article_comes_back(
    tmp_path_factory: pytest.TempPathFactory, labelled: LabelledArticle
) -> None:
    folder = tmp_path_factory.mktemp("any")
    tasks, config = exported(folder, labelled)
    check_against_configuration(tasks, config)
    found = list(read(folder / "tasks.json"))
    assert problems(found) == []
    back = article_of(found)
    assert back.article.text == labelled.article.text
    assert shapes(back) == shapes(labelled, NAMES)
    assert Counter(
        (s.start, s.note, s.entity, json.dumps(json.loads(s.attributes), sort_keys=True))
        for s in back.spans
    ) == Counter(
        (s.start, s.note, s.entity, json.dumps(json.loads(s.attributes), sort_keys=True))
        for s in labelled.spans
    )


def test_suggestions_are_predictions(tmp_path: Path) -> None:
    guess = {"state": "suggested", "origin": "rules", "score": 0.5}
    rows = [
        spans(TEXT, "p", "per", at("Anne N'Guyen")),
        spans(TEXT, "q", "per", at("elle"), **guess),
        spans(TEXT, "r", "quote", at("Il faut agir"), at("dès"), **{**guess, "score": 0.7}),
        spans(TEXT, "t", "per", at("Anne N'Guyen"), **guess),
        spans(TEXT, "x", "loc", at("Brest"), state="rejected"),
    ]
    links = [
        Link("k1", "source", "r", "q"),
        Link("k2", "refers", "q", "p"),
        Link("k3", "refers", "x", "q"),
    ]
    labelled = LabelledArticle(Article("a", TEXT), [s for row in rows for s in row], links)
    told = proved(LabelStudioWriter, corpus(labelled), tmp_path)
    assert {(loss.id, loss.outcome, loss.reason) for loss in told} == {
        ("t", "left out", "It is only suggested where the same has been accepted."),
        ("x", "left out", "It was rejected."),
        ("k3", "left out", "It belongs to an annotation that is left out."),
        (
            "k2",
            "left out",
            "It joins a suggestion to what was accepted: these are apart in Label Studio.",
        ),
    }
    (task,) = json.loads((tmp_path / "tasks.json").read_text("utf-8"))
    (prediction,) = task["predictions"]
    assert (prediction["model_version"], round(prediction["score"], 2)) == ("rules", 0.63)
    back = article_of(read(tmp_path / "tasks.json"))
    assert {(s.surface, s.state, s.score, s.origin) for s in back.spans} == {
        ("Anne N'Guyen", "accepted", None, "import"),
        ("elle", "suggested", 0.5, "rules"),
        ("Il faut agir", "suggested", 0.7, "rules"),
        ("dès", "suggested", 0.7, "rules"),
    }
    assert [link.type for link in back.links] == ["source"]


def test_names_and_values_that_label_studio_would_take_for_others(tmp_path: Path) -> None:
    attributes = {"label": "x", "note": "n", "a@b": "y", "c.json": "true", "d": False, "e": ""}
    labelled = LabelledArticle(
        Article("a", TEXT, meta={"text": "z", "meta": {"u": 1}}),
        spans(TEXT, "p", "per", at("Anne"), attributes=json.dumps(attributes)),
        [],
    )
    told = proved(LabelStudioWriter, corpus(labelled), tmp_path)
    assert {(loss.kind, loss.id, loss.outcome) for loss in told} == {
        ("attribute", "p a@b", "changed"),
        ("metadata", "text", "changed"),
        ("metadata", "meta", "changed"),
    }
    back = article_of(read(tmp_path / "tasks.json"))
    assert json.loads(back.spans[0].attributes) == {
        "label": "x",
        "note": "n",
        "a_b": "y",
        "c.json": "true",
        "d": False,
        "e": "",
    }


def full_export() -> dict[str, Any]:
    """Return a task as Label Studio exports it, with everything around it."""
    result = [
        region("q1", at("La mer monte 🌊 vite"), "Quote", origin="manual"),
        region("p1", at("Anne N'Guyen"), "Person", "Source", meta={"text": ["la préfète"]}),
        answer("q1", "choices", "directness", ["direct"]),
        answer("q1", "rating", "sure", 4),
        answer("q1", "taxonomy", "topic", [["Nature", "Mer"]]),
        answer("p1", "textarea", "role", {}) | {"value": {"text": ["préfète", "élue"]}},
        {"id": "z", "from_name": "tone", "type": "choices", "value": {"choices": ["grave"]}},
        {
            "type": "relation",
            "from_id": "p1",
            "to_id": "q1",
            "direction": "left",
            "labels": ["speaker"],
        },
        {"type": "relation", "from_id": "q1", "to_id": "p1", "direction": "right", "labels": []},
    ]
    return {
        "id": 7,
        "annotations": [
            {
                "id": 3,
                "completed_by": {"id": 1, "email": "ada@exemple.fr"},
                "was_cancelled": False,
                "lead_time": 12.5,
                "result": result,
            },
            {"id": 4, "completed_by": 9, "was_cancelled": True, "result": []},
            {"id": 5, "completed_by": 9, "result": [region("n", at("Brest"), "Place"), result[0]]},
        ],
        "drafts": [{"result": []}],
        "predictions": [
            {
                "model_version": "rules-1",
                "score": 0.9,
                "result": [region("x", at("AFP"), "Org"), region("y", at("Brest"), "Place")],
            }
        ],
        "data": {"text": TEXT, "title": "La mer", "url": "https://exemple.fr"},
        "meta": {},
        "project": 1,
    }


@pytest.mark.parametrize("indent", [None, 2])
def test_a_full_export_comes_in(tmp_path: Path, indent: int | None) -> None:
    found = tasks_in(tmp_path, full_export(), indent=indent)
    assert problems(found) == []
    back = article_of(found)
    assert {(s.label, s.surface, s.annotator, s.state, s.score) for s in back.spans} == {
        ("Quote", "La mer monte 🌊 vite", "ada@exemple.fr", "accepted", None),
        ("Person", "Anne N'Guyen", "ada@exemple.fr", "accepted", None),
        ("Source", "Anne N'Guyen", "ada@exemple.fr", "accepted", None),
        ("Place", "Brest", "user 9", "accepted", None),
        ("Org", "AFP", "", "suggested", 0.9),
    }
    by_label = {span.label: span for span in back.spans}
    assert json.loads(by_label["Quote"].attributes) == {
        "directness": "direct",
        "sure": 4,
        "topic": "Nature > Mer",
    }
    assert json.loads(by_label["Person"].attributes) == {"role": "préfète\nélue"}
    assert by_label["Person"].note == "la préfète"
    ids = {span.annotation: span.label for span in back.spans}
    assert {(k.type, ids[k.from_id], ids[k.to_id]) for k in back.links} == {
        ("speaker", "Quote", "Person"),
        ("related", "Quote", "Person"),
    }
    assert back.article.meta["tone"] == "grave"
    assert back.article.url == "https://exemple.fr"
    assert back.seconds == {"ada@exemple.fr": 12.5}
    assert remarks(found) == [
        "x.json: 1 annotation was cancelled and stays out.",
        "x.json: 1 draft stays out.",
        "x.json: 2 regions stand in several annotations of a text and come in once.",
    ]


def test_offsets_of_old_versions_are_found_out(tmp_path: Path) -> None:
    start, end = at("Brest")
    row = region("a", (start, end), "Place")
    row["value"] |= {"start": start + 1, "end": end + 1}
    found = tasks_in(tmp_path, {"data": {"text": TEXT}, "completions": [{"result": [row]}]})
    assert problems(found) == []
    assert shapes(article_of(found)) == {("Place", (start, end)): 1}
    assert "UTF-16" in remarks(found)[0]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (region("b", (5, 5), "X"), "outside"),
        (region("b", (-1, 5), "X"), "outside"),
        (region("b", (5, 9_999), "X"), "outside"),
        (region("b", (5, 8)), "no label"),
        (region("b", (5, 8), " "), "no label"),
        (region("b", (5, 8), "X") | {"value": {"start": 5, "labels": ["X"]}}, "outside"),
        (
            region("b", (5, 8), "X")
            | {"value": {"start": 5, "end": 8, "text": "Luc", "labels": ["X"]}},
            "“Luc”",
        ),
        (
            region("b", (5, 8), "X")
            | {"type": "hypertextlabels", "value": {"start": "/div[1]/p[2]/text()[1]"}},
            "plain text",
        ),
        ({"type": "relation", "from_id": "a", "to_id": "z", "labels": ["x"]}, "two different"),
        ({"type": "relation", "from_id": "a", "to_id": "a", "labels": ["x"]}, "two different"),
        ({"type": "relation"}, "two different"),
        (None, ""),
        ({"type": "labels", "value": 5}, ""),
    ],
)
def test_a_bad_region_is_told_and_the_rest_comes_in(tmp_path: Path, bad: Any, said: str) -> None:
    task = {
        "data": {"text": TEXT},
        "annotations": [{"result": [region("a", at("Brest"), "Place"), bad]}],
    }
    found = tasks_in(tmp_path, {"data": {"text": "Un."}, "annotations": []}, task)
    back = [each for each in found if isinstance(each, LabelledArticle)]
    assert shapes(back[1]) == {("Place", at("Brest")): 1}
    told = problems(found)
    assert bool(told) == bool(said)
    assert all(each.startswith("x.json, item 2: ") for each in told)
    assert said in "".join(told)


@pytest.mark.parametrize(
    ("raw", "count", "said"),
    [
        ('[{"data": {"text": "un"}, "annotations": []}, {"data": {"te', 1, "breaks off"),
        ('[{"data": {"text": "un"}, "annotations": []}, 7]', 1, "no object"),
        ('[7, {"data": {"text": "un"}, "annotations": []}]', 1, "no object"),
        ('{"data": {"text": "un"}, "annotations": []}}', 1, "no object"),
        ('[{"data": {"text": "un" "x"}, "annotations": []}]', 0, "Not valid JSON"),
        ('[{"data": {}, "annotations": []}]', 0, "no text"),
        ('[{"data": [], "annotations": []}]', 0, "no text"),
        ('[{"data": {"text": "un", "text": "deux"}, "annotations": []}]', 0, "twice"),
        ('{"data": {"text": "un"}, "annotations": []}\n{"data": {"text": "deux"}}', 2, ""),
        ("[]", 0, ""),
    ],
)
def test_a_broken_file_says_where_and_the_rest_comes_in(
    tmp_path: Path, raw: str, count: int, said: str
) -> None:
    (tmp_path / "x.json").write_text(raw, "utf-8")
    found = list(read(tmp_path / "x.json"))
    assert sum(isinstance(each, LabelledArticle) for each in found) == count
    told = problems(found)
    assert bool(told) == bool(said)
    assert said in "".join(told)


def test_other_json_is_not_taken_for_tasks(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    for value in ([{"text": "a", "annotations": 3}], {"articles": [{"text": "a"}]}, "annotations"):
        file.write_text(json.dumps(value), "utf-8")
        assert not recognises(file, file.read_bytes())


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 30) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "type", "value", "start", "end", "labels", "text", "from_id", "to_id"]
                + ["choices", "meta", "score", "result", "from_name", "direction"]
            ),
            inner
            | st.sampled_from(["labels", "relation", "choices", "textarea", "taxonomy", "a", "b"]),
        )
    ),
    max_leaves=10,
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(result=st.lists(_VALUES, max_size=4), who=_VALUES, data=_VALUES)
def test_any_values_end_in_sound_spans_or_problems(
    tmp_path: Path, result: list[Any], who: Any, data: Any
) -> None:
    annotations = [{"result": result, "completed_by": who, "lead_time": who}, who]
    task = {"data": {"text": "Anne Roy\r\nà 🌍", "more": data}, "annotations": annotations}
    for each in tasks_in(tmp_path, {**task, "predictions": result, "meta": data, "drafts": who}):
        if isinstance(each, LabelledArticle):
            for span in each.spans:
                assert each.article.text[span.start : span.end] == span.surface != ""


@settings(max_examples=40)
@given(
    values=st.lists(st.dictionaries(st.text(max_size=4), _VALUES), max_size=5),
    indent=st.sampled_from([None, 1]),
)
def test_objects_are_parted_as_json_has_them(values: list[Any], indent: int | None) -> None:
    raw = json.dumps(values, indent=indent, ensure_ascii=False).encode()
    found = list(items(io.BytesIO(raw), "x"))
    assert [json.loads(each.raw) for each in found if isinstance(each, Item)] == values
    assert not any(isinstance(each, Problem) for each in found)


def test_an_object_longer_than_what_is_read_at_once() -> None:
    rows = [{"text": 'é"\\{' * 700_000}, {"n": 1}]
    found = list(items(io.BytesIO(json.dumps(rows).encode()), "x"))
    assert [json.loads(each.raw) for each in found if isinstance(each, Item)] == rows


def test_the_format_says_what_it_holds() -> None:
    (format,) = formats()
    assert set(format.holds) == set(LabelStudioWriter.holds)
    assert reasons([]) == set()
