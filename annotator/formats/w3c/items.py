"""The annotations of a Web Annotation file one by one: labels, notes, places, and links between them."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.core.corpus import Span
from annotator.core.ids import new_id
from annotator.core.model import Link
from annotator.core.text import LineEnds, Utf16
from annotator.formats.fragments import Pieces
from annotator.formats.quoting import Quoted, find
from annotator.formats.values import from_text
from annotator.formats.w3c.words import id_of, own
from annotator.language import _, n_

_CHARACTERS = re.compile(r"(?:.*#)?char=(\d+),(\d+)")
_STATES = frozenset(("suggested", "rejected"))

Row = Mapping[str, Any]


@dataclass(slots=True)
class Item:
    """An annotation with its bodies and targets as objects."""

    row: Row
    bodies: list[Row] = field(default_factory=list)
    targets: list[Row] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its IRI, "" without one."""
        given = self.row.get("id", self.row.get("@id"))
        return given if isinstance(given, str) else ""

    @property
    def motivation(self) -> str:
        """Why it was made, in one word."""
        given = self.row.get("motivation")
        first = given[0] if isinstance(given, list) and given else given
        return first.rpartition("/")[2].rpartition("#")[2] if isinstance(first, str) else ""

    @property
    def is_placed(self) -> bool:
        """Whether it says where in a text it is."""
        return any("selector" in target or _fragment(target) for target in self.targets)

    @property
    def sources(self) -> Iterator[str]:
        """What it is about."""
        for target in self.targets:
            source = target.get("source", target.get("id"))
            given = source.get("id") if isinstance(source, dict) else source
            if isinstance(given, str):
                yield given
                yield given.partition("#")[0]


def items_of(value: Any) -> list[Item] | None:
    """Return the annotations of a list, a page, a collection or a graph; None if it is none of them."""
    if isinstance(value, dict):
        first = value.get("first")
        for key in ("items", "@graph", "resources"):
            if isinstance(value.get(key), list):
                return items_of(value[key])
        if isinstance(first, dict):
            return items_of(first)
        value = [value] if "target" in value else None
    if not isinstance(value, list):
        return None
    rows = [row for row in value if isinstance(row, dict) and "target" in row]
    return [_item(row) for row in rows] if rows or not value else None


def _item(row: Row) -> Item:
    bodies: list[Row] = [_object(each) for each in _listed(row.get("body"))]
    if isinstance(row.get("bodyValue"), str):
        bodies.append({"value": row["bodyValue"], "purpose": "commenting"})
    targets: list[Row] = [_object(each) for each in _listed(row["target"])]
    return Item(row, bodies, targets)


def _object(given: Any) -> Row:
    return given if isinstance(given, dict) else {"id": given}


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list):
        return [each for each in value if isinstance(each, dict | str)]
    return [value] if isinstance(value, dict | str) else []


def _fragment(target: Row) -> tuple[int, int] | None:
    for given in (target.get("id"), target.get("value")):
        match = _CHARACTERS.fullmatch(given) if isinstance(given, str) else None
        if match:
            return int(match[1][:10]), int(match[2][:10])
    return None


@dataclass(slots=True)
class _Spot:
    """Where a target says that it is, in whatever unit; -1 and "" where it does not say."""

    start: int = -1
    end: int = -1
    quoted: Quoted | None = None


