"""`annotator queue`: the articles that wait, by what labelling them would teach the model."""

from pathlib import Path

import click

from annotator.cli.arguments import project_argument
from annotator.cli.output import progress, put_json, put_table
from annotator.language import _, decimal


@click.command("queue", help=_("List unfinished articles, those that would teach most first."))
@project_argument
@click.option(
    "--limit",
    metavar=_("N"),
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help=_("How many articles to list."),
)
@click.option("--json", "as_json", is_flag=True, help=_("As JSON, for programs."))
def command(project: Path, limit: int, as_json: bool) -> None:
    """Print the articles with the doubt of the model: 1 less its sureness of a token, on average."""
    from annotator.assist.model_files import load
    from annotator.assist.modelling import doubts, in_order
    from annotator.store import articles
    from annotator.store.project import Project

    with (
        Project.open(project, read_only=True) as opened,
        progress(_("Reading")) as show,
    ):
        found = doubts(opened, load(opened.path, opened.scheme), progress=show)
        waiting = [id_ for id_ in articles.ids(opened) if id_ in found]
        rows = articles.rows(opened, in_order(waiting, found)[:limit])
    if as_json:
        put_json([{"article": row.id, "title": row.title, "doubt": found[row.id]} for row in rows])
    else:
        put_table(
            (
                (_("doubt"), _("article"), _("title")),
                *((decimal(found[row.id], 4), row.id, row.title) for row in rows),
            )
        )
