"""TEI, in the text and off it: all comes back, what crosses too, and anybody's TEI comes in."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from lxml import etree

from annotator.core.corpus import Found, LabelledArticle
from annotator.core.formats import Overlap, Writing
from annotator.core.model import Article, Link
from annotator.core.scheme import Label, Scheme
from annotator.formats.tei.format import StandoffWriter, TeiWriter, formats
from annotator.formats.tei.reading import read_tei, recognises
from tests.formats.marked import (
    ANNE,
    NAMES,
    TEXT,
    any_folder,
    article_of,
    articles,
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

NS = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
WRITERS = [TeiWriter, StandoffWriter]


def only(folder: Path) -> Path:
    (file,) = folder.glob("*.xml")
    return file


@pytest.mark.parametrize("writer", WRITERS)
def test_everything_survives(tmp_path: Path, writer: Any) -> None:
    assert proved(writer, corpus(rich()), tmp_path) == []
    found = list(read_tei(only(tmp_path)))
    assert problems(found) == remarks(found) == []
    article = article_of(found)
    check_rich_by_its_ids(article)
    assert {(k.type, k.from_id, k.to_id) for k in article.links} == {
        (k.type, k.from_id, k.to_id) for k in rich().links
    }
    assert ANNE in entities_of(found)


@pytest.mark.parametrize("writer", WRITERS)
@any_folder(30)
@given(labelled=articles())
def test_any_article_comes_back(
    tmp_path_factory: Any, writer: Any, labelled: LabelledArticle
) -> None:
    folder = tmp_path_factory.mktemp("out")
    proved(writer, corpus(labelled), folder)
    found = list(read_tei(only(folder)))
    assert problems(found) == []
    assert article_of(found).article.text == labelled.article.text
    assert shapes(article_of(found)) == shapes(labelled, NAMES)


# As others read it


def test_string_ranges_count_the_characters_of_the_text(tmp_path: Path) -> None:
    proved(StandoffWriter, corpus(rich()), tmp_path)
    root = etree.parse(only(tmp_path)).getroot()
    (holder,) = root.xpath("//t:ab[@xml:id='text']", namespaces=NS)
    assert holder.text == TEXT
    found: Counter[str] = Counter()
    for span in root.xpath("//t:spanGrp[@type='annotations']/t:span", namespaces=NS):
        numbers = [int(n) for n in re.findall(r"\d+", span.get("target"))]
        for offset, length in zip(numbers[::2], numbers[1::2], strict=True):
            found[holder.text[offset : offset + length]] += 1
    assert found == Counter(span.surface for span in rich().spans)


def test_elements_in_the_text_hold_what_is_annotated(tmp_path: Path) -> None:
    proved(TeiWriter, corpus(rich()), tmp_path)
    root = etree.parse(only(tmp_path)).getroot()
    blocks = root.xpath("//t:body/t:p", namespaces=NS)
    assert "\n".join("".join(block.itertext()) for block in blocks) == TEXT
    inside = {each.get(ID): "".join(each.itertext()) for each in blocks[0].iter() if each.get(ID)}
    assert inside["a-q1"] == "La mer monte 🌊 vite"
    assert inside["a-p1"] == "la préfète de l'Écologie Anne N'Guyen"
    assert inside["a-q2"] + "|" + inside["a-q2.2"] == "Il faut agir|dès 10\u202f000\u00a0cas"
    assert inside["a-x1"] + inside["a-x1.2"] == "Anne N'Guyen à Brest.\nL'"
    said = root.xpath("//t:said[@xml:id='a-q1']", namespaces=NS)[0]
    assert (said.get("direct"), said.get("who")) == ("true", "#entity-1")
    kinds = {each.get(ID): etree.QName(each).localname for each in blocks[0].iter() if each.get(ID)}
    assert (kinds["a-o1"], kinds["a-l1"], kinds["a-c1"]) == ("orgName", "placeName", "seg")


@pytest.mark.parametrize("writer", WRITERS)
def test_ids_are_names_and_pointers_lead_somewhere(tmp_path: Path, writer: Any) -> None:
    labelled = rich()
    odd = {"q1": "é/1", "p1": "a b"}
    rows = [s._replace(annotation=odd.get(s.annotation, s.annotation)) for s in labelled.spans]
    proved(writer, corpus(labelled._replace(spans=rows, links=[])), tmp_path)
    root = etree.parse(only(tmp_path)).getroot()
    ids = [each.get(ID) for each in root.iter() if each.get(ID)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", id_, re.ASCII) for id_ in ids)
    for key in ("ana", "ref", "corresp", "who", "resp", "next", "prev", "target"):
        for each in root.iter():
            for pointer in each.get(key, "").split():
                if pointer.startswith("#") and "(" not in pointer:
                    assert pointer[1:] in ids, pointer


@pytest.mark.parametrize("writer", WRITERS)
def test_the_order_of_elements_is_that_of_the_schema(tmp_path: Path, writer: Any) -> None:
    """What tei_all 4.3 to 4.9 asks for; they were run over these files by hand."""
    proved(writer, corpus(rich()), tmp_path)
    root = etree.parse(only(tmp_path)).getroot()

    def names(path: str) -> list[str]:
        (parent,) = root.xpath(path, namespaces=NS)
        return [etree.QName(each).localname for each in parent]

    assert names(".") == ["teiHeader", "standOff", "text"]
    assert names("t:teiHeader") == ["fileDesc", "encodingDesc", "profileDesc", "xenoData"]
    assert names("t:teiHeader/t:fileDesc") == ["titleStmt", "publicationStmt", "sourceDesc"]
    assert names("t:teiHeader/t:encodingDesc") == ["appInfo", "classDecl"]
    for bad in ("persName", "orgName", "placeName", "date", "time", "roleName"):
        assert not root.xpath(f"//t:text//t:{bad}//t:said", namespaces=NS)


GOLDEN = """\
<text><body xml:space="preserve">
<p>« <said xml:id="a-q" next="#a-q.2" ana="#label-1 #attribute-1" who="#a-p" direct="true">Oui</said> »,\
 <seg type="Cue" xml:id="a-c" ana="#label-2">dit</seg>\
 <persName xml:id="a-p" ana="#label-3">Anne</persName>.</p>
