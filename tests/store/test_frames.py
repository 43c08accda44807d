"""Frames in the project: slots filled, moved, emptied and swapped, accepted and rejected as one thing."""

from collections.abc import Callable

import pytest

from annotator.core.errors import Conflict, UserError
from annotator.core.ids import new_id
from annotator.core.model import Annotation, AnnotationState, Article, Fragment, Link
from annotator.core.scheme import Slot
from annotator.store import annotations, frames, suggestions
from annotator.store.checks import check
from annotator.store.deed import Deed
from annotator.store.project import Project
from annotator.store.suggestions import Suggested
from tests.store.conftest import label

Reopen = Callable[[], Project]
QUOTE, CUE, SPEAKER = (0, 16), (18, 24), (25, 36)
PLACE = (39, 44)


def slot(project: Project, name: str) -> Slot:
    return next(each for each in project.scheme.label("quote").slots if each.name == name)


def do(project: Project, write: Callable[[Deed], object], who: str = "Ada") -> None:
    project.do("Do", write, annotator=who)


@pytest.fixture
def quote(project: Project, first: Article) -> str:
    """A quote made by hand, with nothing in its slots."""
    return label(project, first, "quote", QUOTE)


@pytest.fixture
def speaker(project: Project, first: Article) -> str:
    """A person somebody labelled, who may fill slots."""
    return label(project, first, "per", SPEAKER)


@pytest.fixture
def suggested(project: Project, first: Article) -> str:
    """A quote that a rule suggests, with a cue and a source that it suggests as well."""
    found = [suggestion(first, "quote", QUOTE), suggestion(first, "cue", CUE)]
    found.append(suggestion(first, "source", SPEAKER))
    links = [
        Link(new_id(), name, found[0].id, part.id, "Ada")
        for name, part in zip(("cue", "source"), found[1:], strict=True)
    ]
    suggestions.write(project, [Suggested(first.id, found, links)], ["rules"])
    return found[0].id


def suggestion(article: Article, label_id: str, *ranges: tuple[int, int]) -> Annotation:
    fragments = tuple(Fragment(a, b, article.text[a:b]) for a, b in ranges)
    return Annotation(
        new_id(),
        article.id,
        label_id,
        fragments,
        annotator="Ada",
        origin="rules",
        state=AnnotationState.SUGGESTED,
        score=0.9,
        reason="marks",
    )


def filled(project: Project, quote_id: str) -> dict[str, list[str]]:
    """Return the words in each slot of a quote."""
    found: dict[str, list[str]] = {}
    for link in annotations.links_at(project, [quote_id]):
        found.setdefault(link.type, []).append(annotations.annotation(project, link.to_id).text)
    return found


def states(project: Project, article: Article) -> dict[str, str]:
    """Return label and state of every annotation, rejected ones too."""
    every = suggestions.standing(project, article.id)
    return {each.label: each.state.value for each in every}


def test_an_entity_that_is_labelled_already_fills_the_slot(
    project: Project, quote: str, speaker: str
) -> None:
    do(project, lambda d: frames.fill(d, quote, slot(project, "source"), speaker))
    assert filled(project, quote) == {"source": ["Mme Bruneau"]}
    project.undo()
    assert filled(project, quote) == {}
    project.redo()
    assert filled(project, quote) == {"source": ["Mme Bruneau"]}


def test_a_new_cue_is_labelled_and_linked_in_one_step(
    project: Project, first: Article, quote: str
) -> None:
    cue = project.scheme.label("cue")
    do(project, lambda d: frames.fill_with(d, first, quote, slot(project, "cue"), cue, [CUE]))
    assert filled(project, quote) == {"cue": ["assure"]}
    project.undo()
    assert states(project, first) == {"quote": "accepted"}


def test_another_filler_takes_the_place_of_the_first(
    project: Project, first: Article, quote: str, speaker: str
) -> None:
    source = project.scheme.label("source")
    do(
        project,
        lambda d: frames.fill_with(d, first, quote, slot(project, "source"), source, [PLACE]),
    )
    do(project, lambda d: frames.fill(d, quote, slot(project, "source"), speaker))
    assert filled(project, quote) == {"source": ["Mme Bruneau"]}
    assert "source" not in states(project, first), "a mention made for the slot goes with it"


def test_a_second_speaker_may_be_added_but_not_a_second_cue(
    project: Project, first: Article, quote: str, speaker: str
) -> None:
    place = label(project, first, "org", PLACE)
    cue = project.scheme.label("cue")
    do(project, lambda d: frames.fill(d, quote, slot(project, "source"), speaker))
    do(project, lambda d: frames.fill(d, quote, slot(project, "source"), place, adds=True))
    for ranges in (CUE, PLACE):
        do(
            project,
            lambda d, ranges=ranges: frames.fill_with(
                d, first, quote, slot(project, "cue"), cue, [ranges], adds=True
            ),
        )
    assert filled(project, quote) == {"source": ["Mme Bruneau", "Nîmes"], "cue": ["Nîmes"]}


def test_a_filler_of_another_slot_moves(project: Project, quote: str, speaker: str) -> None:
    do(project, lambda d: frames.fill(d, quote, slot(project, "source"), speaker))
    do(project, lambda d: frames.fill(d, quote, slot(project, "addressee"), speaker))
    assert filled(project, quote) == {"addressee": ["Mme Bruneau"]}
    project.undo()
    assert filled(project, quote) == {"source": ["Mme Bruneau"]}


