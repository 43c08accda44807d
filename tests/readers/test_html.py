"""A web page becomes the article that it shows, to the character, and tells what it is."""

import json
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.formats import AS_IT_IS, Reading
from annotator.core.model import Article, Document, Problem, Remark
from annotator.readers.pages.html import Page, formats, read, read_page

FIRST = (
    "Le conseil municipal a voté lundi soir, par vingt voix contre trois, le budget de la ville."
)
SECOND = "«\u00a0Nous n’avions pas le choix\u202f!\u00a0», a-t-elle déclaré devant 10\u202f000 personnes."
THIRD = "Les opposants, eux, ont quitté la salle avant le vote et promettent de saisir la préfète."
BODY = "\n\n".join((FIRST, SECOND, THIRD))
PARAGRAPHS = "".join(f"<p>{each}</p>" for each in (FIRST, SECOND, THIRD))


def found(page: str | bytes, how: Reading = AS_IT_IS, **known: str) -> list[Document | Problem]:
    raw = page.encode() if isinstance(page, str) else page
    return list(read_page(Page(raw, "a.html", **known), how))


def article(page: str | bytes, how: Reading = AS_IT_IS, **known: str) -> Article:
    (document,) = (each for each in found(page, how, **known) if isinstance(each, Document))
    return document.article


def messages(page: str | bytes) -> list[str]:
    return [each.message for each in found(page) if isinstance(each, Problem)]


def newspaper(
    body: str = PARAGRAPHS, head: str = "", lang: str = "fr", title: str = "Le budget est voté"
) -> str:
    """Return a page as newspapers make them, with all that is not the article around it."""
    links = "".join(f'<li><a href="/{n}">Rubrique numéro {n}</a></li>' for n in range(20))
    return f"""<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">
<title>{title} | Le Courrier</title>{head}<style>p {{color: red}}</style>
<script>var consent = "Nous utilisons des cookies";</script></head><body>
<div class="cookie-banner"><p>Nous utilisons des cookies pour mesurer l’audience de ce site.</p></div>
<nav><ul>{links}</ul></nav>
<main><article><header><h1>{title}</h1></header><div class="article__content">{body}</div></article>
<aside class="related"><h2>Les plus lus</h2><ul>{links}</ul></aside></main>
<footer><p>© Le Courrier. Tous droits réservés. Mentions légales et conditions d’utilisation.</p></footer>
</body></html>"""


def test_the_article_comes_without_what_the_site_puts_around_it() -> None:
    assert article(newspaper()).text == BODY


def test_spaces_that_do_not_break_stay_what_they_are_however_they_are_written() -> None:
    written = SECOND.replace("\u00a0", "&nbsp;").replace("\u202f", "&#8239;")
    assert article(newspaper(PARAGRAPHS.replace(SECOND, written))).text == BODY
    written = SECOND.replace("\u00a0", "&#xA0;").replace("\u202f", "&#x202F;")
    assert article(newspaper(PARAGRAPHS.replace(SECOND, written))).text == BODY


HAZARDS = (
    "👩‍👩‍👧 🇫🇷 e\u0301te\u0301 a\u00a0b\u202fc\u2028d\u2029e\u0085f\u200bg \u05d0\u05d1 ﬁ -t-il l’\u00b7x"
    "\x07\x1c \ufeff\u200f\U00013000\U00012000 <b>&amp;</b>"
)


