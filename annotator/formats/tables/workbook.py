"""Excel workbooks: one article a row, in every sheet that has a text column, or an export of ours."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, dropwhile, islice
from pathlib import Path
from typing import Any, NamedTuple

from annotator.core.corpus import Found
from annotator.core.errors import UserError
from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.model import Problem, Remark
from annotator.core.scheme import Scheme, read_scheme
from annotator.core.text import readable
from annotator.formats.lines import Line, refusal
from annotator.formats.records import TEXT_KEYS, normal, read_records
from annotator.formats.tables.csv_tables import lacks_text, records_of_rows, table_places
from annotator.formats.tables.own_table import Table
from annotator.formats.tables.own_tables import are_own, read_tables
from annotator.formats.tables.workbook_tables import DAMAGES, Book, lines_of, opened, tables_of
from annotator.formats.tables.workbook_writer import WorkbookWriter
from annotator.language import _

_HEADER_WITHIN = 20
"""Rows in which the headings may stand: a caption or a date often comes before them."""

_MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_CHUNK = 1 << 20
_LONGEST_TAG = 200


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the articles of a workbook. OSError rises when it breaks off while being read."""
    name = readable(path.name)
    try:
        with opened(path) as book:
            tables = tables_of(book, name)
            if not how.columns and _is_own(tables):
                yield from read_tables(tables, _scheme(path), name)
            else:
                yield from _read_sheets(book, name, how.columns)
    except UserError as error:
        yield refusal(error, name)


def is_own(path: Path, how: Reading) -> bool:
    """Tell an export of ours from a workbook of anybody else's; what cannot be read is not ours."""
    try:
        with opened(path) as book:
            return not how.columns and _is_own(tables_of(book, ""))
    except (UserError, OSError):
        return False


def _is_own(tables: Mapping[str, Table]) -> bool:
    return "articles" in tables and are_own(tables["articles"].headings)


def headings(path: Path, how: Reading) -> Sequence[str]:
    """Return the headings of all sheets, none of an export of ours. Raises UserError, OSError."""
    with opened(path) as book:
        if _is_own(tables_of(book, readable(path.name))):
            return ()
        looked = [_look(sheet, "", how.columns) for sheet in book.worksheets]
    cells = (cell.strip() for found in looked if found for cell in found.header.value)
    return list(dict.fromkeys(cell for cell in cells if cell))


def _scheme(path: Path) -> Scheme:
    """Return the scheme that an export left beside, an empty one if it is not there."""
    beside = path.with_name(f"{path.stem}.scheme.toml")
    beside = beside if beside.is_file() else path.with_name("scheme.toml")
    return read_scheme(beside) if beside.is_file() else Scheme()


class _Looked(NamedTuple):
    """A sheet that says something: the row of its headings, and what they lack ("" when nothing)."""

    sheet: Any
    header: Line
    lacks: str


def _read_sheets(book: Book, name: str, mapping: Mapping[str, str]) -> Iterator[Found]:
    """Yield the articles of every sheet with a text column; if there is none, why."""
    looked = [found for sheet in book.worksheets if (found := _look(sheet, name, mapping))]
    with_text = [found for found in looked if not found.lacks]
    for found in looked:
        if found.lacks:
            told = Remark if with_text else Problem
            yield told(found.header.place, found.lacks)
    records = chain.from_iterable(
        records_of_rows(_from_header(book, found, name), name, mapping) for found in with_text
    )
    yield from read_records(records, name, "")


def _look(sheet: Any, name: str, mapping: Mapping[str, str]) -> _Looked | None:
    """Return the first row of a sheet that can be its headings, else the first that says anything."""
    looked = [
        _Looked(
            sheet, row, lacks_text([mapping.get(cell.strip(), cell.strip()) for cell in row.value])
        )
        for row in islice(lines_of(sheet, name), _HEADER_WITHIN)
        if isinstance(row, Line) and any(cell.strip() for cell in row.value)
    ]
    return next((found for found in looked if not found.lacks), looked[0] if looked else None)


def _from_header(book: Book, found: _Looked, name: str) -> Iterator[Line | Problem]:
    """Yield the rows of a sheet from its headings on."""
    is_text = [normal(cell.strip()) in TEXT_KEYS for cell in found.header.value]
    merged = {
        row: [(column, last) for column, last in cells if not any(is_text[column : column + 1])]
        for row, cells in _merged(book, found.sheet).items()
    }
    rows = _filled_down(lines_of(found.sheet, name), merged)
    return dropwhile(lambda row: row.place != found.header.place, rows)


_Merged = dict[int, list[tuple[int, int]]]
"""Cells merged downwards: by their first row (from 1), their columns (from 0) and last rows."""


def _filled_down(rows: Iterator[Line | Problem], merged: _Merged) -> Iterator[Line | Problem]:
    """Yield rows in which a merged cell says the same in each of its rows: it is written in one."""
    standing: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(rows, start=1):
        if isinstance(row, Problem) or not (merged.get(number) or standing):
            yield row
            continue
        standing = {column: each for column, each in standing.items() if number <= each[0]}
        columns = [*standing, *(column for column, _last in merged.get(number, ()))]
        cells = [*row.value, *[""] * (max(columns, default=-1) + 1 - len(row.value))]
        for column, (_last, value) in standing.items():
            cells[column] = cells[column] or value
        standing |= {column: (last, cells[column]) for column, last in merged.get(number, ())}
        yield Line(row.place, cells)


def _merged(book: Book, sheet: Any) -> _Merged:
    """Return what is merged in a sheet; it stands behind its rows, where openpyxl does not look."""
    from openpyxl.utils import column_index_from_string

    merged: _Merged = {}
    rest = b""
    try:
        with book._archive.open(sheet._worksheet_path) as file:
            while chunk := file.read(_CHUNK):
                for column, first, _column, last in _MERGED.findall(rest + chunk):
                    if first != last:
                        place = column_index_from_string(column.decode()) - 1, int(last)
                        merged.setdefault(int(first), []).append(place)
                rest = chunk[-_LONGEST_TAG:]
    except (*DAMAGES, ValueError, OSError):
        # Its rows, read afterwards, tell where the sheet breaks off.
        return {}
    return merged


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "xlsx",
            _("Excel workbooks"),
            _(
                "The tables of “csv” as sheets of one workbook; such an export comes back whole. Else "
                "one article a row, in every sheet with a text column."
            ),
            (".xlsx", ".xlsm"),
            read=read,
            writer=WorkbookWriter,
            one_file=True,
            holds=table_places(),
            can_omit_text=True,
            columns=headings,
            is_own=is_own,
        ),
    )
