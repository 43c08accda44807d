"""Spans as files give them: which unit their offsets count, and whether they fit the text."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import orjson

from annotator.core.corpus import Span
from annotator.core.model import Problem
from annotator.core.text import LineEnds, Utf16
from annotator.language import _

_STARTS = ("start", "start_offset", "begin", "start_char")
_ENDS = ("end", "end_offset", "stop", "end_char")
_LABELS = ("label", "labels", "tag", "type", "entity_group")
_SURFACES = ("text", "surface", "word", "value")
_TAKEN = frozenset(
    (
        *_STARTS,
        *_ENDS,
        *_LABELS,
        *_SURFACES,
        "id",
        "note",
        "comment",
        "attributes",
        "annotator",
        "score",
    )
)

Offsets = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Given:
    """A span as it stands in the file: offsets in whatever unit, `surface` "" when there is none."""

    start: int
    end: int
    label: str
    surface: str = ""
    id: str = ""
    row: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """What was put right or dropped in one file, counted, to be told once at its end."""

    units: Counter[str] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)


def plain_spans(rows: Sequence[Any], text: str) -> list[Span] | None:
    """Return the spans of a list that has nothing but sound [start, end, label]; None for any other.

    The short way, for files with hundreds of thousands of them. `text` has no CR.
    """
    spans = []
    length = len(text)
    for row in rows:
        if type(row) is not list or len(row) != 3:
            return None
        start, end, label = row
        if type(start) is not int or type(end) is not int or type(label) is not str:
            return None
        if not 0 <= start < end <= length or not label.strip():
            return None
        spans.append(Span("", label, 0, start, end, text[start:end], "{}", "", None, "", "import"))
    return spans if len({(span[1], span[3], span[4]) for span in spans}) == len(spans) else None


def read_spans(
    rows: Sequence[Any], raw: str, text: str, place: str, tally: Tally, *, named: bool = False
) -> Iterator[tuple[Given, Span] | Problem]:
    """Yield each span as given and as it is, or what is wrong with it.

    `raw` is the text as the file has it, `text` the same with its line ends made one. Where spans
    carry their surface, the unit of the offsets is the one under which most fit. Only if they are
    `named`, two of one label may stand on the same words.
    """
    given = []
    for number, row in enumerate(rows, start=1):
        span = _given(row, tally)
        if isinstance(span, str):
            yield Problem(place, _("Span {number}: {reason}").format(number=number, reason=span))
        else:
            given.append(span)
    offsets, inclusive = unit_of(given, raw, text, tally)
    seen: set[tuple[int, int, str]] = set()
    for span in given:
        start, end = offsets(span.start), offsets(span.end + inclusive)
        wrong = misfit(span, start, end, text)
        if not wrong and not (named and span.id) and (start, end, span.label) in seen:
            wrong = _("it stands twice.")
        if wrong:
            yield Problem(place, _("Span {span}: {reason}").format(span=shown(span), reason=wrong))
            continue
        seen.add((start, end, span.label))
        yield span, Span(span.id, span.label, 0, start, end, text[start:end])


def _given(row: Any, tally: Tally) -> Given | str:
    """Return a row of a list of spans, or why it is none."""
    table: Mapping[str, Any] = row if isinstance(row, dict) else {}
    if table:
        start, end, label = (_first(table, names) for names in (_STARTS, _ENDS, _LABELS))
        surface = _first(table, _SURFACES) or ""
        tally.keys.update(key for key in table if key not in _TAKEN)
    elif isinstance(row, list) and len(row) >= 3:
        start, end, label, surface = row[0], row[1], row[2], ""
    else:
        return _("neither [start, end, label] nor an object with these keys.")
    if type(start) is not int or type(end) is not int:
        return _("its start and end must be whole numbers.")
    if isinstance(label, list) and len(label) == 1:
        (label,) = label
    if not isinstance(label, str) or not label.strip():
        return _("it has no label.")
    if not isinstance(surface, str):
        return _("its text is no text.")
    return Given(start, end, label.strip(), surface, str(table.get("id", "")), table)


def json_text(value: Mapping[str, Any]) -> str:
    """Return attributes as the JSON text that a `Span` carries."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        # A whole number of more than 64 bits, which JSON may have.
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _first(row: Mapping[str, Any], names: Sequence[str]) -> Any:
    return next((row[name] for name in names if name in row), None)


