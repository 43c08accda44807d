"""Undo and redo: the images of the log are written back, in reverse or in order, or not at all."""

import sqlite3
from typing import Any

import orjson

from annotator.core.errors import Conflict
from annotator.core.model import Changes
from annotator.language import _
from annotator.store import rows
from annotator.store.deed import Touched, to_json
from annotator.store.rows import Image


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
        elif old is None and table == "article" and "annotations" in new:
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
    annotations = list(rows.read_where(conn, "annotation", "article_id", article_id))
    links = [
        link
        for annotation in annotations
        for link in rows.read_where(conn, "link", "from_id", annotation["id"])
    ]
    seconds = conn.execute(
        "select annotator, seconds from seconds where article_id = ?", [article_id]
    ).fetchall()
    image = {"article": article, "annotations": annotations, "links": links, "seconds": seconds}
    touched.row("article", article, came_or_went=True)
    conn.execute(
        "update row_change set after = ? where op_seq = ? and n = ?", [to_json(image), seq, n]
    )
    conn.execute("delete from article where id = ?", [article_id])


def _put_article(
    conn: sqlite3.Connection, seq: int, n: int, image: Image, touched: Touched
) -> None:
    """Redo a bulk article from the image its undo left; the rows speak for themselves again."""
    rows.insert(conn, "article", image["article"])
    for table in ("annotation", "link"):
        for row in image[f"{table}s"]:
            rows.insert(conn, table, row)
    conn.executemany(
        "insert into seconds (article_id, annotator, seconds) values (?, ?, ?)",
        [(image["article"]["id"], *values) for values in image["seconds"]],
    )
    touched.row("article", image["article"], came_or_went=True)
    conn.execute("update row_change set after = null where op_seq = ? and n = ?", [seq, n])


def _parse(text: str | None) -> Any:
    return None if text is None else orjson.loads(text)
