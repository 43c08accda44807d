"""Parquet: pyarrow finds our spans and tags, everything comes back, data sets of others come in."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from annotator.core.corpus import LabelledArticle
from annotator.core.errors import UserError
from annotator.core.formats import Align, Writing
from annotator.core.model import Article
from annotator.core.scheme import Label, Scheme
from annotator.formats import extras
from annotator.formats.parquet import format as parquet
from annotator.formats.parquet.format import ParquetWriter, read_parquet
from tests.formats.marked import (
    ANNE,
    NAMES,
    TEXT,
    article_of,
    articles,
    at,
    corpus,
    entities_of,
    problems,
    proved,
    reasons,
    remarks,
    rich,
    shapes,
    spans,
)

GOLDEN = Path(__file__).parent / "golden"

TAGS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]


def exported(folder: Path, *labelled: LabelledArticle, how: Writing | None = None) -> Path:
    proved(ParquetWriter, corpus(*labelled), folder, how or Writing(), "train.parquet")
    return folder / "train.parquet"


def file_of(path: Path, rows: list[dict[str, Any]], **metadata: str) -> Path:
    table = pa.Table.from_pylist(rows)
    pq.write_table(table.replace_schema_metadata(metadata), path)
    return path


def tagged(row: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what the tags of a row say, decoded as any reader of IOB2 does."""
    found: list[tuple[str, list[int]]] = []
    for pair, tag in zip(row["token_offsets"], row["ner_tags"], strict=True):
        name = "?" if tag == -100 else TAGS[tag]
        if name.startswith("B-"):
            found.append((name[2:], list(pair)))
        elif name.startswith("I-"):
            found[-1][1][1] = pair[1]
    return [(label, row["text"][start:end]) for label, (start, end) in found]


def test_everything_survives(tmp_path: Path) -> None:
    second = LabelledArticle(Article("a2", "Rien à dire."), [], [])
    losses = proved(ParquetWriter, corpus(rich(), second), tmp_path, name="x.parquet")
    assert reasons(losses) == {
        ("annotation", "changed", "Only in ner_tags: It was widened to whole tokens."),
        (
            "annotation",
            "changed",
            "It is in spans, but not in ner_tags: It lies inside or across another.",
        ),
    }
    found = list(read_parquet(tmp_path / "x.parquet"))
    assert problems(found) == remarks(found) == []
    first, other = (each for each in found if isinstance(each, LabelledArticle))
    assert (first.article, other.article) == (rich().article, second.article)
    assert [span[:6] for span in first.spans] == [
        (s[0], NAMES[s.label], *s[2:6]) for s in rich().spans
    ]
    assert [json.loads(s.attributes) for s in first.spans] == [
        json.loads(s.attributes) for s in rich().spans
    ]
    assert [s[7:] for s in first.spans] == [s[7:] for s in rich().spans]
    assert first.links == rich().links
    assert entities_of(found)[0] == ANNE


def test_a_file_of_an_older_version_comes_in() -> None:
    found = list(read_parquet(GOLDEN / "parquet" / "rich.parquet"))
    assert problems(found) == []
    assert article_of(found).article == rich().article
    assert shapes(article_of(found)) == shapes(rich(), NAMES)
    assert article_of(found).links == rich().links


def test_pyarrow_finds_exactly_our_spans_and_tags(tmp_path: Path) -> None:
    (row,) = pq.read_table(exported(tmp_path, rich())).to_pylist()
    assert row["text"] == TEXT
    ranges = [(s["label"], f["start"], f["end"]) for s in row["spans"] for f in s["fragments"]]
    assert Counter(ranges) == Counter((NAMES[s.label], s.start, s.end) for s in rich().spans)
    quote = next(span for span in row["spans"] if span["id"] == "q2")
    assert (quote["start"], quote["end"]) == (at("Il faut agir")[0], at("000\u00a0cas")[1])
    assert quote["text"] == "Il faut agir … dès 10\u202f000\u00a0cas"
    first = row["spans"][0]
    assert first["attributes"] == [
        {"name": "type", "value": "direct"},
        {"name": "negated", "value": "true"},
        {"name": "n", "value": '"42"'},
    ]
    assert tagged(row) == [
        ("PER", "la préfète de l'Écologie Anne N'Guyen"),
        ("LOC", "Brest"),
        ("ORG", "AFP"),
        ("PER", "-t-elle"),
    ]
    assert "10\u202f000" in row["tokens"]
    assert row["tokens"] == [TEXT[start:end] for start, end in row["token_offsets"]]
    assert {(r["label"], r["head"], r["tail"]) for r in row["relations"]} == {
        (k.type, k.from_id, k.to_id) for k in rich().links
    }
    assert json.loads(row["metadata"])["title"] == "La mer monte : « vite »"


