"""All occurrences of a phrase: found in the corpus, told apart by what stands there, labelled at once."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from annotator.core.ids import new_id
from annotator.core.model import NOTHING, AnnotationState
from annotator.core.occurrences import Finder
from annotator.core.scheme import Scheme
from annotator.store import many, rows
from annotator.store.deed import Deed, to_json
from annotator.store.many import Written
from annotator.store.project import Project
from annotator.store.rows import Image
from annotator.store.search.index import expression

MOST = 100_000
"""Occurrences that are listed at once: nobody looks through more."""

_BATCH = 500
"""Articles read between two reports."""

Progress = Callable[[int, int], bool]
"""Called with done and total; False asks to stop."""


class Standing(IntEnum):
    """How an occurrence stands to what is labelled there; of several, the greatest is told."""

    FREE = 0
    REJECTED = 1
    """Somebody turned just this down."""
    PROPOSED = 2
    """Suggested just so: labelling accepts it."""
    AROUND = 3
    """Holds an annotation of the same group."""
    INSIDE = 4
    """Lies inside one of the same group."""
    CROSSING = 5
    """Crosses one."""
    OTHERWISE = 6
    """The same words have another label of the same group."""
    UNLINKED = 7
    """Labelled so, but not said to mean the entity."""
    LABELLED = 8
    """Labelled so."""


TICKED = frozenset({Standing.FREE, Standing.PROPOSED})
"""What may be labelled without being asked for: nothing of it overlaps anything."""

SO = frozenset({Standing.UNLINKED, Standing.LABELLED})
"""What is labelled so already."""


class Occurrence(NamedTuple):
    """Where a phrase occurs, `[start, end)` in code points, and what stands there.

    `annotation` and `label` are the ids of what `standing` speaks of, "" where there is nothing.
    """

    article: str
    start: int
    end: int
    surface: str
    standing: Standing = Standing.FREE
    annotation: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What occurrences are to become: a label, by id, and whom they mean; None leaves that open."""

    label: str
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """An occurrence with the words around it and the title of its article."""

    before: str
    words: str
    behind: str
    title: str


def reach(project: Project, finder: Finder, article_ids: Sequence[str] | None) -> int:
    """Return how many articles have to be read to find every occurrence; None means all articles."""
    if article_ids is not None:
        return len(article_ids)
    asked = expression(project.conn, finder)
    if asked is None:
        count: int = project.conn.execute("select count(*) from article").fetchone()[0]
        return count
    found = project.conn.execute(
        "select count(*) from article_search where article_search match ?", [asked]
    )
    return int(found.fetchone()[0])


def articles_with(
    project: Project, finder: Finder, states: Collection[str], most: int
) -> list[str]:
    """Return the first articles in these states that may have an occurrence, by id; `most` at the most."""
    wanted = expression(project.conn, finder)
    within = "position in (select rowid from article_search where article_search match ?)"
    values: list[Any] = [] if wanted is None else [wanted]
    return [
        article_id
        for (article_id,) in project.conn.execute(
            f"""
            select id from article where {"true" if wanted is None else within}
            and state in (select value from json_each(?)) order by position limit ?
            """,
            [*values, to_json(list(states)), most],
        )
    ]


def find(
    project: Project,
    finder: Finder,
    wanted: Wanted,
    article_ids: Collection[str] | None = None,
    progress: Progress = lambda _done, _total: True,
) -> list[Occurrence]:
    """Return the occurrences in these articles, or in all, in reading order; `MOST` at the most."""
    texts = _texts(project, finder, article_ids)
    found: list[Occurrence] = []
    done = 0
    while batch := list(islice(texts, _BATCH)):
        some = [
            Occurrence(article_id, start, end, text[start:end])
            for article_id, text in batch
            for start, end in finder.ranges(text)
        ]
        found += judged(project.conn, project.scheme, wanted, some)
        done += len(batch)
        if not progress(done, done) or len(found) >= MOST:
            break
    return found[:MOST]


def judged(
    conn: sqlite3.Connection, scheme: Scheme, wanted: Wanted, occurrences: Sequence[Occurrence]
) -> list[Occurrence]:
    """Return the same occurrences, each with what stands there now."""
    overlaps = _overlaps(conn, occurrences)
    judge = _Judge(scheme, wanted)
    found = []
    for n, each in enumerate(occurrences):
        standing, annotation_id, label_id = judge.judge(each, overlaps.get(n, ()))
        found.append(Occurrence(*each[:4], standing, annotation_id, label_id))
    return found


