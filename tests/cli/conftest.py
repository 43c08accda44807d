"""A command line to type into, and a project to type about."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from annotator.cli.commands import cli
from annotator.language import use_language


@dataclass(frozen=True)
class Said:
    """What a command printed where, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Said]

ARTICLES = (
    {
        "text": "L’Écologie gagne, assure Mme Bruneau à Nîmes.",
        "title": "Vote",
        "spans": [[25, 36, "PER"], [39, 44, "LOC"]],
    },
    {"text": "The mayor of Bath spoke. 👩‍🚒 agreed.", "title": "Mayor", "spans": [[13, 17, "LOC"]]},
    {"text": "Nothing to see here.", "title": "Plain"},
)


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep preferences and daily backups out of the home of whoever runs the tests."""
    home = str(tmp_path_factory.mktemp("home"))
    for variable in ("HOME", "USERPROFILE", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, home)


@pytest.fixture
def run() -> Iterator[Run]:
    runner = CliRunner()

    def type_in(*words: str | Path) -> Said:
        result = runner.invoke(cli, [str(word) for word in words], prog_name="annotator")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(result.exit_code, result.stdout, result.stderr)

    return type_in


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ARTICLES), "utf-8"
    )
    return path


@pytest.fixture
def empty(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "empty.annot"
    assert run("new", path).code == 0
    return path


@pytest.fixture
def project(run: Run, empty: Path, articles: Path) -> Path:
    """Three articles, three annotations, all by Ada."""
    assert run("import", empty, articles, "--annotator", "Ada").code == 0
    return empty