def test_the_features_of_hugging_face_stand_in_the_schema(tmp_path: Path) -> None:
    file = pq.ParquetFile(exported(tmp_path, rich()))
    features = json.loads(file.schema_arrow.metadata[b"huggingface"])["info"]["features"]
    assert list(features) == file.schema_arrow.names
    assert features["ner_tags"]["feature"] == {"names": TAGS, "_type": "ClassLabel"}
    assert features["spans"][0]["start"] == {"dtype": "int32", "_type": "Value"}
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"


def test_a_scheme_without_entities_tags_its_first_group(tmp_path: Path) -> None:
    scheme = Scheme(labels=(Label("q", "Quote", group="quotes"), Label("c", "Cue", group="cues")))
    labelled = LabelledArticle(Article("a", "« Oui », dit-il."), [], [])
    writer = ParquetWriter(corpus(labelled, scheme=scheme))
    assert writer.settings["ner_tags"] == "Quote"


def test_an_article_is_shown_as_its_tokens(tmp_path: Path) -> None:
    writer = ParquetWriter(corpus(rich()), Writing(align="mask"))
    list(writer.write(tmp_path / "x.parquet"))
    lines = writer.shown(tmp_path / "x.parquet").split("\n")
    assert lines[:3] == ["«\tO", "La\tO", "mer\tO"]
    assert {"AFP\tB-ORG", "-t-elle\t?", "10\\u202f000\tO", "Cue\ta prévenu"} <= set(lines)


ALIGNED: list[tuple[Align, list[tuple[str, str]], list[str]]] = [
    (
        "expand",
        [("ORG", "AFP"), ("PER", "-t-elle")],
        ["Only in ner_tags: It was widened to whole tokens."],
    ),
    ("contract", [("ORG", "AFP")], ["There is no whole token in it."]),
    ("drop", [("ORG", "AFP")], ["Its edges lie inside tokens."]),
    ("mask", [("ORG", "AFP")], ["Its tokens go out as unknown."]),
]


@pytest.mark.parametrize(("align", "tags", "told"), ALIGNED)
def test_edges_inside_tokens_follow_the_choice_in_the_tags_alone(
    tmp_path: Path, align: Align, tags: list[tuple[str, str]], told: list[str]
) -> None:
    parts = [*spans(TEXT, "o", "org", at("AFP")), *spans(TEXT, "p", "per", at("elle"))]
    labelled = LabelledArticle(Article("a", TEXT), parts, [])
    losses = proved(ParquetWriter, corpus(labelled), tmp_path, Writing(align=align), "x.parquet")
    assert [(each.outcome, each.id) for each in losses] == [("changed", "p")]
    assert losses[0].reason.endswith(told[0])
    (row,) = pq.read_table(tmp_path / "x.parquet").to_pylist()
    assert tagged(row) == tags
    assert (-100 in row["ner_tags"]) == (align == "mask")
    assert [span["text"] for span in row["spans"]] == ["AFP", "elle"]


def test_only_the_edges_of_entities_can_refuse_a_strict_export(tmp_path: Path) -> None:
    cue = LabelledArticle(Article("a", TEXT), spans(TEXT, "c", "cue", at("elle dit")), [])
    proved(ParquetWriter, corpus(cue), tmp_path, Writing(align="strict"), "x.parquet")
    with pytest.raises(UserError, match="“elle”"):
        list(ParquetWriter(corpus(rich()), Writing(align="strict")).losses())


