"""Texts in the rows of a table: CSV from any program and country, or TSV, with a text column."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator.core.corpus import Found
from annotator.core.formats import AS_IT_IS, Format, Part, Reading
from annotator.core.model import Problem
from annotator.formats.lines import Line, Opened, parse, read_opened, text_of
from annotator.formats.records import TEXT_KEYS, normal, read_records
from annotator.formats.tables import own_csv
from annotator.formats.tables.csv_rows import csv_rows
from annotator.formats.tables.headings import headings_of_csv
from annotator.formats.tables.own_table import too_long
from annotator.formats.tables.writer import TableWriter
from annotator.language import _

_JSON_COLUMNS = frozenset(("spans", "entities", "label", "labels", "relations"))


def read_table(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the articles of a `.csv` or `.tsv` file whose first row names its columns.

    The articles of an export of ours come with what the tables beside them say.
    """
    if own_csv.is_own(path, how):
        return own_csv.read(path, how)

    def read(opened: Opened, name: str) -> Iterator[Found]:
        with text_of(opened) as file:
            records = records_of_rows(csv_rows(file, name), name, how.columns)
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
    missing = lacks_text(columns)
    if missing:
        yield Problem(header.place, missing)
        return
    for row in rows:
        if isinstance(row, Problem):
            yield row
        elif len(row.value) > len(columns):
            yield too_long(row, len(columns))
        elif any(row.value):
            yield from _record(row.place, columns, row.value)


def lacks_text(columns: Sequence[str]) -> str:
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
    return (
        Format(
            "csv",
            _("CSV tables"),
            _(
                "Tables for R, pandas and spreadsheets: articles, annotations, links, entities; "
                "such an export comes back whole. Else one article a row, in a text column."
            ),
            (".csv", ".tsv"),
            read=read_table,
            writer=TableWriter,
            beside=own_csv.beside,
            can_omit_text=True,
            columns=headings_of_csv,
            is_own=own_csv.is_own,
            holds=table_places(),
        ),
    )


def table_places() -> dict[Part, str]:
    """Return where the tables of an export have a place for each part."""
    column = _("a column of its own")
    return {
        "overlaps": _("rows of their own"),
        "fragments": _("a row for each"),
        "links": _("a table of their own"),
        "attributes": column,
        "notes": column,
        "entities": _("a column of its own, and a table of the register"),
        "annotators": column,
        "states": column,
        "metadata": column,
    }
