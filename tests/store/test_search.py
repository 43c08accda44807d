"""Search: what is found is what reading everything would find, and nothing that is typed does harm."""

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core.model import AnnotationState, Article, ArticleState, Entity
from annotator.core.query.matching import WholeMatcher, WordMatcher
from annotator.core.query.parsing import parse
from annotator.core.query.tree import (
    And,
    Condition,
    Kind,
    Node,
    Not,
    Or,
    QueryError,
    Words,
    wanted_words,
)
from annotator.store import annotations, articles, entities, many
from annotator.store.project import Project
from annotator.store.search import regexes
from annotator.store.search.finding import Found, find
from annotator.store.search.frequencies import Group, frequencies
from annotator.store.search.lines import Order, lines, ordered
from tests.store.conftest import SMALL, label, put
from tests.store.test_many import do, suggest


def search(project: Project, typed: str, **how: Any) -> Found:
    return find(project, parse(typed), **how)


def said(project: Project, typed: str) -> list[str]:
    return [line.words for line in lines(project, search(project, typed).hits)]


@pytest.fixture
def news(project: Project) -> Project:
    """Three articles with names, a quote with a source and one without."""
    first, second, third = put(
        project,
        "Mme Bruneau parle. « Le climat change », dit Mme Bruneau à l’Élysée.",
        "Le CLIMAT à Lyon : Jean-Luc Roy part, « rien ne va », pour le climat.",
        "A\u0300 Lyon, l'E\u0301lyse\u0301e et le cœur de la climatologie.",
    )
    do(project, lambda deed: entities.add(deed, Entity("e", "Anne Bruneau", aliases=("la maire",))))
    one = label(project, first, "per", (0, 11))
    do(project, lambda deed: annotations.set_entity(deed, one, "e"))
    quote = label(project, first, "quote", (21, 37))
    two = label(project, first, "per", (45, 56))
    do(project, lambda deed: annotations.link(deed, "source", quote, two))
    do(project, lambda deed: annotations.set_attribute(deed, quote, "type", "direct"))
    label(project, first, "loc", (59, 67), annotator="Bob")
    label(project, second, "quote", (40, 50))
    suggest(project, second, "loc", (12, 16), origin="names")
    rejected = suggest(project, second, "per", (19, 27), origin="names")
    do(project, lambda deed: annotations.set_state(deed, rejected, AnnotationState.REJECTED))
    do(
        project,
        lambda deed: articles.set_metadata(
            deed,
            first.id,
            {"source": "Le Monde", "published": "2018-04-25", "language": "fr-FR"},
            {"rubrique": "Planète"},
        ),
    )
    do(project, lambda deed: articles.set_state(deed, first.id, ArticleState.DONE))
    del third
    return project


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("climat", ["climat", "CLIMAT", "climat"]),
        ("climat*", ["climat", "CLIMAT", "climat", "climatologie"]),
        ('"le climat"', ["Le climat", "Le CLIMAT", "le climat"]),
        ("élysée", ["Élysée", "E\u0301lyse\u0301e"]),
        ("l'Elysée", ["l’Élysée", "l'E\u0301lyse\u0301e"]),
        ("coeur", ["cœur"]),
        ("Luc", []),
        ("climat Roy", ["CLIMAT", "Roy", "climat"]),
        ("climat -Lyon", ["climat"]),
        ("climat source:monde", ["climat"]),
        ("/[Cc]limat\\b/", ["climat", "climat"]),
        ("/climat\\b/i Lyon", ["CLIMAT", "Lyon", "climat"]),
        ("label:PER", ["Mme Bruneau", "Mme Bruneau"]),
        ("label:Quote climat", ["Le climat change"]),
        ("label:quote /rien|tout/", ["rien ne va"]),
        ("label:PER in:climat", ["Mme Bruneau", "Mme Bruneau"]),
        ('text:"l’élysée"', ["l’Élysée"]),
        ("text:Mme*", ["Mme Bruneau", "Mme Bruneau"]),
        ("entity:Bruneau", ["Mme Bruneau"]),
        ('entity:"la maire"', ["Mme Bruneau"]),
        ("attr:type=direct", ["Le climat change"]),
        ("label:quote attr:type!=direct", ["rien ne va"]),
        ("missing:source", ["rien ne va"]),
        ("has:source", ["Le climat change"]),
        ("missing:type", ["rien ne va"]),
        ("label:PER missing:entity", ["Mme Bruneau"]),
        ("state:suggested", ["Lyon"]),
        ("state:rejected", ["Jean-Luc"]),
        ("label:PER state:done", ["Mme Bruneau", "Mme Bruneau"]),
        ("by:bob", ["l’Élysée"]),
        ("origin:suggested", ["Lyon"]),
        ("origin:names state:rejected", ["Jean-Luc"]),
        ("label:LOC OR label:Quote", ["Le climat change", "l’Élysée", "Lyon", "rien ne va"]),
        ("label:LOC NOT by:Bob", ["Lyon"]),
        ("label:LOC date:2018-04..2018-06", ["l’Élysée"]),
        ("label:LOC date:..2017", []),
        ("label:LOC language:fr", ["l’Élysée"]),
        ("label:LOC meta:rubrique=planete", ["l’Élysée"]),
        ("is:linked", ["Le climat change", "Mme Bruneau"]),
        ("is:overlapping", []),
    ],
)
def test_what_is_asked_is_found_in_reading_order(
    news: Project, typed: str, words: list[str]
) -> None:
    assert said(news, typed) == words


