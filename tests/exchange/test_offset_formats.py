"""Formats of texts and offsets, there and back: a project, its files, a new project, the old one again."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.core.corpus import LabelledArticle
from annotator.core.scheme import Scheme
from annotator.exchange.exporting import ExportOptions, export, plan_export
from annotator.exchange.importing import ImportOptions, import_paths
from annotator.language import use_language
from annotator.store import bulk, corpus, entities
from annotator.store.project import Project
from tests.formats.marked import REGISTER, SCHEME, rich, shapes

FORMATS = ("brat", "doccano", "labelstudio", "prodigy", "spacy-jsonl")
WITH_LINKS = FORMATS[:-1]


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    def fill(deed: Any) -> None:
        for entity in REGISTER.values():
            entities.add(deed, entity)
        ids = {label.id: label.id for label in SCHEME.labels}
        bulk.add_articles(deed, [rich()], ids, bulk.Added())

    with Project.create(tmp_path / "press.annot", SCHEME, annotator="Ada") as opened:
        opened.do("Fill", fill, annotator="Ada")
        yield opened


def only(project: Project) -> LabelledArticle:
    (article,) = corpus.stream(project, states={"accepted"})
    return article


def named(project: Project) -> Counter[Any]:
    return shapes(only(project), {label.id: label.name for label in project.scheme.labels})


def links(project: Project) -> Counter[Any]:
    article = only(project)
    first = {span.annotation: span.surface for span in reversed(article.spans)}
    return Counter((link.type, first[link.from_id], first[link.to_id]) for link in article.links)


@pytest.mark.parametrize("name", FORMATS)
def test_a_new_project_is_as_the_old_but_for_what_was_told(
    project: Project, tmp_path: Path, name: str
) -> None:
    plan = plan_export(project, ExportOptions(format=name))
    report = export(project, tmp_path / name, ExportOptions(format=name))
    assert [str(each) for each in plan.losses] == [str(each) for each in report.problems]
    with Project.create(tmp_path / "new.annot", Scheme(), annotator="Bob") as new:
        found = import_paths(new, [tmp_path / name], ImportOptions(annotator="Bob"))
        assert (found.articles, found.problems) == (1, [])
        assert only(new).article.text == only(project).article.text
        if name in WITH_LINKS:
            assert named(new) == named(project)
            assert links(new) == links(project)
        else:
            assert named(new)["Quote", (98, 110)] == named(new)["Quote", (131, 145)] == 1


@pytest.mark.parametrize("name", WITH_LINKS)
def test_coming_back_to_the_same_project_changes_nothing(
    project: Project, tmp_path: Path, name: str
) -> None:
    before = only(project)
    export(project, tmp_path / name, ExportOptions(format=name))
    found = import_paths(project, [tmp_path / name], ImportOptions(annotator="Bob"))
    assert (found.articles, found.grafted, found.standing, found.problems) == (0, 0, 9, [])
    assert found.labels_added == []
    assert only(project) == before
