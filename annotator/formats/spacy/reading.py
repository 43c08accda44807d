"""What a spaCy Doc says as an article: our own come back whole, others with their entities and spans."""

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotator.core.corpus import Found, LabelledArticle, Span
from annotator.core.ids import new_id
from annotator.core.metadata import known_article
from annotator.core.model import (
    AnnotationState,
    Article,
    ArticleState,
    Entity,
    Link,
    Problem,
    Remark,
)
from annotator.core.text import LineEnds
from annotator.formats import register
from annotator.formats.rejoining import joined
from annotator.formats.spacy.docbin_unpacked import Names
from annotator.formats.spacy.docs import TEXTS, USUAL, VERSION
from annotator.language import _, n_

_STATES = frozenset(state.value for state in AnnotationState)
_ARTICLE_STATES = {state.value: state for state in ArticleState}


@dataclass(slots=True)
class Account:
    """What is to be told of a file at its end: what was not taken over, and where blanks were unknown."""

    keys: Counter[str] = field(default_factory=Counter)
    joined: int = 0

    def told(self, name: str) -> Iterator[Remark]:
        """Yield it."""
        if self.joined:
            told = n_(
                "The file does not say where blanks stood in {count} article; its tokens were joined by "
                "the rules of French or English typography.",
                "The file does not say where blanks stood in {count} articles; their tokens were joined "
                "by the rules of French or English typography.",
                self.joined,
            )
            yield Remark(name, told.format(count=self.joined))
        for key, count in self.keys.items():
            told = n_(
                "“{key}” of {count} document was not taken over.",
                "“{key}” of {count} documents was not taken over.",
                count,
            )
            yield Remark(name, told.format(key=key, count=count))


class _Given(NamedTuple):
    """A span or an entity of a Doc: its tokens, half-open, and its strings."""

    first: int
    end: int
    label: str
    id: str
    kb_id: str
    is_entity: bool


def articles(doc: Any, names: Names, place: str, account: Account) -> Iterator[Found]:
    """Yield the article of a Doc, after what is wrong with it and the entities that it brings along."""
    yield from _Reading(doc, names, place, account).found()


