"""Reads Parquet: our own rows whole, others by their texts and spans, or by their tokens and tags."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

from annotator.core.corpus import Found
from annotator.core.formats import AS_IT_IS, Reading
from annotator.core.model import Problem
from annotator.core.text import readable
from annotator.formats.extras import lacking
from annotator.formats.lines import Line
from annotator.formats.parquet.columns import TOKEN_COLUMNS
from annotator.formats.parquet.rows import OWN_COLUMNS, read_rows
from annotator.formats.parquet.tags import read_tags, tag_columns
from annotator.formats.records import TEXT_KEYS, normal, read_records
from annotator.language import _

_BATCH = 100
"""Rows that are in memory together."""


def read_parquet(path: Path, _how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the articles of a `.parquet` file; what pyarrow finds broken ends it with a Problem.

    OSError rises when the disk breaks off; pyarrow's own, for what is no Parquet, have no number.
    """
    name = readable(path.name)
    wanted = lacking("pyarrow", "parquet")
    if wanted:
        yield Problem(name, wanted)
        return
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as file:
            yield from _read(file, name)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        told = _("It is no Parquet, or broken: {reason}")
        yield Problem(name, told.format(reason=str(error).partition("\n")[0]))


def _read(file: Any, name: str) -> Iterator[Found]:
    schema = file.schema_arrow
    tags = tag_columns(schema)
    if has_spans(schema):
        yield from read_rows(rows(file, name, without=frozenset(TOKEN_COLUMNS)), name)
    elif tags:
        yield from read_tags(rows(file, name), tags, name)
    elif any(normal(column) in TEXT_KEYS for column in schema.names):
        yield from read_records(rows(file, name), name, "utf-8")
    else:
        told = _("None of its columns ({names}) is known for a text or for tokens and tags.")
        yield Problem(name, told.format(names=", ".join(schema.names[:12])))


def has_spans(schema: Any) -> bool:
    """Tell rows that have texts and spans in fragments, as ours, whoever wrote them."""
    import pyarrow as pa

    names = schema.names
    if names.count("text") != 1 or names.count("spans") != 1:
        return False
    kind = schema.field("spans").type
    if not (pa.types.is_list(kind) or pa.types.is_large_list(kind)):
        return False
    kind = kind.value_type
    return pa.types.is_struct(kind) and {"label", "fragments"} <= {field.name for field in kind}


def rows(file: Any, name: str, without: frozenset[str] = frozenset()) -> Iterator[Line | Problem]:
    """Yield the rows of an open file as plain values, each with its place."""
    columns = [column for column in file.schema_arrow.names if column not in without]
    number = 0
    for batch in batches(file, _BATCH, columns):
        for row in batch.to_pylist():
            number += 1
            place = _("{file}, row {number}").format(file=name, number=number)
            # What a column of ours has is plain already; there is much of it.
            plain = (
                (key, value if key in OWN_COLUMNS else _plain(value)) for key, value in row.items()
            )
            yield Line(place, dict(plain))


def batches(file: Any, size: int, columns: Sequence[str] | None = None) -> Iterator[Any]:
    """Yield the batches of an open file. Over all row groups at once pyarrow would keep what it has read."""
    for number in range(file.num_row_groups):
        yield from file.iter_batches(batch_size=size, row_groups=[number], columns=columns)


def _plain(value: Any) -> Any:
    """Return a value as JSON could hold it: dates and numbers of other kinds as text, bytes not at all."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, bytes):
        return None
    return value.isoformat() if isinstance(value, date | time) else str(value)
