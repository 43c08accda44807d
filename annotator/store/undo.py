"""Undo and redo: the images of the log are written back, in reverse or in order, or not at all."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from typing import Any, NamedTuple

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
}
"""All that an article consists of, in an order in which it can be put back."""


_BATCH = 500
"""Rows or bulk articles in one round of statements: the search index works once for all of them."""


class _Recorded(NamedTuple):
    n: int
    table: str
    row_id: str
    before: Any
    after: Any

    @property
    def kind(self) -> tuple[str, ...]:
        """Tell what can be undone or redone together with it.

        An article that came in bulk is taken or put whole; else rows of one table that came, that went
        or of which the same columns changed.
        """
        if self.before is None and self.after is None:
            return ("take",)
        if self.before is None and self.table == "article" and "annotation" in self.after:
            return ("put",)
        if self.before is None or self.after is None:
            is_new = self.before is None
            return ("came" if is_new else "went", self.table, *(self.after or self.before))
        return ("changed", self.table, *self.after)


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
    for kind, recorded in groupby(_recorded(conn, seq, order), key=lambda each: each.kind):
        for batch in _batches(recorded):
            if kind[0] == "take":
                _take_articles(conn, seq, batch, touched)
            elif kind[0] == "put":
                _put_articles(conn, seq, batch, touched)
            else:
                _replace_all(conn, batch, touched, is_undo=state == "undone")
    conn.execute("update op set state = ? where seq = ?", [state, seq])
    return name, touched.changes()


def _replace_all(
    conn: sqlite3.Connection, batch: Sequence[_Recorded], touched: Touched, *, is_undo: bool
) -> None:
    """Turn rows of one kind from one image into the other; what came twice is done in its order."""
    together: dict[str, tuple[Image | None, Image | None]] = {}
    for each in batch:
        if each.row_id in together:
            _replace(conn, each.table, together, touched)
            together = {}
        together[each.row_id] = (each.after, each.before) if is_undo else (each.before, each.after)
    _replace(conn, batch[0].table, together, touched)


def _replace(
    conn: sqlite3.Connection,
    table: str,
    images: Mapping[str, tuple[Image | None, Image | None]],
    touched: Touched,
) -> None:
    """Turn rows from one image into the other, if they still are as the first one says."""
    old, new = next(iter(images.values()))
    columns = new.keys() if old is not None and new is not None else ()
    standing = rows.read_many(conn, table, images, columns)
    for row_id, (before, _after) in images.items():
        _refuse_if_changed(standing.get(row_id), before)
    news = {row_id: new for row_id, (_old, new) in images.items() if new is not None}
    if new is None:
        for current in standing.values():
            touched.row(table, current, came_or_went=True)
        rows.delete_many(conn, table, images)
    elif old is None:
        rows.insert_images(conn, table, list(news.values()))
        for image in news.values():
            touched.row(table, image, came_or_went=True)
    else:
        rows.update_many(conn, table, news)
        for row_id, current in standing.items():
            touched.row(table, {**current, **news[row_id]}, came_or_went=False)


def _refuse_if_changed(current: Image | None, old: Image | None) -> None:
    is_so = current is old if current is None or old is None else old.items() <= current.items()
    if not is_so:
        raise Conflict(
            _(
                "This cannot be undone or redone: what it changed was changed since, outside the history."
            )
        )


def _take_articles(
    conn: sqlite3.Connection, seq: int, batch: Sequence[_Recorded], touched: Touched
) -> None:
    """Undo bulk articles: keep all rows of each as one image in the log, then delete them."""
    images = [(_image_of_article(conn, each.row_id, touched), seq, each.n) for each in batch]
    conn.executemany("update row_change set after = ? where op_seq = ? and n = ?", images)
    ids = to_json([each.row_id for each in batch])
    conn.execute("delete from article where id in (select value from json_each(?))", [ids])


def _image_of_article(conn: sqlite3.Connection, article_id: str, touched: Touched) -> str | None:
    article = rows.read(conn, "article", article_id)
    if article is None:
        raise Conflict(_("This cannot be undone: an article it brought in is no longer there."))
    touched.row("article", article, came_or_went=True)
    image = {}
    for table, condition in _ROWS_OF_ARTICLE.items():
        cursor = conn.execute(f'select * from "{table}" where {condition}', [article_id])
        columns = [description[0] for description in cursor.description]
        image[table] = {"columns": columns, "rows": cursor.fetchall()}
    return to_json(image)


def _put_articles(
    conn: sqlite3.Connection, seq: int, batch: Sequence[_Recorded], touched: Touched
) -> None:
    """Redo bulk articles from the images their undo left; the rows speak for themselves again."""
    for table in _ROWS_OF_ARTICLE:
        parts = [each.after[table] for each in batch]
        values = chain.from_iterable(row for part in parts for row in part["rows"])
        rows.insert_many(conn, table, parts[0]["columns"], list(values))
    for each in batch:
        article = each.after["article"]
        image = dict(zip(article["columns"], article["rows"][0], strict=True))
        touched.row("article", image, came_or_went=True)
    conn.executemany(
        "update row_change set after = null where op_seq = ? and n = ?",
        [(seq, each.n) for each in batch],
    )


def _recorded(conn: sqlite3.Connection, seq: int, order: str) -> Iterator[_Recorded]:
    """Yield what the log says of an op, first or last row first."""
    changes = conn.execute(
        f'select n, "table", row_id, before, after from row_change where op_seq = ? order by n {order}',
        [seq],
    ).fetchall()
    for n, table, row_id, before, after in changes:
        yield _Recorded(n, table, row_id, _parse(before), _parse(after))


def _batches(recorded: Iterable[_Recorded]) -> Iterator[list[_Recorded]]:
    recorded = iter(recorded)
    while batch := list(islice(recorded, _BATCH)):
        yield batch


def _parse(text: str | None) -> Any:
    return None if text is None else orjson.loads(text)
