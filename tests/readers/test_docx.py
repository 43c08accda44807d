"""A Word file becomes an article with all that stands in it, and what is left out is told."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings

from annotator.readers.documents import doc
from annotator.readers.documents.docx import read
from tests.readers.reading import article, packed, paragraphs, problems, remarks, spoilt

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BUDGET = "<w:p><w:r><w:t>Le budget est voté.</w:t></w:r></w:p>"


def related(*targets: tuple[str, str]) -> str:
    rows = (
        f'<Relationship Id="r{number}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets)
    )
    return f"<Relationships>{''.join(rows)}</Relationships>"


def word(
    tmp_path: Path,
    body: str,
    parts: Sequence[tuple[str, str, str]] = (),
    *,
    namespace: str = W,
    document: str = "word/document.xml",
    front: str = "",
) -> Path:
    """Write a Word file; `parts` are (kind of relation, name in word/, what is in it)."""
    folder = document.rpartition("/")[0]
    name = document.rpartition("/")[2]
    return packed(
        tmp_path / "article.docx",
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": related(("officeDocument", document)),
            f"{folder}/_rels/{name}.rels": related(*((kind, at) for kind, at, _xml in parts)),
            document: f"{front}<w:document {namespace}><w:body>{body}</w:body></w:document>",
            **{f"{folder}/{at}": xml for _kind, at, xml in parts},
        },
    )


def text(path: Path) -> str:
    return article(read(path)).text


def test_a_whole_article_from_word(tmp_path: Path) -> None:
    made = docx.Document()
    made.core_properties.title = "Le budget de la ville"
    made.core_properties.author = "Anne Roy"
    made.core_properties.comments = ""
    made.add_heading("Le budget est adopté", 1)
    paragraph = made.add_paragraph("« Nous avons tenu parole\u00a0», a-t-elle dit\u202f; ")
    paragraph.add_run("10\u202f000").bold = True
    paragraph.add_run(" euros").add_break()
    paragraph.add_run("restent\tà trouver.")
    table = made.add_table(2, 2)
    for row, cells in enumerate((("Écoles", "12"), ("Routes", "8"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    made.add_paragraph("La suite au prochain numéro.")
    made.save(tmp_path / "a.docx")
    found = list(read(tmp_path / "a.docx"))
    assert problems(found) == remarks(found) == []
    got = article(found)
    assert got.text == (
        "Le budget est adopté\n\n"
        "« Nous avons tenu parole\u00a0», a-t-elle dit\u202f; 10\u202f000 euros\nrestent\tà trouver.\n\n"
        "Écoles\t12\nRoutes\t8\n\n"
        "La suite au prochain numéro."
    )
    assert (got.title, got.author, got.language) == ("Le budget de la ville", "Anne Roy", "fr")
    assert (got.published, got.meta["file"]) == ("", "a.docx")
    assert got.meta["created"].startswith("2013-12-23")


@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(paragraphs)
def test_any_text_comes_out_of_word_as_it_went_in(tmp_path: Path, wanted: list[str]) -> None:
    made = docx.Document()
    for paragraph in wanted:
        made.add_paragraph(paragraph)
    made.save(tmp_path / "a.docx")
    expected = "\n\n".join(paragraph.strip(" ") for paragraph in wanted)
    assert text(tmp_path / "a.docx") == expected
    theirs = "\n\n".join(
        each.text.strip(" ") for each in docx.Document(tmp_path / "a.docx").paragraphs
    )
    assert theirs == expected


def test_tracked_changes_come_in_as_if_accepted(tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">La ministre </w:t></w:r>'
        "<w:ins><w:r><w:t>Élise Nadeau</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>Luc Roy</w:delText></w:r></w:del>"
        '<w:moveFrom><w:r><w:t> hier</w:t></w:r></w:moveFrom><w:r><w:t xml:space="preserve"> part</w:t></w:r>'
        '<w:moveTo><w:r><w:t xml:space="preserve"> ce soir</w:t></w:r></w:moveTo></w:p>'
    )
    found = list(read(word(tmp_path, body)))
    assert article(found).text == "La ministre Élise Nadeau part ce soir"
    assert remarks(found) == [
        "2 insertions that are tracked as changes were kept.",
        "2 deletions that are tracked as changes were left out.",
    ]


def test_a_paragraph_whose_end_is_deleted_goes_on(tmp_path: Path) -> None:
    body = (
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Le budget </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>est voté.</w:t></w:r></w:p>"
    )
    assert text(word(tmp_path, body)) == "Le budget est voté."


def test_notes_stand_at_the_end_in_the_order_of_their_marks(tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:t>Un</w:t><w:footnoteReference w:id="3"/></w:r><w:r><w:t>, deux</w:t>'
        '<w:endnoteReference w:id="1"/><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    note = (
        '<w:footnote w:id="{}"{}><w:p><w:r><w:footnoteRef/><w:t>{}</w:t></w:r></w:p></w:footnote>'
    )
    footnotes = (
        f"<w:footnotes {W}>"
        + note.format(0, ' w:type="separator"', "---")
        + note.format(2, "", "Seconde.")
        + note.format(3, "", "Première.")
        + "</w:footnotes>"
    )
    end = '<w:endnote w:id="1"><w:p><w:r><w:t>Fin.</w:t></w:r></w:p></w:endnote>'
    endnotes = f"<w:endnotes {W}>{end}</w:endnotes>"
    parts = [("footnotes", "footnotes.xml", footnotes), ("endnotes", "endnotes.xml", endnotes)]
    found = list(read(word(tmp_path, body, parts)))
    assert article(found).text == "Un, deux\n\n[1] Première.\n\n[2] Fin.\n\n[3] Seconde."
    assert remarks(found) == ["3 notes stand at the end of the text, without marks in it."]


def test_damaged_notes_are_told_and_the_text_comes_in(tmp_path: Path) -> None:
    body = '<w:p><w:r><w:t>Un</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
    found = list(read(word(tmp_path, body, [("footnotes", "footnotes.xml", "<w:footnotes")])))
    assert article(found).text == "Un"
    (told,) = problems(found)
    assert told.startswith("article.docx › word/footnotes.xml: ")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<w:hyperlink><w:r><w:t>lien</w:t></w:r></w:hyperlink>", "lien"),
        ("<w:smartTag><w:r><w:t>Lille</w:t></w:r></w:smartTag>", "Lille"),
        (
            "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>champ</w:t></w:r></w:sdtContent></w:sdt>",
            "champ",
        ),
        ("<w:fldSimple><w:r><w:t>3 mai</w:t></w:r></w:fldSimple>", "3 mai"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText>'
            '<w:t>code</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            '<w:r><w:t>page 3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "page 3",
        ),
        ("<w:r><w:t>vice</w:t><w:noBreakHyphen/><w:t>roi</w:t></w:r>", "vice\u2011roi"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>", "a\nb\nc"),
        ("<w:r><w:t>a\nb</w:t></w:r>", "a b"),
        ('<w:r><w:sym w:font="Arial" w:char="20AC"/></w:r>', "€"),
        (
            "<w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby>",
            "漢",
        ),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>visible</w:t></w:r>', "visible"),
    ],
)
def test_what_stands_inside_a_paragraph(tmp_path: Path, inside: str, expected: str) -> None:
    found = list(read(word(tmp_path, f"<w:p>{inside}</w:p>")))
    assert article(found).text == expected
    assert problems(found) == remarks(found) == []


@pytest.mark.parametrize(
    ("inside", "expected", "told"),
    [
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>", "", "1 hidden passage was left out."),
        ('<w:r><w:commentReference w:id="0"/></w:r>', "", "1 comment was left out."),
        (
            '<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>',
            "�",
            "1 sign of a symbol font has no letter and became “�”.",
        ),
        (
            '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
            "",
            "The number or bullet of 1 item, which is not in the file, was left out.",
        ),
    ],
)
def test_what_is_left_out_is_told(tmp_path: Path, inside: str, expected: str, told: str) -> None:
    found = list(read(word(tmp_path, f"<w:p>{inside}<w:r><w:t>Suite</w:t></w:r></w:p>")))
    assert article(found).text == f"{expected}Suite"
    assert remarks(found) == [told]


def test_a_text_box_comes_once_behind_its_paragraph(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Encadré</w:t></w:r></w:p></w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent xmlns:mc='m'><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = f"<w:p><w:r><w:t>Un </w:t></w:r><w:r>{drawing}</w:r><w:r><w:t>deux</w:t></w:r></w:p>{BUDGET}"
    assert text(word(tmp_path, body)) == "Un deux\n\nEncadré\n\nLe budget est voté."


def test_a_table_that_lays_out_columns_is_read_cell_by_cell(tmp_path: Path) -> None:
    cell = "<w:tc>{}</w:tc>"
    one = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    left, right = one.format("Un") + one.format("Deux"), one.format("Trois")
    body = f"<w:tbl><w:tr>{cell.format(left)}{cell.format(right)}</w:tr></w:tbl>"
    assert text(word(tmp_path, body)) == "Un\n\nDeux\n\nTrois"


def test_headers_and_embedded_parts_are_told(tmp_path: Path) -> None:
    header = f"<w:hdr {W}><w:p><w:r><w:t>La Gazette</w:t></w:r></w:p></w:hdr>"
    empty = f"<w:ftr {W}><w:p/></w:ftr>"
    parts = [("header", "header1.xml", header), ("footer", "footer1.xml", empty)]
    found = list(read(word(tmp_path, f'{BUDGET}<w:altChunk r:id="x" xmlns:r="r"/>', parts)))
    assert article(found).text == "Le budget est voté."
    assert remarks(found) == ["1 header or footer was left out."]
    assert "1 part is embedded" in problems(found)[0]


def test_strict_files_and_other_folders_are_read(tmp_path: Path) -> None:
    assert (
        text(word(tmp_path, BUDGET, namespace=STRICT, document="a/b/Main.xml"))
        == "Le budget est voté."
    )


def test_the_head_of_the_text_goes_before_the_properties_of_a_program(tmp_path: Path) -> None:
    made = docx.Document()
    made.core_properties.title = "Microsoft Word - papier_final2.docx"
    made.core_properties.author = "poste12"
    for line in ("La grève continue", "Par Anne Roy", "le 3 mai 2022", "Les élus ont voté. " * 20):
        made.add_paragraph(line)
    made.save(tmp_path / "a.docx")
    got = article(read(tmp_path / "a.docx"))
    assert (got.title, got.author, got.published) == ("La grève continue", "Anne Roy", "2022-05-03")


BOMB = (
    '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
THIEF = '<!DOCTYPE w [<!ENTITY c SYSTEM "{}">]>'


@pytest.mark.parametrize("kind", ["bomb", "thief"])
def test_entities_are_neither_resolved_nor_fetched(tmp_path: Path, kind: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    front = BOMB if kind == "bomb" else THIEF.format(secret.as_uri())
    found = list(read(word(tmp_path, "<w:p><w:r><w:t>&c;</w:t></w:r></w:p>", front=front)))
    (told,) = problems(found)
    assert told.startswith("article.docx › word/document.xml: ")
    assert "SECRET" not in str(found)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "damaged"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"plain text", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
    ],
)
def test_what_is_no_word_file_is_told(tmp_path: Path, raw: bytes, said: str) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(raw)
    (told,) = problems(read(file))
    assert told.startswith("a.docx: ")
    assert said in told


def test_a_damaged_part_is_named(tmp_path: Path) -> None:
    file = spoilt(word(tmp_path, BUDGET), "word/document.xml")
    (told,) = problems(read(file))
    assert told.startswith("article.docx › word/document.xml: ")


def test_a_truncated_file_is_told(tmp_path: Path) -> None:
    file = word(tmp_path, BUDGET)
    for length in range(0, file.stat().st_size, 40):
        cut = tmp_path / "cut.docx"
        cut.write_bytes(file.read_bytes()[:length])
        (told,) = problems(read(cut))
        assert told.startswith("cut.docx")


def test_a_file_without_text_is_told(tmp_path: Path) -> None:
    assert problems(read(word(tmp_path, "<w:p/>"))) == ["article.docx: It holds no text."]


@pytest.mark.parametrize("paragraph", [escape("L’été < l'hiver & <b>")])
def test_old_files_are_told_unless_they_only_have_the_name(tmp_path: Path, paragraph: str) -> None:
    file = tmp_path / "a.doc"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (told,) = problems(doc.read(file))
    assert "save it as .docx" in told
    file.write_bytes(word(tmp_path, f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>").read_bytes())
    assert article(doc.read(file)).text == "L’été < l'hiver & <b>"
    file.write_bytes(b"{\\rtf1 L\\'e9t\\'e9}")
    assert article(doc.read(file)).text == "Lété"
