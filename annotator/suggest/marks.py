"""Quotation marks, paired: every family, nested, mixed, repeated, unbalanced; in linear time."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from annotator.suggest.words import CLOSING, OPENING, STOPS, Words

DEPTH = 4
"""Quotations nested deeper than this are no text; they are left out."""

ENOUGH = 4
"""Words a quotation whose end is missing must have to be believed."""

_OPENS = {
    **dict.fromkeys(("«", "<<"), "«"),
    **dict.fromkeys(("“", "„", "‟", "``", ",,"), "“"),
    "‹": "‹",
    **dict.fromkeys(("‘", "‚"), "‘"),
}
_CLOSES = {"»": "«", ">>": "«", "”": "“", "''": "“", "›": "‹"}
_SINGLES = frozenset("'’‘")
_MARKS = frozenset((*_OPENS, *_CLOSES, *_SINGLES, '"'))
_CLOSABLE = {"«": "«", "“": '“"', '"': '"“', "‹": "‹", "‘": "‘"}
"""Which kinds a closing mark of a kind may close, the likelier first: straight and curly get mixed."""

_BEHIND_CLOSING = frozenset(",;:.!?…)]}»”›") | {"''", ">>"}
_SHORTENED = frozenset("em tis twas til cause n round bout ere d s t re ve ll m o".split())
"""What follows an apostrophe that stands for letters left out: ’em, ’tis, rock ’n’ roll."""

Closed = Literal["mark", "end"]


@dataclass(slots=True, eq=False)
class Quoted:
    """What stands between a pair of marks, marks included.

    `parts` are ranges of words, both ends included, one a paragraph. `kind` is the usual opening mark
    of the family; `closed` tells whether a mark closes it or only the end of its paragraph.
    `inside` are the quotations nested in it.
    """

    kind: str
    parts: list[tuple[int, int]]
    closed: Closed
    inside: list["Quoted"] = field(default_factory=list)

    @property
    def first(self) -> int:
        """The opening mark."""
        return self.parts[0][0]

    @property
    def last(self) -> int:
        """The closing mark, or the last word where none closes."""
        return self.parts[-1][1]


@dataclass(slots=True)
class _Open:
    """A mark that waits for its partner. `since` is where it, or its part of this paragraph, begins."""

    kind: str
    since: int
    parts: list[tuple[int, int]] = field(default_factory=list)
    inside: list[Quoted] = field(default_factory=list)


def quotations(words: Words) -> list[Quoted]:
    """Return the outermost quotations between marks, in text order; nested ones hang below them."""
    return _Pairing(words).run()


class _Paragraph:
    """The marks of one paragraph, and what lies ahead of each."""

    def __init__(self, words: Words, marks: Sequence[int]) -> None:
        self._words = words
        self._marks = marks
        self.ahead = self._count_ahead()

    def _count_ahead(self) -> dict[int, int]:
        """Return for each mark how many closing ones behind it no later opening one needs."""
        ahead: dict[int, int] = {}
        free: Counter[str] = Counter()
        for number in reversed(self._marks):
            sign = self._words.surface[number]
            if sign in _OPENS:
                ahead[number] = free[_OPENS[sign]]
                free[_OPENS[sign]] = max(0, free[_OPENS[sign]] - 1)
            elif sign in _CLOSES:
                ahead[number] = free[_CLOSES[sign]]
                free[_CLOSES[sign]] += 1
        return ahead

    @cached_property
    def singles(self) -> list[int]:
        """The single marks and apostrophes that stand alone."""
        return [number for number in self._marks if self._words.surface[number] in _SINGLES]

    @cached_property
    def single_ends(self) -> list[int]:
        """Those of them that may close a quotation and are no possessive."""
        words = self._words
        return [n for n in self.singles if looks(words, n) is False and not is_possessive(words, n)]


class _Pairing:
    """One walk over the marks of a text with a stack of those that are open."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._stack: list[_Open] = []
        self._open: Counter[str] = Counter()
        self._too_deep: Counter[str] = Counter()
        self._found: list[Quoted] = []

    def run(self) -> list[Quoted]:
        words = self._words
        marks = words.where(_MARKS, words.surface)
        self._is_reversed = _guillemets_are_reversed(words, marks)
        for first, end, found in _by_paragraph(words.paragraphs, marks):
            inside = self._enter(first, found) if self._stack else found
            if inside:
                self._paragraph = _Paragraph(words, inside)
                for number in inside:
                    self._meet(number)
            self._leave(end - 1)
        self._finish_open()
        self._found.sort(key=lambda quoted: quoted.first)
        return self._found

    def _enter(self, first: int, inside: list[int]) -> list[int]:
        """Begin a paragraph: what is open goes on if its mark is repeated there, else it has ended."""
        if not self._is_repeated(first):
            self._finish_open()
            return inside
        self._stack[0].since = first
        return inside[1:]

    def _is_repeated(self, first: int) -> bool:
        words, kind = self._words, self._stack[0].kind
        sign = words.surface[first]
        if _CLOSES.get(sign) == kind:  # old typography repeats the closing one
            return first + 1 < len(words) and words.is_word(first + 1)
        return _OPENS.get(sign, sign) == kind

    def _leave(self, last: int) -> None:
        """End a paragraph: only the outermost mark that is open may go on in the next one."""
        self._too_deep.clear()
        while len(self._stack) > 1:
            self._drop()
        if self._stack:
            self._stack[0].parts.append((self._stack[0].since, last))

    def _finish_open(self) -> None:
        """End what was left open at the end of its paragraph, if there is enough of it."""
        if self._stack:
            waiting = self._stack.pop()
            self._open[waiting.kind] -= 1
            self._keep(waiting, "end")

    def _meet(self, number: int) -> None:
        sign = self._words.surface[number]
        if sign in _SINGLES:
            self._meet_single(number, sign)
        elif sign == '"':
            self._meet_straight(number)
        else:
            self._meet_pair(number, sign)

    def _meet_pair(self, number: int, sign: str) -> None:
        """Take a mark whose shape tells whether it opens, unless the blanks around it know better."""
        is_opening = sign in _OPENS
        kind = _OPENS[sign] if is_opening else _CLOSES[sign]
        if kind == "«" and self._is_reversed:
            is_opening = not is_opening
        elif kind == "“":
            # The wrong one of a pair, or the habit of another country: „so“, ”so”.
            shape = looks(self._words, number)
            if shape is False and is_opening and (self._open["“"] or self._open['"']):
                is_opening = False
            elif shape is True and not is_opening and not self._open["“"] and not self._open['"']:
                is_opening = True
        self._begin(kind, number) if is_opening else self._end(kind, number)

    def _meet_straight(self, number: int) -> None:
        words = self._words
        is_open = bool(self._open['"'] or self._open["“"])
        shape = looks(words, number)
        if not is_open and number and words.is_glued(number - 1):
            if words.surface[number - 1][-1:].isdigit() or shape is False:
                return  # inches and seconds, or the end of nothing
        is_opening = not is_open if shape is None else shape
        self._begin('"', number) if is_opening else self._end('"', number)

    def _meet_single(self, number: int, sign: str) -> None:
        """Tell a single mark from an apostrophe: it has a partner."""
        words, shape = self._words, looks(self._words, number)
        if shape is True and not self._open["‘"]:
            if sign == "‘" or self._has_partner(number):
                self._begin("‘", number)
        elif shape is False and self._open["‘"] and sign != "‘":
            if not (is_possessive(words, number) and self._ends_later(number)):
                self._end("‘", number)

    def _has_partner(self, number: int) -> bool:
        words, following = self._words, number + 1
        if following >= len(words) or not words.is_word(following):
            return False
        if words.lower[following] in _SHORTENED or words.surface[following][0].isdigit():
            return False
        ends = self._paragraph.single_ends
        return bisect_right(ends, following) < len(ends)

    def _ends_later(self, number: int) -> bool:
        """Tell whether a better end comes before the next single mark that opens."""
        singles = self._paragraph.singles
        place = bisect_right(singles, number)
        return place < len(singles) and looks(self._words, singles[place]) is False

    def _begin(self, kind: str, number: int) -> None:
        if self._open[kind] and not self._may_nest(kind, number):
            self._end_before(kind, number)
        if len(self._stack) >= DEPTH:
            self._too_deep[kind] += 1
            return
        self._stack.append(_Open(kind, number))
        self._open[kind] += 1

    def _may_nest(self, kind: str, number: int) -> bool:
        """Tell whether a mark of a family that is open begins a quotation inside, not a new one.

        It does if both will be closed, or if one closing mark can serve both: then no sentence has
        ended before it.
        """
        free = self._paragraph.ahead.get(number, 0)
        before = self._words.surface[number - 1]
        return free >= 2 or (free == 1 and before not in STOPS and before not in CLOSING)

    def _end_before(self, kind: str, number: int) -> None:
        """End a quotation whose closing mark was forgotten where its first whole sentence ends."""
        while self._stack[-1].kind != kind:
            self._drop()
        waiting = self._stack.pop()
        self._open[kind] -= 1
        words = self._words
        ends = (n for n in range(waiting.since + ENOUGH, number) if words.ends_sentence(n))
        waiting.parts.append((waiting.since, next(ends, number - 1)))
        self._keep(waiting, "end")

    def _end(self, kind: str, number: int) -> None:
        if self._too_deep[kind]:
            self._too_deep[kind] -= 1
            return
        closable = next((each for each in _CLOSABLE[kind] if self._open[each]), None)
        if closable is None:
            return
        while self._stack[-1].kind != closable:
            self._drop()
        self._close(number)
        if self._open[closable] and self._serves_both(closable, number):
            self._close(number)

    def _serves_both(self, kind: str, number: int) -> bool:
        """Tell whether a closing mark is the last one for a quotation around as well."""
        if self._stack[-1].kind != kind or self._paragraph.ahead.get(number, 1):
            return False
        following = self._words.end_of_paragraph(number) + 1
        if following >= len(self._words):
            return True
        return _OPENS.get(self._words.surface[following]) != kind

    def _close(self, number: int) -> None:
        waiting = self._stack.pop()
        self._open[waiting.kind] -= 1
        waiting.parts.append((waiting.since, number))
        self._keep(waiting, "mark")

    def _keep(self, waiting: _Open, closed: Closed) -> None:
        """Turn an open mark into a quotation, if there is anything in it and, without an end, enough."""
        words = self._words
        least = 1 if closed == "mark" else ENOUGH
        inner = (n for first, last in waiting.parts for n in range(first, last) if words.is_word(n))
        is_believed = closed == "mark" or waiting.kind != "‘"
        if is_believed and sum(1 for _n, _word in zip(range(least), inner, strict=False)) == least:
            quoted = Quoted(waiting.kind, waiting.parts, closed, waiting.inside)
            self._home(waiting).append(quoted)
        else:
            self._home(waiting).extend(waiting.inside)

    def _home(self, waiting: _Open) -> list[Quoted]:
        return self._stack[-1].inside if self._stack else self._found

    def _drop(self) -> None:
        """Forget a mark that nothing closes; what was found inside it moves out."""
        waiting = self._stack.pop()
        self._open[waiting.kind] -= 1
        self._home(waiting).extend(waiting.inside)


