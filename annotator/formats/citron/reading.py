"""Citron's JSON comes in: quotes, cues and sources as annotations, and what joins them as links."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from annotator.core.corpus import Found, LabelledArticle, Span
from annotator.core.formats import AS_IT_IS, Reading
from annotator.core.ids import new_id
from annotator.core.metadata import known_article
from annotator.core.model import Article, Link, Problem, Remark
from annotator.core.text import LineEnds
from annotator.formats.fragments import Pieces
from annotator.formats.lines import Opened, parse, read_opened
from annotator.formats.spans import Tally, read_spans
from annotator.language import _

QUOTE, CUE, SOURCE, MENTION = "Quote", "Cue", "Source", "Mention"

_QUOTES = re.compile(rb'"quotes"\s*:\s*\[\s*(\]|\{)')
_MOST = 8 << 20
"""Bytes of a file that are looked through to tell what it is: its text often comes first."""


def recognises(path: Path, head: bytes) -> bool:
    """Tell a file of Citron's by a text, and quotes that have contents."""
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")) or b'"text"' not in head:
        return False
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST)
    except OSError:
        return False
    found = _QUOTES.search(raw)
    return found is not None and (found[1] == b"]" or b'"contents"' in raw)


def read_citron(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the article of a file, or those of a list in it."""

    def read(opened: Opened, name: str) -> Iterator[Found]:
        line = parse(opened.file.read(), name)
        if isinstance(line, Problem):
            yield line
            return
        rows = line.value if isinstance(line.value, list) else [line.value]
        for number, row in enumerate(rows, start=1):
            place = name
            if len(rows) > 1:
                place = _("{file}, item {number}").format(file=name, number=number)
            if isinstance(row, dict) and isinstance(row.get("text"), str) and row["text"].strip():
                yield from _article(row, place)
            else:
                yield Problem(place, _("Not an object with a text."))

    return read_opened(path, read, how)


def _article(row: Mapping[str, Any], place: str) -> Iterator[Found]:
    ends = LineEnds(row["text"])
    quotes = _Quotes()
    quotes.take(_rows(row, "quotes"), row.get("coreference_groups"))
    tally = Tally()
    pieces = Pieces(ends.text)
    for found in read_spans(quotes.rows, row["text"], ends.text, place, tally):
        if isinstance(found, Problem):
            yield found
        else:
            given, span = found
            role = quotes.roles[given.label]
            pieces.add(given.label, _dressed(span, role, given.row))
    for one, other in quotes.goes_on:
        if one in pieces and other in pieces:
            pieces.join(one, other)
    spans, names = pieces.spans()
    ids = {str(name): id_ for name, id_ in names.items()}
    yield from (Problem(place, told) for told in (*quotes.problems, *pieces.problems))
    for unit in tally.units:
        told = _("Offsets count {unit}; they were converted.").format(unit=unit)
        yield Remark(place, told)
    links: list[Link] = []
    for joined in _links(quotes.links, ids):
        if isinstance(joined, Link):
            links.append(joined)
        else:
            yield Problem(place, joined)
    yield LabelledArticle(_described(row, ends.text), spans, links, place=place)


class _Quotes:
    """The spans of a file, each once, by names such as “Source 3”, and what joins them."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.roles: dict[str, str] = {}
        self.links: list[tuple[str, str, str]] = []
        self.goes_on: list[tuple[str, str]] = []
        self.problems: list[str] = []
        self._names: dict[tuple[str, str], str] = {}

    def take(self, quotes: Sequence[Any], groups: Any) -> None:
        """Take all quotes, then the groups of spans that mean the same."""
        for number, quote in enumerate(quotes, start=1):
            if not isinstance(quote, dict) or not _rows(quote, "contents"):
                told = _("Quote {number} has no contents; it was left out.").format(number=number)
                self.problems.append(told)
            else:
                self._quote(quote)
        for group in groups if isinstance(groups, list) else ():
            if isinstance(group, list):
                first, *others = [self._mention(span) for span in group] or [""]
                self.links += [("refers", other, first) for other in others if other != first]

    def _quote(self, quote: Mapping[str, Any]) -> None:
        contents = [
            self._add(QUOTE, span, unique=True, id_=quote.get("id"), score=quote.get("confidence"))
            for span in _rows(quote, "contents")
        ]
        self.goes_on += pairwise(contents)
        if isinstance(quote.get("cue"), dict):
            self.links.append(("cue", contents[0], self._add(CUE, quote["cue"])))
        sources = [self._add(SOURCE, span) for span in _rows(quote, "sources")]
        self.links += [("source", contents[0], source) for source in sources]
        referred = _rows(quote, "coreferences")
        pairs = len(referred) == len(sources)
        for number, span in enumerate(referred):
            mention = self._mention(span)
            of = str(span.get("of")) if isinstance(span, dict) else ""
            if sources:
                source = self._names.get((SOURCE, of)) or sources[number if pairs else 0]
                self.links.append(("refers", source, mention))

    def _mention(self, span: Any) -> str:
        """Return what a span is already, a source most often, else a mention."""
        key = _key_of(span if isinstance(span, dict) else {})
        known = (self._names.get((role, key)) for role in (SOURCE, QUOTE, CUE, MENTION))
        return next(filter(None, known), "") or self._add(MENTION, span)

    def _add(self, role: str, span: Any, *, unique: bool = False, **more: Any) -> str:
        """Return the name of a span; what is not unique stands once however often it is named."""
        row = dict(span) if isinstance(span, dict) else {"text": span}
        key = role, _key_of(row)
        if not unique and key in self._names:
            return self._names[key]
        name = f"{role} {len(self.rows) + 1}"
        self._names.setdefault(key, name)
        self.roles[name] = role
        id_ = more.pop("id_", row.get("id"))
        self.rows.append(row | {"label": name, "id": id_ if isinstance(id_, str) else ""} | more)
        return name


def _key_of(row: Mapping[str, Any]) -> str:
    """Return what tells a span from others: its id, else its place."""
    id_ = row.get("id")
    return id_ if isinstance(id_, str) and id_ else f"{row.get('start')}–{row.get('end')}"


def _dressed(span: Span, role: str, row: Mapping[str, Any]) -> Span:
    score = row.get("score")
    try:
        confidence = float(score) if isinstance(score, str | float | int) else None
    except ValueError:
        confidence = None
    id_ = row.get("id")
    return span._replace(
        annotation=id_ if isinstance(id_, str) else "",
        label=role,
        origin="import",
        score=confidence,
    )


def _links(given: Sequence[tuple[str, str, str]], ids: Mapping[str, str]) -> Iterator[Link | str]:
    """Yield each link between what came in, or why it is none; one may stand in several quotes."""
    seen: set[tuple[str, str, str]] = set()
    for type_, one, other in given:
        ends = type_, ids.get(one, ""), ids.get(other, "")
        if not all(ends) or ends[1] == ends[2]:
            told = _("A relation “{name}” joins nothing that came in, or itself, or stands twice.")
            yield told.format(name=type_)
        elif ends not in seen:
            seen.add(ends)
            yield Link(new_id(), *ends)


def _described(row: Mapping[str, Any], text: str) -> Article:
    meta = dict(row["meta"]) if isinstance(row.get("meta"), dict) else {}
    id_ = row.get("id")
    return known_article(id_ if isinstance(id_, str) and id_ else new_id(), text, meta)


def _rows(row: Mapping[str, Any], key: str) -> list[Any]:
    value = row.get(key)
    return value if isinstance(value, list) else []