def test_no_character_of_a_paragraph_changes() -> None:
    text = f"{FIRST} {HAZARDS} {THIRD}"
    assert article(newspaper(f"<p>{escape(text)}</p><p>{THIRD}</p>")).text == f"{text}\n\n{THIRD}"


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.text(
            st.one_of(
                st.sampled_from("\u00a0\u202f\u2028\u0085\u0301\u200d’-«» ettil👩🇫🇷א\x1c\u200f"),
                st.characters(
                    exclude_characters="\0\r\ufffe\uffff\u00ad", exclude_categories=["Cs"]
                ),
            ),
            max_size=30,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_text_in_paragraphs_comes_back(hazards: list[str]) -> None:
    lines = [f"{FIRST} {n}{hazard}{n} {THIRD}" for n, hazard in enumerate(hazards)]
    blanks = str.maketrans("\t\n\f", "   ")
    expected = [" ".join(filter(None, line.translate(blanks).split(" "))) for line in lines]
    page = newspaper("".join(f"<p>{escape(line)}</p>\n" for line in lines))
    assert article(page).text == "\n\n".join(expected)


def test_blocks_lists_tables_and_breaks_keep_their_shape() -> None:
    body = f"""<p>{FIRST}<br>Une ligne.</p><h2>Un intertitre du journal</h2>
<blockquote><p>{SECOND}</p></blockquote>
<ul><li>Un premier point du budget</li><li>Un deuxième <b>point</b> du budget</li></ul>
<table><tr><th>Ville</th><th>Voix</th></tr><tr><td>Lille</td><td>12\u00a0%</td></tr></table>
<p>{THIRD}</p>"""
    assert article(newspaper(body)).text == (
        f"{FIRST}\nUne ligne.\n\nUn intertitre du journal\n\n{SECOND}\n\n"
        "Un premier point du budget\nUn deuxième point du budget\n\n"
        f"Ville\tVoix\nLille\t12\u00a0%\n\n{THIRD}"
    )


def test_old_pages_part_paragraphs_by_two_breaks() -> None:
    page = f"<html><body><div>{FIRST}<br><br>\n{SECOND}<br/>\n<br/>{THIRD}</div></body></html>"
    assert article(page).text == BODY


def test_words_that_are_set_apart_by_markup_only_stay_whole() -> None:
    body = (
        f"<p><b>L</b>e 1<sup>er</sup> m<i>a</i>i<wbr>re, dit <q>oui</q>. {FIRST}</p><p>{THIRD}</p>"
    )
    text = article(newspaper(body)).text
    assert text.startswith("Le 1er maire, dit «\u00a0oui\u00a0». ")


def test_references_invitations_and_buttons_are_left_out() -> None:
    body = (
        f"<p>{FIRST}</p><p>Lire aussi\u00a0: <a href='/x'>Le budget de l’an dernier en débat</a></p>"
        f"<p>{SECOND}</p><p>Abonnez-vous à notre newsletter du matin</p><p>Partager</p>"
        f"<p>{THIRD}</p><p><a href='/y'>La page de notre dossier sur le budget</a></p>"
    )
    assert article(newspaper(body)).text == BODY


@pytest.mark.parametrize(
    "line",
    [
        "À lire : «\u00a0La Ville\u00a0», de Jeanne Dupont, aux éditions du Pont, 230 pages, 20 euros.",
        "Les habitants peuvent recevoir des alertes sur leur téléphone en cas de crue.",
        "Le site utilise des cookies, a reconnu l’entreprise devant la commission.",
        "Voir la mer, c’est tout ce qu’il demandait ce jour-là, raconte sa fille aînée.",
    ],
)
def test_a_sentence_of_the_article_is_not_taken_for_such_a_line(line: str) -> None:
    assert line in article(newspaper(f"<p>{FIRST}</p><p>{line}</p><p>{THIRD}</p>")).text


def test_what_the_page_says_of_itself_is_kept() -> None:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Le Courrier"},
            {
                "@type": ["NewsArticle"],
                "headline": "Le budget est voté",
                "author": [{"@type": "Person", "name": "Anne Roy"}, {"name": "Luc N’Diaye"}],
                "datePublished": "2024-05-12T08:15:00+02:00",
                "dateModified": "2024-05-13T10:00:00+02:00",
                "articleSection": "Politique",
            },
        ],
    }
    head = (
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
        '<meta property="og:site_name" content="Le Courrier">'
        '<meta name="description" content="Vingt voix contre&nbsp;trois.">'
        '<link rel="canonical" href="https://www.courrier.example/2024/05/12/budget.html">'
    )
    seen = article(newspaper(head=head))
    assert (seen.title, seen.author, seen.published, seen.source, seen.url, seen.language) == (
        "Le budget est voté",
        "Anne Roy, Luc N’Diaye",
        "2024-05-12",
        "Le Courrier",
        "https://www.courrier.example/2024/05/12/budget.html",
        "fr",
    )
    assert seen.meta == {
        "published_at": "2024-05-12T08:15:00+02:00",
        "modified": "2024-05-13T10:00:00+02:00",
        "section": "Politique",
        "description": "Vingt voix contre\u00a0trois.",
        "encoding": "utf-8",
    }


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2024-05-12T22:30:00Z">', "2024-05-12"),
        ('<meta name="DC.date.issued" content="2024-05-12">', "2024-05-12"),
        ('<meta name="date" content="Sun, 12 May 2024 08:15:00 +0200">', "2024-05-12"),
        ('<meta name="pubdate" content="20240512">', "2024-05-12"),
        ('<meta name="date" content="2024-99-99">', ""),
        ('<link rel="canonical" href="https://courrier.example/2024/05/12/budget">', "2024-05-12"),
        ("", ""),
    ],
)
def test_the_day_is_found_where_pages_put_it(head: str, day: str) -> None:
    assert article(newspaper(head=head)).published == day


