"""Where a query has to look: what an index tells first, and the whole corpus where none does."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from annotator.core.query.keys import Key
from annotator.core.query.matching import WholeMatcher
from annotator.core.query.tree import Condition, Kind, Node, Query, Words, conjuncts
from annotator.store.project import Project
from annotator.store.search.conditions import entities, labels, slot
from annotator.store.search.index import expression_of, positions

_FEW, _SOME = 10_000, 200_000
"""Annotations up to which an index names them all: when a first screen is wanted, and when all are."""

_FIRST, _LARGEST = 64, 2_048
"""Articles in the first batch, which has to come at once, and in the largest."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some articles or annotations; how many lie before them, and of how many.

    `source` is where SQL reads them from, "article" among it, and `where` what limits them; one of the
    two takes `values`.
    """

    source: str
    where: str
    values: tuple[Any, ...]
    done: int
    total: int
    is_of_annotations: bool = False


# The list comes first in the join: else SQLite may take another index and read it whole for each batch.
_POSITIONS = "json_each(?) as listed cross join article on article.position = listed.value"
_ARTICLES = "json_each(?) as listed cross join article on article.id = listed.value"
_ANNOTATIONS = """
    json_each(?) as listed cross join annotation on annotation.id = listed.value
    cross join article on article.id = annotation.article_id
