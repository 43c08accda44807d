"""From the command to the answer: help, the window with its project, and the memory it then holds."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure, median, python, timed

RUNS = 5

_WATCH = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and is_wanted(watched):
            app.removeEventFilter(self)
            QTimer.singleShot(0, app, tell)
        return False

def tell():
    memory = Path("/proc/self/status")
    lines = memory.read_text().splitlines() if memory.exists() else ()
    held = [int(line.split()[1]) for line in lines if line.startswith("VmRSS:")]
    print(time.time(), *held, flush=True)
    app.quit()

app = QApplication(sys.argv[:1])
first = FirstPaint()
app.installEventFilter(first)
"""

_OURS = """
def is_wanted(widget):
    return type(getattr(widget, "parent", lambda: None)()).__name__ == "ArticleView"

from annotator.gui.app import start
start(Path(sys.argv[1]))
"""

_BARE = """
from PySide6.QtWidgets import QMainWindow

def is_wanted(widget):
    return widget is window

window = QMainWindow()
window.resize(1280, 800)
window.show()
app.exec()
"""


def figures(folder: Path, project: Path) -> Iterator[Figure]:
    """Start the program anew, each time as the system would."""
    _let_modules_be_compiled(folder)
    yield Figure(
        "annotator --help",
        _run("-m", "annotator", "--help"),
        "ms",
        150,
        _run("-c", "import click"),
    )
    _prefer(folder)
    ours = [_start(_WATCH + _OURS, str(project)) for _run in range(RUNS)]
    bare = [_start(_WATCH + _BARE) for _run in range(RUNS)]
    yield Figure("window up with 10,000 articles", _middle(ours, 0), "ms", 800, _middle(bare, 0))
    yield Figure("memory with that project open", _middle(ours, 1), "MB", 180, _middle(bare, 1))


def _run(*words: str) -> float:
    command = python(*words)
    run = lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True)  # noqa: E731
    return median(lambda: timed(run) * 1000, 2 * RUNS + 1)


def _start(script: str, *words: str) -> tuple[float, float]:
    """Return milliseconds until the first paint was over, and megabytes held then (0 if unknown)."""
    start = time.time()
    ran = subprocess.run(python("-c", script, *words), stdout=subprocess.PIPE, check=True)
    end, *memory = map(float, ran.stdout.split())
    return (end - start) * 1000, (memory[0] / 1000 if memory else 0.0)


def _middle(measured: list[tuple[float, float]], which: int) -> float:
    return sorted(each[which] for each in measured)[len(measured) // 2]


def _let_modules_be_compiled(folder: Path) -> None:
    """Keep compiled modules from the first start on, as an installed program does, in the folder."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")


def _prefer(folder: Path) -> None:
    """Say who annotates, so that the window need not ask."""
    preferences = Path(os.environ["XDG_CONFIG_HOME"]) / "annotator" / "preferences.json"
    preferences.parent.mkdir(parents=True, exist_ok=True)
    preferences.write_text(json.dumps({"annotator": "Ada"}), "utf-8")
