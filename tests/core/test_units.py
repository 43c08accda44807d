import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import units
from annotator.core.tokens import tokens

TEXT = (
    "« L’opération vise Marie N'Diaye de la Gendarmerie royale, à Lille », assure Mme Bruneau. "
    "Elle a dit (le 12 mai) : « Nous agirons dès l'été. »\nM. Dupont rit."
)


def at(word: str) -> tuple[int, int]:
    start = TEXT.index(word)
    return start, start + len(word)


def words(found: tuple[int, int] | None) -> str:
    assert found is not None
    return TEXT[slice(*found)]


def test_the_token_under_the_caret():
    lille = TEXT.index("Lille")
    assert words(units.token_at(TEXT, lille + 2)) == "Lille"
    assert words(units.token_at(TEXT, lille + 5)) == "Lille"
    assert words(units.token_at(TEXT, TEXT.index("opération"))) == "opération"
    assert words(units.token_at(TEXT, len(TEXT))) == "."
    assert units.token_at("a  b", 2) is None


def test_the_caret_walks_by_tokens():
    offset, seen = 0, [(0, 1)]
    while found := units.next_token(TEXT, offset):
        seen.append(found)
        offset = found[0]
    assert seen == tokens(TEXT)
    back = []
    offset = len(TEXT)
    while found := units.previous_token(TEXT, offset):
        back.append(found)
        offset = found[0]
    assert back[::-1] == tokens(TEXT)


@pytest.mark.parametrize(
    ("dragged", "snapped"),
    [
        ("ill", "Lille"),
        (" Lille ", "Lille"),
        (" Lille », ", "Lille"),
        ("run", "Bruneau"),
        ("upont ", "Dupont"),
        ("M. Dup", "M. Dupont"),
        ("a dit (le 12 mai)", "a dit (le 12 mai)"),
        ("(le 12 mai)", "le 12 mai"),
        (" », ", "»,"),
        ("’op", "L’opération"),
    ],
)
def test_a_drag_snaps_to_tokens_without_edge_punctuation(dragged: str, snapped: str):
    assert words(units.snap(TEXT, *at(dragged))) == snapped


def test_a_drag_over_blanks_alone_gives_nothing():
    assert units.snap("a   b", 2, 3) == (2, 2)


def test_plus_climbs_from_token_to_paragraph():
    span = at("Marie")
    seen = []
    while (wider := units.grow(TEXT, *span)) != span:
        span = wider
        seen.append(words(span))
    assert seen == [
        "Marie N'Diaye de la Gendarmerie",
        "L’opération vise Marie N'Diaye de la Gendarmerie royale",
        "L’opération vise Marie N'Diaye de la Gendarmerie royale, à Lille",
        "« L’opération vise Marie N'Diaye de la Gendarmerie royale, à Lille »",
        TEXT[: TEXT.index(" Elle")],
        TEXT[: TEXT.index("\n")],
    ]


def test_minus_climbs_down_again():
    span = 0, TEXT.index("\n")
    lengths = [span[1]]
    while (narrower := units.shrink(TEXT, *span)) != span:
        span = narrower
        lengths.append(span[1] - span[0])
    assert lengths == sorted(lengths, reverse=True)
    assert words(span) == "L’"


def test_a_title_goes_with_the_name():
    assert words(units.grow(TEXT, *at("Bruneau"))) == "Mme Bruneau"


def test_sentences_and_paragraphs_around_a_place():
    assert words(units.sentence_at(TEXT, TEXT.index("agirons"))).startswith("Elle a dit")
    assert words(units.paragraph_at(TEXT, len(TEXT))) == "M. Dupont rit."
    assert units.paragraph_at("a\n\nb", 2) == (2, 2)
    assert units.sentence_at("a\n\nb", 2) == (2, 2)


@pytest.mark.parametrize("piece", ["word ", "a", "« (", "\n", ".", "l'", " ", "A. ", '"', "» "])
def test_a_million_characters_cost_no_more_than_a_page(piece: str):
    text = (piece * 1_000_000)[:1_000_000]
    middle = 500_000
    started = time.perf_counter()
    units.token_at(text, middle)
    units.sentence_at(text, middle)
    units.snap(text, middle, middle + 7)
    units.grow(text, middle, middle + 7)
    units.shrink(text, 10, 999_000)
    assert time.perf_counter() - started < 0.5


ALPHABET = "aÀé\u0301'’-. ,«»()\"\n\u00a0\u202f\u200b\u200d😀🇫5MdA\u2028\ufeff!"
TEXTS = st.text(ALPHABET, max_size=60) | st.text(max_size=40)


@given(TEXTS, st.integers(0, 60))
def test_the_neighbourhood_tells_the_same_tokens_as_the_whole(text: str, offset: int):
    offset = min(offset, len(text))
    whole = [token for token in tokens(text) if token[0] <= offset < token[1]]
    assert whole == ([found] if (found := units._covering(text, offset)) else [])


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_every_unit_stays_in_the_text_and_around_its_place(text: str, one: int, other: int):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    low, high = units.grow(text, start, end)
    assert 0 <= low <= start <= end <= high <= len(text)
    low, high = units.shrink(text, start, end)
    assert start <= low <= high <= end
    low, high = units.snap(text, start, end)
    assert 0 <= low <= high <= len(text)
    assert text[low:high] == text[low:high].strip()
    low, high = units.trim(text, start, end)
    assert start <= low <= high <= max(end, low)
