"""All suggesters but spaCy on opening an article, in a project of a million annotations; and what they learn.

Warm means that the book of names has been read and the article's words were asked about before: what
an annotator feels from the second article on. The floor is reading the article and its annotations
and cutting the text into words.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from annotator.assist.known import Known
from annotator.assist.suggesting import look_at
from annotator.core.model import Article, Changes
from annotator.core.word_lists import Entry, WordList
from annotator.store import acceptance, annotations, articles, suggestions
from annotator.store.project import Project
from annotator.suggest.folding import fold
from annotator.suggest.lists import Lists
from tests.benchmarks import large
from tests.benchmarks.figures import Figure, median, timed

_WORD = re.compile(r"\w+|[^\w\s]")
ENTRIES = 100_000


def figures(folder: Path) -> Iterator[Figure]:
    """Measure reading the book, a first and a second look at articles, teaching, and a long word list."""
    with Project.open(large.shared(folder)) as project:
        known = Known()
        scan = timed(lambda: project.conn.execute("select count(*) from annotation").fetchone())
        seconds = timed(lambda: _at_work(known, project))
        yield Figure(
            "read the names of 1,000,000 annotations", seconds * 1000, "ms", 1000, scan * 1000
        )
        few = _articles(project)
        first = median(_each(known, project, few), len(few))
        yield Figure("suggest in an article, first time", first * 1000, "ms", 150)
        floor = median(_floor(project, few), len(few))
        again = median(_each(known, project, few), len(few))
        yield Figure("suggest in an article, warm", again * 1000, "ms", 20, floor * 1000)
        yield _taught(known, project, few)
        rates = timed(lambda: acceptance.rates(project))
        yield Figure("acceptance rates of 130,000 suggestions", rates * 1000, "ms", 100)
    yield _list(few)


def _at_work(known: Known, project: Project) -> None:
    with known.at_work(project):
        pass


def _articles(project: Project) -> list[Article]:
    ids = project.conn.execute(
        "select id from article where state = 'todo' and length(text) between 2000 and 3000 limit 60"
    )
    return [articles.article(project, article_id) for (article_id,) in ids]


def _each(known: Known, project: Project, few: list[Article]) -> Callable[[], float]:
    left = iter(few)

    def look() -> float:
        article = next(left)
        return timed(lambda: _look(known, project, article))

    return look


def _look(known: Known, project: Project, article: Article) -> suggestions.Suggested:
    with known.at_work(project):
        return look_at(known, article, "Ada")


def _floor(project: Project, few: list[Article]) -> Callable[[], float]:
    left = iter(few)

    def read() -> float:
        article = next(left)
        return timed(
            lambda: (suggestions.standing(project, article.id), _WORD.findall(article.text))
        )

    return read


def _taught(known: Known, project: Project, few: list[Article]) -> Figure:
    """Label words nobody has labelled and look at the article: what comes back within the second."""
    article = few[0]
    start = re.compile(r"\w{6,}").search(article.text, 200)
    assert start
    _made, changes = project.do(
        "Label",
        lambda deed: annotations.add(deed, article, "per", [start.span()]),
        annotator="Ada",
    )

    def learn() -> None:
        known.hear(changes if isinstance(changes, Changes) else Changes())
        _look(known, project, article)

    seconds = timed(learn)
    project.undo()
    return Figure("teach a name and suggest it", seconds * 1000, "ms", 100)


def _list(few: list[Article]) -> Figure:
    """Find the words of a list of 100,000 entries; the floor is its automaton alone."""
    entries = [Entry(f"Nom{n} Propre{n % 977}") for n in range(ENTRIES)]
    lists = Lists([(WordList("l", "Long", "per"), entries)])
    texts = [fold(each.text) for each in few]
    list(lists.find(texts[0]))
    automaton = lists._automaton
    floor = timed(lambda: [automaton.find_matches_as_indexes(each.lower, True) for each in texts])
    seconds = timed(lambda: [list(lists.find(each)) for each in texts])
    what = "find a list of 100,000 entries in 60 articles"
    return Figure(what, seconds * 1000, "ms", 60, floor * 1000)
