"""`annotator check`: whether a project still fits together, and what is wrong with its annotations."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.arguments import project_argument, report_option
from annotator.cli.output import FINDINGS, progress, put, put_json, tell, write_report
from annotator.language import _, n_

if TYPE_CHECKING:  # They bring the database, which `--help` can do without.
    from annotator.core.findings import Finding
    from annotator.store.project import Project

_SHOWN = 60
"""Characters of an annotation on a line; JSON has more."""


@click.command("check", help=_("Find what is wrong with the file and its annotations."))
@project_argument
@click.option(
    "--only",
    type=click.Choice(["file", "annotations"]),
    help=_("The file: texts, offsets, references; or the annotations: marks, edges, slots."),
)
@click.option("--json", "as_json", is_flag=True, help=_("As JSON, for programs."))
@report_option(_("Write the findings as JSON."))
@click.pass_context
def command(
    ctx: click.Context, project: Path, only: str | None, as_json: bool, report: Path | None
) -> None:
    """Print what is wrong and what to do about it; exit 1 when there is anything."""
    from annotator.cli.output import can_report
    from annotator.store.checks import check
    from annotator.store.project import Project

    can_report(report)
    with Project.open(project, read_only=True) as opened:
        problems = check(opened) if only != "annotations" else []
        if not as_json:
            for problem in problems:
                put(" ".join(str(problem).split("\n")))
        count, described = len(problems), []
        for finding in _findings(opened) if only != "file" else ():
            count += 1
            if as_json or report:
                described.append(_described(finding))
            if not as_json:
                put(_line(finding))
    found = {
        "project": str(project),
        "sound": not problems if only != "annotations" else None,
        "problems": [{"place": problem.place, "message": problem.message} for problem in problems],
        "findings": described,
    }
    write_report(report, found)
    if as_json:
        put_json(found)
    told = n_("{n} finding in {path}.", "{n} findings in {path}.", count)
    tell(told.format(n=count, path=project))
    ctx.exit(FINDINGS if count else 0)


def _findings(project: "Project") -> Iterator["Finding"]:
    from annotator.assist.incises import incise_finder
    from annotator.assist.knowledge import Knowledge
    from annotator.store.findings import of_project

    with progress(_("Checking annotations")) as show:
        yield from of_project(project, incise_finder(Knowledge.of(project)), show)


def _line(finding: "Finding") -> str:
    """Return a finding on one line: article, words, what is wrong, what to do."""
    words = finding.words
    shown = words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
    title = " ".join(finding.title.split()) or _("Untitled")
    return f"{title}: {shown}: {finding.message} ({finding.remedy})"


def _described(finding: "Finding") -> dict[str, Any]:
    return {
        "kind": finding.kind.value,
        "rank": finding.rank.value,
        "article": finding.article_id,
        "title": finding.title,
        "annotation": finding.annotation_id,
        "start": finding.start,
        "end": finding.end,
        "text": finding.words,
        "message": finding.message,
        "remedy": finding.remedy,
        "repairable": finding.repair is not None,
    }
