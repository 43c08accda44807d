"""A PDF becomes an article as a person would read it; what a page cannot give is told."""

import io
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core.model import Document, Problem
from annotator.readers.pdf.reader import read
from tests.readers.pdfs import (
    PICTURE,
    across,
    column,
    document,
    down,
    info,
    show,
    string,
    wrapped,
)
from tests.readers.reading import HAZARDS, article, articles, problems, remarks

BUDGET = [
    "Le conseil municipal a voté hier soir le budget de la ville, après un long débat sur les"
    " écoles et les transports. La maire s’est dite satisfaite.",
    "«\u00a0Nous avons tenu parole\u00a0», a-t-elle déclaré devant une salle pleine, où les opposants"
    " au projet avaient pris place dès la fin de la matinée.",
]
TRAINS = [
    "À la gare, les voyageurs attendaient encore vers minuit que le trafic reprenne entre les deux"
    " rives du fleuve, coupé par une panne de courant depuis le matin.",
    "Le ministre des Transports promet une enquête, mais les syndicats n’y croient plus et"
    " appellent à la grève dès lundi prochain dans toute la région.",
]
TITLE = show(60, 800, "La rentrée sous tension", 24)
ACROSS = "Une ligne qui traverse toute la page pour ne dire qu’une chose à tous."


def found(tmp_path: Path, raw: bytes) -> list[Document | Problem]:
    file = tmp_path / "une.pdf"
    file.write_bytes(raw)
    return list(read(file))


def text(tmp_path: Path, *pages: bytes, letters: tuple[str, ...] = ()) -> str:
    return article(found(tmp_path, document(pages, letters=letters))).text


def lines(*texts: str, x: float = 60, y: float = 700, size: float = 10, step: float = 12) -> bytes:
    return b"".join(show(x, y - step * at, each, size) for at, each in enumerate(texts))


@pytest.mark.parametrize("order", [down, across])
def test_one_column(tmp_path: Path, order: type[bytes]) -> None:
    page = TITLE + order(column(60, 760, [*BUDGET, *TRAINS], 70))
    assert text(tmp_path, page) == "\n\n".join(["La rentrée sous tension", *BUDGET, *TRAINS])


@pytest.mark.parametrize("order", [down, across])
def test_two_columns_are_read_one_after_the_other(tmp_path: Path, order: type[bytes]) -> None:
    page = TITLE + order(column(60, 760, BUDGET, 36), column(300, 760, TRAINS, 36))
    assert text(tmp_path, page) == "\n\n".join(["La rentrée sous tension", *BUDGET, *TRAINS])


@pytest.mark.parametrize("order", [down, across])
def test_three_columns_above_two(tmp_path: Path, order: type[bytes]) -> None:
    above = [
        column(x, 760, each, 26, 9) for x, each in ((40, BUDGET), (210, TRAINS), (380, BUDGET))
    ]
    below = [column(60, 520, TRAINS, 36), column(300, 520, BUDGET, 36)]
    page = TITLE + order(*above) + show(40, 560, ACROSS) + order(*below)
    expected = [*BUDGET, *TRAINS, *BUDGET, ACROSS, *TRAINS, *BUDGET]
    assert text(tmp_path, page) == "\n\n".join(["La rentrée sous tension", *expected])


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page(tmp_path: Path) -> None:
    long = BUDGET[0].replace(". La", ", et la") + " " + TRAINS[0]
    left, right = column(60, 760, [long], 36), column(300, 760, [long], 36)
    assert text(tmp_path, down(left[:2], right[2:5]), down(left[5:])) == long


def test_empty_lines_part_paragraphs(tmp_path: Path) -> None:
    block = wrapped(BUDGET[0], 40)
    page = lines(*block) + lines(*block, y=600)
    assert text(tmp_path, page) == f"{BUDGET[0]}\n\n{BUDGET[0]}"


def test_a_line_end_in_doubt_stays_a_line_end(tmp_path: Path) -> None:
    poem = ["Rose", "elle a vécu ce que vivent les roses,", "l’espace", "d’un matin."]
    assert (
        text(tmp_path, lines(*poem))
        == "Rose\nelle a vécu ce que vivent les roses,\nl’espace\nd’un matin."
    )


