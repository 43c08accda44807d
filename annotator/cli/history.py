"""`annotator history`: who did what, newest first."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.arguments import project_argument
from annotator.cli.output import put_json, put_table
from annotator.language import _, n_

if TYPE_CHECKING:  # They bring the database, which `--help` can do without.
    from annotator.store.history import Op
    from annotator.store.project import Project

_PAGE = 1000


@click.command("history", help=_("List who did what, newest first, undone steps too."))
@project_argument
@click.option("--json", "as_json", is_flag=True, help=_("As JSON, for programs."))
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1),
    help=_("No more than so many; by default all of them."),
)
def command(project: Path, as_json: bool, limit: int | None) -> None:
    """One line a deed."""
    from annotator.store.project import Project

    with Project.open(project, read_only=True) as opened:
        ops = list(islice(_newest_first(opened), limit))
    if as_json:
        put_json([_as_dict(op) for op in ops])
        return
    put_table(
        (
            op.at,
            op.annotator,
            n_("{n} row", "{n} rows", op.changes).format(n=op.changes),
            _("undone") if op.state != "done" else "",
            op.name,
        )
        for op in ops
    )


def _newest_first(project: "Project") -> "Iterator[Op]":
    from annotator.store import history

    before: int | None = None
    while page := history.ops(project, limit=_PAGE, before=before):
        yield from page
        before = page[-1].seq


def _as_dict(op: "Op") -> dict[str, Any]:
    return {
        "id": op.id,
        "seq": op.seq,
        "article": op.article,
        "name": op.name,
        "annotator": op.annotator,
        "at": op.at,
        "state": op.state,
        "changes": op.changes,
    }
