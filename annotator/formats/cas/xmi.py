"""UIMA XMI, one file an article with one TypeSystem.xml for all: for DKPro, WebAnno and INCEpTION."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from annotator.core.corpus import Corpus, Found, LabelledArticle
from annotator.core.formats import BY_DEFAULT, Format, Part, Writing
from annotator.formats.cas import proof as cas_proof
from annotator.formats.cas.articles import CONTROLS
from annotator.formats.cas.building import AttributeFeatures, Building
from annotator.formats.cas.layers import FIELD, VIEW, Cas, Structure, Type
from annotator.formats.cas.words import holds
from annotator.formats.cas.xmi_reading import CAS, ID, TYPE_SYSTEM, UIMA, XMI, beside_of, read_xmi
from annotator.formats.safe_xml import (
    Element,
    blanked,
    controls,
)
from annotator.formats.xml_writer import XmlWriter
from annotator.language import _


def xmi(cas: Cas) -> bytes:
    """Return a CAS as a file."""
    from lxml import etree

    spaces = {_package(each.type) for each in cas.structures}
    prefixes = {
        f"{package.rpartition('.')[2]}{number}": _space(package)
        for number, package in enumerate(sorted(spaces), start=1)
    }
    root = etree.Element(f"{{{XMI}}}XMI", nsmap={"xmi": XMI, "cas": CAS, **prefixes})
    root.set(f"{{{XMI}}}version", "2.0")
    etree.SubElement(root, f"{{{CAS}}}NULL").set(ID, "0")
    for structure in cas.structures:
        _add(root, structure)
    members = " ".join(str(each.id) for each in cas.structures)
    sofa = {ID: "1", "sofaNum": "1", "sofaID": VIEW, "mimeType": "text/plain"}
    sofa["sofaString"] = blanked(cas.text)
    etree.SubElement(root, f"{{{CAS}}}Sofa", sofa)
    etree.SubElement(root, f"{{{CAS}}}View", {"sofa": "1", "members": members})
    return _bytes(root)


def _add(root: Element, structure: Structure) -> None:
    from lxml import etree

    package, name = _package(structure.type), structure.type.rpartition(".")[2]
    row = {ID: str(structure.id), "sofa": "1"}
    if structure.begin is not None:
        row |= {"begin": str(structure.begin), "end": str(structure.end)}
    row |= {key: " ".join(map(str, targets)) for key, targets in structure.refs.items()}
    row |= {key: blanked(str(value)) for key, value in structure.values.items()}
    etree.SubElement(root, f"{{{_space(package)}}}{name}", row)


def _package(type_name: str) -> str:
    return type_name.rpartition(".")[0]


def _space(package: str) -> str:
    return f"http:///{package.replace('.', '/')}.ecore"


def type_system(types: Mapping[str, Type]) -> bytes:
    """Return types as UIMA describes them in a file of their own."""
    from lxml import etree

    root = etree.Element(f"{{{UIMA}}}typeSystemDescription", nsmap={None: UIMA})
    described = etree.SubElement(root, f"{{{UIMA}}}types")
    for name, type_ in types.items():
        row = etree.SubElement(described, f"{{{UIMA}}}typeDescription")
        _describe(row, {"name": name, "description": "", "supertypeName": type_.above})
        features = etree.SubElement(row, f"{{{UIMA}}}features")
        for key, (range_, told) in type_.features.items():
            feature = etree.SubElement(features, f"{{{UIMA}}}featureDescription")
            _describe(feature, {"name": key, "description": told, "rangeTypeName": range_})
    return _bytes(root)


def _bytes(root: Element) -> bytes:
    from lxml import etree

    raw: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return raw


def _describe(element: Element, texts: Mapping[str, str]) -> None:
    from lxml import etree

    for name, text in texts.items():
        etree.SubElement(element, f"{{{UIMA}}}{name}").text = blanked(text)


class XmiWriter(XmlWriter):
    """Writes one XMI an article and TypeSystem.xml, read again by dkpro-cassis where there is one.

    What XML cannot hold is a space in the text, and its place stands in the metadata.
    """

    ending = ".xmi"
    holds: tuple[Part, ...] = tuple(holds())

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self.settings = {**cas_proof.settings(), "characters XML cannot hold": "spaces"}
        self._features = AttributeFeatures(corpus.scheme)
        self._proof = cas_proof.XmiProof() if cas_proof.is_there() else None

    def file(self, labelled: LabelledArticle) -> bytes:
        """Return the XMI of an article."""
        cas = Building(labelled, self.names, self.corpus.entities, self._features).cas()
        if found := controls(cas.text):
            last = max(each.id for each in cas.structures)
            values = {"name": CONTROLS, "value": found}
            cas.structures.append(Structure(last + 1, FIELD, values=values, sofa=1))
        return xmi(cas)

    def finish(self, target: Path) -> None:
        """Write the type system, with every attribute that was met."""
        (target / TYPE_SYSTEM).write_bytes(type_system(self._features.types()))

    def read(self, path: Path) -> Iterator[Found]:
        """Read by dkpro-cassis, else by our own reader."""
        return self._proof.read(path) if self._proof else read_xmi(path)


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "xmi",
            _("UIMA XMI"),
            _(
                "The XML of UIMA, DKPro and INCEpTION: one file an article and TypeSystem.xml. Other "
                "layers come in by their label or value."
            ),
            (".xmi",),
            read=read_xmi,
            writer=XmiWriter,
            holds=holds(),
            beside=beside_of,
        ),
    )
