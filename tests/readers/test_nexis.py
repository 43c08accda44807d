"""Files of Nexis Uni and of the old LexisNexis come in as their articles, in French and English."""

from pathlib import Path

import pytest
from docx import Document as WordFile

from annotator.readers.databases import nexis
from tests.readers.reading import articles, problems, remarks
from tests.readers.test_factiva import rtf

COVER = (
    *(
        "User Name:\u00a0A. Reader",
        "Date and Time:\u00a0Tuesday, July 30, 2019\u00a0\u00a03:29:00 PM EDT",
    ),
    *(
        "Job Number:\u00a093981256",
        "Documents (2)",
        "1. School to close",
        "Client/Matter:\u00a0-None-",
    ),
    *("Search Terms:\u00a0school", "2. L’école fermera", "Client/Matter:\u00a0-None-"),
    "Search Terms:\u00a0school",
)
ENGLISH = (
    *("School to close", "The Northern Gazette (Lille)", "July 3, 2019 Wednesday 6:18 PM GMT"),
    "Copyright 2019 Northern Papers Ltd. All Rights Reserved",
    *(
        "Section:\u00a0POLITICS; Version:1; Pg. 4",
        "Length:\u00a01,412 words",
        "Byline:\u00a0By Ann Lee",
    ),
    "Highlight:\u00a0On 1 March 2018 the mayor had promised otherwise.",
    *("Body", "\u00a0", "The council said: it will close the school on 4 July 2019."),
    *(
        "Length: that is not what this line gives.",
        "It is not easy.",
        "Graphic",
        "\u00a0",
        "The school",
    ),
    *("Classification", "\u00a0", "Language:\u00a0ENGLISH", "Publication-Type:\u00a0Newspaper"),
    *(
        "Subject:\u00a0SCHOOLS (90%); MAYORS (78%)",
        "Load-Date:\u00a0July 4, 2019",
        "\u00a0",
        "End of Document",
    ),
)
FRENCH = (
    *(
        "L’école fermera\u00a0: le maire s’explique",
        "La Gazette du Nord",
        "mercredi 3 juillet 2019",
    ),
    "Copyright 2019 La Gazette du Nord Tous droits réservés",
    *(
        "Rubrique:\u00a0POLITIQUE; p. 8",
        "Longueur:\u00a0412 mots",
        "Auteur:\u00a0Élise Brun",
        "Corps",
        "\u00a0",
    ),
    *("« Nous n’avons plus que 10\u202f000\u00a0€\u00a0», a dit Mme Roy.", "Jeudi : le vote."),
    *("Classification", "Langue:\u00a0French; Français", "Date-chargement:\u00a03 juillet 2019"),
    "Fin de document",
)


def word(tmp_path: Path, *lines: str) -> Path:
    """Write a Word file of these paragraphs; search terms are in bold."""
    made = WordFile()
    for line in lines:
        paragraph = made.add_paragraph()
        for n, part in enumerate(line.split("school")):
            if n:
                paragraph.add_run("school").bold = True
            paragraph.add_run(part)
    made.save(tmp_path / "n.docx")
    return tmp_path / "n.docx"


def written(tmp_path: Path, name: str, raw: bytes) -> Path:
    (tmp_path / name).write_bytes(raw)
    return tmp_path / name


@pytest.mark.parametrize("kind", ["docx", "rtf"])
def test_articles_of_nexis_uni(tmp_path: Path, kind: str) -> None:
    lines = (*COVER, *ENGLISH, *FRENCH)
    path = word(tmp_path, *lines) if kind == "docx" else written(tmp_path, "n.rtf", rtf(*lines))
    assert nexis.recognises(path, path.read_bytes()[:4096])
    found = list(nexis.read(path))
    assert problems(found) == remarks(found) == []
    english, french = articles(found)
    assert english.text == (
        "The council said: it will close the school on 4 July 2019.\n\n"
        "Length: that is not what this line gives.\n\nIt is not easy."
    )
    assert (english.title, english.author) == ("School to close", "Ann Lee")
    assert (english.source, english.published) == ("The Northern Gazette (Lille)", "2019-07-03")
    assert english.language == "en"
    assert english.meta == {
        "section": "POLITICS",
        "page": "4",
        "words": "1412",
        "highlight": "On 1 March 2018 the mayor had promised otherwise.",
        "copyright": "Copyright 2019 Northern Papers Ltd. All Rights Reserved",
        "graphic": "The school",
        "type": "Newspaper",
        "subject": "SCHOOLS (90%); MAYORS (78%)",
        "load_date": "July 4, 2019",
        "published_at": "2019-07-03T18:18",
        "file": path.name,
    }
    assert french.text == (
        "« Nous n’avons plus que 10\u202f000\u00a0€\u00a0», a dit Mme Roy.\n\nJeudi : le vote."
    )
    assert (french.title, french.author) == (
        "L’école fermera\u00a0: le maire s’explique",
        "Élise Brun",
    )
    assert (french.source, french.published) == ("La Gazette du Nord", "2019-07-03")
    assert (french.language, french.meta["page"], french.meta["words"]) == ("fr", "8", "412")


