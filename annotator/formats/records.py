"""Texts as records, one a line or in one list, with any metadata and, where present, spans."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator.core.corpus import Found, LabelledArticle, Span
from annotator.core.formats import AS_IT_IS, Format, Reading
from annotator.core.ids import new_id
from annotator.core.model import Article, Link, Problem, Remark
from annotator.core.text import LineEnds
from annotator.formats.lines import Line, Opened, json_lines, parse, read_opened
from annotator.formats.spans import Given, Tally, json_text, plain_spans, read_spans
from annotator.language import _, n_

TEXT_KEYS = (
    "text",
    "content",
    "body",
    "texte",
    "contenu",
    "corps",
    "article",
    "article_text",
    "full_text",
    "fulltext",
    "texte_intégral",
)
_SPAN_KEYS = ("spans", "entities", "label", "labels")
_LISTS = ("data", "articles", "documents", "items", "records", "rows", "results", "entries")
_FIELDS = {
    name: field
    for field, names in {
        "title": "title titre headline",
        "author": "author auteur auteure byline authors auteurs journaliste",
        "published": "published date publié date_publication date_de_publication pubdate"
        " publication_date published_at publishedat publish_date",
        "source": "source journal newspaper publisher média media publication",
        "url": "url link lien href permalink",
        "language": "language lang langue",
    }.items()
    for name in names.split()
}
_OURS = frozenset(_FIELDS.values())
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=[T ]|$)")


def read_json_lines(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the articles of a `.jsonl` file. OSError rises when it breaks off while being read."""
    return read_opened(path, _records_of_lines, how)


