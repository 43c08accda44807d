"""What a project holds, in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of a whole project; every state is present, labels by name in the scheme's order.

    `annotations` counts all of them, suggested and rejected ones too; `by_annotator` counts annotations
    and `seconds` the time spent, both by annotator. `characters` are code points, `size` is in bytes.
    """

    articles: int
    characters: int
    annotations: int
    links: int
    entities: int
    annotators: int
    deeds: int
    states: Mapping[str, int]
    annotation_states: Mapping[str, int]
    labels: Mapping[str, int]
    by_annotator: Mapping[str, int]
    seconds: Mapping[str, float]
    size: int
    sqlite: str
    migrations: tuple[str, ...]


def summary(project: Project) -> Summary:
    """Count everything at one moment: no other window's work comes in between."""
    conn = project.conn
    conn.execute("begin")
    try:
        return _count(project)
    finally:
        conn.execute("rollback")


def _count(project: Project) -> Summary:
    def number(query: str) -> int:
        value: int = project.conn.execute(query).fetchone()[0]
        return value

    def numbers(query: str) -> dict[str, int]:
        return dict(project.conn.execute(query).fetchall())

    return Summary(
        articles=number("select count(*) from article"),
        characters=number("select coalesce(sum(length(text)), 0) from article"),
        annotations=number("select count(*) from annotation"),
        links=number("select count(*) from link"),
        entities=number("select count(*) from entity"),
        annotators=number("select count(*) from annotator"),
        deeds=number("select count(*) from op where state = 'done'"),
        states={
            **dict.fromkeys(("todo", "in_progress", "done", "flagged"), 0),
            **numbers("select state, count(*) from article group by state"),
        },
        annotation_states={
            **dict.fromkeys(("accepted", "suggested", "rejected"), 0),
            **numbers("select state, count(*) from annotation group by state"),
        },
        labels=numbers(
            """
            select name, coalesce(used, 0)
            from label left join (
                select label_id, count(*) as used from annotation group by label_id
            ) on label_id = label.id
            order by position
            """
        ),
        by_annotator=numbers("select annotator, count(*) from annotation group by 1 order by 1"),
        seconds=dict(
            project.conn.execute(
                """
                select seconds.annotator, sum(seconds)
                from seconds join article on article.id = article_id group by 1 order by 1
                """
            )
        ),
        size=project.path.stat().st_size,
        sqlite=project.conn.execute("select sqlite_version()").fetchone()[0],
        migrations=tuple(
            name
            for (name,) in project.conn.execute("select name from _sqlite_migrations order by name")
        ),
    )
