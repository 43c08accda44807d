"""Prodigy's JSON lines: an article a task, with tokens, spans on them, relations between their last ones."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import orjson

from annotator.core.corpus import Found, LabelledArticle, Span
from annotator.core.formats import AS_IT_IS, Format, Part, Reading
from annotator.core.ids import new_id
from annotator.core.model import Article, Entity, Link, Problem, Remark
from annotator.core.text import LineEnds
from annotator.core.tokens import TOKENISER
from annotator.formats.continuing import parted, rejoined, unmistaken
from annotator.formats.holding import Kept
from annotator.formats.lines import Line, Opened, first_record, json_lines, read_opened
from annotator.formats.prodigy.tokens import Tokens
from annotator.formats.record_writer import RecordWriter, words_of
from annotator.formats.records import described, told_at_the_end
from annotator.formats.register import as_row, foundation, from_row, mentioned
from annotator.formats.spans import Given, Tally, json_text, read_spans
from annotator.language import _, n_

NAME = "prodigy"

_OF_A_SPAN = frozenset(
    ("start", "end", "label", "text", "id", "attributes", "note", "annotator", "score", "kb_id")
)
_OF_A_TASK = frozenset(
    ("text", "tokens", "spans", "relations", "answer", "meta", "entities", "html", "config")
    + ("_input_hash", "_task_hash", "_view_id", "_session_id", "_annotator_id", "_timestamp")
)
"""Keys of a task that say nothing of the article."""

_UNSAID = frozenset(("token_start", "token_end", "source", "pattern", "input_hash"))
"""Keys of a span that follow from the rest, or only tell how it came about."""

_Place = tuple[str, ...]
"""Start, end, label and id of a span, as the file gives them."""


def read(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the articles of the tasks that were accepted, and how many others there are."""
    return read_opened(path, _read, how)


def recognises(path: Path, head: bytes) -> bool:
    """Tell by its first line whether a file is Prodigy's."""
    record = first_record(path, head)
    own = "_input_hash" in record or "_view_id" in record
    return "text" in record and (own or ("tokens" in record and "spans" in record))


def _read(opened: Opened, name: str) -> Iterator[Found]:
    tally = Tally()
    passed_over = 0
    for line in json_lines(opened, name):
        if isinstance(line, Problem):
            yield line
        elif not isinstance(line.value, dict) or not isinstance(line.value.get("text"), str):
            yield Problem(line.place, _("Not an object with a text."))
        elif line.value.get("answer", "accept") != "accept":
            passed_over += 1
        elif not line.value["text"].strip():
            yield Problem(line.place, _("Its text is empty."))
        else:
            yield from read_task(line, name, opened.encoding, tally)
    yield from told_at_the_end(tally, name)
    if passed_over:
        told = n_(
            "{count} task was rejected or ignored and stays out.",
            "{count} tasks were rejected or ignored and stay out.",
            passed_over,
        )
        yield Remark(name, told.format(count=passed_over))


def read_task(line: Line, file: str, encoding: str, tally: Tally) -> Iterator[Found]:
    """Yield the article of a task, behind what is wrong with it."""
    place, task = line
    raw = task["text"]
    text = LineEnds(raw).text if "\r" in raw else raw
    who = task.get("_annotator_id") or task.get("_session_id")
    usual = None if task.get("relations") or who else _usual_spans(task.get("spans"), text)
    if usual is not None and raw is text:
        yield LabelledArticle(_described(task, text, file, encoding), usual, [], place=place)
        return
    rows = [_plain(row, tally) for row in _list(task.get("spans"))]
    spans: list[Span] = []
    ids: dict[_Place, str] = {}
    own = Tally()
    for found in read_spans(rows, raw, text, place, own, named=True):
        if isinstance(found, Problem):
            yield found
        else:
            given, span = found
            spans.append(_dressed(given, span, who if isinstance(who, str) else ""))
            ids[_place(given.row)] = spans[-1].annotation
    tally.units.update(own.units)
    links: list[Link] = []
    for link in _links(task, ids, place):
        if isinstance(link, Problem):
            yield link
        else:
            links.append(link)
    yield from foundation(_entities(task, spans), place)
    article = _described(task, text, file, encoding)
    yield rejoined(LabelledArticle(article, spans, links, place=place))


