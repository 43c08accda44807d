"""The rows of HIPE-2022: ten columns a token, MISC with what follows it and which part of it is meant."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotator.core.tokens import Range
from annotator.formats.columns.columns import Piece
from annotator.formats.columns.tags import Tagged
from annotator.formats.rejoining import Rejoined

COLUMNS = (
    *("TOKEN", "NE-COARSE-LIT", "NE-COARSE-METO", "NE-FINE-LIT", "NE-FINE-METO"),
    *("NE-FINE-COMP", "NE-NESTED", "NEL-LIT", "NEL-METO", "MISC"),
)
HEADER = "\t".join(COLUMNS)

_PLAIN = re.compile(r"[!#-Z\\-z|}~](?:[ -~]*[!-~])?")
_PARTIAL = re.compile(r"Partial-(\d{1,6}):(\d{1,6})")


@dataclass(slots=True)
class Rows:
    """One article: its comments, its cells by column, and lines that are wrong.

    `lines` gives for each token where it stands in the piece, `gaps` what its MISC says.
    """

    comments: list[str] = field(default_factory=list)
    cells: dict[str, list[str]] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)

    gaps: list["Gap"] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """The tokens."""
        return self.cells.get("TOKEN", [])


class Gap(NamedTuple):
    """What MISC says of a token: what stands behind it, and which part of it is annotated."""

    text: str
    part: Range | None


def documents(file: Iterable[str]) -> Iterator[Piece]:
    """Yield the articles of a file: each begins with comments, behind an empty line or at the top."""
    lines: list[str] = []
    number = 1
    has_tokens = has_id = is_apart = False
    for at, raw in enumerate(file, start=1):
        line = raw.rstrip("\r\n")
        is_comment = line.startswith("#") and not is_row(line)
        is_id = is_comment and line.partition("=")[0].strip().endswith("document_id")
        if (is_id and has_id) or (is_comment and has_tokens and is_apart):
            yield Piece(number, "\n".join(lines))
            lines, number, has_tokens, has_id = [], at, False, False
        is_apart = not line.strip(" \t")
        has_id = has_id or is_id
        has_tokens = has_tokens or not (is_comment or is_apart or line.startswith("TOKEN\t"))
        lines.append(line)
    if lines:
        yield Piece(number, "\n".join(lines))


def rows(piece: str, columns: Sequence[str] = COLUMNS) -> Rows:
    """Return the cells of an article; a row with another number of columns is wrong."""
    found = Rows()
    cells = []
    for at, line in enumerate(piece.split("\n")):
        row = line.split("\t")
        if len(row) == len(columns) and not line.startswith("TOKEN\t"):
            cells.append(row)
            found.lines.append(at)
        elif line.startswith("#"):
            found.comments.append(line)
        elif line.strip(" \t") and not line.startswith("TOKEN\t"):
            found.wrong.append((at, line))
    if cells:
        found.cells = {
            name: list(column)
            for name, column in zip(columns, zip(*cells, strict=True), strict=True)
        }
    found.gaps = [gap(cell) for cell in found.cells.get("MISC", [""] * len(found.words))]
    return found


def is_row(line: str) -> bool:
    """Tell a token, be it "#", from a comment."""
    return line.count("\t") > 1


def comments(known: Mapping[str, object]) -> list[str]:
    """Return lines `# name = value`; a text stands as it is, anything else as JSON."""
    return [
        f"# {name} = {value if _is_plain(value) else json.dumps(value)}"
        for name, value in known.items()
    ]


def said(lines: Iterable[str]) -> dict[str, Any]:
    """Return what comments say, by name: JSON where they begin as texts, lists and objects do."""
    found: dict[str, Any] = {}
    for line in lines:
        name, equals, value = line[1:].strip().partition("=")
        if equals:
            found[name.strip()] = _value(value.strip())
    return found


def _is_plain(value: object) -> bool:
    """Tell a text that is itself when it is read again: in one line, and no JSON."""
    return isinstance(value, str) and _PLAIN.fullmatch(value) is not None


def _value(text: str) -> Any:
    if text[:1] in ('"', "{", "["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return text


def gap(misc: str) -> Gap:
    """Return what the cell MISC says."""
    flags = misc.split("|")
    text = "\n" if "EndOfLine" in flags else "" if "NoSpaceAfter" in flags else " "
    partial = next(filter(None, map(_PARTIAL.fullmatch, flags)), None)
    return Gap(text, (int(partial[1]), int(partial[2])) if partial else None)


def rejoined(words: Sequence[str], gaps: Sequence[Gap]) -> Rejoined:
    """Return the tokens as a text, with what stands between them."""
    parts: list[str] = []
    ranges: list[Range] = []
    at = 0
    for word, behind in zip(words, gaps, strict=True):
        parts += (word, behind.text)
        ranges.append((at, at + len(word)))
        at += len(word) + len(behind.text)
    return Rejoined("".join(parts[:-1]), ranges)


def exact(tagged: Tagged, ranges: Sequence[Range], gaps: Sequence[Gap]) -> Range:
    """Return where an annotation begins and ends, if MISC says that only a part of a token is meant."""
    start, end = ranges[tagged.first][0], ranges[tagged.last][1]
    head, tail = gaps[tagged.first].part, gaps[tagged.last].part
    low = start + head[0] if head else start
    high = ranges[tagged.last][0] + tail[1] if tail else end
    return (low, high) if start <= low < high <= end else (start, end)
