"""The file of a spaCy DocBin, written document by document: spaCy itself would hold it all in memory.

Source: spacy/tokens/_serialize.py of spaCy 3.8, version "0.1" of the format: one map in msgpack,
compressed by zlib, that has each part of all documents together.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from annotator.core.errors import UserError
from annotator.language import _

ATTRIBUTES = ("ORTH", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID")
"""What is kept of each token, beside whether a blank follows."""

BLOBS = ("tokens", "spaces", "lengths")
LISTS = ("strings", "cats", "flags", "span_groups", "user_data")
"""The parts of all documents: bytes one after another, and lists of which all but the first have an
item for each document.
"""

CHUNK = 1 << 18
_LARGEST_BLOB = (1 << 32) - 1


@contextmanager
def parts(folder: Path | None = None) -> Iterator[dict[str, IO[bytes]]]:
    """Open a temporary file for each part, in the system's folder for them unless one is given."""
    with ExitStack() as stack:
        names = (*BLOBS, *LISTS)
        yield {name: stack.enter_context(TemporaryFile(dir=folder)) for name in names}


class DocBinFile(AbstractContextManager["DocBinFile"]):
    """Takes one Doc after another; the file stands once the context is left without an error.

    What is common to all, of which there is not much, is in memory; the rest waits on the disk.
    """

    def __init__(self, path: Path) -> None:
        from spacy.tokens import DocBin
        from srsly import msgpack

        self._path = path
        self._stack = ExitStack()
        self._parts = self._stack.enter_context(parts(path.parent))
        self._packer = msgpack.Packer(use_bin_type=True)
        self._empty = DocBin(ATTRIBUTES)
        self._hashes: set[int] = set()
        self._names: set[str] = set()
        self._docs = 0
        self._strings = 0

    def add(self, doc: Any, names: Iterable[str], ids: Iterable[str]) -> None:
        """Write a Doc. Its spans have labels and knowledge base ids among `names`, and these ids."""
        tokens = doc.to_array(self._empty.attrs)
        self._parts["tokens"].write(tokens.tobytes("C"))
        self._parts["spaces"].write(doc.to_array(["SPACY"]).astype(bool).tobytes("C"))
        self._parts["lengths"].write(struct.pack("=i", len(doc)))
        self._pack("cats", doc.cats)
        self._pack("flags", {"has_unknown_spaces": doc.has_unknown_spaces})
        self._pack("span_groups", doc.spans.to_bytes())
        self._pack("user_data", self._packer.pack(doc.user_data))
        words = set(tokens[:, 0].tolist()) - self._hashes
        self._hashes |= words
        fresh = set(names) - self._names
        self._names |= fresh
        for string in (*(doc.vocab.strings[word] for word in words), *fresh, *ids):
            self._pack("strings", string)
            self._strings += 1
        self._docs += 1

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        with self._stack:
            if kind is None:
                self._write()

    @property
    def size(self) -> int:
        """Bytes of all parts, as they are in memory once spaCy has unpacked them."""
        return sum(part.tell() for part in self._parts.values())

    def _pack(self, name: str, value: object) -> None:
        self._parts[name].write(self._packer.pack(value))

    def _write(self) -> None:
        pack = self._packer.pack
        with self._path.open("wb") as file:
            deflate = zlib.compressobj()
            file.write(deflate.compress(self._packer.pack_map_header(2 + len(self._parts))))
            head = {"version": self._empty.version, "attrs": self._empty.attrs}
            for name, value in head.items():
                file.write(deflate.compress(pack(name) + pack(value)))
            for name, part in self._parts.items():
                file.write(deflate.compress(pack(name) + self._header(name, part.tell())))
                part.seek(0)
                while chunk := part.read(CHUNK):
                    file.write(deflate.compress(chunk))
            file.write(deflate.flush())

    def _header(self, name: str, size: int) -> bytes:
        if name in LISTS:
            count = self._strings if name == "strings" else self._docs
            return bytes(self._packer.pack_array_header(count))
        if size > _LARGEST_BLOB:
            raise UserError(
                _("There are too many articles for one .spacy file; export them in parts.")
            )
        return b"\xc6" + struct.pack(">I", size)
