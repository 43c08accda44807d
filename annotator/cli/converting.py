"""`annotator convert`: from one format to another, through a project that is thrown away."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from annotator.cli.arguments import PATH, report_option
from annotator.cli.output import FINDINGS, REFUSED, can_report, tell, tell_problems, write_report
from annotator.language import _


@click.command("convert", help=_("Turn a corpus from one format into another."))
@click.argument("source", metavar=_("IN"), type=PATH)
@click.argument("out", metavar=_("OUT"), type=PATH)
@click.option(
    "--from", "read_as", metavar=_("FORMAT"), help=_("The format of IN; by default found out.")
)
@click.option(
    "--to", "written_as", metavar=_("FORMAT"), help=_("The format of OUT; by default its ending.")
)
@click.option(
    "--strict", is_flag=True, help=_("Convert nothing when anything is malformed or lost.")
)
@report_option(_("Write what was read, written and lost as JSON."))
@click.pass_context
def command(
    ctx: click.Context,
    source: Path,
    out: Path,
    read_as: str | None,
    written_as: str | None,
    strict: bool,
    report: Path | None,
) -> None:
    """Import into a new project beside nothing, and export that."""
    from annotator.cli.choices import checked_format
    from annotator.cli.exporting import format_of, tell_report
    from annotator.core.scheme import Scheme
    from annotator.exchange.exporting import ExportOptions, export, plan_export
    from annotator.exchange.importing import ImportOptions, import_paths
    from annotator.store.project import Project

    can_report(report)
    name = checked_format(written_as, option="--to") or format_of(out, "--to")
    options = ImportOptions(
        annotator="import",
        format=checked_format(read_as, reads=True, option="--from"),
        strict=strict,
    )
    with TemporaryDirectory() as folder:
        # Its stem names the file of a format of one file.
        path = Path(folder) / f"{source.stem or 'corpus'}.annot"
        with Project.create(path, Scheme()) as project:
            brought = import_paths(project, [source], options)
            tell_problems(brought.problems)
            tell_problems(brought.remarks)
            if not brought.articles:
                tell(_("Nothing could be read from {path}.").format(path=source))
                ctx.exit(REFUSED)
            plan = plan_export(project, ExportOptions(format=name))
            tell_problems(plan.losses)
            if strict and plan.losses:
                tell(_("Nothing was written: something would be lost."))
                ctx.exit(REFUSED)
            result = export(project, out, ExportOptions(format=name))
    write_report(report, {"import": brought.as_dict(), "export": result.as_dict()})
    tell_report(result)
    ctx.exit(FINDINGS if brought.problems or result.losses else 0)
