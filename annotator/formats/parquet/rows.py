"""Rows of texts and spans in fragments as articles: exact to the code point, and checked to be so."""

import json
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from annotator.core.corpus import Found, LabelledArticle, Span
from annotator.core.ids import new_id
from annotator.core.metadata import known_article
from annotator.core.model import AnnotationState, Article, ArticleState, Entity, Link, Problem
from annotator.core.text import LineEnds
from annotator.formats import register
from annotator.formats.lines import Line
from annotator.formats.parquet.columns import ENTITY_TEXTS, SPAN_TEXTS
from annotator.formats.records import told_at_the_end
from annotator.formats.spans import Offsets, Tally, unit_where
from annotator.formats.values import from_text
from annotator.language import _

_STATES = frozenset(state.value for state in AnnotationState)
_ARTICLE_STATES = {state.value: state for state in ArticleState}
OWN_COLUMNS = frozenset(("id", "text", "spans", "relations", "metadata", "state", "entities"))
"""The columns that are taken for what they are in our own files; any other becomes metadata."""

_USUAL = itemgetter(
    *("id", "label", "start", "end", "text", "note", "entity", "annotator"),
    *("origin", "state", "score", "reason", "created", "updated", "settled"),
)

_Ranges = list[tuple[int, int]]


def read_rows(rows: Iterator[Line | Problem], name: str) -> Iterator[Found]:
    """Yield the article of each row, and at the end what was put right in them."""
    tally = Tally()
    for line in rows:
        if isinstance(line, Problem):
            yield line
        else:
            yield from row_article(line.value, line.place, tally)
    yield from told_at_the_end(tally, name)


def row_article(row: Mapping[str, Any], place: str, tally: Tally) -> Iterator[Found]:
    """Yield the article of a row, after what is wrong with it and the entities that it brings along."""
    raw = row.get("text")
    if not isinstance(raw, str) or not raw.strip():
        yield Problem(place, _("Its text is empty."))
        return
    reading = _Reading(row, place, raw, tally)
    spans = reading.spans()
    links = list(reading.links({span.annotation for span in spans}))
    yield from reading.problems
    yield from register.foundation(reading.entities(), place)
    yield LabelledArticle(reading.article(), spans, links, place=place)


class _Given(NamedTuple):
    """A span of a row: its fragments in whatever unit, and what the file says stands there."""

    row: Mapping[str, Any]
    ranges: _Ranges
    said: str