def read_json(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the articles of a `.json` file: a list, an object with a list in it, or one article."""

    def read(opened: Opened, name: str) -> Iterator[Found]:
        raw = opened.file.read()
        if not raw.strip():
            return
        whole = parse(raw, name)
        if isinstance(whole, Problem) and _is_lines(raw):
            yield from read_json_lines(path, how)
        elif isinstance(whole, Problem):
            yield whole
        else:
            yield from read_records(_items(whole.value, name), name, opened.encoding)

    return read_opened(path, read, how)


def read_records(lines: Iterator[Line | Problem], file: str, encoding: str) -> Iterator[Found]:
    """Yield an article for each record, and at the end what was put right in them."""
    tally = Tally()
    for line in lines:
        if isinstance(line, Problem):
            yield line
        elif not isinstance(line.value, dict):
            yield Problem(line.place, _("Not an object with a text."))
        else:
            yield from _article(line.place, line.value, file, encoding, tally)
    yield from told_at_the_end(tally, file)


def told_at_the_end(tally: Tally, file: str) -> Iterator[Remark]:
    """Yield what was put right in the records of a file, or not taken over from them."""
    for unit, count in tally.units.items():
        yield Remark(
            file,
            n_(
                "Offsets count {unit} in {count} article; they were converted.",
                "Offsets count {unit} in {count} articles; they were converted.",
                count,
            ).format(unit=unit, count=count),
        )
    for key, count in tally.keys.items():
        yield Remark(
            file,
            n_(
                "“{key}” of {count} span was not taken over.",
                "“{key}” of {count} spans was not taken over.",
                count,
            ).format(key=key, count=count),
        )


def _records_of_lines(opened: Opened, name: str) -> Iterator[Found]:
    return read_records(json_lines(opened, name), name, opened.encoding)


def _is_lines(raw: bytes) -> bool:
    """Tell whether a file that is not one JSON value has a whole one in its first line."""
    first, parted, _rest = raw.strip().partition(b"\n")
    return bool(parted) and isinstance(parse(first, ""), Line)


def _items(value: Any, name: str) -> Iterator[Line | Problem]:
    if isinstance(value, list):
        rows = value
    elif isinstance(value, dict) and not text_key(value):
        lists = [value[key] for key in (*_LISTS, *value) if isinstance(value.get(key), list)]
        rows = next(
            (each for each in lists if any(isinstance(item, dict) for item in each)), [value]
        )
    else:
        rows = [value]
    for number, row in enumerate(rows, start=1):
        yield Line(_("{file}, item {number}").format(file=name, number=number), row)


def _article(
    place: str, record: Mapping[str, Any], file: str, encoding: str, tally: Tally
) -> Iterator[Found]:
    key = text_key(record)
    raw = record.get(key)
    if not isinstance(raw, str) or not raw.strip():
        yield Problem(place, _why_no_text(record, raw))
        return
    yield from read_record(Line(place, record), key, file, encoding, tally)


def read_record(line: Line, key: str, file: str, encoding: str, tally: Tally) -> Iterator[Found]:
    """Yield the article of a record whose text is under `key`, behind what is wrong with its spans."""
    place, record = line
    raw = record[key]
    text = LineEnds(raw).text if "\r" in raw else raw
    relations = record.get("relations")
    span_keys = [name for name in _SPAN_KEYS if name != key and _holds_spans(record.get(name))]
    rows = [row for name in span_keys for row in record[name]]
    spans = plain_spans(rows, text) if raw is text else None
    links: list[Link] = []
    if spans is None:
        spans = []
        named: dict[str, str] = {}
        # What relations speak of has ids: two of one label may then stand on the same words.
        is_named = isinstance(relations, list)
        for found in read_spans(rows, raw, text, place, tally, named=is_named):
            if isinstance(found, Problem):
                yield found
            else:
                spans.append(_dressed(*found, named))
        if isinstance(relations, list) and named:
            for link in _links(relations, named, place):
                if isinstance(link, Problem):
                    yield link
                else:
                    links.append(link)
    used = {key, *span_keys, *(["relations"] if links else []), *_empty(record)}
    leftover = {name: value for name, value in record.items() if name not in used}
    yield LabelledArticle(described(text, leftover, file, encoding), spans, links, place=place)


def _empty(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys of a record under which spans and relations would stand, if there were any."""
    return (name for name in (*_SPAN_KEYS, "relations") if record.get(name) == [])


def _why_no_text(record: Mapping[str, Any], raw: object) -> str:
    if isinstance(raw, str):
        return _("Its text is empty.")
    quoted = (_("“{name}”").format(name=name) for name in list(record)[:12])
    names = ", ".join(quoted) or _("none")
    return _("No text: none of the keys {names} is known for one.").format(names=names)


def described(text: str, leftover: Mapping[str, Any], file: str, encoding: str) -> Article:
    """Return an article with all that its record says of it, and where it came from."""
    fields, meta = metadata_of(leftover)
    return Article(
        new_id(),
        text,
        title=fields.get("title", ""),
        author=fields.get("author", ""),
        published=fields.get("published", ""),
        source=fields.get("source", ""),
        url=fields.get("url", ""),
        language=fields.get("language", ""),
        meta={"file": file, **({"encoding": encoding} if encoding else {}), **meta},
    )


def text_key(record: Mapping[str, Any]) -> str:
    """Return the key whose value is the text: a known one with a text, else a known one, else ""."""
    if isinstance(record.get("text"), str):
        return "text"
    names = {normal(name): name for name in reversed(list(record))}
    known = [names[key] for key in TEXT_KEYS if key in names]
    return next((name for name in known if isinstance(record[name], str)), "")


def normal(name: str) -> str:
    """Return a column's name as it is looked up: "Date de publication" as "date_de_publication"."""
    return "_".join(name.casefold().replace("-", " ").split())


def _holds_spans(value: Any) -> bool:
    """Tell a list of spans from the labels of a whole text."""
    return isinstance(value, list) and any(isinstance(row, list | dict) for row in value)


def _dressed(given: Given, span: Span, named: dict[str, str]) -> Span:
    """Return a span with what its row says beyond where and what it is, and an id if others name it."""
    identity = new_id()
    if given.id:
        named[given.id] = identity
    attributes = given.row.get("attributes")
    note = given.row.get("note") or given.row.get("comment") or ""
    annotator, score = given.row.get("annotator"), given.row.get("score")
    is_number = isinstance(score, int | float) and not isinstance(score, bool)
    return span._replace(
        annotation=identity,
        attributes=json_text(attributes) if isinstance(attributes, dict) else "{}",
        note=note if isinstance(note, str) else "",
        annotator=annotator if isinstance(annotator, str) else "",
        origin="import",
        score=float(score) if is_number and score is not None else None,
    )


def _links(
    relations: Sequence[Any], named: Mapping[str, str], place: str
) -> Iterator[Link | Problem]:
    """Yield the links between spans that have ids, as doccano writes them."""
    seen: set[tuple[str, str, str]] = set()
    for row in relations:
        ends = (row.get("from_id"), row.get("to_id")) if isinstance(row, dict) else (None, None)
        kind = row.get("type") if isinstance(row, dict) else None
        source, target = (named.get(str(end), "") for end in ends)
        is_sound = source and target and source != target and isinstance(kind, str) and kind.strip()
        if not is_sound or (source, str(kind), target) in seen:
            yield Problem(place, _("A relation does not join two different spans of this text."))
            continue
        seen.add((source, str(kind), target))
        yield Link(new_id(), str(kind), source, target)


def metadata_of(record: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the fields that every article has, and the rest under its own names."""
    fields: dict[str, str] = {}
    meta: dict[str, Any] = {}
    inner = record.get("meta")
    rows = dict(record)
    if isinstance(inner, dict):
        del rows["meta"]
        rows = {**inner, **rows}
    for name, value in sorted(rows.items(), key=lambda row: row[0] not in _OURS):
        field = _FIELDS.get(name) or _FIELDS.get(normal(name), "")
        said = _as_text(value) if field and field not in fields else ""
        if not said:
            if value not in (None, ""):
                meta[_free(name)] = value
            continue
        day = _ISO_DAY.match(said) if field == "published" else None
        fields[field] = day[0] if day else said
        if day and day[0] != said:
            meta[_free(name)] = value
    return fields, meta


def _free(name: str) -> str:
    """Return a key for further metadata that hides none of the fields that every article has."""
    return f"{name}_as_given" if name in _OURS else name


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return ""


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "json",
            _("JSON"),
            _("A list of objects with a text, any metadata and, where present, spans."),
            (".json",),
            read=read_json,
            one_file=True,
        ),
    )
