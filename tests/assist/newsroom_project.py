"""A project of the made-up newsroom: some of its articles labelled and done."""

from dataclasses import replace
from pathlib import Path

from annotator.core.corpus import LabelledArticle, Span
from annotator.core.ids import new_id
from annotator.core.model import Article, ArticleState
from annotator.core.scheme import Scheme, read_scheme
from annotator.resources import resource
from annotator.store import bulk
from annotator.store.project import Project
from annotator.suggest.model.examples import Example
from tests.suggest.newsroom import articles


def newsroom(
    path: Path, number: int, done: int, *, scheme: Scheme | None = None, sentences: int = 10
) -> Path:
    """Make a closed project of so many articles, the first ones done; the others are to do."""
    with Project.create(path, scheme or read_scheme(resource("schemes", "news.toml"))) as project:
        rows = [
            _row(each, is_done=place < done)
            for place, each in enumerate(articles(number, sentences=sentences))
        ]
        labels = {label.id: label.id for label in project.scheme.labels}
        project.do(
            "Import",
            lambda deed: bulk.add_articles(deed, rows, labels, bulk.Added()),
            annotator="Ada",
        )
    return path


def _row(example: Example, *, is_done: bool) -> LabelledArticle:
    state = ArticleState.DONE if is_done else ArticleState.TODO
    article = Article(example.id, example.text, title=f"Article {example.id}", language="fr")
    spans = [
        Span(new_id(), label, 0, start, end, example.text[start:end])
        for start, end, label in example.spans
        if is_done
    ]
    return LabelledArticle(replace(article, state=state), spans, [])