<p/>
<p>« <said xml:id="a-q.2" prev="#a-q" ana="#label-1 #attribute-1" who="#a-p" direct="true">Non</said> »</p>
</body></text>"""


def test_a_small_article_is_written_like_this(tmp_path: Path) -> None:
    text = "« Oui », dit Anne.\n\n« Non »"
    rows = [
        *spans(text, "q", "quote", (2, 5), (22, 25), attributes='{"type":"direct"}'),
        *spans(text, "c", "cue", (9, 12)),
        *spans(text, "p", "per", (13, 17)),
    ]
    links = [Link("1", "source", "q", "p")]
    proved(TeiWriter, corpus(LabelledArticle(Article("a", text), rows, links)), tmp_path)
    assert GOLDEN in only(tmp_path).read_text("utf-8")


def test_a_name_around_a_quote_becomes_a_segment(tmp_path: Path) -> None:
    text = "Mme « Oui » Roy"
    rows = [*spans(text, "p", "per", (0, 15), entity="e1"), *spans(text, "q", "quote", (6, 9))]
    proved(TeiWriter, corpus(LabelledArticle(Article("a", text), rows, [])), tmp_path)
    root = etree.parse(only(tmp_path)).getroot()
    (outer,) = root.xpath("//t:seg[@type='persName']", namespaces=NS)
    assert (outer.get("corresp"), outer.get("ref")) == ("#entity-1", None)
    assert shapes(article_of(read_tei(only(tmp_path)))) == Counter(
        {("PER", (0, 15)): 1, ("Quote", (6, 9)): 1}
    )


@pytest.mark.parametrize(("overlap", "stays"), [("outermost", "PER"), ("innermost", "à b/c")])
def test_of_two_that_cross_one_may_stay_if_asked(
    tmp_path: Path, overlap: Overlap, stays: str
) -> None:
    losses = proved(TeiWriter, corpus(rich()), tmp_path, Writing(overlap=overlap))
    crossing = [each for each in losses if each.reason == "It crosses another annotation."]
    assert [(each.kind, each.outcome) for each in crossing] == [("annotation", "left out")]
    labels = {span.label for span in article_of(read_tei(only(tmp_path))).spans}
    assert stays in labels
    assert len({"PER", "à b/c"} & {each.label for each in crossing}) == 1


def test_an_entity_that_is_left_out_with_its_annotation_is_told(tmp_path: Path) -> None:
    losses = proved(TeiWriter, corpus(rich()), tmp_path, Writing(overlap="innermost"))
    assert ("entity", "left out", "It belongs to an annotation that is left out.") in reasons(
        losses
    )


def test_what_xml_cannot_hold_comes_back(tmp_path: Path) -> None:
    text = "Il a\x02dit\x0b\nnon\ufffe."
    labelled = LabelledArticle(Article("a", text), spans(text, "c", "cue", (3, 8)), [])
    for writer in WRITERS:
        folder = tmp_path / writer.__name__
        losses = proved(writer, corpus(labelled), folder)
        assert [each.outcome for each in losses] == ["changed"]
        assert article_of(read_tei(only(folder))).article.text == text


def test_labels_that_xml_cannot_hold_are_told(tmp_path: Path) -> None:
    scheme = Scheme(labels=(Label("odd", "a\x02b"), Label("two", "a b")))
    labelled = LabelledArticle(
        Article("a", "un deux"),
        [*spans("un deux", "1", "odd", (0, 2)), *spans("un deux", "2", "two", (3, 7))],
        [],
    )
    losses = proved(TeiWriter, corpus(labelled, scheme=scheme), tmp_path)
    assert {each.reason for each in losses} == {"Its label is spelled otherwise in the file."}
    assert len({span.label for span in article_of(read_tei(only(tmp_path))).spans}) == 2


# Somebody else's

FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>{doctype}
<TEI xmlns="http://www.tei-c.org/ns/1.0">
 <teiHeader>
  <fileDesc>
   <titleStmt><title>La mer</title><author>J. Roy</author><author>A. Lee</author></titleStmt>
   <publicationStmt><publisher>Labo</publisher><date when="2020">2020</date></publicationStmt>
   <sourceDesc><bibl><title level="j">Le Ponant</title>, <date when="2019-03-02">2 mars</date>
    <ref target="https://exemple.fr/1">ici</ref></bibl></sourceDesc>
  </fileDesc>
  <profileDesc><langUsage><language ident="fr"/></langUsage>
   <particDesc><listPerson><person xml:id="nd"><persName>Anne N'Guyen</persName></person></listPerson>
   </particDesc></profileDesc>
 </teiHeader>
 <text><body>
  <head>La  mer
     monte</head>
  <p>«\u00a0<said xml:id="q1" next="#q2" who="#nd" direct="true">Il faut
     agir</said>\u00a0», dit <persName ref="#nd">Anne
     <surname>N'Guyen</surname></persName><note>voir p. 2</note> à
     <placeName>Brest</placeName>. <said xml:id="q2" prev="#q1">Vite !</said></p>
  <p>Elle <choice><sic>es</sic><corr>est</corr></choice> <rs type="metier">préfète</rs><lb/>
     et <seg>rien</seg> <hi>d'autre</hi>{more}.</p>
 </body></text>
 {after}
</TEI>"""

