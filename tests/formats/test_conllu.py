"""CoNLL-U: the text comes back to the last blank, and the conllu package and spaCy find our annotations."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core.corpus import LabelledArticle
from annotator.core.formats import Writing
from annotator.core.model import Article
from annotator.core.scheme import Label, Scheme
from tests.formats.token_samples import (
    PICKS,
    TEXTS,
    TRAPPED,
    TRAPS,
    article,
    changed,
    check_sound,
    exported,
    labelled,
    left_out,
    picked,
    problems,
    read,
    remarks,
    shapes,
    surfaces,
)
from tests.formats.token_samples import given as given_file

GOLDEN = r"""# newdoc id = a1
# annotator:metadata = {"title": "Le vote"}
# annotator:layers = ["name", "quotes"]
# annotator:labels = {"QUOTE": "Quote"}
# newpar
# sent_id = 1
# text = M. Roy, de l’AFP.
1	M.	_	_	_	_	_	_	_	SpacesAfter=\u00A0|name=B-PER|TokenRange=0:2
2	Roy	_	_	_	_	_	_	_	SpaceAfter=No|name=I-PER|name[2]=B-PER|TokenRange=3:6
3	,	_	_	_	_	_	_	_	TokenRange=6:7
4	de	_	_	_	_	_	_	_	TokenRange=8:10
5	l’	_	_	_	_	_	_	_	SpaceAfter=No|TokenRange=11:13
6	AFP	_	_	_	_	_	_	_	SpaceAfter=No|name=B-ORG|TokenRange=13:16
7	.	_	_	_	_	_	_	_	SpacesAfter=\n|TokenRange=16:17

# newpar
# sent_id = 2
# text = « Oui | non ».
1	«	_	_	_	_	_	_	_	TokenRange=18:19
2	Oui	_	_	_	_	_	_	_	quotes=B-QUOTE|TokenRange=20:23
3	|	_	_	_	_	_	_	_	quotes=I-QUOTE|TokenRange=24:25
4	non	_	_	_	_	_	_	_	quotes=I-QUOTE|TokenRange=26:29
5	»	_	_	_	_	_	_	_	SpaceAfter=No|TokenRange=30:31
6	.	_	_	_	_	_	_	_	SpacesAfter=\s\n|TokenRange=31:32

