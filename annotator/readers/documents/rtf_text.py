"""The text of an RTF file: characters in all its encodings, tables, notes, tracked changes, properties.

After the Rich Text Format Specification 1.9.1. The library striprtf reads less: it leaves out
footnotes, keeps deleted and hidden passages, writes addresses into the text and cuts emoji in two.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Literal

from annotator.core.encoding import decode_code_page
from annotator.readers.documents.leavings import Leaving
from annotator.readers.documents.rtf_words import (
    CHARSETS,
    CODE_PAGES,
    MARGINS,
    PARAGRAPH_ENDS,
    PROPERTIES,
    SAID,
    SKIPPED,
    SYMBOLS,
    TIME,
    known_code_page,
)
from annotator.readers.paragraphs import BLANKS, table

_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z'])|([{}])|([^\\{}\r\n]+)"
)
_Kind = Literal["text", "note", "box", "margin", "property", "fonts", "info", "created", "none"]
"""What a group of an RTF file holds."""


@dataclass(slots=True)
class Flow:
    """A text that grows: paragraphs, the one that is open, the table that is open."""

    paragraphs: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    row: list[list[str]] = field(default_factory=list)
    rows: list[list[list[str]]] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)

    def end_paragraph(self, *, in_table: bool) -> None:
        paragraph = "".join(self.pieces)
        self.pieces.clear()
        if in_table:
            self.cell += [paragraph, *self.boxes]
        else:
            self.end_table()
            self.paragraphs += [paragraph, *self.boxes]
        self.boxes.clear()

    def end_cell(self) -> None:
        self.end_paragraph(in_table=True)
        self.row.append(self.cell)
        self.cell = []

    def end_row(self) -> None:
        self.rows.append(self.row)
        self.row = []

    def end_table(self) -> None:
        if self.cell:
            self.row.append(self.cell)
        if self.row:
            self.rows.append(self.row)
        if self.rows:
            self.paragraphs += table(self.rows)
        self.cell, self.row, self.rows = [], [], []

    def finish(self) -> list[str]:
        """Return all paragraphs, what is open being closed."""
        self.end_paragraph(in_table=bool(self.cell or self.row))
        self.end_table()
        return self.paragraphs


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds within braces. `skip` is how many characters stand in for a Unicode one before them."""

    kind: _Kind
    flow: Flow
    name: str = ""
    skip: int = 1
    font: int = -1
    is_deleted: bool = False
    is_inserted: bool = False
    is_hidden: bool = False
    in_table: bool = False


@dataclass(slots=True)
class Rtf:
    """What is read from an RTF file. `is_whole` tells that its last brace was met."""

    body: Flow = field(default_factory=Flow)
    notes: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    created: str = ""
    counts: Counter[Leaving] = field(default_factory=Counter)
    undecoded: int = 0
    is_whole: bool = False


def is_rtf(raw: bytes) -> bool:
    """Tell an RTF file by its beginning."""
    return raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def read_rtf(raw: bytes) -> Rtf:
    """Return what is in an RTF file; never raises, whatever the bytes."""
    return _Machine().read(raw.decode("latin-1"))