def test_the_lines_between_title_and_text_are_read_and_the_lead_belongs_to_the_text() -> None:
    lead = "Après trois heures de débat, la majorité l’a emporté, mais deux élus manquaient."
    page = newspaper().replace(
        "</h1>",
        f'</h1><p class="article__chapo">{lead}</p><p>Par <span class="byline-name">Anne Roy</span></p>'
        '<p>Publié le <time datetime="2024-05-12T08:15">12 mai 2024 à 8h15</time></p>',
    )
    seen = article(page)
    assert seen.text == f"{lead}\n\n{BODY}"
    assert (seen.author, seen.published) == ("Anne Roy", "2024-05-12")
    assert seen.meta["published_at"] == "2024-05-12T08:15"


def test_the_title_is_the_heading_or_the_name_of_the_page_without_the_paper() -> None:
    head = '<meta property="og:site_name" content="Le Courrier">'
    assert article(newspaper(head=head).replace("h1", "h4")).title == "Le budget est voté"
    logo = newspaper().replace("<nav>", "<h1>Le Courrier</h1><nav>")
    assert article(logo).title == "Le budget est voté"
    assert article(f"<p>{FIRST}</p><p>{SECOND}</p>").title == ""


def test_a_page_saved_by_a_browser_knows_its_address() -> None:
    saved = "<!-- saved from url=(0031)https://courrier.example/budget -->\n" + newspaper()
    assert article(saved).url == "https://courrier.example/budget"
    assert article(newspaper(), url="https://courrier.example/x").source == "courrier.example"


def test_the_language_of_the_text_counts_more_than_that_of_the_template() -> None:
    assert article(newspaper(lang="en-US")).language == "fr"
    assert article(newspaper(lang="oc")).language == "oc"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'),
        ("iso8859-15", '<meta charset="ISO-8859-15">'),
        ("cp1252", ""),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("mac_roman", '<meta charset="macintosh">'),
    ],
)
def test_a_page_is_read_in_the_encoding_it_is_in(encoding: str, declared: str) -> None:
    text = (
        "L’élève paie 12\u00a0euros, « ça suffit », répond où le maire de la ville est né à Noël."
    )
    page = newspaper(f"<p>{text}</p><p>{text} Voilà.</p>")
    page = page.replace('<meta charset="utf-8">', declared)
    if encoding == "iso8859-15":
        page, text = page.replace("’", "'"), text.replace("’", "'")
    assert article(page.encode(encoding)).text == f"{text}\n\n{text} Voilà."


def test_the_user_says_the_encoding_when_the_page_is_wrong() -> None:
    russian = "Владимир сказал, что всё будет хорошо, и что он не приедет в город в понедельник. "
    raw = newspaper(f"<p>{russian * 3}</p>").encode("koi8-r", "replace")
    assert "Владимир сказал" in article(raw, Reading(encoding="koi8-r")).text


def test_numbers_of_the_windows_code_page_become_its_characters() -> None:
    body = PARAGRAPHS.replace("’", "&#146;").replace("«", "&laquo;")
    assert article(newspaper(body)).text == BODY


def test_xhtml_with_closed_scripts_and_cdata_is_read() -> None:
    page = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"'
        ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a.js"/></head><body>'
        f"<p><![CDATA[{FIRST}]]></p><p>{SECOND}</p><p>{THIRD}</p></body></html>"
    )
    assert article(page).text == BODY


def test_entities_of_its_own_and_files_it_names_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mot de passe")
    page = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y "yyyyyyyy">]>'
        f"<html><body>{PARAGRAPHS}<p>Avant &x; et &y; après, le conseil a voté le budget.</p></body></html>"
    )
    text = article(page).text
    assert text.startswith(BODY)
    assert "mot de passe" not in text
    assert "yyyyyyyy" not in text


def test_soft_hyphens_are_taken_out_and_that_is_told() -> None:
    page = newspaper(PARAGRAPHS.replace("municipal", "mu&shy;ni&shy;cipal"))
    assert article(page).text == BODY
    assert messages(page) == ["2 soft hyphens were taken out."]


