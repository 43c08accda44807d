"""An archive on its way into a folder that is gone afterwards: nothing leaves it, nothing fills the disk."""

import errno
import gzip
import lzma
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from annotator.core.model import Problem
from annotator.core.text import readable
from annotator.language import _

ALL = 2 << 30
"""Bytes that an archive may unpack to, with the archives in it."""

RATIO = 200
"""How many times its packed size a file may unpack to, beyond the first 10 MB; text comes to 20."""

MOST = 100_000
"""Files in one archive."""

_UNSUSPECTED = 10 << 20
_WANTED_ANYWAY = 1 << 20
"""Bytes: a file of unknown ending as small as this may belong to one that is read."""

_CHUNK = 1 << 20
_LONGEST_NAME = 200
_DAMAGES = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, RuntimeError)


class _TooMuch(Exception):
    """A file unpacks to more than its packed size can explain."""


class _Full(Exception):
    """All that an archive may unpack to is used up."""


@dataclass(slots=True)
class Room:
    """The bytes that may still be unpacked."""

    left: int = ALL


def unpack(path: Path, folder: Path, endings: Collection[str], room: Room) -> Iterator[Problem]:
    """Put the files of an archive into a folder, and yield what cannot be; its folders stay folders.

    Large files of other `endings` come in empty. OSError rises when the disk is full.
    """
    name = readable(path.name)
    try:
        if path.suffix.lower() == ".gz":
            yield from _unpack_gzip(path, folder, room)
        else:
            with zipfile.ZipFile(path) as archive:
                yield from _unpack_zip(archive, name, folder, tuple(endings), room)
    except _DAMAGES:
        told = _("It is damaged or not complete: it cannot be opened. Fetch or save it again.")
        yield Problem(name, told)
    except _Full:
        told = _("It unpacks to more than {size} GB; only what fits was read. Unpack it yourself.")
        yield Problem(name, told.format(size=ALL >> 30))


def _unpack_gzip(path: Path, folder: Path, room: Room) -> Iterator[Problem]:
    name = readable(path.name)
    target = folder / path.stem
    try:
        with gzip.open(path, "rb") as file:
            _copy(file, target, path.stat().st_size, room)
    except _TooMuch:
        yield Problem(name, _too_much())
    except (*_DAMAGES, gzip.BadGzipFile):
        target.unlink(missing_ok=True)
        yield Problem(name, _damaged())


def _unpack_zip(
    archive: zipfile.ZipFile, name: str, folder: Path, endings: tuple[str, ...], room: Room
) -> Iterator[Problem]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MOST:
        told = _("It holds {count} files; no more than {most} can be read. Unpack it yourself.")
        yield Problem(name, told.format(count=len(members), most=MOST))
        return
    for member in members:
        parts = _parts(member)
        target = folder.joinpath(*parts)
        refusal = _refusal(member, target)
        if not refusal and parts:
            refusal = _unpack_member(archive, member, target, endings, room)
        if refusal:
            yield Problem(f"{name} › {readable('/'.join(parts))}", refusal)


def _refusal(member: zipfile.ZipInfo, target: Path) -> str:
    if member.flag_bits & 1:
        return _("It is protected by a password. Unpack it yourself and import the folder.")
    if stat.S_ISLNK(member.external_attr >> 16):
        return _("It is a link to another file; it was not followed.")
    if target.exists():
        return _("The name stands twice in the archive; only the first file was read.")
    return ""


def _unpack_member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    target: Path,
    endings: tuple[str, ...],
    room: Room,
) -> str:
    """Return why a file cannot be unpacked, "" when it was; nothing is left of one that cannot."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return _("The name stands twice in the archive; only the first file was read.")
    is_wanted = target.name.lower().endswith(endings) or member.file_size <= _WANTED_ANYWAY
    if not is_wanted:
        target.touch()
        return ""
    try:
        with archive.open(member) as file:
            _copy(file, target, member.compress_size, room)
    except _TooMuch:
        return _too_much()
    except (*_DAMAGES, NotImplementedError):
        target.unlink(missing_ok=True)
        return _damaged()
    except OSError as error:
        # It says that the file begins before the archive does.
        if error.errno != errno.EINVAL:
            raise
        return _damaged()
    return ""


def _copy(file: gzip.GzipFile | IO[bytes], target: Path, packed: int, room: Room) -> None:
    size = 0
    try:
        with target.open("wb") as unpacked:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                room.left -= len(chunk)
                if room.left < 0:
                    raise _Full
                if size > _UNSUSPECTED and size > RATIO * packed:
                    raise _TooMuch
                unpacked.write(chunk)
    except (_Full, _TooMuch):
        target.unlink()
        raise


def _parts(member: zipfile.ZipInfo) -> tuple[str, ...]:
    """Return the folders and the name of a file, of which none leads out of the folder."""
    parts = _name(member).replace("\\", "/").split("/")
    return tuple(_harmless(part) for part in parts if part not in ("", ".", ".."))


def _name(member: zipfile.ZipInfo) -> str:
    """Return the name as it was meant: old programs write it in the code page of their system."""
    if member.flag_bits & 0x800 or member.filename.isascii():
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp850")


def _harmless(part: str) -> str:
    part = "".join("_" if char in ':*?"<>|' or char < " " else char for char in part)
    if len(part.encode("utf-8", "replace")) <= _LONGEST_NAME:
        return part
    suffix = Path(part).suffix[:20]
    return part[: (_LONGEST_NAME - 20) // 4] + suffix


def _too_much() -> str:
    return _("It unpacks to more than any text would; it was not read.")


def _damaged() -> str:
    return _("It is damaged and cannot be unpacked. Fetch or save the archive again.")