"""


def batches(
    project: Project,
    query: Query,
    articles: Collection[str] | None = None,
    *,
    in_a_hurry: bool = False,
) -> Iterator[Batch]:
    """Yield where results may be, in reading order, small batches first; in these articles or in all.

    In a hurry the whole corpus is gone through where an index would have to name very many places: of
    so many the first are met soon.
    """
    if articles is not None:
        yield from _in_order(project, articles)
        return
    sure = list(conjuncts(query.root))
    if query.kind is Kind.ANNOTATIONS:
        most = _FEW if in_a_hurry else _SOME
        few = _few(project, sure, most, wants_rejected=query.wants_rejected)
        if few is not None:
            yield from _listed(_ANNOTATIONS, few, is_of_annotations=True)
            return
    asked = [
        expression
        for words in (_words(node, query.kind) for node in sure)
        if words is not None and (expression := expression_of(project.conn, words)) is not None
    ]
    if asked:
        yield from _named(project, " AND ".join(asked))
    else:
        yield from _windows(project)


def _words(node: Node, kind: Kind) -> Words | None:
    """Return words that an article must say if a condition is to hold.

    An annotation may end within a word, climat within climats. One that begins within a word of the
    index is missed: nobody labels the end of a word.
    """
    if isinstance(node, Words):
        return Words(node.text, node.is_prefix or kind is Kind.ANNOTATIONS)
    if isinstance(node, Condition) and node.key is Key.IN:
        return Words(str(node.value), node.is_prefix)
    if isinstance(node, Condition) and node.key is Key.TEXT and "…" not in str(node.value):
        return Words(str(node.value), is_prefix=True)
    return None


def _windows(project: Project) -> Iterator[Batch]:
    """Yield all articles, so many positions at a time."""
    last = project.conn.execute("select max(position) from article").fetchone()[0] or 0
    low = project.conn.execute("select min(position) from article").fetchone()[0] or 0
    size = _FIRST
    while low <= last:
        yield Batch("article", "article.position between ? and ?", (low, low + size - 1), low, last)
        low += size
        size = min(2 * size, _LARGEST)


def _in_order(project: Project, articles: Collection[str]) -> Iterator[Batch]:
    """Yield these articles, some of them at a time."""
    found = project.conn.execute(
        "select id from article where id in (select value from json_each(?)) order by position",
        [_json(list(articles))],
    )
    yield from _listed(_ARTICLES, [id_ for (id_,) in found], is_of_annotations=False)


def _named(project: Project, expression: str) -> Iterator[Batch]:
    """Yield the articles that the index of words names."""
    after, size, done = -1, _FIRST, 0
    while some := positions(project.conn, expression, after, size):
        total = done + len(some) + (size if len(some) == size else 0)
        yield Batch(_POSITIONS, "true", (_json(some),), done, total)
        done += len(some)
        after = some[-1]
        size = min(2 * size, _LARGEST)


def _listed(source: str, ids: Sequence[str], *, is_of_annotations: bool) -> Iterator[Batch]:
    at, size = 0, 4 * _FIRST
    while at < len(ids):
        some = _json(ids[at : at + size])
        yield Batch(source, "true", (some,), at, len(ids), is_of_annotations)
        at += size
        size = min(2 * size, _LARGEST)


def _few(
    project: Project, sure: Sequence[Node], most: int, *, wants_rejected: bool
) -> list[str] | None:
    """Return the annotations among which the results must be, if an index names at most so many."""
    conditions = [each for each in sure if isinstance(each, Condition)]
    for node in conditions:
        if _is_short(node):
            said = surfaces(project, str(node.value))
            found = _at_most(project, _SAYING, [_json(said)], most)
            if found is not None:
                return found
        if node.key is Key.ENTITY:
            meant = entities(project, Words(str(node.value), node.is_prefix))
            found = _at_most(project, _OF_ENTITIES, [_json(meant)], most)
            if found is not None:
                return found
    among = _labels(project, conditions)
    states = _states(conditions, wants_rejected=wants_rejected)
    if among is None and len(states) != 1:
        return None
    if among is None:
        among = {label.id for label in project.scheme.labels}
    return _at_most(project, _OF_LABELS, [_json(sorted(among)), _json(states)], most)


def _labels(project: Project, conditions: Sequence[Condition]) -> set[str] | None:
    """Return the ids of the labels that the results can have, None if all can."""
    among: set[str] | None = None
    for node in conditions:
        if node.key is Key.LABEL:
            found = {label.id for label in labels(project.scheme, node)}
        elif node.key in (Key.MISSING, Key.HAS) and (slotted := slot(project.scheme, node)[0]):
            found = set(slotted)
        else:
            continue
        among = found if among is None else among & found
    return among


def _states(conditions: Sequence[Condition], *, wants_rejected: bool) -> list[str]:
    states = ["accepted", "suggested", *(["rejected"] if wants_rejected else [])]
    for node in conditions:
        if node.key is Key.STATE and node.value in ("accepted", "suggested", "rejected"):
            states = [state for state in states if state == node.value]
    return states


def _at_most(
    project: Project, statement: str, values: Sequence[Any], most: int
) -> list[str] | None:
    """Return ids in reading order, None if there are more than that."""
    count = project.conn.execute(
        f"select count(*) from (select 1 from {statement} limit ?)", [*values, most + 1]
    ).fetchone()[0]
    if count > most:
        return None
    found = project.conn.execute(
        f"""
        select annotation.id
        from (select id, article_id, start from {statement}) as annotation
        cross join article on article.id = annotation.article_id
        order by article.position, annotation.start
        """,
        values,
    )
    return [annotation_id for (annotation_id,) in found]


_LONGEST = 40
"""Code points of words that the index of labelled words surely has: it ends at 80, accents counted."""


def _is_short(node: Condition) -> bool:
    """Tell whether the index of labelled words has all that says this: short, and in one piece."""
    value = str(node.value)
    is_one = not node.is_prefix and "…" not in value
    return node.key is Key.TEXT and is_one and len(value) <= _LONGEST


def surfaces(project: Project, words: str) -> list[str]:
    """Return the labelled words that read like these, of those that the index has."""
    # From one to the next through the index: there are far fewer words than places that have them.
    found = project.conn.execute(
        """
        with recursive each (surface) as (
            select min(surface) from fragment where length(surface) <= 80
            union all
            select (
                select min(surface) from fragment
                where length(surface) <= 80 and surface > each.surface
            )
            from each where surface is not null
        )
        select surface from each where surface is not null
        """
    )
    matcher = WholeMatcher(Words(words))
    # A letter with its accent may be two code points, a ligature one for two letters.
    least, most = len(words) // 2, 3 * len(words) + 2
    return [
        surface for (surface,) in found if least <= len(surface) <= most and matcher.is_in(surface)
    ]


_SAYING = """
    annotation where id in (
        select annotation_id from fragment
        where length(surface) <= 80 and surface in (select value from json_each(?))
    )
"""
_OF_ENTITIES = "annotation where entity_id in (select value from json_each(?))"
_OF_LABELS = """
    annotation where label_id in (select value from json_each(?))
    and state in (select value from json_each(?))
"""


def _json(values: Sequence[Any]) -> str:
    return orjson.dumps(values).decode()
