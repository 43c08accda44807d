"""Articles come into a project from whatever people have them in, each file by what it is."""

from pathlib import Path

import docx
import pytest

from annotator.core.scheme import Label, Scheme
from annotator.exchange.importing import ImportOptions, import_paths
from annotator.store import articles
from annotator.store.project import Project
from tests.readers.pdfs import document, show
from tests.readers.reading import packed

TEXT = "Le budget de la ville est adopté\u00a0: «\u00a0Enfin\u00a0», dit la maire"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
ODT = (
    f'<o:document-content xmlns:o="{OFFICE}:office:1.0" xmlns:t="{OFFICE}:text:1.0"><o:body><o:text>'
    f"<t:p>{TEXT} ODT</t:p></o:text></o:body></o:document-content>"
)
EPUB = {
    "META-INF/container.xml": '<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>',
    "a.opf": (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    ),
    "a.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{TEXT} EPUB</p></body></html>',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One article in every kind of document, its kind at the end so that no two are the same."""
    place = tmp_path / "documents"
    place.mkdir()
    made = docx.Document()
    made.add_paragraph(f"{TEXT} DOCX")
    made.save(place / "a.docx")
    packed(place / "b.odt", {"content.xml": ODT})
    (place / "c.rtf").write_bytes(b"{\\rtf1 " + f"{TEXT} RTF".encode("cp1252") + b"}")
    (place / "d.doc").write_bytes(b"{\\rtf1 " + f"{TEXT} DOC".encode("cp1252") + b"}")
    (place / "e.pdf").write_bytes(document([show(60, 700, f"{TEXT} PDF")]))
    packed(place / "f.epub", EPUB)
    (place / "g.txt").write_text(f"{TEXT} TXT", "utf-8")
    (place / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    return place


def test_a_folder_of_documents_of_every_kind(tmp_path: Path, folder: Path) -> None:
    scheme = Scheme("Press", "", (Label("per", "PER", "p"),))
    with Project.create(tmp_path / "p.annot", scheme, annotator="Luc") as project:
        report = import_paths(project, [folder], ImportOptions("Luc"))
        found = [articles.article(project, id).text for id in articles.ids(project)]
    assert found == [
        f"{TEXT} {kind}" for kind in ("DOCX", "ODT", "RTF", "DOC", "PDF", "EPUB", "TXT")
    ]
    assert [problem.place for problem in report.problems] == ["old.doc"]
