"""An import brings in all that is sound, tells the rest, and one undo takes it back."""

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import UserError
from annotator.core.formats import Format, Reading
from annotator.core.model import AnnotationState, Article, ArticleState, Entity
from annotator.core.scheme import Attribute, Label, LinkType, Scheme, Slot
from annotator.exchange.exporting import ExportOptions, export
from annotator.exchange.importing import ImportOptions, ImportReport, import_paths
from annotator.exchange.sources import recognise
from annotator.store import annotations, articles, checks, entities, history, labels
from annotator.store.project import Project

SCHEME = Scheme("Test", "", (Label("per", "PER", "p"), Label("org", "ORG", "o", "orange")))
ME = "Luc"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annot", SCHEME, annotator=ME) as project:
        yield project


def _said(article: Article) -> dict[str, Any]:
    """Return what a file says of an article, without where it came from."""
    return {k: v for k, v in article.meta.items() if k not in ("file_sha256", "reader")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three articles and other things."""
    root = tmp_path / "presse"
    (root / "2019").mkdir(parents=True)
    (root / ".cache").mkdir()
    (root / "article10.txt").write_bytes("Dix élèves à l’école.".encode("cp1252"))
    (root / "article2.txt").write_text("Deux élèves.", "utf-8")
    (root / "2019" / "été.TXT").write_text("\ufeffTrois élèves.\r\n", "utf-16-le")
    (root / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (root / ".hidden.txt").write_text("non", "utf-8")
    (root / ".cache" / "a.txt").write_text("non plus", "utf-8")
    return root


def run(
    project: Project, *paths: Path, strict: bool = False, format: str | None = None
) -> ImportReport:
    return import_paths(project, paths, ImportOptions(ME, format, strict))


def texts(project: Project) -> list[str]:
    return [articles.article(project, id_).text for id_ in articles.ids(project)]


def all_annotations(project: Project) -> list[Any]:
    return [
        annotation
        for id_ in articles.ids(project)
        for annotation in annotations.of_article(project, id_)
    ]


def json_lines(path: Path, *rows: Any) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def test_a_folder_comes_in_in_natural_order(project: Project, folder: Path) -> None:
    report = run(project, folder)
    assert texts(project) == ["Trois élèves.\n", "Deux élèves.", "Dix élèves à l’école."]
    assert (report.articles, report.files, report.problems) == (3, 3, [])
    (remark,) = report.remarks
    assert ".jpg" in remark.message
    assert "3" in remark.message
    first, _second, third = (articles.article(project, id_) for id_ in articles.ids(project))
    assert _said(first) == {"file": "été.TXT", "encoding": "utf-16-le"}
    assert _said(third) == {"file": "article10.txt", "encoding": "cp1252"}


def test_one_undo_takes_an_import_back_and_redo_brings_it_again(
    project: Project, folder: Path, tmp_path: Path
) -> None:
    rows = json_lines(
        tmp_path / "c.jsonl", {"text": "Anne à Lille", "spans": [[0, 4, "PER"], [7, 12, "LOC"]]}
    )
    run(project, folder, rows)
    before = texts(project)
    found = all_annotations(project)
    assert project.undo_name() == "Import 4 articles"
    assert len(history.ops(project)) == 1
    project.undo()
    assert texts(project) == []
    assert project.scheme == SCHEME
    project.redo()
    assert (texts(project), all_annotations(project)) == (before, found)
    assert checks.check(project) == []


def test_the_same_file_again_adds_nothing_and_says_so(project: Project, folder: Path) -> None:
    run(project, folder)
    report = run(project, folder)
    assert (report.articles, len(report.duplicates), report.problems) == (0, 3, [])
    assert len(history.ops(project)) == 1
    assert "“article2”" in str(report.duplicates[1])


def test_the_same_text_twice_in_one_import_comes_in_once(project: Project, tmp_path: Path) -> None:
    rows = [{"text": "Anne\r\nRoy", "title": "A"}, {"text": "Anne\nRoy", "spans": [[0, 4, "PER"]]}]
    report = run(project, json_lines(tmp_path / "c.jsonl", *rows))
    assert report.articles == 1
    (duplicate,) = report.duplicates
    assert duplicate.place == "c.jsonl:2"
    assert "“A”" in duplicate.message
    assert "1 annotation" in duplicate.message


def test_annotations_of_a_text_that_is_there_go_to_the_article(project: Project, tmp_path: Path):
    row = {"text": "Anne à Lille", "spans": [[0, 4, "PER"], [7, 12, "Lieu"]]}
    run(project, json_lines(tmp_path / "a.jsonl", row))
    again = run(project, tmp_path / "a.jsonl")
    assert (again.grafted, again.standing, len(history.ops(project))) == (0, 2, 1)
    more = {
        **row,
        "spans": [*row["spans"], {"start": 0, "end": 12, "label": "PER", "annotator": "Zoé"}],
    }
    report = run(project, json_lines(tmp_path / "b.jsonl", more))
    assert (report.articles, report.annotations, report.grafted, report.standing) == (0, 1, 1, 2)
    assert "1 annotation went to it" in report.duplicates[0].message
    found = all_annotations(project)
    assert [(each.text, each.annotator) for each in found if each.end == 12] == [
        ("Anne à Lille", "Zoé"),
        ("Lille", ME),
    ]
    project.undo()
    assert len(all_annotations(project)) == 2
    project.redo()
    assert all_annotations(project) == found
    assert checks.check(project) == []


def test_what_was_only_suggested_is_accepted_by_an_import(project: Project, tmp_path: Path):
    row = {"text": "Anne à Lille"}
    run(project, json_lines(tmp_path / "a.jsonl", row))
    article = articles.article(project, articles.ids(project)[0])
    project.do(
        "Suggest",
        lambda deed: annotations.add(
            deed, article, "per", [(0, 4)], origin="names", state=AnnotationState.SUGGESTED
        ),
        annotator="names",
    )
    run(project, json_lines(tmp_path / "b.jsonl", {**row, "spans": [[0, 4, "PER"]]}))
    (found,) = all_annotations(project)
    assert (found.state, found.annotator) == (AnnotationState.ACCEPTED, ME)


def test_an_entity_described_otherwise_stays_and_is_told(project: Project, tmp_path: Path) -> None:
    entity = {"id": "q1", "name": "Roy", "aliases": []}
    line = {"format": "annotator-jsonl/1", "project": {"scheme": {}, "entities": [entity]}}
    run(project, json_lines(tmp_path / "a.jsonl", line))
    entity["name"] = "Anne Roy"
    report = run(project, json_lines(tmp_path / "b.jsonl", line))
    assert [each.name for each in entities.register(project)] == ["Roy"]
    assert ["“Roy”" in remark.message for remark in report.remarks] == [True]
    assert report.remarks[0].place == "b.jsonl:1"


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.csv", "a.tsv"])
@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_told(project: Project, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    (problem,) = run(project, tmp_path / name).problems
    assert str(problem) == f"{name}: It holds no text."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_not_waited_for(project: Project, folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    report = run(project, folder, folder / "pipe.txt")
    assert report.articles == 3
    assert [problem.place for problem in report.problems] == ["pipe.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
def test_a_file_name_that_is_no_utf8_does_no_harm(project: Project, tmp_path: Path) -> None:
    for ending, content in ((b"txt", b"Anne"), (b"jsonl", b'{"text": "Roy"}')):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9t\xe9." + ending)).write_bytes(content)
    assert run(project, tmp_path).articles == 2
    files = [articles.article(project, each).meta["file"] for each in articles.ids(project)]
    assert sorted(files) == ["�t�.jsonl", "�t�.txt"]


def test_no_detail_of_a_record_is_hidden_by_another(project: Project, tmp_path: Path) -> None:
    row = {
        "text": "Anne",
        "titre": "Second",
        "title": "First",
        "file": "scan.pdf",
        "published": "2024-05-06T10:00",
        "author": 7.5,
    }
    run(project, json_lines(tmp_path / "a.jsonl", row))
    article = articles.article(project, articles.ids(project)[0])
    assert (article.title, article.published, article.author) == ("First", "2024-05-06", "")
    assert _said(article) == {
        "titre": "Second",
        "file": "scan.pdf",
        "published_as_given": "2024-05-06T10:00",
        "author_as_given": 7.5,
        "encoding": "utf-8",
    }


def test_labels_go_by_name_and_new_ones_join_the_scheme(project: Project, tmp_path: Path) -> None:
    rows = {"text": "Anne à Lille", "spans": [[0, 4, "per"], [7, 12, "Lieu"], [0, 12, "Lieu"]]}
    report = run(project, json_lines(tmp_path / "c.jsonl", rows))
    assert report.labels_added == ["Lieu"]
    assert [label.name for label in project.scheme.labels] == ["PER", "ORG", "Lieu"]
    assert sorted((each.label, each.text) for each in all_annotations(project)) == [
        ("lieu", "Anne à Lille"),
        ("lieu", "Lille"),
        ("per", "Anne"),
    ]
    assert {(each.annotator, each.origin) for each in all_annotations(project)} == {(ME, "import")}


def test_a_problem_does_not_keep_the_rest_out(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "c.jsonl"
    file.write_text(
        '{"text": "un"}\n{"text"\n{"text": "deux", "spans": [[0, 99, "PER"]]}\n', "utf-8"
    )
    report = run(project, file)
    assert texts(project) == ["un", "deux"]
    assert [problem.place for problem in report.problems] == ["c.jsonl:2", "c.jsonl:3"]


def test_a_strict_import_with_a_problem_brings_nothing(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "c.jsonl"
    file.write_text('{"text": "un", "spans": [[0, 2, "NEW"]]}\n{"text"\n', "utf-8")
    report = run(project, file, strict=True)
    assert (report.articles, report.annotations, report.labels_added) == (0, 0, [])
    assert len(report.problems) == 1
    assert texts(project) == []
    assert history.ops(project) == []
    assert project.scheme == SCHEME


def test_a_strict_import_without_a_problem_comes_in(project: Project, folder: Path) -> None:
    assert run(project, folder, strict=True).articles == 3


def test_cancelling_brings_nothing(project: Project, folder: Path) -> None:
    calls: list[tuple[int, int]] = []

    def stop_at_the_second(done: int, total: int) -> bool:
        calls.append((done, total))
        return len(calls) < 2

    report = import_paths(project, [folder], ImportOptions(ME), progress=stop_at_the_second)
    assert report.cancelled
    assert report.articles == 0
    assert texts(project) == []
    assert calls == [(1, 3), (2, 3)]


@pytest.mark.parametrize("count", [1, 3])
def test_whatever_comes_in_first_the_indexes_stand_afterwards(
    project: Project, tmp_path: Path, count: int
) -> None:
    before = indexes(project)
    line = {"text": "Mme Roy parle.", "spans": [[4, 7, "PER"]]}
    twin = {"text": "Mme Roy parle.", "spans": [[0, 7, "ORG"]]}
    rows = json_lines(tmp_path / "c.jsonl", *[line, twin, {"text": "Rien."}][:count])
    import_paths(project, [rows], ImportOptions(ME), progress=lambda *_done: False)
    assert indexes(project) == before
    run(project, rows)
    assert indexes(project) == before
    assert len(all_annotations(project)) == min(count, 2)


def indexes(project: Project) -> set[str]:
    found = project.conn.execute("select sql from sqlite_master where type = 'index'")
    return {sql for (sql,) in found}


def test_progress_counts_lines_and_files(project: Project, folder: Path, tmp_path: Path) -> None:
    rows = json_lines(tmp_path / "c.jsonl", {"text": "un"}, {"text": "deux"})
    calls: list[tuple[int, int]] = []
    import_paths(
        project,
        [folder, rows],
        ImportOptions(ME),
        progress=lambda done, total: calls.append((done, total)) or True,
    )
    assert calls[-1][0] <= calls[-1][1]
    assert sorted(calls) == calls
    assert len(calls) == 5


def test_a_path_that_does_not_exist_stops_all(project: Project, folder: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere\.txt"):
        run(project, folder, folder / "nowhere.txt")
    assert texts(project) == []


def test_unreadable_files_are_named(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.4")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.xyz").write_text("texte", "utf-8")
    (tmp_path / "empty").mkdir()
    paths = [tmp_path / name for name in ("a.txt", "b.txt", "c.xyz", "empty")]
    report = run(project, *paths)
    assert [problem.place for problem in report.problems] == [
        "c.xyz",
        "empty",
        "a.txt",
        "b.txt",
    ] or ({problem.place for problem in report.problems} == {"a.txt", "b.txt", "c.xyz", "empty"})
    assert report.articles == 0


def test_a_format_can_be_forced(project: Project, tmp_path: Path) -> None:
    file = json_lines(tmp_path / "corpus.data", {"text": "Anne"})
    assert run(project, file, format="jsonl").articles == 1
    assert run(project, file, format="txt").articles == 1
    with pytest.raises(UserError, match="papyrus"):
        run(project, file, format="papyrus")


def test_an_exported_folder_brings_its_articles_only(
    project: Project, folder: Path, tmp_path: Path
) -> None:
    run(project, folder)
    export(project, tmp_path / "out", ExportOptions())
    with Project.create(tmp_path / "q.annot", SCHEME, annotator=ME) as other:
        report = run(other, tmp_path / "out")
        assert (report.problems, texts(other)) == ([], texts(project))


@pytest.fixture
def rich(project: Project) -> Project:
    """A project with everything a project can hold."""
    scheme = [
        Label(
            "quote",
            "Citation",
            "k",
            "purple",
            "Ce que l’on dit",
            "quotes",
            (
                Attribute("type", "choice", ("direct", "indirect"), "direct", "d"),
                Attribute("sure", "flag"),
            ),
            (Slot("source", "s", ("per",)), Slot("cue", "c", many=True)),
        )
    ]

    def write(deed: Any) -> None:
        for label in scheme:
            labels.add(deed, label)
        labels.update(deed, Label("org", "Organisation", "", "orange", retired=True))
        labels.reorder(deed, ["quote", "org", "per"])
        labels.add_link_type(deed, LinkType("answers", ("quote",), ("quote",), "Répond à"))
        entities.add(
            deed, Entity("e1", "Anne Roy", "person", ("Mme Roy",), "female", "maire", "Q1", "!")
        )
        entities.add(deed, Entity("e2", "Personne d’autre"))

    project.do("Set up", write, annotator=ME)
    return project


def rich_line() -> dict[str, Any]:
    text = "« Oui 🌍 », dit Anne, « non ». Le Conseil est là."
    return {
        "format": "annotator-jsonl/1",
        "id": "article-1",
        "text": text,
        "meta": {
            "title": "T",
            "author": "A",
            "published": "2018-04-19",
            "k": {"deep": [1, 2.5, None]},
        },
        "state": "flagged",
        "annotations": [
            {
                "id": "q1",
                "label": "Citation",
                "fragments": [[2, 7], [23, 26]],
                "text": "Oui 🌍 … non",
                "attributes": {"type": "direct", "sure": True},
                "note": "une note",
                "entity": None,
                "annotator": "Zoé",
                "origin": "rule:quotes",
                "state": "suggested",
                "score": 0.75,
                "reason": "«»",
                "created": "2026-01-01T00:00:00.000Z",
                "updated": "2026-01-02T00:00:00.000Z",
            },
            {"id": "p1", "label": "PER", "fragments": [[15, 19]], "text": "Anne", "entity": "e1"},
            {"id": "o1", "label": "Organisation", "fragments": [[33, 40]], "state": "rejected"},
        ],
        "links": [{"id": "l1", "type": "source", "from": "q1", "to": "p1", "annotator": "Zoé"}],
        "seconds": {"Zoé": 12.5},
    }


def everything(project: Project) -> dict[str, Any]:
    ids = articles.ids(project)
    return {
        "scheme": project.scheme,
        "entities": entities.register(project),
        "articles": [articles.article(project, id_) for id_ in ids],
        "annotations": [
            annotations.of_article(project, id_, states=list(AnnotationState)) for id_ in ids
        ],
        "links": [annotations.links_of(project, id_) for id_ in ids],
        "seconds": [articles.seconds(project, id_) for id_ in ids],
    }


ALL = ExportOptions(states=frozenset(state.value for state in AnnotationState))


def test_an_export_imported_into_a_new_project_gives_the_same_project(
    rich: Project, folder: Path, tmp_path: Path
) -> None:
    run(rich, json_lines(tmp_path / "rich.jsonl", rich_line()), folder)
    export(rich, tmp_path / "out.jsonl", ALL)
    other_scheme = Scheme("Other", "x", (Label("x", "X", "x"), Label("per", "PERSON", "q")))
    with Project.create(tmp_path / "q.annot", other_scheme, annotator="Eve") as other:
        report = run(other, tmp_path / "out.jsonl")
        assert (report.problems, report.articles) == ([], 4)
        assert everything(other) == everything(rich)
        assert checks.check(other) == []
        other.undo()
        assert other.scheme == other_scheme
        assert entities.register(other) == []
        other.redo()
        assert everything(other) == everything(rich)


def test_ids_that_are_taken_are_replaced_and_links_follow(rich: Project, tmp_path: Path) -> None:
    second = rich_line()
    second["text"] = second["text"].replace("Oui", "Ouf")
    second["annotations"][0]["text"] = "Ouf 🌍 … non"
    report = run(rich, json_lines(tmp_path / "c.jsonl", rich_line(), second))
    assert (report.articles, report.annotations, report.links) == (2, 6, 2)
    one, other = articles.ids(rich)
    assert one == "article-1" != other
    (link,) = annotations.links_of(rich, other)
    texts_of = {
        each.id: each.text
        for each in annotations.of_article(rich, other, states=list(AnnotationState))
    }
    assert (texts_of[link.from_id], texts_of[link.to_id]) == ("Ouf 🌍 … non", "Anne")
    third = rich_line()
    third["text"] = third["text"].replace("Oui", "Oui", 1).replace("là", "ici")
    assert run(rich, json_lines(tmp_path / "d.jsonl", third)).links == 1
    assert checks.check(rich) == []


def test_a_file_with_a_scheme_only_adds_what_a_project_in_use_lacks(
    rich: Project, folder: Path, tmp_path: Path
) -> None:
    run(rich, json_lines(tmp_path / "rich.jsonl", rich_line()))
    export(rich, tmp_path / "out.jsonl", ALL)
    with Project.create(tmp_path / "q.annot", SCHEME, annotator="Eve") as other:
        run(other, folder)
        report = run(other, tmp_path / "out.jsonl")
        assert report.problems == []
        # "Organisation" is their new name for our label "org".
        assert [label.name for label in other.scheme.labels] == ["PER", "ORG", "Citation"]
        assert report.labels_added == ["Citation"]
        assert len(entities.register(other)) == 2
        assert [link.name for link in other.scheme.links] == ["answers"]


def test_an_entity_in_no_register_is_told(project: Project, tmp_path: Path) -> None:
    report = run(project, json_lines(tmp_path / "c.jsonl", rich_line()))
    (problem,) = report.problems
    assert "e1" in problem.message
    assert report.annotations == 3


def test_what_a_record_does_not_say_is_read_from_its_text(project: Project, tmp_path: Path) -> None:
    head = "Sports\n\nLes Aigles gagnent encore\n\nPar Anne Roy\n3 mai 2022\n\n"
    body = "Les joueurs de la ville ont gagné dans la soirée, et ce n’est pas fini pour eux. " * 4
    run(project, json_lines(tmp_path / "c.jsonl", {"text": head + body}, {"text": body}))
    first, second = (articles.article(project, id_) for id_ in articles.ids(project))
    assert (first.title, first.author, first.published, first.language) == (
        "Les Aigles gagnent encore",
        "Anne Roy",
        "2022-05-03",
        "fr",
    )
    assert first.text == head + body
    assert second.title == "c 2"


def test_the_report_is_plain_values(project: Project, folder: Path) -> None:
    told = run(project, folder).as_dict()
    assert json.loads(json.dumps(told)) == told
    assert told["articles"] == 3


def test_the_sample_article_of_the_press(project: Project, tmp_path: Path) -> None:
    state = ArticleState.TODO
    file = tmp_path / "a.txt"
    file.write_text(
        "Actualités\n\nUn titre assez long\n\nle jeudi 19 avril 2018\nPar Luc Roy\n\nTexte.",
        "utf-8",
    )
    run(project, file)
    (row,) = articles.rows(project, articles.ids(project))
    assert (row.title, row.published, row.state) == ("Un titre assez long", "2018-04-19", state)


def test_a_file_is_read_by_what_is_in_it_when_several_formats_share_its_ending(tmp_path: Path):
    poem = Format("poem", "", "", (".x",), recognises=lambda _path, head: b"rose" in head)
    other = Format("other", "", "", (".x",))
    rose, stone = tmp_path / "a.x", tmp_path / "b.x"
    rose.write_text("a rose")
    stone.write_text("a stone")
    assert recognise(rose, [other, poem]) is poem
    assert recognise(stone, [other, poem]) is other
    assert recognise(stone, [poem]) is None


def test_labels_of_a_file_become_those_of_the_project_and_that_is_remembered(
    project: Project, tmp_path: Path
):
    row = {"text": "Anne à Lille", "spans": [[0, 4, "personne"], [7, 12, "Lieu"], [0, 12, "bof"]]}
    options = ImportOptions(annotator=ME, labels={"personne": "PER", "bof": ""})
    report = import_paths(project, [json_lines(tmp_path / "a.jsonl", row)], options)
    assert report.labels_added == ["Lieu"]
    assert [str(each) for each in report.remarks] == [
        "bof: 1 annotation stayed behind: its label is skipped."
    ]
    again = json_lines(tmp_path / "b.jsonl", {**row, "text": "Anna à Lille"})
    run(project, again)
    names = {label.id: label.name for label in project.scheme.labels}
    found = [(each.text, names[each.label]) for each in all_annotations(project)]
    assert sorted(found) == [("Anna", "PER"), ("Anne", "PER"), ("Lille", "Lieu"), ("Lille", "Lieu")]


def test_links_to_what_is_skipped_stay_behind(project: Project, tmp_path: Path) -> None:
    row = {
        "text": "Anne à Lille",
        "entities": [
            {"id": 1, "start_offset": 0, "end_offset": 4, "label": "PER"},
            {"id": 2, "start_offset": 7, "end_offset": 12, "label": "Lieu"},
        ],
        "relations": [{"from_id": 1, "to_id": 2, "type": "lives in"}],
    }
    options = ImportOptions(annotator=ME, labels={"Lieu": ""})
    report = import_paths(project, [json_lines(tmp_path / "a.jsonl", row)], options)
    assert (report.annotations, report.links, report.problems) == (1, 0, [])


def test_an_article_keeps_the_name_and_digest_of_its_file_and_what_read_it(
    project: Project, folder: Path
) -> None:
    run(project, folder)
    found = [articles.article(project, id_) for id_ in articles.ids(project)]
    meta = next(each.meta for each in found if each.meta["file"] == "article2.txt")
    raw = (folder / "article2.txt").read_bytes()
    assert (meta["reader"], meta["file_sha256"]) == ("txt", hashlib.sha256(raw).hexdigest())


def test_the_user_says_the_encoding_when_it_cannot_be_told(project: Project, tmp_path: Path):
    (tmp_path / "a.txt").write_bytes("Владимир сказал".encode("koi8-r"))
    options = ImportOptions(annotator=ME, how=Reading(encoding="koi8-r"))
    import_paths(project, [tmp_path / "a.txt"], options)
    assert texts(project) == ["Владимир сказал"]
    wrong = ImportOptions(annotator=ME, how=Reading(encoding="klingon"))
    report = import_paths(project, [tmp_path / "a.txt"], wrong)
    assert "klingon" in report.problems[0].message
