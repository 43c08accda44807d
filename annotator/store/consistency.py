"""How strings are labelled in a project: counted for one string at once, for all of them in one reading."""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from annotator.core.consistency import Strings, compared
from annotator.core.model import NOTHING
from annotator.core.occurrences import Finder, Likeness
from annotator.core.scheme import Scheme
from annotator.core.spelling import key_of, spellings
from annotator.store import occurrences
from annotator.store.deed import Deed, to_json
from annotator.store.many import Written
from annotator.store.occurrences import Occurrence, Standing, Wanted
from annotator.store.project import Project

Progress = Callable[[int, int], bool]
"""Called with done and total; False asks to stop."""

MOST_ARTICLES = 400
"""Articles that are read to look for what one string leaves unlabelled: a list wants to be seen soon."""

_ROWS = 5_000
"""Rows counted at once."""

UNLABELLED = frozenset({Standing.FREE, Standing.PROPOSED})
"""How a place stands that nobody has labelled."""


class Use(NamedTuple):
    """How often a string has a label, by id, and means an entity, by id; None where it means nobody."""

    label: str
    entity: str | None
    times: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a string is labelled in all articles, the most frequent first."""

    words: str
    uses: tuple[Use, ...] = ()

    @property
    def labels(self) -> dict[str, int]:
        """How often it has each label, the most frequent first."""
        counts: Counter[str] = Counter()
        for use in self.uses:
            counts[use.label] += use.times
        return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))

    @property
    def count(self) -> int:
        """How often it is labelled."""
        return sum(use.times for use in self.uses)


def stretch(project: Project, words: str) -> int:
    """Return how many fragments `labelled` has to look at: from the index alone, in no time."""
    found: tuple[int] = project.conn.execute(
        """
        select count(*) from fragment
        where surface in (select value from json_each(?)) and length(surface) <= 80
        """,
        [to_json(spellings(words))],
    ).fetchone()
    return found[0]


def labelled(project: Project, words: str) -> Labelled:
    """Return how a string is labelled in all articles, whatever its spelling; suggestions do not count."""
    key = key_of(words)
    if not key:
        return Labelled(words)
    counted = project.conn.execute(
        f"select label_id, entity_id, count(*) {_OF_SURFACES} group by label_id, entity_id",
        [to_json(spellings(words)), to_json(compared(project.scheme))],
    )
    uses = sorted((Use(*row) for row in counted), key=lambda use: (-use.times, use.label))
    return Labelled(words, tuple(uses))


# An annotation in one fragment is as long as its words: that spares a look at the fragment itself.
_OF_SURFACES = """
    from fragment cross join annotation on annotation.id = annotation_id
    where surface in (select value from json_each(?)) and length(surface) <= 80 and n = 0
    and annotation."end" - annotation.start = length(surface)
    and state = 'accepted' and label_id in (select value from json_each(?))
