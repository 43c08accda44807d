"""Nexis: the Word and RTF files of Nexis Uni, and the texts and pages of the old LexisNexis."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import unescape
from pathlib import Path

from annotator.core.encoding import decode, decode_as
from annotator.core.errors import UserError
from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.model import Document, Problem, Remark
from annotator.core.text import LineEnds, readable
from annotator.language import _
from annotator.readers.databases.clippings import documents
from annotator.readers.databases.nexis_old import START, clippings_of_old, paragraphs_of_text
from annotator.readers.databases.nexis_uni import clippings_of_uni, is_end
from annotator.readers.documents.docx_text import Story, paragraphs
from annotator.readers.documents.packed import Packed, read_packed
from annotator.readers.documents.rtf_file import rtf_of
from annotator.readers.documents.rtf_text import is_rtf, read_rtf
from annotator.readers.pages.encoding import decode_page
from annotator.readers.pages.flow import blocks
from annotator.readers.pages.stream import first_bytes
from annotator.readers.pages.tree import parse_page
from annotator.readers.paragraphs import BLANKS

_WITHIN = 1 << 21
"""Bytes in which the first article of a file ends, unpacked."""

_HEAD = 1024
_MAIN = "word/document.xml"
_START = re.compile(
    rb"(?:^|[\r\n>])[ \t]*(?:\d+ of \d+ DOCUMENTS?|D(?:ocument|OCUMENT) \d+ (?:de|DE) \d+)[ \t]*(?:[\r\n<]|$)"
)
_MARKUP = re.compile(rb"<[^>]*>")
_FIELDS = re.compile(
    r"(?:Load-Date|Length|Byline|Longueur|Auteur|Date[- ]de[- ]chargement)\s*:", re.IGNORECASE
)


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Document | Problem]:
    """Yield the articles of a file, and what a user should know about it. OSError rises as it is."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK"):
        yield from read_packed(path, _of_docx)
    elif is_rtf(head):
        yield from _of_rtf(path)
    else:
        yield from _of_text(path, how)


def recognises(path: Path, head: bytes) -> bool:
    """Tell a file of Nexis by the lines that begin or end its articles."""
    if head.startswith(b"PK"):
        return _is_uni(_lines_of_packed(path))
    if is_rtf(head):
        return _is_uni(_lines(read_rtf(first_bytes(path, _WITHIN)).body.finish()))
    return bool(_START.search(head.replace(b"\0", b"")))


def _is_uni(lines: Iterable[str]) -> bool:
    seen = False
    for line in lines:
        seen = seen or bool(_FIELDS.match(line))
        if is_end(line):
            return seen
    return False


def _lines_of_packed(path: Path) -> list[str]:
    """Return the first lines of a Word file, quickly and roughly."""
    with suppress(
        zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, zlib.error, OSError
    ):
        with zipfile.ZipFile(path) as packed, packed.open(_MAIN) as part:
            raw = part.read(_WITHIN)
        return [
            unescape(_MARKUP.sub(b"", each).decode("utf-8", "replace"))
            for each in raw.split(b"</w:p>")
        ]
    return []


def _of_docx(packed: Packed) -> Iterator[Document | Problem]:
    lines = list(_lines(paragraphs(packed.xml(_MAIN), Story())))
    yield from documents(packed.path, clippings_of_uni(lines), {})


def _of_rtf(path: Path) -> Iterator[Document | Problem]:
    rtf = yield from rtf_of(path)
    if rtf is None:
        return
    yield from documents(path, clippings_of_uni(_lines(rtf.body.finish())), {})


def _of_text(path: Path, how: Reading) -> Iterator[Document | Problem]:
    name = readable(path.name)
    raw = path.read_bytes()
    try:
        if raw[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            decoded = decode_page(raw, how.encoding)
            root = parse_page(decoded.text)
            lines = [block.text for block in blocks(root)] if root is not None else []
        else:
            decoded = decode_as(raw, how.encoding) if how.encoding else decode(raw)
            lines = list(paragraphs_of_text(LineEnds(decoded.text).text))
    except UserError as refusal:
        yield Problem(name, str(refusal))
        return
    if decoded.note:
        yield Remark(name, decoded.note)
    is_old = any(map(START.fullmatch, lines))
    clippings = clippings_of_old(lines) if is_old else clippings_of_uni(_lines(lines))
    yield from documents(path, clippings, {"encoding": decoded.encoding})


def _lines(found: Iterable[str]) -> Iterator[str]:
    """Yield the paragraphs that say something."""
    for line in found:
        if line.strip(f"{BLANKS}\u00a0"):
            yield line.strip(BLANKS)


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "nexis",
            _("Nexis"),
            _(
                "Word and RTF files of Nexis Uni and Lexis+, and texts and pages of the old LexisNexis."
            ),
            (".docx", ".rtf", ".txt", ".html", ".htm"),
            read=read,
            recognises=recognises,
            is_document=True,
        ),
    )
