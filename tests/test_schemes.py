"""Every scheme that ships can be read, and can be worked with from the keyboard."""

from pathlib import Path

import pytest

from annotator.core.scheme import COLOURS, read_scheme, scheme_from_dict, scheme_to_dict
from annotator.resources import resource

SCHEMES = sorted(resource("schemes").glob("*.toml"))

# What the keys of the quote sweep, the suggestions and the rejection are for.
QUOTE_KEYS = set("scai")
EVERYWHERE = set("nx")


def test_the_templates_are_there() -> None:
    names = {path.stem for path in SCHEMES}
    assert names >= {"news", "conll4", "ontonotes18", "quaero", "fracas"}


@pytest.fixture(params=SCHEMES, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_a_scheme_reads_and_writes_back_the_same(path: Path) -> None:
    scheme = read_scheme(path)
    assert scheme.name and scheme.description
    assert scheme_from_dict(scheme_to_dict(scheme)) == scheme


def test_each_label_says_what_it_is_for(path: Path) -> None:
    for label in read_scheme(path).labels:
        assert label.description.endswith("."), label.name
        assert label.colour in COLOURS, label.name


def test_each_label_has_a_letter_of_its_own_that_every_keyboard_has(path: Path) -> None:
    scheme = read_scheme(path)
    keys = [label.key for label in scheme.labels]
    assert len(set(keys)) == len(keys)
    for label in scheme.labels:
        assert label.key.isascii() and label.key.isalpha() and label.key.islower(), label.name
        assert label.key not in EVERYWHERE, label.name


def test_no_label_takes_a_key_of_the_quotes_it_stands_beside(path: Path) -> None:
    scheme = read_scheme(path)
    taken = {slot.key for label in scheme.labels for slot in label.slots if slot.key}
    assert not taken & {label.key for label in scheme.labels}
    assert taken <= QUOTE_KEYS


def test_slots_and_links_name_labels_that_exist(path: Path) -> None:
    scheme = read_scheme(path)
    known = {label.id for label in scheme.labels}
    for label in scheme.labels:
        for slot in label.slots:
            assert set(slot.labels) <= known, (label.name, slot.name)
    for link in scheme.links:
        assert {*link.from_labels, *link.to_labels} <= known, link.name


def test_a_default_is_one_of_the_values(path: Path) -> None:
    for label in read_scheme(path).labels:
        for attribute in label.attributes:
            assert attribute.kind != "choice" or attribute.values, (label.name, attribute.name)
            assert not attribute.default or attribute.default in attribute.values
