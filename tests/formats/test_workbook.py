"""Any Excel workbook with texts comes in: one article a row; and one that is none does no harm."""

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from annotator.core.corpus import Found, LabelledArticle
from annotator.core.formats import Reading
from annotator.core.model import Article, Problem, Remark
from annotator.formats.tables import workbook_tables
from annotator.formats.tables.workbook import headings, read


def book(path: Path, **sheets: list[list[Any]]) -> Path:
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def articles(found: list[Found]) -> list[Article]:
    return [each.article for each in found if isinstance(each, LabelledArticle)]


def problems(found: list[Found]) -> list[str]:
    return [
        str(each) for each in found if isinstance(each, Problem) and not isinstance(each, Remark)
    ]


def remarks(found: list[Found]) -> list[str]:
    return [str(each) for each in found if isinstance(each, Remark)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "revue.xlsx"


def test_one_article_a_row_with_dates_and_numbers_as_texts(path: Path) -> None:
    rows = [
        ["Titre", "Texte", "Date", "Heure", "Page", "Ratio", "À la une", "Vu"],
        [
            "L’été",
            "« À Lille\u00a0»\n10\u202f000",
            date(2018, 4, 19),
            time(8, 5),
            3,
            0.25,
            True,
            None,
        ],
        [
            "2018",
            "Deux",
            datetime.fromisoformat("2018-04-19T15:33"),
            None,
            3.0,
            1e20,
            False,
            "#N/A",
        ],
    ]
    found = list(read(book(path, articles=rows)))
    assert problems(found) == remarks(found) == []
    first, second = articles(found)
    assert (first.title, first.text) == ("L’été", "« À Lille\u00a0»\n10\u202f000")
    assert (first.published, second.published) == ("2018-04-19", "2018-04-19")
    rest = {"Heure": "08:05:00", "Page": "3", "Ratio": "0.25", "À la une": "TRUE"}
    assert first.meta == {**rest, "file": "revue.xlsx"}
    more = {"Page": "3", "Ratio": "1e+20", "À la une": "FALSE", "Vu": "#N/A"}
    assert second.meta == {**more, "Date": "2018-04-19T15:33:00", "file": "revue.xlsx"}


def test_a_formula_says_what_it_last_came_to(path: Path) -> None:
    rows = [["text", "title"], ["Un", "x"]]
    book(path, s=rows)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    cell = b'<c r="B2" t="str"><f>CONCATENATE("a","b")</f><v>ab</v></c>'
    start = parts[name].index(b'<c r="B2"')
    end = parts[name].index(b"</c>", start) + 4
    parts[name] = parts[name][:start] + cell + parts[name][end:]
    with zipfile.ZipFile(path, "w") as packed:
        for part, raw in parts.items():
            packed.writestr(part, raw)
    assert articles(list(read(path)))[0].title == "ab"


def test_every_sheet_with_a_text_is_read_and_the_others_are_told(path: Path) -> None:
    sheets = {
        "2018": [["texte"], ["Un"], [None], ["Deux"]],
        "empty": [],
        "codes": [["code", "n"], ["a", 1]],
        "2019": [["Corps", "Titre"], ["Trois", "T"]],
    }
    found = list(read(book(path, **sheets)))
    assert [article.text for article in articles(found)] == ["Un", "Deux", "Trois"]
    assert problems(found) == []
    (remark,) = remarks(found)
    assert remark.startswith("revue.xlsx, sheet codes, row 1: No column is known for a text.")


def test_a_workbook_without_a_text_says_which_columns_it_has(path: Path) -> None:
    (problem,) = problems(list(read(book(path, codes=[["nom", "prix"], ["a", 1]]))))
    assert problem.startswith("revue.xlsx, sheet codes, row 1: ")
    assert "“nom”, “prix”" in problem


def test_a_caption_above_the_headings_is_passed_over(path: Path) -> None:
    rows = [["Revue de presse"], [None], ["du", date(2018, 4, 19)], ["titre", "texte"], ["T", "Un"]]
    (article,) = articles(list(read(book(path, s=rows))))
    assert (article.title, article.text) == ("T", "Un")


def test_the_user_says_which_column_is_the_text(path: Path) -> None:
    rows = [["nom", "verbatim", "prix"], ["a", "Un", 1]]
    how = Reading(columns={"verbatim": "text", "nom": "title", "prix": ""})
    (article,) = articles(list(read(book(path, s=rows, more=[["x", "nom"]]), how)))
    assert (article.title, article.text, article.meta) == ("a", "Un", {"file": "revue.xlsx"})
    assert headings(path, Reading()) == ["nom", "verbatim", "prix", "x"]


def test_a_cell_merged_downwards_counts_for_each_of_its_rows(path: Path) -> None:
    made = Workbook()
    sheet = made.active
    for row in (
        ["source", "text", "page"],
        ["Le Jour", "Un", 1],
        [None, "Deux"],
        [None, "Trois", 3],
        ["L’Heure", "Q"],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("C2:C3")
    sheet.merge_cells("B5:C5")
    made.save(path)
    found = articles(list(read(path)))
    assert [article.source for article in found] == ["Le Jour"] * 3 + ["L’Heure"]
    assert [article.meta.get("page") for article in found] == ["1", "1", "3", None]


def test_spans_in_a_cell_are_json(path: Path) -> None:
    found = list(
        read(book(path, s=[["text", "spans"], ["Mme Roy", '[[4, 7, "PER"]]'], ["Anne", "[[0"]]))
    )
    (labelled, _other) = [each for each in found if isinstance(each, LabelledArticle)]
    assert [span.surface for span in labelled.spans] == ["Roy"]
    assert problems(found)[0].startswith("revue.xlsx, sheet s, row 3: ")


def test_what_excel_escapes_is_read_as_it_was(path: Path) -> None:
    found = articles(list(read(book(path, s=[["text"], ["a_x000D_\nb_x0007_c _x005F_x0041_"]]))))
    assert found[0].text == "a\nb\x07c _x0041_"


def test_what_is_no_workbook_is_told(tmp_path: Path) -> None:
    whole = book(
        tmp_path / "whole.xlsx", s=[["text"], *[[f"mot {n}" * 50] for n in range(300)]]
    ).read_bytes()
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as packed:
        packed.writestr("a.txt", "a")
    for number, raw in enumerate(
        (
            b"",
            b"text\na\n",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            whole[: len(whole) // 2],
            zipped.getvalue(),
        )
    ):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(raw)
        (problem,) = read(path)
        assert isinstance(problem, Problem)
        assert problem.place == f"{number}.xlsx"


def changed(path: Path, part: str, change: Any) -> None:
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, raw in parts.items():
            packed.writestr(name, raw)


def test_a_sheet_that_breaks_off_keeps_the_rows_before(path: Path) -> None:
    book(path, s=[["text"], ["Un"], ["Deux"]])
    changed(path, "xl/worksheets/sheet1.xml", lambda raw: raw[: raw.index(b'<row r="3"') + 20])
    found = list(read(path))
    assert [article.text for article in articles(found)] == ["Un"]
    assert problems(found)[0].startswith("revue.xlsx, sheet s, row 2: The sheet is damaged")


@pytest.mark.parametrize("entity", ['SYSTEM "file:///etc/hostname"', '"boom"'])
def test_entities_of_a_sheet_reach_nothing(path: Path, entity: str) -> None:
    book(path, s=[["text"], ["Un"]])
    doctype = f"<!DOCTYPE worksheet [<!ENTITY x {entity}>]>".encode()

    def change(raw: bytes) -> bytes:
        raw = raw.replace(
            b"<sheetData>",
            b"<sheetData><row r='9'><c t='inlineStr'><is><t>&x;</t></is></c></row>",
            1,
        )
        return doctype + raw

    changed(path, "xl/worksheets/sheet1.xml", change)
    found = list(read(path))
    assert "hostname" not in str(found)
    assert problems(found) or all(len(article.text) < 9 for article in articles(found))


def test_a_workbook_that_unpacks_to_far_more_is_not_read(path: Path) -> None:
    book(path, s=[["text"], ["Un"]])
    changed(path, "xl/worksheets/sheet1.xml", lambda raw: raw + b" " * (40 << 20))
    (problem,) = read(path)
    assert "unpacks to more" in str(problem)


def test_a_sheet_that_lies_about_its_size_is_read_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_tables, "_MOST_ROWS", 50)
    book(path, s=[["text"], ["Un"]])

    def change(raw: bytes) -> bytes:
        raw = raw.replace(b'<dimension ref="A1:A2"', b'<dimension ref="A1:XFD1048576"')
        return raw.replace(b'<row r="2"', b'<row r="999999999"').replace(
            b'r="A2"', b'r="A999999999"'
        )

    changed(path, "xl/worksheets/sheet1.xml", change)
    assert [article.text for article in articles(list(read(path)))] in ([], ["Un"])