def test_source_and_addressee_change_places_in_one_step(
    project: Project, first: Article, quote: str, speaker: str
) -> None:
    place = label(project, first, "org", PLACE)
    do(project, lambda d: frames.fill(d, quote, slot(project, "source"), speaker))
    do(project, lambda d: frames.fill(d, quote, slot(project, "addressee"), place))
    do(project, lambda d: frames.swap(d, quote, "source", "addressee"))
    assert filled(project, quote) == {"source": ["Nîmes"], "addressee": ["Mme Bruneau"]}
    project.undo()
    assert filled(project, quote) == {"source": ["Mme Bruneau"], "addressee": ["Nîmes"]}


def test_an_emptied_slot_leaves_the_entity_where_it_is(
    project: Project, first: Article, quote: str, speaker: str
) -> None:
    do(project, lambda d: frames.fill(d, quote, slot(project, "source"), speaker))
    do(project, lambda d: frames.empty(d, quote, "source", speaker))
    assert filled(project, quote) == {}
    assert states(project, first) == {"quote": "accepted", "per": "accepted"}


def test_a_removed_quote_takes_along_what_was_made_for_it_alone(
    project: Project, first: Article, quote: str, speaker: str, reopened: Reopen
) -> None:
    cue = project.scheme.label("cue")
    do(project, lambda d: frames.fill(d, quote, slot(project, "source"), speaker))
    do(project, lambda d: frames.fill_with(d, first, quote, slot(project, "cue"), cue, [CUE]))
    do(project, lambda d: frames.remove(d, quote))
    assert states(project, first) == {"per": "accepted"}
    project = reopened()
    project.undo()
    assert filled(project, quote) == {"source": ["Mme Bruneau"], "cue": ["assure"]}


def test_a_mention_with_a_note_stays_when_its_quote_goes(
    project: Project, first: Article, quote: str
) -> None:
    source = project.scheme.label("source")
    do(
        project,
        lambda d: frames.fill_with(d, first, quote, slot(project, "source"), source, [SPEAKER]),
    )
    mention = next(a for a in suggestions.standing(project, first.id) if a.label == "source")
    do(project, lambda d: annotations.set_note(d, mention.id, "the mother"))
    do(project, lambda d: frames.remove(d, quote))
    assert states(project, first) == {"source": "accepted"}


def test_a_quote_cannot_speak_for_itself(project: Project, quote: str) -> None:
    with pytest.raises(UserError, match="its own source"):
        do(project, lambda d: frames.fill(d, quote, slot(project, "source"), quote))
    assert filled(project, quote) == {}


def test_accepting_a_quote_accepts_its_parts_with_it(
    project: Project, first: Article, suggested: str
) -> None:
    do(project, lambda d: frames.accept(d, [suggested]), "Ben")
    assert set(states(project, first).values()) == {"accepted"}
    quote = annotations.annotation(project, suggested)
    assert (quote.annotator, quote.settled, quote.origin) == ("Ben", "unchanged", "rules")
    project.undo()
    assert set(states(project, first).values()) == {"suggested"}
    assert annotations.annotation(project, suggested).settled == ""


def test_rejecting_a_quote_rejects_its_parts_and_remembers_who(
    project: Project, first: Article, suggested: str
) -> None:
    do(project, lambda d: frames.reject(d, [suggested]), "Ben")
    assert set(states(project, first).values()) == {"rejected"}
    assert annotations.annotation(project, suggested).annotator == "Ben"
    assert annotations.of_article(project, first.id) == []
    assert annotations.links_of(project, first.id) == []


def test_a_mention_that_another_quote_needs_survives_a_rejection(
    project: Project, first: Article, suggested: str
) -> None:
    mention = next(a for a in suggestions.standing(project, first.id) if a.label == "source")
    other = label(project, first, "quote", (37, 44))
    do(project, lambda d: annotations.link(d, "source", other, mention.id))
    do(project, lambda d: frames.reject(d, [suggested]))
    assert states(project, first)["source"] == "suggested"
    assert filled(project, other) == {"source": ["Mme Bruneau"]}


def test_whoever_corrects_a_suggestion_stands_behind_it(
    project: Project, first: Article, suggested: str
) -> None:
    do(project, lambda d: annotations.set_attribute(d, suggested, "hedged", True), "Ben")
    quote = annotations.annotation(project, suggested)
    assert (quote.state.value, quote.settled, quote.annotator) == ("accepted", "changed", "Ben")
    assert set(states(project, first).values()) == {"accepted"}, "its parts with it"
    project.undo()
    assert set(states(project, first).values()) == {"suggested"}


def test_another_speaker_for_a_suggested_quote_accepts_it_as_changed(
    project: Project, first: Article, suggested: str, speaker: str
) -> None:
    do(project, lambda d: frames.fill(d, suggested, slot(project, "source"), speaker), "Ben")
    quote = annotations.annotation(project, suggested)
    assert (quote.state.value, quote.settled) == ("accepted", "changed")
    assert filled(project, suggested) == {"cue": ["assure"], "source": ["Mme Bruneau"]}
    assert states(project, first)["source"] == "rejected"


def test_a_removed_suggestion_is_remembered_as_rejected(
    project: Project, first: Article, suggested: str
) -> None:
    do(project, lambda d: frames.accept(d, [suggested]))
    do(project, lambda d: frames.remove(d, suggested))
    assert states(project, first)["quote"] == "rejected"
    assert annotations.of_article(project, first.id) == []
    assert check(project) == []


def test_an_annotation_is_never_moved_by_another_article(
    project: Project, first: Article, second: Article, quote: str
) -> None:
    with pytest.raises(Conflict, match="another article"):
        do(project, lambda d: annotations.set_ranges(d, second, quote, [(0, 3)]))
    assert check(project) == []
    assert annotations.annotation(project, quote).text == first.text[slice(*QUOTE)]
