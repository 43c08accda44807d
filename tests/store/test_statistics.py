"""Figures of a project, against a count by hand and by plain SQL; suggestions are no work."""

import random
from collections import Counter
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from annotator.core.corpus import LabelledArticle
from annotator.core.ids import new_id
from annotator.core.model import (
    Annotation,
    AnnotationState,
    Article,
    ArticleState,
    Entity,
    Fragment,
)
from annotator.core.scheme import read_scheme
from annotator.core.statistics import local_day, today, work_of
from annotator.resources import resource
from annotator.store import annotations, articles, bulk, entities, frames, statistics, suggestions
from annotator.store.deed import Deed, now
from annotator.store.project import Project
from annotator.store.statistics import Cell, Fate, Scope
from annotator.store.suggestions import Suggested
from annotator.store.work import moments, utc, worked_on
from tests.store.conftest import label, remove

TEXT = "Mme Bruneau parle à Nîmes, puis Bruneau se tait à Nîmes."


@pytest.fixture
def counted(path: Path) -> Project:
    """Four articles of two newspapers; two have annotations, one of them is done."""
    project = Project.create(path, read_scheme(resource("schemes", "news.toml")))
    made = [
        Article(f"a{n}", f"{TEXT} {n}", source=source, published=published, title=f"{n}")
        for n, (source, published) in enumerate(
            [("Le Devoir", "2018-04-12"), ("Le Devoir", "2018-06"), ("La Presse", "2018-04-30"), ("", "hier")]
        )
    ]  # fmt: skip
    labelled = [LabelledArticle(each, [], []) for each in made]
    project.do(
        "Import",
        lambda deed: bulk.add_articles(deed, labelled, {}, bulk.Added()),
        annotator="Ada",
    )
    label(project, made[0], "per", (0, 11))
    label(project, made[0], "loc", (20, 25))
    label(project, made[2], "per", (32, 39), annotator="Bruno")
    project.do(
        "Done", lambda deed: articles.set_state(deed, "a0", ArticleState.DONE), annotator="Ada"
    )
    return project


def suggest(
    project: Project, article: str, origin: str, label_id: str, start: int, end: int
) -> str:
    fragment = Fragment(start, end, TEXT[start:end])
    annotation = Annotation(
        new_id(), article, label_id, (fragment,), state=AnnotationState.SUGGESTED,
        annotator=origin, origin=origin, score=0.5, created=now(), updated=now(),
    )  # fmt: skip
    suggestions.write(project, [Suggested(article, [annotation], [])], [f"none {annotation.id}"])
    return annotation.id


def asked(project: Project, query: str) -> list[tuple[Any, ...]]:
    return project.conn.execute(query).fetchall()


def test_articles_are_counted_by_newspaper_and_state(counted: Project) -> None:
    found = statistics.states(counted)
    assert found["Le Devoir", ArticleState.DONE] == 1
    assert sum(found.values()) == 4


def test_suggestions_do_not_count_as_work(counted: Project) -> None:
    before = (statistics.labels(counted), statistics.spread(counted), list(moments(counted)))
    suggest(counted, "a1", "names", "per", 0, 11)
    assert before == (
        statistics.labels(counted),
        statistics.spread(counted),
        list(moments(counted)),
    )
    assert statistics.fates(counted) == {("names", "per"): Fate(open=1)}


def test_what_became_of_suggestions_is_told_apart(counted: Project) -> None:
    kept, changed, turned_down = (
        suggest(counted, "a1", "names", "per", start, end)
        for start, end in ((0, 11), (4, 11), (32, 39))
    )
    counted.do("Accept", lambda deed: frames.accept(deed, [kept]), annotator="Ada")
    counted.do("Reject", lambda deed: frames.reject(deed, [turned_down]), annotator="Ada")

    def correct(deed: Deed) -> None:
        deed.update("annotation", changed, {"settled": "changed", "state": "accepted"})

    counted.do("Correct", correct, annotator="Ada")
    assert statistics.fates(counted) == {("names", "per"): Fate(1, 1, 1, 0)}
    assert statistics.labels(counted)["per"] == 4
    assert sum(each.annotations for each in moments(counted)) == 5


def test_a_scope_narrows_to_whose_and_what_and_when(counted: Project) -> None:
    assert statistics.labels(counted, Scope("Bruno")) == {"per": 1}
    assert statistics.labels(counted, Scope(label="loc")) == {"loc": 1}
    assert statistics.labels(counted, Scope(since=utc(today()))) == {"per": 2, "loc": 1}
    assert statistics.labels(counted, Scope(since=utc(today() + timedelta(1)))) == {}
    assert statistics.spread(counted, Scope("Bruno")) == {Cell("per", "La Presse", "2018-04"): 1}


def test_the_sums_are_those_of_plain_sql(counted: Project) -> None:
    (accepted,) = counted.conn.execute(
        "select count(*) from annotation where state = 'accepted'"
    ).fetchone()
    spread = statistics.spread(counted)
    assert accepted == sum(statistics.labels(counted).values()) == sum(spread.values()) == 3
    by_month: Counter[str] = Counter()
    for cell, count in spread.items():
        by_month[cell.month] += count
    assert by_month == {"2018-04": 3}
    lengths = statistics.lengths(counted)
    assert sum(lengths.characters.values()) == 4
    assert {name: sorted(found) for name, found in lengths.spans.items()} == {
        "per": [7, 11],
        "loc": [5],
    }
    assert lengths.token_characters == 4 * (len(TEXT) + 2)
    assert 4 * 12 <= lengths.tokens <= 4 * 16


