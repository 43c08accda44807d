"""Characters that shift offsets elsewhere: caret, selection, word under the mouse and copies stay exact."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.article.shown import PART, shown
from tests.gui.article.desk import Desk

HAZARDS = {
    "no-break spaces": "«\u00a0oui\u202f!»",
    "emoji with joiners": "👩‍👩‍👧‍👦",
    "flags": "🇫🇷🇨🇦",
    "decomposed accents": "e\u0301te\u0301",
    "carriage return": "a\rb",
    "line separator": "a\u2028b",
    "paragraph separator": "a\u2029b",
    "next line": "a\x85b",
    "form feed and vertical tab": "a\x0cb\x0bc",
    "null": "a\x00b",
    "noncharacters": "a\ufdd0b\ufdd1c\uffffd",
    "object replacement": "a\ufffcb",
    "byte order mark": "a\ufeffb",
    "zero width": "a\u200bb\u2060c",
    "tabs": "a\tb",
    "markup": "<b>&amp;</b>",
    "soft hyphen": "a\xadb",
    "ligatures": "ﬁn œuvre",
    "right to left": "مرحبا שלום",
    "direction marks": "\u200fab\u202ecd\u202c",
    "blanks at the edges": "  \n  ",
}


@pytest.fixture(params=HAZARDS.values(), ids=HAZARDS.keys())
def desk_with_hazard(request: pytest.FixtureRequest, open_desk: Callable[[str], Desk]) -> Desk:
    return open_desk(f"Avant {request.param} Montréal\n{request.param} après Laval\n")


def test_words_behind_a_hazard_are_labelled_exactly(desk_with_hazard: Desk) -> None:
    desk = desk_with_hazard
    for word in ("Montréal", "Laval"):
        desk.put_caret(word)
        desk.press("l")
    assert desk.said == [("loc", "Montréal"), ("loc", "Laval")]


def test_the_caret_comes_back_from_every_offset(desk_with_hazard: Desk) -> None:
    view = desk_with_hazard.view
    for offset in range(len(view.text) + 1):
        view.place(offset, offset)
        assert view.caret == offset


def test_the_selection_is_the_articles_own_text(desk_with_hazard: Desk) -> None:
    view = desk_with_hazard.view
    view.place(0, len(view.text))
    assert view.selection == (0, len(view.text))
    assert view.createMimeDataFromSelection().text() == view.text


def test_the_word_under_the_mouse_is_the_right_one(desk_with_hazard: Desk) -> None:
    desk = desk_with_hazard
    for word in ("Montréal", "Laval"):
        assert desk.view.character_at(desk.point(word, 2)) == desk.view.text.index(word) + 2


@given(st.text(max_size=60))
def test_what_is_shown_is_as_long_as_the_text(text: str) -> None:
    content = shown(text)
    assert len(content.text) == len(text)
    assert [len(block) for block in content.text.split("\n")] == content.lengths


def test_a_long_paragraph_is_shown_in_parts_at_the_ends_of_sentences() -> None:
    content = shown("Une phrase assez courte. " * 1_000)
    assert len(content.text) == 25_000
    assert max(content.lengths) <= PART
    assert len(content.joined) == len(content.lengths) - 1
    assert all(part.endswith(".") for part in content.text.split("\n")[:-1])


def test_a_long_word_is_left_whole() -> None:
    assert shown("a" * 10_000).text == "a" * 10_000
