"""What is known of an article as one table: the fields that every article has, then the free keys."""

from collections.abc import Mapping
from typing import Any

from annotator.core.model import Article, ArticleState

FIELDS = ("title", "author", "published", "source", "url", "language")
"""The metadata that every article has a field for; the rest lives in `meta`."""


def metadata(article: Article) -> dict[str, object]:
    """Return what is known of an article: the fields that are filled, then the free metadata."""
    known = {name: getattr(article, name) for name in FIELDS}
    return {**{name: value for name, value in known.items() if value}, **article.meta}


def known_article(
    id_: str, text: str, known: Mapping[str, Any], state: ArticleState = ArticleState.TODO
) -> Article:
    """Return an article of which this is known, the inverse of `metadata`.

    What is no text fills no field: it stays among the free metadata, under its own name.
    """
    fields = {name: known[name] for name in FIELDS if isinstance(known.get(name), str)}
    meta = {name: value for name, value in known.items() if name not in fields}
    return Article(id_, text, **fields, meta=meta, state=state)
