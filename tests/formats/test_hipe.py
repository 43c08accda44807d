"""HIPE-2022: nested names, Wikidata numbers and parts of tokens, in and out."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from annotator.core.corpus import Corpus, Foundation, LabelledArticle
from annotator.core.formats import AS_IT_IS, BY_DEFAULT
from annotator.core.model import Article, Entity
from annotator.exchange.sources import recognise
from annotator.formats.columns.hipe import HipeWriter
from annotator.formats.columns.hipe_reader import read_hipe
from tests.formats.token_samples import (
    PICKS,
    SCHEME,
    TEXTS,
    TRAPPED,
    TRAPS,
    article,
    changed,
    exported,
    format_of,
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

HEADER = (
    "TOKEN\tNE-COARSE-LIT\tNE-COARSE-METO\tNE-FINE-LIT\tNE-FINE-METO\tNE-FINE-COMP\tNE-NESTED"
    "\tNEL-LIT\tNEL-METO\tMISC\n"
)

GOLDEN = (
    HEADER
    + r"""# hipe2022:document_id = a1
# hipe2022:date = _
# hipe2022:language = _
# hipe2022:document_type = newspaper
# hipe2022:applicable_columns = TOKEN NE-COARSE-LIT NE-NESTED NEL-LIT MISC
# annotator:metadata = {"title": "Le vote"}
# annotator:text = ["Ville de Lille,\nl\u2019\u00c9tat."]
Ville	B-ORG	_	_	_	_	O	_	_	_
de	I-ORG	_	_	_	_	O	_	_	_
Lille	I-ORG	_	_	_	_	B-LOC	_	_	NoSpaceAfter
,	O	_	_	_	_	O	_	_	EndOfLine
l’	O	_	_	_	_	O	_	_	NoSpaceAfter
État	B-PER	_	_	_	_	O	_	_	NoSpaceAfter|Partial-0:2
.	O	_	_	_	_	O	_	_	_

"""
)


def test_an_article_as_ten_columns(tmp_path: Path) -> None:
    text = "Ville de Lille,\nl’État."
    labels = (("org", "Ville de Lille"), ("loc", "Lille"), ("per", "Ét"))
    out, losses = exported(tmp_path, "hipe", article(*labels, text=text, title="Le vote"))
    assert [loss.reason for loss in losses] == ["It was widened to whole tokens."]
    (file,) = out.iterdir()
    assert file.name == "entities.tsv"
    assert file.read_text("utf-8") == GOLDEN
    # MISC says which part of the token is meant.
    assert surfaces(read(out, "hipe")) == [
        ("ORG", "Ville de Lille"),
        ("LOC", "Lille"),
        ("PER", "Ét"),
    ]


def test_the_french_traps_come_back_where_they_were(tmp_path: Path) -> None:
    out, losses = exported(tmp_path, "hipe", TRAPPED)
    assert losses == []
    assert sorted(path.name for path in out.iterdir()) == ["entities.tsv", "quotes.tsv"]
    found = read(out, "hipe")
    assert problems(found) == []
    assert shapes(labelled(found)) == shapes([TRAPPED])
    assert {(a.article.id, a.article.text, a.article.title) for a in labelled(found)} == {
        ("a1", TRAPS, "Dit\tet\u2028redit")
    }


def test_what_lies_deeper_goes_to_a_further_file(tmp_path: Path) -> None:
    text = "Agence France Presse de Lille"
    nested = article(("org", text), ("org", "France Presse"), ("loc", "France"), text=text)
    out, losses = exported(tmp_path, "hipe", nested)
    assert losses == []
    assert sorted(path.name for path in out.iterdir()) == ["entities.2.tsv", "entities.tsv"]
    assert shapes(labelled(read(out, "hipe"))) == shapes([nested])


def test_entities_go_out_by_their_wikidata_number(tmp_path: Path) -> None:
    text = "Ville de Lille, Roy, Lee"
    one = article(
        ("org", "Ville de Lille"), ("loc", "Lille"), ("per", "Roy"), ("per", "Lee"), text=text
    )
    known = {"ORG": "e1", "LOC": "e1", "Roy": "e2"}
    spans = [
        s._replace(entity=known.get(s.surface) or known.get(s.label.upper())) for s in one.spans
    ]
    register = {
        "e1": Entity("e1", "Lille", external_id="https://www.wikidata.org/wiki/Q648"),
        "e2": Entity("e2", "Anne Roy", external_id="VIAF 17"),
    }
    corpus = Corpus(SCHEME, lambda: iter([one._replace(spans=spans)]), register)
    writer = HipeWriter(corpus, BY_DEFAULT)
    losses = list(writer.write(tmp_path))
    assert list(writer.differences(tmp_path)) == []
    assert writer.held["entity"] == 1
    assert [(loss.kind, loss.outcome, loss.text) for loss in losses] == [
        ("entity", "changed", "Ville de Lille"),
        ("entity", "left out", "Roy"),
        ("entity", "left out", "Lille"),
    ]
    lines = (tmp_path / "entities.tsv").read_text("utf-8").splitlines()
    links = [line.split("\t")[7] for line in lines if line.count("\t") == 9]
    assert links == ["NEL-LIT", "Q648", "Q648", "Q648", "_", "NIL", "_", "_"]
    found = list(read_hipe(tmp_path / "entities.tsv", AS_IT_IS))
    (entity,) = [each for made in found if isinstance(made, Foundation) for each in made.entities]
    assert entity == Entity("wikidata:Q648", "Ville de Lille", external_id="Q648")


FOREIGN = (
    HEADER
    + """\
