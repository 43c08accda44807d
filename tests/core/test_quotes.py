"""What is computed of a quote: where its cue stands, what its source looks like, how deep it lies."""

import pytest

from annotator.core import quotes


@pytest.mark.parametrize(
    ("content", "cue", "position"),
    [
        ([(20, 40)], [(5, 10)], "before"),
        ([(0, 20)], [(22, 30)], "after"),
        ([(0, 20), (40, 60)], [(22, 30)], "inside"),
        ([(0, 20)], [(5, 9)], "inside"),
        ([(0, 20)], [], "none"),
    ],
)
def test_cue_position(content, cue, position) -> None:
    assert quotes.cue_position(content, cue) == position


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("Geneviève Bruneau", "name"),
        ("Mme Bruneau", "name"),
        ("M. Roy", "name"),
        ("Marie-Ève de la Fontaine, mairesse de Laval", "name"),
        ("la mairesse", "noun"),
        ("le porte-parole de la Ville", "noun"),
        ("une source proche du dossier", "noun"),
        ("the spokesman", "noun"),
        ("elle", "pronoun"),
        ("Il", "pronoun"),
        ("ce dernier", "pronoun"),
        ("They", "pronoun"),
        ("", "none"),
        (" ", "none"),
    ],
)
def test_source_form(words: str, form: str) -> None:
    assert quotes.source_form(words) == form


def test_nesting_counts_the_quotes_around() -> None:
    outer, inner, innermost = [(0, 100)], [(10, 50)], [(20, 30)]
    others = [outer, inner, innermost]
    assert [quotes.nesting(each, others) for each in others] == [0, 1, 2]


def test_a_quote_in_the_gap_of_another_is_not_nested() -> None:
    parted = [(0, 20), (40, 60)]
    assert quotes.nesting([(22, 38)], [parted, [(22, 38)]]) == 0


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("« Le pont tiendra. »", "Le pont tiendra."),
        ("«\u00a0Le pont\u00a0»", "Le pont"),
        ("“It’s ‘fine’,”", "It’s ‘fine’,"),
        ("— Venez donc", "Venez donc"),
        ("``Venez donc''", "Venez donc"),
        ("que le pont tiendra", "que le pont tiendra"),
    ],
)
def test_words_without_their_marks(words: str, plain: str) -> None:
    assert quotes.without_marks(words) == plain


def test_words_are_counted_without_marks_and_signs() -> None:
    assert quotes.count_words("« L’été, c’est fini ! » — oui") == 4
