"""What models are trained on: Parquet and spaCy's documents, beside what their own libraries need.

The floors make the very rows of our files and read them again, as an export has to: pyarrow from
rows that lie ready, spaCy from texts and spans. Neither counts or compares, or has a project to fill.
"""

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from annotator.core.scheme import read_scheme
from annotator.exchange.exporting import ExportOptions, export
from annotator.exchange.importing import ImportOptions, import_paths
from annotator.resources import resource
from annotator.store.project import Project
from tests.benchmarks.figures import Figure, timed

_BATCH = 500


def figures(folder: Path, project: Path) -> Iterator[Figure]:
    """Write the articles of `project` in both formats, and read them into a new one."""
    out = folder / "training"
    yield from _both_ways(project, out, "parquet", _write_parquet, _read_parquet)
    yield from _both_ways(project, out, "spacy", _write_spacy, _read_spacy)


def _both_ways(
    path: Path,
    folder: Path,
    name: str,
    write: Callable[[Path, Path], float],
    read: Callable[[Path], float],
) -> Iterator[Figure]:
    out = folder / f"corpus.{name}"
    options = ExportOptions(format=name)
    with Project.open(path, read_only=True) as project:
        value = timed(lambda: export(project, out, options, progress=None))
    reading = read(out)
    floor = write(out, folder / f"floor.{name}") + reading
    yield Figure(f"export as {name}, beside its library", value, "s", math.inf, floor, 3)
    again = folder / f"{name}.annot"
    with Project.create(again, read_scheme(resource("schemes", "news.toml"))) as project:
        value = timed(lambda: import_paths(project, [out], ImportOptions(annotator="Ada")))
    yield Figure(f"import {name}, beside its library", value, "s", math.inf, reading, 3)


def _batches(path: Path) -> Iterator[Any]:
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        yield from file.iter_batches(batch_size=_BATCH)


def _write_parquet(ours: Path, out: Path) -> float:
    """Return the seconds that pyarrow takes to make a file of rows as Python has them."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter, read_schema

    schema = read_schema(ours)
    seconds = 0.0
    with ParquetWriter(out, schema, compression="zstd") as file:
        for batch in _batches(ours):
            rows = batch.to_pylist()
            seconds += timed(lambda rows=rows: file.write(pa.Table.from_pylist(rows, schema)))  # type: ignore[misc]
    return seconds


def _read_parquet(path: Path) -> float:
    """Return the seconds that pyarrow takes to give all rows as Python has them."""

    def read() -> None:
        for batch in _batches(path):
            batch.to_pylist()

    return timed(read)


def _write_spacy(ours: Path, out: Path) -> float:
    """Return the seconds that spaCy takes to cut texts, to set spans and to write them."""
    import spacy
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    rows = []
    for doc in DocBin().from_disk(ours).get_docs(Vocab()):
        spans = [(s.start_char, s.end_char, s.label_, s.id_) for s in doc.spans["sc"]]
        rows.append((doc.text, spans, json.loads(json.dumps(doc.user_data))))
    pipeline = spacy.blank("fr")

    def write() -> None:
        docs = DocBin(
            attrs=("ORTH", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID"), store_user_data=True
        )
        for text, spans, data in rows:
            doc = pipeline.tokenizer(text)
            made = [doc.char_span(*place, label=label, span_id=id_) for *place, label, id_ in spans]
            doc.spans["sc"] = made
            doc.set_ents(spacy.util.filter_spans(made))
            doc.user_data.update(data)
            docs.add(doc)
        docs.to_disk(out)

    return timed(write)


def _read_spacy(path: Path) -> float:
    """Return the seconds that spaCy takes to read documents and to look at their spans."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    def read() -> None:
        for doc in DocBin().from_disk(path).get_docs(Vocab()):
            for span in doc.spans["sc"]:
                _found = (span.start_char, span.end_char, span.label_, span.id_)

    return timed(read)
