"""CSV tables for R, pandas and spreadsheets: articles, annotations (a row a fragment), links."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

from annotator.core.corpus import Corpus, LabelledArticle, Span
from annotator.core.formats import BY_DEFAULT, Loss, Writer, Writing
from annotator.core.model import Link, Problem
from annotator.language import _

_FIELDS = ("title", "author", "published", "source", "url", "language")
_ARTICLE = ("article", *_FIELDS, "state", "text")
_ANNOTATION = (
    *("annotation", "article", "title", "label", "fragment", "fragments", "start", "end", "text"),
    *("note", "entity", "entity_id", "annotator", "origin", "state", "score", "reason"),
    *("created", "updated", "settled"),
)
_LINK = ("link", "article", "type", "from", "from_text", "to", "to_text", "annotator", "created")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = dict[str, str]


class TableWriter(Writer):
    """Writes articles.csv, annotations.csv and links.csv, joined by ids.

    UTF-8 with a BOM, commas, CRLF, quotes as in RFC 4180. An annotation of several fragments has
    as many rows, numbered from 1. Attributes are columns `attr.NAME`, free metadata `meta.NAME`,
    each value a text as it is, anything else as JSON. A cell that a spreadsheet would take for a
    formula begins with an apostrophe, and so does one that began with an apostrophe anyway: taking
    the first apostrophe away gives the value back.
    """

    walks = 3
    settings: Mapping[str, str] = MappingProxyType(
        {"formula guard": "' before = + - @ TAB CR and before '"}
    )

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self._labels = {label.id: label.name for label in corpus.scheme.labels}
        self._attributes: tuple[str, ...] = ()
        self._meta: tuple[str, ...] = ()

    def write(self, target: Path) -> Iterator[Loss]:
        """Write the three tables; nothing is lost."""
        self._find_columns()
        with ExitStack() as stack:
            tables = [
                _Table(stack, target / name, columns) for name, columns in self._tables().items()
            ]
            for labelled in self.corpus:
                for table, rows in zip(tables, self._rows(labelled), strict=True):
                    for row in rows:
                        table.write(row)
        yield from ()

    def differences(self, target: Path) -> Iterator[Problem]:
        """Read the tables again and compare them, row by row, with the corpus."""
        with ExitStack() as stack:
            names = list(self._tables())
            readers = [_by_article(stack, target / name) for name in names]
            for labelled in self.corpus:
                article = labelled.article.id
                expected = self._rows(labelled)
                for name, reader, rows in zip(names, readers, expected, strict=True):
                    found = reader.take(article)
                    if found != rows:
                        yield Problem(f"{name}: {article}", _("The rows came back changed."))
                    self._hold(name, found)
            for name, reader in zip(names, readers, strict=True):
                if not reader.is_done:
                    yield Problem(name, _("There are more rows than expected."))

    def _tables(self) -> Mapping[str, Sequence[str]]:
        meta = [f"meta.{name}" for name in self._meta]
        attributes = [f"attr.{name}" for name in self._attributes]
        return {
            "articles.csv": [*_ARTICLE[:-1], *meta, _ARTICLE[-1]],
            "annotations.csv": [*_ANNOTATION[:9], *attributes, *_ANNOTATION[9:]],
            "links.csv": _LINK,
        }

    def _find_columns(self) -> None:
        """Look for every attribute and metadata name in use: a header comes before its rows."""
        attributes = {
            attribute.name: None
            for label in self.corpus.scheme.labels
            for attribute in label.attributes
        }
        meta: dict[str, None] = {}
        for labelled in self.corpus:
            meta.update(dict.fromkeys(labelled.article.meta))
            for span in labelled.spans:
                if span.attributes != "{}":
                    attributes.update(dict.fromkeys(json.loads(span.attributes)))
        self._attributes, self._meta = tuple(attributes), tuple(meta)

    def _rows(self, labelled: LabelledArticle) -> tuple[list[Row], list[Row], list[Row]]:
        article = labelled.article
        known = {name: str(getattr(article, name)) for name in _FIELDS}
        free = {f"meta.{name}": _cell(value) for name, value in article.meta.items()}
        row = {"article": article.id, **known, "state": str(article.state), **free}
        texts = _texts(labelled.spans)
        return (
            [_filled({**row, "text": article.text})],
            self._annotations(labelled),
            [_filled(_link(link, article.id, texts)) for link in labelled.links],
        )

    def _annotations(self, labelled: LabelledArticle) -> list[Row]:
        rows = []
        for _id, group in groupby(labelled.spans, lambda span: span.annotation):
            fragments = list(group)
            rows += [
                _filled(self._annotation(labelled, span, len(fragments))) for span in fragments
            ]
        return rows

    def _annotation(self, labelled: LabelledArticle, span: Span, count: int) -> Row:
        entity = self.corpus.entities.get(span.entity or "")
        attributes = {} if span.attributes == "{}" else json.loads(span.attributes)
        return {
            "annotation": span.annotation,
            "article": labelled.article.id,
            "title": labelled.article.title,
            "label": self._labels[span.label],
            "fragment": str(span.n + 1),
            "fragments": str(count),
            "start": str(span.start),
            "end": str(span.end),
            "text": span.surface,
            **{f"attr.{name}": _cell(value) for name, value in attributes.items()},
            "note": span.note,
            "entity": entity.name if entity else "",
            "entity_id": span.entity or "",
            "annotator": span.annotator,
            "origin": span.origin,
            "state": span.state,
            "score": "" if span.score is None else repr(span.score),
            "reason": span.reason,
            "created": span.created,
            "updated": span.updated,
            "settled": span.settled,
        }

    def _hold(self, name: str, rows: list[Row]) -> None:
        """Count what was found in the rows of one article."""
        if name == "links.csv":
            self.held["link"] += len(rows)
        elif name == "articles.csv":
            known = [key for row in rows for key in row if key in _FIELDS]
            free = [key for row in rows for key in row if key.startswith("meta.")]
            self.held["metadata"] += len({key.removeprefix("meta.") for key in (*known, *free)})
        else:
            for row in rows:
                if row["fragment"] == "1":
                    self.held["annotation"] += 1
                    self.held["attribute"] += sum(key.startswith("attr.") for key in row)
                    self.held["note"] += "note" in row
                    self.held["entity"] += "entity_id" in row


class _Table:
    """A CSV file that is being written."""

    def __init__(self, stack: ExitStack, path: Path, columns: Sequence[str]) -> None:
        self._columns = columns
        file = stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
        self._rows = csv.writer(file)
        self._rows.writerow(guarded(column) for column in columns)

    def write(self, row: Row) -> None:
        self._rows.writerow([guarded(row.get(column, "")) for column in self._columns])


class _by_article:  # noqa: N801
    """The rows of a table, handed out article by article; empty cells are left out."""

    def __init__(self, stack: ExitStack, path: Path) -> None:
        file = stack.enter_context(path.open(encoding="utf-8-sig", newline=""))
        # The limit is one for the whole program, and an article is longer than the usual 131,072.
        csv.field_size_limit(2**31 - 1)
        rows = csv.reader(file)
        self._columns = [unguarded(column) for column in next(rows)]
        self._rows = rows
        self._next = self._read()

    @property
    def is_done(self) -> bool:
        return self._next is None

    def take(self, article: str) -> list[Row]:
        rows = []
        while self._next is not None and self._next["article"] == article:
            rows.append(self._next)
            self._next = self._read()
        return rows

    def _read(self) -> Row | None:
        row = next(self._rows, None)
        if row is None:
            return None
        return _filled(dict(zip(self._columns, map(unguarded, row), strict=True)))


def guarded(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith((*_FORMULA, "'")) else value


def unguarded(cell: str) -> str:
    """Return the value of a guarded cell."""
    return cell.removeprefix("'")


def _cell(value: Any) -> str:
    """Return a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _filled(row: Row) -> Row:
    return {column: value for column, value in row.items() if value}


def _texts(spans: list[Span]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for span in spans:
        before = texts.get(span.annotation)
        texts[span.annotation] = span.surface if before is None else f"{before} … {span.surface}"
    return texts


def _link(link: Link, article: str, texts: Mapping[str, str]) -> Row:
    return {
        "link": link.id,
        "article": article,
        "type": link.type,
        "from": link.from_id,
        "from_text": texts[link.from_id],
        "to": link.to_id,
        "to_text": texts[link.to_id],
        "annotator": link.annotator,
        "created": link.created,
    }
