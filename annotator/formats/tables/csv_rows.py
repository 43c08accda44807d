"""The rows of a CSV file from any program and country, each with the line it begins in."""

import csv
from collections.abc import Iterator
from itertools import chain
from typing import TextIO

from annotator.core.model import Problem
from annotator.formats.lines import Line
from annotator.language import _

_DELIMITERS = ",;\t|"
_NO_DELIMITER = "\x1f"
"""For a table of a single column, whose texts may hold any of the others."""


def csv_rows(file: TextIO, name: str) -> Iterator[Line | Problem]:
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
