"""brat's standoff file line by line: what each line is, before anything is made of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from annotator.core.corpus import Span
from annotator.formats.brat.names import Names
from annotator.language import _

BREAKS = "\n\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029"
"""Where brat ends a line of its file: no text of a span may have any of them."""

BOM = "\ufeff"

_SPAN: Callable[[tuple[Any, ...]], Span] = partial(tuple.__new__, Span)
_REST = Span("", "", 0, 0, 1, " ", origin="import")[6:]
"""What an annotation has besides its place and its label."""

_SHOWN = 40

Ranges = list[tuple[int, int]]


class Given(NamedTuple):
    """A text-bound annotation as its line has it: offsets in the file's unit."""

    line: int
    type: str
    ranges: Ranges
    surface: str


class Line(NamedTuple):
    """Any other line: what stands between its TABs."""

    number: int
    id: str
    data: str
    tail: str


@dataclass(slots=True)
class Lines:
    """The lines of a file by what they are."""

    bounds: dict[str, Given] = field(default_factory=dict)
    events: list[Line] = field(default_factory=list)
    relations: list[Line] = field(default_factory=list)
    equivalences: list[Line] = field(default_factory=list)
    attributes: list[Line] = field(default_factory=list)
    references: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)


def plain_spans(annotations: str, text: str, names: Names) -> list[Span] | None:
    """Return the spans of a file that has nothing but sound ones of one stretch; None for any other.

    The short way, for folders with hundreds of thousands of them.
    """
    spans, ids = [], set()
    length = len(text)
    for line in annotations.split("\n"):
        try:
            id_, data, surface = line.split("\t")
            type_, first, last = data.split(" ")
            start, end = int(first), int(last)
        except ValueError:
            if line:
                return None
            continue
        if text[start:end] != surface or not 0 <= start < end <= length or id_[0] != "T":
            return None
        ids.add(id_)
        label = names.labels.get(type_, type_)
        spans.append(_SPAN(("", label, 0, start, end, surface, *_REST)))
    return spans if len(ids) == len(spans) else None


def parted_lines(annotations: str) -> Lines:
    """Return the lines of a file by their kind; what is none of them is wrong."""
    lines = Lines()
    kinds = {
        "E": lines.events,
        "R": lines.relations,
        "*": lines.equivalences,
        "A": lines.attributes,
        "M": lines.attributes,
        "N": lines.references,
        "#": lines.notes,
    }
    for number, line in enumerate(annotations.split("\n"), start=1):
        if line[:1] == "T":
            _add_bound(lines, number, line)
        elif line and not line.isspace():
            id_, _tab, rest = line.removesuffix("\r").partition("\t")
            data, _tab, tail = rest.partition("\t")
            if line[0] in kinds and data.strip():
                kinds[line[0]].append(Line(number, id_, data, tail))
            else:
                told = _("It is no line of brat: “{line}”.").format(line=short(line))
                lines.wrong.append((number, told))
    return lines


def _add_bound(lines: Lines, number: int, line: str) -> None:
    id_, _tab, rest = line.partition("\t")
    data, _tab, surface = rest.partition("\t")
    type_, _blank, offsets = data.rstrip("\r ").partition(" ")
    try:
        ranges = [_range(each) for each in offsets.split(";")]
    except ValueError:
        told = _("Its offsets are not “START END” in whole numbers: “{line}”.")
        lines.wrong.append((number, told.format(line=short(line))))
        return
    if not type_ or id_ in lines.bounds:
        told = _("Its id stands twice.") if type_ else _("It has no type.")
        lines.wrong.append((number, told))
        return
    lines.bounds[id_] = Given(number, type_, ranges, surface.removesuffix("\r"))


def _range(words: str) -> tuple[int, int]:
    start, end = words.split(" ")
    return int(start), int(end)


def short(text: str) -> str:
    """Return a text for a message, cut if it is long."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
