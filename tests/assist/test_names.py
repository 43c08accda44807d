"""Names that are remembered: what is labelled teaches at once, what is rejected stays away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.assist import settings, suggesters
from annotator.assist.known import Known
from annotator.assist.suggesting import Options, look_at, suggest
from annotator.core.model import Annotation, AnnotationState, Article, Claim, Entity
from annotator.core.scheme import read_scheme
from annotator.language import use_language
from annotator.resources import resource
from annotator.store import acceptance, annotations, articles, entities, suggestions
from annotator.store.checks import check
from annotator.store.project import Project
from tests.store.conftest import label, put

ONLY = Options(only=("names",))
FIRST = "Le chantier de Vaubricourt avance. À Vaubricourt, on attend."
SECOND = "Rien ne bouge à Vaubricourt. VAUBRICOURT ATTEND. Pas à Vaubricourtois."


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    scheme = read_scheme(resource("schemes", "news.toml"))
    with Project.create(tmp_path / "news.annot", scheme) as made:
        put(made, FIRST, SECOND)
        yield made


@pytest.fixture
def two(project: Project) -> list[Article]:
    return [articles.article(project, each) for each in articles.ids(project)]


def place(article: Article, words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _time in range(nth + 1):
        start = article.text.index(words, start + 1)
    return start, start + len(words)


def offered(project: Project, article: Article) -> list[Annotation]:
    every = suggestions.standing(project, article.id)
    return [each for each in every if each.state is AnnotationState.SUGGESTED]


def words(project: Project, article: Article) -> list[tuple[str, str, str]]:
    return [(each.text, each.label, each.reason) for each in offered(project, article)]


def reject(project: Project, annotation: Annotation) -> None:
    project.do(
        "Reject",
        lambda d: annotations.set_state(d, annotation.id, AnnotationState.REJECTED),
        annotator="Ben",
    )


def test_a_name_labelled_once_is_proposed_in_whole_words(
    project: Project, two: list[Article]
) -> None:
    label(project, two[0], "loc", place(two[0], "Vaubricourt"))
    report = suggest(project, ONLY, "Ada")
    assert words(project, two[0]) == [("Vaubricourt", "loc", "LOC once")]
    assert words(project, two[1]) == [
        ("Vaubricourt", "loc", "LOC once"),
        ("VAUBRICOURT", "loc", "LOC once"),
    ]
    assert report.by_suggester == {"names": 3}
    assert {each.score for each in offered(project, two[1])} == {0.8}
    assert check(project) == []


def test_counts_are_the_reason_and_decisions_change_them(
    project: Project, two: list[Article]
) -> None:
    for nth in range(2):
        label(project, two[0], "loc", place(two[0], "Vaubricourt", nth))
    suggest(project, ONLY, "Ada")
    first, second = offered(project, two[1])
    assert first.reason == "always LOC, 2 times"
    reject(project, first)
    suggest(project, ONLY, "Ada")
    assert words(project, two[1]) == [("VAUBRICOURT", "loc", "LOC 2 of 3")]
    reject(project, offered(project, two[1])[0])
    suggest(project, ONLY, "Ada")
    assert words(project, two[1]) == [], "what was rejected stays away"
    assert second.label == "loc"


def test_teaching_goes_on_in_the_same_second_and_after_a_restart(
    project: Project, two: list[Article], tmp_path: Path
) -> None:
    known = Known()

    def now(opened: Project) -> list[str]:
        with known.at_work(opened):
            found = look_at(known, two[1], "Ada", only=["names"]).annotations
        return [f"{each.label} {each.text}" for each in found]

    assert now(project) == []
    made, changes = project.do(
        "Label",
        lambda d: annotations.add(d, two[0], "loc", [place(two[0], "Vaubricourt")]),
        annotator="Ada",
    )
    known.hear(changes)
    assert now(project) == ["loc Vaubricourt", "loc VAUBRICOURT"]
    _name, changes = project.undo() or ("", None)
    assert changes
    known.hear(changes)
    assert now(project) == []
    _name, changes = project.redo() or ("", None)
    assert changes
    known.hear(changes)
    assert now(project) == ["loc Vaubricourt", "loc VAUBRICOURT"]
    _nothing, changes = project.do(
        "Relabel", lambda d: annotations.relabel(d, made, "org"), annotator="Ada"
    )
    known.hear(changes)
    assert now(project) == ["org Vaubricourt", "org VAUBRICOURT"]
    known = Known()
    with Project.open(tmp_path / "news.annot", read_only=True) as again:
        assert now(again) == ["org Vaubricourt", "org VAUBRICOURT"]
    _nothing, changes = project.do("Remove", lambda d: annotations.remove(d, made), annotator="Ada")
    known.hear(changes)
    assert now(project) == []


def test_words_mostly_left_alone_in_done_articles_are_not_proposed(
    project: Project, two: list[Article]
) -> None:
    (done,) = put(project, "Vaubricourt, Vaubricourt et encore Vaubricourt, à Vaubricourt.")
    project.conn.execute("update article set state = 'done' where id = ?", [done.id])
    label(project, done, "loc", place(done, "Vaubricourt"))
    suggest(project, ONLY, "Ada")
    assert offered(project, two[1]) == []
    for nth in (1, 2):
        label(project, done, "loc", place(done, "Vaubricourt", nth))
    suggest(project, ONLY, "Ada")
    assert words(project, two[1])[0][2] == (
        "always LOC, 3 times; labelled in 3 of 4 places of done articles"
    )


def test_the_register_teaches_names_and_aliases(project: Project, two: list[Article]) -> None:
    entity = Entity("e1", "Vaubricourt", "place", aliases=("Vaubricourtois",))
    project.do("Add", lambda d: entities.add(d, entity), annotator="Ada")
    suggest(project, ONLY, "Ada")
    assert [(each.text, each.entity) for each in offered(project, two[1])] == [
        ("Vaubricourt", "e1"),
        ("VAUBRICOURT", "e1"),
        ("Vaubricourtois", "e1"),
    ]


def test_common_words_come_only_when_they_are_always_labelled(
    project: Project, two: list[Article]
) -> None:
    label(project, two[0], "loc", place(two[0], "chantier"))
    (third,) = put(project, "Un chantier, deux chantiers, trois chantier, un chantier.")
    suggest(project, ONLY, "Ada")
    assert offered(project, third) == []
    for nth in (0, 2):
        label(project, third, "loc", place(third, "chantier", nth))
    suggest(project, ONLY, "Ada")
    assert words(project, third) == [("chantier", "loc", "always LOC, 3 times")]


def test_nothing_is_proposed_over_what_is_labelled(project: Project, two: list[Article]) -> None:
    label(project, two[0], "loc", place(two[0], "Vaubricourt"))
    label(project, two[1], "org", (0, 27))
    suggest(project, ONLY, "Ada")
    assert [each.start for each in offered(project, two[1])] == [29]


def _say(project: Project, article: Article, *origins: str) -> str:
    """Write a suggestion that several suggesters make; return its id."""
    known = Known()
    with known.at_work(project):
        made = look_at(known, article, "Ada", only=["names"])
    first = made.annotations[0]
    also = tuple(Claim(each, 0.6, "so") for each in origins)
    changed = [annotations_with(first, also), *made.annotations[1:]]
    suggestions.write(project, [suggestions.Suggested(article.id, changed, made.links)])
    return offered(project, article)[0].id


def annotations_with(annotation: Annotation, also: tuple[Claim, ...]) -> Annotation:
    from dataclasses import replace

    return replace(annotation, also=also)


def test_switching_one_off_keeps_what_the_others_say(project: Project, two: list[Article]) -> None:
    label(project, two[0], "loc", place(two[0], "Vaubricourt"))
    shared = _say(project, two[1], "model")
    changes = suggestions.withdraw(project, ["names"])
    left = offered(project, two[1])
    assert [(each.id, each.origin, each.score, each.also) for each in left] == [
        (shared, "model", 0.6, ())
    ]
    assert shared in changes.annotations
    assert suggestions.withdraw(project, ["model"]).annotations == {shared}
    assert offered(project, two[1]) == []
    assert [each.origin for each in suggestions.standing(project, two[0].id)] == ["hand"]


def test_running_one_alone_keeps_what_the_others_say(project: Project, two: list[Article]) -> None:
    label(project, two[0], "loc", place(two[0], "Vaubricourt"))
    shared = _say(project, two[1], "model")
    suggest(project, ONLY, "Ada")
    first, _second = offered(project, two[1])
    assert (first.id, first.origin, first.also) == (shared, "names", (Claim("model", 0.6, "so"),))
    assert suggest(project, ONLY, "Ada").changes.annotations == frozenset()


def test_a_suggester_that_is_mostly_rejected_lowers_itself(
    project: Project, two: list[Article]
) -> None:
    towns = [f"Vaubricourt{n}" for n in range(30)]
    (many, later) = put(project, " et ".join(towns), "Puis " + " et ".join(reversed(towns)))
    for town in towns:
        label(project, many, "loc", place(many, town))
    suggest(project, ONLY, "Ada")
    found = offered(project, later)
    assert len(found) == 30
    for each in found[:20]:
        reject(project, each)
    rate = acceptance.rates(project)["names", "loc"]
    assert (rate.decided, rate.accepted, rate.share) == (20, 0, 0.0)
    names = suggesters.named("names")
    told = suggesters.lowered_sentence(names, project.scheme.label("loc"), rate, is_asked=False)
    assert told == "Names, LOC: 0 of 20 accepted; no longer shown."
    (third,) = put(project, "À Vaubricourt29 ce matin.")
    suggest(project, Options(only=("names",), articles=(third.id,)), "Ada")
    assert offered(project, third) == []
    settings.write(project, settings.read(project).asking("names", "loc").from_score("names", 0.0))
    suggest(project, Options(only=("names",), articles=(third.id,)), "Ada")
    assert [each.score for each in offered(project, third)] == [0.0]
