"""`annotator import`: articles and their annotations into a project."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.arguments import PATH, format_option, project_argument, report_option
from annotator.cli.output import (
    FINDINGS,
    REFUSED,
    can_report,
    progress,
    tell,
    tell_problems,
    write_report,
)
from annotator.language import _, n_

if TYPE_CHECKING:  # It brings the store, which `--help` can do without.
    from annotator.exchange.importing import ImportOptions, ImportReport


@click.command("import", help=_("Bring articles with their annotations into a project."))
@project_argument
@click.argument("paths", metavar=_("PATH…"), nargs=-1, required=True, type=PATH)
@format_option(_("The format of the files, when their names mislead."), metavar="FORMAT")
@click.option(
    "--annotator",
    metavar=_("NAME"),
    default="",
    help=_("Who stands behind the annotations that name nobody; by default you."),
)
@click.option(
    "--encoding",
    metavar=_("NAME"),
    default="",
    help=_("The encoding of the files, when what is found out is wrong."),
)
@click.option(
    "--column",
    "columns",
    metavar=_("NAME=FIELD"),
    multiple=True,
    help=_("What a column of a table is: text, title, author …; “NAME=” leaves it out."),
)
@click.option(
    "--label",
    "labels",
    metavar=_("NAME=LABEL"),
    multiple=True,
    help=_("What a label of the files becomes; “NAME=” skips it. Remembered by the project."),
)
@click.option("--strict", is_flag=True, help=_("Bring in nothing when anything is malformed."))
@click.option("--dry-run", is_flag=True, help=_("Say what would come in, and write nothing."))
@report_option(_("Write what came in and what did not as JSON."))
@click.pass_context
def command(
    ctx: click.Context,
    project: Path,
    paths: tuple[Path, ...],
    format_name: str | None,
    annotator: str,
    encoding: str,
    columns: tuple[str, ...],
    labels: tuple[str, ...],
    strict: bool,
    dry_run: bool,
    report: Path | None,
) -> None:
    """Import in one deed, which one undo takes back."""
    from annotator.cli.choices import annotator_name, checked_format, pairs
    from annotator.core.formats import Reading
    from annotator.exchange.importing import ImportOptions, import_paths
    from annotator.store.project import Project

    can_report(report)
    options = ImportOptions(
        annotator=annotator_name(annotator),
        format=checked_format(format_name, reads=True),
        strict=strict,
        how=Reading(encoding=encoding, columns=pairs(columns, "--column")),
        labels=pairs(labels, "--label"),
    )
    if dry_run:
        ctx.exit(_preview(project, paths, options, report))
    with Project.open(project) as opened, progress(_("Importing")) as show:
        result = import_paths(opened, paths, options, progress=show)
    write_report(report, result.as_dict())
    _tell(result)
    ctx.exit(_exit_code(result, strict=strict))


def _preview(
    project: Path, paths: tuple[Path, ...], options: "ImportOptions", report: Path | None
) -> int:
    """Say what would come in, and return the exit code."""
    from annotator.cli.import_preview import tell_preview
    from annotator.exchange.previewing import preview_import
    from annotator.store.project import Project

    with Project.open(project, read_only=True) as opened, progress(_("Looking")) as show:
        preview = preview_import(opened, paths, options, progress=show)
    write_report(report, preview.as_dict())
    tell_preview(preview)
    return FINDINGS if preview.problems else 0


def _tell(result: "ImportReport") -> None:
    tell_problems(result.problems)
    tell_problems(result.duplicates)
    tell_problems(result.remarks)
    if result.labels_added:
        names = ", ".join(result.labels_added)
        tell(_("Added to the scheme: {names}").format(names=names))
    tell(
        _("Imported {articles}, {annotations} and {links}; {duplicates}, {problems}.").format(
            articles=n_("{n} article", "{n} articles", result.articles).format(n=result.articles),
            annotations=n_("{n} annotation", "{n} annotations", result.annotations).format(
                n=result.annotations
            ),
            links=n_("{n} link", "{n} links", result.links).format(n=result.links),
            duplicates=n_(
                "{n} article was there already",
                "{n} articles were there already",
                len(result.duplicates),
            ).format(n=len(result.duplicates)),
            problems=n_("{n} problem", "{n} problems", len(result.problems)).format(
                n=len(result.problems)
            ),
        )
    )


def _exit_code(result: "ImportReport", *, strict: bool) -> int:
    """Return 0 when all is in the project, 1 when a part is not, 2 when the input gave nothing."""
    if not result.problems:
        return 0
    nothing_usable = not result.articles and not result.duplicates
    return REFUSED if strict or nothing_usable else FINDINGS