@pytest.mark.parametrize(
    "date",
    [
        *(
            "mardi 10 décembre 2019",
            "Mardi 10 Décembre 2019",
            "décembre 10 2019",
            "December 10, 2019",
        ),
        *(
            "10 décembre 2019 mardi 3:00 AM GMT",
            "December 10, 2019 Tuesday",
            "Tuesday 10 December 2019",
        ),
        "December 10, 2019 Tuesday First Edition",
    ],
)
def test_dates_as_nexis_writes_them(tmp_path: Path, date: str) -> None:
    lines = ("Titre", "La Gazette", date, "Length: 3 words", "Body", "Un texte.", "End of Document")
    (article,) = articles(nexis.read(word(tmp_path, *lines)))
    assert (article.title, article.source, article.published) == (
        "Titre",
        "La Gazette",
        "2019-12-10",
    )


def test_a_text_that_speaks_of_classification_is_whole(tmp_path: Path) -> None:
    text = ("Classification", "Lille est premier.", "Sujet : la suite.")
    lines = ("Titre", "La Gazette", "3 juillet 2019", "Longueur: 9 mots", "Corps", *text)
    (article,) = articles(
        nexis.read(word(tmp_path, *lines, "Classification", "Langue: French", "Fin de document"))
    )
    assert article.text == "Classification\n\nLille est premier.\n\nSujet : la suite."


def test_a_photograph_without_a_text_is_told(tmp_path: Path) -> None:
    lines = (
        "Photo",
        "La Gazette",
        "3 juillet 2019",
        "Length: 0 words",
        "Body",
        "End of Document",
        *FRENCH,
    )
    found = list(nexis.read(word(tmp_path, *lines)))
    assert [article.source for article in articles(found)] == ["La Gazette du Nord"]
    assert problems(found)[0].startswith("n.docx, article 1: “Photo” has no text")


OLD = """





                               1 of 2 DOCUMENTS



                              The Northern Gazette

                     July 26, 2008 Saturday
                                  1st Edition

School to close:
the mayor explains

BYLINE: BY ANN LEE

SECTION: NEWS; Pg. 12

LENGTH: 412 words


   The council of the city has said it will close the school, and
that it is not easy.

   It adds: NOTES: none.

LOAD-DATE: July 27, 2008

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                       Copyright 2008 Northern Papers Ltd.
                              All Rights Reserved
\f
                               Document 2 de 2


                       Copyright 2008 La Gazette du Nord
                            Tous droits réservés

                              La Gazette du Nord

                              Samedi 26 Juillet 2008

L’école fermera

RUBRIQUE: POLITIQUE; Pg. 8

LONGUEUR: 12 mots

AUTEUR: Élise Brun

   « Nous n’avons plus que 10\u202f000\u00a0€\u00a0», a
dit Mme Roy.

LANGUE: FRENCH; Français

DATE-CHARGEMENT: 26 juillet 2008
"""

