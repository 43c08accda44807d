"""Columns of which the last is one tag a token: what IOB and CoNLL-2003 have in common."""

from annotator.core.model import Article
from annotator.formats.columns.column_writer import (
    Columns,
    ColumnWriter,
    Layers,
    Page,
    Written,
    break_sentences,
)
from annotator.formats.columns.columns import parse
from annotator.formats.columns.tags import TagScheme, decode, encode
from annotator.formats.sheet import Sheet


class TagWriter(ColumnWriter):
    """Writes a token, what stands `between`, and its tag, a line.

    A token holds no sign that `between` begins with.
    """

    scheme: TagScheme = "iob2"
    between = "\t"

    def endings(self, sheet: Sheet, words: list[str]) -> list[str]:
        return [f"{self.between}O\n"] * len(words)

    def piece(self, page: Page, columns: Columns, layers: Layers) -> str:
        endings = page.endings.copy()
        for at, tag in encode(columns[0], self.scheme):
            endings[at] = f"{self.between}{tag}\n"
        break_sentences(endings, page, columns)
        return page.joined(endings)

    def emptied(self, line: str) -> str:
        return f"{line.partition(self.between[0])[0]}{self.between}O"

    def read_piece(self, piece: str) -> Written:
        found = parse(piece)
        column = found.columns[-1] if found.columns else []
        return Written(found.words, [decode(column, found.breaks)], self.article(found.comments))

    def article(self, comments: list[str]) -> Article | None:
        """Return the article that the comments before the tokens describe, if the format has any."""
        return None
