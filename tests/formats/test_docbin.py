"""spaCy documents: spaCy finds our spans, everything comes back, whatever else is in a file is told."""

import json
import struct
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import spacy
import srsly
from hypothesis import given
from spacy.tokens import Doc, DocBin, Span, SpanGroup
from spacy.training import Corpus
from spacy.vocab import Vocab

from annotator.core.corpus import LabelledArticle
from annotator.core.errors import UserError
from annotator.core.formats import Align, Overlap, Writing
from annotator.core.model import Article, Link
from annotator.core.scheme import Label, Scheme
from annotator.formats import extras
from annotator.formats.spacy import docbin, docbin_unpacked
from annotator.formats.spacy.docbin import DocBinWriter, read_docbin
from annotator.formats.spacy.docbin_unpacked import stored
from tests.formats.marked import (
    ANNE,
    NAMES,
    TEXT,
    any_folder,
    article_of,
    articles,
    at,
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

FRENCH = spacy.blank("fr")

GOLDEN = Path(__file__).parent / "golden"

WIDENED = ("annotation", "changed", "It was widened to whole tokens.")
HIDDEN = (
    "annotation",
    "changed",
    "It lies inside or across another: it is in doc.spans, but not in doc.ents.",
)


def docs_of(path: Path) -> list[Any]:
    """Return the documents as spaCy alone reads them."""
    return list(DocBin().from_disk(path).get_docs(Vocab()))


def bin_of(path: Path, *docs: Any, attrs: tuple[str, ...] = ("ENT_IOB", "ENT_TYPE")) -> Path:
    DocBin(attrs=attrs, docs=docs, store_user_data=True).to_disk(path)
    return path


def exported(folder: Path, *labelled: LabelledArticle, how: Writing | None = None) -> Path:
    proved(DocBinWriter, corpus(*labelled), folder, how or Writing(), "train.spacy")
    return folder / "train.spacy"


def test_everything_survives(tmp_path: Path) -> None:
    second = LabelledArticle(Article("a2", "Rien à dire."), [], [])
    losses = proved(DocBinWriter, corpus(rich(), second), tmp_path, name="x.spacy")
    assert reasons(losses) == {WIDENED, HIDDEN}
    found = list(read_docbin(tmp_path / "x.spacy"))
    assert problems(found) == remarks(found) == []
    first, other = (each for each in found if isinstance(each, LabelledArticle))
    assert first.article == rich().article
    assert other.article == second.article
    ours = rich(names := TEXT)
    assert names == first.article.text
    assert shapes(first) == shapes(ours, NAMES)
    assert {s.annotation: s[6:] for s in first.spans} == {s.annotation: s[6:] for s in ours.spans}
    assert first.links == ours.links
    assert entities_of(found) == [ANNE, *[e for e in entities_of(found) if e.id == "e2"]]


def test_a_file_of_an_older_version_comes_in() -> None:
    found = list(read_docbin(GOLDEN / "spacy" / "rich.spacy"))
    assert problems(found) == []
    assert article_of(found).article == rich().article
    assert shapes(article_of(found)) == shapes(rich(), NAMES)
    assert article_of(found).links == rich().links


def test_spacy_finds_exactly_our_spans(tmp_path: Path) -> None:
    (doc,) = docs_of(exported(tmp_path, rich()))
    assert doc.text == TEXT
    exact = [span for span in rich().spans if span.annotation != "p2"]
    expected = Counter((NAMES[s.label], s.start, s.end, s.surface, s.annotation) for s in exact)
    found = Counter(
        (s.label_, s.start_char, s.end_char, s.text, s.id_)
        for s in doc.spans["sc"]
        if s.id_ != "p2"
    )
    assert found == expected
    assert [s.text for s in doc.spans["sc"] if s.id_ == "p2"] == ["-elle"]
    assert [(e.label_, e.text, e.kb_id_) for e in doc.ents] == [
        ("PER", "la préfète de l'Écologie Anne N'Guyen", "Q1"),
        ("LOC", "Brest", ""),
        ("ORG", "AFP", ""),
        ("PER", "-elle", ""),
    ]
    assert doc.user_data["meta"]["title"] == "La mer monte : « vite »"
    assert {(k["type"], k["from"], k["to"]) for k in doc.user_data["links"]} >= {
        ("source", "q1", "p1"),
        ("cue", "q1", "c1"),
    }


def test_a_number_with_a_narrow_space_and_an_inversion_keep_their_blanks(tmp_path: Path) -> None:
    (doc,) = docs_of(exported(tmp_path, rich()))
    words = [token.text for token in doc]
    assert "\u202f" in words and "\u00a0" in words
    assert "".join(token.text_with_ws for token in doc) == TEXT


def test_articles_are_cut_as_their_language_is(tmp_path: Path) -> None:
    english = Article("e", "They don't agree, l'an dernier.", language="en-GB")
    french = Article("f", "They don't agree, l'an dernier.", language="")
    other = Article("x", "They don't agree.", language="tlh")
    bare = [LabelledArticle(each, [], []) for each in (english, french, other)]
    writer = DocBinWriter(corpus(*bare))
    assert list(writer.write(tmp_path / "x.spacy")) == []
    first, second, _third = docs_of(tmp_path / "x.spacy")
    assert "n't" in [token.text for token in first]
    assert "l'" in [token.text for token in second]
    assert writer.settings["tokenizer"].endswith("“en”, “fr”, “xx”")
    assert writer.settings["doc.ents"] == "PER, ORG, LOC"


@pytest.mark.parametrize("is_small", [True, False])
@any_folder(20)
@given(labelled=articles())
def test_any_article_comes_back(
    tmp_path_factory: Any,
    monkeypatch: pytest.MonkeyPatch,
    is_small: bool,
    labelled: LabelledArticle,
) -> None:
    monkeypatch.setattr(docbin, "_SMALL", 1 << 25 if is_small else 0)
    file = exported(tmp_path_factory.mktemp("out"), labelled)
    found = list(read_docbin(file))
    assert problems(found) == []
    back = article_of(found)
    assert back.article == labelled.article
    assert not shapes(back) - shapes(labelled, NAMES)
    (doc,) = docs_of(file)
    assert doc.text == labelled.article.text
    for span in (*doc.ents, *doc.spans["sc"]):
        assert span.text == span.text.strip(), "spaCy cannot train with blanks at the edges"


ALIGNED: list[tuple[Align, list[str], set[str]]] = [
    ("expand", ["-elle", "AFP"], {"It was widened to whole tokens."}),
    ("contract", ["AFP"], {"There is no whole token in it."}),
    ("drop", ["AFP"], {"Its edges lie inside tokens."}),
    ("mask", ["AFP"], {"Its tokens go out as unknown."}),
]


@pytest.mark.parametrize(("align", "texts", "told"), ALIGNED)
def test_edges_inside_tokens_follow_the_choice(
    tmp_path: Path, align: Align, texts: list[str], told: set[str]
) -> None:
    labelled = LabelledArticle(
        Article("a", TEXT, language="fr"),
        [
            *spans(TEXT, "o", "org", at("AFP")),
            *spans(TEXT, "p", "per", at("elle")),
        ],
        [Link("k", "refers", "p", "o")],
    )
    losses = proved(DocBinWriter, corpus(labelled), tmp_path, Writing(align=align), name="x.spacy")
    assert {each.reason for each in losses if each.kind == "annotation"} == told
    (doc,) = docs_of(tmp_path / "x.spacy")
    assert sorted(span.text for span in doc.ents) == texts
    unknown = [token.text for token in doc if token.ent_iob_ == ""]
    assert unknown == (["-elle"] if align == "mask" else [])


def test_what_is_masked_and_is_no_entity_is_left_out_as_such(tmp_path: Path) -> None:
    labelled = LabelledArticle(Article("a", TEXT), spans(TEXT, "c", "cue", at("elle dit")), [])
    losses = proved(DocBinWriter, corpus(labelled), tmp_path, Writing(align="mask"), name="x.spacy")
    assert reasons(losses) == {
        (
            "annotation",
            "left out",
            "Its edges lie inside tokens, and the format cannot call them unknown.",
        )
    }
    assert all(token.ent_iob_ == "O" for token in docs_of(tmp_path / "x.spacy")[0])


def test_a_strict_export_is_refused(tmp_path: Path) -> None:
    writer = DocBinWriter(corpus(rich()), Writing(align="strict"))
    with pytest.raises(UserError, match=r"“elle” in La mer monte"):
        list(writer.write(tmp_path / "x.spacy"))
    with pytest.raises(UserError):
        list(writer.losses())


OVERLAPS: list[tuple[Overlap, set[str]]] = [
    ("layers", {"a b", "a", "b c"}),
    ("per-label", {"a b", "a", "b c"}),
    ("outermost", {"a b"}),
    ("innermost", {"a", "b c"}),
]


@pytest.mark.parametrize(("overlap", "texts"), OVERLAPS)
def test_overlaps_follow_the_choice(tmp_path: Path, overlap: Overlap, texts: set[str]) -> None:
    text = "a b c d"
    groups = [
        spans(text, "1", "per", (0, 3)),
        spans(text, "2", "org", (0, 1)),
        spans(text, "3", "loc", (2, 5)),
    ]
    labelled = LabelledArticle(Article("a", text), [s for g in groups for s in g], [])
    proved(DocBinWriter, corpus(labelled), tmp_path, Writing(overlap=overlap), "x.spacy")
    (doc,) = docs_of(tmp_path / "x.spacy")
    assert {span.text for span in doc.spans["sc"]} == texts
    assert [ent.text for ent in doc.ents] == (["a", "b c"] if overlap == "innermost" else ["a b"])


def test_fragments_that_meet_in_one_token_become_one_stretch(tmp_path: Path) -> None:
    text = "un porte-parole parle"
    labelled = LabelledArticle(
        Article("a", text), spans(text, "1", "per", at("port", text), at("parole", text)), []
    )
    (doc,) = docs_of(exported(tmp_path, labelled))
    assert [span.text for span in doc.spans["sc"]] == ["porte-parole"]
    assert shapes(article_of(read_docbin(tmp_path / "train.spacy"))) == shapes(labelled, NAMES)


def test_long_spans_are_said_to_be_more_than_spacy_proposes(tmp_path: Path) -> None:
    writer = DocBinWriter(corpus(rich()))
    list(writer.write(tmp_path / "x.spacy"))
    assert writer.settings['doc.spans["sc"]'] == (
        "up to 8 tokens long; spancat proposes 1 to 3 unless told otherwise"
    )


def test_an_article_is_shown_as_its_tokens(tmp_path: Path) -> None:
    writer = DocBinWriter(corpus(rich()), Writing(align="mask"))
    list(writer.write(tmp_path / "x.spacy"))
    lines = writer.shown(tmp_path / "x.spacy").split("\n")
    assert lines[:3] == ["«\tO", "La\tO", "mer\tO"]
    assert {"AFP\tB-ORG", "-elle\t?", "\\n\tO", "\\u202f\tO", "Cue\ta prévenu"} <= set(lines)


def test_a_scheme_without_entities_tags_its_first_group(tmp_path: Path) -> None:
    scheme = Scheme(labels=(Label("q", "Quote", group="quotes"), Label("c", "Cue", group="cues")))
    text = "« Oui », dit-il."
    labelled = LabelledArticle(
        Article("a", text),
        [*spans(text, "1", "q", (2, 5)), *spans(text, "2", "c", (9, 12))],
        [],
    )
    proved(DocBinWriter, corpus(labelled, scheme=scheme), tmp_path, name="x.spacy")
    (doc,) = docs_of(tmp_path / "x.spacy")
    assert [ent.label_ for ent in doc.ents] == ["Quote"]
    assert [span.label_ for span in doc.spans["sc"]] == ["Quote", "Cue"]


def test_an_empty_corpus_is_a_file_that_spacy_reads(tmp_path: Path) -> None:
    assert docs_of(exported(tmp_path)) == []
    assert list(read_docbin(tmp_path / "train.spacy")) == []


def test_a_span_moved_in_spacy_comes_back_where_it_was_moved(tmp_path: Path) -> None:
    (doc,) = docs_of(exported(tmp_path, rich()))
    kept = [span for span in doc.spans["sc"] if span.id_ != "p2"]
    at_elle = next(span for span in doc.spans["sc"] if span.id_ == "p2").start
    moved = Span(doc, at_elle, at_elle + 2, label="PER", span_id="p2")
    doc.spans["sc"] = SpanGroup(doc, spans=[*kept, moved])
    doc.set_ents([])
    file = bin_of(tmp_path / "moved.spacy", doc)
    back = article_of(read_docbin(file))
    assert [s.surface for s in back.spans if s.annotation == "p2"] == ["-elle dit"]
    assert [k.to_id for k in back.links if k.from_id == "q2"] == ["p2"]


def test_documents_of_others_come_in_with_entities_and_spans(tmp_path: Path) -> None:
    doc = FRENCH("Le maire de Lille\r\na parlé à l’AFP.")
    doc.set_ents([Span(doc, 3, 4, label="LOC", kb_id="Q648", span_id="lille")])
    doc.spans["ruler"] = [Span(doc, 0, 4, label="PER"), Span(doc, 3, 4, label="LOC")]
    doc.user_data["meta"] = {"title": "Lille", "n": [1, 2]}
    doc.user_data["rel"] = "…"
    doc.cats = {"politique": 1.0}
    doc[0].tag_ = "DET"
    found = list(
        read_docbin(bin_of(tmp_path / "x.spacy", doc, attrs=("TAG", "ENT_TYPE", "ENT_IOB")))
    )
    assert problems(found) == []
    assert remarks(found) == [
        "x.spacy: “rel” of 1 document was not taken over.",
        "x.spacy: “TAG” of 1 document was not taken over.",
    ]
    back = article_of(found)
    assert back.article.text == "Le maire de Lille\na parlé à l’AFP."
    assert (back.article.title, back.article.meta) == (
        "Lille",
        {"n": [1, 2], "cats": {"politique": 1.0}},
    )
    assert shapes(back) == Counter([("LOC", (12, 17)), ("PER", (0, 17))])
    assert {span.origin for span in back.spans} == {"import"}


def test_ids_that_others_give_are_kept_as_attributes(tmp_path: Path) -> None:
    doc = FRENCH("Lille et Lille")
    doc.set_ents(
        [Span(doc, at, at + 1, label="LOC", kb_id="Q648", span_id="lille") for at in (0, 2)]
    )
    attrs = ("ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID")
    back = article_of(read_docbin(bin_of(tmp_path / "x.spacy", doc, attrs=attrs)))
    assert [json.loads(span.attributes) for span in back.spans] == [
        {"id": "lille", "kb_id": "Q648"}
    ] * 2


def test_words_without_blanks_are_joined_and_told(tmp_path: Path) -> None:
    words = ["L'", "AFP", "a", "dit", ":", "oui", "."]
    doc = Doc(FRENCH.vocab, words=words, spaces=None)
    doc.has_unknown_spaces = True
    doc.set_ents([Span(doc, 1, 2, label="ORG")])
    found = list(read_docbin(bin_of(tmp_path / "x.spacy", doc)))
    assert article_of(found).article.text == "L'AFP a dit\u00a0: oui."
    assert shapes(article_of(found)) == Counter([("ORG", (2, 5))])
    assert "does not say where blanks stood in 1 article" in remarks(found)[0]


def test_labels_that_are_words_of_spacys_own_are_found(tmp_path: Path) -> None:
    """spaCy counts its symbols (ORG, PERSON, NOUN) instead of hashing them."""
    text = "PERSON ORG NOUN lemma x"
    scheme = Scheme(labels=(Label("p", "PERSON"), Label("n", "NOUN")))
    labelled = LabelledArticle(
        Article("a", text), [*spans(text, "ORG", "p", (0, 6)), *spans(text, "2", "n", (7, 10))], []
    )
    proved(DocBinWriter, corpus(labelled, scheme=scheme), tmp_path, name="x.spacy")
    back = article_of(read_docbin(tmp_path / "x.spacy"))
    assert [(s.annotation, s.label) for s in back.spans] == [("ORG", "PERSON"), ("2", "NOUN")]


# Files that are not as they should be


def packed(path: Path, **changes: Any) -> Path:
    """Write a DocBin of one small document with some parts as given."""
    doc = FRENCH("Lille dort.")
    doc.spans["sc"] = [Span(doc, 0, 1, label="LOC", span_id="l")]
    parts = srsly.msgpack_loads(
        zlib.decompress(DocBin(docs=[doc], store_user_data=True).to_bytes())
    )
    path.write_bytes(zlib.compress(srsly.msgpack_dumps({**parts, **changes})))
    return path


def group_of(**span: int) -> bytes:
    row = {"id": 0, "kb_id": 0, "label": 0, "start": 0, "end": 1, "from": 0, "to": 5} | span
    raw = struct.pack(">QQQllll", *row.values())
    group = srsly.msgpack_dumps({"name": "sc", "attrs": {}, "spans": [raw]})
    return srsly.msgpack_dumps({group: ["sc"]})


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "it ends too early"),
        (b"Lille dort.", "it is not packed as spaCy does it"),
        (zlib.compress(b"\x81\xa5Lille"), "it ends too early"),
        (zlib.compress(srsly.msgpack_dumps([1, 2])), "x.spacy"),
        (
            zlib.compress(srsly.msgpack_dumps({"tokens": "x"})),
            "its parts are not what spaCy writes",
        ),
        (zlib.compress(srsly.msgpack_dumps({"attrs": [65]})), "x.spacy"),
    ],
)
def test_what_is_no_docbin_is_told(tmp_path: Path, raw: bytes, told: str) -> None:
    (tmp_path / "x.spacy").write_bytes(raw)
    (problem,) = problems(read_docbin(tmp_path / "x.spacy")) or ["x.spacy"]
    assert told in problem


