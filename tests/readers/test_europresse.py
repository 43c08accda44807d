"""A basket of Europresse comes in as its articles, in every layout there was, in French and English."""

from pathlib import Path

import pytest

from annotator.exchange.registry import formats
from annotator.exchange.sources import recognise
from annotator.readers.databases import europresse
from tests.readers.reading import articles, problems, remarks

NEW = """<article>
  <header>
    <div class="rdp__docSource"><div class="rdp__DocPublicationName">
      <span class="DocPublicationName">La Gazette du <mark>Nord</mark>, no. 24 118</span></div>
      <span class="DocHeader">Politique, mardi 14 mars 2023 412 mots, p. GAZ5</span></div>
    <div class="titreArticle">
      <p class="sm-margin-bottomNews">Conseil municipal</p>
      <p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">L’<mark>école</mark>
        fermera&nbsp;:<br>le maire s’explique</p>
      <p class="sm-margin-TopNews rdp__subtitle">Une décision contestée</p>
    </div>
    <p class="sm-margin-bottomNews">Par Élise Brun</p>
  </header>
  <section>
    <div class="DocText clearfix">
      <div class="docOcurrContainer">
        <p>«&nbsp;Nous n’avons plus que 10&#8239;000&nbsp;€&nbsp;», a dit <b>Mme
          <mark>Roy</mark></b>, la mairesse.</p>
        <p>Le conseil vote
           jeudi.<br>Les parents aussi.</p>
        <p>Tous droits réservés à qui les a.</p>
      </div>
      <div class="Doc-LegalInfo"><small>© 2023 La Gazette du Nord. Tous droits réservés.</small></div>
      <div class="publiC-lblNodoc">news·20230314·GAZ·024118x0007</div>
    </div>
  </section>
</article>"""

WEB = """<article>
  <div class="rdp__DocPublicationName"><span class="DocPublicationName">Le Phare.fr (site web)</span></div>
  <span class="DocTitreSousSection">Monde</span> <span>mercredi 15 mars 2023 - 08:05 UTC +01:00</span>
  <div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">Une île de plus</p></div>
  <div class="docOcurrContainer"><p>Elle est sortie de l’eau.</p></div>
  <div class="publiC-lblNodoc">news·20230315·PHW·_abc</div>
</article>"""

OLD = """<article>
  <span class="DocPublicationName">The Northern Gazette</span>
  <span class="DocHeader">News, Tuesday, March 14, 2006, p. A3</span>
  <div class="titreArticleVisu">School to close</div>
  <div class="docAuthors">By Ann Lee</div>
  <div class="DocText clearfix"><p>The council of the city has said it will close the school and that it is
  not easy.</p><p>© 2006 The Northern Gazette. All rights reserved.</p></div>
</article>"""

BARE = """<article><span class="DocPublicationName">L’Écho</span>
  <span class="DocHeader">jeudi 16 mars 2023</span>
  <div class="titreArticle"><p class="rdp__articletitle">En bref</p></div></article>"""


def basket(tmp_path: Path, *documents: str, encoding: str = "utf-8", declared: str = "") -> Path:
    path = tmp_path / "panier.HTML"
    head = (
        f'<html><head><meta charset="{declared or encoding}"><style>{"p {} " * 3000}</style></head>'
    )
    page = f"{head}<body><section>{'<hr>'.join(documents)}</section></body></html>"
    path.write_bytes(page.encode(encoding, "xmlcharrefreplace"))
    return path


def test_every_article_comes_in_with_what_the_basket_says_of_it(tmp_path: Path) -> None:
    found = list(europresse.read(basket(tmp_path, NEW, WEB, OLD, BARE)))
    first, web, old = articles(found)
    assert first.text == (
        "«\u00a0Nous n’avons plus que 10\u202f000\u00a0€\u00a0», a dit Mme Roy, la mairesse.\n\n"
        "Le conseil vote jeudi.\nLes parents aussi.\n\nTous droits réservés à qui les a."
    )
    assert first.title == "L’école fermera\u00a0: le maire s’explique"
    assert (first.source, first.author) == ("La Gazette du Nord", "Élise Brun")
    assert (first.published, first.language) == ("2023-03-14", "fr")
    assert first.meta == {
        "id": "news·20230314·GAZ·024118x0007",
        "issue": "24 118",
        "section": "Politique",
        "page": "GAZ5",
        "words": "412",
        "overline": "Conseil municipal",
        "subtitle": "Une décision contestée",
        "copyright": "© 2023 La Gazette du Nord. Tous droits réservés.",
        "file": "panier.HTML",
        "encoding": "utf-8",
    }
    assert (web.source, web.published) == ("Le Phare.fr (site web)", "2023-03-15")
    assert web.meta["published_at"] == "2023-03-15T08:05"
    assert (old.title, old.author, old.published) == ("School to close", "Ann Lee", "2006-03-14")
    assert (old.meta["section"], old.meta["page"], old.language) == ("News", "A3", "en")
    assert old.meta["copyright"] == "© 2006 The Northern Gazette. All rights reserved."
    assert old.text.endswith("not easy.")
    assert problems(found) == [
        "panier.HTML, article 4: “En bref” has no text in this file, only its headline; "
        "export it with its full text."
    ]


def test_the_number_of_the_document_knows_the_day_best(tmp_path: Path) -> None:
    wrong = NEW.replace("mardi 14 mars 2023", "mars 2023")
    (article,) = articles(europresse.read(basket(tmp_path, wrong)))
    assert article.published == "2023-03-14"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("cp1252", "iso-8859-1"), ("utf-8", "iso-8859-1"), ("utf-16", "utf-8")],
)
def test_a_basket_in_any_encoding(tmp_path: Path, encoding: str, declared: str) -> None:
    (article,) = articles(
        europresse.read(basket(tmp_path, WEB, encoding=encoding, declared=declared))
    )
    assert article.text == "Elle est sortie de l’eau."


def test_an_encoding_that_fails_far_behind_is_found_out(tmp_path: Path) -> None:
    path = basket(tmp_path, "<p>plain</p>" * 100_000, WEB, encoding="cp1252", declared="")
    path.write_bytes(path.read_bytes().replace(b"cp1252", b"us-ascii"))
    (article,) = articles(europresse.read(path))
    assert article.text == "Elle est sortie de l’eau."


def test_a_basket_is_known_by_its_content(tmp_path: Path) -> None:
    named = {format.name: format for format in formats()}
    page = tmp_path / "page.html"
    page.write_text("<html><body><article><h1>T</h1><p>Texte.</p></article></body></html>", "utf-8")
    assert not europresse.recognises(page, page.read_bytes()[:4096])
    path = basket(tmp_path, NEW)
    assert recognise(path, tuple(named.values())) is named["europresse"]


@pytest.mark.parametrize("text", ["", "<html></html>", "<article></article>", NEW[:700]])
def test_a_page_that_breaks_off_ends_in_articles_or_problems(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(text, "utf-8")
    found = list(europresse.read(path))
    assert articles(found) or problems(found)
    assert remarks(found) == []


def test_a_long_basket_does_not_fill_the_memory(tmp_path: Path) -> None:
    import tracemalloc

    path = basket(tmp_path, *[NEW.replace("Roy", f"Roy {n}") for n in range(1000)])
    tracemalloc.start()
    count = sum(1 for _ in europresse.read(path))
    _size, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 1000
    assert peak < 8_000_000
