"""One table of an export of ours: its cells by the names of columns, its rows by their article."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

import orjson

from annotator.core.model import Problem
from annotator.formats.lines import Line
from annotator.formats.tables.cells import Row
from annotator.language import _


class Table(NamedTuple):
    """A table with its headings; `rows` reads it from the top, each time it is called.

    The value of a row is a list of texts, still guarded, no longer than the headings; some text is
    in each. `is_quick` tells that to read it twice costs less than to keep it. `name` is for
    messages.
    """

    name: str
    headings: Sequence[str]
    rows: Callable[[], Iterator[Line | Problem]]
    is_quick: bool = True

    def picking(self, names: Sequence[str]) -> Callable[[Row], list[str]]:
        """Return what takes these columns out of a row: "" for one that is not there, or cut off."""
        width = len(self.headings)
        places = [self.headings.index(name) if name in self.headings else width for name in names]

        def pick(row: Row) -> list[str]:
            cells = [*row, *[""] * (width + 1 - len(row))]
            return [cell[1:] if (cell := cells[at])[:1] == "'" else cell for at in places]

        return pick


Order = Mapping[str, int]
"""The articles by their ids, numbered as they stand."""


class RowsByArticle(Protocol):
    """Hands out the rows of a table article by article."""

    def take(self, article: str) -> tuple[list[Line], list[Problem]]:
        """Return the rows of an article, and what is wrong with the rows before and among them."""

    def left_over(self) -> Iterator[Problem]:
        """Yield what is wrong with the rows that no article took."""


def rows_below(rows: Iterator[Line | Problem], width: int) -> Iterator[Line | Problem]:
    """Yield the rows below the headings that say something; one that is too long is told."""
    for row in rows:
        if isinstance(row, Problem):
            yield row
        elif len(row.value) > width and any(row.value[width:]):
            yield too_long(row, width)
        elif any(row.value):
            yield Line(row.place, row.value[:width]) if len(row.value) > width else row


def too_long(row: Line, width: int) -> Problem:
    """Return that a row has more fields than there are columns."""
    told = _("{found} fields, but there are {expected} columns.")
    return Problem(row.place, told.format(found=len(row.value), expected=width))


def rows_by_article(table: Table, order: Order) -> RowsByArticle:
    """Return the rows of a table: read as it goes along if it stands in the order of the articles.

    So it was written; one that was sorted anew is kept until its articles come.
    """
    pick = table.picking(["article"])

    def article(line: Line) -> str:
        return pick(line.value)[0]

    if table.is_quick and _is_in_order(table, article, order):
        return _Streamed(table, article, order)
    return _Kept(table, article, order)


def _is_in_order(table: Table, article: Callable[[Line], str], order: Order) -> bool:
    last = -1
    for row in table.rows():
        if isinstance(row, Line):
            number = order.get(article(row), last)
            if number < last:
                return False
            last = number
    return True


class _Streamed:
    def __init__(self, table: Table, article: Callable[[Line], str], order: Order) -> None:
        self._article = article
        self._order = order
        self._rows = table.rows()
        self._next = next(self._rows, None)

    def take(self, article: str) -> tuple[list[Line], list[Problem]]:
        rows: list[Line] = []
        problems: list[Problem] = []
        while self._next is not None:
            if isinstance(self._next, Problem):
                problems.append(self._next)
            elif (its := self._article(self._next)) == article:
                rows.append(self._next)
            elif its not in self._order:
                problems.append(_strange(self._next.place, its))
            else:
                break
            self._next = next(self._rows, None)
        return rows, problems

    def left_over(self) -> Iterator[Problem]:
        while self._next is not None:
            if isinstance(self._next, Problem):
                yield self._next
            else:
                yield _strange(self._next.place, self._article(self._next))
            self._next = next(self._rows, None)


class _Kept:
    def __init__(self, table: Table, article: Callable[[Line], str], order: Order) -> None:
        self._wrong: list[Problem] = []
        self._rows: dict[str, list[bytes]] = {}
        for row in table.rows():
            if isinstance(row, Problem):
                self._wrong.append(row)
            elif (its := article(row)) in order:
                # Packed, a row takes a tenth of the memory.
                self._rows.setdefault(its, []).append(orjson.dumps([row.place, row.value]))
            else:
                self._wrong.append(_strange(row.place, its))

    def take(self, article: str) -> tuple[list[Line], list[Problem]]:
        return [Line(*orjson.loads(row)) for row in self._rows.pop(article, ())], []

    def left_over(self) -> Iterator[Problem]:
        yield from self._wrong


def _strange(place: str, article: str) -> Problem:
    told = _("Its article “{id}” is not in the table of articles; it was left out.")
    return Problem(place, told.format(id=article))
