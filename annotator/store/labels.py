"""The scheme as rows: labels and link types, read whole, changed one label at a time."""

import sqlite3
from collections.abc import Sequence

import orjson

from annotator.core.ids import new_id
from annotator.core.scheme import Label, LinkType, Scheme, label_from_dict, label_to_dict
from annotator.language import _
from annotator.store.deed import Deed, now, to_json
from annotator.store.rows import Image


def read_scheme(conn: sqlite3.Connection) -> Scheme:
    """Return the scheme; labels and link types in the order the palette shows them."""
    labels = conn.execute(
        """
        select id, name, key, colour, description, "group", attributes, slots, retired
        from label order by position, id
        """
    )
    links = conn.execute(
        "select name, from_labels, to_labels, description from link_type order by position"
    )
    names = dict(
        conn.execute("select name, value from project where name like 'scheme %'").fetchall()
    )
    return Scheme(
        name=names.get("scheme name", ""),
        description=names.get("scheme description", ""),
        labels=tuple(_label(row) for row in labels),
        links=tuple(
            LinkType(name, tuple(orjson.loads(from_)), tuple(orjson.loads(to)), description)
            for name, from_, to, description in links
        ),
    )


def write_scheme(conn: sqlite3.Connection, scheme: Scheme) -> None:
    """Lay a whole scheme into a new project, before there is a history."""
    for position, label in enumerate(scheme.labels):
        image = {**_image(label), "position": position}
        columns = ", ".join(f'"{column}"' for column in image)
        marks = ", ".join("?" * len(image))
        conn.execute(f"insert into label ({columns}) values ({marks})", list(image.values()))
    conn.executemany(
        "insert into link_type (name, from_labels, to_labels, description, position) values (?, ?, ?, ?, ?)",
        [
            (
                link.name,
                to_json(link.from_labels),
                to_json(link.to_labels),
                link.description,
                position,
            )
            for position, link in enumerate(scheme.links)
        ],
    )
    conn.executemany(
        "insert into project (name, value) values (?, ?)",
        [("scheme name", scheme.name), ("scheme description", scheme.description)],
    )
    _write_precedents(conn, scheme)


def _write_precedents(conn: sqlite3.Connection, scheme: Scheme) -> None:
    """Keep what the guideline of a scheme file decides; its entities are not there yet."""
    at = now()
    for each in scheme.precedents:
        # Who writes a file by hand writes the label's name.
        label = scheme.by_name(each.label) if each.label else None
        annotator = each.annotator or _("guideline")
        conn.execute(
            "insert or ignore into annotator (name, created) values (?, ?)", [annotator, at]
        )
        conn.execute(
            """
            insert or ignore into precedent (id, words, label_id, reason, annotator, created)
            values (?, ?, ?, ?, ?, ?)
            """,
            [
                each.id or new_id(),
                each.words,
                label.id if label else None,
                each.reason,
                annotator,
                each.created or at,
            ],
        )


def add(deed: Deed, label: Label) -> None:
    """Put a new label behind the others."""
    (last,) = deed.conn.execute("select coalesce(max(position), -1) from label").fetchone()
    deed.insert("label", {**_image(label), "position": last + 1})


def update(deed: Deed, label: Label) -> None:
    """Give the label of this id its new name, key, colour and so on; its annotations stay."""
    image = _image(label)
    del image["id"]
    deed.update("label", label.id, image)


def reorder(deed: Deed, ids: Sequence[str]) -> None:
    """Put the labels in this order."""
    for position, label_id in enumerate(ids):
        deed.update("label", label_id, {"position": position})


def add_link_type(deed: Deed, link: LinkType) -> None:
    """Put a new link type behind the others."""
    (last,) = deed.conn.execute("select coalesce(max(position), -1) from link_type").fetchone()
    deed.insert(
        "link_type",
        {
            "name": link.name,
            "from_labels": to_json(link.from_labels),
            "to_labels": to_json(link.to_labels),
            "description": link.description,
            "position": last + 1,
        },
    )


def replace_scheme(deed: Deed, old: Scheme, new: Scheme) -> None:
    """Give a project in which nothing is labelled yet another scheme."""
    for label in old.labels:
        deed.delete("label", label.id)
    for link in old.links:
        deed.delete("link_type", link.name)
    for label in new.labels:
        add(deed, label)
    for link in new.links:
        add_link_type(deed, link)
    deed.update("project", "scheme name", {"value": new.name})
    deed.update("project", "scheme description", {"value": new.description})


def _image(label: Label) -> Image:
    row = label_to_dict(label)
    return {
        **row,
        "attributes": to_json(row["attributes"]),
        "slots": to_json(row["slots"]),
        "retired": int(label.retired),
    }


def _label(row: Sequence[str]) -> Label:
    names = ("id", "name", "key", "colour", "description", "group")
    *plain, attributes, slots, retired = row
    return label_from_dict(
        {
            **dict(zip(names, plain, strict=True)),
            "attributes": orjson.loads(attributes),
            "slots": orjson.loads(slots),
            "retired": bool(retired),
        }
    )
