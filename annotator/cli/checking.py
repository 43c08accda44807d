"""`annotator check`: whether everything in a project still fits together."""

from pathlib import Path

import click

from annotator.cli.arguments import project_argument, report_option
from annotator.cli.output import FINDINGS, put, put_json, tell, write_report
from annotator.language import _, n_


@click.command("check", help=_("Compare every annotation with its text."))
@project_argument
@click.option("--json", "as_json", is_flag=True, help=_("As JSON, for programs."))
@report_option(_("Write the findings as JSON."))
@click.pass_context
def command(ctx: click.Context, project: Path, as_json: bool, report: Path | None) -> None:
    """Print the findings; exit 1 when there are any."""
    from annotator.cli.output import can_report
    from annotator.store.checks import check
    from annotator.store.project import Project

    can_report(report)
    with Project.open(project, read_only=True) as opened:
        problems = check(opened)
    findings = {
        "project": str(project),
        "sound": not problems,
        "problems": [{"place": problem.place, "message": problem.message} for problem in problems],
    }
    write_report(report, findings)
    if as_json:
        put_json(findings)
    else:
        for problem in problems:
            put(str(problem))
    tell(
        n_("{n} finding in {path}.", "{n} findings in {path}.", len(problems)).format(
            n=len(problems), path=project
        )
    )
    ctx.exit(FINDINGS if problems else 0)
