"""What is annotated in a TEI file: elements in the text, spans and links that point to it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from annotator.core.corpus import Span
from annotator.core.ids import new_id
from annotator.core.model import Link
from annotator.formats.fragments import Pieces
from annotator.formats.safe_xml import Element, local
from annotator.formats.tei.flow import Flow, Place
from annotator.formats.tei.header import Header
from annotator.formats.tei.words import ID, LABELS, TYPED
from annotator.formats.values import from_text, text_from
from annotator.language import _

_RANGE = re.compile(r"#(?:string-range|range)\(#?([^,()\s]+),([\d,\s]+)\)")
_INDEX = re.compile(r"#string-index\(#?([^,()\s]+),\s*(\d+)\s*\)")
_COUNTED = re.compile(r"#(?:string-range|string-index)\(#?([^,()\s]+),")
_POINTERS = re.compile(r"#[A-Za-z-]+\([^)]*\)|\S+")
_ATTRIBUTES = ("type", "subtype", "when", "key", "role", "direct", "aloud", "cert", "n")
"""What TEI's own attributes may say of an annotation of somebody else's."""


class Annotations:
    """Reads what is annotated; `exact` are the ids of elements whose characters are counted."""

    def __init__(self, root: Element, header: Header) -> None:
        self._header = header
        self.problems: list[str] = []
        self._spans: list[Element] = []
        self._links: list[Element] = []
        self._relations: list[Element] = []
        self.exact: set[str] = set()
        for element in root.iter():
            name = local(element) if isinstance(element.tag, str) else ""
            if name == "span":
                self._spans.append(element)
                pointers = " ".join(element.get(key, "") for key in ("target", "from", "to"))
                self.exact.update(_COUNTED.findall(pointers))
            elif name == "link":
                self._links.append(element)
            elif name == "relation":
                self._relations.append(element)
        self._places: dict[str, Place] = {}

    def read(self, flow: Flow, text: str) -> tuple[list[Span], list[Link]]:
        """Return annotations and links, once it is known where in the text each element lies."""
        self._places = {
            place.element.get(ID): place for place in flow.places if place.element.get(ID)
        }
        pieces = Pieces(text)
        joins = list(self._inline(flow, text, pieces))
        notes = self._standoff(text, pieces)
        for one, other in joins:
            pieces.join(one, other)
        spans, names = pieces.spans()
        self.problems += pieces.problems
        ids = {str(key): name for key, name in names.items()}
        noted = {ids[target]: note for target, note in notes.items() if target in ids}
        spans = [span._replace(note=noted.get(span.annotation, "")) for span in spans]
        return spans, list(self._joined(ids))

    # In the text

    def _inline(self, flow: Flow, text: str, pieces: Pieces) -> Iterator[tuple[str, str]]:
        """Add what elements mark; yield which goes on in which."""
        for number, place in enumerate(flow.places):
            element = place.element
            label, rest = self._label(element)
            if not label:
                continue
            name = element.get(ID) or f"element {number}"
            if place.start >= place.end:
                told = _("The {layer} in line {line} holds no text; it was left out.")
                line = element.sourceline
                self.problems.append(told.format(layer=local(element), line=line))
                continue
            pieces.add(name, self._span(element, label, rest, text[place.start : place.end], place))
            if element.get("next"):
                yield name, element.get("next").removeprefix("#")

    def _label(self, element: Element) -> tuple[str, dict[str, Any]]:
        """Return what an element is to us, "" for nothing, and what else it says."""
        for pointer in _pointers(element.get("ana")):
            if label := self._header.label(pointer):
                return label, self._given(element)
        if self._header.is_ours:
            return "", {}
        name = local(element)
        kind = element.get("type", "")
        if name in TYPED:
            if not kind and name != "seg":
                return name, self._attributes(element, without="type")
            return kind, self._attributes(element, without="type")
        return LABELS.get(name, ""), self._attributes(element)

    def _given(self, element: Element) -> dict[str, Any]:
        """Return the attributes that categories say."""
        if not self._header.is_ours:
            return self._attributes(element)
        found = [self._header.attribute(pointer) for pointer in _pointers(element.get("ana"))]
        return dict(pair for pair in found if pair)

    def _attributes(self, element: Element, without: str = "") -> dict[str, Any]:
        names = [name for name in _ATTRIBUTES if name != without and element.get(name)]
        found: dict[str, Any] = {name: element.get(name) for name in names}
        who = [self._who(pointer) for pointer in _pointers(element.get("who"))]
        if who:
            found["who"] = "; ".join(who)
        reference = element.get("ref", "")
        if reference and not self._entity(element):
            found["ref"] = reference
        return found

    def _who(self, pointer: str) -> str:
        """Return the name of who speaks."""
        entity = self._header.entity(pointer)
        if entity:
            return entity.name
        place = self._places.get(pointer)
        return "".join(place.element.itertext()) if place else pointer

    def _entity(self, element: Element) -> str | None:
        for key in ("ref", "corresp"):
            for pointer in _pointers(element.get(key)):
                entity = self._header.entity(pointer)
                if entity:
                    return entity.id
                if self._header.is_ours:
                    return pointer
        return None

    def _span(
        self, element: Element, label: str, rest: Mapping[str, Any], surface: str, place: Place
    ) -> Span:
        pointers = _pointers(element.get("ana"))
        state = next(filter(None, map(self._header.state, pointers)), "accepted")
        resp = next(iter(_pointers(element.get("resp"))), "")
        return Span(
            self._own_id(element),
            label.strip() if not self._header.is_ours else label,
            0,
            place.start,
            place.end,
            surface,
            json.dumps(dict(rest), ensure_ascii=False) if rest else "{}",
            entity=self._entity(element),
            annotator=self._header.annotators.get(resp, ""),
            origin="import",
            state=state if state in ("suggested", "rejected") else "accepted",
        )

    def _own_id(self, element: Element) -> str:
        """Return the id that an annotation of ours had; further parts have none of their own."""
        id_ = element.get(ID) or ""
        is_own = self._header.is_ours and id_.startswith("a-") and not element.get("prev")
        return id_[2:] if is_own else ""

    # Off the text

    def _standoff(self, text: str, pieces: Pieces) -> dict[str, str]:
        """Add what spans point to; return the notes, by the annotation they are about."""
        notes: dict[str, str] = {}
        for number, element in enumerate(self._spans):
            pointers = _pointers(element.get("target"))
            group = element.getparent().get("type", "")
            if group == "notes":
                notes.update(dict.fromkeys(pointers, text_from("".join(element.itertext()))))
                continue
            ranges = self._ranges(element, text)
            if not ranges:
                self.problems.append(self._nowhere(element))
                continue
            name = element.get(ID) or f"span {number}"
            label, rest = self._span_label(element, group)
            for at, (start, end) in enumerate(ranges):
                place = Place(element, start, end)
                span = self._span(element, label, rest, text[start:end], place)
                pieces.add(
                    name if not at else f"{name} {at}",
                    span._replace(annotation=span.annotation if not at else ""),
                )
                if at:
                    pieces.join(name if at == 1 else f"{name} {at - 1}", f"{name} {at}")
        return notes

    def _nowhere(self, element: Element) -> str:
        told = _("The span in line {line} points outside the text, or nowhere; it was left out.")
        return told.format(line=element.sourceline)

    def _span_label(self, element: Element, group: str) -> tuple[str, dict[str, Any]]:
        pointers = _pointers(element.get("ana"))
        label = next(filter(None, map(self._header.label, pointers)), "")
        if label:
            return label, self._given(element)
        label = element.get("type") or next(iter(pointers), "") or group or "span"
        return label, self._attributes(element, without="type")

    def _ranges(self, element: Element, text: str) -> list[tuple[int, int]]:
        """Return where a span points, in our offsets; nothing if any of it is outside."""
        found: list[tuple[int, int]] = []
        if element.get("from"):
            start = self._edge(element.get("from"), is_end=False)
            end = self._edge(element.get("to") or element.get("from"), is_end=True)
            found.append((start, end))
        for pointer in _POINTERS.findall(element.get("target", "")):
            found += self._pointed(pointer)
        is_sound = all(0 <= start < end <= len(text) for start, end in found)
        return sorted(found) if is_sound else []

    def _pointed(self, pointer: str) -> Iterator[tuple[int, int]]:
        counted = _RANGE.fullmatch(pointer)
        if counted and counted[1] in self._places:
            base = self._places[counted[1]]
            numbers = [int(number) for number in counted[2].split(",") if number.strip()]
            for offset, length in zip(numbers[::2], numbers[1::2], strict=False):
                inside = base.start + offset + length <= base.end
                yield (base.start + offset, base.start + offset + length) if inside else (-1, -1)
        elif pointer.removeprefix("#") in self._places:
            place = self._places[pointer.removeprefix("#")]
            yield place.start, place.end
        else:
            yield -1, -1

    def _edge(self, pointer: str, *, is_end: bool) -> int:
        counted = _INDEX.fullmatch(pointer)
        if counted and counted[1] in self._places:
            return self._places[counted[1]].start + int(counted[2])
        place = self._places.get(pointer.removeprefix("#"))
        if place is None:
            return -1
        return place.end if is_end else place.start

    # Links

    def _joined(self, ids: Mapping[str, str]) -> Iterator[Link]:
        seen: set[tuple[str, str, str]] = set()
        for type_, one, other in (*self._linked(), *self._related()):
            source, target = ids.get(one, ""), ids.get(other, "")
            if not source or not target or source == target or (type_, source, target) in seen:
                if self._header.is_ours or (source or target):
                    told = _(
                        "A relation “{name}” joins nothing that came in, or itself, or stands twice."
                    )
                    self.problems.append(told.format(name=type_))
                continue
            seen.add((type_, source, target))
            yield Link(new_id(), type_, source, target)

    def _linked(self) -> Iterator[tuple[str, str, str]]:
        for link in self._links:
            type_ = link.get("type") or link.getparent().get("type") or "link"
            exact = from_text(link.get("n", "")) if self._header.is_ours else None
            ends = _pointers(link.get("target"))
            for other in ends[1:]:
                yield str(exact or type_), ends[0], other

    def _related(self) -> Iterator[tuple[str, str, str]]:
        for relation in self._relations:
            type_ = relation.get("name") or relation.get("type") or "relation"
            for one in _pointers(relation.get("active")):
                for other in _pointers(relation.get("passive")):
                    yield type_, one, other


def _pointers(value: str | None) -> list[str]:
    return [pointer.removeprefix("#") for pointer in (value or "").split()]
