"""XMI files come in: elements as structures, their features told by a type system or by their looks."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from annotator.core.corpus import Found
from annotator.core.formats import AS_IT_IS, Reading
from annotator.core.model import Problem
from annotator.core.text import readable
from annotator.formats.cas.articles import articles
from annotator.formats.cas.layers import SOFA, VIEW, Cas, Feature, Structure, Type
from annotator.formats.safe_xml import Element, is_entity, local, root_of
from annotator.language import _

TYPE_SYSTEM = "TypeSystem.xml"
XMI = "http://www.omg.org/XMI"
CAS = "http:///uima/cas.ecore"
UIMA = "http://uima.apache.org/resourceSpecifier"
ID = f"{{{XMI}}}id"
_NUMBERS = re.compile(r"-?\d+(?: -?\d+)*")
_REFERENCES = frozenset(
    ("Governor", "Dependent", "governor", "dependent", "target", "elements", "next", "first")
)
"""Features that refer to other structures where no type system says so."""

_PRIMITIVES: Mapping[str, Any] = {
    **dict.fromkeys(("Boolean",), lambda text: text == "true"),
    **dict.fromkeys(("Byte", "Short", "Integer", "Long"), int),
    **dict.fromkeys(("Float", "Double"), float),
}


def read_xmi(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the article of an `.xmi` file; a type system beside it tells what its features are."""
    name = readable(path.name)
    root = root_of(path, how.encoding)
    if isinstance(root, Problem):
        yield root
        return
    types: Mapping[str, Type] = {}
    for beside in beside_of(path):
        given = _type_system(beside, beside.stat().st_mtime_ns)
        if isinstance(given, Problem):
            yield given
        else:
            types = given
    cas = _cas(root, types, name)
    if isinstance(cas, Problem):
        yield cas
    else:
        yield from articles(cas, name)


def beside_of(path: Path) -> tuple[Path, ...]:
    """Return the type system that lies beside a file, if one does."""
    # Asked by name: a folder may hold ten thousand files, each of which asks.
    wanted = (path.with_name(name) for name in (TYPE_SYSTEM, "typesystem.xml", "typeSystem.xml"))
    return tuple(each for each in wanted if each.is_file())[:1]


@lru_cache(maxsize=4)
def _type_system(path: Path, _changed: int) -> Mapping[str, Type] | Problem:
    """Return the types of a folder, read once for all its files, or what is wrong with them."""
    root = root_of(path)
    return root if isinstance(root, Problem) else _types(root)


def _cas(root: Element, types: Mapping[str, Type], name: str) -> Cas | Problem:
    if local(root) != "XMI":
        return Problem(
            name, _("It is no XMI file: its first element is “{name}”.").format(name=local(root))
        )
    sofas = [each for each in root if not is_entity(each) and _type_name(each) == SOFA]
    texts = [each for each in sofas if each.get("sofaString") is not None]
    sofa = next((each for each in texts if each.get("sofaID") == VIEW), next(iter(texts), None))
    if sofa is None:
        return Problem(name, _("It has no text (“sofaString”)."))
    cas = Cas(sofa.get("sofaString"), [], types)
    features: dict[str, Mapping[str, Feature]] = {}
    for element in root:
        if is_entity(element) or element is sofa or not _is_number(element.get(ID)):
            continue
        type_name = _type_name(element)
        if type_name not in features:
            features[type_name] = _features(type_name, types)
        structure = _structure(element, type_name, features[type_name])
        if structure.sofa in (None, int(sofa.get(ID, 0))):
            cas.structures.append(structure)
    return cas


def _structure(element: Element, type_name: str, features: Mapping[str, Feature]) -> Structure:
    made = Structure(int(element.get(ID)), type_name)
    for name, text in element.attrib.items():
        if name in ("begin", "end", "sofa"):
            setattr(made, name, int(text) if _is_number(text) else None)
        elif not name.startswith("{"):
            _put(made, name, text, features.get(name))
    for child in element:
        if not is_entity(child) and child.get("href", "").startswith("#"):
            _put(made, local(child), child.get("href")[1:], None)
    return made


def _put(made: Structure, name: str, text: str, feature: Feature | None) -> None:
    """Keep a feature as a value or as a reference, as the type system says, else by its looks."""
    if feature is None:
        is_reference = name in _REFERENCES or name.endswith("links")
    else:
        is_reference = not feature.range.startswith("uima.cas.") or _is_list(feature.range)
    if is_reference and _NUMBERS.fullmatch(text):
        made.refs[name] = (*made.refs.get(name, ()), *map(int, text.split(" ")))
        return
    read = _PRIMITIVES.get(feature.range.removeprefix("uima.cas.") if feature else "", str)
    try:
        made.values[name] = read(text)
    except ValueError:
        made.values[name] = text


def _is_list(range_name: str) -> bool:
    return range_name in ("uima.cas.FSArray", "uima.cas.FSList", "uima.cas.TOP") or (
        range_name.startswith("uima.cas.AnnotationBase")
    )


def _features(type_name: str, types: Mapping[str, Type]) -> Mapping[str, Feature]:
    """Return the features of a type and of those above it."""
    found: dict[str, Feature] = {}
    for _step in range(100):
        if type_name not in types:
            break
        found = {**types[type_name].features, **found}
        type_name = types[type_name].above
    return found


def _type_name(element: Element) -> str:
    """Return the name of a type: `http:///custom.ecore` and `Span` are `custom.Span`."""
    space, _brace, name = str(element.tag)[1:].rpartition("}")
    package = space.removeprefix("http:///").removesuffix(".ecore").replace("/", ".")
    return f"{package}.{name}" if package else name


def _is_number(text: str | None) -> bool:
    return text is not None and text.removeprefix("-").isdecimal() and len(text) < 12


def _types(root: Element) -> dict[str, Type]:
    found = {}
    for element in root.iter(f"{{{UIMA}}}typeDescription"):
        features = {
            _word(each, "name"): Feature(_word(each, "rangeTypeName"), _said(each, "description"))
            for each in element.iter(f"{{{UIMA}}}featureDescription")
        }
        found[_word(element, "name")] = Type(_word(element, "supertypeName"), features)
    return found


def _said(element: Element, name: str) -> str:
    return str(element.findtext(f"{{{UIMA}}}{name}") or "")


def _word(element: Element, name: str) -> str:
    return _said(element, name).strip(" \t\r\n")
