import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "M. Dupont et Mme. Bruneau sont venus.",
        "L'art. 5 de J. Martin parle de J.-C. Durand.",
        "« Bravo ! Bravo ! » a-t-il crié.",
        "Il rit… et s'en va.",
        "Mr. Smith met Dr. Jones at 3.15 p.m. today.",
        'She said "No. Not now." to him.',
    ],
)
def test_what_is_one_sentence_stays_one(whole: str):
    assert cut(whole) == [whole]


@pytest.mark.parametrize(
    "text",
    [
        "Il vient.|Elle part.",
        "Vraiment ?|Oui !|Non…|Peut-être.",
        "Il a dit : « Nous agirons tous dès demain.|Nous le ferons encore cet été. »|Puis il partit.",
        "(Tout va bien.)|« Oui. »|12 personnes étaient là.",
        "C’est le travail des policiers.»|Ce n’est pas tout.",
    ],
)
def test_sentences_part_at_their_stops(text: str):
    assert cut(text.replace("|", " ")) == text.split("|")


def test_a_line_end_of_any_kind_ends_a_sentence():
    assert cut("Titre\n\nun\u2028deux\x85trois  ") == ["Titre", "un", "deux", "trois"]


@pytest.mark.parametrize("piece", [". ", "« ", "« A. ", "…", "! » ", '."', "a . ", " ", "A.", '"a'])
def test_no_text_is_slow(piece: str):
    text = piece * (200_000 // len(piece))
    started = time.perf_counter()
    sentences(text)
    assert time.perf_counter() - started < 2


@given(st.text("aA.!? «»\"'\n\u00a0\u2028…M12(") | st.text())
def test_sentences_are_in_order_and_hold_every_letter(text: str):
    found = sentences(text)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))
    covered = {n for start, end in found for n in range(start, end)}
    assert all(n in covered for n, char in enumerate(text) if char.isalnum())
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in found)
