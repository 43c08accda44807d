"""What is labelled now so and now otherwise; names that are nearly alike."""

import random
import time

import pytest

from annotator.core.consistency import Strings, edge_of, undecided
from annotator.core.model import Entity
from annotator.core.namesakes import Why, jaro_winkler, namesakes


def strings(*counted: tuple[str, str, int]) -> Strings:
    found = Strings()
    for each in counted:
        found.add(*each)
    return found


def test_spellings_are_counted_together_and_shown_as_mostly_written() -> None:
    found = strings(("l’Élysée", "loc", 14), ("Élysée", "org", 3), ("l'Élysée", "org", 1))
    (line,) = found.contested()
    assert line.words == ("l’Élysée",)
    assert line.counts == ({"loc": 14, "org": 4},)
    assert line.count == 4


def test_what_leaves_most_undecided_comes_first() -> None:
    found = strings(
        ("Lyon", "loc", 100), ("Lyon", "org", 1), ("Nice", "loc", 9), ("Nice", "org", 9),
        ("Metz", "loc", 1), ("Metz", "org", 1),
    )  # fmt: skip
    assert [line.words[0] for line in found.contested()] == ["Nice", "Lyon", "Metz"]
    assert undecided([9, 9]) == pytest.approx(18)


def test_labels_of_one_string_are_told() -> None:
    found = strings(("Roy", "per", 3), ("Roche", "per", 1), ("Roy", "event", 1))
    assert [(line.words, line.counts) for line in found.single()] == [(("Roy",), ({"event": 1},))]


def test_titles_and_determiners_make_two_of_one_name() -> None:
    found = strings(
        ("Mme Bruneau", "per", 4), ("Bruneau", "per", 9), ("le ministère", "org", 2),
        ("ministère", "org", 2), ("Mme Roy", "per", 1), ("Roy", "org", 1),
    )  # fmt: skip
    assert [line.words for line in found.boundaries()] == [
        ("Mme Bruneau", "Bruneau"),
        ("le ministère", "ministère"),
    ]
    assert edge_of("Mme  Bruneau", "Bruneau") == 5
    assert edge_of("Anne Bruneau", "Bruneau") == 0


def test_a_string_is_forgotten_and_learnt_anew() -> None:
    found = strings(("Lyon", "loc", 3), ("Lyon", "org", 1))
    found.forget("lyon")
    assert not found.contested()
    found.add("Lyon", "loc", 4)
    assert found.known() == ["lyon"]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Geneviève Bruneau", "Genevieve BRUNEAU", Why.NAME),
        ("G. Bruneau", "Geneviève Bruneau", Why.INITIALS),
        ("Bruneau", "Geneviève Bruneau", Why.LAST_NAME),
        ("Geneviève Bruneau", "Geneviève Brunneau", Why.SPELLING),
        ("Roquefort", "Rocquefort", None),
        ("Marie Roy", "Marc Roy", None),
        ("Luc Roy", "Anne Le Goff", None),
    ],
)
def test_namesakes(one: str, other: str, why: Why | None) -> None:
    found = namesakes([Entity("1", one), Entity("2", other)])
    assert [pair.why for pair in found] == ([why] if why else [])


def test_an_alias_is_a_name_too_and_what_is_known_keeps_two_apart() -> None:
    one = Entity("1", "Geneviève Bruneau", aliases=("la maire",), gender="female")
    assert [p.why for p in namesakes([one, Entity("2", "La Maire")])] == [Why.NAME]
    assert not namesakes([one, Entity("2", "G. Bruneau", gender="male")])


def test_a_family_name_does_not_make_two_people_one() -> None:
    one = Entity("1", "Adam Roy", aliases=("Roy", "M. Roy"))
    assert not namesakes([one, Entity("2", "Alice Roy", aliases=("Roy",))])
    assert [p.why for p in namesakes([one, Entity("2", "A. Roy")])] == [Why.INITIALS]


def test_jaro_winkler_is_the_one_of_the_books() -> None:
    assert jaro_winkler("martha", "marhta") == pytest.approx(0.9611, abs=1e-4)
    assert jaro_winkler("dwayne", "duane") == pytest.approx(0.84, abs=1e-4)
    assert jaro_winkler("a", "") == 0.0


def test_thousands_of_entities_are_compared_soon() -> None:
    dice = random.Random(1)
    firsts = [f"P{n}ia" for n in range(300)]
    lasts = [f"Nom{dice.randrange(10**6)}" for _ in range(1_000)]
    entities = [Entity(str(n), f"{dice.choice(firsts)} {dice.choice(lasts)}") for n in range(4_000)]
    start = time.perf_counter()
    namesakes(entities)
    assert time.perf_counter() - start < 5
