"""The zip file that a document is: no part of it may fill the memory, name an entity or reach out."""

import errno
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from annotator.core.errors import UserError
from annotator.core.model import Document, Problem
from annotator.core.text import readable
from annotator.language import _

LARGEST = 64 << 20
"""Bytes that one part may unpack to; the text of the longest novel is a tenth of it."""

ALL = 256 << 20
"""Bytes that the parts read of one file may unpack to together."""

RATIO = 200
"""How many times its packed size a part may unpack to, beyond the first 4 MB; XML comes to 20."""

_UNSUSPECTED = 4 << 20
_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What unpacking raises when the bytes are not as they should be."""


class BadPart(UserError):
    """A part of a document that cannot be read; `part` is its name, "" for the file as a whole."""

    def __init__(self, message: str, part: str = "") -> None:
        super().__init__(message)
        self.part = part

    def problem(self, name: str) -> Problem:
        """Return what to tell of it, for the file of this name."""
        return Problem(place(name, self.part), str(self))


def place(name: str, part: str) -> str:
    """Return how messages name a part of a file."""
    return f"{name} › {part}" if part else name


def read_packed(
    path: Path, read: Callable[["Packed"], Iterator[Document | Problem]]
) -> Iterator[Document | Problem]:
    """Yield what `read` finds in a zip file; what cannot be read of it becomes a Problem.

    OSError rises as it is.
    """
    try:
        with Packed(path) as packed:
            yield from read(packed)
    except BadPart as refusal:
        yield refusal.problem(readable(path.name))


@contextmanager
def _told_as(told: str, part: str) -> Iterator[None]:
    """Turn what unpacking raises at a damage into a BadPart."""
    try:
        yield
    except _DAMAGES as error:
        raise BadPart(told, readable(part)) from error
    except OSError as error:
        # A damaged list of parts sends us before the beginning of the file; all else is the disk.
        if error.errno != errno.EINVAL:
            raise
        raise BadPart(told, readable(part)) from error


class Packed(AbstractContextManager["Packed"]):
    """A zip file whose parts are read into memory one by one; nothing is ever unpacked to disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = readable(path.name)
        self._read = 0
        told = _("It is damaged or not complete: it cannot be opened. Fetch or save it again.")
        with _told_as(told, ""):
            self._zip = zipfile.ZipFile(path)
        self._parts = {info.filename.lower(): info for info in self._zip.infolist()}

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._parts

    @property
    def parts(self) -> list[str]:
        """The names of all parts, in the order of the file."""
        return [info.filename for info in self._parts.values()]

    def read(self, part: str) -> bytes:
        """Return what is in a part, whatever the case of its name. Raises BadPart."""
        info = self._parts.get(part.lower())
        if info is None:
            raise BadPart(_("This part is missing: the file is not complete."), readable(part))
        if info.flag_bits & 1:
            raise BadPart(_("It is protected by a password. Save it without one."), readable(part))
        told = _("This part is damaged and cannot be unpacked. Fetch or save the file again.")
        with _told_as(told, part), self._zip.open(info) as file:
            raw = file.read(LARGEST + 1)
        self._read += len(raw)
        if _is_bomb(len(raw), info.compress_size) or self._read > ALL:
            told = _("It unpacks to more than any text would; it was not read.")
            raise BadPart(told, readable(part))
        return raw

    def xml(self, part: str) -> Any:
        """Return the root of a part that is XML. Raises BadPart."""
        return parse_xml(self.read(part), readable(part))


def _is_bomb(size: int, packed: int) -> bool:
    return size > LARGEST or (size > _UNSUSPECTED and size > RATIO * packed)


def parse_xml(raw: bytes, part: str) -> Any:
    """Return the root of an XML text, without comments. Raises BadPart, also for entities of its own."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        told = _("This part is damaged: {error}.")
        raise BadPart(told.format(error=str(error).partition("\n")[0]), part) from error
    if next(root.iter(etree.Entity), None) is not None:
        # Left unresolved they would be holes in the text; resolved, they can be a trap.
        raise BadPart(
            _("It declares entities of its own, which no document does. Save it again."), part
        )
    return root


def local(element: Any) -> str:
    """Return the name of an element without its namespace, which changes from version to version."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Any, name: str) -> str:
    """Return an attribute by its name without namespace, "" when it is not there."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""
