"""What repeats at the top or bottom of the pages of a PDF: headers, footers and page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from annotator.readers.pdf.lines import Line

_ROWS = 3
"""How many lines from the edge may belong to the margin."""

_NEAR = 4.0
"""Points by which the place of a margin may differ from page to page."""


_Places = dict[str, list[tuple[int, float]]]
"""Page and height of the lines of a shape."""


def without_margins(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], Counter[str]]:
    """Return the pages without what repeats at their edges, and how often what was left out.

    What repeats stands at the same height on both pages if there are two, on three and a third of
    all if there are more; numbers in it may change. A line at the edge that counts the pages may
    say something else on each, such as the head of its section.
    """
    needed = max(min(len(pages), 3), len(pages) / 3) if len(pages) > 1 else 2
    places: _Places = defaultdict(list)
    for number, page in enumerate(pages):
        for line in _edges(page, _ROWS):
            places[_shape(line.text)].append((number, line.y))
        for line in _edges(page, 1):
            for shape in _countings(line.text, number):
                places[shape].append((number, line.y))
    left_out = Counter[str]()
    kept = []
    for number, page in enumerate(pages):
        margins = {
            id(line)
            for line in _edges(page, _ROWS)
            if _repeats(_shape(line.text), line.y, places, needed)
        } | {
            id(line)
            for line in _edges(page, 1)
            for shape in _countings(line.text, number)
            if _repeats(shape, line.y, places, min(needed, 3))
        }
        left_out.update(_shape(line.text) for line in page if id(line) in margins)
        kept.append([line for line in page if id(line) not in margins])
    return kept, left_out


def _edges(page: Sequence[Line], rows: int) -> list[Line]:
    """Return what stands upright in the first and last rows of a page."""
    upright = [line for line in page if line.turn == page[0].turn]
    heights = sorted({round(line.y) for line in upright}, reverse=True)
    outer = {*heights[:rows], *heights[-rows:]}
    return [line for line in upright if round(line.y) in outer]


def _repeats(shape: str, y: float, places: _Places, needed: float) -> bool:
    return len({page for page, at in places[shape] if abs(at - y) <= _NEAR}) >= needed


def _shape(text: str) -> str:
    """Return a line with its numbers as "#", as they change from page to page."""
    return re.sub(r"\d+", "#", text)


def _countings(text: str, page: int) -> list[str]:
    """Return a shape for each number at either end of a line, which is the same if it counts pages."""
    numbers = re.findall(r"^\d{1,4}\b|\b\d{1,4}$", text)
    return [f"\0{int(number) - page}" for number in numbers]