class _Machine:
    """Goes through an RTF file word by word, keeping what holds in the open groups."""

    def __init__(self) -> None:
        self.rtf = Rtf()
        self.group = _Group("text", self.rtf.body)
        self.outer: list[_Group] = []
        self.fonts: dict[int, str] = {}
        self.symbol_fonts: set[int] = set()
        self.code_page = "cp1252"
        self.raw = bytearray()
        self.to_skip = 0
        self.is_starred = False
        self.time: dict[str, int] = {}
        self.going_on: set[Leaving] = set()

    def read(self, text: str) -> Rtf:
        at = 0
        while match := _TOKEN.search(text, at):
            at = match.end()
            word, number, code, sign, brace, plain = match.groups()
            if brace:
                self._flush()
                self.to_skip = 0
                if brace == "}" and self._close():
                    break
                if brace == "{":
                    self.outer.append(self.group)
            elif plain or (sign and sign in "\\{}"):
                self._add_bytes((plain or sign).encode("latin-1"))
            elif code:
                self._add_bytes(bytes((int(code, 16),)))
            elif word == "bin":
                at += max(0, int(number or 0))
            else:
                self._obey(word or sign, int(number) if number else None)
        self._flush()
        self.rtf.is_whole = not self.outer
        while self.outer:
            self._close()
        return self.rtf

    def _close(self) -> bool:
        """Leave a group; True when it was the outermost, behind which nothing counts."""
        if not self.outer:
            return True
        inner, self.group = self.group, self.outer.pop()
        if inner.flow is not self.group.flow:
            self._settle(inner)
        if inner.kind == "created" and self.group.kind != "created":
            self.rtf.created = self._time()
        self.is_starred = False
        return not self.outer

    def _settle(self, inner: _Group) -> None:
        """Put a text that is complete in its place."""
        found = inner.flow.finish()
        said = "\n".join(part for part in (each.strip(BLANKS) for each in found) if part)
        if inner.kind == "note" and said:
            self.rtf.notes.append(said)
            self.rtf.counts["notes"] += 1
        elif inner.kind == "box":
            self.group.flow.boxes += found
        elif inner.kind == "margin":
            self.rtf.counts["margins"] += bool(said)
        elif inner.kind == "property":
            self.rtf.properties[inner.name] = said

    def _add_bytes(self, raw: bytes) -> None:
        dropped = min(self.to_skip, len(raw))
        self.to_skip -= dropped
        self.raw += raw[dropped:]

    def _flush(self) -> None:
        if not self.raw:
            return
        raw, self.raw = bytes(self.raw), bytearray()
        if self.group.font in self.symbol_fonts:
            text = "".join(map(self._symbol, raw))
        else:
            text = self._decode(raw, self.fonts.get(self.group.font) or self.code_page)
        self._say(text)

    def _decode(self, raw: bytes, encoding: str) -> str:
        if encoding == "cp1252":
            return decode_code_page(raw, encoding)
        text = raw.decode(encoding, "replace")
        self.rtf.undecoded += text.count("�")
        return text

    def _symbol(self, byte: int) -> str:
        """Return a character of a symbol font: only blanks and the bullet are known."""
        known = {0x20: " ", 0xA0: "\u00a0", 0xB7: "•"}.get(byte)
        if known is None and self._is_shown():
            self.rtf.counts["symbols"] += 1
        return known or "�"

    def _is_shown(self) -> bool:
        group = self.group
        is_text = group.kind in ("text", "note", "box", "margin", "property")
        return is_text and not group.is_deleted and not group.is_hidden

    def _say(self, text: str) -> None:
        if text and self._is_shown():
            self.group.flow.pieces.append(text)
        self._count_change(text)

    def _count_change(self, text: str) -> None:
        """Count a passage that was inserted, deleted or hidden when it begins."""
        group = self.group
        if text and group.kind in ("text", "note", "box"):
            states: dict[Leaving, bool] = {
                "deleted": group.is_deleted,
                "inserted": group.is_inserted,
                "hidden": group.is_hidden,
            }
            for kind, is_so in states.items():
                self.rtf.counts[kind] += is_so and kind not in self.going_on
            self.going_on = {kind for kind, is_so in states.items() if is_so}

    def _obey(self, word: str, number: int | None) -> None:
        """Do what a control word or sign says."""
        if word == "*":
            self.is_starred = True
            return
        self._flush()
        starred, self.is_starred = self.is_starred, False
        if word == "u":
            self._say_unicode(number or 0)
        elif word in SAID:
            if self.to_skip:
                self.to_skip -= 1
            else:
                self._say(SAID[word])
        elif word in PARAGRAPH_ENDS:
            self._end_paragraph()
        elif word in ("cell", "row"):
            self._end_cell(word)
        elif not self._format(word, number) and not self._enter(word, number) and starred:
            self.group = replace(self.group, kind="none")

    def _say_unicode(self, number: int) -> None:
        code = number & 0xFFFF
        # Symbol fonts come as F020 to F0FF, whatever the font.
        self._say(self._symbol(code & 0xFF) if 0xF020 <= code <= 0xF0FF else chr(code))
        self.to_skip = self.group.skip

    def _end_paragraph(self) -> None:
        if self._is_shown():
            self.group.flow.end_paragraph(in_table=self.group.in_table)

    def _end_cell(self, word: str) -> None:
        if self.group.kind in ("text", "note", "box"):
            if word == "cell":
                self.group.flow.end_cell()
            else:
                self.group.flow.end_row()

    def _format(self, word: str, number: int | None) -> bool:
        """Follow a word that changes how characters are read or shown; False when it is none."""
        is_on = number != 0
        group = self.group
        if word == "uc":
            self.group = replace(group, skip=max(0, number if number is not None else 1))
        elif word == "deleted":
            self.group = replace(group, is_deleted=is_on)
        elif word == "revised":
            self.group = replace(group, is_inserted=is_on)
        elif word == "v":
            self.group = replace(group, is_hidden=is_on)
        elif word == "intbl":
            self.group = replace(group, in_table=True)
        elif word == "pard":
            self.group = replace(group, in_table=False)
        elif word == "plain":
            self.group = replace(group, is_deleted=False, is_inserted=False, is_hidden=False)
        elif word in ("f", "fcharset", "cpg"):
            self._font(word, number or 0)
        elif word in CODE_PAGES:
            self.code_page = CODE_PAGES[word]
        elif word == "ansicpg":
            self.code_page = known_code_page(number) or self.code_page
        else:
            return False
        return True

    def _font(self, word: str, number: int) -> None:
        if word == "f":
            self.group = replace(self.group, font=number)
        elif self.group.kind != "fonts":
            return
        elif word == "cpg":
            self.fonts[self.group.font] = known_code_page(number)
        else:
            self.fonts.setdefault(self.group.font, CHARSETS.get(number, ""))
            if number == SYMBOLS:
                self.symbol_fonts.add(self.group.font)

    def _enter(self, word: str, number: int | None) -> bool:
        """Tell what the open group holds when the word says so; False when it does not."""
        kind = self.group.kind
        if word in SKIPPED:
            self.group = replace(self.group, kind="none")
        elif word == "fonttbl":
            self.group = replace(self.group, kind="fonts")
        elif word == "info":
            self.group = replace(self.group, kind="info")
        elif word in PROPERTIES and kind == "info":
            self._open("property", word)
        elif word == "creatim" and kind == "info":
            self.group = replace(self.group, kind="created")
        elif word in TIME and kind == "created":
            self.time[word] = number or 0
        elif word == "footnote":
            self._open("note")
        elif word in ("shptxt", "dptxbxtext"):
            self._open("box")
        elif word in MARGINS:
            self._open("margin")
        elif word == "annotation":
            self.rtf.counts["comments"] += 1
            self.group = replace(self.group, kind="none")
        elif word in ("ud", "result"):
            self.group = replace(self.group, kind=self._kind_outside())
        else:
            # These may follow a star and hold what is shown.
            return word in ("fldrslt", "shppict")
        return True

    def _open(self, kind: _Kind, name: str = "") -> None:
        # Within what is skipped nothing is shown, but for the text of shapes.
        if self.group.kind != "none" or kind == "box":
            self.group = replace(self.group, kind=kind, flow=Flow(), name=name)

    def _kind_outside(self) -> _Kind:
        """Return what the nearest group holds that is not skipped."""
        return next((each.kind for each in reversed(self.outer) if each.kind != "none"), "text")

    def _time(self) -> str:
        parts = {name: self.time.get(name, 0) for name in TIME}
        if not parts["yr"] or not parts["mo"] or not parts["dy"]:
            return ""
        return "{yr:04}-{mo:02}-{dy:02}T{hr:02}:{min:02}".format(**parts)
