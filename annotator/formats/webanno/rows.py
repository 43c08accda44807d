"""The lines of a WebAnno TSV 3 file: its layers, its sentences, and in each row the cells.

After the documentation of INCEpTION and the files of its test suite.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from annotator.core.model import Problem
from annotator.language import _

HEAD = "#FORMAT=WebAnno TSV 3"
_LAYERS = {"#T_SP=": "span", "#T_RL=": "relation", "#T_CH=": "chain"}
_ESCAPED = re.compile(r"\\(->|u[0-9a-fA-F]{4}|.)", re.DOTALL)
_LETTERS = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}
_STACKED = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_SLOTS = re.compile(r"(?<!\\)((?:\\\\)*);")
_NUMBERED = re.compile(r"(.*)\[(\d+)\]", re.DOTALL)
_OFFSETS = re.compile(r"(\d{1,9})-(\d{1,9})")

Kind = Literal["feature", "role", "slot", "source", "none"]


class Column(NamedTuple):
    """What stands in a column: a feature, the role or filler of a slot, or the source of a relation."""

    kind: Kind
    name: str


@dataclass(slots=True)
class Layer:
    """A layer and its columns, the first of which is number `first` behind the token."""

    kind: str
    type: str
    columns: list[Column]
    first: int
    target: str = ""


@dataclass(slots=True)
class Row:
    """A token, or a stretch of one: `cells` are those of the layers, still escaped."""

    line: int
    unit: str
    begin: int
    end: int
    surface: str
    cells: list[str]


@dataclass(slots=True)
class Sentence:
    """The text of a sentence and its rows."""

    text: str
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """A whole file."""

    layers: list[Layer]
    sentences: list[Sentence]
    problems: list[Problem]


def sheet(text: str, name: str) -> Sheet:
    """Return the layers and sentences of a file; lines that do not fit are told and left out."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    found = Sheet([], [], [])
    is_java = lines[0].startswith((f"{HEAD}.0", f"{HEAD}.1"))
    told: list[str] = []
    for number, line in enumerate(lines[1:], start=2):
        if line.startswith(tuple(_LAYERS)):
            found.layers.append(_layer(line, _width(found.layers)))
        elif line.startswith("#Text="):
            told.append(unescaped(line.removeprefix("#Text="), java=is_java))
        elif line and not line.startswith("#"):
            if told or not found.sentences:
                found.sentences.append(Sentence("\n".join(told)))
                told = []
            row = _row(number, line, _width(found.layers))
            if row is None:
                reason = _("Not a row of this file: number, offsets, token and a cell a column.")
                found.problems.append(Problem(f"{name}:{number}", reason))
            else:
                found.sentences[-1].rows.append(row)
    return found


def _width(layers: Sequence[Layer]) -> int:
    return sum(len(layer.columns) for layer in layers)


def _layer(line: str, first: int) -> Layer:
    kind = _LAYERS[line[:6]]
    type_, *names = line[6:].split("|")
    columns: list[Column] = []
    target = ""
    for name in names:
        if name.startswith("ROLE_"):
            columns.append(Column("role", name.partition(":")[2].partition("_")[0]))
        elif name.startswith("BT_"):
            columns.append(Column("source", name))
            target = name.removeprefix("BT_")
        elif columns and columns[-1].kind == "role":
            columns.append(Column("slot", name))
        else:
            columns.append(Column("feature" if name else "none", name))
    return Layer(kind, type_, columns or [Column("none", "")], first, target)


def _row(number: int, line: str, width: int) -> Row | None:
    unit, *rest = line.split("\t")
    if len(rest) < 2 + width:
        return None
    offsets = _OFFSETS.fullmatch(rest[0])
    if not offsets or not unit[:1].isdecimal():
        return None
    cells = rest[2 : 2 + width]
    return Row(number, unit, int(offsets[1]), int(offsets[2]), unescaped(rest[1]), cells)


class Value(NamedTuple):
    """One of the values in a cell: its text, None where there is none, and the number in brackets."""

    text: str | None
    number: int = 0


def stacked(cell: str) -> list[str]:
    """Return the values that stand in one cell, still escaped; none for `_`."""
    return [] if cell == "_" else list(_split(cell, _STACKED))


def slots(value: str) -> list[str]:
    """Return the roles or fillers that stand in one value, still escaped."""
    return list(_split(value, _SLOTS))


def _split(text: str, sign: re.Pattern[str]) -> Iterator[str]:
    start = 0
    for match in sign.finditer(text):
        yield text[start : match.end() - 1]
        start = match.end()
    yield text[start:]


def value(text: str) -> Value:
    """Return a value without its escapes: `_` and `*` alone say that there is none."""
    numbered = _NUMBERED.fullmatch(text)
    plain, number = (numbered[1], int(numbered[2])) if numbered else (text, 0)
    if numbered and plain.endswith("\\"):
        plain, number = text, 0
    return Value(None if plain in ("_", "*", "") else unescaped(plain), number)


def unescaped(text: str, *, java: bool = False) -> str:
    """Return a text without its escapes; files before version 3.2 write characters as Java does."""

    def put(match: re.Match[str]) -> str:
        sign = match[1]
        if len(sign) == 5:
            return chr(int(sign[1:], 16)) if java else sign
        return _LETTERS.get(sign, sign)

    if "\\" not in text:
        return text
    found = _ESCAPED.sub(put, text)
    # Java writes an astral character as two surrogates.
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if java else found
