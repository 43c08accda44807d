"""The lines of a page of a PDF, in the order in which a person reads them: column after column."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from annotator.readers.pdf.runs import Run

_SPACE = 0.14
"""In sizes of the letters: a gap from here on is a space; the narrowest in justified text is 0.17."""

_GAP = 0.95
"""A gap from here on may part two columns."""

_TAB = 2.0
"""A gap from here on within a line is more than a space."""

_LEAST = 15
"""Characters: a column of text has more in a line; those of a table have fewer."""

_STRETCH = 1.8
"""A distance of two lines from here on is an empty stretch."""

_SPAN = 0.6
"""The share of the width of a page from which a line stands above or below columns."""

_INITIAL = re.compile("(?:[«“\"][ \u00a0\u202f]?)?[^\\W\\d_](?:[’'])?")
"""The large letter that an article begins with, a quotation mark or an apostrophe beside it."""

_LOOKS = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        "\uf0b7": "•",
    }
)
"""Letters that are printed as one, and the bullet of symbol fonts."""

_NO_LETTER = re.compile("[\0-\x08\x0b-\x1f\x7f\ufffd\ud800-\udfff\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column, or a piece of one; lengths are points, `y` goes up. `page` counts from 1.

    `turn` is that of its letters; places are those of the page when they stand upright.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    page: int = 0
    turn: int = 0

    def is_beside(self, other: "Line") -> bool:
        """Whether they stand on one baseline."""
        return abs(self.y - other.y) < 0.5 * min(self.size, other.size)


def pieces_of(runs: Sequence[Run], page: int) -> list[Line]:
    """Return what is drawn without a gap that could part columns, in the order of the file.

    What is turned otherwise than most of the page comes last, as a photographer's name.
    """
    turns = Counter[int]()
    for run in runs:
        turns[run.turn] += len(run.text)
    pieces: list[Line] = []
    for turn, _count in turns.most_common():
        pieces += _with_initials(_pieces([run for run in runs if run.turn == turn], page))
    return pieces


def in_reading_order(pieces: Sequence[Line]) -> list[Line]:
    """Return the lines that the pieces on a page make, as a person reads them."""
    turns = dict.fromkeys(piece.turn for piece in pieces)
    return [
        line
        for turn in turns
        for line in _ordered([piece for piece in pieces if piece.turn == turn])
    ]


def strange(text: str) -> int:
    """Return how many characters are codes of a font that does not say which letters it shows."""
    return text.count("�")


def _pieces(runs: Iterable[Run], page: int) -> Iterator[Line]:
    open_line: Line | None = None
    last: Run | None = None
    for run in runs:
        if last is not None and _is_drawn_twice(run, last):
            continue
        last = run
        line = Line(_cleaned(run.text), run.x0, run.x1, run.y, run.size, page, run.turn)
        if open_line is not None and _goes_on(open_line, line):
            open_line = _joined(open_line, line)
        else:
            if open_line is not None and open_line.text.strip(" "):
                yield _trimmed(open_line)
            open_line = line
    if open_line is not None and open_line.text.strip(" "):
        yield _trimmed(open_line)


def _with_initials(pieces: Iterable[Line]) -> Iterator[Line]:
    """Yield pieces, the large initial of an article together with the line that it begins."""
    initial: Line | None = None
    for piece in pieces:
        if initial is not None and _begins(initial, piece):
            yield replace(piece, text=_begun(initial.text, piece.text))
            initial = None
            continue
        if initial is not None:
            yield initial
        initial = piece if _INITIAL.fullmatch(piece.text) else None
        if initial is None:
            yield piece
    if initial is not None:
        yield initial


def _begins(initial: Line, piece: Line) -> bool:
    is_larger = initial.size > 1.5 * piece.size
    is_level = -0.3 * piece.size <= piece.y - initial.y <= initial.size
    gap = piece.left - initial.right
    return is_larger and is_level and -0.5 * initial.size < gap < _GAP * piece.size


def _begun(initial: str, text: str) -> str:
    """Return an initial with what follows; À is a word, and so is A before a name."""
    is_word = initial[-1] == "À" or (text[:1].isupper() and text[1:2].islower())
    return f"{initial} {text}" if is_word else initial + text


def _is_drawn_twice(run: Run, last: Run) -> bool:
    """Tell a text that is drawn over itself, a little aside, to look bold."""
    return (
        run.text.strip() == last.text.strip()
        and abs(run.x0 - last.x0) < 0.2 * run.size
        and abs(run.y - last.y) < 0.2 * run.size
    )


def _cleaned(text: str) -> str:
    """Return a text without what only its looks need; a code that is no letter becomes "�"."""
    return _NO_LETTER.sub("�", re.sub("[\t\r\n]+", " ", text).translate(_LOOKS))


def _trimmed(line: Line) -> Line:
    return replace(line, text=line.text.strip(" "))


def _goes_on(line: Line, piece: Line) -> bool:
    size = max(line.size, piece.size)
    is_near = abs(line.y - piece.y) < 0.5 * size
    if line.size > 1.5 * piece.size and _INITIAL.fullmatch(line.text):
        is_near = line.is_beside(piece)
    return is_near and -0.5 * size <= piece.left - line.right < _GAP * size


def _joined(line: Line, piece: Line, wide: str = " ") -> Line:
    gap = (piece.left - line.right) / max(line.size, piece.size, 0.1)
    has_space = line.text.endswith(" ") or piece.text.startswith(" ")
    between = wide if gap >= _TAB else " " if gap >= _SPACE and not has_space else ""
    leading = piece if len(piece.text) > len(line.text) else line
    return replace(
        line,
        text=line.text + between + piece.text,
        right=max(line.right, piece.right),
        y=leading.y,
        size=leading.size,
    )


def _ordered(pieces: list[Line]) -> list[Line]:
    """Return the lines in reading order: that of the file, unless it jumps about the page.

    Most programs write one column after the other, and one article after the other, which no
    measuring can tell better. Those that print line by line across the page are put in order.
    """
    jumps = sum(_is_jump(line, after) for line, after in pairwise(pieces))
    if jumps > max(2, 0.2 * len(pieces)):
        return _by_columns(pieces)
    return list(_rows(pieces))


def _is_jump(line: Line, after: Line) -> bool:
    return line.is_beside(after) or after.y > line.y + 1.5 * line.size


def _rows(pieces: Iterable[Line]) -> Iterator[Line]:
    """Yield the pieces with those joined that follow each other to the right on one baseline."""
    row: Line | None = None
    for piece in pieces:
        if row is not None and row.is_beside(piece) and piece.left >= row.right - 0.5 * row.size:
            row = _joined(row, piece, "\t")
        else:
            if row is not None:
                yield row
            row = piece
    if row is not None:
        yield row


def _by_columns(pieces: list[Line]) -> list[Line]:
    """Return lines column after column, and what stands above or below several columns in its place.

    Where one part of the page has other columns than the next, each is read for itself.
    """
    gutter, score = _gutter(pieces)
    slabs = list(_slabs(pieces))
    if len(slabs) > 1 and sum(_gutter(slab)[1] for slab in slabs) > score:
        return [line for slab in slabs for line in _by_columns(slab)]
    if not score:
        return list(_rows(_downwards(pieces)))
    ordered: list[Line] = []
    for band, across in _bands(pieces, gutter):
        left = [piece for piece in band if piece.right <= gutter]
        right = [piece for piece in band if piece.right > gutter]
        for side in (left, right):
            ordered += _by_columns(side) if left and right else _rows(_downwards(side))
        ordered += across
    return ordered


def _slabs(pieces: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield what lies between empty stretches across the page and lines that fill most of it."""
    width = max(piece.right for piece in pieces) - min(piece.left for piece in pieces)
    slab: list[Line] = []
    for piece in _downwards(pieces):
        if slab:
            is_far = slab[-1].y - piece.y > _STRETCH * piece.size
            if is_far or any(_SPAN * width < each.right - each.left for each in (slab[-1], piece)):
                yield slab
                slab = []
        slab.append(piece)
    yield slab


