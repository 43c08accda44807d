"""The tables of an export come back as the project they were made of, however they were sorted since."""

import csv
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from annotator.core.corpus import Corpus, Found, LabelledArticle, Span
from annotator.core.errors import UserError
from annotator.core.formats import Reading, Writing
from annotator.core.ids import new_id
from annotator.core.model import Article, ArticleState, Entity, Link, Problem
from annotator.core.scheme import Attribute, Label, LinkType, Scheme
from annotator.exchange.exporting import ExportOptions, export, plan_export
from annotator.exchange.importing import ImportOptions, ImportReport, import_paths
from annotator.exchange.parts import Splitting
from annotator.exchange.registry import format_named
from annotator.exchange.splitting import read_shares
from annotator.formats.tables import workbook_cells, workbook_writer
from annotator.store import bulk, corpus, entities
from annotator.store.project import Project

TEXT = (
    "« Bonjour à tous », a dit M. Dupont à l’Élysée.\u2028=2+2 : 10\u202f000 €\u00a0!\n"
    "Marie\u200d et 👩‍👩‍👧 e\u0301te\u0301 ; la Ville\u0085 de Lille."
)
SCHEME = Scheme(
    labels=(
        Label("per", "PER", "p", colour="red"),
        Label("org", "=ORG", "o"),
        Label(
            "quote",
            "Quote",
            attributes=(Attribute("type"), Attribute("denied", "flag"), Attribute("x.2", "text")),
        ),
    ),
    links=(LinkType("source"),),
)
META = {"page": "12", "rank": 12, "tags": ["a", "=b"], "empty": "", "null": None, "v1.5": "yes"}
FORMATS = pytest.mark.parametrize("name", ["csv", "xlsx"])


def span(label: str, *surfaces: str, text: str = TEXT, **more: Any) -> list[Span]:
    """Return an annotation of these surfaces, in this order."""
    id_ = new_id()
    found = []
    for n, surface in enumerate(surfaces):
        start = text.index(surface)
        found.append(Span(id_, label, n, start, start + len(surface), surface, annotator="Ada"))
    return [each._replace(**more) for each in found]


def in_order(*groups: list[Span]) -> list[Span]:
    groups_ = sorted(groups, key=lambda g: (g[0].start, -g[-1].end, g[0].annotation))
    return [each for group in groups_ for each in group]


def rich() -> Iterator[LabelledArticle]:
    """All that an article and its annotations can be."""
    attributes = {"type": "direct", "denied": True, "x.2": "true"}
    quote = span("quote", "Bonjour", "tous", attributes=json.dumps(attributes), note="'=see\n“x”")
    person = span("per", "M. Dupont", entity="e1", created="2026-01-01T00:00:00Z")
    spans = in_order(
        quote,
        person,
        span("per", "Dupont", annotator="Bob", origin="names", score=0.1, reason="-list"),
        span("per", "Dupont", annotator="Ada", settled="changed"),
        span("org", "Ville\u0085 de Lille"),
        span("org", "=2+2 : 10\u202f000"),
        span("per", "Lille"),
    )
    links = [Link(new_id(), "source", quote[0].annotation, person[0].annotation, "Ada")]
    fields = {"title": "@home", "author": "-", "published": "2018-04-19", "language": "fr"}
    article = Article("a1", TEXT, **fields, meta=META, state=ArticleState.DONE)
    yield LabelledArticle(article, spans, links)
    yield LabelledArticle(Article("a2", "'Rien.", title="2", language="fr"), [], [])
    yield LabelledArticle(
        Article("a3", "Dupont.", title="3", language="fr", meta={"page": 7}), [], []
    )
    last = Article("a4", "Dupont.\n", title="4", language="fr")
    yield LabelledArticle(last, span("per", "Dupont", text=last.text), [])


def project_of(path: Path, articles: Iterator[LabelledArticle], scheme: Scheme = SCHEME) -> Project:
    project = Project.create(path, scheme, annotator="Ada")
    entity = Entity(
        "e1", "Jean Dupont", "person", ("M. Dupont", "J. D."), "male", "mayor", "Q1", "=n"
    )

    def add(deed: Any) -> None:
        entities.add(deed, entity)
        labels = {label.id: label.id for label in scheme.labels}
        bulk.add_articles(deed, articles, labels, bulk.Added())

    project.do("Add", add, annotator="Ada")
    return project


