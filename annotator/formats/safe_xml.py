"""XML in and out of harm's way: no network, no entities from elsewhere, and what it cannot write."""

import json
from collections.abc import Iterator, Mapping
from html.entities import html5
from pathlib import Path
from typing import Any

from annotator.core.corpus import LabelledArticle
from annotator.core.formats import Loss
from annotator.core.model import Problem
from annotator.core.scheme import Label
from annotator.core.text import readable
from annotator.formats.holding import loss
from annotator.formats.values import NOT_IN_XML
from annotator.language import _

SAFE: Mapping[str, bool] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How every XML file is parsed. Text beyond 10 MB in one piece is refused by libxml2 then."""

Element = Any
"""An element of lxml, which says nothing of its types."""


def root_of(path: Path, encoding: str = "") -> Element | Problem:
    """Return the root of a file, or what is wrong with it and in which line."""
    from lxml import etree

    name = readable(path.name)
    try:
        parser = etree.XMLParser(encoding=encoding or None, **SAFE)
        return etree.parse(path, parser).getroot()
    except (etree.XMLSyntaxError, LookupError) as error:
        return syntax_problem(error, name)
    except OSError as error:
        return Problem(name, error.strerror or str(error))


def syntax_problem(error: Exception, name: str) -> Problem:
    """Return a mistake of syntax as a Problem with its line."""
    line = getattr(error, "lineno", None)
    place = f"{name}:{line}" if line else name
    reason = str(getattr(error, "msg", None) or error)
    return Problem(place, _("Not valid XML: {reason}").format(reason=reason))


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def is_entity(element: Element) -> bool:
    """Tell the place where an entity stood that was not resolved."""
    return not isinstance(element.tag, str)


def entity_text(element: Element) -> str | None:
    """Return the character of an entity that every HTML browser knows, None for any other."""
    return html5.get(f"{element.name};")


def blanked(text: str) -> str:
    """Return a text in which a space stands for every character that XML cannot hold."""
    return NOT_IN_XML.sub(" ", text) if NOT_IN_XML.search(text) else text


def controls(text: str) -> str:
    """Return what `blanked` takes away, as JSON: [[offset, code point], …]; "" for nothing."""
    found = [[match.start(), ord(match[0])] for match in NOT_IN_XML.finditer(text)]
    return json.dumps(found) if found else ""


def unblanked(text: str, given: Any) -> str:
    """Return the text as it was before `blanked`, as far as what `controls` gave fits it."""
    chars = list(text)
    for pair in given if isinstance(given, list) else ():
        if not (isinstance(pair, list) and [type(number) for number in pair] == [int, int]):
            continue
        offset, code = pair
        is_place = 0 <= offset < len(chars) and chars[offset] == " "
        # Surrogates are no characters, and neither is what lies beyond the last one.
        if is_place and (0 <= code < 0xD800 or code in (0xFFFE, 0xFFFF)):
            chars[offset] = chr(code)
    return "".join(chars)


def blanked_losses(labelled: LabelledArticle, labels: Mapping[str, Label]) -> Iterator[Loss]:
    """Yield the annotations in which a control character is written as a space."""
    if not NOT_IN_XML.search(labelled.article.text):
        return
    reason = _("Control characters in it, which XML cannot hold, are written as spaces.")
    for span in labelled.spans:
        if NOT_IN_XML.search(span.surface):
            yield loss(labelled, span, labels[span.label], "changed", reason)


def xml_names(names: Mapping[str, str]) -> Mapping[str, str]:
    """Return names of labels as XML can hold them, none twice."""
    found: dict[str, str] = {}
    for id_, name in names.items():
        plain = blanked(name)
        found[id_] = f"{plain} {id_}" if plain in found.values() else plain
    return found
