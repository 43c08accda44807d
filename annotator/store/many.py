"""Deeds on many annotations at once: what one gesture does to a list, read and written in bulk."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from annotator.core.errors import UserError
from annotator.core.model import BY_PEOPLE, AnnotationState, ArticleState
from annotator.core.scheme import Attribute, Scheme
from annotator.language import _
from annotator.store import rows
from annotator.store.deed import Deed, to_json
from annotator.store.frames import MADE
from annotator.store.rows import Image

Value = str | bool | None
"""What an attribute holds: a text, true for a flag, None where it is taken away."""

_Images = Mapping[str, Image]


@dataclass(frozen=True, slots=True)
class Written:
    """How many a deed reached. `passed` were gone, not as they were, or so already."""

    done: int
    passed: int


def accept(deed: Deed, annotation_ids: Iterable[str]) -> Written:
    """Stand behind suggestions, each with those of its parts that are only suggested."""
    ids = _distinct(annotation_ids)
    found = _in_state(_read(deed, ids), AnnotationState.SUGGESTED)
    _accept(deed, {**_suggested_parts(deed, found), **found})
    return Written(len(found), len(ids) - len(found))


def reject(deed: Deed, annotation_ids: Iterable[str]) -> Written:
    """Turn suggestions down, each with those of its parts that no other frame needs.

    A part that something else suggests as well waits for a decision of its own.
    """
    ids = _distinct(annotation_ids)
    found = _in_state(_read(deed, ids), AnnotationState.SUGGESTED)
    parts = _suggested_parts(deed, found, same_origin=True)
    _reject(deed, found)
    needed = _needed(deed.conn, parts)
    _reject(deed, {id_: image for id_, image in parts.items() if id_ not in needed})
    return Written(len(found), len(ids) - len(found))


def remove(deed: Deed, annotation_ids: Iterable[str]) -> Written:
    """Take annotations away with their links; of frames also what was made or suggested for them alone.

    What a rule, a list or a model had suggested stays as rejected, so that it is not suggested again.
    """
    ids = _distinct(annotation_ids)
    standing = _read(deed, ids)
    found = {
        id_: image
        for id_, image in standing.items()
        if image["state"] != AnnotationState.REJECTED or image["origin"] in BY_PEOPLE
    }
    fillers = _filled_from(deed.conn, found)
    _take_away(deed, found)
    idle = _read(deed, fillers)
    needed = _needed(deed.conn, idle)
    _take_away(
        deed,
        {id_: image for id_, image in idle.items() if id_ not in needed and _is_idle(image)},
    )
    return Written(len(found), len(ids) - len(found))


def relabel(deed: Deed, scheme: Scheme, annotation_ids: Iterable[str], label_id: str) -> Written:
    """Give annotations another label; of suggestions that makes decisions.

    Rejected ones are passed over, and those on whose words the label stands already.
    """
    scheme.label(label_id)
    ids = _distinct(annotation_ids)
    found = _alive(_read(deed, ids))
    taken = _shapes_of(deed.conn, found, label_id)
    changes: dict[str, Image] = {}
    for annotation_id, image in found.items():
        shape = _shape(image)
        if image["label_id"] != label_id and shape not in taken:
            taken.add(shape)
            changes[annotation_id] = {"label_id": label_id}
    return _change(deed, changes, found, ids)


def set_attribute(
    deed: Deed, scheme: Scheme, annotation_ids: Iterable[str], name: str, value: Value
) -> Written:
    """Set an attribute of annotations, or take it away with None.

    Those whose label has no such attribute, or not with this value, are passed over. Raises UserError
    when no label takes it.
    """
    taking = {
        label.id
        for label in scheme.labels
        if any(each.name == name and _takes(each, value) for each in label.attributes)
    }
    if not taking:
        raise UserError(
            _("No label has an attribute “{name}” that takes “{value}”.").format(
                name=name, value="" if value is None else value
            )
        )
    ids = _distinct(annotation_ids)
    found = _alive(_read(deed, ids))
    changes: dict[str, Image] = {}
    for annotation_id, image in found.items():
        attributes = orjson.loads(image["attributes"])
        before = attributes.pop(name, None)
        if value:
            attributes[name] = value
        if image["label_id"] in taking and before != (value or None):
            changes[annotation_id] = {"attributes": to_json(attributes)}
    return _change(deed, changes, found, ids)


def set_entity(deed: Deed, annotation_ids: Iterable[str], entity_id: str | None) -> Written:
    """Say whom annotations mean; None says of nobody. Raises Conflict when that entity is gone."""
    if entity_id is not None:
        deed.read("entity", entity_id)
    ids = _distinct(annotation_ids)
    found = _alive(_read(deed, ids))
    changes: dict[str, Image] = {
        id_: {"entity_id": entity_id}
        for id_, image in found.items()
        if image["entity_id"] != entity_id
    }
    return _change(deed, changes, found, ids)


def set_note(deed: Deed, annotation_ids: Iterable[str], note: str) -> Written:
    """Write the same note to annotations; "" takes it away."""
    ids = _distinct(annotation_ids)
    found = _alive(_read(deed, ids))
    changes: dict[str, Image] = {
        id_: {"note": note} for id_, image in found.items() if image["note"] != note
    }
    return _change(deed, changes, found, ids)


def start_work(deed: Deed, article_ids: Iterable[str]) -> None:
    """Move those of these articles that are untouched to "in progress"."""
    standing = rows.read_many(deed.conn, "article", set(article_ids), ("state",))
    started: Image = {"state": str(ArticleState.IN_PROGRESS)}
    todo = [id_ for id_, image in standing.items() if image["state"] == ArticleState.TODO]
    deed.update_many("article", dict.fromkeys(todo, started), standing)


def _change(
    deed: Deed, changes: Mapping[str, Image], found: _Images, ids: Sequence[str]
) -> Written:
    """Change what annotations say; whoever corrects suggestions stands behind them and their parts."""
    written: dict[str, Image] = {}
    corrected: dict[str, Image] = {}
    for annotation_id, change in changes.items():
        image = found[annotation_id]
        written[annotation_id] = dict(change)
        if image["origin"] in BY_PEOPLE:
            continue
        written[annotation_id]["settled"] = "changed"
        if image["state"] == AnnotationState.SUGGESTED:
            written[annotation_id] |= {"state": "accepted", "annotator": deed.annotator}
            corrected[annotation_id] = image
    parts = _suggested_parts(deed, corrected)
    deed.update_many("annotation", written, found)
    _accept(deed, {id_: image for id_, image in parts.items() if id_ not in written})
    start_work(deed, {found[id_]["article_id"] for id_ in written})
    return Written(len(written), len(ids) - len(written))


def _accept(deed: Deed, found: _Images) -> None:
    changes: dict[str, Image] = {
        id_: {
            "state": str(AnnotationState.ACCEPTED),
            "annotator": deed.annotator,
            "settled": image["settled"] or "unchanged",
        }
        for id_, image in found.items()
    }
    deed.update_many("annotation", changes, found)
    start_work(deed, {image["article_id"] for image in found.values()})


def _reject(deed: Deed, found: _Images) -> None:
    rejected: Image = {"state": str(AnnotationState.REJECTED), "annotator": deed.annotator}
    deed.update_many("annotation", dict.fromkeys(found, rejected), found)
    start_work(deed, {image["article_id"] for image in found.values()})


def _take_away(deed: Deed, found: _Images) -> None:
    """Delete what people made, with its links; keep the rest as rejected."""
    made = [id_ for id_, image in found.items() if image["origin"] in BY_PEOPLE]
    rest = {id_: image for id_, image in found.items() if image["origin"] not in BY_PEOPLE}
    deed.delete_many("link", _links_at(deed.conn, made))
    deed.delete_many("annotation", made)
    _reject(deed, rest)
    start_work(deed, {image["article_id"] for image in found.values()})


def _is_idle(image: Image) -> bool:
    """Tell whether an annotation is worth nothing by itself: made or suggested to fill a slot."""
    if image["note"] or image["entity_id"] or image["state"] == AnnotationState.REJECTED:
        return False
    return bool(image["origin"] == MADE or image["origin"] not in BY_PEOPLE)


def _takes(attribute: Attribute, value: Value) -> bool:
    if value is None:
        return True
    if attribute.kind == "flag":
        return isinstance(value, bool)
    return isinstance(value, str) and (attribute.kind == "text" or value in attribute.values)


def _distinct(annotation_ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(annotation_ids))


def _read(deed: Deed, annotation_ids: Iterable[str]) -> dict[str, Image]:
    """Return these annotations as they stand, in the order asked; those that are gone are left out."""
    ids = list(annotation_ids)
    found = rows.read_many(deed.conn, "annotation", ids)
    return {id_: found[id_] for id_ in ids if id_ in found}


def _in_state(found: _Images, state: AnnotationState) -> dict[str, Image]:
    return {id_: image for id_, image in found.items() if image["state"] == state}


def _alive(found: _Images) -> dict[str, Image]:
    """Return those that were not rejected: nobody works on what was turned down."""
    return {id_: image for id_, image in found.items() if image["state"] != "rejected"}


def _shape(image: Image) -> tuple[Any, ...]:
    """Return what makes two annotations of one label the same: article and ranges."""
    return image["article_id"], *((start, end) for start, end, _words in image["fragments"])


def _shapes_of(conn: sqlite3.Connection, found: _Images, label_id: str) -> set[tuple[Any, ...]]:
    """Return the shapes that a label has where these annotations begin."""
    twins = conn.execute(
        """
        select twin.id
        from annotation cross join annotation as twin
            on twin.article_id = annotation.article_id and twin.start = annotation.start
        where annotation.id in (select value from json_each(?))
        and twin."end" = annotation."end" and twin.label_id = ? and twin.state <> 'rejected'
        """,
        [to_json(list(found)), label_id],
    )
    ids = {id_ for (id_,) in twins}
    return {_shape(image) for image in rows.read_many(conn, "annotation", ids).values()}


def _suggested_parts(deed: Deed, found: _Images, *, same_origin: bool = False) -> dict[str, Image]:
    """Return what these annotations have links to and nobody stands behind yet."""
    parts = deed.conn.execute(
        """
        select distinct annotation.id
        from link join annotation on annotation.id = to_id
        join annotation as frame on frame.id = from_id
        where from_id in (select value from json_each(?)) and annotation.state = 'suggested'
        and (not ? or annotation.origin = frame.origin)
        """,
        [to_json(list(found)), same_origin],
    )
    return rows.read_many(deed.conn, "annotation", [id_ for (id_,) in parts if id_ not in found])


def _filled_from(conn: sqlite3.Connection, found: _Images) -> list[str]:
    """Return what these annotations have links to, themselves left out."""
    ends = conn.execute(
        "select distinct to_id from link where from_id in (select value from json_each(?))",
        [to_json(list(found))],
    )
    return [id_ for (id_,) in ends if id_ not in found]


def _needed(conn: sqlite3.Connection, found: _Images) -> set[str]:
    """Return those that fill a slot of a frame that was not rejected, or lead to another."""
    needed = conn.execute(
        """
        select to_id from link join annotation on annotation.id = from_id
        where to_id in (select value from json_each(?1)) and state <> 'rejected'
        union
        select from_id from link where from_id in (select value from json_each(?1))
        """,
        [to_json(list(found))],
    )
    return {id_ for (id_,) in needed}


def _links_at(conn: sqlite3.Connection, annotation_ids: Sequence[str]) -> list[str]:
    found = conn.execute(
        """
        select id from link where from_id in (select value from json_each(?1))
        union select id from link where to_id in (select value from json_each(?1))
        """,
        [to_json(annotation_ids)],
    )
    return [link_id for (link_id,) in found]
