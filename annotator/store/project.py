"""A project: one SQLite file, opened, checked, changed by deeds, and closed into one file again."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from annotator.core.errors import UserError
from annotator.core.model import Changes
from annotator.core.scheme import Scheme
from annotator.language import _
from annotator.store import backup, labels, undo
from annotator.store.connection import (
    connect,
    fold_up,
    fold_up_leftovers,
    is_read_only,
    make_durable,
    translated,
)
from annotator.store.deed import Deed
from annotator.store.schema import APPLICATION_ID, migrations

T = TypeVar("T")

_CHECKED_ON_OPENING = 64 * 1024 * 1024
"""Bytes. A larger file opens at once, and whoever opens it has `checks.check` look beside the work."""


_LARGE = 1_000
"""Annotations and articles of a deed from which on it is copied into the file later."""

_PAGES_OF_LOG = 1_000
"""Pages in the log at which SQLite copies them into the file: its own figure."""


class Damaged(UserError):
    """The file is a project, but its pages cannot be trusted; `backup` is the newest copy that was kept."""

    def __init__(self, message: str, backup_path: Path | None) -> None:
        super().__init__(message)
        self.backup = backup_path


class Project:
    """An open project. It stays in the thread that opened it; other threads open their own.

    `conn` belongs to the functions of this package. `has_long_log` says that a large deed waits beside
    the file, durable: `fold_log` brings it in, best in another thread.
    """

    def __init__(self, path: Path, conn: sqlite3.Connection, *, read_only: bool) -> None:
        self.path = path
        self.conn = conn
        self.is_read_only = read_only
        self.has_long_log = False
        self._scheme: Scheme | None = None
        self._seen = self._data_version()

    @classmethod
    def create(cls, path: Path, scheme: Scheme, *, annotator: str = "") -> Self:
        """Make a new project file with a scheme. Raises UserError when the file exists or cannot be made."""
        try:
            path.open("xb").close()
        except FileExistsError as error:
            raise UserError(
                _("{path} exists already; choose another name.").format(path=path)
            ) from error
        except OSError as error:
            raise UserError(
                _("{path} cannot be made: {reason}.").format(path=path, reason=error.strerror)
            ) from error
        try:
            with translated(path):
                conn = _laid_out(path, scheme)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        project = cls(path, conn, read_only=False)
        if annotator:
            with project._refusals(), _transaction(conn):
                Deed(conn, "", annotator)
        return project

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open a project; a file that may not be written to is opened for reading.

        Raises UserError when it is missing, not a project, newer than this program or locked, and
        Damaged when its pages do not hold together.
        """
        if not path.is_file():
            raise UserError(
                _("There is no file {path}; check its name and place.").format(path=path)
            )
        read_only = read_only or is_read_only(path)
        try:
            with translated(path):
                conn = _opened(path, read_only=read_only)
                return cls(path, conn, read_only=read_only)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise damaged(path, str(error)) from error

    def wait_for_others(self, seconds: float) -> None:
        """Wait at most so long for another window or program before a write is refused."""
        self.conn.execute(f"pragma busy_timeout = {round(seconds * 1000)}")

    def close(self) -> None:
        """Close the project, leaving a single file unless another window has it open."""
        if not self.is_read_only:
            fold_up(self.conn)
        self.conn.close()
        if self.is_read_only:
            fold_up_leftovers(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        if error is not None and _tells_of_damage(error):
            raise damaged(self.path, str(error)) from error

    @property
    def scheme(self) -> Scheme:
        """The labels and link types as they stand now."""
        if self._scheme is None:
            try:
                self._scheme = labels.read_scheme(self.conn)
            except (KeyError, TypeError, ValueError) as error:
                raise damaged(self.path, repr(error)) from error
        return self._scheme

    def do(self, name: str, write: Callable[[Deed], T], *, annotator: str) -> tuple[T, Changes]:
        """Carry out a deed as one durable transaction and one op of the history.

        When it returns, the deed is on the disk. A deed that changes no row leaves no op and does not
        disturb what can be redone. Raises UserError (disk full, locked …) and Conflict, and whatever
        `write` raises; then nothing is written.
        """
        self._refuse_if_read_only()
        with self._refusals(), _transaction(self.conn):
            deed = Deed(self.conn, name, annotator)
            result = write(deed)
            changes = deed.touched.changes() if deed.close() else Changes()
            self._put_off_checkpoint(changes)
        self._end_checkpoint_pause()
        self._forget(changes)
        return result, changes

    def undo(self) -> tuple[str, Changes] | None:
        """Undo the newest deed, whoever did it: its name and what changed, None when there is none."""
        return self._step(undo.step_back)

    def redo(self) -> tuple[str, Changes] | None:
        """Redo the deed undone last: its name and what changed, None when there is none."""
        return self._step(undo.step_forward)

    def undo_name(self) -> str:
        """Return the name of the deed that `undo` would take back, "" when there is none."""
        return self._op_name("select name from op where state = 'done' order by seq desc limit 1")

    def redo_name(self) -> str:
        """Return the name of the deed that `redo` would bring back, "" when there is none."""
        return self._op_name("select name from op where state = 'undone' order by seq limit 1")

    def poll(self) -> Changes | None:
        """Return what to look at anew because another window or command wrote, None when none did."""
        version = self._data_version()
        if version == self._seen:
            return None
        self._seen = version
        changes = Changes(scheme=True, entities=True, corpus=True, precedents=True, everything=True)
        self._forget(changes)
        return changes

    def setting(self, name: str) -> str:
        """Return a value kept with the project, such as where the annotator stopped, else ""."""
        row = self.conn.execute("select value from project where name = ?", [name]).fetchone()
        return row[0] if row else ""

    def set_setting(self, name: str, value: str) -> None:
        """Keep a value with the project; not a deed, so not in the history."""
        self.write_aside(
            "insert into project (name, value) values (?, ?) "
            "on conflict (name) do update set value = excluded.value",
            [name, value],
        )

    def choose(self, name: str, value: str) -> None:
        """Keep what somebody has chosen, as `set_setting` does. Raises UserError when that cannot be."""
        self._refuse_if_read_only()
        self.set_setting(name, value)

    def write_aside(self, statement: str, values: list[object]) -> None:
        """Write something that is no deed (time spent, a setting); does nothing on a read-only project."""
        if not self.is_read_only:
            with self.writing() as conn:
                conn.execute(statement, values)

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold one durable transaction for what is no deed, such as suggestions.

        Raises UserError when the project cannot be written to; then nothing is.
        """
        self._refuse_if_read_only()
        with self._refusals(), _transaction(self.conn):
            yield self.conn

    def _step(
        self, step: Callable[[sqlite3.Connection], tuple[str, Changes] | None]
    ) -> tuple[str, Changes] | None:
        self._refuse_if_read_only()
        with self._refusals(), _transaction(self.conn):
            result = step(self.conn)
            if result:
                self._put_off_checkpoint(result[1])
        self._end_checkpoint_pause()
        if result:
            self._forget(result[1])
        return result

    def _put_off_checkpoint(self, changes: Changes) -> None:
        """Let a large deed be durable without copying it into the file at once, which takes as long."""
        if len(changes.annotations) + len(changes.articles) > _LARGE and not self.is_read_only:
            self.conn.execute("pragma wal_autocheckpoint = 0")
            self.has_long_log = True

    def _end_checkpoint_pause(self) -> None:
        if self.has_long_log:
            self.conn.execute(f"pragma wal_autocheckpoint = {_PAGES_OF_LOG}")

    def _op_name(self, query: str) -> str:
        row = self.conn.execute(query).fetchone()
        return row[0] if row else ""

    def _forget(self, changes: Changes) -> None:
        if changes.scheme or changes.everything:
            self._scheme = None

    def _data_version(self) -> int:
        version: int = self.conn.execute("pragma data_version").fetchone()[0]
        return version

    def _refuse_if_read_only(self) -> None:
        if self.is_read_only:
            raise UserError(
                _("{path} is open for reading only; save a copy where you may write.").format(
                    path=self.path
                )
            )

    @contextlib.contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            with translated(self.path):
                yield
        except sqlite3.DatabaseError as error:
            if _tells_of_damage(error):
                raise damaged(self.path, str(error)) from error
            raise


def fold_log(path: Path) -> None:
    """Copy what waits in the log into the file, on a connection of its own; nobody is kept waiting."""
    with contextlib.closing(connect(path, read_only=False)) as conn:
        conn.execute("pragma wal_checkpoint(passive)")


def damaged(path: Path, reason: str) -> Damaged:
    """Return the refusal of a damaged file, naming the newest backup when there is one."""
    newest = backup.newest(path)
    sentence = _("{path} is damaged ({reason}).").format(path=path, reason=reason)
    remedy = (
        _("The newest backup is {backup}.").format(backup=newest)
        if newest
        else _("There is no backup of it; “sqlite3 {name} .recover” may save part of it.").format(
            name=path.name
        )
    )
    return Damaged(f"{sentence} {remedy}", newest)


def _tells_of_damage(error: BaseException) -> bool:
    """Tell what only a damaged file makes SQLite say; letters that are none come without a code."""
    if not isinstance(error, sqlite3.DatabaseError):
        return False
    code = getattr(error, "sqlite_errorcode", None)
    damage = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    return "decode to UTF-8" in str(error) if code is None else code & 0xFF in damage


@contextlib.contextmanager
def _transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """Hold the write lock from the first statement on, so that what is read is what is written over."""
    conn.execute("begin immediate")
    try:
        yield
        conn.execute("commit")
    except BaseException:
        if conn.in_transaction:
            conn.execute("rollback")
        raise


def _laid_out(path: Path, scheme: Scheme) -> sqlite3.Connection:
    """Return a connection to an empty file that became a project."""
    conn = connect(path, read_only=False)
    try:
        conn.execute(f"pragma application_id = {APPLICATION_ID}")
        make_durable(conn, path)
        migrations.apply(conn)
        with _transaction(conn):
            labels.write_scheme(conn, scheme)
    except BaseException:
        conn.close()
        raise
    return conn


def _opened(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Return a connection to a project of today's version; a file that is refused stays as it was."""
    conn = connect(path, read_only=read_only)
    try:
        _identify(conn, path)
        _refuse_newer(conn, path)
        if path.stat().st_size <= _CHECKED_ON_OPENING:
            _quick_check(conn, path)
        if not read_only:
            make_durable(conn, path)
        _migrate(conn, path, read_only=read_only)
    except BaseException:
        conn.close()
        raise
    return conn


def _identify(conn: sqlite3.Connection, path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(16)
    is_sqlite = header == b"SQLite format 3\0"
    if not is_sqlite or conn.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
        raise UserError(_("{path} is not an Annotator project.").format(path=path))


def _refuse_newer(conn: sqlite3.Connection, path: Path) -> None:
    if migrations.applied(conn) - {migration.name for migration in migrations.steps}:
        raise UserError(
            _(
                "{path} was made by a newer version of Annotator; update the program to open it."
            ).format(path=path)
        )


def _migrate(conn: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    """Bring an older file up to date, after a backup."""
    pending = migrations.pending(conn)
    if pending and is_read_only(path):
        raise UserError(
            _(
                "{path} is from an older version and read-only; copy it where you may write, then open it."
            ).format(path=path)
        )
    if pending and read_only:
        # Whoever only wants to read shall not have to open it for writing first.
        _opened(path, read_only=False).close()
    elif pending:
        backup.before_migration(conn, path, pending[0].name)
        # A table that others refer to can only be rebuilt while nobody follows the references.
        conn.execute("pragma foreign_keys = off")
        migrations.apply(conn)
        conn.execute("pragma foreign_keys = on")


def _quick_check(conn: sqlite3.Connection, path: Path) -> None:
    findings = [row[0] for row in conn.execute("pragma quick_check(1)")]
    if findings != ["ok"]:
        raise damaged(path, findings[0])