def looks(words: Words, number: int) -> bool | None:
    """Tell by the blanks around it whether a mark opens (True) or closes (False); None when unclear."""
    before = number == 0 or not words.is_glued(number - 1)
    if not before:
        sign = words.surface[number - 1]
        before = (sign in OPENING and sign not in "\"'") or words.lower[number - 1][-1] == "'"
    behind = not words.is_glued(number) or words.surface[number + 1] in _BEHIND_CLOSING
    return before if before != behind else None


def is_possessive(words: Words, number: int) -> bool:
    """Tell whether an apostrophe behind an s, before a small letter, makes a possessive."""
    return (
        number > 0
        and words.lower[number - 1][-1] == "s"
        and number + 1 < len(words)
        and words.surface[number + 1][0].islower()
    )


def _guillemets_are_reversed(words: Words, marks: Sequence[int]) -> bool:
    """Tell whether the text quotes »so« rather than «so»."""
    votes = 0
    for number in marks:
        sign = words.surface[number]
        if sign in "«»":
            shape = looks(words, number)
            if shape is not None:
                votes += 1 if shape == (sign == "«") else -1
    return votes < 0


def _by_paragraph(
    paragraphs: Sequence[tuple[int, int]], marks: Sequence[int]
) -> Iterator[tuple[int, int, list[int]]]:
    """Yield first word, end and marks of each paragraph."""
    place = 0
    for first, end in paragraphs:
        begin = place
        while place < len(marks) and marks[place] < end:
            place += 1
        yield first, end, list(marks[begin:place])
