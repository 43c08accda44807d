"""Occurrences of a phrase: what is one and what is not, to the code point, in any text."""

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.occurrences import Finder, Likeness, variants

MARKS = "\u0300-\u036f"


def found(phrase: str | list[str], text: str, **likeness: bool) -> list[str]:
    phrases = [phrase] if isinstance(phrase, str) else phrase
    finder = Finder(phrases, Likeness(**likeness))
    return [text[start:end] for start, end in finder.ranges(text)]


# What annotators look for -----------------------------------------------------------------------


def test_a_name_is_found_in_whole_words_only() -> None:
    text = "Roy, Royer, Leroy, « Roy », Roy. 2Roy Roy2"
    assert found("Roy", text) == ["Roy", "Roy", "Roy"]
    assert len(found("Roy", text, whole=False)) == 6


def test_capitals_count_unless_they_do_not() -> None:
    text = "Pierre jette une pierre. PIERRE !"
    assert found("Pierre", text) == ["Pierre"]
    assert found("Pierre", text, case=False) == ["Pierre", "pierre", "PIERRE"]


def test_accents_make_no_difference_unless_they_do() -> None:
    text = "Élysée, Elysée, E\u0301lyse\u0301e, Elysee"
    assert found("Élysée", text) == ["Élysée", "Elysée", "E\u0301lyse\u0301e", "Elysee"]
    assert found("Élysée", text, accents=True) == ["Élysée", "E\u0301lyse\u0301e"]
    assert found("peche", "péché pêche peche", accents=True) == ["peche"]


def test_an_accent_is_never_cut_from_its_letter() -> None:
    assert found("caf", "cafe\u0301 caf\u0301", whole=False, accents=True) == ["caf"]
    assert found("cafe", "cafe\u0301", whole=False) == ["cafe\u0301"]
    assert found("cafe", "cafe\u0301", whole=False, accents=True) == []


def test_elision_and_possessive_are_no_part_of_a_name() -> None:
    text = "l’Élysée, l'Élysée, d’Élysée, qu'Élysée, Élysée's"
    for likeness in ({}, {"inflected": True}):
        assert found("Élysée", text, **likeness) == ["Élysée"] * 5
    assert found("l’Élysée", text, inflected=True) == ["Élysée"] * 5
    assert found("l’Élysée", text) == ["l’Élysée", "l'Élysée"]
    assert found("Leeds’", "Leeds and Leeds's", inflected=True) == ["Leeds", "Leeds"]


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("policier", "policiers"),
        ("bureau", "bureaux"),
        ("journal", "journaux"),
        ("force armée", "forces armées"),
        ("CHEVAL", "CHEVAUX"),
    ],
)
def test_plurals_are_found_from_singulars_and_back(one: str, many: str) -> None:
    text = f"{one}, {many}."
    assert found(one, text, inflected=True) == [one, many]
    assert found(many, text, inflected=True) == [one, many]
    assert found(one, text) == [one]


def test_a_part_of_a_compound_is_no_occurrence() -> None:
    text = "Jean, Saint-Jean, Jean-Paul, aujourd’hui, Jean-là"
    assert found("Jean", text) == ["Jean"]
    assert found("hui", text) == []
    assert found("dit", "a-t-il dit, dit-il, on-dit") == ["dit", "dit"]


def test_blanks_apostrophes_and_hyphens_of_every_kind_are_alike() -> None:
    text = "La Ville\nde Lyon, La\u00a0Ville de\u202fLyon, La  Ville de\n\nLyon"
    assert len(found("La Ville de Lyon", text)) == 3
    assert found("Côte d’Ivoire", "Côte d'Ivoire, Cote dʼIvoire") == [
        "Côte d'Ivoire",
        "Cote dʼIvoire",
    ]
    assert len(found("Saint-Jean", "Saint‑Jean Saint–Jean Saint Jean")) == 2


def test_ligatures_are_their_letters() -> None:
    text = "œuvre, oeuvre, Œuvre, Oeuvre, OEUVRE"
    assert found("œuvre", text) == ["œuvre", "oeuvre"]
    assert found("Oeuvre", text) == ["Œuvre", "Oeuvre"]
    assert len(found("oeuvre", text, case=False)) == 5
    assert found("œuvre", text, accents=True) == ["œuvre"]


def test_several_names_are_found_at_once_the_longest_first() -> None:
    text = "Mme Bruneau, Bruneau et Geneviève Bruneau"
    names = ["Bruneau", "Mme Bruneau", "Geneviève Bruneau"]
    assert found(names, text) == ["Mme Bruneau", "Bruneau", "Geneviève Bruneau"]


def test_offsets_are_code_points_among_emoji() -> None:
    text = "🙂👩‍🚒 Roy 🇫🇷Roy"
    assert list(Finder(["Roy"], Likeness()).ranges(text)) == [(5, 8), (11, 14)]