def _downwards(pieces: Iterable[Line]) -> list[Line]:
    """Return pieces from top to bottom and, on one baseline, from left to right."""
    ordered: list[Line] = []
    row: list[Line] = []
    for piece in sorted(pieces, key=lambda piece: -piece.y):
        if row and not row[0].is_beside(piece):
            ordered += sorted(row, key=lambda piece: piece.left)
            row = []
        row.append(piece)
    return ordered + sorted(row, key=lambda piece: piece.left)


def _bands(pieces: Iterable[Line], gutter: float) -> Iterator[tuple[list[Line], list[Line]]]:
    """Yield what lies between lines that cross a gutter, with the line below it, from the top."""
    band: list[Line] = []
    for piece in _downwards(pieces):
        if piece.left < gutter < piece.right:
            yield band, [piece]
            band = []
        else:
            band.append(piece)
    yield band, []


def _gutter(pieces: Sequence[Line]) -> tuple[float, int]:
    """Return where the page falls best into two sides of text, and how many lines speak for it.

    Columns begin where many lines do; a little before is the gutter.
    """
    edges = Counter(round(piece.left / 2) * 2 for piece in pieces)
    candidates = sorted(edge - 2.0 for edge, count in edges.items() if count >= 3)
    score, at = max(((_columned(pieces, at), -at) for at in candidates), default=(0, 0.0))
    return -at, max(0, score)


def _columned(pieces: Sequence[Line], gutter: float) -> int:
    """Return how many lines stand beside another across a gutter, less twice those in the way."""
    score = 0
    for band, across in _bands(pieces, gutter):
        left = [piece for piece in band if piece.right <= gutter]
        right = [piece for piece in band if piece.right > gutter]
        if _is_text(left) and _is_text(right) and _are_side_by_side(left, right):
            score += len(band)
        score -= 2 * len(across)
    return score


def _is_text(side: Sequence[Line]) -> bool:
    return len(side) >= 2 and sum(len(line.text) for line in side) >= _LEAST * len(side)


def _are_side_by_side(left: Sequence[Line], right: Sequence[Line]) -> bool:
    lowest = max(min(line.y for line in side) for side in (left, right))
    highest = min(max(line.y for line in side) for side in (left, right))
    return highest > lowest
