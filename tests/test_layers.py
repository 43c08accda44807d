"""Which part may know which: the contracts hold, and the command line starts without what is heavy."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = ("PySide6", "shiboken6", "numpy", "pandas")


def loaded_after(code: str, *names: str) -> set[str]:
    """Return which top-level modules a fresh interpreter has loaded after running `code`."""
    script = (
        f"import sys\n{code}\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split()) & set(names)


def test_the_command_line_loads_neither_qt_nor_numpy() -> None:
    assert loaded_after("import annotator.cli", *HEAVY) == set()


def test_importing_and_exporting_load_no_qt() -> None:
    code = "import annotator.exchange.importing, annotator.exchange.exporting"
    assert loaded_after(code, "PySide6", "shiboken6") == set()


def test_help_does_not_wait_for_the_store() -> None:
    code = (
        "sys.argv = ['annotator', '--help']\n"
        "from annotator.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass"
    )
    assert loaded_after(code, *HEAVY, "sqlite_utils", "sqlite3", "orjson") == set()


def test_the_core_is_standard_library_only() -> None:
    code = "import pkgutil, importlib, annotator.core as core\n" + (
        "for found in pkgutil.iter_modules(core.__path__):"
        " importlib.import_module('annotator.core.' + found.name)"
    )
    assert loaded_after(code, *HEAVY, "sqlite_utils", "orjson", "click") == set()


def test_the_layers_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("importlinter")
    from importlinter.cli import lint_imports

    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0
