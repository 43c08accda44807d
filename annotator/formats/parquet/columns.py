"""The columns of a Parquet file: tokens and tags, spans exact to the code point, and the rest as text.

Source: Hugging Face datasets, whose features stand as JSON under the key “huggingface” of a schema.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from annotator.core.corpus import LabelledArticle, Span, by_annotation
from annotator.core.metadata import metadata
from annotator.core.model import Entity
from annotator.formats import register
from annotator.formats.values import to_text

FEATURES = b"huggingface"
OUTSIDE, UNKNOWN = 0, -100
"""Tags of a token in no annotation, and of one of which nothing is known: training passes it over."""

TOKEN_COLUMNS = ("tokens", "token_offsets", "ner_tags")

_RANGE = {"start": "int32", "end": "int32"}
SPAN_TEXTS = ("note", "annotator", "origin", "state", "reason", "created", "updated", "settled")
ENTITY_TEXTS = ("id", "name", "kind", "gender", "role", "external_id", "note")
_COLUMNS: Mapping[str, Any] = {
    "id": "string",
    "text": "large_string",
    "tokens": ["string"],
    "token_offsets": ["int32, 2"],
    "ner_tags": ["tag"],
    "spans": [
        {
            "id": "string",
            **_RANGE,
            "label": "string",
            "text": "string",
            "fragments": [_RANGE],
            "attributes": [{"name": "string", "value": "string"}],
            "entity": "string",
            "score": "float64",
            **dict.fromkeys(SPAN_TEXTS, "string"),
        }
    ],
    "relations": [dict.fromkeys(("head", "tail", "label", "id", "annotator", "created"), "string")],
    "metadata": "string",
    "state": "string",
    "entities": [{**dict.fromkeys(ENTITY_TEXTS, "string"), "aliases": ["string"]}],
}
"""The columns with their types; a list has the type of its items, “int32, 2” is a pair."""


def schema(tags: Sequence[str]) -> Any:
    """Return the schema of a file whose tags are these, in their order, the first of them “O”."""
    import pyarrow as pa

    features = {name: _feature(kind, tags) for name, kind in _COLUMNS.items()}
    fields = [(name, _type(kind)) for name, kind in _COLUMNS.items()]
    said = json.dumps({"info": {"features": features}}, ensure_ascii=False)
    return pa.schema(fields, {FEATURES: said})


def _type(kind: Any) -> Any:
    """Return a type as pyarrow has it."""
    import pyarrow as pa

    if isinstance(kind, list):
        return pa.list_(_type(kind[0]))
    if isinstance(kind, dict):
        return pa.struct([(name, _type(each)) for name, each in kind.items()])
    if kind == "int32, 2":
        return pa.list_(pa.int32(), 2)
    return {"tag": pa.int64(), "float64": pa.float64()}.get(kind) or getattr(pa, kind)()


def _feature(kind: Any, tags: Sequence[str]) -> Any:
    """Return a type as every version of datasets reads it: “List” is known to none before 4.0."""
    if isinstance(kind, list):
        inner = _feature(kind[0], tags)
        return [inner] if isinstance(kind[0], dict) else {"feature": inner, "_type": "Sequence"}
    if isinstance(kind, dict):
        return {name: _feature(each, tags) for name, each in kind.items()}
    if kind == "int32, 2":
        return {"feature": _feature("int32", tags), "length": 2, "_type": "Sequence"}
    if kind == "tag":
        return {"names": list(tags), "_type": "ClassLabel"}
    return {"dtype": kind, "_type": "Value"}


class Rows:
    """Articles that wait to become a batch; of their tokens there are so many that they lie flat."""

    def __init__(self, schema: Any, names: Mapping[str, str], known: Mapping[str, Entity]) -> None:
        self._schema = schema
        self._names = names
        self._known = known
        self._columns: dict[str, list[Any]] = {}
        self._clear()

    def __len__(self) -> int:
        return len(self._columns["id"])

    def add(
        self, labelled: LabelledArticle, words: list[str], edges: list[int], tags: list[int]
    ) -> None:
        """Take an article and its tokens; `edges` has the start and the end of one after another."""
        article = labelled.article
        spans = [self._span(group) for group in by_annotation(labelled.spans)]
        relations = [
            {
                "head": link.from_id,
                "tail": link.to_id,
                "label": link.type,
                "id": link.id,
                "annotator": link.annotator,
                "created": link.created,
            }
            for link in labelled.links
        ]
        row = {
            "id": article.id,
            "text": article.text,
            "spans": spans,
            "relations": relations,
            "metadata": json.dumps(metadata(article), ensure_ascii=False),
            "state": article.state.value,
            "entities": [_entity(each) for each in register.mentioned(labelled, self._known)],
        }
        for name, value in row.items():
            self._columns[name].append(value)
        self._columns["tokens"] += words
        self._columns["token_offsets"] += edges
        self._columns["ner_tags"] += tags
        self._ends.append(self._ends[-1] + len(words))

    def batch(self) -> Any:
        """Return what waits as a batch of Arrow's; nothing waits afterwards."""
        import pyarrow as pa

        columns = self._columns
        words = pa.array(columns["tokens"], pa.string())
        pairs = pa.FixedSizeListArray.from_arrays(pa.array(columns["token_offsets"], pa.int32()), 2)
        tags = pa.array(columns["ner_tags"], pa.int64())
        flat = {"tokens": words, "token_offsets": pairs, "ner_tags": tags}
        ends = pa.array(self._ends, pa.int32())
        arrays = [
            pa.ListArray.from_arrays(ends, flat[field.name]).cast(field.type)
            if field.name in flat
            else pa.array(columns[field.name], field.type)
            for field in self._schema
        ]
        self._clear()
        return pa.RecordBatch.from_arrays(arrays, schema=self._schema)

    def _clear(self) -> None:
        self._columns = {name: [] for name in _COLUMNS}
        self._ends = [0]

    def _span(self, group: list[Span]) -> dict[str, Any]:
        first = group[0]
        attributes = json.loads(first.attributes) if first.attributes != "{}" else {}
        return {
            "id": first.annotation,
            "start": first.start,
            "end": group[-1].end,
            "label": self._names[first.label],
            "text": " … ".join(span.surface for span in group),
            "fragments": [{"start": span.start, "end": span.end} for span in group],
            "attributes": [
                {"name": name, "value": to_text(value)} for name, value in attributes.items()
            ],
            "entity": first.entity,
            "score": first.score,
            **{name: getattr(first, name) for name in SPAN_TEXTS},
        }


def _entity(entity: Entity) -> dict[str, Any]:
    texts = {name: getattr(entity, name) for name in ENTITY_TEXTS}
    return {**texts, "aliases": list(entity.aliases)}


def encoded(
    count: int, stretches: Iterable[tuple[int, int, int]], unknown: Iterable[int]
) -> list[int]:
    """Return the tag of each token; a stretch is the tag it begins with, its first and last token.

    The tag that goes on is the one behind that which begins.
    """
    tags = [OUTSIDE] * count
    for begin, first, last in stretches:
        tags[first : last + 1] = [begin, *[begin + 1] * (last - first)]
    for at in unknown:
        tags[at] = UNKNOWN
    return tags
