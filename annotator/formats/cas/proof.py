"""CAS files as dkpro-cassis reads them: another's reader proves what ours wrote."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from annotator.core.corpus import Found
from annotator.core.model import Problem
from annotator.formats.cas.articles import articles
from annotator.formats.cas.layers import Cas, Feature, Structure, Type

_SKIPPED = frozenset(("sofa", "begin", "end"))


@cache
def is_there() -> bool:
    """Tell whether the extra “cas” is installed."""
    return find_spec("cassis") is not None


def settings() -> Mapping[str, str]:
    """Return by what the files are read again, for the report."""
    return {
        "read again by": f"dkpro-cassis {version('dkpro-cassis')}" if is_there() else "annotator"
    }


def read_json(path: Path) -> Iterator[Found]:
    """Yield what dkpro-cassis finds in a CAS JSON."""
    from cassis import load_cas_from_json

    with path.open("rb") as file:
        yield from _found(lambda: load_cas_from_json(file), path)


class XmiProof:
    """Reads XMI by dkpro-cassis; the types, which are of all files of a folder, are read once."""

    def __init__(self) -> None:
        self._types: Any = None

    def read(self, path: Path) -> Iterator[Found]:
        """Yield what dkpro-cassis finds in an XMI with its TypeSystem.xml beside."""
        from cassis import load_cas_from_xmi, load_typesystem

        if self._types is None:
            with _unwarned(), path.with_name("TypeSystem.xml").open("rb") as file:
                self._types = load_typesystem(file)
        with path.open("rb") as file:
            yield from _found(lambda: load_cas_from_xmi(file, typesystem=self._types), path)


@contextmanager
def _unwarned() -> Iterator[None]:
    """Silence what dkpro-cassis says of features named “type”: it renames them, and we know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _found(load: Callable[[], Any], path: Path) -> Iterator[Found]:
    try:
        with _unwarned():
            cas = load()
    except Exception as error:  # Another's code: whatever it finds wrong, the file is not right.
        yield Problem(path.name, f"dkpro-cassis: {type(error).__name__}: {error}")
        return
    yield from articles(_plain(cas), path.name)


def _plain(cas: Any) -> Cas:
    """Return what dkpro-cassis made of a file; its offsets are code points already."""
    types = {type_.name: _type(type_) for type_ in cas.typesystem.get_types()}
    structures = [_structure(each) for each in cas._find_all_fs() if each.type.name in types]
    return Cas(cas.sofa_string, structures, types, is_utf16=False)


def _type(type_: Any) -> Type:
    features = {
        _name(feature): Feature(feature.rangeType.name, feature.description or "")
        for feature in type_.features
    }
    return Type(type_.supertype.name, features)


def _structure(found: Any) -> Structure:
    made = Structure(
        found.xmiID, found.type.name, getattr(found, "begin", None), getattr(found, "end", None)
    )
    for feature in found.type.all_features:
        value = getattr(found, feature.name, None)
        if value is None or feature.name in _SKIPPED:
            continue
        if hasattr(value, "xmiID"):
            made.refs[_name(feature)] = (value.xmiID,)
        else:
            made.values[_name(feature)] = value
    return made


def _name(feature: Any) -> str:
    """Return the name of a feature; one that Python reserves got an underscore."""
    name = str(feature.name)
    return name[:-1] if feature._has_reserved_name else name
