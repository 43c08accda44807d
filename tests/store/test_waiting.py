"""Suggestions that wait for a decision: listed, sifted, settled as one deed."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from annotator.core.corpus import LabelledArticle
from annotator.core.ids import new_id
from annotator.core.model import Annotation, AnnotationState, Article, Claim, Fragment, Link
from annotator.core.scheme import read_scheme
from annotator.resources import resource
from annotator.store import annotations, bulk, suggestions, waiting
from annotator.store.project import Project
from annotator.store.suggestions import Suggested
from annotator.store.waiting import Sieve, Waiting

TEXTS = ("« Non », dit Luc Roy à Lyon.", "LUC ROY et Luc Roy.", "Rien.")


@pytest.fixture
def project(tmp_path: Path):
    path = tmp_path / "waiting.annot"
    with Project.create(path, read_scheme(resource("schemes", "news.toml"))) as found:
        rows = [LabelledArticle(Article(f"a{n}", text), [], []) for n, text in enumerate(TEXTS)]
        found.do("Import", lambda d: bulk.add_articles(d, rows, {}, bulk.Added()), annotator="Ada")
        quote = suggested(0, "quote", "« Non »", 0.95, "quote rules")
        source = suggested(0, "per", "Luc Roy", 0.95, "quote rules")
        place = suggested(0, "loc", "Lyon", 0.6, "names", Claim("model", 0.7, "p 0.7"))
        link = Link(new_id(), "source", quote.id, source.id, "Ada")
        second = [suggested(1, "per", words, 0.8, "names") for words in ("LUC ROY", "Luc Roy")]
        suggestions.write(
            found,
            [Suggested("a0", [quote, source, place], [link]), Suggested("a1", second, ())],
        )
        yield found


def suggested(
    n: int, label: str, words: str, score: float, origin: str, *also: Claim
) -> Annotation:
    start = TEXTS[n].index(words)
    return Annotation(
        new_id(),
        f"a{n}",
        label,
        (Fragment(start, start + len(words), words),),
        annotator="Ada",
        origin=origin,
        state=AnnotationState.SUGGESTED,
        score=score,
        also=also,
    )


def said(project: Project, found: Sequence[Waiting]) -> list[str]:
    return [each.words for each in waiting.contexts(project, found)]


def test_parts_of_a_suggested_quote_do_not_wait_by_themselves(project: Project) -> None:
    assert said(project, waiting.find(project)) == ["« Non »", "Lyon", "LUC ROY", "Luc Roy"]
    assert said(project, waiting.find(project, ["a0"])) == ["« Non »", "Lyon"]
    assert said(project, waiting.find(project, ["a2", "a1"])) == ["LUC ROY", "Luc Roy"]
    assert waiting.find(project, ["a2"]) == []
    assert waiting.find(project, []) == []


def test_they_are_sifted_by_score_label_suggester_and_words(project: Project) -> None:
    found = waiting.find(project)

    def passing(sieve: Sieve) -> list[str]:
        return said(project, sieve.passed(sieve.sifted(project, found)))

    assert passing(Sieve(80)) == ["« Non »", "LUC ROY", "Luc Roy"]
    assert passing(Sieve(label="loc")) == ["Lyon"]
    assert passing(Sieve(origin="model")) == ["Lyon"]
    assert passing(Sieve(words="Luc Roy")) == ["LUC ROY", "Luc Roy"]
    assert waiting.histogram(found, 20) == [0, 0, 0, 1, 3]


def test_a_quote_is_settled_with_its_parts_and_one_undo_takes_it_back(project: Project) -> None:
    ids = [each.annotation for each in waiting.find(project)]
    written, _changes = project.do(
        "Reject", lambda deed: waiting.settle(AnnotationState.REJECTED, ids, deed), annotator="Bo"
    )
    assert (written.done, written.passed) == (4, 0)
    assert waiting.find(project) == []
    assert annotations.of_article(project, "a0") == []
    project.undo()
    assert len(waiting.find(project)) == 4


def test_what_was_settled_meanwhile_is_passed_over(project: Project) -> None:
    ids = [each.annotation for each in waiting.find(project)]
    settle = waiting.settle
    project.do("One", lambda deed: settle(AnnotationState.ACCEPTED, ids[:1], deed), annotator="Bo")
    written, _changes = project.do(
        "All", lambda deed: settle(AnnotationState.ACCEPTED, ids, deed), annotator="Bo"
    )
    assert (written.done, written.passed) == (3, 1)


def test_a_list_that_is_stopped_returns_what_it_has(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "_REPORTED", 2)
    assert len(waiting.find(project, None, lambda done, _total: done < 2)) == 2
    monkeypatch.setattr(waiting, "MOST", 3)
    assert len(waiting.find(project)) == 3
