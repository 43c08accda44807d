"""Suggestions: written beside the history, because they decide nothing; decisions about them are deeds.

Writing them anew keeps what somebody has decided: accepted and rejected ones are not touched, and an
open one that is suggested again stays the same row.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotator.core.model import Annotation, AnnotationState, Changes, Link
from annotator.store import annotations, rows
from annotator.store.deed import now, to_json
from annotator.store.project import Project

_ANNOTATION = (
    *("id", "article_id", "label_id", "start", "end", "state", "entity_id", "attributes"),
    *("note", "annotator", "origin", "score", "reason", "created", "updated"),
)
_FRAGMENT = ("annotation_id", "n", "start", "end", "surface")
_LINK = ("id", "type", "from_id", "to_id", "annotator", "created")

_Shape = tuple[str, tuple[tuple[int, int], ...]]
"""What makes two suggestions one: label and ranges."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What is suggested for one article. Links may lead to annotations that stand in it already."""

    article_id: str
    annotations: Sequence[Annotation]
    links: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A suggestion that waits for a decision, with the title of its article."""

    id: str
    article: str
    title: str
    text: str


def standing(project: Project, article_id: str) -> list[Annotation]:
    """Return all annotations of an article, rejected ones too, in text order."""
    return annotations.of_article(project, article_id, [state.value for state in AnnotationState])


def is_known(project: Project, article_id: str, label_id: str) -> bool:
    """Tell whether an article has an annotation of a label in any state, so that it was looked at."""
    row = project.conn.execute(
        "select 1 from annotation where article_id = ? and label_id = ? limit 1",
        [article_id, label_id],
    ).fetchone()
    return row is not None


def write(project: Project, suggested: Iterable[Suggested], origins: Iterable[str]) -> Changes:
    """Put these in the place of the open suggestions of the same origins, one durable transaction.

    Rows that the history speaks of stay as they are, so that every deed can still be undone or
    redone. Raises UserError when the project cannot be written to.
    """
    every = list(suggested)
    touched: set[str] = set()
    with project.writing() as conn:
        before = _open(conn, [each.article_id for each in every], sorted(set(origins)))
        kept = _spoken_of(conn, before) if before else set()
        gone: list[str] = []
        fresh: list[Suggested] = []
        for each in every:
            away, new = _compared(conn, each, before.get(each.article_id, {}), kept)
            gone += away
            fresh.append(new)
        _erase(conn, gone)
        _insert(conn, fresh)
        touched.update(gone, *before.values())
        touched.update(annotation.id for each in fresh for annotation in each.annotations)
    articles = {each.article_id for each in fresh if each.annotations} | set(before)
    return Changes(articles=frozenset(articles), annotations=frozenset(touched))


def clear(project: Project, article_ids: Iterable[str], origins: Iterable[str]) -> Changes:
    """Take the open suggestions of these articles away."""
    return write(project, [Suggested(each, (), ()) for each in article_ids], origins)


def count(project: Project, article_ids: Iterable[str], label_id: str, origin: str) -> int:
    """Return how many open suggestions of a label and an origin some articles have."""
    return len(_open_of(project, article_ids, label_id, origin, 0.0))


def at_least(
    project: Project, article_ids: Iterable[str], label_id: str, origin: str, score: float
) -> list[str]:
    """Return the ids of the open suggestions with this score or more, in reading order."""
    return _open_of(project, article_ids, label_id, origin, score)


def alike(
    project: Project, annotation: Annotation, *, by_score: bool, article_id: str = ""
) -> list[Waiting]:
    """Return the open suggestions that are like one, in reading order, itself among them.

    They have its label and its origin and, with `by_score`, at least its score; else its words, be
    they written large or small. Of one article only, or of all.
    """
    found = project.conn.execute(
        """
        select annotation.id, annotation.article_id, article.title, mention.text, annotation.score
        from annotation
        join article on article.id = annotation.article_id
        join mention on mention.annotation_id = annotation.id
        where annotation.state = 'suggested' and annotation.label_id = ? and annotation.origin = ?
        and ? in ('', annotation.article_id)
        order by article.position, annotation.start
        """,
        [annotation.label, annotation.origin, article_id],
    )
    least, words = annotation.score or 0.0, annotation.text.casefold()
    return [
        Waiting(id_, article, title, text)
        for id_, article, title, text, score in found
        if (by_score and (score or 0.0) >= least) or (not by_score and text.casefold() == words)
    ]


def _open_of(
    project: Project, article_ids: Iterable[str], label_id: str, origin: str, score: float
) -> list[str]:
    rows = project.conn.execute(
        """
        select annotation.id from annotation join article on article.id = article_id
        where article_id in (select value from json_each(?)) and label_id = ? and origin = ?
        and annotation.state = 'suggested' and coalesce(score, 0) >= ?
        order by article.position, start
        """,
        [to_json(list(article_ids)), label_id, origin, score],
    )
    return [annotation_id for (annotation_id,) in rows]


def _spoken_of(conn: sqlite3.Connection, article_ids: Iterable[str]) -> set[str]:
    """Return the annotations that deeds have changed, and those that undone deeds would change again."""
    found = conn.execute(
        """
        select id from annotation
        where article_id in (select value from json_each(?)) and updated <> created
        union
        select row_id from row_change join op on seq = op_seq
        where state = 'undone' and "table" = 'annotation'
        """,
        [to_json(list(article_ids))],
    )
    return {row_id for (row_id,) in found}


def _open(
    conn: sqlite3.Connection, article_ids: Sequence[str], origins: Sequence[str]
) -> dict[str, dict[str, _Shape]]:
    """Return the open suggestions of each article that has any, by id."""
    found: dict[str, dict[str, _Shape]] = {}
    for article_id, annotation_id, label_id, start, end in conn.execute(
        """
        select article_id, annotation.id, label_id, fragment.start, fragment."end"
        from annotation cross join fragment on annotation_id = annotation.id
        where article_id in (select value from json_each(?)) and state = 'suggested'
        and origin in (select value from json_each(?))
        order by article_id, annotation.id, n
        """,
        [to_json(article_ids), to_json(origins)],
    ):
        shapes = found.setdefault(article_id, {})
        _label, ranges = shapes.get(annotation_id, (label_id, ()))
        shapes[annotation_id] = (label_id, (*ranges, (start, end)))
    return found


def _compared(
    conn: sqlite3.Connection, suggested: Suggested, before: dict[str, _Shape], kept: set[str]
) -> tuple[list[str], Suggested]:
    """Return which open suggestions go and what is new, new links leading to the rows that stay."""
    if not before:
        return [], suggested
    by_shape = {shape: id_ for id_, shape in before.items()}
    renamed: dict[str, str] = {}
    fresh: list[Annotation] = []
    for annotation in suggested.annotations:
        shape = (annotation.label, tuple((f.start, f.end) for f in annotation.fragments))
        stays = by_shape.get(shape)
        if stays is None:
            fresh.append(annotation)
        else:
            renamed[annotation.id] = stays
            _renew(conn, stays, annotation)
    staying = set(renamed.values()) | (kept & set(before))
    _unlink(conn, staying - kept)
    links = [
        replace(
            link,
            from_id=renamed.get(link.from_id, link.from_id),
            to_id=renamed.get(link.to_id, link.to_id),
        )
        for link in suggested.links
    ]
    return [id_ for id_ in before if id_ not in staying], Suggested(
        suggested.article_id, fresh, [link for link in links if link.from_id not in kept]
    )


def _renew(conn: sqlite3.Connection, annotation_id: str, annotation: Annotation) -> None:
    """Let a suggestion that stays say what is thought of it now."""
    conn.execute(
        "update annotation set attributes = ?, score = ?, reason = ? where id = ? and settled = ''",
        [
            to_json(dict(annotation.attributes)),
            annotation.score,
            annotation.reason,
            annotation_id,
        ],
    )


def _unlink(conn: sqlite3.Connection, annotation_ids: Iterable[str]) -> None:
    conn.execute(
        "delete from link where from_id in (select value from json_each(?))",
        [to_json(sorted(annotation_ids))],
    )


def _erase(conn: sqlite3.Connection, annotation_ids: Iterable[str]) -> None:
    conn.execute(
        "delete from annotation where id in (select value from json_each(?))",
        [to_json(sorted(annotation_ids))],
    )


def _insert(conn: sqlite3.Connection, suggested: Sequence[Suggested]) -> None:
    at = now()
    names = {each.annotator for part in suggested for each in part.annotations}
    names |= {link.annotator for part in suggested for link in part.links}
    conn.executemany(
        "insert or ignore into annotator (name, created) values (?, ?)",
        [(name, at) for name in sorted(names)],
    )
    annotations_: list[Any] = []
    fragments: list[Any] = []
    links: list[Any] = []
    for part in suggested:
        for each in part.annotations:
            annotations_ += (each.id, part.article_id, each.label, each.start, each.end, each.state)
            annotations_ += (each.entity, to_json(dict(each.attributes)), each.note)
            annotations_ += (each.annotator, each.origin, each.score, each.reason, at, at)
            for n, fragment in enumerate(each.fragments):
                fragments += (each.id, n, fragment.start, fragment.end, fragment.surface)
        for link in part.links:
            links += (link.id, link.type, link.from_id, link.to_id, link.annotator, at)
    rows.insert_many(conn, "annotation", _ANNOTATION, annotations_)
    rows.insert_many(conn, "fragment", _FRAGMENT, fragments)
    rows.insert_many(conn, "link", _LINK, links)
