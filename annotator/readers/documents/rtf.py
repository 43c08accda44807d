"""An RTF file becomes one article: its text, its notes, what its properties say."""

from collections.abc import Iterator
from pathlib import Path

from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.model import Document, Problem
from annotator.core.text import readable
from annotator.language import _, n_
from annotator.readers.documents.leavings import leavings
from annotator.readers.documents.properties import Properties, article_of
from annotator.readers.documents.rtf_file import rtf_of
from annotator.readers.documents.rtf_text import Rtf
from annotator.readers.paragraphs import text_of


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Document | Problem]:
    """Yield the article in an RTF file, and what a user should know about it.

    OSError rises as it is.
    """
    rtf = yield from rtf_of(path)
    if rtf is not None:
        yield from _found(path, readable(path.name), rtf)


def _found(path: Path, name: str, rtf: Rtf) -> Iterator[Document | Problem]:
    if rtf.undecoded:
        yield Problem(name, _undecoded(rtf.undecoded))
    text = text_of(rtf.body.finish(), rtf.notes)
    if not text:
        yield Problem(name, _("It holds no text."))
        return
    yield from leavings(rtf.counts, name)
    yield article_of(path, text, _properties(rtf))


def _undecoded(count: int) -> str:
    return n_(
        "{count} character could not be read and became “�”.",
        "{count} characters could not be read and became “�”.",
        count,
    ).format(count=count)


def _properties(rtf: Rtf) -> Properties:
    said = rtf.properties
    meta = {
        "subject": said.get("subject", ""),
        "keywords": said.get("keywords", ""),
        "description": said.get("doccomm", ""),
    }
    return Properties(said.get("title", ""), said.get("author", ""), "", rtf.created, meta)


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "rtf",
            _("Rich Text Format"),
            _("One article a file, with its tables and notes; tracked changes as if accepted."),
            (".rtf",),
            read=read,
            is_document=True,
        ),
    )
