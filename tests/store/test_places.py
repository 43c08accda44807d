"""Labelling words that were found, many at once: nothing overlaps by accident, one undo takes it back."""

from pathlib import Path

import pytest

from annotator.core.corpus import LabelledArticle
from annotator.core.model import AnnotationState, Article
from annotator.core.scheme import read_scheme
from annotator.resources import resource
from annotator.store import annotations, bulk, history, places
from annotator.store.many import Written
from annotator.store.places import Place
from annotator.store.project import Project

TEXT = "Bruneau parle. Mme Bruneau se tait, dit Bruneau \U0001f642."
FIRST, SECOND, THIRD = (0, 7), (19, 26), (40, 47)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project.create(tmp_path / "places.annot", read_scheme(resource("schemes", "news.toml")))
    rows = [LabelledArticle(Article("a", TEXT), [], [])]
    made.do("Import", lambda deed: bulk.add_articles(deed, rows, {}, bulk.Added()), annotator="x")
    return made


def put(
    project: Project,
    label: str,
    start: int,
    end: int,
    state: str = "accepted",
    origin: str = "hand",
) -> str:
    article = Article("a", TEXT)
    found, _changes = project.do(
        "Label",
        lambda deed: annotations.add(
            deed, article, label, [(start, end)], state=AnnotationState(state), origin=origin
        ),
        annotator="claire",
    )
    return found


def label(project: Project, label_id: str, *ranges: tuple[int, int]) -> Written:
    where = [Place("a", *each) for each in ranges]
    written, _changes = project.do(
        "Label",
        lambda deed: places.label(deed, project.scheme, label_id, where),
        annotator="claire",
    )
    return written


def said(project: Project) -> list[tuple[str, int, str]]:
    return [
        (each.label, each.start, str(each.state)) for each in annotations.of_article(project, "a")
    ]


def test_free_words_are_labelled_in_one_op(project: Project) -> None:
    ops = len(history.ops(project))
    assert label(project, "per", FIRST, SECOND, THIRD) == Written(3, 0)
    assert said(project) == [("per", start, "accepted") for start, _end in (FIRST, SECOND, THIRD)]
    assert len(history.ops(project)) == ops + 1
    project.undo()
    assert said(project) == []


def test_other_labels_on_the_same_words_give_way(project: Project) -> None:
    put(project, "org", *FIRST)
    assert label(project, "per", FIRST) == Written(1, 0)
    assert said(project) == [("per", 0, "accepted")]


def test_what_would_overlap_is_passed_over(project: Project) -> None:
    put(project, "per", 15, 26)
    assert label(project, "per", FIRST, SECOND) == Written(1, 1)
    assert said(project) == [("per", 0, "accepted"), ("per", 15, "accepted")]


def test_what_has_the_label_already_is_passed_over(project: Project) -> None:
    put(project, "per", *FIRST)
    assert label(project, "per", FIRST, FIRST) == Written(0, 2)


def test_a_suggestion_is_accepted_by_labelling_its_words(project: Project) -> None:
    put(project, "per", *FIRST, state="suggested", origin="names")
    assert label(project, "per", FIRST) == Written(1, 0)
    assert said(project) == [("per", 0, "accepted")]


def test_an_article_that_is_gone_is_passed_over(project: Project) -> None:
    written, _changes = project.do(
        "Label",
        lambda deed: places.label(deed, project.scheme, "per", [Place("gone", 0, 3)]),
        annotator="claire",
    )
    assert written == Written(0, 1)


def test_what_stands_on_words_is_told(project: Project) -> None:
    made = put(project, "per", *FIRST)
    put(project, "loc", *FIRST, state="suggested", origin="names")
    put(project, "per", 15, 26)
    found = places.standing_on(project, [Place("a", *FIRST), Place("a", *SECOND)])
    assert found == [places.Stands(made, "per", "accepted"), None]