def misfit(span: Given, start: int, end: int, text: str) -> str:
    """Return why a span is none of this text, as its start and end count it; "" when it is one."""
    if not 0 <= start < end <= len(text) or span.start < 0:
        return _(
            "it lies outside the text, which has {length} characters, or is empty or reversed."
        ).format(length=len(text))
    if span.surface and not _same(span.surface, text[start:end]):
        return _("the file says “{said}”, but the text there is “{found}”.").format(
            said=_short(span.surface), found=_short(text[start:end])
        )
    return ""


def unit_of(given: Sequence[Given], raw: str, text: str, tally: Tally) -> tuple[Offsets, int]:
    """Return what turns the file's offsets into ours, and 1 when its ends are inclusive."""
    said = [(((span.start, span.end),), span.surface) for span in given if span.surface]
    return unit_where(said, raw, text, tally)


def unit_where(
    said: Sequence[tuple[Sequence[tuple[int, int]], str]],
    raw: str,
    text: str,
    tally: Tally,
    *,
    marked: bool = False,
) -> tuple[Offsets, int]:
    """Return what turns a file's offsets into ours, and 1 when its ends are inclusive.

    `said` has ranges in the unit of the file, each with the surface that the file gives for them,
    parted by a blank: the unit is the one under which most are right. `marked` tells that a byte
    order mark stood before the raw text, and may have been counted.
    """
    chosen: tuple[Offsets, int] = LineEnds(raw).offset if raw != text else _as_is, 0
    most, name = 0, ""
    for unit, offsets, inclusive in _units(raw, text, marked=marked) if said else ():
        fitting = sum(_fits(ranges, surface, offsets, inclusive, text) for ranges, surface in said)
        if fitting > most:
            most, chosen, name = fitting, (offsets, inclusive), unit
        if most == len(said):
            break
    if name:
        tally.units[name] += 1
    return chosen


def _fits(
    ranges: Sequence[tuple[int, int]], said: str, offsets: Offsets, inclusive: int, text: str
) -> bool:
    found = [_cut(text, offsets(start), offsets(end + inclusive)) for start, end in ranges]
    return _same(said, " ".join(found))


def _units(raw: str, text: str, *, marked: bool) -> Iterator[tuple[str, Offsets, int]]:
    """Yield the ways to count that are known, the promised one first (its name is "")."""
    ends = LineEnds(raw)
    in_bytes = [0, *accumulate(len(char.encode()) for char in raw)] if not raw.isascii() else []
    for inclusive in (0, 1):
        what = _("ends that are inclusive") if inclusive else ""
        yield what, ends.offset, inclusive
        if marked:
            mark = _joined(_("the byte order mark too"), what)
            yield mark, _chain(_less_one, ends.offset), inclusive
        if raw != text:
            yield _joined(_("line ends as one character"), what), _as_is, inclusive
        if not raw.isascii():
            yield (
                _joined(_("UTF-16 units"), what),
                _chain(Utf16(raw).from_qt, ends.offset),
                inclusive,
            )
            yield _joined(_("bytes"), what), _chain(_by(in_bytes), ends.offset), inclusive
        if raw != text and not raw.isascii():
            yield _joined(_("UTF-16 units"), what), Utf16(text).from_qt, inclusive
    # As R counts.
    yield _joined(_("from 1"), _("ends that are inclusive")), _less_one, 1


def _joined(unit: str, what: str) -> str:
    return f"{unit}, {what}" if what else unit


def _as_is(offset: int) -> int:
    return offset


def _less_one(offset: int) -> int:
    return offset - 1


def _chain(first: Offsets, second: Offsets) -> Offsets:
    return lambda offset: second(first(offset))


def _by(in_bytes: Sequence[int]) -> Offsets:
    places = {count: offset for offset, count in enumerate(in_bytes)}
    return lambda offset: places.get(offset, -1)


def _cut(text: str, start: int, end: int) -> str:
    return text[start:end] if 0 <= start < end else ""


def _same(said: str, found: str) -> bool:
    return said == found or LineEnds(said).text == found


def shown(span: Given) -> str:
    """Return a span for messages, as the file gives it."""
    return f"[{_short(str(span.start))}, {_short(str(span.end))}, {_short(span.label)}]"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
