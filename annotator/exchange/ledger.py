"""Writes the ledger as a table, one row a quote: for R, pandas and spreadsheets."""

import contextlib
import csv
import os
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from annotator.core.errors import UserError
from annotator.core.ledger import QuoteRow, kind_of
from annotator.formats.tables.writer import guarded
from annotator.language import _
from annotator.store.ledger import quotes
from annotator.store.project import Project

COLUMNS = (
    *("article", "article_id", "newspaper", "published"),
    *("speaker", "entity_id", "gender", "kind", "source", "cue", "addressee"),
    *("type", "medium", "negated", "hedged", "text_with_marks", "text_without_marks", "words"),
    *("start", "end", "fragments", "annotator", "state", "annotation_id"),
)
"""Start, end and fragments ("12-34;40-50") are code points, half-open."""

_STEP = 200
"""Quotes between two looks at whether the table is still wanted."""

Progress = Callable[[int, int], bool]


def save_table(
    project: Project,
    out: Path,
    *,
    article_id: str | None = None,
    states: Collection[str] = ("accepted",),
    progress: Progress | None = None,
) -> int:
    """Write the quotes of an article or of the corpus as CSV, and return how many there are.

    UTF-8 with a BOM, commas, CRLF, quotes as in RFC 4180; cells are guarded against being taken
    for formulas, as in our other tables. Of two speakers entity, gender and kind are parted by
    "; " like their names. The file is there in one piece or, if `progress` returns False, not at
    all. Raises UserError when it cannot be written.
    """
    if out.is_dir():
        raise UserError(_("{path} is a folder: name a file in it.").format(path=out))
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    rows = quotes(project, article_id=article_id, states=states)
    try:
        count = _write(beside, rows, progress)
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


def _write(path: Path, rows: Iterable[QuoteRow], progress: Progress | None) -> int | None:
    """Return how many rows were written, None when nobody wants them any longer."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for count, row in enumerate(rows, 1):
            table.writerow(map(guarded, _cells(row)))
            if progress and count % _STEP == 1 and not progress(count, 0):
                return None
    return count


def _cells(row: QuoteRow) -> tuple[str, ...]:
    return (
        row.title,
        row.article,
        row.newspaper,
        row.published,
        row.speaker,
        _joined(voice.entity for voice in row.voices),
        _joined(voice.gender for voice in row.voices),
        _joined(kind_of(row, voice) for voice in row.voices),
        row.source,
        row.cue,
        row.addressee,
        row.type,
        row.medium,
        "true" if row.is_negated else "",
        "true" if row.is_hedged else "",
        row.text,
        row.plain,
        str(row.words),
        str(row.start),
        str(row.end),
        ";".join(f"{start}-{end}" for start, end in row.fragments),
        row.annotator,
        row.state,
        row.id,
    )


def _joined(values: Iterable[str]) -> str:
    """Return one value for each speaker in their order; "" when none of them has one."""
    found = list(values)
    return "; ".join(found) if any(found) else ""
