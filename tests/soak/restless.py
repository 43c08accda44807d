"""A process that labels, deletes and undoes at random, and says each deed once it is done."""

import random
import sys
from pathlib import Path

from annotator.core.model import Article
from annotator.store import annotations, articles
from annotator.store.project import Project


def work(path: Path, seed: int) -> None:
    """Work until killed. After each deed print what the project holds: a number and a digest of it."""
    dice = random.Random(seed)
    project = Project.open(path)
    every = [articles.article(project, each) for each in articles.ids(project)]
    while True:
        act(project, dice, every)
        print(holding(project), flush=True)


def act(project: Project, dice: random.Random, every: list[Article]) -> None:
    kind = dice.random()
    if kind < 0.15:
        project.undo()
    elif kind < 0.25:
        project.redo()
    elif kind < 0.4:
        ids = [row[0] for row in project.conn.execute("select id from annotation order by id")]
        if ids:
            chosen = dice.choice(ids)
            project.do("Remove", lambda deed: annotations.remove(deed, chosen), annotator="Ada")
    else:
        article = dice.choice(every)
        start = dice.randrange(len(article.text) - 8)
        place = [(start, start + dice.randint(1, 8))]
        name = dice.choice(["per", "loc"])
        project.do(
            "Label", lambda deed: annotations.add(deed, article, name, place), annotator="Ada"
        )


def holding(project: Project) -> str:
    """Return what is annotated and how far the history has come, in one line."""
    rows = project.conn.execute(
        "select annotation_id, start, surface from fragment order by 1"
    ).fetchall()
    ops = project.conn.execute("select count(*), sum(state = 'done') from op").fetchone()
    return repr((ops, rows))


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]))
