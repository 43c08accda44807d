"""Rows as the history knows them: plain images that can be read, written, compared and put back.

An image is a mapping of column to SQL value. An annotation's image also holds its fragments, as
"fragments": [[start, end, surface], …], so that one image is the whole annotation.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import orjson

Image = dict[str, Any]

_ROWS = 400
"""Rows in one statement: with 15 columns well below the 32,766 values that SQLite takes at once."""

_FRAGMENT = ("annotation_id", "n", "start", "end", "surface")

KEYS = {
    "project": "name",
    "annotator": "name",
    "label": "id",
    "link_type": "name",
    "article": "id",
    "entity": "id",
    "annotation": "id",
    "link": "id",
    "precedent": "id",
    "word_list": "id",
    "word_list_entry": "id",
}
"""The tables that the history records, and the column by which it finds a row in each."""


def read(conn: sqlite3.Connection, table: str, row_id: str) -> Image | None:
    """Return the row as it stands, None when there is none."""
    return next(read_where(conn, table, KEYS[table], row_id), None)


def read_where(conn: sqlite3.Connection, table: str, column: str, value: Any) -> Iterator[Image]:
    """Yield the images of the rows whose column has this value."""
    cursor = conn.execute(f'select * from "{table}" where "{column}" = ?', [value])
    columns = [description[0] for description in cursor.description]
    for values in cursor.fetchall():
        image = dict(zip(columns, values, strict=True))
        if table == "annotation":
            image["fragments"] = fragments(conn, image["id"])
        yield image


def read_many(
    conn: sqlite3.Connection, table: str, row_ids: Iterable[str], columns: Collection[str] = ()
) -> dict[str, Image]:
    """Return the rows of these ids as they stand, by id; those that are gone are left out.

    With `columns` an image of an article has these and its id alone: its text is long.
    """
    wanted = _json(row_ids)
    key = KEYS[table]
    needed = ", ".join(f'"{name}"' for name in dict.fromkeys((key, *columns)))
    chosen = needed if columns and table == "article" else "*"
    cursor = conn.execute(
        f'select {chosen} from "{table}" where "{key}" in (select value from json_each(?))',
        [wanted],
    )
    names = [description[0] for description in cursor.description]
    images = [dict(zip(names, values, strict=True)) for values in cursor]
    found = {image[key]: image for image in images}
    if table == "annotation":
        for image in images:
            image["fragments"] = []
        for annotation_id, start, end, surface in conn.execute(
            """
            select annotation_id, start, "end", surface from fragment
            where annotation_id in (select value from json_each(?)) order by annotation_id, n
            """,
            [wanted],
        ):
            found[annotation_id]["fragments"].append([start, end, surface])
    return found


def fragments(conn: sqlite3.Connection, annotation_id: str) -> list[list[Any]]:
    """Return [start, end, surface] of each fragment, in text order."""
    return [
        list(values)
        for values in conn.execute(
            'select start, "end", surface from fragment where annotation_id = ? order by n',
            [annotation_id],
        )
    ]


def insert(conn: sqlite3.Connection, table: str, image: Image) -> None:
    """Write a row; IntegrityError when it stands already."""
    columns = [column for column in image if column != "fragments"]
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    conn.execute(
        f'insert into "{table}" ({names}) values ({marks})', [image[column] for column in columns]
    )
    if "fragments" in image:
        _write_fragments(conn, image["id"], image["fragments"])


def insert_many(
    conn: sqlite3.Connection, table: str, columns: Sequence[str], values: Sequence[Any]
) -> None:
    """Insert rows whose values follow one another in one flat list.

    Many rows a statement take half the time of `executemany`: the search index and the foreign keys
    have work to do at the end of every statement.
    """
    width = len(columns)
    names = ", ".join(f'"{column}"' for column in columns)
    marks = f"({', '.join('?' * width)})"
    for at in range(0, len(values), _ROWS * width):
        part = values[at : at + _ROWS * width]
        groups = ", ".join([marks] * (len(part) // width))
        conn.execute(f'insert into "{table}" ({names}) values {groups}', part)


def insert_images(conn: sqlite3.Connection, table: str, images: Sequence[Image]) -> None:
    """Write rows that all have the same columns; IntegrityError when one stands already."""
    columns = [column for column in images[0] if column != "fragments"]
    insert_many(conn, table, columns, [image[column] for image in images for column in columns])
    if "fragments" in images[0]:
        _insert_fragments(conn, ((image["id"], image["fragments"]) for image in images))


def update_many(conn: sqlite3.Connection, table: str, changes: Mapping[str, Image]) -> None:
    """Set the same columns of several rows that stand, to values of their own."""
    first = next(iter(changes.values()))
    columns = [column for column in first if column != "fragments"]
    assignments = ", ".join(f'"{column}" = ?' for column in columns)
    if columns and all(image == first for image in changes.values()):
        conn.execute(
            f'update "{table}" set {assignments} where "{KEYS[table]}" in (select value from json_each(?))',
            [*(first[column] for column in columns), _json(changes)],
        )
    elif columns:
        conn.executemany(
            f'update "{table}" set {assignments} where "{KEYS[table]}" = ?',
            [(*(image[column] for column in columns), row_id) for row_id, image in changes.items()],
        )
    if "fragments" in first:
        conn.execute(
            "delete from fragment where annotation_id in (select value from json_each(?))",
            [_json(changes)],
        )
        _insert_fragments(conn, ((id_, image["fragments"]) for id_, image in changes.items()))


def delete_many(conn: sqlite3.Connection, table: str, row_ids: Iterable[str]) -> None:
    """Take rows away; the fragments of annotations go with them."""
    conn.execute(
        f'delete from "{table}" where "{KEYS[table]}" in (select value from json_each(?))',
        [_json(row_ids)],
    )


def update(conn: sqlite3.Connection, table: str, row_id: str, changes: Image) -> None:
    """Set columns of a row that stands."""
    columns = [column for column in changes if column != "fragments"]
    if columns:
        assignments = ", ".join(f'"{column}" = ?' for column in columns)
        conn.execute(
            f'update "{table}" set {assignments} where "{KEYS[table]}" = ?',
            [*(changes[column] for column in columns), row_id],
        )
    if "fragments" in changes:
        conn.execute("delete from fragment where annotation_id = ?", [row_id])
        _write_fragments(conn, row_id, changes["fragments"])


def delete(conn: sqlite3.Connection, table: str, row_id: str) -> None:
    """Take a row away; the fragments of an annotation go with it."""
    conn.execute(f'delete from "{table}" where "{KEYS[table]}" = ?', [row_id])


def _write_fragments(conn: sqlite3.Connection, annotation_id: str, values: Iterable[Any]) -> None:
    conn.executemany(
        'insert into fragment (annotation_id, n, start, "end", surface) values (?, ?, ?, ?, ?)',
        [(annotation_id, n, start, end, surface) for n, (start, end, surface) in enumerate(values)],
    )


def _insert_fragments(
    conn: sqlite3.Connection, of_annotations: Iterable[tuple[str, Sequence[Any]]]
) -> None:
    values = [
        (annotation_id, n, *fragment)
        for annotation_id, fragments in of_annotations
        for n, fragment in enumerate(fragments)
    ]
    insert_many(conn, "fragment", _FRAGMENT, list(chain.from_iterable(values)))


def _json(row_ids: Iterable[str]) -> str:
    return orjson.dumps(list(row_ids)).decode()
