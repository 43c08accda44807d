"""The language of the search box: any string is understood, or told in one sentence why not."""

import contextlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.query.keys import Key
from annotator.core.query.parsing import LONGEST, parse
from annotator.core.query.tree import (
    And,
    Comparison,
    Condition,
    Kind,
    Node,
    Not,
    Or,
    Pattern,
    QueryError,
    Words,
)
from annotator.language import use_language
from annotator.resources import resource


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


def read(text: str) -> Node:
    return parse(text).root


def test_words_side_by_side_are_all_wanted() -> None:
    assert read("climat Macron") == And((Words("climat"), Words("Macron")))
    assert read("climat AND Macron") == read("climat Macron") == read("climat ET Macron")


def test_a_phrase_stands_between_quotes_of_any_kind() -> None:
    for typed in ('"l’Élysée a dit"', "“l’Élysée a dit”", "«\u00a0l’Élysée a dit\u00a0»"):
        assert read(typed) == Words("l’Élysée a dit")
    assert read(r'"il dit \"non\""') == Words('il dit "non"')


def test_a_star_stands_for_the_rest_of_a_word() -> None:
    assert read("écolog*") == Words("écolog", is_prefix=True)
    assert read('text:"Mme Bru*"') == Condition(Key.TEXT, "Mme Bru", is_prefix=True)


def test_not_binds_closer_than_and_and_and_closer_than_or() -> None:
    assert read("a OR b c") == Or((Words("a"), And((Words("b"), Words("c")))))
    assert read("NOT a b") == And((Not(Words("a")), Words("b")))
    assert read("-a") == read("NOT a") == read("SAUF a") == Not(Words("a"))
    assert read("(a OU b) c") == And((Or((Words("a"), Words("b"))), Words("c")))


def test_operators_in_small_letters_are_words() -> None:
    assert read("and or") == And((Words("and"), Words("or")))
    assert read("rendez-vous -sport") == And((Words("rendez-vous"), Not(Words("sport"))))


def test_conditions_are_named_in_english_and_french() -> None:
    for typed in ("label:PER", "étiquette:PER", "Etiquette:PER", 'LABEL:"PER"'):
        assert read(typed) == Condition(Key.LABEL, "PER")
    assert read("sans:source") == Condition(Key.MISSING, "source")
    assert read("état:fait") == Condition(Key.STATE, "done")
    assert read("est:imbriqué") == Condition(Key.IS, "nested")
    assert read("origine:main") == Condition(Key.ORIGIN, "hand")


def test_an_attribute_has_a_name_and_a_value() -> None:
    assert read("attr:type=indirect") == Condition(Key.ATTR, "indirect", "type")
    assert read('attr:"source kind"!=person') == Condition(
        Key.ATTR, "person", "source kind", is_unlike=True
    )
    assert read('attr:type="free indirect"') == Condition(Key.ATTR, "free indirect", "type")
    assert read("attr:type") == Condition(Key.ATTR, None, "type")


@pytest.mark.parametrize(
    ("typed", "bounds"),
    [
        ("date:2018", ((">=", "2018"), ("<", "2018~"))),
        ("date:2018-04..2018-06", ((">=", "2018-04"), ("<", "2018-06~"))),
        ("date:2018-04-25", ((">=", "2018-04-25"), ("<", "2018-04-25~"))),
        ("date:..2018-4", (("<", "2018-04~"),)),
        ("date:>=2018", ((">=", "2018"),)),
        ("date:>2018", ((">=", "2018~"),)),
        ("score:>0.8", ((">", 0.8),)),
        ("score:0,5..0.8", ((">=", 0.5), ("<=", 0.8))),
    ],
)
def test_spans_of_dates_and_scores(typed: str, bounds: object) -> None:
    node = read(typed)
    assert isinstance(node, Comparison)
    assert node.bounds == bounds


