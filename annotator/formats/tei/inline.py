"""An article as TEI elements within one another: what crosses goes in parts, joined by next and prev."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple

from annotator.core.corpus import LabelledArticle, Span, by_annotation
from annotator.core.formats import Overlap
from annotator.formats.safe_xml import Element, blanked
from annotator.formats.tei.words import ID, PHRASES, REFERRING, Kind, kind_of, tag
from annotator.formats.tei.writing import Sheet, add, text_element


class Part(NamedTuple):
    """A stretch of an annotation that nothing crosses; `order` is that of annotations in the article."""

    start: int
    end: int
    order: int


def parts_of(spans: Iterable[Span]) -> list[Part]:
    """Return fragments cut where another ends inside them, so that all lie within one another.

    In the order in which elements open.
    """
    waiting: list[tuple[int, int, int]] = []
    for order, group in enumerate(by_annotation(spans)):
        for span in group:
            heappush(waiting, (span.start, -span.end, order))
    open_: list[int] = []
    parts = []
    while waiting:
        start, minus_end, order = heappop(waiting)
        while open_ and open_[-1] <= start:
            open_.pop()
        end = min(-minus_end, open_[-1]) if open_ else -minus_end
        if end < -minus_end:
            heappush(waiting, (end, minus_end, order))
        open_.append(end)
        parts.append(Part(start, end, order))
    return parts


def crossing(labelled: LabelledArticle, overlap: Overlap) -> set[str]:
    """Return which annotations go, of two that cross, when only the outer or the inner may stay."""
    if overlap not in ("outermost", "innermost"):
        return set()
    groups = list(by_annotation(labelled.spans))
    sizes = [sum(span.end - span.start for span in group) for group in groups]
    pairs = list(_crossing_pairs(groups))
    gone: set[int] = set()
    for one, other in pairs:
        if one in gone or other in gone:
            continue
        shorter, longer = sorted((one, other), key=lambda order: (sizes[order], -order))
        gone.add(shorter if overlap == "outermost" else longer)
    return {groups[order][0].annotation for order in gone}


def _crossing_pairs(groups: list[list[Span]]) -> Iterator[tuple[int, int]]:
    """Yield each two annotations of which one begins inside the other and ends beyond it."""
    rows = sorted(
        (span.start, -span.end, order) for order, group in enumerate(groups) for span in group
    )
    open_: list[tuple[int, int]] = []
    for start, minus_end, order in rows:
        open_ = [each for each in open_ if each[0] > start]
        for end, other in open_:
            if end < -minus_end and other != order:
                yield other, order
        open_.append((-minus_end, order))


@dataclass(slots=True)
class _Open:
    element: Element
    end: int


class Inline:
    """Writes the text of one article with its annotations as elements."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._text = blanked(sheet.labelled.article.text)
        self._groups = list(by_annotation(sheet.labelled.spans))
        self._parts = parts_of(sheet.labelled.spans)
        self._counts: dict[int, int] = {}
        self._totals: dict[int, int] = {}
        for part in self._parts:
            self._totals[part.order] = self._totals.get(part.order, 0) + 1
        self._speakers = _speakers(sheet)

    def file(self) -> bytes:
        """Return the TEI file."""
        text, body = text_element()
        body.text = "\n"
        begin = 0
        waiting = iter((*self._parts, None))
        part = next(waiting)
        for end in self._block_ends():
            block = add(body, "p")
            block.tail = "\n"
            open_ = [_Open(block, end)]
            at = begin
            while part is not None and part.start < end:
                at = self._close(open_, at, part.start)
                self._put(open_[-1].element, at, part.start)
                at = part.start
                open_.append(_Open(self._element(open_[-1].element, part), part.end))
                part = next(waiting)
            at = self._close(open_, at, end)
            self._put(block, at, end)
            begin = end + 1
        return self._sheet.root(text)

    def _block_ends(self) -> Iterator[int]:
        """Yield the line ends that no annotation goes over, and the end of the text."""
        ends = [span for group in self._groups for span in group]
        starts = sorted((span.start, span.end) for span in ends)
        reach: list[int] = []
        for _start, end in starts:
            reach.append(max(end, reach[-1] if reach else 0))
        firsts = [start for start, _end in starts]
        for offset, char in enumerate(self._text):
            if char == "\n":
                # An annotation that begins here or before and ends behind keeps the line together.
                before = bisect_right(firsts, offset)
                if not before or reach[before - 1] <= offset:
                    yield offset
        yield len(self._text)

    def _close(self, open_: list[_Open], at: int, until: int) -> int:
        """Close what ends before a place, with the text up to there; return how far the text is."""
        while len(open_) > 1 and open_[-1].end <= until:
            done = open_.pop()
            self._put(done.element, at, done.end)
            at = done.end
        return at

    def _put(self, parent: Element, start: int, end: int) -> None:
        """Add text behind what an element holds so far; a line break in it is marked as one."""
        first, *lines = self._text[start:end].split("\n")
        _append(parent, first)
        for line in lines:
            add(parent, "lb").tail = f"\n{line}"

    def _element(self, parent: Element, part: Part) -> Element:
        span = self._groups[part.order][0]
        label = self._sheet.names[span.label]
        kind = kind_of(label)
        made = add(parent, kind.element, type=kind.type)
        if kind.element == "said":
            _unfit(parent, self._sheet)
        self._identify(made, part, span)
        made.set("ana", self._sheet.categories.of(span, label))
        if resp := self._sheet.categories.resp(span):
            made.set("resp", resp)
        if entity := self._sheet.entity(span):
            made.set("ref" if kind.element in REFERRING else "corresp", entity)
        if kind.element == "said":
            self._say(made, span)
        return made

    def _identify(self, made: Element, part: Part, span: Span) -> None:
        """Give an element its id, and the ids of the parts before and behind it."""
        id_ = self._sheet.ids[span.annotation]
        number = self._counts[part.order] = self._counts.get(part.order, 0) + 1
        made.set(ID, _numbered(id_, number))
        if number > 1:
            made.set("prev", f"#{_numbered(id_, number - 1)}")
        if number < self._totals[part.order]:
            made.set("next", f"#{_numbered(id_, number + 1)}")

    def _say(self, made: Element, span: Span) -> None:
        """Tell of a quote what TEI has words for: whose it is, and whether it is direct."""
        if who := self._speakers.get(span.annotation):
            made.set("who", " ".join(who))
        type_ = json.loads(span.attributes).get("type")
        if type_ in ("direct", "indirect"):
            made.set("direct", "true" if type_ == "direct" else "false")


def _numbered(id_: str, number: int) -> str:
    return id_ if number == 1 else f"{id_}.{number}"


def _speakers(sheet: Sheet) -> dict[str, list[str]]:
    """Return what fills the slot “source” of each annotation: the entity, else the mention."""
    heads = {span.annotation: span for span in sheet.labelled.spans if span.n == 0}
    found: dict[str, list[str]] = {}
    for link in sheet.labelled.links:
        if link.type in ("source", "speaker"):
            target = heads[link.to_id]
            pointer = sheet.entity(target) or f"#{sheet.ids[link.to_id]}"
            found.setdefault(link.from_id, []).append(pointer)
    return found


def _unfit(parent: Element, sheet: Sheet) -> None:
    """Make segments of the elements around that may not hold what is said."""
    while parent is not None:
        name = str(parent.tag).rpartition("}")[2]
        if name in PHRASES:
            parent.tag = tag("seg")
            parent.set("type", Kind(name).element)
            if "ref" in parent.attrib:
                parent.set("corresp", parent.attrib.pop("ref"))
        parent = parent.getparent()


def _append(parent: Element, text: str) -> None:
    if not text:
        return
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
