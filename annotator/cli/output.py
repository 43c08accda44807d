"""What commands say: data on stdout, messages on stderr, reports in files, bars on terminals."""

import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from annotator.core.errors import UserError
from annotator.core.model import Problem
from annotator.language import _, n_

FINDINGS = 1
REFUSED = 2
SHOWN_PROBLEMS = 50
"""More lines than this push the sentence that counts out of sight; `--report` has them all."""

Progress = Callable[[int, int], bool]


def tell(message: str) -> None:
    """Say something to the person at the keyboard."""
    click.echo(message, err=True)


def tell_problems(problems: Sequence[Problem]) -> None:
    """Say the first problems one a line, and how many more there are."""
    for problem in problems[:SHOWN_PROBLEMS]:
        tell(" ".join(str(problem).split("\n")))
    more = len(problems) - SHOWN_PROBLEMS
    if more > 0:
        tell(n_("… and {n} more", "… and {n} more", more).format(n=more))


def put(text: str) -> None:
    """Write one line of data."""
    click.echo(text)


def put_json(value: Any) -> None:
    """Write data as JSON: UTF-8 on every system, keys in the order given."""
    click.echo(_json(value), nl=False)


def put_table(rows: Iterable[Sequence[str]]) -> None:
    """Write rows as columns wide enough for their longest cell; the last one keeps its own length.

    A row is one line: what has several is joined by blanks.
    """
    table = [tuple(" ".join(cell.splitlines()) for cell in row) for row in rows]
    widths = [max(map(_columns, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = [
            cell + " " * (width - _columns(cell))
            for cell, width in zip(row[:-1], widths, strict=False)
        ]
        put("  ".join((*cells, row[-1])).rstrip())


def can_report(path: Path | None) -> None:
    """Raise UserError when a report could not be written, before the work it would tell of begins."""
    if path is None:
        return
    if path.is_dir() or not os.access(path if path.exists() else path.absolute().parent, os.W_OK):
        raise UserError(_("The report {path} cannot be written there.").format(path=path))


def write_report(path: Path | None, value: Any) -> None:
    """Write a report as JSON, in one piece or not at all."""
    if path is None:
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(_json(value))
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UserError(
            _("The report {path} cannot be written: {reason}.").format(
                path=path, reason=error.strerror
            )
        ) from error


@contextmanager
def progress(label: str) -> Iterator[Progress | None]:
    """Give a callback (done, total) that draws a bar on a terminal; None where there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(done: int, total: int) -> bool:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)
            return True

        yield show


def _columns(text: str) -> int:
    """Return how wide a terminal shows a text: an accent apart takes no room, an emoji twice as much."""
    return sum(
        2 if unicodedata.east_asian_width(char) in "WF" else not unicodedata.combining(char)
        for char in text
    )


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    # A file name that is not UTF-8 holds lone surrogates: "\udcff" is how JSON spells them.
    return f"{text}\n".encode("utf-8", "backslashreplace")
