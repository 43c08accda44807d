"""`make bench`: every figure that was promised, each beside its floor in the same run."""

import os
import platform
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path

from tests.benchmarks.corpus import write_corpus
from tests.benchmarks.figures import show


def main() -> None:
    """Measure everything on made-up articles in a folder that is gone afterwards."""
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
        from tests.benchmarks import exchanging, starting, working

        print(
            f"Python {platform.python_version()}, {platform.platform()}, {os.cpu_count()} processors\n"
        )
        show(
            chain(
                exchanging.figures(folder, corpus, project),
                starting.figures(folder, project),
                working.figures(folder, project),
            )
        )
    print(f"\n← not reached. {time.perf_counter() - start:.0f} s in all.")


if __name__ == "__main__":
    sys.exit(main())