def test_conditions_on_articles_alone_find_articles(news: Project) -> None:
    found = search(news, "source:monde")
    assert found.kind is Kind.ARTICLES
    assert [(hit.start, hit.end, hit.annotation) for hit in found.hits] == [(0, 0, "")]
    assert len(search(news, "NOT source:monde").hits) == 4
    assert len(search(news, "climat OR source:monde").hits) == 3


def test_shapes_are_told_apart(project: Project) -> None:
    [article] = put(project, "0123456789abcdefghij")
    for ranges in ([(0, 6)], [(2, 4)], [(4, 8)], [(10, 12), (14, 16)], [(18, 20)]):
        label(project, article, "per", *ranges)

    def starts(typed: str) -> list[int]:
        return [hit.start for hit in search(project, typed).hits]

    assert starts("is:overlapping") == [0, 2, 4]
    assert starts("is:nested") == [2]
    assert starts("is:crossing") == [0, 4]
    assert starts("is:discontinuous") == [10]
    assert starts("NOT is:overlapping") == [10, 18]
    assert starts("label:PER -is:linked is:untouched") == [0, 2, 4, 10, 18]


@pytest.mark.parametrize(
    ("typed", "place"), [("label:PERS", (0, 10)), ("missing:nonsense", (0, 16))]
)
def test_a_name_that_the_scheme_has_not_is_told(
    news: Project, typed: str, place: tuple[int, int]
) -> None:
    with pytest.raises(QueryError) as caught:
        search(news, typed)
    assert (caught.value.start, caught.value.end) == place


def test_the_first_screen_says_that_there_is_more(news: Project) -> None:
    found = search(news, "climat", limit=2)
    assert (len(found.hits), found.is_whole) == (2, False)
    assert search(news, "climat", limit=3).is_whole


def test_a_search_can_be_stopped(news: Project) -> None:
    found = search(news, "climat", progress=lambda _done, _total: False)
    assert (found.hits, found.is_whole) == ([], False)


