"""REFI-QDA: the project is as the schema orders it, and positions stand in the texts beside."""

import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import given
from lxml import etree

from annotator.core.corpus import LabelledArticle
from annotator.core.model import Article
from annotator.formats.refi.format import RefiWriter, formats
from tests.formats.marked import (
    NAMES,
    TEXT,
    any_folder,
    articles,
    corpus,
    proved,
    reasons,
    rich,
    spans,
)

NS = {"q": "urn:QDA-XML:project:1.0"}
NAME = "demo.qdpx"

# The sequences of the schema of 18 March 2019, as far as we write them.
ORDER = {
    "Project": ["Users", "CodeBook", "Variables", "Sources", "Links"],
    "Code": ["Description", "Code"],
    "TextSource": ["PlainTextSelection", "VariableValue"],
    "PlainTextSelection": ["Description", "Coding"],
    "Coding": ["CodeRef"],
    "VariableValue": ["VariableRef", "TextValue", "DateValue"],
}
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def project(file: Path) -> tuple[Any, dict[str, str]]:
    """Return the project and the texts by name, as any ZIP and XML reader finds them."""
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        root = etree.fromstring(archive.read("project.qde"))
        names = [name for name in archive.namelist() if name != "project.qde"]
        return root, {name: archive.read(name).decode("utf-8") for name in names}


def local(element: Any) -> str:
    return str(etree.QName(element).localname)


def test_everything_survives(tmp_path: Path) -> None:
    longer = f"{TEXT} Fin."
    losses = proved(RefiWriter, corpus(rich(), rich(longer, "b")), tmp_path, name=NAME)
    assert losses == []


@any_folder(30)
@given(labelled=articles())
def test_any_article_comes_back(tmp_path_factory: Any, labelled: LabelledArticle) -> None:
    proved(RefiWriter, corpus(labelled), tmp_path_factory.mktemp("out"), name=NAME)


def test_the_order_of_elements_is_that_of_the_schema(tmp_path: Path) -> None:
    """The schema itself was run over this file by hand; here its sequences are."""
    proved(RefiWriter, corpus(rich()), tmp_path, name=NAME)
    root, _texts = project(tmp_path / NAME)
    for element in root.iter():
        if local(element) in ORDER:
            order = ORDER[local(element)]
            places = [order.index(local(child)) for child in element]
            assert places == sorted(places), local(element)
        for key, value in element.attrib.items():
            if key in ("guid", "targetGUID", "originGUID", "creatingUser"):
                assert GUID.fullmatch(value), value
    guids = [each.get("guid") for each in root.iter() if each.get("guid")]
    assert len(guids) == len(set(guids))
    for each in root.iter():
        for key in ("targetGUID", "originGUID", "creatingUser"):
            assert each.get(key) is None or each.get(key) in guids
    for code in root.iterfind(".//q:Code", NS):
        assert code.get("isCodable") in ("true", "false")
        assert code.get("color") is None or re.fullmatch("#[0-9a-f]{6}", code.get("color"))


def test_positions_are_those_of_the_text_beside(tmp_path: Path) -> None:
    proved(RefiWriter, corpus(rich()), tmp_path, name=NAME)
    root, texts = project(tmp_path / NAME)
    (source,) = root.iterfind(".//q:TextSource", NS)
    path = source.get("plainTextPath").replace("internal://", "sources/")
    assert texts == {path: TEXT}
    codes = {code.get("guid"): code.get("name") for code in root.iterfind(".//q:Code", NS)}
    found: Counter[tuple[str, str]] = Counter()
    for selection in source.iterfind("q:PlainTextSelection", NS):
        start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
        first = selection.find("q:Coding/q:CodeRef", NS)
        found[codes[first.get("targetGUID")], texts[path][start:end]] += 1
    assert found == Counter((NAMES[span.label], span.surface) for span in rich().spans)


def test_values_and_entities_are_codes_of_their_own(tmp_path: Path) -> None:
    proved(RefiWriter, corpus(rich()), tmp_path, name=NAME)
    root, _texts = project(tmp_path / NAME)
    tree = {
        code.get("name"): [child.get("name") for child in code.iterfind("q:Code", NS)]
        for code in root.iterfind("q:CodeBook/q:Codes/q:Code", NS)
    }
    assert tree["Quote"] == ["type: direct", "negated: true", 'n: "42"']
    assert tree["Entities"] == ["Anne N'Guyen", "AFP"]
    links = [(link.get("name"), link.get("direction")) for link in root.iterfind(".//q:Link", NS)]
    assert Counter(links) == Counter(
        {
            ("source", "OneWay"): 2,
            ("continues", "OneWay"): 1,
            ("cue", "OneWay"): 1,
            ("refers", "OneWay"): 1,
        }
    )
    (user,) = root.iterfind("q:Users/q:User", NS)
    assert user.get("name") == "Ada"
    variables = {v.get("name"): v.get("typeOfVariable") for v in root.iterfind(".//q:Variable", NS)}
    assert (variables["published"], variables["page"]) == ("Date", "Text")


def test_a_text_has_no_mark_before_it_and_plain_line_ends(tmp_path: Path) -> None:
    proved(RefiWriter, corpus(rich()), tmp_path, name=NAME)
    with zipfile.ZipFile(tmp_path / NAME) as archive:
        (name,) = (each for each in archive.namelist() if each != "project.qde")
        assert name.startswith("sources/")
        raw = archive.read(name)
    assert raw == TEXT.encode()
    assert b"\r" not in raw


def test_two_articles_of_one_title_have_two_names(tmp_path: Path) -> None:
    proved(RefiWriter, corpus(rich(), rich(f"{TEXT}!", "b")), tmp_path, name=NAME)
    root, texts = project(tmp_path / NAME)
    names = [source.get("name") for source in root.iterfind(".//q:TextSource", NS)]
    assert names == ["La mer monte : « vite »", "La mer monte : « vite » (2)"]
    assert len(texts) == 2


def test_what_a_suggestion_was_is_told(tmp_path: Path) -> None:
    text = "Anne part."
    rows = spans(text, "p", "per", (0, 4), state="suggested")
    labelled = LabelledArticle(Article("a", text), rows, [])
    losses = proved(RefiWriter, corpus(labelled), tmp_path, name=NAME)
    assert [(kind, outcome) for kind, outcome, _reason in reasons(losses)] == [
        ("annotation", "changed")
    ]


def test_an_empty_corpus_is_a_project(tmp_path: Path) -> None:
    proved(RefiWriter, corpus(), tmp_path, name=NAME)
    root, texts = project(tmp_path / NAME)
    assert [local(child) for child in root] == ["CodeBook"]
    assert texts == {}
    assert not formats()[0].reads
