"""`annotator suggest`: suggesters look at a project's articles; decisions about what they find are kept."""

from pathlib import Path

import click

from annotator.cli.arguments import project_argument
from annotator.cli.output import progress, put_json, tell
from annotator.language import _, n_


@click.command("suggest", help=_("Suggest quotes, names, dates and more."))
@project_argument
@click.option(
    "--only",
    metavar="quotes,names,patterns,model…",
    default="",
    help=_("Only these suggesters, parted by commas; by default those that are switched on."),
)
@click.option(
    "--language",
    type=click.Choice(["fr", "en", "auto"]),
    default="auto",
    show_default=True,
    help=_("The language of the articles; auto asks each article."),
)
@click.option(
    "--articles",
    metavar=_("ID…"),
    multiple=True,
    help=_("Only these articles, by id; several may follow, parted by commas."),
)
@click.option(
    "--accept",
    metavar=_("SCORE"),
    type=click.FloatRange(0, 1),
    help=_("Accept what has at least this score, from 0 to 1: one deed, one undo."),
)
@click.option("--beliefs", is_flag=True, help=_("Also what people think, hope or fear."))
@click.option("--annotator", metavar=_("NAME"), default="", help=_("Who asks; by default you."))
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=_("As JSON: every quote the rules see, with its likely speakers, and what else waits."),
)
@click.argument("more", metavar="", nargs=-1)
def command(
    project: Path,
    only: str,
    language: str,
    articles: tuple[str, ...],
    accept: float | None,
    beliefs: bool,
    annotator: str,
    as_json: bool,
    more: tuple[str, ...],
) -> None:
    """Write suggestions; what was accepted, changed or rejected before stays as it is."""
    from annotator.assist.suggesting import Options, described, suggest, waiting
    from annotator.cli.choices import annotator_name
    from annotator.store.project import Project

    names = _checked(only)
    ids = tuple(each for part in (*articles, *more) for each in part.split(",") if each)
    options = Options(
        articles=ids,
        language=None if language == "auto" else "fr" if language == "fr" else "en",
        accept=accept,
        with_beliefs=beliefs,
        only=names,
    )
    with Project.open(project) as opened, progress(_("Suggesting")) as show:
        report = suggest(opened, options, annotator_name(annotator), progress=show)
        if as_json:
            found = described(opened, options) if "quotes" in report.by_suggester else ()
            put_json([*found, *waiting(opened, options, report)])
    for reason in dict.fromkeys(report.unable):
        tell(reason)
    tell(
        _("Looked at {articles}: {suggested}, {accepted}.").format(
            articles=n_("{n} article", "{n} articles", report.articles).format(n=report.articles),
            suggested=n_("{n} suggestion waits", "{n} suggestions wait", report.suggested).format(
                n=report.suggested
            ),
            accepted=n_("{n} accepted", "{n} accepted", report.accepted).format(n=report.accepted),
        )
    )
    tell(", ".join(f"{name} {count}" for name, count in report.by_suggester.items()))


def _checked(only: str) -> tuple[str, ...]:
    from annotator.assist.suggesters import suggesters

    known = [each.id for each in suggesters()]
    names = tuple(dict.fromkeys(each.strip() for each in only.split(",") if each.strip()))
    for name in names:
        if name not in known:
            raise click.BadParameter(
                _("“{name}” is not one of {names}.").format(name=name, names=", ".join(known)),
                param_hint="--only",
            )
    return names