def contexts(project: Project, occurrences: Sequence[Occurrence], width: int = 80) -> list[Context]:
    """Return what a list shows of some occurrences, with up to `width` code points to either side."""
    found = dict.fromkeys(each.article for each in occurrences)
    read = {
        row[0]: row
        for row in project.conn.execute(
            "select id, text, title from article where id in (select value from json_each(?))",
            [to_json(list(found))],
        )
    }
    shown = []
    for each in occurrences:
        _id, text, title = read.get(each.article, ("", "", ""))
        before = text[max(0, each.start - width) : each.start]
        shown.append(Context(before, each.surface, text[each.end : each.end + width], title))
    return shown


def last_label(project: Project, annotator: str, labels: Iterable[str]) -> str:
    """Return which of these labels, by id, an annotator gave last by hand; "" if that is long ago."""
    row = project.conn.execute(
        """
        select label_id
        from (select * from annotation order by id desc limit 500)
        where annotator = ? and origin = 'hand' and state = 'accepted'
        and label_id in (select value from json_each(?))
        order by id desc limit 1
        """,
        [annotator, to_json(list(labels))],
    ).fetchone()
    return row[0] if row else ""


def label(
    deed: Deed,
    scheme: Scheme,
    wanted: Wanted,
    occurrences: Sequence[Occurrence],
    attributes: Mapping[str, Any] = NOTHING,
) -> Written:
    """Label these occurrences as one deed, each as the annotator saw it.

    What is free is labelled, what was suggested or rejected so is accepted, what has another label on
    the same words is given this one. An occurrence that changed since it was looked at is passed over.
    """
    now = judged(deed.conn, scheme, wanted, occurrences)
    articles = _read_articles(deed, occurrences)
    kept = [
        one
        for one, other in zip(now, occurrences, strict=True)
        if one == other and one.article in articles
    ]
    by_kind: dict[Standing, list[Occurrence]] = {}
    for each in kept:
        by_kind.setdefault(each.standing, []).append(each)
    fresh = [
        each
        for kind in (Standing.FREE, Standing.AROUND, Standing.INSIDE, Standing.CROSSING)
        for each in by_kind.get(kind, ())
    ]
    fresh.sort(key=itemgetter(0, 1))
    deed.insert_many("annotation", _images(deed, wanted, fresh, attributes))
    settled = [*by_kind.get(Standing.PROPOSED, ()), *by_kind.get(Standing.REJECTED, ())]
    _settle(deed, wanted, settled)
    _relabel(deed, scheme, wanted, by_kind.get(Standing.OTHERWISE, ()))
    linked = by_kind.get(Standing.UNLINKED, ())
    deed.update_many(
        "annotation", {each.annotation: {"entity_id": wanted.entity} for each in linked}
    )
    written = [*fresh, *settled, *by_kind.get(Standing.OTHERWISE, ()), *linked]
    many.start_work(deed, {each.article for each in written})
    return Written(len(written), len(occurrences) - len(kept))


def remove(
    deed: Deed, scheme: Scheme, wanted: Wanted, occurrences: Sequence[Occurrence]
) -> Written:
    """Take the label away from these occurrences as one deed; those no longer labelled so are passed over.

    Links go with them. What had been suggested stays as rejected, so that it is not suggested again.
    """
    now = judged(deed.conn, scheme, wanted, occurrences)
    kept = [each.annotation for each in now if each.standing in SO]
    done = many.remove(deed, kept).done
    return Written(done, len(occurrences) - done)


def counts(occurrences: Iterable[Occurrence]) -> Mapping[Standing, int]:
    """Return how many occurrences stand how."""
    return Counter(each.standing for each in occurrences)


class _Judge:
    """Tells how an occurrence stands to the annotations that share a character with it."""

    def __init__(self, scheme: Scheme, wanted: Wanted) -> None:
        self._wanted = wanted
        own = scheme.label(wanted.label)
        # Labels of other groups are made to lie on the same words: a name in a quote, a source on a name.
        self._apart = {
            label.id
            for label in scheme.labels
            if label.group != own.group or bool(label.slots) != bool(own.slots)
        }

    def judge(
        self, occurrence: Occurrence, overlaps: Iterable["_Overlap"]
    ) -> tuple[Standing, str, str]:
        best = (Standing.FREE, "", "")
        for each in overlaps:
            found = (self._one(occurrence, each), each.annotation, each.label)
            if found[0] > best[0] and found[0] is not Standing.FREE:
                best = found
        return best

    def _one(self, occurrence: Occurrence, overlap: "_Overlap") -> Standing:
        start, end = occurrence.start, occurrence.end
        is_same = (overlap.start, overlap.end) == (start, end) and overlap.is_simple
        if is_same and overlap.label == self._wanted.label:
            return self._same(overlap)
        if overlap.state == AnnotationState.REJECTED:
            return Standing.FREE
        holds = overlap.start <= start and end <= overlap.end
        held = start <= overlap.start and overlap.end <= end
        if not holds and not held:
            return Standing.CROSSING
        if overlap.label in self._apart:
            return Standing.FREE
        if is_same:
            return Standing.OTHERWISE
        return Standing.INSIDE if holds else Standing.AROUND

    def _same(self, overlap: "_Overlap") -> Standing:
        if overlap.state == AnnotationState.SUGGESTED:
            return Standing.PROPOSED
        if overlap.state == AnnotationState.REJECTED:
            return Standing.REJECTED
        entity = self._wanted.entity
        return Standing.LABELLED if entity in (None, overlap.entity) else Standing.UNLINKED


