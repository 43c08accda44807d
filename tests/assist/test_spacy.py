"""Pipelines of spaCy: what they find becomes suggestions, exact to the code point; they are trained here."""

import json
from pathlib import Path

import pytest

from annotator.assist import model_files, settings, spacy_choice, spacy_training, suggesters
from annotator.assist.known import Known
from annotator.assist.modelling import Cancelled
from annotator.assist.spacy_choice import Choice
from annotator.assist.suggesting import Options, suggest
from annotator.core.corpus import LabelledArticle
from annotator.core.errors import UserError
from annotator.core.model import Article
from annotator.core.scheme import read_scheme
from annotator.resources import resource
from annotator.store import annotations, bulk, frames
from annotator.store.project import Project
from annotator.suggest import spacy_pipeline
from tests.assist.newsroom_project import newsroom
from tests.assist.pipelines import rules

spacy = pytest.importorskip("spacy")

TEXT = "🙂 E\u0301mile Zola vit à\u00a0Lyon avec M. Zola — l’ONU\u202fdit oui le 1er mai."


@pytest.fixture(scope="module")
def ruler(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A pipeline of rules, kept in a folder as an installed one is."""
    return rules(tmp_path_factory.mktemp("pipelines") / "ruler")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "zola.annot"
    with Project.create(path, read_scheme(resource("schemes", "news.toml"))) as opened:
        rows = [LabelledArticle(Article("a", TEXT, language="fr"), [], [])]
        opened.do("Import", lambda d: bulk.add_articles(d, rows, {}, bulk.Added()), annotator="Ada")
    return path


def test_entities_become_suggestions_with_our_labels(project: Path, ruler: str) -> None:
    with Project.open(project) as opened:
        spacy_choice.write(opened, Choice(ruler))
        report = suggest(opened, Options(only=("spacy",)), "Ada")
        found = annotations.of_article(opened, "a", ["suggested"])
        assert [(each.label, each.text) for each in found] == [
            ("per", "E\u0301mile Zola"),
            ("loc", "Lyon"),
            ("org", "ONU"),
        ]
        assert all(TEXT[each.start : each.end] == each.text for each in found)
        assert report.by_suggester["spacy"] == 3
        assert found[1].reason == f"GPE of {ruler}"


def test_people_say_what_a_label_becomes(project: Path, ruler: str) -> None:
    chosen = {"WHEN": "func", "GPE": "", "ORG": "gone"}
    with Project.open(project) as opened:
        spacy_choice.write(opened, Choice(ruler, chosen))
        assert spacy_choice.read(opened) == Choice(ruler, chosen)
        suggest(opened, Options(only=("spacy",)), "Ada")
        found = annotations.of_article(opened, "a", ["suggested"])
        assert [(each.label, each.text) for each in found] == [
            ("per", "E\u0301mile Zola"),
            ("func", "1er mai"),
        ]


def test_what_was_rejected_stays_away(project: Path, ruler: str) -> None:
    with Project.open(project) as opened:
        spacy_choice.write(opened, Choice(ruler))
        suggest(opened, Options(only=("spacy",)), "Ada")
        first = annotations.of_article(opened, "a", ["suggested"])[0]
        opened.do("Reject", lambda deed: frames.reject(deed, [first.id]), annotator="Ada")
        suggest(opened, Options(only=("spacy",)), "Ada")
        again = annotations.of_article(opened, "a", ["suggested"])
        assert [each.text for each in again] == ["Lyon", "ONU"]


def test_it_is_off_until_somebody_wants_it(project: Path, ruler: str) -> None:
    with Project.open(project) as opened:
        spacy_choice.write(opened, Choice(ruler))
        suggest(opened, Options(), "Ada")
        found = annotations.of_article(opened, "a", ["suggested"])
        assert "spacy" not in {each.origin for each in found}
        settings.write(opened, settings.read(opened).switched("spacy", on=True))
        suggest(opened, Options(), "Ada")
        assert "spacy" in {
            each.origin for each in annotations.of_article(opened, "a", ["suggested"])
        }


def test_a_missing_extra_is_said_with_the_way_to_get_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.formats.extras.find_spec", lambda name: None)
    with Project.open(project) as opened:
        with pytest.raises(UserError, match=r'pip install "annotator\[spacy\]"'):
            suggest(opened, Options(only=("spacy",)), "Ada")
        with pytest.raises(UserError, match=r'pip install "annotator\[spacy\]"'):
            spacy_training.train(opened, "blank:fr")


def test_a_missing_pipeline_is_said(project: Path) -> None:
    with Project.open(project) as opened:
        for name, said in (
            ("", "No pipeline of spaCy is chosen yet"),
            ("fr_core_nowhere", "spacy download fr_core_nowhere"),
            ("trained", "No pipeline of spaCy was trained here yet"),
        ):
            spacy_choice.write(opened, Choice(name))
            with pytest.raises(UserError, match=said):
                suggest(opened, Options(only=("spacy",)), "Ada")


def test_a_pipeline_that_cannot_be_loaded_is_said(project: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "meta.json").write_text("{}")
    with Project.open(project) as opened, Known().at_work(opened) as known:
        spacy_choice.write(opened, Choice(str(broken)))
        spacy = suggesters.named("spacy")
        assert spacy.unable(known) == ""
        assert spacy.look is not None
        assert list(spacy.look(known, Article("a", TEXT))) == []
        assert "cannot be loaded" in spacy.unable(known)
        spacy_choice.write(opened, Choice("other"))
        assert "no pipeline “other”" in spacy.unable(known)


def test_settings_that_are_garbage_count_as_none(project: Path) -> None:
    with Project.open(project) as opened:
        for garbage in ("{", "[]", '{"labels": 3}', "null"):
            opened.set_setting(spacy_choice.SETTING, garbage)
            assert spacy_choice.read(opened) == Choice()


def test_a_pipeline_is_trained_on_what_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spacy_pipeline, "EPOCHS", 6)
    path = newsroom(tmp_path / "press.annot", 13, 12, sentences=8)
    with Project.open(path) as opened:
        rounds: list[int] = []
        report = spacy_training.train(
            opened, "blank:fr", least=5, progress=lambda done, _all: not rounds.append(done)
        )
        assert report.learnt + report.held_out == 12 and report.held_out >= 2
        assert report.scores.micro.f1 > 0
        assert rounds[0] == 1
        folder = spacy_choice.trained_folder(path)
        assert json.loads((folder / "figures.json").read_text("utf-8"))["base"] == "blank:fr"
        assert [each.name for each in model_files.folder(path).iterdir()] == ["spacy"]
        spacy_choice.write(opened, Choice(spacy_choice.TRAINED))
        assert spacy_choice.available(path)[0] == "trained"
        found = suggest(opened, Options(articles=("n12",), only=("spacy",)), "Ada")
        assert found.suggested > 0


def test_a_stopped_training_leaves_nothing(tmp_path: Path) -> None:
    path = newsroom(tmp_path / "press.annot", 4, 4, sentences=3)
    with Project.open(path) as opened, pytest.raises(Cancelled):
        spacy_training.train(opened, "blank:fr", least=2, progress=lambda _done, _all: False)
    assert not model_files.folder(path).exists()
