"""Whatever the text: every mention lies within it, on words of it, and nothing raises."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.assist.labels import KINDS
from annotator.core.tokens import UNSEEN
from annotator.core.word_lists import Entry, WordList
from annotator.suggest.bodies import acronyms, organisations
from annotator.suggest.folding import fold, key
from annotator.suggest.lists import Lists
from annotator.suggest.mention import Mention
from annotator.suggest.names import Book, Memory, Told
from annotator.suggest.patterns import forms
from annotator.suggest.people import people, places
from annotator.suggest.spotted import name_words
from annotator.suggest.surnames import surnames
from annotator.suggest.words import Words
from tests.suggest.test_any_text import BLANKS, MARKS

NAMES = (
    *("Élysée", "E\u0301lyse\u0301e", "Mme Bruneau", "Geneviève\u00a0Bruneau", "l’Élysée", "SQ"),
    *("Cœur", "Saint-Jean", "العربية", "Ö\u200bst", "İzmir", "Straße", "👩‍🚒 Roy", "O’Neill"),
)
PIECES = """
Mme M. Dr ministre président de du des la d’ rue lac Sûreté Québec (SQ) SQ Université Laval Inc.
Geneviève Bruneau Roy Luc Pennanec’h 1er avril 2018 10 M$ 3,5 % deux millions d’euros 16 h 05 a@b.fr
www.x.fr 514-555-1234 0102030405 ELYSEE élysée coeur CŒUR saint‑jean O'Neill straße STRASSE izmir
""".split()

texts = st.lists(
    st.one_of(
        st.sampled_from(NAMES),
        st.sampled_from(PIECES),
        st.sampled_from([f"{piece} " for piece in PIECES]),
        st.sampled_from(MARKS),
        st.sampled_from(BLANKS),
        st.text(max_size=3),
    ),
    max_size=50,
).map("".join)


def known_book() -> Book:
    book = Book()
    book.learn(NAMES)
    book.register([("Luc Roy", "e1", "per")])
    return book


BOOK = known_book()
MEMORY = Memory(lambda _words: [Told("per", None, True, 3)], lambda _words: (0, 0))


def check(text: str, start: int, end: int) -> None:
    assert 0 <= start < end <= len(text)
    for edge in (text[start], text[end - 1]):
        assert not re.fullmatch(rf"[\s{UNSEEN}]", edge), (text, text[start:end])


@given(texts)
def test_names_of_the_book(text: str) -> None:
    found = BOOK.mentions(fold(text), MEMORY, {"per": "PER"})
    for each in found:
        check(text, each.start, each.end)
    for each in surnames(text, found):
        check(text, each.start, each.end)


@given(texts, st.sampled_from(["fr", "en"]))
@example("Mme Bruneau\u200b", "fr")
def test_names_by_the_words_around_them(text: str, language: str) -> None:
    words, known = Words(text), name_words("fr" if language == "fr" else "en")
    for each in (
        *people(words, known, with_titles=True),
        *people(words, known, with_titles=False),
        *places(words, known),
        *organisations(words, known),
        *acronyms(words),
    ):
        check(text, each.start, each.end)
        assert 0 <= each.score <= 1


@given(texts)
def test_forms_and_lists(text: str) -> None:
    for each in forms(text, KINDS):
        check(text, each.start, each.end)
    entries = [Entry(name) for name in NAMES]
    strict, loose = WordList("1", "a", "per"), WordList("2", "b", "per", "words", False, False)
    for found in Lists([(strict, entries), (loose, entries)]).find(fold(text)):
        check(text, found.start, found.end)


@given(texts)
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.cased) == len(folded.lower) == len(folded.offsets) - 1
    assert folded.offsets == sorted(folded.offsets)
    assert folded.offsets[-1] == len(text)


@pytest.mark.parametrize(
    ("known", "text", "found"),
    [
        ("Élysée", "À l’E\u0301lyse\u0301e.", ["E\u0301lyse\u0301e"]),
        ("Élysée", "L'ELYSÉE, pas l’élysée", ["ELYSÉE"]),
        ("l'Élysée", "à l’Élysée", ["l’Élysée"]),
        ("Le Monde", "Le\u00a0Monde dit. le monde", ["Le\u00a0Monde"]),
        ("le Monde", "Le Monde dit", ["Le Monde"]),
        ("Jean", "Saint-Jean, Jean-Luc, Jean", ["Jean"]),
        ("Roy", "Royer et Roy😀", ["Roy"]),
        ("Luc Roy", "Luc\nRoy\n\nLuc\n\nRoy", ["Luc\nRoy"]),
        (
            "Cœur de pirate",
            "coeur de pirate, Coeur de Pirate, Coeur de pirate",
            ["Coeur de pirate"],
        ),
        ("GENEVIÈVE ROY", "Geneviève Roy", ["Geneviève Roy"]),
        ("OTAN", "Otan otan OTAN", ["OTAN"]),
    ],
)
def test_what_is_the_same_name(known: str, text: str, found: list[str]) -> None:
    book = Book()
    book.learn([known])
    mentions = book.mentions(fold(text), MEMORY, {"per": "PER"})
    assert [text[each.start : each.end] for each in mentions] == found


def spotted(text: str, *, with_titles: bool = True) -> list[tuple[str, str]]:
    words, known = Words(text), name_words("fr")
    found = [
        *people(words, known, with_titles=with_titles),
        *places(words, known),
        *organisations(words, known),
        *acronyms(words),
    ]
    return sorted({(each.kind[:3], text[each.start : each.end]) for each in found})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dit Mme Geneviève Bruneau hier", [("per", "Mme Geneviève Bruneau")]),
        ("le ministre Jean Boulet", [("per", "Jean Boulet")]),
        ("la mairesse de Laval Anne Roy", [("per", "Anne Roy")]),
        ("Mme Caron de Laval", [("per", "Mme Caron")]),
        ("Dominique de Villepin part", [("per", "Dominique de Villepin")]),
        ("Par Maude Lanctôt", [("per", "Maude Lanctôt")]),
        ("M. Loïc Pennanec’h", [("per", "M. Loïc Pennanec’h")]),
        ("rue Saint-Denis", [("pla", "rue Saint-Denis")]),
        ("le ministère de la Santé a dit", [("org", "ministère de la Santé")]),
        ("le syndicat des cols bleus de Laval", [("org", "syndicat des cols bleus de Laval")]),
        (
            "la Sûreté du Québec (SQ). La SQ dit",
            [("org", "SQ"), ("org", "Sûreté du Québec")],
        ),
        ("la SQ (Sûreté du Québec)", [("org", "SQ"), ("org", "Sûreté du Québec")]),
        ("le conseil a voté la loi", []),
        ("La ville de Laval", []),
        ("Rien ne va plus. Demain non plus.", []),
    ],
)
def test_what_the_words_around_tell(text: str, found: list[tuple[str, str]]) -> None:
    assert spotted(text) == found


def test_a_project_without_titles_gets_none() -> None:
    assert spotted("dit Mme Roy", with_titles=False) == [("per", "Roy")]


def test_a_last_name_means_whom_the_article_named_in_full() -> None:
    text = "Luc Roy et Anne Lam. Puis Roy, Lam, et Roy-Lam. Luc Lam aussi. Lam."
    full = [
        Mention("per", 0, 7, 1, "", "luc"),
        Mention("per", 11, 19, 1, "", "anne"),
        Mention("per", 48, 55, 1, "", "other"),
    ]
    found = [(each.start, each.entity) for each in surnames(text, full)]
    assert found == [(26, "luc"), (31, "anne"), (52, "anne"), (63, None)]


@pytest.mark.parametrize("kind", KINDS)
def test_forms_take_time_in_proportion(kind: str) -> None:
    for sign in ("1 ", "1,", "a.", "9", "un ", "www.", "@", "a@", "$1 "):
        assert list(forms(sign * 5_000, [kind])) is not None


def test_keys_are_compared_without_accents() -> None:
    assert key("  l’Élysée\u00a0 ") == "l'Elysee"
