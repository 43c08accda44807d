"""What several commands ask for alike: a path, the project, a file for the report."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from annotator.language import _

_F = TypeVar("_F", bound=Callable[..., Any])

PATH = click.Path(readable=False, path_type=Path)
"""What cannot be read is refused where it is opened, in a sentence of our own."""


def project_argument(command: _F) -> _F:
    """Ask for the path of a project."""
    return click.argument("project", metavar=_("PROJECT"), type=PATH)(command)


def format_option(help: str, *, metavar: str) -> Callable[[_F], _F]:
    """Ask for the name of a format."""
    return click.option("--as", "format_name", metavar=metavar, help=help)


def report_option(help: str) -> Callable[[_F], _F]:
    """Ask for the file that is to hold the report."""
    return click.option("--report", metavar=_("FILE"), type=PATH, help=help)