FOREIGN_TEXT = (
    "La mer monte\n«\u00a0Il faut agir\u00a0», dit Anne N'Guyen à Brest. Vite !\n"
    "Elle es préfète\net rien d'autre."
)


def tei(tmp_path: Path, more: str = "", after: str = "", doctype: str = "") -> list[Found]:
    file = tmp_path / "doc.xml"
    file.write_text(FOREIGN.format(more=more, after=after, doctype=doctype), "utf-8")
    return list(read_tei(file))


def test_anybodys_tei_comes_in(tmp_path: Path) -> None:
    found = tei(tmp_path)
    assert problems(found) == []
    article = article_of(found)
    assert article.article.text == FOREIGN_TEXT
    assert [(s.label, s.n, s.surface) for s in article.spans] == [
        ("Quote", 0, "Il faut agir"),
        ("Quote", 1, "Vite !"),
        ("PER", 0, "Anne N'Guyen"),
        ("LOC", 0, "Brest"),
        ("metier", 0, "préfète"),
    ]
    assert json.loads(article.spans[0].attributes) == {"direct": "true", "who": "Anne N'Guyen"}
    assert [entity.name for entity in entities_of(found)] == ["Anne N'Guyen"]
    assert article.spans[2].entity == "nd"
    told = article.article
    assert (told.title, told.author, told.published) == ("La mer", "J. Roy, A. Lee", "2019-03-02")
    assert (told.source, told.url, told.language) == ("Le Ponant", "https://exemple.fr/1", "fr")
    assert {remark.split(": ")[1] for remark in remarks(found)} == {
        "1 element “note” is not part of the text; it was left out.",
        "1 element “corr” is not part of the text; it was left out.",
    }


