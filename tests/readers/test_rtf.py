"""An RTF file becomes an article, whatever encodings its letters are in, and what is left out is told."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from striprtf.striprtf import rtf_to_text

from annotator.core.model import Document, Problem
from annotator.readers.documents.rtf import read
from tests.readers.reading import article, paragraphs, problems, remarks

FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fswiss\fcharset204{\*\panose 02}Arial CYR;}"
    r"{\f2\fnil\fcharset2 Symbol;}{\f3\fnil\fcharset128 MS Mincho;}}"
)


def rtf(tmp_path: Path, body: str | bytes, head: str = r"\ansi\ansicpg1252\deff0") -> Path:
    file = tmp_path / "a.rtf"
    raw = body if isinstance(body, bytes) else body.encode("latin-1")
    file.write_bytes(b"{\\rtf1" + head.encode() + FONTS.encode() + raw + b"}")
    return file


def found(
    tmp_path: Path, body: str | bytes, head: str = r"\ansi\ansicpg1252\deff0"
) -> list[Document | Problem]:
    return list(read(rtf(tmp_path, body, head)))


def text(tmp_path: Path, body: str | bytes, head: str = r"\ansi\ansicpg1252\deff0") -> str:
    return article(found(tmp_path, body, head)).text


def written(paragraph: str) -> str:
    """Return a text as Word writes it: what is not ASCII as UTF-16, with a stand-in behind it."""
    units = paragraph.encode("utf-16-le")
    codes = (int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2))
    return "".join(
        f"\\{chr(code)}"
        if chr(code) in "\\{}"
        else chr(code)
        if code < 128
        else f"\\u{_signed(code)}?"
        for code in codes
    )


def _signed(code: int) -> int:
    return code - 0x10000 if code > 0x7FFF else code


def test_a_whole_article_with_its_properties(tmp_path: Path) -> None:
    body = (
        r"{\info{\title L'\'e9t\'e9 du budget}{\author Anne Roy}{\subject Budget}"
        r"{\creatim\yr2024\mo5\dy3\hr9\min5}{\*\company La Gazette}}"
        r"{\stylesheet{\s0 Normal;}}\pard\plain\f0\fs24 Le budget est vot\'e9\~:"
        r" \'ab\~Oui\~\'bb, dit {\b Marie Roy}.\par" "\r\n"
        r"\pard Il reste 10\u8239?000\~\'80 \emdash  au moins.\line Suite\tab\'e0 l\rquote \'e9cole.\par"
    )  # fmt: skip
    got = article(found(tmp_path, body))
    assert got.text == (
        "Le budget est voté\u00a0: «\u00a0Oui\u00a0», dit Marie Roy.\n\n"
        "Il reste 10\u202f000\u00a0€ — au moins.\nSuite\tà l’école."
    )
    assert (got.title, got.author, got.language) == ("L'été du budget", "Anne Roy", "fr")
    assert got.published == ""
    assert got.meta == {"subject": "Budget", "created": "2024-05-03T09:05", "file": "a.rtf"}


@settings(
    max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(paragraphs)
def test_any_text_comes_out_of_rtf_as_it_went_in(tmp_path: Path, wanted: list[str]) -> None:
    body = "".join(f"{written(paragraph)}\\par\n" for paragraph in wanted)
    expected = "\n\n".join(paragraph.strip(" ") for paragraph in wanted)
    assert text(tmp_path, body) == expected
    theirs = rtf_to_text(rtf(tmp_path, body).read_text("latin-1"))
    whole = theirs.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    assert whole == "".join(f"{paragraph}\n" for paragraph in wanted)


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (r"\ansi\ansicpg1252", r"\'e9t\'e9 \'9cuvre", "été œuvre"),
        (r"\ansi\ansicpg1252", b"\xe9t\xe9", "été"),
        (r"\ansi\ansicpg1250", r"Dvo\'f8\'e1k", "Dvořák"),
        (r"\ansi\ansicpg65001", r"\'c3\'a9t\'c3\'a9", "été"),
        (r"\mac", r"\'8et\'8e", "été"),
        (r"\pc", r"\'82t\'82", "été"),
        (r"\ansi", r"{\f1 \'cc\'e8\'f0}\'e9", "Мирé"),
        (r"\ansi", r"{\f3 \'83\'5c\'83\\\'82\'a0}", "ソソあ"),
        (r"\ansi\ansicpg99999", r"\'e9", "é"),
        (r"\ansi", r"\u-10179?\u-8704?!", "😀!"),
        (r"\ansi", r"{\uc2\u233 \'c3\'a9t}\u233\'e9", "été"),
        (r"\ansi", r"\uc0\u233t\u233", "été"),
        (r"\ansi", r"{\upr{e}{\*\ud{\u233 e}}}t\'e9", "été"),
        (r"\ansi", r"vice\_roi\-t\~x", "vice\u2011roi\u00adt\u00a0x"),
        (r"\ansi", r"\{a\\b\}", "{a\\b}"),
        (r"\ansi", r"{\f2\'b7} un{\f2 \u61623 ?}", "• un•"),
        (r"\ansi", r"a{\*\unheard of {\par nested}}b", "ab"),
        (r"\ansi", r'{\field{\*\fldinst HYPERLINK "http://x.ca"}{\fldrslt lien}} ici', "lien ici"),
        (r"\ansi", r"{\pict\pngblip 89504e47}a{\pict\bin5 }}{}}}b", "ab"),
        (r"\ansi", r"{\object{\*\objdata 00}{\result image de texte}}", "image de texte"),
        (r"\ansi", r"{\listtext 1.\tab}Un\par", "1.\tUn"),
    ],
)  # fmt: skip
def test_letters_in_every_encoding(
    tmp_path: Path, head: str, body: str | bytes, expected: str
) -> None:
    assert text(tmp_path, body, head) == expected


def test_tables_notes_and_boxes(tmp_path: Path) -> None:
    body = (
        r"Avant{\super\chftn}{\footnote\pard\plain \chftn  La note.}\par"
        r"\trowd\cellx1\cellx2\pard\intbl \'c9coles\cell 12\cell\row"
        r"\trowd\pard\intbl Routes\cell 8\cell\row"
        r"\pard Apr{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt\pard Encadr\'e9\par}}{\shprslt non}}\'e8s\par"
    )
    got = found(tmp_path, body)
    assert article(got).text == "Avant\n\nÉcoles\t12\nRoutes\t8\n\nAprès\n\nEncadré\n\n[1] La note."
    assert remarks(got) == ["1 note stands at the end of the text, without a mark in it."]


@pytest.mark.parametrize(
    ("body", "expected", "told"),
    [
        (
            r"{\deleted\b parti }rest\'e9",
            "resté",
            "1 deletion that is tracked as a change was left out.",
        ),
        (
            r"rest\'e9{\revised  ici}",
            "resté ici",
            "1 insertion that is tracked as a change was kept.",
        ),
        (r"vu{\v cach\'e9}\v0 !", "vu!", "1 hidden passage was left out."),
        (r"{\header\pard Le Journal\par}a", "a", "1 header or footer was left out."),
        (r"a{\*\annotation non}", "a", "1 comment was left out."),
        (r"a{\f2 J}", "a�", "1 sign of a symbol font has no letter and became “�”."),
    ],
)
def test_what_is_left_out_is_told(tmp_path: Path, body: str, expected: str, told: str) -> None:
    got = found(tmp_path, body)
    assert article(got).text == expected
    assert remarks(got) == [told]


def test_what_cannot_be_decoded_is_told(tmp_path: Path) -> None:
    got = found(tmp_path, rb"{\f3 \'83\'00}", r"\ansi")
    assert problems(got) == ["a.rtf: 1 character could not be read and became “�”."]


def test_a_file_that_breaks_off_is_told_and_what_is_there_comes_in(tmp_path: Path) -> None:
    whole = rtf(tmp_path, r"{\b Le budget} est vot\'e9.\par Suite\par").read_bytes()
    file = tmp_path / "cut.rtf"
    file.write_bytes(whole[:-6])
    got = list(read(file))
    assert article(got).text == "Le budget est voté.\n\nSuit"
    assert "breaks off" in problems(got)[0]


@settings(
    max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.text(r"\'{}*abu0159f" + "\n", max_size=60))
def test_whatever_the_bytes_something_is_said(tmp_path: Path, body: str) -> None:
    got = found(tmp_path, body)
    assert got
    assert all(each.text for each in [one.article for one in got if isinstance(one, Document)])


def test_nothing_behind_the_last_brace_counts(tmp_path: Path) -> None:
    file = rtf(tmp_path, "Fin")
    file.write_bytes(file.read_bytes() + b"\0\0 rest")
    got = list(read(file))
    assert article(got).text == "Fin"
    assert problems(got) == []


@pytest.mark.parametrize(
    ("raw", "said"), [(b"", "no RTF"), (b"Bonjour", "no RTF"), (b"{\\rtf1 }", "no text")]
)
def test_what_is_no_article_is_told(tmp_path: Path, raw: bytes, said: str) -> None:
    file = tmp_path / "a.rtf"
    file.write_bytes(raw)
    (told,) = problems(read(file))
    assert said in told
