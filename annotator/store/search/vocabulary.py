"""What a project can be asked for, read for the completion of the search box."""

import orjson

from annotator.core.model import BY_PEOPLE
from annotator.core.query.completion import Vocabulary
from annotator.store.project import Project

_MOST = 2_000
"""Sources, authors and entities that are offered at the most; of entities those mentioned most."""


def vocabulary(project: Project) -> Vocabulary:
    """Return the names and values in use; it may take a second where there are 100,000 articles."""
    scheme = project.scheme
    attributes: dict[str, tuple[str, ...]] = {}
    for label in scheme.labels:
        for each in label.attributes:
            values = ("true",) if each.kind == "flag" else each.values
            attributes[each.name] = tuple(dict.fromkeys((*attributes.get(each.name, ()), *values)))
    return Vocabulary(
        labels=tuple(label.name for label in scheme.labels),
        attributes=attributes,
        slots=tuple(dict.fromkeys(slot.name for label in scheme.labels for slot in label.slots)),
        annotators=_column(project, "select name from annotator order by name"),
        origins=_origins(project),
        entities=_entities(project),
        sources=_frequent(project, "source"),
        authors=_frequent(project, "author"),
        languages=_frequent(project, "language"),
        meta=_meta(project),
    )


def _column(project: Project, statement: str) -> tuple[str, ...]:
    return tuple(value for (value,) in project.conn.execute(statement))


def _origins(project: Project) -> tuple[str, ...]:
    """Return the suggesters that made some of the oldest or the newest annotations: all would take long."""
    found = {
        origin
        for direction in ("asc", "desc")
        for (origin,) in project.conn.execute(
            f"""
            select distinct origin from (
                select origin from annotation order by id {direction} limit 10000
            )
            """
        )
    }
    return tuple(sorted(found - BY_PEOPLE))


def _entities(project: Project) -> tuple[str, ...]:
    found = project.conn.execute(
        """
        select name from entity left join (
            select entity_id, count(*) as mentions from annotation
            where entity_id is not null group by entity_id
        ) on entity_id = entity.id
        order by mentions desc, name limit ?
        """,
        [_MOST],
    )
    return tuple(name for (name,) in found)


def _frequent(project: Project, column: str) -> tuple[str, ...]:
    found = project.conn.execute(
        f"""
        select {column} from article where {column} <> ''
        group by {column} order by count(*) desc, {column} limit ?
        """,
        [_MOST],
    )
    return tuple(value for (value,) in found)


def _meta(project: Project) -> tuple[str, ...]:
    found = project.conn.execute(
        "select distinct meta from article where meta <> '{}' limit ?", [_MOST]
    )
    return tuple(dict.fromkeys(key for (meta,) in found for key in orjson.loads(meta)))
