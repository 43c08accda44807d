"""The model in the window: trained beside the work, shown on its page, asked what to label next."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.assist import model_files, modelling, settings, spacy_choice
from annotator.core.model import ArticleState
from annotator.gui import model_training
from annotator.gui.model_page import ModelPage
from annotator.gui.model_training import ModelTraining
from annotator.gui.window import MainWindow
from annotator.store import annotations, articles
from annotator.store.project import Project
from tests.assist.newsroom_project import newsroom
from tests.gui.conftest import Trigger

PATIENCE = 20_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of 24 articles, 20 of them done, with its model and the queue of the others."""
    path = newsroom(tmp_path_factory.mktemp("press") / "press.annot", 24, 20, sentences=6)
    with Project.open(path) as project:
        project.set_setting(model_training.SETTING, "off")
        modelling.train(project)
        modelling.doubts(project, model_files.load(path, project.scheme))
    return path


@pytest.fixture
def project_path(tmp_path: Path, made: Path) -> Path:
    """A copy of the project without its model."""
    path = tmp_path / "press.annot"
    path.write_bytes(made.read_bytes())
    return path


@pytest.fixture
def with_model(project_path: Path, made: Path) -> Path:
    place = model_files.folder(project_path)
    place.mkdir()
    for each in model_files.folder(made).iterdir():
        (place / each.name).write_bytes(each.read_bytes())
    return project_path


@pytest.fixture
def training(working: MainWindow) -> ModelTraining:
    assert working.training is not None
    return working.training


def page_of(window: MainWindow, trigger: Trigger) -> ModelPage:
    trigger("model.show")
    page = window.findChild(ModelPage)
    assert isinstance(page, ModelPage)
    return page


def test_a_model_is_trained_from_its_page(
    working: MainWindow, trigger: Trigger, qtbot: QtBot, project_path: Path
) -> None:
    page = page_of(working, trigger)
    assert page.headline.text() == "There is no model yet"
    assert not page.scores.isVisible()
    with qtbot.waitSignal(working.training.trained, timeout=PATIENCE):
        page.train.click()
        assert page.cancel.isVisible() and not page.train.isVisible()
    assert page.headline.text().startswith("F1 ")
    assert [page.scores.item(row, 0).text() for row in range(4)][-1] == "All"
    assert {page.scores.item(row, 0).text() for row in range(3)} == {"PER", "ORG", "LOC"}
    assert [row[0] for row in page.curve.table().rows] == ["10", "14"]
    assert "The last 4 articles brought" in page.lesson.text()
    assert model_files.card(project_path) is not None
    qtbot.waitUntil(page.train.isVisible)


def test_training_can_be_stopped_and_leaves_no_model(
    working: MainWindow, trigger: Trigger, qtbot: QtBot, project_path: Path
) -> None:
    page = page_of(working, trigger)
    page.train.click()
    page.cancel.click()
    qtbot.waitUntil(lambda: not working.training.is_training, timeout=PATIENCE)
    assert model_files.card(project_path) is None
    assert page.train.isVisible() and working.message_bar.isHidden()


def test_closing_the_project_ends_a_training(
    working: MainWindow, training: ModelTraining, project_path: Path
) -> None:
    training.train()
    working.close_project()
    assert model_files.card(project_path) is None


def test_too_few_done_articles_are_told_on_the_page(
    window: MainWindow, tmp_path: Path, trigger: Trigger
) -> None:
    window.open_project(newsroom(tmp_path / "small.annot", 3, 2, sentences=2))
    page = page_of(window, trigger)
    assert page.empty.text() == "20 done articles are needed; 2 are done."
    page.train.click()
    assert "20 done articles are needed" in window.message_bar.text.text()


def test_the_model_is_trained_again_by_itself_as_more_is_done(
    with_model: Path, working: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_training, "REST", 10)
    monkeypatch.setattr(model_training, "MORE", 2)
    monkeypatch.setattr(model_training, "SHARE", 10)
    training, session = working.training, working.session
    before = model_files.card(with_model)
    training.set_automatic(on=True)
    session.open_article("n20")
    session.set_state(ArticleState.DONE)
    assert not training.is_due, "one more article is not enough"
    session.open_article("n21")
    with qtbot.waitSignal(training.trained, timeout=PATIENCE):
        session.set_state(ArticleState.DONE)
    after = model_files.card(with_model)
    assert before is not None and after is not None
    assert (before.done, after.done) == (20, 22)


