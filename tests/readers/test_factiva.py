"""Factiva's HTML, XML and RTF come in as their articles, in French and in English."""

from pathlib import Path

import pytest

from annotator.readers.databases import factiva
from tests.readers.reading import articles, problems, remarks

PAGE = """<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8">
<style>.article {}</style></head><body><div id="main">"""

CODED = """<div id="article-{n}" class="article frArticle"><table>
<tr><td class="index"><b>SE</b>&nbsp;</td><td>Politique</td></tr>
<tr><td class="index"><b>HD</b>&nbsp;</td>
<td><span class="frHeadline"><b>L’</b>école fermera&nbsp;{n}</span></td></tr>
<tr><td class="index"><b>BY</b>&nbsp;</td><td>Par Élise Brun</td></tr>
<tr><td class="index"><b>WC</b>&nbsp;</td><td>1&nbsp;412 mots</td></tr>
<tr><td class="index"><b>PD</b>&nbsp;</td><td>29 décembre 2011</td></tr>
<tr><td class="index"><b>ET</b>&nbsp;</td><td>18:05</td></tr>
<tr><td class="index"><b>SN</b>&nbsp;</td><td>La Gazette du Nord</td></tr>
<tr><td class="index"><b>SC</b>&nbsp;</td><td>GAZNOR</td></tr>
<tr><td class="index"><b>PG</b>&nbsp;</td><td>8</td></tr>
<tr><td class="index"><b>LA</b>&nbsp;</td><td>Français</td></tr>
<tr><td class="index"><b>CY</b>&nbsp;</td><td>(c) 2011 La Gazette du Nord.</td></tr>
<tr><td class="index"><b>LP</b>&nbsp;</td>
<td><p class="articleParagraph frarticleParagraph">«&nbsp;Nous n’avons
 plus que 10&#8239;000&nbsp;€&nbsp;», a dit <b>Mme Roy</b>.</p></td></tr>
<tr><td class="index"><b>TD</b>&nbsp;</td>
<td><p class="articleParagraph frarticleParagraph">Le conseil vote.</p>
<p class="articleParagraph frarticleParagraph">Jeudi.</p></td></tr>
<tr><td class="index"><b>NS</b>&nbsp;</td><td>gpol : Politique intérieure | gcat : Actualités</td></tr>
<tr><td class="index"><b>AN</b>&nbsp;</td><td>Document GAZNOR0020111229e7ct0000{n}</td></tr>
</table></div><br><span></span>"""

PLAIN = """<div class="article enArticle">
<div><p>News</p></div><div id="hd"><span class="enHeadline">School to close</span></div>
<div class="author">Ann Lee</div><div>212 words</div><div>29 December 2011</div>
<div>The Northern Gazette</div>
<div>NORGAZ</div><div>A3</div><div>English</div><div>Copyright 2011 The Northern Gazette</div>
<p class="articleParagraph enarticleParagraph">
The council of the city has said it will <b class="hl">close</b>
the school.</p><p class="articleParagraph enarticleParagraph">It is not easy.</p>
<p>Document NORGAZ0020111229e7ct00008</p></div>"""

XML = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="#"?>
<ppsArticleResponse xmlns="http://types.factiva.example/"><ppsarticleResultSet>
<article xmlns=""><accessionNo>GAZNOR0020111229e7ct00001</accessionNo><baseLanguage>fr</baseLanguage>
<byline>Par Élise Brun</byline><copyright>(c) 2011 La Gazette du Nord.</copyright>
<headline><paragraph>L’école <hlt>fermera</hlt></paragraph></headline>
<leadParagraph><paragraph>« Nous n’avons plus que 10\u202f000\u00a0€\u00a0», a dit
 Mme <hlt>Roy</hlt>.</paragraph></leadParagraph>
