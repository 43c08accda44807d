"""Suggestions beside the history: written anew without touching what somebody has decided."""

from collections.abc import Callable

import pytest

from annotator.core.ids import new_id
from annotator.core.model import Article, Link
from annotator.store import annotations, frames, history, learnt, suggestions
from annotator.store.project import Project
from annotator.store.suggestions import Suggested
from tests.store.conftest import label
from tests.store.test_frames import CUE, QUOTE, SPEAKER, states, suggestion

Reopen = Callable[[], Project]
RULES = ["rules"]


def suggest(project: Project, article: Article, *found: tuple[str, tuple[int, int]]) -> list[str]:
    """Have a rule suggest these, the first with the others as its parts; return their ids."""
    made = [suggestion(article, label_id, range_) for label_id, range_ in found]
    links = [Link(new_id(), part.label, made[0].id, part.id, "Ada") for part in made[1:]]
    suggestions.write(project, [Suggested(article.id, made, links)], RULES)
    return [each.id for each in made]


def ids(project: Project, article: Article) -> set[str]:
    return {each.id for each in suggestions.standing(project, article.id)}


def test_suggesting_is_no_deed(project: Project, first: Article) -> None:
    label(project, first, "per", SPEAKER)
    before = history.ops(project)
    suggest(project, first, ("quote", QUOTE), ("cue", CUE))
    assert history.ops(project) == before
    assert project.undo_name() == "Label per"


def test_suggesting_leaves_what_can_be_redone(project: Project, first: Article) -> None:
    label(project, first, "per", SPEAKER)
    project.undo()
    suggest(project, first, ("quote", QUOTE))
    assert project.redo_name() == "Label per"
    project.redo()
    assert states(project, first) == {"per": "accepted", "quote": "suggested"}


def test_the_same_suggestion_stays_the_same_row(project: Project, first: Article) -> None:
    suggest(project, first, ("quote", QUOTE), ("cue", CUE))
    before = ids(project, first)
    suggest(project, first, ("quote", QUOTE), ("cue", CUE))
    assert ids(project, first) == before
    assert len(annotations.links_of(project, first.id)) == 1


def test_what_is_no_longer_suggested_goes(project: Project, first: Article) -> None:
    suggest(project, first, ("quote", QUOTE), ("cue", CUE))
    suggest(project, first, ("quote", (37, 44)))
    assert [a.text for a in suggestions.standing(project, first.id)] == [" à Nîmes".strip()]


def test_suggestions_of_another_origin_are_not_touched(project: Project, first: Article) -> None:
    suggest(project, first, ("quote", QUOTE))
    suggestions.clear(project, [first.id], ["a model"])
    assert states(project, first) == {"quote": "suggested"}
    suggestions.clear(project, [first.id], RULES)
    assert states(project, first) == {}


@pytest.mark.parametrize("decide", [frames.accept, frames.reject])
def test_a_decision_survives_new_suggestions(
    project: Project, first: Article, decide: Callable[..., None]
) -> None:
    quote, _cue = suggest(project, first, ("quote", QUOTE), ("cue", CUE))
    project.do("Decide", lambda d: decide(d, [quote]), annotator="Ben")
    before = states(project, first)
    suggestions.clear(project, [first.id], RULES)
    assert states(project, first) == before


def test_an_undone_decision_can_be_redone_after_new_suggestions(
    project: Project, first: Article, reopened: Reopen
) -> None:
    quote, _cue = suggest(project, first, ("quote", QUOTE), ("cue", CUE))
    project.do("Accept", lambda d: frames.accept(d, [quote]), annotator="Ben")
    project.undo()
    suggest(project, first, ("quote", (37, 44)))
    project = reopened()
    project.redo()
    assert annotations.annotation(project, quote).settled == "unchanged"


def test_a_quote_with_its_parts_waits_for_one_decision(project: Project, first: Article) -> None:
    suggest(project, first, ("quote", QUOTE), ("cue", CUE), ("source", SPEAKER))
    assert annotations.count_suggestions(project, first.id) == 1
    assert suggestions.count(project, [first.id], "quote", "rules") == 1
    assert suggestions.sure(project, [first.id], ["rules"], 0.95) == []


def test_what_was_accepted_teaches_cues_and_names(project: Project, first: Article) -> None:
    quote, *_parts = suggest(project, first, ("quote", QUOTE), ("cue", CUE), ("source", SPEAKER))
    assert (learnt.cues(project), learnt.names(project)) == ([], [])
    project.do("Accept", lambda d: frames.accept(d, [quote]), annotator="Ben")
    assert learnt.cues(project) == [("assure", "")]
    assert learnt.names(project) == ["Mme Bruneau"]
    assert learnt.cues(project, [quote]) == []
