"""How often results say what, are labelled how, stand where: each count with the query that leads to it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from annotator.core.names import folded
from annotator.core.query.matching import compared
from annotator.core.query.writing import quoted
from annotator.store.project import Project
from annotator.store.search.finding import Hit, Progress
from annotator.store.search.lines import texts_of

_BATCH = 500
"""Results between two reports."""


class Group(StrEnum):
    """What results are counted by."""

    WORDS = "words"
    LABEL = "label"
    ENTITY = "entity"
    STATE = "state"
    ANNOTATOR = "annotator"
    ORIGIN = "origin"
    SOURCE = "source"
    AUTHOR = "author"
    LANGUAGE = "language"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Frequency:
    """How many results have a value, in how many articles.

    `shown` is how a person reads the value, "" where there is none; `query` narrows a query to it, "" if
    nothing does.
    """

    value: str
    shown: str
    count: int
    articles: int
    query: str = ""


def frequencies(
    project: Project,
    hits: Sequence[Hit],
    group: Group,
    progress: Progress = lambda _done, _total: True,
) -> list[Frequency]:
    """Return the values that results have, the most frequent first.

    What concerns annotations counts nothing where the results are none. If the progress asks to stop,
    what was counted so far is returned.
    """
    if group is Group.WORDS:
        return _words(project, hits, progress)
    if group in _OF_ANNOTATIONS:
        values = _of_annotations(project, hits, _OF_ANNOTATIONS[group])
        keyed = [(values[hit.annotation], hit.article) for hit in hits if hit.annotation in values]
    else:
        values = _of_articles(project, hits, _OF_ARTICLES[group])
        keyed = [(values[hit.article], hit.article) for hit in hits if hit.article in values]
    shown = _names(project, group)
    query = _QUERIES[group]
    return [
        Frequency(value, name := shown(value), count, articles, query(name))
        for value, count, articles in _counted(keyed)
    ]


def _counted(keyed: Iterable[tuple[str, str]]) -> list[tuple[str, int, int]]:
    """Return each value with its results and articles, the most frequent first, then by the alphabet."""
    counts: Counter[str] = Counter()
    within: dict[str, set[str]] = {}
    for value, article in keyed:
        counts[value] += 1
        within.setdefault(value, set()).add(article)
    ranked = sorted(counts.items(), key=lambda each: (-each[1], folded(each[0])))
    return [(value, count, len(within[value])) for value, count in ranked]


def _words(project: Project, hits: Sequence[Hit], progress: Progress) -> list[Frequency]:
    """Count words as they are compared; what is shown is how they are written most often."""
    written: dict[str, Counter[str]] = {}
    keyed = []
    is_of_annotations = any(hit.annotation for hit in hits)
    for done, (hit, text) in enumerate(texts_of(project, hits)):
        if done % _BATCH == 0 and not progress(done, len(hits)):
            break
        words = " ".join(text[hit.start : hit.end].split())
        if words:
            key = compared(words)
            written.setdefault(key, Counter())[words] += 1
            keyed.append((key, hit.article))
    found = []
    for key, count, articles in _counted(keyed):
        [(shown, _count)] = written[key].most_common(1)
        query = f"text:{quoted(shown)}" if is_of_annotations else quoted(shown)
        found.append(Frequency(key, shown, count, articles, query))
    return found


def _of_annotations(project: Project, hits: Iterable[Hit], column: str) -> dict[str, str]:
    found = project.conn.execute(
        f"select id, coalesce({column}, '') from annotation where id in (select value from json_each(?))",
        [orjson.dumps([hit.annotation for hit in hits if hit.annotation]).decode()],
    )
    return dict(found.fetchall())


def _of_articles(project: Project, hits: Iterable[Hit], column: str) -> dict[str, str]:
    found = project.conn.execute(
        f"select id, {column} from article where id in (select value from json_each(?))",
        [orjson.dumps(list({hit.article for hit in hits})).decode()],
    )
    return dict(found.fetchall())


_OF_ANNOTATIONS = {
    Group.LABEL: "label_id",
    Group.ENTITY: "entity_id",
    Group.STATE: "state",
    Group.ANNOTATOR: "annotator",
    Group.ORIGIN: "origin",
}

_OF_ARTICLES = {
    Group.SOURCE: "source",
    Group.AUTHOR: "author",
    Group.LANGUAGE: "language",
    Group.MONTH: "substr(published, 1, 7)",
    Group.YEAR: "substr(published, 1, 4)",
}


def _names(project: Project, group: Group) -> Callable[[str], str]:
    """Return what tells how a value is read: of a label or an entity its name."""
    names: dict[Any, str] = {}
    if group is Group.LABEL:
        names = {label.id: label.name for label in project.scheme.labels}
    elif group is Group.ENTITY:
        names = dict(project.conn.execute("select id, name from entity").fetchall())
    return lambda value: names.get(value, value)


def _query(key: str, *, none: str = "") -> Callable[[str], str]:
    return lambda shown: f"{key}:{quoted(shown)}" if shown else none


_QUERIES = {
    Group.LABEL: _query("label"),
    Group.ENTITY: _query("entity", none="missing:entity"),
    Group.STATE: _query("state"),
    Group.ANNOTATOR: _query("by"),
    Group.ORIGIN: _query("origin"),
    Group.SOURCE: _query("source"),
    Group.AUTHOR: _query("author"),
    Group.LANGUAGE: _query("language"),
    Group.MONTH: _query("date"),
    Group.YEAR: _query("date"),
}
