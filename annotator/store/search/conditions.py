"""Conditions of a query as SQL: made of sentences that stand here, with every value bound.

Words and expressions cannot be told in SQL: a function looks up by number who can tell.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol
from weakref import WeakValueDictionary

import orjson

from annotator.core.names import folded
from annotator.core.query.keys import Key, plain
from annotator.core.query.matching import (
    LanguageMatcher,
    PartMatcher,
    WholeMatcher,
    WordMatcher,
)
from annotator.core.query.tree import (
    And,
    Comparison,
    Condition,
    Kind,
    Node,
    Not,
    Or,
    Pattern,
    Query,
    QueryError,
    Words,
)
from annotator.core.scheme import Label, Scheme
from annotator.language import _
from annotator.store.project import Project
from annotator.store.search.index import expression_of, positions


class Matcher(Protocol):
    """Tells of a text whether it says something."""

    def is_in(self, text: str) -> bool:
        """Tell whether it does."""


class Among:
    """Tells of the number of an article whether the index names it."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self._numbers = frozenset(numbers)

    def is_in(self, position: Any) -> bool:
        """Tell whether the article is one of them."""
        return position in self._numbers


@dataclass(frozen=True, slots=True)
class Sql:
    """A part of a condition with its values. What is dear is asked last."""

    text: str
    values: tuple[Any, ...] = ()
    is_dear: bool = False


_matchers: WeakValueDictionary[int, Any] = WeakValueDictionary()
_numbers = count(1)


def prepare(conn: sqlite3.Connection) -> None:
    """See that the connection knows the function that asks matchers."""
    known = conn.execute("select 1 from pragma_function_list where name = 'annotator_says'")
    if known.fetchone() is None:
        conn.create_function("annotator_says", 2, _says)


def _says(number: int, text: Any) -> int:
    return 0 if text is None else int(_matchers[number].is_in(text))


