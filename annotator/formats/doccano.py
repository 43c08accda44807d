"""doccano's JSON lines: spans as lists, or as objects with ids where something joins them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import orjson

from annotator.core.corpus import Corpus, Found, LabelledArticle
from annotator.core.formats import AS_IT_IS, BY_DEFAULT, Format, Part, Reading, Writing
from annotator.formats.continuing import parted, rejoined, unmistaken
from annotator.formats.holding import Kept
from annotator.formats.lines import Line, Opened, first_record, json_lines, read_opened
from annotator.formats.record_writer import RecordWriter, words_of
from annotator.formats.records import read_record, read_records
from annotator.formats.spans import Tally
from annotator.language import _

NAME = "doccano"

_RESERVED = frozenset(
    ("text", "label", "labels", "entities", "spans", "relations", "id", "Comments", "meta")
    + ("filename", "upload_name", "example_uuid", "#line_number")
)
"""Keys that doccano or the reader of records understand otherwise."""


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the articles of a file that doccano exported, or can import."""
    return read_opened(path, _read, how)


def recognises(path: Path, head: bytes) -> bool:
    """Tell by its first line whether a file is doccano's."""
    record = first_record(path, head)
    if "text" not in record or "format" in record:
        return False
    entities, label = record.get("entities"), record.get("label")
    if isinstance(entities, list) and "relations" in record:
        return all(isinstance(row, dict) and "start_offset" in row for row in entities)
    return isinstance(label, list) and all(
        isinstance(row, list) and [type(each) for each in row] == [int, int, str] for row in label
    )


def _read(opened: Opened, name: str) -> Iterator[Found]:
    for each in read_records(json_lines(opened, name), name, opened.encoding):
        yield rejoined(each) if isinstance(each, LabelledArticle) else each


class DoccanoWriter(RecordWriter):
    """Writes `label` lists, for sequence labelling; `entities` and `relations` in all lines as soon
    as links, fragments or two equal annotations need ids: a project of doccano has but one kind.

    ASCII only: doccano guesses encodings, and takes UTF-8 of French for something else.
    """

    holds = frozenset[Part](("overlaps", "fragments", "links", "metadata"))
    reserved: ClassVar[frozenset[str]] = _RESERVED

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self._has_ids = False
        self.settings = {"doccano": "sequence labelling; allow overlapping entities"}

    def kept(self, labelled: LabelledArticle) -> Kept:
        """Return what doccano holds."""
        return unmistaken(super().kept(labelled), self.labels)

    def record(self, labelled: LabelledArticle) -> bytes:
        """Return an article as a line."""
        names = self.names
        apart = parted(labelled)
        spans = [(span[3], span[4], names[span[1]]) for span in apart.spans]
        if not self._has_ids and (apart.links or len(set(spans)) < len(spans)):
            self.output.rewrite(_with_ids)
            self._has_ids = True
            self.settings = {
                "doccano": "sequence labelling with relations; allow overlapping entities"
            }
        known = words_of(labelled.article, _RESERVED)
        row = {"text": labelled.article.text, "label": spans, **known}
        if not self._has_ids:
            return _line(row)
        numbers = {span.annotation: n for n, span in enumerate(apart.spans, start=1)}
        relations = [
            {
                "id": n,
                "from_id": numbers[link.from_id],
                "to_id": numbers[link.to_id],
                "type": link.type,
            }
            for n, link in enumerate(apart.links, start=1)
        ]
        return _line(_identified(row, relations))

    def found(self, raw: bytes, place: str) -> Iterator[Found]:
        """Read a line as an import does, though its text be blank."""
        line = Line(place, orjson.loads(raw))
        for each in read_record(line, "text", "", "", Tally()):
            yield rejoined(each) if isinstance(each, LabelledArticle) else each


def _line(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row).encode() + b"\n"


def _identified(row: Mapping[str, Any], relations: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a record with objects for its lists of spans, and with relations."""
    rest = {name: value for name, value in row.items() if name not in ("text", "label")}
    entities = [
        {"id": n, "start_offset": start, "end_offset": end, "label": label}
        for n, (start, end, label) in enumerate(row["label"], start=1)
    ]
    return {"text": row["text"], "entities": entities, "relations": relations, **rest}


def _with_ids(line: bytes) -> bytes:
    return _line(_identified(json.loads(line), []))


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            NAME,
            _("doccano JSONL"),
            _(
                "An article a line, for sequence labelling in doccano, with relations if there are "
                "links; choose “allow overlapping entities” there, else doccano drops what overlaps. "
                "Holds no attributes, notes, entities, annotators or states."
            ),
            (".jsonl",),
            read=read,
            writer=DoccanoWriter,
            one_file=True,
            holds={
                "overlaps": _("spans of their own"),
                "fragments": _("entities joined by a relation “continues”"),
                "links": _("relations"),
                "metadata": _("keys beside the text"),
            },
            recognises=recognises,
        ),
    )