def test_a_truncated_file_is_told(tmp_path: Path) -> None:
    file = packed(tmp_path / "x.spacy")
    file.write_bytes(file.read_bytes()[:-40])
    assert problems(read_docbin(file)) == [
        "x.spacy: It cannot be read as spaCy's documents: it ends too early."
    ]


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("lengths", b"\x09\0\0\0"),
        ("lengths", b"\xff\xff\xff\xff"),
        ("spaces", b""),
        ("cats", []),
        ("attrs", [66]),
        ("strings", ["x", 7]),
        ("strings", "x"),
    ],
)
def test_parts_that_do_not_fit_are_told(tmp_path: Path, part: str, value: Any) -> None:
    (problem,) = problems(read_docbin(packed(tmp_path / "x.spacy", **{part: value})))
    assert problem.startswith("x.spacy: It cannot be read as spaCy's documents: ")


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("span_groups", [b"\xc1"]),
        ("user_data", [b"\x81"]),
        ("strings", []),
    ],
)
def test_a_document_that_is_broken_is_told(tmp_path: Path, part: str, value: Any) -> None:
    (problem,) = problems(read_docbin(packed(tmp_path / "x.spacy", **{part: value})))
    assert problem.startswith("x.spacy, document 1: The document cannot be read: ")


def test_a_span_beyond_its_document_is_told_and_the_rest_comes_in(tmp_path: Path) -> None:
    loc = Vocab().strings.add("LOC")
    places = ({"end": 99}, {"start": -5}, {"start": 2, "end": 2}, {"label": 0}, {"label": 7**20})
    for place in places:
        file = packed(tmp_path / "x.spacy", span_groups=[group_of(**{"label": loc} | place)])
        found = list(read_docbin(file))
        assert "lies outside the text" in problems(found)[0]
        assert article_of(found).article.text == "Lille dort."


