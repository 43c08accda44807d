"""Where the two spellings of a UIMA CAS keep each part, in words; both hold the same."""

from collections.abc import Mapping

from annotator.core.formats import Part
from annotator.language import _


def holds() -> Mapping[Part, str]:
    """Return for each part where it goes."""
    return {
        "overlaps": _("as they are"),
        "fragments": _("spans joined by a relation “continues”"),
        "links": _("custom.Relation, from Governor to Dependent"),
        "attributes": _("a feature each"),
        "notes": _("the feature note"),
        "entities": _("the features entity and entityName, and custom.RegisterEntity"),
        "annotators": _("the feature annotator"),
        "states": _("the feature state"),
        "metadata": _("custom.Metadata, and DocumentMetaData for title, id and address"),
    }
