"""`annotator new`: an empty project with a scheme."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.arguments import project_argument
from annotator.cli.output import tell
from annotator.core.errors import UserError
from annotator.language import _, n_

if TYPE_CHECKING:  # The scheme brings the TOML reader, which `--help` can do without.
    from annotator.core.scheme import Scheme


@click.command("new", help=_("Make an empty project. A file that exists is never replaced."))
@project_argument
@click.option(
    "--scheme",
    metavar=_("NAME|FILE.toml"),
    default="news",
    show_default=True,
    help=_("The scheme to annotate with: a template by name, or a file of yours."),
)
def command(project: Path, scheme: str) -> None:
    """Create the file and say what is in it."""
    from annotator.store.project import Project

    chosen = find_scheme(scheme)
    Project.create(project, chosen).close()
    count = len(chosen.active)
    tell(
        n_("Created {path} with {n} label.", "Created {path} with {n} labels.", count).format(
            path=project, n=count
        )
    )


def find_scheme(wanted: str) -> "Scheme":
    """Return the template of this name, else the scheme in this file."""
    from annotator.core.scheme import read_scheme

    found = _templates().get(wanted)
    if found is None and not Path(wanted).is_file():
        raise UserError(
            _(
                "There is no scheme “{name}”. The templates are: {names}. A file ends in .toml."
            ).format(name=wanted, names=", ".join(sorted(_templates())))
        )
    return read_scheme(found or Path(wanted))


def _templates() -> dict[str, Path]:
    from annotator.resources import resource

    return {path.stem: path for path in resource("schemes").glob("*.toml")}
