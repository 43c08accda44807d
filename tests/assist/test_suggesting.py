"""Suggesting in a project: what stands is used, what was decided stays decided, what is accepted teaches."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.assist.knowledge import Knowledge
from annotator.assist.known import Known
from annotator.assist.quoting import ORIGIN
from annotator.assist.suggesting import Cancelled, Options, described, look_at, suggest
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Article
from annotator.core.scheme import Label, Scheme, read_scheme
from annotator.language import use_language
from annotator.resources import resource
from annotator.store import annotations, articles, frames, history, suggestions
from annotator.store.checks import check
from annotator.store.project import Project
from tests.store.conftest import label, put

PONT = "« Le pont, assure Mme Lafond, tiendra l’hiver. » Luc Roy promet de le réparer dès demain."
HOLD = "“The bridge will hold,” said Jane Roy."


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(
        tmp_path / "news.annot", read_scheme(resource("schemes", "news.toml"))
    ) as made:
        put(made, PONT, HOLD)
        yield made


@pytest.fixture
def pont(project: Project) -> Article:
    return articles.article(project, articles.ids(project)[0])


def quotes_of(project: Project, article: Article) -> list[Annotation]:
    every = suggestions.standing(project, article.id)
    return [each for each in every if each.label == "quote"]


def shown(project: Project, article: Article) -> list[tuple[str, str, dict[str, str]]]:
    """Return each quote with its state and the words in its slots."""
    found = []
    for quote in quotes_of(project, article):
        links = annotations.links_at(project, [quote.id])
        parts = {each.type: annotations.annotation(project, each.to_id).text for each in links}
        found.append((quote.text, quote.state.value, parts))
    return found


def test_a_quote_is_suggested_with_its_parts(project: Project, pont: Article) -> None:
    report = suggest(project, Options(), "Ada")
    assert (report.articles, report.suggested, report.accepted) == (2, 3, 0)
    first, second = shown(project, pont)
    assert first[1:] == ("suggested", {"source": "Mme Lafond", "cue": "assure"})
    assert second[0] == "de le réparer dès demain"
    quote = quotes_of(project, pont)[0]
    assert [each.surface for each in quote.fragments] == ["« Le pont", "tiendra l’hiver. »"]
    assert quote.attributes == {"type": "direct", "medium": "speech", "source kind": "person"}
    assert quote.score and quote.reason and quote.origin == ORIGIN
    assert history.ops(project)[0].name == "Import", "suggesting is nothing to undo"
    assert check(project) == []


def test_running_again_changes_nothing(project: Project, pont: Article) -> None:
    suggest(project, Options(), "Ada")
    before = suggestions.standing(project, pont.id)
    suggest(project, Options(), "Ben")
    assert suggestions.standing(project, pont.id) == before


def test_an_entity_that_is_labelled_is_not_labelled_twice(project: Project, pont: Article) -> None:
    start = pont.text.index("Mme Lafond")
    person = label(project, pont, "per", (start + 4, start + 10))
    suggest(project, Options(), "Ada")
    assert shown(project, pont)[0][2]["source"] == "Lafond"
    links = annotations.links_at(project, [quotes_of(project, pont)[0].id])
    assert person in [each.to_id for each in links]


def test_what_was_rejected_does_not_come_back(project: Project, pont: Article) -> None:
    suggest(project, Options(), "Ada")
    first = quotes_of(project, pont)[0]
    project.do("Reject", lambda d: frames.reject(d, [first.id]), annotator="Ben")
    suggest(project, Options(), "Ada")
    assert [state for _text, state, _parts in shown(project, pont)] == ["rejected", "suggested"]


def test_what_was_changed_is_not_suggested_beside_it(project: Project, pont: Article) -> None:
    suggest(project, Options(), "Ada")
    first = quotes_of(project, pont)[0]
    project.do(
        "Move",
        lambda d: annotations.set_ranges(d, pont, first.id, [(2, 9), (30, 45)]),
        annotator="Ben",
    )
    suggest(project, Options(), "Ada")
    states = [(each.state.value, each.settled) for each in quotes_of(project, pont)]
    assert states == [("accepted", "changed"), ("suggested", "")]


def test_a_quote_made_by_hand_is_not_suggested_again(project: Project, pont: Article) -> None:
    label(project, pont, "quote", (0, 48))
    suggest(project, Options(), "Ada")
    assert [state for _text, state, _parts in shown(project, pont)] == ["accepted", "suggested"]


def test_accepting_from_a_score_on_is_one_step(project: Project, pont: Article) -> None:
    report = suggest(project, Options(accept=0.9), "Ada")
    assert report.accepted == 2
    assert report.suggested == 1
    assert [each[1] for each in shown(project, pont)] == ["accepted", "suggested"]
    assert quotes_of(project, pont)[0].settled == "unchanged"
    project.undo()
    assert {each[1] for each in shown(project, pont)} == {"suggested"}


def test_one_article_in_one_language(project: Project, pont: Article) -> None:
    report = suggest(project, Options(articles=(pont.id,), language="en"), "Ada")
    assert report.articles == 1
    other = articles.article(project, articles.ids(project)[1])
    assert quotes_of(project, other) == []


def test_progress_is_told_and_may_stop_the_work(project: Project) -> None:
    told: list[tuple[int, int]] = []
    suggest(project, Options(), "Ada", progress=lambda *at: bool(told.append(at)) or True)
    assert told == [(0, 2), (2, 2)]
    with pytest.raises(Cancelled):
        suggest(project, Options(), "Ada", progress=lambda *_at: False)


def test_an_article_that_is_not_there(project: Project) -> None:
    with pytest.raises(UserError, match="no article nowhere"):
        suggest(project, Options(articles=("nowhere",)), "Ada")


def test_an_article_removed_meanwhile_does_not_end_the_looking_at_the_others(
    project: Project,
) -> None:
    *kept, gone = articles.ids(project)

    def removing(_done: int, _total: int) -> bool:
        if articles.exists(project, gone):
            project.do("Remove", lambda deed: articles.remove(deed, gone), annotator="Ann")
        return True

    assert suggest(project, Options(), "Ann", progress=removing).articles == len(kept)


def test_nothing_is_written_for_an_article_removed_since(project: Project, pont: Article) -> None:
    known = Known()
    with known.at_work(project):
        seen = look_at(known, pont, "Ann")
    assert seen.annotations
    project.do("Remove", lambda deed: articles.remove(deed, pont.id), annotator="Ann")
    assert not suggestions.write(project, [seen]).annotations


def test_an_article_named_twice_is_looked_at_once(project: Project, pont: Article) -> None:
    once = suggest(project, Options(articles=(pont.id,)), "Ann")
    again = suggest(project, Options(articles=(pont.id, pont.id)), "Ann")
    assert (again.articles, again.suggested) == (1, once.suggested)


def test_a_scheme_without_quotes(tmp_path: Path) -> None:
    scheme = Scheme("Small", labels=(Label("per", "PER", "p"),))
    made = Project.create(tmp_path / "small.annot", scheme)
    with made, pytest.raises(UserError, match="no label “Quote” with slots"):
        suggest(made, Options(only=("quotes",)), "Ada")


def test_what_programs_get(project: Project, pont: Article) -> None:
    first, *_others = described(project, Options(articles=(pont.id,)))
    assert first["fragments"] == [[0, 9], [30, 48]]
    assert (first["type"], first["pattern"]) == ("direct", "incise-noun")
    assert first["speakers"][0]["text"] == "Mme Lafond"
    assert 0 < first["score"] < 1


def test_a_cue_that_was_labelled_teaches_this_project(project: Project) -> None:
    [odd] = put(project, "« Le pont tombera », gribouille Luc Roy. Anne a gribouillé que non.")
    assert Knowledge.of(project).cues.get("fr", frozenset()) == frozenset()
    quote = label(project, odd, "quote", (0, 20))
    cue = label(project, odd, "cue", (21, 31))
    slot = next(each for each in project.scheme.label("quote").slots if each.name == "cue")
    project.do("Cue", lambda d: frames.fill(d, quote, slot, cue), annotator="Ada")

    assert Knowledge.of(project).cues["fr"] == {"gribouiller"}
    suggest(project, Options(articles=(odd.id,)), "Ada")
    assert shown(project, odd)[-1][0] == "que non"
