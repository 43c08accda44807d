"""`annotator [PROJECT.annot]`: the window, imported only here."""

from pathlib import Path

import click

from annotator.cli.arguments import project_argument
from annotator.core.errors import UserError
from annotator.language import _


def open_window(project: Path | None) -> int:
    """Show the window until it is closed and return its exit code; None shows the welcome page."""
    if project is not None and not project.is_file():
        raise UserError(
            _("There is no project {path}; “annotator new {path}” makes one.").format(path=project)
        )
    from annotator.gui.app import start

    return start(project)


@click.command("open", hidden=True)
@project_argument
@click.pass_context
def command(ctx: click.Context, project: Path) -> None:
    """Open a project in the window."""
    ctx.exit(open_window(project))
