"""Our own format holds all that a project holds, and tells what is wrong with a file."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core.corpus import Corpus, Found, Foundation, LabelledArticle, Span, labelled
from annotator.core.model import (
    Annotation,
    Article,
    ArticleState,
    Document,
    Entity,
    Fragment,
    Link,
    Problem,
)
from annotator.core.scheme import Attribute, Label, LinkType, Scheme, Slot
from annotator.formats import native
from annotator.formats.native_writer import NativeWriter

TEXT = "« Nous 🌍 agirons », a dit\nMme Roy, « dès l’été ».\u2028\u00a0e\u0301 \r"
TYPE = Attribute("type", "choice", ("direct", "mixed"), "direct", "t")
SURE = Attribute("sure", "flag", key="h")
SOURCE = Slot("source", "s", ("per",), many=True)
SCHEME = Scheme(
    "Test",
    "For tests",
    (
        Label("quote", "Quote", "q", "purple", attributes=(TYPE, SURE), slots=(SOURCE,)),
        Label("per", "Personne", "p", retired=True),
    ),
    (LinkType("answers", ("quote",), ("quote",)),),
)
ENTITY = Entity("e1", "Anne Roy", "person", ("Mme Roy",), "female", "ministre", "Q1", "!")
QUOTE = Annotation(
    "a1",
    "x",
    "quote",
    (Fragment(2, 16, TEXT[2:16]), Fragment(36, 45, TEXT[36:45])),
    {"type": "direct", "sure": True},
    "une note",
    None,
    "Luc",
    "hand",
    score=0.25,
    reason="«…»",
    created="2026-01-01T00:00:00.000Z",
    updated="2026-01-02T00:00:00.000Z",
)
PERSON = replace(
    QUOTE,
    id="a2",
    label="per",
    fragments=(Fragment(26, 33, TEXT[26:33]),),
    attributes={},
    entity="e1",
    score=None,
    reason="",
    note="",
)
ARTICLE = Article(
    "x",
    TEXT[:-2],
    "Un titre",
    "A. Roy",
    "2018-04-19",
    "",
    "",
    "fr",
    {"n": [1, None]},
    ArticleState.FLAGGED,
)
LINK = Link("l1", "source", "a1", "a2", "Luc", "2026-01-01T00:00:00.000Z")
DOCUMENT = Document(ARTICLE, (QUOTE, PERSON), (LINK,), seconds={"Luc": 12.5})


def written(path: Path, *documents: Document) -> list[dict[str, Any]]:
    """Write the documents as a corpus, and return the objects in the file."""
    rows = [labelled(document) for document in documents]
    writer = NativeWriter(Corpus(SCHEME, lambda: iter(rows), {"e1": ENTITY}))
    assert list(writer.write(path)) == []
    assert list(writer.differences(path)) == []
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


@pytest.fixture
def rewritten(tmp_path: Path) -> Callable[[Callable[[dict[str, Any]], object]], list[Found]]:
    """Return a function that changes one line of a file and reads it again."""

    def rewrite(change: Callable[[dict[str, Any]], object]) -> list[Found]:
        (row,) = written(tmp_path / "c.jsonl", DOCUMENT)
        change(row)
        (tmp_path / "c.jsonl").write_text(json.dumps(row), "utf-8")
        return list(native.read(tmp_path / "c.jsonl"))

    return rewrite


def problems(found: list[Found]) -> list[str]:
    return [str(each) for each in found if isinstance(each, Problem)]


def the_article(found: list[Found]) -> LabelledArticle:
    (article,) = [each for each in found if isinstance(each, LabelledArticle)]
    return article


def test_a_line_has_the_keys_of_the_format_in_their_order(tmp_path: Path) -> None:
    (row,) = written(tmp_path / "c.jsonl", DOCUMENT)
    assert " ".join(row) == "format id text sha256 meta state annotations links seconds project"
    quote, person = row["annotations"]
    assert " ".join(person) == (
        "id label fragments text attributes note entity annotator origin state created updated"
    )
    assert quote["fragments"] == [[2, 16], [36, 45]]
    assert quote["text"] == f"{TEXT[2:16]} … {TEXT[36:45]}"
    assert (quote["label"], person["entity"]) == ("Quote", "e1")
    assert row["links"][0] == {
        "id": "l1",
        "type": "source",
        "from": "a1",
        "to": "a2",
        "annotator": "Luc",
        "created": "2026-01-01T00:00:00.000Z",
    }


def test_only_the_first_line_has_the_project(tmp_path: Path) -> None:
    other = replace(DOCUMENT, article=replace(ARTICLE, id="y"))
    first, second = written(tmp_path / "c.jsonl", DOCUMENT, other)
    assert "project" in first
    assert "project" not in second


def test_everything_comes_back(tmp_path: Path) -> None:
    written(tmp_path / "c.jsonl", DOCUMENT)
    foundation, article = native.read(tmp_path / "c.jsonl")
    assert foundation == Foundation(SCHEME, (ENTITY,), "c.jsonl:1")
    expected = labelled(DOCUMENT)
    names = {"quote": "Quote", "per": "Personne"}
    assert isinstance(article, LabelledArticle)
    assert article.article == expected.article
    assert article.links == expected.links
    assert article.seconds == expected.seconds
    assert [json.loads(span.attributes) for span in article.spans] == [
        json.loads(span.attributes) for span in expected.spans
    ]
    assert [span._replace(attributes="") for span in article.spans] == [
        span._replace(label=names[span.label], attributes="") for span in expected.spans
    ]


def test_a_project_without_articles_keeps_its_scheme(tmp_path: Path) -> None:
    written(tmp_path / "c.jsonl")
    assert list(native.read(tmp_path / "c.jsonl")) == [Foundation(SCHEME, (ENTITY,), "c.jsonl:1")]


def test_a_line_with_the_least_is_enough(tmp_path: Path) -> None:
    row = {
        "format": "annotator-jsonl/1",
        "text": "Anne",
        "annotations": [{"label": "P", "fragments": [[0, 4]]}],
    }
    (tmp_path / "c.jsonl").write_text(json.dumps(row), "utf-8")
    article = the_article(list(native.read(tmp_path / "c.jsonl")))
    (span,) = article.spans
    assert (span.surface, span.state, span.origin, article.article.state) == (
        "Anne",
        "accepted",
        "import",
        "todo",
    )
    assert span.annotation
    assert article.article.id


def test_line_ends_become_one_and_fragments_follow(tmp_path: Path) -> None:
    row: dict[str, Any] = {"format": "annotator-jsonl/1", "text": "Mme\r\nRoy\rici"}
    row["annotations"] = [{"label": "P", "fragments": [[0, 8]], "text": "Mme\r\nRoy"}]
    (tmp_path / "c.jsonl").write_text(json.dumps(row), "utf-8")
    article = the_article(list(native.read(tmp_path / "c.jsonl")))
    assert article.article.text == "Mme\nRoy\nici"
    assert [span.surface for span in article.spans] == ["Mme\nRoy"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("fragments", []),
        ("fragments", None),
        ("fragments", [[2, 2]]),
        ("fragments", [[5, 2]]),
        ("fragments", [[-4, 2]]),
        ("fragments", [[2, 999]]),
        ("fragments", [[True, 16]]),
        ("fragments", [[2.0, 16.0]]),
        ("fragments", [["2", "16"]]),
        ("fragments", [2, 16]),
        ("fragments", [[36, 45], [2, 16]]),
        ("fragments", [[2, 8], [8, 16]]),
        ("fragments", [[2, 10], [8, 16]]),
        ("fragments", {"start": 2}),
        ("text", "Nous agirons"),
        ("text", 5),
        ("label", ""),
        ("label", None),
        ("label", 7),
        ("state", "maybe"),
        ("state", []),
        ("entity", 5),
        ("score", "0.5"),
        ("score", True),
        ("note", 5),
        ("attributes", []),
        ("attributes", "x"),
        ("annotator", 5),
        ("id", 5),
        ("id", "a2"),
    ],
)
def test_a_bad_annotation_is_told_and_left_out_with_its_links(
    rewritten: Callable[..., list[Found]], key: str, value: Any
) -> None:
    found = rewritten(lambda row: row["annotations"][0].update({key: value}))
    assert len({span.annotation for span in the_article(found).spans}) == 1
    assert the_article(found).links == []
    told = problems(found)
    assert len(told) == 2
    assert all(each.startswith("c.jsonl:1: ") for each in told)


@pytest.mark.parametrize(
    "link",
    [
        {"type": "x", "from": "a1", "to": "a9"},
        {"type": "x", "from": "a1", "to": "a1"},
        {"type": "", "from": "a1", "to": "a2"},
        {"type": "source", "from": "a1", "to": "a2"},
        {"from": "a1", "to": "a2"},
        {"type": 5, "from": "a1", "to": "a2"},
        {"type": "x", "from": ["a1"], "to": "a2"},
        "a1",
        None,
    ],
)
def test_a_bad_link_is_told_and_left_out(rewritten: Callable[..., list[Found]], link: Any) -> None:
    found = rewritten(lambda row: row["links"].append(link))
    assert the_article(found).links == [LINK]
    assert len(problems(found)) == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("meta", []),
        ("state", "finished"),
        ("state", {}),
        ("links", {"id": "l1"}),
        ("seconds", {"Luc": -1}),
        ("seconds", {"Luc": "1"}),
        ("seconds", 12),
        ("sha256", "0" * 64),
        ("sha256", 5),
        ("project", {"scheme": {"labels": [{}]}}),
        ("project", {"scheme": {"labels": 5}}),
        ("project", {"scheme": [], "entities": []}),
        ("project", {"scheme": {}, "entities": [{"id": "e", "name": "x", "gender": "?"}]}),
        ("project", {"scheme": {}, "entities": [5]}),
        ("project", {"scheme": {}, "entities": 5}),
        ("project", 5),
    ],
)
def test_a_bad_part_is_told_and_the_article_comes_in(
    rewritten: Callable[..., list[Found]], key: str, value: Any
) -> None:
    found = rewritten(lambda row: row.update({key: value}))
    assert the_article(found).article.text == ARTICLE.text
    assert len(problems(found)) == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [("text", ""), ("text", 5), ("text", None), ("id", 5), ("format", "annotator-jsonl/2")],
)
def test_a_line_that_is_no_article_is_told(
    rewritten: Callable[..., list[Found]], key: str, value: Any
) -> None:
    found = rewritten(lambda row: row.update({key: value}))
    assert not any(isinstance(each, LabelledArticle) for each in found)
    assert len(problems(found)) == 1


def test_a_line_of_another_kind_between_ours_is_told(tmp_path: Path) -> None:
    file = tmp_path / "c.jsonl"
    written(file, DOCUMENT)
    file.write_bytes(file.read_bytes() + b'{"text": "a"}\n[]\n{"format"\n')
    assert [each.split(" ")[0] for each in problems(list(native.read(file)))] == [
        "c.jsonl:2:",
        "c.jsonl:3:",
        "c.jsonl:4:",
    ]


def test_the_digest_tells_what_was_handed_to_the_disk(tmp_path: Path) -> None:
    writer = NativeWriter(Corpus(SCHEME, lambda: iter([labelled(DOCUMENT)]), {}))
    list(writer.write(tmp_path / "c.jsonl"))
    raw = (tmp_path / "c.jsonl").read_bytes()
    assert writer.digests == {"c.jsonl": hashlib.sha256(raw).hexdigest()}


_WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1, max_size=30
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_WORDS.filter(str.strip), data=st.data())
def test_any_text_and_any_fragments_come_back(
    tmp_path: Path, text: str, data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    ranges = list(zip(cuts[::2], cuts[1::2], strict=False))
    spans = [
        Span("a1", "quote", n, start, end, text[start:end]) for n, (start, end) in enumerate(ranges)
    ]
    row = LabelledArticle(Article("x", text), spans, [])
    writer = NativeWriter(Corpus(SCHEME, lambda: iter([row]), {}))
    list(writer.write(tmp_path / "c.jsonl"))
    assert list(writer.differences(tmp_path / "c.jsonl")) == []
    article = the_article(list(native.read(tmp_path / "c.jsonl")))
    assert article.article.text == text
    assert [(span.start, span.end, span.surface) for span in article.spans] == [
        (span.start, span.end, span.surface) for span in spans
    ]


def test_the_short_way_reads_what_the_long_way_reads(tmp_path: Path) -> None:
    row = {
        "id": "a1",
        "label": "PER",
        "fragments": [[0, 4]],
        "text": "Anne",
        "attributes": {},
        "note": "n",
        "entity": None,
        "annotator": "Ada",
        "origin": "hand",
        "state": "suggested",
        "created": "2024-01-01T00:00:00Z",
    }
    found = []
    for text in ("Anne\nRoy", "Anne\r\nRoy"):  # A text with CR is never read the short way.
        line = {"format": "annotator-jsonl/1", "text": text, "meta": {}, "annotations": [row]}
        (tmp_path / "a.jsonl").write_text(json.dumps(line), "utf-8")
        (article,) = native.read(tmp_path / "a.jsonl")
        assert isinstance(article, LabelledArticle)
        found.append(article.spans)
    assert found[0] == found[1] != []
