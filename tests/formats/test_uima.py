"""UIMA CAS, as JSON and as XMI: all comes back, dkpro-cassis finds the same, any layer comes in."""

import json
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from annotator.core.corpus import Found, LabelledArticle
from annotator.core.model import Article, Link
from annotator.formats.cas import proof as cas_proof
from annotator.formats.cas.cas_json import CasJsonWriter, read_cas_json, recognises
from annotator.formats.cas.xmi import XmiWriter
from annotator.formats.cas.xmi_reading import beside_of, read_xmi
from tests.formats.marked import (
    ANNE,
    NAMES,
    TEXT,
    any_folder,
    article_of,
    articles,
    at,
    check_rich_by_its_ids,
    corpus,
    entities_of,
    problems,
    proved,
    reasons,
    remarks,
    rich,
    shapes,
    spans,
)

WRITERS = [(CasJsonWriter, read_cas_json, "json"), (XmiWriter, read_xmi, "xmi")]


def cassis_of(path: Path) -> Any:
    """Return a file as dkpro-cassis alone reads it."""
    from cassis import load_cas_from_json, load_cas_from_xmi, load_typesystem

    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore")
        if path.suffix == ".json":
            return load_cas_from_json(file)
        types = load_typesystem(path.with_name("TypeSystem.xml"))
        return load_cas_from_xmi(file, typesystem=types)


@pytest.mark.parametrize(("writer", "read", "ending"), WRITERS)
def test_everything_survives(tmp_path: Path, writer: Any, read: Any, ending: str) -> None:
    assert proved(writer, corpus(rich(), rich(f"{TEXT} Fin.", "b")), tmp_path / "out") == []
    files = sorted((tmp_path / "out").glob(f"*.{ending}"))
    assert [file.name for file in files] == [
        f"000001-la-mer-monte-vite.{ending}",
        f"000002-la-mer-monte-vite.{ending}",
    ]
    found = list(read(files[0]))
    assert problems(found) == remarks(found) == []
    article = article_of(found)
    check_rich_by_its_ids(article)
    assert {(k.type, k.from_id, k.to_id) for k in article.links} == {
        (k.type, k.from_id, k.to_id) for k in rich().links
    }
    assert ANNE in entities_of(found)


@pytest.mark.parametrize(("writer", "_read", "ending"), WRITERS)
def test_dkpro_cassis_finds_exactly_our_spans(
    tmp_path: Path, writer: Any, _read: Any, ending: str
) -> None:
    proved(writer, corpus(rich()), tmp_path)
    (file,) = tmp_path.glob(f"*.{ending}")
    cas = cassis_of(file)
    assert cas.sofa_string == TEXT
    found = Counter(
        (each.label, each.begin, each.end, each.get_covered_text())
        for each in cas.select("custom.Span")
    )
    assert found == Counter((NAMES[s.label], s.start, s.end, s.surface) for s in rich().spans)
    relations = {
        (each.label, each.Governor.get_covered_text(), each.Dependent.get_covered_text())
        for each in cas.select("custom.Relation")
    }
    assert ("source", "Il faut agir", "elle") in relations
    assert ("continues", "Il faut agir", "dès 10\u202f000\u00a0cas") in relations
    assert cas.get_document_annotation().end == len(TEXT)
    words = cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token")
    assert "préfète" in [word.get_covered_text() for word in words]


GOLDEN = """\
  <custom1:Span xmi:id="8" sofa="1" begin="2" end="4" label="Quote" id="q" origin="hand" type="direct"/>
  <custom1:Span xmi:id="9" sofa="1" begin="5" end="8" label="Quote" id="q"/>
  <custom1:Relation xmi:id="10" sofa="1" begin="5" end="8" Governor="8" Dependent="9" label="continues"/>
  <custom1:Span xmi:id="11" sofa="1" begin="9" end="13" label="PER" id="p" entity="e2" entityName="AFP"\
 origin="hand"/>
  <custom1:Relation xmi:id="12" sofa="1" begin="9" end="13" Governor="8" Dependent="11"\
 label="source" id="k"/>
"""


