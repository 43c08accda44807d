"""What the accepted annotations of a project teach: words that report, and names of those who speak."""

from collections.abc import Iterable

from annotator.store.deed import to_json
from annotator.store.project import Project


def cues(project: Project, annotation_ids: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Return the different cues of accepted quotes, each with the language its article names.

    With `annotation_ids` only what these annotations teach.
    """
    return project.conn.execute(
        f"""
        select distinct lower(surface), article.language
        from link
        join annotation as cue on cue.id = to_id
        join fragment on annotation_id = cue.id
        join article on article.id = cue.article_id
        where link.type = 'cue' and cue.state = 'accepted' {_among("cue", annotation_ids)}
        """,
        _values(annotation_ids),
    ).fetchall()


def names(project: Project, annotation_ids: Iterable[str] | None = None) -> list[str]:
    """Return the names in the register and the words that name the speakers of accepted quotes."""
    said = project.conn.execute(
        f"""
        select distinct surface
        from link
        join annotation as source on source.id = to_id
        join fragment on annotation_id = source.id
        where link.type = 'source' and source.state = 'accepted' {_among("source", annotation_ids)}
        """,
        _values(annotation_ids),
    )
    found = [surface for (surface,) in said]
    if annotation_ids is None:
        found += [name for (name,) in project.conn.execute("select name from entity")]
    return found


def _among(table: str, annotation_ids: Iterable[str] | None) -> str:
    if annotation_ids is None:
        return ""
    return f"and {table}.id in (select value from json_each(?))"


def _values(annotation_ids: Iterable[str] | None) -> list[str | None]:
    return [] if annotation_ids is None else [to_json(list(annotation_ids))]
