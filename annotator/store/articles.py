"""Articles: the list a window shows, one article whole, its state, its metadata, the time it took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from annotator.core.errors import UserError
from annotator.core.metadata import FIELDS
from annotator.core.model import Article, ArticleState
from annotator.language import _
from annotator.store import annotations
from annotator.store.deed import Deed, now, to_json
from annotator.store.project import Project
from annotator.store.search.typed import match_expression

_SOME = 200
"""Articles looked at in one statement when the first ones are the likeliest."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What a list shows of an article.

    `annotations` counts accepted ones, `suggestions` open ones, a frame with its parts as one.
    """

    id: str
    title: str
    state: ArticleState
    published: str
    source: str
    annotations: int
    suggestions: int


def article(project: Project, article_id: str) -> Article:
    """Return an article whole. Raises KeyError when there is none of this id."""
    row = project.conn.execute("select text from article where id = ?", [article_id]).fetchone()
    if row is None:
        raise KeyError(article_id)
    return refreshed(project, Article(article_id, row[0]))


def refreshed(project: Project, article: Article) -> Article:
    """Return an article with its state and metadata as they stand now; its text is not read again.

    Raises KeyError when the article is gone.
    """
    row = project.conn.execute(
        f"select {', '.join(FIELDS)}, meta, state from article where id = ?", [article.id]
    ).fetchone()
    if row is None:
        raise KeyError(article.id)
    *fields, meta, state = row
    return replace(
        article,
        **dict(zip(FIELDS, fields, strict=True)),
        meta=orjson.loads(meta),
        state=ArticleState(state),
    )


def exists(project: Project, article_id: str) -> bool:
    """Tell whether the project has an article of this id."""
    return bool(project.conn.execute("select 1 from article where id = ?", [article_id]).fetchone())


def ids(
    project: Project, *, state: ArticleState | None = None, query: str = "", label: str = ""
) -> list[str]:
    """Return the ids of the articles that pass all filters, in reading order.

    `query` is searched in title and text without case and accents; `label` is the id of a label
    that an article must use.
    """
    conditions, values = _conditions(state, query, label)
    # The sign keeps SQLite from walking through all texts in their order: ids are sorted more quickly.
    order = "position" if state or query else "+position"
    rows = project.conn.execute(f"select id from article {conditions} order by {order}", values)
    return [article_id for (article_id,) in rows]


def _conditions(state: ArticleState | None, query: str, label: str) -> tuple[str, list[str]]:
    conditions, values = [], []
    if state is not None:
        conditions.append("state = ?")
        values.append(str(state))
    if expression := match_expression(query):
        conditions.append(
            "position in (select rowid from article_search where article_search match ?)"
        )
        values.append(expression)
    if label:
        conditions.append(
            "exists (select 1 from annotation where article_id = article.id and label_id = ? "
            "and annotation.state <> 'rejected')"
        )
        values.append(label)
    return ("where " + " and ".join(conditions) if conditions else ""), values


def rows(project: Project, article_ids: Sequence[str]) -> list[ArticleRow]:
    """Return what the list shows of these articles, in the order asked; gone ones are left out."""
    found: dict[str, ArticleRow] = {}
    for start in range(0, len(article_ids), 500):
        some = list(article_ids[start : start + 500])
        marks = ", ".join("?" * len(some))
        cursor = project.conn.execute(
            f"""
            select id, title, state, published, source,
                (select count(*) from annotation where article_id = article.id and state = 'accepted'),
                (select count(*) from annotation where article_id = article.id and {annotations.OPEN})
            from article where id in ({marks})
            """,
            some,
        )
        for article_id, title, state, *rest in cursor:
            found[article_id] = ArticleRow(article_id, title, ArticleState(state), *rest)
    return [found[article_id] for article_id in article_ids if article_id in found]


def counts(project: Project) -> Mapping[ArticleState, int]:
    """Return how many articles are in each state; states nobody uses count 0."""
    grouped = dict(
        project.conn.execute("select state, count(*) from article group by state").fetchall()
    )
    return {state: grouped.get(str(state), 0) for state in ArticleState}


def next_unfinished(project: Project, article_id: str) -> str | None:
    """Return the next article to do or in progress, starting over at the top; None when all are done."""
    row = project.conn.execute(
        """
        select id from article
        where state in ('todo', 'in_progress') and id <> ?
        order by position <= (select position from article where id = ?), position limit 1
        """,
        [article_id, article_id],
    ).fetchone()
    return row[0] if row else None


def first_unfinished(project: Project, article_ids: Sequence[str], but: str = "") -> str | None:
    """Return the first of these articles that is to do or in progress and not `but`; None for none."""
    for start in range(0, len(article_ids), _SOME):
        row = project.conn.execute(
            """
            select article.id from json_each(?) cross join article on article.id = value
            where state in ('todo', 'in_progress') and article.id <> ? order by key limit 1
            """,
            [to_json(list(article_ids[start : start + _SOME])), but],
        ).fetchone()
        if row:
            return str(row[0])
    return None


def neighbour(project: Project, article_id: str, *, backwards: bool = False) -> str | None:
    """Return the article before or behind this one in reading order, None at the end."""
    sign, order = ("<", "desc") if backwards else (">", "asc")
    row = project.conn.execute(
        f"""
        select id from article where position {sign} (select position from article where id = ?)
        order by position {order} limit 1
        """,
        [article_id],
    ).fetchone()
    return row[0] if row else None


def set_state(deed: Deed, article_id: str, state: ArticleState) -> None:
    """Say how far an article has come."""
    deed.update("article", article_id, {"state": str(state)})


def set_metadata(
    deed: Deed, article_id: str, fields: Mapping[str, str], meta: Mapping[str, Any] | None = None
) -> None:
    """Change what is known of an article: any of FIELDS, and its free keys as a whole.

    Raises UserError when a free key has the name of a field: a file could not hold both.
    """
    changes: dict[str, Any] = {name: fields[name] for name in FIELDS if name in fields}
    taken = next((name for name in FIELDS if meta is not None and name in meta), None)
    if taken:
        raise UserError(
            _("“{name}” has a field of its own; choose another name.").format(name=taken)
        )
    if meta is not None:
        changes["meta"] = to_json(dict(meta))
    deed.update("article", article_id, changes)


def remove(deed: Deed, article_id: str) -> None:
    """Take an article out of the project, with its annotations and links; undo brings all of it back."""
    ids_of_article = deed.conn.execute(
        "select id from annotation where article_id = ?", [article_id]
    ).fetchall()
    for (annotation_id,) in ids_of_article:
        annotations.erase(deed, annotation_id)
    deed.delete("article", article_id)


def add_seconds(project: Project, article_id: str, annotator: str, seconds: float) -> None:
    """Count time spent on an article; not a deed, so it is not undone."""
    project.write_aside(
        "insert or ignore into annotator (name, created) values (?, ?)", [annotator, now()]
    )
    project.write_aside(
        """
        insert into seconds (article_id, annotator, seconds)
        select id, ?, ? from article where id = ?
        on conflict (article_id, annotator) do update set seconds = seconds + excluded.seconds
        """,
        [annotator, seconds, article_id],
    )


def seconds(project: Project, article_id: str) -> dict[str, float]:
    """Return the seconds each annotator spent on an article."""
    return dict(
        project.conn.execute(
            "select annotator, seconds from seconds where article_id = ?", [article_id]
        )
    )