@pytest.mark.parametrize(
    ("initial", "first", "expected"),
    [
        ("L", "e conseil municipal", "Le conseil municipal"),
        ("L", "ES ÉLUS de la ville", "LES ÉLUS de la ville"),
        ("L’", "été du maire, dit-il", "L’été du maire, dit-il"),
        ("«\u00a0N", "ous avons tenu", "«\u00a0Nous avons tenu"),
        ("À", "la gare de Lille hier", "À la gare de Lille hier"),
        ("A", "Lille, les élus ont", "A Lille, les élus ont"),
    ],
)
def test_a_large_initial_belongs_to_its_word(
    tmp_path: Path, initial: str, first: str, expected: str
) -> None:
    width = len(initial) * 0.6 * 28
    page = show(60, 688, initial, 28) + lines(first, x=62 + width)
    page += lines("a voté, et la suite", x=62 + width, y=688) + lines("vient dans la page", y=676)
    page += lines("d’après, comme il est d’usage, dit-elle ici.", y=664)
    assert text(tmp_path, page).replace("\n", " ").startswith(f"{expected} a voté")


def test_words_parted_at_line_ends_are_put_together_and_told(tmp_path: Path) -> None:
    page = lines(
        "Le gouverne-",
        "ment provisoire de la ministre, peut-",
        "être, a-t-",
        "elle dit, est au-",
        "dessus de Saint-",
        "Denis\u00a0; la vice-pré-",
        "sidente, en 2020-",
        "2021, a porté le porte-",
        "avions vers l’est, et le porte-avions",
        "n’est pas là, dit le gou\u00ad",
        "vernement. Une éta-",
        "blie est établie ici pour la vie.",
    )
    got = found(tmp_path, document([page]))
    assert " ".join(article(got).text.split("\n")) == (
        "Le gouvernement provisoire de la ministre, peut-être, a-t-elle dit, est au-dessus de Saint-Denis"
        "\u00a0; la vice-présidente, en 2020-2021, a porté le porte-avions vers l’est, et le porte-avions"
        " n’est pas là, dit le gouvernement. Une établie est établie ici pour la vie."
    )
    joined, kept = remarks(got)
    assert "“gouvernement”" in joined
    assert "“établie”" in joined
    assert "“peut-être”" in kept
    assert "“Saint-Denis”" in kept


def test_a_line_that_ends_in_an_apostrophe_goes_on_without_a_space(tmp_path: Path) -> None:
    block = ["Les élus de la ville ont voté pour l’", "été prochain, contre l’avis du maire."]
    assert (
        text(tmp_path, lines(*block))
        == "Les élus de la ville ont voté pour l’été prochain, contre l’avis du maire."
    )


def test_what_repeats_at_the_edges_is_left_out_and_told(tmp_path: Path) -> None:
    pages = [
        show(60, 820, "La Gazette du 3 mai 2024", 8)
        + show(400, 820, section, 8)
        + lines(*wrapped(body, 70), y=760)
        + show(290, 30, str(number), 8)
        for number, section, body in (
            (4, "Ville", BUDGET[0]),
            (5, "Ville", TRAINS[0]),
            (6, "Sports", BUDGET[1]),
        )
    ]
    got = found(tmp_path, document(pages))
    assert article(got).text == "\n\n".join(
        ("Ville", BUDGET[0], "Ville", TRAINS[0], "Sports", BUDGET[1])
    )
    (told,) = remarks(got)
    assert told.startswith("6 lines that repeat at the edge of pages were left out: ")
    assert "“La Gazette du # mai #”" in told


def test_nothing_is_left_out_of_a_single_page(tmp_path: Path) -> None:
    page = show(60, 820, "La Gazette", 8) + lines(*wrapped(BUDGET[0], 70)) + show(290, 30, "4", 8)
    assert text(tmp_path, page) == f"La Gazette\n\n{BUDGET[0]}\n\n4"


def test_the_properties_tell_title_and_author(tmp_path: Path) -> None:
    said = info(
        {"Title": "L’été du budget", "Author": "Anne Roy", "CreationDate": "D:20240503090500Z"}
    )
    got = article(found(tmp_path, document([down(column(60, 760, BUDGET, 70))], info=said)))
    assert (got.title, got.author, got.language, got.published) == (
        "L’été du budget",
        "Anne Roy",
        "fr",
        "",
    )
    assert got.meta == {"created": "2024-05-03T09:05:00+00:00", "file": "une.pdf"}


