"""Writes a table as CSV: in one piece or not at all, and nothing in it is taken for a formula."""

import contextlib
import csv
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from annotator.core.errors import UserError
from annotator.formats.tables.cells import guarded
from annotator.language import _

_STEP = 200
"""Rows between two looks at whether the table is still wanted."""

Progress = Callable[[int, int], bool]
Row = Sequence[str | float]


def save_rows(
    headings: Sequence[str],
    rows: Iterable[Row],
    out: Path,
    progress: Progress | None = None,
    total: int = 0,
) -> int:
    """Write rows below their headings, and return how many there are.

    UTF-8 with a BOM, commas, CRLF, quotes as in RFC 4180; words are guarded as in our other tables. If
    `progress` returns False, nothing is written and 0 returned. Raises UserError when it cannot be.
    """
    if out.is_dir():
        raise UserError(_("{path} is a folder: name a file in it.").format(path=out))
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        count = _write(beside, headings, rows, progress, total)
        if count is not None:
            beside.replace(out)
    except OSError as error:
        raise UserError(
            _(
                "The table {path} cannot be written: {reason}. Choose another place, "
                "or close the file where it is open."
            ).format(path=out, reason=error.strerror)
        ) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
    return count or 0


def _write(
    path: Path,
    headings: Sequence[str],
    rows: Iterable[Row],
    progress: Progress | None,
    total: int,
) -> int | None:
    """Return how many rows were written, None when nobody wants them any longer."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(headings)
        for count, row in enumerate(rows, 1):
            table.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
            if progress and count % _STEP == 1 and not progress(count, total):
                return None
    return count
