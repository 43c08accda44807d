"""Suggestions that wait for a decision, listed over many articles: what each says, who says so, how sure."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import orjson

from annotator.core.model import AnnotationState
from annotator.store import many, occurrences
from annotator.store.annotations import OPEN
from annotator.store.deed import Deed, to_json
from annotator.store.many import Written
from annotator.store.occurrences import Context, Occurrence, Standing
from annotator.store.project import Project

MOST = 100_000
"""Suggestions that are listed at once: nobody looks through more."""

LONGEST = 80
"""Code points of the words that can be asked for alone: the index of words knows no longer ones."""

_REPORTED = 2_000
"""Rows between two reports."""

Progress = Callable[[int, int], bool]
"""Called with done and total; False asks to stop."""


class Waiting(NamedTuple):
    """A suggestion; `score` in per cent, 0 where none is given.

    `origins` are all who say so, the highest ranked first.
    """

    article: str
    annotation: str
    label: str
    score: int
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sieve:
    """What passes: from a score on, in per cent; of one label, of one who says so; "" stands for any.

    With `words` only those that say just these, be they written large or small.
    """

    score: int = 0
    label: str = ""
    origin: str = ""
    words: str = ""

    def sifted(self, project: Project, found: Iterable[Waiting]) -> list[Waiting]:
        """Return what passes, but for the score."""
        label, origin = self.label, self.origin
        among = _saying(project, self.words) if self.words else None
        return [
            each
            for each in found
            if (not label or each.label == label)
            and (not origin or origin in each.origins)
            and (among is None or each.annotation in among)
        ]

    def passed(self, sifted: Iterable[Waiting]) -> list[Waiting]:
        """Return those of what was sifted that have the score."""
        least = self.score
        return [each for each in sifted if each[3] >= least]


def find(
    project: Project, articles: Collection[str] | None = None, progress: Progress | None = None
) -> list[Waiting]:
    """Return the suggestions that wait for a decision of their own, in reading order, `MOST` at most.

    Of these articles, by id, or of all. Stopped by `progress`, it returns what it has.
    """
    one = next(iter(articles)) if articles is not None and len(articles) == 1 else None
    among = None if articles is None or one else set(articles)
    found: list[Waiting] = []
    cursor = project.conn.execute(_HERE if one else _EVERYWHERE, [one] if one else [])
    for article, id_, label, score, origin, also in cursor:
        if among is not None and article not in among:
            continue
        others = () if also == "[]" else (each["origin"] for each in orjson.loads(also))
        found.append(Waiting(article, id_, label, score, (origin, *others)))
        if len(found) >= MOST:
            break
        if progress and len(found) % _REPORTED == 0 and not progress(len(found), 0):
            break
    return found


_COLUMNS = """
    select annotation.article_id, annotation.id, annotation.label_id,
        cast(round(coalesce(annotation.score, 0) * 100) as integer), origin, also
"""

_HERE = f"""
    {_COLUMNS}
    from annotation
    where annotation.article_id = ? and {OPEN}
    order by annotation.start, annotation."end" desc
"""

# By label: that index leads to the suggestions alone, whatever else the project holds.
_EVERYWHERE = f"""
    {_COLUMNS}
    from label
    cross join annotation on annotation.label_id = label.id and annotation.state = 'suggested'
    cross join article on article.id = annotation.article_id
    where {OPEN}
    order by article.position, annotation.start, annotation."end" desc
"""


def _saying(project: Project, words: str) -> set[str]:
    """Return the annotations that say some words, up to `LONGEST` code points, written large or small."""
    forms = {words, words.lower(), words.upper(), words.title(), words.capitalize()}
    found = project.conn.execute(
        """
        select annotation_id from fragment
        where surface in (select value from json_each(?)) and length(surface) <= 80
        """,
        [to_json(sorted(forms))],
    )
    return {annotation_id for (annotation_id,) in found}


def contexts(project: Project, some: Sequence[Waiting]) -> list[Context]:
    """Return the words of the first fragment of some suggestions, and what stands around them."""
    first = {
        id_: (start, end, surface)
        for id_, start, end, surface in project.conn.execute(
            """
            select annotation_id, start, "end", surface from fragment
            where annotation_id in (select value from json_each(?)) and n = 0
            """,
            [to_json([each.annotation for each in some])],
        )
    }
    places = [
        Occurrence(
            each.article,
            *first.get(each.annotation, (0, 0, "")),
            Standing.PROPOSED,
            each.annotation,
            each.label,
        )
        for each in some
    ]
    return occurrences.contexts(project, places)


def settle(
    state: AnnotationState, annotation_ids: Sequence[str], deed: Deed, _scheme: object = None
) -> Written:
    """Accept or reject suggestions, each with its parts, as one deed."""
    if state is AnnotationState.ACCEPTED:
        return many.accept(deed, annotation_ids)
    return many.reject(deed, annotation_ids)


def histogram(found: Iterable[Waiting], width: int) -> list[int]:
    """Return how many have a score from 0 to 100 in each stretch of `width` per cent; 100 is in the last."""
    last = 100 // width - 1
    counts = Counter(min(last, each.score // width) for each in found)
    return [counts[n] for n in range(last + 1)]
