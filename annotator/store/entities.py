"""The register of people, organisations and places that mentions refer to."""

import orjson

from annotator.core.model import Entity
from annotator.store.deed import Deed, to_json
from annotator.store.project import Project
from annotator.store.rows import Image


def register(project: Project) -> list[Entity]:
    """Return every entity, by name."""
    return [
        Entity(id_, name, kind, tuple(orjson.loads(aliases)), *rest)
        for id_, name, kind, aliases, *rest in project.conn.execute(
            """
            select id, name, kind, aliases, gender, role, external_id, note
            from entity order by name, id
            """
        )
    ]


def add(deed: Deed, entity: Entity) -> None:
    """Put a new entity into the register."""
    deed.insert("entity", {"id": entity.id, **_image(entity)})


def update(deed: Deed, entity: Entity) -> None:
    """Change what the register says of the entity of this id."""
    deed.update("entity", entity.id, _image(entity))


def _image(entity: Entity) -> Image:
    return {
        "name": entity.name,
        "kind": entity.kind,
        "aliases": to_json(entity.aliases),
        "gender": entity.gender,
        "role": entity.role,
        "external_id": entity.external_id,
        "note": entity.note,
    }
