"""A Markdown file becomes the text that it shows."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.formats import Reading
from annotator.core.model import Article, Document, Problem
from annotator.readers.markdown import read, shown
from annotator.readers.pages.flow import joined


def article(folder: Path, source: str, encoding: str = "utf-8", told: str = "") -> Article:
    file = folder / "a.md"
    file.write_bytes(source.encode(encoding))
    (document,) = read(file, Reading(encoding=told))
    assert isinstance(document, Document)
    return document.article


def test_the_text_comes_as_it_is_shown(tmp_path: Path) -> None:
    source = (
        "# Le budget est *voté*\r\n\r\nLundi soir,\r\nle conseil a **voté**  \r\nle [budget](/b).\r\n"
        "\r\n> «\u00a0Enfin\u202f!\u00a0», dit-elle.\r\n\r\n1. Un\r\n2. Deux\r\n   - Trois\r\n\r\n"
        "| Ville | Voix |\r\n|---|---|\r\n| Lille | 12 |\r\n\r\n```\r\n  a  b\r\n```\r\n\r\n"
        "Fin<!-- note --> &eacute;crite \\*ici\\* ![une photo](a.jpg)\r\n"
    )
    found = article(tmp_path, source)
    assert found.text == (
        "Le budget est voté\n\nLundi soir, le conseil a voté\nle budget.\n\n"
        "«\u00a0Enfin\u202f!\u00a0», dit-elle.\n\nUn\nDeux\nTrois\n\nVille\tVoix\nLille\t12\n\n  a  b\n\n"
        "Fin écrite *ici*"
    )
    assert found.title == "Le budget est voté"


def test_the_front_matter_is_read_and_not_part_of_the_text(tmp_path: Path) -> None:
    source = (
        "---\ntitle: 'Le budget : voté'\nauthors:\n  - Anne Roy\n  - Luc Roy\n"
        "date: 2024-05-12T08:15:00+02:00\nurl: https://courrier.example/b\nlang: fr-FR\n"
        'tags: [ville, "budget"]\n# commentaire\n---\nLe texte.\n'
    )
    found = article(tmp_path, source)
    assert (found.text, found.title, found.author) == (
        "Le texte.",
        "Le budget : voté",
        "Anne Roy, Luc Roy",
    )
    assert (found.published, found.url, found.language) == (
        "2024-05-12",
        "https://courrier.example/b",
        "fr",
    )
    assert found.meta == {
        "published_at": "2024-05-12T08:15:00+02:00",
        "tags": "ville, budget",
        "file": "a.md",
        "encoding": "utf-8",
    }


def test_a_line_of_dashes_that_begins_no_front_matter_loses_nothing(tmp_path: Path) -> None:
    assert article(tmp_path, "---\nUn texte sans fin\n\n---\n").text == "Un texte sans fin"
    assert article(tmp_path, "---\nIl a dit : non. Et puis ?\nRien\n---\n").text.endswith("Rien")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    assert (
        article(tmp_path, "L’élève est né à l’école.", encoding).text == "L’élève est né à l’école."
    )


@pytest.mark.parametrize("raw", [b"", b"<!-- rien -->", b"\n\n---\n", b"%PDF-1.4", b"<div>" * 4000])
def test_a_file_without_text_is_named(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(raw)
    (problem,) = read(file)
    assert isinstance(problem, Problem)
    assert problem.place == "a.md"


@settings(max_examples=50, deadline=None)
@given(
    st.text(
        st.one_of(
            st.sampled_from("\u00a0\u202f\u2028\u0085\u0301\u200d’«»é👩🇫🇷א\x1c\u200f\u3000 "),
            st.characters(
                exclude_characters="\0\ufffe\uffff",
                exclude_categories=[
                    "Cs",
                    "Cc",
                    "Co",
                    "Po",
                    "Ps",
                    "Pe",
                    "Pd",
                    "Sm",
                    "Sk",
                    "Pc",
                    "Nd",
                ],
            ),
        )
    )
)
def test_any_text_without_marks_comes_back(hazard: str) -> None:
    lines = [f"{hazard}mot", f"mot{hazard}", f"mot{hazard}mot"]
    expected = [" ".join(filter(None, line.split(" "))) for line in lines]
    assert joined(shown("\n\n".join(lines))) == "\n\n".join(expected)
