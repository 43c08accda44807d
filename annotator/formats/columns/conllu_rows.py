"""The rows of CoNLL-U: surface tokens with what stands between them, words with the tags in their MISC."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from annotator.core.text import LineEnds
from annotator.core.tokens import Range
from annotator.formats.rejoining import Rejoined

COLUMNS = 10

_WIDEST = 1_000
"""Blanks in a row that a file may have without spelling them out."""

_ID = re.compile(r"(\d{1,9})(?:-(\d{1,9})|(\.)\d+)")
_LONGEST_ID = 10
_NOTHING = ["_"] * 7
_RANGE = re.compile(r"(\d{1,9}):(\d{1,9})")
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_TO_ESCAPE = re.compile(r"[\\|]|[^!-~]")
_SIGNS = {" ": "s", "\t": "t", "\n": "n", "\r": "r", "|": "p", "\\": "\\"}
_ESCAPES = {letter: sign for sign, letter in _SIGNS.items()}

Misc = Mapping[str, str]


class Surface(NamedTuple):
    """A token as the text has it; `begins` says that it opens a sentence or, as "newpar", a paragraph."""

    form: str
    misc: Misc
    begins: str


class Word(NamedTuple):
    """A word that tags belong to: the surface token it is (part of), its MISC, its line in the piece."""

    surface: int
    misc: Misc
    line: int


@dataclass(slots=True)
class Rows:
    """One article. `head` are the comments before its first row, `texts` those of its sentences.

    `wrong` are lines that are no rows, `has_more` says that columns besides FORM and MISC are filled.
    """

    surfaces: list[Surface] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    head: list[str] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)
    has_more: bool = False
    before: str = ""


def rows(piece: str) -> Rows:
    """Return what the lines of an article say."""
    found = Rows()
    begins, until = "", 0
    for at, line in enumerate(piece.split("\n")):
        if not line.strip(" \t"):
            begins, until = begins or "sentence", 0
            continue
        if line.startswith("#"):
            begins = "newpar" if line.startswith("# newpar") else begins
            if not found.surfaces:
                found.head.append(line)
            continue
        cells = line.split("\t")
        id_ = cells[0]
        is_number = id_.isdecimal() and len(id_) < _LONGEST_ID
        match = None if is_number else _ID.fullmatch(id_)
        if len(cells) != COLUMNS or not cells[1] or not (match or is_number):
            found.wrong.append((at, line))
            continue
        misc = _misc(cells[9])
        found.has_more = found.has_more or cells[2:9] != _NOTHING
        if match and match[3]:
            # An empty node has no form; ours holds the blanks of an article without tokens.
            found.before += unescaped(misc.get("SpacesAfter", "")) if match[1] == "0" else ""
            continue
        if int(match[1] if match else id_) > until:
            found.surfaces.append(Surface(cells[1], misc, begins))
            if begins and found.words:
                found.breaks.add(len(found.words))
            begins = ""
        if match:
            until = int(match[2])
        else:
            found.words.append(Word(len(found.surfaces) - 1, misc, at))
    return found


def _misc(cell: str) -> Misc:
    if cell in ("_", ""):
        return {}
    return dict((part.partition("=")[::2]) for part in cell.split("|"))


def rejoined(found: Rows) -> Rejoined:
    """Return the text that tokens and what is said of the blanks between them make up.

    TokenRange counts if it fits the tokens: then blanks that are not spelled out are spaces.
    """
    surfaces = found.surfaces
    gaps = [_before(surfaces, number) for number in range(len(surfaces))]
    gaps = _by_ranges(surfaces, gaps) or gaps
    parts = [found.before]
    ranges: list[Range] = []
    at = len(found.before)
    for gap, surface in zip(gaps, surfaces, strict=True):
        parts += (gap, surface.form)
        ranges.append((at + len(gap), at + len(gap) + len(surface.form)))
        at = ranges[-1][1]
    raw = "".join([*parts, _after(surfaces)])
    ends = LineEnds(raw)
    if ends.text == raw:
        return Rejoined(raw, ranges)
    return Rejoined(ends.text, [(ends.offset(start), ends.offset(end)) for start, end in ranges])


def _by_ranges(surfaces: Sequence[Surface], gaps: Sequence[str]) -> list[str] | None:
    """Return the gaps as wide as TokenRange has them, None when a token has none or it does not fit."""
    found: list[str] = []
    at = -1
    for gap, (form, misc, _begins) in zip(gaps, surfaces, strict=True):
        match = _RANGE.fullmatch(misc.get("TokenRange", ""))
        start, end = (int(match[1]), int(match[2])) if match else (-1, -1)
        width = start - at if found else len(gap)
        if end - start != len(form) or not 0 <= width <= _WIDEST:
            return None
        found.append(gap if len(gap) == width else " " * width)
        at = end
    return found


def _before(surfaces: Sequence[Surface], number: int) -> str:
    """Return what stands before a token: as it is spelled out, else a blank, or a line end at a paragraph."""
    opening = unescaped(surfaces[number].misc.get("SpacesBefore", ""))
    if number == 0:
        return opening
    misc = surfaces[number - 1].misc
    if "SpacesAfter" in misc:
        return unescaped(misc["SpacesAfter"]) + opening
    if misc.get("SpaceAfter") == "No":
        return opening
    return opening or ("\n" if surfaces[number].begins == "newpar" else " ")


def _after(surfaces: Sequence[Surface]) -> str:
    return unescaped(surfaces[-1].misc.get("SpacesAfter", "")) if surfaces else ""


def escaped(blanks: str) -> str:
    r"""Return blanks as UDPipe spells them in MISC: \s, \t, \n; what it has no letter for as \u00A0."""
    return _TO_ESCAPE.sub(_escape, blanks)


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    if sign in _SIGNS:
        return f"\\{_SIGNS[sign]}"
    return f"\\u{ord(sign):04X}" if sign < "\U00010000" else f"\\U{ord(sign):08X}"


def unescaped(text: str) -> str:
    """Return the inverse of `escaped`; what is no escape stays as it is."""
    return _ESCAPED.sub(_unescape, text) if "\\" in text else text


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        number = int(code, 16)
        is_sign = number < 0x110000 and not 0xD800 <= number < 0xE000
        return chr(number) if is_sign else match[0]
    return _ESCAPES.get(match[3], match[0])


def line(number: str, form: str, misc: Iterable[str]) -> str:
    """Return a row of which only the form and MISC are known."""
    return "\t".join((number, form, *"_______", "|".join(misc) or "_"))
