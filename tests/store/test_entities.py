"""The register: mentions are given to people, organisations and places, which are merged and split."""

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import pytest

from annotator.core.errors import Conflict, UserError
from annotator.core.ids import new_id
from annotator.core.model import AnnotationState, Article, Entity
from annotator.store import annotations, articles, entities
from annotator.store.deed import Deed
from annotator.store.project import Project
from tests.store.conftest import label, put

TEXT = "Geneviève Bruneau parle. Mme Bruneau assure. Elle part. La SQ suit."
NAME, TITLED, SHE, POLICE = (0, 17), (25, 36), (45, 49), (56, 61)


@pytest.fixture
def article(project: Project) -> Article:
    return put(project, TEXT)[0]


def do(project: Project, write: Callable[[Deed], object]) -> None:
    project.do("Deed", write, annotator="Ada")


def person(name: str = "Geneviève Bruneau", **fields: object) -> Entity:
    return replace(Entity(new_id(), name, "person"), **fields)  # type: ignore[arg-type]


def add(project: Project, *added: Entity) -> None:
    for entity in added:
        do(project, lambda deed, entity=entity: entities.add(deed, entity))  # type: ignore[misc]


def give(
    project: Project, article: Article, entity: Entity | str, *ranges: tuple[int, int]
) -> list[str]:
    made = [label(project, article, "per", each) for each in ranges]
    for each in made:
        do(project, lambda deed, each=each: entities.give(deed, each, entity))  # type: ignore[misc]
    return made


def said(project: Project, entity_id: str) -> list[str]:
    return [mention.text for mention in entities.mentions(project, entity_id)]


def test_a_mention_refers_to_a_new_entity_as_one_deed(project: Project, article: Article) -> None:
    made = label(project, article, "per", NAME)
    bruneau = person()
    do(project, lambda deed: entities.give(deed, made, bruneau))
    assert annotations.annotation(project, made).entity == bruneau.id
    assert entities.entity(project, bruneau.id) == bruneau
    project.undo()
    assert annotations.annotation(project, made).entity is None
    assert entities.register(project) == []
    project.redo()
    assert said(project, bruneau.id) == ["Geneviève Bruneau"]


def test_an_entity_learns_from_what_is_given_to_it(project: Project, article: Article) -> None:
    bruneau = person()
    add(project, bruneau)
    made = label(project, article, "per", TITLED)
    wiser = replace(bruneau, aliases=("Mme Bruneau",), gender="female")
    do(project, lambda deed: entities.give(deed, made, wiser))
    assert entities.register(project) == [wiser]
    project.undo()
    assert entities.register(project) == [bruneau]


def test_giving_a_suggestion_stands_behind_it(project: Project, article: Article) -> None:
    bruneau = person()
    add(project, bruneau)
    made, _changes = project.do(
        "Suggest",
        lambda deed: annotations.add(
            deed, article, "per", [SHE], origin="rules", state=AnnotationState.SUGGESTED
        ),
        annotator="rules",
    )
    do(project, lambda deed: entities.give(deed, made, bruneau.id))
    found = annotations.annotation(project, made)
    assert (found.state, found.settled) == (AnnotationState.ACCEPTED, "changed")


def test_mentions_come_in_reading_order_with_their_place(
    project: Project, first: Article, article: Article
) -> None:
    bruneau = person()
    give(project, article, bruneau, SHE, NAME)
    give(project, first, bruneau.id, (25, 36))
    found = entities.mentions(project, bruneau.id)
    assert [(each.article, each.start, each.text) for each in found] == [
        (first.id, 25, "Mme Bruneau"),
        (article.id, 0, "Geneviève Bruneau"),
        (article.id, 45, "Elle"),
    ]
    assert found[1].title == article.title
    assert found[1].label == "per"


def test_a_mention_in_fragments_is_read_whole(project: Project, article: Article) -> None:
    bruneau = person()
    made = label(project, article, "per", NAME, SHE)
    do(project, lambda deed: entities.give(deed, made, bruneau))
    assert said(project, bruneau.id) == ["Geneviève Bruneau … Elle"]


def test_rejected_mentions_do_not_count(project: Project, article: Article) -> None:
    bruneau, police = person(), person("SQ", kind="organisation")
    add(project, police)
    one, _two = give(project, article, bruneau, NAME, SHE)
    assert entities.counts(project) == {bruneau.id: 2}
    do(project, lambda deed: annotations.set_state(deed, one, AnnotationState.REJECTED))
    assert entities.counts(project, [bruneau.id, police.id]) == {bruneau.id: 1}
    assert entities.counts(project, [police.id]) == {}
    assert said(project, bruneau.id) == ["Elle"]


def test_who_was_named_before_comes_nearest_first(project: Project, article: Article) -> None:
    bruneau, police = person(), person("SQ", kind="organisation")
    give(project, article, bruneau, NAME, TITLED)
    give(project, article, police, POLICE)
    assert entities.earlier(project, article.id, SHE[0]) == [(bruneau.id, 9), (bruneau.id, 28)]
    assert entities.earlier(project, article.id, 0) == []
    assert entities.earlier(project, article.id, len(TEXT))[0][0] == police.id


def test_a_renamed_entity_is_still_called_what_its_mentions_say(
    project: Project, article: Article
) -> None:
    bruneau = person("Mme Bruneau")
    give(project, article, bruneau, TITLED)
    do(project, lambda deed: entities.update(deed, replace(bruneau, name="Geneviève Bruneau")))
    found = entities.entity(project, bruneau.id)
    assert (found.name, found.aliases) == ("Geneviève Bruneau", ("Mme Bruneau",))
    do(project, lambda deed: entities.update(deed, replace(found, name="Geneviève B.")))
    assert entities.entity(project, bruneau.id).aliases == ("Mme Bruneau",)
    do(project, lambda deed: entities.update(deed, replace(found, name="Mme Bruneau")))
    assert entities.entity(project, bruneau.id).aliases == ()


