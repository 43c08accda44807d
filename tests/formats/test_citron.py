"""Citron's JSON: quotes with cue and sources go out and in, and all else is told."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from annotator.core.corpus import Found, LabelledArticle, document
from annotator.core.model import Article, Link
from annotator.formats.citron.format import CitronWriter, is_quote
from annotator.formats.citron.reading import read_citron, recognises
from tests.formats.marked import (
    SCHEME,
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
    spans,
)


def only(folder: Path) -> Path:
    (file,) = folder.glob("*.json")
    return file


def citron_spans(file: Path) -> list[dict[str, Any]]:
    """Return the quotes as Citron's own parser asks for them: by these keys, and no others."""
    value = json.loads(file.read_text("utf-8"))
    found = []
    for quote in value["quotes"]:
        cue, text = quote["cue"], value["text"]
        row = {"cue": text[cue["start"] : cue["end"]]}
        for key in ("sources", "contents"):
            row[key] = [text[span["start"] : span["end"]] for span in quote[key]]
        found.append(row)
    return found


def test_a_quote_with_its_cue_and_source_survives(tmp_path: Path) -> None:
    losses = proved(CitronWriter, corpus(rich()), tmp_path)
    assert citron_spans(only(tmp_path)) == [
        {
            "cue": "a prévenu",
            "sources": ["la préfète de l'Écologie Anne N'Guyen"],
            "contents": ["La mer monte 🌊 vite"],
        }
    ]
    assert ("annotation", "left out", "Citron reads no quote without a cue.") in reasons(losses)
    stranger = "It is no part of a quote, and Citron knows nothing else."
    lost = Counter(each.label for each in losses if each.reason == stranger)
    assert lost == {"à b/c": 1, "ORG": 2, "LOC": 1, "PER": 1}
    relabelled = [each.label for each in losses if "comes back as “Source”" in each.reason]
    assert relabelled == ["PER"]
    kinds = {(each.kind, each.outcome) for each in losses}
    assert {("attribute", "left out"), ("note", "left out"), ("entity", "left out")} <= kinds
    article = article_of(read_citron(only(tmp_path)))
    assert article.article == rich().article
    assert Counter(span.label for span in article.spans) == {"Quote": 1, "Cue": 1, "Source": 1}
    assert sorted(link.type for link in article.links) == ["cue", "source"]


def spoken() -> LabelledArticle:
    text = "« Oui », dit-elle, « et non ». Anne Roy a ri, lui aussi."
    rows = [
        *spans(text, "q", "quote", (2, 5), (21, 27)),
        *spans(text, "c", "cue", (9, 12)),
        *spans(text, "s", "per", (13, 17)),
        *spans(text, "s2", "per", at("lui", text), at("aussi", text)),
        *spans(text, "a", "per", at("Anne Roy", text)),
    ]
    links = [
        Link("1", "cue", "q", "c"),
        Link("2", "source", "q", "s"),
        Link("3", "speaker", "q", "s2"),
        Link("4", "refers", "s", "a"),
        Link("5", "addressee", "q", "a"),
    ]
    rows.sort(key=lambda row: row.start if row.annotation != "q" else 2)
    return LabelledArticle(Article("x", text, title="Oui"), rows, links)


def test_fragments_of_contents_and_coreferences_survive(tmp_path: Path) -> None:
    losses = proved(CitronWriter, corpus(spoken()), tmp_path)
    (quote,) = citron_spans(only(tmp_path))
    assert quote["contents"] == ["Oui", "et non"]
    assert quote["sources"] == ["elle", "lui"]
    value = json.loads(only(tmp_path).read_text("utf-8"))
    assert [span["text"] for span in value["quotes"][0]["coreferences"]] == ["Anne Roy"]
    told = reasons(losses)
    assert (
        "annotation",
        "changed",
        "It is in several fragments; the first alone goes out.",
    ) in told
    assert ("link", "changed", "The type of the link is spelled otherwise in the file.") in told
    found = document(article_of(read_citron(only(tmp_path))))
    texts = {annotation.id: annotation.text for annotation in found.annotations}
    assert {(k.type, texts[k.from_id], texts[k.to_id]) for k in found.links} == {
        ("cue", "Oui … et non", "dit"),
        ("source", "Oui … et non", "elle"),
        ("source", "Oui … et non", "lui"),
        ("refers", "elle", "Anne Roy"),
    }


@any_folder(30)
@given(labelled=articles())
def test_any_article_comes_back(tmp_path_factory: Any, labelled: LabelledArticle) -> None:
    proved(CitronWriter, corpus(labelled), tmp_path_factory.mktemp("out"))


