"""Indexes that wait while an empty project fills: one pass over all rows is cheaper than a place for each."""

import sqlite3


class Waiting:
    """The indexes of annotations, gone until `make` brings them back.

    Within a transaction: whatever takes that back brings them back too.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._statements: list[str] = []
        for name, statement in conn.execute(_INDEXES).fetchall():
            conn.execute(f'drop index "{name}"')
            self._statements.append(statement)

    def make(self) -> None:
        """Make them, unless that was done."""
        for statement in self._statements:
            self._conn.execute(statement)
        self._statements.clear()


_INDEXES = """
    select name, sql from sqlite_master
    where type = 'index' and sql <> '' and tbl_name in ('annotation', 'fragment', 'link')
"""
