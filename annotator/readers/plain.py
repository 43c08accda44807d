"""A text file becomes one article: decoded, its line ends made one, its head read."""

from collections.abc import Iterator
from pathlib import Path

from annotator.core.encoding import decode, decode_as
from annotator.core.errors import UserError
from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.ids import new_id
from annotator.core.model import Article, Document, Problem
from annotator.core.text import LineEnds, readable
from annotator.language import _
from annotator.readers.press import read_head

SUFFIXES = (".txt", ".text")


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Document | Problem]:
    """Yield the article in a text file, and what a user should know about the file.

    OSError rises as it is.
    """
    name = readable(path.name)
    try:
        raw = path.read_bytes()
        decoded = decode_as(raw, how.encoding) if how.encoding else decode(raw)
    except UserError as refusal:
        yield Problem(name, str(refusal))
        return
    if decoded.note:
        yield Problem(name, decoded.note)
    text = LineEnds(decoded.text).text
    if not text.strip():
        yield Problem(name, _("It holds no text."))
        return
    yield Document(_article(path, text, decoded.encoding), place=name)


def _article(path: Path, text: str, encoding: str) -> Article:
    head = read_head(text)
    return Article(
        new_id(),
        text,
        title=head.title or readable(path.stem),
        author=head.author,
        published=head.published,
        language=head.language,
        meta={**head.meta, "file": readable(path.name), "encoding": encoding},
    )


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "txt",
            _("Plain text"),
            _("One article a file, in any of the usual encodings; what its head says is read."),
            SUFFIXES,
            read=read,
            is_document=True,
        ),
    )
