"""A deed: what one gesture writes. It keeps the image of every row before and after it."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from annotator.core.errors import Conflict
from annotator.core.ids import new_id
from annotator.core.model import Changes
from annotator.language import _
from annotator.store import rows
from annotator.store.rows import Image

Change = tuple[str, str, Image | None, Image | None]
"""Table, row id, image before, image after. Both None: a whole article that came in bulk."""


class Touched:
    """Gathers which parts of a project a deed, an undo or a redo reached."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self.articles: set[str] = set()
        self.annotations: set[str] = set()
        self.scheme = self.entities = self.corpus = self.precedents = False
        self.word_lists = False

    def row(self, table: str, image: Image, *, came_or_went: bool) -> None:
        """Count a row by its full image, read while the rows it refers to still stand."""
        if table == "annotation":
            self.annotations.add(image["id"])
            self.articles.add(image["article_id"])
        elif table == "link":
            self.annotations.update((image["from_id"], image["to_id"]))
            self.articles.update(
                article
                for (article,) in self._conn.execute(
                    "select article_id from annotation where id in (?, ?)",
                    [image["from_id"], image["to_id"]],
                )
            )
        elif table == "article":
            self.articles.add(image["id"])
            self.corpus = self.corpus or came_or_went
        elif table in ("label", "link_type"):
            self.scheme = True
        elif table == "entity":
            self.entities = True
        elif table == "precedent":
            self.precedents = True
        elif table in ("word_list", "word_list_entry"):
            self.word_lists = True

    def changes(self) -> Changes:
        """Return what was gathered."""
        return Changes(
            articles=frozenset(self.articles),
            annotations=frozenset(self.annotations),
            scheme=self.scheme,
            entities=self.entities,
            corpus=self.corpus,
            precedents=self.precedents,
            word_lists=self.word_lists,
        )


class Deed:
    """One transaction in the making. `name` is what the undo menu will say; it may still be set.

    Deeds are written by the functions of this package (`annotations.add`, `labels.update` …), and
    widgets call those: nobody else inserts or updates rows.
    """

    def __init__(self, conn: sqlite3.Connection, name: str, annotator: str) -> None:
        self.conn = conn
        self.name = name
        self.annotator = annotator
        self.at = now()
        self.touched = Touched(conn)
        self._changes: list[Change] = []
        self.name_annotator(annotator)

    def name_annotator(self, name: str) -> None:
        """See that an annotator is known by name."""
        self.conn.execute(
            "insert or ignore into annotator (name, created) values (?, ?)", [name, self.at]
        )

    def insert(self, table: str, image: Image) -> None:
        """Write a new row. Columns left out take their defaults, and the image keeps those."""
        rows.insert(self.conn, table, image)
        written = self.read(table, image[rows.KEYS[table]])
        self.touched.row(table, written, came_or_went=True)
        self._changes.append((table, image[rows.KEYS[table]], None, written))

    def update(self, table: str, row_id: str, changes: Image) -> bool:
        """Set columns of a row; False when they held these values already, and nothing is written."""
        current = self.read(table, row_id)
        after = {column: value for column, value in changes.items() if current[column] != value}
        if not after:
            return False
        if table == "annotation":
            after["updated"] = self.at
        rows.update(self.conn, table, row_id, after)
        self.touched.row(table, current, came_or_went=False)
        self._changes.append((table, row_id, {column: current[column] for column in after}, after))
        return True

    def delete(self, table: str, row_id: str) -> None:
        """Take a row away; rows that refer to it must have gone before."""
        current = self.read(table, row_id)
        self.touched.row(table, current, came_or_went=True)
        rows.delete(self.conn, table, row_id)
        self._changes.append((table, row_id, current, None))

    def insert_many(self, table: str, images: Sequence[Image]) -> None:
        """Write new rows, many a statement. Their images have every column, all in the same order."""
        if images:
            rows.insert_images(self.conn, table, images)
        for image in images:
            self.touched.row(table, image, came_or_went=True)
            self._changes.append((table, image[rows.KEYS[table]], None, image))

    def update_many(
        self,
        table: str,
        changes: Mapping[str, Image],
        standing: Mapping[str, Image] | None = None,
    ) -> int:
        """Set columns of rows as `update` does, and return how many were not so before.

        Rows that are gone are left out. `standing` has the rows if they were just read.
        """
        alike: dict[tuple[str, ...], dict[str, Image]] = {}
        columns = dict.fromkeys(column for change in changes.values() for column in change)
        if standing is None:
            standing = rows.read_many(self.conn, table, changes, columns)
        for row_id, new in changes.items():
            current = standing.get(row_id)
            if current is None:
                continue
            after = {column: value for column, value in new.items() if current[column] != value}
            if not after:
                continue
            if table == "annotation":
                after["updated"] = self.at
            self.touched.row(table, current, came_or_went=False)
            before = {column: current[column] for column in after}
            self._changes.append((table, row_id, before, after))
            alike.setdefault(tuple(after), {})[row_id] = after
        for group in alike.values():
            rows.update_many(self.conn, table, group)
        return sum(map(len, alike.values()))

    def delete_many(self, table: str, row_ids: Iterable[str]) -> int:
        """Take rows away, those of them that stand, and return how many did."""
        found = rows.read_many(self.conn, table, row_ids)
        for row_id, current in found.items():
            self.touched.row(table, current, came_or_went=True)
            self._changes.append((table, row_id, current, None))
        rows.delete_many(self.conn, table, found)
        return len(found)

    def read(self, table: str, row_id: str) -> Image:
        """Return the row as it stands. Raises Conflict when another window took it away."""
        image = rows.read(self.conn, table, row_id)
        if image is None:
            raise Conflict(
                _(
                    "This was removed in the meantime, by another window or an undo; nothing was changed."
                )
            )
        return image

    def record_article(self, article_id: str) -> None:
        """Note an article that was written in bulk with all its rows; undoing takes its image then."""
        self.touched.articles.add(article_id)
        self.touched.corpus = True
        self._changes.append(("article", article_id, None, None))

    def close(self) -> bool:
        """Write the op and its images; False when the deed changed nothing and leaves no trace.

        An op belongs to the article it touches, if that is one alone.
        """
        if not self._changes:
            return False
        articles = self.touched.articles
        article_id = next(iter(articles)) if len(articles) == 1 else None
        self.conn.execute("update op set state = 'superseded' where state = 'undone'")
        cursor = self.conn.execute(
            "insert into op (id, article_id, name, annotator, at) values (?, ?, ?, ?, ?)",
            [new_id(), article_id, self.name, self.annotator, self.at],
        )
        self.conn.executemany(
            'insert into row_change (op_seq, n, "table", row_id, before, after) values (?, ?, ?, ?, ?, ?)',
            [
                (cursor.lastrowid, n, table, row_id, to_json(before), to_json(after))
                for n, (table, row_id, before, after) in enumerate(self._changes)
            ],
        )
        return True


def now() -> str:
    """Return this moment in UTC, ISO 8601 with milliseconds and a Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def to_json(value: Any) -> str | None:
    """Return a value as JSON text; None stays None, SQL's null."""
    return None if value is None else orjson.dumps(value).decode()
