"""IOB1, IOB2 and BIOES columns: a token, a TAB, a tag; a blank line between sentences."""

from types import MappingProxyType

from annotator.core.formats import Format, Part
from annotator.core.metadata import metadata
from annotator.core.model import Article
from annotator.formats.columns.column_reader import described, read_columns
from annotator.formats.columns.columns import head, own_text, said
from annotator.formats.columns.tag_writer import TagWriter
from annotator.language import _


class IobWriter(TagWriter):
    """An article begins with `# newdoc id = …`, its metadata and its text as `# name = JSON`.

    A comment has no TAB, a token always has one.
    """

    holds = ("overlaps", "metadata")

    def head(self, article: Article) -> list[str]:
        return head(article.id, metadata(article), article.text)

    def article(self, comments: list[str]) -> Article:
        return described(own_text(comments) or "", said(comments))


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
