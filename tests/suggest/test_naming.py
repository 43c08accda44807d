"""Whom the words of a mention mean: names, roles and pronouns, in French and English."""

import random
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.model import Entity
from annotator.suggest.naming import LIKELY, MOST, Context, Register, guess, likely, taught

BRUNEAU = Entity(
    "gb",
    "Geneviève Bruneau",
    "person",
    ("Mme Bruneau",),
    "female",
    "porte-parole de la Sûreté du Québec",
)
MARC = Entity("mb", "Marc Bruneau", "person", (), "male", "maire de Laval")
BOULET = Entity("jb", "Jean Boulet", "person")
PLANTE = Entity("vp", "Valérie Plante", "person", (), "female")
SAM = Entity("sl", "Sam Lee", "person", (), "other")
SURETE = Entity("sq", "Sûreté du Québec", "organisation", (), "not applicable")
SPVM = Entity("sp", "Service de police de la Ville de Montréal", "organisation", ("le SPVM",))
GRC = Entity("grc", "GRC", "organisation", (), "not applicable")
NATO = Entity("otan", "Organisation du traité de l’Atlantique Nord", "organisation")
STEEL = Entity("met", "Syndicat des métallos", "organisation")
LAVAL = Entity("lav", "Laval", "place", (), "not applicable")
BAKER = Entity("ab", "Anna Baker", "person", (), "unknown", "mayor of Leeds")
EVERYBODY = (*(BRUNEAU, MARC, BOULET, PLANTE, SAM, SURETE, SPVM, GRC, NATO, STEEL, LAVAL, BAKER),)
REGISTER = Register(EVERYBODY)


def first(mention: str, *near: Entity, label: str = "") -> str:
    """Return the name of the likely one, "" where a name has nobody it may mean."""
    earlier = [(entity.id, 40 * (n + 1)) for n, entity in enumerate(near)]
    found = likely(mention, REGISTER, Context(earlier, label))
    return found[0].entity.name if found and found[0].score >= LIKELY else ""


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Geneviève Bruneau", "Geneviève Bruneau"),
        ("GENEVIEVE BRUNEAU", "Geneviève Bruneau"),
        ("Genevie\u0300ve\u00a0Bruneau", "Geneviève Bruneau"),
        ("Mme Bruneau", "Geneviève Bruneau"),
        ("M. Bruneau", "Marc Bruneau"),
        ("M. Boulet", "Jean Boulet"),
        ("Boulet", "Jean Boulet"),
        ("G. Bruneau", "Geneviève Bruneau"),
        ("Valérie", "Valérie Plante"),
        ("Mayor Anna Baker", "Anna Baker"),
        ("Ms. Baker", "Anna Baker"),
        ("Baker’s", "Anna Baker"),
        ("la mairesse Valérie Plante", "Valérie Plante"),
        ("Valérie Plante, mairesse de Montréal", "Valérie Plante"),
        ("la Sûreté du Québec", "Sûreté du Québec"),
        ("la SQ", "Sûreté du Québec"),
        ("S.Q.", "Sûreté du Québec"),
        ("SPVM", "Service de police de la Ville de Montréal"),
        ("Gendarmerie royale du Canada", "GRC"),
        ("OTAN", "Organisation du traité de l’Atlantique Nord"),
        ("l'Organisation du traité de l'Atlantique nord", NATO.name),
        ("la Gendarmerie royale du Canada (GRC)", "GRC"),
        ("Laval", "Laval"),
        ("la Ville de Laval", "Laval"),
    ],
)
def test_a_name_leads_to_whom_it_names(mention: str, name: str) -> None:
    assert first(mention) == name


@pytest.mark.parametrize("mention", ["Marie Bruneau", "Zorro", "Mme Boulet-Roy", "Mme Lee", ""])
def test_a_name_nobody_has_is_for_somebody_new(mention: str) -> None:
    assert first(mention, MARC, LAVAL, label="PER") in ("", "Sam Lee")


