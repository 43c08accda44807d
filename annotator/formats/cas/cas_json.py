"""UIMA CAS JSON 0.4, one file an article: what INCEpTION exports and imports."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from annotator.core.corpus import Corpus, Found, LabelledArticle
from annotator.core.formats import AS_IT_IS, BY_DEFAULT, Format, Part, Reading, Writing
from annotator.core.model import Problem
from annotator.formats.cas import proof as cas_proof
from annotator.formats.cas.articles import articles
from annotator.formats.cas.building import AttributeFeatures, Building
from annotator.formats.cas.layers import SOFA, VIEW, Cas, Feature, Structure, Type
from annotator.formats.cas.words import holds
from annotator.formats.folder_writer import FolderWriter
from annotator.formats.lines import Opened, parse, read_opened
from annotator.language import _


def read_cas_json(path: Path, how: Reading = AS_IT_IS) -> Iterator[Found]:
    """Yield the article of a `.json` file, whatever layers it has."""

    def read(opened: Opened, name: str) -> Iterator[Found]:
        line = parse(opened.file.read(), name)
        cas = line if isinstance(line, Problem) else _cas(line.value, name)
        if isinstance(cas, Problem):
            yield cas
        else:
            yield from articles(cas, name)

    return read_opened(path, read, how)


def _cas(value: Any, name: str) -> Cas | Problem:
    if not isinstance(value, dict) or "%FEATURE_STRUCTURES" not in value:
        return Problem(name, _("It is no UIMA CAS: “%FEATURE_STRUCTURES” is missing."))
    given = value["%FEATURE_STRUCTURES"]
    if isinstance(given, dict):
        # So the first versions of the format had it: the id was the key.
        given = [{"%ID": int(key), **row} for key, row in given.items() if key.isdecimal()]
    rows = [row for row in given if isinstance(row, dict)] if isinstance(given, list) else []
    sofa = _sofa(rows)
    if sofa is None:
        return Problem(name, _("It has no text (“sofaString”)."))
    structures = [_structure(row) for row in rows if row is not sofa]
    here = [each for each in structures if each and each.sofa in (None, sofa.get("%ID"))]
    return Cas(sofa["sofaString"], [each for each in here if each], _types(value.get("%TYPES")))


def _sofa(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the text to read: that of the initial view, else the first."""
    texts = [
        row for row in rows if row.get("%TYPE") == SOFA and isinstance(row.get("sofaString"), str)
    ]
    return next((row for row in texts if row.get("sofaID") == VIEW), next(iter(texts), None))


def _structure(row: Mapping[str, Any]) -> Structure | None:
    identity, type_ = row.get("%ID"), row.get("%TYPE")
    if not isinstance(identity, int) or not isinstance(type_, str):
        return None
    made = Structure(identity, type_, _place(row.get("begin")), _place(row.get("end")))
    for name, value in row.items():
        if name == "%ELEMENTS" and isinstance(value, list):
            made.refs["elements"] = _ids(value)
        elif name == "@sofa":
            made.sofa = value if isinstance(value, int) else None
        elif name.startswith("@"):
            made.refs[name[1:]] = _ids(value if isinstance(value, list) else [value])
        elif not name.startswith(("%", "^")) and name not in ("begin", "end"):
            made.values[name.removeprefix("#")] = value
    return made


def _place(value: Any) -> int | None:
    return value if type(value) is int else None


def _ids(values: list[Any]) -> tuple[int, ...]:
    return tuple(value for value in values if type(value) is int)


def _types(given: Any) -> dict[str, Type]:
    found = {}
    for name, row in given.items() if isinstance(given, dict) else ():
        if isinstance(row, dict):
            features = {
                key: Feature(str(each.get("%RANGE", "")), str(each.get("%DESCRIPTION", "")))
                for key, each in row.items()
                if not key.startswith("%") and isinstance(each, dict)
            }
            found[name] = Type(str(row.get("%SUPER_TYPE", "")), features)
    return found


def cas_json(cas: Cas) -> bytes:
    """Return a CAS as a file."""
    value = {
        "%TYPES": {name: _type_row(name, type_) for name, type_ in cas.types.items()},
        "%FEATURE_STRUCTURES": [
            {
                "%ID": 1,
                "%TYPE": SOFA,
                "sofaNum": 1,
                "sofaID": VIEW,
                "mimeType": "text/plain",
                "sofaString": cas.text,
            },
            *(_row(structure) for structure in cas.structures),
        ],
        "%VIEWS": {VIEW: {"%SOFA": 1, "%MEMBERS": [each.id for each in cas.structures]}},
    }
    return orjson.dumps(value)


def _type_row(name: str, type_: Type) -> dict[str, Any]:
    row: dict[str, Any] = {"%NAME": name, "%SUPER_TYPE": type_.above}
    for key, feature in type_.features.items():
        row[key] = {"%NAME": key, "%RANGE": feature.range}
        if feature.description:
            row[key]["%DESCRIPTION"] = feature.description
    return row


def _row(structure: Structure) -> dict[str, Any]:
    row: dict[str, Any] = {"%ID": structure.id, "%TYPE": structure.type, "@sofa": 1}
    if structure.begin is not None:
        row |= {"begin": structure.begin, "end": structure.end}
    row |= {f"@{name}": targets[0] for name, targets in structure.refs.items()}
    return row | structure.values


class CasJsonWriter(FolderWriter):
    """Writes one CAS JSON an article, and reads it by dkpro-cassis where that is installed."""

    ending = ".json"
    holds: tuple[Part, ...] = tuple(holds())

    def __init__(self, corpus: Corpus, how: Writing = BY_DEFAULT) -> None:
        super().__init__(corpus, how)
        self.settings = cas_proof.settings()
        self._features = AttributeFeatures(corpus.scheme)

    def file(self, labelled: LabelledArticle) -> bytes:
        """Return the JSON of an article."""
        return cas_json(Building(labelled, self.names, self.corpus.entities, self._features).cas())

    def read(self, path: Path) -> Iterator[Found]:
        """Read by dkpro-cassis, else by our own reader."""
        return cas_proof.read_json(path) if cas_proof.is_there() else read_cas_json(path)


def recognises(_path: Path, head: bytes) -> bool:
    """Tell a CAS from other JSON by its first key."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n{").startswith((b'"%', b'"_context')) and b"%" in head


def formats() -> tuple[Format, ...]:
    """Return the format that this module is about."""
    return (
        Format(
            "cas-json",
            _("UIMA CAS JSON"),
            _(
                "What INCEpTION exchanges: one file an article, with tokens, sentences and the layers "
                "custom.Span and custom.Relation. Other layers come in by their label or value."
            ),
            (".json",),
            read=read_cas_json,
            writer=CasJsonWriter,
            holds=holds(),
            recognises=recognises,
        ),
    )
