"""The file as others see it: rules that hold for every writer, a search that forgives, views that read."""

import sqlite3

import pytest
from sqlite_utils import Database

from annotator.core.model import Article, Entity
from annotator.store import annotations, articles, entities
from annotator.store.project import Project
from tests.store.conftest import label, put


def test_every_table_of_ours_is_strict(project: Project) -> None:
    tables = project.conn.execute(
        "select name, strict from pragma_table_list where schema = 'main' and type = 'table'"
    )
    ours = {name: strict for name, strict in tables if not name.startswith(("sqlite_", "_sqlite_"))}
    assert len(ours) >= 10
    assert not [name for name, strict in ours.items() if not strict]


@pytest.mark.parametrize(
    "statement",
    [
        "update article set state = 'nearly'",
        "update article set text = text || '!'",
        "update article set sha256 = 'x'",
        "update article set meta = 'not json'",
        "update annotation set state = 'maybe'",
        "update annotation set label_id = 'nothing'",
        "update annotation set article_id = 'nowhere'",
        "update annotation set annotator = 'nobody'",
        "update annotation set entity_id = 'nobody'",
        "update annotation set attributes = '{'",
        "update fragment set start = -1",
        "update fragment set start = 'one'",
        'update fragment set "end" = start',
        "update label set name = ''",
        "update label set retired = 2",
        "delete from label where id = 'per'",
        "update op set state = 'gone'",
    ],
)
def test_no_writer_can_break_a_rule(project: Project, first: Article, statement: str) -> None:
    label(project, first, "per", (25, 36))
    with pytest.raises(sqlite3.IntegrityError):
        project.conn.execute(statement)


@pytest.mark.parametrize(
    "query",
    ["ecologie", "ÉCOLOGIE", "E\u0301cologie", "l’écologie", "l'Ecologie", "ecol", "bruneau nimes"],
)
def test_search_forgives_accents_and_case(project: Project, first: Article, query: str) -> None:
    assert articles.ids(project, query=query) == [first.id]


def test_search_finds_decomposed_letters(project: Project) -> None:
    (article,) = put(project, "Pour l'E\u0301cologie, toujours.")
    assert article.id in articles.ids(project, query="ecologie")
    assert article.id in articles.ids(project, query="écologie")


@pytest.mark.parametrize(
    "query",
    ['"', "'", "*", "AND", "OR NOT", "a OR", "(", "title:", "^", "-", "NEAR(", "\0", "\ud83d"],
)
def test_nothing_typed_into_the_search_is_an_error(project: Project, query: str) -> None:
    articles.ids(project, query=query)


def test_search_follows_a_new_title(project: Project, first: Article) -> None:
    project.do(
        "Title",
        lambda deed: articles.set_metadata(deed, first.id, {"title": "Zeppelin"}),
        annotator="Ada",
    )
    assert articles.ids(project, query="zeppelin") == [first.id]
    project.undo()
    assert articles.ids(project, query="zeppelin") == []
    assert articles.ids(project, query="ecologie") == [first.id]


def test_the_search_index_agrees_with_the_articles(project: Project) -> None:
    project.undo()
    project.redo()
    put(project, "Another.")
    project.conn.execute(
        "insert into article_search (article_search, rank) values ('integrity-check', 1)"
    )


def test_entities_reads_as_one_expects(project: Project, first: Article) -> None:
    annotation_id = label(project, first, "per", (25, 36))
    bruneau = Entity("e1", "Geneviève Bruneau", "person")

    def write(deed: object) -> None:
        entities.add(deed, bruneau)  # type: ignore[arg-type]
        annotations.set_entity(deed, annotation_id, "e1")  # type: ignore[arg-type]

    project.do("Refer", write, annotator="Ada")
    (row,) = Database(project.conn)["entities"].rows
    assert row["article"] == first.title
    assert (row["label"], row["text"], row["entity"]) == ("PER", "Mme Bruneau", "Geneviève Bruneau")
    assert first.text[row["start"] : row["end"]] == "Mme Bruneau"
    assert (row["annotator"], row["state"]) == ("Ada", "accepted")


def test_quotes_reads_as_one_expects(project: Project, first: Article) -> None:
    quote = label(project, first, "quote", (0, 16), (37, 44))
    speaker = label(project, first, "per", (25, 36))
    cue = label(project, first, "cue", (18, 24))

    def write(deed: object) -> None:
        annotations.link(deed, "source", quote, speaker)  # type: ignore[arg-type]
        annotations.link(deed, "cue", quote, cue)  # type: ignore[arg-type]
        annotations.set_attribute(deed, quote, "type", "indirect")  # type: ignore[arg-type]

    project.do("Link", write, annotator="Ada")
    (row,) = Database(project.conn)["quotes"].rows
    assert row["content"] == "L’Écologie gagne … à Nîmes"
    assert (row["speaker"], row["source"], row["cue"]) == ("Mme Bruneau", "Mme Bruneau", "assure")
    assert (row["type"], row["addressee"]) == ("indirect", None)


def test_the_file_is_plain_sqlite_for_everybody_else(project: Project, first: Article) -> None:
    label(project, first, "per", (25, 36))
    other = sqlite3.connect(project.path)
    assert other.execute("select text from entities").fetchall() == [("Mme Bruneau",)]
    other.close()
