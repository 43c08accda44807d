"""`annotator suggesters` and `annotator lists`: who suggests, which words, and how that is changed."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

TEXT = "Le PQ recule, dit Mme Lafond à Zorbeck. Dossier AB-123, et le pq."


@pytest.fixture
def path(run: Run, tmp_path: Path) -> Path:
    made = tmp_path / "news.annot"
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert run("new", made).code == 0
    assert run("import", made, tmp_path / "a.txt").code == 0
    return made


def waiting(run: Run, path: Path, only: str) -> list[tuple[str, str, str]]:
    found = run("suggest", path, "--only", only, "--json").json
    return [(each["text"], each["label"], each["reason"]) for each in found]


def test_who_suggests_is_listed_switched_and_ranked(run: Run, path: Path) -> None:
    said = run("suggesters", path)
    assert said.code == 0
    assert "quotes" in said.out
    assert "person: PER" in said.out
    run("suggest", path, "--only", "names")
    run(
        "suggesters", path, "--off", "names", "--rank", "patterns,quotes", "--least", "patterns=0.7"
    )
    told = run("suggesters", path, "--json").json
    order = [each["id"] for each in told["suggesters"]]
    assert order[:3] == ["patterns", "quotes", "names"]
    assert {each["id"]: each["on"] for each in told["suggesters"]}["names"] is False
    assert told["suggesters"][0]["least"] == 0.7
    assert run("info", path, "--json").json["annotation_states"]["suggested"] == 0
    assert run("suggesters", path, "--on", "names", "--label", "person=ORG").code == 0
    assert waiting(run, path, "names") == [("Mme Lafond", "ORG", "after “Mme”")]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--on", "people"), "“people” is not one of quotes"),
        (("--least", "names=much"), "no score"),
        (("--label", "planet=LOC"), "“planet” is not one of person"),
        (("--least", "names=1.5"), "no score"),
        (("--least", "names=nan"), "no score"),
        (("--label", "person=XYZ"), "no label “XYZ”"),
        (("--label", "person=Quote"), "“Quote” is not one of PER"),
    ],
)
def test_a_mistake_is_named(run: Run, path: Path, words: tuple[str, ...], told: str) -> None:
    said = run("suggesters", path, *words)
    assert said.code == 2
    assert told in said.err


def test_a_list_is_brought_in_and_taken_out(run: Run, path: Path, tmp_path: Path) -> None:
    (tmp_path / "parties.csv").write_text("name,entity\nPQ,Parti québécois\nCAQ,\n", "utf-8")
    said = run("lists", path, "import", tmp_path / "parties.csv", "--label", "ORG")
    assert said.err == "2 entries in “parties”.\n"
    assert waiting(run, path, "patterns") == [("PQ", "ORG", "in the list “parties”")]
    assert run("lists", path, "export", "parties").out == (
        "words,entity\nPQ,Parti québécois\nCAQ,\n"
    )
    assert run("lists", path, "--json").json[0]["entries"] == 2
    run("lists", path, "off", "parties")
    assert waiting(run, path, "names,patterns") == [("Mme Lafond", "PER", "after “Mme”")]
    assert run("lists", path, "remove", "parties").code == 0
    assert run("lists", path).err == "There is no word list.\n"
    assert "Remove the word list parties" in run("history", path).out


def test_patterns_and_starter_lists(run: Run, path: Path, tmp_path: Path) -> None:
    (tmp_path / "files.txt").write_text("[A-Z]{2}-\\d{3}\n", "utf-8")
    walk = ("lists", path, "import", tmp_path / "files.txt", "--label", "WORK", "--patterns")
    assert "one of PER" in run(*walk).err, "the label is retired"
    assert run(*walk[:-3], "--label", "ORG", "--patterns", "--name", "Files").code == 0
    assert waiting(run, path, "patterns") == [("AB-123", "ORG", "matches “Files”")]
    assert "countries_fr" in run("lists", path, "starters").out
    assert "56 entries" in run("lists", path, "import", "parties", "--any-case").err
    assert (
        "pq",
        "ORG",
        "in the list “Political parties (Canada, France, Britain, United States)”",
    ) in (waiting(run, path, "patterns"))
    (tmp_path / "bad.txt").write_text("(a+)+b\n", "utf-8")
    said = run("lists", path, "import", tmp_path / "bad.txt", "--label", "ORG", "--patterns")
    assert said.code == 2
    assert "may take forever" in said.err
