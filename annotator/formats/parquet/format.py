"""Parquet as Hugging Face datasets, R and DuckDB read it: streamed in row groups, proved by pyarrow."""

from collections.abc import Hashable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from annotator.core import tokens
from annotator.core.corpus import Corpus, LabelledArticle
from annotator.core.formats import BY_DEFAULT, Format, Loss, Part, Writer, Writing
from annotator.core.model import Problem, Remark
from annotator.core.tokens import Range
from annotator.formats.columns.tag_layer import Cut, cut, page, parted, tagged_labels, tokens_of
from annotator.formats.extras import need
from annotator.formats.fingerprints import Fingerprints
from annotator.formats.holding import held, loss
from annotator.formats.parquet.columns import TOKEN_COLUMNS, UNKNOWN, Rows, encoded, schema
from annotator.formats.parquet.reading import batches, read_parquet
from annotator.formats.parquet.rows import row_article
from annotator.formats.sheet import Cutter
from annotator.formats.spans import Tally
from annotator.language import _

_BATCH = 200
"""Articles that become a batch together: as Python has them they take ten times the memory."""

_ROW_GROUP = 1 << 25
"""Bytes of a row group before it is compressed."""


class _Tagged(NamedTuple):
    """An article, its tokens with a tag each, and what the tags cannot say."""

    labelled: LabelledArticle
    ranges: list[Range]
    tags: list[int]
    losses: list[Loss]


class ParquetWriter(Writer):
    """Writes rows with spans as they are and, beside them, one layer of tags for the entities."""

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        need("pyarrow", "parquet")
        super().__init__(corpus, how)
        self._labels = {label.id: label for label in corpus.scheme.labels}
        names = {label.id: label.name for label in corpus.scheme.labels}
        tagged = tagged_labels(corpus.scheme)
        self._begins = {label: 2 * number + 1 for number, label in enumerate(tagged)}
        self._tags = ["O", *(f"{kind}-{names[label]}" for label in tagged for kind in "BI")]
        self._schema = schema(self._tags)
        self._rows = Rows(self._schema, names, corpus.entities)
        self._cutter = Cutter(corpus.scheme, how, masks=True, nests=True)
        self._fingerprints = Fingerprints(names)
        self.settings = {
            "tokenizer": tokens.TOKENISER,
            "ner_tags": ", ".join(names[label] for label in tagged),
            "read again by": f"pyarrow {version('pyarrow')}",
        }

    def losses(self) -> Iterator[Loss]:
        """Yield what the tags cannot hold; the spans hold everything."""
        for each in self._all():
            yield from each.losses

    def write(self, target: Path) -> Iterator[Loss]:
        """Write the articles, keeping the fingerprint of each."""
        from pyarrow.parquet import ParquetWriter as File

        with File(target, self._schema, compression="zstd") as file:
            waiting: list[Any] = []
            for labelled, ranges, tags, losses in self._all():
                text = labelled.article.text
                words = [text[start:end] for start, end in ranges]
                edges = [edge for range_ in ranges for edge in range_]
                self._rows.add(labelled, words, edges, tags)
                self._fingerprints.keep(labelled, _print(words, edges, tags))
                self.held.update(held(labelled, losses))
                if len(self._rows) == _BATCH:
                    waiting.append(self._rows.batch())
                    _put(file, waiting, _ROW_GROUP)
                yield from losses
            waiting.append(self._rows.batch())
            _put(file, waiting, 0)

    def differences(self, target: Path) -> Iterator[Problem]:
        """Read all rows again by pyarrow, and yield what is not as it was to be."""
        from pyarrow.parquet import ParquetFile

        tally = Tally()
        with ParquetFile(target) as file:
            if not file.schema_arrow.equals(self._schema, check_metadata=False):
                yield Problem(target.name, _("The columns came back changed."))
            number = 0
            for batch in batches(file, _BATCH):
                rest = batch.drop_columns(list(TOKEN_COLUMNS)).to_pylist()
                for row, tags in zip(rest, _prints(batch), strict=True):
                    number += 1
                    place = _("{file}, row {number}").format(file=target.name, number=number)
                    for found in row_article(row, place, tally):
                        if isinstance(found, LabelledArticle):
                            yield from self._fingerprints.differences(found, tags, place)
                        elif isinstance(found, Problem) and not isinstance(found, Remark):
                            yield found
        yield from self._fingerprints.missing(target.name)

    def shown(self, target: Path) -> str:
        """Return the tokens with their tags, and the spans, of a small file in words."""
        from pyarrow.parquet import read_table

        pages = []
        for row in read_table(target).to_pylist():
            tags = ["?" if tag == UNKNOWN else self._tags[tag] for tag in row["ner_tags"]]
            spans = [(span["label"], span["text"]) for span in row["spans"]]
            pages.append(page(row["tokens"], tags, spans))
        return "\n\n".join(pages)

    def _all(self) -> Iterator[_Tagged]:
        for each in cut(self.corpus, self._cutter, self._begins):
            yield self._tagged(each)

    def _tagged(self, cut: Cut) -> _Tagged:
        labelled, parts, sheet = cut
        reasons = parts.left_out(sheet)
        stretches = parts.stretches(sheet, reasons)
        above, beneath = parted(each for group in stretches.values() for each in group)
        unknown, masked = parts.unknown(sheet, self._begins, tokens_of(above))
        begins = ((self._begins[each.label], each.first, each.last) for each in above)
        tags = encoded(len(sheet.tokens), begins, unknown)
        only = _("Only in ner_tags: {reason}")
        losses = [
            change._replace(reason=only.format(reason=change.reason))
            for change in parts.changes(sheet)
        ]
        told = _("It is in spans, but not in ner_tags: {reason}")
        hidden = dict.fromkeys(
            (each.annotation for each in beneath), _("It lies inside or across another.")
        )
        for id_, reason in (hidden | reasons | masked).items():
            losses.append(self._change(labelled, id_, told.format(reason=reason)))
        return _Tagged(labelled, sheet.tokens, tags, losses)

    def _change(self, labelled: LabelledArticle, id_: str, reason: str) -> Loss:
        span = next(span for span in labelled.spans if span.annotation == id_)
        return loss(labelled, span, self._labels[span.label], "changed", reason)