def test_a_small_article_is_written_like_this(tmp_path: Path) -> None:
    text = "« 🌊 oui Anne"
    rows = [
        *spans(text, "q", "quote", (2, 3), (4, 7), attributes='{"type": "direct"}'),
        *spans(text, "p", "per", (8, 12), entity="e2"),
    ]
    labelled = LabelledArticle(Article("a", text), rows, [Link("k", "source", "q", "p")])
    proved(XmiWriter, corpus(labelled), tmp_path)
    (file,) = tmp_path.glob("*.xmi")
    assert GOLDEN in file.read_text("utf-8")


def test_offsets_in_the_file_are_utf_16(tmp_path: Path) -> None:
    proved(CasJsonWriter, corpus(rich()), tmp_path)
    (file,) = tmp_path.glob("*.json")
    rows = json.loads(file.read_text("utf-8"))["%FEATURE_STRUCTURES"]
    place = next(row for row in rows if row.get("label") == "LOC")
    start, end = at("Brest")
    assert (place["begin"], place["end"]) == (start + 1, end + 1)
    assert TEXT.encode("utf-16-le")[2 * place["begin"] : 2 * place["end"]].decode("utf-16-le") == (
        "Brest"
    )


@pytest.mark.parametrize(("writer", "read", "ending"), WRITERS)
@any_folder(30)
@given(labelled=articles())
def test_any_article_comes_back(
    tmp_path_factory: Any, writer: Any, read: Any, ending: str, labelled: LabelledArticle
) -> None:
    folder = tmp_path_factory.mktemp("out")
    proved(writer, corpus(labelled), folder)
    (file,) = folder.glob(f"*.{ending}")
    found = list(read(file))
    assert problems(found) == []
    assert article_of(found).article.text == labelled.article.text
    assert shapes(article_of(found)) == shapes(labelled, NAMES)


@pytest.mark.parametrize(("writer", "_read", "_ending"), WRITERS)
def test_without_dkpro_cassis_our_own_reader_proves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: Any, _read: Any, _ending: str
) -> None:
    monkeypatch.setattr(cas_proof, "is_there", lambda: False)
    assert proved(writer, corpus(rich()), tmp_path) == []


def test_what_xml_cannot_hold_is_a_space_in_the_file_and_comes_back(tmp_path: Path) -> None:
    text = "Il a\x02dit\x0b : non\ufffe."
    labelled = LabelledArticle(Article("a", text), spans(text, "c", "cue", (3, 8)), [])
    losses = proved(XmiWriter, corpus(labelled), tmp_path)
    assert reasons(losses) == {
        (
            "annotation",
            "changed",
            "Control characters in it, which XML cannot hold, are written as spaces.",
        )
    }
    (file,) = tmp_path.glob("*.xmi")
    assert cassis_of(file).sofa_string == "Il a dit  : non ."
    assert article_of(read_xmi(file)).article.text == text


# What other tools write

NER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"


def cas_json(tmp_path: Path, *rows: dict[str, Any], text: str = TEXT, **types: Any) -> list[Found]:
    sofa = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView", "sofaString": text}
    value = {
        "%TYPES": types,
        "%FEATURE_STRUCTURES": [sofa, *({"@sofa": 1, **row} for row in rows)],
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [row["%ID"] for row in rows]}},
    }
    file = tmp_path / "doc.json"
    file.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return list(read_cas_json(file))


def row(id_: int, type_: str, begin: int, end: int, **features: Any) -> dict[str, Any]:
    return {"%ID": id_, "%TYPE": type_, "begin": begin, "end": end, **features}


def test_layers_of_inception_come_in_by_label_or_value(tmp_path: Path) -> None:
    start, end = at("Anne N'Guyen")
    found = cas_json(
        tmp_path,
        row(2, NER, start + 1, end + 1, value="PER", identifier="http://wikidata/Q1"),
        row(3, "webanno.custom.Speech", 2, 6, kind="direct", sure=True),
        row(4, "webanno.custom.Role", 0, 1, label="marque"),
        row(5, TOKEN, 0, 1),
        row(6, "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS", 0, 1, PosValue="X"),
    )
    assert problems(found) == []
    assert remarks(found) == [
        "doc.json: 1 item of POS describes words or mark-up; it was passed over."
    ]
    got = [(s.label, s.surface, json.loads(s.attributes)) for s in article_of(found).spans]
    assert got == [
        ("marque", "«", {}),
        ("Speech", "La m", {"kind": "direct", "sure": True}),
        ("PER", "Anne N'Guyen", {"identifier": "http://wikidata/Q1"}),
    ]


