"""The headings of a table, for a person to say what its columns are."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from annotator.core.formats import Reading
from annotator.core.model import Problem
from annotator.core.text import readable
from annotator.formats.lines import Line, open_utf8, text_of
from annotator.formats.tables import own_csv
from annotator.formats.tables.csv_rows import csv_rows


def headings_of_csv(path: Path, how: Reading) -> Sequence[str]:
    """Return the headings of a CSV file, none of an export of ours."""
    if own_csv.is_own(path, how):
        return ()
    opened = open_utf8(path, how.encoding)
    with opened.file, text_of(opened) as file:
        return _cells(next(csv_rows(file, readable(path.name)), None))


def _cells(row: Line | Problem | None) -> Sequence[str]:
    if not isinstance(row, Line):
        return ()
    return [cell.strip() for cell in islice(row.value, 200) if cell.strip()]
