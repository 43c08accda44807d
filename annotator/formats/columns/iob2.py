"""IOB1, IOB2 and BIOES columns: a token, a TAB, a tag; a blank line between sentences."""

from types import MappingProxyType

from annotator.core.formats import Format, Part
from annotator.core.metadata import metadata
from annotator.core.model import Article
from annotator.formats.columns.column_reader import described, read_columns
from annotator.formats.columns.column_writer import (
    Columns,
    ColumnWriter,
    Layers,
    Page,
    Written,
    break_sentences,
)
from annotator.formats.columns.columns import head, own_text, parse, said
from annotator.formats.columns.tags import TagScheme, decode, encode
from annotator.formats.sheet import Sheet
from annotator.language import _

_TAB = "\t"


class IobWriter(ColumnWriter):
    """An article begins with `# newdoc id = …`, its metadata and its text as `# name = JSON`.

    A comment has no TAB, a token always has one.
    """

    scheme: TagScheme = "iob2"
    holds = ("overlaps", "metadata")

    def head(self, article: Article) -> list[str]:
        return head(article.id, metadata(article), article.text)

    def endings(self, _sheet: Sheet, words: list[str]) -> list[str]:
        return ["\tO\n"] * len(words)

    def piece(self, page: Page, columns: Columns, layers: Layers) -> str:
        endings = page.endings.copy()
        for at, tag in encode(columns[0], self.scheme):
            endings[at] = f"\t{tag}\n"
        break_sentences(endings, page, columns)
        return page.joined(endings)

    def emptied(self, line: str) -> str:
        return f"{line.partition(_TAB)[0]}\tO"

    def read_piece(self, piece: str) -> Written:
        found = parse(piece)
        text = own_text(found.comments)
        column = found.columns[-1] if found.columns else []
        article = described(text or "", said(found.comments))
        return Written(found.words, [decode(column, found.breaks)], article)


class Iob1Writer(IobWriter):
    scheme = "iob1"
    ending = ".iob1"


class Iob2Writer(IobWriter):
    scheme = "iob2"
    ending = ".iob2"


class BioesWriter(IobWriter):
    scheme = "bioes"
    ending = ".bioes"


def formats() -> tuple[Format, ...]:
    """Return the formats that this module is about."""
    holds: MappingProxyType[Part, str] = MappingProxyType(
        {"overlaps": _("further files"), "metadata": _("comments before an article")}
    )
    told = _(
        "A token and a tag a line, one file per group of labels, overlaps in further files. "
        "Holds no fragments, attributes, notes, links, entities, annotators or dates."
    )
    return (
        Format(
            "iob2",
            _("IOB2 columns"),
            told,
            (".iob2", ".iob", ".bio"),
            read=read_columns,
            writer=Iob2Writer,
            holds=holds,
            on_tokens=True,
        ),
        Format(
            "iob1",
            _("IOB1 columns"),
            told,
            (".iob1",),
            read=read_columns,
            writer=Iob1Writer,
            holds=holds,
            on_tokens=True,
        ),
        Format(
            "bioes",
            _("BIOES columns"),
            told,
            (".bioes", ".bilou", ".biluo"),
            read=read_columns,
            writer=BioesWriter,
            holds=holds,
            on_tokens=True,
        ),
    )
