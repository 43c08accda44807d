"""What results are counted by, and what stands near them."""

import csv
from pathlib import Path

import pytest

from annotator.core.query.parsing import parse
from annotator.exchange.search_tables import save_lines
from annotator.store.project import Project
from annotator.store.search.collocates import (
    collocates,
    log_dice,
    log_likelihood,
    words_of_all,
)
from annotator.store.search.finding import find
from annotator.store.search.frequencies import Group, frequencies
from annotator.store.search.lines import Order, lines, ordered
from annotator.store.search.vocabulary import vocabulary
from tests.store.conftest import label, put
from tests.store.test_search import news

__all__ = ["news"]


def test_results_are_counted_by_what_they_say_and_where_they_stand(news: Project) -> None:
    def counted(typed: str, group: Group) -> list[tuple[str, int, int]]:
        hits = find(news, parse(typed)).hits
        return [(each.shown, each.count, each.articles) for each in frequencies(news, hits, group)]

    assert counted("climat", Group.WORDS) == [("climat", 3, 2)]
    assert counted("label:PER", Group.WORDS) == [("Mme Bruneau", 2, 1)]
    assert counted("label:PER OR label:LOC", Group.LABEL) == [("LOC", 2, 2), ("PER", 2, 1)]
    assert counted("label:PER", Group.ENTITY) == [("", 1, 1), ("Anne Bruneau", 1, 1)]
    assert counted("climat", Group.SOURCE) == [("", 2, 1), ("Le Monde", 1, 1)]
    assert counted("climat", Group.MONTH) == [("", 2, 1), ("2018-04", 1, 1)]
    assert counted("climat", Group.LABEL) == []


@pytest.mark.parametrize("group", [Group.WORDS, Group.LABEL, Group.STATE, Group.ANNOTATOR])
def test_each_count_leads_to_what_it_counts(news: Project, group: Group) -> None:
    for each in frequencies(news, find(news, parse("is:untouched OR score:>0")).hits, group):
        again = find(news, parse(f"(is:untouched OR score:>0) {each.query}"))
        assert len(again.hits) == each.count


def test_a_ligature_is_counted_with_its_letters_and_sorted_among_them(project: Project) -> None:
    put(project, "Le cœur ouvert", "un coeur", "le col", "le zeste")
    hits = find(project, parse("coeur OR col OR zeste")).hits
    counted = frequencies(project, hits, Group.WORDS)
    assert [(each.value, each.count) for each in counted] == [
        ("coeur", 2),
        ("col", 1),
        ("zeste", 1),
    ]
    words = [line.words for line in lines(project, ordered(project, hits, Order.WORDS))]
    assert words == ["coeur", "cœur", "col", "zeste"]


def test_words_near_the_results_are_ranked_by_how_unlikely_chance_is(project: Project) -> None:
    put(project, *(f"Le climat politique se gâte, n° {n}." for n in range(9)))
    put(project, *(f"La mer est calme, politique ou non, bateau {n}." for n in range(9)))
    found = collocates(project, find(project, parse("climat")).hits)
    assert [each.shown for each in found] == ["gâte", "politique", "n"][: len(found)]
    gate = found[0]
    assert gate.count == 9
    assert gate.likelihood > found[1].likelihood > 0
    assert gate.dice == pytest.approx(14.0)


def test_the_measures_are_those_of_the_books() -> None:
    assert log_likelihood(10, 100, 100, 10_000) == pytest.approx(29.748, abs=0.001)
    assert log_likelihood(1, 100, 100, 10_000) == pytest.approx(0, abs=1e-9)
    assert log_likelihood(0, 1_000, 100, 10_000) < 0
    assert log_dice(10, 10, 10) == 14
    assert log_dice(1, 100, 100) == pytest.approx(14 - 6.6439, abs=1e-3)


def test_the_index_tells_how_many_words_there_are(news: Project) -> None:
    before = words_of_all(news.conn)
    put(news, "un deux trois l’autre")
    assert words_of_all(news.conn) == before + 5


def test_the_project_tells_what_can_be_asked(news: Project) -> None:
    known = vocabulary(news)
    assert known.labels[0] == "PER"
    assert known.slots == ("source", "cue", "addressee")
    assert known.attributes["type"][0] == "direct"
    assert known.attributes["negated"] == ("true",)
    assert (known.entities, known.sources) == (("Anne Bruneau",), ("Le Monde",))
    assert (known.origins, known.meta, known.languages) == (("names",), ("rubrique",), ("fr-FR",))
    assert set(known.annotators) >= {"Ada", "Bob"}


def test_no_cell_of_the_table_is_a_formula(project: Project, tmp_path: Path) -> None:
    [article] = put(project, "=1+1 dit Roy")
    label(project, article, "per", (0, 4))
    hits = find(project, parse("label:PER in:Roy")).hits
    assert save_lines(project, hits, tmp_path / "lines.csv") == 1
    with (tmp_path / "lines.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["words"] == "'=1+1"
    assert (row["label"], row["start"], row["end"]) == ("PER", "0", "4")
    assert save_lines(project, hits, tmp_path / "no.csv", lambda _done, _total: False) == 0
    assert not (tmp_path / "no.csv").exists()