def content(project: Project) -> list[Any]:
    """Return all that a project holds, with the names of labels."""
    names = {label.id: label.name for label in project.scheme.labels}
    found: list[Any] = [entities.register(project)]
    for each in corpus.stream(project, states={"accepted", "suggested"}):
        meta = {k: v for k, v in each.article.meta.items() if k not in _ORIGIN}
        spans = [
            (*span[:1], names[span.label], *span[2:6], json.loads(span.attributes), *span[7:])
            for span in each.spans
        ]
        fields = [getattr(each.article, name) for name in ("id", "text", *_FIELDS, "state")]
        found.append((fields, meta, spans, [link[:5] for link in map(_as_tuple, each.links)]))
    return found


_ORIGIN = ("file", "file_sha256", "reader")
_FIELDS = ("title", "author", "published", "source", "url", "language")


def _as_tuple(link: Link) -> tuple[str, ...]:
    return link.id, link.type, link.from_id, link.to_id, link.annotator


def out_of(project: Project, target: Path, name: str, **more: Any) -> Path:
    states = frozenset({"accepted", "suggested"})
    export(project, target, ExportOptions(format=name, states=states, **more))
    return target


def into(path: Path, *sources: Path) -> tuple[Project, ImportReport]:
    project = Project.create(path, Scheme(), annotator="Ada")
    return project, import_paths(project, sources, ImportOptions(annotator="Ada"))


def told(report: ImportReport) -> list[str]:
    return [
        str(each) for each in (*report.problems, *report.remarks) if "passed over" not in str(each)
    ]


@FORMATS
def test_a_project_comes_back_whole(tmp_path: Path, name: str) -> None:
    with project_of(tmp_path / "p.annot", rich()) as project:
        before = content(project)
        out_of(project, tmp_path / "out", name)
    with into(tmp_path / "q.annot", tmp_path / "out")[0] as back:
        assert content(back) == before
        assert back.scheme == SCHEME
        report = import_paths(back, [tmp_path / "out"], ImportOptions(annotator="Ada"))
        assert told(report) == []
        assert (report.articles, report.annotations, len(report.duplicates)) == (0, 0, 4)


def test_the_parts_of_a_split_come_back_with_their_scheme(tmp_path: Path) -> None:
    with project_of(tmp_path / "p.annot", rich()) as project:
        before = content(project)
        out_of(project, tmp_path / "out", "csv", split=Splitting(read_shares("50/25/25")))
    with into(tmp_path / "q.annot", tmp_path / "out")[0] as back:
        assert back.scheme == SCHEME
        assert sorted(map(str, content(back)[1:])) == sorted(map(str, before[1:]))


