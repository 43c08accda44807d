"""CoNLL-2003 columns: token, part of speech, chunk and tag, parted by spaces; for spaCy's converter."""

from annotator.core.formats import Format
from annotator.core.model import Article
from annotator.formats.columns.column_reader import read_columns
from annotator.formats.columns.tag_writer import TagWriter
from annotator.language import _

# Exactly so: spaCy looks for this line and no other.
_DOCSTART = "-DOCSTART- -X- O O"

# Nothing is known of parts of speech and of chunks.
_BETWEEN = " -X- O "


class Conll2003Writer(TagWriter):
    """IOB2, as all readers of today take it; the shared task itself had IOB1.

    There is no comment: readers of this format take every line for a token.
    """

    ending = ".conll"
    between = _BETWEEN

    def head(self, article: Article) -> list[str]:
        return [_DOCSTART, ""]


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "conll2003",
            _("CoNLL-2003 columns"),
            _(
                "Four columns parted by spaces, one file per group of labels, overlaps in further "
                "files; spaCy's converter reads it. Does not hold where blanks stood between tokens, "
                "nor metadata, fragments, attributes, notes, links, entities, annotators or dates."
            ),
            (".conll",),
            read=read_columns,
            writer=Conll2003Writer,
            holds={"overlaps": _("further files")},
            on_tokens=True,
        ),
    )
