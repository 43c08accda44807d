"""How wide the letters of a PDF's font are, so that the end of a text on the page is known."""

from collections.abc import Callable
from typing import Any

Width = Callable[[bytes], tuple[float, int, int]]
"""From a string as it stands in the file to its width in thousandths of the size, its letters, its spaces."""

_NARROW = frozenset(b"iljtfrI.,;:'!|()[]/ -`\"")
_WIDE = frozenset(b"mwMW@%")
_MOST = 70_000


def width_of(font: Any) -> Width:
    """Return the width of strings in a font; without one, or without its widths, letters are guessed."""
    if font is None:
        return NO_FONT
    if font.get("/Subtype") == "/Type0":
        return _composite(font)
    first, widths = font.get("/FirstChar", 0), font.get("/Widths")
    listed = _numbers(widths.get_object()[:256]) if widths is not None else []
    known = dict(enumerate(listed, start=int(first))) if isinstance(first, (int, float)) else {}
    if font.get("/Subtype") == "/Type3":
        # Its widths are in units of its own, which its matrix turns into the size.
        unit = float(font["/FontMatrix"][0]) * 1000 if "/FontMatrix" in font else 1.0
        known = {code: width * unit for code, width in known.items()}
    return _simple(known, _missing(font))


def _missing(font: Any) -> float | None:
    descriptor = font.get("/FontDescriptor")
    width = descriptor.get_object().get("/MissingWidth") if descriptor is not None else None
    return float(width) if isinstance(width, (int, float)) else None


def _simple(known: dict[int, float], missing: float | None) -> Width:
    def width(raw: bytes) -> tuple[float, int, int]:
        glyphs = sum(known[code] if code in known else _guess(code, missing) for code in raw)
        return glyphs, len(raw), raw.count(b" ")

    return width


def _guess(code: int, missing: float | None) -> float:
    if missing is not None:
        return missing
    if code in _NARROW:
        return 300.0
    return 830.0 if code in _WIDE else 660.0 if 65 <= code <= 90 else 520.0


def _composite(font: Any) -> Width:
    """Return the width in a font whose letters have two bytes each."""
    inner = font["/DescendantFonts"].get_object()[0].get_object()
    default = inner.get("/DW", 1000)
    default = float(default) if isinstance(default, (int, float)) else 1000.0
    widths = inner.get("/W")
    known = _listed(widths.get_object()) if widths is not None else {}

    def width(raw: bytes) -> tuple[float, int, int]:
        codes = [raw[at] << 8 | raw[at + 1] for at in range(0, len(raw) - 1, 2)]
        return sum(known.get(code, default) for code in codes), len(codes), 0

    return width


def _listed(widths: Any) -> dict[int, float]:
    """Return the widths of a list of `first [width …]` and `first last width` (ISO 32000-1, 9.7.4.3)."""
    known: dict[int, float] = {}
    items = [each.get_object() for each in widths]
    at = 0
    while at + 1 < len(items) and len(known) < _MOST:
        first, second = items[at], items[at + 1]
        if isinstance(second, list):
            known.update(enumerate(_numbers(second), start=int(first)))
            at += 2
        elif at + 2 < len(items):
            last = min(int(second), int(first) + _MOST)
            known.update(dict.fromkeys(range(int(first), last + 1), float(items[at + 2])))
            at += 3
        else:
            break
    return known


def _numbers(values: Any) -> list[float]:
    numbers = (each.get_object() for each in values)
    return [float(each) if isinstance(each, (int, float)) else 0.0 for each in numbers]


NO_FONT = _simple({}, None)
"""The width of letters in a font that the file does not hold."""
