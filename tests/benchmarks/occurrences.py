"""All occurrences of a name: found to the full preview, labelled and undone to the painted screen."""

import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.corpus import LabelledArticle, Span
from annotator.core.model import Article
from annotator.core.scheme import read_scheme
from annotator.gui.preferences import Preferences, default_path
from annotator.gui.style import chosen_theme, dress
from annotator.gui.window import MainWindow
from annotator.resources import resource
from annotator.store import bulk
from annotator.store.project import Project
from tests.benchmarks import corpus, large
from tests.benchmarks.figures import Figure, median, timed

NAME = "Bruneau"
FOUND = (10_000, 20)
"""Articles, and every how many has the name."""

IN_LARGE = "DERI"
"""A name that stands in 5,300 articles of the large project, some of them unlabelled."""

WRITTEN = (10_000, 2)
"""Articles, and every how many has the name, for 5,000 labels."""

ANNOTATIONS = 42
"""Annotations of each article before."""

_RUNS = 7


def figures(folder: Path) -> Iterator[Figure]:
    """Find a name in two sizes of corpus; label 5,000 occurrences of it, and undo that."""
    app = QApplication.instance() or QApplication([])
    preferences = Preferences(default_path())
    dress(app, chosen_theme("light", app))
    window = MainWindow(preferences)
    window.resize(1280, 800)
    window.show()
    few, many = folder / "found.annot", folder / "written.annot"
    make(few, *FOUND)
    make(many, *WRITTEN)
    yield _find(_Desk(window, few, NAME), "10,000 articles", 50)
    yield _find(_Desk(window, large.shared(folder), IN_LARGE), "100,000", 500)
    yield from _write(_Desk(window, many, NAME))
    window.close()


def _find(desk: "_Desk", where: str, goal: float) -> Figure:
    floor = median(lambda: scan(desk.session.project.path, desk.name), 3) * 1000
    measured = median(desk.find, _RUNS)
    return Figure(f"find {desk.found:,} occurrences in {where}", measured, "ms", goal, floor)


def make(path: Path, size: int, every: int) -> None:
    """Write a project of articles with annotations, every so many of them with the name, unlabelled."""
    dice = random.Random(42)
    words = corpus._vocabulary(dice)
    names = [word.capitalize() for word in words[:800]]

    def rows() -> Iterator[LabelledArticle]:
        for n in range(size):
            row = corpus.article(dice, words, names, n, 2_500, ANNOTATIONS)
            text = str(row["text"])
            if n % every == 0:
                text += f" Puis {NAME} répond."
            spans = [
                Span("", label, 0, start, end, text[start:end])
                for start, end, label in row["spans"]  # type: ignore[attr-defined]
            ]
            yield LabelledArticle(Article(str(row["id"]), text, title=str(row["title"])), spans, [])

    labels = {label: label.lower() for label in ("PER", "ORG", "LOC")}
    with Project.create(path, read_scheme(resource("schemes", "news.toml"))) as project:
        project.do(
            "Import",
            lambda deed: bulk.add_articles(deed, rows(), labels, bulk.Added()),
            annotator="Ada",
        )


def scan(path: Path, name: str) -> float:
    """Return the seconds that the index, the texts it points to and a plain search take, no more."""
    conn = sqlite3.connect(path)
    pattern = re.compile(rf"\b{name}\b")

    def act() -> None:
        for (text,) in conn.execute(
            """
            select text from article where position in (
                select rowid from article_search where article_search match ?
            ) order by position
            """,
            [name],
        ):
            list(pattern.finditer(text))

    seconds = timed(act)
    conn.close()
    return seconds


