"""Annotations on tokens: what fits stays exact, what does not meets the fate the user chose, and is told."""

from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.corpus import LabelledArticle, Span
from annotator.core.errors import UserError
from annotator.core.formats import Align, Overlap, Writing
from annotator.core.model import Article
from annotator.core.scheme import Label, Scheme
from annotator.formats.sheet import Cutter, Sheet, sentence_starts

SCHEME = Scheme(
    labels=(
        Label("per", "PER"),
        Label("org", "ORG"),
        Label("quote", "Quote", group="quotes"),
    )
)
TEXT = "« Oui », dit-elle à l’Élysée, le palais de Mme\u00a0Roy."


def article(*labelled: tuple[str, str], text: str = TEXT) -> LabelledArticle:
    """Return an article with these surfaces labelled; fragments are parted by "…"."""
    spans = []
    for number, (label, surfaces) in enumerate(labelled):
        for n, surface in enumerate(surfaces.split("…")):
            start = text.index(surface)
            spans.append(Span(f"s{number}", label, n, start, start + len(surface), surface))
    ends = {span.annotation: span.end for span in spans}
    starts = {span.annotation: span.start for span in reversed(spans)}
    spans.sort(key=lambda s: (starts[s.annotation], -ends[s.annotation], s.annotation, s.n))
    return LabelledArticle(Article("a", text), spans, [])


def cut(labelled: LabelledArticle, how: Writing = Writing(), **more: object) -> Sheet:  # noqa: B008
    return Cutter(SCHEME, how, **more).sheet(labelled)  # type: ignore[arg-type]


def shown(sheet: Sheet) -> dict[tuple[str, int], list[str]]:
    """Return what stands on the sheet, layer by layer, as the text its tokens cover."""
    text = sheet.article.text
    return {
        layer: [text[sheet.tokens[p.first][0] : sheet.tokens[p.last][1]] for p in placed]
        for layer, placed in sheet.layers.items()
    }


def fates(sheet: Sheet) -> list[tuple[str, str, str]]:
    return [(loss.outcome, loss.reason, loss.text) for loss in sheet.losses]


def test_what_fits_is_placed_and_nothing_is_told() -> None:
    sheet = cut(article(("quote", "Oui"), ("per", "-elle"), ("org", "Élysée")))
    assert shown(sheet) == {("quotes", 1): ["Oui"], ("entities", 1): ["-elle", "Élysée"]}
    assert sheet.losses == []


@pytest.mark.parametrize(
    ("align", "there", "fate"),
    [
        ("expand", ["Élysée"], ("changed", "It was widened to whole tokens.")),
        ("contract", [], ("left out", "There is no whole token in it.")),
        ("mask", [], ("left out", "Its tokens go out as unknown.")),
        ("drop", [], ("left out", "Its edges lie inside tokens.")),
    ],
)
def test_an_annotation_inside_a_word_meets_the_chosen_fate(
    align: Align, there: list[str], fate: tuple[str, str]
) -> None:
    sheet = cut(article(("org", "lysé")), Writing(align=align), masks=True)
    assert shown(sheet).get(("entities", 1), []) == there
    assert fates(sheet) == [(*fate, "lysé")]
    assert len(sheet.masked) == (align == "mask")


def test_narrowing_keeps_the_whole_words() -> None:
    sheet = cut(article(("org", "lysée, le pal")), Writing(align="contract"))
    assert shown(sheet) == {("entities", 1): [", le"]}
    assert fates(sheet) == [("changed", "It was narrowed to whole tokens.", "lysée, le pal")]


def test_a_format_without_a_sign_for_unknown_says_so() -> None:
    sheet = cut(article(("org", "lysé")), Writing(align="mask"))
    assert sheet.masked == []
    (fate,) = fates(sheet)
    assert fate[0] == "left out"
    assert "cannot call them unknown" in fate[1]


def test_a_strict_export_is_refused_with_the_offenders_named() -> None:
    cutter = Cutter(SCHEME, Writing(align="strict"))
    with pytest.raises(
        UserError, match=r"2 annotations.*“lysé” in a at 23–27; “pal” in a at 33–36"
    ):
        list(cutter.sheets([article(("org", "lysé"), ("org", "pal")), article()]))
    (sheet,) = cutter.sheets([article(("org", "Élysée"))])
    assert sheet.losses == []


@pytest.mark.parametrize("align", get_args(Align))
def test_blanks_at_the_edges_are_always_trimmed_and_told(align: Align) -> None:
    sheet = cut(article(("per", "\u00a0Roy"), ("org", " le ")), Writing(align=align))
    assert shown(sheet) == {("entities", 1): ["le", "Roy"]}
    assert {fate[:2] for fate in fates(sheet)} == {("changed", "Blanks at its edges were trimmed.")}
    assert sheet.offenders == []


