"""Where the work stands in 100,000 articles with a million annotations: each picture of the page.

The floor of a picture is SQLite going through the rows it is counted from once, without grouping.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from annotator.core.statistics import work_of
from annotator.store import statistics
from annotator.store.project import Project
from annotator.store.statistics import EVERYTHING, Scope
from annotator.store.work import moments
from tests.benchmarks import large
from tests.benchmarks.figures import Figure, median, timed

_RUNS = 3
_GOAL = 1_000

_ARTICLES = "select count(published) from article indexed by article_facts"
_ACCEPTED = "select count(article_id) from annotation where state = 'accepted'"
_ROWS = "select count(*) from annotation not indexed where annotator > ''"
_SUGGESTED = "select count(*) from annotation where origin not in ('hand', 'slot', 'import')"
_HISTORY = "select count(after) from row_change where \"table\" > ''"
_NAMED = "select count(*) from annotation where entity_id is not null"
_WORDS = "select count(*) from fragment where length(surface) <= 80"
_LENGTHS = "select sum(length(text)) from article where length(text) > 0"


def figures(folder: Path) -> Iterator[Figure]:
    """Yield the time to count each picture, for everybody and for one annotator."""
    with Project.open(large.shared(folder)) as project:
        ada = Scope(large.ANNOTATORS[0])
        pictures: tuple[tuple[str, Callable[[], object], str], ...] = (
            ("articles by newspaper and state", lambda: statistics.states(project), _ARTICLES),
            ("annotations by label", lambda: statistics.labels(project), _ACCEPTED),
            ("days of work and pace", lambda: work_of(moments(project)), _HISTORY),
            ("what became of suggestions", lambda: statistics.fates(project), _SUGGESTED),
            ("entities named most", lambda: statistics.entities(project, EVERYTHING), _NAMED),
            ("labels by newspaper and month", lambda: statistics.spread(project), _ACCEPTED),
            ("lengths", lambda: statistics.lengths(project), _LENGTHS),
            ("words without an entity", lambda: statistics.strings(project), _WORDS),
            ("labels of one annotator", lambda: statistics.labels(project, ada), _ROWS),
            ("newspapers of one annotator", lambda: statistics.spread(project, ada), _ROWS),
        )
        for name, count, floor in pictures:
            yield Figure(
                f"statistics: {name}",
                median(lambda c=count: timed(c), _RUNS) * 1000,  # type: ignore[misc]
                "ms",
                _GOAL,
                median(lambda f=floor: _asked(project, f), _RUNS) * 1000,  # type: ignore[misc]
            )


def _asked(project: Project, query: str) -> float:
    return timed(lambda: project.conn.execute(query).fetchone())