def test_user_data_that_is_not_as_ours_should_be_is_told(tmp_path: Path) -> None:
    (doc,) = docs_of(exported(tmp_path, rich()))
    doc.user_data["links"] = [
        {"type": "source", "from": "q1", "to": "nobody"},
        {"type": "source", "from": "q1", "to": "q1"},
        {"type": "cue", "from": "q1", "to": "c1"},
        {"type": "cue", "from": "q1", "to": "c1"},
        "x",
    ]
    doc.user_data["annotations"] = {
        "q1": {"state": "perhaps", "score": "high", "note": 7, "attributes": [1]},
        "p2": {"tokens": [[117, 122]], "fragments": [[5, 3], "x"]},
        "c1": 12,
    }
    doc.user_data["entities"] = [{"id": "e1"}, 5]
    found = list(read_docbin(bin_of(tmp_path / "x.spacy", doc)))
    told = problems(found)
    assert len(told) == 5
    assert sum("joins nothing" in each for each in told) == 4
    assert sum("The state “perhaps” is unknown" in each for each in told) == 1
    assert len(article_of(found).links) == 1


def test_a_file_that_unpacks_to_gigabytes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docbin_unpacked, "_HARMLESS", 1 << 16)
    head = b"\x81\xa6tokens\xc6" + struct.pack(">I", 1 << 26)
    (tmp_path / "x.spacy").write_bytes(zlib.compress(head + bytes(1 << 26)))
    (problem,) = problems(read_docbin(tmp_path / "x.spacy"))
    assert "far more than such a file can hold" in problem


