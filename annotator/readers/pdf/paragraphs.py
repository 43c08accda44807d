"""Lines of a PDF joined into paragraphs, where the page leaves no doubt that they go on."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from annotator.readers.pdf.hyphens import Hyphens
from annotator.readers.pdf.lines import Line

_ENDED = re.compile(r"[.!?…:;][»”\"’')\]\s]*$|[»”]$")
_ITEM = re.compile(r"(?:[•◦▪■*·‣–—-]|\d{1,3}[.)])[ \u00a0\u202f]")
_LEADERS = re.compile(r"(?:\. ?){4,} ?\d*$")
_STEP = 1.2
"""How many times the usual distance of two lines makes an empty line between them."""

_SURE = 30
"""Characters: a shorter line, with no more than one below it to compare, may well end on purpose."""

_SENTENCE = 60
"""Characters: as long as no verse."""

_MOSTLY = 0.4
"""The share of lines that go as far as they can, in prose with many short paragraphs."""

_OTHER_SIZE = 1.12
_INDENT = 0.6
"""In sizes of the letters, as are all lengths below."""


@dataclass(frozen=True, slots=True)
class _Column:
    """What the lines of one column have in common: edges and distance in points."""

    left: float
    right: float
    step: float


def paragraphs(lines: Sequence[Line], hyphens: Hyphens) -> Iterator[str]:
    """Yield the paragraphs; within one, a line end stands where it is in doubt whether it ends one."""
    open_text = ""
    before: Sequence[Line] = ()
    for column in _columns(lines):
        shape = _shape(column)
        for number, stretch in enumerate(_stretches(column, shape)):
            between = "\n\n" if number or not before else _over_the_edge(before, column[0])
            is_prose = _is_prose(stretch, shape.right)
            for line, after in zip((None, *stretch), stretch, strict=False):
                if line is not None:
                    between = _between(line, after, shape, is_prose=is_prose)
                if between == "\n\n":
                    yield open_text
                    open_text = after.text
                else:
                    open_text = _joined(open_text, after.text, between, hyphens)
        before = column
    yield open_text


def _joined(text: str, after: str, between: str, hyphens: Hyphens) -> str:
    whole = hyphens.join(text, after)
    if whole is not None:
        return whole
    if between == " " and text.endswith(("’", "'")):
        return text + after
    return f"{text}{between}{after}"


def _columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines of one size that stand below each other, together."""
    column: list[Line] = []
    for line in lines:
        if column and not _is_below(column[-1], line):
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def _is_below(line: Line, after: Line) -> bool:
    return (
        line.page == after.page
        and 0 < line.y - after.y < 3 * line.size
        and after.left < line.right
        and line.left < after.right
        and max(line.size, after.size) < _OTHER_SIZE * min(line.size, after.size)
    )


def _shape(column: Sequence[Line]) -> _Column:
    size = column[0].size
    lefts = Counter(round(line.left / size) for line in column)
    most = max(lefts, key=lambda left: (lefts[left], -left))
    steps = [line.y - after.y for line, after in pairwise(column)]
    return _Column(
        median(line.left for line in column if round(line.left / size) == most),
        max(line.right for line in column),
        median(steps) if steps else 1.2 * size,
    )


def _stretches(column: Sequence[Line], shape: _Column) -> Iterator[list[Line]]:
    """Yield the lines that no empty line parts, together."""
    stretch = [column[0]]
    for line, after in pairwise(column):
        if line.y - after.y > _STEP * min(shape.step, 2 * line.size):
            yield stretch
            stretch = []
        stretch.append(after)
    yield stretch


def _is_prose(stretch: Sequence[Line], right: float) -> bool:
    """Tell lines that mostly go as far as they can, unlike those of a verse or a list."""
    if len(stretch) < 3:
        return len(stretch[0].text) >= _SURE
    full = sum(not _has_room(line, after, right) for line, after in pairwise(stretch))
    return full >= _MOSTLY * (len(stretch) - 1)


def _between(line: Line, after: Line, column: _Column, *, is_prose: bool) -> str:
    """Return what stands between two lines of a stretch: a space, a line end or an empty line."""
    if (
        _is_centred(line, after)
        or _ITEM.match(after.text)
        or _LEADERS.search(line.text)
        or "\t" in line.text + after.text
    ):
        return "\n"
    is_indented = abs(after.left - column.left) > _INDENT * after.size
    hangs = _ITEM.match(line.text) and after.left > line.left
    if is_indented and not hangs and abs(after.left - line.left) > _INDENT * after.size:
        return "\n\n"
    if not _has_room(line, after, column.right):
        return " " if is_prose or _is_sentence(line, after) else "\n"
    return "\n\n" if _ENDED.search(line.text) else "\n"


def _is_centred(line: Line, after: Line) -> bool:
    """Tell lines of a title in the middle of its column: where they end is where they were broken."""
    shift = abs(line.left + line.right - after.left - after.right) / 2
    return shift < 0.1 * line.size and abs(line.left - after.left) > 0.5 * line.size


def _has_room(line: Line, after: Line, right: float) -> bool:
    """Tell whether the first word of the next line would have had room: then the end was meant."""
    word = re.split(r"[ \-]", after.text, maxsplit=1)[0]
    letter = (after.right - after.left) / max(1, len(after.text))
    return right - line.right > letter * (len(word) + 1) + 0.5 * line.size


def _is_sentence(line: Line, after: Line) -> bool:
    """Tell a sentence that goes on from a verse or a list, whose lines are shorter."""
    return len(line.text) >= _SENTENCE and after.text[:1].islower()


def _over_the_edge(before: Sequence[Line], after: Line) -> str:
    """Return what stands between two columns: a space only when a sentence surely goes on."""
    line = before[-1]
    is_same_size = max(line.size, after.size) < _OTHER_SIZE * min(line.size, after.size)
    is_open = not _ENDED.search(line.text) and after.text[:1].islower()
    is_full = len(before) > 1 and not _has_room(line, after, _shape(before).right)
    return " " if is_same_size and is_open and is_full else "\n\n"
