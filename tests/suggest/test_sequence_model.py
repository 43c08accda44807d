"""What the model learns: names where they stand, exact to the code point, and nothing it was not shown."""

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.suggest.model import tags
from annotator.suggest.model.evaluation import Evaluation, evaluate, steps
from annotator.suggest.model.examples import (
    LEAST,
    WIDEST,
    Example,
    Layer,
    Span,
    counts,
    layers,
    of_layer,
)
from annotator.suggest.model.features import read
from annotator.suggest.model.names import Known, Names
from annotator.suggest.model.scores import Score, Scores
from annotator.suggest.model.sequence_model import Proposed, Read, SequenceModel, reading
from tests.suggest.newsroom import articles

GROUPS = {"per": "entities", "org": "entities", "loc": "entities"}
HAZARDS = "Élys e\u0301 🙂👩\u200d🚒\u00a0\u202f\u200b\u2028\u2029\n« l’eau » Mme שלום مرحبا \x00 \ud800 1er"


def learnt(examples: Sequence[Example]) -> SequenceModel:
    ready = [reading(each) for each in examples]
    return SequenceModel.learn(layers(GROUPS, counts(examples)), ready)


@pytest.fixture(scope="module")
def newsroom() -> list[Example]:
    return list(articles(60, sentences=12))


@pytest.fixture(scope="module")
def model(newsroom: list[Example]) -> SequenceModel:
    return learnt(newsroom[:30])


def spans(found: Sequence[Proposed]) -> set[Span]:
    return {Span(start, end, label) for start, end, label, _sureness in found}


def test_names_are_found_in_articles_never_seen(
    model: SequenceModel, newsroom: list[Example]
) -> None:
    pairs = [(each.spans, spans(model.propose(each.text))) for each in newsroom[30:]]
    assert Scores.of(pairs).micro.f1 > 0.85


def test_it_is_surer_where_it_is_right(model: SequenceModel, newsroom: list[Example]) -> None:
    right, wrong = [], []
    for each in newsroom[30:]:
        for found in model.propose(each.text):
            (right if Span(*found[:3]) in each.spans else wrong).append(found.sureness)
    assert all(0 <= each <= 1 for each in right + wrong)
    assert sum(right) / len(right) > sum(wrong) / len(wrong) + 0.15


def test_the_same_articles_give_the_same_model(newsroom: list[Example]) -> None:
    one, other = learnt(newsroom[:6]), learnt(newsroom[:6])
    assert one.trained == other.trained


def test_a_model_that_was_kept_says_the_same(model: SequenceModel, newsroom: list[Example]) -> None:
    names = Names.from_dict(json.loads(json.dumps(model.names.to_dict())))
    again = SequenceModel.of(model.layers, names, model.trained)
    text = newsroom[-1].text
    assert again.propose(text) == model.propose(text)


@given(st.text(alphabet=HAZARDS, max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_spans_that_lie_in_it(model: SequenceModel, text: str) -> None:
    found = model.propose(text)
    for start, end, label, sureness in found:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert label in GROUPS and 0 <= sureness <= 1
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert model.doubt(text) >= 0


def test_a_short_text_is_not_the_hardest_for_being_short(model: SequenceModel) -> None:
    text = "Zorbal balcore Vurnik. "
    assert model.doubt(text) < model.doubt(text * 10)


def test_a_name_of_one_article_is_not_known_in_that_article() -> None:
    here = Example("a", "Mme Zünd parle à Lyon.", (Span(4, 8, "per"), Span(17, 21, "loc")))
    there = Example("b", "Lyon vote.", (Span(0, 4, "loc"),))
    names = Names.of([here, there])
    words = ["mme", "zünd", "parle", "à", "lyon", "."]
    assert Known(names).flags(words) == ["", "B-per", "", "", "B-loc", ""]
    assert names.without(here).flags(words) == ["", "", "", "", "B-loc", ""]
    assert names.without(here).word("zünd") == ""


def test_of_overlapping_annotations_the_longest_is_learnt() -> None:
    found = [Span(0, 4, "loc"), Span(0, 12, "org"), Span(20, 24, "per"), Span(22, 24, "loc")]
    layer = Layer("entities", ("per", "org", "loc"))
    assert of_layer(found, layer) == [Span(0, 12, "org"), Span(20, 24, "per")]
    assert of_layer(found, Layer("places", ("loc",))) == [Span(0, 4, "loc"), Span(22, 24, "loc")]


def test_rare_labels_are_left_out_and_many_are_parted() -> None:
    groups = {f"l{n}": "codes" for n in range(60)} | {"quote": "quotes"}
    counted = {label: LEAST + n for n, label in enumerate(groups)} | {"l0": LEAST - 1}
    found = layers(groups, counted)
    assert [each.group for each in found] == ["codes"] * 3 + ["quotes"]
    assert all(len(each.labels) <= WIDEST for each in found)
    assert "l0" not in {label for each in found for label in each.labels}


def test_tags_come_back_as_the_spans_they_were() -> None:
    text = "Mme Anne Roy vit à Lyon avec Luc."
    sentence = read(text)[0]
    wanted = [Span(4, 12, "per"), Span(19, 23, "loc"), Span(29, 32, "per")]
    found = tags.tags(sentence.ranges, wanted)
    assert [
        Span(sentence.ranges[first][0], sentence.ranges[behind - 1][1], label)
        for first, behind, label in tags.spans(found)
    ] == wanted
    assert list(tags.spans(["I-a", "B-a", "I-b", "O"])) == [(0, 1, "a"), (1, 2, "a"), (2, 3, "b")]


def test_figures_are_those_of_the_textbook() -> None:
    scores = Scores.of(
        [([Span(0, 4, "per"), Span(5, 9, "per")], [Span(0, 4, "per"), Span(5, 8, "loc")])]
    )
    assert scores.by_label == {"per": Score(2, 1, 1), "loc": Score(0, 1, 0)}
    assert scores.micro == Score(2, 2, 1)
    assert (scores.micro.precision, scores.micro.recall, scores.micro.f1) == (0.5, 0.5, 0.5)
    assert scores.by_label["per"].precision == 1.0
    assert scores.by_label["loc"].recall == 0.0
    assert Score().f1 == 0.0


def test_the_curve_rises_and_ends_at_the_figures(newsroom: list[Example]) -> None:
    ready = [reading(each) for each in newsroom]
    trained: list[None] = []
    found = evaluate(ready, GROUPS, on_step=lambda: trained.append(None))
    assert found == Evaluation.from_dict(json.loads(json.dumps(found.to_dict())))
    assert [point.articles for point in found.curve] == [10, 20, 48]
    assert found.curve[-1].score == found.scores.micro
    assert found.curve[-1].score.f1 > found.curve[0].score.f1
    assert (found.held_out, found.folds, len(trained)) == (12, 1, steps(len(ready)))


def test_few_articles_are_each_held_out_once(newsroom: list[Example]) -> None:
    found = evaluate([reading(each) for each in newsroom[:8]], GROUPS)
    assert (found.held_out, found.folds) == (8, 5)
    assert found.scores.micro.wanted == sum(len(each.spans) for each in newsroom[:8])


def test_look_alikes_are_never_on_both_sides(newsroom: list[Example]) -> None:
    one = newsroom[0]
    copies = [reading(replace(one, id=f"copy {n}")) for n in range(4)]
    strange = Read(Example("z", "Rien."), read("Rien."))
    found = evaluate([*copies, strange], GROUPS)
    assert found.scores.micro.right == 0, "a copy was learnt from and judged by"
