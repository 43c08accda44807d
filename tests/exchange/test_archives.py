"""The files in an archive come in as if they had been unpacked, and nothing else happens."""

import gzip
import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.corpus import Found, LabelledArticle
from annotator.core.formats import AS_IT_IS, Reading
from annotator.core.model import Document, Problem, Remark
from annotator.core.scheme import Label, Scheme
from annotator.exchange import unpacking
from annotator.exchange.archives import formats, read, recognises
from annotator.exchange.importing import ImportOptions, import_paths
from annotator.store import articles
from annotator.store.project import Project


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Unpack beneath a folder of ours, which is empty again afterwards."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def packed(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def found(folder: Path, raw: bytes, name: str = "a.zip", how: Reading = AS_IT_IS) -> list[Found]:
    file = folder / name
    file.write_bytes(raw)
    return list(read(file, how))


def texts(read_: list[Found]) -> list[str]:
    return [each.article.text for each in read_ if isinstance(each, Document | LabelledArticle)]


def told(read_: list[Found]) -> list[str]:
    return [str(each) for each in read_ if isinstance(each, Problem)]


def test_files_come_in_from_all_folders_in_natural_order_with_their_places(tmp_path: Path) -> None:
    page = (
        "<html><body><article>" + "<p>Le conseil a voté le budget de la ville lundi soir.</p>" * 2
    )
    raw = packed(
        ("article10.txt", "Dix élèves.".encode("cp1252")),
        ("article2.txt", "Deux\u00a0élèves\u202f!".encode()),
        ("2024/mai/page.html", page.encode()),
        ("2024/photo.jpg", b"\xff\xd8"),
        ("__MACOSX/._article2.txt", b"\0"),
        ("corpus.jsonl", b'{"text": "Anne", "spans": [[0, 4, "PER"]]}\n{"text"\n'),
    )
    read_ = found(tmp_path, raw)
    places = [each.place for each in read_ if isinstance(each, Document | LabelledArticle)]
    assert places == [
        "a.zip › 2024/mai/page.html",
        "a.zip › article2.txt",
        "a.zip › article10.txt",
        "a.zip › corpus.jsonl:1",
    ]
    assert texts(read_)[1:] == ["Deux\u00a0élèves\u202f!", "Dix élèves.", "Anne"]
    passed_over, problem = (each for each in read_ if isinstance(each, Problem))
    assert isinstance(passed_over, Remark)
    assert str(passed_over) == "a.zip: 2 files were passed over: .*, .jpg"
    assert problem.place == "a.zip › corpus.jsonl:2"


def test_a_document_knows_the_archive_it_came_in(tmp_path: Path) -> None:
    (document,) = found(tmp_path, packed(("x/a.txt", b"Anne")))
    assert isinstance(document, Document)
    meta = document.article.meta
    assert (meta["archive"], meta["file"], meta["reader"]) == ("a.zip", "a.txt", "txt")


def test_what_the_user_says_of_a_file_goes_for_those_in_the_archive(tmp_path: Path) -> None:
    raw = packed(("a.txt", "Владимир".encode("koi8-r")))
    assert texts(found(tmp_path, raw, how=Reading(encoding="koi8-r"))) == ["Владимир"]


def test_an_archive_in_an_archive_is_opened_once(tmp_path: Path) -> None:
    innermost = packed(("c.txt", b"Trois"))
    inner = packed(("b.txt", b"Deux"), ("c.zip", innermost))
    read_ = found(tmp_path, packed(("a.txt", b"Un"), ("x/b.zip", inner)))
    assert texts(read_) == ["Un", "Deux"]
    assert told(read_) == [
        "a.zip › x/b.zip › c.zip: It is an archive in an archive in an archive. Unpack it yourself."
    ]


def test_a_packed_file_is_read_as_what_it_is(tmp_path: Path) -> None:
    (labelled,) = found(tmp_path, gzip.compress(b'{"text": "Anne"}', mtime=0), "c.jsonl.gz")
    assert isinstance(labelled, LabelledArticle)
    assert (labelled.article.text, labelled.place) == ("Anne", "c.jsonl.gz › c.jsonl:1")
    assert not recognises(Path("crawl.WARC.gz"), b"")
    assert recognises(Path("a.txt.gz"), b"")


