"""What the annotations of a project tell of words: how often they were labelled so, rejected, left alone."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from annotator.store.deed import to_json
from annotator.store.project import Project

LONGEST = 80
"""Code points of a surface that the index of words knows."""

NEWEST = 500
"""Annotations of the same words that are counted."""

_MOST_WORDS = 250_000
"""Different words that are kept in mind, however seldom they came."""

_LOOKED_THROUGH = 300
"""Articles with some words that are looked through for done ones, the first in reading order."""

_DONE = 10
"""Done articles in which the places of some words are counted."""


class Evidence(NamedTuple):
    """How often some words were labelled so, or turned down, and whom they meant; ids of label and entity."""

    label: str
    entity: str | None
    is_accepted: bool
    times: int


class Places(NamedTuple):
    """In how many places of done articles some words are labelled, and in how many they are not."""

    labelled: int = 0
    alone: int = 0


def words(project: Project, longest: int) -> list[str]:
    """Return every different surface of an annotation with up to so many code points, from an index alone.

    Where there are more than anybody could keep in mind, those that came once are left out.
    """
    found = project.conn.execute(
        """
        select surface, count(*) from fragment where length(surface) <= 80 and length(surface) <= ?
        group by surface
        """,
        [longest],
    ).fetchall()
    least = 1 if len(found) <= _MOST_WORDS else 2
    return [surface for surface, count in found if count >= least]


def evidence(project: Project, labels: Collection[str], surface: str) -> list[Evidence]:
    """Return what the newest annotations of these labels, by id, tell of some words.

    At most 500 are counted: of words that were labelled twenty thousand times the newest say enough.
    """
    # What has several fragments is no name.
    return [
        Evidence(label_id, entity_id, state == "accepted", count)
        for label_id, entity_id, state, count in project.conn.execute(
            """
            select label_id, entity_id, state, count(*)
            from annotation
            where id in (
                select annotation_id from fragment
                where surface = ?1 and length(surface) <= 80 and n = 0
                order by annotation_id desc limit ?3
            )
            and state in ('accepted', 'rejected') and label_id in (select value from json_each(?2))
            and "end" - start = length(?1)
            group by label_id, entity_id, state
            """,
            [surface, to_json(list(labels)), NEWEST],
        )
    ]


def sample(project: Project, label_id: str, most: int) -> list[str]:
    """Return the words of some accepted annotations of a label."""
    found = project.conn.execute(
        """
        select surface from annotation join fragment on annotation_id = annotation.id
        where label_id = ? and state = 'accepted' and n = 0 limit ?
        """,
        [label_id, most],
    )
    return [surface for (surface,) in found]


def newest(project: Project) -> int:
    """Return the number of the newest deed, 0 when there is none."""
    row = project.conn.execute("select coalesce(max(seq), 0) from op").fetchone()
    return int(row[0])


def surfaces(project: Project, annotation_ids: Iterable[str], since: int) -> set[str]:
    """Return the words of these annotations, and those they had before deeds behind `since` or undone ones.

    Annotations that are gone are found in the history.
    """
    wanted = to_json(list(annotation_ids))
    standing = project.conn.execute(
        """
        select surface from fragment
        where annotation_id in (select value from json_each(?)) and length(surface) <= 80
        """,
        [wanted],
    )
    found = {surface for (surface,) in standing}
    past = project.conn.execute(
        """
        select json_extract(before, '$.fragments[0][2]'), json_extract(after, '$.fragments[0][2]')
        from row_change
        where op_seq >= min(?1, coalesce((select min(seq) from op where state = 'undone'), ?1))
        and "table" = 'annotation' and row_id in (select value from json_each(?2))
        """,
        [since, wanted],
    )
    found.update(
        words for images in past for words in images if words is not None and len(words) <= LONGEST
    )
    return found


def places(project: Project, surface: str, labels: Collection[str]) -> Places:
    """Return in how many places of some done articles words are labelled in any way, and in how many not.

    `labels` are the ids that count. Looks at ten done articles at most.
    """
    terms = re.findall(r"\w+", surface)
    if not terms:
        return Places()
    texts = project.conn.execute(
        """
        select id, text from article
        where position in (
            select rowid from article_search where article_search match ? order by rowid limit ?
        ) and state = 'done'
        order by position limit ?
        """,
        [f'text : "{" ".join(terms)}"', _LOOKED_THROUGH, _DONE],
    ).fetchall()
    if not texts:
        return Places()
    taken = _taken(project, [article_id for article_id, _text in texts], labels)
    pattern = re.compile(rf"(?<!\w){re.escape(surface)}(?!\w)")
    labelled = alone = 0
    for article_id, text in texts:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(a < end and b > start for a, b in taken.get(article_id, ())):
                labelled += 1
            else:
                alone += 1
    return Places(labelled, alone)


def _taken(
    project: Project, article_ids: Sequence[str], labels: Collection[str]
) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for article_id, start, end in project.conn.execute(
        """
        select article_id, start, "end" from annotation
        where article_id in (select value from json_each(?)) and state = 'accepted'
        and +label_id in (select value from json_each(?))
        """,
        [to_json(list(article_ids)), to_json(list(labels))],
    ):
        found.setdefault(article_id, []).append((start, end))
    return found
