"""`annotator new`."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

SCHEME = """
name = "Claims"
[[labels]]
name = "Claim"
key = "m"
"""


def test_a_new_project_has_the_news_scheme(run: Run, tmp_path: Path) -> None:
    said = run("new", tmp_path / "a.annot")
    assert (said.code, said.out) == (0, "")
    assert "a.annot" in said.err
    info = run("info", tmp_path / "a.annot", "--json").json
    assert info["scheme"] == "News"
    assert {"PER", "ORG", "LOC", "Quote"} <= set(info["labels"])


def test_a_scheme_of_ones_own(run: Run, tmp_path: Path) -> None:
    scheme = tmp_path / "claims.toml"
    scheme.write_text(SCHEME, "utf-8")
    assert run("new", tmp_path / "a.annot", "--scheme", scheme).code == 0
    assert run("info", tmp_path / "a.annot", "--json").json["labels"] == {"Claim": 0}


def test_a_file_is_never_replaced(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.annot"
    path.write_text("years of work", "utf-8")
    said = run("new", path)
    assert said.code == 2
    assert said.err.startswith("annotator: ")
    assert path.read_text("utf-8") == "years of work"


def test_an_unknown_scheme_names_the_templates(run: Run, tmp_path: Path) -> None:
    said = run("new", tmp_path / "a.annot", "--scheme", "nwes")
    assert said.code == 2
    assert "news" in said.err
    assert not (tmp_path / "a.annot").exists()


@pytest.mark.parametrize(
    "text",
    [
        *("name = ", "labels = 3", "[[labels]]\nkey='p'", "\x00", "[[labels]]\nname=1"),
        *("precedents = 3", "[[precedents]]\nlabel='PER'"),
        "[[precedents]]\nwords='Lyon'\nreason=['the', 'town']",
    ],
)
def test_a_scheme_that_is_none_leaves_no_project_behind(
    run: Run, tmp_path: Path, text: str
) -> None:
    scheme = tmp_path / "broken.toml"
    scheme.write_text(text, "utf-8")
    said = run("new", tmp_path / "a.annot", "--scheme", scheme)
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert not (tmp_path / "a.annot").exists()


def test_a_folder_that_is_missing(run: Run, tmp_path: Path) -> None:
    said = run("new", tmp_path / "nowhere" / "a.annot")
    assert said.code == 2
    assert said.err.count("\n") == 1
