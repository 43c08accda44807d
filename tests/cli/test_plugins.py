"""A lab adds a format of its own in a small package; a broken one is named and the rest works."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.assist import suggesters
from annotator.core.errors import UserError
from annotator.core.scheme import Scheme
from annotator.exchange.exporting import ExportOptions, export
from annotator.exchange.importing import ImportOptions, import_paths
from annotator.exchange.registry import _load, broken_plug_ins, format_named, formats
from annotator.language import use_language
from annotator.resources import resource
from annotator.store import articles
from annotator.store.project import Project
from tests.cli.conftest import Run

Install = Callable[[str, str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Put a package with an entry point where Python finds it."""
    use_language("en")
    place = tmp_path / "site"
    names: list[str] = []

    def put(name: str, source: str) -> None:
        place.mkdir(exist_ok=True)
        (place / f"{name}.py").write_text(source, "utf-8")
        about = place / f"{name}-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[annotator]\n{name} = {name}\n")
        names.append(name)
        _forget()

    monkeypatch.syspath_prepend(str(place))
    _forget()
    yield put
    _forget()
    for name in names:
        sys.modules.pop(name, None)


def _forget() -> None:
    _load.cache_clear()
    suggesters._load.cache_clear()


def plug_in_of_the_help(language: str = "en") -> str:
    page = resource("help", language, "plug-ins.md").read_text("utf-8")
    return page.split("```python\n")[1].split("```")[0]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_plug_in_of_the_help_page_reads_and_writes(
    install: Install, tmp_path: Path, language: str
) -> None:
    install("lines_of_the_lab", plug_in_of_the_help(language))
    assert broken_plug_ins() == ()
    file = tmp_path / "a.lab"
    lines = ['["Anne 🌍\\nà Lille", [[0, 4, "PER"], [9, 14, "LOC"]]]', "what?", '["Deux", []]']
    file.write_text("\n".join(lines), "utf-8")
    with Project.create(tmp_path / "p.annot", Scheme()) as project:
        report = import_paths(project, [file], ImportOptions(annotator="Zoé"))
        assert (report.articles, report.annotations, len(report.problems)) == (2, 2, 1)
        written = export(project, tmp_path / "out.lab", ExportOptions(format="lab"))
        assert (written.written, written.counts["metadata"]["left_out"]) == (2, 8)
    with Project.create(tmp_path / "q.annot", Scheme()) as project:
        again = import_paths(project, [tmp_path / "out.lab"], ImportOptions(annotator="Zoé"))
        assert (again.articles, again.annotations, again.problems) == (2, 2, [])


BROKEN = "raise RuntimeError('no such thing')\n"

CLASHING = """
from annotator.plugins import Format, hookimpl

@hookimpl
def annotator_formats():
    return [Format("jsonl", "Mine", "", (".mine",))]
"""

FAILING = """
from annotator.plugins import Format, Writer, hookimpl

class Falls(Writer):
    def write(self, target):
        raise KeyError("oh")
        yield

    def differences(self, target):
        yield from ()

def read(path, how):
    raise KeyError("ah")
    yield

@hookimpl
def annotator_formats():
    return [Format("falls", "Falls", "", (".falls",), read=read, writer=Falls, one_file=True)]
"""


@pytest.mark.parametrize(
    ("source", "told"),
    [(BROKEN, "no such thing"), (CLASHING, "belongs to another format"), ("x = (", "SyntaxError")],
)
def test_a_broken_plug_in_is_named_and_the_rest_works(
    install: Install, run: Run, source: str, told: str
) -> None:
    install("broken_one", source)
    assert {"jsonl", "csv", "txt"} <= {known.name for known in formats()}
    (problem,) = broken_plug_ins()
    assert problem.place == "broken_one"
    assert told in problem.message
    said = run("formats")
    assert said.code == 1
    assert "broken_one" in said.err


def test_a_plug_in_that_fails_at_work_is_named(install: Install, tmp_path: Path) -> None:
    install("falling", FAILING)
    (tmp_path / "a.falls").write_text("x")
    (tmp_path / "b.txt").write_text("Un texte.", "utf-8")
    with Project.create(tmp_path / "p.annot", Scheme()) as project:
        report = import_paths(
            project, [tmp_path / "a.falls", tmp_path / "b.txt"], ImportOptions(annotator="Zoé")
        )
        assert [str(each) for each in report.problems] == [
            "a.falls: The plug-in “falling” failed: KeyError: 'ah'."
        ]
        assert len(articles.ids(project)) == 1
        with pytest.raises(UserError, match="The plug-in “falling” failed"):
            export(project, tmp_path / "x.falls", ExportOptions(format="falls"))
    assert not (tmp_path / "x.falls").exists()
    assert format_named("falls").plug_in == "falling"


def suggester_of_the_help(language: str) -> str:
    page = resource("help", language, "plug-ins.md").read_text("utf-8")
    return page.split("```python\n")[2].split("```")[0]


@pytest.fixture
def rivers(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "rivers.annot"
    (tmp_path / "a.txt").write_text("La Loire et la Garonne, hier 🌍 à Tours.", "utf-8")
    assert run("new", path).code == 0
    assert run("import", path, tmp_path / "a.txt").code == 0
    return path


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_suggester_of_the_help_page_suggests(
    install: Install, run: Run, rivers: Path, language: str
) -> None:
    install("rivers_of_the_lab", suggester_of_the_help(language))
    found = run("suggest", rivers, "--only", "rivers", "--json").json
    assert [(each["text"], each["label"], each["score"]) for each in found] == [
        ("Loire", "LOC", 0.9),
        ("Garonne", "LOC", 0.9),
    ]
    assert "rivers" in run("suggesters", rivers).out
    run("suggesters", rivers, "--off", "rivers")
    assert run("info", rivers, "--json").json["annotation_states"]["suggested"] == 0


SENSELESS = """
from annotator.plugins import Mention, OfferedSuggester, hookimpl

def mentions(article, scheme):
    yield Mention("LOC", -5, 900, 7, "everything")
    yield Mention("planet", 0, 3, 0.5, "no such label")
    yield Mention("Quote", 0, 3, 0.5, "a frame")
    yield Mention("PER", 9, 9, 0.5, "nothing")

def fails(article, scheme):
    raise KeyError("ah")

@hookimpl
def annotator_suggesters():
    return [
        OfferedSuggester("odd", "Odd", "", mentions, is_on=True),
        OfferedSuggester("falls", "Falls", "", fails, is_on=True),
    ]
"""

TAKEN = """
from annotator.plugins import OfferedSuggester, hookimpl

@hookimpl
def annotator_suggesters():
    return [OfferedSuggester("names", "Mine", "", lambda article, scheme: [])]
"""


def test_what_makes_no_sense_is_left_out(install: Install, run: Run, rivers: Path) -> None:
    install("odd_one", SENSELESS)
    found = run("suggest", rivers, "--only", "odd,falls", "--json").json
    assert [(each["start"], each["end"], each["score"]) for each in found] == [(0, 39, 1.0)]
    assert "KeyError: 'ah'" in run("suggesters", rivers).err


def test_a_suggester_with_a_name_of_ours_is_refused(
    install: Install, run: Run, rivers: Path
) -> None:
    install("taken_one", TAKEN)
    assert "belongs to another suggester" in run("suggesters", rivers).err
    assert run("suggest", rivers, "--only", "names").code == 0
