"""Streams articles with what is exported of them: one article at a time, so memory stays flat."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from operator import itemgetter
from typing import Any

import orjson

from annotator.core.corpus import LabelledArticle, Span
from annotator.core.model import NOTHING, Article, ArticleState, Link
from annotator.store.project import Project


@contextmanager
def snapshot(project: Project) -> Iterator[None]:
    """See the project as it is now until the end, whatever another window writes meanwhile."""
    if project.conn.in_transaction:
        yield
        return
    project.conn.execute("begin")
    try:
        yield
    finally:
        project.conn.rollback()


def counts(
    project: Project, *, states: Collection[str], done_only: bool = False
) -> Mapping[str, int]:
    """Return how many articles, annotations and links `stream` will yield, without reading them."""
    articles, annotations = project.conn.execute(
        f"""
        select
            (select count(*) from article where {_chosen(done_only=done_only)}),
            (
                select count(*) from annotation join article on article.id = article_id
                where {_chosen(done_only=done_only)}
                and annotation.state in (select value from json_each(?))
            )
        """,
        [_json(states)],
    ).fetchone()
    (links,) = project.conn.execute(
        f"""
        select count(*)
        from link
        join annotation as source on source.id = from_id
        join annotation as target on target.id = to_id
        join article on article.id = source.article_id
        where {_chosen(done_only=done_only)}
        and source.state in (select value from json_each(?1))
        and target.state in (select value from json_each(?1))
        """,
        [_json(states)],
    ).fetchone()
    return {"articles": articles, "annotations": annotations, "links": links}


def article_count(project: Project, *, done_only: bool = False) -> int:
    """Return how many articles `stream` will yield."""
    chosen = f"select count(*) from article where {_chosen(done_only=done_only)}"
    count: int = project.conn.execute(chosen).fetchone()[0]
    return count


def stream(
    project: Project,
    *,
    states: Collection[str],
    done_only: bool = False,
    only: Collection[str] | None = None,
    links: bool = True,
) -> Iterator[LabelledArticle]:
    """Yield the articles in reading order, with their annotations in these states.

    `only` are the ids of those that are wanted, None for all. Without `links` none are read.
    """
    chosen = _json(states)
    has_links = links and bool(
        project.conn.execute("select exists (select 1 from link)").fetchone()[0]
    )
    seconds = _seconds(project)
    for article in _articles(project, done_only=done_only, only=only):
        joined = project.conn.execute(_LINKS, (article.id, chosen)) if has_links else ()
        yield LabelledArticle(
            article,
            _spans(project, article.id, chosen),
            [Link(*row) for row in joined],
            seconds.get(article.id, NOTHING),
        )


def cut_links(
    project: Project, *, states: Collection[str], done_only: bool = False
) -> Iterator[tuple[str, Link, str, int, int]]:
    """Yield the links from an exported annotation to one that is not.

    Each comes with its article, and the label id, start and end of the annotation it leaves.
    """
    rows = project.conn.execute(
        f"""
        select article.id, link.id, type, from_id, to_id, link.annotator, link.created,
            source.label_id, source.start, source."end"
        from link
        join annotation as source on source.id = from_id
        join annotation as target on target.id = to_id
        join article on article.id = source.article_id
        where {_chosen(done_only=done_only)}
        and source.state in (select value from json_each(?1))
        and target.state not in (select value from json_each(?1))
        order by article.position, source.start, link.id
        """,
        [_json(states)],
    )
    for article_id, *link, label, start, end in rows:
        yield article_id, Link(*link), label, start, end


def _spans(project: Project, article_id: str, states: str) -> list[Span]:
    """Return the fragments in text order: as the index has them, sorted only if that is not enough."""
    rows = project.conn.execute(_BY_START, (article_id, states)).fetchall()
    if len(set(map(_START, rows))) < len(rows) or any(map(_N, rows)):
        rows = project.conn.execute(_SPANS, (article_id, states)).fetchall()
    return list(map(_AS_SPAN, rows))


_N, _START = itemgetter(2), itemgetter(3)
# `Span._make` without a Python frame for each of a million rows.
_AS_SPAN: Callable[[tuple[Any, ...]], Span] = partial(tuple.__new__, Span)

_BY_START = """
    select annotation.id, label_id, n, fragment.start, fragment."end", surface, attributes, note,
        entity_id, annotator, origin, state, score, reason, created, updated, settled
    from annotation cross join fragment on annotation_id = annotation.id
    where article_id = ? and state in (select value from json_each(?))
    order by annotation.start
"""

_SPANS = """
    select annotation.id, label_id, n, fragment.start, fragment."end", surface, attributes, note,
        entity_id, annotator, origin, state, score, reason, created, updated, settled
    from annotation cross join fragment on annotation_id = annotation.id
    where article_id = ? and state in (select value from json_each(?))
    order by annotation.start, annotation."end" desc, annotation.id, n
"""

_LINKS = """
    select link.id, type, from_id, to_id, link.annotator, link.created
    from annotation as source
    join link on from_id = source.id
    join annotation as target on target.id = to_id
    where source.article_id = ?1
    and source.state in (select value from json_each(?2))
    and target.state in (select value from json_each(?2))
    order by link.id
"""


def _articles(
    project: Project, *, done_only: bool, only: Collection[str] | None
) -> Iterator[Article]:
    wanted = "true" if only is None else "id in (select value from json_each(?))"
    rows = project.conn.execute(
        f"""
        select id, text, title, author, published, source, url, language, meta, state
        from article where {_chosen(done_only=done_only)} and {wanted} order by position
        """,
        [] if only is None else [orjson.dumps(list(only)).decode()],
    )
    for id_, text, title, author, published, source, url, language, meta, state in rows:
        free = NOTHING if meta == "{}" else orjson.loads(meta)
        yield Article(
            id_, text, title, author, published, source, url, language, free, ArticleState(state)
        )


def _seconds(project: Project) -> Mapping[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for article_id, annotator, seconds in project.conn.execute(
        "select article_id, annotator, seconds from seconds order by article_id, annotator"
    ):
        found.setdefault(article_id, {})[annotator] = seconds
    return found


def _chosen(*, done_only: bool) -> str:
    return "article.state = 'done'" if done_only else "true"


def _json(states: Collection[str]) -> str:
    return orjson.dumps(sorted(str(state) for state in states)).decode()
