"""Whether a project still keeps its promises: sound pages, whole references, surfaces that match."""

import sqlite3

from annotator.core.model import Problem
from annotator.core.text import digest
from annotator.language import _
from annotator.store.project import Project, damaged


def check(project: Project) -> list[Problem]:
    """Return everything that is wrong with a project; an empty list means it is sound.

    Raises Damaged when it cannot be read to its end.
    """
    try:
        return [*_pages(project), *_references(project), *_texts(project), *_surfaces(project)]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise damaged(project.path, str(error)) from error


def _pages(project: Project) -> list[Problem]:
    rows = project.conn.execute("pragma quick_check").fetchall()
    return [Problem(project.path.name, message) for (message,) in rows if message != "ok"]


def _references(project: Project) -> list[Problem]:
    return [
        Problem(
            project.path.name,
            _("a row of the table “{table}” refers to a missing “{parent}”").format(
                table=table, parent=parent
            ),
        )
        for table, _row, parent, _key in project.conn.execute("pragma foreign_key_check")
    ]


def _texts(project: Project) -> list[Problem]:
    return [
        Problem(title, _("the text is not the one that was imported (its SHA-256 differs)"))
        for title, text, sha256 in project.conn.execute("select title, text, sha256 from article")
        if digest(text) != sha256
    ]


def _surfaces(project: Project) -> list[Problem]:
    """Compare every fragment with its text; one article at a time, so memory stays flat."""
    problems = []
    for article_id, title, text in project.conn.execute("select id, title, text from article"):
        fragments = project.conn.execute(
            """
            select fragment.start, fragment."end", surface
            from annotation cross join fragment on annotation_id = annotation.id
            where article_id = ?
            """,
            [article_id],
        )
        problems += [
            Problem(
                f"{title} {start}–{end}",
                _("the annotation says “{surface}”, the text “{found}”").format(
                    surface=surface, found=text[start:end]
                ),
            )
            for start, end, surface in fragments
            if text[start:end] != surface
        ]
    return problems
