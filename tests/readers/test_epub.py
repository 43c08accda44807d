"""An EPUB becomes an article for each chapter; what is locked, missing or without text is told."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from annotator.readers.documents.epub import read
from tests.readers.reading import (
    article,
    articles,
    packed,
    paragraphs,
    problems,
    remarks,
    shown,
    spoilt,
)

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
SAID = (
    "<dc:title>La Gazette, mai 2024</dc:title>"
    "<dc:creator>Anne Roy</dc:creator><dc:creator>Luc Lee</dc:creator>"
    '<dc:date opf:event="modification">2025-01-01</dc:date><dc:date>2024-05-03T00:00:00Z</dc:date>'
    "<dc:language>fr-CA</dc:language><dc:publisher>Les Éditions</dc:publisher>"
    "<dc:identifier>urn:isbn:1</dc:identifier>"
)
PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">{}</html>'
)


def page(body: str, head: str = "") -> str:
    return PAGE.format(f"<head>{head}</head><body>{body}</body>")


def epub(
    tmp_path: Path,
    chapters: Mapping[str, str],
    *,
    said: str = SAID,
    extra: Sequence[str] = (),
    order: Sequence[str] = (),
    parts: Mapping[str, str] | None = None,
) -> Path:
    """Write an EPUB; `extra` are further items of the manifest, `order` further ids of the spine."""
    names = list(chapters)
    items = "".join(
        f'<item id="c{n}" href="{escape(name)}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(names)
    )
    spine = "".join(
        f'<itemref idref="{id}"/>' for id in (*(f"c{n}" for n in range(len(names))), *order)
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{said}</metadata>'
        f"<manifest>{items}{''.join(extra)}</manifest><spine>{spine}</spine></package>"
    )
    return packed(
        tmp_path / "livre.epub",
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": package,
            **{f"OEBPS/{name.replace('%20', ' ')}": content for name, content in chapters.items()},
            **(parts or {}),
        },
    )


def text(tmp_path: Path, body: str) -> str:
    return article(read(epub(tmp_path, {"a.xhtml": page(body)}))).text


def test_each_chapter_is_an_article_with_the_metadata_of_the_book(tmp_path: Path) -> None:
    chapters = {
        "Text/un.xhtml": page(
            "<h1>Le budget est <i>adopté</i></h1><p>«\u00a0Oui\u00a0», dit&nbsp;elle.</p>"
        ),
        "Text/deux%20bis.xhtml": page("<p>Sans titre ici.</p>", "<title>Deux</title>"),
        "Text/cover.xhtml": page('<svg><title>x</title></svg><img src="c.jpg" alt="couverture"/>'),
    }
    found = list(read(epub(tmp_path, chapters)))
    first, second = articles(found)
    assert first.text == "Le budget est adopté\n\n«\u00a0Oui\u00a0», dit\u00a0elle."
    assert (first.title, first.author, first.source) == (
        "Le budget est adopté",
        "Anne Roy, Luc Lee",
        "La Gazette, mai 2024",
    )
    assert (first.published, first.language) == ("2024-05-03", "fr")
    assert first.meta == {
        "publisher": "Les Éditions",
        "identifier": "urn:isbn:1",
        "chapter": 1,
        "file": "livre.epub",
    }
    assert (second.title, second.meta["chapter"]) == ("La Gazette, mai 2024 2", 2)
    places = [each.place for each in found if hasattr(each, "article")]
    assert places == ["livre.epub › OEBPS/Text/un.xhtml", "livre.epub › OEBPS/Text/deux bis.xhtml"]
    assert problems(found) == []
    assert remarks(found) == ["1 page holds pictures and no text; it was left out."]


@settings(
    max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(paragraphs)
def test_any_text_comes_out_as_it_went_in(tmp_path: Path, wanted: list[str]) -> None:
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in wanted)
    assert text(tmp_path, body) == "\n\n".join(map(shown, wanted))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>a\n   b <b> c</b></p>", "a b c"),
        ("<p>a<br/> b</p>", "a\nb"),
        ("<div>a<p>b</p>c</div>", "a\n\nb\n\nc"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<blockquote><p>«\u202fOui\u202f»</p></blockquote>", "«\u202fOui\u202f»"),
        ("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a\tb\nc\td"),
        ("<p>l&rsquo;&eacute;t&eacute;&nbsp;&#8239;!&hellip;</p>", "l’été\u00a0\u202f!…"),
        ("<p>a<script>x</script><style>y</style><!-- z --><a id='x'/>b</p>", "ab"),
        ("<ruby>漢<rt>kan</rt></ruby>", "漢"),
        ("<p>a<![CDATA[<b>]]></p>", "a<b>"),
    ],
)
def test_markup_is_shown_as_a_browser_would(tmp_path: Path, body: str, expected: str) -> None:
    assert text(tmp_path, body) == expected


def test_marks_of_notes_do_not_stick_to_words(tmp_path: Path) -> None:
    mark = '<a epub:type="noteref" href="#n">1</a>'
    body = f'<p>La ministre{mark} part.</p><ol><li>Un</li></ol><p hidden="">x</p>'
    found = list(read(epub(tmp_path, {"a.xhtml": page(body)})))
    assert article(found).text == "La ministre part.\n\nUn"
    assert remarks(found) == [
        "1 hidden passage was left out.",
        "1 mark of a note was left out.",
        "The number or bullet of 1 item, which is not in the file, was left out.",
    ]


@pytest.mark.parametrize("kind", ["nav", "ncx"])
def test_titles_come_from_the_table_of_contents(tmp_path: Path, kind: str) -> None:
    if kind == "nav":
        item = '<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        listed = page(
            '<nav epub:type="toc"><a href="a.xhtml#x">1. Le\ndépart</a><a href="a.xhtml#y">Plus</a></nav>'
        )
    else:
        item = '<item id="n" href="nav.xhtml" media-type="application/x-dtbncx+xml"/>'
        point = (
            "<navPoint><navLabel><text>{}</text></navLabel><content src='a.xhtml#{}'/></navPoint>"
        )
        listed = (
            '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>'
            f"{point.format('1. Le départ', 'x')}{point.format('Plus', 'y')}</navMap></ncx>"
        )
    file = epub(
        tmp_path,
        {"a.xhtml": page("<h1>1</h1><p>Texte.</p>")},
        extra=[item],
        order=["n"] if kind == "nav" else [],
        parts={"OEBPS/nav.xhtml": listed},
    )
    found = list(read(file))
    assert (article(found).title, article(found).text) == ("1. Le départ", "1\n\nTexte.")
    assert problems(found) == remarks(found) == []


def test_an_old_page_with_a_doctype_is_read(tmp_path: Path) -> None:
    old = (
        '<?xml version="1.0" encoding="iso-8859-1"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN"\n'
        ' "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">\n' + page("<p>Été&nbsp;: où&#160;?</p>")
    )
    file = epub(tmp_path, {"a.xhtml": ""}, parts={})
    file = packed(
        file,
        {
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": (
                '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>'
                '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
                '<spine><itemref idref="a"/></spine></package>'
            ),
            "OEBPS/a.xhtml": old.encode("latin-1"),
        },
    )
    found = list(read(file))
    assert article(found).text == "Été\u00a0: où\u00a0?"
    assert problems(found) == remarks(found) == []


def test_markup_with_mistakes_is_read_and_told(tmp_path: Path) -> None:
    found = list(
        read(epub(tmp_path, {"a.xhtml": "<html><body><p>L’été<p>Fin &foo; <b>ici</p></html>"}))
    )
    assert article(found).text == "L’été\n\nFin &foo; ici"
    assert remarks(found) == ["Its markup has mistakes; it was read as a browser would."]


def test_a_locked_chapter_is_told_and_the_others_come_in(tmp_path: Path) -> None:
    entry = (
        '<e:EncryptedData xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptionMethod Algorithm="{}"/>'
        '<e:CipherData><e:CipherReference URI="{}"/></e:CipherData></e:EncryptedData>'
    )
    listed = (
        "<encryption>"
        + entry.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/b.xhtml")
        + entry.format("http://www.idpf.org/2008/embedding", "OEBPS/a.xhtml")
        + "</encryption>"
    )
    chapters = {"a.xhtml": page("<p>Un</p>"), "b.xhtml": "\0\1\2"}
    found = list(read(epub(tmp_path, chapters, parts={"META-INF/encryption.xml": listed})))
    assert article(found).text == "Un"
    (told,) = problems(found)
    assert "1 chapter is protected by its seller (DRM)" in told


def test_missing_and_damaged_chapters_are_named(tmp_path: Path) -> None:
    chapters = {"a.xhtml": page("<p>Un</p>"), "b.xhtml": page("<p>Deux</p>")}
    lost = '<item id="l" href="lost.xhtml" media-type="application/xhtml+xml"/>'
    file = spoilt(epub(tmp_path, chapters, extra=[lost], order=["l", "nobody"]), "OEBPS/b.xhtml")
    found = list(read(file))
    assert article(found).text == "Un"
    places = [re.split(r": ", told)[0] for told in problems(found)]
    assert places == [
        "livre.epub › OEBPS/b.xhtml",
        "livre.epub › OEBPS/lost.xhtml",
        "livre.epub › nobody",
    ]


def test_entities_are_neither_resolved_nor_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    trap = f'<!DOCTYPE html [<!ENTITY e SYSTEM "{secret.as_uri()}">]>' + page("<p>&e;</p>")
    found = list(read(epub(tmp_path, {"a.xhtml": trap})))
    assert "entities" in problems(found)[0]
    assert "SECRET" not in str(found)


@pytest.mark.parametrize("missing", ["META-INF/container.xml", "OEBPS/book.opf"])
def test_an_epub_without_its_lists_is_told(tmp_path: Path, missing: str) -> None:
    parts = {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": "<package/>"}
    del parts[missing]
    (told,) = problems(read(packed(tmp_path / "a.epub", parts)))
    assert told.startswith(f"a.epub › {missing}: ")


def test_an_epub_without_text_is_told(tmp_path: Path) -> None:
    assert problems(read(epub(tmp_path, {}))) == ["livre.epub: It holds no text."]


def test_a_year_alone_is_no_day(tmp_path: Path) -> None:
    found = article(
        read(epub(tmp_path, {"a.xhtml": page("<p>Un</p>")}, said="<dc:date>2019</dc:date>"))
    )
    assert (found.published, found.meta["date"]) == ("", "2019")


@pytest.mark.parametrize("depth", [200, 2000])
def test_a_page_nested_without_end_is_no_trap(tmp_path: Path, depth: int) -> None:
    body = "<div>" * depth + "x" + "</div>" * depth
    found = list(read(epub(tmp_path, {"a.xhtml": page(body), "b.xhtml": page("<p>Un</p>")})))
    assert articles(found)[-1].text == "Un"
    assert len(articles(found)) + len(problems(found)) == 2
