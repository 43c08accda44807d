"""How many web pages become articles in a second: pages as newspapers make them, 60 KB and 600 elements."""

import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from annotator.core.model import Document
from annotator.readers.pages.html import Page, read_page
from tests.benchmarks.figures import Figure

_PAGES = 200
_WORDS = (
    "le la les des du une dans pour que qui sur au aux avec sont ont été mais où leur ses plus maire"
    " conseil ville région budget école élève hôpital ministre députée annoncé déclaré selon depuis"
    " lundi mardi matin projet loi réforme grève syndicat préfète quartier travaux avenue ligne tram"
    " candidat élection voix majorité opposition climat énergie éoliennes rapport enquête justice"
).split()


def page(number: int) -> str:
    """Return a made-up page; the same number gives the same page."""
    chance = random.Random(number)
    title = _sentence(chance, 9)[:-1]
    paragraphs = "\n".join(_paragraph(chance, n) for n in range(18))
    return f"""<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{title} - Le Courrier</title>
<meta property="og:site_name" content="Le Courrier"><meta property="og:title" content="{title}">
<link rel="canonical" href="https://courrier.example/2024/05/12/article-{number}.html">
<script type="application/ld+json">{_data(title)}</script>
<style>{".a-b{margin:0 auto;padding:1px 2px}" * 120}</style>
<script>{"window.dataLayer=window.dataLayer||[];function track(e){dataLayer.push(e)};" * 200}</script>
</head><body class="page page--article"><header class="site-header">
<nav class="site-nav"><ul>{_links(chance, 90)}</ul></nav></header>
<main id="main"><article class="article"><header class="article__header">
<h1 class="article__title">{title}</h1>
<p class="article__chapo">{_sentence(chance, 25)}</p>
<div class="article__meta">Par <a rel="author" href="/a">Anne Roy</a>,
<time datetime="2024-05-12T08:15:00+02:00">le 12 mai</time></div>
<div class="share"><button>Partager</button><a href="#">Facebook</a></div></header>
<div class="article__content">{paragraphs}</div></article>
<aside class="related"><h2>À lire aussi</h2><ul>{_links(chance, 25)}</ul></aside>
<section class="comments"><h2>Commentaires</h2>{_comments(chance)}</section></main>
<footer class="site-footer"><ul>{_links(chance, 60)}</ul><p>© Le Courrier, tous droits réservés</p></footer>
<script>{"var ads=ads||{};ads.push({slot:'pave_haut',sizes:[[300,250]]});" * 150}</script></body></html>"""


def figures(folder: Path) -> Iterator[Figure]:
    """Measure on one core, in seconds of its time; the floor is parsing the pages and no more."""
    del folder
    raws = [page(number).encode() for number in range(_PAGES)]
    _read(raws[:5])
    yield Figure("read 100 web pages", _timed(raws) / _PAGES * 100, "s", 1, _floor(raws), None)


def _read(raws: list[bytes]) -> int:
    return sum(
        isinstance(each, Document)
        for number, raw in enumerate(raws)
        for each in read_page(Page(raw, f"{number}.html"))
    )


def _timed(raws: list[bytes]) -> float:
    start = time.process_time()
    assert _read(raws) == len(raws)
    return time.process_time() - start


def _floor(raws: list[bytes]) -> float:
    from lxml import html

    start = time.process_time()
    for raw in raws:
        html.document_fromstring(raw)
    return (time.process_time() - start) / _PAGES * 100


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize() + "."


def _paragraph(chance: random.Random, number: int) -> str:
    said = f"«\u00a0{_sentence(chance, 14)}\u00a0», a <b>déclaré</b> <a href='/t'>Anne Roy</a>."
    heading = f"<h2>{_sentence(chance, 5)}</h2>" if number % 5 == 4 else ""
    read = f"<p>Lire aussi : <a href='/x'>{_sentence(chance, 8)}</a></p>" if number % 6 == 3 else ""
    return f"{heading}<p class='article__paragraph'>{_sentence(chance, 45)} {said}</p>{read}"


def _links(chance: random.Random, count: int) -> str:
    return "".join(
        f"<li class='item'><a class='item__link' href='/r/{n}'>{_sentence(chance, 4)}</a></li>"
        for n in range(count)
    )


def _comments(chance: random.Random) -> str:
    return "".join(
        f"<div class='comment'><span>lecteur{n}</span><p>{_sentence(chance, 25)}</p></div>"
        for n in range(12)
    )


def _data(title: str) -> str:
    return json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": title,
            "datePublished": "2024-05-12T08:15:00+02:00",
            "author": {"@type": "Person", "name": "Anne Roy"},
        },
        ensure_ascii=False,
    )


if __name__ == "__main__":
    raws_ = [page(number).encode() for number in range(_PAGES)]
    _read(raws_[:5])
    size = sum(map(len, raws_)) / _PAGES
    print(f"{_PAGES / _timed(raws_):.0f} pages a second of {size:,.0f} bytes", file=sys.stdout)
