"""Which annotation fills a slot, and which label a new filler gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.assist import frames
from annotator.core.model import Annotation, AnnotationState, Fragment
from annotator.core.scheme import Label, Scheme, Slot, read_scheme
from annotator.resources import resource

TEXT = "Joanne Crampton, commissaire à la GRC, et Mme Roy ont parlé hier."
NEWS = read_scheme(resource("schemes", "news.toml"))
SOURCE = next(each for each in NEWS.label("quote").slots if each.name == "source")


def standing(
    label: str, words: str, state: AnnotationState = AnnotationState.ACCEPTED
) -> Annotation:
    start = TEXT.index(words)
    fragment = Fragment(start, start + len(words), words)
    return Annotation(words, "a", label, (fragment,), state=state)


@pytest.mark.parametrize(
    ("wanted", "others", "chosen"),
    [
        ("Joanne Crampton, commissaire à la GRC", [("per", "Joanne Crampton")], "Joanne Crampton"),
        ("Joanne Crampton, commissaire à la GRC", [("org", "GRC")], None),
        ("Joanne Crampton, commissaire", [("per", "Crampton")], "Crampton"),
        ("Mme Roy", [("per", "Roy")], "Roy"),
        ("Mme Roy", [("per", "Joanne Crampton")], None),
        ("Mme Roy", [("per", "Roy"), ("source", "Mme Roy")], "Roy"),
    ],
)
def test_the_name_that_stands_there_is_used(
    wanted: str, others: list[tuple[str, str]], chosen: str | None
) -> None:
    start = TEXT.index(wanted)
    annotations = [standing(label, words) for label, words in others]
    found = frames.filler(TEXT, (start, start + len(wanted)), SOURCE, annotations)
    assert (found.id if found else None) == chosen


def test_what_was_rejected_is_not_used() -> None:
    start = TEXT.index("Mme Roy")
    rejected = standing("per", "Roy", AnnotationState.REJECTED)
    assert frames.filler(TEXT, (start, start + 7), SOURCE, [rejected]) is None


def test_a_new_filler_is_labelled_like_its_slot() -> None:
    quote = NEWS.label("quote")
    labels = {slot.name: label and label.name for slot, label in frames.fillings(quote, NEWS)}
    assert labels == {"source": "Source", "cue": "Cue", "addressee": "Source"}


def test_a_slot_of_any_label_is_filled_by_what_it_allows() -> None:
    place, time = Label("pl", "Place", "p"), Label("ti", "Time", "t")
    scheme = Scheme("Events", labels=(place, time))
    assert frames.filling_label(Slot("where", labels=("pl",)), scheme) == place
    assert frames.filling_label(Slot("time", labels=("pl", "ti")), scheme) == time
    assert frames.filling_label(Slot("where", labels=("gone",)), scheme) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ([(0, 10)], [(0, 10)], True),
        ([(0, 10)], [(2, 9)], True),
        ([(0, 10)], [(8, 30)], False),
        ([(0, 4), (8, 12)], [(0, 12)], True),
        ([(0, 10)], [(20, 30)], False),
    ],
)
def test_one_quote_with_other_boundaries(one, other, same) -> None:
    assert frames.is_same(one, other) is same


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 30)), max_size=20),
    st.integers(0, 50),
    st.integers(1, 20),
)
def test_annotations_are_found_by_where_they_stand(
    places: list[tuple[int, int]], start: int, length: int
) -> None:
    made = [
        Annotation(str(n), "a", "per", (Fragment(at, at + long, "x" * long),))
        for n, (at, long) in enumerate(places)
    ]
    end = start + length
    over = {each.id for each in made if each.start < end and each.end > start}
    assert {each.id for each in frames.Standing(made).over(start, end)} == over
