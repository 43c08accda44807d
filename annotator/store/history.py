"""The history as a person reads it: who did what and when."""

from dataclasses import dataclass
from typing import Literal

from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Op:
    """One deed of the history. `seq` counts deeds; `changes` is how many rows it wrote."""

    id: str
    seq: int
    article: str | None
    name: str
    annotator: str
    at: str
    state: Literal["done", "undone", "superseded"]
    changes: int


def ops(project: Project, *, limit: int = 200, before: int | None = None) -> list[Op]:
    """Return deeds, newest first; `before` a `seq` gives the page behind it."""
    return [
        Op(*values)
        for values in project.conn.execute(
            """
            select id, seq, article_id, name, annotator, at, state,
                (select count(*) from row_change where op_seq = seq)
            from op where seq < ? order by seq desc limit ?
            """,
            [before or 2**62, limit],
        )
    ]