def test_somebody_of_the_article_comes_before_a_namesake() -> None:
    assert first("Bruneau", MARC) == "Marc Bruneau"
    assert first("Bruneau", BRUNEAU) == "Geneviève Bruneau"


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("elle", "Valérie Plante"),
        ("Elle", "Valérie Plante"),
        ("t-elle", "Valérie Plante"),
        ("she", "Valérie Plante"),
        ("cette dernière", "Valérie Plante"),
        ("l’intéressée", "Valérie Plante"),
        ("il", "Marc Bruneau"),
        ("He", "Marc Bruneau"),
        ("ce dernier", "Marc Bruneau"),
        ("it", "Sûreté du Québec"),
        ("they", "Marc Bruneau"),
        ("l’organisme", "Sûreté du Québec"),
        ("la porte-parole", "Geneviève Bruneau"),
        ("le maire", "Marc Bruneau"),
        ("the mayor", "Anna Baker"),
        ("le syndicat", "Syndicat des métallos"),
    ],
)
def test_pronouns_and_roles_lead_to_somebody_named_before(mention: str, name: str) -> None:
    assert first(mention, SURETE, MARC, PLANTE, BRUNEAU, STEEL) == name


def test_the_nearest_one_is_meant_first() -> None:
    assert first("elle", BRUNEAU, PLANTE) == "Geneviève Bruneau"
    assert first("elle", PLANTE, BRUNEAU) == "Valérie Plante"


def test_a_gender_that_is_not_known_contradicts_nothing() -> None:
    assert first("elle", BOULET, MARC) == "Jean Boulet"
    assert first("elle", MARC) == ""
    assert first("they", SAM) == "Sam Lee"


def test_everybody_of_the_article_can_be_taken_by_a_digit() -> None:
    found = likely("Zorro", REGISTER, Context([("mb", 10), ("vp", 20), ("mb", 30), ("gone", 40)]))
    assert [each.entity for each in found] == [MARC, PLANTE]
    many = Register(Entity(f"e{n}", f"Marie Roy {n}") for n in range(30))
    assert len(likely("Marie Roy", many)) == MOST


def test_every_proposal_says_why() -> None:
    near = Context([("vp", 120), ("sl", 300)])
    reasons = {
        mention: likely(mention, REGISTER, near)[0].reason
        for mention in ("Mme Bruneau", "M. Boulet", "SQ", "elle", "le maire")
    }
    assert reasons == {
        "Mme Bruneau": "known by this name",
        "M. Boulet": "last name with “M.”",
        "SQ": "“SQ” is short for it",
        "elle": "the woman named last",
        "le maire": "role: maire de Laval",
    }


@pytest.mark.parametrize(
    ("mention", "label", "name", "kind", "gender", "aliases", "role"),
    [
        ("Mme Bruneau", "PER", "Bruneau", "person", "female", ("Mme Bruneau",), ""),
        ("Mr. Smith", "Source", "Smith", "person", "male", ("Mr. Smith",), ""),
        ("Dr Roy", "Source", "Roy", "person", "unknown", ("Dr Roy",), ""),
        ("Geneviève Bruneau", "PER", "Geneviève Bruneau", "person", "unknown", (), ""),
        (
            *("Joanne Crampton, commissaire adjointe", "Source"),
            *("Joanne Crampton", "", "unknown", (), "commissaire adjointe"),
        ),
        (
            *("la directrice Marie Roy", "Source"),
            *("Marie Roy", "person", "female", (), "directrice"),
        ),
        (
            *("le ministre des Transports Jean Boulet", "PER"),
            *("Jean Boulet", "person", "male", (), "ministre des Transports"),
        ),
        ("la Ville de Lyon", "ORG", "Ville de Lyon", "organisation", "not applicable", (), ""),
        ("Le Devoir", "ORG", "Le Devoir", "organisation", "not applicable", (), ""),
        (
            *("Service de police (SPVM)", "Organization"),
            *("Service de police", "organisation", "not applicable", ("SPVM",), ""),
        ),
        ("SPVM", "Source", "SPVM", "organisation", "not applicable", (), ""),
        ("l’Élysée", "LOC", "Élysée", "place", "not applicable", (), ""),
        ("elle", "Source", "", "person", "female", (), ""),
        ("Boucher", "PER", "Boucher", "person", "unknown", (), ""),
        ("Mme Boucher", "Source", "Boucher", "person", "female", ("Mme Boucher",), ""),
        ("the mayor", "FUNC", "", "person", "unknown", (), ""),
        ("", "PER", "", "person", "unknown", (), ""),
    ],
)
def test_a_new_entity_is_what_the_words_tell(
    mention: str,
    label: str,
    name: str,
    kind: str,
    gender: str,
    aliases: tuple[str, ...],
    role: str,
) -> None:
    found = guess(mention, label)
    assert (found.name, found.kind, found.gender) == (name, kind or found.kind, gender)
    assert (found.aliases, found.role) == (aliases, role)


