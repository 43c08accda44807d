"""A scheme that was taken out as TOML comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.precedents import Precedent, precedent_from_dict
from annotator.core.scheme import (
    Attribute,
    Label,
    LinkType,
    Scheme,
    Slot,
    read_scheme,
    scheme_from_toml,
)
from annotator.core.scheme_toml import scheme_to_toml
from annotator.resources import resource

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@pytest.mark.parametrize(
    "path", sorted(resource("schemes").glob("*.toml")), ids=lambda path: path.stem
)
def test_every_template_survives(path: object) -> None:
    scheme = read_scheme(path)  # type: ignore[arg-type]
    assert scheme_from_toml(scheme_to_toml(scheme), "x") == scheme


@given(name=WORDS, other=WORDS, values=st.lists(WORDS))
def test_any_words_survive(name: str, other: str, values: list[str]) -> None:
    attribute = Attribute(name, "choice", tuple(values), other, "k")
    label = Label(
        "id", name, "k", description=other, attributes=(attribute,), slots=(Slot(other, many=True),)
    )
    decided = Precedent("p", name, "id", reason=other)
    scheme = Scheme(name, other, (label,), (LinkType(name, ("a",), (), other),), (decided,))
    assert scheme_from_toml(scheme_to_toml(scheme), "x") == scheme


def test_a_decision_without_more_than_its_words_is_read() -> None:
    row = dict.fromkeys(("id", "label", "entity", "reason", "annotator", "created"))
    assert precedent_from_dict({"words": "Lyon", **row}) == Precedent("", "Lyon")
