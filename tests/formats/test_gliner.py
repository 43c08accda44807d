"""GLiNER's lines: its own tokens, inclusive ends, relations, and what it would pass over is told."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core.corpus import LabelledArticle, Span
from annotator.core.formats import Writing
from annotator.core.model import Link
from annotator.formats import native
from annotator.formats.gliner.format import LONGEST, words
from tests.formats.token_samples import (
    PICKS,
    TEXTS,
    TRAPPED,
    TRAPS,
    article,
    changed,
    check_sound,
    exported,
    format_of,
    labelled,
    left_out,
    picked,
    problems,
    read,
    remarks,
    shapes,
    surfaces,
)
from tests.formats.token_samples import given as given_file


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def linked(one: LabelledArticle, *links: tuple[int, int]) -> LabelledArticle:
    """Return an article with links between its annotations, counted in text order."""
    ids = [span.annotation for span in one.spans]
    made = [Link(f"l{n}", "source", ids[a], ids[b]) for n, (a, b) in enumerate(links)]
    return one._replace(links=made)


def test_an_article_as_a_line(tmp_path: Path) -> None:
    text = "« Oui » dit Anne Roy, de l’AFP."
    one = article(("quote", "Oui"), ("per", "Anne Roy"), ("org", "AFP"), text=text, title="Oui")
    out, losses = exported(tmp_path, "gliner", linked(one, (0, 1)))
    assert losses == []
    assert lines(out) == [
        {
            "tokenized_text": "« Oui » dit Anne Roy , de l ’ AFP .".split(),
            "ner": [[1, 1, "Quote"], [4, 5, "PER"], [10, 10, "ORG"]],
            "relations": [[0, 1, "source"]],
            "article": "a1",
            "start": 0,
            "text": text,
            "meta": {"title": "Oui"},
        }
    ]


def test_tokens_are_those_of_gliner_itself() -> None:
    cut = [TRAPS[start:end] for start, end in words(TRAPS)]
    assert cut == re.findall(r"\w+(?:[-_]\w+)*|\S", TRAPS)
    assert {"a-t-il", "l", "’", "10", "000", "croit-elle"} <= set(cut)


def test_the_french_traps_come_back_where_they_were(tmp_path: Path) -> None:
    out, losses = exported(tmp_path, "gliner", TRAPPED)
    assert sorted((loss.text, loss.reason) for loss in losses) == [
        ("-elle", "It was widened to whole tokens."),
        ("-t-il", "It was widened to whole tokens."),
    ]
    found = read(out, "gliner")
    assert problems(found) == remarks(found) == []
    assert [each.article.text for each in labelled(found)] == [TRAPS]
    assert labelled(found)[0].article.title == "Dit\tet\u2028redit"
    expected = [span.surface for span in TRAPPED.spans]
    expected[expected.index("-t-il")], expected[expected.index("-elle")] = "a-t-il", "croit-elle"
    assert [surface for _label, surface in surfaces(found)] == expected


def test_every_index_points_at_the_words_of_the_annotation(tmp_path: Path) -> None:
    nested = article(("org", "Ville de Lille"), ("loc", "Lille"), text="Ville de Lille")
    out, _losses = exported(tmp_path, "gliner", TRAPPED, nested)
    for one, line in zip((TRAPPED, nested), lines(out), strict=True):
        said = [
            "".join(line["tokenized_text"][first : last + 1]) for first, last, _l in line["ner"]
        ]
        for span, surface in zip(one.spans, said, strict=True):
            assert "".join(span.surface.split()) in surface


def test_what_is_longer_than_training_takes_is_told(tmp_path: Path) -> None:
    text = " ".join("un deux trois quatre cinq six sept huit neuf dix onze douze treize".split())
    one = article(("quote", text), ("per", text.removesuffix(" treize")), text=text)
    _out, losses = exported(tmp_path, "gliner", one)
    (loss,) = losses
    assert (loss.label, loss.outcome) == ("Quote", "changed")
    assert "longer than 12 tokens" in loss.reason


def long_text(sentences: int) -> str:
    return " ".join(f"Le numéro {n} dort à Lille depuis hier soir." for n in range(sentences))


def test_a_long_article_goes_out_in_lines_that_are_read_whole(tmp_path: Path) -> None:
    text = long_text(130)
    one = article(
        ("loc", "Lille"), ("per", "numéro 90"), ("per", "numéro 91"), text=text, title="T"
    )
    out, losses = exported(tmp_path, "gliner", linked(one, (0, 1), (1, 2)), article(id_="a2"))
    written = lines(out)
    assert [line["article"] for line in written] == ["a1"] * 4 + ["a2"]
    assert all(0 < len(line["tokenized_text"]) <= LONGEST for line in written)
    assert "".join(line["text"] for line in written[:4]) == text
    assert all(line["text"].startswith("Le numéro") for line in written[:4])
    assert [(loss.kind, loss.outcome) for loss in losses] == [("link", "left out")]
    found = read(out, "gliner")
    assert shapes(labelled(found)) == shapes([one])
    assert [link.type for link in labelled(found)[0].links] == ["source"]


def test_a_long_article_is_not_cut_inside_an_annotation(tmp_path: Path) -> None:
    text = long_text(130)
    start = text.index("dort à Lille", 1900)
    surface = text[start : start + 2900]
    out, losses = exported(tmp_path, "gliner", article(("quote", surface), text=text))
    assert shapes(labelled(read(out, "gliner"))) == shapes([article(("quote", surface), text=text)])
    assert any("behind the 384 tokens" in loss.reason for loss in losses)


def test_a_sentence_without_end_is_cut_between_words(tmp_path: Path) -> None:
    text = "mot " * 1000
    out, losses = exported(tmp_path, "gliner", article(text=text))
    assert losses == []
    assert [len(line["tokenized_text"]) for line in lines(out)] == [384, 384, 232]
    assert labelled(read(out, "gliner"))[0].article.text == text


def test_fragments_are_annotations_of_their_own_and_that_is_told(tmp_path: Path) -> None:
    text = "« Oui » dit Anne, « non\u00a0» et  rien"
    one = picked(text, [])
    quote = [
        Span("q", "quote", 0, 2, 5, "Oui"),
        Span("q", "quote", 1, 20, 23, "non"),
        Span("p", "per", 0, 12, 16, "Anne"),
        Span("z", "org", 0, 26, 28, "et"),
        Span("z", "org", 1, 29, 30, " "),
    ]
    link = [Link("l1", "source", "q", "p"), Link("l2", "x", "p", "z")]
    out, losses = exported(tmp_path, "gliner", one._replace(spans=quote, links=link))
    assert [(loss.kind, loss.outcome, loss.id) for loss in losses] == [
        ("annotation", "left out", "z"),
        ("link", "left out", "l2"),
        ("annotation", "changed", "q"),
    ]
    assert surfaces(read(out, "gliner")) == [("Quote", "Oui"), ("PER", "Anne"), ("Quote", "non")]
    assert lines(out)[0]["relations"] == [[0, 1, "source"]]


def test_training_data_of_others_is_read(tmp_path: Path) -> None:
    row = {
        "tokenized_text": ["L'", "AFP", "a", "vu", "Marie", "N'Diaye", "."],
        "ner": [[1, 1, "organization"], [4, 5, "person"]],
        "relations": [[0, 1, "saw"]],
    }
    for text, ending in ((json.dumps([row]), ".json"), (json.dumps(row), ".jsonl")):
        found = given_file(tmp_path, "gliner", text, ending)
        (one,) = labelled(found)
        assert one.article.text == "L'AFP a vu Marie N'Diaye."
        assert surfaces(found) == [("organization", "AFP"), ("person", "Marie N'Diaye")]
        (link,) = one.links
        assert (link.from_id, link.to_id) == tuple(span.annotation for span in one.spans)
        assert any("joined by the rules" in remark for remark in remarks(found))


def test_it_is_told_from_other_json_lines(tmp_path: Path) -> None:
    recognises = format_of("gliner").recognises
    assert recognises
    out, _losses = exported(tmp_path, "gliner", TRAPPED)
    assert recognises(out, out.read_bytes()[:4096])
    assert not native.is_native(out)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('{"tokenized_text": "Anne"}', "not a list of words"),
        ('{"tokenized_text": ["a", 5]}', "not a list of words"),
        ("[]", "not a list of words"),
        ('{"tokenized_text": ["a"], "ner": [[0, 1, "X"]]}', "there are 1 tokens"),
        ('{"tokenized_text": ["a"], "ner": [[0, -1, "X"]]}', "there are 1 tokens"),
        ('{"tokenized_text": ["a"], "ner": [["0", 0, "X"]]}', "whole numbers"),
        ('{"tokenized_text": ["a"], "ner": [[0, 0, ""]]}', "no label"),
        ('{"tokenized_text": ["a"], "ner": [[0, 0]]}', "is not [first token"),
        ('{"tokenized_text": ["a"], "ner": {"x": 1}}', "not as it should be"),
        ('{"tokenized_text": ["a"], "relations": [[0, 1, "x"]]}', "two different spans"),
        (
            '{"tokenized_text": ["a"], "ner": [[0, 0, "X"]], "relations": [[0, 0, "x"]]}',
            "different",
        ),
        ('{"tokenized_text": ["a", " "], "ner": [[1, 1, "X"]]}', "only blanks"),
        ('{"tokenized_text": ["a"', "Not valid JSON"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_rest_comes_in(
    tmp_path: Path, row: str, said: str
) -> None:
    sound = '{"tokenized_text": ["Lille"], "ner": [[0, 0, "LOC"]]}\n'
    found = given_file(tmp_path, "gliner", f"{sound}{row}\n")
    assert ("LOC", "Lille") in surfaces(found)
    (problem,) = problems(found)
    assert problem.startswith("given.jsonl:2: ")
    assert said in problem


def test_a_text_that_is_not_that_of_the_tokens_is_told(tmp_path: Path) -> None:
    found = given_file(tmp_path, "gliner", '{"tokenized_text": ["a", "b"], "text": "a c"}')
    assert labelled(found)[0].article.text == "a b"
    assert any("not that of its tokens" in remark for remark in remarks(found))


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    one=TEXTS,
    picks=PICKS,
    links=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=3),
    other=TEXTS,
)
def test_any_article_comes_back_but_for_what_is_told(
    tmp_path_factory: pytest.TempPathFactory,
    one: str,
    picks: list[tuple[int, int, int]],
    links: list[tuple[int, int]],
    other: str,
) -> None:
    first = picked(one, picks)
    ids = list(dict.fromkeys(span.annotation for span in first.spans))
    joins = {(ids[a], ids[b]) for a, b in links if a != b and max(a, b) < len(ids)}
    first = first._replace(links=[Link(f"l{a}{b}", "x", a, b) for a, b in sorted(joins)])
    corpus = [first, picked(other, [], "a2")]
    out, losses = exported(tmp_path_factory.mktemp("any"), "gliner", *corpus)
    found = read(out, "gliner")
    assert problems(found) == remarks(found) == []
    assert [each.article.text for each in labelled(found)] == [one, other]
    touched = left_out(losses) | changed(losses)
    exact = first._replace(spans=[s for s in first.spans if s.annotation not in touched])
    assert shapes([exact]) <= shapes(labelled(found))
    lost = {loss.id for loss in losses if loss.kind == "link"}
    assert len(labelled(found)[0].links) == len(first.links) - len(lost)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    row=st.fixed_dictionaries(
        {"tokenized_text": st.lists(st.text("ab \u2028\r\n", max_size=3), max_size=4)},
        optional={
            "ner": st.lists(st.lists(st.integers(-2, 5) | st.just("X"), max_size=4), max_size=3),
            "relations": st.lists(st.lists(st.integers(-1, 3) | st.just("r"), max_size=3)),
            "text": st.text("ab \r\n", max_size=6),
            "article": st.sampled_from(["a", 5, None]),
            "start": st.integers(0, 4),
            "meta": st.sampled_from([{}, {"title": 3}, 7]),
        },
    )
)
def test_any_values_end_in_sound_spans_or_problems(tmp_path: Path, row: dict[str, Any]) -> None:
    check_sound(given_file(tmp_path, "gliner", f"{json.dumps(row)}\n" * 2))


def test_the_outermost_alone_when_asked_for(tmp_path: Path) -> None:
    nested = article(("org", "Ville de Lille"), ("loc", "Lille"), text="Ville de Lille")
    out, losses = exported(tmp_path, "gliner", nested, how=Writing(overlap="outermost"))
    assert lines(out)[0]["ner"] == [[0, 2, "ORG"]]
    assert len(left_out(losses)) == 1