PAGE = """<HTML><HEAD><STYLE TYPE="text/css"><!-- .c0 { text-align: center; } --></STYLE></HEAD><BODY>
<A NAME="DOC_ID_1_0"></A><!-- Hide XML section from browser
<DOC NUMBER=1> <DOCFULL> -->
<BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">1 of 1 DOCUMENT</SPAN></P></DIV>
<BR><DIV CLASS="c0"><BR><P CLASS="c1"><SPAN CLASS="c2">The Northern Gazette</SPAN></P></DIV>
<BR><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">July</SPAN><SPAN CLASS="c2"> 26, 2008 Saturday</SPAN>
<SPAN CLASS="c2">&nbsp;<BR>1</SPAN><SPAN CLASS="c11"><SUP>ST</SUP></SPAN>
<SPAN CLASS="c2"> Edition</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">School to close</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">SECTION: </SPAN><SPAN CLASS="c2">Pg. 12</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LENGTH: </SPAN><SPAN CLASS="c2">412 words</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c9"><SPAN CLASS="c2">It will </SPAN><SPAN CLASS="c4">close</SPAN>
<SPAN CLASS="c2"> now.
</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LANGUAGE: </SPAN><SPAN CLASS="c2">ENGLISH</SPAN></P></DIV>
<BR><DIV CLASS="c0"><BR><P CLASS="c1"><SPAN CLASS="c2">
Copyright 2008 Northern Papers Ltd.<BR>All Rights Reserved
</SPAN></P></DIV></BODY></HTML>"""


def test_a_text_of_the_old_lexisnexis(tmp_path: Path) -> None:
    path = written(tmp_path, "n.txt", OLD.replace("\n", "\r\n").encode())
    assert nexis.recognises(path, path.read_bytes()[:4096])
    found = list(nexis.read(path))
    english, french = articles(found)
    assert english.text == (
        "The council of the city has said it will close the school, and that it is not easy."
        "\n\nIt adds: NOTES: none."
    )
    assert (english.title, english.author) == ("School to close: the mayor explains", "ANN LEE")
    assert (english.source, english.published) == ("The Northern Gazette", "2008-07-26")
    assert english.meta == {
        "section": "NEWS",
        "page": "12",
        "words": "412",
        "load_date": "July 27, 2008",
        "type": "Newspaper",
        "copyright": "Copyright 2008 Northern Papers Ltd. All Rights Reserved",
        "file": "n.txt",
        "encoding": "utf-8",
    }
    assert french.text == "« Nous n’avons plus que 10\u202f000\u00a0€\u00a0», a dit Mme Roy."
    assert (french.title, french.author) == ("L’école fermera", "Élise Brun")
    assert (french.source, french.published) == ("La Gazette du Nord", "2008-07-26")
    assert (french.language, french.meta["section"]) == ("fr", "POLITIQUE")


def test_a_page_of_the_old_lexisnexis(tmp_path: Path) -> None:
    path = written(tmp_path, "n.html", PAGE.encode())
    assert nexis.recognises(path, path.read_bytes()[:4096])
    (article,) = articles(nexis.read(path))
    assert (article.title, article.text) == ("School to close", "It will close now.")
    assert (article.source, article.published) == ("The Northern Gazette", "2008-07-26")
    assert (article.meta["page"], "section" in article.meta) == ("12", False)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.txt", b"Un article\n\nSur 1 of 3 DOCUMENTS, dit-il.\n"),
        ("a.html", b"<html><body><p>Page 1 of 3</p></body></html>"),
        ("a.rtf", rtf("Titre", "Longueur : grande", "Un texte.")),
        ("a.docx", b"PK\x03\x04 no zip"),
        ("a.txt", b"\x00\xff\xfe\x01"),
    ],
)
def test_other_files_are_not_taken_for_nexis(tmp_path: Path, name: str, raw: bytes) -> None:
    path = written(tmp_path, name, raw)
    assert not nexis.recognises(path, raw[:4096])


def test_a_word_file_of_anybody_is_not_taken_for_nexis(tmp_path: Path) -> None:
    path = word(tmp_path, "Titre", "Longueur : 3 m", "End of Document is what we say here.")
    assert not nexis.recognises(path, path.read_bytes()[:4096])


def test_a_file_that_breaks_off_ends_in_articles_or_problems(tmp_path: Path) -> None:
    whole = word(tmp_path, *COVER, *ENGLISH, *FRENCH).read_bytes()
    for name, raw in (
        ("n.docx", whole[: len(whole) // 2]),
        ("n.rtf", rtf(*COVER, *ENGLISH)[:2_000]),
        ("n.txt", OLD.encode()[:300]),
        ("n.html", PAGE.encode()[:700]),
    ):
        found = list(nexis.read(written(tmp_path, name, raw)))
        assert articles(found) or problems(found)