<publicationDate><date>2011-12-29</date></publicationDate><pages>8</pages>
<newsSubject code="gpol"><name>Politique</name></newsSubject>
<newsSubject code="gcat"><name>Tout</name></newsSubject>
<sectionName>Politique</sectionName><sourceName>La Gazette du Nord</sourceName>
<tailParagraphs><paragraph>Le conseil vote.</paragraph><paragraph>Jeudi.</paragraph></tailParagraphs>
<wordCount>412</wordCount></article>
<article xmlns=""><reference>distdoc:archive/ArchiveDoc::Article/GAZNOR0020111230e7cu00002</reference>
<headline>En bref</headline>
<publicationDate><dateTime>2011-12-30T18:05:00</dateTime></publicationDate></article>
</ppsarticleResultSet></ppsArticleResponse>"""

TEXT = "«\u00a0Nous n’avons plus que 10\u202f000\u00a0€\u00a0», a dit Mme Roy.\n\nLe conseil vote.\n\nJeudi."


def rtf(*lines: str) -> bytes:
    """Return an RTF file of paragraphs, escaped as Factiva does, headings in bold."""

    def escaped(line: str) -> str:
        return "".join(char if char < "\x7f" else f"\\u{ord(char)}?" for char in line)

    body = "".join(f"{{\\b {escaped(line)}}}\\par\\par\n" for line in lines)
    return (
        b"{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\n" + body.encode("ascii") + b"}"
    )


def written(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_html_with_codes(tmp_path: Path) -> None:
    path = written(
        tmp_path, "f.html", PAGE + "".join(CODED.replace("{n}", f"{n}") for n in range(3))
    )
    found = list(factiva.read(path))
    assert problems(found) == remarks(found) == []
    assert len(articles(found)) == 3
    article = articles(found)[1]
    assert article.text == TEXT
    assert (article.title, article.author) == ("L’école fermera\u00a01", "Élise Brun")
    assert (article.source, article.published) == ("La Gazette du Nord", "2011-12-29")
    assert article.language == "fr"
    assert article.meta == {
        "id": "GAZNOR0020111229e7ct00001",
        "words": "1412",
        "section": "Politique",
        "page": "8",
        "source_code": "GAZNOR",
        "copyright": "(c) 2011 La Gazette du Nord.",
        "subject": "gpol : Politique intérieure | gcat : Actualités",
        "published_at": "2011-12-29T18:05",
        "file": "f.html",
        "encoding": "utf-8",
    }


def test_html_without_codes(tmp_path: Path) -> None:
    (article,) = articles(factiva.read(written(tmp_path, "f.html", PAGE + PLAIN)))
    assert article.text == (
        "The council of the city has said it will close the school.\n\nIt is not easy."
    )
    assert (article.title, article.author) == ("School to close", "Ann Lee")
    assert (article.source, article.published) == ("The Northern Gazette", "2011-12-29")
    assert article.language == "en"
    assert article.meta["id"] == "NORGAZ0020111229e7ct00008"
    assert (article.meta["section"], article.meta["page"], article.meta["words"]) == (
        "News",
        "A3",
        "212",
    )
    assert article.meta["copyright"] == "Copyright 2011 The Northern Gazette"


def test_xml(tmp_path: Path) -> None:
    found = list(factiva.read(written(tmp_path, "f.xml", XML)))
    (article,) = articles(found)
    assert article.text == TEXT.replace("«\u00a0", "« ")
    assert (article.title, article.author) == ("L’école fermera", "Élise Brun")
    assert (article.source, article.published) == ("La Gazette du Nord", "2011-12-29")
    assert article.meta == {
        "id": "GAZNOR0020111229e7ct00001",
        "words": "412",
        "section": "Politique",
        "page": "8",
        "copyright": "(c) 2011 La Gazette du Nord.",
        "subject": ["Politique", "Tout"],
        "file": "f.xml",
    }
    (problem,) = problems(found)
    assert problem.startswith("f.xml, article 2: “En bref” has no text")


def test_rtf_without_codes(tmp_path: Path) -> None:
    lines = (
        *(
            "Politique",
            "L’école fermera",
            "Élise Brun",
            "412 mots",
            "29 décembre 2011",
            "La Gazette du Nord",
        ),
        *("GAZNOR", "8", "Français", "Tous droits réservés La Gazette du Nord 2011"),
        *(
            "« Nous n’avons plus que 10\u202f000\u00a0€\u00a0», a dit Mme Roy.",
            "Le conseil vote.",
            "Jeudi.",
        ),
        "Document GAZNOR0020111229e7ct00001",
        *(
            "School to close",
            "212 words",
            "30 December 2011",
            "08:05 AM",
            "The Northern Gazette",
            "NORGAZ",
        ),
        *("English", "(c) 2011", "It is not easy.", "Document NORGAZ0020111229e7ct00008"),
        *("Récapitulatif", "Texte : école"),
    )
    found = list(factiva.read(written(tmp_path, "f.rtf", rtf(*lines))))
    first, second = articles(found)
    assert first.text == TEXT.replace("«\u00a0", "« ")
    assert (first.title, first.author, first.published) == (
        "L’école fermera",
        "Élise Brun",
        "2011-12-29",
    )
    assert (first.source, first.language) == ("La Gazette du Nord", "fr")
    assert first.meta == {
        "id": "GAZNOR0020111229e7ct00001",
        "words": "412",
        "section": "Politique",
        "page": "8",
        "source_code": "GAZNOR",
        "copyright": "Tous droits réservés La Gazette du Nord 2011",
        "file": "f.rtf",
    }
    assert (second.title, second.text, second.language) == (
        "School to close",
        "It is not easy.",
        "en",
    )
    assert second.meta["published_at"] == "2011-12-30T08:05"
    (remark,) = remarks(found)
    assert "Récapitulatif" in remark


def test_rtf_with_codes(tmp_path: Path) -> None:
    lines = (
        *(
            "HD\tL’école fermera",
            "BY\tÉlise Brun",
            "WC\t412 mots",
            "PD\t29 décembre 2011",
            "SN\tLa Gazette",
        ),
        *(
            "LA\tFrançais",
            "LP",
            "IN\u00a0PARIS, on vote.",
            "TD\tJeudi.",
            "Vendredi.",
            "IN\ti81 : Banque",
        ),
        "AN\tDocument GAZNOR0020111229e7ct00001",
    )
    (article,) = articles(
        factiva.read(written(tmp_path, "f.rtf", rtf(*lines).replace(b"\t", b"\\tab ")))
    )
    assert article.text == "IN\u00a0PARIS, on vote.\n\nJeudi.\n\nVendredi."
    assert (article.title, article.author, article.source) == (
        "L’école fermera",
        "Élise Brun",
        "La Gazette",
    )
    assert (article.meta["id"], article.meta["industry"]) == (
        "GAZNOR0020111229e7ct00001",
        "i81 : Banque",
    )


@pytest.mark.parametrize(
    ("name", "content", "is_known"),
    [
        ("a.html", PAGE + CODED, True),
        ("a.html", PAGE + PLAIN, True),
        ("a.xml", XML, True),
        ("a.rtf", rtf("T", "2 words", "Document GAZNOR0020111229e7ct00001"), True),
        ("a.html", "<div class='article'><p>Un texte.</p></div>", False),
        ("a.html", "<div class='enArticle'><p>A text.</p></div>", False),
        ("a.xml", "<rss><channel><item><title>T</title></item></channel></rss>", False),
        ("a.rtf", rtf("Document", "Un texte sur Document et autres."), False),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_content(
    tmp_path: Path, name: str, content: str | bytes, is_known: bool
) -> None:
    path = written(tmp_path, name, content)
    assert factiva.recognises(path, path.read_bytes()[:4096]) == is_known


def test_xml_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    path = written(tmp_path, "f.xml", XML[: XML.index("En bref")])
    found = list(factiva.read(path))
    assert len(articles(found)) == 1
    assert problems(found)[0].startswith("f.xml:")


def test_entities_reach_nothing(tmp_path: Path) -> None:
    declared = '<!DOCTYPE ppsArticleResponse [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    bad = XML.replace("<ppsArticleResponse", f"{declared}<ppsArticleResponse", 1).replace(
        "Jeudi", "&x;"
    )
    found = list(factiva.read(written(tmp_path, "f.xml", bad)))
    assert articles(found) == []
    assert "entities" in problems(found)[0]


@pytest.mark.parametrize("cut", [300, 900, 1500, 2100])
@pytest.mark.parametrize("name", ["f.html", "f.xml", "f.rtf"])
def test_a_file_that_breaks_off_ends_in_articles_or_problems(
    tmp_path: Path, name: str, cut: int
) -> None:
    content = {"f.html": (PAGE + CODED + CODED).encode(), "f.xml": XML.encode()}
    raw = content.get(name) or rtf(
        "T", "2 mots", *["mot " * 30] * 30, "Document GAZNOR0020111229e7ct00001"
    )
    found = list(factiva.read(written(tmp_path, name, raw[:cut])))
    assert articles(found) or problems(found)
