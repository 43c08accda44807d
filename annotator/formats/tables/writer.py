"""CSV tables for R, pandas and spreadsheets: articles, annotations (a row a fragment), links, entities."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType

from annotator.core.corpus import Corpus
from annotator.core.formats import BY_DEFAULT, Loss, ProvedWriter, Writing
from annotator.core.model import Problem
from annotator.formats.proved_file import ProvedFile
from annotator.formats.tables.cells import GUARD, Row, guarded, unguarded
from annotator.formats.tables.rows import TableRows
from annotator.language import _

__all__ = ["TableWriter", "guarded", "unguarded"]

_LOOKED_AHEAD = 200
"""Articles that are looked at before the headers are written; they seldom differ afterwards."""


class TableWriter(ProvedWriter):
    """Writes articles.csv, annotations.csv and links.csv, and entities.csv for those of the register.

    UTF-8 with a BOM, commas, CRLF, quotes as in RFC 4180. What the rows say is in `table_rows`. A
    cell that a spreadsheet would take for a formula begins with an apostrophe, and so does one that
    began with an apostrophe anyway: taking the first apostrophe away gives the value back.
    """

    settings: Mapping[str, str] = MappingProxyType({"formula guard": GUARD})

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)

    def write(self, target: Path) -> Iterator[Loss]:
        """Write the tables; nothing is lost. Each row is read again and compared while it is at hand."""
        tables = TableRows(self.corpus, with_text=self.how.text)
        if not self._write(target, tables):
            # A column came up too late for the header; now all of them are known.
            self._write(target, tables)
        yield from ()

    def _write(self, target: Path, tables: TableRows) -> bool:
        """Write all with the columns of the first articles; False when later ones have others."""
        self.held.clear()
        walk = iter(self.corpus)
        first = list(islice(walk, _LOOKED_AHEAD))
        for labelled in first:
            tables.look_at(labelled)
        with ExitStack() as stack:
            headers = tables.headers()
            files = {name: self._opened(stack, target, name, row) for name, row in headers.items()}
            if self.corpus.entities:
                _put(files["entities"], tables.entities())
            for labelled in chain(first, walk):
                if tables.look_at(labelled):
                    for rest in walk:
                        tables.look_at(rest)
                    return False
                articles, annotations, links = tables.rows(labelled)
                _put(files["articles"], articles)
                _put(files["annotations"], annotations)
                _put(files["links"], links)
                self.held += tables.held(articles, annotations)
                self.held["link"] += len(links)
        self.problems = [problem for file in files.values() for problem in file.problems]
        self.digests = {f"{name}.csv": file.digest for name, file in files.items()}
        return True

    def _opened(
        self, stack: ExitStack, target: Path, name: str, header: Row
    ) -> ProvedFile[Sequence[Row]]:
        def compare(piece: str, rows: Sequence[Row]) -> Iterator[Problem]:
            lines = io.StringIO(piece.removeprefix("\ufeff"), newline="")
            if list(csv.reader(lines, strict=True)) != rows:
                yield Problem(f"{name}.csv: {rows[0][0]}", _("The rows came back changed."))

        # The limit is one for the whole program, and an article is longer than the usual 131,072.
        csv.field_size_limit(2**31 - 1)
        file = stack.enter_context(ProvedFile(target / f"{name}.csv", compare))
        file.put("\ufeff" + _as_csv([header]), [header])
        return file


def _put(file: ProvedFile[Sequence[Row]], rows: Sequence[Row]) -> None:
    if rows:
        file.put(_as_csv(rows), rows)


def _as_csv(rows: Sequence[Row]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()