def test_documents_come_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docbin_unpacked, "_BATCH", 30)
    monkeypatch.setattr(docbin, "_SMALL", 0)
    many = [rich(f"{TEXT} {number}.") for number in range(7)]
    file = exported(tmp_path, *many)
    assert [each.doc.text for each in stored(file)] == [each.article.text for each in many]


def test_without_spacy_it_is_said_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = exported(tmp_path, rich())
    monkeypatch.setattr(extras, "find_spec", lambda _name: None)
    wanted = r'pip install "annotator\[spacy\]"'
    with pytest.raises(UserError, match=wanted):
        DocBinWriter(corpus(rich()))
    (problem,) = problems(read_docbin(file))
    assert 'pip install "annotator[spacy]"' in problem


def test_a_training_sees_what_was_said(tmp_path: Path) -> None:
    """spaCy cuts the text again in training, and passes over what does not fit its own tokens."""
    how = Writing(align="mask")
    proved(DocBinWriter, corpus(rich()), tmp_path, how, "x.spacy")
    (example,) = Corpus(tmp_path / "x.spacy")(FRENCH)
    words = [token.text for token in example.predicted]
    assert words == [token.text for token in example.reference]
    tags = example.get_aligned_ner()
    assert [word for word, tag in zip(words, tags, strict=True) if tag is None] == ["-elle"]
    assert [word for word, tag in zip(words, tags, strict=True) if tag == "U-ORG"] == ["AFP"]
    spans = example.reference.spans["sc"]
    seen = example.get_aligned_spans_y2x(spans, allow_overlap=True)
    assert [span.text for span in seen] == [span.text for span in spans]
