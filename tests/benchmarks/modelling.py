"""The model: how long it learns and labels beside CRFsuite alone, and what the window feels of it."""

import math
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.assist import modelling
from annotator.gui import model_training
from annotator.gui.preferences import Preferences, default_path
from annotator.gui.style import chosen_theme, dress
from annotator.gui.window import MainWindow
from annotator.store.project import Project
from annotator.suggest.model.crf import L1, L2, ROUNDS
from annotator.suggest.model.examples import counts, layers
from annotator.suggest.model.names import Known
from annotator.suggest.model.sequence_model import Read, SequenceModel, reading, tagged
from tests.assist.newsroom_project import newsroom
from tests.benchmarks.figures import Figure, timed
from tests.benchmarks.working import Painted
from tests.suggest.newsroom import articles

LEARNT, LABELLED = 200, 100
SENTENCES = 50
"""Sentences of an article: about 2,500 characters."""

GROUPS = {"per": "entities", "org": "entities", "loc": "entities"}


def figures(folder: Path) -> Iterator[Figure]:
    """Learn from 200 articles, label others, and label by hand meanwhile."""
    made = list(articles(LEARNT + LABELLED, sentences=SENTENCES))
    learnt = layers(GROUPS, counts(made[:LEARNT]))
    found: list[SequenceModel] = []

    def learn() -> None:
        ready = [reading(each) for each in made[:LEARNT]]
        found.append(SequenceModel.learn(learnt, ready))

    value = timed(learn)
    ready = [reading(each) for each in made[:LEARNT]]
    floor = _train_bare(found[0], ready)
    yield Figure(f"train on {LEARNT} articles", value, "s", 10, floor)
    yield from _labelling(found[0], [each.text for each in made[LEARNT:]])
    yield from _whole(folder)
    yield from _working(folder)


def _train_bare(model: SequenceModel, examples: list[Read]) -> float:
    """Return the seconds that CRFsuite takes where features and tags lie ready."""
    import pycrfsuite

    rows = [
        row
        for each in examples
        for row in tagged(each, model.layers[0], each.features(model.names.without(each.example)))
    ]

    def train() -> None:
        trainer = pycrfsuite.Trainer(verbose=False)
        for features, tags in rows:
            trainer.append(features, tags)
        trainer.select("lbfgs")
        trainer.set_params({"c1": L1, "c2": L2, "max_iterations": ROUNDS})
        with tempfile.TemporaryDirectory() as place:
            trainer.train(f"{place}/model")

    return timed(train)


def _labelling(model: SequenceModel, texts: list[str]) -> Iterator[Figure]:
    """Label articles from the bare text on; the floor asks CRFsuite for the tags of ready features."""
    import pycrfsuite

    model.propose(texts[0])
    seconds = timed(lambda: [model.propose(text) for text in texts])
    ready = [reading(each) for each in articles(LEARNT + LABELLED, sentences=SENTENCES)][LEARNT:]
    known = Known(model.names)
    features = [row for each in ready for row in each.features(known)]
    tokens = sum(map(len, features))
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(model.trained[0])
    floor = timed(lambda: [tagger.tag(row) for row in features])
    share = 30_000 / tokens
    yield Figure("label 30,000 tokens", seconds * share * 1000, "ms", 1000, floor * share * 1000)


def _whole(folder: Path) -> Iterator[Figure]:
    """Train from a project, with figures, learning curve and all, as the window does."""
    path = newsroom(folder / "press.annot", LEARNT + 20, LEARNT, sentences=SENTENCES)
    with Project.open(path) as project:
        seconds = timed(lambda: modelling.train(project))
    yield Figure("… from a project, judged, with its curve", seconds, "s", math.inf)


def _working(folder: Path) -> Iterator[Figure]:
    """Label by key in the window, at rest and while a model is trained in the background."""
    app = QApplication.instance() or QApplication([])
    preferences = Preferences(default_path())
    dress(app, chosen_theme("light", app))
    window = MainWindow(preferences)
    window.resize(1280, 800)
    window.show()
    path = folder / "press.annot"
    with Project.open(path) as project:
        project.set_setting(model_training.SETTING, "off")
        project.set_setting("suggest on opening", "off")
    window.open_project(path)
    QTest.qWaitForWindowExposed(window)
    window.session.open_article(f"n{LEARNT}")
    rested = _labels(window, 200)
    window.training.train()
    busy: list[float] = []
    while window.training.is_training and len(busy) < 2_000:
        busy += _labels(window, 20)
    window.close()
    yield Figure(
        "label by key while a model trains",
        statistics.median(busy),
        "ms",
        16,
        statistics.median(rested),
    )
    slow = statistics.quantiles(busy, n=20)[-1]
    yield Figure("… 19 of 20", slow, "ms", 16, statistics.quantiles(rested, n=20)[-1])


def _labels(window: MainWindow, number: int) -> list[float]:
    """Label words one after another, each to the painted screen, and return the milliseconds."""
    view = window.article_view
    painted = Painted(view.viewport())
    measured = []
    for turn in range(number):
        if turn % 40 == 0:
            view.place(0, 0)
        QTest.keyClick(view, Qt.Key.Key_Right)
        QApplication.processEvents()
        measured.append(painted.after(lambda: QTest.keyClicks(view, "p")))
    return measured