def test_an_entity_without_a_name_is_refused(project: Project) -> None:
    bruneau = person()
    add(project, bruneau)
    with pytest.raises(UserError, match="needs a name"):
        do(project, lambda deed: entities.update(deed, replace(bruneau, name=" ")))
    with pytest.raises(UserError, match="needs a name"):
        add(project, person(""))
    assert entities.register(project) == [bruneau]


def test_a_removed_entity_only_lets_go_of_its_mentions(project: Project, article: Article) -> None:
    bruneau = person()
    made = give(project, article, bruneau, NAME, SHE)
    do(project, lambda deed: annotations.set_state(deed, made[1], AnnotationState.REJECTED))
    do(project, lambda deed: entities.remove(deed, bruneau.id))
    assert [annotations.annotation(project, each).entity for each in made] == [None, None]
    with pytest.raises(KeyError):
        entities.entity(project, bruneau.id)
    project.undo()
    assert said(project, bruneau.id) == ["Geneviève Bruneau"]


def test_a_merge_is_undone_in_one_step(project: Project, article: Article) -> None:
    kept = person(note="Spokesperson.")
    other = person(
        "Mme Bruneau",
        aliases=("la porte-parole", "Geneviève Bruneau"),
        gender="female",
        role="porte-parole",
        external_id="Q1",
        note="Seen in May.",
    )
    third = person("Bruneau", gender="male", role="sergente", kind="")
    give(project, article, kept, NAME)
    give(project, article, other, TITLED)
    give(project, article, third, SHE)
    before = entities.register(project)
    do(project, lambda deed: entities.merge(deed, kept.id, [other.id, kept.id, third.id]))
    assert entities.register(project) == [
        replace(
            kept,
            aliases=("Mme Bruneau", "la porte-parole", "Bruneau"),
            gender="female",
            role="porte-parole",
            external_id="Q1",
            note="Spokesperson.\nSeen in May.",
        )
    ]
    assert said(project, kept.id) == ["Geneviève Bruneau", "Mme Bruneau", "Elle"]
    project.undo()
    assert entities.register(project) == before
    assert said(project, other.id) == ["Mme Bruneau"]
    project.redo()
    assert len(said(project, kept.id)) == 3


def test_a_merge_decides_nothing_about_suggestions(project: Project, article: Article) -> None:
    kept, other = person(), person("Bruneau")
    add(project, kept, other)
    made, _changes = project.do(
        "Suggest",
        lambda deed: annotations.add(
            deed,
            article,
            "per",
            [TITLED],
            entity=other.id,
            origin="rules",
            state=AnnotationState.SUGGESTED,
        ),
        annotator="rules",
    )
    do(project, lambda deed: entities.merge(deed, kept.id, [other.id]))
    found = annotations.annotation(project, made)
    assert (found.entity, found.state, found.settled) == (kept.id, AnnotationState.SUGGESTED, "")


def test_a_split_takes_some_mentions_to_a_new_entity(project: Project, article: Article) -> None:
    bruneau, other = person(), person("Marie Bruneau")
    one, two = give(project, article, bruneau, NAME, TITLED)
    do(project, lambda deed: entities.split(deed, bruneau.id, [two], other))
    assert said(project, bruneau.id) == ["Geneviève Bruneau"]
    assert said(project, other.id) == ["Mme Bruneau"]
    project.undo()
    assert said(project, bruneau.id) == ["Geneviève Bruneau", "Mme Bruneau"]
    assert len(entities.register(project)) == 1
    do(project, lambda deed: annotations.set_entity(deed, one, None))
    with pytest.raises(UserError):
        do(project, lambda deed: entities.split(deed, bruneau.id, [one], other))
    assert len(entities.register(project)) == 1


def test_what_another_window_removed_is_not_given(project: Project, article: Article) -> None:
    made = label(project, article, "per", NAME)
    with pytest.raises(Conflict):
        do(project, lambda deed: entities.give(deed, made, "gone"))
    bruneau = person()
    add(project, bruneau)
    with pytest.raises(Conflict):
        do(project, lambda deed: entities.merge(deed, bruneau.id, ["gone"]))


def test_merging_survives_a_restart(
    project: Project, article: Article, reopened: Callable[[], Project]
) -> None:
    kept, other = person(), person("Mme Bruneau")
    give(project, article, kept, NAME)
    give(project, article, other, TITLED)
    do(project, lambda deed: entities.merge(deed, kept.id, [other.id]))
    again = reopened()
    assert said(again, kept.id) == ["Geneviève Bruneau", "Mme Bruneau"]
    again.undo()
    assert said(again, other.id) == ["Mme Bruneau"]


def test_an_article_that_goes_takes_its_mentions_along(project: Project, article: Article) -> None:
    bruneau = person()
    give(project, article, bruneau, NAME)
    do(project, lambda deed: articles.remove(deed, article.id))
    assert entities.mentions(project, bruneau.id) == []
    assert entities.counts(project) == {}


def test_a_thousand_mentions_are_merged_without_a_pause(project: Project) -> None:
    text = "Elle. " * 1000
    (article,) = put(project, text)
    kept, other = person(), person("Bruneau")
    add(project, kept, other)

    def write(deed: Deed) -> None:
        for n in range(1000):
            annotations.add(deed, article, "per", [(n * 6, n * 6 + 4)], entity=other.id)

    do(project, write)
    begin = perf_counter()
    do(project, lambda deed: entities.merge(deed, kept.id, [other.id]))
    assert perf_counter() - begin < 1
    assert entities.counts(project) == {kept.id: 1000}
