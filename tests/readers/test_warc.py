"""The pages of a crawl become articles; what is no page is counted, what is damaged is told."""

import gzip
from pathlib import Path

import pytest

from annotator.core.model import Article, Document, Problem, Remark
from annotator.readers.streams import warc
from annotator.readers.streams.warc import read

pytest.importorskip("warcio")

FIRST = (
    "«\u00a0Le conseil a voté\u202f!\u00a0», dit l’élue de la ville, lundi soir, devant l’école."
)
SECOND = "Les opposants, eux, ont quitté la salle avant le vote et promettent de revenir demain."


def page(first: str = FIRST, charset: str = "utf-8") -> bytes:
    body = f"<article><p>{first}</p><p>{SECOND}</p></article>"
    return f"<html lang=fr><head></head><body>{body}</body></html>".encode(charset)


def record(url: str, body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """Return a record as the standard says, its lines ended as in HTTP."""
    known = {"Content-Type": "text/html; charset=utf-8"}
    known |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in known.items())
    http = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body
    return warc_record("response", http, f"WARC-Target-URI: {url}\r\n")


def warc_record(kind: str, block: bytes, more: str = "") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{more}WARC-Date: 2024-05-12T08:15:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def records() -> list[bytes]:
    late = page("L’élève est né à l’école où « tout va bien », selon le maire.", "cp1252")
    return [
        warc_record("warcinfo", b"software: test\r\n"),
        record("https://courrier.example/1", page()),
        record("https://courrier.example/logo.png", b"\x89PNG", Content_Type="image/png"),
        record("https://courrier.example/old", b"", "301 Moved", Location="/1"),
        record(
            "https://courrier.example/2",
            gzip.compress(late),
            Content_Type="text/html; charset=windows-1252",
            Content_Encoding="gzip",
        ),
    ]


def crawl(*, is_packed: bool = False) -> bytes:
    return b"".join(gzip.compress(each) if is_packed else each for each in records())


def found(folder: Path, raw: bytes, name: str = "a.warc") -> list[Document | Problem]:
    file = folder / name
    file.write_bytes(raw)
    return list(read(file))


def articles(read_: list[Document | Problem]) -> list[Article]:
    return [each.article for each in read_ if isinstance(each, Document)]


@pytest.mark.parametrize("is_packed", [False, True])
def test_each_page_becomes_an_article_with_address_and_time(
    tmp_path: Path, is_packed: bool
) -> None:
    read_ = found(tmp_path, crawl(is_packed=is_packed), "a.warc.gz" if is_packed else "a.warc")
    one, two = articles(read_)
    assert one.text == f"{FIRST}\n\n{SECOND}"
    assert two.text.startswith("L’élève est né à l’école où « tout va bien »")
    assert (one.url, one.source, two.url) == (
        "https://courrier.example/1",
        "courrier.example",
        "https://courrier.example/2",
    )
    assert one.meta["crawled"] == "2024-05-12T08:15:00Z"
    assert one.meta["crawled_url"] == "https://courrier.example/1"
    assert two.meta["encoding"] == "cp1252"
    (remark,) = (each for each in read_ if isinstance(each, Problem))
    assert isinstance(remark, Remark)
    assert remark.message.startswith("2 records that are no pages were passed over: ")
    assert "image/png (1)" in remark.message
    assert "301 (1)" in remark.message


def test_an_archive_packed_as_one_is_read_too(tmp_path: Path) -> None:
    assert len(articles(found(tmp_path, gzip.compress(crawl()), "a.warc.gz"))) == 2


def test_a_page_without_article_and_one_that_cannot_be_unpacked_are_named(tmp_path: Path) -> None:
    raw = record("https://courrier.example/", b"<p>Accueil</p>")
    raw += record("https://courrier.example/z", b"\x0b\x0c", Content_Encoding="zstd")
    places = [each.place for each in found(tmp_path, raw) if isinstance(each, Problem)]
    assert places == ["a.warc › https://courrier.example/", "a.warc › https://courrier.example/z"]


@pytest.mark.parametrize("is_packed", [False, True])
def test_an_archive_that_breaks_off_gives_what_is_there_and_says_so(
    tmp_path: Path, is_packed: bool
) -> None:
    raw = crawl(is_packed=is_packed)
    read_ = found(tmp_path, raw[: len(raw) - 150], "a.warc.gz")
    assert articles(read_)[0].text == f"{FIRST}\n\n{SECOND}"
    assert [each for each in read_ if isinstance(each, Problem) and not isinstance(each, Remark)]


@pytest.mark.parametrize(
    "raw", [b"", b"Pas une archive.\n" * 9, b"\x1f\x8b\x08\x00garbage", b"WARC/1.0\r\n"]
)
def test_what_is_no_archive_is_named(tmp_path: Path, raw: bytes) -> None:
    told = found(tmp_path, raw)
    assert {type(each) for each in told} == {Problem}
    assert {each.place for each in told} == {"a.warc"}


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc.importlib.util, "find_spec", lambda _name: None)
    (problem,) = found(tmp_path, crawl())
    assert 'pip install "annotator[warc]"' in str(problem)
