"""Whatever stands in an article of a press database comes in as it is; any other bytes do no harm."""

from collections.abc import Callable
from html import escape
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core.model import Document, Problem
from annotator.readers.databases import europresse, factiva, nexis
from annotator.readers.databases.press_words import field_of
from tests.readers.reading import articles, paragraphs, shown
from tests.readers.test_europresse import WEB
from tests.readers.test_factiva import CODED, PAGE, XML, rtf
from tests.readers.test_nexis import OLD
from tests.readers.test_nexis import PAGE as OLD_PAGE

quick = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def of_europresse(texts: list[str]) -> str:
    body = "".join(f"<p>{escape(text)}</p>" for text in texts)
    return WEB.replace("<p>Elle est sortie de l’eau.</p>", body)


def of_factiva(texts: list[str]) -> str:
    rows = "".join(f"<p class='articleParagraph'>{escape(text)}</p>" for text in texts)
    table = f"<tr><td>HD</td><td>Titre</td></tr><tr><td>TD</td><td>{rows}</td></tr>"
    return f"{PAGE}<div class='article frArticle'><table>{table}</table></div>"


def of_factiva_xml(texts: list[str]) -> str:
    tail = "".join(f"<paragraph>{escape(text)}</paragraph>" for text in texts)
    return (
        f"<ppsArticleResponse><article><headline>T</headline><tailParagraphs>{tail}</tailParagraphs>"
        "</article></ppsArticleResponse>"
    )


@pytest.mark.parametrize(
    ("reader", "name", "write"),
    [
        (europresse, "a.html", of_europresse),
        (factiva, "a.html", of_factiva),
        (factiva, "a.xml", of_factiva_xml),
    ],
)
@quick
@given(texts=paragraphs)
def test_texts_come_in_character_by_character(
    tmp_path: Path,
    reader: ModuleType,
    name: str,
    write: Callable[[list[str]], str],
    texts: list[str],
) -> None:
    path = tmp_path / name
    path.write_text(write(texts), "utf-8")
    (article,) = articles(reader.read(path))
    assert article.text == "\n\n".join(map(shown, texts))


@pytest.mark.parametrize("reader", [europresse, factiva, nexis])
@quick
@given(
    seed=st.sampled_from(
        [WEB, CODED, XML, OLD, OLD_PAGE, rtf("T", "2 mots", "x").decode(), "PK\x03\x04"]
    ),
    cut=st.integers(0, 3_000),
    put=st.binary(max_size=40),
)
def test_any_bytes_end_in_articles_or_problems(
    tmp_path: Path, reader: ModuleType, seed: str, cut: int, put: bytes
) -> None:
    raw = seed.encode()
    path = tmp_path / "f"
    path.write_bytes(raw[:cut] + put + raw[cut + len(put) :])
    reader.recognises(path, path.read_bytes()[:4096])
    found = list(reader.read(path))
    assert found
    assert all(isinstance(each, Document | Problem) for each in found)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("Length:\u00a0412 words", ("length", "412 words")),
        ("Longueur\u00a0: 412 mots", ("length", "412 mots")),
        ("Date de chargement: 3 mai 2022", ("load_date", "3 mai 2022")),
        ("Publication-Type:\u00a0Newspaper", ("type", "Newspaper")),
        ("Il a dit : non", None),
        ("http://exemple.ca", None),
        ("Page: ", ("page", "")),
    ],
)
def test_fields_in_both_languages(line: str, field: tuple[str, str] | None) -> None:
    assert field_of(line) == field