@pytest.mark.parametrize("typed", ["/(a+)+$/", "label:per /(a|a)*b/"])
def test_an_expression_that_takes_too_long_is_given_up(
    project: Project, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr(regexes, "SECONDS", 0.2)
    [article] = put(project, "a" * 60 + "!")
    label(project, article, "per", (0, 61))
    with pytest.raises(QueryError, match="too long") as caught:
        search(project, typed)
    assert caught.value.end == len(typed)
    assert said(project, "/a{60}/") == ["a" * 60]


def test_contexts_are_sorted_with_the_nearest_word_first(news: Project) -> None:
    hits = search(news, "climat").hits

    by_left = [line.before[-5:] for line in lines(news, ordered(news, hits, Order.LEFT))]
    assert by_left == ["Le ", "« Le ", "r le "]
    by_right = [line.behind[:8] for line in lines(news, ordered(news, hits, Order.RIGHT))]
    assert by_right == [".", " à Lyon ", " change "]
    by_words = [line.words for line in lines(news, ordered(news, hits, Order.WORDS))]
    assert by_words == ["CLIMAT", "climat", "climat"]
    for order in Order:
        assert sorted(ordered(news, hits, order)) == sorted(hits)


def test_a_line_tells_what_is_known_of_a_result(news: Project) -> None:
    [line] = lines(news, search(news, "entity:maire label:PER").hits, width=6)
    assert (line.before, line.words, line.behind) == ("", "Mme Bruneau", " parle")
    assert (line.label, line.entity, line.state) == ("PER", "Anne Bruneau", "accepted")
    assert (line.source, line.published, line.annotator) == ("Le Monde", "2018-04-25", "Ada")


def test_an_annotation_may_end_within_a_word(project: Project) -> None:
    [article] = put(project, "Les climats 🙂climats changent")
    label(project, article, "per", (4, 10))
    label(project, article, "per", (13, 19))
    for typed in ("label:PER climat", "climat by:Ada", "text:climat", "by:Ada text:clim*"):
        assert said(project, typed) == ["climat", "climat"], typed


def test_what_is_gone_meanwhile_is_borne(news: Project) -> None:
    hits = search(news, "label:PER OR label:Quote").hits
    do(news, lambda deed: many.remove(deed, [hit.annotation for hit in hits]))
    do(news, lambda deed: articles.remove(deed, hits[0].article))
    shown = lines(news, hits)
    assert {line.words for line in shown} == {"", "rien ne va"}
    for order in Order:
        assert len(ordered(news, hits, order)) == len(hits)
    assert frequencies(news, hits, Group.LABEL) == []


WORDS = ["climat", "l’Élysée", "Roy", "mer", "oe"]
TEXTS = st.lists(
    st.sampled_from([*WORDS, "CLIMAT", "elysee", "Roy-mer", "œ", "\n", ",", "climats", "e\u0301"]),
    min_size=1,
    max_size=8,
).map(" ".join)
LEAVES = st.sampled_from(
    [
        *WORDS,
        *("clim*", '"mer Roy"', "label:PER", "label:LOC", "text:Roy", "text:clim*", "in:mer"),
        *("state:done", "state:suggested", "by:Ada", "source:Monde", "missing:entity", "/[Rr]oy/"),
    ]
)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(lambda one: f"NOT {one}"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} OR {two[1]})"),
    ),
    max_leaves=4,
)


@contextlib.contextmanager
def small(every: list[str]) -> Iterator[Project]:
    """A project with these texts, in which every Roy and every mer is labelled, in turns."""
    with TemporaryDirectory() as folder, Project.create(Path(folder) / "a.annot", SMALL) as project:
        turn = 0
        for n, article in enumerate(put(project, *every)):
            for name in ("Roy", "mer", "climat"):
                at = article.text.find(name)
                if at >= 0:
                    turn += 1
                    make = suggest if turn % 3 == 0 else label
                    make(project, article, "per" if turn % 2 else "loc", (at, at + len(name)))
            if n % 2:
                do(
                    project,
                    lambda deed, a=article: articles.set_state(deed, a.id, ArticleState.DONE),
                )
                do(
                    project,
                    lambda deed, a=article: articles.set_metadata(
                        deed, a.id, {"source": "Le Monde"}, {}
                    ),
                )
        yield project


