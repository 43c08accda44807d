"""The items of a feed become articles, of whatever age and make the feed is."""

from pathlib import Path

import pytest

from annotator.core.model import Article, Document, Problem, Remark
from annotator.readers.streams.feed import read, recognises

LONG = "Le conseil municipal a voté lundi soir le budget de la ville, par vingt voix. " * 9
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Le Courrier – Politique</title><link>https://courrier.example/</link><language>fr-FR</language>
<item><title>Le budget\u00a0: &lt;b&gt;voté&lt;/b&gt;</title><link>/2024/budget</link>
<description>&lt;p&gt;En bref.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>«&nbsp;Oui\u202f!&nbsp;» {LONG}</p>
<ul><li>e\u0301té</li><li>👩‍👩‍👧\u2028</li></ul>
<script>x()</script>]]></content:encoded>
<dc:creator>Anne Roy</dc:creator><pubDate>Sun, 12 May 2024 08:15:00 +0200</pubDate>
<category>Politique</category><guid>courrier-1</guid></item>
<item><title>Une brève</title><description>Trois mots et plus\u202f: voilà.</description></item>
<item><title>Rien</title></item>
</channel></rss>"""


def found(folder: Path, source: str | bytes, name: str = "a.rss") -> list[Document | Problem]:
    file = folder / name
    file.write_bytes(source.encode() if isinstance(source, str) else source)
    return list(read(file))


def articles(read_: list[Document | Problem]) -> list[Article]:
    return [each.article for each in read_ if isinstance(each, Document)]


def test_each_item_becomes_an_article_with_what_is_said_of_it(tmp_path: Path) -> None:
    first, _second = articles(found(tmp_path, RSS))
    assert first.text == (f"«\u00a0Oui\u202f!\u00a0» {LONG.strip()}\n\ne\u0301té\n👩‍👩‍👧\u2028")
    assert (
        first.title,
        first.author,
        first.published,
        first.source,
        first.url,
        first.language,
    ) == (
        "Le budget\u00a0: voté",
        "Anne Roy",
        "2024-05-12",
        "Le Courrier – Politique",
        "https://courrier.example/2024/budget",
        "fr",
    )
    assert first.meta == {
        "published_at": "2024-05-12T08:15:00+02:00",
        "section": "Politique",
        "description": "En bref.",
        "id": "courrier-1",
        "file": "a.rss",
        "encoding": "utf-8",
    }


def test_short_and_empty_items_are_told(tmp_path: Path) -> None:
    document, short, empty, remark = found(tmp_path, RSS)
    assert isinstance(document, Document)
    assert isinstance(short, Document)
    assert (short.place, short.article.text) == (
        "a.rss, item 2",
        "Trois mots et plus\u202f: voilà.",
    )
    assert str(empty) == "a.rss, item 3: It holds no text."
    assert isinstance(remark, Remark)
    assert "1 item is short" in remark.message


def test_an_atom_feed_is_read(tmp_path: Path) -> None:
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Post</title>
<entry><title type="html">Tom &amp;amp; Ann</title><link href="https://post.example/1"/><id>tag:1</id>
<published>2024-05-12T08:15:00Z</published><updated>2024-05-13T08:15:00Z</updated>
<author><name>Ann Roe</name></author><author><name>Tom Day</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The council of the town has voted.</p>
<p>{LONG}</p></div></content></entry></feed>"""
    (article,) = articles(found(tmp_path, atom, "a.xml"))
    assert article.text == f"The council of the town has voted.\n\n{LONG.strip()}"
    assert (article.title, article.author, article.source) == (
        "Tom & Ann",
        "Ann Roe, Tom Day",
        "The Post",
    )
    assert article.meta["modified"] == "2024-05-13T08:15:00Z"


@pytest.mark.parametrize("encoding", ["cp1252", "iso-8859-15", "utf-16"])
def test_a_feed_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    source = (
        f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>T</title><item>'
        "<title>Élu</title><description>L'élève est né à Orléans, où « tout va bien ».</description>"
        "</item></channel></rss>"
    )
    (article,) = articles(found(tmp_path, source.encode(encoding)))
    assert article.text == "L'élève est né à Orléans, où « tout va bien »."


def test_names_of_html_are_understood_where_xml_forbids_them(tmp_path: Path) -> None:
    source = RSS.replace("Une brève", "Une br&egrave;ve&nbsp;!")
    read_ = found(tmp_path, source)
    assert articles(read_)[1].title.startswith("Une brève")
    assert isinstance(read_[0], Remark)


def test_a_feed_that_breaks_off_gives_what_is_there_and_says_so(tmp_path: Path) -> None:
    read_ = found(tmp_path, RSS[: RSS.index("voilà")])
    assert articles(read_)[0].title == "Le budget\u00a0: voté"
    assert any(
        "not well-formed" in each.message and not isinstance(each, Remark)
        for each in read_
        if isinstance(each, Problem)
    )


@pytest.mark.parametrize(
    "source",
    [b"", b"<html><body>Non</body></html>", b"%PDF-1.4", b"\x00\x01\x02" * 40, b"<rss></rss>"],
)
def test_what_is_no_feed_is_named(tmp_path: Path, source: bytes) -> None:
    (problem,) = found(tmp_path, source)
    assert isinstance(problem, Problem)
    assert problem.place == "a.rss"


def test_entities_of_its_own_are_neither_fetched_nor_multiplied(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mot de passe")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    source = (
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        "<rss version='2.0'><channel><title>T</title><item><title>A</title>"
        "<description>Avant &x; &l9; après</description></item></channel></rss>"
    )
    told = " ".join(article.text for article in articles(found(tmp_path, source)))
    assert len(told) < 1000
    assert "passe" not in told


def test_other_xml_is_left_to_other_readers(tmp_path: Path) -> None:
    assert recognises(tmp_path / "a.xml", RSS.encode())
    assert recognises(tmp_path / "a.xml", RSS.encode("utf-16"))
    assert recognises(tmp_path / "a.atom", b"")
    assert not recognises(tmp_path / "a.xml", b"<?xml version='1.0'?><TEI><text/></TEI>")
    assert not recognises(tmp_path / "a.xml", b"<rdf:RDF xmlns:dc='http://purl.org/dc'/>")
