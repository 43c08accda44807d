"""Writes annotator-jsonl/1, and reads each line again before it counts as written."""

import hashlib
from collections.abc import Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson

from annotator.core.corpus import Corpus, LabelledArticle, Span
from annotator.core.model import Article, Entity, Link, Problem
from annotator.core.scheme import scheme_to_dict
from annotator.core.text import digest
from annotator.formats.base import Loss, Writer
from annotator.language import _

VERSION = "annotator-jsonl/1"
FIELDS = ("title", "author", "published", "source", "url", "language")
"""What "meta" holds of every article, before the keys that are free."""

_PARTS = itemgetter("attributes", "note", "entity")


class NativeWriter(Writer):
    """Writes one line an article; the first also has the scheme and the entities."""

    def __init__(self, corpus: Corpus) -> None:
        super().__init__(corpus)
        self._found: list[Problem] = []

    def write(self, target: Path) -> Iterator[Loss]:
        """Write all; nothing is lost. Each line is parsed again and compared while it is at hand."""
        labels = {label.id: label.name for label in self.corpus.scheme.labels}
        project = {"project": self._project()}
        written = hashlib.sha256()
        with target.open("wb") as file:
            for labelled in self.corpus:
                record = {**article_record(labelled, labels), **project}
                line = orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
                self._compare(line, record, labelled)
                file.write(line)
                written.update(line)
                project = {}
            if project:
                line = orjson.dumps(
                    {"format": VERSION, **project}, option=orjson.OPT_APPEND_NEWLINE
                )
                file.write(line)
                written.update(line)
        self.digests[target.name] = written.hexdigest()
        yield from ()

    def differences(self, target: Path) -> Iterator[Problem]:
        """Yield what did not come back the same; `digests` tells what stands on the disk."""
        yield from self._found

    def _project(self) -> dict[str, Any]:
        return {
            "scheme": scheme_to_dict(self.corpus.scheme),
            "entities": [_entity(entity) for entity in self.corpus.entities.values()],
        }

    def _compare(self, line: bytes, record: Mapping[str, Any], labelled: LabelledArticle) -> None:
        """Count what a line holds, and keep whether it comes back as it is in the corpus."""
        found = orjson.loads(line)
        text = found["text"]
        if found != record or text != labelled.article.text:
            self._found.append(Problem(labelled.article.id, _("The article came back changed.")))
        self.held["annotation"] += len(found["annotations"])
        self.held["link"] += len(found["links"])
        self.held["metadata"] += len(found["meta"])
        for annotation in found["annotations"]:
            attributes, note, entity = _PARTS(annotation)
            if attributes or note or entity is not None:
                self.held["attribute"] += len(attributes)
                self.held["note"] += note != ""
                self.held["entity"] += entity is not None


def article_record(labelled: LabelledArticle, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return an article as an object of the format; `labels` gives the name of each label id."""
    article = labelled.article
    record: dict[str, Any] = {
        "format": VERSION,
        "id": article.id,
        "text": article.text,
        "sha256": digest(article.text),
        "meta": _meta(article),
        "state": article.state.value,
        "annotations": _annotations(labelled.spans, labels),
        "links": [_link(link) for link in labelled.links],
    }
    if labelled.seconds:
        record["seconds"] = dict(labelled.seconds)
    return record


def _meta(article: Article) -> dict[str, Any]:
    known = {name: getattr(article, name) for name in FIELDS}
    return {**{name: value for name, value in known.items() if value}, **article.meta}


def _annotations(spans: list[Span], labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return one object an annotation; a further fragment joins the object before it."""
    rows: list[dict[str, Any]] = []
    for span in spans:
        (id_, label, n, start, end, surface, attributes, note, entity, annotator, origin, state) = (
            span[:12]
        )
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
        if span.score is not None:
            row["score"] = span.score
        if span.reason:
            row["reason"] = span.reason
        if span.created:
            row["created"] = span.created
        if span.updated and span.updated != span.created:
            row["updated"] = span.updated
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
