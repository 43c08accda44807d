"""JSON lines with a text and entities as [start, end, label], as those who train spaCy expect them."""

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import orjson

from annotator.core.corpus import Found, LabelledArticle, Span
from annotator.core.formats import AS_IT_IS, Format, Part, Reading
from annotator.core.model import Problem
from annotator.formats.holding import Kept, leave_out, loss
from annotator.formats.lines import Line, Opened, first_record, json_lines, read_opened
from annotator.formats.record_writer import RecordWriter, words_of
from annotator.formats.records import read_record, told_at_the_end
from annotator.formats.spans import Tally
from annotator.language import _

NAME = "spacy-jsonl"

GROUP = "sc"
"""spaCy's usual name for the spans that may overlap."""


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the articles of a file of {"text", "entities"} or [text, {"entities"}] a line."""
    return read_opened(path, _read, how)


def recognises(path: Path, head: bytes) -> bool:
    """Tell by its first line whether a file has spaCy's lists of entities."""
    record = first_record(path, head)
    entities = record.get("entities")
    is_grouped = isinstance(record.get("spans", {}), dict)
    return (
        "text" in record
        and "relations" not in record
        and isinstance(entities, list)
        and is_grouped
        and all(isinstance(row, list) and len(row) in (3, 4) for row in entities)
    )


def _read(opened: Opened, name: str) -> Iterator[Found]:
    tally = Tally()
    for line in json_lines(opened, name):
        record = line if isinstance(line, Problem) else _record(line.value)
        if isinstance(line, Problem):
            yield line
        elif not isinstance(record, dict) or not isinstance(record.get("text"), str):
            yield Problem(line.place, _("Not an object with a text."))
        elif not record["text"].strip():
            yield Problem(line.place, _("Its text is empty."))
        else:
            yield from _article(Line(line.place, record), name, opened.encoding, tally)
    yield from told_at_the_end(tally, name)


def _record(value: Any) -> Any:
    """Return a line of the old kind, a list of the text and the rest, as one object."""
    if isinstance(value, list) and len(value) == 2 and isinstance(value[1], dict):
        return {**value[1], "text": value[0]}
    return value


def _article(line: Line, file: str, encoding: str, tally: Tally) -> Iterator[Found]:
    """Yield the article of a line; its spans are all that stand in any of its lists, once each."""
    record = line.value
    groups = record.get("spans")
    lists = list(groups.values()) if isinstance(groups, dict) else [groups]
    rows: dict[str, Any] = {}
    for each in (record.get("entities"), *lists):
        for row in each if isinstance(each, list) else ():
            rows.setdefault(json.dumps(row, sort_keys=True), row)
    rest = {
        name: value
        for name, value in record.items()
        if name not in ("entities", "spans") or not isinstance(value, list | dict)
    }
    whole = {**rest, "spans": list(rows.values())}
    yield from read_record(Line(line.place, whole), "text", file, encoding, tally)


class SpacyLinesWriter(RecordWriter):
    """Writes `entities`, none of which overlap, and what overlaps in `spans`.

    So a line is what `Example.from_dict` takes. `spans` has one list, "sc", of what lies inside or
    across an entity; under “per-label” it has a list for each label and there are no entities.
    """

    holds = frozenset[Part](("overlaps", "metadata"))
    settings: Mapping[str, str] = {
        "spaCy": "offsets are exact; training leaves out what does not lie on its own tokens"
    }
    reserved: ClassVar[frozenset[str]] = frozenset(("meta",))

    def kept(self, labelled: LabelledArticle) -> Kept:
        """Return what spaCy can be trained with: no blanks at edges, nothing twice."""
        kept = self._trimmed(super().kept(labelled))
        reasons = dict(_twins(kept.labelled.spans))
        if self.how.overlap in ("outermost", "innermost"):
            spans = [span for span in kept.labelled.spans if span.annotation not in reasons]
            reasons |= _losers(spans, outermost=self.how.overlap == "outermost")
        return leave_out(kept, reasons, self.labels) if reasons else kept

    def _trimmed(self, kept: Kept) -> Kept:
        labelled = kept.labelled
        if not any(span[5][0].isspace() or span[5][-1].isspace() for span in labelled.spans):
            return kept
        losses, spans = list(kept.losses), []
        blank: dict[str, str] = {}
        for span in labelled.spans:
            words = span.surface.strip()
            start = span.start + len(span.surface) - len(span.surface.lstrip())
            if not words:
                blank[span.annotation] = _("There is nothing in it but blanks.")
            elif words != span.surface:
                label, reason = self.labels[span.label], _("Blanks at its edges were trimmed.")
                losses.append(loss(labelled, span, label, "changed", reason))
                span = span._replace(start=start, end=start + len(words), surface=words)  # noqa: PLW2901
            spans.append(span)
        return leave_out(Kept(labelled._replace(spans=spans), losses), blank, self.labels)

    def record(self, labelled: LabelledArticle) -> bytes:
        """Return an article as a line."""
        names = self.names
        spans = labelled.spans
        groups: dict[str, list[tuple[int, int, str]]] = {}
        entities: list[tuple[int, int, str]] = []
        end = 0
        for span in spans:
            row = span[3], span[4], names[span[1]]
            if self.how.overlap == "per-label":
                groups.setdefault(row[2], []).append(row)
            elif row[0] >= end:
                entities.append(row)
                end = row[1]
            else:
                groups.setdefault(GROUP, []).append(row)
        line: dict[str, Any] = {"text": labelled.article.text, "entities": entities}
        if groups:
            line["spans"] = groups
        known = words_of(labelled.article, self.reserved)
        if known:
            line["meta"] = known
        return orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)

    def found(self, raw: bytes, place: str) -> Iterator[Found]:
        """Read a line as an import does, though its text be blank."""
        return _article(Line(place, orjson.loads(raw)), "", "", Tally())


def _twins(spans: Iterable[Span]) -> Iterator[tuple[str, str]]:
    seen: set[tuple[int, int, str]] = set()
    for span in spans:
        shape = span[3], span[4], span[1]
        if shape in seen:
            yield span.annotation, _("Another annotation of its label stands on the same words.")
        seen.add(shape)


def _losers(spans: Iterable[Span], *, outermost: bool) -> Iterator[tuple[str, str]]:
    """Yield the annotations that overlap a longer one, or a shorter one, and why they stay behind."""
    reason = (
        _("Only the outermost of those that overlap is kept.")
        if outermost
        else _("Only the innermost of those that overlap is kept.")
    )
    sign = -1 if outermost else 1
    taken: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (sign * (span.end - span.start), span.start)):
        at = bisect_left(taken, (span.start, span.end))
        before = taken[at - 1][1] if at else 0
        after = taken[at][0] if at < len(taken) else span.end
        if before > span.start or after < span.end:
            yield span.annotation, reason
        else:
            taken.insert(at, (span.start, span.end))


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            NAME,
            _("spaCy JSONL"),
            _(
                "An article a line with entities as offsets, for training spaCy; blanks at edges are "
                "trimmed. Holds no fragments, attributes, notes, links, entities, annotators, states."
            ),
            (".jsonl",),
            read=read,
            writer=SpacyLinesWriter,
            one_file=True,
            holds={
                "overlaps": _("the list “sc” of the spans"),
                "metadata": _("the “meta” of a line"),
            },
            recognises=recognises,
        ),
    )
