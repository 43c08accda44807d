"""Search over 100,000 articles and a million annotations: from the query to the lines of the first screen."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from annotator.core.query.parsing import parse
from annotator.store.project import Project
from annotator.store.search.finding import find
from annotator.store.search.lines import lines
from tests.benchmarks import large
from tests.benchmarks.figures import Figure, median, timed

SCREEN = 60
"""Lines of a first screen; the search looks for one more, to tell whether there are others."""

QUERIES = (
    ("words, in {n} articles", "climat", 50),
    ("a phrase", '"le ministre"', 50),
    ("the beginning of a word", "gouvern*", 50),
    ("label:PER", "label:PER", 100),
    ("label:Quote", "label:Quote", 100),
    ("missing:source", "missing:source", 100),
    ("missing:entity, by one annotator", "label:ORG missing:entity by:Driss", 100),
    ("an expression narrowed by a word", "/re[a-z]+te/ europe", 500),
    ("quotes that say a word", "label:Quote europe", 500),
)
"""What is measured, the query, and the milliseconds in which the first screen should be there."""

_RUNS = 5


def figures(folder: Path) -> Iterator[Figure]:
    """Search for each query and read the lines of its first screen, on a connection as the window has it."""
    path = large.shared(folder)
    with Project.open(path) as project:
        floor = _floor(path)
        for what, query, goal in QUERIES:
            said = what.format(n=f"{large.ARTICLES:,}")
            _first_screen(project, query)
            measured = median(lambda q=query: timed(lambda: _first_screen(project, q)), _RUNS)  # type: ignore[misc]
            yield Figure(f"search: {said}", measured * 1000, "ms", goal, floor * 1000)


def _first_screen(project: Project, query: str) -> int:
    found = find(project, parse(query), limit=SCREEN)
    return len(lines(project, found.hits))


def _floor(path: Path) -> float:
    """Return the seconds that reading the texts of one screen takes, when it is known which they are."""
    with closing(sqlite3.connect(path)) as conn:
        return median(
            lambda: timed(
                lambda: conn.execute("select id, text from article limit ?", [SCREEN]).fetchall()
            ),
            _RUNS,
        )