def test_a_title_that_a_program_gave_is_none(tmp_path: Path) -> None:
    said = info({"Title": "Microsoft Word - papier3.docx"})
    page = TITLE + down(column(60, 760, BUDGET, 70))
    assert article(found(tmp_path, document([page], info=said))).title == "La rentrée sous tension"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"BT /F3 10 Tf 60 700 Td <0102030405> Tj <06> Tj ET", "éfi«’O€"),
        (b"BT /F1 10 Tf 60 700 Td [(Ro) 20 (y) -300 (Lee) -120 (n)] TJ ET", "Roy Leen"),
        (b"BT /F1 1 Tf 10 0 0 10 60 700 Tm (a) Tj 1.5 0 Td (b) Tj ET", "a b"),
        (b"BT /F1 10 Tf 60 700 Td (a) Tj 6 0 Td (b) Tj ET", "ab"),
        (b"BT /F1 10 Tf 14 TL 60 700 Td (un deux trois quatre) Tj (.) ' ET", "un deux trois quatre."),
        (b"BT /F1 10 Tf 60 700 Td (gras) Tj ET BT /F1 10 Tf 60.4 700 Td (gras) Tj ET", "gras"),
        (b"BT /F2 10 Tf 60 700 Td (Bonjour) Tj /F1 10 Tf ( tous) Tj ET", "Bonjour tous"),
        (b"q 2 0 0 2 0 0 cm BT /F1 10 Tf 60 300 Td (grand) Tj ET Q", "grand"),
        (b"BT 3 Tr /F1 10 Tf 60 700 Td (texte sous une image) Tj ET", "texte sous une image"),
        (b"BT /F1 10 Tf 60 700 Td (a\\240b) Tj ET", "a\u00a0b"),
    ],
)  # fmt: skip
def test_letters_as_programs_write_them(tmp_path: Path, page: bytes, expected: str) -> None:
    assert text(tmp_path, page).replace("\n", "") == expected


def test_a_page_within_the_page_has_its_place(tmp_path: Path) -> None:
    form = lines("Au milieu de la page.", x=0, y=300)
    page = (
        show(60, 700, "Tout en haut.")
        + b"q 1 0 0 1 0 100 cm /Fm1 Do Q\n"
        + show(60, 100, "En bas.")
    )
    got = found(tmp_path, document([page], form=form))
    assert article(got).text == "Tout en haut.\n\nAu milieu de la page.\n\nEn bas."


def test_a_credit_at_the_side_comes_last(tmp_path: Path) -> None:
    credit = b"BT /F1 7 Tf 0 1 -1 0 580 400 Tm " + string("Photo : Anne Roy") + b" Tj ET\n"
    page = credit + down(column(60, 760, BUDGET, 70))
    assert text(tmp_path, page) == "\n\n".join([*BUDGET, "Photo : Anne Roy"])


def test_a_page_on_its_side_is_read_upright(tmp_path: Path) -> None:
    page = (
        b"q 0 1 -1 0 595 0 cm\n"
        + across(column(60, 500, BUDGET, 36), column(300, 500, TRAINS, 36))
        + b"Q"
    )
    assert text(tmp_path, page) == "\n\n".join([*BUDGET, *TRAINS])


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [("Écoles", "12"), ("Routes", "8"), ("Parcs", "3"), ("Eau", "1")]
    page = b"".join(
        show(60, 700 - 14 * at, name) + show(200, 700 - 14 * at, number)
        for at, (name, number) in enumerate(rows)
    )
    assert text(tmp_path, page) == "Écoles\t12\nRoutes\t8\nParcs\t3\nEau\t1"


# Right-to-left letters stand in a PDF as they are seen, and pypdf counts U+FEFF among them.
LETTERS = tuple(piece for piece in HAZARDS if piece not in (" ", "\u05d0\u05d1", "\ufeff", "ﬁ"))


@settings(
    max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.lists(st.sampled_from(LETTERS), min_size=1, max_size=20).filter(
        lambda all: "".join(all).strip()
    )
)
def test_any_letters_come_out_as_the_font_says(tmp_path: Path, pieces: list[str]) -> None:
    codes = "".join(f"{LETTERS.index(piece) + 1:04x}" for piece in pieces)
    page = f"BT /F4 10 Tf 60 700 Td <{codes}> Tj ET".encode()
    whole = "".join(pieces)
    assert text(tmp_path, page, letters=LETTERS) == whole


@settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.lists(st.text("abé «»’-.A1", min_size=5, max_size=60), min_size=1, max_size=12),
    st.integers(1, 3),
    st.booleans(),
)
def test_no_letter_is_lost_that_pypdf_finds(
    tmp_path: Path, texts: list[str], columns: int, is_across: bool
) -> None:
    drawn = [column(40 + 170 * n, 760, texts[n::columns], 26, 9) for n in range(columns)]
    raw = document([(across if is_across else down)(*drawn)])
    theirs = pypdf.PdfReader(io.BytesIO(raw)).pages[0].extract_text()
    got = found(tmp_path, raw)
    ours = articles(got)[0].text if articles(got) else ""
    missing = Counter("".join(theirs.split())) - Counter("".join(ours.split()))
    assert (
        missing.total()
        == missing["-"]
        <= sum(int(remark.split(" ")[0]) for remark in remarks(got) if "put together" in remark)
    )