"""


def strings(project: Project, progress: Progress = lambda _done, _total: True) -> Strings:
    """Return every string with its labels: a second or two for a million annotations."""
    found = Strings()
    for (surface, label_id), count in surfaces(project, progress).items():
        found.add(surface, label_id, count)
    return found


def surfaces(
    project: Project, progress: Progress = lambda _done, _total: True
) -> Counter[tuple[str, str]]:
    """Return how often each string, as it is written, has each label; what has several parts is left out."""
    counts: Counter[tuple[str, str]] = Counter()
    done = 0
    for _last, some in _rows(project, ""):
        counts.update(some)
        done += _ROWS
        if not progress(done, done):
            break
    return counts


def read_on(project: Project, found: Strings, after: str, seconds: float) -> str:
    """Add strings to those found so far, from the annotation `after` this id on, for some seconds.

    Return the id of the last annotation that was read, "" once there is no further one.
    """
    end = time.monotonic() + seconds
    counts: Counter[tuple[str, str]] = Counter()
    reached = ""
    for last, some in _rows(project, after):
        counts.update(some)
        if time.monotonic() > end:
            reached = last
            break
    for (surface, label_id), count in counts.items():
        found.add(surface, label_id, count)
    return reached


def _rows(project: Project, after: str) -> Iterator[tuple[str, Iterable[tuple[str, str]]]]:
    """Yield surface and label of accepted annotations by id, many at once, with the id of the last one.

    Counted by Python: SQLite would sort a million strings for it, and a thread must give way.
    """
    # The + keeps SQLite from going by label, and then sorting all of them by id.
    cursor = project.conn.execute(
        """
        select surface, label_id, annotation.id
        from annotation cross join fragment on annotation_id = annotation.id and n = 0
        where annotation.id > ? and +state = 'accepted'
        and +label_id in (select value from json_each(?))
        and annotation."end" - annotation.start = length(surface)
        order by annotation.id
        """,
        [after, to_json(compared(project.scheme))],
    )
    while rows := cursor.fetchmany(_ROWS):
        yield rows[-1][2], map(_PAIR, rows)


_PAIR = itemgetter(0, 1)


def recount(project: Project, found: Strings, keys: Iterable[str]) -> None:
    """Count these strings again, and no others."""
    for key in keys:
        known = found.forms(key)
        wanted = {form for each in (key, *known) for form in spellings(each)}
        counted = project.conn.execute(
            f"select surface, label_id, count(*) {_OF_SURFACES} group by surface, label_id",
            [to_json(sorted(wanted)), to_json(compared(project.scheme))],
        ).fetchall()
        found.forget(key)
        for surface, label_id, count in counted:
            if key_of(surface) == key:
                found.add(surface, label_id, count)


def keys_of(project: Project, annotation_ids: Collection[str]) -> set[str]:
    """Return the strings of these annotations, as they are and as they were before the newest deeds."""
    ids = to_json(list(annotation_ids))
    now = project.conn.execute(
        "select surface from fragment where annotation_id in (select value from json_each(?))",
        [ids],
    )
    before = project.conn.execute(
        """
        select json_extract(fragment.value, '$[2]')
        from row_change
        join json_each(coalesce(before, after), '$.fragments') as fragment
        where op_seq in (
            select seq from (select seq from op where state = 'done' order by seq desc limit 12)
            union all
            select seq from (select seq from op where state = 'undone' order by seq limit 12)
        )
        and row_id in (select value from json_each(?)) and "table" = 'annotation'
        """,
        [ids],
    )
    return {key_of(surface) for (surface,) in (*now, *before)} - {""}


def places(
    project: Project,
    words: Iterable[str],
    wanted: Wanted,
    *,
    open_article: str = "",
    progress: Progress = lambda _done, _total: True,
) -> list[Occurrence]:
    """Return where strings are labelled, and where they stand without a label, in reading order.

    What has no label is looked for in articles that somebody has begun, and in the open one: the others
    are still to be annotated. `MOST` of them at the most.
    """
    words = list(words)
    forms = sorted({form for each in words for form in spellings(each)})
    found = [
        Occurrence(*row)
        for row in project.conn.execute(
            f'select article_id, annotation.start, annotation."end", surface {_OF_SURFACES} limit ?',
            [to_json(forms), to_json(compared(project.scheme)), occurrences.MOST],
        )
    ]
    taken = {each[:3] for each in found}
    written = {each.surface for each in found} or set(words)
    free = [
        each
        for each in unlabelled(
            project, (*words, *written), wanted, open_article=open_article, progress=progress
        )
        if each[:3] not in taken
    ]
    order = dict(
        project.conn.execute(
            "select id, position from article where id in (select value from json_each(?))",
            [to_json(list({each.article for each in (*found, *free)}))],
        ).fetchall()
    )
    every = sorted(
        (*set(found), *free), key=lambda each: (order[each.article], each.start, each.end)
    )
    return occurrences.judged(project.conn, project.scheme, wanted, every[: occurrences.MOST])


def unlabelled(
    project: Project,
    words: Iterable[str],
    wanted: Wanted,
    *,
    open_article: str = "",
    most: int = MOST_ARTICLES,
    progress: Progress = lambda _done, _total: True,
) -> list[Occurrence]:
    """Return where strings stand without a label of their kind, in articles that somebody has begun.

    At most `most` articles are read.
    """
    finder = Finder(sorted({_without_ends(each) for each in words}), Likeness(accents=True))
    if not finder.phrases:
        return []
    begun = occurrences.articles_with(project, finder, ("in_progress", "done", "flagged"), most)
    if open_article and open_article not in begun:
        begun.append(open_article)
    found = occurrences.find(project, finder, wanted, begun, progress)
    return [each for each in found if each.standing in UNLABELLED]


def settle(
    deed: Deed,
    scheme: Scheme,
    wanted: Wanted,
    ticked: Sequence[Occurrence],
    attributes: Mapping[str, str] = NOTHING,
) -> Written:
    """Give all of these places one label, as one deed; `attributes` are those of new annotations."""
    return occurrences.label(deed, scheme, wanted, ticked, attributes)


def remove(deed: Deed, scheme: Scheme, ticked: Sequence[Occurrence]) -> Written:
    """Take the label away from these places, whichever they have, as one deed."""
    done = 0
    for label_id in dict.fromkeys(each.label for each in ticked if each.annotation):
        of_label = [each for each in ticked if each.annotation and each.label == label_id]
        done += occurrences.remove(deed, scheme, Wanted(label_id), of_label).done
    return Written(done, len(ticked) - done)


def _without_ends(words: str) -> str:
    """Return words as written, without the article before them and the possessive behind."""
    return next(iter(Finder((words,), Likeness(inflected=True)).phrases), words)