class _Overlap(NamedTuple):
    annotation: str
    label: str
    state: str
    entity: str | None
    start: int
    end: int
    is_simple: bool


def _overlaps(
    conn: sqlite3.Connection, occurrences: Sequence[Occurrence]
) -> dict[int, list[_Overlap]]:
    """Return the fragments that share a character with each occurrence, by its place in the list."""
    found: dict[int, list[_Overlap]] = {}
    conn.execute("create temp table if not exists looked_at (n, article_id, start, stop)")
    conn.execute("delete from temp.looked_at")
    values: list[Any] = []
    for n, each in enumerate(occurrences):
        values += (n, each.article, each.start, each.end)
    rows.insert_many(conn, "looked_at", ("n", "article_id", "start", "stop"), values)
    for n, *values in conn.execute(_OVERLAPS):
        found.setdefault(n, []).append(_Overlap(*values))
    return found


# `near` is read from the index alone: what ends before is passed over without a look at its row.
_OVERLAPS = """
    select looked_at.n, annotation.id, annotation.label_id, annotation.state, annotation.entity_id,
        fragment.start, fragment."end",
        fragment.start = annotation.start and fragment."end" = annotation."end"
    from temp.looked_at
    cross join annotation as near on near.article_id = looked_at.article_id
        and near.start < looked_at.stop and near."end" > looked_at.start
    cross join annotation on annotation.id = near.id
    cross join fragment on annotation_id = annotation.id
        and fragment.start < looked_at.stop and fragment."end" > looked_at.start
"""


def _texts(
    project: Project, finder: Finder, article_ids: Collection[str] | None
) -> Iterator[tuple[str, str]]:
    """Yield id and text of the articles that may have an occurrence, in reading order."""
    where, value = "true", None
    if article_ids is not None and len(article_ids) <= _BATCH:
        where, value = "id in (select value from json_each(?))", to_json(list(article_ids))
    elif asked := expression(project.conn, finder):
        where = "position in (select rowid from article_search where article_search match ?)"
        value = asked
    among = None if article_ids is None else set(article_ids)
    for article_id, text in project.conn.execute(
        f"select id, text from article where {where} order by position",
        [] if value is None else [value],
    ):
        if among is None or article_id in among:
            yield article_id, text


def _images(
    deed: Deed, wanted: Wanted, occurrences: Iterable[Occurrence], attributes: Mapping[str, Any]
) -> list[Image]:
    """Return the rows of new annotations, every column of them."""
    alike = {
        "label_id": wanted.label,
        "state": str(AnnotationState.ACCEPTED),
        "entity_id": wanted.entity,
        "attributes": to_json(dict(attributes)),
        "note": "",
        "annotator": deed.annotator,
        "origin": "hand",
        "score": None,
        "reason": "",
        "created": deed.at,
        "updated": deed.at,
        "settled": "",
        "also": "[]",
    }
    return [
        {
            "id": new_id(),
            "article_id": article,
            "start": start,
            "end": end,
            **alike,
            "fragments": [[start, end, surface]],
        }
        for article, start, end, surface, *_standing in occurrences
    ]


def _settle(deed: Deed, wanted: Wanted, occurrences: Sequence[Occurrence]) -> None:
    """Stand behind what was suggested, or was turned down before."""
    changes = {}
    for each in occurrences:
        change: Image = {"state": str(AnnotationState.ACCEPTED), "annotator": deed.annotator}
        if wanted.entity:
            change["entity_id"] = wanted.entity
        changes[each.annotation] = change
    found = rows.read_many(deed.conn, "annotation", changes)
    for annotation_id, image in found.items():
        if image["state"] == AnnotationState.SUGGESTED:
            changes[annotation_id]["settled"] = image["settled"] or "unchanged"
    deed.update_many("annotation", changes)


def _relabel(deed: Deed, scheme: Scheme, wanted: Wanted, occurrences: Iterable[Occurrence]) -> None:
    """Give annotations another label; of a suggestion that makes a decision."""
    ids = [each.annotation for each in occurrences]
    many.relabel(deed, scheme, ids, wanted.label)
    if wanted.entity:
        many.set_entity(deed, ids, wanted.entity)


def _read_articles(deed: Deed, occurrences: Iterable[Occurrence]) -> Mapping[str, Image]:
    """Return the states of the articles in which these are, those that are gone left out."""
    return rows.read_many(deed.conn, "article", {each.article for each in occurrences}, ("state",))