def test_nothing_but_blanks_is_left_out() -> None:
    sheet = cut(article(("per", "\u00a0")))
    assert sheet.layers == {}
    assert fates(sheet) == [("left out", "There is no token in it.", "\u00a0")]


def test_fragments_are_left_out_as_one() -> None:
    sheet = cut(article(("per", "Oui…Roy"), ("org", "Élysée")))
    assert shown(sheet) == {("entities", 1): ["Élysée"]}
    assert fates(sheet) == [("left out", "It is in several fragments.", "Oui")]


NESTED = (
    ("per", "le palais de Mme\u00a0Roy"),
    ("org", "palais"),
    ("per", "Mme\u00a0Roy"),
    ("org", "Roy"),
)


@pytest.mark.parametrize(
    ("overlap", "there"),
    [
        (
            "layers",
            {
                ("entities", 1): ["le palais de Mme\u00a0Roy"],
                ("entities", 2): ["palais", "Mme\u00a0Roy"],
                ("entities", 3): ["Roy"],
            },
        ),
        ("outermost", {("entities", 1): ["le palais de Mme\u00a0Roy"]}),
        ("innermost", {("entities", 1): ["palais", "Roy"]}),
        (
            "per-label",
            {
                ("PER", 1): ["le palais de Mme\u00a0Roy"],
                ("ORG", 1): ["palais", "Roy"],
                ("PER", 2): ["Mme\u00a0Roy"],
            },
        ),
    ],
)
def test_overlaps_go_where_the_user_says(
    overlap: Overlap, there: dict[tuple[str, int], list[str]]
) -> None:
    sheet = cut(article(*NESTED), Writing(overlap=overlap))
    assert shown(sheet) == there
    kept = sum(len(placed) for placed in there.values())
    assert [fate[0] for fate in fates(sheet)] == ["left out"] * (4 - kept)


def test_the_outermost_keeps_the_longest_once_edges_moved() -> None:
    # Widened to its word, the first in the text is inside the second.
    labelled = article(("per", "lys"), ("org", "ysée, le palais"))
    sheet = cut(labelled, Writing(overlap="outermost"))
    assert shown(sheet) == {("entities", 1): ["Élysée, le palais"]}


def test_a_format_that_nests_needs_one_layer_a_group() -> None:
    sheet = cut(article(*NESTED), nests=True, group=lambda _label: "")
    assert [len(placed) for placed in sheet.layers.values()] == [4]
    assert list(sheet.layers) == [("", 1)]


def test_sentences_begin_at_tokens() -> None:
    sheet = cut(article(text="Il vient.\nElle part. À demain !"))
    firsts = [
        sheet.article.text[sheet.tokens[at][0] :][:2] for at in sorted(sentence_starts(sheet))
    ]
    assert firsts == ["El", "À "]


@settings(max_examples=100, deadline=None)
@given(
    text=st.text("aé'’- \u00a0\u202f\u2028\n.,«1🌍\u200d\u0301", min_size=1, max_size=30),
    picks=st.lists(
        st.tuples(st.integers(0, 29), st.integers(1, 12), st.integers(0, 2)), max_size=8
    ),
    align=st.sampled_from(get_args(Align)),
    overlap=st.sampled_from(get_args(Overlap)),
    nests=st.booleans(),
)
def test_every_annotation_is_placed_or_told(
    text: str, picks: list[tuple[int, int, int]], align: Align, overlap: Overlap, *, nests: bool
) -> None:
    spans = [
        Span(
            f"s{n}", SCHEME.labels[label].id, 0, start, start + length, text[start : start + length]
        )
        for n, (start, length, label) in enumerate(picks)
        if start + length <= len(text)
    ]
    spans.sort(key=lambda span: (span.start, -span.end, span.annotation))
    sheet = cut(
        LabelledArticle(Article("a", text), spans, []),
        Writing(align, overlap),
        nests=nests,
        masks=True,
    )
    placed = [each for layer in sheet.layers.values() for each in layer]
    out = {loss.id for loss in sheet.losses if loss.outcome == "left out"}
    assert sorted([*(each.span.annotation for each in placed), *out]) == sorted(
        span.annotation for span in spans
    )
    told = {loss.id for loss in sheet.losses}
    for each in placed:
        low, high = sheet.tokens[each.first][0], sheet.tokens[each.last][1]
        assert (low, high) == (each.span.start, each.span.end) or each.span.annotation in told
    for layer in sheet.layers.values() if not nests else ():
        for one, other in pairwise(layer):
            assert one.last < other.first


def test_a_tokeniser_of_ones_own() -> None:
    sheet = cut(
        article(("org", "Élysée")), tokenise=lambda text: [(n, n + 1) for n in range(len(text))]
    )
    assert shown(sheet) == {("entities", 1): ["Élysée"]}
    assert len(sheet.tokens) == len(TEXT)
