"""Offsets. The store counts code points, as Python does; Qt counts UTF-16 units."""

import hashlib
import os
import re
from bisect import bisect_left, bisect_right

_WIDE = re.compile("[\U00010000-\U0010ffff]")
_CRLF = re.compile("\r\n")
_LINE_END = re.compile("\r\n?")


class Utf16:
    """Translate offsets of one text between code points and UTF-16 units.

    Only characters outside the Basic Multilingual Plane make the two differ, so
    we keep the places of those and nothing else: most articles keep an empty list.
    """

    def __init__(self, text: str) -> None:
        self._wide = [match.start() for match in _WIDE.finditer(text)]
        self._wide16 = [offset + count for count, offset in enumerate(self._wide)]

    def to_qt(self, offset: int) -> int:
        """Return the UTF-16 position of a code point offset."""
        return offset + bisect_left(self._wide, offset)

    def from_qt(self, position: int) -> int:
        """Return the code point offset of a UTF-16 position.

        Positions inside a surrogate pair round up to the end of the character.
        """
        return position - bisect_left(self._wide16, position - 1)


class LineEnds:
    """A text whose CRLF and CR became LF, and where its old offsets went.

    `text` is the new text. Offsets are code points.
    """

    def __init__(self, raw: str) -> None:
        self._dropped = [match.end() - 1 for match in _CRLF.finditer(raw)]
        self.text = _LINE_END.sub("\n", raw) if "\r" in raw else raw

    def offset(self, raw_offset: int) -> int:
        """Return where an offset of the raw text lies in the new one.

        An offset between CR and LF goes behind the LF they became.
        """
        return raw_offset - bisect_right(self._dropped, raw_offset - 1)


def readable(name: str) -> str:
    """Return the name of a file as text that can be stored; bytes that are no letter become "�"."""
    return os.fsencode(name).decode("utf-8", "replace")


def digest(text: str) -> str:
    """Return the SHA-256 of the text as UTF-8, 64 hexadecimal digits: what makes two texts one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