class _Desk:
    """The window with the panel, and the milliseconds from a key to the paint that answers it."""

    def __init__(self, window: MainWindow, path: Path, name: str) -> None:
        window.open_project(path)
        QTest.qWaitForWindowExposed(window)
        assert window.workspace is not None and window.session is not None
        self.session = window.session
        self.view = window.workspace.article_view
        self.panel = window.workspace.occurrences
        self.name = name
        self.found = 0
        conn = self.session.project.conn
        query = """
            select id from article_search join article on position = article_search.rowid
            where article_search match ? order by position limit 1
        """
        self.session.open_article(conn.execute(query, [f"text : {name}"]).fetchone()[0])
        at = self.view.text.index(name)
        self.view.setFocus()
        self.view.place(at, at + len(name))

    def find(self) -> float:
        """Go from this article to all articles."""
        self.panel.open_panel()
        QApplication.processEvents()

        def act() -> None:
            QTest.keyClick(self.panel.list, Qt.Key.Key_Right)
            self.wait()
            self.panel.list.viewport().repaint()

        seconds = timed(act)
        self.found = len(self.panel.model.rows)
        self.panel.close_panel()
        QApplication.processEvents()
        return seconds * 1000

    def wait(self) -> None:
        """Let the window rest until the answer is there: what it does itself would slow the search."""
        if self.panel.search.is_looking:
            loop = QEventLoop()
            self.panel.search.found.connect(loop.quit)
            loop.exec()

    def label(self) -> float:
        self.panel.open_panel()
        QTest.keyClick(self.panel.list, Qt.Key.Key_P)
        QTest.keyClick(self.panel.list, Qt.Key.Key_Right)
        self.wait()
        return self.painted(lambda: QTest.keyClick(self.panel.list, Qt.Key.Key_Return))

    def painted(self, act: Callable[[], object]) -> float:
        def shown() -> None:
            act()
            QApplication.processEvents()
            self.view.viewport().repaint()

        return timed(shown) * 1000


def _write(desk: _Desk) -> Iterator[Figure]:
    labelled, undone, removed = [], [], []
    for _run in range(_RUNS):
        labelled.append(desk.label())
        count = desk.session.project.undo_name()
        assert "5000" in count, count
        undone.append(desk.painted(desk.session.undo))
    floor = median(lambda: write_floor(desk.session.project.path), 3) * 1000
    yield Figure("label 5,000 occurrences", sorted(labelled)[_RUNS // 2], "ms", 400, floor)
    yield Figure("undo them", sorted(undone)[_RUNS // 2], "ms", 400, floor)
    desk.label()
    for _run in range(3):
        desk.panel.open_panel(is_removal=True)
        QTest.keyClick(desk.panel.list, Qt.Key.Key_Right)
        desk.wait()
        removed.append(desk.painted(lambda: QTest.keyClick(desk.panel.list, Qt.Key.Key_Return)))
        desk.session.undo()
    yield Figure("remove their label", sorted(removed)[1], "ms", 400, floor)


def write_floor(path: Path) -> float:
    """Return the seconds that the same rows take, written as plainly as SQLite allows, and durable.

    5,000 annotations with a fragment, the state of 5,000 articles and an image of each in the history.
    """
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("pragma foreign_keys = on")
    conn.execute("pragma synchronous = full")
    articles = [
        row[0]
        for row in conn.execute(
            "select article.id from article_search join article on position = article_search.rowid "
            "where article_search match ?",
            [NAME],
        )
    ]
    image = orjson.dumps({"text": "x" * 480}).decode()

    def act() -> None:
        conn.execute("begin immediate")
        conn.executemany(
            "insert into annotation (id, article_id, label_id, start, end, annotator, created, updated) "
            "values (?, ?, 'per', 2500, 2507, 'Ada', '', '')",
            [(f"floor{n:06}", article) for n, article in enumerate(articles)],
        )
        conn.executemany(
            "insert into fragment values (?, 0, 2500, 2507, ?)",
            [(f"floor{n:06}", NAME) for n in range(len(articles))],
        )
        conn.execute(
            "update article set state = 'flagged' where id in (select value from json_each(?))",
            [orjson.dumps(articles).decode()],
        )
        seq = conn.execute(
            "insert into op (id, name, annotator, at) values ('floor', '', 'Ada', '')"
        ).lastrowid
        conn.executemany(
            "insert into row_change values (?, ?, 'annotation', ?, null, ?)",
            [(seq, n, f"floor{n % len(articles):06}", image) for n in range(2 * len(articles))],
        )
        conn.execute("commit")

    seconds = timed(act)
    conn.execute("begin immediate")
    conn.execute("delete from row_change where op_seq = (select seq from op where id = 'floor')")
    conn.execute("delete from op where id = 'floor'")
    conn.execute("delete from annotation where id >= 'floor' and id < 'floos'")
    conn.execute("update article set state = 'todo' where state = 'flagged'")
    conn.execute("commit")
    conn.close()
    return seconds
