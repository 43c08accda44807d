"""Any call gets an answer: no traceback, the right exit code, and a page that describes it."""

import contextlib
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.cli.click_words import click_words
from annotator.cli.commands import cli
from annotator.resources import resource
from tests.cli.conftest import Run

NAMES = cli.list_commands(click.Context(cli))


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(cli)
    for name in NAMES:
        command = cli.get_command(context, name)
        assert command is not None
        yield name, command


def test_the_commands_promised_are_there() -> None:
    promised = {
        *("new", "import", "suggest", "export", "info", "check", "history", "ledger", "formats"),
        *("convert", "consistency", "precedents"),
    }
    assert promised <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_command_explains_itself(run: Run, name: str) -> None:
    said = run(name, "--help")
    assert said.code == 0
    assert f"annotator {name}" in said.out


@pytest.mark.parametrize("name", NAMES)
def test_no_summary_is_cut_short(run: Run, name: str) -> None:
    (line,) = (
        line for line in run("--help").out.splitlines() if line.strip().startswith(name + " ")
    )
    assert not line.endswith("...")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_help_page_describes_every_command_and_option(language: str) -> None:
    page = resource("help", language, "command-line.md").read_text("utf-8")
    for name, command in commands():
        assert f"annotator {name}" in page
        for option in (param for param in command.params if isinstance(param, click.Option)):
            assert all(word in page for word in option.opts), (name, option.opts)


@pytest.mark.parametrize(
    "words",
    [
        ["impor"],
        ["--nope"],
        ["info"],
        ["info", "a", "b"],
        ["export", "a"],
        ["history", "a", "--limit", "0"],
    ],
)
def test_a_call_that_cannot_be_understood_shows_the_usage(run: Run, words: list[str]) -> None:
    said = run(*words)
    assert (said.code, said.out) == (2, "")
    assert "Usage:" in said.err


@pytest.mark.parametrize("name", ["missing.annot", "sub/missing.annot"])
def test_a_project_to_open_that_is_missing(run: Run, tmp_path: Path, name: str) -> None:
    said = run(tmp_path / name)
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1


def test_a_broken_disk_is_told_in_one_line(run: Run, empty: Path, tmp_path: Path) -> None:
    said = run("check", empty, "--report", tmp_path)
    assert said.code == 2
    assert said.err.count("\n") == 1


words = st.one_of(
    st.sampled_from(
        [*NAMES, "--json", "--as", "--report", "--help", "--scheme", "--states", "-", "--", "."]
    ),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8),
)


@settings(deadline=None)
@given(st.lists(words, max_size=4))
def test_whatever_is_typed_gets_an_answer(typed: list[str]) -> None:
    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        # The last word can never be opened: without one the window would come up.
        result = CliRunner().invoke(cli, [*typed, "nowhere.annot"])
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code in (0, 2)


def test_the_words_of_click_are_still_clicks() -> None:
    source = "".join(path.read_text("utf-8") for path in _click_files())
    for word in click_words():
        assert re.sub(r"\n\t", r"\\n\\t", word) in source


def _click_files() -> list[Path]:
    spec = find_spec("click")
    assert spec is not None
    assert spec.submodule_search_locations
    return sorted(Path(spec.submodule_search_locations[0]).glob("*.py"))
