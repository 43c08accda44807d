"""Connections to a project file: how it is locked, made durable, and what a refusal says."""

import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from annotator.core.errors import UserError
from annotator.language import _

BUSY_SECONDS = 3.0
"""How long a write waits for another window or program before it is refused, unless told otherwise."""

_CACHE = 32 * 1024
"""KiB of pages that a writer keeps at most: a large deed would write and read some of them twice."""

_NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "davfs"}


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Return a connection that begins its transactions itself and keeps every commit on the disk."""
    uri = f"file:{quote(os.fsencode(path.absolute()))}?mode={'ro' if read_only else 'rw'}"
    if read_only and not _is_writable(path.parent) and not _wal(path).exists():
        uri += "&immutable=1"
    conn = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    conn.execute("pragma foreign_keys = on")
    if not read_only:
        conn.execute(f"pragma cache_size = -{_CACHE}")
    return conn


def make_durable(conn: sqlite3.Connection, path: Path) -> None:
    """Turn on the write-ahead log, or the older journal where shared memory cannot be trusted."""
    mode = "delete" if is_on_network(path) else "wal"
    conn.execute(f"pragma journal_mode = {mode}")
    conn.execute("pragma synchronous = full")


def fold_up(conn: sqlite3.Connection) -> None:
    """Bring everything into the one file, unless another window still works on it.

    That window notices nothing: a checkpoint alone would look to it like a change from elsewhere.
    """
    with contextlib.suppress(sqlite3.OperationalError):
        conn.execute("pragma busy_timeout = 0")
        conn.execute("pragma journal_mode = delete")


def fold_up_leftovers(path: Path) -> None:
    """Bring into the file what a killed program left beside it, where we may write."""
    if _wal(path).exists() and not is_read_only(path):
        with contextlib.closing(connect(path, read_only=False)) as conn:
            fold_up(conn)


def is_read_only(path: Path) -> bool:
    """Tell whether the file's own permissions or its folder keep us from writing."""
    return not _is_writable(path) or not _is_writable(path.parent)


def is_on_network(path: Path) -> bool:
    """Tell whether the file lies on a network share, as far as the system lets us see (Linux)."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    except OSError:
        return str(path.absolute()).startswith("\\\\")
    place = str(path.absolute())
    matching = [(len(at), kind) for at, kind in mounts if place.startswith(at.rstrip("/") + "/")]
    return bool(matching) and max(matching)[1] in _NETWORK_FILE_SYSTEMS


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the user's file or disk into a sentence; our own mistakes pass."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        sentence = _refusal(code, path)
        if sentence is None:
            raise
        raise UserError(sentence) from error


def _refusal(code: int, path: Path) -> str | None:
    sentences = {
        sqlite3.SQLITE_BUSY: _(
            "{path} is in use by another program; close it there or try again in a moment."
        ),
        sqlite3.SQLITE_LOCKED: _(
            "{path} is in use by another program; close it there or try again in a moment."
        ),
        sqlite3.SQLITE_FULL: _(
            "The disk is full: nothing of this was written to {path}. Free some space and try again."
        ),
        sqlite3.SQLITE_READONLY: _(
            "{path} cannot be written to; it may be read-only or on a protected disk."
        ),
        sqlite3.SQLITE_CANTOPEN: _(
            "{path} cannot be opened; check that it exists and that you may read it."
        ),
        sqlite3.SQLITE_IOERR: _(
            "The disk that holds {path} reported an error; check that it is still connected."
        ),
        sqlite3.SQLITE_PERM: _("You are not allowed to open {path}; ask its owner for permission."),
    }
    sentence = sentences.get(code)
    return sentence and sentence.format(path=path)


def _is_writable(path: Path) -> bool:
    # The mode counts too: root may write anywhere, but a file marked read-only was meant so.
    try:
        return os.access(path, os.W_OK) and bool(
            path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
        )
    except OSError:
        return False


def _wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")
