"""Texts in the cells of a workbook: what XML or a cell cannot hold is escaped or goes on elsewhere."""

import re
from datetime import date, datetime, time
from typing import Any

from annotator.formats.tables.cells import guarded

LONGEST = 32_767
"""UTF-16 units that one cell holds."""

_CONTROL = "[\x00-\x08\x0b-\x1f\ufffe\uffff]"
_ESCAPE = re.compile(rf"_(?=x[0-9A-Fa-f]{{4}}(?:_|{_CONTROL}))|{_CONTROL}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def escaped(text: str) -> str:
    """Return a text in which control characters are written as Excel does: _x0007_.

    A text that only looks like that is kept apart from it by escaping its underscore.
    """
    return _ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescaped(cell: str) -> str:
    """Return the text of a cell. Half of a surrogate pair stays as it is written."""
    return _ESCAPED.sub(_character, cell) if "_x" in cell else cell


def _character(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return match[0] if "\ud800" <= char <= "\udfff" else char


def cut(value: str) -> list[str]:
    """Return a guarded value as cells: one, or as many as it needs, the further ones guarded too.

    Put together they are the value again, once each is unescaped and the further are unguarded.
    """
    cell = escaped(value)
    if len(cell) <= LONGEST // 2 or _units(cell) <= LONGEST:
        return [cell]
    cells: list[str] = []
    at = 0
    while at < len(value):
        size = LONGEST - 1
        while _units(cell := _cell(value[at : at + size], is_first=at == 0)) > LONGEST:
            size = size * LONGEST // _units(cell) - 1
        cells.append(cell)
        at += size
    return cells


def text_of(value: Any) -> str:
    """Return what a cell of any type says as text; dates as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, str):
        return unescaped(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return (value if value.time() != time.min else value.date()).isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _cell(piece: str, *, is_first: bool) -> str:
    return escaped(piece if is_first else guarded(piece))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
