"""TEI P5, one file an article: annotations as elements in the text, or beside it, off the text."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from annotator.core.corpus import Found, LabelledArticle, by_annotation
from annotator.core.formats import Format, Part
from annotator.formats.holding import Kept, leave_out
from annotator.formats.tei.inline import Inline, crossing
from annotator.formats.tei.reading import read_tei, recognises
from annotator.formats.tei.words import SPACE
from annotator.formats.tei.writing import Sheet, add, text_element
from annotator.formats.xml_writer import XmlWriter
from annotator.language import _


def holds(*, is_inline: bool) -> Mapping[Part, str]:
    """Return for each part where it goes."""
    return {
        "overlaps": (
            _("elements in elements; what crosses goes in parts joined by next and prev")
            if is_inline
            else _("as they are")
        ),
        "fragments": (
            _("parts joined by next and prev")
            if is_inline
            else _("several ranges in one string-range")
        ),
        "links": _("link in a linkGrp, from the first to the second"),
        "attributes": _("categories in the header, pointed to by ana"),
        "notes": _("spans of a spanGrp"),
        "entities": _("listPerson, listOrg and listPlace, pointed to by ref or corresp"),
        "annotators": _("respStmt, pointed to by resp"),
        "states": _("categories in the header"),
        "metadata": _("the header, exactly in its xenoData"),
    }


class StandoffWriter(XmlWriter):
    """Writes the text whole, and what is annotated as spans that point to ranges of it."""

    ending = ".xml"
    holds: tuple[Part, ...] = tuple(holds(is_inline=False))
    settings = {"characters XML cannot hold": "spaces"}

    def file(self, labelled: LabelledArticle) -> bytes:
        """Return the TEI of an article."""
        from lxml import etree

        sheet = Sheet(labelled, self.names, self.corpus.entities)
        text, body = text_element()
        add(body, "ab", labelled.article.text, id_="text").set(SPACE, "preserve")
        holder = etree.Element("holder")
        spans = add(holder, "spanGrp", type="annotations")
        for group in by_annotation(labelled.spans):
            head = group[0]
            ranges = ",".join(f"{span.start},{span.end - span.start}" for span in group)
            add(
                spans,
                "span",
                id_=sheet.ids[head.annotation],
                ana=sheet.categories.of(head, self.names[head.label]),
                target=f"#string-range(text,{ranges})",
                corresp=sheet.entity(head),
                resp=sheet.categories.resp(head),
            )
        return sheet.root(text, *holder) if len(spans) else sheet.root(text)

    def read(self, path: Path) -> Iterator[Found]:
        """Read a file."""
        return read_tei(path)


class TeiWriter(StandoffWriter):
    """Writes what is annotated as elements in the text.

    Of two annotations that cross, the outer or the inner one is left out if that is asked for.
    """

    holds: tuple[Part, ...] = tuple(holds(is_inline=True))

    def kept(self, labelled: LabelledArticle) -> Kept:
        """Keep all but what crosses, if only one of two may stay."""
        kept = super().kept(labelled)
        gone = crossing(labelled, self.how.overlap)
        return (
            leave_out(kept, dict.fromkeys(gone, _("It crosses another annotation.")), self.labels)
            if gone
            else kept
        )

    def file(self, labelled: LabelledArticle) -> bytes:
        """Return the TEI of an article."""
        return Inline(Sheet(labelled, self.names, self.corpus.entities)).file()


def formats() -> tuple[Format, ...]:
    """Return the formats that this module is about."""
    return (
        Format(
            "tei",
            _("TEI, in the text"),
            _(
                "TEI P5, one file an article: said, persName, orgName, placeName and so on in the "
                "text, seg for every other label. Any TEI with these elements comes in."
            ),
            (".xml",),
            read=read_tei,
            writer=TeiWriter,
            holds=holds(is_inline=True),
            recognises=recognises,
        ),
        Format(
            "tei-standoff",
            _("TEI, off the text"),
            _(
                "TEI P5, one file an article: the text whole, annotations as spans in a standOff that "
                "point to ranges of it. An editor that lays the text out anew destroys them."
            ),
            (".xml",),
            read=read_tei,
            writer=StandoffWriter,
            holds=holds(is_inline=False),
            recognises=recognises,
        ),
    )
