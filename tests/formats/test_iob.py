"""IOB1, IOB2 and BIOES columns: out exactly, in from any tool, proved by spaCy and seqeval."""

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core.formats import Writing
from annotator.formats.columns.tags import Evidence, Tagged, TagScheme, decode, encode
from tests.formats.token_samples import (
    PICKS,
    TEXTS,
    TRAPPED,
    TRAPS,
    article,
    changed,
    check_sound,
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

FAMILY: tuple[TagScheme, ...] = ("iob1", "iob2", "bioes")


def rows(path: Path) -> list[list[str]]:
    """Return the columns of a file without its comments, an empty list for an empty line."""
    lines = path.read_text("utf-8").split("\n")
    return [line.split("\t") if line else [] for line in lines if not line.startswith("# ")]


def sentences(path: Path) -> list[list[list[str]]]:
    found: list[list[list[str]]] = [[]]
    for row in rows(path):
        if row:
            found[-1].append(row)
        elif found[-1]:
            found.append([])
    return [sentence for sentence in found if sentence]


GOLDEN = """\
# newdoc id = "a1"
# "title" = "Le vote"
# text = "M.\\u00a0Roy, de l\\u2019AFP.\\nLille vote."
M.\t{0}
Roy\t{1}
,\tO
de\tO
l’\tO
AFP\t{2}
.\tO

Lille\t{3}
vote\tO
.\tO

"""


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("iob1", ("I-PER", "I-PER", "I-ORG", "I-LOC")),
        ("iob2", ("B-PER", "I-PER", "B-ORG", "B-LOC")),
        ("bioes", ("B-PER", "E-PER", "S-ORG", "S-LOC")),
    ],
)
def test_an_article_as_columns(tmp_path: Path, name: str, tags: tuple[str, ...]) -> None:
    text = "M.\u00a0Roy, de l’AFP.\nLille vote."
    labels = (("per", "M.\u00a0Roy"), ("org", "AFP"), ("loc", "Lille"))
    out, losses = exported(tmp_path, name, article(*labels, text=text, title="Le vote"))
    assert losses == []
    (file,) = out.iterdir()
    assert file.name == f"entities.{name}"
    assert file.read_text("utf-8") == GOLDEN.format(*tags)


def test_neighbours_of_one_label_stay_two(tmp_path: Path) -> None:
    two = article(("per", "Anne"), ("per", "Roy"), text="Anne Roy vote")
    for name in FAMILY:
        out, _losses = exported(tmp_path, name, two)
        assert surfaces(read(out, name)) == [("PER", "Anne"), ("PER", "Roy")]
    assert "Anne\tI-PER\nRoy\tB-PER" in (tmp_path / "iob1" / "entities.iob1").read_text("utf-8")


@pytest.mark.parametrize("name", FAMILY)
def test_the_french_traps_come_back_where_they_were(tmp_path: Path, name: str) -> None:
    out, losses = exported(tmp_path, name, TRAPPED)
    assert losses == []
    found = read(out, name)
    assert problems(found) == []
    assert shapes(labelled(found)) == shapes([TRAPPED])
    assert {each.article.text for each in labelled(found)} == {TRAPS}
    assert {each.article.title for each in labelled(found)} == {"Dit\tet\u2028redit"}
    assert {each.article.id for each in labelled(found)} == {"a1"}


def test_spacy_finds_our_entities(tmp_path: Path) -> None:
    converters = pytest.importorskip("spacy.training.converters")
    out, _losses = exported(tmp_path, "iob2", TRAPPED)
    expected = [
        "-t-il", "AFP", "MmeN’Diaye", "Amnesty", "-elle", "Élysée", "E\u0301lise",
    ]  # fmt: skip
    plain = "\n\n".join(
        "\n".join(f"{word} {tag}" for word, tag in sentence)
        for sentence in sentences(out / "entities.iob2")
    )
    piped = "\n".join(
        " ".join(f"{word}|{tag}" for word, tag in sentence)
        for sentence in sentences(out / "entities.iob2")
    )
    for docs in (
        converters.conll_ner_to_docs(f"-DOCSTART- -X- O O\n\n{plain}", no_print=True),
        converters.iob_to_docs(piped, no_print=True),
    ):
        found = [entity for doc in docs for entity in doc.ents]
        assert [entity.text.replace(" ", "") for entity in found] == expected
        assert {entity.label_ for entity in found} == {"PER", "ORG"}