def test_an_expression_stands_between_slashes() -> None:
    assert read(r"/élu(e|s)?/i") == Pattern("élu(e|s)?", "i")
    assert read(r"/km\/h/") == Pattern("km/h")


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("climat", Kind.OCCURRENCES),
        ("climat source:Monde", Kind.OCCURRENCES),
        ("label:PER climat", Kind.ANNOTATIONS),
        ("climat state:rejected", Kind.ANNOTATIONS),
        ("state:done", Kind.ARTICLES),
        ("NOT climat", Kind.ARTICLES),
        ("in:climat", Kind.ARTICLES),
        ("NOT NOT climat", Kind.OCCURRENCES),
    ],
)
def test_what_the_results_are(typed: str, kind: Kind) -> None:
    assert parse(typed).kind is kind


@pytest.mark.parametrize(
    ("typed", "place", "words"),
    [
        ("", (0, 0), "what to look for"),
        ("   ", (0, 3), "what to look for"),
        ("labl:PER", (0, 4), "label"),
        ("foo:bar", (0, 3), "quotes"),
        ("label:", (0, 6), "label:PER"),
        ("label : PER", (6, 7), "without blanks"),
        ("étiquette\u00a0:PER", (10, 11), "without blanks"),
        ("a OR", (2, 4), "follow"),
        ("OR a", (0, 2), "before"),
        ("(a", (0, 1), "closed"),
        ("a)", (1, 2), "closes none"),
        ("()", (0, 2), "between the parentheses"),
        ('say "a', (4, 6), "not closed"),
        ("a*b", (0, 3), "star"),
        ("/(a/", (1, 4), "regular expression"),
        ("/a", (0, 2), "no end"),
        ("/a/x", (3, 4), "i "),
        ("state:open", (6, 10), "todo"),
        ("date:avril", (5, 10), "2018-04"),
        ("date:2018-02-30", (5, 15), "no day 30"),
        ("score:high", (6, 10), "0.8"),
        ("attr:=x", (5, 7), "name"),
        ('label:PER"x"', (9, 12), "blank"),
        ("-", (0, 1), "directly behind"),
        ("a\0", (1, 2), "no text"),
    ],
)
def test_a_mistake_is_told_at_its_place(typed: str, place: tuple[int, int], words: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(typed)
    assert (caught.value.start, caught.value.end) == place
    assert words in str(caught.value)


def test_too_much_is_refused() -> None:
    for typed in ("a " * LONGEST, "a " * 250, "(" * 60 + "a" + ")" * 60, "NOT " * 60 + "a"):
        with pytest.raises(QueryError):
            parse(typed)


PARTS = st.sampled_from(
    [
        *("(", ")", '"', "“", "”", "«", "»", "/", "*", "-", ":", "=", "!=", "..", ">", "\\", " "),
        *("AND", "OR", "NOT", "ET", "a", "Élysée", "l’", "2018", "2018-13", "0.5", "é", "\0"),
        *("label:", "attr:", "date:", "score:", "is:", "state:", "missing:", "origin:", "meta:"),
        *("'", ";", "--", "drop table", "%", "_", "?", "[", "(a+)+$", "\ud800", "🙂", "\u0301"),
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=30), st.lists(PARTS, max_size=12).map("".join)))
def test_any_string_is_understood_or_told_why_not(typed: str) -> None:
    try:
        assert parse(typed).kind in Kind
    except QueryError as error:
        told = error
    else:
        return
    assert 0 <= told.start <= told.end <= len(typed)
    assert str(told)


REGEX = st.lists(
    st.sampled_from([*"()[]{}?*+|^$.\\/-,:<=!aé0129PLaiux#&~", "(?", "[[", "(?P<a>", "\\1", "{1,"]),
    max_size=10,
).map("".join)


@settings(deadline=None, max_examples=300)
@given(REGEX)
def test_any_expression_is_understood_or_told_why_not(typed: str) -> None:
    with contextlib.suppress(QueryError):
        assert isinstance(parse(f"/{typed}/").root, Pattern | And)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_query_of_the_help_is_understood(language: str) -> None:
    page = resource("help", language, "search.md").read_text("utf-8")
    rows = re.findall(r"^\| (`.*?`(?: \w+ `.*?`)?) \|", page, re.MULTILINE)
    typed = [each.replace("\\|", "|") for row in rows for each in re.findall(r"`([^`]+)`", row)]
    assert len(typed) > 30
    for each in typed:
        parse(each)
