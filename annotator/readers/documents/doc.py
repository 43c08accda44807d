"""Files that end in .doc: RTF and .docx under that name are read, Word's old format is told."""

from collections.abc import Iterator
from pathlib import Path

from annotator.core.formats import AS_IT_IS, HEAD, Format, Reading
from annotator.core.model import Document, Problem
from annotator.core.text import readable
from annotator.language import _
from annotator.readers.documents import docx, rtf
from annotator.readers.documents.rtf_text import is_rtf


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Document | Problem]:
    """Yield the article in a file that only looks like an old Word file, else what to do with it.

    OSError rises as it is.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if is_rtf(head):
        yield from rtf.read(path, how)
    elif head.startswith(b"PK"):
        yield from docx.read(path, how)
    else:
        yield Problem(readable(path.name), _remedy())


def _remedy() -> str:
    return _(
        "Word's format from before 2007 cannot be read."
        " Open the file in Word or LibreOffice and save it as .docx."
    )


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "doc",
            _("Old Word"),
            _("Only what is RTF or .docx under this name; all else must be saved as .docx first."),
            (".doc", ".dot"),
            read=read,
            is_document=True,
        ),
    )