def test_quotes_are_told_by_their_slots_or_their_name() -> None:
    assert [label.id for label in SCHEME.labels if is_quote(label)] == ["quote"]


# Somebody else's


def citron(tmp_path: Path, *quotes: Any, text: str = TEXT, **more: Any) -> list[Found]:
    file = tmp_path / "doc.json"
    value = {"text": text, "quotes": quotes, **more}
    file.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return list(read_citron(file))


def span(surface: str, text: str = TEXT, move: int = 0) -> dict[str, Any]:
    start, end = at(surface, text)
    return {"start": start + move, "end": end + move, "text": surface}


def quote(**parts: Any) -> dict[str, Any]:
    given = {"cue": span("dit"), "sources": [span("elle")], "contents": [span("Il faut agir")]}
    return given | parts


def test_a_source_of_two_quotes_comes_in_once(tmp_path: Path) -> None:
    found = citron(
        tmp_path,
        quote(confidence="0.9012", coreferences=[span("Anne N'Guyen")]),
        quote(contents=[span("dès"), span("cas")], coreferences=None),
    )
    assert problems(found) == remarks(found) == []
    article = article_of(found)
    assert [(s.label, s.n, s.surface) for s in article.spans] == [
        ("Mention", 0, "Anne N'Guyen"),
        ("Quote", 0, "Il faut agir"),
        ("Source", 0, "elle"),
        ("Cue", 0, "dit"),
        ("Quote", 0, "dès"),
        ("Quote", 1, "cas"),
    ]
    assert article.spans[1].score == 0.9012
    assert Counter(k.type for k in article.links) == {"cue": 2, "source": 2, "refers": 1}


def test_groups_of_the_same_meaning_become_mentions(tmp_path: Path) -> None:
    groups = [[span("Anne N'Guyen"), span("elle"), span("la préfète")], [], "x"]
    found = citron(tmp_path, quote(), coreference_groups=groups)
    article = article_of(found)
    surfaces = {s.annotation: s.surface for s in article.spans}
    assert {
        (surfaces[k.from_id], surfaces[k.to_id]) for k in article.links if k.type == "refers"
    } == {("elle", "Anne N'Guyen"), ("la préfète", "Anne N'Guyen")}


def test_offsets_in_utf_16_are_found_out(tmp_path: Path) -> None:
    found = citron(
        tmp_path,
        quote(
            cue=span("dit", move=1),
            sources=[span("elle", move=1)],
            contents=[span("Il faut agir", move=1)],
        ),
    )
    assert [s.surface for s in article_of(found).spans] == ["Il faut agir", "elle", "dit"]
    assert "UTF-16" in remarks(found)[0]


@pytest.mark.parametrize(
    "bad",
    [
        quote(contents=[]),
        quote(contents=None),
        {"cue": span("dit")},
        5,
        quote(sources=[{"start": 3, "end": 9_999}]),
        quote(sources=["elle"]),
        quote(cue={"start": 5, "end": 5}),
        quote(contents=[{"start": 4, "end": 7, "text": "ailleurs"}]),
    ],
)
def test_what_does_not_fit_is_told_and_the_rest_comes_in(tmp_path: Path, bad: Any) -> None:
    found = citron(tmp_path, bad, quote(contents=[span("vite")]))
    assert problems(found)
    assert all(each.startswith("doc.json: ") for each in problems(found))
    assert ("Quote", "vite") in [(s.label, s.surface) for s in article_of(found).spans]


@pytest.mark.parametrize("raw", [b"", b"[", b"3", b'{"quotes": []}', b'{"text": 4, "quotes": []}'])
def test_a_broken_file_is_one_problem(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "doc.json"
    file.write_bytes(raw)
    (problem,) = problems(read_citron(file))
    assert problem.startswith("doc.json")


def test_citron_is_told_from_other_json(tmp_path: Path) -> None:
    def told(raw: bytes) -> bool:
        file = tmp_path / "x.json"
        file.write_bytes(raw)
        return recognises(file, raw[:4096])

    proved(CitronWriter, corpus(rich()), tmp_path / "out")
    file = only(tmp_path / "out")
    assert recognises(file, file.read_bytes()[:4096])
    long = b'{"text": "' + b"a" * 10_000 + b'", "quotes": [{"cue": {}, "contents": []}]}'
    assert told(long)
    assert told(b'{"text": "a", "quotes": [ ]}')
    assert not told(b'{"text": "a", "quotes": [{"speaker": "x", "quote": "y"}]}')
    assert not told(b'{"text": "a", "spans": []}')
