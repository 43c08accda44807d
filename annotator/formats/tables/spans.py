"""Rows of annotations and links in tables of ours: what they say of one article, and what is wrong."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from annotator.core.corpus import Span
from annotator.core.ids import new_id
from annotator.core.model import AnnotationState, Link, Problem
from annotator.formats.lines import Line
from annotator.formats.spans import Given, Offsets, Tally, json_text, misfit, shown, unit_of
from annotator.formats.tables.cells import Row, column_of
from annotator.formats.tables.own_table import Table
from annotator.formats.tables.rows import ANNOTATION, LINK
from annotator.language import _

_LABEL, _COUNT, _START, _END, _TEXT = map(
    ANNOTATION.index, ("label", "fragments", "start", "end", "text")
)
_NOTE = ANNOTATION.index("note")
_STATES = frozenset(state.value for state in AnnotationState)
_SETTLED = frozenset(("", "unchanged", "changed"))
_WHOLE = re.compile(r"(\d{1,18})(?:[.,]0+)?", re.ASCII)
_NO_NUMBER = -1


class _Wrong(ValueError):
    """A row that is not as it should be: the sentence tells why."""


class _Piece(NamedTuple):
    """A row of annotations: its cells in the order of `ANNOTATION`, its offsets as given."""

    line: Line
    cells: Row
    start: int
    end: int

    @property
    def given(self) -> Given:
        """The piece as other formats give one."""
        return Given(self.start, self.end, self.cells[_LABEL], self.cells[_TEXT])


class SpanRows:
    """Makes spans of rows; `tally` counts the units of offsets that were put right."""

    def __init__(self, table: Table, tally: Tally) -> None:
        self._tally = tally
        self._pick = table.picking(ANNOTATION)
        columns = [column for column in map(column_of, table.headings) if column]
        self._attributes = [column for column in columns if column.kind == "attr"]
        self._pick_attributes = table.picking([column.heading for column in self._attributes])

    def read(self, rows: Sequence[Line], text: str) -> tuple[list[Span], list[Problem]]:
        """Return the spans of one article in text order, and what is wrong with its rows."""
        groups: dict[str, list[_Piece]] = {}
        for line in rows:
            cells = self._pick(line.value)
            piece = _Piece(line, cells, _whole(cells[_START]), _whole(cells[_END]))
            groups.setdefault(cells[0] or new_id(), []).append(piece)
        move, inclusive = self._unit([piece for group in groups.values() for piece in group], text)
        found: list[list[Span]] = []
        problems: list[Problem] = []
        for id_, group in groups.items():
            try:
                found.append(self._annotation(id_, group, text, move, inclusive))
                problems += _incomplete(group)
            except _Wrong as wrong:
                told = _("Span {span}: {reason}").format(span=shown(group[0].given), reason=wrong)
                problems.append(Problem(group[0].line.place, told))
        found.sort(key=lambda spans: (spans[0][3], -spans[-1][4], spans[0][0]))
        return [span for spans in found for span in spans], problems

    def _unit(self, pieces: Sequence[_Piece], text: str) -> tuple[Offsets, int]:
        if all(text[p.start : p.end] == p.cells[_TEXT] or not p.cells[_TEXT] for p in pieces):
            return _as_is, 0
        return unit_of([piece.given for piece in pieces], text, text, self._tally)

    def _annotation(
        self, id: str, group: Sequence[_Piece], text: str, move: Offsets, inclusive: int
    ) -> list[Span]:
        dressed = self._dressed(id, group[0])
        spans: list[Span] = []
        for piece in sorted(group, key=lambda piece: piece.start):
            if _NO_NUMBER in piece[2:]:
                raise _Wrong(_("its start and end must be whole numbers."))
            start, end = move(piece.start), move(piece.end + inclusive)
            wrong = misfit(piece.given, start, end, text)
            if wrong:
                raise _Wrong(wrong)
            if spans and (start <= spans[-1].end or piece.cells[_LABEL] != dressed.label):
                raise _Wrong(_("its fragments touch, overlap or are out of order."))
            placed = dressed._replace(n=len(spans), start=start, end=end, surface=text[start:end])
            spans.append(placed)
        return spans

    def _dressed(self, id: str, piece: _Piece) -> Span:
        """Return a span that has the label and all columns from its attributes on, but no place yet."""
        label, cells = piece.cells[_LABEL], piece.cells[_NOTE:]
        note, _name, entity, annotator, origin, state, score, reason, created, updated, settled = (
            cells
        )
        if not label.strip():
            raise _Wrong(_("it has no label."))
        if state not in _STATES and state:
            raise _Wrong(_("the state “{state}” is unknown.").format(state=state))
        if settled not in _SETTLED:
            raise _Wrong(_("“{word}” is no way to settle a suggestion.").format(word=settled))
        attributes = self._values(piece.line) if self._attributes else "{}"
        who = entity or None, annotator, origin or "import", state or "accepted"
        when = created, updated, settled
        return Span(id, label, 0, 0, 0, "", attributes, note, *who, _score(score), reason, *when)

    def _values(self, line: Line) -> str:
        cells = self._pick_attributes(line.value)
        if not any(cells):
            return "{}"
        try:
            return json_text(
                {c.name: c.value(v) for c, v in zip(self._attributes, cells, strict=True) if v}
            )
        except (ValueError, TypeError) as error:
            raise _Wrong(_("an attribute is not the JSON that its column says.")) from error


class LinkRows:
    """Makes links of rows."""

    def __init__(self, table: Table) -> None:
        self._pick = table.picking(LINK)

    def read(self, rows: Sequence[Line], ids: Collection[str]) -> Iterator[Link | Problem]:
        """Yield the links of one article, whose annotations have these ids."""
        seen: set[tuple[str, str, str]] = set()
        for line in rows:
            id_, _article, type_, source, _said, target, _text, annotator, created = self._pick(
                line.value
            )
            if not {source, target} <= set(ids) or source == target or not type_.strip():
                wrong = _("it does not join two different annotations of this article.")
            elif (source, type_, target) in seen:
                wrong = _("it stands twice.")
            else:
                seen.add((source, type_, target))
                yield Link(id_ or new_id(), type_, source, target, annotator, created)
                continue
            told = _("Link {number}: {reason}").format(number=id_, reason=wrong)
            yield Problem(line.place, told)


def _incomplete(group: Sequence[_Piece]) -> Iterator[Problem]:
    """Yield that fragments are missing, if the rows themselves say there are more."""
    expected = _whole(group[0].cells[_COUNT])
    if expected not in (_NO_NUMBER, len(group)):
        told = _("Of {expected} fragments of an annotation, {found} are there.")
        place = group[0].line.place
        yield Problem(place, told.format(expected=expected, found=len(group)))


def _whole(cell: str) -> int:
    """Return a whole number as spreadsheets may write it (12 or 12.0), -1 for anything else."""
    number = _WHOLE.fullmatch(cell.strip(" "))
    return int(number[1]) if number else _NO_NUMBER


def _score(cell: str) -> float | None:
    try:
        return float(cell) if cell else None
    except ValueError as error:
        raise _Wrong(_("its score is not a number.")) from error


def _as_is(offset: int) -> int:
    return offset
