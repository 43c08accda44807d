"""A page of any length, parsed as it is read: the elements that are wanted, one after the other."""

import codecs
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from annotator.core.encoding import Decoded
from annotator.core.errors import UserError
from annotator.language import _
from annotator.readers.pages.encoding import decode_page

_CHUNK = 1 << 18
_SAMPLE = 1 << 20
"""Bytes by which the encoding is told, if all that follows is in it too."""

Wanted = Callable[[Any], bool]


class PageStream:
    """A page file whose encoding is known; `note` is what to tell of it, "" usually.

    Raises UserError when it is no text; OSError rises as it is.
    """

    def __init__(self, path: Path, encoding: str = "") -> None:
        with path.open("rb") as file:
            sample = file.read(_SAMPLE)
        decoded = decode_page(_whole_characters(sample), encoding)
        self.encoding, self.note = decoded.encoding, decoded.note
        self._path = path
        self._whole: Decoded | None = None
        if decoded.note or not _is_in(path, self.encoding):
            self._whole = decode_page(path.read_bytes(), encoding)
            self.encoding, self.note = self._whole.encoding, self._whole.note

    def elements(self, tag: str, wanted: Wanted) -> Iterator[Any]:
        """Yield the elements of a tag that are wanted, each whole; it is emptied afterwards.

        Raises UserError where the parser gives up, when all before was yielded.
        """
        from lxml import etree

        parser = etree.HTMLPullParser(
            events=("end",),
            tag=tag,
            encoding="utf-8",
            remove_comments=True,
            remove_pis=True,
            no_network=True,
            huge_tree=True,
        )
        for chunk in self._chunks():
            parser.feed(chunk.encode("utf-8", "replace"))
            yield from _taken(parser, wanted)
        with suppress(etree.XMLSyntaxError):  # Nothing but an empty file.
            parser.close()
        yield from _taken(parser, wanted)
        if any(entry.level_name == "FATAL" for entry in parser.error_log):
            raise UserError(_("Its elements are nested too deeply to be read whole."))

    def _chunks(self) -> Iterator[str]:
        if self._whole:
            yield self._whole.text
            return
        decoder = codecs.getincrementaldecoder(self.encoding)()
        with self._path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield decoder.decode(chunk)
            yield decoder.decode(b"", final=True)


def _taken(parser: Any, wanted: Wanted) -> Iterator[Any]:
    for _event, element in parser.read_events():
        if wanted(element):
            yield element
            _forget(element)


def _forget(element: Any) -> None:
    """Empty an element, and drop those before it, which nobody will ask for."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _whole_characters(sample: bytes) -> bytes:
    """Return a sample up to the end of an element, so that it ends in no half character."""
    if len(sample) < _SAMPLE or b"\0" in sample[:200]:
        return sample[: len(sample) // 4 * 4] if len(sample) == _SAMPLE else sample
    return sample[: sample.rfind(b">") + 1] or sample


def _is_in(path: Path, encoding: str) -> bool:
    """Tell whether the whole file is in an encoding, without keeping it in memory."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def first_bytes(path: Path, count: int) -> bytes:
    """Return the first bytes of a file, none where it cannot be read: reading it will tell why."""
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError:
        return b""
