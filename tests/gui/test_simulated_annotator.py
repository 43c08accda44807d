"""The annotator of the benchmark, who presses real keys, ends as the gold with suggestions and without."""

from pathlib import Path

from annotator.gui.window import MainWindow
from tests.benchmarks import annotating
from tests.benchmarks.annotating_articles import articles


def test_suggestions_cost_no_keys_and_end_the_same(window: MainWindow, tmp_path: Path) -> None:
    sample = articles(3)
    bare = annotating.run(window, tmp_path / "bare.annot", sample, suggested=False)
    helped = annotating.run(window, tmp_path / "helped.annot", sample, suggested=True)
    assert helped.keys <= bare.keys
    assert not bare.settled
    assert helped.settled


def test_what_is_to_be_labelled_stands_at_the_edges_of_words() -> None:
    for article in articles():
        for start, end, _label in article.gold:
            around = f" {article.text} "
            assert not (around[start] + around[start + 1]).isalnum()
            assert not (around[end] + around[end + 1]).isalnum()
            assert article.text[start:end] == article.text[start:end].strip()
