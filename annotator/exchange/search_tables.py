"""Results of a search as tables: the lines themselves, how often they say what, what stands near them."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotator.exchange.csv_table import Progress, save_rows
from annotator.store.project import Project
from annotator.store.search.collocates import Collocate
from annotator.store.search.finding import Hit
from annotator.store.search.frequencies import Frequency
from annotator.store.search.lines import WIDTH, Line, lines

LINE = (
    *("title", "published", "newspaper", "before", "words", "behind", "label", "entity", "state"),
    *("annotator", "origin", "score", "note", "start", "end", "article_id", "annotation_id"),
)
"""Start and end are code points, half-open."""

FREQUENCY = ("value", "results", "articles", "query")
COLLOCATE = ("word", "count", "expected", "log_likelihood", "log_dice")

_AT_ONCE = 500
"""Results whose texts are in memory together."""


def save_lines(
    project: Project,
    hits: Sequence[Hit],
    out: Path,
    progress: Progress | None = None,
    *,
    width: int = WIDTH,
) -> int:
    """Write results with `width` code points to either side as CSV, in the order given.

    Returns how many there are, 0 when `progress` asked to stop. Raises UserError when it cannot be written.
    """
    return save_rows(LINE, line_rows(project, hits, width), out, progress, len(hits))


def line_rows(project: Project, hits: Sequence[Hit], width: int = WIDTH) -> Iterator[Sequence[str]]:
    """Yield the cells of `LINE` for each result."""
    for at in range(0, len(hits), _AT_ONCE):
        for line in lines(project, hits[at : at + _AT_ONCE], width):
            yield line_row(line)


def line_row(line: Line) -> Sequence[str]:
    """Return the cells of `LINE`."""
    return (
        line.title,
        line.published,
        line.source,
        line.before,
        line.words,
        line.behind,
        line.label,
        line.entity,
        line.state,
        line.annotator,
        line.origin,
        "" if line.score is None else f"{line.score:g}",
        line.note,
        str(line.hit.start),
        str(line.hit.end),
        line.hit.article,
        line.hit.annotation,
    )


def frequency_rows(counted: Iterable[Frequency]) -> Iterator[Sequence[str]]:
    """Yield the cells of `FREQUENCY`."""
    for each in counted:
        yield (each.shown, str(each.count), str(each.articles), each.query)


def collocate_rows(found: Iterable[Collocate]) -> Iterator[Sequence[str]]:
    """Yield the cells of `COLLOCATE`."""
    for each in found:
        measures = (f"{value:.2f}" for value in (each.expected, each.likelihood, each.dice))
        yield (each.shown, str(each.count), *measures)
