"""Regular expressions of somebody's own: what could keep the window waiting is refused in a sentence."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.errors import UserError
from annotator.suggest.own_patterns import compiled, ranges


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"\d+\s+rue\s+\w+", "au 12 rue Haute, au 3 rue Basse", ["12 rue Haute", "3 rue Basse"]),
        (r"[A-Z]{2,5}-\d{3}", "AB-123 et CDE-456", ["AB-123", "CDE-456"]),
        (r"art\.\s*\d+(?:\.\d+)*", "art. 3.2.1, puis art. 4", ["art. 3.2.1", "art. 4"]),
        (r"\s+loi\s+", "la loi dit", ["loi"]),
        (r"loi.*", "une loi\nune autre", ["loi"]),
        (r"fin$", "la fin\nla fin.", ["fin"]),
    ],
)
def test_what_it_finds(pattern: str, text: str, found: list[str]) -> None:
    where = ranges(text, compiled(pattern, case_counts=True))
    assert [text[start:end] for start, end in where] == found


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+b", r"(a|aa)+b", r".*.*x", r"(\w)\1", r"(?:\w+ )+x", r"\w+\w+\w+!", r"(?:a?){30}a{30}"],
)
def test_what_may_take_forever_is_refused(pattern: str) -> None:
    with pytest.raises(UserError, match="may take forever"):
        compiled(pattern, case_counts=True)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("", "is empty"),
        ("[", "no regular expression at character 1"),
        ("x*", "no characters at all"),
    ],
)
def test_what_is_wrong_is_said(pattern: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        compiled(pattern, case_counts=True)


def test_a_match_is_found_wherever_it_stands_in_a_long_line() -> None:
    pattern = compiled(r"n°\d+", case_counts=True)
    for lead in range(0, 450, 7):
        text = "x" * lead + " n°123456789 " + "y" * 300
        assert list(ranges(text, pattern)) == [(lead + 1, lead + 12)]


PIECES = [
    "a",
    r"\w",
    ".",
    r"\s",
    "[^x]",
    "[ab]",
    "(",
    "(?:",
    ")",
    "|",
    "+",
    "*",
    "?",
    "{2,30}",
    "!",
]


def allowed(pattern: str) -> re.Pattern[str] | None:
    try:
        return compiled(pattern, case_counts=False)
    except UserError:
        return None


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_whatever_is_allowed_is_quick(pattern: str) -> None:
    made = allowed(pattern)
    if made is None:
        return
    start = time.perf_counter()
    list(ranges("a" * 1000, made))
    list(ranges("ab x" * 250, made))
    assert time.perf_counter() - start < 2