def _put(file: Any, waiting: list[Any], most: int) -> None:
    """Write what waits as one row group, once it has that many bytes."""
    import pyarrow as pa

    if sum(batch.nbytes for batch in waiting) >= most:
        table = pa.Table.from_batches(waiting)
        file.write_table(table, row_group_size=max(1, len(table)))
        waiting.clear()


def _print(words: Sequence[str], edges: Sequence[int], tags: Sequence[int]) -> Hashable:
    return hash(("\n".join(words), *edges, *tags))


def _prints(batch: Any) -> Iterator[Hashable]:
    """Yield what `_print` makes of the tokens of each row; they are read flat, being so many."""
    words, pairs, tags = (batch.column(name) for name in TOKEN_COLUMNS)
    flat_words, flat_tags = words.flatten().to_pylist(), tags.flatten().to_pylist()
    edges = pairs.flatten().flatten().to_pylist()
    counts = [column.value_lengths().to_pylist() for column in (words, pairs, tags)]
    start = at = tag = 0
    for word_count, pair_count, tag_count in zip(*counts, strict=True):
        end, until, last = start + word_count, at + 2 * pair_count, tag + tag_count
        yield _print(flat_words[start:end], edges[at:until], flat_tags[tag:last])
        start, at, tag = end, until, last


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    spans, relations = _("the column “spans”"), _("the column “relations”")
    holds: MappingProxyType[Part, str] = MappingProxyType(
        {
            "overlaps": _("the column “spans”; the outermost entities also in “ner_tags”"),
            "fragments": spans,
            "links": relations,
            "attributes": spans,
            "notes": spans,
            "entities": _("the columns “spans” and “entities”"),
            "annotators": spans,
            "states": spans,
            "metadata": _("the column “metadata”, as JSON"),
        }
    )
    return (
        Format(
            "parquet",
            _("Parquet"),
            _(
                "A data set for Hugging Face, R or DuckDB: tokens with a layer of tags for entities, and "
                "all annotations as spans exact to the character."
            ),
            (".parquet",),
            read=read_parquet,
            writer=ParquetWriter,
            one_file=True,
            holds=holds,
            extra="parquet",
            on_tokens=True,
        ),
    )
