"""The sample comes in whole, and has in it what an annotator meets in the press."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import pytest

from annotator.core.model import Annotation, AnnotationState, Article, ArticleState
from annotator.core.scheme import read_scheme
from annotator.exchange.importing import ImportOptions, import_paths
from annotator.resources import resource
from annotator.store import annotations, articles, checks, entities
from annotator.store.project import Project

FILE = resource("sample", "sample.jsonl")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    path = tmp_path_factory.mktemp("sample") / "sample.annot"
    scheme = read_scheme(resource("schemes", "news.toml"))
    with Project.create(path, scheme) as project:
        report = import_paths(project, [FILE], ImportOptions(annotator="sample"))
        assert (report.problems, report.duplicates, report.labels_added) == ([], [], [])
        yield project


@pytest.fixture(scope="module")
def texts(project: Project) -> list[Article]:
    return [articles.article(project, each) for each in articles.ids(project)]


@pytest.fixture(scope="module")
def labelled(project: Project) -> list[Annotation]:
    ids = articles.ids(project)
    return [each for article in ids for each in annotations.of_article(project, article)]


def crossing(one: Annotation, other: Annotation) -> bool:
    return one.start < other.start < one.end < other.end


def test_everything_fits_together(project: Project) -> None:
    assert checks.check(project) == []


def test_its_labels_are_those_of_the_scheme_that_ships(project: Project) -> None:
    assert project.scheme == read_scheme(resource("schemes", "news.toml"))
    keys = {each.name: each.key for each in project.scheme.label("quote").attributes}
    assert (keys["type"], keys["medium"], keys["source kind"]) == ("t", "v", "k")


def test_its_register_has_kinds_that_rules_and_ledger_know(project: Project) -> None:
    kinds = {entity.kind for entity in entities.register(project)}
    assert kinds == {"person", "organisation", "place"}


def test_there_are_eight_to_twelve_articles_in_two_languages(texts: list[Article]) -> None:
    languages = Counter(article.language for article in texts)
    assert 8 <= len(texts) <= 12
    assert languages["fr"] >= 5
    assert languages["en"] >= 3
    assert all(1_200 <= len(article.text) <= 4_000 for article in texts)


@pytest.mark.parametrize(
    "sign",
    ["\u00a0", "\u202f", "«", "“", "‘", '"', "'", "’", "\n— ", "\u200d", "\U0001f1e8", "-t-"],
)
def test_the_typography_is_that_of_the_press(sign: str, texts: list[Article]) -> None:
    assert any(sign in article.text for article in texts)


def test_one_article_has_decomposed_accents(texts: list[Article]) -> None:
    decomposed = [a for a in texts if not unicodedata.is_normalized("NFC", a.text)]
    assert len(decomposed) == 1


def test_work_is_in_every_state(texts: list[Article], labelled: list[Annotation]) -> None:
    assert {article.state for article in texts} == set(ArticleState)
    assert {each.state for each in labelled} >= {
        AnnotationState.ACCEPTED,
        AnnotationState.SUGGESTED,
    }


def test_annotations_are_nested_crossing_and_in_fragments(labelled: list[Annotation]) -> None:
    assert any(len(each.fragments) > 1 for each in labelled)
    pairs = [(a, b) for a, b in combinations(labelled, 2) if a.article == b.article]
    assert any(a.start <= b.start and b.end < a.end for a, b in pairs)
    simple = [(a, b) for a, b in pairs if len(a.fragments) == len(b.fragments) == 1]
    assert any(crossing(a, b) or crossing(b, a) for a, b in simple)


def test_quotes_have_speakers_and_some_carry_notes(
    project: Project, labelled: list[Annotation]
) -> None:
    links = [link for each in articles.ids(project) for link in annotations.links_of(project, each)]
    assert Counter(link.type for link in links)["source"] >= 20
    assert any(each.note for each in labelled)
    assert any(each.entity for each in labelled)
