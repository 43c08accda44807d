"""One gesture on a list of annotations: one op, nothing half done, nothing written over unseen."""

from collections.abc import Callable
from typing import Any

import pytest

from annotator.core.errors import Conflict, UserError
from annotator.core.model import AnnotationState, Article, ArticleState, Entity
from annotator.store import annotations, articles, entities, frames, history, many
from annotator.store.checks import check
from annotator.store.deed import Deed
from annotator.store.many import Written
from annotator.store.project import Project
from tests.store.conftest import label, put, surfaces


def do(project: Project, write: Callable[[Deed], Any]) -> Any:
    return project.do("Many", write, annotator="Ada")[0]


def suggest(
    project: Project,
    article: Article,
    label_id: str,
    *ranges: tuple[int, int],
    origin: str = "rules",
) -> str:
    return str(
        do(
            project,
            lambda deed: annotations.add(
                deed, article, label_id, ranges, origin=origin, state=AnnotationState.SUGGESTED
            ),
        )
    )


def state(project: Project, annotation_id: str) -> tuple[str, str]:
    found = annotations.annotation(project, annotation_id)
    return found.state.value, found.settled


@pytest.fixture
def roy(project: Project) -> Article:
    return put(project, "Oui, dit Mme Roy à Lyon. Roy part.")[0]


@pytest.fixture
def quote(project: Project, roy: Article) -> tuple[str, str, str]:
    """A suggested quote with its suggested source and cue."""
    frame = suggest(project, roy, "quote", (0, 3))
    source, cue = suggest(project, roy, "per", (13, 16)), suggest(project, roy, "cue", (5, 8))
    do(project, lambda deed: annotations.link(deed, "source", frame, source))
    do(project, lambda deed: annotations.link(deed, "cue", frame, cue))
    return frame, source, cue


def test_a_list_is_relabelled_as_one_op_and_comes_back(project: Project, roy: Article) -> None:
    ids = [label(project, roy, "per", (13, 16)), label(project, roy, "per", (25, 28))]
    before = len(history.ops(project))
    written = do(project, lambda deed: many.relabel(deed, project.scheme, [*ids, "gone"], "org"))
    assert written == Written(2, 1)
    assert len(history.ops(project)) == before + 1
    assert {annotations.annotation(project, each).label for each in ids} == {"org"}
    project.undo()
    assert {annotations.annotation(project, each).label for each in ids} == {"per"}
    project.redo()
    assert {annotations.annotation(project, each).label for each in ids} == {"org"}


def test_no_label_comes_to_stand_twice_on_the_same_words(project: Project, roy: Article) -> None:
    ids = [label(project, roy, each, (13, 16)) for each in ("per", "org", "loc")]
    assert do(project, lambda d: many.relabel(d, project.scheme, ids, "org")) == Written(0, 3)
    assert do(project, lambda d: many.relabel(d, project.scheme, ids, "event")) == Written(1, 2)


def test_a_corrected_suggestion_is_accepted_with_its_parts(
    project: Project, quote: tuple[str, str, str]
) -> None:
    frame, source, cue = quote
    values = {"type": "indirect"}
    written = do(
        project,
        lambda deed: many.set_attribute(deed, project.scheme, quote, "type", values["type"]),
    )
    assert written == Written(1, 2)
    assert annotations.annotation(project, frame).attributes == values
    assert [state(project, each) for each in (frame, source, cue)] == [
        ("accepted", "changed"),
        ("accepted", "unchanged"),
        ("accepted", "unchanged"),
    ]


def test_an_attribute_takes_only_what_the_scheme_knows(project: Project, roy: Article) -> None:
    ids = [label(project, roy, "quote", (0, 3))]
    with pytest.raises(UserError, match="sung"):
        do(project, lambda deed: many.set_attribute(deed, project.scheme, ids, "type", "sung"))
    with pytest.raises(UserError, match="tempo"):
        do(project, lambda deed: many.set_attribute(deed, project.scheme, ids, "tempo", None))
    do(project, lambda deed: many.set_attribute(deed, project.scheme, ids, "type", "mixed"))
    do(project, lambda deed: many.set_attribute(deed, project.scheme, ids, "type", None))
    assert annotations.annotation(project, ids[0]).attributes == {}