def test_what_is_switched_on_the_page_is_kept(
    with_model: Path, working: MainWindow, trigger: Trigger
) -> None:
    page = page_of(working, trigger)
    page.proposes.click()
    page.least.setValue(80)
    page.automatic.click()
    chosen = settings.read(working.session.project)
    assert (chosen.on["model"], chosen.least["model"]) == (False, 0.8)
    assert working.training.is_automatic
    assert not page.least.isEnabled()


def test_a_pipeline_of_spacy_is_chosen_on_the_page(
    working: MainWindow, trigger: Trigger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.suggest.spacy_pipeline.installed", lambda: ["fr_core_news_sm"])
    page = page_of(working, trigger)
    assert [page.pipelines.itemText(n) for n in range(page.pipelines.count())] == [
        "no pipeline",
        "fr_core_news_sm",
    ]
    page.pipelines.setFocus()
    QTest.keyClick(page.pipelines, Qt.Key.Key_Down)
    assert spacy_choice.read(working.session.project).pipeline == "fr_core_news_sm"


def test_a_model_switched_off_takes_its_open_suggestions_along(
    with_model: Path, working: MainWindow, trigger: Trigger, qtbot: QtBot
) -> None:
    session = working.session

    def origins() -> set[str]:
        found = annotations.of_article(session.project, "n23", ["suggested"])
        return {each.origin for each in found}

    session.open_article("n23")
    working.proposer.suggest_article()
    qtbot.waitUntil(lambda: "model" in origins(), timeout=PATIENCE)
    page_of(working, trigger).proposes.click()
    qtbot.waitUntil(lambda: "model" not in origins(), timeout=PATIENCE)


def test_a_forgotten_model_is_gone_from_disk_and_page(
    with_model: Path, working: MainWindow, trigger: Trigger
) -> None:
    page = page_of(working, trigger)
    assert page.headline.text().startswith("F1 ")
    page.forget.click()
    assert page.headline.text() == "There is no model yet"
    assert list(model_files.folder(with_model).iterdir()) == []


def test_a_damaged_model_is_told_on_the_page(
    with_model: Path, working: MainWindow, trigger: Trigger
) -> None:
    for each in model_files.folder(with_model).glob("*.model"):
        each.write_bytes(b"no model")
    model_files.forget_read()
    page = page_of(working, trigger)
    assert "is damaged and is not used" in page.trouble.text()


def test_the_queue_decides_what_comes_next(
    with_model: Path, working: MainWindow, trigger: Trigger, qtbot: QtBot
) -> None:
    session, listed = working.session, working.workspace.articles
    reading = [f"n{n}" for n in range(24)]
    assert list(listed.model.ids) == reading
    with qtbot.waitSignal(working.queue.changed, timeout=PATIENCE):
        trigger("article.queue")
    first, second = list(listed.model.ids)[:2]
    assert set(list(listed.model.ids)[:4]) == {"n20", "n21", "n22", "n23"}
    assert list(listed.model.ids)[4:] == reading[:20]
    assert listed.order.isChecked() and listed.order_line.isVisible()

    session.open_article(first)
    QTest.keyClick(working.article_view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert session.article.id == second
    trigger("article.previous")
    assert session.article.id == first

    listed.order.click()
    assert list(listed.model.ids) == reading
    assert not listed.order.isChecked()


def test_the_queue_is_taken_up_again_when_the_project_opens(
    with_model: Path, working: MainWindow, trigger: Trigger, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(working.queue.changed, timeout=PATIENCE):
        working.workspace.articles.order.click()
    order = list(working.workspace.articles.model.ids)
    working.open_project(with_model)
    assert list(working.workspace.articles.model.ids) == order


def test_a_queue_without_a_model_says_what_is_needed(working: MainWindow, trigger: Trigger) -> None:
    trigger("article.queue")
    assert "no model to ask yet" in working.message_bar.text.text()
    assert not working.workspace.articles.order.isChecked()


def test_the_first_unfinished_article_is_found_behind_many_done_ones(with_model: Path) -> None:
    with Project.open(with_model) as project:
        ids = [*[f"n{n}" for n in range(20)] * 30, "n22", "n21"]
        assert articles.first_unfinished(project, ids) == "n22"
        assert articles.first_unfinished(project, ids, "n22") == "n21"
        assert articles.first_unfinished(project, ids[:20]) is None
