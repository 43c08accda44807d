"""The register of people, organisations and places that mentions refer to, and every deed that changes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from annotator.core.errors import UserError
from annotator.core.model import Entity
from annotator.core.names import folded
from annotator.language import _
from annotator.store import annotations
from annotator.store.deed import Deed, to_json
from annotator.store.project import Project
from annotator.store.rows import Image

Columns = tuple[str, ...]
"""An entity as the table has it: its id first, aliases as JSON. Quick to compare with what it was."""

_EARLIER = 200
"""Mentions before a place that may say who is meant there."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An annotation that refers to an entity. `start` is a code point of its article, `label` an id."""

    id: str
    article: str
    title: str
    text: str
    start: int
    label: str


def columns(project: Project) -> list[Columns]:
    """Return every entity as columns, by name."""
    return project.conn.execute(
        """
        select id, name, kind, aliases, gender, role, external_id, note
        from entity order by name, id
        """
    ).fetchall()


def entity_of(row: Columns) -> Entity:
    """Return the entity that columns describe."""
    id_, name, kind, aliases, *rest = row
    return Entity(id_, name, kind, tuple(orjson.loads(aliases)), *rest)


def register(project: Project) -> list[Entity]:
    """Return every entity, by name."""
    return [entity_of(row) for row in columns(project)]


def entity(project: Project, entity_id: str) -> Entity:
    """Return an entity. Raises KeyError when there is none of this id."""
    row = project.conn.execute(
        """
        select id, name, kind, aliases, gender, role, external_id, note from entity where id = ?
        """,
        [entity_id],
    ).fetchone()
    if row is None:
        raise KeyError(entity_id)
    return entity_of(row)


def counts(project: Project, entity_ids: Iterable[str] | None = None) -> dict[str, int]:
    """Return how many mentions these entities have, or all, by id; those without any are left out."""
    among = "" if entity_ids is None else "entity_id in (select value from json_each(?)) and"
    values = [] if entity_ids is None else [to_json(list(entity_ids))]
    return dict(
        project.conn.execute(
            f"""
            select entity_id, count(*) from annotation
            where {among} entity_id is not null and state <> 'rejected' group by entity_id
            """,
            values,
        ).fetchall()
    )


def mentions(project: Project, entity_id: str) -> list[Mention]:
    """Return what refers to an entity, in reading order; rejected annotations are left out."""
    return mentions_of(project, mention_ids(project, entity_id))


def mention_ids(project: Project, entity_id: str) -> list[str]:
    """Return the ids of `mentions`, which is all a long list needs at once."""
    return [
        annotation_id
        for (annotation_id,) in project.conn.execute(
            """
            select annotation.id from annotation join article on article.id = article_id
            where entity_id = ? and annotation.state <> 'rejected'
            order by position, start, annotation.id
            """,
            [entity_id],
        )
    ]


def mentions_of(project: Project, annotation_ids: Sequence[str]) -> list[Mention]:
    """Return these annotations as mentions, in the order asked; those that are gone are left out."""
    found = {
        row[0]: Mention(*row)
        for row in project.conn.execute(
            """
            select annotation.id, article_id, title, (
                select group_concat(surface, ' … ')
                from (select surface from fragment where annotation_id = annotation.id order by n)
            ), start, label_id
            from annotation join article on article.id = article_id
            where annotation.id in (select value from json_each(?))
            """,
            [to_json(list(annotation_ids))],
        )
    }
    return [found[each] for each in annotation_ids if each in found]


def earlier(project: Project, article_id: str, offset: int) -> list[tuple[str, int]]:
    """Return whom an article mentions before an offset, the nearest first.

    Each mention gives the entity's id and how far it is away, in code points.
    """
    return project.conn.execute(
        """
        select entity_id, max(0, ? - "end") from annotation
        where article_id = ? and start < ? and entity_id is not null and state <> 'rejected'
        order by start desc limit ?
        """,
        [offset, article_id, offset, _EARLIER],
    ).fetchall()


def read(deed: Deed, entity_id: str) -> Entity:
    """Return an entity as it stands in the middle of a deed. Raises Conflict when it is gone."""
    image = deed.read("entity", entity_id)
    return Entity(**{**image, "aliases": tuple(orjson.loads(image["aliases"]))})


def add(deed: Deed, entity: Entity) -> None:
    """Put a new entity into the register. Raises UserError when it has no name."""
    deed.insert("entity", {"id": entity.id, **_image(entity)})


