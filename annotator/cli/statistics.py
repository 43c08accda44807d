"""`annotator stats`: where the work stands, for people, for programs, and as tables."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.arguments import PATH, project_argument
from annotator.cli.info import article_state
from annotator.cli.output import put, put_json, put_table, tell
from annotator.language import _, decimal, n_

if TYPE_CHECKING:  # They bring the database, which `--help` can do without.
    from annotator.core.statistics import Day, Forecast, Pace, Quartiles
    from annotator.store.project import Project
    from annotator.store.statistics import Scope

_NAMES = 10
"""Entities shown, those named most; the tables have more."""

_RECENT = 14
"""Days of work shown, the last ones."""


@click.command("stats", help=_("Say where the work stands: progress, pace, labels, names."))
@project_argument
@click.option("--by", metavar=_("NAME"), default="", help=_("Only the work of this annotator."))
@click.option("--label", metavar=_("LABEL"), default="", help=_("Only annotations of this label."))
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help=_("Only annotations and work from this day on."),
)
@click.option("--json", "as_json", is_flag=True, help=_("All of it as JSON, for programs."))
@click.option(
    "--csv", "folder", type=PATH, metavar=_("FOLDER"), help=_("Write every table there as CSV.")
)
def command(
    project: Path, by: str, label: str, since: Any, as_json: bool, folder: Path | None
) -> None:
    """Write the tables, if they are asked for; print the page, if they are not or JSON is."""
    from annotator.exchange.statistics import save_tables
    from annotator.store.project import Project

    with Project.open(project, read_only=True) as opened:
        scope = _scope(opened, by, label, since)
        if folder is not None:
            count = save_tables(opened, folder, scope)
            said = n_("{n} table written to {path}.", "{n} tables written to {path}.", count)
            tell(said.format(n=count, path=folder))
        if as_json:
            put_json(_as_dict(opened, scope))
        elif folder is None:
            _put(opened, scope)


def _scope(project: "Project", by: str, label: str, since: Any) -> "Scope":
    from annotator.store.statistics import Scope, annotators
    from annotator.store.work import utc

    if by and by not in annotators(project):
        raise click.BadParameter(
            _("Nobody called “{name}” has annotated here.").format(name=by), param_hint="--by"
        )
    found = project.scheme.by_name(label) if label else None
    if label and found is None:
        raise click.BadParameter(
            _("There is no label “{name}” in the project.").format(name=label), param_hint="--label"
        )
    return Scope(by, found.id if found else "", utc(since.date()) if since else "")


def _put(project: "Project", scope: "Scope") -> None:
    """Print the page, a short table for each thing to know."""
    from annotator.core.statistics import pace, work_of
    from annotator.exchange.statistics import days_of, outlook
    from annotator.store import statistics
    from annotator.store.work import moments

    states = _states(project)
    put(_("Articles"))
    put_table(_indented([(article_state(name), f"{n}") for name, n in states.items()]))
    labels = _labels(project, scope)
    put("")
    put(_("Annotations"))
    put_table([*_indented([(name, f"{count}") for name, count in labels.items()])] or [("  –",)])
    days = days_of(project, scope)
    if days:
        put("")
        put(_("Work"))
        put_table(_indented(_day_rows(days)))
        _put_pace(pace(days))
    _put_forecast(outlook(project, work_of(moments(project))))
    named = statistics.entities(project, scope, _NAMES)
    if named:
        put("")
        put(_("Entities named most"))
        put_table(_indented([(each.name, f"{each.number}") for each in named]))
    fates = _fates(project, scope)
    if fates:
        put("")
        put(_("Suggestions"))
        heads = (_("suggester"), _("label"), _("unchanged"), _("changed"), _("rejected"), _("open"))
        put_table(_indented([heads, *((*key, *map(str, fate)) for key, fate in fates.items())]))


def _indented(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    for first, *rest in rows:
        yield (f"  {first}", *rest)


def _day_rows(days: "Sequence[Day]") -> list[tuple[str, ...]]:
    heads = (_("day"), _("annotator"), _("annotations"), _("articles done"), _("hours"))
    shown = sorted({day.day for day in days})[-_RECENT:]
    return [
        heads,
        *(
            (
                f"{day.day}",
                day.annotator,
                f"{day.annotations}",
                f"{day.articles}",
                decimal(day.seconds / 3600, 1),
            )
            for day in days
            if day.day in shown
        ),
    ]


def _put_pace(found: "Pace | None") -> None:
    if found is not None:
        told = _(
            "  {annotations} annotations and {articles} articles an hour, over {hours} hours "
            "(pauses of more than 5 minutes left out)"
        )
        put(
            told.format(
                annotations=decimal(found.annotations, 1),
                articles=decimal(found.articles, 1),
                hours=decimal(found.hours, 1),
            )
        )


def _put_forecast(found: "Forecast") -> None:
    put("")
    put(_("To finish"))
    if not found.left:
        put("  " + _("no article is left to do"))
        return
    put("  " + n_("{n} article left", "{n} articles left", found.left).format(n=found.left))
    if found.days:
        told = _("{range} days of work, at the pace of the last ones")
        put("  " + told.format(range=_range(found.days)))
    if found.hours:
        put("  " + _("{range} hours, as finished articles took").format(range=_range(found.hours)))
    if not (found.days or found.hours):
        put("  " + _("how long is known once three articles were finished"))


def _range(found: "Quartiles") -> str:
    low, high = (decimal(each, 0 if each >= 10 else 1) for each in (found.low, found.high))
    return low if low == high else f"{low}–{high}"


def _states(project: "Project") -> dict[str, int]:
    from annotator.core.model import ArticleState
    from annotator.store import statistics

    found = {str(state): 0 for state in ArticleState}
    for (_source, state), count in statistics.states(project).items():
        found[str(state)] += count
    return found


def _labels(project: "Project", scope: "Scope") -> dict[str, int]:
    from annotator.store import statistics

    found = statistics.labels(project, scope)
    return {each.name: found[each.id] for each in project.scheme.labels if each.id in found}


def _fates(project: "Project", scope: "Scope") -> "dict[tuple[str, str], tuple[int, ...]]":
    from annotator.store import statistics

    names = {label.id: label.name for label in project.scheme.labels}
    found = statistics.fates(project, scope)
    return {(origin, names[label]): tuple(fate) for (origin, label), fate in found.items()}


def _as_dict(project: "Project", scope: "Scope") -> dict[str, Any]:
    from annotator.core.statistics import pace, work_of
    from annotator.exchange.statistics import days_of, outlook
    from annotator.store import statistics
    from annotator.store.work import moments

    days = days_of(project, scope)
    found, ahead = pace(days), outlook(project, work_of(moments(project)))
    return {
        "articles": _states(project),
        "annotations": _labels(project, scope),
        "days": [
            {
                "day": f"{day.day}",
                "annotator": day.annotator,
                "annotations": day.annotations,
                "articles_finished": day.articles,
                "active_seconds": day.seconds,
            }
            for day in days
        ],
        "pace": found and found._asdict(),
        "to_finish": {
            "articles": ahead.left,
            "days": ahead.days and ahead.days._asdict(),
            "hours": ahead.hours and ahead.hours._asdict(),
        },
        "active_seconds": statistics.seconds(project),
        "entities": [
            {"id": each.id, "name": each.name, "kind": each.label, "mentions": each.number}
            for each in statistics.entities(project, scope, 100)
        ],
        "suggestions": [
            {
                "suggester": origin,
                "label": label,
                **dict(zip(("unchanged", "changed", "rejected", "open"), fate, strict=True)),
            }
            for (origin, label), fate in _fates(project, scope).items()
        ],
    }
