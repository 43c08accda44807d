"""An RTF file read whole, with what is to be told of the file itself."""

from collections.abc import Generator
from pathlib import Path

from annotator.core.model import Problem
from annotator.core.text import readable
from annotator.language import _
from annotator.readers.documents.rtf_text import Rtf, is_rtf, read_rtf

LARGEST = 256 << 20
"""Bytes; most of a larger file are pictures, and it would fill the memory."""


def rtf_of(path: Path) -> Generator[Problem, None, Rtf | None]:
    """Yield what is wrong with a file and return what is in it, None when it cannot be read.

    OSError rises as it is.
    """
    name = readable(path.name)
    if path.stat().st_size > LARGEST:
        yield Problem(name, _("It is too large. Save it without its pictures."))
        return None
    raw = path.read_bytes()
    if not is_rtf(raw):
        yield Problem(name, _("It is no RTF file, whatever its name. Save it as RTF again."))
        return None
    rtf = read_rtf(raw)
    if not rtf.is_whole:
        told = _("It breaks off in the middle; what is there was read. Fetch or save it again.")
        yield Problem(name, told)
    return rtf
