"""A file that is read again while it is written: each piece comes back from the disk and is compared."""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Generic, TypeVar

from annotator.core.model import Problem
from annotator.language import _

_BATCH = 1 << 20
"""Bytes that wait before they are handed to the disk and read again."""

_MOST = 100
"""Differences that are kept: enough to see what is wrong."""

T = TypeVar("T")

Compare = Callable[[str, T], Iterator[Problem]]
"""Reads a piece of a file as an import does, and yields where it is not what was to be written."""


class ProvedFile(AbstractContextManager["ProvedFile[T]"], Generic[T]):
    """Takes pieces of text, usually articles, each with what it must be once it is read.

    On leaving, `problems` has what came back otherwise and `digest` the SHA-256 of what was handed to
    the disk. Memory holds one batch.
    """

    def __init__(self, path: Path, compare: Compare[T]) -> None:
        self.problems: list[Problem] = []
        self.name = path.name
        self._compare = compare
        self._out = path.open("wb")
        self._back = path.open("rb")
        self._sha256 = hashlib.sha256()
        # Digesting leaves the interpreter free, so that it goes on beside the comparing.
        self._digesting = ThreadPoolExecutor(1)
        self._waiting: list[tuple[bytes, T]] = []
        self._size = 0

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        with self._out, self._back, self._digesting:
            if kind is None:
                self.prove()
                if self._back.read(1):
                    told = _("There is more in the file than was written.")
                    self.problems.append(Problem(self.name, told))

    @property
    def digest(self) -> str:
        """The SHA-256 of all that was written, once the file is left."""
        return self._sha256.hexdigest()

    def put(self, piece: str, expected: T) -> None:
        """Write a piece that must come back as `expected`."""
        self.put_bytes(piece.encode(), expected)

    def put_bytes(self, raw: bytes, expected: T) -> None:
        """Write a piece that is UTF-8 already."""
        self._waiting.append((raw, expected))
        self._size += len(raw)
        if self._size > _BATCH:
            self.prove()

    def prove(self) -> None:
        """Hand the pieces that wait to the disk, and read them again."""
        batch = b"".join(raw for raw, _expected in self._waiting)
        self._digesting.submit(self._sha256.update, batch)
        self._out.write(batch)
        self._out.flush()
        for raw, expected in self._waiting:
            piece = self._back.read(len(raw)).decode(errors="replace")
            found = self._compare(piece, expected)
            self.problems += [] if len(self.problems) >= _MOST else found
        self._waiting, self._size = [], 0