@pytest.mark.parametrize(
    ("mention", "name", "kind", "gender", "role"),
    [
        ("elle", "Geneviève Bruneau", "person", "female", ""),
        ("la porte-parole", "Geneviève Bruneau", "person", "female", "porte-parole"),
        ("he", "lou", "person", "male", ""),
        ("they", "  Sam   Lee ", "", "unknown", ""),
        ("l’organisme", "Moisson Laval", "organisation", "not applicable", ""),
        ("il", "Mme Roy", "person", "female", ""),
    ],
)
def test_who_is_named_by_hand_is_still_told_of_by_the_mention(
    mention: str, name: str, kind: str, gender: str, role: str
) -> None:
    found = guess(mention, "Source", name)
    assert found.name == " ".join(name.replace("Mme", "").split())
    assert (found.kind, found.gender, found.role) == (kind, gender, role)


def test_an_entity_learns_names_and_the_gender_of_a_title() -> None:
    assert taught(BOULET, "M. Boulet") == Entity(
        "jb", "Jean Boulet", "person", ("M. Boulet",), "male"
    )
    assert taught(SURETE, "la SQ").aliases == ("SQ",)
    assert taught(SAM, "Mr. Lee").gender == "other"
    assert taught(LAVAL, "Ville de Laval").aliases == ("Ville de Laval",)


@pytest.mark.parametrize("mention", ["elle", "la mairesse", "Boulet", "jean boulet", "", "…"])
def test_an_entity_learns_nothing_from_what_is_no_new_name(mention: str) -> None:
    assert taught(BOULET, mention) == BOULET


def test_the_register_is_searched_without_accents_and_forgets() -> None:
    register = Register(EVERYBODY)
    assert [each.id for each in register.search("bruneau")] == ["gb", "mb"]
    assert register.search("genevieve b") == [BRUNEAU]
    assert register.search("mme") == [BRUNEAU]
    assert len(register.search()) == len(register) == len(EVERYBODY)
    register.put(Entity("gb", "Anne Bruneau"))
    assert [each.name for each in register.search("bruneau")] == ["Anne Bruneau", "Marc Bruneau"]
    register.drop("gb")
    register.drop("gone")
    assert register.search("anne") == []
    assert register.get("gb") is None


WORDS = st.lists(
    st.sampled_from(
        "Mme M. elle la le l’ d' SPVM Bruneau Geneviève maire de , ( ) « » . ’ - S.Q. \u00a0 \n 👩‍🚒".split(
            " "
        )
    ),
    max_size=30,
).map(" ".join)
TEXTS = st.one_of(st.text(max_size=60), WORDS)


@settings(deadline=None)
@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_no_words_whatever_are_too_much(mention: str, name: str, alias: str, label: str) -> None:
    strange = Entity("x", name, "person", (alias,), role=alias)
    register = Register((*EVERYBODY, strange))
    found = likely(mention, register, Context([("x", 0), ("gb", 5)], label))
    assert found == sorted(found, key=lambda each: -each.score)
    assert all(0 <= each.score <= 1 and each.reason for each in found)
    new = guess(mention, label)
    assert new.name == new.name.strip()
    assert taught(strange, mention).name == name
    register.search(mention)


def test_twenty_thousand_entities_are_looked_through_at_once() -> None:
    dice = random.Random(1)
    names = ["Ana", "Bo", "Cy", "Dan", "Eve", "Flo", "Gil", "Hal"]
    register = Register(
        Entity(f"e{n}", f"{dice.choice(names)} {dice.randbytes(3).hex()}", "person")
        for n in range(20_000)
    )
    for mention in ("Mme Bruneau", "elle", "SPVM", "la porte-parole", "Eve"):
        begin = perf_counter()
        likely(mention, register, Context([(f"e{n}", n) for n in range(200)]))
        assert perf_counter() - begin < 0.25


def test_a_megabyte_of_signs_takes_no_time() -> None:
    for text in ("«" * 1_000_000, "Mme " * 250_000, "l'" * 500_000, "a" * 1_000_000):
        begin = perf_counter()
        likely(text, REGISTER)
        guess(text)
        taught(BOULET, text)
        assert perf_counter() - begin < 1
