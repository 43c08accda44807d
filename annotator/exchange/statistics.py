"""Writes what the page of statistics counts as tables, one file each: for R, pandas and spreadsheets."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from annotator.core.errors import UserError
from annotator.core.model import ArticleState
from annotator.core.statistics import Day, Forecast, Work, forecast, work_of
from annotator.exchange.csv_table import Progress, Row, save_rows
from annotator.language import _
from annotator.store import statistics
from annotator.store.corpus import snapshot
from annotator.store.project import Project
from annotator.store.statistics import EVERYTHING, Scope
from annotator.store.work import moments


class Table(NamedTuple):
    """A table by its name, which is that of its file; heads are not translated, programs read them."""

    name: str
    heads: tuple[str, ...]
    rows: Sequence[Row]


def tables(project: Project, scope: Scope = EVERYTHING) -> Iterator[Table]:
    """Yield every table for a scope, as it is counted."""
    names = {label.id: label.name for label in project.scheme.labels}
    with snapshot(project):
        yield Table(
            "articles",
            ("newspaper", "state", "articles"),
            [(source, str(s), n) for (source, s), n in statistics.states(project).items()],
        )
        yield Table(
            "days",
            ("day", "annotator", "annotations", "articles_finished", "active_seconds"),
            [
                (f"{day.day}", day.annotator, day.annotations, day.articles, day.seconds)
                for day in days_of(project, scope)
            ],
        )
        yield Table(
            "labels",
            ("label", "annotations"),
            [(names[label], n) for label, n in statistics.labels(project, scope).items()],
        )
        yield Table(
            "labels_by_newspaper_and_month",
            ("label", "newspaper", "month", "annotations"),
            [
                (names[cell.label], cell.source, cell.month, n)
                for cell, n in sorted(statistics.spread(project, scope).items())
            ],
        )
        found = statistics.lengths(project)
        yield Table("article_lengths", ("characters", "articles"), sorted(found.characters.items()))
        yield Table(
            "entities",
            ("entity", "kind", "entity_id", "mentions"),
            [
                (each.name, each.label, each.id, each.number)
                for each in statistics.entities(project, scope, 1_000)
            ],
        )
        yield Table(
            "words_without_entity",
            ("words", "label", "annotations"),
            [
                (each.name, names[each.label], each.number)
                for each in statistics.strings(project, scope, 50)
            ],
        )
        yield Table(
            "suggestions",
            ("suggester", "label", "accepted_unchanged", "accepted_changed", "rejected", "open"),
            [
                (origin, names[label], *fate)
                for (origin, label), fate in statistics.fates(project, scope).items()
            ],
        )


def days_of(project: Project, scope: Scope) -> list[Day]:
    """Return the days of work of a scope, oldest first."""
    work = work_of(moments(project, label=scope.label))
    first = local_day_of(scope.since) if scope.since else date.min
    return [day for day in work.since(first) if scope.annotator in ("", day.annotator)]


def outlook(project: Project, work: Work) -> Forecast:
    """Return how long the articles may take that are neither done nor flagged, whoever does them."""
    open_states = (ArticleState.TODO, ArticleState.IN_PROGRESS)
    left = sum(n for (_source, s), n in statistics.states(project).items() if s in open_states)
    return forecast(left, statistics.seconds_of_done(project), work.articles_a_day)


def local_day_of(moment: str) -> date:
    """Return the day here of a moment in UTC, as the tables write it."""
    return datetime.fromisoformat(moment).astimezone().date()


def save_tables(
    project: Project, folder: Path, scope: Scope = EVERYTHING, progress: Progress | None = None
) -> int:
    """Write every table into a folder, which is made if it is not there; return how many.

    Raises UserError when one cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            _("The folder {path} cannot be made: {reason}.").format(
                path=folder, reason=error.strerror
            )
        ) from error
    count = 0
    for count, table in enumerate(tables(project, scope), 1):
        if progress and not progress(count, 0):
            return count - 1
        save_rows(table.heads, table.rows, folder / f"{table.name}.csv")
    return count
