"""The group of all commands: each is imported when it is called, so that `--help` comes at once."""

import errno
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from annotator import __version__
from annotator.core.errors import UserError
from annotator.language import _

INTERRUPTED = 128 + 2
PIPE_CLOSED = 128 + 13

_MODULES = {
    "new": "creating",
    "import": "importing",
    "suggest": "suggesting",
    "suggesters": "suggesters",
    "lists": "word_lists",
    "train": "training",
    "queue": "queueing",
    "spacy": "spacy_pipelines",
    "export": "exporting",
    "info": "info",
    "check": "checking",
    "history": "history",
    "ledger": "ledger",
    "search": "search",
    "stats": "statistics",
    "consistency": "consistency",
    "precedents": "precedents",
    "formats": "formats",
    "convert": "converting",
}


class Refusal(click.ClickException):
    """One line on stderr and exit 2: the input or the call cannot be used."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Print the sentence as `annotator: …`."""
        click.echo(f"annotator: {self.message}", file=file, err=file is None)


class Commands(click.Group):
    """The commands by name; a first argument that names a project instead opens the window."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which they are used."""
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, None when there is none of this name."""
        module = _MODULES.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(f"annotator.cli.{module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take `annotator PROJECT.annot` for the window."""
        if args[0] not in _MODULES and _names_a_project(args[0]):
            from annotator.cli.window import command

            return command.name, command, args
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what the user should read becomes one line and an exit code."""
        try:
            return super().invoke(ctx)
        except UserError as error:
            raise Refusal(str(error)) from error
        except KeyboardInterrupt as error:
            told = _("Interrupted; nothing was left half done.")
            click.echo(f"annotator: {told}", err=True)
            raise click.exceptions.Exit(INTERRUPTED) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                _forget_stdout()
                raise click.exceptions.Exit(PIPE_CLOSED) from error
            raise Refusal(_os_error(error)) from error


def _names_a_project(argument: str) -> bool:
    return not argument.startswith("-") and (argument.endswith(".annot") or Path(argument).exists())


def _os_error(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason


def _forget_stdout() -> None:
    """Let the flush at exit write nowhere: the reader of our output has left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar=_("[PROJECT.annot] | COMMAND …"),
    options_metavar="",
    help=_(
        "Label entities and quotes in newspaper articles.\n\n"
        "With a project, or with nothing, the window opens; the commands do the same without a window."
    ),
    epilog=_(
        "Exit: 0 all went well, 1 findings or parts left out, 2 the input or the call cannot be used."
    ),
)
@click.version_option(
    __version__, message="%(prog)s %(version)s", help=_("Show the version and exit.")
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Open the welcome page when no command follows."""
    if ctx.invoked_subcommand is None:
        from annotator.cli.window import open_window

        ctx.exit(open_window(None))
