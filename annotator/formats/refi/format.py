"""REFI-QDA project exchange (.qdpx): for QualCoder, NVivo, ATLAS.ti, MAXQDA and the like.

After the schema of 18 March 2019: a ZIP with project.qde and the texts in `sources/`.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from annotator import __version__
from annotator.core.corpus import Corpus, Found, LabelledArticle, Span, by_annotation
from annotator.core.formats import BY_DEFAULT, Format, Part, Writing
from annotator.core.metadata import metadata
from annotator.core.scheme import Scheme
from annotator.formats.article_writer import ArticleWriter, Put
from annotator.formats.refi.codes import COLOURS, Codes, Names, goes_on, guid, value_guid
from annotator.formats.refi.reading import CONTINUES, NAMESPACE, PROJECT, Meanings, read_project
from annotator.formats.safe_xml import blanked, xml_names
from annotator.formats.values import to_text
from annotator.language import _

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_NAME = 100
"""Characters of what is selected that stand as its name."""


class RefiWriter(ArticleWriter):
    """Writes a project. A label is a code, a value of an attribute a code below it, an entity one
    below “Entities”; what else is known of an article are variables.

    The texts are UTF-8 with LF and without BOM; positions are characters, ends excluded.
    """

    walks = 4
    holds: tuple[Part, ...] = (
        *("overlaps", "fragments", "links", "attributes"),
        *("notes", "entities", "annotators", "metadata"),
    )
    settings = {"positions": "characters, LF, no BOM"}

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self._codes = Codes()
        self._now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def spelled(self, scheme: Scheme) -> Mapping[str, str]:
        """Return the names without what XML cannot hold."""
        return xml_names(super().spelled(scheme))

    @contextmanager
    def opened(self, target: Path) -> Iterator[Put]:
        """Write the texts, then the project, which says first what it will need."""
        self._codes = Codes()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:

            def put(labelled: LabelledArticle) -> None:
                self._codes.meet(labelled, self.corpus.entities)
                name = f"sources/{guid('article', labelled.article.id)}.txt"
                archive.writestr(name, labelled.article.text.encode())

            yield put
            self._project(archive, target.stem)

    def back(self, target: Path) -> Iterator[Found]:
        """Read the project again."""
        values = {
            value_guid(label, pair): pair
            for label, pairs in self._codes.values.items()
            for pair in pairs
        }
        entities = {guid("entity", id_): id_ for id_ in self._codes.entities}
        return read_project(target, Meanings(values, entities))

    def _kept(self) -> Iterator[LabelledArticle]:
        for each in self.corpus:
            yield self.kept(each).labelled

    def _project(self, archive: zipfile.ZipFile, name: str) -> None:
        from lxml import etree

        attributes = {
            "name": blanked(name),
            "origin": f"Annotator {__version__}",
            "creationDateTime": self._now,
        }
        with (
            archive.open(PROJECT, "w", force_zip64=True) as file,
            etree.xmlfile(file, encoding="utf-8") as xml,
        ):
            xml.write_declaration()
            with xml.element(_tag("Project"), attributes, nsmap={None: NAMESPACE}):
                self._head(xml)
                if self._codes.has_articles:
                    self._sources(xml)
                if self._codes.has_links:
                    self._links(xml)

    def _head(self, xml: Any) -> None:
        codes = self._codes
        if codes.annotators:
            users = _element("Users")
            for name in codes.annotators:
                plain = blanked(name)
                _add(users, "User", guid=guid("user", name), name=plain, id=plain)
            xml.write(users)
        if self.corpus.scheme.labels or codes.entities:
            book = _element("CodeBook")
            self._code_book(_add(book, "Codes"))
            xml.write(book)
        if codes.variables:
            variables = _element("Variables")
            for name in codes.variables:
                type_ = "Date" if name == "published" and codes.are_dates else "Text"
                given = {"guid": guid("variable", name), "name": to_text(name)}
                _add(variables, "Variable", **given, typeOfVariable=type_)
            xml.write(variables)

    def _code_book(self, book: Any) -> None:
        for label in self.corpus.scheme.labels:
            code = _code(book, guid("label", label.id), self.names[label.id])
            code.set("color", COLOURS.get(label.colour, COLOURS["grey"]))
            if label.description:
                _add(code, "Description").text = blanked(label.description)
            for pair, name in self._codes.values.get(label.id, {}).items():
                _code(code, value_guid(label.id, pair), name)
        if self._codes.entities:
            group = _code(book, guid("group", "entities"), _("Entities"), is_codable=False)
            for id_, name in self._codes.entities.items():
                _code(group, guid("entity", id_), name)

    def _sources(self, xml: Any) -> None:
        names = Names()
        with xml.element(_tag("Sources")):
            for labelled in self._kept():
                article = labelled.article
                id_ = guid("article", article.id)
                source = _element(
                    "TextSource",
                    guid=id_,
                    name=names.free(article.title or article.id),
                    plainTextPath=f"internal://{id_}.txt",
                    creationDateTime=self._now,
                )
                for span in labelled.spans:
                    self._selection(source, span)
                for name, value in metadata(article).items():
                    self._variable(source, name, value)
                xml.write(source)

    def _selection(self, source: Any, span: Span) -> None:
        id_ = selection_guid(span)
        made = {"creatingUser": guid("user", span.annotator)} if span.annotator else {}
        if _MOMENT.fullmatch(span.created):
            made["creationDateTime"] = span.created
        selection = _add(
            source,
            "PlainTextSelection",
            guid=id_,
            name=blanked(span.surface[:_NAME].replace("\n", " ")),
            startPosition=str(span.start),
            endPosition=str(span.end),
            **made,
        )
        if span.note and span.n == 0:
            _add(selection, "Description").text = to_text(span.note)
        for code in self._codes.of(span):
            coding = _add(selection, "Coding", guid=guid("coding", f"{id_} {code}"), **made)
            _add(coding, "CodeRef", targetGUID=code)

    def _variable(self, source: Any, name: str, value: object) -> None:
        row = _add(source, "VariableValue")
        _add(row, "VariableRef", targetGUID=guid("variable", name))
        is_date = name == "published" and self._codes.are_dates
        _add(row, "DateValue" if is_date else "TextValue").text = (
            str(value) if is_date else to_text(value)
        )

    def _links(self, xml: Any) -> None:
        with xml.element(_tag("Links")):
            for labelled in self._kept():
                places = {}
                for group in by_annotation(labelled.spans):
                    places[group[0].annotation] = selection_guid(group[0])
                    for one, other in pairwise(group):
                        ends = selection_guid(one), selection_guid(other)
                        _link(xml, goes_on(ends[1]), CONTINUES, *ends)
                for link in labelled.links:
                    ends = places[link.from_id], places[link.to_id]
                    _link(xml, guid("link", link.id), to_text(link.type), *ends)


def selection_guid(span: Span) -> str:
    """Return the id of the selection of a fragment."""
    id_ = span.annotation if not span.n else f"{span.annotation} {span.n}"
    return guid("annotation", id_)


def _link(xml: Any, id_: str, name: str, origin: str, target: str) -> None:
    given = {"direction": "OneWay", "originGUID": origin, "targetGUID": target}
    xml.write(_element("Link", guid=id_, name=name, **given))


def _code(parent: Any, id_: str, name: str, *, is_codable: bool = True) -> Any:
    return _add(parent, "Code", guid=id_, name=name, isCodable=str(is_codable).lower())


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _element(kind: str, /, **attributes: str) -> Any:
    from lxml import etree

    return etree.Element(_tag(kind), attributes, nsmap={None: NAMESPACE})


def _add(parent: Any, kind: str, /, **attributes: str) -> Any:
    from lxml import etree

    return etree.SubElement(parent, _tag(kind), attributes)


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "refi-qda",
            _("REFI-QDA project"),
            _(
                "For QualCoder, NVivo, ATLAS.ti and MAXQDA: labels, values of attributes and entities "
                "are codes. Some of these programs leave links and notes behind when they read it."
            ),
            (".qdpx",),
            writer=RefiWriter,
            one_file=True,
            holds={
                "overlaps": _("as they are"),
                "fragments": _("selections joined by a link “continues”"),
                "links": _("links"),
                "attributes": _("a code for each value, below that of the label"),
                "notes": _("descriptions of selections"),
                "entities": _("codes below “Entities”"),
                "annotators": _("users"),
                "metadata": _("variables"),
            },
        ),
    )
