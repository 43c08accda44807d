"""All occurrences of a name: found to the full preview, labelled and undone to the painted screen."""

import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson
from PySide6.QtCore import Qt
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
from tests.benchmarks import corpus
from tests.benchmarks.figures import Figure, median, timed

NAME = "Bruneau"
FOUND = ((10_000, 20, 50), (100_000, 20, 500))
"""Articles; every how many has the name; milliseconds to reach."""

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
    for size, every, goal in FOUND:
        path = folder / f"occurrences-{size}.annot"
        desk = _desk(window, path, size, every)
        floor = median(lambda path=path: scan(path), 3) * 1000
        found = f"find {size // every:,} occurrences in {size:,} articles"
        yield Figure(found, median(desk.find, _RUNS), "ms", goal, floor)
    yield from _write(_desk(window, folder / "written.annot", *WRITTEN))
    window.close()


def _desk(window: MainWindow, path: Path, size: int, every: int) -> "_Desk":
    make(path, size, every)
    window.open_project(path)
    QTest.qWaitForWindowExposed(window)
    return _Desk(window)


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


def scan(path: Path) -> float:
    """Return the seconds that the index, the texts it points to and a plain search take, no more."""
    conn = sqlite3.connect(path)
    pattern = re.compile(rf"\b{NAME}\b")

    def act() -> None:
        for (text,) in conn.execute(
            """
            select text from article where position in (
                select rowid from article_search where article_search match ?
            ) order by position
            """,
            [NAME],
        ):
            list(pattern.finditer(text))

    seconds = timed(act)
    conn.close()
    return seconds


class _Desk:
    """The window with the panel, and the milliseconds from a key to the paint that answers it."""

    def __init__(self, window: MainWindow) -> None:
        assert window.workspace is not None and window.session is not None
        self.session = window.session
        self.view = window.workspace.article_view
        self.panel = window.workspace.occurrences
        at = self.view.text.index(NAME)
        self.view.setFocus()
        self.view.place(at, at + len(NAME))

    def find(self) -> float:
        """Go from this article to all articles."""
        self.panel.open_panel()
        QApplication.processEvents()

        def act() -> None:
            QTest.keyClick(self.panel.list, Qt.Key.Key_Right)
            while self.panel.search.is_looking:
                QApplication.processEvents()
            self.panel.list.viewport().repaint()

        seconds = timed(act)
        assert len(self.panel.model.rows) > 1
        self.panel.close_panel()
        QApplication.processEvents()
        return seconds * 1000

    def label(self) -> float:
        self.panel.open_panel()
        QTest.keyClick(self.panel.list, Qt.Key.Key_P)
        QTest.keyClick(self.panel.list, Qt.Key.Key_Right)
        while self.panel.search.is_looking:
            QApplication.processEvents()
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
        while desk.panel.search.is_looking:
            QApplication.processEvents()
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
