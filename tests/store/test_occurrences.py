"""Occurrences in a project: none is missed, none is written that was not looked at."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotator.core.errors import Conflict
from annotator.core.ids import new_id
from annotator.core.model import AnnotationState, Entity
from annotator.core.occurrences import Finder, Likeness
from annotator.store import annotations, entities, frames, history, occurrences
from annotator.store.checks import check
from annotator.store.many import Written
from annotator.store.occurrences import Occurrence, Standing, Wanted
from annotator.store.project import Project
from tests.store.conftest import SMALL, label, put, surfaces

ROY = Finder(["Roy"], Likeness())
PER = Wanted("per")


def find(project: Project, wanted: Wanted = PER, finder: Finder = ROY) -> list[Occurrence]:
    return occurrences.find(project, finder, wanted)


def sweep(project: Project, found: list[Occurrence], wanted: Wanted = PER) -> Written:
    written, _changes = project.do(
        "Label all",
        lambda deed: occurrences.label(deed, project.scheme, wanted, found),
        annotator="Ada",
    )
    return written


def take(project: Project, found: list[Occurrence], wanted: Wanted = PER) -> Written:
    written, _changes = project.do(
        "Remove all",
        lambda deed: occurrences.remove(deed, project.scheme, wanted, found),
        annotator="Ada",
    )
    return written


@pytest.fixture
def roys(project: Project) -> Project:
    put(project, "Roy et Mme Roy.", "Luc Roy 🙂 Roy, roy", "Leroy")
    return project


def test_they_are_found_in_reading_order_with_their_words(roys: Project) -> None:
    found = find(roys)
    assert [(each.start, each.end, each.surface) for each in found] == [
        (0, 3, "Roy"),
        (11, 14, "Roy"),
        (4, 7, "Roy"),
        (10, 13, "Roy"),
    ]
    assert {each.standing for each in found} == {Standing.FREE}


def test_all_are_labelled_as_one_op_that_holds_the_text(roys: Project) -> None:
    before = len(history.ops(roys))
    assert sweep(roys, find(roys)) == Written(4, 0)
    assert len(history.ops(roys)) == before + 1
    assert surfaces(roys) == ["Roy"] * 4
    assert check(roys) == []
    assert {each.standing for each in find(roys)} == {Standing.LABELLED}


def test_the_whole_op_is_undone_and_redone(roys: Project, reopened: Callable[[], Project]) -> None:
    sweep(roys, find(roys))
    after = list(roys.conn.iterdump())
    again = reopened()
    again.undo()
    assert surfaces(again) == []
    again.redo()
    assert [line for line in again.conn.iterdump() if "annotation" in line] == [
        line for line in after if "annotation" in line
    ]
    take(again, find(again))
    assert surfaces(again) == []
    again.undo()
    assert surfaces(again) == ["Roy"] * 4
    assert check(again) == []


def test_an_undo_is_refused_when_one_of_many_rows_was_changed(roys: Project) -> None:
    sweep(roys, find(roys))
    one = find(roys)[2].annotation
    with roys.writing() as conn:
        conn.execute("update annotation set note = 'x' where id = ?", [one])
    with pytest.raises(Conflict):
        roys.undo()
    assert surfaces(roys) == ["Roy"] * 4


def test_what_changed_since_it_was_looked_at_is_passed_over(roys: Project) -> None:
    found = find(roys)
    article = found[0].article
    put_ = annotations.annotation
    whole = occurrences.contexts(roys, found)[0]
    assert whole.words == "Roy"
    roys.do(
        "Other",
        lambda deed: deed.insert_many(
            "annotation", occurrences._images(deed, Wanted("loc"), [found[1]], {})
        ),
        annotator="Bob",
    )
    assert sweep(roys, found) == Written(3, 1)
    labels = {put_(roys, each.annotation).label for each in find(roys) if each.article == article}
    assert labels == {"per", "loc"}


def test_the_entity_is_given_and_to_what_is_labelled_already_if_it_is_ticked(roys: Project) -> None:
    roys.do("Add", lambda deed: entities.add(deed, Entity("e", "Luc Roy")), annotator="Ada")
    sweep(roys, find(roys)[:1])
    wanted = Wanted("per", "e")
    found = find(roys, wanted)
    assert [each.standing for each in found] == [Standing.UNLINKED, *[Standing.FREE] * 3]
    sweep(roys, found, wanted)
    assert len(entities.mentions(roys, "e")) == 4
    assert {each.standing for each in find(roys, wanted)} == {Standing.LABELLED}


def test_a_suggestion_relabelled_is_settled_as_changed(roys: Project) -> None:
    first = find(roys)[0]
    made = new_id()

    def suggest(deed: object) -> None:
        [image] = occurrences._images(deed, Wanted("org"), [first], {})  # type: ignore[arg-type]
        image |= {"id": made, "state": "suggested", "origin": "rules"}
        deed.insert_many("annotation", [image])  # type: ignore[attr-defined]

    roys.do("Suggest", suggest, annotator="rules")
    found = find(roys)
    assert found[0].standing is Standing.OTHERWISE
    sweep(roys, found[:1])
    now = annotations.annotation(roys, made)
    assert (now.label, now.state, now.settled) == ("per", AnnotationState.ACCEPTED, "changed")
    take(roys, find(roys)[:1])
    assert annotations.annotation(roys, made).state is AnnotationState.REJECTED


def test_a_frame_goes_with_what_was_made_for_it(project: Project) -> None:
    article = put(project, "Oui, dit Roy. Oui.")[0]
    quote = label(project, article, "quote", (0, 3))
    slots = project.scheme.label("quote").slots
    project.do(
        "Fill",
        lambda deed: frames.fill_with(
            deed, article, quote, slots[1], project.scheme.label("cue"), [(5, 8)]
        ),
        annotator="Ada",
    )
    wanted = Wanted("quote")
    found = occurrences.find(project, Finder(["Oui"], Likeness()), wanted, [article.id])
    assert [each.standing for each in found] == [Standing.LABELLED, Standing.FREE]
    assert take(project, found, wanted) == Written(1, 1)
    assert annotations.of_article(project, article.id) == []


def test_a_part_of_a_discontinuous_annotation_is_no_twin(project: Project) -> None:
    article = put(project, "Roy et Roy")[0]
    label(project, article, "per", (0, 3), (7, 10))
    found = occurrences.find(project, ROY, PER, [article.id])
    assert [each.standing for each in found] == [Standing.INSIDE, Standing.INSIDE]


def test_the_list_ends_somewhere(roys: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occurrences, "MOST", 3)
    assert len(find(roys)) == 3


def test_a_search_can_be_stopped(roys: Project) -> None:
    assert len(occurrences.find(roys, ROY, PER, None, lambda _done, _total: False)) <= 4


LETTERS = st.sampled_from(
    [*"aeéEœoL’'ʼ-‑ \u00a0\n._«2", "e\u0301", " 🙂", "🙂 ", "й", "Jean", "oe", "s", "x"]
)
texts = st.lists(LETTERS, max_size=12).map("".join)
phrases = st.lists(LETTERS, min_size=1, max_size=3).map("".join).filter(str.strip)


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(texts, min_size=1, max_size=4, unique=True),
    phrases,
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
@example(["_"], "_", True, False, False)
@example(["Roy _ Lyon"], "_ Lyon", True, False, True)
def test_the_index_never_hides_an_occurrence(
    every: list[str], phrase: str, whole: bool, accents: bool, inflected: bool
) -> None:
    """What is found with the help of the index is what reading every article finds."""
    every = [unicodedata.normalize("NFC", text.replace("œ", "oe")) for text in every]
    finder = Finder(
        [phrase], Likeness(whole=whole, accents=accents, inflected=inflected, case=False)
    )
    with TemporaryDirectory() as folder, Project.create(Path(folder) / "a.annot", SMALL) as project:
        made = put(project, *dict.fromkeys(every))
        ids = [each.id for each in made]
        read = occurrences.find(project, finder, PER, ids)
        looked_up = occurrences.find(project, finder, PER)
        assert looked_up == read
        assert occurrences.reach(project, finder, None) >= len({each.article for each in read})
