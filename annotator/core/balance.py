"""Quotation marks within an annotation: which open and are not closed there, or close what is not opened.

Apostrophes are no marks, and single marks are left alone because they look like apostrophes.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annotator.core.ranges import Range
from annotator.core.sentences import LINE_ENDS

_SIGN = "[«»“”„‟‹›\"]|``|''|<<|>>"
_MARK = re.compile(_SIGN)
_GUILLEMET = re.compile("«")
_BEHIND = re.compile(rf"[^\S{LINE_ENDS}]*+[.,;:!?…]*+[^\S{LINE_ENDS}]*+({_SIGN})")
_WORD = re.compile(rf"[^\S{LINE_ENDS}]*+\w")
_LINE_END = re.compile(f"[{LINE_ENDS}]|\\Z")
_OPENING = {"«": "«", "<<": "«", "“": "“", "„": "“", "‟": "“", "``": "“", "‹": "‹"}
_CLOSING = {"»": "«", ">>": "«", "”": "“", "''": "“", "›": "‹"}
_FAMILY = {**_OPENING, **_CLOSING, '"': '"'}
_CLOSES = {"«": "«", "“": '“"', '"': '"“', "‹": "‹"}
"""Which families a closing mark of a family may close, the likelier first: straight and curly get mixed."""

_BEFORE_OPENING = frozenset("([{«“„‹‘’'—–-")
_BEHIND_CLOSING = frozenset(",;:.!?…)]}»”›")


@dataclass(frozen=True, slots=True)
class Stray:
    """A mark without its partner, in the fragment of this number. `family` is the usual opening mark."""

    start: int
    end: int
    is_opening: bool
    family: str
    fragment: int


class Marks:
    """The marks of one text, where it is known whether the text quotes «so» or »so«."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._is_reversed = _guillemets_are_reversed(text)

    def strays(self, ranges: Sequence[Range]) -> list[Stray]:
        """Return the marks in some ranges that have no partner in them, in text order.

        An opening mark repeated at the start of a paragraph is right, and one closing mark at the
        very end may close two.
        """
        walk = _Walk(self)
        for number, (start, end) in enumerate(ranges):
            for match in _MARK.finditer(self.text, start, end):
                walk.meet(match.group(), match.start(), match.end(), number)
        return sorted(walk.finish(ranges[-1][1]), key=lambda stray: stray.start)

    def partner_outside(self, ranges: Sequence[Range], stray: Stray) -> Range | None:
        """Return what a fragment has to take in to hold the partner of a stray; None if that is not near.

        That of an opening mark stands just behind the end of its fragment or of a later one, that of
        a closing mark just before the start of its fragment or of an earlier one.
        """
        if not stray.is_opening:
            return self._opening_before(ranges, stray)
        for number in range(stray.fragment, len(ranges)):
            end = ranges[number][1]
            limit = ranges[number + 1][0] if number + 1 < len(ranges) else len(self.text)
            match = _BEHIND.match(self.text, end, limit)
            if match and self._closes(match.group(1), match.start(1), match.end(1), stray.family):
                return end, match.end(1)
        return None

    def closing_behind(self, offset: int, family: str) -> int | None:
        """Return where the next mark behind an offset stands, if it closes the family in this paragraph."""
        line_end = _LINE_END.search(self.text, offset)
        match = _MARK.search(self.text, offset, line_end.start() if line_end else offset)
        if match and self._closes(match.group(), match.start(), match.end(), family):
            return match.start()
        return None

    def opens(self, sign: str, start: int, end: int, *, is_open: bool) -> bool:
        """Tell whether a mark opens, where one of its family `is_open` before it or not."""
        shape = _shape(self.text, start, end)
        if sign == '"':
            return not is_open if shape is None else shape
        usually = sign in _OPENING
        if _FAMILY[sign] == "«":
            return usually != self._is_reversed
        if _FAMILY[sign] == "“" and shape is not None and shape != usually:
            return not is_open  # The habit of another country: „so“, ”so”.
        return usually

    def _closes(self, sign: str, start: int, end: int, family: str) -> bool:
        return family in _CLOSES[_FAMILY[sign]] and not self.opens(sign, start, end, is_open=True)

    def _opening_before(self, ranges: Sequence[Range], stray: Stray) -> Range | None:
        for number in range(stray.fragment, -1, -1):
            start = ranges[number][0]
            limit = ranges[number - 1][1] if number else 0
            at = start
            while at > limit and self.text[at - 1].isspace() and self.text[at - 1] not in LINE_ENDS:
                at -= 1
            for length in (2, 1):
                low = max(limit, at - length)
                sign = self.text[low:at]
                is_kin = _FAMILY.get(sign, "?") in _CLOSES[stray.family]
                if is_kin and self.opens(sign, low, at, is_open=False):
                    return low, start
        return None


@dataclass(slots=True)
class _Walk:
    """One walk over the marks of an annotation with a stack of those that are open."""

    marks: Marks
    _stack: list[Stray] = field(default_factory=list)
    _open: Counter[str] = field(default_factory=Counter)
    _found: list[Stray] = field(default_factory=list)
    _closed: tuple[str, int] = ("", 0)

    def meet(self, sign: str, start: int, end: int, number: int) -> None:
        text, family = self.marks.text, _FAMILY[sign]
        is_open = any(self._open[each] for each in _CLOSES[family])
        if not is_open and (sign == "''" or (sign == '"' and text[start - 1 : start].isdigit())):
            return  # two apostrophes; inches and seconds
        is_opening = self.marks.opens(sign, start, end, is_open=is_open)
        if is_open and _begins_paragraph(text, start):
            if is_opening or _WORD.match(text, end):
                return  # repeated; old typography repeats the closing one
        mark = Stray(start, end, is_opening, family, number)
        if is_opening:
            self._stack.append(mark)
            self._open[family] += 1
        else:
            self._close(mark)

    def finish(self, end: int) -> Iterator[Stray]:
        """Yield what has no partner; a closing mark at the very end may serve for two."""
        family, behind = self._closed
        if self._open[family] and not any(map(str.isalnum, self.marks.text[behind:end])):
            served = next(mark for mark in self._stack if mark.family == family)
            self._stack.remove(served)
        yield from self._found
        yield from self._stack

    def _close(self, mark: Stray) -> None:
        """Close the nearest open mark of the family; what is open inside it has no partner."""
        wanted = next((each for each in _CLOSES[mark.family] if self._open[each]), None)
        if wanted is None:
            self._found.append(mark)
            return
        while self._stack[-1].family != wanted:
            self._found.append(self._pop())
        self._pop()
        self._closed = wanted, mark.end

    def _pop(self) -> Stray:
        mark = self._stack.pop()
        self._open[mark.family] -= 1
        return mark


def _guillemets_are_reversed(text: str) -> bool:
    """Tell whether « mostly closes; » at the start of a line may be one that old typography repeats."""
    shapes = [_shape(text, match.start(), match.end()) for match in _GUILLEMET.finditer(text)]
    return shapes.count(False) * 2 > len(shapes)


def _shape(text: str, start: int, end: int) -> bool | None:
    """Tell by the signs around it whether a mark opens (True) or closes (False); None when unclear."""
    before = start == 0 or text[start - 1].isspace() or text[start - 1] in _BEFORE_OPENING
    behind = end == len(text) or text[end].isspace() or text[end] in _BEHIND_CLOSING
    return before if before != behind else None


def _begins_paragraph(text: str, offset: int) -> bool:
    at = offset
    while at and text[at - 1].isspace():
        at -= 1
        if text[at] in LINE_ENDS:
            return True
    return at == 0
