"""Backups: a copy before each migration beside the file, and one a day in the user's own data folder."""

import contextlib
import hashlib
import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

KEPT = 5
"""How many daily copies of one project are kept."""


def before_migration(conn: sqlite3.Connection, path: Path, migration: str) -> Path:
    """Copy the project beside itself before its tables change; return the copy's path."""
    copy = path.with_name(f"{path.name}.before-{migration}.backup")
    number = 1
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.name}.before-{migration}-{number}.backup")
    with contextlib.closing(sqlite3.connect(copy)) as target:
        conn.backup(target)
    return copy


def keep_daily(path: Path) -> Path:
    """Copy a closed project to the data folder, in the place of today's earlier copy; return the copy."""
    folder = _folder(path)
    copy = folder / f"{datetime.now(UTC):%Y-%m-%d}.annot"
    folder.mkdir(parents=True, exist_ok=True)
    beside = copy.with_suffix(".part")
    shutil.copyfile(path, beside)
    os.replace(beside, copy)
    for old in sorted(folder.glob("*.annot"))[:-KEPT]:
        old.unlink()
    return copy


def newest(path: Path) -> Path | None:
    """Return the newest backup of a project, None when there is none."""
    copies = [*path.parent.glob(f"{path.name}.before-*.backup"), *_folder(path).glob("*.annot")]
    return max(copies, key=lambda copy: copy.stat().st_mtime, default=None)


def _folder(path: Path) -> Path:
    mark = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:8]
    return (
        Path(platformdirs.user_data_dir("annotator", appauthor=False))
        / "backups"
        / f"{path.stem}-{mark}"
    )
