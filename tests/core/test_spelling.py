"""Spellings: what the same string is, and that no text at all is too strange for it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.spelling import LONGEST, key_of, spellings

ODD = st.text(
    alphabet=st.one_of(
        st.sampled_from("aéÉ'’ʼ\u00a0\u202f \n\u0301\u200b🙂İßŒ״שلم-sSlLdD"), st.characters()
    ),
    max_size=90,
)


@pytest.mark.parametrize(
    "spelling",
    [
        "l’Élysée",
        "L'Élysée",
        "d’Élysée",
        "élysée",
        unicodedata.normalize("NFD", "l’Élysée"),
        "Élysée’s",
        " Élysée\n",
    ],
)
def test_spellings_are_the_same_string(spelling: str) -> None:
    assert key_of(spelling) == key_of("Élysée") == "élysée"
    assert "Élysée" in spellings(spelling)


def test_blanks_and_inner_apostrophes_do_not_count() -> None:
    assert key_of("Val\u00a0d’Oise") == key_of("Val\nd'Oise")
    assert {"Val\u00a0d’Oise", "val d'Oise"} <= {*spellings("Val d’Oise")}


def test_accents_capitals_within_and_other_words_do_count() -> None:
    assert len({key_of(each) for each in ("Elysée", "Élysée", "ÉLYSÉE", "Élysées")}) == 4


def test_what_is_too_short_or_too_long_is_compared_with_nothing() -> None:
    assert {key_of(each) for each in ("", "a", "l’a", "12", "🙂", "x" * (LONGEST + 1))} == {""}


@given(ODD)
def test_no_text_is_too_strange(words: str) -> None:
    key, found = key_of(words), spellings(words)
    assert len(found) < 1_000
    assert all(0 < len(each) <= LONGEST for each in found)
    if key:
        assert key_of(key) in (key, "") or "'" in key
        assert " ".join(words.split())


@given(st.text("aeé lLdD’'s", min_size=1, max_size=12))
def test_what_is_looked_up_has_the_same_key(words: str) -> None:
    key = key_of(words)
    if key and "'" not in key:
        assert {key_of(each) for each in spellings(words)} == {key}
