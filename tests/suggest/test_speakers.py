"""Whom the rules offer as the speaker of a quote, and whom they do not."""

import pytest

from annotator.suggest import quotes
from annotator.suggest.lexicon import Language, lexicon

QUOTE = "« Le pont tiendra tout l’hiver », assure Zoé Nadeau."
SAID = "“The bridge will hold all winter,” said Zoe Nadeau."


def offered(text: str, language: Language = "fr") -> list[str]:
    """Return whom the last quote of a text is offered, whoever said it first left out."""
    proposal = quotes.find(text, lexicon(language), with_speakers=True)[-1]
    found = [text[slice(*each.range)] for each in proposal.speakers if each.range]
    assert len(found) <= 5
    return found[1:]


@pytest.mark.parametrize(
    ("before", "names"),
    [
        ("Le maire de Laval est venu.", ["Le maire de Laval"]),
        ("Mardi, Luc Roy a visité le chantier.", ["Luc Roy"]),
        ("Ils ont vu M. Roy.", ["M. Roy"]),
        ("Le maire, Luc Roy, était là.", ["Le maire, Luc Roy"]),
        ("La Ville a payé les travaux.", ["La Ville"]),
        ("L’horlogère Anne Roy était là.", ["L’horlogère Anne Roy"]),
        ("Une quarantaine de citoyens étaient là.", ["Une quarantaine de citoyens"]),
        ("La première fois, Luc Roy a refusé.", ["Luc Roy"]),
        ("René Roy, maire de Laval, était là.", ["René Roy, maire de Laval"]),
        ("M. Loïc Pennanec’h était là.", ["M. Loïc Pennanec’h"]),
    ],
)
def test_whoever_was_named_just_before_is_offered(before: str, names: list[str]) -> None:
    assert offered(f"{before} {QUOTE}") == names


@pytest.mark.parametrize(
    "before",
    [
        "Autour, le silence règne.",
        "Pour la chambre, rien ne presse.",
        "Dans le golfe, la pêche a cessé.",
        "Fermée depuis deux ans, la criée rouvre.",
        "Démonter les pièces a pris un an.",
        "Reste à payer les travaux.",
    ],
)
def test_a_capital_at_the_start_of_a_sentence_is_no_name(before: str) -> None:
    assert offered(f"{before} {QUOTE}") == []


@pytest.mark.parametrize("before", ["Despite the rain, it stood.", "According, perhaps, to plan."])
def test_nor_is_one_in_english(before: str) -> None:
    assert offered(f"{before} {SAID}", "en") == []


def test_a_first_word_is_a_name_where_the_text_has_it_elsewhere_too() -> None:
    assert offered(f"Hier, on a vu Boucher. Boucher était pressé. {QUOTE}") == ["Boucher"]
    assert offered(f"Boucher affirme que le pont tombera. {QUOTE}") == ["Boucher"]


@pytest.mark.parametrize(
    "before",
    [
        "La fermeture du golfe de Gascogne dure depuis un mois.",
        "L’eau de la Ville manque.",
        "La première fois était la bonne.",
        "La rue Principale reprend des couleurs.",
        "Personne n’est venu.",
    ],
)
def test_a_thing_is_no_speaker_whatever_it_belongs_to(before: str) -> None:
    assert offered(f"{before} {QUOTE}") == []


def test_what_belongs_to_a_body_does_not_speak_in_english_either() -> None:
    assert offered(f"Thornley’s claim was rejected. {SAID}", "en") == []
    assert offered(f"The council’s lawyer was there. {SAID}", "en") == ["The council’s lawyer"]


@pytest.mark.parametrize(
    "before",
    [
        "Ils se sont vus dans Vieux Port.",
        "Le ministre a visité le Vieux Port.",
        "Elle habite rue Haute Rive.",
    ],
)
def test_the_names_of_places_are_no_speakers(before: str) -> None:
    assert not any("Vieux" in each or "Haute" in each for each in offered(f"{before} {QUOTE}"))


