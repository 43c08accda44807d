"""Consistency on the large project: beside the selection, all places, the whole project, after a deed."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from annotator.core.consistency import Strings
from annotator.core.spelling import key_of, spellings
from annotator.gui.consistency_reading import TURN
from annotator.store import annotations, articles, consistency, precedents
from annotator.store.deed import to_json
from annotator.store.occurrences import Wanted
from annotator.store.project import Project
from tests.benchmarks import large
from tests.benchmarks.figures import Figure, median, timed

_RUNS = 7


def figures(folder: Path) -> Iterator[Figure]:
    """Ask how strings are labelled, one by one and all together; label once and count again."""
    path = large.shared(folder)
    with Project.open(path) as project:
        few, some = _string(project, 300), _string(project, 5_000)
        yield Figure(
            f"beside the words, labelled {consistency.stretch(project, few):,} times",
            _milliseconds(lambda: _rested(project, few)),
            "ms",
            5,
            _milliseconds(lambda: _floor_of_one(path, few)),
        )
        count = consistency.stretch(project, some)
        yield Figure(
            f"labelled {count:,} times: the window waits",
            _milliseconds(lambda: consistency.stretch(project, some)),
            "ms",
            5,
        )
        yield Figure(
            "… and they are counted beside it",
            _milliseconds(lambda: consistency.labelled(project, some)),
            "ms",
            100,
            _milliseconds(lambda: _floor_of_one(path, some)),
        )
        yield Figure(
            f"all its places, {consistency.labelled(project, some).count:,} of them",
            _milliseconds(lambda: consistency.places(project, [some], Wanted("per")), 3),
            "ms",
            1_000,
        )
        found = consistency.strings(project)
        yield Figure(
            "what is uneven: the first lines", _milliseconds(lambda: _turn(project)), "ms", 1_000
        )
        yield Figure(
            "every string of the project, the first time",
            _milliseconds(lambda: consistency.strings(project), 3),
            "ms",
            3_000,
            _milliseconds(lambda: _floor_of_all(path), 3),
        )
        yield Figure("the contested ones of them", _milliseconds(found.contested), "ms", 100)
        yield Figure("after a deed", _after_a_deed(project, few), "ms", 50)


def _rested(project: Project, words: str) -> None:
    """Do what the line below the article does when the caret rests."""
    consistency.stretch(project, words)
    consistency.labelled(project, words)
    precedents.about(project, words)


def _turn(project: Project) -> None:
    """Read as long as a turn lasts, and put the contested strings in order."""
    found = Strings()
    consistency.read_on(project, found, "", TURN)
    assert found.contested()


def _after_a_deed(project: Project, words: str) -> float:
    """Return the milliseconds to count again what one label changed."""
    found = consistency.strings(project)
    article = articles.article(project, articles.ids(project)[0])
    at = len(article.text) - 5
    _id, changes = project.do(
        "Label",
        lambda deed: annotations.add(deed, article, "per", [(at, at + 4)]),
        annotator="Ada",
    )
    taken = _milliseconds(
        lambda: consistency.recount(
            project, found, {key_of(words), *consistency.keys_of(project, changes.annotations)}
        )
    )
    project.undo()
    return taken


def _string(project: Project, times: int) -> str:
    """Return the string that is labelled about so often."""
    row = project.conn.execute(
        """
        select surface from fragment where length(surface) <= 80 group by surface
        having count(*) > 1 order by abs(count(*) - ?) limit 1
        """,
        [times],
    ).fetchone()
    return str(row[0])


def _floor_of_one(path: Path, words: str) -> None:
    """Join what the index has of these spellings to its labels, no more."""
    conn = sqlite3.connect(path)
    conn.execute(
        """
        select label_id, count(*) from fragment join annotation on annotation.id = annotation_id
        where surface in (select value from json_each(?)) and length(surface) <= 80 group by 1
        """,
        [to_json(spellings(words))],
    ).fetchall()
    conn.close()


def _floor_of_all(path: Path) -> None:
    """Walk over all annotations with their words, and keep none of it."""
    conn = sqlite3.connect(path)
    conn.execute(
        """
        select count(surface) from annotation cross join fragment on annotation_id = annotation.id
        where state = 'accepted'
        """
    ).fetchall()
    conn.close()


def _milliseconds(deed: object, runs: int = _RUNS) -> float:
    return median(lambda: timed(deed), runs) * 1000  # type: ignore[arg-type]