def test_right_to_left_text_is_told(tmp_path: Path) -> None:
    page = b"BT /F4 10 Tf 60 700 Td <000100020003> Tj ET"
    got = found(tmp_path, document([page], letters=("\u05d0", "\u05d1", "\u05d2")))
    assert sorted(article(got).text) == ["\u05d0", "\u05d1", "\u05d2"]
    assert "right to left" in remarks(got)[0]


def test_a_scanned_page_is_told_and_the_others_come_in(tmp_path: Path) -> None:
    got = found(tmp_path, document([lines(*wrapped(BUDGET[0], 70)), PICTURE, b""]))
    assert article(got).text == BUDGET[0]
    assert problems(got) == ["une.pdf › page 2: The page is a picture: run OCR on the file first."]


def test_a_scanned_file_is_no_empty_article(tmp_path: Path) -> None:
    inline = b"q 500 0 0 500 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"
    got = found(tmp_path, document([PICTURE, inline]))
    assert articles(got) == []
    assert len(problems(got)) == 2


def test_a_scan_with_a_stamp_is_told(tmp_path: Path) -> None:
    got = found(tmp_path, document([PICTURE + show(60, 20, "Document archivé")]))
    assert article(got).text == "Document archivé"
    assert "hardly any text" in problems(got)[0]


def test_letters_that_are_drawn_as_lines_are_told(tmp_path: Path) -> None:
    got = found(tmp_path, document([b"0 0 m 100 100 l S"]))
    assert articles(got) == []
    assert "drawings and no text" in problems(got)[0]


def test_a_font_that_keeps_its_letters_secret_is_told(tmp_path: Path) -> None:
    codes = "".join(f"{code % 25 + 3:04x}" for code in range(200))
    got = found(tmp_path, document([f"BT /F5 10 Tf 60 700 Td <{codes}> Tj ET".encode()]))
    assert articles(got) == []
    assert "do not say which letters they show" in problems(got)[0]


@pytest.mark.parametrize(
    ("pages", "said"), [((), "no pages"), ((b"",), "no text"), ((b"", b""), "no text")]
)
def test_an_empty_file_is_told(tmp_path: Path, pages: tuple[bytes, ...], said: str) -> None:
    (told,) = problems(found(tmp_path, document(pages)))
    assert said in told


def locked(user: str) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(document([lines(*wrapped(BUDGET[0], 70))])))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    raw = io.BytesIO()
    writer.write(raw)
    return raw.getvalue()


def test_a_file_that_only_forbids_changes_is_read(tmp_path: Path) -> None:
    assert article(found(tmp_path, locked(""))).text == BUDGET[0]


def test_a_locked_file_is_told(tmp_path: Path) -> None:
    (told,) = problems(found(tmp_path, locked("secret")))
    assert "password" in told


CAN_DECRYPT = find_spec("cryptography") is not None or find_spec("Crypto") is not None
AES = b"/V 4 /CF << /StdCF << /CFM /AESV2 /Length 16 >> >> /StmF /StdCF /StrF /StdCF"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        pytest.param(AES, "cryptography", marks=pytest.mark.skipif(CAN_DECRYPT, reason="It can")),
        (b"/V 9", "in a way"),
    ],
)
def test_an_encryption_that_cannot_be_read_is_told(tmp_path: Path, entry: bytes, said: str) -> None:
    raw = locked("").replace(b"/V 2", entry).replace(b"/R 3", b"/R 4" if entry is AES else b"/R 3")
    (told,) = problems(found(tmp_path, raw))
    assert said in told


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.4", b"Bonjour", b"%PDF-1.4\n" + bytes(2000)])
def test_what_is_no_pdf_is_told(tmp_path: Path, raw: bytes) -> None:
    (told,) = problems(found(tmp_path, raw))
    assert "damaged" in told


def test_whatever_is_cut_off_or_spoilt_something_is_said(tmp_path: Path) -> None:
    raw = document([lines(*wrapped(BUDGET[0], 70)), lines(*wrapped(TRAINS[0], 70))])
    for at in range(0, len(raw), 97):
        assert found(tmp_path, raw[:at])
        assert found(tmp_path, raw[:at] + bytes(20) + raw[at + 20 :])


def test_a_damaged_page_is_named_and_the_others_come_in(tmp_path: Path) -> None:
    pages = [lines(*wrapped(BUDGET[0], 70)), lines(*wrapped(TRAINS[0], 70))]
    raw = document(pages)
    at = raw.rindex(b"stream\n", 0, raw.rindex(b"endstream"))
    spoilt = raw[: at + 9] + b"\xff" * 60 + raw[at + 69 :]
    got = found(tmp_path, spoilt)
    assert article(got).text == BUDGET[0]
    assert problems(got)[0].startswith("une.pdf › page 2: ")