class Conditions:
    """Writes the conditions of one query; it must live as long as what it wrote is asked."""

    def __init__(
        self,
        project: Project,
        query: Query,
        matcher_of: Callable[[Pattern], Matcher],
        seen_to: Collection[Node] = (),
    ) -> None:
        self._project = project
        self._scheme = project.scheme
        self._is_of_annotations = query.kind is Kind.ANNOTATIONS
        self._matcher_of = matcher_of
        self._seen_to = seen_to
        self._kept: list[Any] = []

    def sql(self, node: Node) -> Sql:
        """Return a tree as SQL; what is seen to elsewhere holds.

        Raises QueryError when it names a label or a slot that is none.
        """
        if any(node is each for each in self._seen_to):
            return Sql("true")
        if isinstance(node, Not):
            part = self.sql(node.part)
            return Sql(f"not ({part.text})", part.values, part.is_dear)
        if isinstance(node, And | Or):
            parts = sorted(map(self.sql, node.parts), key=lambda part: part.is_dear)
            text = (" and " if isinstance(node, And) else " or ").join(
                f"({part.text})" for part in parts
            )
            values = tuple(value for part in parts for value in part.values)
            return Sql(text, values, any(part.is_dear for part in parts))
        if isinstance(node, Words):
            return self._words(node)
        if isinstance(node, Pattern):
            said = SAID if self._is_of_annotations else "article.text"
            return self._says(self._matcher_of(node), said)
        return self._comparison(node) if isinstance(node, Comparison) else self._condition(node)

    def _says(self, matcher: object, text: str, *, is_dear: bool = True) -> Sql:
        number = next(_numbers)
        _matchers[number] = matcher
        self._kept.append(matcher)
        return Sql(f"annotator_says(?, {text})", (number,), is_dear)

    def _words(self, words: Words) -> Sql:
        if self._is_of_annotations:
            return self._says(WordMatcher(words), SAID)
        return self._in_article(words)

    def _comparison(self, node: Comparison) -> Sql:
        column = "article.published" if node.key is Key.DATE else "annotation.score"
        known = f"{column} <> ''" if node.key is Key.DATE else f"{column} is not null"
        text = " and ".join(f"{column} {sign} ?" for sign, _bound in node.bounds)
        return Sql(f"{known} and {text}", tuple(bound for _sign, bound in node.bounds))

    def _condition(self, node: Condition) -> Sql:
        words = Words(node.value or "", node.is_prefix, node.start, node.end)
        match node.key:
            case Key.LABEL:
                return _in("+annotation.label_id", [each.id for each in labels(self._scheme, node)])
            case Key.TEXT:
                return self._says(WholeMatcher(words), SAID)
            case Key.ENTITY:
                known = _in("+annotation.entity_id", entities(self._project, words))
                return Sql(f"annotation.entity_id is not null and {known.text}", known.values)
            case Key.MISSING | Key.HAS:
                return self._lacking(node)
            case Key.STATE:
                return self._state(str(node.value))
            case Key.BY:
                return _in("annotation.annotator", _annotators(self._project, words))
            case Key.ORIGIN:
                return self._origin(words)
            case Key.IS:
                return Sql(_SHAPES[str(node.value)], is_dear=True)
            case Key.NOTE:
                said = self._says(WordMatcher(words), "annotation.note")
                return Sql(f"annotation.note <> '' and {said.text}", said.values)
            case Key.IN:
                return self._in_article(words)
            case Key.ATTR | Key.META:
                return self._named(node, words)
            case _:
                return self._metadata(node.key, words)

    def _state(self, state: str) -> Sql:
        if state in ("accepted", "suggested", "rejected"):
            return Sql("annotation.state = ?", (state,))
        return Sql("article.state = ?", (state,))

    def _origin(self, words: Words) -> Sql:
        if words.text == "suggested":
            return Sql("annotation.origin not in ('hand', 'slot', 'import')")
        if words.text == "hand":
            return Sql("annotation.origin in ('hand', 'slot')")
        return self._says(WholeMatcher(words), "annotation.origin", is_dear=False)

    def _in_article(self, words: Words) -> Sql:
        """Return a condition with the answer of the index before it, which saves most texts a look."""
        exact = self._says(WordMatcher(words), "article.text")
        asked = expression_of(self._project.conn, words)
        if asked is None:
            return exact
        among = self._says(Among(positions(self._project.conn, asked, -1)), "article.position")
        return Sql(f"{among.text} and {exact.text}", (*among.values, *exact.values), is_dear=True)

    def _metadata(self, key: Key, words: Words) -> Sql:
        matcher: Matcher = WordMatcher(words)
        if key is Key.LANGUAGE:
            matcher = LanguageMatcher(words)
        elif key is Key.URL:
            matcher = PartMatcher(words)
        return self._says(matcher, f"article.{_COLUMNS[key]}", is_dear=False)

    def _named(self, node: Condition, words: Words) -> Sql:
        """Return a condition on what an attribute or a free key of the metadata says."""
        table = "annotation.attributes" if node.key is Key.ATTR else "article.meta"
        named = self._says(WholeMatcher(Words(node.name)), "key")
        text, values = named.text, named.values
        if node.value is not None:
            matcher: Matcher = WordMatcher(words)
            if node.key is Key.ATTR:
                flag = _FLAGS.get(plain(words.text), words.text)
                matcher = WholeMatcher(Words(flag, words.is_prefix))
            said = self._says(matcher, _JSON_VALUE)
            text, values = f"{text} and {said.text}", (*values, *said.values)
        there = f"{table} <> '{{}}' and exists (select 1 from json_each({table}) where {text})"
        return Sql(f"not ({there})" if node.is_unlike else there, values, is_dear=True)

    def _lacking(self, node: Condition) -> Sql:
        """Return a condition on what an annotation should have: a slot, an attribute, entity or note."""
        wanted = plain(str(node.value))
        is_there = node.key is Key.HAS
        if wanted in ("entity", "entite"):
            return Sql(f"annotation.entity_id is {'not ' * is_there}null")
        if wanted == "note":
            return Sql(f"annotation.note {'<>' if is_there else '='} ''")
        slotted, name = slot(self._scheme, node)
        if slotted:
            among = _in("+annotation.label_id", slotted)
            return Sql(
                f"{among.text} and {'' if is_there else 'not '}exists ({_FILLED})",
                (*among.values, name),
                is_dear=True,
            )
        carrying = [
            (label.id, attribute.name)
            for label in self._scheme.labels
            for attribute in label.attributes
            if plain(attribute.name) == wanted
        ]
        if not carrying:
            raise _no_part(self._scheme, node)
        among = _in("+annotation.label_id", [label for label, _name in carrying])
        names = _json(dict.fromkeys(name for _label, name in carrying))
        return Sql(
            f"{among.text} and {'' if is_there else 'not '}exists (select 1 from"
            " json_each(annotation.attributes) where key in (select value from json_each(?)))",
            (*among.values, names),
            is_dear=True,
        )


