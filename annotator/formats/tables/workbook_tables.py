"""A workbook opened without harm, and the tables of an export of ours in its sheets."""

import errno
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from annotator.core.errors import UserError
from annotator.core.model import Problem
from annotator.formats.lines import Line
from annotator.formats.tables.cells import Row, first_part, unguarded
from annotator.formats.tables.own_table import Table, rows_below
from annotator.formats.tables.rows import NAMES
from annotator.formats.tables.workbook_cells import text_of
from annotator.language import _

_LARGEST = 4 << 30
_IN_MEMORY = 512 << 20
"""Bytes that a workbook may unpack to: its sheets, that are streamed, and all else."""

_RATIO = 500
"""How many times its packed size a part may unpack to, beyond the first 4 MB."""

_MOST_ROWS = 1_048_576
_SHEET = re.compile(rf"({'|'.join(NAMES)})(?: \((\d+)\))?")

DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError)
"""What a damaged zip file raises."""

Book = Any
"""A workbook of openpyxl, which says nothing of its types."""


@contextmanager
def opened(path: Path) -> Iterator[Book]:
    """Open a workbook to be read row by row, formulas by the value last computed.

    Raises UserError when it is none.
    """
    from openpyxl import load_workbook

    _refuse_harm(path)
    # It warns of whatever it passes over: styles, extensions, validation.
    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # Whatever a damaged file makes of openpyxl, the rest must come in.
        if _is_of_the_disk(error):
            raise
        raise UserError(_damaged()) from error
    try:
        yield book
    finally:
        book.close()


def _refuse_harm(path: Path) -> None:
    """Raise UserError for what is no workbook, and for one that would fill the memory."""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UserError(
            _("It is protected by a password, or an old .xls file. Save it as .xlsx, without one.")
        )
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (*DAMAGES, ValueError, OSError) as error:
        if _is_of_the_disk(error):
            raise
        raise UserError(_damaged()) from error
    sheets = [part for part in parts if "/worksheets/" in part.filename]
    rest = sum(part.file_size for part in parts if part not in sheets)
    is_bomb = any(part.file_size > max(4 << 20, _RATIO * part.compress_size) for part in parts)
    if is_bomb or rest > _IN_MEMORY or sum(part.file_size for part in sheets) > _LARGEST:
        raise UserError(_("It unpacks to more than any text would; it was not read."))


def _is_of_the_disk(error: Exception) -> bool:
    """Tell what the disk says; a damaged list of parts sends us before the beginning of the file."""
    return isinstance(error, OSError) and error.errno != errno.EINVAL


def _damaged() -> str:
    return _("It is damaged or no Excel workbook: it cannot be opened. Fetch or save it again.")


def lines_of(sheet: Any, name: str) -> Iterator[Line | Problem]:
    """Yield the rows of a sheet as texts, each with its place; `name` is the file's in messages."""
    number = 0
    # What a sheet says of its own size may be anything.
    sheet.reset_dimensions()
    try:
        for number, row in enumerate(
            sheet.iter_rows(max_row=_MOST_ROWS, values_only=True), start=1
        ):
            yield Line(place_of(name, sheet.title, number), [text_of(value) for value in row])
    except Exception as error:  # As above: openpyxl may stumble at any row.
        if _is_of_the_disk(error):
            raise
        told = _("The sheet is damaged behind this row ({reason}).")
        reason = type(error).__name__
        yield Problem(place_of(name, sheet.title, number), told.format(reason=reason))


def place_of(name: str, sheet: str, row: int) -> str:
    """Return how messages name a row of a workbook."""
    return _("{file}, sheet {sheet}, row {row}").format(file=name, sheet=sheet, row=row)


def tables_of(book: Book, name: str) -> Mapping[str, Table]:
    """Return the tables of an export of ours that a workbook holds, as far as their names tell."""
    sheets: dict[str, dict[int, Any]] = {}
    for sheet in book.worksheets:
        found = _SHEET.fullmatch(sheet.title)
        if found:
            sheets.setdefault(found[1], {})[int(found[2] or 1)] = sheet
    return {
        table: _table([parts[number] for number in sorted(parts)], name)
        for table in NAMES
        if (parts := sheets.get(table))
    }


def _table(sheets: Sequence[Any], name: str) -> Table:
    header = next(lines_of(sheets[0], name), None)
    given = list(map(unguarded, header.value)) if isinstance(header, Line) else []
    parts = _parts(given)
    headings = [given[places[0]] for places in parts]

    def rows() -> Iterator[Line | Problem]:
        for sheet in sheets:
            found = lines_of(sheet, name)
            next(found, None)
            yield from (
                row
                if isinstance(row, Problem)
                else Line(row.place, _joined(row.value, parts, len(given)))
                for row in rows_below(found, len(given))
            )

    return Table(f"{name}, {sheets[0].title}", headings, rows, is_quick=False)


def _parts(headings: Sequence[str]) -> list[list[int]]:
    """Return for each column its place, and behind it the places of the columns it goes on in."""
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        first = first_part(heading)
        places.setdefault(first if first in places else heading, []).append(place)
    return list(places.values())


def _joined(row: Row, parts: Sequence[Sequence[int]], width: int) -> Row:
    """Return a row with a cell for each column; cells at its end may be missing, being empty."""
    cells = [*row, *[""] * (width - len(row))]
    if len(parts) == width:
        return cells
    return [
        cells[first] + "".join(unguarded(cells[place]) for place in rest) for first, *rest in parts
    ]