def test_entities_and_words_without_one(counted: Project) -> None:
    first = label(counted, articles.article(counted, "a1"), "per", (0, 11))
    counted.do(
        "Give",
        lambda deed: entities.give(deed, first, Entity("e", "Geneviève Bruneau")),
        annotator="Ada",
    )
    assert [(each.name, each.number) for each in statistics.entities(counted)] == [
        ("Geneviève Bruneau", 1)
    ]
    # Places refer to no entity here, so they are not what is looked for.
    assert {each.name: each.number for each in statistics.strings(counted)} == {
        "Mme Bruneau": 1,
        "Bruneau": 1,
    }


def test_undone_work_is_no_work(counted: Project) -> None:
    counted.undo()
    counted.undo()
    assert sum(each.annotations for each in moments(counted)) == 2
    assert sum(each.articles for each in moments(counted)) == 0
    counted.redo()
    counted.redo()
    assert sum(each.annotations for each in moments(counted)) == 3


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_was_done_and_undone_the_sums_agree(counted: Project, seed: int) -> None:
    dice = random.Random(seed)
    every = [articles.article(counted, name) for name in articles.ids(counted)]
    for _step in range(40):
        deed = dice.choice(("label", "label", "suggest", "settle", "undo", "redo"))
        article, start = dice.choice(every), dice.randrange(40)
        if deed == "label":
            label(counted, article, dice.choice(("per", "loc")), (start, start + 5))
        elif deed == "suggest":
            suggest(counted, article.id, "names", "per", start, start + 5)
        elif deed == "settle":
            settle = dice.choice((frames.accept, frames.reject))
            open_ = [
                row[0]
                for row in asked(counted, "select id from annotation where state = 'suggested'")
            ]
            for one in open_[:1]:
                counted.do("Settle", partial(settle, annotation_ids=[one]), annotator="Ada")
        else:
            (counted.undo if deed == "undo" else counted.redo)()
    accepted = asked(counted, "select count(*) from annotation where state = 'accepted'")[0][0]
    assert sum(statistics.labels(counted).values()) == accepted
    assert sum(statistics.spread(counted).values()) == accepted
    assert sum(each.annotations for each in moments(counted)) == accepted
    waiting = asked(counted, "select count(*) from annotation where state = 'suggested'")[0][0]
    assert sum(fate.open for fate in statistics.fates(counted).values()) == waiting


def test_a_deed_on_many_articles_is_work_on_each(counted: Project) -> None:
    def everywhere(deed: Deed) -> None:
        for name in ("a1", "a3"):
            annotations.add(deed, articles.article(counted, name), "per", [(0, 11)])

    counted.do("Label everywhere", everywhere, annotator="Chantal")
    behind = today() + timedelta(1)
    assert set(worked_on(counted, today(), behind, "Chantal")) == {"a1", "a3"}
    assert max(each.annotations for each in moments(counted)) == 2


def test_an_article_that_was_opened_again_is_not_finished(counted: Project) -> None:
    assert sum(each.articles for each in moments(counted)) == 1
    for state in (ArticleState.TODO, ArticleState.DONE, ArticleState.DONE):
        set_state = partial(articles.set_state, article_id="a0", state=state)
        counted.do("State", set_state, annotator="Ada")
    found = work_of(moments(counted))
    assert sum(day.articles for day in found.days) == 1


def test_work_leads_to_its_articles(counted: Project) -> None:
    here, behind = today(), today() + timedelta(1)
    assert set(worked_on(counted, here, behind)) == {"a0", "a2"}
    assert worked_on(counted, here, behind, "Bruno") == ["a2"]
    assert worked_on(counted, here, behind, finished=True) == ["a0"]
    assert worked_on(counted, behind, behind + timedelta(1)) == []


def test_a_day_begins_at_midnight_here() -> None:
    day = date(2025, 7, 14)
    moment = utc(day)
    assert moment.endswith("Z")
    seconds = int(datetime.fromisoformat(moment).timestamp())
    assert local_day(seconds) == day and local_day(seconds - 1) == day - timedelta(1)


def test_articles_are_found_by_what_a_bar_says_of_them(counted: Project) -> None:
    found = statistics.articles_with
    assert found(counted, source="Le Devoir") == ["a0", "a1"]
    assert found(counted, source="") == ["a3"]
    assert found(counted, source="Le Devoir", state="done") == ["a0"]
    assert found(counted, months=("2018-04", "2018-05")) == ["a0", "a2"]
    length = len(TEXT) + 2
    assert len(found(counted, lengths=(length, length + 1))) == 4
    assert found(counted, lengths=(0, length)) == []


def test_removing_counts_back(counted: Project) -> None:
    extra = label(counted, articles.article(counted, "a1"), "org", (4, 11))
    assert statistics.labels(counted)["org"] == 1
    remove(counted, extra)
    assert "org" not in statistics.labels(counted)


def test_time_at_work_is_that_of_finished_articles(counted: Project) -> None:
    articles.add_seconds(counted, "a0", "Ada", 120.0)
    articles.add_seconds(counted, "a0", "Bruno", 60.0)
    articles.add_seconds(counted, "a1", "Ada", 999.0)
    assert statistics.seconds_of_done(counted) == [180.0]
    assert statistics.seconds(counted) == {"Ada": 1119.0, "Bruno": 60.0}
