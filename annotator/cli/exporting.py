"""`annotator export`: a project out as a corpus."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import click

from annotator.cli.arguments import PATH, format_option, project_argument, report_option
from annotator.cli.output import (
    FINDINGS,
    can_report,
    progress,
    put,
    tell,
    tell_problems,
    write_report,
)
from annotator.core.formats import Align, Overlap, Writing
from annotator.language import _, n_

if TYPE_CHECKING:  # It brings the store, which `--help` can do without.
    from annotator.exchange.exporting import ExportPlan
    from annotator.exchange.report import ExportReport

_DEFAULT_FORMAT = "jsonl"


@click.command("export", help=_("Write a project as a corpus in one of the formats."))
@project_argument
@click.argument("out", metavar=_("OUT"), type=PATH)
@format_option(
    _("The format; by default what the ending of OUT says, else jsonl."),
    metavar=_("FORMAT"),
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
@click.option(
    "--align",
    type=click.Choice(get_args(Align)),
    default="expand",
    show_default=True,
    help=_("What becomes of an annotation that begins or ends inside a word, in formats of words."),
)
@click.option(
    "--overlap",
    type=click.Choice(get_args(Overlap)),
    default="layers",
    show_default=True,
    help=_("What becomes of annotations that overlap, in formats that hold one a word."),
)
@click.option(
    "--split",
    metavar="80/10/10",
    default="",
    help=_("Divide whole articles into train, dev and test, or 80/20 into train and test."),
)
@click.option(
    "--seed",
    metavar=_("N"),
    type=int,
    default=0,
    show_default=True,
    help=_("Another seed, another split."),
)
@click.option(
    "--group-by",
    metavar="source|month|year|author|…",
    default="",
    help=_("Keep articles on one side that have this in common."),
)
@click.option(
    "--without-text", is_flag=True, help=_("Offsets and digests only, for licensed articles.")
)
@click.option(
    "--licence", metavar=_("TEXT"), default="", help=_("The licence, for the dataset card.")
)
@click.option(
    "--preview",
    metavar=_("ARTICLE"),
    default="",
    help=_("Print how one article will stand in the files, and write nothing."),
)
@click.option("--dry-run", is_flag=True, help=_("Say what would be lost, and write nothing."))
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
    align: Align,
    overlap: Overlap,
    split: str,
    seed: int,
    group_by: str,
    without_text: bool,
    licence: str,
    preview: str,
    dry_run: bool,
    report: Path | None,
) -> None:
    """Say what the format cannot hold, then write, read back and compare."""
    from annotator.cli.choices import checked_format, checked_states
    from annotator.exchange.article_preview import preview_article
    from annotator.exchange.exporting import ExportOptions, export, plan_export
    from annotator.exchange.parts import Splitting
    from annotator.exchange.splitting import read_shares
    from annotator.store.project import Project

    can_report(report)
    name = checked_format(format_name) or format_of(out)
    options = ExportOptions(
        format=name,
        articles=articles,
        states=checked_states(states),
        how=Writing(align=align, overlap=overlap, text=not without_text),
        split=Splitting(read_shares(split), seed, group_by) if split else None,
        licence=licence,
    )
    # A split is remembered with the project, so that later work moves no article.
    with Project.open(project, read_only=dry_run or bool(preview) or not split) as opened:
        if preview:
            put(preview_article(opened, preview, options))
            return
        plan = plan_export(opened, options)
        tell_problems(plan.losses)
        if dry_run:
            _tell_plan(plan)
            ctx.exit(FINDINGS if plan.losses else 0)
        with progress(_("Exporting")) as show:
            result = export(opened, out, options, progress=show)
    write_report(report, result.as_dict())
    tell_report(result)
    ctx.exit(FINDINGS if _lost(result) else 0)


def format_of(out: Path, option: str = "--as") -> str:
    """Return the format that the ending of a file name asks for, else native JSONL."""
    from annotator.exchange.registry import formats

    ending = out.suffix.lower()
    meant = [format for format in formats() if format.writes and ending in format.extensions]
    if not ending or not meant or out.is_dir():
        return _DEFAULT_FORMAT
    if not any(format.one_file for format in meant):
        raise click.BadParameter(
            _(
                "The format “{name}” writes several files: give a folder, and {option} {name}."
            ).format(name=meant[0].name, option=option),
            param_hint=_("OUT"),
        )
    return meant[0].name


def _tell_plan(plan: "ExportPlan") -> None:
    """Say what would go out, and how a split divides it."""
    for part in plan.parts:
        if part.name:
            count = part.articles
            told = n_("{part}: {n} article", "{part}: {n} articles", count)
            tell(told.format(part=part.name, n=count))
    told = _("Would go out: articles {articles}, annotations {annotations}, links {links}.")
    tell(told.format(articles=plan.articles, annotations=plan.annotations, links=plan.links))


def tell_report(result: "ExportReport") -> None:
    """Say what was written: the files, and what became of the annotations."""
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