def rewritten(path: Path, change: Any) -> None:
    """Let somebody change the rows of a CSV file; the header stays."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *change(rows)])


def test_tables_that_were_sorted_anew_come_back_whole(tmp_path: Path) -> None:
    with project_of(tmp_path / "p.annot", rich()) as project:
        before = content(project)
        out = out_of(project, tmp_path / "out", "csv")
    rewritten(out / "annotations.csv", lambda rows: sorted(rows, key=lambda row: row[8]))
    rewritten(out / "articles.csv", lambda rows: rows[::-1])
    with into(tmp_path / "q.annot", out)[0] as back:
        register, *articles = content(back)
        assert [register, *articles[::-1]] == before


def test_a_spreadsheets_own_csv_comes_back_whole(tmp_path: Path) -> None:
    """A French Excel parts cells by semicolons and writes CRLF in them, in Windows-1252."""
    text = "L’été\nà « Lille ».\u00a0Fin"
    article = Article("a1", text, title="Été", language="fr")
    spans = span("per", "« Lille »", text=text)
    with project_of(tmp_path / "p.annot", iter([LabelledArticle(article, spans, [])])) as project:
        before = content(project)
        out = out_of(project, tmp_path / "out", "csv")
    for path in out.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [[cell.replace("\n", "\r\n") for cell in row] for row in csv.reader(file)]
        with path.open("w", encoding="cp1252", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
    with into(tmp_path / "q.annot", out)[0] as back:
        assert content(back) == before


def test_offsets_as_r_counts_them_are_found_out(tmp_path: Path) -> None:
    with project_of(tmp_path / "p.annot", rich()) as project:
        before = content(project)
        out = out_of(project, tmp_path / "out", "csv")
    rewritten(
        out / "annotations.csv", lambda rows: [[*r[:6], str(int(r[6]) + 1), *r[7:]] for r in rows]
    )
    project, report = into(tmp_path / "q.annot", out)
    with project as back:
        assert content(back) == before
        assert any("from 1" in each and "2 articles" in each for each in told(report))


def test_what_is_wrong_in_tables_is_told_with_its_row_and_the_rest_comes_in(tmp_path: Path) -> None:
    with project_of(tmp_path / "p.annot", rich()) as project:
        out = out_of(project, tmp_path / "out", "csv")

    def spoil(rows: list[list[str]]) -> list[list[str]]:
        column = ("annotation article title label fragment fragments start end text").split().index
        by_text = {row[column("text")]: row for row in rows}
        by_text["Dupont"][column("start")] = "x"
        by_text["M. Dupont"][column("end")] = "9999"
        by_text["Lille"][column("text")] = "Lyon"
        by_text["Bonjour"][column("fragments")] = "3"
        by_text["'=2+2 : 10\u202f000"][column("label")] = " "
        return [*rows, ["x", "nowhere", "", "PER", "1", "1", "0", "1", "a"], ["a"] * 40]

    rewritten(out / "annotations.csv", spoil)
    project, report = into(tmp_path / "q.annot", out)
    with project as back:
        assert {each[5] for article in content(back)[1:] for each in article[2]} == {
            "Bonjour", "tous", "Dupont", "Ville\u0085 de Lille"
        }  # fmt: skip
    problems = "\n".join(told(report))
    for words in (
        "Span [-1, 6, PER]: its start and end must be whole numbers.",
        "Span [26, 9999, PER]: it lies outside the text",
        "the file says “Lyon”, but the text there is “Lille”.",
        "Of 3 fragments of an annotation, 2 are there.",
        "it has no label.",
        "Its article “nowhere” is not in the table of articles; it was left out.",
        "40 fields, but there are 23 columns.",
        "it does not join two different annotations of this article.",
    ):
        assert words in problems


def test_a_column_somebody_added_is_metadata_or_told(tmp_path: Path) -> None:
    with project_of(tmp_path / "p.annot", rich()) as project:
        out = out_of(project, tmp_path / "out", "csv")
    for name in ("articles.csv", "annotations.csv"):
        with (out / name).open(encoding="utf-8-sig", newline="") as file:
            rows = [[*row, "war" if n else "topic"] for n, row in enumerate(csv.reader(file))]
        with (out / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    project, report = into(tmp_path / "q.annot", out)
    with project as back:
        assert [article[1]["topic"] for article in content(back)[1:]] == ["war"] * 4
    assert "The column “topic” of the annotations was not taken over." in "\n".join(told(report))


def test_other_tables_named_like_ours_are_told(tmp_path: Path) -> None:
    with project_of(tmp_path / "p.annot", rich()) as project:
        out = out_of(project, tmp_path / "out", "csv")
    (out / "annotations.csv").write_text("a,b\n1,2\n", "utf-8")
    (out / "links.csv").write_bytes(b"\0\1\2")
    (out / "scheme.toml").write_text("labels = 7", "utf-8")
    project, report = into(tmp_path / "q.annot", out)
    project.close()
    assert report.articles == 4
    assert [each.place for each in report.problems] == [
        "articles.csv", "annotations.csv", "links.csv"
    ]  # fmt: skip


def test_a_table_of_articles_without_the_others_comes_in_alone(tmp_path: Path) -> None:
    with project_of(tmp_path / "p.annot", rich()) as project:
        out = out_of(project, tmp_path / "out", "csv")
    for name in ("annotations.csv", "links.csv", "entities.csv", "scheme.toml"):
        (out / name).unlink()
    project, report = into(tmp_path / "q.annot", out)
    with project:
        assert (report.articles, report.annotations, report.problems) == (4, 0, [])


def test_entities_that_only_annotations_name_come_in_by_name(tmp_path: Path) -> None:
    with project_of(tmp_path / "p.annot", rich()) as project:
        out = out_of(project, tmp_path / "out", "csv")
    (out / "entities.csv").unlink()
    with into(tmp_path / "q.annot", out)[0] as back:
        assert [(entity.id, entity.name) for entity in entities.register(back)] == [
            ("e1", "Jean Dupont")
        ]


@FORMATS
def test_tables_without_texts_are_put_back_on_them(tmp_path: Path, name: str) -> None:
    with project_of(tmp_path / "p.annot", rich()) as project:
        before = content(project)
        bare = out_of(project, tmp_path / "bare", name, how=Writing(text=False))
        texts = tmp_path / "texts"
        texts.mkdir()
        for number, article in enumerate(before[1:]):
            (texts / f"{number}.txt").write_text(article[0][1], "utf-8", newline="")
    for path in bare.rglob("*.csv"):
        assert "Bonjour" not in path.read_text("utf-8-sig")
    project, report = into(tmp_path / "q.annot", texts, bare)
    with project as back:
        for article, whole in zip(content(back)[1:], before[1:], strict=True):
            assert {each[1:6] for each in article[2]} == {each[1:6] for each in whole[2]}
        assert report.problems == []


def sheet(path: Path, title: str) -> list[list[Any]]:
    book = load_workbook(path)
    return [[cell.value for cell in row] for row in book[title].iter_rows()]


def test_a_workbook_holds_texts_as_texts_and_freezes_its_headings(tmp_path: Path) -> None:
    """openpyxl, opening the file as Excel does, finds our spans and not one formula or date."""
    with project_of(tmp_path / "p.annot", rich()) as project:
        out_of(project, tmp_path / "p.xlsx", "xlsx")
    book = load_workbook(tmp_path / "p.xlsx")
    assert book.sheetnames == ["articles", "annotations", "links", "entities"]
    cells = [
        cell for each in book for row in each.iter_rows() for cell in row if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert {book[name].freeze_panes for name in book.sheetnames} == {"A2"}
    header, *rows = sheet(tmp_path / "p.xlsx", "annotations")
    at = header.index
    texts = {row[0]: row[-1] for row in sheet(tmp_path / "p.xlsx", "articles")}
    for row in rows:
        text = texts[row[1]].removeprefix("'")
        assert text[row[at("start")] : row[at("end")]] == row[at("text")].removeprefix("'")
    assert len(rows) == 9


def test_a_text_longer_than_a_cell_goes_on_in_further_columns(tmp_path: Path) -> None:
    text = f"Dupont {'👩 parle ' * 9_000}\x07=_x0041_ Lille"
    article = Article("long", text, title="Long", language="fr", meta={"k": "n\r" * 20_000})
    spans = [*span("per", "Dupont", text=text), *span("org", "Lille", text=text)]
    with project_of(tmp_path / "p.annot", iter([LabelledArticle(article, spans, [])])) as project:
        before = content(project)
        options = ExportOptions(format="xlsx")
        (loss,) = plan_export(project, options).losses
        assert "text.2" in str(loss)
        report = export(project, tmp_path / "p.xlsx", options)
        assert (report.written, report.changed, report.left_out) == (1, 1, 0)
    header, row = sheet(tmp_path / "p.xlsx", "articles")
    assert [name for name in header if name.startswith(("text", "meta"))] == [
        *("meta.k", "meta.k.2", "meta.k.3", "meta.k.4", "meta.k.5", "text", "text.2", "text.3"),
    ]
    assert max(len(str(cell).encode("utf-16-le")) // 2 for cell in row) <= 32_767
    with into(tmp_path / "q.annot", tmp_path / "p.xlsx")[0] as back:
        assert content(back)[1:] == before[1:]


def test_more_rows_than_a_sheet_has_go_on_in_a_further_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_writer, "ROWS", 4)
    with project_of(tmp_path / "p.annot", rich()) as project:
        before = content(project)
        out_of(project, tmp_path / "p.xlsx", "xlsx")
    assert load_workbook(tmp_path / "p.xlsx").sheetnames == [
        *("articles", "annotations", "links", "entities"),
        *("annotations (2)", "annotations (3)", "articles (2)"),
    ]
    with into(tmp_path / "q.annot", tmp_path / "p.xlsx")[0] as back:
        assert content(back) == before


def test_more_columns_than_a_sheet_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_writer, "COLUMNS", 20)
    with project_of(tmp_path / "p.annot", rich()) as project, pytest.raises(UserError, match="csv"):
        out_of(project, tmp_path / "p.xlsx", "xlsx")
    assert not (tmp_path / "p.xlsx").exists()


def test_a_cancelled_workbook_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    with project_of(tmp_path / "p.annot", rich()) as project:
        options = ExportOptions(format="xlsx")
        with pytest.raises(UserError, match="cancelled"):
            export(project, tmp_path / "p.xlsx", options, progress=lambda done, _all: done < 11)
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        *("a\x07b", "_x0007_", "_x0041_x0042_", "_x0041\x07", "\x07x0041_", "_x_x0041_", "\r\n\r"),
        *("\uffff", "_xD800_"),
    ],
)
def test_whatever_is_escaped_comes_back(text: str) -> None:
    assert workbook_cells.unescaped(workbook_cells.escaped(text)) == text


@given(st.text(st.characters(exclude_categories=("Cs",))) | st.text("_x0047\x07AF", max_size=30))
def test_any_text_is_escaped_and_comes_back(text: str) -> None:
    escaped = workbook_cells.escaped(text)
    assert workbook_cells.unescaped(escaped) == text
    assert all(char >= " " or char in "\t\n" for char in escaped)


CHARS = st.characters(exclude_categories=("Cs",), exclude_characters="\x00\r")
HAZARDS = st.text(
    "aA'-=@ \u00a0\u202f\u2028\u0085\n.,;«»1👩\u200d\u0301\t\"_x0041\x07\u05d0", max_size=60
)


@FORMATS
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    text=(st.text(CHARS, max_size=40) | HAZARDS).filter(str.strip),
    picks=st.lists(st.tuples(st.integers(0, 59), st.integers(1, 9), st.integers(0, 9)), max_size=6),
    value=st.text(CHARS, max_size=9)
    | st.integers()
    | st.booleans()
    | st.none()
    | st.lists(HAZARDS, max_size=2),
)
def test_any_spans_over_any_text_come_back(
    tmp_path_factory: pytest.TempPathFactory, name: str, text: str, picks: Any, value: Any
) -> None:
    groups = []
    for start, length, gap in picks:
        end = min(start + length, len(text))
        ranges = (
            [(start, end), (end + gap, len(text))] if 0 < gap < len(text) - end else [(start, end)]
        )
        if start < end:
            id_, note = new_id(), json.dumps({"type": value})
            groups.append(
                [
                    Span(id_, "quote", n, a, b, text[a:b], note, str(value))
                    for n, (a, b) in enumerate(ranges)
                ]
            )
    article = Article("a1", text, title="T", language="fr", meta={"any": value, "x.2": text})
    links = [
        Link(new_id(), "source", one[0][0], two[0][0]) for one, two in itertools.pairwise(groups)
    ]
    found = written_and_read(
        tmp_path_factory.mktemp("any"), name, LabelledArticle(article, in_order(*groups), links)
    )
    (back,) = [each for each in found if isinstance(each, LabelledArticle)]
    assert not [each for each in found if isinstance(each, Problem)]
    assert (back.article.text, dict(back.article.meta)) == (text, dict(article.meta))
    assert [s._replace(attributes="") for s in back.spans] == [
        s._replace(attributes="", label="Quote") for s in in_order(*groups)
    ]
    assert [json.loads(s.attributes) for s in back.spans] == [{"type": value}] * len(back.spans)
    assert back.links == links


def written_and_read(folder: Path, name: str, labelled: LabelledArticle) -> list[Found]:
    """Write one article without a store between, prove it and read it as an import does."""
    format_ = format_named(name)
    assert format_.writer and format_.read
    writer = format_.writer(Corpus(SCHEME, lambda: iter([labelled])), Writing())
    target = folder / "t.xlsx" if name == "xlsx" else folder
    assert list(writer.write(target)) == []
    assert list(writer.differences(target)) == []
    return list(
        format_.read(folder / "t.xlsx" if name == "xlsx" else folder / "articles.csv", Reading())
    )
