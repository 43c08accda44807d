"""WebAnno TSV comes in: the text rebuilt, and every stacked, crossing, linked thing upon it."""

import json
from pathlib import Path

import pytest

from annotator.core.corpus import Found
from annotator.formats.webanno.format import formats, read_webanno
from tests.formats.marked import article_of, problems, remarks

HEAD = "#FORMAT=WebAnno TSV 3.3\n"


def tsv(tmp_path: Path, text: str, *, head: str = HEAD) -> list[Found]:
    file = tmp_path / "doc.tsv"
    file.write_bytes((head + text.replace("⇥", "\t")).encode())
    return list(read_webanno(file))


def got(found: list[Found]) -> list[tuple[str, str]]:
    return [(span.label, span.surface) for span in article_of(found).spans]


def links(found: list[Found]) -> set[tuple[str, str, str]]:
    article = article_of(found)
    surfaces = {span.annotation: span.surface for span in article.spans}
    return {(k.type, surfaces[k.from_id], surfaces[k.to_id]) for k in article.links}


SPEECH = """#T_SP=webanno.custom.Entity|label
#T_RL=webanno.custom.Speech|role|BT_webanno.custom.Entity


#Text=La mer 🌊 monte, dit Anne N'Guyen.
1-1⇥0-2⇥La⇥Quote[1]⇥_⇥_⇥
1-2⇥3-6⇥mer⇥Quote[1]⇥_⇥_⇥
1-3⇥7-9⇥🌊⇥Quote[1]⇥_⇥_⇥
1-4⇥10-15⇥monte⇥Quote[1]⇥_⇥_⇥
1-5⇥15-16⇥,⇥_⇥_⇥_⇥
1-6⇥17-20⇥dit⇥_⇥_⇥_⇥
1-7⇥21-25⇥Anne⇥Person[2]|Name[3]⇥speaker⇥1-1[1_2]⇥
1-8⇥26-33⇥N'Guyen⇥Person[2]⇥_⇥_⇥
1-9⇥33-34⇥.⇥_⇥_⇥_⇥

#Text=Elle part.
2-1⇥36-40⇥Elle⇥*⇥_⇥_⇥
2-2⇥41-45⇥part⇥Odd\\|\\_\\[1\\]⇥_⇥_⇥
2-3⇥45-46⇥.⇥_⇥_⇥_⇥
"""


def test_spans_relations_and_escapes(tmp_path: Path) -> None:
    found = tsv(tmp_path, SPEECH)
    assert problems(found) == []
    assert article_of(found).article.text == "La mer 🌊 monte, dit Anne N'Guyen.\n\nElle part."
    assert got(found) == [
        ("Quote", "La mer 🌊 monte"),
        ("Person", "Anne N'Guyen"),
        ("Name", "Anne"),
        ("Entity", "Elle"),
        ("Odd|_[1]", "part"),
    ]
    assert links(found) == {("speaker", "La mer 🌊 monte", "Anne N'Guyen")}
    assert "1 gap between sentences" in remarks(found)[0]


