"""Where an export goes: written aside, put in place all at once, and nothing left of a failed one."""

import errno
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from annotator.core.errors import UserError
from annotator.core.formats import Format
from annotator.language import _

_ASIDE = ".annotator-export-"
_ABANDONED = 24 * 3600
"""Seconds after which a folder that an export wrote in can only be what a crash left."""

_MANY = 50
"""Files from which on one call for all of them is quicker than a call for each."""

CARD, OTHER_CARD = "README.md", "dataset-card.md"
"""What the dataset card is called, and what where a README of somebody else's stands."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an export goes: `name` is empty for a format of several files.

    `prefix` begins the names of the report and of what else stands beside a single file.
    """

    folder: Path
    name: str
    prefix: str

    def target(self, data: Path, part: str, ending: str) -> Path:
        """Return the file or folder, within `data`, that one part of the corpus goes to."""
        if not self.name:
            return data / part
        return data / (f"{part}{ending}" if part else self.name)


def place_of(out: Path, format_: Format, stem: str, *, is_split: bool = False) -> Place:
    """Return where an export goes; `stem` names the file in a folder.

    Raises UserError when a file stands where a folder should, or a split is to be one file.
    """
    is_file = (
        format_.one_file and out.name.lower().endswith(format_.extensions) and not out.is_dir()
    )
    if is_file and is_split:
        raise UserError(
            _("{path} is one file, and a split has several; give a folder.").format(path=out)
        )
    if is_file:
        return Place(out.parent, out.name, f"{out.stem}.")
    if out.exists() and not out.is_dir():
        raise UserError(
            _("{path} is a file, and this export needs a folder; choose another name.").format(
                path=out
            )
        )
    name = f"{stem}{format_.extensions[0]}" if format_.one_file else ""
    return Place(out, name, "")


@contextmanager
def aside_of(folder: Path) -> Iterator[Path]:
    """Make a folder to write in, within the folder the files go to, and leave nothing of it."""
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    try:
        aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder))
        try:
            yield aside
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    finally:
        for path in made:
            with ignored():
                path.rmdir()


def _sweep(folder: Path) -> None:
    """Remove what exports that were killed left behind, once none of them can still be running."""
    for path in folder.glob(f"{_ASIDE}*"):
        if path.is_dir() and time.time() - path.stat().st_mtime > _ABANDONED:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def ignored() -> Iterator[None]:
    """Let a folder or file stay that cannot be removed."""
    try:
        yield
    except OSError:
        # Not empty: the export went well, or somebody put something there.
        pass


@contextmanager
def in_words(folder: Path) -> Iterator[None]:
    """Say what the disk refuses in a sentence that tells what to do."""
    try:
        yield
    except OSError as error:
        raise UserError(_sentence(error, folder)) from error


def _sentence(error: OSError, folder: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _(
            "The disk is full: nothing was exported. Make room, or choose a folder on another disk."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _("{folder} cannot be written to; choose another folder.").format(folder=folder)
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return _("{folder} is not a folder; choose another name.").format(folder=folder)
    return _("{folder} cannot be written to ({reason}); nothing was exported.").format(
        folder=folder, reason=error.strerror or error
    )


def described(path: Path, aside: Path, *, is_safe: bool = False) -> tuple[str, str, int]:
    """Return name, SHA-256 and bytes of a file, once it is on the disk: `is_safe` says that it is."""
    with path.open("rb+") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        if not is_safe:
            os.fsync(file.fileno())
        size = file.seek(0, os.SEEK_END)
    data = aside / "data"
    name = path.relative_to(data) if path.is_relative_to(data) else path.relative_to(aside)
    return name.as_posix(), digest, size


def make_safe(paths: Sequence[Path]) -> bool:
    """Have many files on the disk at once, where the system can; tell whether they are there now.

    A call for each of twenty thousand files takes a hundred times as long.
    """
    if len(paths) < _MANY or not hasattr(os, "sync"):
        return False
    os.sync()
    return True


def put_in_place(aside: Path, place: Place, files: list[str], report: Mapping[str, str]) -> None:
    """Rename the data, then the reports, over what stood there; drop what an older export left.

    `report` gives the text of each file of the report by the end of its name.
    """
    stale = _listed(place.folder / f"{place.prefix}report.json")
    for name, text in report.items():
        (aside / f"{place.prefix}{name}").write_text(text, "utf-8")
    for name in files:
        source = aside / "data" / name
        target = place.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(source if source.exists() else aside / name, target)
    for name in report:
        os.replace(aside / f"{place.prefix}{name}", place.folder / f"{place.prefix}{name}")
    written = set(files)
    for name, digest in stale.items():
        if name not in written:
            _drop_unaltered(place.folder / name, digest)


def card_name(place: Place) -> str:
    """Return what the dataset card is called here: never the name of somebody else's file."""
    name = f"{place.prefix}{CARD}"
    ours = _listed(place.folder / f"{place.prefix}report.json")
    standing = place.folder / name
    if not standing.exists() or _digest(standing) == ours.get(name):
        return name
    return f"{place.prefix}{OTHER_CARD}"


def _listed(report: Path) -> dict[str, str]:
    """Return the files an older export says it wrote here, with their digests."""
    try:
        files = json.loads(report.read_text("utf-8"))["files"]
        return {row["name"]: row["sha256"] for row in files if _is_inside(row["name"])}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _drop_unaltered(path: Path, digest: str) -> None:
    """Remove a file of an older export, unless somebody has changed it since."""
    with ignored():
        if _digest(path) == digest:
            path.unlink()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_inside(name: str) -> bool:
    """Tell whether a name in a report stays within its folder: somebody may have edited it."""
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts
