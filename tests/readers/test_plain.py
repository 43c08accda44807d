"""A text file becomes an article whose text is the file's, but for line ends and a BOM."""

from pathlib import Path

import pytest

from annotator.core.model import Article, Document, Problem
from annotator.readers.plain import read

HAZARDS = (
    " a\u00a0b\u202fc\ufeffd\u200be\u2028f\u2029g\u0085h\tİ"
    "👩‍👩‍👧🇫🇷 e\u0301 <b>&amp;</b> ﬁ \u05d0\u05d1 "
)


def article(path: Path) -> Article:
    (document,) = read(path)
    assert isinstance(document, Document)
    return document.article


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_nothing_but_line_ends_changes(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(f"{HAZARDS}\r\n{HAZARDS}\r{HAZARDS}\n".encode(encoding))
    assert article(file).text == f"{HAZARDS}\n{HAZARDS}\n{HAZARDS}\n"


def test_the_article_knows_its_file_and_encoding(tmp_path: Path) -> None:
    file = tmp_path / "été.txt"
    file.write_bytes("Ça suffit, dit l’élève à l’école.".encode("cp1252"))
    found = article(file)
    assert (found.meta["file"], found.meta["encoding"], found.title) == ("été.txt", "cp1252", "été")


@pytest.mark.parametrize("raw", [b"", b"  \r\n\t\n", b"\xef\xbb\xbf", b"%PDF-1.4", bytes(50)])
def test_a_file_without_text_is_named_and_left_out(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(raw)
    (problem,) = read(file)
    assert isinstance(problem, Problem)
    assert problem.place == "a.txt"


def test_a_stray_byte_is_told_and_the_article_comes_in(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("« L’été » a déjà commencé.\n".encode() + b"Caf\xe9")
    problem, document = read(file)
    assert isinstance(problem, Problem)
    assert isinstance(document, Document)
    assert document.article.text.endswith("Café")
