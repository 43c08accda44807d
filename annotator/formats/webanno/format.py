"""WebAnno TSV 3.x comes in: the text rebuilt from its sentences, stacked spans, relations, slots, chains."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from annotator.core.corpus import Found, LabelledArticle, Span
from annotator.core.encoding import decode, decode_as
from annotator.core.errors import UserError
from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.ids import new_id
from annotator.core.model import Article, Link, Problem, Remark
from annotator.core.text import readable
from annotator.formats.cas.articles import (
    LABEL_FEATURES,
    ROLE_FEATURES,
    is_linguistic,
    short_name,
)
from annotator.formats.fragments import Pieces
from annotator.formats.lines import refusal
from annotator.formats.webanno.rows import (
    HEAD,
    Layer,
    Row,
    Sheet,
    sheet,
    slots,
    stacked,
    value,
)
from annotator.formats.webanno.text import Rebuilt, rebuilt
from annotator.language import _, n_

_CHAINED = re.compile(r"(.*)->(\d{1,9})-(\d{1,9})", re.DOTALL)

_Key = tuple[str, str, int, int]
"""Layer, unit, number in brackets, place in the stack: what names an annotation."""


def read_webanno(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the article of a `.tsv` file."""
    name = readable(path.name)
    try:
        raw = path.read_bytes()
        decoded = decode_as(raw, how.encoding) if how.encoding else decode(raw)
    except (UserError, OSError) as error:
        yield refusal(error, name)
        return
    if not decoded.text.startswith(HEAD):
        yield Problem(name, _("It is not in WebAnno TSV 3: its first line does not say so."))
        return
    if decoded.note:
        yield Remark(name, decoded.note)
    yield from _article(sheet(decoded.text, name), name)


def _article(rows: Sheet, name: str) -> Iterator[Found]:
    yield from rows.problems
    text = rebuilt(rows, name)
    if not text.raw.strip():
        yield Problem(name, _("Its text is empty."))
        return
    reading = _Reading(rows, text, name)
    spans, links = reading.annotations()
    yield from text.problems
    yield from reading.problems
    yield LabelledArticle(Article(new_id(), text.ends.text), spans, links, place=name)


class _Slot(NamedTuple):
    host: _Key
    role: str
    unit: str
    number: int


class _Edge(NamedTuple):
    line: int
    type: str
    source: tuple[str, int]
    target: tuple[str, int]
    layer: str