@pytest.mark.parametrize(("name", "mode"), [("iob1", "IOB1"), ("iob2", "IOB2"), ("bioes", "IOBES")])
def test_seqeval_finds_our_annotations(tmp_path: Path, name: str, mode: str) -> None:
    scheme = pytest.importorskip("seqeval.scheme")
    out, _losses = exported(tmp_path, name, TRAPPED, article(id_="a2", text="Rien."))
    for file in out.iterdir():
        tags = [[tag for _word, tag in sentence] for sentence in sentences(file)]
        words = [[word for word, _tag in sentence] for sentence in sentences(file)]
        entities = scheme.Entities(tags, getattr(scheme, mode)).entities
        found = [
            (each.tag, "".join(words[each.sent_id][each.start : each.end]))
            for each in chain.from_iterable(entities)
        ]
        assert found == [
            (span.label, "".join(span.surface.split()))
            for each in labelled(read(file, name))
            for span in each.spans
        ]


def test_a_blank_within_a_number_is_told_and_found_again(tmp_path: Path) -> None:
    number = article(("org", "10\u202f000 fans"))
    out, losses = exported(tmp_path, "iob2", number)
    assert [loss.reason for loss in losses] == ["Blanks inside its numbers were dropped."]
    assert ["10000", "B-ORG"] in rows(out / "entities.iob2")
    assert surfaces(read(out, "iob2")) == [("ORG", "10\u202f000 fans")]


def test_what_lies_inside_goes_to_further_files_from_the_first_article_on(tmp_path: Path) -> None:
    nested = article(("org", "Ville de Lille"), ("loc", "Lille"), text="Ville de Lille", id_="a3")
    two = article(("per", "Anne"), text="Anne vote.", id_="a2")
    out, losses = exported(tmp_path, "iob2", article(text="Rien."), two, nested, article(id_="a4"))
    assert losses == []
    assert sorted(path.name for path in out.iterdir()) == ["entities.2.iob2", "entities.iob2"]
    found = labelled(read(out / "entities.2.iob2", "iob2"))
    assert [each.article.id for each in found] == ["a1", "a2", "a3", "a4"]
    assert [len(each.spans) for each in found] == [0, 0, 1, 0]
    assert shapes(labelled(read(out, "iob2"))) == shapes([two, nested])


@pytest.mark.parametrize("name", ["iob2", "bioes", "conll2003", "hipe"])
def test_a_file_that_begins_late_is_as_if_it_had_been_there(tmp_path: Path, name: str) -> None:
    text = "Ville de Lille. Elle dort. Fin\u00a0!"
    across = article(("org", "Lille. Elle"), text=text, id_="a2", title="é")
    inside = article(
        ("org", "Ville de Lille"), ("loc", "Lille"), ("quote", "Fin"), text=text, id_="a3"
    )
    late, _losses = exported(tmp_path, name, article(text="Rien.\nRien."), across, inside)
    bare = across._replace(spans=[])
    soon, _losses = exported(tmp_path / "soon", name, inside, article(text="Rien.\nRien."), bare)
    for file in late.iterdir():
        if file.stem != "entities":
            ours, theirs = (path.read_text("utf-8") for path in (file, soon / file.name))
            header = ours[: ours.index("#")] if name == "hipe" else ""
            parts = (sorted(each.removeprefix(header).split("\n\n")) for each in (ours, theirs))
            assert next(parts) == next(parts)


def test_a_group_without_annotations_has_no_file(tmp_path: Path) -> None:
    quote = article(("quote", "Oui"), text="Oui.")
    out, _losses = exported(tmp_path, "iob2", article(text="Rien."), quote)
    assert [path.name for path in out.iterdir()] == ["quotes.iob2"]
    assert surfaces(read(out, "iob2")) == [("Quote", "Oui")]
    (tmp_path / "none").mkdir()
    empty, _losses = exported(tmp_path / "none", "iob2", article(text="Rien."))
    assert [path.name for path in empty.iterdir()] == ["entities.iob2"]


