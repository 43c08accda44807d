"""`make bench`: every figure that was promised, each beside its floor in the same run.

`python -m tests.benchmarks working` measures only that part; there are exchanging, training, pages,
starting, working, suggesting, suggesters, occurrences, searching, annotating, statistics,
consistency, modelling.
"""

import os
import platform
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path

from tests.benchmarks.corpus import write_corpus
from tests.benchmarks.figures import show

PARTS = (
    "exchanging",
    "training",
    "pages",
    "starting",
    "working",
    "suggesting",
    "suggesters",
    "occurrences",
    "searching",
    "annotating",
    "statistics",
    "consistency",
    "modelling",
)


def main(*wanted: str) -> None:
    """Measure these parts, by default all, on made-up articles in a folder that is gone afterwards."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # The screen that is none says so at every window.
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as name:
        folder = Path(name)
        for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            os.environ[variable] = str(folder / "home")
        corpus, project = folder / "corpus.jsonl", folder / "corpus.annot"
        write_corpus(corpus)
        from tests.benchmarks import (
            annotating,
            consistency,
            exchanging,
            modelling,
            occurrences,
            pages,
            searching,
            starting,
            statistics,
            suggesters,
            suggesting,
            training,
            working,
        )

        print(
            f"Python {platform.python_version()}, {platform.platform()}, {os.cpu_count()} processors\n"
        )
        measured = {
            "exchanging": exchanging.figures(folder, corpus, project),
            "training": training.figures(folder, project),
            "pages": pages.figures(folder),
            "starting": starting.figures(folder, project),
            "working": working.figures(folder, project),
            "suggesting": suggesting.figures(folder),
            "suggesters": suggesters.figures(folder),
            "occurrences": occurrences.figures(folder),
            "searching": searching.figures(folder),
            "annotating": annotating.figures(folder),
            "statistics": statistics.figures(folder),
            "consistency": consistency.figures(folder),
            "modelling": modelling.figures(folder),
        }
        if {"starting", "working"} & {*wanted} and "exchanging" not in wanted:
            exchanging.bring_in(corpus, project)
        show(chain.from_iterable(measured[part] for part in wanted or PARTS))
        if not wanted or "suggesting" in wanted:
            suggesting.show_quality()
    print(f"\n← not reached. {time.perf_counter() - start:.0f} s in all.")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
