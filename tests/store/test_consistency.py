"""How strings are labelled in a project, counted and settled; and what was decided about them."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core.errors import UserError
from annotator.core.model import AnnotationState, ArticleState, Entity
from annotator.core.precedents import Precedent
from annotator.store import (
    annotations,
    articles,
    boundaries,
    consistency,
    entities,
    history,
    precedents,
)
from annotator.store.checks import check
from annotator.store.occurrences import Occurrence, Standing, Wanted
from annotator.store.project import Project
from tests.store.conftest import label, put, surfaces

TEXTS = (
    "À l’Élysée, on attend. L'Élysée parle.",
    "E\u0301lyse\u0301e 🙂 : l’Élysée et Élysée. Élysées.",
    "L’Élysée encore.",
)


@pytest.fixture
def palace(project: Project) -> Project:
    """Élysée: twice LOC, twice ORG, once unlabelled in an article begun, once in one that is not."""
    first, second, _third = put(project, *TEXTS)
    label(project, first, "loc", (2, 10))
    label(project, first, "org", (23, 31))
    label(project, second, "loc", (0, 8))
    label(project, second, "org", (13, 21))
    return project


def find(project: Project, wanted: str = "loc") -> list[Occurrence]:
    return consistency.places(project, ["Élysée"], Wanted(wanted))


def test_spellings_are_counted_together(palace: Project) -> None:
    found = consistency.labelled(palace, "Élysée")
    assert found.labels == {"loc": 2, "org": 2}
    assert found.count == consistency.stretch(palace, "l'élysée") == 4
    assert consistency.labelled(palace, "Élysées").uses == ()
    assert consistency.labelled(palace, "").uses == ()


def test_suggestions_and_what_was_turned_down_do_not_count(palace: Project) -> None:
    for state in (AnnotationState.SUGGESTED, AnnotationState.REJECTED):
        annotation_id = palace.conn.execute(
            "select id from annotation order by id limit 1"
        ).fetchone()[0]
        palace.do(
            "x", lambda d, s=state, i=annotation_id: annotations.set_state(d, i, s), annotator="Ada"
        )
        assert consistency.labelled(palace, "Élysée").count == 3


def test_whom_a_string_means_is_counted_apart(palace: Project) -> None:
    def write(deed):  # type: ignore[no-untyped-def]
        entities.add(deed, Entity("e", "Palais de l’Élysée"))
        annotations.set_entity(deed, find(palace)[0].annotation, "e")

    palace.do("Give", write, annotator="Ada")
    uses = consistency.labelled(palace, "Élysée").uses
    assert ("loc", "e", 1) in uses
    assert ("loc", None, 1) in uses


def test_places_are_those_labelled_and_those_left_out_where_work_has_begun(palace: Project) -> None:
    found = find(palace)
    assert [(each.surface, each.standing) for each in found] == [
        ("l’Élysée", Standing.LABELLED),
        ("L'Élysée", Standing.OTHERWISE),
        ("E\u0301lyse\u0301e", Standing.LABELLED),
        ("l’Élysée", Standing.OTHERWISE),
        ("Élysée", Standing.FREE),
    ]
    third = articles.ids(palace)[-1]
    opened = consistency.places(palace, ["Élysée"], Wanted("loc"), open_article=third)
    assert opened[-1].article == third


def test_a_conflict_is_settled_as_one_op_and_comes_back_with_one_undo(palace: Project) -> None:
    before = len(history.ops(palace))
    ticked = [each for each in find(palace) if each.standing is Standing.OTHERWISE]
    palace.do(
        "Settle",
        lambda deed: consistency.settle(deed, palace.scheme, Wanted("loc"), ticked),
        annotator="Ada",
    )
    assert consistency.labelled(palace, "Élysée").labels == {"loc": 4}
    assert len(history.ops(palace)) == before + 1
    palace.undo()
    assert consistency.labelled(palace, "Élysée").labels == {"loc": 2, "org": 2}


def test_labels_are_taken_away_whichever_they_are(palace: Project) -> None:
    ticked = find(palace)[:2]
    written, _changes = palace.do(
        "Remove", lambda deed: consistency.remove(deed, palace.scheme, ticked), annotator="Ada"
    )
    assert written.done == 2
    assert consistency.labelled(palace, "Élysée").labels == {"loc": 1, "org": 1}
    palace.undo()
    assert consistency.labelled(palace, "Élysée").count == 4


def test_all_strings_are_read_once_and_then_only_what_changed(palace: Project) -> None:
    found = consistency.strings(palace)
    (line,) = found.contested()
    assert line.counts == ({"loc": 2, "org": 2},)
    ticked = [each for each in find(palace) if each.standing is Standing.OTHERWISE]
    _written, changes = palace.do(
        "Settle",
        lambda deed: consistency.settle(deed, palace.scheme, Wanted("loc"), ticked),
        annotator="Ada",
    )
    keys = consistency.keys_of(palace, changes.annotations)
    assert keys == {"élysée"}
    consistency.recount(palace, found, keys)
    assert not found.contested()
    assert found.labels("élysée") == {"loc": 4}


def test_what_was_removed_or_moved_is_counted_again_too(palace: Project) -> None:
    found = consistency.strings(palace)
    ticked = find(palace)
    _written, changes = palace.do(
        "Remove", lambda deed: consistency.remove(deed, palace.scheme, ticked), annotator="Ada"
    )
    consistency.recount(palace, found, consistency.keys_of(palace, changes.annotations))
    assert "élysée" not in found
    undone = palace.undo()
    assert undone
    consistency.recount(palace, found, consistency.keys_of(palace, undone[1].annotations))
    assert found.labels("élysée") == {"loc": 2, "org": 2}


def test_unlabelled_places_are_not_those_somebody_turned_down(palace: Project) -> None:
    assert len(consistency.unlabelled(palace, ["Élysée"], Wanted("loc"))) == 1
    article = articles.ids(palace)[-1]
    palace.do(
        "Done", lambda deed: articles.set_state(deed, article, ArticleState.DONE), annotator="Ada"
    )
    assert len(consistency.unlabelled(palace, ["Élysée"], Wanted("loc"))) == 2


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.text(
        st.one_of(st.sampled_from("l’'É\u0301\u00a0\u200f🙂שس\"*%-"), st.characters(codec="utf-8")),
        max_size=30,
    )
)
def test_any_words_can_be_asked_for(palace: Project, words: str) -> None:
    consistency.labelled(palace, words)
    consistency.stretch(palace, words)
    consistency.places(palace, [words], Wanted("loc"))
    precedents.about(palace, words)


# Precedents -------------------------------------------------------------------------------------


ELYSEE = Precedent("p", "l’Élysée", "org", reason="ORG when it acts, LOC when it is the place")


def pin(project: Project, precedent: Precedent = ELYSEE) -> None:
    project.do("Pin", lambda deed: precedents.pin(deed, precedent), annotator="Ada")


def test_a_decision_is_found_in_every_spelling(palace: Project) -> None:
    pin(palace)
    for words in ("Élysée", "L'Élysée", "d’E\u0301lyse\u0301e"):
        (found,) = precedents.about(palace, words)
        assert (found.reason, found.label, found.annotator) == (ELYSEE.reason, "org", "Ada")
    assert precedents.about(palace, "Élysées") == []


def test_a_decision_survives_a_restart_and_an_undo(
    palace: Project, reopened: Callable[[], Project]
) -> None:
    pin(palace)
    again = reopened()
    assert [each.words for each in precedents.every(again)] == ["l’Élysée"]
    undone = again.undo()
    assert undone
    assert undone[1].precedents
    assert precedents.every(again) == []
    again.redo()
    assert len(precedents.every(again)) == 1


def test_a_decision_is_changed_and_forgotten(palace: Project) -> None:
    pin(palace)
    pin(palace, Precedent("p", "l’Élysée", None, reason="both"))
    assert [(each.label, each.reason) for each in precedents.every(palace)] == [(None, "both")]
    palace.do("Unpin", lambda deed: precedents.unpin(deed, "p"), annotator="Ada")
    assert precedents.every(palace) == []
    palace.undo()
    assert len(precedents.every(palace)) == 1


def test_a_decision_needs_words(palace: Project) -> None:
    with pytest.raises(UserError, match="words"):
        pin(palace, Precedent("p", " \n"))


def test_an_entity_that_is_merged_or_removed_takes_its_decisions_along(palace: Project) -> None:
    for id_ in ("one", "two"):
        palace.do("Add", lambda d, i=id_: entities.add(d, Entity(i, i)), annotator="Ada")
    pin(palace, Precedent("p", "Élysée", entity="two"))
    palace.do("Merge", lambda deed: entities.merge(deed, "one", ["two"]), annotator="Ada")
    assert precedents.every(palace)[0].entity == "one"
    palace.do("Remove", lambda deed: entities.remove(deed, "one"), annotator="Ada")
    assert precedents.every(palace)[0].entity is None
    palace.undo()
    palace.undo()
    assert precedents.every(palace)[0].entity == "two"


# Boundaries -------------------------------------------------------------------------------------


def test_titles_are_left_out_and_taken_in_with_the_words_that_stand_there(project: Project) -> None:
    one, two = put(project, "Ici Mme\u00a0Roy 🙂 parle.", "Luc Roy et Mme Roy. Roy sort.")
    label(project, one, "per", (4, 11))
    label(project, two, "per", (15, 18))
    label(project, two, "per", (20, 23))
    found = consistency.places(project, ["Mme Roy", "Roy"], Wanted("per"))
    labelled = [each for each in found if each.annotation]
    assert [each.surface for each in labelled] == ["Mme\u00a0Roy", "Roy", "Roy"]
    project.do(
        "In",
        lambda deed: boundaries.lengthen(deed, project.scheme, labelled, "Mme Roy"),
        annotator="Ada",
    )
    assert surfaces(project) == ["Mme\u00a0Roy", "Mme Roy", "Roy"]
    assert check(project) == []
    project.undo()
    written, _changes = project.do(
        "Out", lambda deed: boundaries.shorten(deed, labelled, "Roy"), annotator="Ada"
    )
    assert written.done == 1
    assert surfaces(project) == ["Roy", "Roy", "Roy"]
    assert check(project) == []
    project.undo()
    assert surfaces(project) == ["Mme\u00a0Roy", "Roy", "Roy"]


def test_a_title_with_a_label_of_its_own_is_not_swallowed(project: Project) -> None:
    one = put(project, "Le maire Roy parle. Le maire Roy sort.")[0]
    label(project, one, "func", (3, 8))
    label(project, one, "per", (9, 12))
    label(project, one, "per", (29, 32))
    found = consistency.places(project, ["maire Roy", "Roy"], Wanted("per"))
    written, _changes = project.do(
        "In",
        lambda deed: boundaries.lengthen(deed, project.scheme, found, "maire Roy"),
        annotator="Ada",
    )
    assert (written.done, written.passed) == (1, 1)
    assert surfaces(project) == ["maire", "Roy", "maire Roy"]


def test_the_boundaries_of_a_suggestion_are_left_to_who_suggests(project: Project) -> None:
    one = put(project, "Mme Roy parle. Mme Roy sort.")[0]
    label(project, one, "per", (0, 7))
    project.do(
        "Suggest",
        lambda deed: annotations.add(deed, one, "per", [(15, 22)], state=AnnotationState.SUGGESTED),
        annotator="Ada",
    )
    found = consistency.places(project, ["Mme Roy", "Roy"], Wanted("per"), open_article=one.id)
    written, _changes = project.do(
        "Out", lambda deed: boundaries.shorten(deed, found, "Roy"), annotator="Ada"
    )
    assert written.done == 1
    assert surfaces(project) == ["Roy", "Mme Roy"]
