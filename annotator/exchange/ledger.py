"""Writes the ledger as a table, one row a quote: for R, pandas and spreadsheets."""

from collections.abc import Collection, Iterable
from pathlib import Path

from annotator.core.ledger import QuoteRow, kind_of
from annotator.exchange.csv_table import Progress, save_rows
from annotator.store.ledger import quotes
from annotator.store.project import Project

COLUMNS = (
    *("article", "article_id", "newspaper", "published"),
    *("speaker", "entity_id", "gender", "kind", "source", "cue", "addressee"),
    *("type", "medium", "negated", "hedged", "text_with_marks", "text_without_marks", "words"),
    *("start", "end", "fragments", "annotator", "state", "annotation_id"),
)
"""Start, end and fragments ("12-34;40-50") are code points, half-open."""


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
    rows = quotes(project, article_id=article_id, states=states)
    return save_rows(COLUMNS, map(_cells, rows), out, progress)


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
