"""A day's work in the real window, from the key to the painted screen, in three sizes of article."""

import json
import random
import re
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from annotator.assist.suggesting import Options, suggest
from annotator.core.corpus import LabelledArticle
from annotator.core.model import Article
from annotator.exchange.importing import ImportOptions, import_paths
from annotator.gui.preferences import Preferences, default_path
from annotator.gui.style import chosen_theme, dress
from annotator.gui.window import MainWindow
from annotator.store import annotations, articles, bulk
from annotator.store.project import Project
from tests.benchmarks import corpus
from tests.benchmarks.figures import Figure

SIZES = {2_500: 40, 100_000: 1_600, 1_000_000: 16_000}
"""Characters of an article, and its annotations."""

QUOTES = 214
"""Quotes of one article: as many as the longest that was annotated for the design."""

_OPEN_GOALS = dict(zip(SIZES, (15, 20, 60), strict=True))
_LABEL_GOALS = dict(zip(SIZES, (8, 8, 16), strict=True))


class Painted(QObject):
    """Tells when a widget has been painted since it was last asked."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False

    def after(self, act: Callable[[], object]) -> float:
        """Return the milliseconds from an act until all that it asked for is painted."""
        self.count = 0
        start = time.perf_counter()
        act()
        while not self.count:
            QApplication.processEvents()
        QApplication.processEvents()
        return (time.perf_counter() - start) * 1000


def figures(folder: Path, project: Path) -> Iterator[Figure]:
    """Open the window on `project` and work in it."""
    found = _add_long_articles(folder, project)
    app = QApplication.instance() or QApplication([])
    preferences = Preferences(default_path())
    dress(app, chosen_theme("light", app))
    window = MainWindow(preferences)
    window.resize(1280, 800)
    window.show()
    window.open_project(project)
    QTest.qWaitForWindowExposed(window)
    bare = QPlainTextEdit()
    bare.resize(window.article_view.size())
    bare.show()
    QTest.qWaitForWindowExposed(bare)
    for length, wanted in found.items():
        yield from _one_size(window, bare, folder, length, wanted)
    yield from _quotes(window, bare, folder)
    window.close()


def _one_size(
    window: MainWindow, bare: QPlainTextEdit, folder: Path, length: int, wanted: list[str]
) -> Iterator[Figure]:
    size = f"{length:,} characters"
    texts = [articles.article(window.session.project, each).text for each in wanted]
    ours, plain = Painted(window.article_view.viewport()), Painted(bare.viewport())
    opened = [ours.after(lambda each=each: window.session.open_article(each)) for each in wanted]
    floor = [plain.after(lambda text=text: bare.setPlainText(text)) for text in texts]
    # The first time round, whatever is loaded once is loaded.
    yield Figure(f"open {size}", _median(opened[1:]), "ms", _OPEN_GOALS[length], _median(floor[1:]))
    labelled, undone, redone = _label(window, ours)
    bare_label = _label_floor(folder / "floor.sqlite", bare, plain)
    for what, measured in (("label", labelled), ("undo", undone), ("redo", redone)):
        yield Figure(f"{what} in {size}", _median(measured), "ms", _LABEL_GOALS[length], bare_label)
    scrolled, bare_scrolled = _scroll(window.article_view, ours), _scroll(bare, plain)
    yield Figure(f"page scroll in {size}", _median(scrolled), "ms", 8, _median(bare_scrolled))
    yield Figure(f"slowest page in {size}", max(scrolled), "ms", 33, max(bare_scrolled))


def _quotes(window: MainWindow, bare: QPlainTextEdit, folder: Path) -> Iterator[Figure]:
    """Work in an article of 214 quotes with their parts, one of them of 15,000 characters."""
    session, view = window.session, window.article_view
    wanted = _add_quotes(session.project)
    session.look_around()
    ours, plain = Painted(view.viewport()), Painted(bare.viewport())
    text = articles.article(session.project, wanted[0]).text
    opened = [ours.after(lambda each=each: session.open_article(each)) for each in wanted]
    floor = [plain.after(lambda n=n: bare.setPlainText(text + "!" * n)) for n in range(len(wanted))]
    what = f"{QUOTES} quotes"
    yield Figure(f"open {what}", _median(opened[1:]), "ms", 20, _median(floor[1:]))
    scrolled, bare_scrolled = _scroll(view, ours), _scroll(bare, plain)
    yield Figure(f"page scroll in {what}", _median(scrolled), "ms", 8, _median(bare_scrolled))
    yield Figure(f"slowest page in {what}", max(scrolled), "ms", 33, max(bare_scrolled))
    deed = _label_floor(folder / "floor.sqlite", bare, plain)
    view.setFocus()
    view.place(0, 0)
    long = next(
        span for span in view.scene.index.between(0, len(text)) if span.end - span.start > 14_000
    )
    session.select(long.annotation)
    QApplication.processEvents()
    through, bare_through = _scroll(view, ours), _scroll(bare, plain)
    yield Figure(
        "page scroll, its longest selected", _median(through), "ms", 8, _median(bare_through)
    )
    view.place(0, 0)
    walked = [ours.after(lambda: QTest.keyClick(view, Qt.Key.Key_Tab)) for _turn in range(60)]
    yield Figure(f"next annotation among {what}", _median(walked), "ms", 16, None)
    yield Figure("fill a slot by key", _median(_fill(window, ours)), "ms", 16, deed)
    yield Figure("build a quote by key", _median(_build(window, ours)), "ms", 33, deed)


def _fill(window: MainWindow, painted: Painted) -> list[float]:
    """Give every tenth quote another source, by S with the caret on a word."""
    session, view = window.session, window.article_view
    frames = [span for span in view.scene.index.between(0, len(view.text)) if span.label == "quote"]
    measured = []
    for frame in frames[5::10]:
        session.select(frame.annotation)
        view.place(frame.end + 3, frame.end + 3)
        view.select_quietly(frame.annotation)
        QApplication.processEvents()
        measured.append(painted.after(lambda: QTest.keyClick(view, "s")))
    return measured


def _build(window: MainWindow, painted: Painted) -> list[float]:
    """Take every tenth quote away and build it anew by Q."""
    session, view = window.session, window.article_view
    frames = [span for span in view.scene.index.between(0, len(view.text)) if span.label == "quote"]
    measured = []
    for frame in frames[7::10]:
        session.select(frame.annotation)
        QTest.keyClick(view, Qt.Key.Key_Backspace)
        session.leave_frame()
        view.place(frame.start + 4, frame.start + 4)
        QApplication.processEvents()
        before = len(view.scene.index)
        measured.append(painted.after(lambda: QTest.keyClick(view, "q")))
        assert len(view.scene.index) > before, "Q did not build"
    return measured


def _add_quotes(project: Project) -> list[str]:
    """Bring in articles of 214 quotes, all accepted with their parts, and return their ids."""
    sentence = "Il dit que rien ne change vraiment ici, et que tout reste à faire. "
    long = "« " + sentence * (15_000 // len(sentence)) + "Voilà. », assure Mme Roy.\n\n"
    every = []
    for number in range(4):
        parts = [f"Numéro {number}. "]
        for turn in range(QUOTES - 1):
            parts.append(f"« Le pont {turn} tiendra encore un hiver », assure Mme Lafond{turn}. ")
            parts.append("La Ville a voté le budget sans débat.\n\n" if turn % 3 == 0 else "")
            parts.append(long if turn == QUOTES // 2 else "")
        every.append(Article(f"quotes{number}", "".join(parts), language="fr"))
    rows = [LabelledArticle(each, [], []) for each in every]
    project.do(
        "Import", lambda deed: bulk.add_articles(deed, rows, {}, bulk.Added()), annotator="Ada"
    )
    ids = tuple(each.id for each in every)
    suggest(project, Options(articles=ids, accept=0.0, only=("quotes",)), "Ada")
    return list(ids)


def _label(window: MainWindow, painted: Painted) -> tuple[list[float], list[float], list[float]]:
    """Label words all over the article by key; undo and redo each."""
    view = window.article_view
    view.setFocus()
    labelled, undone, redone = [], [], []
    for place in _bare_words(window, 21):
        QTest.keyClick(view, Qt.Key.Key_Escape)
        view.place(place, place)
        QApplication.processEvents()
        before = len(view.scene.index)
        labelled.append(painted.after(lambda: QTest.keyClick(view, "p")))
        assert len(view.scene.index) == before + 1, "the key did not label"
        undone.append(painted.after(window.session.undo))
        redone.append(painted.after(window.session.redo))
    return labelled, undone, redone


def _bare_words(window: MainWindow, count: int) -> list[int]:
    """Return offsets within words that nothing labels, from the top of the article to its end."""
    session = window.session
    spans = annotations.spans(session.project, session.article.id)
    taken = {offset for start, end, *_rest in spans for offset in range(start, end)}
    words = re.finditer(r"(?<= )[a-z]{4,}(?= )", session.article.text)
    bare = [word.start() + 1 for word in words if word.start() not in taken]
    return bare[:: max(1, len(bare) // count)][:count]


def _label_floor(path: Path, bare: QPlainTextEdit, painted: Painted) -> float:
    """Return milliseconds for as many rows on the disk as a label writes, and one line painted."""
    path.unlink(missing_ok=True)
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("pragma journal_mode = wal")
    conn.execute("pragma synchronous = full")
    conn.execute("create table t (a text, b text)")
    line = QRect(0, 40, bare.viewport().width(), bare.fontMetrics().height())
    image = "x" * 400

    def act() -> None:
        conn.execute("begin immediate")
        conn.executemany("insert into t values (?, ?)", [(image, "y")] * 5)
        conn.execute("commit")
        bare.viewport().update(line)

    measured = [painted.after(act) for _turn in range(21)]
    conn.close()
    return _median(measured)


def _scroll(view: QPlainTextEdit, painted: Painted) -> list[float]:
    """Page down from the top, as many times as the article has pages, at most 60."""
    bar = view.verticalScrollBar()
    bar.setValue(0)
    QApplication.processEvents()
    measured = []
    for _page in range(60):
        before = bar.value()
        if before >= bar.maximum():
            break
        measured.append(
            painted.after(lambda: bar.triggerAction(bar.SliderAction.SliderPageStepAdd))
        )
    return measured or [0.0]


def _add_long_articles(folder: Path, path: Path) -> dict[int, list[str]]:
    """Return ids of some articles of each size, after bringing the long ones in."""
    dice = random.Random(7)
    names = [f"Nom{number}" for number in range(300)]
    words = [f"mot{number}" for number in range(3000)]
    found: dict[int, list[str]] = {}
    with Project.open(path) as project:
        every = articles.ids(project)
        found[2_500] = every[100:121]
        for length, spans in list(SIZES.items())[1:]:
            file = folder / f"{length}.jsonl"
            rows = [corpus.article(dice, words, names, length + n, length, spans) for n in range(4)]
            file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
            import_paths(project, [file], ImportOptions(annotator="Ada"), progress=None)
        new = articles.ids(project)[len(every) :]
        found[100_000], found[1_000_000] = new[:4], new[4:]
    return found


def _median(measured: list[float]) -> float:
    return statistics.median(measured)