@settings(max_examples=30, deadline=None)
@given(labelled=articles())
def test_any_article_comes_back(tmp_path_factory: Any, labelled: LabelledArticle) -> None:
    file = exported(tmp_path_factory.mktemp("out"), labelled)
    found = list(read_parquet(file))
    assert problems(found) == []
    back = article_of(found)
    assert back.article == labelled.article
    assert shapes(back) == shapes(labelled, NAMES)


def test_many_articles_are_written_in_row_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_BATCH", 3)
    monkeypatch.setattr(parquet, "_ROW_GROUP", 2000)
    many = [rich(f"{TEXT} {number}.") for number in range(10)]
    file = exported(tmp_path, *many)
    assert pq.ParquetFile(file).num_row_groups > 1
    back = [each for each in read_parquet(file) if isinstance(each, LabelledArticle)]
    assert [each.article.text for each in back] == [each.article.text for each in many]


def test_an_empty_corpus_is_a_file_with_columns(tmp_path: Path) -> None:
    file = exported(tmp_path)
    assert pq.read_table(file).num_rows == 0
    assert list(read_parquet(file)) == []


# What others write


def test_spans_counted_in_utf_16_are_put_right(tmp_path: Path) -> None:
    file = exported(tmp_path, rich())
    (row,) = pq.read_table(file).to_pylist()
    for span in row["spans"]:
        for part in (span, *span["fragments"]):
            part.update(
                {key: part[key] + (part[key] > TEXT.index("🌊")) for key in ("start", "end")}
            )
    found = list(read_parquet(file_of(tmp_path / "x.parquet", [row])))
    assert problems(found) == []
    assert remarks(found) == [
        "x.parquet: Offsets count UTF-16 units in 1 article; they were converted."
    ]
    assert shapes(article_of(found)) == shapes(rich(), NAMES)


def test_texts_with_windows_line_ends_keep_their_spans(tmp_path: Path) -> None:
    text = "Oui.\r\nLille dort."
    span = {"start": 6, "end": 11, "label": "LOC", "text": "Lille", "fragments": None}
    rows = [{"text": text, "spans": [span]}]
    schema = pa.schema(
        [
            ("text", pa.string()),
            (
                "spans",
                pa.list_(
                    pa.struct(
                        [
                            ("start", pa.int32()),
                            ("end", pa.int32()),
                            ("label", pa.string()),
                            ("text", pa.string()),
                            ("fragments", pa.list_(pa.struct([("start", pa.int32())]))),
                        ]
                    )
                ),
            ),
        ]
    )
    pq.write_table(pa.Table.from_pylist(rows, schema), tmp_path / "x.parquet")
    found = list(read_parquet(tmp_path / "x.parquet"))
    assert [s.surface for s in article_of(found).spans] == ["Lille"]


def test_what_does_not_fit_is_told_and_the_rest_comes_in(tmp_path: Path) -> None:
    file = exported(tmp_path, rich())
    (row,) = pq.read_table(file).to_pylist()
    row["spans"][1]["text"] = "autre chose"
    row["spans"][2].update({"fragments": [{"start": 60, "end": 9999}], "text": None})
    row["spans"][3].update({"fragments": [{"start": 9, "end": 12}, {"start": 12, "end": 20}]})
    row["spans"][4]["label"] = " "
    row["spans"][5]["state"] = "perhaps"
    row["relations"] += [
        {"head": "q2", "tail": "nobody", "label": "source"},
        {"head": "q2", "tail": "q2", "label": "source"},
    ]
    found = list(read_parquet(file_of(tmp_path / "x.parquet", [row])))
    told = problems(found)
    assert sum("the file says “autre chose”" in each for each in told) == 1
    assert sum("lies outside the text" in each for each in told) == 2
    assert sum("has no label" in each for each in told) == 1
    assert sum("“perhaps” is unknown" in each for each in told) == 1
    # Two are broken in the file, three lead to what was left out.
    assert sum("joins nothing" in each for each in told) == 5
    assert all(each.startswith("x.parquet, row 1: ") for each in told)
    assert {s.annotation for s in article_of(found).spans} == {"q1", "l1", "o2", "q2", "p2"}