@pytest.mark.parametrize(
    "name",
    ["../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "..\\..\\evil.txt", "a/../../evil.txt"],
)
def test_no_name_leads_out_of_the_archive(tmp_path: Path, name: str) -> None:
    before = set(tmp_path.rglob("*"))
    (document,) = found(tmp_path, packed((name, b"Anne")))
    assert isinstance(document, Document)
    assert document.article.meta["file"] == "evil.txt"
    assert set(tmp_path.rglob("*")) - before == {tmp_path / "a.zip"}


def test_names_in_the_code_page_of_old_programs_are_read(tmp_path: Path) -> None:
    raw = packed(("ete.txt", b"Un"), ("ca.txt", b"Deux"))
    raw = raw.replace(b"ete.txt", "ét\u00c0.txt".encode("cp850")).replace(
        b"ca.txt", b"\xc3\xa7.txt"
    )
    places = [each.place for each in found(tmp_path, raw) if isinstance(each, Document)]
    assert places == ["a.zip › ç.txt", "a.zip › étÀ.txt"]


def test_a_name_that_stands_twice_is_told(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        raw = packed(("a.txt", b"Un"), ("a.txt", b"Deux"), ("a.txt/b.txt", b"Trois"))
    read_ = found(tmp_path, raw)
    assert texts(read_) == ["Un"]
    assert [line.partition(":")[0] for line in told(read_)] == [
        "a.zip › a.txt",
        "a.zip › a.txt/b.txt",
    ]


def test_links_and_files_with_a_password_are_told(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("secret.txt", "Anne")
        archive.writestr("a.txt", "Anne")
    raw = bytearray(out.getvalue())
    for header, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.index(
            header, raw.index(b"secret.txt") - 60 if offset == 6 else raw.index(b"PK\x01\x02") + 4
        )
        raw[at + offset] |= 1
    read_ = found(tmp_path, bytes(raw))
    assert texts(read_) == ["Anne"]
    link_told, secret_told = told(read_)
    assert link_told.startswith("a.zip › link.txt: It is a link")
    assert secret_told.startswith("a.zip › secret.txt: It is protected")


def test_a_file_that_unpacks_to_far_too_much_is_told_and_the_rest_comes_in(tmp_path: Path) -> None:
    read_ = found(tmp_path, packed(("bomb.txt", bytes(30 << 20)), ("a.txt", b"Anne")))
    assert texts(read_) == ["Anne"]
    assert told(read_) == [
        "a.zip › bomb.txt: It unpacks to more than any text would; it was not read."
    ]
    (problem,) = found(tmp_path, gzip.compress(bytes(30 << 20), mtime=0), "b.txt.gz")
    assert "unpacks to more" in str(problem)


def test_all_files_together_have_their_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking.Room, "__init__", lambda self: setattr(self, "left", 10))
    read_ = found(tmp_path, packed(("a.txt", b"12345"), ("b.txt", b"67890"), ("c.txt", b"!")))
    assert texts(read_) == ["12345", "67890"]
    assert "unpacks to more than 2 GB" in told(read_)[0]


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST", 1)
    (problem,) = found(tmp_path, packed(("a.txt", b"1"), ("b.txt", b"2")))
    assert "holds 2 files" in str(problem)


def test_large_files_that_nobody_reads_are_not_unpacked_but_told(tmp_path: Path) -> None:
    film = zlib.compress(bytes(range(256)) * 9000, 0)
    read_ = found(tmp_path, packed(("film.mp4", film), ("a.txt", b"Anne")))
    assert texts(read_) == ["Anne"]
    assert told(read_) == ["a.zip: 1 file was passed over: .mp4"]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.zip", b""),
        ("a.zip", b"Pas une archive"),
        ("a.zip", packed(("a.txt", b"Anne" * 99))[:60]),
        ("a.zip", packed()),
        ("a.zip", packed(("film.mp4", b"0"))),
        ("a.txt.gz", b"\x1f\x8b\x08\x00garbage"),
        ("a.txt.gz", gzip.compress(b"Anne" * 99, mtime=0)[:-9]),
        ("a.xyz.gz", gzip.compress(b"Anne", mtime=0)),
    ],
)
def test_what_cannot_be_opened_or_read_is_named(tmp_path: Path, name: str, raw: bytes) -> None:
    read_ = found(tmp_path, raw, name)
    assert texts(read_) == []
    assert any(type(each) is Problem and each.place == name for each in read_)


def test_a_damaged_file_is_left_out_and_the_others_come_in(tmp_path: Path) -> None:
    raw = packed(("a.txt", b"Anne habite ici." * 20), ("b.txt", b"Luc"))
    at = raw.index(b"a.txt") + 10
    raw = raw[:at] + b"\xff\xff\xff" + raw[at + 3 :]
    read_ = found(tmp_path, raw)
    assert texts(read_) == ["Luc"]
    assert told(read_)[0].startswith("a.zip › a.txt: It is damaged")


def test_nothing_stays_behind_when_reading_stops_halfway(tmp_path: Path, temporary: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed(("a.txt", b"Un"), ("b.txt", b"Deux")))
    reading = read(tmp_path / "a.zip")
    next(reading)
    assert list(temporary.iterdir()) != []
    del reading


def test_an_archive_is_imported_like_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed(("a.txt", b"Anne"), ("b/c.txt", b"Luc")))
    scheme = Scheme("Test", "", (Label("per", "PER", "p"),))
    with Project.create(tmp_path / "p.annot", scheme, annotator="Luc") as project:
        report = import_paths(project, [tmp_path / "a.zip"], ImportOptions("Luc"))
        assert (report.articles, report.problems) == (2, [])
        first = articles.article(project, articles.ids(project)[0])
        assert first.meta["archive"] == "a.zip"


def test_it_is_offered_as_zip() -> None:
    (format,) = formats()
    assert (format.name, format.extensions, format.is_document) == ("zip", (".zip", ".gz"), True)