def labels(scheme: Scheme, node: Condition) -> list[Label]:
    """Return the labels that a condition names. Raises QueryError when there is none."""
    wanted = folded(str(node.value))
    if node.is_prefix:
        found = [label for label in scheme.labels if folded(label.name).startswith(wanted)]
    else:
        exact = scheme.by_name(str(node.value))
        alike = [label for label in scheme.labels if folded(label.name) == wanted]
        found = [exact] if exact else alike
    if not found:
        names = ", ".join(label.name for label in scheme.active)
        raise QueryError(
            _("There is no label “{name}”; there are {names}.").format(
                name=node.value, names=names
            ),
            node.start,
            node.end,
        )
    return found


def slot(scheme: Scheme, node: Condition) -> tuple[list[str], str]:
    """Return the ids of the labels with the slot that a condition names, and what the scheme calls it."""
    wanted = plain(str(node.value))
    found = [
        (label.id, each.name)
        for label in scheme.labels
        for each in label.slots
        if plain(each.name) == wanted
    ]
    return [label for label, _name in found], found[0][1] if found else ""


def entities(project: Project, words: Words) -> list[str]:
    """Return the ids of the entities whose name or an alias says these words."""
    matcher = WordMatcher(words)
    return [
        id_
        for id_, name, aliases in project.conn.execute("select id, name, aliases from entity")
        if matcher.is_in(name)
        or (aliases != "[]" and any(matcher.is_in(alias) for alias in orjson.loads(aliases)))
    ]


def _annotators(project: Project, words: Words) -> list[str]:
    matcher = WordMatcher(words)
    names = project.conn.execute("select name from annotator")
    return [name for (name,) in names if matcher.is_in(name)]


def _no_part(scheme: Scheme, node: Condition) -> QueryError:
    slots = [slot.name for label in scheme.labels for slot in label.slots]
    attributes = [each.name for label in scheme.labels for each in label.attributes]
    names = dict.fromkeys((*slots, *attributes))
    return QueryError(
        _("“{name}” is no slot and no attribute; there are entity, note, {names}.").format(
            name=node.value, names=", ".join(names)
        ),
        node.start,
        node.end,
    )


def _in(column: str, values: Sequence[str]) -> Sql:
    # A plus keeps SQLite from walking over all of a label or an entity instead of the batch it is given.
    if len(values) == 1:
        return Sql(f"{column} = ?", (values[0],))
    return Sql(f"{column} in (select value from json_each(?))", (_json(values),))


def _json(values: Iterable[str]) -> str:
    return orjson.dumps(list(values)).decode()


_COLUMNS = {
    Key.SOURCE: "source",
    Key.TITLE: "title",
    Key.AUTHOR: "author",
    Key.LANGUAGE: "language",
    Key.URL: "url",
}

_FLAGS = {
    "yes": "true",
    "oui": "true",
    "vrai": "true",
    "no": "false",
    "non": "false",
    "faux": "false",
}

_JSON_VALUE = (
    "case type when 'true' then 'true' when 'false' then 'false' else cast(value as text) end"
)

SAID = """(
    select group_concat(surface, ' … ')
    from (select surface from fragment where annotation_id = annotation.id order by n)
)"""
"""The words of an annotation, as `Annotation.text` has them."""

_FILLED = """
    select 1 from link join annotation as part on part.id = to_id
    where from_id = annotation.id and type = ? and part.state <> 'rejected'
"""

_OTHER = """exists (
    select 1 from annotation as other
    where other.article_id = annotation.article_id and other.id <> annotation.id
    and other.state <> 'rejected' and {}
)"""

_SHAPES = {
    "overlapping": _OTHER.format(
        'other.start < annotation."end" and other."end" > annotation.start'
    ),
    "nested": _OTHER.format(
        'other.start <= annotation.start and other."end" >= annotation."end" and'
        ' (other.start < annotation.start or other."end" > annotation."end")'
    ),
    "crossing": _OTHER.format(
        '((other.start < annotation.start and other."end" > annotation.start'
        ' and other."end" < annotation."end") or (other.start > annotation.start'
        ' and other.start < annotation."end" and other."end" > annotation."end"))'
    ),
    "discontinuous": "exists (select 1 from fragment where annotation_id = annotation.id and n = 1)",
    "linked": """
        exists (select 1 from link where from_id = annotation.id)
        or exists (select 1 from link where to_id = annotation.id)
    """,
    "changed": "annotation.settled = 'changed'",
    "unchanged": "annotation.settled = 'unchanged'",
    "untouched": "annotation.updated = annotation.created",
}
