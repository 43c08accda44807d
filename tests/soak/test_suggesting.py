"""Suggesting for a long time: killed in the middle, over any text, again and again."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from annotator.assist.suggesting import Options, suggest
from annotator.core.scheme import read_scheme
from annotator.resources import resource
from annotator.store.checks import check
from annotator.store.project import Project
from annotator.suggest import quotes
from annotator.suggest.lexicon import Language, lexicon
from tests.store.conftest import put
from tests.suggest import gold
from tests.suggest.test_any_text import check as check_proposal
from tests.suggest.test_any_text import languages, texts

ARTICLES = 1_500


@settings(max_examples=5_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts, languages)
def test_any_text_for_longer(text: str, language: Language) -> None:
    for proposal in quotes.find(text, lexicon(language), with_speakers=True):
        check_proposal(text, proposal)


def content(project: Project) -> list[tuple[object, ...]]:
    """Return every suggestion and where its words stand, whatever the ids are."""
    return project.conn.execute(
        """
        select article_id, label_id, state, fragment.start, fragment."end", reason
        from annotation join fragment on annotation_id = annotation.id
        order by article_id, label_id, annotation.start, annotation."end", n, reason
        """
    ).fetchall()


@pytest.mark.skipif(sys.platform == "win32", reason="nothing kills like SIGKILL there")
def test_a_killed_run_leaves_whole_articles_and_the_next_one_finishes(tmp_path: Path) -> None:
    path = tmp_path / "long.annot"
    dice = random.Random(3)
    paragraphs = [p for t in gold.texts() for p in t.text.split("\n") if len(p) > 80]
    with Project.create(path, read_scheme(resource("schemes", "news.toml"))) as project:
        put(project, *(f"{n}. " + " ".join(dice.sample(paragraphs, 4)) for n in range(ARTICLES)))
    for turn in range(8):
        run = subprocess.Popen(
            [sys.executable, "-m", "annotator", "suggest", str(path)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(0.3 + 0.25 * turn)
        run.send_signal(signal.SIGKILL)
        run.wait()
        with Project.open(path) as project:
            assert check(project) == []
    with Project.open(path) as project:
        suggest(project, Options(), "Ada")
        after_kills = content(project)
        suggest(project, Options(), "Ada")
        assert content(project) == after_kills
        assert check(project) == []