def _described(task: Mapping[str, Any], text: str, file: str, encoding: str) -> Article:
    meta = task.get("meta")
    leftover = {name: value for name, value in task.items() if name not in _OF_A_TASK}
    leftover |= meta if isinstance(meta, dict) else {}
    return described(text, leftover, file, encoding)


def _usual_spans(rows: Any, text: str) -> list[Span] | None:
    """Return spans that have a sound place on tokens and a label, and no more; None for any others.

    The short way, for files with hundreds of thousands of them.
    """
    if type(rows) is not list:
        return None
    spans = []
    length = len(text)
    for row in rows:
        try:
            start, end, label, who = (
                row["start"],
                row["end"],
                row["label"],
                row.get("annotator", ""),
            )
        except (TypeError, KeyError, AttributeError):
            return None
        if not (
            len(row) == 5 + ("annotator" in row)
            and "token_start" in row
            and "token_end" in row
            and type(start) is type(end) is int
            and type(label) is type(who) is str
            and 0 <= start < end <= length
            and label.strip() == label != ""
        ):
            return None
        parts = (text[start:end], "{}", "", None, who, "import")
        spans.append(Span("", label, 0, start, end, *parts))
    return spans if len({(span[1], span[3], span[4]) for span in spans}) == len(spans) else None


def _plain(row: Any, tally: Tally) -> Any:
    """Return a span with what can be taken over; other keys are counted."""
    if not isinstance(row, dict):
        return row
    tally.keys.update(name for name in row if name not in _OF_A_SPAN | _UNSAID)
    return {name: value for name, value in row.items() if name in _OF_A_SPAN}


def _place(row: Mapping[str, Any]) -> _Place:
    return tuple(str(row.get(name)) for name in ("start", "end", "label", "id"))


def _dressed(given: Given, span: Span, who: str) -> Span:
    get = given.row.get
    attributes, note, annotator = get("attributes"), get("note"), get("annotator")
    entity, score = get("kb_id"), get("score")
    is_number = isinstance(score, int | float) and not isinstance(score, bool)
    return span._replace(
        annotation=new_id(),
        attributes=json_text(attributes) if isinstance(attributes, dict) else "{}",
        note=note if isinstance(note, str) else "",
        entity=entity if isinstance(entity, str) and entity else None,
        annotator=annotator if isinstance(annotator, str) else who,
        origin="import",
        score=float(score) if is_number and score is not None else None,
    )


def _links(
    task: Mapping[str, Any], ids: Mapping[_Place, str], place: str
) -> Iterator[Link | Problem]:
    """Yield the relations between spans: by the spans they name, else by their last tokens."""
    last: dict[int, str] = {}
    for row in _objects(task.get("spans")):
        token = row.get("token_end")
        if isinstance(token, int) and _place(row) in ids:
            last[token] = ids[_place(row)]
    seen: set[tuple[str, str, str]] = set()
    for relation in _objects(task.get("relations")):
        source = _end(relation, "head", ids, last)
        target = _end(relation, "child", ids, last)
        type_ = relation.get("label")
        if not source or not target or source == target or not isinstance(type_, str) or not type_:
            yield Problem(place, _("A relation does not join two different spans of this text."))
        elif (type_, source, target) not in seen:
            seen.add((type_, source, target))
            yield Link(new_id(), type_, source, target)


def _end(
    relation: Mapping[str, Any], key: str, ids: Mapping[_Place, str], last: Mapping[int, str]
) -> str:
    span, token = relation.get(f"{key}_span"), relation.get(key)
    found = ids.get(_place(span)) if isinstance(span, dict) else None
    return found or (last.get(token, "") if isinstance(token, int) else "")


def _entities(task: Mapping[str, Any], spans: Sequence[Span]) -> list[Entity]:
    """Return the entities that spans refer to: as the task describes them, else by their words."""
    rows = _objects(task.get("entities"))
    given = (from_row({key: str(value) for key, value in row.items()}) for row in rows)
    known = {entity.id: entity for entity in given if entity}
    named = {span.entity: span.surface for span in reversed(spans) if span.entity is not None}
    return [known.get(id_) or Entity(id_, words) for id_, words in reversed(named.items())]


