"""Findings of a project, and their repairs: each one deed, each undone in one step."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.assist.incises import incise_finder
from annotator.assist.knowledge import Knowledge
from annotator.core.findings import Finding, Kind
from annotator.core.model import AnnotationState, Article
from annotator.core.scheme import read_scheme
from annotator.resources import resource
from annotator.store import annotations, articles, findings, frames
from annotator.store.deed import Deed
from annotator.store.project import Project
from tests.store.conftest import label, put, remove

NEWS = read_scheme(resource("schemes", "news.toml"))
SLOTS = {slot.name: slot for slot in NEWS.label("quote").slots}
TEXTS = (
    "« On ira, assure Mme Roy. C’est le travail. » À Lyon, l’Élysée se tait.",
    "Mme Roy quitte Lyon et LYON pour l’Élysée.",
    "Lyon gagne. Elle se tait.",
)


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    made = Project.create(path, NEWS)
    put(made, *TEXTS)
    yield made
    with contextlib.suppress(sqlite3.ProgrammingError):  # It was reopened, and so closed before.
        made.close()


@pytest.fixture
def pages(project: Project) -> list[Article]:
    return [articles.article(project, each) for each in articles.ids(project)]


def place(article: Article, words: str) -> tuple[int, int]:
    start = article.text.index(words)
    return start, start + len(words)


def mark(project: Project, article: Article, label_id: str, words: str) -> str:
    return label(project, article, label_id, place(article, words))


def speak(project: Project, article: Article, content: str, source: str, cue: str) -> str:
    """Annotate a quote with its source and its cue."""

    def write(deed: Deed) -> str:
        quote = annotations.add(
            deed, article, "quote", [place(article, content)], attributes={"type": "direct"}
        )
        for slot, filling, words in (("source", "per", source), ("cue", "cue", cue)):
            if words:
                frames.fill_with(
                    deed, article, quote, SLOTS[slot], NEWS.label(filling), [place(article, words)]
                )
        return quote

    quote, _changes = project.do("Quote", write, annotator="Ada")
    return quote


def kinds(found: list[Finding]) -> list[Kind]:
    return [each.kind for each in found]


def mend(project: Project, article: Article, finding: Finding) -> bool:
    done, _changes = project.do(
        "Repair", lambda deed: findings.repair(deed, article, finding), annotator="Ada"
    )
    return done


def words(project: Project, annotation_id: str) -> str:
    return annotations.annotation(project, annotation_id).text


def test_an_incise_is_cut_and_put_back_in_one_step(project: Project, pages: list[Article]) -> None:
    quote = speak(
        project, pages[0], "« On ira, assure Mme Roy. C’est le travail. »", "Mme Roy", "assure"
    )
    find = incise_finder(Knowledge.of(project))
    (finding,) = findings.of_article(project, pages[0].id, find)
    assert finding.kind is Kind.INCISE
    assert mend(project, pages[0], finding)
    assert words(project, quote) == "« On ira … C’est le travail. »"
    assert findings.of_article(project, pages[0].id, find) == []
    project.undo()
    assert words(project, quote).startswith("« On ira, assure")
    assert findings.of_article(project, pages[0].id, find) == [finding]


def test_a_closing_mark_is_taken_in(project: Project, pages: list[Article]) -> None:
    quote = speak(project, pages[0], "C’est le travail.", "Mme Roy", "assure")
    assert findings.of_article(project, pages[0].id) == []
    content = [place(pages[0], "« On ira"), place(pages[0], "C’est le travail.")]
    project.do(
        "Ranges",
        lambda deed: annotations.set_ranges(deed, pages[0], quote, content),
        annotator="Ada",
    )
    (finding,) = findings.of_article(project, pages[0].id)
    assert mend(project, pages[0], finding)
    assert words(project, quote) == "« On ira … C’est le travail. »"


def test_edges_are_trimmed_and_empty_annotations_go(project: Project, pages: list[Article]) -> None:
    roy = mark(project, pages[1], "per", "Mme Roy ")
    mark(project, pages[1], "loc", " ")
    for finding in findings.of_article(project, pages[1].id):
        assert finding.kind is Kind.EDGE
        assert mend(project, pages[1], finding)
    assert [each.id for each in annotations.of_article(project, pages[1].id)] == [roy]
    assert words(project, roy) == "Mme Roy"


def test_a_part_of_no_quote_is_removed(project: Project, pages: list[Article]) -> None:
    mark(project, pages[0], "cue", "assure")
    (finding,) = findings.of_article(project, pages[0].id)
    assert mend(project, pages[0], finding)
    assert annotations.of_article(project, pages[0].id) == []


def test_what_was_linked_meanwhile_is_not_removed(project: Project, pages: list[Article]) -> None:
    mark(project, pages[0], "cue", "assure")
    (finding,) = findings.of_article(project, pages[0].id)
    speak(project, pages[0], "C’est le travail.", "Mme Roy", "assure")
    assert not mend(project, pages[0], finding)
    assert project.undo_name() == "Quote"


def test_a_wrong_filler_leaves_the_slot_and_stays(project: Project, pages: list[Article]) -> None:
    quote = speak(project, pages[0], "C’est le travail.", "", "assure")
    lyon = mark(project, pages[0], "loc", "Lyon")
    project.do("Link", lambda deed: annotations.link(deed, "source", quote, lyon), annotator="Ada")
    (finding,) = findings.of_article(project, pages[0].id)
    assert (finding.kind, finding.annotation_id) == (Kind.FILLER, lyon)
    assert mend(project, pages[0], finding)
    assert words(project, lyon) == "Lyon"
    assert kinds(findings.of_article(project, pages[0].id)) == [Kind.SOURCE]
    assert not mend(project, pages[0], finding)


def test_a_repair_of_what_is_gone_does_nothing(project: Project, pages: list[Article]) -> None:
    roy = mark(project, pages[1], "per", "Mme Roy ")
    (finding,) = findings.of_article(project, pages[1].id)
    remove(project, roy)
    assert not mend(project, pages[1], finding)
    assert project.undo_name() == "Remove"


def test_a_repaired_suggestion_that_was_accepted_counts_as_changed(
    project: Project, pages: list[Article]
) -> None:
    made, _changes = project.do(
        "Accept",
        lambda deed: annotations.add(deed, pages[1], "per", [(0, 8)], origin="rules"),
        annotator="Ada",
    )
    (finding,) = findings.of_article(project, pages[1].id)
    assert mend(project, pages[1], finding)
    assert annotations.annotation(project, made).settled == "changed"


def test_suggestions_are_left_alone(project: Project, pages: list[Article]) -> None:
    project.do(
        "Suggest",
        lambda deed: annotations.add(
            deed, pages[1], "per", [(0, 8)], origin="rules", state=AnnotationState.SUGGESTED
        ),
        annotator="Ada",
    )
    assert findings.of_article(project, pages[1].id) == []


@pytest.fixture
def lyon(project: Project, pages: list[Article]) -> list[str]:
    """Lyon is a place three times and an organisation once."""
    return [
        mark(project, pages[0], "loc", "Lyon"),
        mark(project, pages[1], "loc", "Lyon"),
        mark(project, pages[1], "loc", "LYON"),
        mark(project, pages[2], "org", "Lyon"),
    ]


def test_a_string_labelled_differently_is_noted_where_it_is_rare(
    project: Project, pages: list[Article], lyon: list[str]
) -> None:
    (finding,) = findings.of_project(project)
    assert (finding.kind, finding.annotation_id) == (Kind.LABELS, lyon[3])
    assert "LOC 3 times, ORG 1 time" in finding.message
    assert findings.of_article(project, pages[2].id) == [finding]
    assert findings.of_article(project, pages[2].id, with_labels=False) == []
    assert findings.of_article(project, pages[1].id) == []


def test_a_string_is_settled_by_relabelling(
    project: Project, pages: list[Article], lyon: list[str]
) -> None:
    (finding,) = findings.of_project(project)
    assert mend(project, pages[2], finding)
    assert annotations.annotation(project, lyon[3]).label == "loc"
    assert list(findings.of_project(project)) == []


def test_words_that_have_both_labels_are_not_relabelled(
    project: Project, pages: list[Article], lyon: list[str]
) -> None:
    mark(project, pages[2], "loc", "Lyon")
    (finding,) = findings.of_project(project)
    assert not mend(project, pages[2], finding)


def test_only_entities_in_one_piece_are_compared(project: Project, pages: list[Article]) -> None:
    mark(project, pages[0], "loc", "Lyon")
    mark(project, pages[1], "quote", "Lyon")
    label(project, pages[2], "org", place(pages[2], "Lyon"), place(pages[2], "Elle"))
    assert findings.labels_of_strings(project) == {}


def test_strings_are_counted_by_one_statement(
    project: Project, pages: list[Article], lyon: list[str]
) -> None:
    assert findings.labels_of_strings(project) == {"lyon": {"loc": 3, "org": 1}}
    said: list[str] = []
    project.conn.set_trace_callback(said.append)
    assert findings.labels_of_strings(project, pages[2].id) == {"lyon": {"loc": 3, "org": 1}}
    assert sum("comparable(surface)" in statement for statement in said) == 1
    project.conn.set_trace_callback(None)


def test_a_project_is_read_an_article_at_a_time_and_can_be_stopped(
    project: Project, pages: list[Article]
) -> None:
    for page in pages:
        label(project, page, "per", (0, 2))
        label(project, page, "loc", (3, 8))
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    everything = list(findings.of_project(project, progress=progress))
    assert [each.title for each in everything] == sorted(
        (each.title for each in everything), key=[page.title for page in pages].index
    )
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    some = list(findings.of_project(project, progress=lambda done, _total: done < 1))
    assert {each.article_id for each in some} <= {pages[0].id}
    assert len(some) < len(everything)


def test_findings_come_in_reading_order(project: Project, pages: list[Article]) -> None:
    for page in reversed(pages):
        label(project, page, "loc", (0, len(page.text) - 4))
        label(project, page, "per", (2, page.text.index(" ", 2) + 1))
    found = list(findings.of_project(project))
    order = [page.id for page in pages]
    places = [(order.index(each.article_id), each.start) for each in found]
    assert places == sorted(places)


@pytest.fixture
def loose(project: Project, pages: list[Article]) -> list[str]:
    """Two articles with loose edges: two in the first, one in the second."""
    return [
        label(project, pages[1], "per", (0, 8)),
        mark(project, pages[1], "loc", "Lyon "),
        mark(project, pages[2], "loc", "Lyon "),
    ]


def test_all_of_a_kind_are_repaired_in_one_deed(
    project: Project, loose: list[str], pages: list[Article]
) -> None:
    found = list(findings.of_project(project))
    count, changes = project.do(
        "Repair", lambda deed: findings.repair_all(deed, found), annotator="Ada"
    )
    assert count == 3
    assert changes.articles == {pages[1].id, pages[2].id}
    assert [words(project, each) for each in loose] == ["Mme Roy", "Lyon", "Lyon"]
    project.undo()
    assert [words(project, each) for each in loose] == ["Mme Roy ", "Lyon ", "Lyon "]


def test_several_repairs_of_one_annotation_add_up(project: Project, pages: list[Article]) -> None:
    text = "« Un, dit Roy. Deux, dit Roy. Trois"
    (page,) = put(project, f"{text} »")
    quote = speak(project, page, text, "Roy", "dit")

    def find(words: str, start: int, end: int) -> tuple[int, int] | None:
        at = words.find(", dit Roy. ", start, end)
        return None if at < 0 else (at, at + len(", dit Roy. "))

    found = findings.of_article(project, page.id, find)
    assert kinds(found) == [Kind.MARKS, Kind.INCISE, Kind.INCISE]
    project.do("Repair", lambda deed: findings.repair_all(deed, found), annotator="Ada")
    assert words(project, quote) == "« Un … Deux … Trois »"
    assert findings.of_article(project, page.id, find) == []


def test_articles_that_are_gone_are_passed_over(
    project: Project, loose: list[str], pages: list[Article]
) -> None:
    found = list(findings.of_project(project))
    project.do("Remove", lambda deed: articles.remove(deed, pages[1].id), annotator="Ada")
    count, _changes = project.do(
        "Repair", lambda deed: findings.repair_all(deed, found), annotator="Ada"
    )
    assert count == 1
    assert list(findings.of_articles(project, [pages[1].id])) == []
    with pytest.raises(KeyError):
        findings.of_article(project, pages[1].id)


def test_repairs_survive_a_restart(
    project: Project,
    loose: list[str],
    pages: list[Article],
    reopened: Callable[[], Project],
) -> None:
    (first, *_rest) = findings.of_article(project, pages[1].id)
    assert mend(project, pages[1], first)
    again = reopened()
    assert words(again, loose[0]) == "Mme Roy"
    again.undo()
    assert words(again, loose[0]) == "Mme Roy "
