"""What the history says of the work: when deeds were done, what they decided and finished."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from annotator.core.statistics import Moment
from annotator.store.project import Project


def moments(project: Project, annotator: str = "", label: str = "") -> Iterator[Moment]:
    """Yield the deeds in the order they were done in, with the annotations and articles they decided.

    An annotation is decided when it is made by hand or a suggestion is accepted, an article when it
    becomes done and has not been opened again since. Imports decide nothing; what was undone took its
    time, and decided nothing. With a `label` only its annotations are counted.
    """
    made = _annotations(project, label)
    finished = _finished(project)
    for seq, at, who, state in project.conn.execute(
        """
        select seq, cast(strftime('%s', at) as integer), annotator, state from op
        where ? in ('', annotator) order by seq
        """,
        [annotator],
    ):
        if at is None:
            continue
        is_done = state == "done"
        yield Moment(
            at, who, made.get(seq, 0) if is_done else 0, finished.get(seq, 0) if is_done else 0
        )


def worked_on(
    project: Project, first: date, behind: date, annotator: str = "", *, finished: bool = False
) -> list[str]:
    """Return the articles that somebody annotated, or finished, on these days here, half-open."""
    articles = """
        select distinct row_id from op cross join row_change on op_seq = seq
        where op.state = 'done' and at >= ? and at < ? and ? in ('', annotator)
        and "table" = 'article' and before is not null
        and json_extract(after, '$.state') = 'done'
    """
    annotated = """
        select distinct op.article_id from op cross join row_change on op_seq = seq
        where op.state = 'done' and at >= ? and at < ? and ? in ('', annotator)
        and op.article_id is not null and "table" = 'annotation'
        union
        select annotation.article_id from op
        cross join row_change on op_seq = seq
        cross join annotation on annotation.id = row_id
        where op.state = 'done' and at >= ? and at < ? and ? in ('', op.annotator)
        and op.article_id is null and "table" = 'annotation'
    """
    values = [utc(first), utc(behind), annotator]
    rows = project.conn.execute(
        articles if finished else annotated, values if finished else values * 2
    )
    return [article_id for (article_id,) in rows]


def utc(day: date) -> str:
    """Return when a day begins here, in UTC as the tables have it."""
    begins = datetime.combine(day, time()).astimezone()
    return (begins - (begins.utcoffset() or timedelta())).replace(tzinfo=None).isoformat(
        timespec="milliseconds"
    ) + "Z"


def _annotations(project: Project, label: str) -> dict[int, int]:
    """Return how many annotations each op made or accepted."""
    of_label = "and row_id in (select id from annotation where label_id = ?)" if label else ""
    return dict(
        project.conn.execute(
            f"""
            select op_seq, count(*) from row_change
            where "table" = 'annotation' and after is not null
            and json_extract(after, '$.state') = 'accepted' {of_label}
            group by op_seq
            """,
            [label] if label else [],
        ).fetchall()
    )


def _finished(project: Project) -> dict[int, int]:
    """Return how many articles each op finished that nobody has opened again since."""
    last: dict[str, int] = {}
    for seq, article_id, state in project.conn.execute(
        """
        select op_seq, row_id, json_extract(after, '$.state') from row_change
        join op on seq = op_seq
        where "table" = 'article' and before is not null and after is not null
        and op.state = 'done' and json_extract(after, '$.state') is not null
        order by op_seq, n
        """
    ):
        if state == "done":
            last[article_id] = seq
        else:
            last.pop(article_id, None)
    found: dict[int, int] = {}
    for seq in last.values():
        found[seq] = found.get(seq, 0) + 1
    return found
