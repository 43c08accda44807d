"""Results as lines: each with the words before and behind it, in the order somebody wants."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

import orjson

from annotator.core.names import folded
from annotator.core.query.matching import compared
from annotator.store.project import Project
from annotator.store.search.finding import Hit, Progress

WIDTH = 60
"""Code points of context to either side, unless told otherwise."""

_LOOKED_AT = 60
"""Code points to either side that decide on the order: some eight words."""

_BATCH = 500
"""Articles read at a time."""

_WORD = re.compile(r"\w+")


class Order(StrEnum):
    """In which order results are shown."""

    READING = "reading"
    LEFT = "left"
    RIGHT = "right"
    WORDS = "words"
    LABEL = "label"
    DATE = "date"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Line:
    """A result in its context; what it has not is ""."""

    hit: Hit
    before: str
    words: str
    behind: str
    title: str = ""
    published: str = ""
    source: str = ""
    label: str = ""
    entity: str = ""
    state: str = ""
    annotator: str = ""
    origin: str = ""
    score: float | None = None
    note: str = ""


def lines(project: Project, hits: Sequence[Hit], width: int = WIDTH) -> list[Line]:
    """Return what a list shows of some results, with `width` code points to either side.

    Of an article as a whole that is its beginning. What is gone has no words.
    """
    texts = _articles(project, hits)
    marks = _annotations(project, hits)
    names = {label.id: label.name for label in project.scheme.labels}
    made = []
    for hit in hits:
        text, title, published, source = texts.get(hit.article, ("", "", "", ""))
        label, entity, *rest = marks.get(
            hit.annotation, (hit.label, "", hit.state, "", "", None, "")
        )
        words = text[hit.start : hit.end]
        made.append(
            Line(
                hit,
                text[max(0, hit.start - width) : hit.start],
                words,
                text[hit.end : hit.end + (width if words else 2 * width)],
                title,
                published,
                source,
                names.get(label, ""),
                entity or "",
                *rest,
            )
        )
    return made


def ordered(
    project: Project,
    hits: Sequence[Hit],
    order: Order,
    progress: Progress = lambda _done, _total: True,
) -> list[Hit]:
    """Return results in another order; those that are alike stay in reading order.

    Contexts are compared word by word, the nearest first, as a dictionary does: accents and case
    decide only between words that are otherwise the same. Stops early if the progress says so, the
    rest staying behind.
    """
    if order is Order.READING:
        return sorted(hits, key=lambda hit: (hit.position, hit.start, -hit.end, hit.annotation))
    if order is Order.LABEL:
        ranks = {label.id: n for n, label in enumerate(project.scheme.labels)}
        return sorted(hits, key=lambda hit: ranks.get(hit.label, len(ranks)))
    if order in (Order.DATE, Order.SOURCE):
        known = _metadata(project, hits, order.value)
        return sorted(hits, key=lambda hit: known.get(hit.article, ("",)))
    keys: dict[Hit, tuple[Any, ...]] = {}
    for done, (hit, text) in enumerate(texts_of(project, hits)):
        if done % _BATCH == 0 and not progress(done, len(hits)):
            break
        keys[hit] = _KEYS[order](hit, text)
    last = (("\U0010ffff",), "")
    return sorted(hits, key=lambda hit: keys.get(hit, last))


def texts_of(project: Project, hits: Iterable[Hit]) -> Iterator[tuple[Hit, str]]:
    """Yield results with the text of their article, article by article; what is gone is left out."""
    by_article: dict[str, list[Hit]] = {}
    for hit in hits:
        by_article.setdefault(hit.article, []).append(hit)
    ids = list(by_article)
    for at in range(0, len(ids), _BATCH):
        for article, text in project.conn.execute(
            "select id, text from article where id in (select value from json_each(?))",
            [orjson.dumps(ids[at : at + _BATCH]).decode()],
        ):
            for hit in by_article[article]:
                yield hit, text


def dictionary_key(words: Iterable[str]) -> tuple[Any, ...]:
    """Return what words are sorted by: letters first, accents and case only where they are the same."""
    written = list(words)
    return tuple(map(_compared, written)), " ".join(written)


_compared = lru_cache(1 << 16)(compared)


def _left(hit: Hit, text: str) -> tuple[Any, ...]:
    return dictionary_key(reversed(_WORD.findall(text[max(0, hit.start - _LOOKED_AT) : hit.start])))


def _right(hit: Hit, text: str) -> tuple[Any, ...]:
    return dictionary_key(_WORD.findall(text[hit.end : hit.end + _LOOKED_AT]))


def _words(hit: Hit, text: str) -> tuple[Any, ...]:
    return dictionary_key(_WORD.findall(text[hit.start : hit.end]))


_KEYS: dict[Order, Callable[[Hit, str], tuple[Any, ...]]] = {
    Order.LEFT: _left,
    Order.RIGHT: _right,
    Order.WORDS: _words,
}


def _articles(project: Project, hits: Iterable[Hit]) -> dict[str, tuple[str, str, str, str]]:
    ids = orjson.dumps(list({hit.article for hit in hits})).decode()
    found = project.conn.execute(
        """
        select id, text, title, published, source from article
        where id in (select value from json_each(?))
        """,
        [ids],
    )
    return {id_: (text, title, published, source) for id_, text, title, published, source in found}


def _annotations(project: Project, hits: Iterable[Hit]) -> dict[str, tuple[Any, ...]]:
    ids = orjson.dumps([hit.annotation for hit in hits if hit.annotation]).decode()
    found = project.conn.execute(
        """
        select annotation.id, label_id, entity.name, state, annotator, origin, score, annotation.note
        from annotation left join entity on entity.id = entity_id
        where annotation.id in (select value from json_each(?))
        """,
        [ids],
    )
    return {id_: tuple(rest) for id_, *rest in found}


def _metadata(project: Project, hits: Iterable[Hit], field: str) -> dict[str, tuple[str, str]]:
    ids = orjson.dumps(list({hit.article for hit in hits})).decode()
    found = project.conn.execute(
        "select id, published, source from article where id in (select value from json_each(?))",
        [ids],
    )
    if field == Order.DATE:
        return {id_: (published, "") for id_, published, _source in found}
    return {id_: (folded(source), source) for id_, _published, source in found}
