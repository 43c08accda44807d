"""The migrations of a project file; sqlite-utils carries them out and is loaded only when one has to run.

Without numpy and pandas, which it would load if they are installed and never use here. They cost more
than a second once an extra has brought them. Whoever needs them imports them afterwards as usual.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sqlite_utils import Database

Step = Callable[["Database"], None]


class Migration(NamedTuple):
    """A step by its name, and what it does to the file."""

    name: str
    step: Step


class Migrations:
    """Steps in their order. The file keeps the names of those it has, in the table of sqlite-utils."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.steps: list[Migration] = []

    def __call__(self, *, name: str) -> Callable[[Step], Step]:
        """Return what makes a function the next step."""

        def add(step: Step) -> Step:
            self.steps.append(Migration(name, step))
            return step

        return add

    def applied(self, conn: sqlite3.Connection) -> set[str]:
        """Return the names of the steps that a file has been through."""
        has_table = "select 1 from sqlite_master where name = '_sqlite_migrations'"
        if not conn.execute(has_table).fetchone():
            return set()
        query = "select name from _sqlite_migrations where migration_set = ?"
        return {name for (name,) in conn.execute(query, [self._name])}

    def pending(self, conn: sqlite3.Connection) -> list[Migration]:
        """Return the steps that a file has still to go through."""
        applied = self.applied(conn)
        return [each for each in self.steps if each.name not in applied]

    def apply(self, conn: sqlite3.Connection) -> None:
        """Carry out what is pending, each step in a transaction of its own."""
        with _hidden("numpy", "pandas"):
            import sqlite_utils
        migrations = sqlite_utils.Migrations(self._name)
        for each in self.steps:
            migrations(name=each.name)(each.step)
        migrations.apply(sqlite_utils.Database(conn))


@contextmanager
def _hidden(*names: str) -> Iterator[None]:
    """Have modules that are not yet loaded seem missing."""
    absent = [name for name in names if name not in sys.modules]
    # What the import system itself looks for: None says that there is no such module.
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
