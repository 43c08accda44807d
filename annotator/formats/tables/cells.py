"""Cells of the tables of an export: no spreadsheet takes one for a formula, and each value comes back."""

import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_RISKY = re.compile("\x1f[=+\\-@\t\r']")
_MARKED = re.compile(r"\.(?:json|\d+)\Z")
_CONTINUED = re.compile(r"\.([2-9]|[1-9]\d+)\Z")

GUARD = "' before = + - @ TAB CR and before '"
"""What a report says of the guard."""

Row = list[str]


class Column(NamedTuple):
    """A column of attributes or metadata: where all values are texts, they stand as they are.

    Elsewhere they are JSON, and the heading says so: `attr.negated.json`. So a text "true" and the
    value true do not come back as one.
    """

    kind: str
    name: str
    is_json: bool

    @property
    def heading(self) -> str:
        """What stands above it."""
        return f"{self.kind}.{self.name}" + ".json" * self.is_json

    def cell(self, value: Any) -> str:
        """Return a value as it stands in this column."""
        return json.dumps(value, ensure_ascii=False) if self.is_json else str(value)

    def value(self, cell: str) -> Any:
        """Return the value of a cell. ValueError when it is not the JSON it should be."""
        try:
            return json.loads(cell) if self.is_json else cell
        except RecursionError as error:
            raise ValueError(cell) from error


def needs_json(name: str, value: Any) -> bool:
    """Tell whether a value or a name cannot stand as plain text: an empty cell is none."""
    return not isinstance(value, str) or value == "" or bool(_MARKED.search(name))


def column_of(heading: str) -> Column | None:
    """Return the column that a heading names, None where it is one of the fixed ones."""
    kind, dot, name = heading.partition(".")
    if not dot or kind not in ("attr", "meta"):
        return None
    is_json = name.endswith(".json")
    return Column(kind, name.removesuffix(".json"), is_json)


def first_part(heading: str) -> str:
    """Return the heading of the column that this one goes on from: "text" for "text.2", or itself."""
    return _CONTINUED.sub("", heading)


def further(heading: str, number: int) -> str:
    """Return the heading under which a column goes on; `number` counts from 2."""
    return f"{heading}.{number}"


def guarded(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def unguarded(cell: str) -> str:
    """Return the value of a guarded cell."""
    return cell.removeprefix("'")


def guard_all(rows: list[Row]) -> list[Row]:
    """Return rows whose cells are guarded; most need nothing, which one look at all of them tells."""
    if _RISKY.search("\x1f" + "\x1f".join(map("\x1f".join, rows))):
        return [list(map(guarded, row)) for row in rows]
    return rows


def filled(cells: Iterable[str]) -> int:
    """Return how many cells are not empty."""
    return sum(map(bool, cells))
