"""The house around the code: what a fresh checkout promises on paper it has in fact."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from annotator import qt_libraries

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")


def pinned(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", lines, re.MULTILINE))


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "LICENSE", "Makefile", *LOCKS])
def test_what_a_visitor_looks_for_is_there(name: str) -> None:
    assert (ROOT / name).stat().st_size > 0


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_locked_with_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
    wanted = {re.split(r"[<>=!~ ]", line)[0].lower() for line in PROJECT["project"]["dependencies"]}
    assert wanted <= pinned(lock).keys()


def test_tests_run_with_what_the_application_runs_with() -> None:
    run, dev = map(pinned, LOCKS)
    assert run.items() <= dev.items()


def test_qt_is_one_that_python_3_11_survives() -> None:
    major, minor, _patch = map(int, pinned(LOCKS[0])["pyside6-essentials"].split("."))
    assert (major, minor) < (6, 12)


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_host(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text("utf-8")


@pytest.mark.parametrize("target", ["run", "test", "check", "bench", "soak", "help"])
def test_make_has_the_target(target: str) -> None:
    assert re.search(rf"^{target}:.* ## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_ci_can_be_started() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=True)


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## {PROJECT['project']['version']}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_wheel_carries_the_resources() -> None:
    included = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {"resources": "annotator/resources"}


def test_missing_libraries_are_named_with_what_to_install() -> None:
    lacking = [qt_libraries.X11[1], qt_libraries.X11[2]]
    said = qt_libraries.remedy(lacking)
    assert "libxcb-cursor.so.0, libxcb-icccm.so.4" in said
    assert "apt-get install libxcb-cursor0 libxcb-icccm4" in said or "dnf install" in said


def test_a_library_that_is_not_there_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    unheard_of = ("libunheardof.so.9", "libunheardof9", "unheardof")
    monkeypatch.setattr(qt_libraries, "ALWAYS", (unheard_of,))
    monkeypatch.setattr("sys.platform", "linux")
    assert qt_libraries.missing(offscreen=True) == [unheard_of]
    assert qt_libraries.main(["--offscreen"]) == 1


@pytest.mark.parametrize("path", sorted((ROOT / "annotator").rglob("*.py")), ids=lambda p: p.name)
def test_a_file_says_in_its_first_line_what_it_is_about(path: Path) -> None:
    assert path.read_text("utf-8").startswith(('"""', 'r"""'))
