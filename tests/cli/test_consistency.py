"""`annotator consistency` and `annotator precedents`."""

from pathlib import Path

import pytest

from annotator.core.model import Entity
from annotator.core.precedents import Precedent
from annotator.core.scheme import read_scheme
from annotator.resources import resource
from annotator.store import entities, precedents
from annotator.store.project import Project
from tests.cli.conftest import Run
from tests.store.conftest import label, put


@pytest.fixture
def uneven(tmp_path: Path) -> Path:
    path = tmp_path / "uneven.annot"
    with Project.create(path, read_scheme(resource("schemes", "news.toml"))) as project:
        one, two = put(project, "Lyon et Lyon, Mme Roy.", "Lyon et Roy. Lyon, Lyon et Roy.")
        label(project, one, "loc", (0, 4))
        label(project, one, "org", (8, 12))
        label(project, one, "per", (14, 21))
        label(project, two, "loc", (0, 4))
        label(project, two, "per", (8, 11))
        for id_, name in (("e1", "Anne Roy"), ("e2", "A. Roy")):
            project.do("Add", lambda d, i=id_, n=name: entities.add(d, Entity(i, n)), annotator="A")
        decided = Precedent("p", "Lyon", "loc", reason="the town")
        project.do("Pin", lambda deed: precedents.pin(deed, decided), annotator="Ada")
    return path


def test_each_kind_is_listed(run: Run, uneven: Path) -> None:
    said = run("consistency", uneven)
    assert said.code == 0
    lines = [line.split() for line in said.out.splitlines()]
    assert ["Several", "labels", "Lyon", "LOC", "2,", "ORG", "1"] in lines
    assert any("Mme Roy / Roy" in line for line in said.out.splitlines())
    assert any("A. Roy" in line and "initials" in line for line in said.out.splitlines())
    assert "inconsistencies." in said.err


def test_programs_get_one_kind_as_json(run: Run, uneven: Path) -> None:
    (found,) = run("consistency", uneven, "--kind", "unlabelled", "--json").json
    assert (found["words"], found["labels"], found["count"]) == (
        ["Lyon"],
        [{"LOC": 2, "ORG": 1}],
        2,
    )


def test_decisions_are_listed(run: Run, uneven: Path) -> None:
    said = run("precedents", uneven)
    assert said.out.splitlines()[1].split()[:5] == ["Lyon", "LOC", "the", "town", "Ada"]
    (found,) = run("precedents", uneven, "--json").json
    assert (found["words"], found["label"], found["reason"]) == ("Lyon", "LOC", "the town")


@pytest.mark.parametrize("format_", ["jsonl", "csv", "xlsx"])
def test_decisions_go_out_with_the_guideline_and_come_back(
    run: Run, uneven: Path, tmp_path: Path, format_: str
) -> None:
    out = tmp_path / "out"
    assert run("export", uneven, out, "--as", format_).code == 0
    (scheme,) = out.glob("*scheme.toml")
    assert 'words = "Lyon"' in scheme.read_text("utf-8")
    (card,) = (path for path in out.glob("*.md"))
    assert "“Lyon”: LOC – the town" in card.read_text("utf-8")
    run("new", tmp_path / "again.annot")
    run("import", tmp_path / "again.annot", out)
    (found,) = run("precedents", tmp_path / "again.annot", "--json").json
    assert (found["words"], found["label"], found["reason"], found["annotator"]) == (
        *("Lyon", "LOC", "the town"),
        "Ada",
    )


def test_a_new_project_begins_with_the_decisions_of_its_scheme(
    run: Run, uneven: Path, tmp_path: Path
) -> None:
    run("export", uneven, tmp_path / "out")
    (scheme,) = (tmp_path / "out").glob("*scheme.toml")
    assert run("new", tmp_path / "next.annot", "--scheme", scheme).code == 0
    (found,) = run("precedents", tmp_path / "next.annot", "--json").json
    assert found["reason"] == "the town"
    run("import", tmp_path / "next.annot", tmp_path / "out")
    assert len(run("precedents", tmp_path / "next.annot", "--json").json) == 1


def test_a_guideline_written_by_hand_becomes_decisions(run: Run, tmp_path: Path) -> None:
    scheme = tmp_path / "ours.toml"
    scheme.write_text(
        "[[labels]]\nid='l1'\nname='LOC'\n"
        '[[precedents]]\nwords=\'Lyon\'\nlabel=\'LOC\'\nreason="""the town,\nnot the team"""\n'
        "[[precedents]]\nwords='N\u0303andu'\nlabel='LOC'\ncreated=2024-05-01\n",
        "utf-8",
    )
    assert run("new", tmp_path / "a.annot", "--scheme", scheme).code == 0
    lines = run("precedents", tmp_path / "a.annot").out.splitlines()
    assert lines[1].startswith("Lyon   LOC    the town, not the team  guideline")
    assert lines[2] == "N\u0303andu  LOC                            guideline  2024-05-01"
