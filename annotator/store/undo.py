"""Undo and redo: the images of the log are written back, in reverse or in order, or not at all."""

import sqlite3
from itertools import chain
from typing import Any

import orjson

from annotator.core.errors import Conflict
from annotator.core.model import Changes
from annotator.language import _
from annotator.store import rows
from annotator.store.deed import Touched, to_json
from annotator.store.rows import Image

_ANNOTATIONS = "select id from annotation where article_id = ?"

_ROWS_OF_ARTICLE = {
    "article": "id = ?",
    "annotation": "article_id = ?",
    "fragment": f"annotation_id in ({_ANNOTATIONS})",
    "link": f"from_id in ({_ANNOTATIONS})",
    "seconds": "article_id = ?",
}
"""All that an article consists of, in an order in which it can be put back."""


def step_back(conn: sqlite3.Connection) -> tuple[str, Changes] | None:
    """Undo the newest deed that stands: its name and what changed, None when there is none.

    Raises Conflict when a row is not as the log left it; then nothing is written.
    """
    return _step(
        conn, "select seq, name from op where state = 'done' order by seq desc limit 1", "undone"
    )


def step_forward(conn: sqlite3.Connection) -> tuple[str, Changes] | None:
    """Redo the oldest undone deed: its name and what changed, None when there is none.

    Raises Conflict when a row is not as the undo left it; then nothing is written.
    """
    return _step(
        conn, "select seq, name from op where state = 'undone' order by seq limit 1", "done"
    )


def _step(conn: sqlite3.Connection, newest: str, state: str) -> tuple[str, Changes] | None:
    op = conn.execute(newest).fetchone()
    if op is None:
        return None
    seq, name = op
    touched = Touched(conn)
    order = "desc" if state == "undone" else "asc"
    changes = conn.execute(
        f'select n, "table", row_id, before, after from row_change where op_seq = ? order by n {order}',
        [seq],
    ).fetchall()
    for n, table, row_id, before, after in changes:
        old, new = _parse(before), _parse(after)
        if old is None and new is None:
            _take_article(conn, seq, n, row_id, touched)
        elif old is None and table == "article" and "annotation" in new:
            _put_article(conn, seq, n, new, touched)
        elif state == "undone":
            _replace(conn, table, row_id, new, old, touched)
        else:
            _replace(conn, table, row_id, old, new, touched)
    conn.execute("update op set state = ? where seq = ?", [state, seq])
    return name, touched.changes()


def _replace(
    conn: sqlite3.Connection,
    table: str,
    row_id: str,
    old: Image | None,
    new: Image | None,
    touched: Touched,
) -> None:
    """Turn a row from one image into the other, if it still is as the first one says."""
    current = rows.read(conn, table, row_id)
    if (current is None) != (old is None) or (
        current is not None and old is not None and any(current[name] != old[name] for name in old)
    ):
        raise Conflict(
            _(
                "This cannot be undone or redone: what it changed was changed since, outside the history."
            )
        )
    full = {**(current or {}), **(new or {})}
    if new is None:
        touched.row(table, full, came_or_went=True)
        rows.delete(conn, table, row_id)
    elif old is None:
        rows.insert(conn, table, new)
        touched.row(table, full, came_or_went=True)
    else:
        rows.update(conn, table, row_id, new)
        touched.row(table, full, came_or_went=False)


def _take_article(
    conn: sqlite3.Connection, seq: int, n: int, article_id: str, touched: Touched
) -> None:
    """Undo a bulk article: keep all its rows as one image in the log, then delete them."""
    article = rows.read(conn, "article", article_id)
    if article is None:
        raise Conflict(_("This cannot be undone: an article it brought in is no longer there."))
    image = {}
    for table, condition in _ROWS_OF_ARTICLE.items():
        cursor = conn.execute(f'select * from "{table}" where {condition}', [article_id])
        columns = [description[0] for description in cursor.description]
        image[table] = {"columns": columns, "rows": cursor.fetchall()}
    touched.row("article", article, came_or_went=True)
    conn.execute(
        "update row_change set after = ? where op_seq = ? and n = ?", [to_json(image), seq, n]
    )
    conn.execute("delete from article where id = ?", [article_id])


def _put_article(
    conn: sqlite3.Connection, seq: int, n: int, image: Image, touched: Touched
) -> None:
    """Redo a bulk article from the image its undo left; the rows speak for themselves again."""
    for table in _ROWS_OF_ARTICLE:
        part = image[table]
        rows.insert_many(conn, table, part["columns"], list(chain.from_iterable(part["rows"])))
    article = image["article"]
    touched.row(
        "article", dict(zip(article["columns"], article["rows"][0], strict=True)), came_or_went=True
    )
    conn.execute("update row_change set after = null where op_seq = ? and n = ?", [seq, n])


def _parse(text: str | None) -> Any:
    return None if text is None else orjson.loads(text)
