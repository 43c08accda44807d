"""Files of text and of JSON lines, whatever their encoding; what cannot be read becomes a Problem."""

import codecs
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TextIO

import orjson

from annotator.core.corpus import Found
from annotator.core.encoding import decode, decode_as
from annotator.core.errors import UserError
from annotator.core.formats import AS_IT_IS, Reading
from annotator.core.model import Problem, Remark
from annotator.core.text import readable
from annotator.language import _

_CHUNK = 1 << 20
_BOM = b"\xef\xbb\xbf"


_DEEPEST = 100
"""How many lists and objects may lie in one another."""


class Line(NamedTuple):
    """A JSON value and where it stands: "corpus.jsonl:12"."""

    place: str
    value: Any


class Opened(NamedTuple):
    """A file as UTF-8 bytes, the encoding it is really in, and what to tell of that ("" usually)."""

    file: BinaryIO
    encoding: str
    note: str


def open_utf8(path: Path, encoding: str = "") -> Opened:
    """Open a text file at the first byte behind its BOM; only one that is not UTF-8 is read whole.

    Raises UserError when it is no text, or not in the `encoding` that the user says it is in;
    OSError as it comes.
    """
    if encoding:
        decoded = decode_as(path.read_bytes(), encoding)
        return Opened(io.BytesIO(decoded.text.encode()), decoded.encoding, "")
    if _is_utf8(path):
        file = path.open("rb")
        file.seek(len(_BOM) if file.read(len(_BOM)) == _BOM else 0)
        return Opened(file, "utf-8", "")
    decoded = decode(path.read_bytes())
    return Opened(io.BytesIO(decoded.text.encode()), decoded.encoding, decoded.note)


def read_opened(
    path: Path, read: Callable[[Opened, str], Iterator[Found]], how: Reading = AS_IT_IS
) -> Iterator[Found]:
    """Yield what is to be told of a file and then what `read` finds in it; it gets the file's name too.

    A file that cannot be opened is one Problem. OSError rises when it breaks off while being read.
    """
    name = readable(path.name)
    try:
        opened = open_utf8(path, how.encoding)
    except (UserError, OSError) as error:
        yield refusal(error, name)
        return
    with opened.file:
        yield from remark(opened, name)
        yield from read(opened, name)


def text_of(opened: Opened) -> TextIO:
    """Return an open file as text, its line ends as they are."""
    return io.TextIOWrapper(opened.file, "utf-8", newline="")


def json_lines(
    opened: Opened, name: str, count_keys: Callable[[Any], int] | None = None
) -> Iterator[Line | Problem]:
    """Yield the value of each line that is not blank; `name` is the file's in messages."""
    for number, raw in enumerate(opened.file, start=1):
        if not raw.isspace():
            yield parse(raw, f"{name}:{number}", count_keys)


def first_record(path: Path, head: bytes) -> Mapping[str, Any]:
    """Return the object in the first line of a file that begins so, empty if there is none in a megabyte."""
    start = head.removeprefix(_BOM).lstrip()
    if not start.startswith(b"{"):
        return {}
    if b"\n" not in start:
        with path.open("rb") as file:
            start = file.read(_CHUNK).removeprefix(_BOM).lstrip()
    try:
        value = orjson.loads(start.partition(b"\n")[0])
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def parse(raw: bytes, place: str, count_keys: Callable[[Any], int] | None = None) -> Line | Problem:
    """Return the JSON value of some bytes, or what is wrong with them and in which column.

    Keys that stand twice and numbers beyond 64 bits are wrong: one of the values would be lost.
    `count_keys` may know the usual shape of a value and so count its keys sooner than by looking
    everywhere; if it misses some, all is looked at.
    """
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        where = (
            _("column {column}").format(column=error.colno)
            if error.lineno == 1
            else _("line {line}, column {column}").format(line=error.lineno, column=error.colno)
        )
        return Problem(
            place, _("Not valid JSON, {where}: {reason}.").format(where=where, reason=error.msg)
        )
    marks = raw.count(b'":')
    if count_keys and count_keys(value) == marks:
        return Line(place, value)
    try:
        if type(value) in (dict, list) and all_keys(value) == marks:
            return Line(place, value)
        return _doubts(raw, place) or Line(place, value)
    except RecursionError:
        return Problem(place, _("It is nested too deeply."))


def remark(opened: Opened, name: str) -> Iterator[Remark]:
    """Yield what is to be told of a file's encoding, if anything."""
    if opened.note:
        yield Remark(name, opened.note)


def refusal(error: UserError | OSError, name: str) -> Problem:
    """Return a file that could not be opened as a Problem."""
    reason = error.strerror if isinstance(error, OSError) else None
    return Problem(name, reason or str(error))


def _is_utf8(path: Path) -> bool:
    """Tell without keeping it in memory; text that holds zero bytes is not what it seems."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                if b"\0" in chunk:
                    return False
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def all_keys(value: Any, depth: int = 0) -> int:
    """Return how many keys the objects in a value have, all depths together.

    A number too large for 64 bits has become a float; it counts as a key, to raise doubts.
    RecursionError: nobody could write it down again.
    """
    if depth > _DEEPEST:
        raise RecursionError
    count = 0
    if type(value) is dict:
        count, value = len(value), value.values()
    for each in value:
        kind = type(each)
        if kind is dict or (kind is list and not _is_plain_span(each)):
            count += all_keys(each, depth + 1)
        elif kind is float and abs(each) >= 2.0**63:
            count += 1
    return count


def _is_plain_span(row: list[Any]) -> bool:
    """Tell [start, end, label], of which there are so many that looking into each would take long."""
    return len(row) == 3 and type(row[0]) is int and type(row[1]) is int and type(row[2]) is str


def _doubts(raw: bytes, place: str) -> Problem | None:
    doubts: list[str] = []

    def check_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        if len(table) < len(pairs):
            names = [name for name, _value in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            doubts.append(_("The key “{key}” stands twice.").format(key=twice))
        return table

    def check_size(digits: str) -> int:
        if len(digits) > 20 or not -(2**63) <= int(digits) < 2**64:
            doubts.append(_("The number {number}… is too large.").format(number=digits[:20]))
            return 0
        return int(digits)

    json.loads(raw, object_pairs_hook=check_keys, parse_int=check_size)
    return Problem(place, doubts[0]) if doubts else None