def test_a_sentence_does_not_break_an_annotation(tmp_path: Path) -> None:
    text = "« Je viens. Tu pars. Il dort. » Fin."
    quote = article(("quote", "Je viens. Tu pars. Il dort."), ("per", "Tu"), text=text)
    out, _losses = exported(tmp_path, "iob2", quote)
    assert len(sentences(out / "quotes.iob2")) == 2
    assert len(sentences(out / "entities.iob2")) > 2
    assert shapes(labelled(read(out, "iob2"))) == shapes([quote])


def test_one_layer_for_each_label_when_asked_for(tmp_path: Path) -> None:
    nested = article(("org", "Ville de Lille"), ("loc", "Lille"), text="Ville de Lille")
    out, _losses = exported(tmp_path, "iob2", nested, how=Writing(overlap="per-label"))
    assert sorted(path.name for path in out.iterdir()) == ["loc.iob2", "org.iob2"]


@pytest.mark.parametrize("name", FAMILY)
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(one=TEXTS, picks=PICKS, other=TEXTS, more=PICKS)
def test_any_article_comes_back_but_for_what_is_told(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    one: str,
    picks: list[tuple[int, int, int]],
    other: str,
    more: list[tuple[int, int, int]],
) -> None:
    folder = tmp_path_factory.mktemp("any")
    corpus = [picked(one, picks)] + [picked(other, more, "a2")] * (other != one)
    out, losses = exported(folder, name, *corpus)
    found = read(out, name)
    assert problems(found) == []
    assert {each.article.text for each in labelled(found)} == {one, other}
    touched = left_out(losses) | changed(losses)
    exact = [
        each._replace(spans=[s for s in each.spans if s.annotation not in touched])
        for each in corpus
    ]
    assert shapes(exact) <= shapes(labelled(found))
    kept = sum(
        s.n == 0 and s.annotation not in left_out(losses) for each in corpus for s in each.spans
    )
    assert sum(shapes(labelled(found)).values()) == kept


@settings(max_examples=100)
@given(
    lengths=st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), st.sampled_from("AB"))),
    scheme=st.sampled_from(FAMILY),
)
def test_tags_say_what_they_were_made_of(
    lengths: list[tuple[int, int, str]], scheme: TagScheme
) -> None:
    placed, at = [], 0
    for gap, length, label in lengths:
        placed.append(Tagged(at + gap, at + gap + length - 1, label))
        at += gap + length
    column = ["O"] * at
    for token, tag in encode(placed, scheme):
        column[token] = tag
    assert decode(column) == placed


@pytest.mark.parametrize(
    ("tags", "scheme"),
    [
        ("O I-A I-A O I-B", "iob1"),
        ("I-A B-A O I-B", "iob1"),
        ("B-A I-A O B-B", "iob2"),
        ("B-A O B-B I-B O I-A", "iob2"),
        ("B-A E-A S-B", "bioes"),
        ("B-A I-A L-A U-B", "bioes"),
        ("O O", "iob2"),
    ],
)
def test_the_scheme_is_told_by_the_tags(tags: str, scheme: TagScheme) -> None:
    evidence = Evidence()
    decode(tags.split(), (), evidence)
    assert evidence.scheme == scheme


PLAIN = "Anne\tB-PER\nRoy\tI-PER\nest\tO\nà\tO\nLille\tB-LOC\n.\tO\n\nElle\tO\ndort\tO\n.\tO\n"


def test_without_a_text_tokens_are_joined_as_french_is_set(tmp_path: Path) -> None:
    words = "Il a dit : « C' est l’ État ! » , a-t -il lancé ( hier ) . 10 % , dit -elle .".split()
    found = given_file(tmp_path, "iob2", "".join(f"{word}\tO\n" for word in words))
    (one,) = labelled(found)
    assert one.article.text == (
        "Il a dit\u00a0: «\u00a0C'est l’État\u00a0!\u00a0», a-t-il lancé (hier). "
        "10\u00a0%, dit-elle."
    )
    assert any("joined by the rules" in remark for remark in remarks(found))


