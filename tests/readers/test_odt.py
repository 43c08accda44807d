"""An OpenDocument text becomes an article with all that stands in it, and what is left out is told."""

import re
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from annotator.readers.documents.odt import read
from tests.readers.reading import article, packed, paragraphs, problems, remarks, spoilt

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("meta", "meta"),
        ("manifest", "manifest"),
        ("svg", "svg-compatible"),
    )
)
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def odt(tmp_path: Path, body: str, meta: str = "", manifest: str = "", kind: str = "text") -> Path:
    content = (
        f"<office:document-content {NAMES} {DC}><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    if meta:
        parts["meta.xml"] = (
            f"<office:document-meta {NAMES} {DC}><office:meta>{meta}</office:meta></office:document-meta>"
        )
    if manifest:
        parts["META-INF/manifest.xml"] = (
            f"<manifest:manifest {NAMES}>{manifest}</manifest:manifest>"
        )
    return packed(tmp_path / "article.odt", parts)


def text(tmp_path: Path, body: str) -> str:
    return article(read(odt(tmp_path, body))).text


def written(paragraph: str) -> str:
    """Return a paragraph as LibreOffice writes it: each further space as an element."""
    spaces = re.sub(r"(?<= ) +", lambda run: f'<text:s text:c="{len(run[0])}"/>', escape(paragraph))
    return f"<text:p>{re.sub('^ ', '<text:s/>', spaces)}</text:p>"


def test_a_whole_article_with_its_properties(tmp_path: Path) -> None:
    body = (
        "<text:sequence-decls><text:sequence-decl/></text:sequence-decls>"
        '<text:h text:outline-level="1">Le budget est\n   adopté</text:h>'
        "<text:p>«\u00a0Nous avons tenu parole\u00a0», a<text:span>-t-elle</text:span> dit\u202f;<text:s/> "
        "<text:a>10\u202f000</text:a> euros<text:line-break/>restent<text:tab/>à trouver. </text:p>"
        "<text:section><text:p/><text:p>La suite <text:s text:c='2'/>ici.</text:p></text:section>"
    )
    meta = (
        "<dc:title>Le budget de la ville</dc:title><meta:initial-creator>Anne Roy</meta:initial-creator>"
        "<dc:creator>poste12</dc:creator><meta:creation-date>2024-05-03T09:05:00</meta:creation-date>"
        "<dc:language>fr-CA</dc:language><meta:keyword>budget</meta:keyword><meta:keyword>ville</meta:keyword>"
    )
    found = list(read(odt(tmp_path, body, meta)))
    assert problems(found) == remarks(found) == []
    got = article(found)
    assert got.text == (
        "Le budget est adopté\n\n"
        "«\u00a0Nous avons tenu parole\u00a0», a-t-elle dit\u202f;  10\u202f000 euros\n"
        "restent\tà trouver.\n\nLa suite   ici."
    )
    assert (got.title, got.author, got.language) == ("Le budget de la ville", "Anne Roy", "fr")
    assert got.meta == {
        "created": "2024-05-03T09:05:00",
        "keywords": "budget, ville",
        "file": "article.odt",
    }


@settings(
    max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(paragraphs)
def test_any_text_comes_out_as_it_went_in(tmp_path: Path, wanted: list[str]) -> None:
    body = "".join(map(written, wanted))
    assert text(tmp_path, body) == "\n\n".join(paragraph.strip(" ") for paragraph in wanted)


def test_tracked_changes_come_in_as_if_accepted(tmp_path: Path) -> None:
    gone = "<text:p>Luc Roy</text:p>"
    body = (
        "<text:tracked-changes>"
        f"<text:changed-region><text:deletion><office:change-info/>{gone}</text:deletion></text:changed-region>"
        "<text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>"
        "<text:p>La ministre <text:change/><text:change-start/>Élise<text:change-end/> part.</text:p>"
    )
    found = list(read(odt(tmp_path, body)))
    assert article(found).text == "La ministre Élise part."
    assert remarks(found) == [
        "1 insertion that is tracked as a change was kept.",
        "1 deletion that is tracked as a change was left out.",
    ]


def test_notes_lists_tables_frames_and_comments(tmp_path: Path) -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    row = f"<table:table-row>{cell.format('Écoles')}{cell.format('12')}</table:table-row>"
    body = (
        "<text:p>Un<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>La note.</text:p></text:note-body></text:note>, deux"
        "<office:annotation><dc:creator>Luc</dc:creator><text:p>à voir</text:p></office:annotation>"
        "<draw:frame><svg:title>Photo</svg:title><draw:text-box><text:p>Encadré</text:p></draw:text-box>"
        "</draw:frame> trois</text:p>"
        "<text:list><text:list-item><text:p>premier</text:p></text:list-item></text:list>"
        f"<table:table><table:table-column/><table:table-header-rows>{row}</table:table-header-rows>"
        f"{row}</table:table>"
        "<text:p>漢<text:ruby><text:ruby-base>字</text:ruby-base><text:ruby-text>ji</text:ruby-text></text:ruby>"
        "<text:title>Titre</text:title></text:p>"
    )
    found = list(read(odt(tmp_path, body)))
    assert article(found).text == (
        "Un, deux trois\n\nEncadré\n\npremier\n\nÉcoles\t12\nÉcoles\t12\n\n漢字Titre\n\n[1] La note."
    )
    assert remarks(found) == [
        "1 comment was left out.",
        "1 note stands at the end of the text, without a mark in it.",
        "The number or bullet of 1 item, which is not in the file, was left out.",
    ]


def test_a_number_of_spaces_is_no_trap(tmp_path: Path) -> None:
    assert len(text(tmp_path, '<text:p>a<text:s text:c="999999999"/>b</text:p>')) == 1002
    assert text(tmp_path, '<text:p>a<text:s text:c="-5"/>b</text:p>') == "a b"


def test_a_locked_file_is_told(tmp_path: Path) -> None:
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    (told,) = problems(read(odt(tmp_path, "<text:p>x</text:p>", manifest=entry)))
    assert "password" in told


@pytest.mark.parametrize(
    ("front", "body", "said"),
    [
        ("", "<text:p", "article.odt › content.xml: "),
        ("", "<text:p/>", "article.odt: It holds no text."),
        (
            '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
            "<text:p>&e;</text:p>",
            "entities",
        ),
        ('<!DOCTYPE x [<!ENTITY e "ha"><!ENTITY f "&e;&e;">]>', "<text:p>&f;</text:p>", "entities"),
    ],
)
def test_damages_and_traps_are_told(tmp_path: Path, front: str, body: str, said: str) -> None:
    file = odt(tmp_path, body)
    content = f"<office:document-content {NAMES}><office:body><office:text>{body}</office:text>"
    content += "</office:body></office:document-content>"
    packed(file, {"content.xml": front + content})
    (told,) = problems(read(file))
    assert said in told


def test_damaged_properties_are_told_and_the_text_comes_in(tmp_path: Path) -> None:
    found = list(
        read(spoilt(odt(tmp_path, "<text:p>Un</text:p>", "<dc:title>T</dc:title>"), "meta.xml"))
    )
    assert article(found).text == "Un"
    assert problems(found)[0].startswith("article.odt › meta.xml: ")


def test_a_table_under_the_name_of_a_text_is_told(tmp_path: Path) -> None:
    (told,) = problems(read(odt(tmp_path, "<table:table/>", kind="spreadsheet")))
    assert "no text document" in told


def test_a_file_that_is_cut_off_is_told(tmp_path: Path) -> None:
    raw = odt(tmp_path, "<text:p>Un</text:p>").read_bytes()
    file = tmp_path / "cut.odt"
    for length in range(0, len(raw), 30):
        file.write_bytes(raw[:length])
        (told,) = problems(read(file))
        assert told.startswith("cut.odt")