@pytest.mark.parametrize("phrase", ["", "  ", "\n"])
def test_nothing_is_found_of_nothing(phrase: str) -> None:
    assert found(phrase, "Rien  ici.") == []


def test_time_grows_with_the_text_alone() -> None:
    finder = Finder(["a a a a b", "aa' a"], Likeness(case=False, inflected=True))

    def seconds(text: str) -> float:
        start = time.perf_counter()
        list(finder.ranges(text))
        return time.perf_counter() - start

    for part in ("a ", "a" + " " * 50, "aa'", "a\u0301", "-a"):
        short, long = (seconds(part * n) for n in (5_000, 40_000))
        assert long < 40 * max(short, 0.001), part


# Any text ---------------------------------------------------------------------------------------

LETTERS = st.sampled_from(
    [
        *"aeéEÉœŒsxlL’'ʼ-‑ \u00a0\n.2_«",
        "e\u0301",
        "o\u0302",
        "🙂",
        "👩‍🚒",
        "й",
        "и\u0306",
        "Jean",
        "oe",
    ]
)
texts = st.lists(LETTERS, max_size=14).map("".join)
phrases = st.lists(LETTERS, min_size=1, max_size=4).map("".join).filter(str.strip)
likenesses = st.builds(
    Likeness,
    whole=st.booleans(),
    case=st.booleans(),
    accents=st.booleans(),
    inflected=st.just(False),
)


def alike(text: str, likeness: Likeness) -> str:
    """Return text as it is compared: the plain way, to check the quick one by."""
    text = re.sub("[’‘ʼ`´′]", "'", re.sub("[‐‑‒–]", "-", unicodedata.normalize("NFC", text)))
    if not likeness.accents:
        for sign, spelled in (("œ", "oe"), ("Œ", "Oe"), ("OE", "Oe")):
            text = text.replace(sign, spelled)
        decomposed = unicodedata.normalize("NFD", text)
        text = unicodedata.normalize("NFC", re.sub(rf"(?<=[A-Za-z])[{MARKS}]+", "", decomposed))
    if not likeness.case:
        text = text.lower()
    return re.sub(r"\s+", " ", text)


@settings(deadline=None)
@given(texts, phrases, likenesses)
def test_what_is_found_reads_like_the_phrase_and_lies_in_order(
    text: str, phrase: str, likeness: Likeness
) -> None:
    ranges = list(Finder([phrase], likeness).ranges(text))
    ends = [0, *(end for _start, end in ranges)]
    for (start, end), before in zip(ranges, ends, strict=False):
        assert before <= start < end <= len(text)
        assert alike(text[start:end], likeness) == alike(phrase.strip(), likeness)
        assert not re.match(f"[{MARKS}]", text[end:])


@settings(deadline=None)
@given(texts, phrases, texts, likenesses)
def test_the_phrase_is_found_wherever_it_stands_by_itself(
    before: str, phrase: str, behind: str, likeness: Likeness
) -> None:
    bare = phrase.strip()
    if re.match(f"[{MARKS}]", bare):
        return
    text = f"{before} . {bare} . {behind}"
    ranges = list(Finder([phrase], likeness).ranges(text))
    start = len(before) + 3
    assert any(one < start + len(bare) and start < other for one, other in ranges)


@settings(deadline=None)
@given(texts, phrases, st.booleans(), st.booleans())
def test_a_word_index_would_not_miss_it(
    text: str, phrase: str, accents: bool, inflected: bool
) -> None:
    likeness = Likeness(accents=accents, inflected=inflected)
    finder = Finder([phrase], likeness)
    # One word spelled in two ways within itself is more than anybody writes.
    text = unicodedata.normalize("NFD" if "\u0306" in text else "NFC", _parted(text))
    if not any(finder.ranges(text)):
        return
    choices = [choice for each in finder.phrases for choice in variants(each, likeness)]
    if not choices:
        return
    words = {_indexed(word) for word in re.findall(rf"[\w{MARKS}]+", text.replace("_", " "))}
    assert any(
        all(
            any(set(map(_indexed, form.replace("_", " ").split())) <= words for form in forms)
            for forms in choice
        )
        for choice in choices
    )


def _parted(text: str) -> str:
    """Return a text without the letters that are two in one, large or small."""
    return text.replace("œ", "oe").replace("Œ", "OE")


def _indexed(word: str) -> str:
    """Return a word as the index keeps it: Latin letters without accents, other ones with them."""
    bases = ((char, unicodedata.normalize("NFD", char)[0]) for char in word.lower())
    kept = (base if base.isascii() else char for char, base in bases)
    return "".join(char for char in kept if not re.match(f"[{MARKS}]", char) or "и" in word)