def test_relations_and_slots_become_links(tmp_path: Path) -> None:
    found = cas_json(
        tmp_path,
        row(2, "webanno.custom.Quote", 2, 6, value="Q", **{"@links": 8}),
        row(3, NER, 7, 10, value="PER"),
        row(4, "webanno.custom.Rel", 7, 10, label="dit par", **{"@Governor": 2, "@Dependent": 3}),
        {"%ID": 7, "%TYPE": "webanno.custom.QuoteLinksLink", "role": "source", "@target": 3},
        {"%ID": 8, "%TYPE": "webanno.custom.QuoteLinksLink[]", "%ELEMENTS": [7]},
    )
    assert problems(found) == []
    article = article_of(found)
    labels = {span.annotation: span.label for span in article.spans}
    assert {(k.type, labels[k.from_id], labels[k.to_id]) for k in article.links} == {
        ("dit par", "Q", "PER"),
        ("source", "Q", "PER"),
    }


def test_fragments_without_ids_are_joined_by_continues_and_knots_are_told(tmp_path: Path) -> None:
    relation = "custom.Relation"
    found = cas_json(
        tmp_path,
        *(row(n, "custom.Span", 3 * n, 3 * n + 2, label="Quote") for n in (2, 3, 4)),
        row(8, relation, 0, 1, label="continues", **{"@Governor": 2, "@Dependent": 3}),
        row(9, relation, 0, 1, label="continues", **{"@Governor": 3, "@Dependent": 2}),
        row(10, relation, 0, 1, label="continues", **{"@Governor": 2, "@Dependent": 4}),
    )
    assert [(s.n, s.start, s.end) for s in article_of(found).spans] == [
        (0, 6, 8),
        (1, 9, 11),
        (0, 12, 14),
    ]
    assert len(problems(found)) == 2


def test_a_tool_that_counts_characters_is_found_out_by_its_tokens(tmp_path: Path) -> None:
    words = [(2, 4), (5, 8), (9, 14), (15, 16), (17, 21)]
    tokens = [row(20 + n, TOKEN, *word) for n, word in enumerate(words)]
    start, end = at("Brest")
    found = cas_json(tmp_path, *tokens, row(2, NER, start, end, value="LOC"))
    assert [span.surface for span in article_of(found).spans] == ["Brest"]
    assert "Offsets count characters" in remarks(found)[0]


def test_line_ends_become_one_and_offsets_follow(tmp_path: Path) -> None:
    found = cas_json(tmp_path, row(2, NER, 9, 13, value="PER"), text="Un 🌊\r\n\r\nAnne")
    assert article_of(found).article.text == "Un 🌊\n\nAnne"
    assert [span.surface for span in article_of(found).spans] == ["Anne"]


