"""The command as the system starts it: its speed, its language, what it loads, how it ends."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HEAVY = (
    "PySide6",
    "numpy",
    "pandas",
    "sqlite_utils",
    "orjson",
    "sqlite3",
    "annotator.store",
)


def annotator(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "annotator", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "ANNOTATOR_LANGUAGE": "en", **environment},
        check=False,
    )


def loaded_by(*words: str) -> set[str]:
    script = f"import sys; sys.argv = ['annotator', *{words!r}]\n" + (
        "from annotator.__main__ import main\n"
        "try:\n    main()\n"
        "except SystemExit:\n    print('LOADED', *sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return set(ran.stdout.rpartition("LOADED ")[2].split())


def test_help_loads_nothing_heavy() -> None:
    loaded = loaded_by("--help")
    assert "annotator.cli.commands" in loaded
    assert not [name for name in HEAVY if name in loaded]


def test_no_command_loads_qt_or_numpy(project: Path) -> None:
    for words in (["info", str(project)], ["check", str(project)], ["formats"]):
        assert not {"PySide6", "numpy", "pandas"} & loaded_by(*words)


def test_the_version() -> None:
    ran = annotator("--version")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("annotator ")


@pytest.mark.parametrize("environment", [{"ANNOTATOR_LANGUAGE": "fr"}, {"LANG": "fr_FR.UTF-8"}])
def test_it_speaks_french(tmp_path: Path, environment: dict[str, str]) -> None:
    cleared = {"ANNOTATOR_LANGUAGE": "", "LC_ALL": "", "LC_MESSAGES": "", "LANGUAGE": ""}
    ran = annotator("info", tmp_path / "x.annot", **{**cleared, **environment})
    assert ran.returncode == 2
    assert not _is_english(ran.stderr)
    usage = annotator("--help", **{**cleared, **environment}).stdout
    assert "Usage:" not in usage
    assert "Commands:" not in usage


def test_the_whole_way_from_a_shell(tmp_path: Path) -> None:
    article = tmp_path / "Élysée.txt"
    article.write_bytes("À l’Élysée, l’«\u00a0été\u00a0» 👩‍🚒.\r\n".encode())
    project, out = tmp_path / "p.annot", tmp_path / "out.jsonl"
    assert annotator("new", project).returncode == 0
    assert annotator("import", project, article, "--annotator", "Zoë").returncode == 0
    assert annotator("export", project, out).returncode == 0
    (row,) = map(json.loads, out.read_text("utf-8").split("\n")[:-1])
    assert row["text"] == "À l’Élysée, l’«\u00a0été\u00a0» 👩‍🚒.\n"
    assert [path.name for path in tmp_path.glob("p.annot*")] == ["p.annot"]


def test_a_terminal_without_unicode_shows_what_it_can(tmp_path: Path) -> None:
    ran = annotator("info", tmp_path / "é.annot", PYTHONIOENCODING="ascii")
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGPIPE")
@pytest.mark.parametrize("options", ["", "--json"])
def test_a_reader_that_leaves_is_no_error(project: Path, options: str) -> None:
    ran = subprocess.run(
        f"'{sys.executable}' -m annotator info '{project}' {options} | true",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_an_interrupted_import_leaves_nothing_half_done(
    tmp_path: Path, empty: Path, run: Run
) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text("".join(f'{{"text": "Article {n}."}}\n' for n in range(100_000)), "utf-8")
    terminal, end = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "annotator", "import", empty, many], stdout=end, stderr=end
    )
    os.close(end)
    shown = os.read(terminal, 100)  # The bar has begun: it is in the middle of it now.
    process.send_signal(signal.SIGINT)
    shown += b"".join(_until_closed(terminal))
    assert process.wait() == 130, shown
    assert b"Traceback" not in shown
    assert run("info", empty, "--json").json["articles"] == 0


def _until_closed(terminal: int) -> Iterator[bytes]:
    """Yield what is shown until the other side of a pseudo-terminal is closed, an error on Linux."""
    with contextlib.suppress(OSError):
        while shown := os.read(terminal, 10_000):
            yield shown
    os.close(terminal)


def _is_english(text: str) -> bool:
    return "There is no file" in text