def test_crlf_and_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "doc.tsv"
    text = (HEAD + SPEECH).replace("⇥", "\t").replace("\n", "\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert got(list(read_webanno(file)))[0] == ("Quote", "La mer 🌊 monte")


def test_offsets_that_count_characters_are_found_out(tmp_path: Path) -> None:
    rows = """#T_SP=custom.Span|label


#Text=🌊 la mer
1-1⇥0-1⇥🌊⇥_⇥
1-2⇥2-4⇥la⇥_⇥
1-3⇥5-8⇥mer⇥Thing⇥
"""
    found = tsv(tmp_path, rows)
    assert got(found) == [("Thing", "mer")]
    assert problems(found) == []
    assert "Offsets count characters" in remarks(found)[0]


def test_a_sentence_of_two_lines_and_a_tab(tmp_path: Path) -> None:
    rows = """#T_SP=custom.Span|label


#Text=Il\\tdit
#Text=oui \\\\ non
1-1⇥0-2⇥Il⇥_⇥
1-2⇥3-6⇥dit⇥Cue[1]⇥
1-3⇥7-10⇥oui⇥Cue[1]⇥
1-4⇥11-12⇥\\\\⇥_⇥
1-5⇥13-16⇥non⇥_⇥
"""
    found = tsv(tmp_path, rows)
    assert article_of(found).article.text == "Il\tdit\noui \\ non"
    assert got(found) == [("Cue", "dit\noui")]


def test_sub_tokens_and_several_layers(tmp_path: Path) -> None:
    rows = """#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value
#T_SP=webanno.custom.Mark|


#Text=a-t-elle dit
1-1⇥0-8⇥a-t-elle⇥V⇥_⇥_⇥_⇥
1-1.1⇥4-8⇥elle⇥_⇥Q5⇥PER⇥_⇥
1-2⇥9-12⇥dit⇥V⇥_⇥_⇥*⇥
"""
    found = tsv(tmp_path, rows)
    assert problems(found) == []
    assert got(found) == [("PER", "elle"), ("Mark", "dit")]
    assert json.loads(article_of(found).spans[0].attributes) == {"identifier": "Q5"}
    assert remarks(found)[-1].endswith(
        "2 items of POS describe words or mark-up; they were passed over."
    )


def test_slots_and_chains_become_links(tmp_path: Path) -> None:
    rows = """#T_SP=webanno.custom.Person|value
#T_SP=webanno.custom.Quote|ROLE_webanno.custom.Quote:links_webanno.custom.Link|webanno.custom.Person|kind
#T_CH=webanno.custom.Coref|referenceRelation|referenceType


#Text=oui dit Anne elle part
1-1⇥0-3⇥oui⇥_⇥source;\\_x⇥1-3[7];1-4⇥direct⇥_⇥_⇥
1-2⇥4-7⇥dit⇥_⇥_⇥_⇥_⇥_⇥_⇥
1-3⇥8-12⇥Anne⇥PER[7]|PER[8]⇥_⇥_⇥_⇥same->1-1⇥name[1]⇥
1-4⇥13-17⇥elle⇥PRO⇥_⇥_⇥_⇥*->1-2⇥*[1]⇥
1-5⇥18-22⇥part⇥_⇥_⇥_⇥_⇥_⇥_⇥
"""
    found = tsv(tmp_path, rows)
    assert problems(found) == []
    assert links(found) == {
        ("source", "oui", "Anne"),
        ("_x", "oui", "elle"),
        ("same", "Anne", "elle"),
    }
    quote = next(span for span in article_of(found).spans if span.label == "Quote")
    assert json.loads(quote.attributes) == {"kind": "direct"}


def test_what_does_not_fit_is_told_with_its_line_and_the_rest_comes_in(tmp_path: Path) -> None:
    rows = SPEECH.replace("Anne⇥Person", "Anna⇥Person").replace("1-6⇥17-20⇥dit⇥_⇥_⇥_⇥", "1-6⇥x⇥dit")
    found = tsv(
        tmp_path, rows.replace("Odd", "Odd[9]|Sub").replace("2-2⇥41-45⇥part", "2-2⇥41-45⇥part")
    )
    told = problems(found)
    assert told[0] == (
        "doc.tsv:12: Not a row of this file: number, offsets, token and a cell a column."
    )
    assert told[1] == "doc.tsv:13: the file says “Anna”, but the text there is “Anne”."
    assert "Quote" in [label for label, _surface in got(found)]
    assert "Person" not in [label for label, _surface in got(found)]
    assert any("“speaker” joins nothing" in each for each in told)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"#FORMAT=WebAnno TSV 2.0\n",
        b"#FORMAT=WebAnno TSV 3.3\n",
        b"#FORMAT=WebAnno TSV 3.3\n#Text=\n",
        b"#FORMAT=WebAnno TSV 3.3\n\0\0",
        b"text\ttitle\n",
    ],
)
def test_a_file_that_is_none_is_one_problem(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "doc.tsv"
    file.write_bytes(raw)
    (problem,) = problems(read_webanno(file))
    assert problem.startswith("doc.tsv")


def test_a_gap_of_a_gigabyte_is_not_believed(tmp_path: Path) -> None:
    found = tsv(
        tmp_path, "#T_SP=x.Y|v\n\n\n#Text=a b\n1-1⇥999999990-999999991⇥a⇥Z⇥\n1-2⇥2-3⇥b⇥Z⇥\n"
    )
    assert article_of(found).article.text == "a b"
    assert got(found) == [("Y", "b")] or got(found) == [("Z", "b")]
    assert len(problems(found)) == 2


def test_version_3_1_writes_characters_as_java_does(tmp_path: Path) -> None:
    rows = "#T_SP=custom.Span|label\n\n\n#Text=\\u00e9t\\u00e9 \\ud83c\\udf0a\n1-1⇥0-3⇥été⇥X⇥\n"
    found = tsv(tmp_path, rows, head="#FORMAT=WebAnno TSV 3.1\n")
    assert article_of(found).article.text == "été 🌊"
    assert got(found) == [("X", "été")]


def test_it_is_told_from_other_tables() -> None:
    (format_,) = formats()
    assert format_.recognises
    assert format_.recognises(Path("x.tsv"), HEAD.encode())
    assert not format_.recognises(Path("x.tsv"), b"text\tlabel\n")
    assert not format_.writes