def test_headlines_bylines_and_datelines_name_nobody() -> None:
    text = f"Luc Roy quitte Laval\n\nPar Anne Côté\n\nLAVAL, Québec — {QUOTE}"
    assert offered(text) == []
    assert offered(f"HALIFAX, Nova Scotia — {SAID}", "en") == []


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("Les scientifiques promettent des chiffres.", "Les scientifiques"),
        ("Normand Roy affûte les lames.", "Normand Roy"),
        ("Les habitants du hameau descendent.", "Les habitants du hameau"),
        ("Des riverains déposaient des fleurs.", "Des riverains"),
    ],
)
def test_a_subject_ends_before_its_verb(before: str, name: str) -> None:
    assert offered(f"{before} {QUOTE}") == [name]


def test_an_english_subject_ends_before_its_verb() -> None:
    assert offered(f"Officers cut the padlock. {SAID}", "en") == ["Officers"]
    assert offered(f"The council meets on Mondays. {SAID}", "en") == ["The council"]


@pytest.mark.parametrize(
    ("before", "names"),
    [
        ("D’après la chambre de commerce, le port est vide.", ["la chambre de commerce"]),
        (
            "L’archéologue Inès Roy assure que tout va bien. Inès Roy est partie.",
            ["L’archéologue Inès Roy"],
        ),
        ("Mme Roy est venue. Hélène Roy est repartie.", ["Hélène Roy"]),
        ("La Sûreté du Québec est là. La SQ est discrète.", ["La SQ"]),
        ("Le Regroupement du canal est né. Le Regroupement a grandi.", ["Le Regroupement"]),
    ],
)
def test_nobody_is_offered_twice_under_two_names(before: str, names: list[str]) -> None:
    found = offered(f"{before} {QUOTE}")
    assert found == names


def test_two_people_of_one_family_are_two() -> None:
    assert offered(f"Luc Roy est venu. Anne Roy est repartie. {QUOTE}") == ["Anne Roy", "Luc Roy"]


def test_a_pronoun_is_offered_those_first_whom_it_may_mean() -> None:
    text = "M. Roy est venu. Mme Lafond est repartie. « Le pont tiendra l’hiver », dit-il."
    assert offered(text) == ["M. Roy", "Mme Lafond"]
    text = "Les pompiers sont venus. M. Roy est reparti. « Le pont tiendra », disent-ils."
    assert offered(text) == ["Les pompiers", "M. Roy"]


def test_what_is_talked_of_in_a_quote_does_not_speak_next() -> None:
    text = f"« Il est venu hier. La banque ne dort pas », dit Luc Roy. {QUOTE}"
    assert offered(text) == ["Luc Roy"]


def test_whoever_was_spoken_to_is_not_offered() -> None:
    text = f"Luc Roy told The Harbour Post that it would hold. {SAID}"
    assert offered(text, "en") == ["Luc Roy"]


def test_of_two_verbs_that_share_a_subject_both_have_it() -> None:
    text = "Anne Roy urged people to obey and vowed that the bridge would hold."
    last = quotes.find(text, lexicon("en"))[-1]
    assert last.source and text[slice(*last.source)] == "Anne Roy"


def test_a_decimal_comma_parts_nothing() -> None:
    text = "Le pont de 1,8 kilomètre rouvrira en mai, a confirmé mardi la Ville de Laval."
    [proposal] = quotes.find(text, lexicon("fr"))
    assert proposal.source and text[slice(*proposal.source)] == "la Ville de Laval"


def test_words_said_to_somebody_are_no_part_of_who_says_them() -> None:
    text = "« Le pont tombera », a lancé le conseiller Luc Roy à l’adresse du maire."
    [proposal] = quotes.find(text, lexicon("fr"))
    assert proposal.source and text[slice(*proposal.source)] == "le conseiller Luc Roy"