def test_spans_off_the_text_point_by_characters_by_index_and_by_element(tmp_path: Path) -> None:
    after = """<standOff><spanGrp type="x">
      <span xml:id="s1" ana="#Thing" target="#string-range(w,0,2,5,3)"/>
      <span xml:id="s2" from="#string-index(w,5)" to="#string-index(w,8)" type="idx"/>
      <span xml:id="s3" from="#b" to="#e"/>
      <span xml:id="s4" target="#q1"/>
      <span xml:id="s5" target="#string-range(w,5,99)"/>
      <span xml:id="s6" target="#nowhere"/>
     </spanGrp>
     <linkGrp type="dit"><link target="#q1 #s1"/><link target="#q1 #gone"/></linkGrp>
     <listRelation><relation name="refers" active="#s1" passive="#s2 #s3"/></listRelation>
     </standOff>"""
    more = ' <anchor xml:id="b"/>une <seg xml:id="w">un  deux</seg> fois<anchor xml:id="e"/>'
    found = tei(tmp_path, more, after)
    article = article_of(found)
    got = [(s.label, s.n, s.surface) for s in article.spans]
    assert ("Thing", 0, "un") in got
    assert ("Thing", 1, "eux") in got
    assert ("idx", 0, "eux") in got
    assert ("x", 0, "une un  deux fois") in got
    assert ("x", 0, "Il faut agir") in got
    assert Counter(k.type for k in article.links) == {"dit": 1, "refers": 2}
    assert sum("points outside the text, or nowhere" in each for each in problems(found)) == 2
    assert sum("joins nothing" in each for each in problems(found)) == 1


def test_knots_and_empty_elements_are_told_and_the_rest_comes_in(tmp_path: Path) -> None:
    more = (
        '<persName/> <said xml:id="k1" next="#k2">a</said> <said xml:id="k2" next="#k1">b</said>'
        ' <said xml:id="k3" next="#none">c</said>'
    )
    found = tei(tmp_path, more)
    assert [each.split(": ", 1)[1] for each in problems(found)] == [
        "The persName in line 22 holds no text; it was left out.",
        "Fragments go on in a circle, or in two at once; some were left apart.",
        "A fragment goes on in one that is not there; it stands alone.",
    ]
    assert len(article_of(found).spans) == 8


def test_a_corpus_of_texts_is_read_one_after_another(tmp_path: Path) -> None:
    one = FOREIGN.format(more="", after="", doctype="").partition("?>")[2]
    file = tmp_path / "corpus.xml"
    file.write_text(
        f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>{one}{one}<TEI><broken',
        "utf-8",
    )
    found = list(read_tei(file))
    texts = [each.article.text for each in found if isinstance(each, LabelledArticle)]
    assert texts == [FOREIGN_TEXT, FOREIGN_TEXT]
    assert [each.place for each in found if isinstance(each, LabelledArticle)] == [
        "corpus.xml, item 1",
        "corpus.xml, item 2",
    ]
    assert "Not valid XML" in problems(found)[0]


def test_characters_by_name_are_known_and_others_told(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE TEI [<!ENTITY eacute "é"><!ENTITY logo SYSTEM "file:///etc/hostname">]>'
    found = tei(tmp_path, " &eacute;t&eacute; &logo;", doctype=doctype)
    assert article_of(found).article.text.endswith("d'autre été &logo;.")
    assert problems(found) == [
        "doc.xml: The entity “&logo;” is declared elsewhere; it stands as it is."
    ]


def test_a_billion_laughs_are_not_laughed(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE TEI [<!ENTITY l0 "ha">{laughs}]>'
    assert len(problems(tei(tmp_path, "&l11;", doctype=doctype))) == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<TEI",
        b"<html/>",
        b"<TEI/>",
        b"<TEI><text><body><p> </p></body></text></TEI>",
        '<?xml version="1.0" encoding="UTF-8"?><TEI><text>é'.encode("cp1252"),
        b'<?xml version="1.0" encoding="nonsense"?><TEI/>',
        b"\x00\x01",
    ],
)
def test_a_broken_file_is_one_problem(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "doc.xml"
    file.write_bytes(raw)
    (problem,) = problems(read_tei(file))
    assert problem.startswith("doc.xml")


def test_tei_is_told_from_other_xml() -> None:
    assert recognises(Path("x.xml"), b'<?xml version="1.0"?>\n<TEI xmlns="')
    assert not recognises(Path("x.xml"), b"<article><title>TEI</title>")
    assert [each.name for each in formats()] == ["tei", "tei-standoff"]
