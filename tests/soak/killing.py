"""A process killed at any moment loses nothing that it has said it did."""

import os
import random
import subprocess
import sys
from pathlib import Path

from annotator.store import articles
from annotator.store.checks import check
from annotator.store.project import Project
from tests.soak import restless
from tests.store.conftest import SMALL, put

TEXTS = (
    "L’Écologie gagne, assure Mme Bruneau à Nîmes. " * 5,
    "The mayor of Bath 👩‍🚒 agreed. " * 5,
)


def survive(tmp_path: Path, times: int) -> None:
    """Kill a process so many times and look, each time, for every deed it said it did."""
    path = tmp_path / "p.annot"
    dice = random.Random(times)
    with Project.create(path, SMALL) as project:
        put(project, *TEXTS)
        last = restless.holding(project)
    for seed in range(times):
        said = _kill_after(
            path, seed, lines=dice.randint(0, 30), more_bytes=dice.randint(0, 400)
        ) or [last]
        with Project.open(path) as project:
            assert check(project) == []
            last = restless.holding(project)
            assert last in (said[-1], _one_deed_on(said[-1], last)), "an acknowledged deed is gone"
            _step_back_and_forth(project, last)
        assert list(tmp_path.iterdir()) == [path]


def _kill_after(path: Path, seed: int, *, lines: int, more_bytes: int) -> list[str]:
    """Let it work for some lines and a bit, kill it, and return what it said in whole lines."""
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.soak.restless", str(path), str(seed)],
        stdout=subprocess.PIPE,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"},
    )
    assert process.stdout
    said = b"".join(process.stdout.readline() for _line in range(lines))
    # A few bytes of the next deeds: the kill falls anywhere within a deed, not only between two.
    said += process.stdout.read(more_bytes)
    process.kill()
    said += process.stdout.read()
    process.stdout.close()
    process.wait()
    return said.decode().split("\n")[:-1]


def _one_deed_on(said: str, found: str) -> str:
    """Return `found` if at most one deed, done but not yet said, lies between the two."""
    (before, done_before), _rows = eval(said)
    (after, done_after), _rows = eval(found)
    is_next = 0 <= after - before <= 1 and abs((done_after or 0) - (done_before or 0)) <= 1
    return found if is_next else said


def _step_back_and_forth(project: Project, last: str) -> None:
    if project.undo():
        project.redo()
    assert restless.holding(project) == last
    assert len(articles.ids(project)) in (0, len(TEXTS))
