"""Several suggesters, one suggestion: who says so, what is in the way, what stays out of figures."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.assist import own_lists, settings
from annotator.assist.merging import LAST, Offer, merged
from annotator.assist.settings import Settings
from annotator.assist.suggesting import Options, suggest
from annotator.core.errors import UserError
from annotator.core.model import Annotation, AnnotationState, Article, Fragment
from annotator.core.scheme import Label, Scheme, read_scheme
from annotator.core.word_lists import Entry, WordList
from annotator.language import use_language
from annotator.resources import resource
from annotator.store import annotations, articles, frames, suggestions, word_lists
from annotator.store.project import Project
from annotator.suggest.mention import Mention
from tests.store.conftest import label, put

TEXT = "L’Université Laval et Mme Geneviève Bruneau de Laval, le 3 mai 2018."
SCHEME = Scheme(
    "Small",
    labels=(
        Label("per", "PER", "p"),
        Label("org", "ORG", "o"),
        Label("loc", "LOC", "l"),
        Label("topic", "Topic", "t", group="topics"),
    ),
)


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


def offer(origin: str, rank: int, label_id: str, words: str, score: float = 0.8) -> Offer:
    start = TEXT.index(words)
    reason = f"{origin} says so"
    return Offer(origin, rank, Mention(label_id, start, start + len(words), score, reason))


def decided(label_id: str, words: str, state: AnnotationState) -> Annotation:
    start = TEXT.index(words)
    fragment = Fragment(start, start + len(words), words)
    return Annotation("x", "a", label_id, (fragment,), state=state)


def put_together(offers: list[Offer], *standing: Annotation) -> list[Annotation]:
    return merged(Article("a", TEXT), offers, standing, SCHEME, "Ada", str.upper)


def shown(found: list[Annotation]) -> list[tuple[str, str, str]]:
    return [(each.text, each.label, each.origin) for each in found]


def test_the_same_words_are_one_suggestion_with_everybody_who_says_so() -> None:
    (found,) = put_together(
        [offer("model", 2, "per", "Bruneau", 0.9), offer("names", 1, "per", "Bruneau", 0.7)]
    )
    assert (found.origin, found.score, found.reason) == ("names", 0.7, "names says so")
    assert [(each.origin, each.score) for each in found.claims] == [("names", 0.7), ("model", 0.9)]


def test_another_label_is_named_in_the_reason() -> None:
    (found,) = put_together([offer("model", 2, "org", "Laval"), offer("names", 1, "loc", "Laval")])
    assert (found.label, found.also) == ("loc", ())
    assert found.reason == "names says so; MODEL: ORG"


def test_the_longest_is_taken_and_other_groups_do_not_mind() -> None:
    found = put_together(
        [
            offer("names", 1, "loc", "Laval"),
            offer("names", 1, "org", "Université Laval"),
            offer("model", 2, "per", "Geneviève Bruneau"),
            offer("names", 1, "per", "Bruneau de"),
            offer("names", 1, "topic", "Laval"),
        ]
    )
    assert shown(found) == [
        ("Université Laval", "org", "names"),
        ("Laval", "topic", "names"),
        ("Geneviève Bruneau", "per", "model"),
    ]


def test_what_lowers_itself_takes_nobody_elses_place() -> None:
    found = put_together(
        [offer("model", LAST, "org", "Université Laval"), offer("names", 1, "loc", "Laval")]
    )
    assert shown(found) == [("Laval", "loc", "names")]


@pytest.mark.parametrize(
    ("label_id", "words", "state", "is_left"),
    [
        ("per", "Bruneau", AnnotationState.ACCEPTED, False),
        ("org", "Bruneau", AnnotationState.ACCEPTED, False),
        ("per", "Mme Geneviève Bruneau", AnnotationState.ACCEPTED, False),
        ("per", "Bruneau de Laval", AnnotationState.ACCEPTED, False),
        ("topic", "Bruneau", AnnotationState.ACCEPTED, True),
        ("per", "Bruneau", AnnotationState.REJECTED, False),
        ("org", "Bruneau", AnnotationState.REJECTED, True),
        ("per", "Geneviève Bruneau", AnnotationState.REJECTED, True),
    ],
)
def test_what_was_decided_is_left_alone(
    label_id: str, words: str, state: AnnotationState, *, is_left: bool
) -> None:
    found = put_together([offer("names", 1, "per", "Bruneau")], decided(label_id, words, state))
    assert bool(found) is is_left


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    scheme = read_scheme(resource("schemes", "news.toml"))
    with Project.create(tmp_path / "news.annot", scheme) as made:
        put(
            made,
            "« Le pont, assure Mme Lafond, tiendra. » Mme Lafond part. Zorbeck reste, Zorbeck.",
        )
        yield made


@pytest.fixture
def article(project: Project) -> Article:
    return articles.article(project, articles.ids(project)[0])


def offered(project: Project, article: Article) -> list[Annotation]:
    every = suggestions.standing(project, article.id)
    return [each for each in every if each.state is AnnotationState.SUGGESTED]


def test_a_name_that_is_a_part_of_a_quote_outlives_the_quote(
    project: Project, article: Article
) -> None:
    suggest(project, Options(), "Ada")
    quote = next(each for each in offered(project, article) if each.label == "quote")
    (source,) = (
        annotations.annotation(project, link.to_id)
        for link in annotations.links_at(project, [quote.id])
        if link.type == "source"
    )
    assert [claim.origin for claim in source.claims] == ["names", "quote rules"]
    project.do("Reject", lambda d: frames.reject(d, [quote.id]), annotator="Ada")
    left = {each.text: each.origin for each in offered(project, article)}
    assert left == {"Mme Lafond": "names"}


def test_switching_names_off_leaves_the_quote_its_speaker(
    project: Project, article: Article
) -> None:
    suggest(project, Options(), "Ada")
    suggestions.withdraw(project, ["names"])
    assert sorted((each.text, each.origin) for each in offered(project, article)) == [
        ("Mme Lafond", "quote rules"),
        ("assure", "quote rules"),
        ("« Le pont … tiendra. »", "quote rules"),
    ]
    settings.write(project, Settings().switched("names", on=False))
    suggest(project, Options(), "Ada")
    assert {each.origin for each in offered(project, article)} == {"quote rules"}


def test_running_names_alone_keeps_the_quotes(project: Project, article: Article) -> None:
    suggest(project, Options(only=("quotes",)), "Ada")
    before = {each.id for each in offered(project, article)}
    links = annotations.links_of(project, article.id)
    suggest(project, Options(only=("names",)), "Ada")
    assert before <= {each.id for each in offered(project, article)}
    assert annotations.links_of(project, article.id) == links


def test_a_list_suggests_and_what_was_rejected_stays_away(
    project: Project, article: Article
) -> None:
    made = WordList("", "Towns", "loc")
    project.do("Add", lambda d: word_lists.add(d, made, [Entry("Zorbeck")]), annotator="Ada")
    suggest(project, Options(only=("patterns",)), "Ada")
    first, second = offered(project, article)
    assert (first.text, first.reason) == ("Zorbeck", "in the list “Towns”")
    project.do(
        "Reject",
        lambda d: annotations.set_state(d, first.id, AnnotationState.REJECTED),
        annotator="Ada",
    )
    suggest(project, Options(), "Ada")
    assert [each.start for each in offered(project, article) if each.text == "Zorbeck"] == [
        second.start
    ]
    project.do("Off", lambda d: word_lists.update(d, switched(project)), annotator="Ada")
    suggest(project, Options(), "Ada")
    assert "Zorbeck" not in [each.text for each in offered(project, article)]


def switched(project: Project) -> WordList:
    found = word_lists.named(project, "Towns")
    return WordList(found.id, found.name, found.label, is_on=False)


def test_suggestions_are_no_work_done(project: Project, article: Article) -> None:
    suggest(project, Options(), "Ada")
    assert offered(project, article)
    assert annotations.label_counts(project, article.id) == {}
    assert articles.article(project, article.id).state == "todo"
    label(project, article, "loc", (58, 65))
    assert annotations.label_counts(project, article.id) == {"loc": 1}


def test_every_starter_list_can_be_brought_in(project: Project) -> None:
    wanted = WordList("", "", "")
    for each in own_lists.starters():
        name, count = own_lists.bring_in(project, each.id, wanted, "Ada")
        assert (name, count) == (each.title, len(each.entries))
        assert len({entry.words for entry in each.entries}) == count
    assert len(word_lists.every(project)) == len(own_lists.starters())


def test_settings_that_make_no_sense_are_as_if_nobody_had_chosen(project: Project) -> None:
    for value in (
        "",
        "{",
        "[]",
        "7",
        '{"on": 3, "order": [1], "least": {"a": "x"}, "asked": [[1]]}',
    ):
        project.set_setting(settings.SETTING, value)
        assert settings.read(project) == Settings()
    chosen = Settings().switched("names", on=False).ranked(["patterns", "names"])
    chosen = chosen.from_score("names", 7).labelling("date", "per").asking("names", "per")
    settings.write(project, chosen)
    assert settings.read(project) == chosen
    assert chosen.least == {"names": 1.0}


def test_a_choice_in_a_project_for_reading_is_refused(project: Project) -> None:
    with Project.open(project.path, read_only=True) as read:
        with pytest.raises(UserError, match="reading only"):
            settings.write(read, Settings().switched("names", on=False))
        assert settings.read(read) == Settings()


def test_a_quote_keeps_its_speaker_when_a_longer_name_takes_the_place(
    project: Project, article: Article
) -> None:
    suggest(project, Options(), "Ada")
    quote = next(each for each in offered(project, article) if each.label == "quote")
    made = WordList("", "People", "per")
    project.do(
        "Add", lambda d: word_lists.add(d, made, [Entry("assure Mme Lafond")]), annotator="Ada"
    )
    suggest(project, Options(only=("names", "patterns")), "Ada")
    links = annotations.links_at(project, [quote.id])
    found = {each.type: annotations.annotation(project, each.to_id).text for each in links}
    assert found == {"cue": "assure", "source": "assure Mme Lafond"}
