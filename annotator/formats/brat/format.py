"""brat's standoff: a text in `x.txt`, what is labelled in it in `x.ann`, the types in two .conf files."""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from annotator.core.corpus import Found
from annotator.core.encoding import decode, decode_as
from annotator.core.errors import UserError
from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.model import Problem, Remark
from annotator.core.text import readable
from annotator.formats.brat.lines import BOM
from annotator.formats.brat.names import names_for
from annotator.formats.brat.reading import read_standoff
from annotator.formats.brat.writer import BratWriter
from annotator.formats.lines import refusal
from annotator.language import _

NAME = "brat"


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the article of an `.ann` file and the `.txt` beside it."""
    name = readable(path.name)
    try:
        annotations = _decoded(path, how.encoding)
    except (UserError, OSError) as error:
        yield refusal(error, name)
        return
    beside = path.with_suffix(".txt")
    try:
        text = _decoded(beside, how.encoding)
    except FileNotFoundError:
        told = _("The text it belongs to, {file}, is not beside it.")
        yield Problem(name, told.format(file=readable(beside.name)))
        return
    except (UserError, OSError) as error:
        yield refusal(error, readable(beside.name))
        return
    if text.note:
        yield Remark(readable(beside.name), text.note)
    if not text.text.strip():
        yield Problem(readable(beside.name), _("Its text is empty."))
        return
    names = names_for(path)
    yield from read_standoff(text.text, annotations.text, name, names, marked=text.marked)


def parts(path: Path) -> tuple[Path, ...]:
    """Return the text that is read with an `.ann` file."""
    return (path.with_suffix(".txt"),)


class _Decoded(NamedTuple):
    """A file's text, what to tell of its encoding, and whether a byte order mark stood before it."""

    text: str
    note: str
    marked: bool


def _decoded(path: Path, encoding: str) -> _Decoded:
    raw = path.read_bytes()
    marked = raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if encoding:
        return _Decoded(decode_as(raw, encoding).text, "", marked)
    try:
        # A text may begin as other files do ("GIF8 …"): beside an .ann it is a text.
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        decoded = decode(raw)
        return _Decoded(decoded.text, decoded.note, marked)
    return _Decoded(text.removeprefix(BOM), "", marked)


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            NAME,
            _("brat standoff"),
            _(
                "A text and its annotations side by side, two files an article, with the types for "
                "brat. Holds no metadata, annotators, states or dates."
            ),
            (".ann",),
            read=read,
            writer=BratWriter,
            holds={
                "overlaps": _("lines of their own"),
                "fragments": _("“START END;START END”"),
                "links": _("relations (R)"),
                "attributes": _("attributes (A), with one value or none"),
                "notes": _("notes of annotators (#)"),
                "entities": _("references (N) to “Register”: id and name"),
            },
            beside=parts,
        ),
    )
