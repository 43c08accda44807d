"""A model lives beside the project: trained on what is done, kept whole or not at all, never needed."""

import json
import os
from pathlib import Path

import pytest

from annotator.assist import apart, model_files, model_process, modelling
from annotator.assist.model_files import Kept
from annotator.assist.suggesting import Options, suggest
from annotator.core.corpus import LabelledArticle, Span
from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.model import Article, ArticleState
from annotator.core.scheme import Label, Scheme, Slot
from annotator.store import annotations, articles, bulk, frames
from annotator.store.project import Project
from tests.assist.newsroom_project import newsroom


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of 26 articles, 22 of them done, with its model."""
    path = newsroom(tmp_path_factory.mktemp("newsroom") / "press.annot", 26, 22)
    with Project.open(path) as project:
        modelling.train(project)
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return newsroom(tmp_path / "press.annot", 3, 2, sentences=4)


def load(path: Path) -> Kept:
    with Project.open(path, read_only=True) as opened:
        return model_files.load(path, opened.scheme)


def test_a_model_proposes_names_in_an_article_it_has_not_seen(trained: Path) -> None:
    kept = load(trained)
    assert kept.model is not None and kept.card is not None and kept.trouble == ""
    assert (kept.card.done, len(kept.card.articles)) == (22, 22)
    assert kept.card.evaluation.scores.micro.f1 > 0.5
    with Project.open(trained) as project:
        text = articles.article(project, "n25").text
    assert {each.label for each in kept.model.propose(text)} <= {"per", "org", "loc"}


def test_the_project_file_knows_nothing_of_the_model(trained: Path) -> None:
    assert sorted(path.name for path in trained.parent.iterdir()) == ["press.annot", "press.models"]
    with Project.open(trained) as project:
        assert project.undo_name() == "Import"


def test_too_few_done_articles_are_counted(project: Path) -> None:
    with Project.open(project) as opened, pytest.raises(UserError) as told:
        modelling.train(opened)
    assert str(told.value) == "20 done articles are needed; 2 are done."


@pytest.mark.parametrize("done", [0, 1])
def test_an_empty_project_and_one_article_say_what_is_needed(tmp_path: Path, done: int) -> None:
    path = newsroom(tmp_path / "small.annot", 1, done)
    with Project.open(path) as opened, pytest.raises(UserError, match="are needed"):
        modelling.train(opened)


def test_a_scheme_of_frames_alone_has_nothing_to_learn(tmp_path: Path) -> None:
    scheme = Scheme(labels=(Label("quote", "Quote", slots=(Slot("source"),)),))
    with (
        Project.create(tmp_path / "quotes.annot", scheme) as opened,
        pytest.raises(UserError, match="all belong to frames"),
    ):
        modelling.train(opened)


def test_labels_that_hardly_stand_anywhere_are_nothing_to_learn(project: Path) -> None:
    with Project.open(project) as opened:
        for each in ("n0", "n1"):
            found = [a.id for a in annotations.of_article(opened, each)]
            opened.do(
                "Remove",
                lambda deed, f=found: [annotations.erase(deed, a) for a in f],
                annotator="Ada",
            )
        with pytest.raises(UserError, match="nothing to learn yet"):
            modelling.train(opened, least=2)


def test_one_label_is_enough(tmp_path: Path) -> None:
    scheme = Scheme(labels=(Label("per", "PER"), Label("org", "ORG"), Label("loc", "LOC")))
    path = newsroom(tmp_path / "one.annot", 6, 5, scheme=scheme)
    with Project.open(path) as opened:
        for each in articles.ids(opened):
            found = [a.id for a in annotations.of_article(opened, each) if a.label != "per"]
            opened.do(
                "Remove",
                lambda deed, f=found: [annotations.erase(deed, a) for a in f],
                annotator="Ada",
            )
        assert modelling.train(opened, least=2).labels == ("per",)


def test_a_stopped_training_leaves_the_model_before(trained: Path) -> None:
    before = load(trained).card
    calls = []

    def stop(done: int, total: int) -> bool:
        calls.append((done, total))
        return len(calls) < 24

    with Project.open(trained) as project, pytest.raises(modelling.Cancelled):
        modelling.train(project, progress=stop)
    assert load(trained).card == before
    assert all(done <= total for done, total in calls)


def test_a_training_that_is_killed_leaves_the_model_before(trained: Path) -> None:
    before = {path: path.read_bytes() for path in model_files.folder(trained).iterdir()}
    with apart.started("annotator.assist.model_process", "train", str(trained)) as process:
        assert process.stdout is not None
        assert "done" in json.loads(process.stdout.readline())
        process.kill()
    assert {path: path.read_bytes() for path in model_files.folder(trained).iterdir()} == before


def test_what_another_process_cannot_do_is_told_here(project: Path) -> None:
    with pytest.raises(UserError, match="20 done articles are needed; 2 are done"):
        model_process.run("train", project, lambda _done, _all: True)
    with pytest.raises(UserError, match="no model yet"):
        model_process.run("queue", project, lambda _done, _all: True)


def test_of_300_labels_the_frequent_ones_are_learnt(tmp_path: Path) -> None:
    names = [f"L{n}" for n in range(300)]
    scheme = Scheme(labels=tuple(Label(name.lower(), name) for name in names))
    text = " ".join(f"Nom{n} parle." for n in range(300))
    with Project.create(tmp_path / "many.annot", scheme) as opened:
        spans = [
            Span(
                new_id(),
                name,
                0,
                text.index(f"Nom{n} "),
                text.index(f"Nom{n} ") + len(f"Nom{n}"),
                f"Nom{n}",
            )
            for n, name in enumerate(names)
        ]
        rows = [
            LabelledArticle(
                Article(f"a{n}", f"{text} {n}", state=ArticleState.DONE),
                [each._replace(annotation=new_id()) for each in spans],
                [],
            )
            for n in range(3)
        ]
        known = {name: name.lower() for name in names}
        opened.do(
            "Import", lambda d: bulk.add_articles(d, rows, known, bulk.Added()), annotator="Ada"
        )
        card = modelling.train(opened, least=2)
        assert (len(card.labels), len(card.layers), len(card.rare)) == (96, 4, 204)
        assert modelling.left_out(card, scheme).endswith("and 192 more.")


def test_a_damaged_model_is_told_and_not_used(tmp_path: Path, trained: Path) -> None:
    path = _copy(trained, tmp_path)
    packed = next(model_files.folder(path).glob("*.model"))
    packed.write_bytes(packed.read_bytes()[:-20] + b"x" * 20)
    assert load(path).model is None
    assert "is damaged and is not used" in load(path).trouble


@pytest.mark.parametrize("card", ["", "{", "[]", '{"version": 1}', "null", "\ufffd"])
def test_a_card_that_says_nothing_is_told(tmp_path: Path, trained: Path, card: str) -> None:
    path = _copy(trained, tmp_path)
    (model_files.folder(path) / "model.json").write_text(card, "utf-8")
    assert load(path).model is None
    assert "is damaged" in load(path).trouble
    assert model_files.card(path) is None


def test_a_model_of_another_version_is_told(tmp_path: Path, trained: Path) -> None:
    path = _copy(trained, tmp_path)
    card = model_files.folder(path) / "model.json"
    card.write_text(card.read_text("utf-8").replace('"version": 1', '"version": 0'), "utf-8")
    assert "another version" in load(path).trouble


def test_a_model_of_another_scheme_is_told(trained: Path) -> None:
    other = Scheme(labels=(Label("claim", "Claim"),))
    kept = model_files.load(trained, other)
    assert kept.model is None and "does not have" in kept.trouble


def test_a_project_copied_without_its_model_works(tmp_path: Path, trained: Path) -> None:
    path = tmp_path / "copied.annot"
    path.write_bytes(trained.read_bytes())
    assert load(path) == Kept()


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path, trained: Path) -> None:
    path = tmp_path / "blocked.annot"
    path.write_bytes(trained.read_bytes())
    model_files.folder(path).write_text("a file is in the way")
    with Project.open(path) as project, pytest.raises(UserError, match="cannot be kept in"):
        modelling.train(project)
    assert load(path) == Kept()


def test_a_forgotten_model_is_gone_and_what_lies_beside_it_stays(
    tmp_path: Path, trained: Path
) -> None:
    path = _copy(trained, tmp_path)
    note = model_files.folder(path) / "note.txt"
    note.write_text("mine")
    model_files.forget(path)
    assert load(path) == Kept()
    assert list(model_files.folder(path).iterdir()) == [note]


def test_the_queue_asks_for_what_waits_and_remembers(trained: Path) -> None:
    asked: list[int] = []
    with Project.open(trained) as project:
        kept = model_files.load(trained, project.scheme)
        found = modelling.doubts(project, kept, progress=lambda n, total: not asked.append(total))
        assert set(found) == {"n22", "n23", "n24", "n25"}
        order = modelling.in_order(articles.ids(project), found)
        assert sorted(order[:4]) == ["n22", "n23", "n24", "n25"]
        assert order[4:] == [f"n{n}" for n in range(22)], "the others in reading order"
        assert found[order[0]] >= found[order[3]]
        assert modelling.doubts(project, kept, progress=lambda n, total: total == 0) == found
        project.do(
            "Done", lambda deed: articles.set_state(deed, "n22", ArticleState.DONE), annotator="Ada"
        )
        assert "n22" not in modelling.doubts(project, kept)


def test_articles_of_equal_doubt_stay_in_reading_order() -> None:
    assert modelling.in_order("abcd", {"d": 0.5, "b": 0.5, "c": 0.7}) == ["c", "b", "d", "a"]


def test_a_queue_without_a_model_says_how_to_get_one(project: Path) -> None:
    with Project.open(project) as opened, pytest.raises(UserError, match="no model yet"):
        modelling.doubts(opened, Kept())


def _copy(project: Path, folder: Path) -> Path:
    path = folder / project.name
    path.write_bytes(project.read_bytes())
    model_files.folder(path).mkdir()
    for each in model_files.folder(project).iterdir():
        (model_files.folder(path) / each.name).write_bytes(each.read_bytes())
    os.utime(model_files.folder(path) / "model.json")
    return path


def test_the_model_suggests_beside_the_others(tmp_path: Path, trained: Path) -> None:
    path = _copy(trained, tmp_path)
    with Project.open(path) as project:
        report = suggest(project, Options(articles=("n24", "n25"), only=("model",)), "Ada")
        assert report.by_suggester["model"] == report.suggested > 5
        found = annotations.of_article(project, "n25", ["suggested"])
        assert {each.origin for each in found} == {"model"}
        assert found[0].reason == "learnt from 22 done articles"
        text = articles.article(project, "n25").text
        assert all(text[each.start : each.end] == each.text for each in found)


def test_a_rejected_proposal_of_the_model_stays_away(tmp_path: Path, trained: Path) -> None:
    path = _copy(trained, tmp_path)
    options = Options(articles=("n25",), only=("model",))
    with Project.open(path) as project:
        suggest(project, options, "Ada")
        first = annotations.of_article(project, "n25", ["suggested"])[0]
        project.do("Reject", lambda deed: frames.reject(deed, [first.id]), annotator="Ada")
        suggest(project, options, "Ada")
        again = annotations.of_article(project, "n25", ["suggested"])
        assert (first.start, first.label) not in {(each.start, each.label) for each in again}


def test_without_a_model_its_suggester_says_why_it_is_silent(project: Path) -> None:
    with Project.open(project) as opened, pytest.raises(UserError, match="no model yet"):
        suggest(opened, Options(only=("model",)), "Ada")
