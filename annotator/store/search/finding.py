"""Carries a query out: the first results at once, the rest as far as they are wanted."""

import sqlite3
import time
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, NamedTuple

from annotator.core.occurrences import Range
from annotator.core.query.matching import WordMatcher, merged
from annotator.core.query.tree import (
    Kind,
    Pattern,
    Query,
    QueryError,
    Words,
    conjuncts,
    leaves,
    wanted_words,
)
from annotator.store.project import Project
from annotator.store.search.conditions import Conditions, Sql, prepare
from annotator.store.search.places import Batch, batches
from annotator.store.search.regexes import Regexes

MOST = 100_000
"""Results that are listed at once: nobody looks through more."""

_SCREENS = 1_000
"""Results up to which the first are wanted at once, not all as soon as can be."""

_TELL = 0.1
"""Seconds between two reports."""

Progress = Callable[[int, int], bool]
"""Called with articles (or annotations) looked at and to look at; False asks to stop."""


class Hit(NamedTuple):
    """A result: `[start, end)` of an article in code points.

    `annotation`, `label` (ids) and `state` are "" where the result is an occurrence; of an article as a
    whole start and end are 0. `position` is the place of the article in the reading order.
    """

    article: str
    start: int
    end: int
    position: int
    annotation: str = ""
    label: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Results in reading order. `is_whole` says that there are no others."""

    kind: Kind
    hits: list[Hit]
    is_whole: bool


class Stopped(Exception):
    """Whoever was told of the progress asked to stop."""


def find(
    project: Project,
    query: Query,
    *,
    articles: Collection[str] | None = None,
    limit: int = MOST,
    progress: Progress = lambda _done, _total: True,
) -> Found:
    """Return the first results, in these articles or in all.

    The sooner the limit is reached, the sooner this returns: a first screen is there at once. Raises
    QueryError when the query names what the scheme has not, or an expression takes too long.
    """
    hits: list[Hit] = []
    try:
        with closing(
            stream(project, query, progress, articles, in_a_hurry=limit <= _SCREENS)
        ) as found:
            for hit in found:
                if len(hits) == limit:
                    return Found(query.kind, hits, is_whole=False)
                hits.append(hit)
    except Stopped:
        return Found(query.kind, hits, is_whole=False)
    return Found(query.kind, hits, is_whole=True)


def stream(
    project: Project,
    query: Query,
    progress: Progress = lambda _done, _total: True,
    articles: Collection[str] | None = None,
    *,
    in_a_hurry: bool = False,
) -> Generator[Hit, None, None]:
    """Yield the results in reading order. Raises QueryError, and Stopped if that is asked for."""
    run = _Run(project, query, progress)
    try:
        yield from run.hits(batches(project, query, articles, in_a_hurry=in_a_hurry))
    finally:
        run.close()


class _Run:
    """One search, from the first batch to the last."""

    def __init__(self, project: Project, query: Query, progress: Progress) -> None:
        self._project = project
        self._query = query
        self._progress = progress
        self._patterns = [leaf for leaf in leaves(query.root) if isinstance(leaf, Pattern)]
        self._regexes = Regexes(self._patterns)
        self._failure: Exception | None = None
        self._done = self._total = 0
        self._told_at = time.monotonic()

    def close(self) -> None:
        self._regexes.close()

    def hits(self, where: Iterable[Batch]) -> Iterator[Hit]:
        prepare(self._project.conn)
        is_of_annotations = self._query.kind is Kind.ANNOTATIONS
        wanted = [] if is_of_annotations else wanted_words(self._query.root)
        certain = [each for each in conjuncts(self._query.root) if each in wanted]
        conditions = Conditions(self._project, self._query, self._matcher, certain)
        condition = conditions.sql(self._query.root)
        for batch in where:
            self._done, self._total = batch.done, batch.total
            self._tell()
            if is_of_annotations:
                yield from self._annotations(batch, condition)
            else:
                yield from self._articles(batch, condition, wanted, certain)

    def _annotations(self, batch: Batch, condition: Sql) -> Iterator[Hit]:
        alive = "true" if self._query.wants_rejected else "annotation.state <> 'rejected'"
        joined = "" if batch.is_of_annotations else _WITH_ANNOTATIONS
        rows = self._rows(
            f"""
            select article.id, annotation.start, annotation."end", article.position, annotation.id,
                annotation.label_id, annotation.state
            from {batch.source} {joined}
            where {batch.where} and {alive} and ({condition.text})
            order by article.position, annotation.start, annotation."end" desc, annotation.id
            """,
            (*batch.values, *condition.values),
        )
        yield from map(Hit._make, rows)

    def _articles(
        self,
        batch: Batch,
        condition: Sql,
        wanted: Sequence[Words | Pattern],
        certain: Sequence[object],
    ) -> Iterator[Hit]:
        text = "article.text" if wanted else "''"
        rows = self._rows(
            f"""
            select article.id, article.position, {text} from {batch.source}
            where {batch.where} and ({condition.text}) order by article.position
            """,
            (*batch.values, *condition.values),
        )
        found: list[list[Range]] = [[] for _row in rows]
        left = list(range(len(rows)))
        # Expressions come last: each question to the other process that need not be asked is won.
        for leaf in sorted(wanted, key=lambda each: isinstance(each, Pattern)):
            some = self._ranges(leaf, [rows[n][2] for n in left])
            for n, ranges in zip(left, some, strict=True):
                found[n] += ranges
            if leaf in certain:
                left = [n for n, ranges in zip(left, some, strict=True) if ranges]
        for n in left:
            article, position, _text = rows[n]
            for start, end in merged(found[n]) or [(0, 0)]:
                yield Hit(article, start, end, position)

    def _rows(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Return rows; what went wrong in a function that SQLite called is raised as what it was."""
        try:
            return self._project.conn.execute(statement, values).fetchall()
        except sqlite3.OperationalError:
            if self._failure is not None:
                raise self._failure from None
            raise

    def _ranges(self, leaf: Words | Pattern, texts: Sequence[str]) -> list[list[Range]]:
        """Return where words or an expression occur in each of these texts."""
        if isinstance(leaf, Words):
            matcher = WordMatcher(leaf)
            return [list(matcher.ranges(text)) for text in texts]
        found = []
        for ranges in self._regexes.of_all(self._number(leaf), texts):
            self._tell()
            found.append(ranges)
        return found

    def _matcher(self, pattern: Pattern) -> "_Expression":
        return _Expression(self, pattern)

    def matches(self, pattern: Pattern, text: str) -> list[Range]:
        """Return where an expression matches, and look whether to stop."""
        self._tell()
        [ranges] = self._regexes.of_all(self._number(pattern), [text])
        return ranges

    def _number(self, pattern: Pattern) -> int:
        return next(n for n, each in enumerate(self._patterns) if each is pattern)

    def fail(self, error: Exception) -> None:
        """Keep what went wrong: SQLite forgets it."""
        self._failure = error

    def _tell(self) -> None:
        now = time.monotonic()
        if now - self._told_at >= _TELL or not self._done:
            self._told_at = now
            if not self._progress(self._done, self._total):
                raise Stopped


class _Expression:
    """A regular expression as one of the matchers that SQLite asks."""

    def __init__(self, run: _Run, pattern: Pattern) -> None:
        self._run = run
        self._pattern = pattern

    def is_in(self, text: str) -> bool:
        try:
            return bool(self._run.matches(self._pattern, text))
        except (QueryError, Stopped) as error:
            self._run.fail(error)
            raise


_WITH_ANNOTATIONS = "cross join annotation on annotation.article_id = article.id"
