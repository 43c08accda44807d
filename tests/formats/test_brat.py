"""brat's standoff: all of an article survives but its metadata, brat's own rules take every line."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core.corpus import Corpus, Found, LabelledArticle
from annotator.core.formats import Reading
from annotator.core.model import Article, Entity, Link, Problem
from annotator.core.scheme import Attribute, Label, LinkType, Scheme, Slot
from annotator.formats.brat.format import formats, parts, read
from annotator.formats.brat.writer import BratWriter
from tests.formats import brat_rules
from tests.formats.marked import (
    NAMES,
    TEXT,
    any_folder,
    article_of,
    articles,
    at,
    check_rich_links,
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


def pair(folder: Path, text: str | bytes, annotations: str | bytes) -> Path:
    """Write a text and its annotations, and return the latter's file."""
    folder.mkdir(parents=True, exist_ok=True)
    for ending, content in (("txt", text), ("ann", annotations)):
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / f"x.{ending}").write_bytes(raw)
    return folder / "x.ann"


def found_in(folder: Path, text: str | bytes, *lines: str) -> list[Found]:
    return list(read(pair(folder, text, "".join(f"{line}\n" for line in lines))))


def alone(text: str, *rows: Any, links: tuple[Link, ...] = (), title: str = "") -> LabelledArticle:
    return LabelledArticle(Article("a", text, title=title), [s for g in rows for s in g], [*links])


