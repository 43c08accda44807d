"""Which article comes after which: an order that a session can be given another one for."""

from typing import Protocol

from annotator.store import articles
from annotator.store.project import Project


class Order(Protocol):
    """What knows which article comes after which."""

    def unfinished(self, article_id: str) -> str | None:
        """Return the article to go on with after this one; None when every one is done or flagged."""

    def beside(self, article_id: str, *, backwards: bool) -> str | None:
        """Return the article behind this one, or before it; None at the end."""


class ReadingOrder:
    """The order in which articles were brought in."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def unfinished(self, article_id: str) -> str | None:
        return articles.next_unfinished(self._project, article_id)

    def beside(self, article_id: str, *, backwards: bool) -> str | None:
        return articles.neighbour(self._project, article_id, backwards=backwards)
