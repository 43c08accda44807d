"""`annotator export`: a project out as a corpus."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from annotator.cli.arguments import PATH, format_option, project_argument, report_option
from annotator.cli.output import FINDINGS, can_report, progress, tell, tell_problems, write_report
from annotator.language import _

if TYPE_CHECKING:  # It brings the store, which `--help` can do without.
    from annotator.exchange.report import ExportReport

_DEFAULT_FORMAT = "jsonl"


@click.command("export", help=_("Write a project as JSONL, CSV tables or IOB2 columns."))
@project_argument
@click.argument("out", metavar=_("OUT"), type=PATH)
@format_option(
    _("The format; by default what the ending of OUT says, else jsonl."),
    metavar="jsonl|csv|iob2",
)
@click.option(
    "--articles",
    type=click.Choice(["all", "done"]),
    default="all",
    show_default=True,
    help=_("Which articles."),
)
@click.option(
    "--states",
    metavar="accepted[,suggested]",
    default="accepted",
    show_default=True,
    help=_("Which annotations: suggestions stay behind unless they are named."),
)
@report_option(
    _("Write what went out and what did not as JSON, besides the report beside the data.")
)
@click.pass_context
def command(
    ctx: click.Context,
    project: Path,
    out: Path,
    format_name: str | None,
    articles: Literal["all", "done"],
    states: str,
    report: Path | None,
) -> None:
    """Say what the format cannot hold, then write, read back and compare."""
    from annotator.cli.choices import checked_format, checked_states
    from annotator.exchange.exporting import ExportOptions, export, plan_export
    from annotator.store.project import Project

    can_report(report)
    name = checked_format(format_name) or _format_of(out)
    options = ExportOptions(format=name, articles=articles, states=checked_states(states))
    with Project.open(project, read_only=True) as opened:
        tell_problems(plan_export(opened, options).losses)
        with progress(_("Exporting")) as show:
            result = export(opened, out, options, progress=show)
    write_report(report, result.as_dict())
    _tell(result)
    ctx.exit(FINDINGS if _lost(result) else 0)


def _format_of(out: Path) -> str:
    """Return the format that the ending of a file name asks for, else native JSONL."""
    from annotator.exchange.registry import formats

    ending = out.suffix.lower()
    meant = [format for format in formats() if format.writes and ending in format.extensions]
    if not ending or not meant or out.is_dir():
        return _DEFAULT_FORMAT
    if not any(format.one_file for format in meant):
        raise click.BadParameter(
            _("The format “{name}” writes several files: give a folder, and --as {name}.").format(
                name=meant[0].name
            ),
            param_hint=_("OUT"),
        )
    return meant[0].name


def _tell(result: "ExportReport") -> None:
    tell_problems(result.differences)
    for name, sha256, size in result.files:
        tell(f"{sha256[:12]}  {size:>12}  {name}")
    tell(
        _("Annotations: {written} written, {changed} changed, {left_out} left out.").format(
            written=result.written, changed=result.changed, left_out=result.left_out
        )
    )


def _lost(result: "ExportReport") -> bool:
    return bool(result.losses or result.differences)
