"""Suggestions: written beside the history, because they decide nothing; decisions about them are deeds.

Writing them anew keeps what somebody has decided: accepted and rejected ones are not touched, and an
open one that is suggested again stays the same row.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotator.core.model import BY_PEOPLE, Annotation, AnnotationState, Changes, Claim, Link
from annotator.store import annotations, rows
from annotator.store.deed import now, to_json
from annotator.store.project import Project

_ANNOTATION = (
    *("id", "article_id", "label_id", "start", "end", "state", "entity_id", "attributes"),
    *("note", "annotator", "origin", "score", "reason", "created", "updated", "also"),
)
_FRAGMENT = ("annotation_id", "n", "start", "end", "surface")
_LINK = ("id", "type", "from_id", "to_id", "annotator", "created")

_BATCH = 200
"""Suggestions that are taken away in one transaction."""

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


def write(
    project: Project, suggested: Iterable[Suggested], origins: Iterable[str] | None = None
) -> Changes:
    """Put these in the place of the open suggestions of these origins, or of all; one transaction.

    What somebody has decided meanwhile is not suggested again, and articles that have gone get nothing.
    Rows that the history speaks of stay as they are, so that every deed can still be undone or redone.
    Raises UserError when the project cannot be written to.
    """
    wanted = list(suggested)
    touched: set[str] = set()
    articles: set[str] = set()
    with project.writing() as conn:
        there = _there(conn, wanted)
        every = [each for each in wanted if each.article_id in there]
        ids = [each.article_id for each in every]
        before = _open(conn, ids, None if origins is None else sorted(set(origins)))
        kept = _spoken_of(conn, before) if before else set()
        gone: list[str] = []
        fresh: list[Suggested] = []
        for each in every:
            away, new, other = _compared(conn, each, before.get(each.article_id, {}), kept)
            new = _undecided(conn, new)
            gone += away
            fresh.append(new)
            here = {*away, *other, *(annotation.id for annotation in new.annotations)}
            touched |= here
            articles |= {each.article_id} if here else set()
        _erase(conn, gone)
        _insert(conn, fresh)
    return Changes(articles=frozenset(articles), annotations=frozenset(touched))


def _there(conn: sqlite3.Connection, suggested: Iterable[Suggested]) -> set[str]:
    """Return which of the articles are still in the project, by id."""
    found = conn.execute(
        "select id from article where id in (select value from json_each(?))",
        [to_json([each.article_id for each in suggested])],
    )
    return {article_id for (article_id,) in found}


def clear(project: Project, article_ids: Iterable[str], origins: Iterable[str]) -> Changes:
    """Take the open suggestions of these articles away."""
    return write(project, [Suggested(each, (), ()) for each in article_ids], origins)


def withdraw(
    project: Project,
    origins: Iterable[str],
    progress: Callable[[int, int], bool] = lambda _done, _total: True,
) -> Changes:
    """Take from every article what these alone suggest; what others suggest too is theirs from now on.

    What was decided stays, and so do rows that the history speaks of. Many go in several transactions,
    so that nobody else waits for long; `progress` returns False to stop between two of them. Raises
    UserError when the project cannot be written to.
    """
    gone = frozenset(origins)
    ids = _suggested_by(project.conn, gone)
    articles: set[str] = set()
    annotation_ids: set[str] = set()
    for at in range(0, len(ids), _BATCH):
        if not progress(at, len(ids)):
            break
        with project.writing() as conn:
            touched = _said_by(conn, ids[at : at + _BATCH])
            _take_from(conn, touched, gone)
        articles.update(article for article, *_rest in touched.values())
        annotation_ids.update(touched)
    return Changes(articles=frozenset(articles), annotations=frozenset(annotation_ids))


_Said = Mapping[str, tuple[str, str, tuple[Claim, ...]]]
"""Suggestions by id: their article, their origin, and who else makes them."""


def _suggested_by(conn: sqlite3.Connection, origins: Iterable[str]) -> list[str]:
    """Return the open suggestions that these make, alone or with others, by id."""
    found = conn.execute(
        """
        select id from annotation
        where origin not in ('hand', 'slot', 'import') and state = 'suggested' and (
            origin in (select value from json_each(?1)) or also <> '[]' and exists (
                select 1 from json_each(also)
                where json_extract(value, '$.origin') in (select value from json_each(?1))
            )
        )
        order by id
        """,
        [to_json(sorted(origins))],
    )
    return [annotation_id for (annotation_id,) in found]


def _said_by(conn: sqlite3.Connection, annotation_ids: Sequence[str]) -> _Said:
    found = conn.execute(
        """
        select id, article_id, origin, also from annotation
        where id in (select value from json_each(?)) and state = 'suggested'
        """,
        [to_json(annotation_ids)],
    )
    return {
        id_: (article_id, origin, annotations.claims_from_json(also))
        for id_, article_id, origin, also in found
    }


def _take_from(conn: sqlite3.Connection, said: _Said, gone: Collection[str]) -> None:
    kept = _in_history(conn, said)
    lost: list[str] = []
    for annotation_id, (_article, origin, also) in said.items():
        left = [each for each in also if each.origin not in gone]
        if origin not in gone:
            conn.execute(
                "update annotation set also = ? where id = ?",
                [annotations.claims_to_json(left), annotation_id],
            )
        elif left:
            heir = (left[0].origin, left[0].score, left[0].reason)
            conn.execute(
                "update annotation set origin = ?, score = ?, reason = ?, also = ? where id = ?",
                [*heir, annotations.claims_to_json(left[1:]), annotation_id],
            )
        elif annotation_id not in kept:
            lost.append(annotation_id)
    _erase(conn, lost)


def counts(
    project: Project, article_ids: Iterable[str] | None = None
) -> dict[tuple[str, str], int]:
    """Return how many suggestions wait for a decision of their own, by origin and label id.

    In some articles, or in all.
    """
    among = "" if article_ids is None else "and article_id in (select value from json_each(?))"
    values = [] if article_ids is None else [to_json(list(article_ids))]
    return {
        (origin, label_id): count
        for origin, label_id, count in project.conn.execute(
            f"""
            select origin, label_id, count(*) from annotation
            where origin not in ('hand', 'slot', 'import') and {annotations.OPEN} {among}
            group by origin, label_id
            """,
            values,
        )
    }


def sure(
    project: Project, article_ids: Iterable[str], origins: Iterable[str], score: float
) -> list[str]:
    """Return what waits for a decision and has this score or more, by id in reading order."""
    found = project.conn.execute(
        f"""
        select annotation.id from annotation join article on article.id = article_id
        where article_id in (select value from json_each(?))
        and origin in (select value from json_each(?))
        and coalesce(score, 0) >= ? and {annotations.OPEN}
        order by article.position, start
        """,
        [to_json(list(article_ids)), to_json(sorted(origins)), score],
    )
    return [annotation_id for (annotation_id,) in found]


def count(project: Project, article_ids: Iterable[str], label_id: str, origin: str) -> int:
    """Return how many open suggestions of a label and an origin some articles have."""
    return len(_open_of(project, article_ids, label_id, origin, 0.0))


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


def _in_history(conn: sqlite3.Connection, annotation_ids: Iterable[str]) -> set[str]:
    """Return which of these deeds have changed or would change again, as `_spoken_of` does."""
    found = conn.execute(
        """
        select id from annotation
        where id in (select value from json_each(?)) and updated <> created
        union
        select row_id from row_change join op on seq = op_seq
        where state = 'undone' and "table" = 'annotation'
        """,
        [to_json(list(annotation_ids))],
    )
    return {row_id for (row_id,) in found}


def _open(
    conn: sqlite3.Connection, article_ids: Sequence[str], origins: Sequence[str] | None
) -> dict[str, dict[str, _Shape]]:
    """Return the open suggestions of each article that has any, by id."""
    among = "in (select value from json_each(?))" if origins is not None else "not in (?, ?, ?)"
    values = sorted(BY_PEOPLE) if origins is None else [to_json(origins)]
    found: dict[str, dict[str, _Shape]] = {}
    for article_id, annotation_id, label_id, start, end in conn.execute(
        f"""
        select article_id, annotation.id, label_id, fragment.start, fragment."end"
        from annotation cross join fragment on annotation_id = annotation.id
        where article_id in (select value from json_each(?)) and state = 'suggested'
        and origin {among}
        order by article_id, annotation.id, n
        """,
        [to_json(article_ids), *values],
    ):
        shapes = found.setdefault(article_id, {})
        _label, ranges = shapes.get(annotation_id, (label_id, ()))
        shapes[annotation_id] = (label_id, (*ranges, (start, end)))
    return found


def _compared(
    conn: sqlite3.Connection, suggested: Suggested, before: dict[str, _Shape], kept: set[str]
) -> tuple[list[str], Suggested, set[str]]:
    """Return which open suggestions go, what is new, and what stays but says something else now.

    New links lead to the rows that stay.
    """
    if not before:
        return [], suggested, set()
    changed: set[str] = set()
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
            if _renew(conn, stays, annotation):
                changed.add(stays)
    staying = set(renamed.values()) | (kept & set(before))
    links = [
        replace(
            link,
            from_id=renamed.get(link.from_id, link.from_id),
            to_id=renamed.get(link.to_id, link.to_id),
        )
        for link in suggested.links
    ]
    fresh_links = [link for link in links if link.from_id not in kept]
    fresh_links = _relinked(conn, staying - kept, fresh_links, changed)
    gone = [id_ for id_ in before if id_ not in staying]
    return gone, Suggested(suggested.article_id, fresh, fresh_links), changed


def _undecided(conn: sqlite3.Connection, fresh: Suggested) -> Suggested:
    """Leave out what somebody has decided since the article was looked at."""
    decided = set(
        conn.execute(
            """
            select label_id, start, "end" from annotation
            where article_id = ? and state <> 'suggested'
            """,
            [fresh.article_id],
        )
    )
    late = {each.id for each in fresh.annotations if (each.label, each.start, each.end) in decided}
    if not late:
        return fresh
    return Suggested(
        fresh.article_id,
        [each for each in fresh.annotations if each.id not in late],
        [link for link in fresh.links if not late & {link.from_id, link.to_id}],
    )


def _renew(conn: sqlite3.Connection, annotation_id: str, annotation: Annotation) -> bool:
    """Let a suggestion that stays say what is thought of it now; False when it said so already."""
    cursor = conn.execute(
        """
        update annotation
        set attributes = ?1, entity_id = ?2, origin = ?3, score = ?4, reason = ?5, also = ?6
        where id = ?7 and settled = '' and not (attributes = ?1 and entity_id is ?2 and origin = ?3
            and score is ?4 and reason = ?5 and also = ?6)
        """,
        [
            to_json(dict(annotation.attributes)),
            annotation.entity,
            annotation.origin,
            annotation.score,
            annotation.reason,
            annotations.claims_to_json(annotation.also),
            annotation_id,
        ],
    )
    return cursor.rowcount > 0


def _relinked(
    conn: sqlite3.Connection, staying: Iterable[str], wanted: Sequence[Link], changed: set[str]
) -> list[Link]:
    """Take links of suggestions that stay away unless they are wanted, and return those still missing."""
    shapes = {(link.type, link.from_id, link.to_id) for link in wanted}
    standing: dict[tuple[str, str, str], str] = {}
    gone: list[str] = []
    for link_id, *shape in conn.execute(
        """
        select id, type, from_id, to_id from link
        where from_id in (select value from json_each(?))
        """,
        [to_json(sorted(staying))],
    ):
        type_, from_id, to_id = shape
        if (type_, from_id, to_id) in shapes:
            standing[type_, from_id, to_id] = link_id
        else:
            gone.append(link_id)
            changed |= {from_id, to_id}
    conn.execute("delete from link where id in (select value from json_each(?))", [to_json(gone)])
    missing = [link for link in wanted if (link.type, link.from_id, link.to_id) not in standing]
    changed.update(each for link in missing for each in (link.from_id, link.to_id))
    return missing


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
            annotations_.append(annotations.claims_to_json(each.also))
            for n, fragment in enumerate(each.fragments):
                fragments += (each.id, n, fragment.start, fragment.end, fragment.surface)
        for link in part.links:
            links += (link.id, link.type, link.from_id, link.to_id, link.annotator, at)
    rows.insert_many(conn, "annotation", _ANNOTATION, annotations_)
    rows.insert_many(conn, "fragment", _FRAGMENT, fragments)
    rows.insert_many(conn, "link", _LINK, links)
