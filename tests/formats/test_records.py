"""Records of any shape come in: their text, their metadata, their spans; and what is wrong is told."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core.corpus import Found, LabelledArticle
from annotator.core.model import Problem, Remark
from annotator.formats import native
from annotator.formats.records import read_json
from annotator.formats.tables.csv_tables import read_table

TEXT = "« Le climat 🌍 change », a dit Mme Roy à Lille."
QUOTE, PERSON = (2, 20), (30, 37)


def lines(tmp_path: Path, *rows: Any) -> list[Found]:
    file = tmp_path / "corpus.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return list(native.read(file))


def table(
    tmp_path: Path, text: str, *, encoding: str = "utf-8", name: str = "t.csv"
) -> list[Found]:
    file = tmp_path / name
    file.write_bytes(text.encode(encoding))
    return list(read_table(file))


def articles(found: list[Found]) -> list[LabelledArticle]:
    return [each for each in found if isinstance(each, LabelledArticle)]


def problems(found: list[Found]) -> list[str]:
    return [
        str(each) for each in found if isinstance(each, Problem) and not isinstance(each, Remark)
    ]


def remarks(found: list[Found]) -> list[str]:
    return [str(each) for each in found if isinstance(each, Remark)]


def spans(found: list[Found]) -> list[tuple[str, str]]:
    return [(span.label, span.surface) for each in articles(found) for span in each.spans]


@pytest.mark.parametrize("key", ["spans", "entities", "label", "labels"])
@pytest.mark.parametrize(
    "shape",
    [
        lambda start, end, label: [start, end, label],
        lambda start, end, label: {"start": start, "end": end, "label": label},
        lambda start, end, label: {"start_offset": start, "end_offset": end, "label": label},
        lambda start, end, label: {
            "start": start,
            "end": end,
            "label": label,
            "text": TEXT[start:end],
        },
    ],
)
def test_spans_in_every_usual_shape(tmp_path: Path, key: str, shape: Any) -> None:
    found = lines(tmp_path, {"text": TEXT, key: [shape(*QUOTE, "Quote"), shape(*PERSON, "PER")]})
    assert problems(found) == remarks(found) == []
    assert spans(found) == [("Quote", "Le climat 🌍 change"), ("PER", "Mme Roy")]
    assert {span.origin for span in articles(found)[0].spans} == {"import"}


def test_a_label_of_the_whole_text_is_metadata(tmp_path: Path) -> None:
    found = lines(tmp_path, {"text": TEXT, "label": "economy", "labels": ["a", "b"]})
    assert problems(found) == []
    meta = articles(found)[0].article.meta
    assert (meta["label"], meta["labels"]) == ("economy", ["a", "b"])


def test_metadata_in_french_and_english(tmp_path: Path) -> None:
    row = {"text": TEXT, "Titre": "Le climat", "auteurs": ["A. Roy", "B. Lee"], "page": 3, "id": 77}
    row |= {"date": "2018-04-19T15:33:00", "journal": "La Gazette", "lien": "https://exemple.ca/1"}
    (found,) = articles(lines(tmp_path, row | {"langue": "fr", "meta": {"desk": "eco"}}))
    article = found.article
    assert (article.title, article.author) == ("Le climat", "A. Roy, B. Lee")
    assert (article.published, article.source) == ("2018-04-19", "La Gazette")
    assert (article.url, article.language) == ("https://exemple.ca/1", "fr")
    assert article.meta == {
        "desk": "eco",
        "page": 3,
        "id": 77,
        "date": "2018-04-19T15:33:00",
        "file": "corpus.jsonl",
        "encoding": "utf-8",
    }


def test_doccano_relations_become_links(tmp_path: Path) -> None:
    row = {
        "text": TEXT,
        "entities": [],
        "relations": [{"from_id": 1, "to_id": 2, "type": "source"}],
    }
    row["entities"] = [
        {"id": 1, "start_offset": 2, "end_offset": 20, "label": "Quote"},
        {"id": 2, "start_offset": 30, "end_offset": 37, "label": "PER"},
    ]
    (found,) = articles(lines(tmp_path, row))
    quote, person = found.spans
    (link,) = found.links
    assert (link.type, link.from_id, link.to_id) == ("source", quote.annotation, person.annotation)


@pytest.mark.parametrize(
    ("move", "unit"),
    [
        (lambda n: len(TEXT[:n].encode("utf-16-le")) // 2, "UTF-16"),
        (lambda n: len(TEXT[:n].encode()), "bytes"),
    ],
)
def test_another_unit_is_found_out_by_the_surfaces(tmp_path: Path, move: Any, unit: str) -> None:
    rows = [
        {"start": move(start), "end": move(end), "label": "X", "text": TEXT[start:end]}
        for start, end in (QUOTE, PERSON)
    ]
    found = lines(tmp_path, {"text": TEXT, "spans": rows})
    assert spans(found) == [("X", "Le climat 🌍 change"), ("X", "Mme Roy")]
    assert problems(found) == []
    assert any(unit in remark for remark in remarks(found))


def test_inclusive_ends_are_found_out(tmp_path: Path) -> None:
    rows = [{"start": 2, "end": 19, "label": "X", "text": TEXT[2:20]}]
    found = lines(tmp_path, {"text": TEXT, "spans": rows})
    assert spans(found) == [("X", "Le climat 🌍 change")]
    assert "inclusive" in remarks(found)[0]


@pytest.mark.parametrize("start", [7, 6])
def test_line_ends_become_one_and_offsets_follow(tmp_path: Path, start: int) -> None:
    row = {"start": start, "end": start + 3, "label": "X", "text": "Roy"}
    found = lines(tmp_path, {"text": "Anne\r\n Roy\rfin", "spans": [row]})
    assert articles(found)[0].article.text == "Anne\n Roy\nfin"
    assert spans(found) == [("X", "Roy")]


def test_offsets_over_crlf_without_surface_count_it_as_two(tmp_path: Path) -> None:
    assert spans(lines(tmp_path, {"text": "Anne\r\n Roy", "spans": [[7, 10, "X"]]})) == [
        ("X", "Roy")
    ]


def test_a_surface_that_fits_nowhere_is_told_and_the_others_come_in(tmp_path: Path) -> None:
    rows = [
        {"start": 2, "end": 20, "label": "X", "text": TEXT[2:20]},
        {"start": 30, "end": 37, "label": "X", "text": "Mme Lee"},
    ]
    found = lines(tmp_path, {"text": TEXT, "spans": rows})
    assert spans(found) == [("X", "Le climat 🌍 change")]
    (problem,) = problems(found)
    assert problem.startswith("corpus.jsonl:1: ")
    assert "Mme Lee" in problem
    assert "Mme Roy" in problem


@pytest.mark.parametrize(
    "bad",
    [
        [20, 2, "X"],
        [2, 2, "X"],
        [-3, 2, "X"],
        [2, 9999, "X"],
        [True, 5, "X"],
        [2.0, 5.0, "X"],
        ["2", "5", "X"],
        [2, 5, ""],
        [2, 5, None],
        [2, 5],
        [10**18, 10**18 + 1, "X"],
        {"start": 2, "label": "X"},
        {"start": 2, "end": 5, "label": "X", "text": 7},
        {},
        None,
        "PER",
    ],
)
def test_a_bad_span_is_told_with_its_line_and_the_rest_comes_in(tmp_path: Path, bad: Any) -> None:
    found = lines(tmp_path, {"text": "ok"}, {"text": TEXT, "spans": [bad, [30, 37, "PER"]]})
    assert spans(found) == [("PER", "Mme Roy")]
    (problem,) = problems(found)
    assert problem.startswith("corpus.jsonl:2: ")


def test_a_span_that_stands_twice_comes_in_once(tmp_path: Path) -> None:
    found = lines(tmp_path, {"text": TEXT, "spans": [[2, 20, "X"], [2, 20, "X"], [2, 20, "Y"]]})
    assert len(spans(found)) == 2
    assert len(problems(found)) == 1


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"text": "a", "text": "b"}', "text"),
        (b'{"text": "a", "n": 123456789012345678901234567890}', "too large"),
        (b'{"text": "a", "meta": {"n": [18446744073709551616]}}', "too large"),
        (b'{"text": "a", "n": NaN}', "column 20"),
        (b'{"text": "a", "n": 1e999}', "column 20"),
        (b'{"text": "\\ud800"}', "JSON"),
        (b'{"text": "a"', "JSON"),
        (b'{"text": 5}', "text"),
        (b'{"text": "  "}', "empty"),
        (b'{"titre": "a"}', "titre"),
        (b"[" * 3000, "JSON"),
        (b'{"text": "a", "m": ' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}", "deep"),
        (b'"text"', "object"),
        (b"5", "object"),
        (b"null", "object"),
    ],
)
def test_a_malformed_line_is_told_with_its_place_and_the_rest_comes_in(
    tmp_path: Path, raw: bytes, said: str
) -> None:
    file = tmp_path / "c.jsonl"
    file.write_bytes(b'{"text": "one"}\n' + raw + b'\r\n\n{"text": "two \\"quoted\\": yes"}\n')
    found = list(native.read(file))
    assert [each.article.text for each in articles(found)] == ["one", 'two "quoted": yes']
    (problem,) = problems(found)
    assert problem.startswith("c.jsonl:2: ")
    assert said in problem


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_json_lines_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "c.jsonl"
    file.write_bytes('{"text": "Déjà à l’école"}\n{"text": "L’été"}\n'.encode(encoding))
    found = list(native.read(file))
    assert [each.article.text for each in articles(found)] == ["Déjà à l’école", "L’été"]
    assert problems(found) == []


@pytest.mark.parametrize(
    "value",
    [
        [{"text": "un"}, {"text": "deux"}],
        {"data": [{"text": "un"}, {"text": "deux"}]},
        {"version": "1", "tags": ["x"], "articles": [{"texte": "un"}, {"texte": "deux"}]},
        {"rows": {"n": 1}, "anything": [{"content": "un"}, {"content": "deux"}]},
    ],
)
def test_a_json_file_with_a_list_somewhere(tmp_path: Path, value: Any) -> None:
    file = tmp_path / "c.json"
    file.write_text(json.dumps(value), "utf-8")
    assert [each.article.text for each in articles(list(read_json(file)))] == ["un", "deux"]


def test_a_json_file_of_one_article_and_one_that_is_json_lines(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    file.write_text('{"text": "un", "data": [1, 2]}', "utf-8")
    assert [each.article.text for each in articles(list(read_json(file)))] == ["un"]
    file.write_text('{"text": "un"}\n{"text": "deux"}\n', "utf-8")
    assert [each.article.text for each in articles(list(read_json(file)))] == ["un", "deux"]


def test_a_broken_json_file_says_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    file.write_text('[\n{"text": "un"},\n{"text": }\n]', "utf-8")
    (problem,) = problems(list(read_json(file)))
    assert "line 3, column 10" in problem


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_tables_of_every_country(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = ["Titre;texte;date", '"Été";"Il dit ""oui"";\r\nà l’école";2018-04-19', "Hiver;Déjà;"]
    text = "\r\n".join(rows).replace(";", delimiter)
    found = table(tmp_path, text, encoding=encoding)
    assert problems(found) == []
    first, second = (each.article for each in articles(found))
    assert (first.title, first.text) == ("Été", f'Il dit "oui"{delimiter}\nà l’école')
    assert (first.published, second.text, second.published) == ("2018-04-19", "Déjà", "")


def test_spans_in_a_cell_are_json(tmp_path: Path) -> None:
    found = table(tmp_path, 'text,Entities\n"Mme Roy","[[4, 7, ""PER""]]"\nAnne,"[[0, 4"\nLuc,\n')
    assert spans(found) == [("PER", "Roy")]
    assert len(articles(found)) == 3
    (problem,) = problems(found)
    assert problem.startswith("t.csv:3: ")


def test_a_table_without_a_text_names_its_columns(tmp_path: Path) -> None:
    (problem,) = problems(table(tmp_path, "nom;prix\na;1\n"))
    assert "“nom”, “prix”" in problem


def test_a_table_of_annotations_is_not_taken_for_articles(tmp_path: Path) -> None:
    found = table(tmp_path, "article,start,end,text\n1,0,4,Anne\n")
    assert articles(found) == []
    assert len(problems(found)) == 1


def test_a_single_column_needs_no_quotes(tmp_path: Path) -> None:
    found = table(tmp_path, "text\nBonjour, monde ; enfin\n")
    assert articles(found)[0].article.text == "Bonjour, monde ; enfin"


def test_excels_own_line_about_the_delimiter_is_heeded(tmp_path: Path) -> None:
    found = table(tmp_path, "sep=;\r\ntext;title\r\na, b;c\r\nd;e;f\r\n")
    assert articles(found)[0].article.text == "a, b"
    (problem,) = problems(found)
    assert problem.startswith("t.csv:4: ")


def test_a_quote_left_open_is_told_with_the_line_of_its_row(tmp_path: Path) -> None:
    found = table(tmp_path, 'text,title\nun,1\n"deux,2\ntrois,3\n')
    assert [each.article.text for each in articles(found)] == ["un"]
    (problem,) = problems(found)
    assert problem.startswith("t.csv:3: ")


def test_a_very_long_text_fits_into_a_cell(tmp_path: Path) -> None:
    found = table(tmp_path, f'text\n"{"mot " * 100_000}"\n')
    assert len(articles(found)[0].article.text) == 400_000


@pytest.mark.parametrize("read", [native.read, read_json, read_table])
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))
)
def test_any_bytes_end_in_articles_or_problems(tmp_path: Path, read: Any, raw: bytes) -> None:
    file = tmp_path / "f"
    file.write_bytes(raw)
    assert all(isinstance(each, LabelledArticle | Problem) for each in read(file))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 30) | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["start", "end", "label", "text", "id", "meta", "attributes"]), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    row=st.dictionaries(
        st.sampled_from(["text", "spans", "entities", "label", "meta", "relations", "title"]), _JSON
    )
)
def test_any_values_end_in_sound_spans_or_problems(tmp_path: Path, row: dict[str, Any]) -> None:
    for each in lines(tmp_path, {"text": "Anne Roy\r\nà 🌍", **row}):
        assert isinstance(each, LabelledArticle | Problem)
        if isinstance(each, LabelledArticle):
            for span in each.spans:
                assert each.article.text[span.start : span.end] == span.surface != ""
