"""Where spans lie on the lines in view: visual runs, right for text that runs both ways."""

import re
from dataclasses import dataclass

from PySide6.QtGui import QTextLine

from annotator.core.text import Utf16
from annotator.gui.article.layout import Line
from annotator.gui.article.spans import Span

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

Run = tuple[float, float]
"""The left and right edge of words that stand side by side, in pixels of the document."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line in view with its place in the article; `is_bidi` when its words may run both ways."""

    line: Line
    start: int
    end: int
    is_bidi: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a span on one row; it `opens` where the span begins and `closes` where it ends."""

    span: Span
    row: Row
    runs: list[Run]
    opens: bool
    closes: bool
    lane: int = 0


def row_of(line: Line, utf16: Utf16, shown: str) -> Row:
    """Return a line with its offsets."""
    start, end = utf16.from_qt(line.position), utf16.from_qt(line.end_position)
    return Row(
        line, start, end, line.is_rtl or _RIGHT_TO_LEFT.search(shown, start, end) is not None
    )


def piece_of(span: Span, row: Row, utf16: Utf16, lane: int = 0) -> Piece | None:
    """Return what of a span lies on a row, None when it is nothing that shows."""
    runs = runs_of(row, span.start, span.end, utf16)
    if not runs:
        return None
    return Piece(span, row, runs, span.start >= row.start, span.end <= row.end, lane)


def runs_of(row: Row, start: int, end: int, utf16: Utf16) -> list[Run]:
    """Return the visual runs of `[start, end)` on a row, from left to right."""
    first = max(utf16.to_qt(start), row.line.position) - row.line.block_position
    last = min(utf16.to_qt(end), row.line.end_position) - row.line.block_position
    if first >= last:
        return []
    if row.is_bidi:
        return _joined_cells(row, first, last)
    line, left = row.line.line, row.line.left
    right = min(_x(line, last), line.naturalTextRect().right())
    begin = _x(line, first)
    return [(left + begin, left + max(right, begin + 1))]


def caret_x(row: Row, position: int) -> float:
    """Return where the caret stands before a position of Qt's, in pixels of the document."""
    return row.line.left + _x(row.line.line, position - row.line.block_position)


def _joined_cells(row: Row, first: int, last: int) -> list[Run]:
    """Return the runs of a stretch whose words may run both ways, glyph by glyph.

    Where the direction turns, Qt's caret stands at the far end of one of the two runs, so its
    places do not tell where a character is.
    """
    cells: list[Run] = []
    for glyphs in row.line.line.glyphRuns(first, last - first):
        advances = glyphs.rawFont().advancesForGlyphIndexes(glyphs.glyphIndexes())
        for place, advance in zip(glyphs.positions(), advances, strict=True):
            left = row.line.left + place.x()
            cells.append((left, left + advance.x()))
    runs: list[Run] = []
    for x0, x1 in sorted(cells):
        if runs and x0 <= runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], max(x1, runs[-1][1]))
        elif x1 > x0:
            runs.append((x0, x1))
    return runs


def _x(line: QTextLine, position: int) -> float:
    # PySide6 returns the position it settled on as well.
    answer: object = line.cursorToX(position)
    x = answer[0] if isinstance(answer, tuple) else answer
    assert isinstance(x, float)
    return x
