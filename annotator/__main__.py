"""The `annotator` command, also reached as `python -m annotator`."""

import gettext
import os
import sys
from typing import NoReturn

from annotator.language import use_language
from annotator.resources import resource


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    _speak()
    for stream in (sys.stdout, sys.stderr):
        # A terminal of an older code page shows what it can, rather than ending the command.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    from annotator.cli.commands import cli

    cli(prog_name="annotator")
    raise AssertionError("click leaves by itself")


def _speak() -> None:
    """Choose the language, for click's own sentences too: it asks the process-wide catalogue."""
    os.environ["LANGUAGE"] = use_language()
    gettext.bindtextdomain("annotator", str(resource("translations")))
    gettext.textdomain("annotator")


if __name__ == "__main__":
    main()