def test_suggestions_are_accepted_with_their_parts(
    project: Project, quote: tuple[str, str, str]
) -> None:
    frame, source, cue = quote
    assert do(project, lambda deed: many.accept(deed, [frame])) == Written(1, 0)
    assert [state(project, each)[0] for each in (frame, source, cue)] == ["accepted"] * 3
    assert do(project, lambda deed: many.accept(deed, [frame])) == Written(0, 1)
    project.undo()
    assert [state(project, each)[0] for each in (frame, source, cue)] == ["suggested"] * 3


def test_a_part_that_another_frame_needs_is_not_rejected(
    project: Project, roy: Article, quote: tuple[str, str, str]
) -> None:
    frame, source, cue = quote
    other = suggest(project, roy, "quote", (30, 33))
    do(project, lambda deed: annotations.link(deed, "source", other, source))
    assert do(project, lambda deed: many.reject(deed, [frame])) == Written(1, 0)
    states = [state(project, each)[0] for each in (frame, source, cue)]
    assert states == ["rejected", "suggested", "rejected"]
    do(project, lambda deed: many.reject(deed, [other]))
    assert state(project, source)[0] == "rejected"


def test_what_was_made_goes_and_what_was_suggested_stays_away(
    project: Project, roy: Article, quote: tuple[str, str, str]
) -> None:
    frame, source, cue = quote
    made = label(project, roy, "per", (25, 28))
    do(project, lambda deed: frames.accept(deed, [frame]))
    assert do(project, lambda deed: many.remove(deed, [frame, made, "gone"])) == Written(2, 1)
    assert [state(project, each)[0] for each in (frame, source, cue)] == ["rejected"] * 3
    with pytest.raises(KeyError):
        annotations.annotation(project, made)
    assert check(project) == []
    project.undo()
    assert surfaces(project) == ["Oui", "dit", "Roy", "Roy"]
    assert check(project) == []


def test_a_quote_made_by_hand_takes_its_cue_along(project: Project, roy: Article) -> None:
    ids = []
    for start in (0, 25):
        ids.append(label(project, roy, "quote", (start, start + 3)))
        slot = project.scheme.label("quote").slots[1]
        do(
            project,
            lambda deed, frame=ids[-1], slot=slot: frames.fill_with(
                deed, roy, frame, slot, project.scheme.label("cue"), [(5, 8)]
            ),
        )
    do(project, lambda deed: many.remove(deed, ids[:1]))
    assert surfaces(project) == ["dit", "Roy"]
    do(project, lambda deed: many.remove(deed, ids[1:]))
    assert surfaces(project) == []
    project.undo()
    project.undo()
    assert surfaces(project) == ["Oui", "dit", "Roy"]
    assert check(project) == []


def test_mentions_are_given_to_an_entity_that_stands(project: Project, roy: Article) -> None:
    ids = [label(project, roy, "per", (13, 16)), suggest(project, roy, "per", (25, 28))]
    do(project, lambda deed: entities.add(deed, Entity("e", "Anne Roy")))
    assert do(project, lambda deed: many.set_entity(deed, ids, "e")) == Written(2, 0)
    assert len(entities.mentions(project, "e")) == 2
    assert state(project, ids[1]) == ("accepted", "changed")
    assert do(project, lambda deed: many.set_entity(deed, ids, "e")) == Written(0, 2)
    with pytest.raises(Conflict):
        do(project, lambda deed: many.set_entity(deed, ids, "nobody"))


def test_nobody_works_on_what_was_turned_down(project: Project, roy: Article) -> None:
    ids = [suggest(project, roy, "per", (13, 16))]
    do(project, lambda deed: many.reject(deed, ids))
    assert do(project, lambda d: many.relabel(d, project.scheme, ids, "org")) == Written(0, 1)
    assert do(project, lambda d: many.set_note(d, ids, "why")) == Written(0, 1)
    assert do(project, lambda d: many.accept(d, ids)) == Written(0, 1)
    assert do(project, lambda d: many.remove(d, ids)) == Written(0, 1)


def test_the_first_deed_starts_the_work_on_an_article(project: Project, roy: Article) -> None:
    ids = [suggest(project, roy, "per", (13, 16))]
    do(project, lambda deed: articles.set_state(deed, roy.id, ArticleState.TODO))
    do(project, lambda deed: many.accept(deed, ids))
    assert articles.article(project, roy.id).state is ArticleState.IN_PROGRESS
