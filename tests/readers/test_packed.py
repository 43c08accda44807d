"""The zip files that documents come in cannot fill the memory, and say what is wrong with them."""

import zipfile
from pathlib import Path

import pytest

from annotator.readers.documents import packed
from annotator.readers.documents.packed import BadPart, Packed
from tests.readers.reading import packed as zipped


def read(path: Path, part: str) -> bytes:
    with Packed(path) as file:
        return file.read(part)


def test_a_part_is_found_whatever_the_case_of_its_name(tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.zip", {"Word/Document.xml": "x"})
    assert read(file, "word/document.xml") == b"x"


def test_a_part_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.zip", {"bomb.xml": bytes(packed._UNSUSPECTED + 1)})
    with pytest.raises(BadPart, match="unpacks to more") as refusal:
        read(file, "bomb.xml")
    assert str(refusal.value.problem("a.zip")).startswith("a.zip › bomb.xml: ")


def test_parts_that_unpack_to_too_much_together_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "ALL", 1000)
    file = zipped(tmp_path / "a.zip", {"a": bytes(600), "b": bytes(600)})
    with Packed(file) as opened:
        opened.read("a")
        with pytest.raises(BadPart, match="unpacks to more"):
            opened.read("b")


def test_a_part_that_lies_about_its_size_is_told(tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.zip", {"a": b"x" * 5000})
    raw = file.read_bytes()
    for at in (raw.find(b"PK\x01\x02") + 24, 22):
        raw = raw[:at] + (10).to_bytes(4, "little") + raw[at + 4 :]
    file.write_bytes(raw)
    with pytest.raises(BadPart, match="damaged"):
        read(file, "a")


def test_a_locked_part_is_told(tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.zip", {"a": b"x"})
    raw = bytearray(file.read_bytes())
    for at in (raw.find(b"PK\x01\x02") + 8, 6):
        raw[at] |= 1
    file.write_bytes(raw)
    with pytest.raises(BadPart, match="password"):
        read(file, "a")


def test_a_packing_nobody_knows_is_told(tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.zip", {"a": b"x" * 100})
    raw = bytearray(file.read_bytes())
    for at in (raw.find(b"PK\x01\x02") + 10, 8):
        raw[at] = 77
    file.write_bytes(raw)
    with pytest.raises(BadPart, match="damaged"):
        read(file, "a")


def test_names_that_lead_outside_write_nothing(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    file = zipped(inside / "a.zip", {"../../outside.txt": "x", "/etc/outside": "y"})
    with Packed(file) as opened:
        assert [opened.read(part) for part in opened.parts] == [b"x", b"y"]
    assert [each.name for each in tmp_path.rglob("*")] == ["inside", "a.zip"]


def test_other_ways_of_packing_are_read(tmp_path: Path) -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as file:
            file.writestr("a", b"x" * 100)
        assert read(tmp_path / "a.zip", "a") == b"x" * 100
