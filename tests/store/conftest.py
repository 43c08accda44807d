"""A project with the news scheme and two articles in it, and words for what an annotator does to it."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.core.corpus import LabelledArticle
from annotator.core.ids import new_id
from annotator.core.model import Article
from annotator.core.scheme import Label, Scheme, read_scheme
from annotator.language import use_language
from annotator.resources import resource
from annotator.store import annotations, articles, bulk
from annotator.store.project import Project

TEXTS = ("L’Écologie gagne, assure Mme Bruneau à Nîmes.", "The mayor of Bath spoke. 👩‍🚒 agreed.")
SMALL = Scheme("Small", labels=(Label("per", "PER", "p"), Label("loc", "LOC", "l")))


@pytest.fixture(autouse=True)
def _at_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak English, and keep daily backups out of the home of whoever runs the tests."""
    use_language("en")
    home = str(tmp_path_factory.mktemp("home"))
    for variable in ("HOME", "USERPROFILE", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, home)


def put(project: Project, *texts: str) -> list[Article]:
    """Bring in articles, as an import does, and return them."""
    made = [Article(new_id(), text, title=text[:20]) for text in texts]
    labelled = [LabelledArticle(each, [], []) for each in made]
    added = bulk.Added()
    project.do(
        "Import",
        lambda deed: bulk.add_articles(deed, labelled, {}, added),
        annotator="Ada",
    )
    return made


def label(
    project: Project,
    article: Article,
    label_id: str,
    *ranges: tuple[int, int],
    annotator: str = "Ada",
) -> str:
    """Label ranges of an article and return the annotation's id."""
    annotation_id, _changes = project.do(
        f"Label {label_id}",
        lambda deed: annotations.add(deed, article, label_id, ranges),
        annotator=annotator,
    )
    return annotation_id


def remove(project: Project, annotation_id: str) -> None:
    """Take an annotation away."""
    project.do("Remove", lambda deed: annotations.remove(deed, annotation_id), annotator="Ada")


def surfaces(project: Project) -> list[str]:
    """Return what is annotated in the whole project, article by article, in text order."""
    return [
        annotation.text
        for article_id in articles.ids(project)
        for annotation in annotations.of_article(project, article_id)
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corpus.annot"


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    made = Project.create(path, read_scheme(resource("schemes", "news.toml")))
    put(made, *TEXTS)
    yield made
    with contextlib.suppress(sqlite3.ProgrammingError):  # It was reopened, and so closed before.
        made.close()


@pytest.fixture
def first(project: Project) -> Article:
    return articles.article(project, articles.ids(project)[0])


@pytest.fixture
def second(project: Project) -> Article:
    return articles.article(project, articles.ids(project)[1])


@pytest.fixture
def reopened(project: Project) -> Iterator[Callable[[], Project]]:
    """Close the project and open it again, as on another day."""
    opened = [project]

    def reopen() -> Project:
        opened[-1].close()
        opened.append(Project.open(project.path))
        return opened[-1]

    yield reopen
    opened[-1].close()
