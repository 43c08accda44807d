"""CoNLL-2003: spaCy's converter finds exactly what was annotated, and columns of other tools come in."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.formats.token_samples import (
    PICKS,
    TEXTS,
    TRAPPED,
    article,
    exported,
    labelled,
    left_out,
    picked,
    problems,
    read,
    remarks,
    surfaces,
)
from tests.formats.token_samples import given as given_file

GOLDEN = """\
-DOCSTART- -X- O O

M. -X- O B-PER
Roy -X- O I-PER
, -X- O O
de -X- O O
l’ -X- O O
AFP -X- O B-ORG
. -X- O O

Lille -X- O B-LOC
vote -X- O O
. -X- O O

-DOCSTART- -X- O O

Rien -X- O O
. -X- O O

"""


def test_articles_as_four_columns(tmp_path: Path) -> None:
    text = "M.\u00a0Roy, de l’AFP.\nLille vote."
    labels = (("per", "M.\u00a0Roy"), ("org", "AFP"), ("loc", "Lille"))
    two = article(*labels, text=text), article(id_="a2", text="Rien.")
    out, losses = exported(tmp_path, "conll2003", *two)
    assert losses == []
    assert (out / "entities.conll").read_text("utf-8") == GOLDEN


def test_metadata_has_no_place_and_that_is_told(tmp_path: Path) -> None:
    _out, losses = exported(tmp_path, "conll2003", article(text="Rien.", title="Titre"))
    assert [(loss.kind, loss.outcome, loss.text) for loss in losses] == [
        ("metadata", "left out", "title")
    ]


def test_spacy_finds_our_entities(tmp_path: Path) -> None:
    converters = pytest.importorskip("spacy.training.converters")
    plain = article(id_="a2", text="Anne dort. 10\u202f000 fans de Lille !")
    number = article(("per", "Anne"), ("loc", "Lille"), id_="a3", text=plain.article.text)
    out, _losses = exported(tmp_path, "conll2003", TRAPPED, plain, number)
    file = (out / "entities.conll").read_text("utf-8")
    docs = list(converters.conll_ner_to_docs(file, no_print=True))
    assert [[(e.label_, e.text) for e in doc.ents] for doc in docs] == [
        [
            ("PER", "-t-il"),
            ("ORG", "AFP"),
            ("PER", "Mme N’Diaye"),
            ("ORG", "Amnesty"),
            ("PER", "-elle"),
            ("ORG", "Élysée"),
            ("PER", "E\u0301lise"),
        ],
        [],
        [("PER", "Anne"), ("LOC", "Lille")],
    ]
    assert [token.text for token in docs[1]] == "Anne dort . 10000 fans de Lille !".split()


def test_articles_come_back_with_their_words_and_labels(tmp_path: Path) -> None:
    out, _losses = exported(tmp_path, "conll2003", TRAPPED, article(id_="a2", text="Rien."))
    found = read(out / "entities.conll", "conll2003")
    assert problems(found) == []
    assert [label for label, _surface in surfaces(found)] == [
        *("PER", "ORG", "PER", "ORG", "PER", "ORG", "PER"),
    ]
    assert ("PER", "-t-il") in surfaces(found)
    assert ("ORG", "Élysée") in surfaces(found)
    assert labelled(found)[0].article.text.startswith(
        "«\u00a0J’y vais\u00a0: c’est dit\u00a0»\u00a0! a-t-il lancé à 10000 fans de l’AFP\u00a0; Mme "
    )
    assert any("joined by the rules" in remark for remark in remarks(found))


SHARED_TASK = """\
-DOCSTART- -X- -X- O

EU NNP I-NP I-ORG
rejects VBZ I-VP O
German JJ I-NP I-MISC
call NN I-NP O
. . O O

Peter NNP I-NP I-PER
Blackburn NNP I-NP I-PER
Ann NNP B-NP B-PER
"""


def test_the_shared_task_is_read_as_iob1_and_its_chunks_are_left_out(tmp_path: Path) -> None:
    found = given_file(tmp_path, "conll2003", SHARED_TASK)
    assert surfaces(found) == [
        ("ORG", "EU"),
        ("MISC", "German"),
        ("PER", "Peter Blackburn"),
        ("PER", "Ann"),
    ]
    assert problems(found) == []
    assert any("IOB1" in remark for remark in remarks(found))
    assert any("2 columns" in remark for remark in remarks(found))


def test_a_docstart_of_three_columns_is_one_too(tmp_path: Path) -> None:
    text = "-DOCSTART- -X- O\nl'Écologie -X- _ B-ORG\nLille. -X- _ B-LOC\n"
    assert surfaces(given_file(tmp_path, "conll2003", text)) == [
        ("ORG", "l'Écologie"),
        ("LOC", "Lille."),
    ]


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=TEXTS, picks=PICKS)
def test_any_article_comes_back_word_for_word(
    tmp_path_factory: pytest.TempPathFactory, text: str, picks: list[tuple[int, int, int]]
) -> None:
    one = picked(text, picks)
    out, losses = exported(tmp_path_factory.mktemp("any"), "conll2003", one)
    found = read(out, "conll2003")
    assert problems(found) == []
    assert len(surfaces(found)) == sum(s.n == 0 for s in one.spans) - len(left_out(losses))
