"""Reads the quotes of an article or of the corpus with their parts: what the ledger is made of."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import orjson

from annotator.core.ledger import (
    ADDRESSEE,
    CUE,
    SOURCE,
    QuoteRow,
    Voice,
    entity_voice,
    quote_labels,
    voices,
)
from annotator.core.quotes import count_words
from annotator.store.project import Project

_Columns = tuple[Any, ...]


def quotes(
    project: Project, *, article_id: str | None = None, states: Collection[str] = ("accepted",)
) -> Iterator[QuoteRow]:
    """Yield the quotes in these states, in reading order, with the parts that are in them too.

    Until the last row was read, the project is seen as it was at the first one, whatever another
    window writes meanwhile.
    """
    values = {
        "labels": _json(label.id for label in quote_labels(project.scheme)),
        "states": _json(states),
        "article": article_id,
    }
    scope = "article.id = :article" if article_id is not None else "true"
    # Both are open at once: a second statement sees what the first one sees.
    contents = project.conn.execute(_CONTENTS.format(scope=scope), values)
    parts = _Parts(project.conn.execute(_PARTS.format(scope=scope), values))
    for quote, fragments in groupby(contents, itemgetter(slice(_COLUMNS))):
        yield _row(quote, [each[_COLUMNS:] for each in fragments], parts.of(quote[0]))


_COLUMNS = 10
"""So many columns of `_CONTENTS` say what the quote is, the others are one of its fragments."""

# Articles come first in both, by the order that they lie in: nothing is sorted but within an article.
_CONTENTS = """
    select annotation.id, article.id, title, source, published, position, attributes, annotator,
        origin, annotation.state, fragment.start, fragment."end", surface
    from article
    cross join annotation on article_id = article.id
    cross join fragment on annotation_id = annotation.id
    where {scope}
    and label_id in (select value from json_each(:labels))
    and annotation.state in (select value from json_each(:states))
    order by position, annotation.start, annotation."end" desc, annotation.id, n
"""

_PARTS = """
    select annotation.id, type, part.entity_id, entity.name, entity.gender, entity.kind, (
        select group_concat(surface, ' … ')
        from (select surface from fragment where annotation_id = part.id order by n)
    )
    from article
    cross join annotation on annotation.article_id = article.id
    cross join link on from_id = annotation.id
    cross join annotation as part on part.id = to_id
    left join entity on entity.id = part.entity_id
    where {scope}
    and annotation.label_id in (select value from json_each(:labels))
    and annotation.state in (select value from json_each(:states))
    and part.state in (select value from json_each(:states))
    and type in ('source', 'cue', 'addressee')
    order by position, annotation.start, annotation."end" desc, annotation.id, part.start, link.id
"""


class _Part(NamedTuple):
    """What fills a slot of a quote: who it refers to, and its words."""

    type: str
    voice: Voice | None
    words: str


class _Parts:
    """The parts of all quotes, handed out quote by quote in the order in which those come."""

    def __init__(self, rows: Iterator[_Columns]) -> None:
        self._groups = groupby(rows, itemgetter(0))
        self._voice = cache(entity_voice)
        self._next = self._read()

    def of(self, annotation_id: str) -> list[_Part]:
        if self._next is None or self._next[0] != annotation_id:
            return []
        _id, parts = self._next
        self._next = self._read()
        return parts

    def _read(self) -> tuple[str, list[_Part]] | None:
        found = next(self._groups, None)
        if found is None:
            return None
        annotation_id, rows = found
        return annotation_id, [
            _Part(type_, self._voice(*entity) if entity[0] else None, words)
            for _id, type_, *entity, words in rows
        ]


def _row(quote: _Columns, fragments: Sequence[_Columns], parts: Sequence[_Part]) -> QuoteRow:
    id_, article, title, newspaper, published, place, json, annotator, origin, state = quote
    attributes: Mapping[str, Any] = {} if json == "{}" else orjson.loads(json)
    sources = [(part.voice, part.words) for part in parts if part.type == SOURCE]
    return QuoteRow(
        id=id_,
        article=article,
        title=title,
        newspaper=newspaper,
        published=published,
        place=place,
        voices=voices(sources, _text(attributes, "speaker")),
        source="; ".join(words for _voice, words in sources),
        cue=_words(parts, CUE),
        addressee=_words(parts, ADDRESSEE),
        type=_text(attributes, "type"),
        medium=_text(attributes, "medium"),
        is_negated=bool(attributes.get("negated")),
        is_hedged=bool(attributes.get("hedged")),
        source_kind=_text(attributes, "source kind"),
        annotator=annotator,
        origin=origin,
        state=state,
        fragments=tuple((start, end) for start, end, _surface in fragments),
        surfaces=tuple(surface for _start, _end, surface in fragments),
        words=sum(count_words(surface) for _start, _end, surface in fragments),
    )


def _words(parts: Sequence[_Part], type_: str) -> str:
    return "; ".join(part.words for part in parts if part.type == type_)


def _text(attributes: Mapping[str, Any], name: str) -> str:
    """Return an attribute; what a file brought in may be anything, and only words are one here."""
    value = attributes.get(name, "")
    return value if isinstance(value, str) else ""


def _json(values: Iterable[str]) -> str:
    return orjson.dumps(sorted(str(value) for value in values)).decode()
