"""What the documents say is so, in both languages, and nothing there is goes unsaid."""

import re
import shlex
import tomllib
from dataclasses import fields
from functools import cache
from itertools import pairwise
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from annotator.cli.commands import cli
from annotator.core.scheme import COLOURS, read_scheme, scheme_from_toml
from annotator.resources import resource

ROOT = Path(__file__).parent.parent
LANGUAGES = ("en", "fr")
PAGES = sorted(path.name for path in resource("help", "en").glob("*.md"))
DOCUMENTS = [
    *(resource("help", language, name) for language in LANGUAGES for name in PAGES),
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    resource("sample", "README.md"),
]

# What a setting is called where the help speaks of it.
SETTINGS = {
    "annotator": ("name", "nom"),
    "language": ("language", "langue"),
    "theme": ("theme", "thème"),
    "text_size": ("size of the text", "taille du texte"),
    "recent": ("recent projects", "projets récents"),
    "hidden": ("which panels are shown", "panneaux affichés"),
    "opened": ("which panels are shown", "panneaux affichés"),
    "keys": ("keys", "touches"),
    "all_links": ("links", "liens"),
    "layout": ("size of the window", "taille de la fenêtre"),
}


def read(language: str, name: str) -> str:
    return resource("help", language, name).read_text("utf-8")


def blocks(text: str, kind: str) -> list[str]:
    """Return what stands in the fenced blocks of a kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def prose(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def headings(text: str) -> list[int]:
    return [len(marks) for marks in re.findall(r"^(#+) ", prose(text), re.MULTILINE)]


def questions(language: str) -> list[str]:
    return [
        line
        for block in blocks(read(language, "project-file.md"), "sh")
        for line in block.splitlines()
    ]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the sample in it, called as the help calls it."""
    from annotator.exchange.importing import ImportOptions, import_paths
    from annotator.store.project import Project

    path = tmp_path_factory.mktemp("docs") / "my.annot"
    with Project.create(path, read_scheme(resource("schemes", "news.toml"))) as project:
        import_paths(
            project,
            [resource("sample", "sample.jsonl")],
            ImportOptions(annotator="docs"),
            progress=None,
        )
    return path


def test_both_languages_have_the_same_pages() -> None:
    assert sorted(path.name for path in resource("help", "fr").glob("*.md")) == PAGES


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_say_the_same_things_in_the_same_order(name: str) -> None:
    english, french = read("en", name), read("fr", name)
    assert headings(english) == headings(french)
    assert english.count("\n|") == french.count("\n|"), "rows of tables"
    for kind in ("sh", "toml", "json"):
        assert len(blocks(english, kind)) == len(blocks(french, kind))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_links_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", prose(path.read_text("utf-8")))
    for target in targets:
        if not target.startswith(("http:", "https:", "mailto:", "#")):
            assert (path.parent / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_can_be_reached_from_the_first(language: str) -> None:
    seen, waiting = set(), ["index.md"]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += re.findall(r"\]\(([a-z-]+\.md)", read(language, name))
    assert seen == set(PAGES)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_pages_begin_with_one_title(path: Path) -> None:
    levels = headings(path.read_text("utf-8"))
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_there_are_at_least_ten_questions_and_the_languages_ask_the_same() -> None:
    assert len(questions("en")) >= 10
    assert questions("en") == questions("fr")


@pytest.mark.parametrize("question", questions("en"), ids=lambda text: text[13:60])
def test_a_question_gets_an_answer(
    question: str, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlite_utils.cli import cli as sqlite_utils

    monkeypatch.chdir(sample.parent)
    command, *arguments = shlex.split(question)
    assert command == "sqlite-utils"
    done = CliRunner().invoke(sqlite_utils, arguments)
    assert done.exit_code == 0, done.output
    assert len(done.stdout.splitlines()) >= 2, "a heading and at least one row"


@cache
def commands() -> dict[str, click.Command]:
    context = click.Context(cli)
    names = cli.list_commands(context)
    found = {name: cli.get_command(context, name) for name in names}
    return {name: command for name, command in found.items() if command}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_is_described(language: str, name: str) -> None:
    text = read(language, "command-line.md")
    line = next(row for row in text.splitlines() if row.startswith(f"annotator {name}"))
    assert f"`{name}`" in text
    for parameter in commands()[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0] in line, parameter.opts[0]
            assert text.count(parameter.opts[0]) > 1, (
                f"{parameter.opts[0]} is shown and not explained"
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_option_is_described_that_is_not_there(language: str) -> None:
    known = {
        option
        for command in commands().values()
        for param in command.params
        for option in param.opts
    }
    text = read(language, "command-line.md")
    assert set(re.findall(r"--[a-z][a-z-]+", text)) <= known | {"--help", "--version"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_is_described(language: str) -> None:
    from annotator.exchange.registry import formats

    for known in formats():
        assert f"`{known.name}`" in read(language, "formats.md"), known.name
        if known.writes:
            assert f"`{known.name}`" in read(language, "export.md"), known.name
        if known.reads and known.is_document:
            for extension in known.extensions:
                assert f"`{extension}`" in read(language, "import.md"), extension


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_view_and_column_is_described(language: str, sample: Path) -> None:
    from sqlite_utils import Database

    text = read(language, "project-file.md")
    db = Database(sample)
    names = [
        n for n in db.table_names() if not n.startswith(("article_search_", "_sqlite", "sqlite_"))
    ]
    for name in [*names, *db.view_names()]:
        row = next((row for row in text.splitlines() if row.startswith(f"| `{name}` |")), None)
        assert row, name
        columns = [column.name for column in db[name].columns]
        assert [column for column in columns if f"`{column}`" not in row] == [], name
    db.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_scheme_colour_and_state_is_described(language: str) -> None:
    text = read(language, "labels.md")
    for path in resource("schemes").glob("*.toml"):
        assert f"`{path.stem}`" in text
        for label in read_scheme(path).labels:
            assert label.name.replace(" quotation", "") in text, label.name
    if language == "en":
        assert all(colour in text for colour in COLOURS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_schemes_in_the_help_are_schemes(language: str) -> None:
    for block in blocks(read(language, "labels.md"), "toml"):
        tomllib.loads(block)
        assert scheme_from_toml(block, "labels.md").labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_is_described(language: str) -> None:
    pytest.importorskip("PySide6")
    from annotator.gui.preferences import Settings

    text = read(language, "troubleshooting.md")
    assert {field.name for field in fields(Settings)} == SETTINGS.keys()
    for setting, words in SETTINGS.items():
        assert words[LANGUAGES.index(language)] in text, setting


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_keys_is_current(language: str) -> None:
    pytest.importorskip("PySide6")
    from tests.keys_page import page

    assert read(language, "keys.md") == page(language), "run `make keys`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_formats_is_current(language: str) -> None:
    from tests.formats_page import page

    assert read(language, "formats.md") == page(language), "run `make formats`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_gesture_has_its_key_in_the_page_on_labelling(language: str) -> None:
    text = read(language, "labelling.md")
    for key in ("Tab", "Ctrl+Z", "Ctrl+Y", "Ctrl+K", "+ -", "→ ←", "X", "N", "Alt", "Ctrl+↑"):
        assert key in text, key
