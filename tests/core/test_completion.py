"""What the search box offers at the caret."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.query.completion import Vocabulary, complete
from annotator.core.query.parsing import parse
from annotator.core.query.tree import QueryError, Words
from annotator.core.query.writing import quoted
from annotator.language import use_language

KNOWN = Vocabulary(
    labels=("PER", "ORG", "Quote"),
    attributes={"type": ("direct", "free indirect"), "source kind": ("person",)},
    slots=("source", "cue"),
    annotators=("Ada", "Élodie"),
    entities=("Geneviève Bruneau", "Luc Roy"),
    sources=("Le Monde", 'Le "Petit" Journal'),
    meta=("rubrique",),
)


def offered(typed: str) -> list[str]:
    """Return how the query would read with each of the choices; the caret stands at the bar."""
    caret = typed.index("|")
    query = typed.replace("|", "")
    found = complete(query, caret, KNOWN)
    return [query[: found.start] + each.text + query[found.end :] for each in found.choices]


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


def test_keys_are_offered_and_what_they_mean() -> None:
    assert offered("climat lab|") == ["climat label:"]
    assert offered("-st|") == ["-state:"]
    assert "étiquette:" in offered("éti|")
    assert len(offered("|")) == 20
    assert complete("lab", 3, KNOWN).choices[0].told == "label of the annotation"


def test_keys_are_offered_in_the_language_of_the_window() -> None:
    use_language("fr")
    try:
        assert "étiquette:" in offered("|")
        assert offered("est:im|") == ["est:imbriqué"]
    finally:
        use_language("en")


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("label:p|", ["label:PER"]),
        ("(label:q| OR a)", ["(label:Quote OR a)"]),
        ("label:P|ER climat", ["label:PER climat"]),
        ("entity:bru|", ['entity:"Geneviève Bruneau"']),
        ('entity:"luc r|" x', ['entity:"Luc Roy" x']),
        ("by:elo|", ["by:Élodie"]),
        ("source:|", ['source:"Le Monde"', 'source:"Le \\"Petit\\" Journal"']),
        ("missing:s|", ["missing:source", 'missing:"source kind"']),
        ("attr:|", ["attr:type=", 'attr:"source kind"=']),
        ("attr:type=ind|", ['attr:type="free indirect"']),
        ("attr:type!=dir|", ["attr:type!=direct"]),
        ('attr:"source kind"=|', ['attr:"source kind"=person']),
        ("is:ne|", ["is:nested"]),
        ("state:to|", ["state:todo"]),
        ("meta:r|", ["meta:rubrique="]),
        ('"the la|', []),
        ("/la|", []),
        ("nothing:x|", []),
    ],
)
def test_values_are_those_of_the_project(typed: str, choices: list[str]) -> None:
    assert offered(typed) == choices


@given(st.text(max_size=12), st.integers(-2, 15))
def test_any_caret_in_any_text_is_borne(typed: str, caret: int) -> None:
    found = complete(typed, caret, KNOWN)
    assert 0 <= found.start <= found.end <= len(typed)


@given(st.text(min_size=1, max_size=12).filter(lambda text: text.strip(" *\t\n\u00a0\u202f")))
def test_what_is_quoted_is_read_as_it_was(words: str) -> None:
    try:
        root = parse(quoted(words)).root
    except QueryError:
        assert "*" in words or "\0" in words or not words.strip()
        return
    assert isinstance(root, Words)
    assert root.text == words.strip().removesuffix("*").rstrip()
