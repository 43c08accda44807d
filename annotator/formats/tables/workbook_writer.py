"""The tables of an export as sheets of one workbook, and each row of it read again."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from annotator.core.corpus import Corpus, LabelledArticle
from annotator.core.errors import UserError
from annotator.core.formats import BY_DEFAULT, Loss, Writer, Writing
from annotator.core.model import Problem
from annotator.formats.holding import loss
from annotator.formats.lines import Line
from annotator.formats.tables.cells import GUARD, Row, further, guarded
from annotator.formats.tables.rows import TableRows
from annotator.formats.tables.workbook_cells import LONGEST, cut
from annotator.formats.tables.workbook_tables import opened, tables_of
from annotator.language import _

ROWS = 1_048_576
COLUMNS = 16_384
"""What one sheet holds."""

_SURELY_SHORT = LONGEST // 8
"""Characters that fit into a cell, however many of them are escaped."""

_NUMBERS = frozenset(("fragment", "fragments", "start", "end"))


class WorkbookWriter(Writer):
    """Writes the sheets articles, annotations, links and entities, the first row frozen.

    All cells are texts, but for offsets and counts. What is longer than a cell goes on in columns of
    its own (`text.2`), what has more rows than a sheet in sheets of its own (`annotations (2)`);
    the reader puts both together.
    """

    walks = 4
    settings: Mapping[str, str] = MappingProxyType(
        {
            "formula guard": GUARD,
            "longer than a cell": "goes on in columns .2, .3, …",
            "control characters": "_x0007_",
        }
    )

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self._labels = {label.id: label for label in corpus.scheme.labels}
        self._tables = TableRows(corpus, with_text=how.text)

    def losses(self) -> Iterator[Loss]:
        """Yield the annotations beyond the first cell of a text; our reader loses nothing of them."""
        for labelled in self.corpus:
            yield from self._beyond(labelled)

    def write(self, target: Path) -> Iterator[Loss]:
        """Write the workbook; openpyxl keeps each sheet in a file of its own until it is saved."""
        from openpyxl import Workbook

        for labelled in self.corpus:
            self._tables.look_at(labelled)
        widths = self._widths()
        book = Workbook(write_only=True)
        try:
            headers = self._tables.headers()
            sheets = {name: _Sheets(book, name, widths[name]) for name in headers}
            for row in self._tables.entities() if "entities" in sheets else ():
                sheets["entities"].put(row)
            for labelled in self.corpus:
                for name, rows in self._rows(labelled).items():
                    for row in rows:
                        sheets[name].put(row)
                yield from self._beyond(labelled)
            book.save(target)
        finally:
            _drop_unsaved(book)

    def differences(self, target: Path) -> Iterator[Problem]:
        """Read the sheets again, as an import does, and compare them row by row with the corpus."""
        with opened(target) as book:
            tables = tables_of(book, target.name)
            if {
                name: list(table.headings) for name, table in tables.items()
            } != self._tables.headers():
                yield Problem(target.name, _("The columns came back changed."))
                return
            found = {name: table.rows() for name, table in tables.items()}
            if "entities" in found:
                yield from _compared("entities", found["entities"], self._tables.entities())
            for labelled in self.corpus:
                expected = self._rows(labelled)
                for name, rows in expected.items():
                    yield from _compared(name, found[name], rows)
                self.held += self._tables.held(expected["articles"], expected["annotations"])
                self.held["link"] += len(expected["links"])
            for name, rest in found.items():
                if next(rest, None) is not None:
                    yield Problem(name, _("There are more rows than expected."))

    def _rows(self, labelled: LabelledArticle) -> dict[str, list[Row]]:
        articles, annotations, links = self._tables.rows(labelled)
        return {"articles": articles, "annotations": annotations, "links": links}

    def _widths(self) -> dict[str, dict[str, int]]:
        """Return for each table how many cells each of its columns needs."""
        headers = self._tables.headers()
        widths = {name: dict.fromkeys(header, 1) for name, header in headers.items()}
        if "entities" in headers:
            _widen(widths["entities"], self._tables.entities())
        for labelled in self.corpus:
            for name, rows in self._rows(labelled).items():
                _widen(widths[name], rows)
        most = max(sum(columns.values()) for columns in widths.values())
        if most > COLUMNS:
            told = _("A sheet has {most} columns, and {count} are needed; export as “csv”.")
            raise UserError(told.format(most=COLUMNS, count=most))
        return widths

    def _beyond(self, labelled: LabelledArticle) -> Iterator[Loss]:
        text = labelled.article.text
        if len(text) <= _SURELY_SHORT or not self.how.text:
            return
        (first, *rest) = cut(guarded(text))
        reason = _(
            "It lies beyond the 32,767 characters that a cell holds: the text goes on in text.2."
        )
        for span in labelled.spans if rest else ():
            if span.end > len(first) and span.n == 0:
                yield loss(labelled, span, self._labels[span.label], "changed", reason)


class _Sheets:
    """The sheets of one table: a further one where the rows are more than a sheet holds."""

    def __init__(self, book: Any, name: str, widths: Mapping[str, int]) -> None:
        self._book = book
        self._name = name
        self._widths = widths
        self._numbers = [heading in _NUMBERS for heading in widths]
        self._count = 0
        self._sheet: Any = None
        self._begin()

    def put(self, row: Row) -> None:
        if self._count % ROWS == 0:
            self._begin()
        cells: list[Any] = []
        columns = zip(row, self._widths.values(), self._numbers, strict=True)
        for value, width, is_number in columns:
            if not value:
                cells += [None] * width
                continue
            parts: list[Any] = [int(value)] if is_number else [self._text(p) for p in cut(value)]
            cells += [*parts, *[None] * (width - len(parts))]
        self._sheet.append(cells)
        self._count += 1

    def _begin(self) -> None:
        number = self._count // ROWS + 1
        self._sheet = self._book.create_sheet(
            self._name if number == 1 else f"{self._name} ({number})"
        )
        self._sheet.freeze_panes = "A2"
        self._sheet.append(
            [
                heading if number == 1 else further(heading, number)
                for heading, width in self._widths.items()
                for number in range(1, width + 1)
            ]
        )
        self._count += 1

    def _text(self, cell: str) -> Any:
        """Return what makes a text of a cell even where openpyxl would see an error value."""
        if cell[:1] != "#":
            return cell or None
        from openpyxl.cell import WriteOnlyCell

        made = WriteOnlyCell(self._sheet)
        made._value, made.data_type = cell, "s"
        return made


def _widen(widths: dict[str, int], rows: Sequence[Row]) -> None:
    for row in rows:
        if max(map(len, row)) > _SURELY_SHORT:
            for heading, value in zip(widths, row, strict=True):
                widths[heading] = max(widths[heading], len(cut(value)))


def _compared(
    name: str, found: Iterator[Line | Problem], expected: Sequence[Row]
) -> Iterator[Problem]:
    for row in expected:
        back = next(found, None)
        if isinstance(back, Problem):
            yield back
        elif back is None or back.value != row:
            yield Problem(f"{name}: {row[0]}", _("The rows came back changed."))


def _drop_unsaved(book: Any) -> None:
    """Remove the files in which openpyxl keeps sheets, where an export ends before they are saved."""
    from openpyxl.utils.exceptions import WorkbookAlreadySaved

    with suppress(WorkbookAlreadySaved):
        for sheet in book.worksheets:
            sheet.close()
            sheet._writer.cleanup()
