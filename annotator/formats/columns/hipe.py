"""Writes HIPE-2022: the columns in which historical newspapers are shared, with nested names and links."""

from collections.abc import Container, Iterator, Sequence
from datetime import date

from annotator.core.corpus import Corpus
from annotator.core.formats import BY_DEFAULT, Format, Writing
from annotator.core.metadata import metadata
from annotator.core.model import Article
from annotator.formats.columns.column_writer import Columns, ColumnWriter, Layers, Page, Written
from annotator.formats.columns.hipe_reader import (
    COARSE,
    LINK,
    NESTED,
    OWN,
    OWN_TEXT,
    described,
    is_hipe,
    item,
    read_hipe,
    text_said,
    untagged,
)
from annotator.formats.columns.hipe_rows import HEADER, comments, rows, said
from annotator.formats.columns.tags import decode, encode
from annotator.formats.holding import loss
from annotator.formats.sheet import Sheet
from annotator.language import _

_APPLICABLE = f"TOKEN {COARSE} {NESTED} {LINK} MISC"


_EMPTY = "\tO\t_\t_\t_\t_\tO\t_\t_\t"
"""The cells between a token and its MISC."""


class HipeWriter(ColumnWriter):
    """Writes a file for each group of labels: what lies inside another annotation is in NE-NESTED.

    NEL-LIT has the Wikidata number of an entity of the register, MISC which part of a token is meant
    where an annotation of the first column begins or ends inside one.
    """

    ending = ".tsv"
    width = 2
    parts_sentences = False
    holds = ("overlaps", "metadata", "entities")

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self._items = {id_: item(entity.external_id) for id_, entity in corpus.entities.items()}

    def opening(self) -> str:
        return f"{HEADER}\n"

    def head(self, article: Article) -> list[str]:
        known = {
            "hipe2022:document_id": article.id,
            "hipe2022:date": _day(article.published),
            "hipe2022:language": article.language or "_",
            "hipe2022:document_type": "newspaper",
            "hipe2022:applicable_columns": _APPLICABLE,
            OWN: metadata(article),
            OWN_TEXT: [article.text],
        }
        return comments(known)

    def endings(self, sheet: Sheet, words: list[str]) -> list[str]:
        return [f"{_EMPTY}{misc}\n" for misc in _misc(sheet)]

    def piece(self, page: Page, columns: Columns, layers: Layers) -> str:
        endings = page.endings.copy()
        coarse, nested = (dict(encode(column, "iob2")) for column in columns)
        links, parts = self._links(page, layers), _parts(page, layers)
        for at in sorted({*coarse, *nested}):
            misc = endings[at].rpartition("\t")[2].rstrip("\n")
            if at in parts:
                misc = parts[at] if misc == "_" else f"{misc}|{parts[at]}"
            cells = (coarse.get(at, "O"), *"____", nested.get(at, "O"), links[at], "_", misc)
            endings[at] = "\t".join(("", *cells)) + "\n"
        return page.joined(endings)

    def emptied(self, line: str) -> str:
        word, *_cells, misc = line.split("\t")
        flags = [flag for flag in misc.split("|") if not flag.startswith("Partial-")]
        return f"{word}{_EMPTY}{'|'.join(flags) or '_'}"

    def more(self, page: Page, layers: Layers) -> Sequence[object]:
        return self._links(page, layers)

    def read_piece(self, piece: str) -> Written:
        found = rows(piece)
        columns = [decode(untagged(found, name)) for name in (COARSE, NESTED)]
        known = said(found.comments)
        article = described(known, text_said(known) or "")
        return Written(found.words, columns, article, found.cells.get(LINK, ()))

    def _links(self, page: Page, layers: Layers) -> list[str]:
        """Return for each token the Wikidata number of what its annotation refers to."""
        links = ["_"] * len(page.words)
        for span, first, last in layers[0]:
            if span.entity is not None:
                number = self._items.get(span.entity) or "NIL"
                links[first : last + 1] = [number] * (last + 1 - first)
        return links

    def tell(self, sheet: Sheet, mended: Container[int]) -> None:
        """Add what is lost of entities: all but the number, and all of it in nested annotations."""
        super().tell(sheet, mended)
        for (_group, depth), layer in sheet.layers.items():
            for span, _first, _last in layer:
                if span.entity is None:
                    continue
                label = self.labels[span.label]
                if depth % 2 and self._items.get(span.entity):
                    reason = _("Of its entity only the Wikidata number goes out.")
                    lost = loss(sheet.labelled, span, label, "changed", reason, kind="entity")
                else:
                    reason = _(
                        "Only entities with a Wikidata number, of outer annotations, go out."
                    )
                    lost = loss(sheet.labelled, span, label, "left out", reason, kind="entity")
                    sheet.held["entity"] -= 1
                sheet.losses.append(lost)


def _day(published: str) -> str:
    """Return the day if there is one: the task's own reader stumbles over any other date."""
    try:
        return date.fromisoformat(published[:10]).isoformat()
    except ValueError:
        return "_"


def _misc(sheet: Sheet) -> Iterator[str]:
    """Yield what MISC says of each token: whether a blank or a line end follows it."""
    text, last = sheet.article.text, len(sheet.tokens) - 1
    for at, (_start, end) in enumerate(sheet.tokens):
        between = text[end : sheet.tokens[at + 1][0]] if at < last else " "
        yield "EndOfLine" if "\n" in between else "_" if between else "NoSpaceAfter"


def _parts(page: Page, layers: Layers) -> dict[int, str]:
    """Return by token which part of it an annotation of the first column means, if not the whole."""
    found: dict[int, str] = {}
    for span, first, last in layers[0]:
        for at in {first, last}:
            start, end = page.sheet.tokens[at]
            low, high = max(span.start - start, 0), min(span.end, end) - start
            if high - low < end - start == len(page.words[at]):
                found[at] = f"Partial-{low}:{high}"
    return found


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "hipe",
            _("HIPE-2022 columns"),
            _(
                "The ten columns of historical newspapers: a name, a name inside it, its Wikidata "
                "number, and what follows the token; one file per group of labels. Holds no "
                "fragments, attributes, notes, links, annotators or dates."
            ),
            (".tsv",),
            read=read_hipe,
            writer=HipeWriter,
            holds={
                "overlaps": _("column NE-NESTED, then further files"),
                "entities": _("Wikidata numbers in column NEL-LIT"),
                "metadata": _("comments before an article"),
            },
            recognises=is_hipe,
            on_tokens=True,
        ),
    )
