"""What charts are made of: plain values that know nothing of pixels."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

Words = Callable[[float], str]
"""How a value is written."""


class Table(NamedTuple):
    """What a chart shows, as a table: its heads, and rows of the same length."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]


class Part(NamedTuple):
    """A kind of thing that bars are stacked of.

    `colour` is the name of a label's colour or of a role of the theme, "" for what is not there yet.
    Its place among the parts gives it a texture too, so that nobody needs to see the colour.
    """

    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a value for each part. Whoever follows it is told its `key`; None leads nowhere.

    `keys` has one for each part, where those lead to different places. `said` is its name in full,
    where `name` is short for the axis. `note` stands behind the bar. `colour` goes before that of
    the only part.
    """

    key: object
    name: str
    values: tuple[float, ...]
    said: str = ""
    note: str = ""
    colour: str = ""
    keys: tuple[object, ...] = ()

    def key_of(self, part: int) -> object:
        """Return where a part of the bar leads."""
        return self.keys[part] if self.keys else self.key

    @property
    def whole(self) -> float:
        """What the parts add up to."""
        return sum(self.values)


class Point(NamedTuple):
    """A point of a line; `low` and `high` bound the band around it."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None
    key: object = None


@dataclass(frozen=True, slots=True)
class Line:
    """A series of points, from left to right."""

    name: str
    colour: str
    points: tuple[Point, ...]