class _Reading:
    """One row while it is being understood; `problems` gathers what is not."""

    def __init__(self, row: Mapping[str, Any], place: str, raw: str, tally: Tally) -> None:
        self._row = row
        self._place = place
        self._raw = raw
        self._text = LineEnds(raw).text
        self._tally = tally
        self.problems: list[Problem] = []

    def article(self) -> Article:
        row = self._row
        known = _table(row.get("metadata"))
        known.update((key, value) for key, value in row.items() if key not in OWN_COLUMNS and value)
        state = _ARTICLE_STATES.get(str(row.get("state")), ArticleState.TODO)
        id_ = row.get("id")
        identity = id_ if isinstance(id_, str) and id_ else new_id()
        return known_article(identity, self._text, known, state)

    def entities(self) -> list[Entity]:
        found = []
        for row in _rows(self._row.get("entities")):
            texts = {name: row[name] for name in ENTITY_TEXTS if isinstance(row.get(name), str)}
            aliases = [each for each in row.get("aliases") or () if isinstance(each, str)]
            found.append(register.from_row({**texts, "aliases": json.dumps(aliases)}))
        return [entity for entity in found if entity]

    # Annotations and links

    def spans(self) -> list[Span]:
        rows = _rows(self._row.get("spans"))
        usual = [self._usual(row) for row in rows] if self._text is self._raw else []
        plain = [span for span in usual if span]
        if usual and len({span.annotation for span in plain}) == len(rows):
            return plain
        return self._any_spans(rows)

    def _usual(self, row: Mapping[str, Any]) -> Span | None:
        """Return an annotation as most are: in one fragment, without attributes; None for any other.

        The short way, for files with hundreds of thousands of them.
        """
        try:
            (
                id_, label, start, end, said, note, entity,
                annotator, origin, state, score, reason, created, updated, settled,
            ) = _USUAL(row)  # fmt: skip
            (fragment,) = row["fragments"]
        except (KeyError, TypeError, ValueError):
            return None
        if not (
            type(start) is type(end) is int
            and 0 <= start < end <= len(self._text)
            and fragment == {"start": start, "end": end}
            and self._text[start:end] == said
            and row.get("attributes") == []
            and type(id_) is type(label) is type(note) is type(annotator) is str
            and type(origin) is type(state) is type(reason) is type(created) is str
            and type(updated) is type(settled) is str
            and (entity is None or type(entity) is str)
            and (score is None or type(score) is float)
            and state in _STATES
            and id_
            and label
            and not label.isspace()
        ):
            return None
        more = annotator, origin, state, score, reason, created, updated, settled
        return Span(id_, label, 0, start, end, said, "{}", note, entity, *more)

    def _any_spans(self, rows: list[dict[str, Any]]) -> list[Span]:
        given = [each for each in map(self._given, rows) if each]
        offsets, inclusive = self._unit(given)
        taken: set[str] = set()
        annotations = []
        for each in given:
            ranges = [(offsets(start), offsets(end + inclusive)) for start, end in each.ranges]
            if self._is_sound(each, ranges):
                annotations.append(self._annotation(each.row, ranges, taken))
        annotations.sort(key=lambda group: (group[0].start, -group[-1].end, group[0].annotation))
        return [span for group in annotations for span in group]

    def _given(self, row: Mapping[str, Any]) -> _Given | None:
        fragments = _rows(row.get("fragments"))
        ranges = [(each.get("start"), each.get("end")) for each in fragments or (row,)]
        label = row.get("label")
        sound = [(start, end) for start, end in ranges if type(start) is type(end) is int]
        if len(sound) < len(ranges) or not isinstance(label, str) or not label.strip():
            self._tell(_("A span has no label, or a start or end that is no number."))
            return None
        said = row.get("text")
        return _Given(row, sound, said if isinstance(said, str) else "")

    def _unit(self, given: Sequence[_Given]) -> tuple[Offsets, int]:
        """Return what the offsets count: code points, as they should, unless the surfaces say otherwise."""
        if self._text is self._raw and all(self._fits(each.said, each.ranges) for each in given):
            return _as_is, 0
        whole = [(each.ranges, each.said) for each in given if each.said and len(each.ranges) == 1]
        return unit_where(whole, self._raw, self._text, self._tally)

    def _fits(self, said: str, ranges: _Ranges) -> bool:
        return not said or said == self._surface(ranges)

    def _surface(self, ranges: _Ranges) -> str:
        return " … ".join(self._text[start:end] for start, end in ranges)

    def _is_sound(self, given: _Given, ranges: _Ranges) -> bool:
        """Tell whether ranges are fragments of the text, and those of which the file says what they are."""
        edges = [edge for each in ranges for edge in each]
        label = given.row["label"]
        if not (edges[0] >= 0 and edges[-1] <= len(self._text) and edges == sorted(set(edges))):
            told = _(
                "“{label}” at {ranges} lies outside the text, which has {length} characters, is empty, or "
                "its fragments touch."
            ).format(label=label, ranges=given.ranges, length=len(self._text))
        elif not self._fits(LineEnds(given.said).text, ranges):
            told = _("“{label}”: the file says “{said}”, but the text there is “{found}”.").format(
                label=label, said=given.said[:40], found=self._surface(ranges)[:40]
            )
        else:
            return True
        self._tell(told)
        return False

    def _annotation(self, row: Mapping[str, Any], ranges: _Ranges, taken: set[str]) -> list[Span]:
        given = row.get("id")
        id_ = given if isinstance(given, str) and given and given not in taken else new_id()
        taken.add(id_)
        texts = {name: row[name] for name in SPAN_TEXTS if isinstance(row.get(name), str)}
        if texts.get("state", "accepted") not in _STATES:
            told = _("The state “{state}” is unknown; “accepted” was taken.")
            self._tell(told.format(state=texts.pop("state")))
        attributes = {
            each["name"]: from_text(each["value"])
            for each in _rows(row.get("attributes"))
            if isinstance(each.get("name"), str) and isinstance(each.get("value"), str)
        }
        entity, score = row.get("entity"), row.get("score")
        first = Span(
            id_,
            row["label"],
            0,
            0,
            0,
            "",
            json.dumps(attributes, ensure_ascii=False) if attributes else "{}",
            entity=entity if isinstance(entity, str) and entity else None,
            score=score if isinstance(score, float) else None,
            origin="import",
        )._replace(**texts)
        return [
            first._replace(n=n, start=start, end=end, surface=self._text[start:end])
            for n, (start, end) in enumerate(ranges)
        ]

    def links(self, ids: set[str]) -> Iterator[Link]:
        seen: set[tuple[str, str, str]] = set()
        for each in _rows(self._row.get("relations")):
            row = {key: text for key, text in each.items() if isinstance(text, str)}
            kind, one, other = (row.get(key, "") for key in ("label", "head", "tail"))
            if not kind or not {one, other} <= ids or one == other or (kind, one, other) in seen:
                told = _("A link “{name}” joins nothing that came in, or itself, or stands twice.")
                self._tell(told.format(name=kind))
                continue
            seen.add((kind, one, other))
            more = row.get("annotator", ""), row.get("created", "")
            yield Link(row.get("id") or new_id(), kind, one, other, *more)

    def _tell(self, message: str) -> None:
        self.problems.append(Problem(self._place, message))


def _table(value: Any) -> dict[str, Any]:
    """Return the object of a JSON text; a text that is none under its own name."""
    if not isinstance(value, str):
        return {}
    found = from_text(value)
    return found if isinstance(found, dict) else {"metadata": value}


def _rows(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _as_is(offset: int) -> int:
    return offset