@pytest.mark.parametrize(
    "bad",
    [
        row(2, NER, 5, 5, value="X"),
        row(2, NER, 9, 5, value="X"),
        row(2, NER, -4, 5, value="X"),
        row(2, NER, 5, 99_999, value="X"),
        row(2, "custom.Relation", 0, 1, label="r", **{"@Governor": 3, "@Dependent": 77}),
        row(2, "custom.Relation", 0, 1, label="r", **{"@Governor": 3, "@Dependent": 3}),
        row(2, "custom.Thing", 0, 1, label="r", **{"@other": 77}),
    ],
)
def test_what_does_not_fit_is_told_and_the_rest_comes_in(tmp_path: Path, bad: Any) -> None:
    found = cas_json(tmp_path, row(3, NER, 2, 4, value="PER"), bad)
    (problem,) = problems(found)
    assert problem.startswith("doc.json: ")
    assert "PER" in [span.label for span in article_of(found).spans]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b'{"%TYPES": {}}',
        b'{"%TYPES": {}, "%FEATURE_STRUCTURES": []}',
        b'{"%TYPES": [], "%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "uima.cas.Sofa"}]}',
        b'{"%TYPES": 1, "%FEATURE_STRUCTURES": {"x": 3}, "%VIEWS": 2}',
        '{"%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": "é'.encode(
            "cp1252"
        ),
    ],
)
def test_a_broken_json_is_one_problem(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "doc.json"
    file.write_bytes(raw)
    (problem,) = problems(read_cas_json(file))
    assert problem.startswith("doc.json")


def test_a_cas_is_told_from_other_json(tmp_path: Path) -> None:
    proved(CasJsonWriter, corpus(rich()), tmp_path)
    (file,) = tmp_path.iterdir()
    assert recognises(file, file.read_bytes()[:4096])
    assert not recognises(file, b'{"text": "50 %"}')
    assert not recognises(file, b'[{"data": {"text": "%"}}]')


XMI = """<?xml version="1.0" encoding="UTF-8"?>{doctype}
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
 xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore"
 xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">
<cas:NULL xmi:id="0"/>
<ner:NamedEntity xmi:id="5" sofa="1" begin="19" end="23" value="PER" identifier="7"/>
<custom:Quote xmi:id="6" sofa="1" begin="0" end="13" links="7"/>
<custom:QuoteLinksLink xmi:id="7" role="source" target="5"/>
<custom:Odd xmi:id="8" sofa="1" begin="0" end="2"><tags>a b</tags><tags>c</tags></custom:Odd>
{more}
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{text}"/>
<cas:View sofa="1" members="5 6 8"/>
</xmi:XMI>"""


def xmi(
    tmp_path: Path, text: str = "Elle vient 🌊, dit Anne.", more: str = "", doctype: str = ""
) -> Any:
    file = tmp_path / "doc.xmi"
    file.write_text(XMI.format(text=text, more=more, doctype=doctype), "utf-8")
    return list(read_xmi(file))


def test_an_xmi_comes_in_without_its_type_system(tmp_path: Path) -> None:
    found = xmi(tmp_path)
    assert problems(found) == []
    article = article_of(found)
    assert [(s.label, s.surface) for s in article.spans] == [
        ("Quote", "Elle vient 🌊"),
        ("Odd", "El"),
        ("PER", "Anne"),
    ]
    assert [k.type for k in article.links] == ["source"]
    assert json.loads(article.spans[2].attributes) == {"identifier": "7"}


def test_a_type_system_beside_is_read_with_it(tmp_path: Path) -> None:
    proved(XmiWriter, corpus(rich()), tmp_path)
    (file,) = tmp_path.glob("*.xmi")
    assert beside_of(file) == (tmp_path / "TypeSystem.xml",)
    (tmp_path / "TypeSystem.xml").write_text("<broken", "utf-8")
    found = list(read_xmi(file))
    assert problems(found)[0].startswith("TypeSystem.xml:1: Not valid XML")
    assert shapes(article_of(found)) == shapes(rich(), NAMES)


def test_an_xmi_reaches_for_nothing_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    outside = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret.txt">'
        '<!ENTITY n SYSTEM "http://127.0.0.1:9/x">]>'
    )
    found = xmi(tmp_path, more="&e;&n;", doctype=outside)
    assert article_of(found).article.text == "Elle vient 🌊, dit Anne."
    found = xmi(tmp_path, text="a&e;", doctype=outside)
    assert "Not valid XML" in problems(found)[0]


def test_a_billion_laughs_are_not_laughed(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    found = xmi(tmp_path, text="&l11;", doctype=f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>')
    assert "Not valid XML" in problems(found)[0]


@pytest.mark.parametrize(
    "raw", [b"", b"<", b"<a/>", b"<xmi:XMI/>", XMI[:400].encode(), b"\xff\xfe<"]
)
def test_a_broken_xmi_is_one_problem(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "doc.xmi"
    file.write_bytes(raw)
    (problem,) = problems(read_xmi(file))
    assert problem.startswith("doc.xmi")