def update(deed: Deed, entity: Entity) -> None:
    """Change what the register says of the entity of this id.

    A name it had stays as an alias if any mention reads like it. Raises UserError when it has no name.
    """
    before = read(deed, entity.id)
    aliases = entity.aliases
    if before.name != entity.name and _is_said(deed, entity.id, before.name):
        aliases = (*aliases, before.name)
    deed.update("entity", entity.id, _image(replace(entity, aliases=_distinct(entity, aliases))))


def remove(deed: Deed, entity_id: str) -> None:
    """Take an entity out of the register; its mentions stay and refer to nobody."""
    _move(deed, entity_id, None)
    deed.delete("entity", entity_id)


def merge(deed: Deed, keep_id: str, other_ids: Iterable[str]) -> None:
    """Let one entity stand for several.

    It takes over their mentions; their names and aliases become its aliases, and what it says nothing
    of (kind, gender, role, external id) it learns from them, the first first. Notes follow one another.
    """
    kept = read(deed, keep_id)
    for other_id in dict.fromkeys(other_ids):
        if other_id != keep_id:
            kept = _joined(kept, read(deed, other_id))
            _move(deed, other_id, keep_id)
            deed.delete("entity", other_id)
    deed.update("entity", keep_id, _image(kept))


def split(
    deed: Deed, entity_id: str, annotation_ids: Iterable[str], new_entity: Entity
) -> list[str]:
    """Let these mentions of an entity refer to a new one, and return those that did.

    Raises UserError when none of them refers to the entity any more.
    """
    moved = [
        each
        for each in dict.fromkeys(annotation_ids)
        if deed.read("annotation", each)["entity_id"] == entity_id
    ]
    if not moved:
        raise UserError(_("Select the mentions that mean somebody else."))
    add(deed, new_entity)
    for annotation_id in moved:
        deed.update("annotation", annotation_id, {"entity_id": new_entity.id})
    return moved


def give(deed: Deed, annotation_id: str, entity: Entity | str) -> str:
    """Let an annotation refer to an entity, and return the entity's id.

    An entity given whole is put into the register, or brought up to date there: so it may learn from
    the words that mention it.
    """
    if isinstance(entity, str):
        read(deed, entity)
    elif deed.conn.execute("select 1 from entity where id = ?", [entity.id]).fetchone():
        update(deed, entity)
    else:
        add(deed, entity)
    entity_id = entity if isinstance(entity, str) else entity.id
    annotations.set_entity(deed, annotation_id, entity_id)
    return entity_id


def _move(deed: Deed, entity_id: str, target: str | None) -> None:
    """Let all mentions refer to another entity. Nobody has looked at them: suggestions stay open."""
    mentioning = deed.conn.execute(
        "select id from annotation where entity_id = ?", [entity_id]
    ).fetchall()
    for (annotation_id,) in mentioning:
        deed.update("annotation", annotation_id, {"entity_id": target})
    spoken_of = deed.conn.execute("select id from precedent where entity_id = ?", [entity_id])
    for (precedent_id,) in spoken_of.fetchall():
        deed.update("precedent", precedent_id, {"entity_id": target})


def _joined(kept: Entity, other: Entity) -> Entity:
    notes = dict.fromkeys(filter(None, (kept.note, other.note)))
    return replace(
        kept,
        kind=kept.kind or other.kind,
        aliases=_distinct(kept, (*kept.aliases, other.name, *other.aliases)),
        gender=other.gender if kept.gender == "unknown" else kept.gender,
        role=kept.role or other.role,
        external_id=kept.external_id or other.external_id,
        note="\n".join(notes),
    )


def _distinct(entity: Entity, aliases: Iterable[str]) -> tuple[str, ...]:
    """Return aliases without blanks around them, each once, and without the name itself."""
    found = dict.fromkeys(alias.strip() for alias in aliases)
    return tuple(alias for alias in found if alias and alias != entity.name)


def _is_said(deed: Deed, entity_id: str, name: str) -> bool:
    """Tell whether a mention of an entity reads like a name."""
    surfaces = deed.conn.execute(
        """
        select distinct surface from annotation join fragment on annotation_id = annotation.id
        where entity_id = ? and state <> 'rejected'
        """,
        [entity_id],
    )
    wanted = folded(name)
    return any(folded(surface) == wanted for (surface,) in surfaces)


def _image(entity: Entity) -> Image:
    if not entity.name.strip():
        raise UserError(_("An entity needs a name."))
    image: dict[str, Any] = {
        "name": entity.name,
        "kind": entity.kind,
        "aliases": to_json(entity.aliases),
        "gender": entity.gender,
        "role": entity.role,
        "external_id": entity.external_id,
        "note": entity.note,
    }
    return image
