"""Entities of the register as rows of text, for formats in which each article brings its own along."""

import json
from collections.abc import Iterator, Mapping

from annotator.core.corpus import Foundation, LabelledArticle
from annotator.core.model import Entity
from annotator.core.scheme import Scheme
from annotator.formats.values import from_text

GENDERS = frozenset(("female", "male", "other", "unknown", "not applicable"))
_TEXTS = ("kind", "gender", "role", "external_id", "note")


def mentioned(labelled: LabelledArticle, register: Mapping[str, Entity]) -> Iterator[Entity]:
    """Yield the entities that annotations of an article refer to, each once, in text order."""
    for id_ in dict.fromkeys(span.entity for span in labelled.spans):
        if id_ is not None and id_ in register:
            yield register[id_]


def as_row(entity: Entity) -> dict[str, str]:
    """Return what is known of an entity; the aliases are one JSON text."""
    row = {"id": entity.id, "name": entity.name}
    if entity.aliases:
        row["aliases"] = json.dumps(entity.aliases, ensure_ascii=False)
    texts = {name: getattr(entity, name) for name in _TEXTS}
    known = {name: text for name, text in texts.items() if text and text != "unknown"}
    return row | known


def from_row(row: Mapping[str, str]) -> Entity | None:
    """Return the entity of a row, None for one without an id or a name."""
    if not row.get("id") or not row.get("name"):
        return None
    given = from_text(row.get("aliases", "[]"))
    aliases = given if isinstance(given, list) else []
    return Entity(
        row["id"],
        row["name"],
        row.get("kind", ""),
        tuple(alias for alias in aliases if isinstance(alias, str)),
        row.get("gender", "") if row.get("gender") in GENDERS else "unknown",
        row.get("role", ""),
        row.get("external_id", ""),
        row.get("note", ""),
    )


def foundation(entities: list[Entity], place: str) -> Iterator[Foundation]:
    """Yield the entities of a file as what comes before its articles, if there are any."""
    if entities:
        yield Foundation(Scheme(), tuple(entities), place)