class Items:
    """Puts annotations on one text; `problems` and `remarks` gather what does not fit."""

    def __init__(self, raw: str, ends: LineEnds) -> None:
        self._raw = raw
        self._ends = ends
        self.text = ends.text
        self.problems: list[str] = []
        self.remarks: list[str] = []
        self._offset: Callable[[int], int] = ends.offset
        self._counted: Counter[str] = Counter()

    def read(
        self, items: Sequence[Item], everything: Sequence[Item]
    ) -> tuple[list[Span], list[Link]]:
        """Return annotations and the links between them."""
        placed = [item for item in items if item.is_placed]
        spots = [[_spot(target) for target in item.targets] for item in placed]
        self._choose_unit([spot for group in spots for spot in group])
        pieces = Pieces(self.text)
        for number, (item, group) in enumerate(zip(placed, spots, strict=True)):
            self._add(pieces, item.id or f"item {number}", item, group)
        spans, names = pieces.spans()
        ids = {str(name): id_ for name, id_ in names.items()}
        links = list(self._links(everything, ids))
        self._tell(everything, ids)
        return spans, links

    def _choose_unit(self, spots: Sequence[_Spot]) -> None:
        """Take positions for UTF-16 units, as browsers count, where that makes more quotes fit."""
        if self._raw.isascii():
            return
        utf16 = Utf16(self._raw)
        both = [spot for spot in spots if spot.quoted and spot.quoted.exact and spot.start >= 0]

        # Not of self: an import runs without the search for cycles, and this would be one.
        ends = self._ends

        def in_utf16(position: int) -> int:
            return ends.offset(utf16.from_qt(position))

        def fitting(offset: Callable[[int], int]) -> int:
            return sum(self._fits(offset(spot.start), offset(spot.end), spot) for spot in both)

        if fitting(in_utf16) > fitting(self._ends.offset):
            self._offset = in_utf16
            self.remarks.append(_("Positions count UTF-16 units; they were converted."))

    def _fits(self, start: int, end: int, spot: _Spot) -> bool:
        if not 0 <= start < end <= len(self.text):
            return False
        return not spot.quoted or self.text[start:end] == LineEnds(spot.quoted.exact).text

    def _add(self, pieces: Pieces, name: str, item: Item, spots: Sequence[_Spot]) -> None:
        ranges = [self._range(spot) for spot in spots if spot.start >= 0 or spot.quoted]
        if not ranges or None in ranges:
            said = "; ".join(spot.quoted.exact for spot in spots if spot.quoted)
            told = _("“{said}” is not where its position is, nor once elsewhere; it was left out.")
            self.problems.append(told.format(said=said[:60] or name))
            return
        label, columns = self._dressed(item)
        before = ""
        for number, (start, end) in enumerate(sorted(filter(None, ranges))):
            piece = name if not number else f"{name} {number}"
            id_ = id_of(item.id, "annotation") if not number else ""
            span = Span(id_, label, 0, start, end, self.text[start:end], origin="import")
            pieces.add(piece, span._replace(**columns))
            if number:
                pieces.join(before, piece)
            before = piece

    def _range(self, spot: _Spot) -> tuple[int, int] | None:
        start, end = self._offset(spot.start), self._offset(spot.end)
        if spot.start >= 0 and self._fits(start, end, spot):
            return start, end
        found = find(self.text, spot.quoted) if spot.quoted else None
        self._counted["found"] += found is not None and spot.start >= 0
        return found

    def _dressed(self, item: Item) -> tuple[str, dict[str, Any]]:
        """Return the label of an annotation, and the columns of what else it says."""
        tags, notes, attributes = [], [], {}
        entity = None
        for body in item.bodies:
            value, purpose = body.get("value"), str(body.get("purpose", "")).rpartition("/")[2]
            if own("attribute") in body:
                attributes[str(body[own("attribute")])] = from_text(str(value))
            elif not isinstance(value, str):
                address = _address(body)
                if purpose != "identifying":
                    tags += [re.split(r"[/#]", address.rstrip("/#"))[-1]] if address else []
                elif known := id_of(address, "entity"):
                    entity = known
                elif address:
                    attributes["ref"] = address
            elif purpose in ("tagging", "classifying"):
                tags.append(value)
            else:
                notes.append(value)
        label = tags[0] if tags and tags[0].strip() else item.motivation or "annotation"
        if tags[1:]:
            attributes["tags"] = tags[1:]
        state = item.row.get(own("state"))
        return label, {
            "attributes": json.dumps(attributes, ensure_ascii=False) if attributes else "{}",
            "note": "\n".join(notes),
            "entity": entity or None,
            "annotator": _creator(item.row),
            "state": state if state in _STATES else "accepted",
            "created": _text(item.row, "created"),
            "updated": _text(item.row, "modified"),
        }

    def _links(self, items: Sequence[Item], ids: Mapping[str, str]) -> Iterator[Link]:
        seen: set[tuple[str, str, str]] = set()
        for item in items:
            if item.motivation != "linking" or item.is_placed:
                continue
            values = [body["value"] for body in item.bodies if isinstance(body.get("value"), str)]
            type_ = values[0] if values and values[0].strip() else "linking"
            others = [body["id"] for body in item.bodies if isinstance(body.get("id"), str)]
            for one in (str(target.get("id")) for target in item.targets):
                for other in others:
                    ends = type_, ids.get(one, ""), ids.get(other, "")
                    if not ends[1] and not ends[2]:
                        continue
                    if not all(ends) or ends[1] == ends[2] or ends in seen:
                        self._not_joined(type_)
                        continue
                    seen.add(ends)
                    id_ = id_of(item.id, "link") or new_id()
                    creator, created = _creator(item.row), _text(item.row, "created")
                    yield Link(id_ if len(others) == 1 else new_id(), *ends, creator, created)

    def _not_joined(self, type_: str) -> None:
        told = _("A relation “{name}” joins nothing that came in, or itself, or stands twice.")
        self.problems.append(told.format(name=type_))

    def _tell(self, items: Sequence[Item], ids: Mapping[str, str]) -> None:
        found = self._counted["found"]
        if found:
            told = n_(
                "{count} position did not fit; its place was found by what is quoted.",
                "{count} positions did not fit; their places were found by what is quoted.",
                found,
            )
            self.remarks.append(told.format(count=found))
        replies = sum(
            item.motivation != "linking" and any(str(t.get("id")) in ids for t in item.targets)
            for item in items
        )
        if replies:
            told = n_(
                "{count} annotation is about another annotation; it was passed over.",
                "{count} annotations are about other annotations; they were passed over.",
                replies,
            )
            self.remarks.append(told.format(count=replies))


def _spot(target: Row) -> _Spot:
    """Return where a target is, by all the selectors it has."""
    spot = _Spot()
    if fragment := _fragment(target):
        spot.start, spot.end = fragment
    for selector in _listed(target.get("selector")):
        if not isinstance(selector, dict):
            continue
        start, end, exact = (selector.get(key) for key in ("start", "end", "exact"))
        if type(start) is int and type(end) is int and start >= 0:
            spot.start, spot.end = start, end
        elif isinstance(exact, str):
            spot.quoted = Quoted(exact, _text(selector, "prefix"), _text(selector, "suffix"))
        elif fragment := _fragment(selector):
            spot.start, spot.end = fragment
    if spot.quoted:
        spot.quoted = spot.quoted._replace(near=spot.start)
    return spot


def _address(body: Row) -> str:
    """Return the address of what a body refers to."""
    source = body.get("source", body.get("id"))
    given = source.get("id") if isinstance(source, dict) else source
    return given if isinstance(given, str) else ""


def _creator(row: Row) -> str:
    creator = next(iter(_listed(row.get("creator"))), "")
    if isinstance(creator, dict):
        return _text(creator, "name") or _text(creator, "nickname") or _text(creator, "id")
    return str(creator)


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""
