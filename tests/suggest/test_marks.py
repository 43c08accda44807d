"""Marks of every family, nested, mixed, repeated and left open."""

import pytest

from annotator.suggest.marks import Quoted, quotations
from annotator.suggest.words import Words


def shown(text: str) -> list[str]:
    """Return what stands between marks, nested quotations behind their outer one."""
    words = Words(text)

    def lines(each: Quoted) -> list[str]:
        own = " | ".join(text[slice(*words.span(*part))] for part in each.parts)
        return [own, *(line for inner in each.inside for line in lines(inner))]

    return [line for each in quotations(words) for line in lines(each)]


@pytest.mark.parametrize(
    "quoted",
    [
        "« Nous viendrons demain »",
        "«Nous viendrons demain»",
        "«\u00a0Nous viendrons demain\u00a0»",
        "“Nous viendrons demain”",
        '"Nous viendrons demain"',
        "„Nous viendrons demain“",
        "”Nous viendrons demain”",
        "‹ Nous viendrons demain ›",
        "‘Nous viendrons demain’",
        "'Nous viendrons demain'",
        "``Nous viendrons demain''",
        "<<Nous viendrons demain>>",
        ",,Nous viendrons demain''",
    ],
)
def test_marks_of_every_family(quoted: str) -> None:
    assert shown(f"Il a dit {quoted}, puis il est parti.") == [quoted]


def test_reversed_guillemets() -> None:
    assert shown("Er sagte: »Wir kommen«. Sie sagte: »Nein, danke«.") == [
        "»Wir kommen«",
        "»Nein, danke«",
    ]


def test_nested_quotations_hang_below_the_outer_one() -> None:
    assert shown("« Elle m'a dit “venez donc” hier », raconte-t-il.") == [
        "« Elle m'a dit “venez donc” hier »",
        "“venez donc”",
    ]


def test_guillemets_within_guillemets_closed_one_by_one() -> None:
    assert shown("« Elle m'a dit « venez donc » hier », raconte-t-il.") == [
        "« Elle m'a dit « venez donc » hier »",
        "« venez donc »",
    ]


def test_families_mixed_in_one_text() -> None:
    text = 'Elle dit : « Bien sûr ». Il répond : "Jamais de la vie". Eux : “Peut-être”.'
    assert shown(text) == ["« Bien sûr »", '"Jamais de la vie"', "“Peut-être”"]


def test_an_opening_mark_closed_by_one_of_another_family() -> None:
    assert shown('Il a dit “nous irons voir", puis rien.') == ['“nous irons voir"']


def test_marks_repeated_at_paragraph_starts_make_one_quotation() -> None:
    text = "« Voici le début de l'affaire.\n\n« En voici la suite.\n\n« Et la fin. »\n\nIl se tait."
    assert shown(text) == ["« Voici le début de l'affaire. | « En voici la suite. | « Et la fin. »"]


def test_closing_marks_repeated_at_paragraph_starts() -> None:
    text = "« Voici le début.\n\n» En voici la suite.\n\n» Et la fin. »"
    assert shown(text) == ["« Voici le début. | » En voici la suite. | » Et la fin. »"]


def test_what_is_never_closed_ends_with_its_paragraph() -> None:
    text = "Il écrit : « Nous n'irons plus au bois.\n\nLes lauriers sont coupés."
    assert shown(text) == ["« Nous n'irons plus au bois."]


def test_a_lost_mark_does_not_swallow_the_next_quotation() -> None:
    text = "Le prix » baisse. « Nous baissons tout », dit-elle."
    assert shown(text) == ["« Nous baissons tout »"]


def test_an_unclosed_mark_before_a_closed_pair() -> None:
    text = "« Nous verrons bien, dit-il. « Rien ne presse », ajoute-t-elle."
    assert shown(text)[-1] == "« Rien ne presse »"


@pytest.mark.parametrize(
    "text",
    [
        "L'homme d'aujourd'hui n'a qu'une idée, l'argent.",
        "The workers' union and the boss's friends don't agree.",
        "Rock ’n’ roll is what they like; tell ’em so in the ’90s.",
        'Un écran de 27" et une porte de 6\'2" de haut.',
        "It's the readers’ choice, isn't it?",
    ],
)
def test_apostrophes_and_inches_are_no_marks(text: str) -> None:
    assert shown(text) == []


def test_apostrophes_inside_single_marks() -> None:
    text = "‘It’s the workers’ money and they don’t want it back,’ she said."
    assert shown(text) == ["‘It’s the workers’ money and they don’t want it back,’"]


def test_nothing_is_found_in_nothing() -> None:
    assert shown("") == [] == shown(" \n\u2028 ")