def test_without_a_text_tokens_are_joined_as_english_is_set(tmp_path: Path) -> None:
    words = "The \" big \" man does n't say : Ann 's 10 % of the “ cake ” !".split()
    found = given_file(tmp_path, "iob2", "".join(f"{word}\tO\n" for word in words))
    assert labelled(found)[0].article.text == (
        "The \"big\" man doesn't say: Ann's 10% of the “cake”!"
    )


def test_sentences_become_lines_and_offsets_follow(tmp_path: Path) -> None:
    (one,) = labelled(given_file(tmp_path, "iob2", PLAIN))
    assert one.article.text == "Anne Roy est à Lille.\nElle dort."
    assert [(s.label, s.start, s.end) for s in one.spans] == [("PER", 0, 8), ("LOC", 15, 20)]


@pytest.mark.parametrize("blank", [" ", "   ", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_columns_are_parted_by_tabs_or_spaces(tmp_path: Path, blank: str, end: str) -> None:
    text = PLAIN.replace("\t", blank).replace("\n", end)
    found = given_file(tmp_path, "iob2", text)
    assert surfaces(found) == [("PER", "Anne Roy"), ("LOC", "Lille")]
    assert problems(found) == []


def test_a_no_break_space_parts_nothing(tmp_path: Path) -> None:
    found = given_file(tmp_path, "iob2", "10\u202f000 B-NUM\n10\u00a0%\tI-NUM\n\u00a0\tO\nfin O\n")
    assert surfaces(found) == [("NUM", "10\u202f000 10\u00a0%")]
    assert any("nothing but blanks" in remark for remark in remarks(found))


def test_a_byte_order_mark_and_an_old_encoding_are_read(tmp_path: Path) -> None:
    text = "Élise\tB-PER\nété\tO\n"
    for raw in (b"\xef\xbb\xbf" + text.encode(), text.encode("cp1252"), text.encode("utf-16")):
        assert surfaces(given_file(tmp_path, "iob2", raw)) == [("PER", "Élise")]


def test_iob1_is_found_out_and_told(tmp_path: Path) -> None:
    found = given_file(tmp_path, "iob2", "a\tI-A\nb\tB-A\nc\tO\n\nd\tI-A\n\ne\tI-A\n")
    assert surfaces(found) == [("A", "a"), ("A", "b"), ("A", "d"), ("A", "e")]
    assert problems(found) == []
    assert any("IOB1" in remark for remark in remarks(found))


def test_a_tag_that_goes_on_from_nothing_is_told_with_its_line(tmp_path: Path) -> None:
    found = given_file(tmp_path, "iob2", "# x = y\na\tB-A\nb\tI-B\nc\tO\n\nd\tB-A\n\ne\tI-A\n")
    assert surfaces(found) == [("A", "a"), ("B", "b"), ("A", "d"), ("A", "e")]
    assert [problem.split(": ")[0] for problem in problems(found)] == [
        "given.iob2:3",
        "given.iob2:8",
    ]


def test_bioes_and_bilou_are_checked_for_their_ends(tmp_path: Path) -> None:
    sound = "a\tB-A\nb\tL-A\nc\tU-A\n"
    assert surfaces(given_file(tmp_path, "bioes", sound)) == [("A", "a b"), ("A", "c")]
    found = given_file(tmp_path, "bioes", "a\tB-A\nb\tO\nc\tE-A\nd\tS-A\ne\tI-A\n")
    assert surfaces(found) == [("A", "a"), ("A", "c"), ("A", "d"), ("A", "e")]
    assert sorted(problem.split(": ")[0] for problem in problems(found)) == [
        *("given.bioes:1", "given.bioes:3", "given.bioes:5", "given.bioes:5"),
    ]


def test_faults_without_end_are_counted(tmp_path: Path) -> None:
    bad = "x\tB-A\nz\tO\n" * 60 + "y\tO\ny\tI-A\n" * 30
    found = given_file(tmp_path, "iob2", bad)
    assert len(problems(found)) == 21
    assert "10 more lines" in problems(found)[-1]


def test_an_article_begins_where_the_file_says_so(tmp_path: Path) -> None:
    for mark in ("-DOCSTART- -X- O O\n\n", "-DOCSTART-\tO\n\n", "# newdoc\n", "# newdoc id = x\n"):
        found = given_file(tmp_path, "iob2", f"{mark}a\tB-A\n\n{mark}b\tB-B\nc\tO\n")
        assert surfaces(found) == [("A", "a"), ("B", "b")]
        assert [each.article.text for each in labelled(found)] == ["a", "b c"]


def test_a_file_without_marks_is_cut_by_sentences(tmp_path: Path) -> None:
    found = given_file(tmp_path, "iob2", "".join(f"mot{n}\tB-A\n.\tO\n\n\n" for n in range(250)))
    assert [len(each.spans) for each in labelled(found)] == [100, 100, 50]
    assert labelled(found)[1].article.text.startswith("mot100.\nmot101.")
    assert any("100 sentences" in remark for remark in remarks(found))


def test_the_text_of_each_sentence_is_heeded(tmp_path: Path) -> None:
    lines = "# text = l'été  !\nl'\tO\nété\tB-A\n!\tO\n\n# text = Oui\nOui\tB-A\n"
    (one,) = labelled(given_file(tmp_path, "iob2", lines))
    assert one.article.text == "l'été  !\nOui"
    assert [(s.start, s.end) for s in one.spans] == [(2, 5), (9, 12)]


def test_a_text_that_is_not_that_of_the_tokens_is_told(tmp_path: Path) -> None:
    found = given_file(tmp_path, "iob2", '# newdoc id = "a"\n# text = "autre"\nmot\tB-A\n')
    assert surfaces(found) == [("A", "mot")]
    assert any("not that of its tokens" in remark for remark in remarks(found))


def test_more_columns_are_read_if_they_are_tags_and_told_if_not(tmp_path: Path) -> None:
    rows = "1\tVille\tNOUN\tB-NP\tB-ORG\tO\n2\tde\tADP\tI-NP\tI-ORG\tO\n3\tLille\tX\tI-NP\tI-ORG\tB-LOC\n"
    found = given_file(tmp_path, "iob2", rows)
    assert surfaces(found) == [("ORG", "Ville de Lille"), ("LOC", "Lille")]
    assert any(remark.startswith("given.iob2: 2 columns") for remark in remarks(found))


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("a\tB-A\nb\nc\tO\n", "given.iob2:2: “b” has not as many columns"),
        ("a\tB-A\nb\tPER\nc\tO\n", "given.iob2:2: “PER” is no tag"),
        ("a\tB-A\nb\t\nc\tO\n", "given.iob2:2: “” is no tag"),
        ("a\tB-A\nb\tx\tO\nc\tO\n", "given.iob2:2: “b\tx\tO” has not as many columns"),
        ("a\tB-A\nb\tB-\nc\tO\n", "given.iob2:2: “B-” is no tag"),
    ],
)
def test_a_bad_line_is_told_and_its_token_comes_in(tmp_path: Path, bad: str, said: str) -> None:
    found = given_file(tmp_path, "iob2", bad)
    assert labelled(found)[0].article.text == "a b c"
    assert surfaces(found) == [("A", "a")]
    (problem,) = problems(found)
    assert problem.startswith(said)


@pytest.mark.parametrize(
    "raw", [b"", b"\n\n", b"# newdoc\n", b"\xff\xfe\x00", b"PK\x03\x04zip", b"\t\n"]
)
def test_a_file_of_nothing_holds_nothing(tmp_path: Path, raw: bytes) -> None:
    assert labelled(given_file(tmp_path, "iob2", raw)) == []


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.text('ab \t\n\rOBI-AES#=|\u00a0\u2028"{', max_size=60).map(str.encode)
    | st.binary(max_size=60)
)
def test_any_bytes_end_in_articles_or_problems(tmp_path: Path, raw: bytes) -> None:
    check_sound(given_file(tmp_path, "iob2", raw))


def test_the_formats_say_what_they_hold() -> None:
    for name in FAMILY:
        assert set(format_of(name).holds) == {"overlaps", "metadata"}
