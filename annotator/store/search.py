"""Full-text search over titles and texts, without case and accents (SQLite FTS5)."""

import re
from dataclasses import dataclass

from annotator.store.project import Project

_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An article that matches, and a stretch of it with the words found between "[" and "]"."""

    article: str
    title: str
    snippet: str


def articles(project: Project, query: str, limit: int = 50) -> list[SearchHit]:
    """Return the articles that hold every word or "phrase" of the query, the best first."""
    expression = match_expression(query)
    if not expression:
        return []
    return [
        SearchHit(*values)
        for values in project.conn.execute(
            """
            select article.id, article.title, snippet(article_search, 1, '[', ']', '…', 12)
            from article_search join article on article.position = article_search.rowid
            where article_search match ? order by rank limit ?
            """,
            [expression, limit],
        )
    ]


def match_expression(query: str) -> str:
    """Return a query as people type it in the syntax of FTS5, "" when it holds no word.

    Words are all wanted, the last one may be unfinished; words between quotes are a phrase.
    """
    terms = []
    unfinished = False
    for phrase, word in _TERM.findall(query):
        words = _WORD.findall(phrase or word)
        if words:
            terms.append('"' + " ".join(words) + '"')
            unfinished = bool(word)
    return " ".join(terms) + ("*" if unfinished else "")