class _Reading:
    """One Doc while it is being understood; `problems` gathers what is not."""

    def __init__(self, doc: Any, names: Names, place: str, account: Account) -> None:
        self._doc = doc
        self._names = names
        self._place = place
        self._account = account
        self._data: Mapping[Any, Any] = doc.user_data
        self._is_ours = self._data.get("format") == VERSION
        annotations = self._own("annotations")
        self._rows = annotations if isinstance(annotations, dict) else {}
        self.problems: list[Problem] = []
        self.text, self._ranges = self._laid_out()

    def found(self) -> Iterator[Found]:
        if not self.text.strip():
            yield Problem(self._place, _("Its text is empty."))
            return
        spans = self._spans()
        links = list(self._links({span.annotation for span in spans}))
        yield from self.problems
        yield from register.foundation(self._entities(), self._place)
        yield LabelledArticle(self._article(), spans, links, place=self._place)

    def _laid_out(self) -> tuple[str, list[tuple[int, int]]]:
        """Return the text, and where each token lies in it."""
        if self._doc.has_unknown_spaces:
            self._account.joined += 1
            return joined([token.text for token in self._doc])
        raw = self._doc.text
        at = 0
        ranges = []
        for length, space in self._doc.to_array(["LENGTH", "SPACY"]).tolist():
            ranges.append((at, at + length))
            at += length + space
        ends = LineEnds(raw)
        if "\r" in raw:
            ranges = [(ends.offset(start), ends.offset(end)) for start, end in ranges]
        return ends.text, ranges

    # The article

    def _article(self) -> Article:
        known = _table(self._data.get("meta"))
        if self._doc.cats:
            known["cats"] = dict(self._doc.cats)
        if not self._is_ours:
            self._account.keys.update(_key(key) for key in self._data if key != "meta")
        state = _ARTICLE_STATES.get(str(self._own("state")), ArticleState.TODO)
        return known_article(str(self._own("id") or new_id()), self.text, known, state)

    def _own(self, key: str) -> Any:
        """Return a part of the user data, if the Doc is one of ours."""
        return self._data.get(key) if self._is_ours else None

    def _entities(self) -> list[Entity]:
        rows = [_table(row) for row in _rows(self._own("entities"))]
        found = [
            register.from_row({key: text for key, text in row.items() if isinstance(text, str)})
            for row in rows
        ]
        return [entity for entity in found if entity]

    # Annotations and links

    def _spans(self) -> list[Span]:
        """Return what stands in the groups of spans, then the entities that stand in none.

        What has the same tokens and label is one, unless it is ours and of another id; what is ours
        and of the same id and label is one in several fragments.
        """
        groups: dict[Hashable, list[_Given]] = {}
        seen: set[Hashable] = set()
        for given in self._given():
            place = given[:3]
            is_named = self._is_ours and given.id != "" and not given.is_entity
            if place not in seen or is_named:
                seen.add(place)
                key = (given.id, given.label) if is_named else place
                groups.setdefault(key, []).append(given)
        taken: set[str] = set()
        annotations = [self._annotation(group, taken) for group in groups.values()]
        annotations.sort(key=lambda group: (group[0].start, -group[-1].end, group[0].annotation))
        return [span for group in annotations for span in group]

    def _given(self) -> Iterator[_Given]:
        doc = self._doc
        found = [(span, False) for group in doc.spans.values() for span in self._sound(group)]
        found += [(entity, True) for entity in doc.ents]
        names = self._names(
            {id_ for each, _is in found for id_ in (each.label, each.id, each.kb_id)}
        )
        for each, is_entity in found:
            first, end, label = each.start, each.end, names.get(each.label, "")
            if 0 <= first < end <= len(doc) and label.strip():
                id_, kb_id = names.get(each.id, ""), names.get(each.kb_id, "")
                yield _Given(first, end, label, id_, kb_id, is_entity)
            else:
                self._miss(f"{first}–{end}")

    def _sound(self, group: Any) -> Iterator[Any]:
        """Yield the spans of a group that spaCy can make: it refuses those outside the text."""
        for at in range(len(group)):
            try:
                yield group[at]
            except (IndexError, ValueError) as error:
                self._miss(str(error))

    def _miss(self, span: str) -> None:
        told = _(
            "A span lies outside the text, is empty or has no label ({span}); it was left out."
        )
        self.problems.append(Problem(self._place, told.format(span=span)))

    def _annotation(self, group: list[_Given], taken: set[str]) -> list[Span]:
        first = group[0]
        is_ours = self._is_ours and first.id != "" and first.id not in taken
        id_ = first.id if is_ours else new_id()
        taken.add(id_)
        base = self._said(id_) if is_ours else USUAL._replace(origin="import")
        if not self._is_ours:
            known = {"id": first.id, "kb_id": first.kb_id}
            base = base._replace(attributes=_json({key: id_ for key, id_ in known.items() if id_}))
        ranges = _merged((self._ranges[g.first][0], self._ranges[g.end - 1][1]) for g in group)
        if is_ours:
            ranges = self._exact(id_, ranges)
        return [
            base._replace(
                annotation=id_,
                label=first.label,
                n=n,
                start=start,
                end=end,
                surface=self.text[start:end],
            )
            for n, (start, end) in enumerate(ranges)
        ]

    def _said(self, id_: str) -> Span:
        """Return a span with what the user data says of an annotation."""
        row = self._rows.get(id_)
        if not isinstance(row, dict):
            return USUAL
        texts = {key: row[key] for key in TEXTS if isinstance(row.get(key), str)}
        span = USUAL._replace(**texts)
        if span.state not in _STATES:
            told = _("The state “{state}” is unknown; “accepted” was taken.")
            self.problems.append(Problem(self._place, told.format(state=span.state)))
            span = span._replace(state="accepted")
        score = row.get("score")
        is_number = isinstance(score, int | float) and not isinstance(score, bool)
        return span._replace(
            attributes=_json(_table(row.get("attributes"))), score=score if is_number else None
        )

    def _exact(self, id_: str, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return where an annotation really is, if it is still on the tokens that it was put on."""
        row = self._rows.get(id_)
        if not isinstance(row, dict) or row.get("tokens") != tuple(ranges):
            return ranges
        try:
            exact = [(int(start), int(end)) for start, end in row.get("fragments", ())]
        except (TypeError, ValueError):
            return ranges
        edges = [0, *(edge for each in exact for edge in each), len(self.text)]
        is_sound = exact and all(start < end for start, end in exact) and edges == sorted(edges)
        return exact if is_sound and _merged(exact) == exact else ranges

    def _links(self, ids: set[str]) -> Iterator[Link]:
        seen: set[tuple[str, str, str]] = set()
        for each in _rows(self._own("links")):
            row = {key: text for key, text in _table(each).items() if isinstance(text, str)}
            kind, one, other = (row.get(key, "") for key in ("type", "from", "to"))
            if not kind or not {one, other} <= ids or one == other or (kind, one, other) in seen:
                told = _("A link “{name}” joins nothing that came in, or itself, or stands twice.")
                self.problems.append(Problem(self._place, told.format(name=kind)))
                continue
            seen.add((kind, one, other))
            more = row.get("annotator", ""), row.get("created", "")
            yield Link(row.get("id") or new_id(), kind, one, other, *more)


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges in text order, those that touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _key(key: object) -> str:
    """Return the name of a part of the user data; an extension's is the second part of its key."""
    return str(key[1] if isinstance(key, tuple) and len(key) > 1 else key)


def _table(value: object) -> dict[str, Any]:
    """Return a table as it was before msgpack made tuples of its lists; empty for anything else."""
    plain = _plain(value)
    return plain if isinstance(plain, dict) else {}


def _rows(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else ()


def _plain(value: object) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _json(table: Mapping[str, Any]) -> str:
    return json.dumps(table, ensure_ascii=False) if table else "{}"