# hipe2022:document_id = GAZ-1888-08-03-a
# hipe2022:date = 1888-08-03
# hipe2022:language = fr
# hipe2022:applicable_columns = TOKEN NE-COARSE-LIT
# gaz:publication_title = Gazette
Le	O	O	O	O	O	O	_	_	_
maire	B-pers	B-org	B-pers.ind	O	B-comp.function	O	Q1|Q2	Q9	_
de	I-pers	I-org	I-pers.ind	O	O	O	Q1|Q2	Q9	EndOfLine
Roubaix	I-pers	I-org	I-pers.ind	O	O	B-loc.adm.town	Q1|Q2	Q9	NoSpaceAfter
,	O	O	O	O	O	O	_	_	EndOfLine|NoSpaceAfter
deColmar	B-loc	O	B-loc	O	O	O	NIL	_	EndOfSentence|Partial-2:8
#	O	O	O	O	O	O	_	_	_

# hipe2022:document_id = GAZ-2
# gaz:page = 2
Rien	O	_	_	_	_	O	_	_	_
"""
)


def test_a_file_of_the_shared_task_is_read(tmp_path: Path) -> None:
    found = given_file_of(tmp_path, FOREIGN)
    first, second = labelled_of(found)
    assert first.article.text == "Le maire de\nRoubaix,\ndeColmar #"
    assert [(s.label, s.surface, s.attributes, s.entity) for s in first.spans] == [
        ("pers", "maire de\nRoubaix", '{"subtype":"pers.ind","metonymy":"org"}', "wikidata:Q1"),
        ("loc.adm.town", "Roubaix", "{}", None),
        ("loc", "Colmar", "{}", None),
    ]
    expected = ("GAZ-1888-08-03-a", "1888-08-03", "fr")
    assert (first.article.id, first.article.published, first.article.language) == expected
    assert first.article.meta["gaz:publication_title"] == "Gazette"
    assert (second.article.id, second.article.text) == ("GAZ-2", "Rien")


def given_file_of(tmp_path: Path, text: str) -> list[object]:
    file = tmp_path / "given.tsv"
    file.write_text(text, "utf-8")
    return list(read_hipe(file, AS_IT_IS))


def labelled_of(found: list[object]) -> list[LabelledArticle]:
    return [each for each in found if isinstance(each, LabelledArticle)]


def test_columns_that_are_left_out_are_counted(tmp_path: Path) -> None:
    told = [str(each) for each in given_file_of(tmp_path, FOREIGN)]
    assert "given.tsv: 1 annotation of column NE-FINE-COMP was left out." in told
    assert "given.tsv: 1 annotation of column NEL-METO was left out." in told


def test_the_columns_of_2020_are_read(tmp_path: Path) -> None:
    old = (
        f"{HEADER.removesuffix(chr(9) + 'MISC' + chr(10))}\n# language = fr\n# newspaper = GAZ\n"
        "# date = 1900-01-02\n# document_id = GAZ-1\nLille\tB-loc\tO\tO\tO\tO\tO\tQ648\t_\n"
    )
    first = labelled_of(given_file_of(tmp_path, old))[0]
    assert (first.article.source, first.article.published) == ("GAZ", "1900-01-02")
    assert [(s.label, s.surface) for s in first.spans] == [("loc", "Lille")]


def test_a_table_of_tokens_is_told_from_other_tables(tmp_path: Path) -> None:
    tokens, other = tmp_path / "a.tsv", tmp_path / "b.tsv"
    tokens.write_text(FOREIGN, "utf-8")
    other.write_text("title\ttext\nA\tB\n", "utf-8")
    format_ = format_of("hipe")
    assert recognise(tokens, [format_]) is format_
    assert recognise(other, [format_]) is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Lille\tB-loc", "given.tsv:3: “Lille\tB-loc” has not as many columns"),
        ("Lille\tPER\t_\t_\t_\t_\tO\t_\t_\t_", "given.tsv:3: “PER” is no tag"),
        ("Lille\tO\t_\t_\t_\t_\tI-loc\t_\t_\t_", "given.tsv:3: The tag goes on"),
    ],
)
def test_a_bad_row_is_told_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    sound = "à\tB-x\t_\t_\t_\t_\tO\t_\t_\tPartial-5:1\n"
    found = given_file(tmp_path, "hipe", f"{HEADER}{sound}{row}\n")
    assert ("x", "à") in surfaces(found)
    (problem,) = problems(found)
    assert problem.startswith(said)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(one=TEXTS, picks=PICKS, other=TEXTS, more=PICKS)
def test_any_article_comes_back_but_for_what_is_told(
    tmp_path_factory: pytest.TempPathFactory,
    one: str,
    picks: list[tuple[int, int, int]],
    other: str,
    more: list[tuple[int, int, int]],
) -> None:
    folder = tmp_path_factory.mktemp("any")
    corpus = [picked(one, picks)] + [picked(other, more, "a2")] * (other != one)
    out, losses = exported(folder, "hipe", *corpus)
    found = read(out, "hipe")
    assert problems(found) == remarks(found) == []
    assert {each.article.text for each in labelled(found)} == {one, other}
    touched = left_out(losses) | changed(losses)
    exact = [
        each._replace(spans=[s for s in each.spans if s.annotation not in touched])
        for each in corpus
    ]
    assert shapes(exact) <= shapes(labelled(found))
    kept = sum(s.n == 0 and s.annotation not in left_out(losses) for a in corpus for s in a.spans)
    assert sum(shapes(labelled(found)).values()) == kept


def test_any_metadata_comes_back(tmp_path: Path) -> None:
    meta = {"page": 3, "a = b": "[x", "hipe2022:date": "\u2028", "list": [1, {"x": None}]}
    one = LabelledArticle(
        Article('"odd" id', "Rien.", "Titre", published="2020-01-02", meta=meta), [], []
    )
    out, losses = exported(tmp_path, "hipe", one)
    assert losses == []
    (back,) = labelled(read(out, "hipe"))
    assert replace(back.article, state=one.article.state) == one.article