"""


def test_an_article_in_ten_columns(tmp_path: Path) -> None:
    text = "M.\u00a0Roy, de l’AFP.\n« Oui | non ». \n"
    labels = (("per", "M.\u00a0Roy"), ("per", "Roy"), ("org", "AFP"), ("quote", "Oui | non"))
    out, losses = exported(tmp_path, "conllu", article(*labels, text=text, title="Le vote"))
    assert {loss.reason for loss in losses} == {"Its label is spelled otherwise in the tags."}
    assert out.read_text("utf-8") == GOLDEN


def test_the_french_traps_come_back_where_they_were(tmp_path: Path) -> None:
    out, _losses = exported(tmp_path, "conllu", TRAPPED, article(id_="a2", text="Rien."))
    found = read(out, "conllu")
    assert problems(found) == remarks(found) == []
    assert shapes(labelled(found)) == shapes([TRAPPED])
    assert [(each.article.id, each.article.title) for each in labelled(found)] == [
        ("a1", "Dit\tet\u2028redit"),
        ("a2", ""),
    ]


def test_the_conllu_package_finds_our_annotations(tmp_path: Path) -> None:
    conllu = pytest.importorskip("conllu")
    nested = article(("org", "Ville de Lille"), ("loc", "Lille"), text="Ville de Lille", id_="a2")
    out, _losses = exported(tmp_path, "conllu", TRAPPED, nested)
    parsed = conllu.parse(out.read_text("utf-8"))
    documents: list[list[object]] = []
    for sentence in parsed:
        if "newdoc id" in sentence.metadata:
            documents.append([])
        documents[-1].append(sentence)
        spaced = "".join(
            token["form"] + " " * (token["misc"].get("SpaceAfter") != "No") for token in sentence
        )
        assert sentence.metadata["text"] == spaced.strip(" ")
    assert len(documents) == 2
    for one, sentences in zip((TRAPPED, nested), documents, strict=True):
        found = []
        for key in ("name", "name[2]", "quotes"):
            for token in (token for sentence in sentences for token in sentence):  # type: ignore[attr-defined]
                start, end = map(int, token["misc"]["TokenRange"].split(":"))
                assert one.article.text[start:end] == token["form"]
                tag = token["misc"].get(key, "O")
                if tag[0] == "B":
                    found.append((tag[2:], start, end))
                elif tag[0] == "I":
                    found[-1] = (found[-1][0], found[-1][1], end)
        assert sorted(found) == sorted((s.label.upper(), s.start, s.end) for s in one.spans)


def test_spacy_finds_our_entities(tmp_path: Path) -> None:
    converters = pytest.importorskip("spacy.training.converters")
    blank = LabelledArticle(Article("a2", " \n"), [], [])
    out, _losses = exported(
        tmp_path, "conllu", TRAPPED, blank, article(("loc", "Lille"), text="À Lille.")
    )
    docs = list(converters.conllu_to_docs(out.read_text("utf-8"), n_sents=1, no_print=True))
    found = [
        (entity.label_, entity.text.replace(" ", "\u00a0")) for doc in docs for entity in doc.ents
    ]
    assert found == [
        ("PER", "-t-il"),
        ("ORG", "AFP"),
        ("PER", "Mme\u00a0N’Diaye"),
        ("ORG", "Amnesty"),
        ("PER", "-elle"),
        ("ORG", "Élysée"),
        ("PER", "E\u0301lise"),
        ("LOC", "Lille"),
    ]
    # The number is one token, its narrow blank in it.
    assert "10\u202f000" in {token.text for doc in docs for token in doc}


def test_labels_are_capitals_in_the_file_and_themselves_when_they_come_back(tmp_path: Path) -> None:
    names = ("a b", "A_B", "Événement", "été", "猫")
    scheme = Scheme(labels=tuple(Label(f"l{n}", name) for n, name in enumerate(names)))
    one = article(*((f"l{n}", str(n)) for n in range(5)), text="0 1 2 3 4")
    out, losses = exported(tmp_path, "conllu", one, scheme=scheme)
    tags = re.findall(r"name=B-(\S+?)\|", out.read_text("utf-8"))
    assert len(set(tags)) == 5
    assert all(re.fullmatch("[A-Z_]+", tag) for tag in tags)
    assert tags[:3] == ["A_B", "A_B_L", "EVENEMENT"]
    assert [label for label, _surface in surfaces(read(out, "conllu"))] == [
        "a b", "A_B", "Événement", "été", "猫",
    ]  # fmt: skip
    assert len(losses) == 5


def test_a_sentence_ends_outside_of_names_but_not_of_quotes(tmp_path: Path) -> None:
    text = "Je viens. Tu pars. Il dort. Fin."
    quote = article(("quote", "viens. Tu pars. Il"), ("per", "pars. Il"), text=text)
    out, _losses = exported(tmp_path, "conllu", quote)
    assert out.read_text("utf-8").count("# sent_id") == 3
    assert shapes(labelled(read(out, "conllu"))) == shapes([quote])


def test_one_key_for_each_label_when_asked_for(tmp_path: Path) -> None:
    nested = article(("org", "Ville de Lille"), ("loc", "Lille"), text="Ville de Lille")
    out, _losses = exported(tmp_path, "conllu", nested, how=Writing(overlap="per-label"))
    assert "org=I-ORG|loc=B-LOC" in out.read_text("utf-8")
    assert shapes(labelled(read(out, "conllu"))) == shapes([nested])


TREEBANK = """\
# newdoc id = gaz-1
# meta::title = Du vote
# sent_id = a
# text = Il va du marché à Lille.
1	Il	il	PRON	_	_	2	nsubj	_	_
2	va	aller	VERB	_	_	0	root	_	Gloss=goes
3-4	du	_	_	_	_	_	_	_	_
3	de	de	ADP	_	_	5	case	_	_
4	le	le	DET	_	_	5	det	_	NE=B-LOC
5	marché	marché	NOUN	_	_	2	obl	_	NE=I-LOC
5.1	va	aller	VERB	_	_	_	_	2:conj	_
6	à	à	ADP	_	_	7	case	_	Entity=(e1-place
7	Lille	Lille	PROPN	_	_	5	nmod	_	SpaceAfter=No|NE=B-LOC
8	.	.	PUNCT	_	_	2	punct	_	_

# newpar
# sent_id = b
# text = Fin
1	Fin	fin	NOUN	_	_	0	root	_	NE=I-LOC
"""


def test_a_treebank_is_read(tmp_path: Path) -> None:
    found = given_file(tmp_path, "conllu", TREEBANK)
    (one,) = labelled(found)
    assert one.article.text == "Il va du marché à Lille.\nFin"
    assert (one.article.id, one.article.title) == ("gaz-1", "Du vote")
    assert surfaces(found) == [("LOC", "du marché"), ("LOC", "Lille"), ("LOC", "Fin")]
    assert [problem.split(": ")[0] for problem in problems(found)] == ["given.conllu:19"]
    assert sorted(remarks(found)) == [
        "given.conllu: Lemmas, parts of speech and syntax were left out.",
        "given.conllu: “Entity” of 1 word, as coreference has it, was left out.",
    ]


ROW = "{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{}\n"


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("TokenRange=0:2", "TokenRange=5:8", "Il   est"),
        ("TokenRange=40:42", "TokenRange=42:45", "Ilest"),
        ("TokenRange=0:2|SpacesAfter=\\u00A0\\n", "TokenRange=4:7", "Il\u00a0\nest"),
        ("TokenRange=0:2|SpacesAfter=\\r\\n", "TokenRange=4:7|name=B-X", "Il\nest"),
        ("TokenRange=0:2", "TokenRange=0:3", "Il est"),
        ("TokenRange=0:2", "TokenRange=99999999:100000002", "Il est"),
        ("TokenRange=0:9", "TokenRange=9:12", "Il est"),
        ("SpaceAfter=No", "_", "Ilest"),
        ("SpacesBefore=\\t|SpacesAfter=\\p\\\\", "_", "\tIl|\\est"),
    ],
)
def test_places_count_if_they_fit_and_blanks_if_they_are_spelled_out(
    tmp_path: Path, first: str, second: str, text: str
) -> None:
    found = given_file(
        tmp_path, "conllu", ROW.format(1, "Il", first) + ROW.format(2, "est", second)
    )
    (one,) = labelled(found)
    assert one.article.text == text
    assert [text[s.start : s.end] for s in one.spans] == ["est"] * ("name" in second)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("3\tmot\n", "is no row of ten columns"),
        (ROW.format("x", "mot", "_"), "is no row of ten columns"),
        (ROW.format("9" * 5000, "mot", "_"), "is no row of ten columns"),
        (ROW.format(3, "", "_"), "is no row of ten columns"),
        (ROW.format(3, "mot", "name=PER"), "“PER” is no tag"),
        (ROW.format(3, "mot", "name=I-PER"), "goes on with what has not begun"),
    ],
)
def test_a_bad_row_is_told_with_its_line(tmp_path: Path, bad: str, said: str) -> None:
    sound = ROW.format(1, "Lille", "name=B-LOC") + ROW.format(2, "dort", "_")
    found = given_file(tmp_path, "conllu", sound + bad)
    assert ("LOC", "Lille") in surfaces(found)
    (problem,) = problems(found)
    assert problem.startswith("given.conllu:3: ")
    assert said in problem


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(one=TEXTS, picks=PICKS, other=TEXTS, more=PICKS)
def test_any_article_comes_back_but_for_what_is_told(
    tmp_path_factory: pytest.TempPathFactory,
    one: str,
    picks: list[tuple[int, int, int]],
    other: str,
    more: list[tuple[int, int, int]],
) -> None:
    corpus = [picked(one, picks)] + [picked(other, more, "a2")] * (other != one)
    out, losses = exported(tmp_path_factory.mktemp("any"), "conllu", *corpus)
    found = read(out, "conllu")
    assert problems(found) == remarks(found) == []
    assert [each.article.text for each in labelled(found)] == [each.article.text for each in corpus]
    told = [loss for loss in losses if "spelled" not in loss.reason]
    touched = left_out(told) | changed(told)
    exact = [
        each._replace(spans=[s for s in each.spans if s.annotation not in touched])
        for each in corpus
    ]
    assert shapes(exact) <= shapes(labelled(found))
    kept = sum(s.n == 0 and s.annotation not in left_out(losses) for a in corpus for s in a.spans)
    assert sum(shapes(labelled(found)).values()) == kept


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.lists(
        st.tuples(
            st.sampled_from(["1", "2", "1-2", "2-1", "1.1", "0.1", "#", "", "9" * 30]),
            st.text("a_ \u2028|", max_size=3),
            st.text("SpacesAfter=\\nu0|name=B-XTokenRange:19", max_size=12)
            | st.sampled_from(["TokenRange=0:1", "SpacesAfter=\\uD800", "name=B-X", "name=I-X"]),
        ).map(lambda cells: ROW.format(*cells))
        | st.sampled_from(["\n", "# newdoc\n", "# newpar\n", "x\n"]),
        max_size=6,
    )
    .map("".join)
    .map(str.encode)
    | st.binary(max_size=40)
)
def test_any_rows_end_in_articles_or_problems(tmp_path: Path, raw: bytes) -> None:
    check_sound(given_file(tmp_path, "conllu", raw))


def test_the_traps_are_in_one_file(tmp_path: Path) -> None:
    out, _losses = exported(tmp_path, "conllu", TRAPPED)
    assert out.name == "out.conllu"
    assert "\u2028" not in out.read_text("utf-8")
    assert labelled(read(out, "conllu"))[0].article.text == TRAPS