def test_texts_and_spans_of_others_come_in(tmp_path: Path) -> None:
    rows = [
        {
            "texte": "Lille dort.",
            "entities": [{"start": 0, "end": 5, "label": "LOC"}],
            "date": date(2026, 11, 20),
        }
    ]
    found = list(read_parquet(file_of(tmp_path / "x.parquet", rows)))
    assert problems(found) == []
    article = article_of(found)
    assert article.article.published == "2026-11-20"
    assert shapes(article) == Counter([("LOC", (0, 5))])


def features(names: list[str]) -> str:
    tags = {"feature": {"names": names, "_type": "ClassLabel"}, "_type": "List"}
    return json.dumps({"info": {"features": {"ner_tags": tags}}})


def test_tokens_and_tags_of_others_come_in(tmp_path: Path) -> None:
    rows = [
        {
            "id": "0",
            "tokens": ["L'", "AFP", "est", "à", "Lille", "."],
            "ner_tags": [0, 3, 0, 0, 5, -100],
            "pos_tags": [1, 1, 1, 1, 1, 1],
        }
    ]
    file = file_of(tmp_path / "x.parquet", rows, huggingface=features(TAGS))
    found = list(read_parquet(file))
    article = article_of(found)
    assert article.article.text == "L'AFP est à Lille."
    assert shapes(article) == Counter([("ORG", (2, 5)), ("LOC", (12, 17))])
    assert problems(found) == [
        "x.parquet: “-100” (1 token) is no tag such as B-PER, I-PER or O; the token came in without."
    ]
    assert "x.parquet: The column “pos_tags” was not taken over." in remarks(found)


def test_numbers_of_tags_without_names_are_told(tmp_path: Path) -> None:
    rows = [{"tokens": ["Lille"], "ner_tags": [5], "text": "Lille"}]
    found = list(read_parquet(file_of(tmp_path / "x.parquet", rows)))
    assert "“5” (1 token) is no tag" in problems(found)[0]
    assert article_of(found).article.text == "Lille"


def test_more_tags_than_tokens_are_told(tmp_path: Path) -> None:
    rows = [{"words": ["Lille"], "tags": ["B-LOC", "O"]}, {"words": ["Lille"], "tags": ["B-LOC"]}]
    found = list(read_parquet(file_of(tmp_path / "x.parquet", rows)))
    assert problems(found) == ["x.parquet, row 1: It has 1 tokens, but 2 tags; they were left out."]
    assert shapes(article_of(found)) == Counter([("LOC", (0, 5))])


def test_columns_of_nothing_known_are_told_once(tmp_path: Path) -> None:
    rows = [{"n": number} for number in range(500)]
    assert problems(read_parquet(file_of(tmp_path / "x.parquet", rows))) == [
        "x.parquet: None of its columns (n) is known for a text or for tokens and tags."
    ]


@pytest.mark.parametrize("damage", ["empty", "text", "truncated", "middle"])
def test_a_broken_file_is_told(tmp_path: Path, damage: str) -> None:
    file = exported(tmp_path, *(rich(f"{TEXT} {number}.") for number in range(20)))
    raw = file.read_bytes()
    middle = raw[: len(raw) // 3] + bytes(400) + raw[len(raw) // 3 + 400 :]
    broken = {"empty": b"", "text": b"Lille dort.", "truncated": raw[:-20], "middle": middle}
    file.write_bytes(broken[damage])
    told = problems(read_parquet(file))
    assert told and told[-1].startswith("train.parquet: It is no Parquet, or broken: ")


def test_without_pyarrow_it_is_said_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _name: None)
    with pytest.raises(UserError, match=r'pip install "annotator\[parquet\]"'):
        ParquetWriter(corpus(rich()))
    (problem,) = problems(read_parquet(tmp_path / "x.parquet"))
    assert 'pip install "annotator[parquet]"' in problem