def test_a_rich_article_comes_back(tmp_path: Path) -> None:
    second = rich(f"{TEXT} Fin.")
    second = second._replace(article=replace(second.article, id="a2"))
    told = proved(BratWriter, corpus(rich(), second), tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [
        "00001-la-mer-monte-vite.ann",
        "00001-la-mer-monte-vite.txt",
        "00002-la-mer-monte-vite.ann",
        "00002-la-mer-monte-vite.txt",
        "annotation.conf",
        "visual.conf",
    ]
    found = list(read(tmp_path / names[0]))
    assert problems(found) == remarks(found) == []
    back = article_of(found)
    assert back.article.text == TEXT
    assert shapes(back) == shapes(rich(), NAMES)
    by_surface = {span.surface: span for span in back.spans}
    quote = by_surface["La mer monte 🌊 vite"]
    assert json.loads(quote.attributes) == {"type": "direct", "negated": True, "n": "42"}
    assert quote.note == "voir “ça”, ligne 2"
    check_rich_links(back)
    assert by_surface["AFP"].entity == "e2"
    assert entities_of(found) == [Entity("e1", "Anne N'Guyen"), Entity("e2", "AFP")]
    assert {(kind, outcome) for kind, outcome, _reason in reasons(told)} == {
        ("metadata", "left out"),
        ("note", "changed"),
        ("annotation", "changed"),
    }


def test_brat_finds_exactly_our_spans(tmp_path: Path) -> None:
    proved(BratWriter, corpus(rich()), tmp_path)
    (file,) = tmp_path.glob("*.ann")
    lines = brat_rules.read(file)
    bounds = {id_: line for id_, line in lines.items() if id_.startswith("T")}
    (odd,) = (line for line in bounds.values() if line["type"] == "a_b_c")
    start, end = at("Anne N'Guyen à Brest.\nL'")
    assert odd["ranges"] == [(start, end - 3), (end - 2, end)]
    exact = Counter(
        (line["type"], *line["ranges"]) for line in bounds.values() if line["type"] != "a_b_c"
    )
    expected = shapes(rich(), NAMES)
    del expected["à b/c", (start, end)]
    assert exact == expected
    conf = brat_rules.conf(tmp_path / "annotation.conf")
    for line in lines.values():
        section = {"T": "entities", "R": "relations", "A": "attributes"}
        for prefix, name in section.items():
            if line in [each for id_, each in lines.items() if id_.startswith(prefix)]:
                assert line["type"] in conf[name]


@any_folder(60)
@given(labelled=articles())
def test_any_article_comes_back_and_brat_takes_every_line(
    tmp_path_factory: pytest.TempPathFactory, labelled: LabelledArticle
) -> None:
    folder = tmp_path_factory.mktemp("any")
    told = proved(BratWriter, corpus(labelled), folder)
    (file,) = folder.glob("*.ann")
    brat_rules.read(file)
    brat_rules.conf(folder / "annotation.conf")
    found = list(read(file))
    assert problems(found) == []
    back = article_of(found)
    assert back.article.text == labelled.article.text
    changed = {loss.id for loss in told if loss.kind == "annotation"}
    respelled = {span.annotation for span in labelled.spans if span.label == "odd"}
    exact = [s for s in labelled.spans if s.annotation not in changed - respelled]
    assert (
        shapes(labelled._replace(spans=exact), NAMES)
        - shapes(back)
        - shapes(labelled._replace(spans=[s for s in exact if s.annotation in changed]), NAMES)
        == Counter()
    )


def test_a_span_over_lines_is_parted_and_joined_again(tmp_path: Path) -> None:
    text = "Un titre\n\nsur deux\u2028lignes."
    labelled = alone(text, spans(text, "q", "quote", (3, len(text))))
    assert proved(BratWriter, corpus(labelled), tmp_path) == []
    (file,) = tmp_path.glob("*.ann")
    assert file.read_text("utf-8") == ("T1\tQuote 3 8;10 18;19 26\ttitre sur deux lignes.\n")
    assert shapes(article_of(read(file))) == {("Quote", (3, 26)): 1}


def test_what_brat_cannot_tell_from_a_span_over_lines_is_told(tmp_path: Path) -> None:
    text = "Anne\nRoy\n"
    labelled = alone(
        text,
        spans(text, "p1", "per", (0, 4), (5, 8)),
        spans(text, "p2", "per", (4, 8)),
        spans(text, "p3", "per", (8, 9), note="vide", attributes='{"x":"y"}'),
        links=(Link("k", "refers", "p1", "p3"),),
    )
    told = proved(BratWriter, corpus(labelled), tmp_path)
    assert {(loss.id, loss.outcome, loss.reason) for loss in told} == {
        (
            "p1",
            "changed",
            "There is nothing but line ends between its fragments; they became one.",
        ),
        ("p2", "changed", "Line ends at its edges were left out."),
        ("p3", "left out", "There is nothing in it but line ends."),
        ("p3", "left out", "It belongs to an annotation that is left out."),
        ("p3 x", "left out", "It belongs to an annotation that is left out."),
        ("k", "left out", "It belongs to an annotation that is left out."),
    }
    (file,) = tmp_path.glob("*.ann")
    assert shapes(article_of(read(file))) == {("PER", (0, 8)): 1, ("PER", (5, 8)): 1}


FRENCH = Scheme(
    labels=(
        Label("ev", "Événement"),
        Label("ev2", "Evenement", colour="red"),
        Label(
            "q",
            "Citation|directe",
            attributes=(
                Attribute("type", values=("indirect libre", "indirect_libre", "direct")),
                Attribute("cité à", "text"),
                Attribute("niée", "flag"),
            ),
            slots=(Slot("énoncée par", labels=("ev",)),),
        ),
        Label("cn", "事件"),
    ),
    links=(LinkType("suit", from_labels=("ev",), to_labels=("ev", "ev2")),),
)


def test_names_that_are_no_words_come_back_through_the_configuration(tmp_path: Path) -> None:
    text = "Le vote a eu lieu, dit-elle."
    attributes = {"type": "indirect libre", "cité à": "un ami, deux", "niée": True, "neuf": "à b"}
    labelled = alone(
        text,
        spans(text, "e", "ev", (3, 7)),
        spans(text, "f", "ev2", (3, 7)),
        spans(text, "q", "q", (0, 17), attributes=json.dumps(attributes)),
        spans(text, "c", "cn", (8, 12)),
        links=(Link("k", "énoncée par", "q", "e"), Link("m", "suit", "e", "f")),
    )
    told = proved(BratWriter, Corpus(FRENCH, lambda: iter([labelled])), tmp_path)
    assert {(loss.kind, loss.outcome) for loss in told} == {
        ("annotation", "changed"),
        ("attribute", "changed"),
        ("link", "changed"),
    }
    (file,) = tmp_path.glob("*.ann")
    lines = brat_rules.read(file)
    assert {line["type"] for id_, line in lines.items() if id_.startswith("T")} == {
        *("Evenement", "Evenement_2", "Citation_directe", "unnamed")
    }
    found = list(read(file))
    assert problems(found) == []
    back = article_of(found)
    assert {span.label for span in back.spans} == {label.name for label in FRENCH.labels}
    (quote,) = (span for span in back.spans if span.label == "Citation|directe")
    assert json.loads(quote.attributes) == attributes
    assert {link.type for link in back.links} == {"énoncée par", "suit"}
    conf = brat_rules.conf(tmp_path / "annotation.conf")
    assert conf["attributes"] == {
        "type": {
            "Arg": ["Citation_directe"],
            "Value": ["indirect_libre", "indirect_libre_2", "direct"],
        },
        "niee": {"Arg": ["Citation_directe"]},
        "neuf": {"Arg": ["Citation_directe"], "Value": ["à_b"]},
    }
    assert conf["relations"]["enoncee_par"]["Arg2"] == ["Evenement"]
    looks = (tmp_path / "visual.conf").read_text("utf-8").split("\n")
    assert {"Evenement | Événement", "Citation_directe | Citation/directe"} <= set(looks)
    assert "Evenement_2\tbgColor:salmon" in looks


def test_values_that_are_no_words_are_told(tmp_path: Path) -> None:
    text = "Oui."
    attributes = {"a": "", "b": False, "c": 3, "d": ["x", "y"], "e": "un\tdeux\ntrois"}
    labelled = alone(text, spans(text, "q", "per", (0, 3), attributes=json.dumps(attributes)))
    told = proved(BratWriter, corpus(labelled), tmp_path)
    assert {(loss.id, loss.outcome, loss.reason) for loss in told} == {
        ("q a", "left out", "There is nothing in it."),
        ("q b", "changed", "Its value is no text; it goes out as JSON."),
        ("q c", "changed", "Its value is no text; it goes out as JSON."),
        ("q d", "changed", "Its value is no text; it goes out as JSON."),
        ("q e", "changed", "Its value is spelled otherwise in the file."),
    }


SAMPLE = "« Le climat 🌍 change », a dit la ministre de l'Écologie à Lille.\nElle a confirmé."


def test_all_that_brat_writes_comes_in(tmp_path: Path) -> None:
    start, end = at("la ministre de l'Écologie", SAMPLE)
    cue, org = at("a dit", SAMPLE), at("Écologie", SAMPLE)
    elle = at("Elle", SAMPLE)
    found = found_in(
        tmp_path,
        SAMPLE,
        "T1\tQuote 2 20\tLe climat 🌍 change",
        f"T2\tSpeech {cue[0]} {cue[1]}\ta dit",
        f"T3\tPerson {start} {end}\tla ministre de l'Écologie",
        f"T4\tOrganization {org[0]} {org[1]}\tÉcologie",
        f"T5\tPerson {elle[0]} {elle[1]}\tElle",
        "R1\tAbout Arg1:T1 Arg2:T4\t",
        "E1\tSpeech:T2 Content:T1 Speaker:T3 Speaker2:T5",
        "A1\tDirect T1",
        "A2\tTense E1 Past perfect",
        "A3\tTense E1 Past",
        "M1\tNegation T4",
        "*\tEquiv T3 T5",
        "N1\tReference T4 Wikidata:Q3406\tministère de l'Écologie",
        "#1\tAnnotatorNotes T1\tmain quote",
        "#2\tAnnotatorNotes T1\tsee below",
    )
    assert problems(found) == []
    back = article_of(found)
    text = {span.annotation: span.surface for span in back.spans}
    assert {(k.type, text[k.from_id], text[k.to_id]) for k in back.links} == {
        ("About", "Le climat 🌍 change", "Écologie"),
        ("Content", "a dit", "Le climat 🌍 change"),
        ("Speaker", "a dit", "la ministre de l'Écologie"),
        ("Speaker", "a dit", "Elle"),
        ("Equiv", "la ministre de l'Écologie", "Elle"),
    }
    by_surface = {span.surface: span for span in back.spans}
    assert json.loads(by_surface["Le climat 🌍 change"].attributes) == {"Direct": True}
    assert json.loads(by_surface["a dit"].attributes) == {"Tense": ["Past perfect", "Past"]}
    assert by_surface["Le climat 🌍 change"].note == "main quote\nsee below"
    (entity,) = entities_of(found)
    assert (entity.name, entity.external_id) == ("ministère de l'Écologie", "Wikidata:Q3406")
    assert by_surface["Écologie"].entity == entity.id
    assert remarks(found) == ["x.ann: 1 set of equivalents became links of the type “Equiv”."]


def test_the_same_reference_is_the_same_entity_everywhere(tmp_path: Path) -> None:
    line = "N1\tReference T1 Wikidata:Q90\tParis"
    one, other = (
        entities_of(found_in(tmp_path / name, "Paris", "T1\tLOC 0 5\tParis", line))
        for name in ("a", "b")
    )
    assert one == other


@pytest.mark.parametrize(
    ("unit", "move"),
    [
        ("UTF-16", lambda n: len(SAMPLE[:n].encode("utf-16-le")) // 2),
        ("bytes", lambda n: len(SAMPLE[:n].encode())),
    ],
)
def test_another_unit_is_found_out_by_the_surfaces(tmp_path: Path, unit: str, move: Any) -> None:
    start, end = at("Lille", SAMPLE)
    first, second = at("Écologie", SAMPLE), at("Elle", SAMPLE)
    found = found_in(
        tmp_path,
        SAMPLE,
        f"T1\tLOC {move(start)} {move(end)}\tLille",
        f"T2\tX {move(first[0])} {move(first[1])};{move(second[0])} {move(second[1])}\tÉcologie Elle",
        "T3\tBad 0 3\tnon",
    )
    assert shapes(article_of(found)) == {("LOC", (start, end)): 1, ("X", first, second): 1}
    assert any(unit in remark for remark in remarks(found))
    (problem,) = problems(found)
    assert problem.startswith("x.ann:3: ")


@pytest.mark.parametrize("counted", [0, 1])
def test_windows_files_with_marks_and_two_signs_a_line_end(tmp_path: Path, counted: int) -> None:
    text = "Anne\r\nRoy à Lille\r\nElle dit"
    start = text.index("Elle") + counted
    found = list(
        read(
            pair(
                tmp_path,
                b"\xef\xbb\xbf" + text.encode(),
                f"T1\tPER {start} {start + 4}\tElle\r\nT2\tPER {counted} {4 + counted};"
                f"{6 + counted} {9 + counted}\tAnne Roy\r\n",
            )
        )
    )
    assert problems(found) == []
    back = article_of(found)
    assert back.article.text == "Anne\nRoy à Lille\nElle dit"
    assert shapes(back) == {("PER", (17, 21)): 1, ("PER", (0, 8)): 1}


def test_old_discontinuous_spans_and_those_of_other_tools(tmp_path: Path) -> None:
    found = found_in(
        tmp_path,
        "Anne et Luc\nRoy sont là",
        "T1\tPER 0 4;8 11\tAnneLuc",
        "T2\tPER 8 15\tLuc Roy",
        "T3\tPER 0 4\tAnne\tand more",
        "T4\tPER 12 15",
        "T5\tPER 8 11;11 12;12 15\tLuc   Roy",
    )
    assert problems(found) == []
    assert shapes(article_of(found)) == {
        ("PER", (0, 4), (8, 11)): 1,
        ("PER", (8, 15)): 2,
        ("PER", (0, 4)): 1,
        ("PER", (12, 15)): 1,
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("T2\tPER 0 99\tAnne", "outside"),
        ("T2\tPER 3 3\t", "empty"),
        ("T2\tPER 4 0\tAnne", "empty"),
        ("T2\tPER -4 4\tAnne", "outside"),
        ("T2\tPER 0 4\tLuc", "“Luc”"),
        ("T2\tPER zero 4\tAnne", "whole numbers"),
        ("T2\tPER 0 4 7\tAnne", "whole numbers"),
        ("T2 PER 0 4 Anne", "whole numbers"),
        ("T1\tPER 0 4\tAnne", "twice"),
        ("T2\tPER 0 3;2 4\tAnn ne", "overlapped"),
        ("R1\tX Arg1:T1 Arg2:T9", "two different annotations"),
        ("R1\tX Arg1:T1 Arg2:T1", "two different annotations"),
        ("R1\tX Arg1:T1", "two different annotations"),
        ("R1\t ", "no line of brat"),
        ("E1\tSay:T9 What:T1", "no trigger"),
        ("E1\tSay", "no trigger"),
        ("A1\tNeg T9", "T9"),
        ("A1\tNeg", "no annotation"),
        ("A1\tNeg R1", "R1"),
        ("#1\tAnnotatorNotes T9\tx", "T9"),
        ("N1\tReference T1 Wikidata\tx", "no database"),
        ("N1\tReference", "no annotation"),
        ("Q1\twhat is this", "no line of brat"),
        ("nonsense", "no line of brat"),
        ("\t\t", ""),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_rest_comes_in(
    tmp_path: Path, line: str, said: str
) -> None:
    found = found_in(tmp_path, "Anne Roy", "T1\tPER 5 8\tRoy", line)
    assert ("PER", (5, 8)) in shapes(article_of(found))
    told = problems(found)
    assert bool(told) == bool(said)
    assert all(each.startswith("x.ann:2: ") for each in told)
    assert said in "".join(told)


def test_events_in_a_circle_and_relations_that_stand_twice(tmp_path: Path) -> None:
    found = found_in(
        tmp_path,
        "Anne dit oui",
        "T1\tSay 5 8\tdit",
        "T2\tSay 9 12\toui",
        "E1\tSay:T1 What:E2",
        "E2\tSay:T2 What:E1",
        "E3\tSay:T1 What:T2",
    )
    assert len(article_of(found).links) == 2
    assert problems(found) == ["x.ann:5: It stands twice."]


def test_annotations_without_their_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "x.ann").write_text("T1\tPER 0 4\tAnne\n", "utf-8")
    (problem,) = problems(read(tmp_path / "x.ann"))
    assert problem == "x.ann: The text it belongs to, x.txt, is not beside it."
    (tmp_path / "x.txt").write_text(" \n", "utf-8")
    (problem,) = problems(read(tmp_path / "x.ann"))
    assert problem == "x.txt: Its text is empty."
    assert parts(tmp_path / "x.ann") == (tmp_path / "x.txt",)


def test_old_encodings_are_found_out_or_named(tmp_path: Path) -> None:
    text, line = "Où est l’été ?", "T1\tX 7 12\tl’été\n"
    file = pair(tmp_path, text.encode("cp1252"), line.encode("cp1252"))
    assert shapes(article_of(read(file))) == {("X", (7, 12)): 1}
    file = pair(tmp_path, text.encode("mac_roman"), line.encode("mac_roman"))
    assert article_of(read(file, Reading("mac_roman"))).article.text == text
    file = pair(tmp_path, text.encode("utf-16"), line)
    assert article_of(read(file)).article.text == text


def test_a_text_that_begins_like_another_kind_of_file(tmp_path: Path) -> None:
    for text in ("GIF89 est un format.", "%PDF- aussi", "\ufeffAnne aaa"):
        labelled = alone(text, spans(text, "p", "per", (len(text) - 3, len(text))))
        folder = tmp_path / str(len(text))
        assert proved(BratWriter, corpus(labelled), folder) == []
        (file,) = folder.glob("*.ann")
        brat_rules.read(file)
        assert article_of(read(file)).article.text == text


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.binary(max_size=60) | st.text(max_size=60).map(lambda t: t.encode("utf-8", "replace")),
    lines=st.lists(
        st.text(st.sampled_from("TREAMN#*123\t :;,.aArg12é\r\n\ufeff-"), max_size=25), max_size=6
    ),
)
def test_any_bytes_end_in_articles_or_problems(
    tmp_path: Path, text: bytes, lines: list[str]
) -> None:
    for each in read(pair(tmp_path, text, "\n".join(lines))):
        if isinstance(each, LabelledArticle):
            for span in each.spans:
                assert each.article.text[span.start : span.end] == span.surface != ""


def test_the_texts_of_annotations_are_not_articles_of_their_own(tmp_path: Path) -> None:
    from annotator.exchange.sources import sources

    pair(tmp_path, "Anne", "T1\tPER 0 4\tAnne\n")
    (tmp_path / "lone.txt").write_text("Un texte sans annotations.", "utf-8")
    found: list[Problem] = []
    names = [(s.path.name, s.format.name) for s in sources([tmp_path], None, found, found)]
    assert names == [("lone.txt", "txt"), ("x.ann", "brat")]


def test_the_format_says_what_it_holds() -> None:
    (format,) = formats()
    assert set(format.holds) == set(BratWriter.holds)
