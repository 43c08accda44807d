"""Writes annotator-jsonl/1, and reads each line again before it counts as written."""

import hashlib
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, Self

import orjson

from annotator.core.corpus import LabelledArticle, Span
from annotator.core.formats import Loss, ProvedWriter
from annotator.core.metadata import metadata
from annotator.core.model import Entity, Link, Problem
from annotator.core.scheme import scheme_to_dict
from annotator.core.text import digest
from annotator.language import _

VERSION = "annotator-jsonl/1"
_BATCH = 1 << 20
"""Bytes handed to the disk at once."""

_PARTS = itemgetter("attributes", "note", "entity")


class NativeWriter(ProvedWriter):
    """Writes one line an article; the first also has the scheme and the entities."""

    def write(self, target: Path) -> Iterator[Loss]:
        """Write all; nothing is lost. Each line is parsed again and compared while it is at hand."""
        labels = {label.id: label.name for label in self.corpus.scheme.labels}
        project = {"project": self._project()}
        with target.open("wb") as file, _Digested(file) as put:
            for labelled in self.corpus:
                record = {**article_record(labelled, labels), **project}
                if not self.how.text:
                    _omit_text(record)
                line = orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
                self._compare(line, record, labelled)
                put.line(line)
                project = {}
            if project:
                put.line(orjson.dumps({"format": VERSION, **project}) + b"\n")
        self.digests[target.name] = put.digest
        yield from ()

    def _project(self) -> dict[str, Any]:
        return {
            "scheme": scheme_to_dict(self.corpus.scheme),
            "entities": [_entity(entity) for entity in self.corpus.entities.values()],
        }

    def _compare(self, line: bytes, record: Mapping[str, Any], labelled: LabelledArticle) -> None:
        """Count what a line holds, and keep whether it comes back as it is in the corpus."""
        found = orjson.loads(line)
        text = found["text"] if self.how.text else labelled.article.text
        if found != record or text != labelled.article.text:
            self.problems.append(Problem(labelled.article.id, _("The article came back changed.")))
        self.held["annotation"] += len(found["annotations"])
        self.held["link"] += len(found["links"])
        self.held["metadata"] += len(found["meta"])
        for annotation in found["annotations"]:
            attributes, note, entity = _PARTS(annotation)
            if attributes or note or entity is not None:
                self.held["attribute"] += len(attributes)
                self.held["note"] += note != ""
                self.held["entity"] += entity is not None


class _Digested:
    """Writes and digests lines beside the work that makes them: both leave the interpreter free."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sha256 = hashlib.sha256()
        self._thread = ThreadPoolExecutor(1)
        self._waiting: list[bytes] = []
        self._size = 0
        self._last: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        with self._thread:
            if kind is None:
                self._hand_over()
                self._wait()

    @property
    def digest(self) -> str:
        """The SHA-256 of all that was written."""
        return self._sha256.hexdigest()

    def line(self, line: bytes) -> None:
        self._waiting.append(line)
        self._size += len(line)
        if self._size > _BATCH:
            self._hand_over()

    def _hand_over(self) -> None:
        self._wait()
        self._last = self._thread.submit(self._put, b"".join(self._waiting))
        self._waiting, self._size = [], 0

    def _wait(self) -> None:
        """Let one batch be under way, no more; what the disk refused rises here."""
        if self._last:
            self._last.result()

    def _put(self, batch: bytes) -> None:
        self._file.write(batch)
        self._sha256.update(batch)


def _omit_text(record: dict[str, Any]) -> None:
    """Take out of a record what belongs to its publisher: the text and the words annotated."""
    record["characters"] = len(record.pop("text"))
    for annotation in record["annotations"]:
        del annotation["text"]


def article_record(labelled: LabelledArticle, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return an article as an object of the format; `labels` gives the name of each label id."""
    article = labelled.article
    record: dict[str, Any] = {
        "format": VERSION,
        "id": article.id,
        "text": article.text,
        "sha256": digest(article.text),
        "meta": metadata(article),
        "state": article.state.value,
        "annotations": _annotations(labelled.spans, labels),
        "links": [_link(link) for link in labelled.links],
    }
    if labelled.seconds:
        record["seconds"] = dict(labelled.seconds)
    return record


def _annotations(spans: list[Span], labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return one object an annotation; a further fragment joins the object before it."""
    rows: list[dict[str, Any]] = []
    # Unpacked at once: there are hundreds of thousands.
    for span in spans:
        (
            id_, label, n, start, end, surface, attributes, note,
            entity, annotator, origin, state, score, reason, created, updated, settled,
        ) = span  # fmt: skip
        if n:
            rows[-1]["fragments"].append([start, end])
            rows[-1]["text"] += f" … {surface}"
            continue
        row = {
            "id": id_,
            "label": labels[label],
            "fragments": [[start, end]],
            "text": surface,
            "attributes": {} if attributes == "{}" else orjson.loads(attributes),
            "note": note,
            "entity": entity,
            "annotator": annotator,
            "origin": origin,
            "state": state,
        }
        if score is not None:
            row["score"] = score
        if reason:
            row["reason"] = reason
        if created:
            row["created"] = created
        if updated and updated != created:
            row["updated"] = updated
        if settled:
            row["settled"] = settled
        rows.append(row)
    return rows


def _link(link: Link) -> dict[str, str]:
    row = {"id": link.id, "type": link.type, "from": link.from_id, "to": link.to_id}
    extra = {"annotator": link.annotator, "created": link.created}
    return {**row, **{name: value for name, value in extra.items() if value}}


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.name,
        "kind": entity.kind,
        "aliases": list(entity.aliases),
        "gender": entity.gender,
        "role": entity.role,
        "external_id": entity.external_id,
        "note": entity.note,
    }
