"""A UIMA CAS as plain values: a text, types, and structures with offsets in UTF-16 units or ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

ANNOTATION = "uima.tcas.Annotation"
BASE = "uima.cas.AnnotationBase"
DOCUMENT = "uima.tcas.DocumentAnnotation"
SOFA = "uima.cas.Sofa"
VIEW = "_InitialView"
STRING = "uima.cas.String"

_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
TOKEN = f"{_DKPRO}segmentation.type.Token"
SENTENCE = f"{_DKPRO}segmentation.type.Sentence"
METADATA = f"{_DKPRO}metadata.type.DocumentMetaData"

SPAN = "custom.Span"
RELATION = "custom.Relation"
FIELD = "custom.Metadata"
ENTITY = "custom.RegisterEntity"

ATTRIBUTE = "Attribute: "
"""What the description of a feature begins with that stands for an attribute of ours."""

CONTINUES = "continues"
"""The label of a relation that leads from one fragment of an annotation to the next."""


class Feature(NamedTuple):
    """What a feature takes, the name of a type, and what is said of it."""

    range: str
    description: str = ""


class Type(NamedTuple):
    """A type by its supertype and the features that it adds to it."""

    above: str
    features: Mapping[str, Feature] = MappingProxyType({})


@dataclass(slots=True)
class Structure:
    """One feature structure: its own values, and the ids of others by feature.

    `begin` and `end` are None where it has no place in the text.
    """

    id: int
    type: str
    begin: int | None = None
    end: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    refs: dict[str, tuple[int, ...]] = field(default_factory=dict)
    sofa: int | None = None


@dataclass(slots=True)
class Cas:
    """What a file holds of one text, as it stands there; `is_utf16` tells what its offsets count."""

    text: str
    structures: list[Structure]
    types: Mapping[str, Type]
    is_utf16: bool = True

    def is_a(self, type_name: str, above: str) -> bool:
        """Tell whether a type is another one or below it, as far as the file describes it."""
        for _step in range(100):
            if type_name == above:
                return True
            if type_name not in self.types:
                return False
            type_name = self.types[type_name].above
        return False


def _strings(*names: str) -> dict[str, Feature]:
    return {name: Feature(STRING) for name in names}


OWN_FEATURES = (
    *("label", "note", "entity", "entityName", "annotator", "origin", "state"),
    *("score", "reason", "created", "updated", "settled", "id"),
)
"""What a `custom.Span` has beside attributes, all of them texts."""

TYPES: Mapping[str, Type] = MappingProxyType(
    {
        TOKEN: Type(ANNOTATION),
        SENTENCE: Type(ANNOTATION),
        METADATA: Type(DOCUMENT, _strings("documentTitle", "documentId", "documentUri")),
        SPAN: Type(ANNOTATION, _strings(*OWN_FEATURES)),
        RELATION: Type(
            ANNOTATION,
            {
                "Governor": Feature(ANNOTATION),
                "Dependent": Feature(ANNOTATION),
                **_strings("label", "id", "annotator", "created"),
            },
        ),
        FIELD: Type(BASE, _strings("name", "value")),
        ENTITY: Type(
            BASE,
            _strings("id", "name", "kind", "aliases", "gender", "role", "external_id", "note"),
        ),
    }
)
"""The types of our own files; attributes come to `custom.Span` as they are met."""