def _objects(given: Any) -> Iterator[Mapping[str, Any]]:
    return (each for each in _list(given) if isinstance(each, dict))


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


class ProdigyWriter(RecordWriter):
    """Writes tasks that were accepted, for `db-in` and for training.

    Tokens are cut where annotations begin and end, so that each span lies on whole tokens. What
    Prodigy has no key for goes into further keys of a span: it keeps those that it does not know.
    """

    holds = frozenset[Part](
        ("overlaps", "fragments", "links", "attributes", "notes", "entities")
        + ("annotators", "metadata")
    )
    settings: Mapping[str, str] = {
        "tokenizer": f"{TOKENISER}, tokens cut where annotations begin and end"
    }
    reserved: ClassVar[frozenset[str]] = frozenset(("meta",))

    def kept(self, labelled: LabelledArticle) -> Kept:
        """Return what Prodigy holds."""
        return unmistaken(super().kept(labelled), self.labels)

    def record(self, labelled: LabelledArticle) -> bytes:
        """Return an article as a task."""
        article, apart = labelled.article, parted(labelled)
        tokens = Tokens(article.text, [(span.start, span.end) for span in apart.spans])
        shapes = {(span.start, span.end, span.label) for span in apart.spans}
        is_named = bool(apart.links) or len(shapes) < len(apart.spans)
        rows = {
            span.annotation: self._span(span, tokens, str(number) if is_named else "")
            for number, span in enumerate(apart.spans, start=1)
        }
        relations = [_relation(link, rows) for link in apart.links]
        task = {
            "text": article.text,
            "_view_id": "relations" if relations else "spans_manual",
            "meta": words_of(article, self.reserved),
            "tokens": tokens.rows,
            "spans": list(rows.values()),
            "relations": relations,
            "entities": [as_row(each) for each in mentioned(labelled, self.corpus.entities)],
            "answer": "accept",
        }
        optional = ("relations", "entities", "meta")
        kept = {name: value for name, value in task.items() if value or name not in optional}
        return orjson.dumps(kept, option=orjson.OPT_APPEND_NEWLINE)

    def found(self, raw: bytes, place: str) -> Iterator[Found]:
        """Read a task as an import does, though its text be blank."""
        return read_task(Line(place, orjson.loads(raw)), "", "", Tally())

    def _span(self, span: Span, tokens: Tokens, id_: str) -> dict[str, Any]:
        row: dict[str, Any] = {
            "start": span.start,
            "end": span.end,
            "token_start": tokens.first[span.start],
            "token_end": tokens.last[span.end],
            "label": self.names[span.label],
        }
        more = {
            "id": id_,
            "attributes": {} if span.attributes == "{}" else orjson.loads(span.attributes),
            "note": span.note,
            "annotator": span.annotator,
        }
        row |= {name: value for name, value in more.items() if value}
        return row if span.entity is None else {**row, "kb_id": span.entity}


def _relation(link: Link, rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    head, child = rows[link.from_id], rows[link.to_id]
    return {
        "head": head["token_end"],
        "child": child["token_end"],
        "head_span": _bare(head),
        "child_span": _bare(child),
        "label": link.type,
    }


def _bare(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("start", "end", "token_start", "token_end", "label", "id")
    return {name: row[name] for name in names if name in row}


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            NAME,
            _("Prodigy JSONL"),
            _(
                "An article a task, with tokens, spans and relations; tasks that were rejected or "
                "ignored stay out. Holds no states and no dates."
            ),
            (".jsonl",),
            read=read,
            writer=ProdigyWriter,
            one_file=True,
            holds={
                "overlaps": _("spans of their own"),
                "fragments": _("spans joined by a relation “continues”"),
                "links": _("relations"),
                "attributes": _("a key “attributes” of a span"),
                "notes": _("a key “note” of a span"),
                "entities": _("“kb_id” of a span, and a key “entities” of the task"),
                "annotators": _("a key “annotator” of a span"),
                "metadata": _("the “meta” of the task"),
            },
            recognises=recognises,
        ),
    )