def test_a_text_that_goes_on_for_subscribers_only_is_told() -> None:
    wall = "<p>Il vous reste 62.4% de cet article à lire. La suite est réservée aux abonnés.</p>"
    page = newspaper(PARAGRAPHS + wall)
    assert article(page).text == BODY
    (remark,) = (each for each in found(page) if isinstance(each, Problem))
    assert isinstance(remark, Remark)
    assert "beginning of the article" in remark.message


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("", "no text"),
        ("<html><body></body></html>", "shows no text"),
        ('<div id="root"></div><script>render("un article")</script>', "shows no text"),
        (
            "<ul>" + "<li><a href='/x'>Une page du site à découvrir ici</a></li>" * 30 + "</ul>",
            "links",
        ),
        ("<p>Accueil</p><p>Contact</p>", "No article"),
        ("<html>" + "<div>" * 3000 + FIRST, "nested too deeply"),
        (b"%PDF-1.7 \xe2\xe3", "PDF"),
        (b"\xff\xfe\x00", "UTF-16"),
    ],
)
def test_a_page_without_an_article_is_named_and_left_out(page: str | bytes, told: str) -> None:
    (problem,) = found(page)
    assert isinstance(problem, Problem)
    assert problem.place == "a.html"
    assert told in problem.message


def test_an_article_that_scripts_show_is_taken_from_the_data_in_the_page() -> None:
    data = json.dumps(
        {"@type": "NewsArticle", "headline": "Voté", "articleBody": f"{FIRST}\n{SECOND}"}
    )
    page = f'<script type="application/ld+json">{data}</script><div id="root"></div>'
    assert (article(page).text, article(page).title) == (f"{FIRST}\n{SECOND}", "Voté")
    assert "data for search engines" in messages(page)[0]
    broken = page.replace('"articleBody"', '"articleBody": "x", "')
    assert "shows no text" in messages(broken)[0]


def test_an_article_that_is_cut_into_frames_by_advertisements_comes_whole() -> None:
    ad = '<div class="ad"><p>Publicité</p></div>'
    frames = "".join(
        f'<div class="article__content"><p>{each}</p></div>{ad}' for each in (FIRST, SECOND, THIRD)
    )
    cards = "".join(
        f'<article><div class="article__content"><p>{n} {FIRST}</p></div></article>'
        for n in range(3)
    )
    page = f"<html><body><main><article><h1>Voté</h1>{frames}</article>{cards}</main></body></html>"
    assert article(page).text == BODY


def test_a_part_of_an_article_that_the_page_hides_is_told() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "Voté", "articleBody": f"{BODY} " * 3})
    hidden = f'<script type="application/ld+json">{data}</script><div hidden><p>{BODY}</p></div>'
    page = newspaper(PARAGRAPHS + hidden)
    assert article(page).text == BODY
    assert "in part" in messages(page)[0]


def test_data_that_is_broken_or_without_end_spoils_no_page() -> None:
    deep = '{"@graph":[' * 400 + '{"@type":"Article","headline":"\\ud83c Le budget"}' + "]}" * 400
    for data in (deep, "{" * 5000, '{"@type": "Article", "headline": ["x", 3], "author": 7}'):
        page = newspaper(head=f'<script type="application/ld+json">{data}</script>')
        assert (article(page).text, article(page).title) == (BODY, "Le budget est voté")
    only = f'<script type="application/ld+json">{deep}</script>{PARAGRAPHS}'
    assert article(only).title == "\ufffd Le budget"


def test_where_it_is_not_clear_what_the_article_is_all_readable_text_comes_in() -> None:
    page = newspaper(f"<p>{FIRST}</p><p>" + "<i>mot</i> et " * 1500 + f"</p><p>{THIRD}</p>")
    text = article(page).text
    assert text.startswith(FIRST)
    assert text.endswith(THIRD)
    assert "Rubrique" not in text
    assert "not clear" in messages(page)[0]


def test_a_truncated_page_gives_what_is_there() -> None:
    page = newspaper()
    assert article(page[: page.index("promettent")]).text.startswith(f"{FIRST}\n\n{SECOND}")


def test_a_few_zero_bytes_are_left_out_and_told() -> None:
    page = newspaper().replace("budget", "bud\0get", 1)
    assert article(page).text == BODY
    assert messages(page) == ["1 zero byte was left out."]


def test_a_file_is_read_and_named(tmp_path: Path) -> None:
    file = tmp_path / "été.html"
    file.write_text(newspaper(), "utf-8")
    (document,) = read(file)
    assert isinstance(document, Document)
    assert (document.place, document.article.meta["file"]) == ("été.html", "été.html")


def test_it_claims_no_page_that_another_reader_recognises() -> None:
    (format,) = formats()
    assert (format.name, format.recognises, format.is_document) == ("html", None, True)
    assert format.extensions == (".html", ".htm", ".xhtml")