class _Reading:
    """A file while it is being understood."""

    def __init__(self, rows: Sheet, text: Rebuilt, name: str) -> None:
        self._rows = rows
        self._text = text
        self._name = name
        self.problems: list[Problem] = []
        self._ranges: dict[_Key, tuple[int, int]] = {}
        self._values: dict[_Key, dict[str, str]] = {}
        self._types: dict[_Key, Layer] = {}
        self._at: dict[tuple[str, int], list[_Key]] = {}
        self._slots: list[_Slot] = []
        self._edges: list[_Edge] = []
        self._chains: dict[tuple[str, int], list[tuple[int, str, _Key]]] = {}
        self._passed: Counter[str] = Counter()
        self._lost: set[_Key] = set()

    def annotations(self) -> tuple[list[Span], list[Link]]:
        """Return what is annotated and how it is linked."""
        for sentence in self._rows.sentences:
            for row in sentence.rows:
                for layer in self._rows.layers:
                    self._read(layer, row)
        self._tell_passed()
        pieces = Pieces(self._text.ends.text)
        for key in self._ranges:
            self._add(pieces, key)
        spans, names = pieces.spans()
        ids = {key: names[key] for key in self._ranges if key in names}
        return spans, list(self._links(ids))

    def _read(self, layer: Layer, row: Row) -> None:
        cells = row.cells[layer.first : layer.first + len(layer.columns)]
        if layer.kind == "relation":
            self._relations(layer, row, cells)
        elif is_linguistic(layer.type):
            self._passed[short_name(layer.type)] += any(cell != "_" for cell in cells)
        else:
            self._stack(layer, row, cells)

    def _stack(self, layer: Layer, row: Row, cells: list[str]) -> None:
        """Take what is annotated at a token, one thing upon another."""
        columns = [stacked(cell) for cell in cells]
        for level in range(max(map(len, columns))):
            values = [column[level] if level < len(column) else "_" for column in columns]
            number = self._number(layer, values)
            key = layer.type, "" if number else row.unit, number, 0 if number else level
            if layer.kind == "chain":
                key = self._element(layer, values) or key
            self._stretch(key, row)
            self._types[key] = layer
            self._at.setdefault((row.unit, number), []).append(key)
            if key not in self._values:
                self._values[key] = self._features(layer, values)
                self._fill(layer, key, values)
                if layer.kind == "chain":
                    self._chain(key)

    def _number(self, layer: Layer, values: list[str]) -> int:
        """Return the number that tells an annotation from others; in a slot's filler it is another's."""
        own = [
            value(slots(text)[-1] if column.kind == "role" else text).number
            for column, text in zip(layer.columns, values, strict=True)
            if column.kind != "slot"
        ]
        return max(own, default=0)

    def _stretch(self, key: _Key, row: Row) -> None:
        if row.unit in self._text.bad:
            self._lost.add(key)
        start, end = self._ranges.get(key, (row.begin, row.end))
        self._ranges[key] = min(start, row.begin), max(end, row.end)

    def _features(self, layer: Layer, values: list[str]) -> dict[str, str]:
        return {
            column.name: text
            for column, given in zip(layer.columns, values, strict=True)
            if column.kind == "feature" and (text := value(given).text) is not None
        }

    def _fill(self, layer: Layer, key: _Key, values: list[str]) -> None:
        for at, column in enumerate(layer.columns):
            if column.kind == "slot":
                roles = [value(text).text for text in slots(values[at - 1])]
                for role, filler in zip(roles, slots(values[at]), strict=False):
                    given = value(filler)
                    if given.text:
                        name = role or layer.columns[at - 1].name
                        self._slots.append(_Slot(key, name, given.text, given.number))

    def _element(self, layer: Layer, values: list[str]) -> _Key | None:
        """Return what names an element of a chain: `*->1-2` is the second of the first."""
        for given in values:
            place = _CHAINED.fullmatch(given)
            if place:
                return layer.type, "->", int(place[2]), int(place[3])
        return None

    def _chain(self, key: _Key) -> None:
        """Let an element follow the one before it in its chain."""
        layer, _arrow, chain, number = key
        for name, given in list(self._values[key].items()):
            if place := _CHAINED.fullmatch(given):
                del self._values[key][name]
                kind = "next" if place[1] in ("*", "_", "") else place[1]
                self._chains.setdefault((layer, chain), []).append((number, kind, key))

    def _relations(self, layer: Layer, row: Row, cells: list[str]) -> None:
        if is_linguistic(layer.type):
            self._passed[short_name(layer.type)] += any(cell != "_" for cell in cells)
            return
        columns = [stacked(cell) for cell in cells]
        for level, given in enumerate(columns[-1]):
            values = [column[level] if level < len(column) else "_" for column in columns]
            features = self._features(layer, values)
            unit, _bracket, numbers = given.removesuffix("]").partition("[")
            source, _line, target = numbers.partition("_")
            type_ = next((features[name] for name in ROLE_FEATURES if name in features), "")
            self._edges.append(
                _Edge(
                    row.line,
                    type_ or short_name(layer.type),
                    (unit, int(source) if source.isdecimal() else 0),
                    (row.unit, int(target) if target.isdecimal() else 0),
                    layer.target,
                )
            )

    def _add(self, pieces: Pieces, key: _Key) -> None:
        begin, end = self._ranges[key]
        start, stop = self._text.offset(begin), self._text.offset(end)
        layer = self._types[key]
        if key in self._lost or not 0 <= start < stop:
            told = _(
                "The {layer} at [{begin}, {end}] lies outside the text or is empty; it was left out."
            ).format(layer=short_name(layer.type), begin=begin, end=end)
            self.problems.append(Problem(self._name, told))
            return
        rest = dict(self._values[key])
        label = next((rest.pop(name) for name in _label_columns(layer) if name in rest), "")
        pieces.add(
            key,
            Span(
                "",
                label.strip() or short_name(layer.type),
                0,
                start,
                stop,
                self._text.ends.text[start:stop],
                json.dumps(rest, ensure_ascii=False) if rest else "{}",
                origin="import",
            ),
        )

    def _links(self, ids: dict[_Key, str]) -> Iterator[Link]:
        seen: set[tuple[str, str, str]] = set()
        for line, type_, source, target in self._ends():
            one = ids.get(source, "") if source else ""
            other = ids.get(target, "") if target else ""
            if not one or not other or one == other or (type_, one, other) in seen:
                told = _(
                    "A relation “{name}” joins nothing that came in, or itself, or stands twice."
                )
                place = f"{self._name}:{line}" if line else self._name
                self.problems.append(Problem(place, told.format(name=type_)))
                continue
            seen.add((type_, one, other))
            yield Link(new_id(), type_, one, other)

    def _ends(self) -> Iterator[tuple[int, str, _Key | None, _Key | None]]:
        for edge in self._edges:
            source, target = (
                self._find(edge.source, edge.layer),
                self._find(edge.target, edge.layer),
            )
            yield edge.line, edge.type, source, target
        for slot in self._slots:
            yield 0, slot.role, slot.host, self._find((slot.unit, slot.number), "")
        for elements in self._chains.values():
            ordered = sorted(elements)
            for (_n, kind, one), (_m, _kind, other) in pairwise(ordered):
                yield 0, kind, one, other

    def _find(self, place: tuple[str, int], layer: str) -> _Key | None:
        found = self._at.get(place, [])
        return next((key for key in found if key[0] == layer), next(iter(found), None))

    def _tell_passed(self) -> None:
        for name, count in self._passed.items():
            if count:
                told = n_(
                    "{count} item of {name} describes words or mark-up; it was passed over.",
                    "{count} items of {name} describe words or mark-up; they were passed over.",
                    count,
                )
                self.problems.append(Remark(self._name, told.format(count=count, name=name)))


def _label_columns(layer: Layer) -> Iterator[str]:
    """Yield the feature that is the label: the likeliest one that the layer has."""
    names = [column.name for column in layer.columns]
    found = [name for name in (*LABEL_FEATURES, "referenceType") if name in names]
    yield from found[:1]


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "webanno-tsv",
            _("WebAnno TSV 3"),
            _(
                "Columns of WebAnno and older INCEpTION. It comes in only: export CAS JSON instead, "
                "which loses nothing."
            ),
            (".tsv",),
            read=read_webanno,
            one_file=True,
            recognises=lambda _path, head: head.lstrip(b"\xef\xbb\xbf").startswith(HEAD.encode()),
        ),
    )