def reading_all(project: Project, typed: str) -> set[tuple[str, int, int, str]]:
    """Find without any index: read every article and ask the tree of each."""
    query = parse(typed)
    found: set[tuple[str, int, int, str]] = set()
    for article_id in articles.ids(project):
        article = articles.article(project, article_id)
        if query.kind is Kind.ANNOTATIONS:
            for each in annotations.of_article(project, article_id):
                if _holds(query.root, article, each.text, project, each):
                    found.add((article_id, each.start, each.end, each.id))
        elif _holds(query.root, article, article.text, project, None):
            ranges = [r for part in wanted_words(query.root) for r in _ranges(part, article.text)]
            for start, end in ranges or [(0, 0)]:
                found.add((article_id, start, end, ""))
    return found


def _ranges(part: Any, text: str) -> list[tuple[int, int]]:
    if isinstance(part, Words):
        return list(WordMatcher(part).ranges(text))
    return [match.span() for match in re.finditer(part.source, text)]


def _holds(node: Node, article: Article, text: str, project: Project, annotation: Any) -> bool:
    if isinstance(node, Not):
        return not _holds(node.part, article, text, project, annotation)
    if isinstance(node, And | Or):
        some: Callable[[Any], bool] = all if isinstance(node, And) else any
        return some(_holds(each, article, text, project, annotation) for each in node.parts)
    if not isinstance(node, Condition):
        return bool(_ranges(node, text))
    words = Words(str(node.value), node.is_prefix)
    match node.key.value:
        case "label":
            return bool(project.scheme.label(annotation.label).name == node.value)
        case "text":
            return WholeMatcher(words).is_in(annotation.text)
        case "in":
            return WordMatcher(words).is_in(article.text)
        case "state":
            return node.value in (article.state.value, annotation and annotation.state.value)
        case "by":
            return bool(annotation.annotator == node.value)
        case "source":
            return WordMatcher(words).is_in(article.source)
        case _:
            return annotation.entity is None


def found_by(project: Project, typed: str) -> set[tuple[str, int, int, str]]:
    hits = search(project, typed).hits
    found = {(hit.article, hit.start, hit.end, hit.annotation) for hit in hits}
    assert len(found) == len(hits)
    assert hits == ordered(project, hits, Order.READING)
    return found


QUICKLY = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@QUICKLY
@given(
    st.lists(TEXTS, min_size=1, max_size=5, unique=True),
    st.lists(QUERIES, min_size=4, max_size=8),
)
def test_the_indexes_hide_nothing_and_add_nothing(every: list[str], typed: list[str]) -> None:
    with small(every) as project:
        for each in typed:
            assert found_by(project, each) == reading_all(project, each), each


@QUICKLY
@given(
    st.lists(TEXTS, min_size=1, max_size=4, unique=True), st.lists(QUERIES, min_size=3, max_size=3)
)
def test_logic_holds(every: list[str], three: list[str]) -> None:
    a, b, c = (f"({each})" for each in three)
    with small(every) as project:
        for one, other in (
            (a, f"NOT NOT {a}"),
            (f"{a} {b}", f"{b} AND {a}"),
            (f"{a} OR {b}", f"{b} OR {a}"),
            (f"{a} ({b} OR {c})", f"({a} {b}) OR ({a} {c})"),
        ):
            assert found_by(project, one) == found_by(project, other), (one, other)


@QUICKLY
@given(
    st.one_of(st.text(max_size=20), st.lists(st.sampled_from("\"'();:*-/ aé%?=.<>"), max_size=15))
)
def test_nothing_that_is_typed_does_harm(project: Project, typed: str | list[str]) -> None:
    before = list(project.conn.iterdump())
    for query in ("".join(typed), f'label:"{"".join(typed)}"', f"text:{''.join(typed)}"):
        with contextlib.suppress(QueryError):
            search(project, query)
    assert list(project.conn.iterdump()) == before
