"""IRaMuTeQ's corpus: variables as it wants them, texts that no line of theirs cuts in two."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from annotator.core.corpus import LabelledArticle
from annotator.core.model import Article
from annotator.formats.iramuteq import IramuteqWriter, formats, guarded, head, unguarded
from tests.formats.marked import TEXT, any_folder, articles, corpus, proved, reasons, rich

NAME = "corpus.txt"


def as_iramuteq(file: Path) -> list[tuple[list[str], str]]:
    """Return heads and texts as IRaMuTeQ cuts a file: at every line that begins with four stars."""
    found: list[tuple[list[str], str]] = []
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("****"):
            found.append((line.split()[1:], ""))
        elif line:
            found[-1] = found[-1][0], f"{found[-1][1]}{line}\n"
    return found


def test_a_corpus_in_one_file(tmp_path: Path) -> None:
    losses = proved(IramuteqWriter, corpus(rich()), tmp_path, name=NAME)
    ((variables, text),) = as_iramuteq(tmp_path / NAME)
    assert variables == [
        *("*auteur_jroy", "*date_2026-11-20", "*source_leponant", "*langue_fr"),
        *("*page_3", "*n_3", "*odd_ab", "*annee_2026", "*mois_2026-11"),
    ]
    assert text == f"{TEXT}\n"
    left_out = {(each.kind, each.text) for each in losses if each.kind == "metadata"}
    assert left_out == {
        *(("metadata", name) for name in ("title", "url", "tags", "author", "source", "odd")),
    }
    assert ("annotation", "left out", "The format holds texts alone.") in reasons(losses)


@any_folder(30)
@given(labelled=articles())
def test_any_text_stays_one(tmp_path_factory: Any, labelled: LabelledArticle) -> None:
    folder = tmp_path_factory.mktemp("out")
    other = LabelledArticle(Article("b", "Fin."), [], [])
    proved(IramuteqWriter, corpus(labelled, other), folder, name=NAME)
    assert len(as_iramuteq(folder / NAME)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "**** *a_b",
        "un\n**** *a_b\ndeux",
        " ****",
        "un\n-*theme",
        "un\u2028****",
        "un\x85-*x",
        "0001 *a",
        "une **** étoile",
        "\n\n",
    ],
)
def test_a_line_that_looks_like_a_mark_gets_a_space(text: str) -> None:
    assert unguarded(guarded(text)) == text
    lines = guarded(text).splitlines()
    assert not any(line.startswith(("****", "-*", "0001 *")) for line in lines)


def test_variables_have_no_blanks_accents_or_second_underscore() -> None:
    article = Article(
        "a",
        "x",
        author="Éloïse d'Été-Roy",
        published="2026",
        meta={
            "Pays d'origine": "Côte_d'Ivoire",
            "vide": "«»",
            "pays d'origine": "x",
            "long": "a" * 99,
        },
    )
    assert head(article) == "**** *auteur_eloisedete-roy *date_2026 *paysdorigine_cotedivoire"


def test_it_goes_out_only() -> None:
    (format_,) = formats()
    assert format_.writes and not format_.reads
