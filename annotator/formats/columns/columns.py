"""Files of a token a line: cut into articles, their lines into tokens, tags and comments."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from annotator.core.text import LineEnds
from annotator.formats.columns.tags import TAG

SENTENCES = 100
"""How many sentences make an article where the file does not say where one begins."""

_BLANKS = " \t"
"""Only these part columns: a no-break space belongs to its token."""

_ENDS = " \t\r\n"

_SPACES = re.compile(" +")
_BEGINNINGS = ("# newdoc", "-DOCSTART-")
_DOCSTART = "-DOCSTART-"
_CHUNKS = frozenset("NP VP PP ADVP ADJP SBAR PRT CONJP INTJ LST UCP".split())
_OF_A_SENTENCE = ("sent_id", "text", "newpar", "global.columns")
_TEXT = "# text = "
_DECODER = json.JSONDecoder()
_NO_SIGN = bytes(byte for byte in range(256) if byte not in b"\t\n")


class Piece(NamedTuple):
    """The lines of one article, their ends LF, and the number of the first in its file."""

    number: int
    text: str
    is_marked: bool = True


class Said(NamedTuple):
    """What the comments of an article say: its id, "" if they do not, and whatever else is known."""

    id: str
    known: Mapping[str, Any]


@dataclass(slots=True)
class Columns:
    """One article as its lines have it.

    `columns` are those of tags, `breaks` the tokens that begin a sentence; `comments` stand before the
    first token, `texts` are those of its sentences. `wrong` are lines that are no rows as the others.
    `unread` counts columns that were left out, `blank` tokens that are no more than blanks.
    """

    words: list[str] = field(default_factory=list)
    columns: list[list[str]] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)
    unread: int = 0
    blank: int = 0
    lines: list[int] = field(default_factory=list)
    first: int = 0

    def line(self, token: int) -> int:
        """Return in which line of the piece a token stands, from 0."""
        if self.lines:
            return self.lines[token]
        return self.first + token + sum(at <= token for at in self.breaks)


def pieces(
    file: Iterable[str], beginnings: tuple[str, ...] = _BEGINNINGS, sentences: int = SENTENCES
) -> Iterator[Piece]:
    """Yield the articles of a file: each begins with one of the beginnings.

    A file without any is cut after every so many `sentences`.
    """
    lines: list[str] = []
    number = 1
    count = 0
    has_tokens = is_marked = is_begun = False
    for at, line in enumerate(file, start=1):
        if line.startswith(beginnings):
            if has_tokens or is_begun:
                yield Piece(number, _text(lines), is_marked)
                lines, number, has_tokens = [], at, False
            is_marked = is_begun = True
        elif line.isspace() and not line.strip(_ENDS):
            count += has_tokens and not is_marked and lines[-1].strip(_ENDS) != ""
            if count == sentences:
                yield Piece(number, _text(lines), is_marked)
                lines, number, has_tokens, count = [], at, False, 0
        elif not has_tokens:
            has_tokens = line[0] != "#" or "\t" in line
        lines.append(line)
    if has_tokens or is_begun:
        yield Piece(number, _text(lines), is_marked)


def _text(lines: Iterable[str]) -> str:
    text = "".join(lines)
    return LineEnds(text).text if "\r" in text else text


def parse(piece: str) -> Columns:
    """Return what the lines of an article say; a row has a token first or behind its number, a tag last."""
    found = _pairs(piece)
    if found is None:
        found = Columns()
        rows = _rows(piece.split("\n"), found)
        if rows:
            _cut(found, rows)
    if not all(map(str.strip, found.words)):
        _drop_blanks(found)
    return found


def _pairs(piece: str) -> Columns | None:
    """Return comments, then lines of a token, a TAB and a tag, as most are; None for any other.

    The short way, for files with millions of them: what parts the cells is looked at, all at once.
    """
    start = _head_end(piece)
    body = piece[start:].rstrip("\n")
    rows = body.replace("\n\n", "\n")
    signs = f"{rows}\n".encode().translate(None, _NO_SIGN)
    if signs != b"\t\n" * (len(signs) // 2) or "\n#" in body or body.startswith(_DOCSTART):
        return None
    cells = rows.replace("\n", "\t").split("\t")
    found = Columns(cells[::2], [cells[1::2]])
    if "" in found.columns[0]:
        return None
    count = 0
    for sentence in body.split("\n\n")[:-1]:
        count += sentence.count("\n") + 1
        found.breaks.add(count)
    before = piece[:start].split("\n")
    found.first = len(before) - 1
    found.comments = [line for line in before if line]
    found.texts = [line[len(_TEXT) :] for line in before if line.startswith(_TEXT)]
    return found


def _head_end(piece: str) -> int:
    """Return where comments and empty lines end that stand before all else."""
    at = 0
    while piece.startswith(("#", "\n"), at):
        end = piece.find("\n", at) + 1
        if not end or piece.find("\t", at, end) >= 0:
            break
        at = end
    return at


def _rows(lines: Sequence[str], found: Columns) -> list[list[str]]:
    """Return the lines that are rows, cut up, and note where sentences end and what else is said."""
    rows: list[list[str]] = []
    for at, line in enumerate(lines):
        if not line.strip(_BLANKS):
            found.breaks.add(len(rows))
        elif "\t" in line and line[0] != "#":
            rows.append(line.split("\t"))
            found.lines.append(at)
        else:
            _take(found, rows, at, line)
    found.breaks.discard(0)
    if rows and rows[0][0] == _DOCSTART:
        del rows[0], found.lines[0]
        found.breaks = {at - 1 for at in found.breaks if at > 1}
    found.breaks.discard(len(rows))
    return rows


def _take(found: Columns, rows: list[list[str]], at: int, line: str) -> None:
    """Take a line that is a comment, or whose columns may be parted by spaces."""
    row = line.split("\t") if "\t" in line else _SPACES.split(line.strip(_BLANKS))
    if line.startswith("#") and not (len(row) > 1 and TAG.fullmatch(row[-1])):
        if line.startswith(_TEXT):
            found.texts.append(line[len(_TEXT) :])
        if not rows:
            found.comments.append(line)
    else:
        rows.append(row)
        found.lines.append(at)


def _cut(found: Columns, rows: list[list[str]]) -> None:
    """Turn rows into columns; a row of another width than most is wrong, but keeps its token."""
    widths = Counter(map(len, rows))
    ((width, _times),) = widths.most_common(1)
    if set(widths) == {1}:
        rows, width = [[*row, ""] for row in rows], 2
    elif len(widths) > 1:
        width = max(width, 2)
        rows = [
            row if len(row) == width else _mended(found, at, row, width)
            for at, row in enumerate(rows)
        ]
    columns = list(zip(*rows, strict=True))
    # A column of words is never of one word alone, as one of empty parts of speech may be.
    is_counted = width > 2 and len(set(columns[1])) > 1 and _is_counter(columns[0], found.breaks)
    token = int(is_counted)
    words = columns[token]
    last = columns[-1]
    others = [column for column in columns[token + 1 : -1] if _is_of_tags(column)]
    telling = [column for column in columns[token + 1 : -1] if len(set(column)) > 1]
    found.unread = len([column for column in telling if column not in others])
    found.words = list(words)
    found.columns = [list(column) for column in (*others, last)]


def _mended(found: Columns, at: int, row: list[str], width: int) -> list[str]:
    found.wrong.append((found.lines[at], "\t".join(row)))
    return [row[0], *["_"] * (width - 2), "O"]


def _is_counter(column: Sequence[str], breaks: set[int]) -> bool:
    """Tell whether a column numbers the tokens of each sentence from 1 or from 0."""
    if column[0] not in ("0", "1"):
        return False
    first = number = int(column[0])
    for at, cell in enumerate(column):
        number = first if at in breaks else number
        if cell != str(number):
            return False
        number += 1
    return True


def _is_of_tags(column: Sequence[str]) -> bool:
    """Tell whether a column has nothing but tags, and more than those of chunks."""
    tags = set(column) - {"O"}
    return (
        bool(tags) and all(map(TAG.fullmatch, tags)) and not all(tag[2:] in _CHUNKS for tag in tags)
    )


def _drop_blanks(found: Columns) -> None:
    """Leave out tokens without ink: they are what stands between tokens."""
    kept = [at for at, word in enumerate(found.words) if word.strip()]
    found.blank = len(found.words) - len(kept)
    found.lines = [found.line(at) for at in kept]
    new = {at: number for number, at in enumerate(kept)}
    found.breaks = {
        next((new[at] for at in range(begin, len(found.words)) if at in new), len(kept))
        for begin in found.breaks
    }
    found.words = [found.words[at] for at in kept]
    found.columns = [[column[at] for at in kept] for column in found.columns]


def said(comments: Iterable[str]) -> Said:
    """Return what comments of the form “# name = value” say of an article.

    Values are JSON where they can be, and so are names in quotation marks, as ours are.
    """
    id_ = ""
    known: dict[str, Any] = {}
    for comment in comments:
        if comment.startswith('# "'):
            known |= _quoted(comment[2:])
            continue
        name, equals, value = comment[1:].partition("=")
        name = name.strip()
        if name == "newdoc id":
            id_ = value.strip()
            id_ = str(_value(id_)) if id_.startswith('"') else id_
        elif equals and name and name not in _OF_A_SENTENCE:
            known[name] = _value(value.strip())
    return Said(id_, known)


def _quoted(comment: str) -> dict[str, Any]:
    """Return the name, which may have any sign in it, and the value of a comment of ours."""
    try:
        name, end = _DECODER.raw_decode(comment)
    except (ValueError, RecursionError):
        return {}
    equals, value = comment[end : end + 3], comment[end + 3 :]
    return {name: _value(value)} if equals == " = " and isinstance(name, str) else {}


def own_text(comments: Iterable[str]) -> str | None:
    """Return the text of the whole article where its comments have it, as JSON; else None."""
    text = next((line[9:] for line in comments if line.startswith('# text = "')), None)
    value = _value(text) if text is not None else None
    return value if isinstance(value, str) and value != text else None


def head(id_: str, metadata: Mapping[str, object], text: str) -> list[str]:
    """Return the comments that stand before an article: ASCII only, so that no line of them breaks."""
    lines = [f"# newdoc id = {json.dumps(id_)}"]
    lines += [f"# {json.dumps(name)} = {json.dumps(value)}" for name, value in metadata.items()]
    return [*lines, f"# text = {json.dumps(text)}"]


def _value(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    try:
        # It knows no bounds for numbers, and NaN, as some write them.
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
