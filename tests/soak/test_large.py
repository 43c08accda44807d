"""Sizes nobody meets on an ordinary day: the store and the list stay right."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.core.model import ArticleState
from annotator.store import annotations, articles
from annotator.store.checks import check
from annotator.store.project import Project
from tests.store.conftest import SMALL, label, put, surfaces


def test_a_hundred_thousand_articles(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.annot", SMALL) as project:
        put(project, *(f"Article {number}: rien à signaler." for number in range(100_000)))
        every = articles.ids(project)
        assert len(every) == 100_000
        assert [row.id for row in articles.rows(project, every[50_000:50_040])] == every[
            50_000:50_040
        ]
        assert articles.ids(project, query="77777") == [every[77_777]]
        assert articles.counts(project)[ArticleState.TODO] == 100_000
        project.undo()
        assert articles.ids(project) == []
        project.redo()
        assert articles.ids(project) == every


def test_an_article_of_a_million_characters(tmp_path: Path) -> None:
    text = "À l’Élysée 👩‍🚒, e\u0301te\u0301. " * 45_000
    path = tmp_path / "p.annot"
    with Project.create(path, SMALL) as project:
        (article,) = put(project, text)
        ids = [label(project, article, "per", (at, at + 10)) for at in range(0, len(text), 1000)]
    with Project.open(path) as project:
        assert len(annotations.of_article(project, article.id)) == len(ids)
        assert surfaces(project) == [text[at : at + 10] for at in range(0, len(text), 1000)]
        assert check(project) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, which only root can make."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can make a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=False
    )
    if made.returncode:
        pytest.skip("this machine lets nobody mount a disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_refuses_the_deed_and_keeps_the_rest(small_disk: Path) -> None:
    path = small_disk / "p.annot"
    with Project.create(path, SMALL) as project:
        (article,) = put(project, "Mme Bruneau.")
        label(project, article, "per", (0, 11))
        with pytest.raises(UserError, match="disk is full"):
            put(project, *(f"{number} " * 50_000 for number in range(100)))
        assert surfaces(project) == ["Mme Bruneau"]
        (small_disk / "filler").write_bytes(b"")
        assert check(project) == []
    with Project.open(path) as project:
        assert surfaces(project) == ["Mme Bruneau"]
        assert check(project) == []
        label(project, article, "loc", (4, 11))


def test_no_project_can_be_made_on_a_full_disk(small_disk: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        (small_disk / "filler").write_bytes(bytes(3_000_000))
    with pytest.raises(UserError):
        Project.create(small_disk / "p.annot", SMALL)
    assert not (small_disk / "p.annot").exists()
