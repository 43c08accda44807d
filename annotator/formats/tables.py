"""Texts in the rows of a table: CSV from any program and country, or TSV, with a text column."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from annotator.core.corpus import Found
from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.model import Problem
from annotator.formats.lines import Line, Opened, parse, read_opened, text_of
from annotator.formats.records import TEXT_KEYS, normal, read_records
from annotator.formats.table_writer import TableWriter
from annotator.language import _

_DELIMITERS = ",;\t|"
_NO_DELIMITER = "\x1f"
"""For a table of a single column, whose texts may hold any of the others."""

_JSON_COLUMNS = frozenset(("spans", "entities", "label", "labels", "relations"))


def read_table(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the articles of a `.csv` or `.tsv` file whose first row names its columns."""

    def read(opened: Opened, name: str) -> Iterator[Found]:
        with text_of(opened) as file:
            records = records_of_rows(_rows(file, name), name, how.columns)
            yield from read_records(records, name, opened.encoding)

    return read_opened(path, read, how)


def records_of_rows(
    rows: Iterator[Line | Problem], name: str, mapping: Mapping[str, str]
) -> Iterator[Line | Problem]:
    """Yield each row of a table below its header as a record; `mapping` renames or drops columns.

    The value of a row is a list of the texts in its cells.
    """
    header = next(rows, None)
    if header is None or isinstance(header, Problem):
        yield header or Problem(name, _("It holds no text."))
        return
    columns = [mapping.get(column.strip(), column.strip()) for column in header.value]
    if not any(columns):
        yield Problem(name, _("It holds no text."))
        return
    missing = _missing_text(columns)
    if missing:
        yield Problem(header.place, missing)
        return
    for row in rows:
        if isinstance(row, Problem):
            yield row
        elif len(row.value) > len(columns):
            yield Problem(
                row.place,
                _("{found} fields, but there are {expected} columns.").format(
                    found=len(row.value), expected=len(columns)
                ),
            )
        elif any(row.value):
            yield from _record(row.place, columns, row.value)


def _rows(file: TextIO, name: str) -> Iterator[Line | Problem]:
    """Yield the rows of a table with the line each begins in, after a look at its delimiter."""
    first = file.readline()
    lines: Iterator[str] = chain([first], file)
    offset = 0
    if first.lower().startswith("sep=") and len(first.rstrip("\r\n")) == 5:
        # Excel may name the delimiter in a line of its own.
        delimiter, lines, offset = first[4], file, 1
    else:
        delimiter = _delimiter(first)
    # The limit is one for the whole program, and an article is longer than the usual 131,072.
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        place = f"{name}:{reader.line_num + offset + 1}"
        try:
            yield Line(place, next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(place, _("Not a row of a table: {reason}.").format(reason=error))


def _delimiter(header: str) -> str:
    """Return the delimiter that stands most often in the header, outside quotes."""
    bare = "".join(header.split('"')[::2])
    best = max(_DELIMITERS, key=bare.count)
    return best if best in bare else _NO_DELIMITER


def _missing_text(columns: Sequence[str]) -> str:
    """Return what is wrong when no column can be the text, or two have one name; else ""."""
    twice = next((column for column in columns if column and columns.count(column) > 1), "")
    if twice:
        return _("The column “{name}” stands twice.").format(name=twice)
    if {"start", "end"} <= {normal(column) for column in columns}:
        return _("It is a table of annotations, not of articles.")
    if any(normal(column) in TEXT_KEYS for column in columns):
        return ""
    return _("No column is known for a text. Name one “text”; there are {names}.").format(
        names=", ".join(_("“{name}”").format(name=column[:40]) for column in columns[:20])
    )


def _record(place: str, columns: Sequence[str], row: Sequence[str]) -> Iterator[Line | Problem]:
    """Yield a row as a record; spans in it are JSON."""
    record: dict[str, Any] = {
        column: value for column, value in zip(columns, row, strict=False) if value and column
    }
    yield from _parse_cells(record, place)
    yield Line(place, record)


def _parse_cells(record: dict[str, Any], place: str) -> Iterator[Problem]:
    for column in [name for name in record if normal(name) in _JSON_COLUMNS]:
        if not record[column].startswith("["):
            continue
        cell = parse(record[column].encode(), place)
        if isinstance(cell, Problem):
            yield cell
        else:
            record[normal(column)] = cell.value
            if normal(column) != column:
                del record[column]


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    column = _("a column of its own")
    return (
        Format(
            "csv",
            _("CSV tables"),
            _(
                "Out: three CSV tables for R, pandas and spreadsheets. "
                "In: one article a row, in a file with a text column."
            ),
            (".csv", ".tsv"),
            read=read_table,
            writer=TableWriter,
            holds={
                "overlaps": _("rows of their own"),
                "fragments": _("a row for each"),
                "links": _("a table of their own"),
                "attributes": column,
                "notes": column,
                "entities": column,
                "annotators": column,
                "states": column,
                "metadata": column,
            },
        ),
    )
